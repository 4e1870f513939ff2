//! The text reader: what converters, browsers and people leave of a document.
//!
//! Cells stand behind a tab on lines of their own, or between tabs or bars on one line;
//! such lines become tables. Cells that stand on lines without any mark cannot be told
//! from prose here: they stay paragraphs, and matching finds them by their words.

use memchr::memmem;

use super::{Context, Format, FormatReader};
use crate::container::charset;
use crate::document::fold::is_blank;
use crate::document::{Block, Cell, Document, Geometry, Paragraph, Place, Row, Slot, Table};
use crate::error::{Error, Result};
use crate::location::Location;
use crate::options::Items;

pub(super) const READER: FormatReader =
    FormatReader { format: Format::Text, name: "text", extensions: &["txt", "text", "md"], score, read };

/// A cell on a line of its own is shorter; longer lines behind a tab are indented prose.
const MAX_CELL: usize = 80;

/// The second paragraph of a cell, on a line without tab, is shorter still.
const MAX_CONTINUATION: usize = 30;

fn score(bytes: &[u8]) -> u8 {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let head = head.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(head);
    let wide = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    let control = head.iter().any(|&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c));
    let trimmed = head.trim_ascii_start();
    let other = super::OTHERS.iter().any(|(magic, ..)| magic.len() > 2 && head.starts_with(magic));
    if other || trimmed.starts_with(b"PK\x03\x04") || trimmed.starts_with(b"<?xml") {
        0
    } else if wide || !control {
        20
    } else {
        // UTF-16 without a mark, or no text at all: decoding tells.
        5
    }
}

fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Document> {
    let decoded = charset::decode(bytes, context.encoding, None, context.findings)?;
    if decoded.text.len() as u64 > context.limits.text_bytes {
        return Err(Error::limit("text_bytes", context.limits.text_bytes));
    }
    let lines = lines(&decoded.text, &context.items)?;
    let mut reader = Reader { document: Document::default(), tables: 0, context };
    reader.read(&lines)?;
    reader.document.blocks.shrink_to_fit();
    reader.document.encoding = Some(decoded.encoding);
    Ok(reader.document)
}

/// One line of the text, without its end.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    /// Its ordinal, and the byte where it begins.
    number: u32,
    start: usize,
}

impl Line<'_> {
    fn location(&self) -> Location {
        let at = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Location::line(self.number, (at(self.start), at(self.start + self.text.len())))
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    fn is_row_of_bars(&self) -> bool {
        self.text.chars().filter(|&c| is_bar(c)).count() >= 2 || is_border(self.text)
    }

    fn has_tab(&self) -> bool {
        self.text.contains('\t')
    }
}

/// "第二十条第（一）项 |": a row of one cell.
fn ends_in_bar(text: &str) -> bool {
    text.trim_end().ends_with(is_bar)
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '│' | '┃' | '｜')
}

/// "|---|---|", "+----+----+": drawn lines of a table.
fn is_border(text: &str) -> bool {
    let text = text.trim();
    let drawn = |c: char| {
        matches!(c, '-' | '=' | '+' | ':' | '─' | '━' | '┼' | '├' | '┤' | '┌' | '┐' | '└' | '┘' | '┬' | '┴')
            || is_bar(c)
            || c == ' '
    };
    text.chars().all(drawn) && text.chars().count() >= 3 && text.chars().any(|c| is_bar(c) || c == '+' || c == '┼' || c == '─')
        && text.contains(['-', '=', '─', '━'])
        // A row of cells that hold only the mark "-" is no drawn line.
        && (text.contains("--") || text.contains("==") || text.contains(['─', '━']))
}

fn lines<'a>(text: &'a str, items: &Items) -> Result<Vec<Line<'a>>> {
    // The ends that only some texts have are long to look for.
    let has_rare =
        ["\u{2028}", "\u{85}"].iter().any(|end| memmem::find(text.as_bytes(), end.as_bytes()).is_some());
    let end = |rest: &str| match has_rare {
        true => rest.find(['\n', '\r', '\u{c}', '\u{2028}', '\u{85}']),
        false => memchr::memchr3(b'\n', b'\r', 0x0c, rest.as_bytes()),
    };
    let mut lines = Vec::new();
    let mut start = 0;
    let mut number = 0;
    let mut rest = text;
    loop {
        let (line, after) = rest.split_at_checked(end(rest).unwrap_or(rest.len())).unwrap_or((rest, ""));
        number += 1;
        items.charge(1)?;
        lines.push(Line { text: line, number, start });
        let Some(first) = after.chars().next() else { break };
        let skip = if after.starts_with("\r\n") { 2 } else { first.len_utf8() };
        start += line.len() + skip;
        rest = after.get(skip..).unwrap_or_default();
    }
    // The end of the last line begins no line.
    if lines.last().is_some_and(Line::is_empty) {
        lines.pop();
    }
    Ok(lines)
}

