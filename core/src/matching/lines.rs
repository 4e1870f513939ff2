//! Tables that lost their rows: one cell a line, merged cells absent.
//!
//! Where lines of text are words of the form and values, rows are rebuilt: labels open a
//! row, values follow. Whether the values are as many as the columns is decided later;
//! here no value is given a column.

use std::borrow::Cow;

use super::label::Key;
use super::lexicon::{Lexicon, title_number};
use super::printed::{PrintedCell, PrintedTable};
use crate::document::fold::is_space;
use crate::document::{Geometry, Paragraph, Place, Row, Slot};

/// A stretch of paragraphs that is a table, and how many it takes.
pub(super) struct Region<'a> {
    pub(super) table: PrintedTable<'a>,
    pub(super) length: usize,
}

/// Words a region must begin with, close together, to be told from prose.
const OPENING_WORDS: usize = 3;

/// Longer lines are prose, whatever they contain.
const MAX_CELL: usize = 60;

/// The most lines one label is cut into.
const MAX_PIECES: usize = 3;

/// Reads a region that begins at the first paragraph.
pub(super) fn region<'a>(
    paragraphs: &[&'a Paragraph],
    lexicon: &Lexicon,
    is_heading: &dyn Fn(&Paragraph) -> bool,
) -> Option<Region<'a>> {
    if !opens(paragraphs, lexicon) {
        return None;
    }
    let dense = is_dense(paragraphs);
    let lines = lines(paragraphs, dense, lexicon, is_heading);
    let length = lines.last().map(|line| line.paragraph + 1)?;
    let location = &paragraphs.first()?.location;
    let mut table = Rows::new(&lines).read(lines).assemble(location);
    table.spaced = !dense;
    Some(Region { table, length })
}

/// What a line is in the order of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Title,
    /// A word that only headers have, or that they may have too.
    Header,
    Label,
    Value,
    Blank,
}

fn kind(cell: &PrintedCell<'_>) -> Kind {
    if title_number(&cell.key).is_some() {
        Kind::Title
    } else if cell.is_blank() {
        Kind::Blank
    } else if cell.is_value {
        Kind::Value
    } else if cell.key.word.header {
        Kind::Header
    } else {
        Kind::Label
    }
}

/// Rows being rebuilt from lines.
#[derive(Default)]
struct Rows<'a> {
    /// What each line is, and what the next line that is not blank is.
    kinds: Vec<(Kind, Option<Kind>)>,
    rows: Vec<Vec<PrintedCell<'a>>>,
    loose_ends: Vec<usize>,
    doubtful: Vec<usize>,
}

