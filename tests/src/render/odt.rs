//! OpenDocument text, as its writers differ.

use crate::package;
use crate::print::{Item, Printed, Table};
use crate::random::Random;

/// The kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OdtForm {
    /// Split spans; every covered place has an element of its own.
    LibreOffice,
    /// Equal cells that stand side by side are one element that is repeated.
    Repeated,
    /// One XML document instead of a package.
    Flat,
    /// Some cells hold a table of one cell.
    Nested,
    /// Headings numbered as lists.
    AutoNumbered,
    /// Tracked changes with wrong numbers in what was deleted.
    Tracked,
    /// Hidden text, paragraphs and sections with wrong numbers.
    Hidden,
    /// Another prefix than `text`.
    Prefix,
}

impl OdtForm {
    /// All forms.
    pub const ALL: &'static [Self] = &[
        Self::LibreOffice,
        Self::Repeated,
        Self::Flat,
        Self::Nested,
        Self::AutoNumbered,
        Self::Tracked,
        Self::Hidden,
        Self::Prefix,
    ];

    /// The name in tables of results.
    pub fn name(self) -> &'static str {
        match self {
            Self::LibreOffice => "libreoffice",
            Self::Repeated => "repeated",
            Self::Flat => "flat",
            Self::Nested => "nested",
            Self::AutoNumbered => "auto-numbered",
            Self::Tracked => "tracked",
            Self::Hidden => "hidden",
            Self::Prefix => "prefix",
        }
    }

    pub(super) fn extension(self) -> &'static str {
        if self == Self::Flat { "fodt" } else { "odt" }
    }
}

const NAMESPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3""#;

const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.text";

const STYLES: &str = r#"<office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties fo:color="000000"/></style:style><style:style style:name="T2" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="T3" style:family="text" style:parent-style-name="T2"/><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-suffix="、" style:num-format="一, 二, 三, ..."><style:list-level-properties><style:list-level-label-alignment text:label-followed-by="nothing"/></style:list-level-properties></text:list-level-style-number></text:list-style></office:automatic-styles>"#;

pub(super) fn render(printed: &Printed, form: OdtForm, random: &mut Random) -> Vec<u8> {
    let mut body = Body { out: String::new(), form, random, listed: false };
    if form == OdtForm::Tracked {
        body.out.push_str("<text:tracked-changes><text:changed-region text:id=\"c1\"><text:deletion><office:change-info/><text:p>99777</text:p></text:deletion></text:changed-region></text:tracked-changes>");
    }
    if form == OdtForm::Hidden {
        body.out.push_str("<text:section text:name=\"a\" text:display=\"none\"><text:p>99777</text:p></text:section><text:p>99777<text:hidden-paragraph text:condition=\"ooow:1\" text:is-hidden=\"true\"/></text:p>");
    }
    for item in &printed.items {
        body.item(item);
    }
    let (root, kind) = match form {
        OdtForm::Flat => ("document", format!(" office:mimetype=\"{MEDIA_TYPE}\"")),
        _ => ("document-content", String::new()),
    };
    let mut content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:{root} {NAMESPACES}{kind}>{STYLES}<office:body><office:text>{}</office:text></office:body></office:{root}>",
        body.out
    );
    match form {
        OdtForm::Flat => return content.into_bytes(),
        OdtForm::Prefix => {
            for before in ["<", "</", " ", "xmlns:"] {
                let end = if before == "xmlns:" { "=" } else { ":" };
                content = content.replace(&format!("{before}text{end}"), &format!("{before}ns1{end}"));
            }
        }
        _ => {}
    }
    package(&content)
}

/// A package of that content.
fn package(content: &str) -> Vec<u8> {
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{MEDIA_TYPE}\"/><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"
    );
    let parts = [("mimetype", MEDIA_TYPE), ("content.xml", content), ("META-INF/manifest.xml", &manifest)];
    package::zip(&parts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())))
}

struct Body<'a> {
    out: String,
    form: OdtForm,
    random: &'a mut Random,
    /// A list was begun, and the next one goes on with it.
    listed: bool,
}

