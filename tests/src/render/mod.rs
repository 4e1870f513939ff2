//! Every carrier and layout a printed report is tried in.

mod docx;
mod html;
mod ofd;
mod pdf;
mod sheet;
mod text;

pub use docx::DocxForm;
pub use html::HtmlForm;
pub use ofd::OfdForm;
pub use pdf::{PdfFile, PdfForm};
pub use text::{Encoding, TextLayout, encode};

use crate::print::Printed;
use crate::random::Random;

/// A carrier with its layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// Plain text: layout, encoding, whether lines end in CR LF.
    Text(TextLayout, Encoding, bool),
    /// A web page.
    Html(HtmlForm),
    /// A word processor's package.
    Docx(DocxForm),
    /// Pages of a PDF file.
    Pdf(PdfForm),
    /// Pages of an OFD package.
    Ofd(OfdForm),
}

impl Carrier {
    /// The name in tables of results.
    pub fn name(self) -> String {
        match self {
            Self::Text(layout, encoding, crlf) => {
                let mut name = format!("text/{}", layout.name());
                if encoding != Encoding::Utf8 {
                    name.push_str(&format!("/{}", encoding.name()));
                }
                if crlf {
                    name.push_str("/crlf");
                }
                name
            }
            Self::Html(form) => format!("html/{}", form.name()),
            Self::Docx(form) => format!("docx/{}", form.name()),
            Self::Pdf(form) => format!("pdf/{}", form.name()),
            Self::Ofd(form) => format!("ofd/{}", form.name()),
        }
    }

    /// All carriers.
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> =
            TextLayout::ALL.iter().map(|&layout| Self::Text(layout, Encoding::Utf8, false)).collect();
        all.extend(Encoding::ALL[1..].iter().map(|&e| Self::Text(TextLayout::TabbedCells, e, true)));
        all.push(Self::Text(TextLayout::SpacedLines, Encoding::Gb18030, false));
        all.push(Self::Text(TextLayout::SpacedLines, Encoding::Utf8, true));
        all.push(Self::Text(TextLayout::Lines, Encoding::Gb18030, true));
        all.push(Self::Text(TextLayout::TabbedRows, Encoding::Utf16Le, true));
        all.extend(HtmlForm::ALL.iter().map(|&form| Self::Html(form)));
        all.extend(DocxForm::ALL.iter().map(|&form| Self::Docx(form)));
        all.extend(PdfForm::ALL.iter().map(|&form| Self::Pdf(form)));
        all.extend(OfdForm::ALL.iter().map(|&form| Self::Ofd(form)));
        all
    }

    /// The carriers in which damage differs: one per layout.
    pub fn layouts() -> Vec<Self> {
        let mut all: Vec<Self> =
            TextLayout::ALL.iter().map(|&layout| Self::Text(layout, Encoding::Utf8, false)).collect();
        all.extend([HtmlForm::Clean, HtmlForm::Soup].map(Self::Html));
        all.extend([DocxForm::Word, DocxForm::LibreOffice].map(Self::Docx));
        all.extend([PdfForm::Gbk, PdfForm::Cut].map(Self::Pdf));
        all.push(Self::Ofd(OfdForm::Grouped));
        all
    }

    /// Whether a row's cells are only known by the order of lines.
    pub fn is_lines(self) -> bool {
        matches!(self, Self::Text(TextLayout::SpacedLines | TextLayout::Lines | TextLayout::GappedLines, ..))
    }

    /// The bytes of the report in this carrier.
    pub fn render(self, printed: &Printed, random: &mut Random) -> Vec<u8> {
        match self {
            Self::Text(layout, encoding, crlf) => {
                let mut text = text::render(printed, layout, random);
                if crlf {
                    text = text.replace('\n', "\r\n");
                }
                encode(&text, encoding)
            }
            Self::Html(form) => html::render(printed, form, random),
            Self::Docx(form) => docx::render(printed, form, random),
            Self::Pdf(form) => pdf::render(printed, form),
            Self::Ofd(form) => ofd::render(printed, form),
        }
    }

    /// The file name extension.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Text(..) => "txt",
            Self::Html(_) => "html",
            Self::Docx(_) => "docx",
            Self::Pdf(_) => "pdf",
            Self::Ofd(_) => "ofd",
        }
    }
}
