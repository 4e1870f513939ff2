//! Sheets of cells, for the carriers that are workbooks: tables as merged ranges, numbers as
//! numbers.

use std::collections::{BTreeMap, BTreeSet};

use crate::print::{Item, Printed, Table};

/// The kind of workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// One sheet with lines around the cells of tables, and a column and a row that are
    /// hidden; writers add a hidden sheet.
    Ruled,
    /// A sheet for each section, without lines.
    Bare,
    /// One sheet, without lines.
    Plain,
}

/// The column that is hidden in ruled sheets.
pub(super) const HIDDEN: usize = 2;

/// A number nobody sees.
pub(super) const PLANTED: &str = "99777";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Blank,
    /// Digits, behind a sign, and whether thousands are shown apart.
    Number(String, bool),
    Text(String),
}

#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// From 0.
    pub(super) column: usize,
    pub(super) ruled: bool,
    pub(super) value: Value,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// From 0.
    pub(super) row: usize,
    pub(super) hidden: bool,
    pub(super) cells: Vec<Cell>,
    /// Columns of its table that it does not reach.
    pub(super) lost: usize,
}

impl Row {
    fn end(&self) -> usize {
        self.cells.last().map_or(0, |cell| cell.column + 1)
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    pub(super) rows: Vec<Row>,
    /// Row and column of the first cell, and of the last.
    pub(super) merges: Vec<[(usize, usize); 2]>,
}

/// The sheets of a report.
pub(super) fn sheets(printed: &Printed, layout: Layout) -> Vec<Sheet> {
    let mut sheets = vec![Sheet::default()];
    for item in &printed.items {
        match item {
            Item::Title(text) | Item::Paragraph(text) => line(&mut sheets, text),
            Item::Heading(number, text) => {
                if layout == Layout::Bare {
                    sheets.push(Sheet::default());
                }
                line(&mut sheets, &format!("{number}{text}"));
            }
            Item::Table(table) => sheets.last_mut().unwrap().table(table, layout == Layout::Ruled),
        }
    }
    if layout == Layout::Ruled {
        let sheet = sheets.last_mut().unwrap();
        let cell = Cell { column: 0, ruled: false, value: Value::Number(PLANTED.to_owned(), false) };
        let row = sheet.rows.len();
        sheet.rows.push(Row { row, hidden: true, cells: vec![cell], lost: 0 });
    }
    sheets
}

fn line(sheets: &mut [Sheet], text: &str) {
    let sheet = sheets.last_mut().unwrap();
    let cell = Cell { column: 0, ruled: false, value: value(text) };
    sheet.rows.push(Row { row: sheet.rows.len(), hidden: false, cells: vec![cell], lost: 0 });
}

impl Sheet {
    fn table(&mut self, table: &Table, ruled: bool) {
        let top = self.rows.len();
        // One column is hidden.
        let seen = |column: usize| column + usize::from(ruled && column >= HIDDEN);
        let mut taken: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut rows: Vec<Row> =
            (0..table.rows.len()).map(|row| Row { row: top + row, ..Row::default() }).collect();
        for (row, slots) in table.grid().iter().enumerate() {
            for slot in slots.iter().filter(|slot| slot.first) {
                let cell = table.cell(slot);
                let mut places: Vec<(usize, usize)> = (row..(row + cell.rows).min(table.rows.len()))
                    .flat_map(|row| {
                        (slot.column..slot.column + cell.columns).map(move |column| (row, column))
                    })
                    .collect();
                // Ranges do not overlap, whatever was done to the table.
                if places.iter().any(|place| taken.contains(place)) {
                    let free = (slot.column..).find(|&column| !taken.contains(&(row, column))).unwrap();
                    places = vec![(row, free)];
                }
                taken.extend(&places);
                if let [first, .., last] = places.as_slice() {
                    self.merges.push([*first, *last].map(|(row, column)| (top + row, seen(column))));
                }
                for (at, &(row, column)) in places.iter().enumerate() {
                    let value = if at == 0 { value(&cell.paragraphs.join("\n")) } else { Value::Blank };
                    rows[row].cells.push(Cell { column: seen(column), ruled, value });
                }
            }
        }
        let mut ends = BTreeMap::new();
        for row in &mut rows {
            if ruled && row.cells.iter().any(|cell| cell.column > HIDDEN) {
                let value = Value::Number(PLANTED.to_owned(), false);
                row.cells.push(Cell { column: HIDDEN, ruled: false, value });
            }
            row.cells.sort_by_key(|cell| cell.column);
            *ends.entry(row.end()).or_insert(0) += 1;
        }
        // Where most rows end; a cell that stands twice makes its own longer, and no other shorter.
        let usual = ends.into_iter().max_by_key(|&(_, rows)| rows).map_or(0, |(end, _)| end);
        for row in &mut rows {
            row.lost = usual.saturating_sub(row.end());
        }
        self.rows.extend(rows);
    }
}

/// Texts that a number would be shown as are numbers.
fn value(text: &str) -> Value {
    let plain = text.replace(',', "");
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let is_number = !digits.is_empty()
        && digits.len() < 12
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'))
        && plain != "-0";
    match text {
        "" => Value::Blank,
        _ if is_number && plain == text => Value::Number(plain, false),
        _ if is_number && grouped(&plain) == text => Value::Number(plain, true),
        _ => Value::Text(text.to_owned()),
    }
}

/// With separators of thousands.
pub(super) fn grouped(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{sign}{out}")
}
