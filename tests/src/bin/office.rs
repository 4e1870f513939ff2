//! Reports for an office program to convert or to print, and what is read of them
//! afterwards. `tests/office` does both, and the converting between them.
//!
//! `office write FOLDER docx|xlsx|sheet COUNT` writes random reports, `office print FOLDER COUNT`
//! as .docx and .html with the lines and widths of paper; `office read FOLDER EXTENSION
//! COUNT` reads the files of the same names and compares them with the truth; `office
//! published FOLDER` reads the published reports' .pdf and compares them with their keys.
//! What was printed may be unreadable; it fails only where something wrong is asserted.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use gongkai_tests::compare::{Tally, Verdict, compare};
use gongkai_tests::package;
use gongkai_tests::print::Printed;
use gongkai_tests::published;
use gongkai_tests::random::Random;
use gongkai_tests::reading;
use gongkai_tests::render::{Carrier, DocxForm, HtmlForm, XlsxForm};
use gongkai_tests::runs;
use gongkai_tests::truth::Status;

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
        ["print", folder, count] => print(Path::new(folder), count.parse().unwrap()),
        ["published", folder] => return published_reports(Path::new(folder)),
        _ => eprintln!(
            "usage: office write FOLDER docx|xlsx|sheet COUNT | office print FOLDER COUNT | office read FOLDER EXTENSION COUNT | office published FOLDER"
        ),
    }
    ExitCode::SUCCESS
}

fn reports(count: u64) -> impl Iterator<Item = (String, Printed, DocxForm, u64)> {
    (runs::first_seed()..)
        .zip(FORMS.iter().cycle())
        .take(count as usize)
        .map(|(seed, &form)| (format!("{seed:04}-{}", form.name()), runs::report(seed), form, seed))
}

fn write(folder: &Path, extension: &str, count: u64) {
    std::fs::create_dir_all(folder).unwrap();
    for (at, (name, printed, form, seed)) in reports(count).enumerate() {
        let carrier = match extension {
            "sheet" => Carrier::Xlsx(XlsxForm::Plain),
            "xlsx" => Carrier::Xlsx(XlsxForm::ALL[at % XlsxForm::ALL.len()]),
            _ => Carrier::Docx(form),
        };
        let bytes = carrier.render(&printed, &mut Random::new(seed));
        std::fs::write(folder.join(format!("{name}.{}", carrier.extension())), bytes).unwrap();
    }
}

/// How tables stand on paper.
const PAPERS: &[(&str, &str)] = &[
    ("ruled", "table{border-collapse:collapse}td{border:1px solid;padding:2px}"),
    (
        "thin",
        "table{border-collapse:collapse;width:100%;font-size:8pt}td{border:.5pt solid #999;text-align:center}",
    ),
    // Each cell in a frame of its own.
    ("framed", "td{border:1px solid}"),
    ("bare", "table{border-collapse:collapse}td{border:none;padding:4px}"),
    (
        "rules",
        "table{border-collapse:collapse}td{border:none;border-bottom:1px solid #888;padding:4px;text-align:center}",
    ),
    (
        "shaded",
        "table{border-collapse:collapse}td{border:none;padding:6px 8px}tr:nth-child(even){background:#e8f0f8}",
    ),
];

/// The paper of a report, by its place among all.
fn paper(index: usize) -> (&'static str, &'static str) {
    PAPERS[index % PAPERS.len()]
}

fn print(folder: &Path, count: u64) {
    std::fs::create_dir_all(folder.join("html")).unwrap();
    std::fs::create_dir_all(folder.join("docx")).unwrap();
    for (index, (name, printed, form, seed)) in reports(count).enumerate() {
        let page = Carrier::Html(HtmlForm::Clean).render(&printed, &mut Random::new(seed));
        let style = format!("<style>@page{{size:A3 landscape}}{}</style></head>", paper(index).1);
        let page = String::from_utf8(page).unwrap().replacen("</head>", &style, 1);
        std::fs::write(folder.join("html").join(format!("{name}.html")), page).unwrap();
        let bytes = Carrier::Docx(form).render(&printed, &mut Random::new(seed));
        let mut parts = package::parts(&bytes).unwrap();
        for (_, text) in parts.iter_mut().filter(|(name, _)| name == package::MAIN) {
            *text = on_paper(std::str::from_utf8(text).unwrap(), paper(index).0).into_bytes();
        }
        std::fs::write(folder.join("docx").join(format!("{name}.docx")), package::zip(&parts)).unwrap();
    }
}

