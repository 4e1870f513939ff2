//! Every carrier and layout a printed report is tried in.

mod csv;
mod doc;
mod docx;
mod html;
mod mhtml;
mod odt;
mod ofd;
mod pdf;
mod rtf;
mod sheet;
mod text;
mod workbook;
pub mod xls;
mod xlsx;

pub use csv::CsvForm;
pub use doc::DocForm;
pub use docx::DocxForm;
pub use html::HtmlForm;
pub use mhtml::MhtmlForm;
pub(crate) use mhtml::base64;
pub use odt::OdtForm;
pub use ofd::OfdForm;
pub use pdf::{PdfFile, PdfForm};
pub use rtf::RtfForm;
pub use text::{Encoding, TextLayout, encode};
pub use xls::XlsForm;
pub use xlsx::XlsxForm;

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
    /// A Word 97-2003 document.
    Doc(DocForm),
    /// Rich Text Format.
    Rtf(RtfForm),
    /// The package as one XML document.
    FlatOpc(DocxForm),
    /// A web page in one file.
    Mhtml(MhtmlForm),
    /// Pages of a PDF file.
    Pdf(PdfForm),
    /// OpenDocument text.
    Odt(OdtForm),
    /// Pages of an OFD package.
    Ofd(OfdForm),
    /// Sheets of a workbook.
    Xlsx(XlsxForm),
    /// Sheets of a workbook of Excel 97 to 2003.
    Xls(XlsForm),
    /// Comma-separated values of a sheet.
    Csv(CsvForm, Encoding),
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
            Self::Doc(form) => format!("doc/{}", form.name()),
            Self::Rtf(form) => format!("rtf/{}", form.name()),
            Self::FlatOpc(form) => format!("flatopc/{}", form.name()),
            Self::Mhtml(form) => format!("mhtml/{}", form.name()),
            Self::Pdf(form) => format!("pdf/{}", form.name()),
            Self::Odt(form) => format!("odt/{}", form.name()),
            Self::Ofd(form) => format!("ofd/{}", form.name()),
            Self::Xlsx(form) => format!("xlsx/{}", form.name()),
            Self::Xls(form) => format!("xls/{}", form.name()),
            Self::Csv(form, Encoding::Utf8) => format!("csv/{}", form.name()),
            Self::Csv(form, encoding) => format!("csv/{}/{}", form.name(), encoding.name()),
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
        all.extend(DocForm::ALL.iter().map(|&form| Self::Doc(form)));
        all.extend(RtfForm::ALL.iter().map(|&form| Self::Rtf(form)));
        all.extend([DocxForm::Word, DocxForm::AutoNumbered, DocxForm::Strict].map(Self::FlatOpc));
        all.extend(MhtmlForm::ALL.iter().map(|&form| Self::Mhtml(form)));
        all.extend(OdtForm::ALL.iter().map(|&form| Self::Odt(form)));
        all.extend(PdfForm::ALL.iter().map(|&form| Self::Pdf(form)));
        all.extend(OfdForm::ALL.iter().map(|&form| Self::Ofd(form)));
        all.extend(XlsxForm::ALL.iter().map(|&form| Self::Xlsx(form)));
        all.extend(XlsForm::ALL.iter().map(|&form| Self::Xls(form)));
        all.extend(CsvForm::ALL.iter().map(|&form| Self::Csv(form, Encoding::Utf8)));
        all.extend([Encoding::Utf8Bom, Encoding::Gb18030].map(|e| Self::Csv(CsvForm::Padded, e)));
        all.push(Self::Csv(CsvForm::Short, Encoding::Gb18030));
        all.push(Self::Csv(CsvForm::Tabs, Encoding::Utf16Le));
        all
    }

    /// Those of which not all is read.
    pub fn open() -> Vec<Self> {
        PdfForm::OPEN.iter().map(|&form| Self::Pdf(form)).collect()
    }

    /// The carriers in which damage differs: one per layout.
    pub fn layouts() -> Vec<Self> {
        let mut all: Vec<Self> =
            TextLayout::ALL.iter().map(|&layout| Self::Text(layout, Encoding::Utf8, false)).collect();
        all.extend([HtmlForm::Clean, HtmlForm::Soup].map(Self::Html));
        all.extend([DocxForm::Word, DocxForm::LibreOffice].map(Self::Docx));
        all.extend([DocForm::Word, DocForm::MergedByFlags].map(Self::Doc));
        all.extend(
            [RtfForm::Word, RtfForm::Wps, RtfForm::LibreOffice, RtfForm::MergedByFlags].map(Self::Rtf),
        );
        all.extend([OdtForm::LibreOffice, OdtForm::Repeated].map(Self::Odt));
        all.extend([PdfForm::Gbk, PdfForm::Cut, PdfForm::Framed, PdfForm::Sliced].map(Self::Pdf));
        all.push(Self::Ofd(OfdForm::Grouped));
        all.extend(XlsxForm::ALL.iter().map(|&form| Self::Xlsx(form)));
        all.extend([XlsForm::Ruled, XlsForm::Bare].map(Self::Xls));
        all.extend(CsvForm::ALL.iter().map(|&form| Self::Csv(form, Encoding::Utf8)));
        all
    }

    /// Whether columns are only known by the places of words.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Pdf(form) if PdfForm::OPEN.contains(&form))
    }

    /// Whether a row's cells are only known by the order of lines.
    pub fn is_lines(self) -> bool {
        matches!(self, Self::Text(TextLayout::SpacedLines | TextLayout::Lines | TextLayout::GappedLines, ..))
    }

    /// A name for files whose content leaves open what they are: rows of uneven width may be prose
    /// with commas.
    pub fn file_name(self) -> Option<&'static str> {
        matches!(self, Self::Csv(CsvForm::Short, _)).then_some("report.csv")
    }

    /// Whether rows are written out as a sheet's, as wide as the sheet or ending with their last
    /// cell.
    pub fn is_sheet(self) -> bool {
        matches!(self, Self::Csv(..) | Self::Text(TextLayout::PaddedTabs | TextLayout::CutTabs, ..))
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
            Self::Doc(form) => doc::render(printed, form, random),
            Self::Rtf(form) => rtf::render(printed, form, random),
            Self::FlatOpc(form) => docx::render_flat(printed, form, random),
            Self::Mhtml(form) => mhtml::render(printed, form, random),
            Self::Pdf(form) => pdf::render(printed, form),
            Self::Odt(form) => odt::render(printed, form, random),
            Self::Ofd(form) => ofd::render(printed, form),
            Self::Xlsx(form) => xlsx::render(printed, form),
            Self::Xls(form) => xls::render(printed, form),
            Self::Csv(form, encoding) => encode(&csv::render(printed, form), encoding),
        }
    }

    /// The file name extension.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Text(..) => "txt",
            Self::Html(_) => "html",
            Self::Docx(_) => "docx",
            Self::Doc(_) => "doc",
            Self::Rtf(_) => "rtf",
            Self::FlatOpc(_) => "xml",
            Self::Mhtml(_) => "mht",
            Self::Pdf(_) => "pdf",
            Self::Odt(form) => form.extension(),
            Self::Ofd(_) => "ofd",
            Self::Xlsx(_) => "xlsx",
            Self::Xls(_) => "xls",
            Self::Csv(..) => "csv",
        }
    }
}
