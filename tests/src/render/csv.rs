//! Comma-separated values, as spreadsheet programs save the one sheet of a workbook: merged
//! cells are blank but for the first, and rows are as wide as the sheet.

use super::workbook::{self, Layout, Row, Value, grouped};
use crate::print::Printed;

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvForm {
    /// As Excel writes it: commas, quotes where they must be.
    Excel,
    /// Commas; rows end with their last cell that is not blank, so that a cell lost and a
    /// blank one look alike.
    Short,
}

impl CsvForm {
    /// The name in tables of results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Excel => "excel",
            Self::Short => "short-rows",
        }
    }
}

pub(super) fn render(printed: &Printed, form: CsvForm) -> String {
    let sheets = workbook::sheets(printed, Layout::Plain);
    let rows: Vec<&Row> = sheets.iter().flat_map(|sheet| &sheet.rows).collect();
    let width = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.column + 1).max().unwrap_or(0);
    let mut out = String::new();
    for row in rows {
        let mut fields = vec![String::new(); width];
        // A row that lost a cell is shorter by it, and one that has one twice is longer.
        for cell in &row.cells {
            fields[cell.column] = field(&cell.value);
        }
        if row.lost > 0 {
            fields.truncate(width - row.lost);
        }
        if form == CsvForm::Short {
            while fields.len() > 1 && fields.last().is_some_and(String::is_empty) {
                fields.pop();
            }
        }
        out.push_str(&fields.join(","));
        out.push_str("\r\n");
    }
    out
}

fn field(value: &Value) -> String {
    let text = match value {
        Value::Blank => return String::new(),
        Value::Number(digits, false) => digits.clone(),
        Value::Number(digits, true) => grouped(digits),
        Value::Text(text) => text.clone(),
    };
    let must = text.contains([',', '"', '\n', '\r']);
    if must { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
