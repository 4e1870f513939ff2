//! Workbooks of Excel 97 to 2003 ([MS-XLS]).

use super::workbook::{self, Cell, HIDDEN, Layout, PLANTED, Row, Sheet, Value};
use crate::ole;
use crate::print::Printed;

/// The kind of workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XlsForm {
    /// One sheet with lines around the cells of tables, shared texts, numbers packed and
    /// several in a record, and columns, rows and a sheet that are hidden.
    Ruled,
    /// The same, the shared texts cut into many records.
    Cut,
    /// A sheet for each section, without lines, texts in their cells, values that formulas
    /// yielded.
    Bare,
}

impl XlsForm {
    /// All forms.
    pub const ALL: &'static [Self] = &[Self::Ruled, Self::Cut, Self::Bare];

    /// The name in tables of results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ruled => "ruled",
            Self::Cut => "cut-texts",
            Self::Bare => "bare",
        }
    }
}

/// Data that one record may hold.
const LONGEST: usize = 8224;

/// A stream of records. Public for cases that are hostile.
#[derive(Debug, Clone, Default)]
pub struct Records(pub Vec<u8>);

impl Records {
    /// Adds a record.
    pub fn add(&mut self, kind: u16, data: &[u8]) -> &mut Self {
        assert!(data.len() <= LONGEST, "too long a record");
        self.0.extend(kind.to_le_bytes());
        self.0.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
        self.0.extend(data);
        self
    }

    /// The beginning of a substream of that kind.
    pub fn begin(&mut self, kind: u16) -> &mut Self {
        self.add(0x0809, &shorts(&[0x0600, kind, 0x0dbb, 0x07cc, 0, 0, 6, 0]))
    }

    /// The end of a substream.
    pub fn end(&mut self) -> &mut Self {
        self.add(0x000a, &[])
    }
}

/// Numbers of two bytes.
pub fn shorts(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

/// A text behind its count: one byte a character where that does.
pub fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = shorts(&[u16::try_from(units.len()).unwrap()]);
    out.extend(characters(&units));
    out
}

/// A flag that says how wide characters are, and the characters.
fn characters(units: &[u16]) -> Vec<u8> {
    match units.iter().map(|&unit| u8::try_from(unit)).collect::<Result<Vec<u8>, _>>() {
        Ok(narrow) => [vec![0], narrow].concat(),
        Err(_) => [vec![1], shorts(units)].concat(),
    }
}

/// The records of shared texts, cut where `longest` is reached; within a text the flag is
/// written anew, as wide as the rest needs.
pub fn shared(records: &mut Records, texts: &[String], longest: usize) {
    let count = u32::try_from(texts.len()).unwrap().to_le_bytes();
    let mut pieces = vec![[count, count].concat()];
    for text in texts {
        let units: Vec<u16> = text.encode_utf16().collect();
        // Neither the count nor the flag, nor the first character, stand in a record that ends.
        if pieces.last().unwrap().len() + 5 > longest {
            pieces.push(Vec::new());
        }
        let piece = pieces.last_mut().unwrap();
        piece.extend(shorts(&[u16::try_from(units.len()).unwrap()]));
        let mut rest = units.as_slice();
        loop {
            let piece = pieces.last_mut().unwrap();
            let wide = rest.iter().any(|&unit| unit > 0xff);
            let fit = (longest - piece.len() - 1) / if wide { 2 } else { 1 };
            let (own, after) = rest.split_at(fit.min(rest.len()));
            // As wide as the rest needs, though this piece may be narrow.
            match wide {
                true => piece.extend([vec![1], shorts(own)].concat()),
                false => piece.extend(characters(own)),
            }
            rest = after;
            if rest.is_empty() {
                break;
            }
            pieces.push(Vec::new());
        }
    }
    for (index, piece) in pieces.iter().enumerate() {
        records.add(if index == 0 { 0x00fc } else { 0x003c }, piece);
    }
}

/// A font of that size, struck through or not.
pub fn font(struck: bool) -> Vec<u8> {
    let mut font = shorts(&[220, if struck { 8 } else { 0 }, 0x7fff, 400, 0, 0, 0]);
    font.extend([5, 0]);
    font.extend(b"Arial");
    font
}

