//! `gongkai_report`: reading, and what is known of the report as a whole.

use std::ffi::{OsStr, c_char};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use gongkai::{Evidence, ParseOptions};
use gongkai_bindings::batch;

use crate::error::{ABSENT, Error};
use crate::fact::Fact;
use crate::ffi::{self, Out, Text};
use crate::finding::Findings;
use crate::location::Location;
use crate::options::Options;
use crate::section::{BlockEdition, Paragraph, Section};

/// One report. It never changes, so that any number of threads may use it at once.
pub struct Report {
    pub(crate) report: Arc<gongkai::Report>,
    about: OnceLock<About>,
    pub(crate) facts: OnceLock<Box<[Fact]>>,
    pub(crate) subtotals: OnceLock<Box<[Fact]>>,
    pub(crate) sections: OnceLock<Box<[Section]>>,
    pub(crate) preamble: OnceLock<Box<[Paragraph]>>,
    pub(crate) closing: OnceLock<Box<[Paragraph]>>,
    pub(crate) editions: OnceLock<Box<[BlockEdition]>>,
    findings: OnceLock<Findings>,
}

/// What is known of the report as a whole, by name.
struct About(Vec<(&'static str, Text, Option<Origin>)>);

/// The printed text that something was inferred from, and its place.
struct Origin {
    text: Text,
    location: Location,
}

impl About {
    fn new(report: &gongkai::Report) -> Self {
        let mut about = Self(Vec::new());
        about.add("format", Some(report.format().name()));
        about.add("encoding", report.encoding());
        about.infer("title", report.title(), |title| title.clone());
        if let Some(agency) = report.agency() {
            let origin = Origin { text: Text::new(&agency.text), location: Location::new(&agency.location) };
            about.0.push(("agency", Text::new(&agency.name), Some(origin)));
            about.add("agency_level", agency.level.map(gongkai::Level::name));
        }
        about.infer("year", report.year_evidence(), ToString::to_string);
        about.infer(
            "period_start",
            report.period().filter(|period| period.value.start.is_some()),
            |period| period.start.map(|day| day.to_string()).unwrap_or_default(),
        );
        about.infer("period_end", report.period(), |period| period.end.to_string());
        about.infer("published", report.published(), ToString::to_string);
        about.infer("signed", report.signed(), ToString::to_string);
        about.infer("document_number", report.document_number(), |number| number.clone());
        about.add("edition", report.edition().map(|edition| edition.to_string()).as_deref());
        about
    }

    fn add(&mut self, name: &'static str, value: Option<&str>) {
        self.0.extend(value.map(|value| (name, Text::new(value), None)));
    }

    fn infer<T>(&mut self, name: &'static str, found: Option<&Evidence<T>>, show: impl Fn(&T) -> String) {
        self.0.extend(found.map(|found| {
            let origin = Origin { text: Text::new(&found.text), location: Location::new(&found.location) };
            (name, Text::new(show(&found.value)), Some(origin))
        }));
    }
}

impl Report {
    pub(crate) fn new(report: gongkai::Report) -> Box<Self> {
        Box::new(Self {
            report: Arc::new(report),
            about: OnceLock::new(),
            facts: OnceLock::new(),
            subtotals: OnceLock::new(),
            sections: OnceLock::new(),
            preamble: OnceLock::new(),
            closing: OnceLock::new(),
            editions: OnceLock::new(),
            findings: OnceLock::new(),
        })
    }

    fn about(&self, name: &str) -> Option<(&Text, Option<&Origin>)> {
        let about = self.about.get_or_init(|| About::new(&self.report));
        about.0.iter().find(|(own, ..)| *own == name).map(|(_, text, origin)| (text, origin.as_ref()))
    }
}

/// Reads a report from the bytes of a document. Format and encoding are detected, unless
/// the options set them.
///
/// Ownership: `data` is not kept; the caller frees `report` with `gongkai_report_free`.
/// Threads: any; the same options may serve several calls at once.
/// Errors: `GONGKAI_E_INPUT`, `GONGKAI_E_LIMIT` and `GONGKAI_E_UNSUPPORTED` where no report
/// can exist at all, whatever else is irregular is a finding; `GONGKAI_E_CALLER` for NULL.
///
/// # Safety
///
/// `data` points to `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_parse_bytes(
    data: *const u8,
    length: usize,
    options: Option<&Options>,
    report: Out<Box<Report>>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::give(report, error, || {
        // SAFETY: the caller's promise.
        let data = unsafe { ffi::bytes("data", data, length) }?;
        let report = match options {
            Some(options) => gongkai::parse_with_options(data, &options.0),
            None => gongkai::parse(data),
        }?;
        Ok(Report::new(report))
    })
}

/// Reads a report from a regular file. The path is the bytes that the system takes for it;
/// on Windows, UTF-8. Its extension is a hint where the bytes leave the format open.
///
/// Ownership: `path` is not kept; the caller frees `report` with `gongkai_report_free`.
/// Threads: any; the same options may serve several calls at once.
/// Errors: as `gongkai_parse_bytes`, and `GONGKAI_E_IO` with the code `missing`, `folder`,
/// `not-a-file` or `io`.
///
/// # Safety
///
/// `path` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_parse_file(
    path: *const c_char,
    options: Option<&Options>,
    report: Out<Box<Report>>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::give(report, error, || {
        // SAFETY: the caller's promise.
        let path = unsafe { ffi::path("path", path) }?;
        let options = Options::or_default(options);
        let options = ParseOptions { file_name: options.file_name.or_else(|| shown(&path)), ..options };
        let bytes =
            batch::read_file(&path, options.limits.input_bytes).map_err(|failure| Error::from(&failure))?;
        Ok(Report::new(gongkai::parse_with_options(&bytes, &options)?))
    })
}

