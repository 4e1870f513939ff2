//! Workbooks as packages of XML parts.

use super::workbook::{self, Cell, HIDDEN, Layout, PLANTED, Value};
use crate::package;
use crate::print::Printed;

/// The kind of workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XlsxForm {
    /// One sheet with lines around the cells of tables, shared texts, and columns, rows and
    /// a sheet that are hidden.
    Ruled,
    /// A sheet for each section, without lines, texts in their cells.
    Bare,
    /// One sheet without lines and without anything hidden, for programs that save the first
    /// sheet with all that it has; not among all forms.
    Plain,
}

impl XlsxForm {
    /// All forms.
    pub const ALL: &'static [Self] = &[Self::Ruled, Self::Bare];

    /// The name in tables of results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ruled => "ruled",
            Self::Bare => "bare",
            Self::Plain => "plain",
        }
    }
}

const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STYLES: &str = r##"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="176" formatCode="#,##0_ "/></numFmts><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" borderId="0"/><xf numFmtId="0" borderId="1"/><xf numFmtId="176" borderId="0"/><xf numFmtId="176" borderId="1"/></cellXfs></styleSheet>"##;

/// Name of a cell; row and column from 0.
fn name((row, column): (usize, usize)) -> String {
    let mut number = column + 1;
    let mut letters = String::new();
    while number > 0 {
        let (rest, digit) = ((number - 1) / 26, (number - 1) % 26);
        letters.insert(0, char::from(b'A' + u8::try_from(digit).unwrap()));
        number = rest;
    }
    format!("{letters}{}", row + 1)
}

fn cell(cell: &Cell, row: usize, shared: Option<&mut Vec<String>>) -> String {
    let name = name((row, cell.column));
    let style = usize::from(cell.ruled) + if matches!(cell.value, Value::Number(_, true)) { 2 } else { 0 };
    match &cell.value {
        Value::Blank => format!("<c r=\"{name}\" s=\"{style}\"/>"),
        Value::Number(digits, _) => format!("<c r=\"{name}\" s=\"{style}\"><v>{digits}</v></c>"),
        Value::Text(text) => {
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            match shared {
                Some(strings) => {
                    strings.push(text);
                    format!("<c r=\"{name}\" s=\"{style}\" t=\"s\"><v>{}</v></c>", strings.len() - 1)
                }
                None => format!(
                    "<c r=\"{name}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
                ),
            }
        }
    }
}

pub(super) fn render(printed: &Printed, form: XlsxForm) -> Vec<u8> {
    let ruled = form == XlsxForm::Ruled;
    let (mut names, mut relations) = (String::new(), String::new());
    let mut strings: Vec<String> = Vec::new();
    let mut parts = Vec::new();
    let mut relation = |kind: &str, target: &str| {
        relations.push_str(&format!(
            "<Relationship Id=\"{target}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}.xml\"/>"
        ));
    };
    let columns = format!("<cols><col min=\"{0}\" max=\"{0}\" width=\"9\" hidden=\"1\"/></cols>", HIDDEN + 1);
    let layout = match form {
        XlsxForm::Ruled => Layout::Ruled,
        XlsxForm::Bare => Layout::Bare,
        XlsxForm::Plain => Layout::Plain,
    };
    let sheets = workbook::sheets(printed, layout);
    for (index, sheet) in sheets.iter().enumerate() {
        let target = format!("sheet{}", index + 1);
        names.push_str(&format!("<sheet name=\"{target}\" sheetId=\"{}\" r:id=\"{target}\"/>", index + 1));
        relation("worksheet", &target);
        let mut rows = String::new();
        for row in &sheet.rows {
            let hidden = if row.hidden { " hidden=\"1\"" } else { "" };
            let cells = row.cells.iter().map(|own| cell(own, row.row, ruled.then_some(&mut strings)));
            let cells: String = cells.collect();
            rows.push_str(&format!("<row r=\"{}\"{hidden}>{cells}</row>", row.row + 1));
        }
        let merges: String = sheet
            .merges
            .iter()
            .map(|&[first, last]| format!("<mergeCell ref=\"{}:{}\"/>", name(first), name(last)))
            .collect();
        let merges = if merges.is_empty() { merges } else { format!("<mergeCells>{merges}</mergeCells>") };
        let columns = if ruled { columns.as_str() } else { "" };
        parts.push((
            format!("xl/{target}.xml"),
            format!("<worksheet {MAIN}>{columns}<sheetData>{rows}</sheetData>{merges}</worksheet>"),
        ));
    }
    if ruled {
        names.push_str("<sheet name=\"old\" sheetId=\"99\" state=\"hidden\" r:id=\"old\"/>");
        relation("worksheet", "old");
        parts.push((
            "xl/old.xml".to_owned(),
            format!(
                "<worksheet {MAIN}><sheetData><row><c><v>{PLANTED}</v></c></row></sheetData></worksheet>"
            ),
        ));
        relation("sharedStrings", "sharedStrings");
        let strings: String =
            strings.iter().map(|text| format!("<si><t xml:space=\"preserve\">{text}</t></si>")).collect();
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
    let kind = |(name, _): &(String, String)| {
        let name = name.strip_prefix("xl/")?.strip_suffix(".xml")?;
        let kind = match name {
            "workbook" => "sheet.main",
            "styles" | "sharedStrings" => name,
            _ => "worksheet",
        };
        Some(format!(
            "<Override PartName=\"/xl/{name}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml\"/>"
        ))
    };
    let kinds: String = parts.iter().filter_map(kind).collect();
    parts.push((package::CONTENT_TYPES.to_owned(), format!("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>{kinds}</Types>")));
    let parts: Vec<_> = parts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    package::zip(&parts)
}
