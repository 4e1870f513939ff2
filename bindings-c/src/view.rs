//! Reports and findings as files.

use std::ffi::c_char;

use gongkai::view::{self, findings as forms};

use crate::bytes::Bytes;
use crate::error::{self, Error};
use crate::ffi::{self, Out};
use crate::finding::Findings;
use crate::report::Report;

/// Writes the report as JSON that follows the committed schema of
/// `GONGKAI_SCHEMA_VERSION`. `gongkai_report_from_json` reads it back.
///
/// Ownership: the caller frees `bytes` with `gongkai_bytes_free`.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_to_json(
    report: Option<&Report>,
    bytes: Out<Box<Bytes>>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::give(bytes, error, || {
        let report = report.ok_or_else(|| Error::null("report"))?;
        Ok(Bytes::new(report.report.to_json()))
    })
}

/// Writes the facts, one record a cell, in the form `csv` (RFC 4180, the header line first),
/// `jsonl`, or the report for a person in the form `text` or `html` (a whole page: the
/// statutory tables as the form has them, findings marked on their cells). `findings` are
/// those to be marked; NULL for those of the reader. `source` names the document in the
/// records. UTF-8; `gongkai_gb18030_encode` is for others.
///
/// Ownership: the caller frees `bytes` with `gongkai_bytes_free`.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL or another form.
///
/// # Safety
///
/// `form` and `source` are NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_report_write(
    report: Option<&Report>,
    findings: Option<&Findings>,
    form: *const c_char,
    source: *const c_char,
    bytes: Out<Box<Bytes>>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::give(bytes, error, || {
        let report = &*report.ok_or_else(|| Error::null("report"))?.report;
        // SAFETY: the caller's promise.
        let (form, source) = unsafe { (ffi::name("form", form)?, ffi::name("source", source)?) };
        let findings = findings.map_or(report.findings(), |findings| &findings.list);
        Ok(Bytes::new(match form {
            "csv" => format!("{}\n{}", view::CSV_HEADER, view::csv(report, source)),
            "jsonl" => view::jsonl(report, source),
            "text" => view::text(report),
            "html" => view::html_page(report, findings),
            _ => return Err(Error::unknown("form", form, &["csv", "jsonl", "text", "html"])),
        }))
    })
}

/// Writes the findings of a report in the form `json` (follows the committed schema of
/// findings), `sarif` (2.1.0), or `text` for people, in the language `GONGKAI_ZH` or
/// `GONGKAI_EN`. `source` names the document.
///
/// Ownership: the caller frees `bytes` with `gongkai_bytes_free`.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL, another form or another language.
///
/// # Safety
///
/// `form` and `source` are NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_findings_write(
    findings: Option<&Findings>,
    report: Option<&Report>,
    form: *const c_char,
    source: *const c_char,
    language: i32,
    bytes: Out<Box<Bytes>>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::give(bytes, error, || {
        let findings = &findings.ok_or_else(|| Error::null("findings"))?.list;
        let report = &*report.ok_or_else(|| Error::null("report"))?.report;
        // SAFETY: the caller's promise.
        let (form, source) = unsafe { (ffi::name("form", form)?, ffi::name("source", source)?) };
        let language = error::pick(language, forms::Language::Zh, forms::Language::En)
            .map_err(|_| Error::unknown("language", &language.to_string(), &["0", "1"]))?;
        let checked = [forms::Checked { source, report, findings, outcomes: &[] }];
        Ok(Bytes::new(match form {
            "json" => forms::json(&checked),
            "sarif" => forms::sarif(&checked, language),
            "text" => forms::text(&checked, language),
            _ => return Err(Error::unknown("form", form, &["json", "sarif", "text"])),
        }))
    })
}
