//! The stable JSON form of findings.

use serde::{Deserialize, Serialize};

use crate::check::ReportFindings;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Finding;
use crate::model::Edition;

use super::{Checked, SCHEMA_VERSION};

#[derive(Serialize)]
struct Page<'a> {
    schema_version: u32,
    reports: Vec<Found<'a>>,
}

/// As [`ReportFindings`], without a copy.
#[derive(Serialize)]
struct Found<'a> {
    source: &'a str,
    agency: Option<&'a str>,
    year: Option<i32>,
    edition: Option<Edition>,
    findings: &'a [Finding],
}

impl<'a> Found<'a> {
    fn of(checked: &Checked<'a>) -> Self {
        Self {
            source: checked.source,
            agency: checked.report.agency().map(|agency| agency.name.as_str()),
            year: checked.report.year(),
            edition: checked.report.edition(),
            findings: checked.findings,
        }
    }
}

#[derive(Deserialize)]
struct Kept {
    schema_version: u32,
    reports: Vec<ReportFindings>,
}

/// The findings of a run as JSON, following the committed schema. Two runs with equal
/// findings give the same bytes.
pub fn json(checked: &[Checked<'_>]) -> String {
    let page = Page { schema_version: SCHEMA_VERSION, reports: checked.iter().map(Found::of).collect() };
    // Only maps with keys that are no strings, and failing writers, are errors here.
    let mut text = serde_json::to_string_pretty(&page).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads back what [`json`] wrote.
///
/// # Errors
///
/// [`ErrorKind::Caller`] if the text is not such JSON, or of another schema version.
pub fn from_json(text: &str) -> Result<Vec<ReportFindings>> {
    let wrong = |zh: String, en: String| Error::new(ErrorKind::Caller, "json", zh, en);
    let kept: Kept = serde_json::from_str(text)
        .map_err(|e| wrong(format!("不是检查结果的 JSON：{e}"), format!("no findings in JSON form: {e}")))?;
    if kept.schema_version != SCHEMA_VERSION {
        let found = kept.schema_version;
        return Err(wrong(
            format!("JSON 版本应为{SCHEMA_VERSION}，实为{found}"),
            format!("expected schema version {SCHEMA_VERSION}, found {found}"),
        ));
    }
    Ok(kept.reports)
}
