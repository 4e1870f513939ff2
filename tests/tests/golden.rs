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

use gongkai_tests::fixtures::{self, ERROR, FACTS, FINDINGS, Fixture, OUTLINE};
use gongkai_tests::{csv, golden, reading};

#[test]
fn fixtures_give_what_stands_beside_them() {
    let all = fixtures::all();
    assert!(!all.is_empty(), "no fixtures");
    let mut failures = Vec::new();
    for fixture in &all {
        // An expected file that nothing would write any more must not linger.
        let results = results(fixture);
        for ending in [FACTS, OUTLINE, FINDINGS, ERROR] {
            let path = fixture.expected(ending);
            let got = results.iter().find(|(e, _)| *e == ending).map(|(_, text)| text.as_str());
            if let Some(difference) = golden::settle(&path, got) {
                failures.push(format!("{} {ending}: {difference}", fixture.name()));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

fn results(fixture: &Fixture) -> Vec<(&'static str, String)> {
    match reading::read(&fixture.bytes()) {
        Ok(read) => {
            vec![(FACTS, csv::write(&read.facts)), (OUTLINE, read.outline), (FINDINGS, read.checked)]
        }
        Err(error) => vec![(ERROR, error)],
    }
}
