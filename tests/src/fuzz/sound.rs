//! What holds of every report and every error, whatever the bytes were.

use gongkai::view::findings::{self, Checked, Language};
use gongkai::view::tables::{Entry, Rows, Table};
use gongkai::{CheckOptions, Error, Limits, Report, Status, view};

use super::Ask;

/// A stable code, and both messages; a limit is one that a caller can set.
pub(super) fn error(error: &Error) {
    let code = error.code();
    if code == "limit" {
        let name = error.message().split(' ').nth(1).unwrap_or_default();
        assert!(Limits::default().named(name).is_some(), "no limit is named {name}");
    }
    assert!(!code.is_empty() && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{code}");
    assert!(!error.message().is_empty() && !error.message_zh().is_empty(), "{code} says nothing");
}

/// Every view can be written, the JSON form can be read back, and the checks answer, the
/// same each time.
pub(super) fn report(report: &Report, ask: Ask) {
    for fact in report.facts().chain(report.subtotals()) {
        assert!(
            fact.value.is_none() || fact.status == Status::Reported,
            "{}: a value that is none",
            fact.id()
        );
    }
    if !ask.one_in(8) {
        return;
    }
    let json = report.to_json();
    let back = Report::from_json(&json).unwrap();
    assert_eq!(&back, report, "the JSON form loses something");
    assert_eq!(back.to_json(), json);

    let options = CheckOptions::default();
    let evaluation = gongkai::evaluate(report, &options);
    assert_eq!(evaluation.findings, gongkai::evaluate(&back, &options).findings, "two evaluations differ");
    // The views take several times as long as all else.
    if !ask.one_in(64) {
        return;
    }
    let evaluation = evaluation.with_reading(report, &options);
    view::text(report);
    view::outline(report);
    view::csv(report, "a,\"b");
    view::jsonl(report, "a");
    view::html_page(report, &evaluation.findings);
    let checked =
        [Checked { source: "a", report, findings: &evaluation.findings, outcomes: &evaluation.outcomes }];
    for language in Language::ALL {
        findings::text(&checked, language);
        findings::summary(&checked, language);
        findings::sarif(&checked, language);
        findings::ess(&checked, language, "2024-01-31T00:00:00Z");
    }
    let text = findings::json(&checked);
    let found = findings::from_json(&text).unwrap();
    assert!(found.iter().all(|report| report.findings == evaluation.findings), "findings do not come back");
    let mut again = evaluation.findings.clone();
    assert!(gongkai::compare("a", report, &mut again, &found).is_empty(), "equal runs differ");
    for &table in Table::ALL {
        let mut rows = Rows::new(table);
        rows.push(&Entry { source: "a", report: Ok(report), findings: &evaluation.findings });
    }
}
