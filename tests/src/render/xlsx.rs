//! Workbooks: tables as merged ranges, numbers as numbers.

use std::collections::BTreeSet;

use crate::package;
use crate::print::{Item, Printed, Table};

/// The kind of workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XlsxForm {
    /// One sheet with lines around the cells of tables, shared texts, and columns, rows and
    /// a sheet that are hidden.
    Ruled,
    /// A sheet for each section, without lines, texts in their cells.
    Bare,
}

impl XlsxForm {
    /// All forms.
    pub const ALL: &'static [Self] = &[Self::Ruled, Self::Bare];

    /// The name in tables of results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ruled => "ruled",
            Self::Bare => "bare",
        }
    }
}

const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STYLES: &str = r##"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="176" formatCode="#,##0_ "/></numFmts><borders count="2"><border><left/><right/><top/><bottom/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders><cellXfs count="4"><xf numFmtId="0" borderId="0"/><xf numFmtId="0" borderId="1"/><xf numFmtId="176" borderId="0"/><xf numFmtId="176" borderId="1"/></cellXfs></styleSheet>"##;

/// The column that is hidden in ruled sheets.
const HIDDEN: usize = 2;

struct Book {
    form: XlsxForm,
    strings: Vec<String>,
    sheets: Vec<Sheet>,
}

#[derive(Default)]
struct Sheet {
    rows: String,
    /// The row to be written next.
    row: usize,
    merges: Vec<String>,
}

pub(super) fn render(printed: &Printed, form: XlsxForm) -> Vec<u8> {
    let mut book = Book { form, strings: Vec::new(), sheets: vec![Sheet { row: 1, ..Sheet::default() }] };
    for item in &printed.items {
        match item {
            Item::Title(text) | Item::Paragraph(text) => book.line(text),
            Item::Heading(number, text) => {
                if form == XlsxForm::Bare {
                    book.sheets.push(Sheet { row: 1, ..Sheet::default() });
                }
                book.line(&format!("{number}{text}"));
            }
            Item::Table(table) => book.table(table),
        }
    }
    if form == XlsxForm::Ruled {
        let sheet = book.sheet();
        sheet.rows.push_str(&format!("<row r=\"{}\" hidden=\"1\"><c><v>99777</v></c></row>", sheet.row));
    }
    package::zip(&book.parts())
}

impl Book {
    fn sheet(&mut self) -> &mut Sheet {
        self.sheets.last_mut().unwrap()
    }

    /// Name of a cell; one column is hidden.
    fn name(&self, column: usize, row: usize) -> String {
        let mut number = column + usize::from(self.form == XlsxForm::Ruled && column >= HIDDEN) + 1;
        let mut letters = String::new();
        while number > 0 {
            let (rest, digit) = ((number - 1) / 26, (number - 1) % 26);
            letters.insert(0, char::from(b'A' + u8::try_from(digit).unwrap()));
            number = rest;
        }
        format!("{letters}{row}")
    }

    fn line(&mut self, text: &str) {
        let row = self.sheet().row;
        let cell = self.cell(&self.name(0, row), text, false);
        let sheet = self.sheet();
        sheet.rows.push_str(&format!("<row r=\"{row}\">{cell}</row>"));
        sheet.row += 1;
    }

