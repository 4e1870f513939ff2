//! Writes docx files and the grids of their tables into a folder, for `benches/peers`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;

use gongkai_tests::print::{Item, Printed, Table};
use gongkai_tests::random::Random;
use gongkai_tests::render::{Carrier, DocxForm};
use gongkai_tests::size::Size;

const FILES: [(&str, Size, DocxForm); 4] = [
    ("4 pages, bare vMerge", Size::Village, DocxForm::Word),
    ("4 pages, vMerge continue", Size::Village, DocxForm::LibreOffice),
    ("30 pages, wordy", Size::Bureau, DocxForm::Verbose),
    ("100 pages, wordy", Size::City, DocxForm::Verbose),
];

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("peers_files FOLDER"));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, size, form) in FILES {
        let printed = size.report(7);
        let bytes = Carrier::Docx(form).render(&printed, &mut Random::new(7));
        std::fs::write(folder.join(format!("{name}.docx")), bytes).unwrap();
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
