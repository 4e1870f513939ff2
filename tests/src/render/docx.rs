//! Word processor packages, as their writers differ.

use crate::package::{self, CONTENT_TYPES, RELATIONS};
use crate::print::{Cell, Item, Printed, Row, Table};
use crate::random::Random;

/// The kind of package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocxForm {
    /// Split runs, bare `vMerge`.
    Word,
    /// Properties on every cell, `vMerge` with `continue`.
    LibreOffice,
    /// Headings numbered by `numbering.xml`.
    AutoNumbered,
    /// Tables and paragraphs inside content controls.
    ContentControls,
    /// The whole report inside a table that serves as layout.
    LayoutTable,
    /// Tracked changes with wrong numbers in what was deleted.
    Tracked,
    /// Hidden runs with wrong numbers.
    Hidden,
    /// The strict namespace.
    Strict,
    /// Another prefix than `w`.
    Prefix,
    /// The main part under another name.
    Renamed,
    /// Some cells hold a table of one cell.
    Nested,
    /// Rows indented by grid columns left out.
    GridBefore,
    /// As wordy as large reports are: ids, fonts and borders everywhere. For benchmarks.
    Verbose,
}

impl DocxForm {
    /// All forms that differ in what is read.
    pub const ALL: &'static [Self] = &[
        Self::Word,
        Self::LibreOffice,
        Self::AutoNumbered,
        Self::ContentControls,
        Self::LayoutTable,
        Self::Tracked,
        Self::Hidden,
        Self::Strict,
        Self::Prefix,
        Self::Renamed,
        Self::Nested,
        Self::GridBefore,
    ];

    /// The name in tables of results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::LibreOffice => "libreoffice",
            Self::AutoNumbered => "auto-numbered",
            Self::ContentControls => "content-controls",
            Self::LayoutTable => "layout-table",
            Self::Tracked => "tracked",
            Self::Hidden => "hidden",
            Self::Strict => "strict",
            Self::Prefix => "prefix",
            Self::Renamed => "renamed",
            Self::Nested => "nested",
            Self::GridBefore => "grid-before",
            Self::Verbose => "verbose",
        }
    }

    fn main_part(self) -> &'static str {
        if self == Self::Renamed { "word/document22.xml" } else { package::MAIN }
    }
}

const NUMBERING: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="3"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>"#;

const NUMBERING_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/></Relationships>"#;

/// Properties of runs of digits, and of characters.
const LATIN: &str = "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"仿宋_GB2312\" w:cs=\"Times New Roman\"/><w:color w:val=\"000000\"/><w:kern w:val=\"0\"/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>";
const HAN: &str = "<w:rFonts w:ascii=\"仿宋_GB2312\" w:hAnsi=\"仿宋_GB2312\" w:eastAsia=\"仿宋_GB2312\" w:cs=\"宋体\" w:hint=\"eastAsia\"/><w:color w:val=\"000000\"/><w:kern w:val=\"0\"/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>";

pub(super) fn render(printed: &Printed, form: DocxForm, random: &mut Random) -> Vec<u8> {
    package::zip(&parts(printed, form, random))
}

/// The same parts in one XML document (Flat OPC).
pub(super) fn render_flat(printed: &Printed, form: DocxForm, random: &mut Random) -> Vec<u8> {
    package::flat(&parts(printed, form, random))
}

fn parts(printed: &Printed, form: DocxForm, random: &mut Random) -> Vec<(String, Vec<u8>)> {
    let namespace = match form {
        DocxForm::Strict => "http://purl.oclc.org/ooxml/wordprocessingml/main",
        _ => "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    };
    let extension = match form {
        DocxForm::Verbose => " xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"",
        _ => "",
    };
    let mut body = Body { out: String::new(), form, random };
    if form == DocxForm::LayoutTable {
        body.out.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"9000\"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w=\"9000\" w:type=\"dxa\"/></w:tcPr>");
    }
    for item in &printed.items {
        body.item(item);
    }
    if form == DocxForm::LayoutTable {
        body.out.push_str("<w:p/></w:tc></w:tr></w:tbl>");
    }
    let mut document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"{namespace}\"{extension}><w:body>{}<w:sectPr/></w:body></w:document>",
        body.out
    );
    if form == DocxForm::Prefix {
        document = document.replace("w:", "ns0:").replace("xmlns:w=", "xmlns:ns0=");
    }
    let main = form.main_part();
    let mut parts = vec![
        (CONTENT_TYPES.to_owned(), package::content_types(main).into_bytes()),
        (RELATIONS.to_owned(), package::relations(main, form == DocxForm::Strict).into_bytes()),
        (main.to_owned(), document.into_bytes()),
    ];
    if form == DocxForm::AutoNumbered {
        parts.push(("word/_rels/document.xml.rels".to_owned(), NUMBERING_RELATIONS.into()));
        parts.push(("word/numbering.xml".to_owned(), NUMBERING.into()));
    }
    parts
}

