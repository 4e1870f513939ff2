//! The files that are read: generated reports of four sizes in every carrier, and one
//! published report where it is at hand.

use std::path::{Path, PathBuf};

use gongkai::Format;
use gongkai_tests::random::Random;
use gongkai_tests::render::{Carrier, DocxForm, Encoding, HtmlForm, TextLayout};
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

const CARRIERS: [(Format, Carrier); 3] = [
    (Format::Docx, Carrier::Docx(DocxForm::Verbose)),
    (Format::Html, Carrier::Html(HtmlForm::Word)),
    (Format::Text, Carrier::Text(TextLayout::TabbedCells, Encoding::Gb18030, true)),
];

/// The published report and its carriers.
const PUBLISHED: [(Format, &str); 4] = [
    (Format::Docx, "dalan-2021.word.docx"),
    (Format::Docx, "dalan-2021.libreoffice.docx"),
    (Format::Html, "dalan-2021.html"),
    (Format::Text, "dalan-2021.txt"),
];

/// All samples, by carrier.
pub fn all() -> Vec<Sample> {
    let mut samples = Vec::new();
    for (format, carrier) in CARRIERS {
        for &size in Size::ALL {
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

/// Where the published reports are, if anywhere.
pub fn reports() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/reports");
    std::env::var_os("GONGKAI_REPORTS").map_or(beside, PathBuf::from)
}
