//! What is fuzzed: one function a target, taking any bytes. The targets in `tests/fuzz` and
//! the replay of what they found call the same functions.
//!
//! A function panics when the library does, or when one of its promises is broken.

mod edits;
mod grid;
mod program;
mod seeds;
mod sound;

pub use seeds::{repeated, small};

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use gongkai::{CheckOptions, Format, Limits, ParseOptions, Report, Waivers};

use crate::package;
use crate::render::{Carrier, OdtForm, OfdForm, XlsxForm};

/// Makes the inputs that a run begins with.
pub type Seeds = fn() -> Vec<Vec<u8>>;

/// A target of fuzzing.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, that of its folder in `tests/fixtures/fuzz`.
    pub name: &'static str,
    run: fn(&[u8], Ask),
    /// What fuzzing begins with; none longer than [`LONGEST`].
    pub seeds: Seeds,
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target { name: "docx", run: |bytes, ask| whole(Format::Docx, bytes, ask), seeds: seeds::docx },
    Target { name: "doc", run: |bytes, ask| whole(Format::Doc, bytes, ask), seeds: seeds::doc },
    Target { name: "rtf", run: |bytes, ask| whole(Format::Rtf, bytes, ask), seeds: seeds::rtf },
    Target { name: "odt", run: |bytes, ask| whole(Format::Odt, bytes, ask), seeds: seeds::odt },
    Target { name: "flatopc", run: |bytes, ask| whole(Format::FlatOpc, bytes, ask), seeds: seeds::flat_opc },
    Target { name: "mhtml", run: |bytes, ask| whole(Format::Mhtml, bytes, ask), seeds: seeds::mhtml },
    Target { name: "html", run: |bytes, ask| whole(Format::Html, bytes, ask), seeds: seeds::html },
    Target { name: "pdf", run: |bytes, ask| whole(Format::Pdf, bytes, ask), seeds: seeds::pdf },
    Target { name: "ofd", run: |bytes, ask| whole(Format::Ofd, bytes, ask), seeds: seeds::ofd },
    Target { name: "xlsx", run: |bytes, ask| whole(Format::Xlsx, bytes, ask), seeds: seeds::xlsx },
    Target { name: "xls", run: |bytes, ask| whole(Format::Xls, bytes, ask), seeds: seeds::xls },
    Target { name: "csv", run: |bytes, ask| whole(Format::Csv, bytes, ask), seeds: seeds::csv },
    Target { name: "text", run: |bytes, ask| whole(Format::Text, bytes, ask), seeds: seeds::text },
    Target { name: "any", run: any, seeds: seeds::any },
    // Compression and checksums keep mutations out of a package: these change one part.
    Target { name: "docx_main", run: docx_main, seeds: seeds::docx_main },
    Target { name: "docx_edits", run: docx_edits, seeds: seeds::programs },
    Target { name: "odt_content", run: |bytes, ask| ODT.read(bytes, ask), seeds: || ODT.seeds() },
    Target { name: "ofd_page", run: |bytes, ask| OFD.read(bytes, ask), seeds: || OFD.seeds() },
    Target { name: "xlsx_sheet", run: |bytes, ask| XLSX.read(bytes, ask), seeds: || XLSX.seeds() },
    Target { name: "pdf_content", run: pdf_content, seeds: seeds::pdf_content },
    Target { name: "matching", run: matching, seeds: seeds::programs },
    Target { name: "json", run: json, seeds: seeds::json },
    Target { name: "checks", run: checks, seeds: seeds::programs },
];

/// Targets of crates of their own, whose cases other tests replay.
pub const ELSEWHERE: &[(&str, Seeds)] = &[("c_calls", seeds::c_calls)];

/// Bytes of the longest input.
pub const LONGEST: usize = 32 << 10;

impl Target {
    /// The target of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|target| target.name == name)
    }

    /// Runs on an input; what costs many times a reading is asked of a few inputs only.
    pub fn fuzz(&self, bytes: &[u8]) {
        (self.run)(bytes, Ask::of(bytes));
    }

    /// Runs on an input, and asks everything.
    pub fn replay(&self, bytes: &[u8]) {
        (self.run)(bytes, Ask::ALL);
    }
}

/// How much is asked of an input, which its own bytes decide, so that it is the same again.
#[derive(Debug, Clone, Copy)]
struct Ask(u64);

impl Ask {
    const ALL: Self = Self(0);

    /// FNV-1a.
    fn of(bytes: &[u8]) -> Self {
        let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, &byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
        Self(hash >> 32)
    }

    /// True of one input in so many.
    fn one_in(self, count: u64) -> bool {
        self.0.is_multiple_of(count)
    }
}

