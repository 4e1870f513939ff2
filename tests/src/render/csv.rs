//! Comma-separated values, as spreadsheet programs save the one sheet of a workbook: merged
//! cells are blank but for the first, and rows are as wide as the sheet, so that a cell that
//! moved in the sheet changes the width of no row.

use super::workbook::{self, Layout, Row, Value, grouped};
use crate::print::Printed;

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvForm {
    /// Commas, quotes where they must be.
    Padded,
    /// Rows end with their last cell that is not blank.
    Short,
    /// Padded, but a row that lost a cell is shorter by it: the file was changed, not the sheet.
    Edited,
    /// Semicolons, and every text in quotes.
    Semicolons,
    /// Tabs, as Excel's "Unicode text".
    Tabs,
}

impl CsvForm {
    /// All forms.
    pub const ALL: &'static [Self] = &[Self::Padded, Self::Short, Self::Edited, Self::Semicolons, Self::Tabs];

    /// The name in tables of results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Padded => "padded",
            Self::Short => "short-rows",
            Self::Edited => "edited",
            Self::Semicolons => "semicolons",
            Self::Tabs => "tabs",
        }
    }

    fn separator(self) -> char {
        match self {
            Self::Padded | Self::Short | Self::Edited => ',',
            Self::Semicolons => ';',
            Self::Tabs => '\t',
        }
    }
}

pub(super) fn render(printed: &Printed, form: CsvForm) -> String {
    let sheets = workbook::sheets(printed, Layout::Plain);
    let rows: Vec<&Row> = sheets.iter().flat_map(|sheet| &sheet.rows).collect();
    // A blank cell is none: it makes no sheet wider.
    let filled = |row: &&Row| row.cells.iter().rfind(|cell| cell.value != Value::Blank).map(|c| c.column + 1);
    let width = rows.iter().filter_map(filled).max().unwrap_or(0);
    let mut out = String::new();
    for row in rows {
        let mut fields = vec![String::new(); width];
        for cell in row.cells.iter().filter(|cell| cell.column < width) {
            fields[cell.column] = field(&cell.value, form);
        }
        if form == CsvForm::Edited && row.lost > 0 {
            fields.truncate(width - row.lost);
        }
        if form == CsvForm::Short {
            while fields.len() > 1 && fields.last().is_some_and(String::is_empty) {
                fields.pop();
            }
        }
        out.push_str(&fields.join(&form.separator().to_string()));
        out.push_str("\r\n");
    }
    out
}

fn field(value: &Value, form: CsvForm) -> String {
    let text = match value {
        Value::Blank => return String::new(),
        Value::Number(digits, false) => digits.clone(),
        Value::Number(digits, true) => grouped(digits),
        Value::Text(text) => text.clone(),
    };
    let must = text.contains([form.separator(), '"', '\n', '\r']);
    let is_text = matches!(value, Value::Text(_)) && form == CsvForm::Semicolons;
    if must || is_text { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