struct Reader<'c, 'a> {
    document: Document,
    tables: u32,
    context: &'c mut Context<'a>,
}

impl Reader<'_, '_> {
    fn read(&mut self, lines: &[Line<'_>]) -> Result<()> {
        let mut at = 0;
        let mut gap = 0;
        while let Some(line) = lines.get(at) {
            let rest = lines.get(at..).unwrap_or_default();
            if line.is_empty() {
                gap += 1;
                at += 1;
                continue;
            }
            let next_has_bars =
                || rest.iter().skip(1).find(|l| !l.is_empty()).is_some_and(Line::is_row_of_bars);
            let taken = if line.is_row_of_bars() || (ends_in_bar(line.text) && next_has_bars()) {
                self.read_bars(rest)?
            } else if is_tabbed_row(line.text) {
                self.read_tabbed(rest)?
            } else if is_cell_line(line.text) {
                self.read_cell_lines(rest)?
            } else {
                0
            };
            if taken == 0 {
                self.paragraph(line, gap);
                at += 1;
            } else {
                at += taken;
            }
            gap = 0;
        }
        Ok(())
    }

    fn paragraph(&mut self, line: &Line<'_>, gap: u32) {
        let marks = line.text.len() - line.text.trim_start_matches('#').len();
        let is_heading =
            (1..=6).contains(&marks) && line.text.get(marks..).is_some_and(|t| t.starts_with(' '));
        let (text, level) = match line.text.get(marks..) {
            Some(text) if is_heading => (text.trim_start(), u8::try_from(marks).ok()),
            _ => (line.text, None),
        };
        let block = u32::try_from(self.document.blocks.len() + 1).ok();
        self.document.blocks.push(Block::Paragraph(Paragraph {
            text: text.into(),
            numbering: None,
            level,
            gap,
            location: Location { block, ..line.location() }.into(),
        }));
    }

    /// Rows of cells between bars: Markdown, and dumps that print `a | b | c |`.
    fn read_bars(&mut self, lines: &[Line<'_>]) -> Result<usize> {
        let mut rows: Vec<&Line<'_>> = Vec::new();
        let mut taken = 0;
        for (index, line) in lines.iter().enumerate() {
            if line.is_empty() {
                continue;
            }
            if !line.is_row_of_bars() && !ends_in_bar(line.text) {
                break;
            }
            if !is_border(line.text) {
                self.context.items.charge(line.text.chars().filter(|&c| is_bar(c)).count())?;
                rows.push(line);
            }
            taken = index + 1;
        }
        // Bars before every row enclose them; before some, they follow a blank cell.
        let enclosed = rows.iter().all(|line| line.text.trim_start().starts_with(is_bar));
        self.push_rows(rows.into_iter().map(|line| split_bars(line, enclosed)).collect())?;
        Ok(taken)
    }

    /// One row a line, cells between tabs.
    fn read_tabbed(&mut self, lines: &[Line<'_>]) -> Result<usize> {
        // A row of one cell has no tab; it stands between rows that have.
        let goes_on = |at: usize| {
            let has_tab = |at: usize| lines.get(at).is_some_and(Line::has_tab);
            let single = lines.get(at).is_some_and(|line| !line.is_empty() && is_short(line.text));
            has_tab(at) || (single && has_tab(at + 1))
        };
        let run: Vec<&Line<'_>> =
            lines.iter().enumerate().take_while(|(at, _)| goes_on(*at)).map(|(_, line)| line).collect();
        let ends_in_tab = run.iter().filter(|line| line.has_tab()).all(|line| line.text.ends_with('\t'));
        let rows = run
            .iter()
            .map(|line| {
                let text =
                    if ends_in_tab { line.text.strip_suffix('\t').unwrap_or(line.text) } else { line.text };
                text.split('\t').map(|text| CellText::new(text, line)).collect()
            })
            .collect();
        self.push_rows(rows)?;
        if let Some(Block::Table(table)) = self.document.blocks.last_mut() {
            table.tabbed = true;
        }
        Ok(run.len())
    }

    /// One cell a line behind a single tab, an empty line after each row. A line without
    /// tab inside a row is the next paragraph of the cell above it.
    fn read_cell_lines(&mut self, lines: &[Line<'_>]) -> Result<usize> {
        let mut rows: Vec<Vec<CellText<'_>>> = Vec::new();
        let mut taken = 0;
        let mut row_ended = true;
        for (index, line) in lines.iter().enumerate() {
            if line.is_empty() {
                row_ended = true;
                continue;
            }
            if is_cell_line(line.text) {
                if row_ended {
                    rows.push(Vec::new());
                }
                let text = line.text.strip_prefix('\t').unwrap_or(line.text);
                if let Some(row) = rows.last_mut() {
                    row.push(CellText::new(text, line));
                }
            } else if !row_ended && is_continuation(line.text) {
                if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.more.push(line.text);
                }
            } else {
                break;
            }
            row_ended = false;
            taken = index + 1;
        }
        self.push_table(rows, Geometry::Rows)?;
        Ok(taken)
    }

    fn push_rows(&mut self, rows: Vec<Vec<CellText<'_>>>) -> Result<()> {
        let geometry = geometry(&rows);
        self.push_table(rows, geometry)
    }

    fn push_table(&mut self, rows: Vec<Vec<CellText<'_>>>, geometry: Geometry) -> Result<()> {
        let Some(first) = rows.first().and_then(|row| row.first()) else { return Ok(()) };
        self.tables += 1;
        let limits = self.context.limits;
        if u64::from(self.tables) > limits.tables {
            return Err(Error::limit("tables", limits.tables).at(first.line.location()));
        }
        let number = |n: usize| u32::try_from(n).ok();
        let place = Location {
            block: number(self.document.blocks.len() + 1),
            table: Some(self.tables),
            ..first.line.location()
        };
        let mut table = Table {
            geometry,
            cells: Vec::with_capacity(rows.iter().map(Vec::len).sum()),
            rows: Vec::with_capacity(rows.len()),
            breaks: Vec::new(),
            tabbed: false,
            location: (&place).into(),
        };
        for (row_index, cells) in rows.into_iter().enumerate() {
            let mut row = Row { slots: Vec::with_capacity(cells.len()), width: cells.len(), whole: true };
            for (column, cell) in cells.into_iter().enumerate() {
                let location: Place = Location {
                    block: place.block,
                    table: place.table,
                    row: number(row_index + 1),
                    column: number(column + 1),
                    ..cell.line.location()
                }
                .into();
                let mut blocks = Vec::with_capacity(1 + cell.more.len());
                blocks.extend(std::iter::once(cell.text).chain(cell.more).map(|text| {
                    let text = match text.contains('<') {
                        true => text.replace("<br>", "\n").replace("<br/>", "\n").into(),
                        false => text.into(),
                    };
                    Block::Paragraph(Paragraph { text, location: location.clone(), ..Paragraph::default() })
                }));
                row.slots.push(Slot::new(column, 1, table.cells.len(), true));
                table.cells.push(Cell::new(blocks, location));
                if table.cells.len() as u64 > limits.table_cells {
                    return Err(Error::limit("table_cells", limits.table_cells).at(place));
                }
            }
            table.rows.push(row);
        }
        self.document.blocks.push(Block::Table(Box::new(table)));
        Ok(())
    }
}

/// A cell's paragraphs, and the line it begins on.
struct CellText<'a> {
    text: &'a str,
    more: Vec<&'a str>,
    line: &'a Line<'a>,
}

impl<'a> CellText<'a> {
    fn new(text: &'a str, line: &'a Line<'a>) -> Self {
        Self { text, more: Vec::new(), line }
    }
}

/// Rows of equal width are a grid, written out without merged cells. Where widths differ
/// merged cells are absent and columns unknown. One row may be damaged, or many by a
/// label they share, but then the header's rows are still even; titles have one cell in
/// either case.
fn geometry(rows: &[Vec<CellText<'_>>]) -> Geometry {
    let widths: Vec<usize> = rows.iter().map(Vec::len).filter(|&width| width > 1).collect();
    let mut sorted = widths.clone();
    sorted.sort_unstable();
    let most = sorted.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0);
    let others = widths.len() - most;
    let header_is_even = matches!(widths.as_slice(), [a, b, c, ..] if a == b && b == c);
    if others <= 1 || others * 20 <= widths.len() || header_is_even {
        Geometry::WrittenOut
    } else {
        Geometry::Rows
    }
}

/// Cells between bars; the bar at the end of a line encloses, it does not separate.
fn split_bars<'a>(line: &'a Line<'a>, enclosed: bool) -> Vec<CellText<'a>> {
    let text = line.text.trim();
    let text = if enclosed { text.strip_prefix(is_bar).unwrap_or(text) } else { text };
    let text = text.strip_suffix(is_bar).unwrap_or(text);
    text.split(is_bar).map(|cell| CellText::new(cell.trim_matches(' '), line)).collect()
}

/// A tab between cells, not only before one.
fn is_tabbed_row(text: &str) -> bool {
    text.strip_prefix('\t').unwrap_or(text).contains('\t') && text.chars().count() <= 40 * MAX_CELL
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= MAX_CELL && !text.trim_end().ends_with('。')
}

/// A single tab, then a cell that is no prose.
fn is_cell_line(text: &str) -> bool {
    text.strip_prefix('\t').is_some_and(|cell| !cell.contains('\t') && is_short(cell))
}

fn is_continuation(text: &str) -> bool {
    !text.contains('\t')
        && text.chars().count() <= MAX_CONTINUATION
        && !text.contains('。')
        && !is_blank(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Findings;
    use crate::options::Limits;

    fn dump(text: &str) -> Vec<String> {
        let mut findings = Findings::new(100);
        let limits = Limits::default();
        let mut context = Context::new(&limits, None, &mut findings);
        let document = read(text.as_bytes(), &mut context).unwrap();
        let rows = |table: &Table| -> String {
            table
                .rows
                .iter()
                .map(|row| {
                    row.slots
                        .iter()
                        .map(|s| table.cells[s.cell()].text().replace('\n', "⏎"))
                        .collect::<Vec<_>>()
                        .join("·")
                })
                .collect::<Vec<_>>()
                .join(" / ")
        };
        document
            .blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(p) => format!("P{} {}", p.gap, p.text),
                Block::Table(t) => format!("{:?} {}", t.geometry, rows(t)),
                Block::Picture(_) => "picture".to_owned(),
            })
            .collect()
    }

    #[test]
    fn cells_behind_tabs() {
        assert_eq!(
            dump("二、情况\n\t信息内容\n\t商业\n企业\n\n\t规章\n\t0\n\t\n\n\n\n三、下一节\n"),
            ["P0 二、情况", "Rows 信息内容·商业⏎企业 / 规章·0·", "P3 三、下一节"]
        );
    }

    #[test]
    fn prose_behind_a_tab_stays_prose() {
        assert_eq!(dump("\t本年度工作有序开展。\n正文。"), ["P0 \t本年度工作有序开展。", "P0 正文。"]);
    }

    #[test]
    fn bars_and_tabs_on_one_line() {
        assert_eq!(dump("| 信息 | 数量 |\n|---|:--:|\n| 规章 | - |\n"), ["WrittenOut 信息·数量 / 规章·-"]);
        assert_eq!(
            dump("标题 |\n信息 | 甲 | 乙 |\n规章 | 0 | |\n总 | 1 |\n收费 | 2 |"),
            ["Rows 标题 / 信息·甲·乙 / 规章·0· / 总·1 / 收费·2"]
        );
        assert_eq!(dump("信息\t甲\t乙\n规章\t0\t"), ["WrittenOut 信息·甲·乙 / 规章·0·"]);
    }

    #[test]
    fn white_lines_are_kept_and_empty_ones_counted() {
        assert_eq!(dump("规章\n\n0\n\n\u{a0}\n\n\n0"), ["P0 规章", "P1 0", "P1 \u{a0}", "P2 0"]);
        assert_eq!(dump("a\r\nb\rc"), ["P0 a", "P0 b", "P0 c"]);
    }
}