struct Body<'a> {
    out: String,
    form: DocxForm,
    random: &'a mut Random,
}

impl Body<'_> {
    fn item(&mut self, item: &Item) {
        let controlled = self.form == DocxForm::ContentControls && self.random.chance(60);
        if controlled {
            self.out.push_str("<w:sdt><w:sdtPr><w:id w:val=\"4711\"/></w:sdtPr><w:sdtContent>");
        }
        match item {
            Item::Title(text) | Item::Paragraph(text) => self.paragraph(text, ""),
            Item::Heading(_, text) if self.form == DocxForm::AutoNumbered => self.paragraph(
                text,
                "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr>",
            ),
            Item::Heading(number, text) => self.paragraph(&format!("{number}{text}"), ""),
            Item::Table(table) => {
                self.table(table);
                // Two tables in a row would be one to a word processor.
                self.out.push_str("<w:p/>");
            }
        }
        if controlled {
            self.out.push_str("</w:sdtContent></w:sdt>");
        }
    }

    fn paragraph(&mut self, text: &str, properties: &str) {
        if self.form == DocxForm::Verbose {
            let id = self.random.bits() >> 33;
            self.out.push_str(&format!(
                "<w:p w:rsidR=\"00C37B6E\" w:rsidRDefault=\"00A31F2C\" w14:paraId=\"{id:08X}\" w14:textId=\"77777777\">"
            ));
            let jc = if properties.is_empty() { "both" } else { "center" };
            self.out.push_str(&format!(
                "<w:pPr><w:widowControl/><w:spacing w:line=\"560\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:jc w:val=\"{jc}\"/><w:rPr>{LATIN}</w:rPr></w:pPr>"
            ));
        } else {
            self.out.push_str("<w:p>");
            self.out.push_str(properties);
        }
        self.text(text);
        self.out.push_str("</w:p>");
    }

    /// The text as runs, with what the form hides between them.
    fn text(&mut self, text: &str) {
        match self.form {
            DocxForm::Word => {
                self.out
                    .push_str("<w:bookmarkStart w:id=\"0\" w:name=\"_GoBack\"/><w:bookmarkEnd w:id=\"0\"/>");
                let mut part = String::new();
                for c in text.chars() {
                    part.push(c);
                    if self.random.chance(30) {
                        self.run(
                            &std::mem::take(&mut part),
                            "<w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>",
                        );
                        self.out.push_str("<w:proofErr w:type=\"spellEnd\"/>");
                    }
                }
                self.run(&part, "");
            }
            // Word gives digits and characters runs of their own.
            DocxForm::Verbose => {
                let mut rest = text;
                while let Some(first) = rest.chars().next() {
                    let digits = first.is_ascii_digit();
                    let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
                    let fonts = if digits { LATIN } else { HAN };
                    self.run(&rest[..end], &format!("<w:rPr>{fonts}</w:rPr>"));
                    rest = &rest[end..];
                }
            }
            DocxForm::Tracked if self.random.chance(25) => {
                self.out.push_str(
                    "<w:del w:id=\"1\" w:author=\"a\"><w:r><w:delText>99777</w:delText></w:r></w:del>",
                );
                self.out.push_str("<w:ins w:id=\"2\" w:author=\"a\">");
                self.run(text, "");
                self.out.push_str(
                    "</w:ins><w:moveFrom w:id=\"3\" w:author=\"a\"><w:r><w:t>99777</w:t></w:r></w:moveFrom>",
                );
            }
            DocxForm::Hidden => {
                if self.random.chance(25) {
                    self.run("99777", "<w:rPr><w:vanish/></w:rPr>");
                }
                self.run(text, "<w:rPr><w:vanish w:val=\"0\"/></w:rPr>");
            }
            _ => self.run(text, ""),
        }
    }

    fn run(&mut self, text: &str, properties: &str) {
        if text.is_empty() {
            return;
        }
        let rsid = if matches!(self.form, DocxForm::Word | DocxForm::Verbose) {
            " w:rsidR=\"00AB12CD\""
        } else {
            ""
        };
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        self.out
            .push_str(&format!("<w:r{rsid}>{properties}<w:t xml:space=\"preserve\">{escaped}</w:t></w:r>"));
    }

    fn table(&mut self, table: &Table) {
        let margin = usize::from(self.form == DocxForm::GridBefore);
        let width = table.width() + 2 * margin;
        self.out.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid>");
        self.out.push_str(&"<w:gridCol w:w=\"900\"/>".repeat(width));
        self.out.push_str("</w:tblGrid>");
        for (row, slots) in table.rows.iter().zip(table.grid()) {
            self.out.push_str("<w:tr>");
            if margin > 0 {
                self.out.push_str("<w:trPr><w:gridBefore w:val=\"1\"/><w:gridAfter w:val=\"1\"/></w:trPr>");
            }
            for slot in &slots {
                let cell = table.cell(slot);
                self.properties(slot.span, cell.rows > 1, slot.first);
                if slot.first {
                    self.content(cell);
                } else {
                    self.out.push_str("<w:p/>");
                }
                self.out.push_str("</w:tc>");
            }
            self.out.push_str("</w:tr>");
            if self.form == DocxForm::Tracked && self.random.chance(10) {
                self.deleted_row(row);
            }
        }
        self.out.push_str("</w:tbl>");
    }

    fn properties(&mut self, span: usize, merged: bool, first: bool) {
        let office = self.form == DocxForm::LibreOffice;
        self.out.push_str("<w:tc><w:tcPr><w:tcW w:w=\"900\" w:type=\"dxa\"/>");
        if span > 1 {
            self.out.push_str(&format!("<w:gridSpan w:val=\"{span}\"/>"));
        }
        self.out.push_str(match (merged, first, office) {
            (false, ..) => "",
            (true, true, _) => "<w:vMerge w:val=\"restart\"/>",
            (true, false, true) => "<w:vMerge w:val=\"continue\"/>",
            (true, false, false) => "<w:vMerge/>",
        });
        if office {
            self.out.push_str("<w:tcBorders><w:left w:val=\"single\" w:sz=\"6\"/></w:tcBorders><w:vAlign w:val=\"center\"/>");
        }
        if self.form == DocxForm::Verbose {
            self.out.push_str("<w:tcBorders>");
            for side in ["top", "left", "bottom", "right"] {
                self.out.push_str(&format!(
                    "<w:{side} w:val=\"single\" w:color=\"auto\" w:sz=\"4\" w:space=\"0\"/>"
                ));
            }
            self.out.push_str(
                "</w:tcBorders><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"auto\"/><w:vAlign w:val=\"center\"/>",
            );
        }
        self.out.push_str("</w:tcPr>");
    }

    fn content(&mut self, cell: &Cell) {
        let nested = self.form == DocxForm::Nested && self.random.chance(15);
        if nested {
            self.out.push_str(
                "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"900\"/></w:tblGrid><w:tr><w:tc><w:tcPr/>",
            );
        }
        let controlled = self.form == DocxForm::ContentControls && self.random.chance(20);
        for paragraph in &cell.paragraphs {
            if controlled {
                self.out.push_str("<w:sdt><w:sdtContent>");
            }
            self.paragraph(paragraph, "<w:pPr><w:jc w:val=\"center\"/></w:pPr>");
            if controlled {
                self.out.push_str("</w:sdtContent></w:sdt>");
            }
        }
        if nested {
            self.out.push_str("</w:tc></w:tr></w:tbl><w:p/>");
        }
    }

    /// A row that was deleted and still stands in the file.
    fn deleted_row(&mut self, row: &Row) {
        self.out.push_str("<w:tr><w:trPr><w:del w:id=\"9\" w:author=\"a\"/></w:trPr>");
        for cell in &row.cells {
            self.out.push_str(&format!(
                "<w:tc><w:tcPr><w:gridSpan w:val=\"{}\"/></w:tcPr><w:p><w:pPr><w:rPr><w:del w:id=\"8\" w:author=\"a\"/></w:rPr></w:pPr><w:del w:id=\"7\" w:author=\"a\"><w:r><w:delText>99777</w:delText></w:r></w:del></w:p></w:tc>",
                cell.columns
            ));
        }
        self.out.push_str("</w:tr>");
    }
}