impl<'a> Rows<'a> {
    fn new(lines: &[Line<'a>]) -> Self {
        let mut next = None;
        let mut kinds: Vec<(Kind, Option<Kind>)> = Vec::with_capacity(lines.len());
        for line in lines.iter().rev() {
            let own = kind(&line.cell);
            kinds.push((own, next));
            if own != Kind::Blank {
                next = Some(own);
            }
        }
        kinds.reverse();
        Self { kinds, ..Self::default() }
    }

    fn read(mut self, lines: Vec<Line<'a>>) -> Self {
        let mut in_header = true;
        let mut last = Kind::Title;
        for (index, line) in lines.into_iter().enumerate() {
            let Some(&(own, next)) = self.kinds.get(index) else { break };
            match own {
                Kind::Title => {
                    self.begin();
                    in_header = true;
                }
                // After values a header begins anew with a word that is no row's.
                Kind::Header if last == Kind::Value && !line.cell.key.word.row => {
                    self.begin();
                    in_header = true;
                }
                Kind::Header if in_header => {
                    if last == Kind::Title {
                        self.begin();
                    }
                }
                // A label opens a row, unless it continues the labels of one.
                Kind::Header | Kind::Label => {
                    if in_header || last == Kind::Value {
                        self.begin();
                    }
                    in_header = false;
                }
                // White lines within a header, and before the first label, are spacing.
                Kind::Blank if in_header && next != Some(Kind::Value) => continue,
                Kind::Blank if in_header || last == Kind::Title => {
                    self.begin();
                    in_header = false;
                }
                Kind::Value if in_header => {
                    self.begin();
                    in_header = false;
                }
                Kind::Blank | Kind::Value => {}
            }
            self.note_doubt(&line, own, next);
            last = if own == Kind::Blank { Kind::Value } else { own };
            if let Some(row) = self.rows.last_mut() {
                row.push(line.cell);
            }
        }
        self.loose_ends.extend(self.rows.len().checked_sub(1));
        self
    }

    fn begin(&mut self) {
        if self.rows.last().is_none_or(|row| !row.is_empty()) {
            self.rows.push(Vec::new());
        }
    }

    /// Empty lines before a title may be spacing; an even number of them between cells
    /// that are separated by one each is no whole number of cells.
    fn note_doubt(&mut self, line: &Line<'_>, own: Kind, next: Option<Kind>) {
        let row = self.rows.len().saturating_sub(1);
        if line.is_gap && matches!(next, Some(Kind::Title) | None) {
            self.loose_ends.push(row);
        }
        if line.is_odd && own == Kind::Value {
            self.doubtful.push(row);
        }
    }

    fn assemble(self, location: &'a Place) -> PrintedTable<'a> {
        let mut table = assemble(self.rows, location);
        table.loose_ends = self.loose_ends;
        table.doubtful = self.doubtful;
        table
    }
}

fn assemble<'a>(rows: Vec<Vec<PrintedCell<'a>>>, location: &'a Place) -> PrintedTable<'a> {
    let mut cells = Vec::with_capacity(rows.iter().map(Vec::len).sum());
    let rows = rows
        .into_iter()
        .map(|row| {
            let slots: Vec<Slot> = (row.into_iter().enumerate())
                .map(|(column, cell)| {
                    cells.push(cell);
                    Slot::new(column, 1, cells.len() - 1, true)
                })
                .collect();
            Row { width: slots.len(), whole: true, slots }
        })
        .collect();
    PrintedTable::assemble(Geometry::Rows, cells, Cow::Owned(rows), location)
}

/// Whether a table may begin at the paragraph; asked of every one.
pub(super) fn may_open(paragraph: &Paragraph, lexicon: &Lexicon) -> bool {
    if is_long(&paragraph.text) {
        return false;
    }
    let key = lexicon.key(&paragraph.text);
    title_number(&key).is_some() || (key.word.header && !key.word.row)
}

/// Whether a table begins at a paragraph that may open one: words of the form follow
/// close together.
fn opens(paragraphs: &[&Paragraph], lexicon: &Lexicon) -> bool {
    let mut near = paragraphs
        .iter()
        .map(|p| p.text.as_str())
        .filter(|text| !crate::document::fold::is_blank(text))
        .take(4 * OPENING_WORDS)
        .map(|text| if is_long(text) { Key::new("") } else { lexicon.key(text) });
    near.next().is_some() && near.filter(is_word).count() + 1 >= OPENING_WORDS
}

/// A title of a block, or a word of the forms.
fn is_word(key: &Key<'_>) -> bool {
    title_number(key).is_some() || key.word.is_known()
}

struct Line<'a> {
    cell: PrintedCell<'a>,
    /// The paragraph the cell ends in.
    paragraph: usize,
    /// A blank made of empty lines.
    is_gap: bool,
    /// Empty lines before it that are neither separators nor a whole number of cells.
    is_odd: bool,
}

impl<'a> Line<'a> {
    fn new(cell: PrintedCell<'a>, paragraph: usize) -> Self {
        Self { cell, paragraph, is_gap: false, is_odd: false }
    }
}

/// The cells of a region: label pieces joined, white lines as blank cells, page numbers
/// out, up to where prose begins.
fn lines<'a>(
    paragraphs: &[&'a Paragraph],
    dense: bool,
    lexicon: &Lexicon,
    is_heading: &dyn Fn(&Paragraph) -> bool,
) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    let mut at = 0;
    // Lines up to the last that surely belongs to the table.
    let mut sure = 0;
    while let Some(paragraph) = paragraphs.get(at) {
        let cell = PrintedCell::new(Cow::Borrowed(&paragraph.text), &paragraph.location, lexicon);
        let mut is_odd = false;
        if at > 0 {
            // Empty lines: separators, or blank cells where no separators are used.
            let gap = paragraph.gap as usize;
            let blanks = if dense { gap } else { gap.saturating_sub(1) / 2 };
            is_odd = !dense && gap > 0 && gap.is_multiple_of(2);
            if blanks > MAX_BLANKS {
                break;
            }
            let place = paragraphs.get(at - 1).map_or(&paragraph.location, |before| &before.location);
            for _ in 0..blanks {
                let cell = PrintedCell::new(Cow::Borrowed(""), place, lexicon);
                lines.push(Line { is_gap: true, ..Line::new(cell, at - 1) });
            }
        }
        let is_short = !is_long(&paragraph.text);
        let is_word = is_word(&cell.key);
        if cell.is_blank() {
            lines.push(Line::new(cell, at));
        } else if is_page_number(&cell.key) {
            // Furniture of the page, between cells.
        } else if let Some((joined, pieces)) = joined(paragraphs, at, &cell, lexicon) {
            at += pieces - 1;
            lines.push(Line::new(joined, at));
            sure = lines.len();
        } else if cell.is_value || (is_word && is_short) {
            lines.push(Line { is_odd, ..Line::new(cell, at) });
            sure = lines.len();
        } else if !is_short || is_heading(paragraph) || ends_sentence(&paragraph.text) {
            break;
        } else {
            // An unknown label, as long as values follow.
            lines.push(Line::new(cell, at));
        }
        at += 1;
        // Unknown lines in a row are prose.
        let unknown = lines.iter().skip(sure).filter(|line| !line.cell.is_blank()).count();
        if unknown > MAX_PIECES {
            break;
        }
    }
    // White lines after the last value may be cells; unknown lines are not, nor are the
    // empty lines before what follows.
    let white = lines.iter().skip(sure).take_while(|line| line.cell.is_blank() && !line.is_gap).count();
    let keep = if dense && white == 0 { gaps_kept(&lines, sure) } else { white };
    lines.truncate(sure + keep);
    lines
}

