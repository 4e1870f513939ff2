//! Reports for an office program to convert, and what is read of them afterwards:
//! `office write FOLDER docx|xlsx COUNT` writes random reports, `office read FOLDER
//! EXTENSION COUNT` reads the files of the same names and compares them with the truth.
//! `tests/office` does both, and the converting between them.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use gongkai_tests::compare::{Tally, compare};
use gongkai_tests::print::Printed;
use gongkai_tests::random::Random;
use gongkai_tests::reading;
use gongkai_tests::render::{Carrier, DocxForm, XlsxForm};
use gongkai_tests::runs;

/// Forms that an office program saves as the truth says. LibreOffice 7.4 does not with
/// content controls, whose text it repeats, and with rows that were deleted.
const FORMS: &[DocxForm] = &[
    DocxForm::Word,
    DocxForm::LibreOffice,
    DocxForm::AutoNumbered,
    DocxForm::Hidden,
    DocxForm::LayoutTable,
    DocxForm::Nested,
    DocxForm::GridBefore,
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write", folder, extension, count] => write(Path::new(folder), extension, count.parse().unwrap()),
        ["read", folder, extension, count] => {
            return read(Path::new(folder), extension, count.parse().unwrap());
        }
        _ => eprintln!("usage: office write FOLDER docx|xlsx COUNT | office read FOLDER EXTENSION COUNT"),
    }
    ExitCode::SUCCESS
}

fn reports(count: u64) -> impl Iterator<Item = (String, Printed, u64)> {
    (runs::first_seed()..).take(count as usize).map(|seed| (format!("{seed:04}"), runs::report(seed), seed))
}

fn write(folder: &Path, extension: &str, count: u64) {
    std::fs::create_dir_all(folder).unwrap();
    for (at, (name, printed, seed)) in reports(count).enumerate() {
        let carrier = match extension {
            "xlsx" => Carrier::Xlsx(XlsxForm::ALL[at % XlsxForm::ALL.len()]),
            _ => Carrier::Docx(FORMS[at % FORMS.len()]),
        };
        let bytes = carrier.render(&printed, &mut Random::new(seed));
        std::fs::write(folder.join(format!("{name}.{extension}")), bytes).unwrap();
    }
}

fn read(folder: &Path, extension: &str, count: u64) -> ExitCode {
    let (mut tally, mut failures) = (Tally::default(), Vec::new());
    for (name, printed, _) in reports(count) {
        let path: PathBuf = folder.join(format!("{name}.{extension}"));
        let read = std::fs::read(&path).map_err(|error| error.to_string());
        match read.and_then(|bytes| reading::facts(&bytes)) {
            Ok(facts) => {
                let (own, differences) = compare(&printed.facts, &facts);
                tally.add(&own);
                failures.extend(differences.iter().map(|d| format!("{name}.{extension}: {d}")));
            }
            Err(error) => failures.push(format!("{name}.{extension}: {}", error.replace('\n', " "))),
        }
    }
    println!(
        "{extension}: {count} reports, {} cells, {} right, {} wrong, {} unreadable, {} missing; {} failures",
        tally.cells,
        tally.right,
        tally.wrong,
        tally.unreadable,
        tally.missing,
        failures.len()
    );
    if failures.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("{}", runs::first(&failures));
    ExitCode::FAILURE
}
