//! One agency's reports over the years.

use crate::finding::Finding;
use crate::model::Report;

use super::results::Results;
use super::subject::Subject;
use super::{CHECKS, CheckOptions, Run, edits};

/// Checks the reports of one agency for several years against each other: what each says
/// of the year before against what that year's own report says. The order given does not
/// matter. [`Finding::report`] is the position of the later report in `reports`.
///
/// What each report says in itself is not looked at: that is [`super::check`].
pub fn check_series(reports: &[&Report]) -> Vec<Finding> {
    check_series_with_options(reports, &CheckOptions::default())
}

/// As [`check_series`], with options.
pub fn check_series_with_options(reports: &[&Report], options: &CheckOptions) -> Vec<Finding> {
    let Some(first) = CHECKS.first() else { return Vec::new() };
    let subjects: Vec<Subject<'_>> = reports.iter().map(|report| Subject::new(report, options)).collect();
    // By year; a report without a year has no place, and comes first.
    let mut order: Vec<usize> = (0..subjects.len()).collect();
    let year = |at: &usize| subjects.get(*at).and_then(|subject| subject.report.year());
    order.sort_by_key(year);
    let mut results = Results::new(options, first, false);
    for check in CHECKS.iter().filter(|check| check.is_across_years()) {
        results.start(check);
        for (place, at) in order.iter().enumerate().skip(1) {
            let earlier = place.checked_sub(1).and_then(|place| order.get(place));
            let Some((subject, before)) = subjects.get(*at).zip(earlier.and_then(|at| subjects.get(*at)))
            else {
                continue;
            };
            results.concerning(*at);
            if !check.concerns(subject) {
                continue;
            }
            if !follows(before.report.year(), subject.report.year()) {
                let finding = gap(before.report.year(), subject.report.year(), &results);
                results.push(String::new, finding);
                continue;
            }
            match check.run {
                Run::Edits => edits::evaluate(check.code, subject, Some(before), &mut results),
                Run::Years(run) => run(before, subject, &mut results),
                Run::Reading(_) | Run::Report(_) | Run::Rollup(_) => {}
            }
        }
    }
    let keys: Vec<_> = subjects.iter().map(Subject::key).collect();
    results.finish(&keys).findings
}

fn follows(before: Option<i32>, year: Option<i32>) -> bool {
    before.zip(year).is_some_and(|(before, year)| before.checked_add(1) == Some(year))
}

/// The report of the year before is not there, or cannot be told.
fn gap(before: Option<i32>, year: Option<i32>, results: &Results<'_>) -> Finding {
    let (zh, en) = match (before, year) {
        (_, None) | (None, _) => (
            "报告年度不明，不能逐年比较".to_owned(),
            "a report without a year cannot be compared with others".to_owned(),
        ),
        (Some(before), Some(year)) if before == year => (
            format!("{year}年度的报告不止一份，不能确定以哪一份为准"),
            format!("several reports for {year}: which one counts is open"),
        ),
        (Some(before), Some(year)) => {
            let missing = year.saturating_sub(1);
            (
                format!("缺少{missing}年度的报告（前一份为{before}年度），不能与{year}年度比较"),
                format!("no report for {missing} (the one before is for {before}) to compare {year} with"),
            )
        }
    };
    results.finding(zh, en).unknown(None)
}