    fn table(&mut self, table: &Table) {
        // A row without anything stands between paragraphs and a table without lines.
        let top = self.sheet().row;
        let mut taken: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut cells: Vec<Vec<(usize, String)>> = vec![Vec::new(); table.rows.len()];
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
                    let range =
                        format!("{}:{}", self.name(first.1, top + first.0), self.name(last.1, top + last.0));
                    self.sheet().merges.push(range);
                }
                for (at, &(row, column)) in places.iter().enumerate() {
                    let text = if at == 0 { cell.paragraphs.join("\n") } else { String::new() };
                    let written =
                        self.cell(&self.name(column, top + row), &text, self.form == XlsxForm::Ruled);
                    cells[row].push((column, written));
                }
            }
        }
        for (row, mut cells) in cells.into_iter().enumerate() {
            cells.sort();
            let mut written: Vec<String> = cells.iter().map(|(_, cell)| cell.clone()).collect();
            if self.form == XlsxForm::Ruled && cells.iter().any(|(column, _)| *column >= HIDDEN) {
                let at = cells.iter().position(|(column, _)| *column >= HIDDEN).unwrap();
                let letter = char::from(b'A' + u8::try_from(HIDDEN).unwrap());
                written.insert(at, format!("<c r=\"{letter}{}\"><v>99777</v></c>", top + row));
            }
            self.sheet().rows.push_str(&format!("<row r=\"{}\">{}</row>", top + row, written.concat()));
        }
        self.sheet().row = top + table.rows.len();
    }

    fn cell(&mut self, name: &str, text: &str, ruled: bool) -> String {
        let plain = text.replace(',', "");
        let style = usize::from(ruled) + if plain == text { 0 } else { 2 };
        let digits = plain.strip_prefix('-').unwrap_or(&plain);
        let is_number = !digits.is_empty()
            && digits.len() < 12
            && digits.bytes().all(|b| b.is_ascii_digit())
            && (digits == "0" || !digits.starts_with('0'))
            && plain != "-0";
        if is_number && (plain == text || grouped(&plain) == text) {
            return format!("<c r=\"{name}\" s=\"{style}\"><v>{plain}</v></c>");
        }
        let style = usize::from(ruled);
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        match self.form {
            _ if text.is_empty() => format!("<c r=\"{name}\" s=\"{style}\"/>"),
            XlsxForm::Ruled => {
                self.strings.push(text);
                format!("<c r=\"{name}\" s=\"{style}\" t=\"s\"><v>{}</v></c>", self.strings.len() - 1)
            }
            XlsxForm::Bare => {
                format!("<c r=\"{name}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
            }
        }
    }

    fn parts(self) -> Vec<(String, Vec<u8>)> {
        let (mut names, mut relations) = (String::new(), String::new());
        let mut parts = Vec::new();
        let mut relation = |kind: &str, target: &str| {
            relations.push_str(&format!(
                "<Relationship Id=\"{target}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}.xml\"/>"
            ));
        };
        let ruled = self.form == XlsxForm::Ruled;
        let columns =
            format!("<cols><col min=\"{0}\" max=\"{0}\" width=\"9\" hidden=\"1\"/></cols>", HIDDEN + 1);
        for (index, sheet) in self.sheets.iter().enumerate() {
            let target = format!("sheet{}", index + 1);
            names
                .push_str(&format!("<sheet name=\"{target}\" sheetId=\"{}\" r:id=\"{target}\"/>", index + 1));
            relation("worksheet", &target);
            let merges: String =
                sheet.merges.iter().map(|range| format!("<mergeCell ref=\"{range}\"/>")).collect();
            let merges =
                if merges.is_empty() { merges } else { format!("<mergeCells>{merges}</mergeCells>") };
            let columns = if ruled { columns.as_str() } else { "" };
            parts.push((
                format!("xl/{target}.xml"),
                format!(
                    "<worksheet {MAIN}>{columns}<sheetData>{}</sheetData>{merges}</worksheet>",
                    sheet.rows
                ),
            ));
        }
        if ruled {
            names.push_str("<sheet name=\"old\" sheetId=\"99\" state=\"hidden\" r:id=\"old\"/>");
            relation("worksheet", "old");
            parts.push((
                "xl/old.xml".to_owned(),
                format!(
                    "<worksheet {MAIN}><sheetData><row><c><v>99777</v></c></row></sheetData></worksheet>"
                ),
            ));
            relation("sharedStrings", "sharedStrings");
            let strings: String = self
                .strings
                .iter()
                .map(|text| format!("<si><t xml:space=\"preserve\">{text}</t></si>"))
                .collect();
            parts.push(("xl/sharedStrings.xml".to_owned(), format!("<sst {MAIN}>{strings}</sst>")));
        }
        relation("styles", "styles");
        parts.push(("xl/styles.xml".to_owned(), STYLES.to_owned()));
        parts.push((
            "xl/workbook.xml".to_owned(),
            format!("<workbook {MAIN} xmlns:r=\"{OFFICE}\"><sheets>{names}</sheets></workbook>"),
        ));
        parts.push((
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"),
        ));
        parts.push((package::RELATIONS.to_owned(), package::relations("xl/workbook.xml", false)));
        parts.push((package::CONTENT_TYPES.to_owned(), package::content_types("xl/workbook.xml")));
        parts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect()
    }
}

/// With separators of thousands.
fn grouped(plain: &str) -> String {
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
