//! Every fixture gives exactly what stands beside it. `GONGKAI_UPDATE=1` rewrites the
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
use std::path::Path;

use gongkai_tests::fixtures::{self, ERROR, FACTS, Fixture, OUTLINE};
use gongkai_tests::{csv, reading};

#[test]
fn fixtures_give_what_stands_beside_them() {
    let update = std::env::var_os("GONGKAI_UPDATE").is_some_and(|value| value == "1");
    let all = fixtures::all();
    assert!(!all.is_empty(), "no fixtures");
    let mut failures = Vec::new();
    for fixture in &all {
        // An expected file that nothing would write any more must not linger.
        let results = results(fixture);
        for ending in [FACTS, OUTLINE, ERROR] {
            let path = fixture.expected(ending);
            let got = results.iter().find(|(e, _)| *e == ending).map(|(_, text)| text.as_str());
            if update {
                rewrite(&path, got);
            } else if let Some(difference) = difference(&path, got) {
                failures.push(format!("{} {ending}: {difference}", fixture.name()));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

fn results(fixture: &Fixture) -> Vec<(&'static str, String)> {
    match reading::read(&fixture.bytes()) {
        Ok(read) => vec![(FACTS, csv::write(&read.facts)), (OUTLINE, read.outline)],
        Err(error) => vec![(ERROR, error)],
    }
}

fn rewrite(path: &Path, text: Option<&str>) {
    match text {
        Some(text) => fs::write(path, text).unwrap(),
        None if path.exists() => fs::remove_file(path).unwrap(),
        None => {}
    }
}

/// The first line that differs.
fn difference(path: &Path, got: Option<&str>) -> Option<String> {
    let expected = fs::read_to_string(path).ok();
    match (expected.as_deref(), got) {
        (None, None) => None,
        (None, Some(got)) => Some(format!("not expected: {}", got.lines().next().unwrap_or_default())),
        (Some(_), None) => Some("expected, and not given".to_owned()),
        (Some(expected), Some(got)) if expected == got => None,
        (Some(expected), Some(got)) => {
            let (mut left, mut right) = (expected.lines(), got.lines());
            let mut line = 0;
            loop {
                line += 1;
                let (expected, got) = (left.next(), right.next());
                if expected != got {
                    return Some(format!("line {line}: expected {expected:?}, got {got:?}"));
                }
                if expected.is_none() {
                    return Some("line ends differ".to_owned());
                }
            }
        }
    }
}