/// Where no separators are used, empty lines after the last value may be cells as well.
fn gaps_kept(lines: &[Line<'_>], sure: usize) -> usize {
    lines.iter().skip(sure).take_while(|line| line.is_gap).count()
}

/// More empty lines end any table.
const MAX_BLANKS: usize = 32;

/// Longer than a cell. White space does not count: labels may be spread out.
fn is_long(text: &str) -> bool {
    text.len() > MAX_CELL && text.chars().filter(|&c| !is_space(c)).nth(MAX_CELL).is_some()
}

/// Whether cells follow each other without empty lines between.
fn is_dense(paragraphs: &[&Paragraph]) -> bool {
    let gaps = |n: u32| paragraphs.iter().skip(1).take(40).filter(|p| p.gap == n).count();
    gaps(1) <= gaps(0)
}

/// A label cut over several lines. Its first piece may be a word by itself; what tells
/// is that the next piece is none.
fn joined<'a>(
    paragraphs: &[&'a Paragraph],
    at: usize,
    first: &PrintedCell<'_>,
    lexicon: &Lexicon,
) -> Option<(PrintedCell<'a>, usize)> {
    if first.is_value {
        return None;
    }
    let first = is_word(&first.key);
    for pieces in 2..=MAX_PIECES {
        let group = paragraphs.get(at..at + pieces)?;
        let last = lexicon.key(&group.last()?.text);
        if group.iter().any(|p| is_long(&p.text) || super::cell::is_value(&p.text))
            || (first && is_word(&last))
        {
            return None;
        }
        let text = group.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n");
        let cell = PrintedCell::new(Cow::Owned(text), &group.first()?.location, lexicon);
        if is_word(&cell.key) {
            return Some((cell, pieces));
        }
    }
    None
}

pub(super) fn ends_sentence(text: &str) -> bool {
    text.contains('。') || text.trim_end().ends_with(['；', ';', '，'])
}

/// "- 4 -", "— 4 —", "第4页", "第4页/共6页", "4/6": the number of a page, not a value.
fn is_page_number(key: &Key<'_>) -> bool {
    let text = &*key.full;
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let dashed = text.strip_prefix('-').and_then(|t| t.strip_suffix('-')).is_some_and(digits);
    let named = text.strip_prefix('第').is_some_and(|t| {
        let t = t
            .trim_end_matches(|c: char| c == '页' || c.is_ascii_digit() || c == '共' || c == '/' || c == ',');
        t.is_empty() && text.contains('页')
    });
    dashed || named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages_are_no_cells() {
        for text in ["-4-", "- 12 -", "第4页", "第 4 页", "第4页共6页", "第4页/共6页", "第4页，共6页"]
        {
            assert!(is_page_number(&Key::new(text)), "{text}");
        }
        for text in
            ["4", "-4", "4-", "--", "-甲-", "-4-5-", "第4", "第4项", "共6页", "第4页说明", "第二十条", "规章"]
        {
            assert!(!is_page_number(&Key::new(text)), "{text}");
        }
    }
}
