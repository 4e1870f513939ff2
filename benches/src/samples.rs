//! The files that are read: generated reports of four sizes in every carrier, and one
//! published report where it is at hand.

use std::path::{Path, PathBuf};

use gongkai::Format;
use gongkai_tests::random::Random;
use gongkai_tests::render::{
    Carrier, DocForm, DocxForm, Encoding, HtmlForm, MhtmlForm, OdtForm, OfdForm, PdfForm, RtfForm,
    TextLayout, XlsxForm,
};
use gongkai_tests::size::Size;

/// A file to be read.
pub struct Sample {
    /// Size or name of the report.
    pub name: String,
    /// The carrier it is known to have.
    pub format: Format,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Sample {
    /// How a table's line about it begins.
    pub fn line(&self) -> String {
        format!("{} {}", self.format.name(), self.name)
    }
}

/// The carriers, with the sizes that are tried in them. Most differ only in how their tables
/// are found, so that one size tells enough.
const CARRIERS: [(Format, Carrier, &[Size]); 11] = [
    (Format::Docx, Carrier::Docx(DocxForm::Verbose), Size::ALL),
    (Format::Html, Carrier::Html(HtmlForm::Word), Size::ALL),
    (Format::Text, Carrier::Text(TextLayout::TabbedCells, Encoding::Gb18030, true), Size::ALL),
    (Format::Doc, Carrier::Doc(DocForm::Word), &[Size::Bureau]),
    (Format::Rtf, Carrier::Rtf(RtfForm::Word), &[Size::Bureau]),
    (Format::Odt, Carrier::Odt(OdtForm::LibreOffice), &[Size::Bureau]),
    (Format::FlatOpc, Carrier::FlatOpc(DocxForm::Word), &[Size::Bureau]),
    (Format::Mhtml, Carrier::Mhtml(MhtmlForm::Word), &[Size::Bureau]),
    (Format::Pdf, Carrier::Pdf(PdfForm::ToUnicode), &[Size::Bureau]),
    (Format::Ofd, Carrier::Ofd(OfdForm::Plain), &[Size::Bureau]),
    (Format::Xlsx, Carrier::Xlsx(XlsxForm::Ruled), &[Size::Bureau]),
];

/// The published report and its carriers.
const PUBLISHED: [(Format, &str); 8] = [
    (Format::Docx, "dalan-2021.word.docx"),
    (Format::Docx, "dalan-2021.libreoffice.docx"),
    (Format::Html, "dalan-2021.html"),
    (Format::Text, "dalan-2021.txt"),
    (Format::Doc, "dalan-2021.doc"),
    (Format::Rtf, "dalan-2021.rtf"),
    (Format::Odt, "dalan-2021.odt"),
    (Format::Pdf, "dalan-2021.pdf"),
];

/// All samples, by carrier.
pub fn all() -> Vec<Sample> {
    let mut samples = Vec::new();
    for (format, carrier, sizes) in CARRIERS {
        for size in sizes {
            let bytes = carrier.render(&size.report(7), &mut Random::new(7));
            samples.push(Sample { name: format!("{}, {} pages", size.name(), size.pages()), format, bytes });
        }
        for (own, name) in PUBLISHED {
            if own != format {
                continue;
            }
            match std::fs::read(reports().join(name)) {
                Ok(bytes) => samples.push(Sample { name: name.to_owned(), format, bytes }),
                Err(error) => eprintln!("SKIPPED the published report {name}: {error}"),
            }
        }
    }
    samples
}

/// The samples that the program's arguments choose; all of them if they say nothing.
pub fn chosen() -> Vec<Sample> {
    let choice: Vec<String> = choice().collect();
    let is_chosen = |sample: &Sample| choice.iter().any(|start| sample.line().starts_with(start.as_str()));
    all().into_iter().filter(|sample| choice.is_empty() || is_chosen(sample)).collect()
}

/// The arguments that choose samples.
pub fn choice() -> impl Iterator<Item = String> {
    std::env::args().skip(1).filter(|argument| !argument.starts_with("--"))
}

/// Where the published reports are, if anywhere.
pub fn reports() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/reports");
    std::env::var_os("GONGKAI_REPORTS").map_or(beside, PathBuf::from)
}