impl Body<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Title(text) | Item::Paragraph(text) => self.paragraph(text),
            Item::Heading(_, text) if self.form == OdtForm::AutoNumbered => {
                let goes_on = if self.listed { " text:continue-numbering=\"true\"" } else { "" };
                self.listed = true;
                self.out.push_str(&format!("<text:list text:style-name=\"L1\"{goes_on}><text:list-item>"));
                self.paragraph(text);
                self.out.push_str("</text:list-item></text:list>");
            }
            Item::Heading(number, text) => {
                self.out.push_str("<text:h text:outline-level=\"1\">");
                self.text(&format!("{number}{text}"));
                self.out.push_str("</text:h>");
            }
            Item::Table(table) => self.table(table),
        }
    }

    fn paragraph(&mut self, text: &str) {
        self.out.push_str("<text:p text:style-name=\"P1\">");
        self.text(text);
        self.out.push_str("</text:p>");
    }

    /// The text as spans, with what the form hides between them.
    fn text(&mut self, text: &str) {
        match self.form {
            OdtForm::LibreOffice => {
                let mut part = String::new();
                for c in text.chars() {
                    part.push(c);
                    if self.random.chance(30) {
                        self.span(&std::mem::take(&mut part), "T1");
                        self.out.push_str("<text:bookmark text:name=\"_GoBack\"/><text:soft-page-break/>");
                    }
                }
                self.span(&part, "T1");
                self.out.push_str("<text:span text:style-name=\"T1\"/>");
            }
            OdtForm::Tracked if self.random.chance(25) => {
                self.out.push_str("<text:change text:change-id=\"c1\"/><office:annotation><text:p>99777</text:p></office:annotation>");
                self.characters(text);
            }
            OdtForm::Hidden if self.random.chance(25) => {
                self.span("99777", "T2");
                self.characters(text);
                self.span("99777", "T3");
                self.out.push_str("<text:hidden-text text:condition=\"ooow:1\" text:string-value=\"99777\" text:is-hidden=\"true\">99777</text:hidden-text>");
            }
            _ => self.characters(text),
        }
    }

    fn span(&mut self, text: &str, style: &str) {
        if !text.is_empty() {
            self.out.push_str(&format!("<text:span text:style-name=\"{style}\">"));
            self.characters(text);
            self.out.push_str("</text:span>");
        }
    }

    /// White space in a row, and at the ends, has an element of its own.
    fn characters(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                ' ' => self.out.push_str("<text:s/>"),
                '\t' => self.out.push_str("<text:tab/>"),
                '\n' => self.out.push_str("<text:line-break/>"),
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                c => self.out.push(c),
            }
        }
    }

    fn table(&mut self, table: &Table) {
        self.out.push_str(&format!(
            "<table:table><table:table-column table:number-columns-repeated=\"{}\"/>",
            table.width()
        ));
        for (at, slots) in table.grid().iter().enumerate() {
            self.out.push_str(if at == 0 { "<table:table-header-rows>" } else { "" });
            self.out.push_str("<table:table-row>");
            let mut pieces: Vec<String> = Vec::new();
            for slot in slots {
                if slot.first {
                    pieces.push(self.cell(table, slot.cell, slot.span));
                }
                let covered = slot.span - usize::from(slot.first);
                pieces.extend(std::iter::repeat_n("<table:covered-table-cell/>".to_owned(), covered));
            }
            for same in pieces.chunk_by(|a, b| self.form == OdtForm::Repeated && a == b) {
                let repeated = format!("-cell table:number-columns-repeated=\"{}\"", same.len());
                match same {
                    [one] => self.out.push_str(one),
                    [one, ..] => self.out.push_str(&one.replacen("-cell", &repeated, 1)),
                    [] => {}
                }
            }
            self.out.push_str("</table:table-row>");
            self.out.push_str(if at == 0 { "</table:table-header-rows>" } else { "" });
        }
        self.out.push_str("</table:table>");
    }

    fn cell(&mut self, table: &Table, (row, at): (usize, usize), span: usize) -> String {
        let cell = &table.rows[row].cells[at];
        let before = std::mem::take(&mut self.out);
        self.out.push_str("<table:table-cell");
        for (name, count) in [("columns", span), ("rows", cell.rows)] {
            if count > 1 {
                self.out.push_str(&format!(" table:number-{name}-spanned=\"{count}\""));
            }
        }
        self.out.push_str(" office:value-type=\"string\">");
        let nested = self.form == OdtForm::Nested && self.random.chance(15);
        if nested {
            self.out.push_str("<table:table table:is-sub-table=\"true\"><table:table-column/><table:table-row><table:table-cell>");
        }
        for paragraph in &cell.paragraphs {
            self.paragraph(paragraph);
        }
        if nested {
            self.out.push_str("</table:table-cell></table:table-row></table:table><text:p/>");
        }
        self.out.push_str("</table:table-cell>");
        std::mem::replace(&mut self.out, before)
    }
}
