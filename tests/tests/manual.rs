//! Every check explains itself, and the manual says what the checks' files say.
#![allow(clippy::unwrap_used, clippy::panic)]

use gongkai_tests::manual;

#[test]
fn every_check_has_its_manual() {
    for check in gongkai::checks() {
        let (first, text) = manual::comment(check.code);
        let says = first.strip_prefix(check.code).and_then(|rest| rest.strip_prefix(": "));
        assert!(says.is_some_and(|says| says.ends_with('.')), "{}: {first}", check.code);
        let headings: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# ")).collect();
        assert_eq!(headings, manual::HEADINGS, "{}", check.code);
    }
}

#[test]
fn the_manual_is_up_to_date() {
    let written = std::fs::read_to_string(manual::path()).unwrap_or_default();
    assert!(written == manual::text(), "docs/checks.md is out of date: run `make docs`");
}

#[test]
fn codes_are_unique() {
    let mut codes: Vec<&str> = gongkai::checks().iter().map(|check| check.code).collect();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count);
}
