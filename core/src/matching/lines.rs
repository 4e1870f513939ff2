//! Tables that lost their rows: one cell a line, merged cells absent.
//!
//! Where lines of text are words of the form and values, rows are rebuilt: labels open a
//! row, values follow. Whether the values are as many as the columns is decided later;
//! here no value is given a column.

use super::label::Key;
use super::lexicon::{Lexicon, title_number};
use super::printed::{PrintedCell, PrintedTable};
use crate::document::{Geometry, Paragraph, Row, Slot};
use crate::location::Location;

/// A stretch of paragraphs that is a table, and how many it takes.
pub(super) struct Region {
    pub(super) table: PrintedTable,
    pub(super) length: usize,
}

/// Words a region must begin with, close together, to be told from prose.
const OPENING_WORDS: usize = 3;

/// Longer lines are prose, whatever they contain.
const MAX_CELL: usize = 60;

/// The most lines one label is cut into.
const MAX_PIECES: usize = 3;

/// Reads a region that begins at the first paragraph.
pub(super) fn region(
    paragraphs: &[&Paragraph],
    lexicon: &Lexicon,
    is_heading: &dyn Fn(&Paragraph) -> bool,
) -> Option<Region> {
    if !opens(paragraphs, lexicon) {
        return None;
    }
    let cells: Vec<Line> = lines(paragraphs, lexicon, is_heading);
    let length = cells.last().map(|line| line.paragraph + 1)?;
    let mut rows: Vec<Vec<PrintedCell>> = vec![Vec::new()];
    let mut loose_ends = Vec::new();
    let mut after_values = false;
    let mut in_header = true;
    for line in cells {
        let is_value = line.cell.is_value;
        let is_title = title_number(&line.cell.key).is_some();
        let row = rows.last().map_or(0, Vec::len);
        // A row begins with a label after values; titles stand alone; the first label
        // that is no column's ends the header.
        let is_header = !is_value && in_header && line.cell.key.word.header;
        let breaks = (!is_value && after_values) || is_title || (in_header && !is_header && !is_value);
        if row > 0 && breaks {
            rows.push(Vec::new());
        }
        if is_title || (after_values && !is_value && line.cell.key.word.corner) {
            in_header = true;
        } else if in_header && !is_header {
            // Values straight after a header without row labels have a row of their own.
            if is_value && row > 0 {
                rows.push(Vec::new());
            }
            in_header = false;
        }
        after_values = is_value;
        if let Some(row) = rows.last_mut() {
            row.push(line.cell);
        }
        if is_title {
            rows.push(Vec::new());
            after_values = false;
        }
    }
    rows.retain(|row| !row.is_empty());
    loose_ends.extend(rows.len().checked_sub(1));
    let location = paragraphs.first().map(|p| p.location.clone()).unwrap_or_default();
    let mut table = assemble(rows, location);
    table.loose_ends = loose_ends;
    Some(Region { table, length })
}

fn assemble(rows: Vec<Vec<PrintedCell>>, location: Location) -> PrintedTable {
    let mut cells = Vec::new();
    let rows = rows
        .into_iter()
        .map(|row| {
            let slots: Vec<Slot> = (row.into_iter().enumerate())
                .map(|(column, cell)| {
                    cells.push(cell);
                    Slot { column, span: 1, cell: cells.len() - 1, first: true }
                })
                .collect();
            Row { width: slots.len(), whole: true, slots }
        })
        .collect();
    PrintedTable::assemble(Geometry::Rows, cells, rows, location)
}

/// Whether a table begins here: words of a header close together, the first of them on
/// the first line.
fn opens(paragraphs: &[&Paragraph], lexicon: &Lexicon) -> bool {
    let is_word = |key: &Key| title_number(key).is_some() || key.word.is_known();
    let mut near = paragraphs
        .iter()
        .map(|p| p.text.as_str())
        .filter(|text| !crate::document::fold::is_blank(text))
        .take(4 * OPENING_WORDS)
        .map(|text| if text.chars().count() > MAX_CELL { Key::new("") } else { lexicon.key(text) });
    let Some(first) = near.next() else { return false };
    let anchored = title_number(&first).is_some() || (first.word.header && !first.word.row);
    anchored && near.filter(is_word).count() + 1 >= OPENING_WORDS
}

struct Line {
    cell: PrintedCell,
    /// The paragraph the cell ends in.
    paragraph: usize,
}

