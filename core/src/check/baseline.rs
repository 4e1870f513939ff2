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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::statements::sample::Sample;

    #[test]
    fn the_earlier_run_is_found_by_source_or_by_agency_and_year() {
        let report = Sample::new(2022).report();
        let agency = report.agency().map(|agency| agency.name.clone());
        let run = |source: &str, agency: &Option<String>, year| ReportFindings {
            source: source.to_owned(),
            agency: agency.clone(),
            year,
            edition: None,
            findings: Vec::new(),
        };
        let other = Some("云溪县水利局".to_owned());
        let own = run("a.txt", &agency, Some(2022));
        let found =
            |runs: &[ReportFindings]| earlier_of("b.txt", &report, runs).map(|run| run.source.clone());
        let strangers =
            [run("c.txt", &other, Some(2022)), run("d.txt", &agency, Some(2021)), run("e.txt", &None, None)];
        assert_eq!(found(&strangers), None);
        assert_eq!(found(&[&strangers[..], std::slice::from_ref(&own)].concat()).as_deref(), Some("a.txt"));
        // Two of the same tell nothing, unless one has the name of the file.
        assert_eq!(found(&[own.clone(), run("f.txt", &agency, Some(2022))]), None);
        let named = run("b.txt", &other, Some(2000));
        assert_eq!(found(&[own.clone(), own, named]).as_deref(), Some("b.txt"));
    }

    #[test]
    fn a_report_without_name_or_year_is_no_earlier_one() {
        let earlier = |agency, year| ReportFindings {
            source: "a.txt".to_owned(),
            agency,
            year,
            edition: None,
            findings: Vec::new(),
        };
        let mut report = Sample::new(2022).report();
        let agency = report.agency.take().map(|agency| agency.name);
        assert_eq!(earlier_of("b.txt", &report, &[earlier(None, Some(2022))]), None);
        report = Sample::new(2022).report();
        report.year = None;
        assert_eq!(earlier_of("b.txt", &report, &[earlier(agency, None)]), None);
    }
}
