//! What is fuzzed: one function a target, taking any bytes. The targets in `tests/fuzz` and
//! the replay of what they found call the same functions.
//!
//! A function panics when the library does, or when one of its promises is broken.

mod edits;
mod grid;
mod program;
mod sound;

use std::fs;
use std::path::{Path, PathBuf};

use gongkai::{CheckOptions, Format, Limits, ParseOptions, Report, Waivers};

use crate::fixtures::{self, Fixture};
use crate::package;

/// A target of fuzzing.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, that of the file in `tests/fuzz/fuzz_targets` and of the folder in
    /// `tests/fixtures/fuzz`.
    pub name: &'static str,
    /// What runs.
    pub run: fn(&[u8]),
    /// What fuzzing begins with.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target { name: "docx", run: docx, seeds: docx_seeds },
    Target { name: "html", run: html, seeds: || carrier("html") },
    Target { name: "text", run: text, seeds: || carrier("text") },
    Target { name: "document_xml", run: document_xml, seeds: main_parts },
    Target { name: "docx_edits", run: docx_edits, seeds: programs },
    Target { name: "matching", run: matching, seeds: programs },
    Target { name: "json", run: json, seeds: jsons },
    Target { name: "checks", run: checks, seeds: programs },
];

/// Small limits, so that each run is short and memory is no matter.
fn options(format: Option<Format>) -> ParseOptions {
    let limits = Limits {
        input_bytes: 1 << 20,
        part_bytes: 2 << 20,
        total_bytes: 4 << 20,
        text_bytes: 1 << 20,
        elements: 200_000,
        table_cells: 20_000,
        tables: 500,
        ..Limits::default()
    };
    ParseOptions { format, limits, ..ParseOptions::default() }
}

/// Reads the bytes as that format; what comes of it has to be sound, and the same again.
fn read(bytes: &[u8], format: Option<Format>) -> Option<Report> {
    let options = options(format);
    let first = gongkai::parse_with_options(bytes, &options);
    assert_eq!(first, gongkai::parse_with_options(bytes, &options), "two readings differ");
    match first {
        Ok(report) => {
            sound::report(&report);
            Some(report)
        }
        Err(error) => {
            sound::error(&error);
            None
        }
    }
}

/// A whole package.
pub fn docx(bytes: &[u8]) {
    read(bytes, Some(Format::Docx));
}

/// A page, in any encoding.
pub fn html(bytes: &[u8]) {
    read(bytes, Some(Format::Html));
}

/// Text, in any encoding; or whatever the bytes look like.
pub fn text(bytes: &[u8]) {
    read(bytes, Some(Format::Text));
    read(bytes, None);
}

/// The main part of a valid package.
pub fn document_xml(bytes: &[u8]) {
    let parts = package::complete(vec![(package::MAIN.to_owned(), bytes.to_vec())]);
    read(&package::zip_with(&parts, package::Method::Stored), Some(Format::Docx));
}

/// A valid package whose main part was edited element by element, and stays well-formed.
pub fn docx_edits(program: &[u8]) {
    let xml = edits::document(program);
    let parts = package::complete(vec![(package::MAIN.to_owned(), xml.into_bytes())]);
    read(&package::zip_with(&parts, package::Method::Stored), Some(Format::Docx));
}

/// A document of random headings, and of tables whose cells hold words of the form and
/// numbers. Whatever is asserted has to be printed somewhere.
pub fn matching(program: &[u8]) {
    let page = grid::page(program);
    if let Some(report) = read(page.as_bytes(), Some(Format::Html)) {
        for fact in report.facts().chain(report.subtotals()) {
            if fact.value.is_some() {
                assert!(page.contains(fact.text.trim()), "{} holds what nobody printed", fact.id());
            }
        }
    }
}

/// The files that are read back.
pub fn json(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    match Report::from_json(text) {
        Ok(report) => sound::report(&report),
        Err(error) => sound::error(&error),
    }
    if let Err(error) = gongkai::view::findings::from_json(text) {
        sound::error(&error);
    }
    match Waivers::from_json(text) {
        Ok(waivers) => assert_eq!(Waivers::from_json(&waivers.to_json()).as_ref(), Ok(&waivers)),
        Err(error) => sound::error(&error),
    }
}

/// Reports that were read back, with numbers, marks and sentences of any kind.
pub fn checks(program: &[u8]) {
    let (left, right) = program.split_at(program.len() / 2);
    let reports: Vec<Report> =
        [left, right].iter().filter_map(|half| Report::from_json(&edits::report(half)).ok()).collect();
    for report in &reports {
        sound::report(report);
    }
    if let [first, second] = reports.as_slice() {
        let options = CheckOptions::default();
        let all = [first, second];
        assert_eq!(
            gongkai::check_series_with_options(&all, &options),
            gongkai::check_series_with_options(&all, &options)
        );
        gongkai::check_rollup_with_options(first, &[second, first], &options);
    }
}

/// Where what fuzzing found is kept, one folder a target.
pub fn found() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(FOLDER)
}

/// The folder's name among the fixtures.
pub const FOLDER: &str = "fuzz";

/// What was found for a target: file name and bytes.
pub fn cases(target: &str) -> Vec<(String, Vec<u8>)> {
    let Ok(folder) = fs::read_dir(found().join(target)) else { return Vec::new() };
    let mut cases: Vec<(String, Vec<u8>)> = folder
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap()))
        .collect();
    cases.sort();
    cases
}

/// Fixtures of a folder, the smaller ones.
fn carrier(folder: &str) -> Vec<Vec<u8>> {
    let wanted =
        |fixture: &&Fixture| fixture.name().starts_with(folder) || fixture.name().starts_with("bad/");
    fixtures::all().iter().filter(wanted).map(Fixture::bytes).filter(|bytes| bytes.len() < 64 << 10).collect()
}

/// Stored, so that a changed byte is a changed character.
fn docx_seeds() -> Vec<Vec<u8>> {
    let mut seeds = carrier("docx");
    let stored = seeds.iter().filter_map(|bytes| package::parts(bytes));
    let stored: Vec<_> = stored.map(|parts| package::zip_with(&parts, package::Method::Stored)).collect();
    seeds.extend(stored);
    seeds
}

fn main_parts() -> Vec<Vec<u8>> {
    let parts = carrier("docx").into_iter().filter_map(|bytes| package::parts(&bytes));
    parts.flatten().filter(|(name, _)| name == package::MAIN).map(|(_, bytes)| bytes).collect()
}

/// Any bytes are a program.
fn programs() -> Vec<Vec<u8>> {
    let mut random = crate::random::Random::new(1);
    (0..32).map(|length| (0..length * 16).map(|_| random.bits() as u8).collect()).collect()
}

fn jsons() -> Vec<Vec<u8>> {
    let reports = carrier("text").into_iter().take(4).filter_map(|bytes| gongkai::parse(&bytes).ok());
    let mut seeds: Vec<String> = reports.map(|report| report.to_json()).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("views");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let kept = files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    seeds.extend(kept.map(|path| fs::read_to_string(path).unwrap()));
    seeds.into_iter().map(String::into_bytes).collect()
}
