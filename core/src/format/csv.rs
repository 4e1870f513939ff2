//! Comma-separated values, as spreadsheet programs save a sheet (RFC 4180), also between
//! semicolons or tabs.
//!
//! The file is one table: merged cells are blank ones but for the first, and lines of prose are
//! rows of one cell. Where a cell stands follows from the separators before it and from nothing
//! else. Quotes are read strictly: what is never closed is an error, and a cell that goes on
//! behind its quotes is left as it is written.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr3};

use super::{Context, Format, FormatReader};
use crate::container::charset;
use crate::document::fold::is_blank;
use crate::document::{Block, Cell, Document, Geometry, GridBuilder, Paragraph, Place};
use crate::error::{Error, Result};
use crate::location::Location;

pub(super) const READER: FormatReader =
    FormatReader { format: Format::Csv, name: "csv", extensions: &["csv", "tsv"], score, read };

const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Fewer make no table.
const MIN_ROWS: usize = 4;

/// Bytes looked at where a part of the input decides.
const SAMPLE: usize = 64 << 10;

/// Bytes of separators and quotes are never parts of other characters, save in UTF-16.
fn score(bytes: &[u8]) -> u8 {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"{\\rtf") {
        return 0;
    }
    let head = bytes.get(..SAMPLE).unwrap_or(bytes);
    let narrow = |unit: fn([u8; 2]) -> u16| -> Vec<u8> {
        let units = head.as_chunks::<2>().0.iter().map(|&pair| unit(pair));
        units.map(|unit| u8::try_from(unit).unwrap_or(b'x')).collect()
    };
    let sample = match head {
        [0xff, 0xfe, ..] => narrow(u16::from_le_bytes),
        [0xfe, 0xff, ..] => narrow(u16::from_be_bytes),
        _ => head.to_vec(),
    };
    let is_text = |b: &u8| *b >= 0x20 || matches!(b, b'\t' | b'\n' | b'\r');
    if !sample.iter().all(is_text) {
        return 0;
    }
    let whole = bytes.len() <= SAMPLE;
    let shape = |separator: u8| Shape::of(&sample, separator, whole);
    let tabs = shape(b'\t');
    let written = [shape(b','), shape(b';')];
    // Few texts come so far that bars need be looked at.
    let bars = || shape(b'|').rows;
    let sure = |written: &Shape| written.regular && written.rows > tabs.rows && written.rows > bars();
    // Text with tables between tabs has prose without tabs; in a sheet all rows are filled up.
    let is_sheet = tabs.regular && tabs.alike * 10 >= tabs.lines * 9;
    if written.iter().any(sure) || is_sheet {
        30
    } else if written.iter().chain([&tabs]).any(|shape| shape.rows > 0) {
        // A name may say more.
        20
    } else {
        0
    }
}

/// What a separator would make of a text.
struct Shape {
    /// Rows of three cells or more.
    rows: usize,
    /// Most of them have one beside them that is as wide.
    regular: bool,
    /// Rows of the commonest width among them.
    alike: usize,
    /// Rows that are not empty.
    lines: usize,
}

impl Shape {
    fn of(text: &[u8], separator: u8, whole: bool) -> Self {
        let mut widths: Vec<usize> = Vec::new();
        let (mut lines, mut width, mut at) = (0, 1, 0);
        // Most text has none.
        if memchr_iter(separator, text).nth(MIN_ROWS).is_none() {
            return Self { rows: 0, regular: false, alike: 0, lines };
        }
        while at < text.len() {
            let rest = text.get(at..).unwrap_or_default();
            let (field, after) = split(rest, separator).unwrap_or((rest, &[]));
            at = text.len() - after.len();
            match after.first() {
                Some(&end) if end == separator => width += 1,
                // What the sample cuts says nothing.
                None if !whole => {}
                _ => {
                    lines += usize::from(width > 1 || !field.is_empty());
                    widths.extend((width >= 3).then_some(width));
                    width = 1;
                }
            }
            at += 1;
        }
        let twin = |at: usize| {
            let own = widths.get(at);
            own == widths.get(at + 1) || at.checked_sub(1).is_some_and(|before| own == widths.get(before))
        };
        let twins = (0..widths.len()).filter(|&at| twin(at)).count();
        let regular = widths.len() >= MIN_ROWS && twins * 10 >= widths.len() * 8;
        let rows = widths.len();
        widths.sort_unstable();
        let alike = widths.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0);
        Self { rows, regular, alike, lines }
    }
}

