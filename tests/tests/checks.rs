//! Every check against the cases in `fixtures/checks`. `GONGKAI_UPDATE=1` rewrites the
//! expected files; look at the difference before you commit it.
// Test code: a panic is a failed test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::fs;

use gongkai::{Evaluation, Finding, Verdict};
use gongkai_tests::case::{Case, Kind};
use gongkai_tests::fixtures;
use gongkai_tests::{findings, golden};

/// Cases that cannot exist, and why.
const IMPOSSIBLE: &[(&str, &str, &str)] = &[
    ("STR-SECTION", "unknown", "a heading is printed or not"),
    ("STR-ROW-LABEL", "unknown", "a label that cannot be told makes its row unknown, and missing"),
    ("STR-YEAR", "unknown", "a report need not state its period, and then contradicts nothing"),
    ("VAL-FORMAT", "unknown", "text that is no number has no form"),
    ("LOC-BLOCK", "unknown", "that nothing was found is for LOC-NONE to say"),
    ("LOC-CELLS", "unknown", "that nothing was found is for LOC-NONE to say"),
    ("LOC-NONE", "fail", "cells that were not found are unknown"),
    ("LOC-IMPLIED", "fail", "a number that is missing contradicts nothing"),
    ("NT-SELF", "unknown", "numbers that may be of other things are not compared"),
    ("NT-YEAR", "unknown", "where the report's year is not known, no sentence names another"),
];

#[test]
fn cases_give_what_stands_beside_them() {
    let mut failures = Vec::new();
    for file in fixtures::cases() {
        let case = Case::read(&fs::read_to_string(&file.input).unwrap());
        let found = case.evaluate();
        let text = text(&file.code, &case, &found);
        failures
            .extend(golden::settle(&file.expected(), Some(&text)).map(|d| format!("{}: {d}", file.name())));

        let has = |verdict| found.findings.iter().any(|f| f.code == file.code && f.verdict == verdict);
        let holds = || found.outcomes.iter().any(|o| o.code == file.code && o.holds == Some(true));
        let wrong = match file.meaning() {
            "fail" if !has(Verdict::Failed) => Some("nothing failed"),
            "unknown" if !has(Verdict::Unknown) => Some("nothing is unknown"),
            "" => Some("the name says neither pass, fail, unknown nor silent"),
            "pass" | "silent" if has(Verdict::Failed) || has(Verdict::Unknown) => Some("something was found"),
            "pass" if case.kind == Kind::Single && !holds() => Some("no answer says that all is well"),
            _ => None,
        };
        failures.extend(wrong.map(|wrong| format!("{}: {wrong}", file.name())));
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_check_has_its_cases() {
    let files = fixtures::cases();
    let checks = gongkai::checks();
    let mut failures = Vec::new();
    for check in &checks {
        for meaning in ["pass", "fail", "unknown"] {
            let there = files.iter().any(|file| file.code == check.code && file.meaning() == meaning);
            let reason = IMPOSSIBLE.iter().find(|(code, what, _)| *code == check.code && *what == meaning);
            match (there, reason) {
                (false, None) => failures.push(format!("{} has no case \"{meaning}\"", check.code)),
                (true, Some(_)) => {
                    failures.push(format!("{} has a case \"{meaning}\" after all", check.code))
                }
                _ => {}
            }
        }
    }
    for file in &files {
        if !checks.iter().any(|check| check.code == file.code) {
            failures.push(format!("{}: no such check", file.name()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The findings of the code in full, how often it answered what, then the other codes that
/// were seen.
fn text(code: &str, case: &Case, found: &Evaluation) -> String {
    let mut out = String::new();
    let (own, others): (Vec<&Finding>, Vec<&Finding>) = found.findings.iter().partition(|f| f.code == code);
    own.iter().for_each(|finding| findings::write(&mut out, finding));
    if case.kind == Kind::Single {
        let count = |holds| found.outcomes.iter().filter(|o| o.code == code && o.holds == holds).count();
        let [holds, fails, open] = [Some(true), Some(false), None].map(count);
        out.push_str(&format!("answers: {holds} hold, {fails} fail, {open} unknown\n"));
    }
    out.push_str(&format!("other checks: {}\n", findings::codes(others.into_iter())));
    let read = case.reports.iter().flat_map(|report| report.findings());
    out.push_str(&format!("reading: {}\n", findings::codes(read)));
    out
}
