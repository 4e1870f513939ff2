//! The checks on random reports: no alarm where all is well, and always the right one
//! where one number was changed.
// Test code: a panic is a failed test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::collections::BTreeSet;

use gongkai::{CheckOptions, Evaluation, Finding, Severity, Verdict};
use gongkai_tests::form::{APPLICANTS, Edition};
use gongkai_tests::print::{Style, print};
use gongkai_tests::random::Random;
use gongkai_tests::render::{Carrier, DocxForm, Encoding, HtmlForm, TextLayout};
use gongkai_tests::runs;
use gongkai_tests::truth::{Truth, Wishes};

const CARRIERS: [Carrier; 4] = [
    Carrier::Text(TextLayout::TabbedCells, Encoding::Utf8, false),
    Carrier::Text(TextLayout::SpacedLines, Encoding::Utf8, false),
    Carrier::Html(HtmlForm::Soup),
    Carrier::Docx(DocxForm::Word),
];

/// A random truth and the style it is printed in.
fn random_report(random: &mut Random) -> (Truth, Style) {
    let edition = if random.chance(50) { Edition::Y2019 } else { Edition::Y2021 };
    let wishes = Wishes {
        hybrid: random.chance(25),
        keep_procurement: random.chance(15),
        extra_services: random.chance(20),
        dense: random.chance(30),
    };
    let style = Style { stated: random.chance(30), ..Style::random(random) };
    (Truth::random(edition, wishes, random), style)
}

fn evaluate(truth: &Truth, style: &Style, carrier: Carrier, seed: u64) -> Evaluation {
    let printed = print(truth, style, &mut Random::new(seed));
    let report = gongkai::parse(&carrier.render(&printed, &mut Random::new(seed))).unwrap();
    gongkai::evaluate(&report, &CheckOptions::default())
}

#[test]
fn balanced_reports_raise_no_alarm() {
    let first = runs::first_seed();
    let mut failures = Vec::new();
    for seed in first..first + runs::cases(150) {
        let (truth, style) = random_report(&mut Random::new(seed));
        // Blocks of both editions in one report are an error indeed.
        let mixed = truth.mixes_editions();
        for carrier in CARRIERS {
            // At the end of a table of lines a blank cannot be told from spacing.
            let blanks = if carrier.is_lines() { 0 } else { style.blanks };
            let found = evaluate(&truth, &Style { blanks, ..style }, carrier, seed);
            let is_alarm = |f: &&Finding| f.severity == Severity::Error && f.verdict == Verdict::Failed;
            let (editions, alarms): (Vec<&Finding>, Vec<&Finding>) =
                found.findings.iter().filter(is_alarm).partition(|f| f.code == "STR-EDITION");
            let place = || format!("seed {seed} {}", carrier.name());
            failures.extend(alarms.iter().map(|f| format!("{}: {} {}", place(), f.code, f.message.en)));
            if editions.len() != usize::from(mixed) {
                failures.push(format!("{}: mixed {mixed}, {} times STR-EDITION", place(), editions.len()));
            }
        }
    }
    assert!(failures.is_empty(), "{}", runs::first(&failures));
}

#[test]
fn one_changed_cell_is_always_found_in_its_lines() {
    let first = runs::first_seed();
    let mut failures = Vec::new();
    for seed in first..first + runs::cases(400) {
        let mut random = Random::new(seed);
        let (mut truth, style) = random_report(&mut random);
        // A blank would make its lines unknown.
        let style = Style { blanks: 0, marks: 0, stated: false, ..style };
        let row = random.below(truth.requests.len());
        let column = random.below(APPLICANTS.len());
        let (id, numbers) = &mut truth.requests[row];
        numbers[column] = changed(numbers[column], &mut random);
        let cell = format!("{id}.{}", APPLICANTS[column].0);
        let expected = lines(id, APPLICANTS[column].0);
        let carrier = random.pick_copy(&CARRIERS);
        let found = evaluate(&truth, &style, carrier, seed);
        let failed: BTreeSet<(String, String)> = found
            .outcomes
            .iter()
            .filter(|o| o.code.starts_with("REQ-") && o.code != "REQ-UNCLOSED" && o.holds == Some(false))
            .map(|o| (o.code.to_owned(), o.instance.clone()))
            .collect();
        if failed != expected {
            failures.push(format!(
                "seed {seed} {}: {cell}: expected {expected:?}, got {failed:?}",
                carrier.name()
            ));
        }
    }
    assert!(failures.is_empty(), "{}", runs::first(&failures));
}

/// Another number, as slips make them: off by one, off by any amount, left out, or with a
/// digit lost or added.
fn changed(number: i64, random: &mut Random) -> i64 {
    let other = match random.below(5) {
        0 => number + 1,
        1 => random.between(0, 30_000),
        2 => 0,
        3 => number / 10,
        _ => number * 10 + random.between(0, 9),
    };
    if other == number { number + 1 } else { other }
}

/// The relations that a cell of the requests table stands in.
fn lines(row: &str, column: &str) -> BTreeSet<(String, String)> {
    let in_column = match row {
        "received" | "brought_forward" | "carried_forward" => &["REQ-BALANCE"][..],
        "total" => &["REQ-BALANCE", "REQ-OUTCOME-TOTAL"],
        _ => &["REQ-OUTCOME-TOTAL"],
    };
    let mut lines: BTreeSet<_> =
        in_column.iter().map(|code| ((*code).to_owned(), column.to_owned())).collect();
    lines.insert(("REQ-ROW-TOTAL".to_owned(), row.to_owned()));
    lines
}
