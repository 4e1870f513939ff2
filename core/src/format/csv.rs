//! Comma-separated values, as spreadsheet programs save a sheet (RFC 4180), also between
//! semicolons or tabs.
//!
//! Merged cells are saved as blank ones, and lines of prose as rows of one cell. Where a
//! cell stands follows from the separators before it and from nothing else.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr3};

use super::{Context, Format, FormatReader};
use crate::container::charset;
use crate::document::fold::is_blank;
use crate::document::{Block, Cell, Document, Geometry, GridBuilder, Paragraph};
use crate::error::{Error, Result};
use crate::finding::{Finding, Severity};
use crate::location::Location;
use crate::options::Items;

pub(super) const READER: FormatReader =
    FormatReader { format: Format::Csv, name: "csv", extensions: &["csv"], score, read };

const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Bytes looked at where a part of the input decides.
const SAMPLE: usize = 64 << 10;

/// A row of one cell behind a table belongs to it unless it is longer, or a sentence.
const MAX_LABEL: usize = 40;

/// Bytes of separators and quotes are never parts of other characters, save in UTF-16.
fn score(bytes: &[u8]) -> u8 {
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
    if !sample.iter().all(is_text) || sample.starts_with(b"PK\x03\x04") || sample.starts_with(b"{\\rtf") {
        return 0;
    }
    let whole = bytes.len() <= SAMPLE;
    let shape = |separator: u8| Shape::of(&sample, separator, whole);
    let (tabs, bars) = (shape(b'\t'), shape(b'|'));
    let written = [shape(b','), shape(b';')];
    let sure = |shape: &Shape| shape.regular && shape.rows > tabs.rows.max(bars.rows);
    if written.iter().any(sure) || (tabs.regular && tabs.quoted) {
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
    /// Whether any cell is in quotes.
    quoted: bool,
}

impl Shape {
    fn of(text: &[u8], separator: u8, whole: bool) -> Self {
        let mut widths: Vec<usize> = Vec::new();
        let (mut quoted, mut width, mut at) = (false, 1, 0);
        while at < text.len() {
            let rest = text.get(at..).unwrap_or_default();
            let (field, after) = split(rest, separator).unwrap_or((rest, &[]));
            quoted |= field.first() == Some(&b'"');
            at = text.len() - after.len();
            match after.first() {
                Some(&end) if end == separator => width += 1,
                // What the sample cuts says nothing.
                None if !whole => {}
                _ => {
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
        Self { rows: widths.len(), regular: widths.len() >= 4 && twins * 10 >= widths.len() * 8, quoted }
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

/// A cell as written.
struct Field<'a> {
    text: Cow<'a, str>,
    /// Line and range of bytes.
    place: (u32, (u32, u32)),
}

impl Field<'_> {
    fn is_blank(&self) -> bool {
        is_blank(&self.text)
    }
}

/// A row as written, never without cells.
struct Row<'a> {
    fields: Vec<Field<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    /// One cell: prose, or a label without values.
    Lone,
    Table,
}

impl Row<'_> {
    fn class(&self) -> Class {
        match self.fields.iter().filter(|field| !field.is_blank()).count() {
            0 => Class::Blank,
            1 => Class::Lone,
            _ => Class::Table,
        }
    }

    /// Whether its one cell may be a label.
    fn is_label(&self) -> bool {
        let text = self.fields.iter().find(|field| !field.is_blank()).map_or("", |field| &field.text);
        text.chars().count() <= MAX_LABEL && !text.contains('。')
    }
}

fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Document> {
    let decoded = charset::decode(bytes, context.encoding, None, context.findings)?;
    let text: &str = &decoded.text;
    if text.len() as u64 > context.limits.text_bytes {
        return Err(Error::limit("text_bytes", context.limits.text_bytes));
    }
    let mut reader = Reader { document: Document::default(), tables: 0, context };
    let rows = rows(text, &reader.context.items)?;
    let classes: Vec<Class> = rows.iter().map(Row::class).collect();
    let mut at = 0;
    let mut gap = 0;
    while let (Some(row), Some(&class)) = (rows.get(at), classes.get(at)) {
        match class {
            Class::Blank => {
                gap += 1;
                at += 1;
                continue;
            }
            Class::Lone => {
                reader.paragraph(row, gap);
                at += 1;
            }
            Class::Table => {
                let count = taken(rows.get(at..).unwrap_or_default(), classes.get(at..).unwrap_or_default());
                reader.table(rows.get(at..at + count).unwrap_or_default())?;
                at += count;
            }
        }
        gap = 0;
    }
    reader.document.encoding = Some(decoded.encoding);
    Ok(reader.document)
}

/// How many rows a table has: a label without values belongs to it.
fn taken(rows: &[Row<'_>], classes: &[Class]) -> usize {
    let label = |(row, class): &(&Row<'_>, &Class)| match class {
        Class::Blank => false,
        Class::Lone => row.is_label(),
        Class::Table => true,
    };
    rows.iter().zip(classes).take_while(label).count()
}

fn rows<'a>(text: &'a str, items: &Items) -> Result<Vec<Row<'a>>> {
    let (mut rest, separator) = separator(text);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut line = 1 + u32::from(rest.len() < text.len());
    let mut rows = Vec::new();
    let mut fields = Vec::new();
    while !rest.is_empty() || !fields.is_empty() {
        let start = text.len() - rest.len();
        let Some((raw, _)) = split(rest.as_bytes(), separator) else {
            let error = Error::input("damaged", "引号没有结束", "a quote is never closed");
            return Err(error.at(Location::line(line, (number(start), number(text.len())))));
        };
        let (raw, after) = rest.split_at_checked(raw.len()).unwrap_or((rest, ""));
        items.charge(1)?;
        let place = (line, (number(start), number(start + raw.len())));
        fields.push(Field { text: unquoted(raw), place });
        line += number(raw.bytes().filter(|&b| b == b'\n').count());
        let ends = after.bytes().next() != Some(separator);
        rest = after.get(if after.starts_with("\r\n") { 2 } else { 1 }..).unwrap_or_default();
        if ends {
            items.charge(1)?;
            rows.push(Row { fields: std::mem::take(&mut fields) });
            line += 1;
        }
    }
    Ok(rows)
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

struct Reader<'c, 'a> {
    document: Document,
    tables: u32,
    context: &'c mut Context<'a>,
}

impl Reader<'_, '_> {
    fn block(&self) -> Option<u32> {
        u32::try_from(self.document.blocks.len() + 1).ok()
    }

    fn paragraph(&mut self, row: &Row<'_>, gap: u32) {
        let Some(field) = row.fields.iter().find(|field| !field.is_blank()) else { return };
        let (line, range) = field.place;
        self.document.blocks.push(Block::Paragraph(Paragraph {
            text: field.text.clone().into_owned(),
            gap,
            location: Location { block: self.block(), ..Location::line(line, range) },
            ..Paragraph::default()
        }));
    }

    fn table(&mut self, rows: &[Row<'_>]) -> Result<()> {
        let limits = self.context.limits;
        self.tables += 1;
        let first = rows.first().and_then(|row| row.fields.first());
        let place = first.map(|field| Location::line(field.place.0, field.place.1)).unwrap_or_default();
        let place = Location { block: self.block(), table: Some(self.tables), ..place };
        if u64::from(self.tables) > limits.tables {
            return Err(Error::limit("tables", limits.tables).at(place));
        }
        let (cuts, is_even) = columns(rows);
        let mut builder = GridBuilder::new(place.clone(), limits, self.context.items.clone());
        for (index, (row, cut)) in rows.iter().zip(cuts).enumerate() {
            let number = |n: usize| u32::try_from(n + 1).ok();
            let fields = row.fields.get(cut).unwrap_or_default();
            let location = |column: usize, field: &Field<'_>| {
                let (line, range) = (Some(field.place.0), Some(field.place.1));
                Location { row: number(index), column: number(column), line, range, ..place.clone() }
            };
            let cell = |text: String, location: Location| {
                let paragraph = Paragraph { text, location: location.clone(), ..Paragraph::default() };
                Cell { blocks: vec![Block::Paragraph(paragraph)], location }
            };
            if is_even {
                for (column, field) in fields.iter().enumerate() {
                    let text = field.text.clone().into_owned();
                    builder.spanned(cell(text, location(column, field)), 1, 1)?;
                }
            } else if let Some(first) = fields.first() {
                let texts: Vec<&str> = fields.iter().map(|field| &*field.text).collect();
                builder.spanned(cell(texts.join("\t"), location(0, first)), 1, 1)?;
            }
            builder.end_row()?;
        }
        if !is_even {
            let finding = Finding::new(
                "DOC-TABLE-COLUMNS",
                Severity::Warning,
                "各行的单元格数不一致，无法确定各列，未读取",
                "rows have different numbers of cells, so that columns are not certain; they were not read",
            );
            self.context.findings.push(finding.at(&place));
        }
        let mut table = builder.finish();
        table.geometry = Geometry::WrittenOut;
        self.document.blocks.push(Block::Table(table));
        Ok(())
    }
}

/// The cells of each row that are the table's, and whether the rows are even.
///
/// Columns at either end that are blank are the sheet's, and as many are cut from each row: one
/// that lost a cell, or has one more, stays uneven. One such row may be damaged. Where more
/// are, blank cells at the end may be left out, and a lost cell is not noticed.
fn columns(rows: &[Row<'_>]) -> (Vec<Range<usize>>, bool) {
    let blanks = |row: &Row<'_>| row.fields.iter().rev().take_while(|field| field.is_blank()).count();
    let own = || rows.iter().filter(|row| row.class() == Class::Table);
    let left = own().map(|row| row.fields.iter().take_while(|field| field.is_blank()).count()).min();
    let left = left.unwrap_or(0);
    let right = own().map(blanks).min().unwrap_or(0);
    let cut = |row: &Row<'_>| {
        let count = row.fields.len();
        left.min(count)..(count - right.min(blanks(row))).max(left.min(count))
    };
    let mut widths: Vec<usize> = own().map(|row| cut(row).len()).collect();
    widths.sort_unstable();
    let most = widths.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0);
    let others = widths.len() - most;
    (rows.iter().map(cut).collect(), others <= 1 || others * 20 <= widths.len())
}