/// The bytes of a cell as written, and what follows them: a separator, or the end of a row.
/// Nothing if its quotes are never closed.
fn split(text: &[u8], separator: u8) -> Option<(&[u8], &[u8])> {
    let mut start = 0;
    if text.first() == Some(&b'"') {
        start = 1;
        loop {
            start += memchr(b'"', text.get(start..)?)? + 1;
            if text.get(start) != Some(&b'"') {
                break;
            }
            start += 1;
        }
    }
    let rest = text.get(start..).unwrap_or_default();
    let end = start + memchr3(separator, b'\n', b'\r', rest).unwrap_or(rest.len());
    text.split_at_checked(end)
}

fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Document> {
    let decoded = charset::decode(bytes, context.encoding, None, context.findings)?;
    let text: &str = &decoded.text;
    let limits = context.limits;
    if text.len() as u64 > limits.text_bytes {
        return Err(Error::limit("text_bytes", limits.text_bytes));
    }
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (mut rest, separator) = separator(text);
    let mut line = 1 + u32::from(rest.len() < text.len());
    let place = Location { block: Some(1), table: Some(1), ..Location::line(line, (0, number(text.len()))) };
    let mut builder = GridBuilder::new(place.clone(), limits, context.items.clone());
    let (mut row, mut column, mut blanks) = (1, 0, 0);
    while !rest.is_empty() || column > 0 {
        let start = text.len() - rest.len();
        let Some((raw, _)) = split(rest.as_bytes(), separator) else {
            let error = Error::input("damaged", "引号没有结束", "a quote is never closed");
            return Err(error.at(Location::line(line, (number(start), number(text.len())))));
        };
        let (raw, after) = rest.split_at_checked(raw.len()).unwrap_or((rest, ""));
        column += 1;
        let shown = unquoted(raw);
        let range = (number(start), number(start + raw.len()));
        let cell = |text: String, column: u32| {
            let range = (!text.is_empty()).then_some(range);
            let location =
                Location { row: Some(row), column: Some(column), line: Some(line), range, ..place.clone() };
            let location = Place::from(location);
            let paragraph =
                Paragraph { text: text.into(), location: location.clone(), ..Paragraph::default() };
            Cell::new(vec![Block::Paragraph(paragraph)], location)
        };
        // Blank cells that end a row are only the width of the sheet.
        if is_blank(&shown) {
            blanks += 1;
        } else {
            for before in column - blanks..column {
                builder.spanned(cell(String::new(), before), 1, 1)?;
            }
            blanks = 0;
            builder.spanned(cell(shown.into_owned(), column), 1, 1)?;
        }
        line += number(raw.bytes().filter(|&b| b == b'\n').count());
        let ends = after.bytes().next() != Some(separator);
        rest = after.get(if after.starts_with("\r\n") { 2 } else { 1 }..).unwrap_or_default();
        if ends {
            context.items.charge(1)?;
            builder.end_row()?;
            line += 1;
            row += 1;
            (column, blanks) = (0, 0);
        }
    }
    let mut table = builder.finish();
    table.geometry = Geometry::Sheet;
    let blocks = vec![Block::Table(Box::new(table))];
    Ok(Document { blocks, encoding: Some(decoded.encoding) })
}

/// The separator: written in the first line (`sep=;`), or that which makes most rows.
fn separator(text: &str) -> (&str, u8) {
    if let Some(rest) = text.strip_prefix("sep=")
        && let Some(&separator) = rest.as_bytes().first().filter(|b| SEPARATORS.contains(b))
        && let Some(after) = rest.get(1..)
        && let Some(after) = after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n'))
    {
        return (after, separator);
    }
    let rows = |separator: u8| {
        let shape = Shape::of(text.as_bytes(), separator, true);
        (shape.regular, shape.rows)
    };
    // Of those that are alike the first.
    let best = SEPARATORS.into_iter().rev().max_by_key(|&separator| rows(separator));
    (text, best.unwrap_or(b','))
}

/// What a cell shows; one with more behind its quotes is left as it is.
fn unquoted(raw: &str) -> Cow<'_, str> {
    let inside = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"'));
    match inside.filter(|inside| !inside.replace("\"\"", "").contains('"')) {
        Some(inside) if inside.contains(['"', '\r']) => {
            Cow::Owned(inside.replace("\"\"", "\"").replace("\r\n", "\n").replace('\r', "\n"))
        }
        Some(inside) => Cow::Borrowed(inside),
        None => Cow::Borrowed(raw),
    }
}