/// A cell format: font, number format, whether lines are drawn.
pub fn look(font: u16, format: u16, ruled: bool) -> Vec<u8> {
    let lines = if ruled { 0x1111 } else { 0 };
    shorts(&[font, format, 0x0001, 0x0020, 0, lines, 0, 0, 0, 0x20c0])
}

/// The globals: fonts, formats, cell formats, and the sheets by name, state and place, whose
/// records stand behind them. Cell formats are: plain, ruled, the same with thousands shown
/// apart, and what is added.
pub fn book(more: &[(u16, Vec<u8>)], sheets: &[(&str, u8, Records)]) -> Vec<u8> {
    let mut looks = vec![(0x0031, font(false)), (0x0031, font(true))];
    looks.push((0x041e, [shorts(&[176]), text("#,##0_ ")].concat()));
    looks.extend([(0, false), (0, true), (176, false), (176, true)].map(|(f, r)| (0x00e0, look(0, f, r))));
    let globals = |places: &[usize]| {
        let mut records = Records::default();
        records.begin(5).add(0x0042, &shorts(&[1200]));
        for (kind, data) in looks.iter().chain(more.iter().filter(|(kind, _)| *kind != 0)) {
            // Texts are the last of the globals.
            if !matches!(kind, 0x00fc | 0x003c) {
                records.add(*kind, data);
            }
        }
        for (&place, (name, state, _)) in places.iter().zip(sheets) {
            let units: Vec<u16> = name.encode_utf16().collect();
            let mut data = u32::try_from(place).unwrap().to_le_bytes().to_vec();
            data.extend([*state, 0, u8::try_from(units.len()).unwrap()]);
            data.extend(characters(&units));
            records.add(0x0085, &data);
        }
        for (kind, data) in more.iter().filter(|(kind, _)| matches!(kind, 0x00fc | 0x003c)) {
            records.add(*kind, data);
        }
        records.end();
        records.0
    };
    let mut at = globals(&vec![0; sheets.len()]).len();
    let mut places = Vec::new();
    for (_, _, records) in sheets {
        places.push(at);
        at += records.0.len();
    }
    let mut stream = globals(&places);
    stream.extend(sheets.iter().flat_map(|(_, _, records)| records.0.clone()));
    stream
}

/// A file of that stream.
pub fn file(stream: Vec<u8>) -> Vec<u8> {
    ole::write(&[("Workbook", stream)])
}

/// What every record of a cell begins with.
pub fn place(row: usize, column: usize, look: usize) -> Vec<u8> {
    shorts(&[row, column, look].map(|n| u16::try_from(n).unwrap()))
}

/// A whole number in four bytes, or in eight.
fn number(records: &mut Records, place: Vec<u8>, digits: &str) {
    let value: i64 = digits.parse().unwrap();
    match i32::try_from(value).ok().filter(|value| value.abs() < 1 << 29) {
        Some(value) => records.add(0x027e, &[place, ((value << 2) | 2).to_le_bytes().to_vec()].concat()),
        None => records.add(0x0203, &[place, (value as f64).to_le_bytes().to_vec()].concat()),
    };
}

/// A row, as far as it says whether it is hidden.
pub fn row(row: usize, hidden: bool) -> Vec<u8> {
    let flags = if hidden { 0x0120 } else { 0x0100 };
    shorts(&[u16::try_from(row).unwrap(), 0, 256, 255, 0, 0, flags, 15])
}

fn style(cell: &Cell) -> usize {
    usize::from(cell.ruled) + if matches!(cell.value, Value::Number(_, true)) { 2 } else { 0 }
}

/// The cells of a row, those that one record can hold together.
fn packed(records: &mut Records, row: &Row, strings: &mut Vec<String>) {
    let small = |cell: &Cell| match &cell.value {
        Value::Number(digits, _) => digits.parse::<i32>().ok().filter(|n| n.abs() < 1 << 29),
        _ => None,
    };
    let beside = |a: &Cell, b: &Cell| {
        let alike = a.value == Value::Blank && b.value == Value::Blank;
        a.column + 1 == b.column && (alike || (small(a).is_some() && small(b).is_some()))
    };
    for cells in row.cells.chunk_by(beside) {
        let [first, .., last] = cells else {
            let cell = &cells[0];
            let place = place(row.row, cell.column, style(cell));
            match &cell.value {
                Value::Blank => {
                    records.add(0x0201, &place);
                }
                Value::Number(digits, _) => number(records, place, digits),
                Value::Text(own) => {
                    let index = u32::try_from(strings.len()).unwrap();
                    strings.push(own.clone());
                    records.add(0x00fd, &[place, index.to_le_bytes().to_vec()].concat());
                }
            }
            continue;
        };
        let mut data = shorts(&[row.row, first.column].map(|n| n as u16));
        for cell in cells {
            data.extend((style(cell) as u16).to_le_bytes());
            if let Some(value) = small(cell) {
                data.extend(((value << 2) | 2).to_le_bytes());
            }
        }
        data.extend((last.column as u16).to_le_bytes());
        records.add(if first.value == Value::Blank { 0x00be } else { 0x00bd }, &data);
    }
}