/// The cells of a region: label pieces joined, white lines as blank cells, page numbers
/// out, up to where prose begins.
fn lines(paragraphs: &[&Paragraph], lexicon: &Lexicon, is_heading: &dyn Fn(&Paragraph) -> bool) -> Vec<Line> {
    let dense = is_dense(paragraphs);
    let mut lines: Vec<Line> = Vec::new();
    let mut at = 0;
    // The last line that surely belongs to the table.
    let mut sure = 0;
    while let Some(paragraph) = paragraphs.get(at) {
        let cell = PrintedCell::new(paragraph.text.clone(), paragraph.location.clone(), lexicon);
        let length = paragraph.text.chars().count();
        if at > 0 {
            // Empty lines: separators, or blank cells where no separators are used.
            let blanks = match (dense, paragraph.gap) {
                (true, gap) => gap as usize,
                (false, gap) => (gap as usize).saturating_sub(1) / 2,
            };
            let place = paragraphs.get(at - 1).map(|p| p.location.clone()).unwrap_or_default();
            if blanks > 0 && blanks <= 32 && lines.last().is_some_and(|l| l.cell.is_value) {
                for _ in 0..blanks {
                    lines.push(Line {
                        cell: PrintedCell::new(String::new(), place.clone(), lexicon),
                        paragraph: at - 1,
                    });
                }
            }
        }
        let known = |key: &Key| title_number(key).is_some() || key.word.is_known();
        if cell.is_blank() {
            lines.push(Line { cell, paragraph: at });
        } else if is_page_number(&cell.key) {
            // Furniture of the page, between cells.
        } else if cell.is_value || (known(&cell.key) && length <= MAX_CELL) {
            sure = lines.len() + 1;
            lines.push(Line { cell, paragraph: at });
        } else if let Some((joined, pieces)) = joined(paragraphs, at, lexicon) {
            sure = lines.len() + 1;
            at += pieces - 1;
            lines.push(Line { cell: joined, paragraph: at });
        } else if length > MAX_CELL || is_heading(paragraph) || ends_sentence(&paragraph.text) {
            break;
        } else {
            // An unknown label, as long as values follow.
            lines.push(Line { cell, paragraph: at });
        }
        at += 1;
        // Unknown lines in a row are prose.
        if lines.len() > sure + MAX_PIECES && !lines.iter().skip(sure).any(|l| l.cell.is_blank()) {
            break;
        }
    }
    // Keep white lines after the last value: they may be cells. Unknown lines are not.
    let keep = lines.iter().skip(sure).take_while(|line| line.cell.is_blank()).count();
    lines.truncate(sure + keep);
    lines
}

/// Whether cells follow each other without empty lines between.
fn is_dense(paragraphs: &[&Paragraph]) -> bool {
    let gaps: Vec<u32> = paragraphs.iter().skip(1).take(40).map(|p| p.gap).collect();
    gaps.iter().filter(|&&gap| gap == 0).count() * 2 > gaps.len()
}

/// A label cut over several lines.
fn joined(paragraphs: &[&Paragraph], at: usize, lexicon: &Lexicon) -> Option<(PrintedCell, usize)> {
    for pieces in 2..=MAX_PIECES {
        let group = paragraphs.get(at..at + pieces)?;
        let text = group.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n");
        let place = group.first().map(|p| p.location.clone()).unwrap_or_default();
        let cell = PrintedCell::new(text, place, lexicon);
        if title_number(&cell.key).is_some() || cell.key.word.is_known() {
            return Some((cell, pieces));
        }
    }
    None
}

fn ends_sentence(text: &str) -> bool {
    text.contains('。') || text.trim_end().ends_with(['；', ';', '，'])
}

/// "- 4 -", "— 4 —", "第4页", "第4页/共6页", "4/6": the number of a page, not a value.
fn is_page_number(key: &Key) -> bool {
    let text = key.full.as_str();
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let dashed = text.strip_prefix('-').and_then(|t| t.strip_suffix('-')).is_some_and(digits);
    let named = text.strip_prefix('第').is_some_and(|t| {
        let t = t
            .trim_end_matches(|c: char| c == '页' || c.is_ascii_digit() || c == '共' || c == '/' || c == ',');
        t.is_empty() && text.contains('页')
    });
    dashed || named
}
