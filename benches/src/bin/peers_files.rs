//! Writes files of several carriers and the grids of their tables into a folder, for
//! `benches/peers`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;

use gongkai_tests::print::{Item, Printed, Table};
use gongkai_tests::random::Random;
use gongkai_tests::render::{Carrier, DocForm, DocxForm, HtmlForm, OdtForm, PdfForm, RtfForm, XlsxForm};
use gongkai_tests::size::Size;

const FILES: [(&str, Size, Carrier); 16] = [
    ("4 pages, bare vMerge", Size::Village, Carrier::Docx(DocxForm::Word)),
    ("4 pages, vMerge continue", Size::Village, Carrier::Docx(DocxForm::LibreOffice)),
    ("30 pages, wordy", Size::Bureau, Carrier::Docx(DocxForm::Verbose)),
    ("100 pages, wordy", Size::City, Carrier::Docx(DocxForm::Verbose)),
    ("4 pages", Size::Village, Carrier::Doc(DocForm::Word)),
    ("30 pages", Size::Bureau, Carrier::Doc(DocForm::Word)),
    ("4 pages", Size::Village, Carrier::Rtf(RtfForm::Word)),
    ("30 pages", Size::Bureau, Carrier::Rtf(RtfForm::Word)),
    ("4 pages", Size::Village, Carrier::Odt(OdtForm::LibreOffice)),
    ("30 pages", Size::Bureau, Carrier::Odt(OdtForm::LibreOffice)),
    ("4 pages", Size::Village, Carrier::Html(HtmlForm::Word)),
    ("30 pages", Size::Bureau, Carrier::Html(HtmlForm::Word)),
    ("4 pages", Size::Village, Carrier::Pdf(PdfForm::ToUnicode)),
    ("30 pages", Size::Bureau, Carrier::Pdf(PdfForm::ToUnicode)),
    ("4 pages", Size::Village, Carrier::Xlsx(XlsxForm::Bare)),
    ("30 pages", Size::Bureau, Carrier::Xlsx(XlsxForm::Bare)),
];

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("peers_files FOLDER"));
    for (name, size, carrier) in FILES {
        let printed = size.report(7);
        let bytes = carrier.render(&printed, &mut Random::new(7));
        let folder = folder.join(carrier.extension());
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.{}", carrier.extension())), bytes).unwrap();
        let grids = serde_json::to_vec(&grids(&printed)).unwrap();
        std::fs::write(folder.join(format!("{name}.json")), grids).unwrap();
    }
}

/// The text in every position of every table, without white space.
fn grids(printed: &Printed) -> Vec<Vec<Vec<String>>> {
    let tables = printed.items.iter().filter_map(|item| match item {
        Item::Table(table) => Some(table),
        _ => None,
    });
    tables.map(grid).collect()
}

fn grid(table: &Table) -> Vec<Vec<String>> {
    let row = |slots: Vec<gongkai_tests::print::Slot>| -> Vec<String> {
        slots
            .iter()
            .flat_map(|slot| {
                let text: String = table.cell(slot).line().split_whitespace().collect();
                std::iter::repeat_n(text, slot.span)
            })
            .collect()
    };
    table.grid().into_iter().map(row).collect()
}