fn shown(path: &Path) -> Option<String> {
    path.file_name().map(OsStr::to_string_lossy).map(Into::into)
}

/// Reads back what `gongkai_report_to_json` wrote.
///
/// Ownership: `json` is not kept; the caller frees `report` with `gongkai_report_free`.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` with the code `json` where it is no such JSON, and for NULL or
/// text that is not UTF-8.
///
/// # Safety
///
/// `json` points to `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_report_from_json(
    json: *const c_char,
    length: usize,
    report: Out<Box<Report>>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::give(report, error, || {
        // SAFETY: the caller's promise.
        let json = unsafe { ffi::utf8("json", json, length) }?;
        Ok(Report::new(gongkai::Report::from_json(json)?))
    })
}

/// Frees a report, and with it all that was borrowed from it.
///
/// Ownership: takes `report`; NULL is allowed and does nothing.
/// Threads: any, once nobody else uses the report.
/// Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_free(report: Option<Box<Report>>) {
    ffi::free(report);
}

/// The year reported on.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` where the document does not tell; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_year(report: Option<&Report>, year: Out<i32>) -> i32 {
    ffi::get_value(report, year, |report| report.report.year())
}

/// One of the texts that describe the report as a whole, by name. As printed: `title`
/// (lines joined), `agency` (the organ that reports), `document_number`. Days as
/// `2024-01-31`: `period_start`, `period_end` (of what the numbers cover), `published`,
/// `signed`. Others: `year`, `agency_level` (`province`, `prefecture`, `county` or
/// `township`), `edition` (of the form, where all blocks agree on one), `format` (the
/// carrier), `encoding` (of carriers that are text).
///
/// Ownership: the text lives as long as `report`.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` where the document does not say it; `GONGKAI_E_CALLER` for NULL
/// or another name.
///
/// # Safety
///
/// `name` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_report_text(
    report: Option<&Report>,
    name: *const c_char,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get(report, |report| {
        // SAFETY: the caller's promise.
        let name = unsafe { ffi::name_among(name, NAMES) }?;
        report.about(name).ok_or(ABSENT)?.0.lend(text, length);
        Ok(())
    })
}

/// Where such a text comes from: the printed words it was taken or inferred from, and
/// their place. The names are those of `gongkai_report_text`.
///
/// Ownership: text and place live as long as `report`.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` where the document does not say it, and for `format`,
/// `encoding`, `agency_level` and `edition`, which have no words of their own;
/// `GONGKAI_E_CALLER` for NULL or another name.
///
/// # Safety
///
/// `name` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_report_evidence(
    report: Option<&Report>,
    name: *const c_char,
    text: Out<*const c_char>,
    length: Out<usize>,
    location: Out<*const Location>,
) -> i32 {
    ffi::get(report, |report| {
        // SAFETY: the caller's promise.
        let name = unsafe { ffi::name_among(name, NAMES) }?;
        let origin = report.about(name).and_then(|(_, origin)| origin).ok_or(ABSENT)?;
        origin.text.lend(text, length);
        location.put(&raw const origin.location);
        Ok(())
    })
}

const NAMES: &[&str] = &[
    "title",
    "agency",
    "agency_level",
    "year",
    "period_start",
    "period_end",
    "published",
    "signed",
    "document_number",
    "edition",
    "format",
    "encoding",
];

/// What the reader found irregular in the document. The checks' findings come from
/// `gongkai_check`.
///
/// Ownership: the findings live as long as `report`, and are not freed.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_findings(report: Option<&Report>, findings: Out<*const Findings>) -> i32 {
    ffi::get_part(report, findings, |report| {
        Some(report.findings.get_or_init(|| Findings::new(report.report.findings().to_vec())))
    })
}