/// Small limits, so that each run is short and memory is no matter.
fn options(format: Option<Format>) -> ParseOptions {
    let limits = Limits {
        input_bytes: 1 << 20,
        part_bytes: 2 << 20,
        total_bytes: 4 << 20,
        text_bytes: 1 << 20,
        elements: 200_000,
        items: 100_000,
        table_cells: 20_000,
        tables: 500,
        pages: 50,
        glyphs: 50_000,
        rules: 5_000,
        ..Limits::default()
    };
    ParseOptions { format, limits, ..ParseOptions::default() }
}

/// Reads the bytes as that format; what comes of it has to be sound, and the same again.
fn read(bytes: &[u8], format: Option<Format>, ask: Ask) -> Option<Report> {
    let options = options(format);
    let first = gongkai::parse_with_options(bytes, &options);
    if ask.one_in(8) {
        assert_eq!(first, gongkai::parse_with_options(bytes, &options), "two readings differ");
    }
    match first {
        Ok(report) => {
            sound::report(&report, ask);
            Some(report)
        }
        Err(error) => {
            sound::error(&error);
            None
        }
    }
}

/// A whole file of that format.
fn whole(format: Format, bytes: &[u8], ask: Ask) {
    read(bytes, Some(format), ask);
}

/// Whatever the bytes look like.
fn any(bytes: &[u8], ask: Ask) {
    read(bytes, None, ask);
}

/// The main part of a valid package.
fn docx_main(bytes: &[u8], ask: Ask) {
    let parts = package::complete(vec![(package::MAIN.to_owned(), bytes.to_vec())]);
    read(&package::zip_with(&parts, package::Method::Stored), Some(Format::Docx), ask);
}

/// A valid package whose main part was edited element by element, and stays well-formed.
fn docx_edits(program: &[u8], ask: Ask) {
    docx_main(edits::document(program).as_bytes(), ask);
}

/// A valid package, one part of which is the input.
struct Package {
    format: Format,
    parts: Vec<(String, Vec<u8>)>,
    changed: &'static str,
}

impl Package {
    fn new(format: Format, carrier: Carrier, changed: &'static str) -> Self {
        let parts = package::parts(&seeds::tiny(carrier)).unwrap();
        assert!(parts.iter().any(|(name, _)| name == changed), "{carrier:?} has no part {changed}");
        Self { format, parts, changed }
    }

    fn seeds(&self) -> Vec<Vec<u8>> {
        let part = |(name, bytes): &(String, Vec<u8>)| (name == self.changed).then(|| bytes.clone());
        self.parts.iter().filter_map(part).collect()
    }

    fn read(&self, bytes: &[u8], ask: Ask) {
        let mut parts = self.parts.clone();
        for (name, content) in &mut parts {
            if name == self.changed {
                *content = bytes.to_vec();
            }
        }
        read(&package::zip_with(&parts, package::Method::Stored), Some(self.format), ask);
    }
}

static ODT: LazyLock<Package> =
    LazyLock::new(|| Package::new(Format::Odt, Carrier::Odt(OdtForm::Repeated), "content.xml"));
static OFD: LazyLock<Package> = LazyLock::new(|| {
    Package::new(Format::Ofd, Carrier::Ofd(OfdForm::Grouped), "Doc_0/Pages/Page_0/Content.xml")
});
static XLSX: LazyLock<Package> =
    LazyLock::new(|| Package::new(Format::Xlsx, Carrier::Xlsx(XlsxForm::Ruled), "xl/sheet1.xml"));

/// What is drawn on the first page of a valid file.
fn pdf_content(bytes: &[u8], ask: Ask) {
    read(&seeds::pdf_with(bytes), Some(Format::Pdf), ask);
}

/// A document of random headings, and of tables whose cells hold words of the form and
/// numbers. Whatever is asserted has to be printed somewhere.
fn matching(program: &[u8], ask: Ask) {
    let page = grid::page(program);
    if let Some(report) = read(page.as_bytes(), Some(Format::Html), ask) {
        for fact in report.facts().chain(report.subtotals()) {
            if fact.value.is_some() {
                assert!(page.contains(fact.text.trim()), "{} holds what nobody printed", fact.id());
            }
        }
    }
}

/// The files that are read back.
fn json(bytes: &[u8], ask: Ask) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    match Report::from_json(text) {
        Ok(report) => sound::report(&report, ask),
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
fn checks(program: &[u8], ask: Ask) {
    let (left, right) = program.split_at(program.len() / 2);
    let reports: Vec<Report> =
        [left, right].iter().filter_map(|half| Report::from_json(&edits::report(half)).ok()).collect();
    for report in &reports {
        gongkai::check(report, &CheckOptions::default());
        sound::report(report, ask);
    }
    if let [first, second] = reports.as_slice() {
        let options = CheckOptions::default();
        let all = [first, second];
        let found = gongkai::check_series_with_options(&all, &options);
        if ask.one_in(8) {
            assert_eq!(found, gongkai::check_series_with_options(&all, &options));
        }
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
