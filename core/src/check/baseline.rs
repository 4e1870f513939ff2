//! The findings of an earlier run, to compare with.

use serde::{Deserialize, Serialize};

use crate::finding::{Baseline, Finding};
use crate::model::{Edition, Report};

/// The findings of one report, as a file of findings keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFindings {
    /// The report's file, as the caller named it.
    pub source: String,
    /// The organ that reports, where the report says so.
    pub agency: Option<String>,
    /// The year reported on, where the report says so.
    pub year: Option<i32>,
    /// The edition of the form, where all blocks agree on one.
    pub edition: Option<Edition>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// Marks each finding of a report as new or unchanged against an earlier run, and returns
/// the earlier ones that are gone, marked so. The earlier report is the one of the same
/// source or, where there is none, the only one of the same agency and year; without it
/// all findings are new.
pub fn compare(
    source: &str,
    report: &Report,
    findings: &mut [Finding],
    earlier: &[ReportFindings],
) -> Vec<Finding> {
    let earlier = earlier_of(source, report, earlier).map_or(&[][..], |found| &found.findings);
    let was_there: Vec<&Finding> =
        earlier.iter().filter(|finding| finding.baseline != Some(Baseline::Gone)).collect();
    for finding in findings.iter_mut() {
        let known = was_there.iter().any(|old| old.fingerprint == finding.fingerprint);
        finding.baseline = Some(if known { Baseline::Unchanged } else { Baseline::New });
    }
    let is_gone = |old: &&&Finding| findings.iter().all(|new| new.fingerprint != old.fingerprint);
    let gone = was_there.iter().filter(is_gone).copied();
    gone.cloned().map(|old| Finding { baseline: Some(Baseline::Gone), ..old }).collect()
}

fn earlier_of<'a>(
    source: &str,
    report: &Report,
    earlier: &'a [ReportFindings],
) -> Option<&'a ReportFindings> {
    if let Some(same) = earlier.iter().find(|found| found.source == source) {
        return Some(same);
    }
    let agency = report.agency().map(|agency| agency.name.as_str());
    let year = report.year();
    let mut same = earlier.iter().filter(|found| {
        agency.is_some() && year.is_some() && found.agency.as_deref() == agency && found.year == year
    });
    let only = same.next();
    only.filter(|_| same.next().is_none())
}