/// The cells of a row, each by a record, values from formulas.
fn plain(records: &mut Records, row: &Row) {
    let formula = |place: Vec<u8>, value: [u8; 8]| {
        // A formula of one constant.
        [place, value.to_vec(), vec![0; 6], vec![3, 0, 0x1e, 7, 0]].concat()
    };
    for (at, cell) in row.cells.iter().enumerate() {
        let place = place(row.row, cell.column, style(cell));
        let _ = match &cell.value {
            Value::Blank => records.add(0x0201, &place),
            Value::Number(digits, _) => {
                let value: f64 = digits.parse().unwrap();
                records.add(0x0006, &formula(place, value.to_le_bytes()))
            }
            Value::Text(own) if at % 2 == 0 => records.add(0x0204, &[place, text(own)].concat()),
            Value::Text(own) => {
                records.add(0x0006, &formula(place, [0, 0, 0, 0, 0, 0, 0xff, 0xff])).add(0x0207, &text(own))
            }
        };
    }
}

fn sheet(sheet: &Sheet, strings: Option<&mut Vec<String>>) -> Records {
    let mut records = Records::default();
    records.begin(0x10);
    let mut strings = strings;
    if strings.is_some() {
        records.add(0x007d, &shorts(&[HIDDEN as u16, HIDDEN as u16, 2304, 15, 1, 0]));
    }
    for own in &sheet.rows {
        records.add(0x0208, &row(own.row, own.hidden));
        match &mut strings {
            Some(strings) => packed(&mut records, own, strings),
            None => plain(&mut records, own),
        }
    }
    records.add(0x023e, &shorts(&[0x06b6, 0, 0, 0x40, 0, 0, 0, 0, 0]));
    for ranges in sheet.merges.chunks(1000) {
        let mut data = vec![ranges.len() as u16];
        for &[(top, left), (bottom, right)] in ranges {
            data.extend([top, bottom, left, right].map(|n| n as u16));
        }
        records.add(0x00e5, &shorts(&data));
    }
    records.end();
    records
}

pub(super) fn render(printed: &Printed, form: XlsForm) -> Vec<u8> {
    file(stream(printed, form))
}

/// The stream of a report.
pub fn stream(printed: &Printed, form: XlsForm) -> Vec<u8> {
    let ruled = form != XlsForm::Bare;
    let mut strings = Vec::new();
    let sheets = workbook::sheets(printed, if ruled { Layout::Ruled } else { Layout::Bare });
    let mut written: Vec<(String, u8, Records)> = Vec::new();
    for (index, own) in sheets.iter().enumerate() {
        let name = format!("表{}", index + 1);
        written.push((name, 0, sheet(own, ruled.then_some(&mut strings))));
    }
    if ruled {
        let mut old = Records::default();
        old.begin(0x10);
        number(&mut old, place(0, 0, 0), PLANTED);
        old.end();
        written.push(("old".to_owned(), 1, old));
    }
    let mut texts = Records::default();
    if ruled {
        shared(&mut texts, &strings, if form == XlsForm::Cut { 24 } else { LONGEST });
    }
    let sheets: Vec<(&str, u8, Records)> =
        written.iter().map(|(name, state, records)| (name.as_str(), *state, records.clone())).collect();
    book(&split(&texts.0), &sheets)
}

/// The records of a stream, with their data.
pub fn split(mut stream: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let mut records = Vec::new();
    while let [a, b, c, d, rest @ ..] = stream {
        let (kind, size) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
        records.push((kind, rest[..size].to_vec()));
        stream = &rest[size..];
    }
    records
}