/// The main part with lines around its cells, on paper wide enough for the numbers.
fn on_paper(text: &str, paper: &str) -> String {
    let side = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
    let sides: &[&str] = match paper {
        "bare" | "shaded" => &[],
        "rules" => &["top", "bottom", "insideH"],
        _ => &["top", "left", "bottom", "right", "insideH", "insideV"],
    };
    let lines: String = sides.iter().map(|own| side(own)).collect();
    let mut lines = if sides.is_empty() { lines } else { format!("<w:tblBorders>{lines}</w:tblBorders>") };
    if paper == "shaded" {
        lines.push_str("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E8F0F8\"/>");
    }
    text.replace("w:type=\"auto\"/></w:tblPr>", &format!("w:type=\"auto\"/>{lines}</w:tblPr>"))
        .replace("w:w=\"900\"", "w:w=\"1600\"")
        .replace("w:w=\"9000\"", "w:w=\"25000\"")
        .replace("</w:body>", "<w:sectPr><w:pgSz w:w=\"28000\" w:h=\"16000\"/></w:sectPr></w:body>")
}

/// The published reports, printed: cells right, wrong and lost.
fn published_reports(folder: &Path) -> ExitCode {
    let Some(keys) = published::folder() else {
        eprintln!("SKIPPED: the published reports are not at hand");
        return ExitCode::SUCCESS;
    };
    let (mut cells, mut right, mut wrong) = (0, 0, Vec::new());
    for name in published::NAMES {
        let key = published::key(&keys, name);
        cells += key.len();
        let read = std::fs::read(folder.join(format!("{name}.pdf"))).map_err(|error| error.to_string());
        match read.and_then(|bytes| reading::facts(&bytes)) {
            Err(error) => eprintln!("{name}.pdf: {error}"),
            Ok(got) => {
                let told: Vec<_> = got.into_iter().filter(|fact| fact.status != Status::Unreadable).collect();
                let different = published::differences(&key, &told);
                let lost = different.iter().filter(|text| text.ends_with(": missing")).count();
                right += key.len() - different.len().min(key.len());
                wrong.extend(different.into_iter().filter(|text| !text.ends_with(": missing")));
                if lost > 0 {
                    eprintln!("{name}.pdf: {lost} cells lost");
                }
            }
        }
    }
    println!(
        "published: {} reports, {cells} cells, {right} right, {} wrong",
        published::NAMES.len(),
        wrong.len()
    );
    wrong.iter().for_each(|text| eprintln!("{text}"));
    if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn read(folder: &Path, extension: &str, count: u64) -> ExitCode {
    let (mut tally, mut failures) = (Tally::default(), Vec::new());
    let is_printed = extension == "pdf";
    let mut papers = vec![Tally::default(); PAPERS.len()];
    for (index, (name, printed, ..)) in reports(count).enumerate() {
        let path: PathBuf = folder.join(format!("{name}.{extension}"));
        let read = std::fs::read(&path).map_err(|error| error.to_string());
        match read.and_then(|bytes| reading::named_facts(&bytes, path.to_str())) {
            Ok(facts) => {
                let facts: Vec<_> = (facts.into_iter())
                    // What is unreadable asserts nothing, also where nothing is printed.
                    .filter(|fact| {
                        let is_printed_there = printed.facts.iter().any(|own| own.id == fact.id);
                        is_printed_there || !is_printed || fact.status != Status::Unreadable
                    })
                    .collect();
                let (own, differences) = compare(&printed.facts, &facts);
                tally.add(&own);
                papers[index % PAPERS.len()].add(&own);
                if is_printed && own.right < own.cells {
                    println!("    {name}, {}: {} of {} cells right", paper(index).0, own.right, own.cells);
                }
                // A saved sheet does not tell for certain where these stand.
                let doubtful = if extension == "csv" { printed.movable() } else { BTreeSet::new() };
                let differences = differences.iter().filter(|d| {
                    !matches!(d.verdict, Verdict::Unreadable | Verdict::Missing) || !doubtful.contains(d.id())
                });
                failures.extend(differences.map(|d| format!("{name}.{extension}: {d}")));
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
    if is_printed {
        for ((paper, _), own) in PAPERS.iter().zip(&papers) {
            println!(
                "    {paper}: {} cells, {} right, {} wrong, {} unreadable, {} missing",
                own.cells, own.right, own.wrong, own.unreadable, own.missing
            );
        }
    }
    // What was printed without lines is lost as a whole: what matters is the rest.
    if is_printed {
        failures.retain(|text| !text.contains(": Missing "));
    }
    if failures.is_empty() || (is_printed && tally.wrong == 0) {
        return ExitCode::SUCCESS;
    }
    eprintln!("{}", runs::first(&failures));
    ExitCode::FAILURE
}
