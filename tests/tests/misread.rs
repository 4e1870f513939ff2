//! A report that was misread never passes: whatever rows or tables are lost, or read as
//! zeros, something is found.
// Test code: a panic is a failed test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::collections::BTreeSet;

use gongkai::{CheckOptions, Finding, Report};
use gongkai_tests::adversary::{self, Damage, Spot};
use gongkai_tests::form::Edition;
use gongkai_tests::print::{Cell, Item, Printed, Role, Style, Table, print};
use gongkai_tests::random::Random;
use gongkai_tests::render::{Carrier, DocxForm, Encoding, HtmlForm, TextLayout};
use gongkai_tests::truth::{Truth, Wishes};
use gongkai_tests::{csv, fixtures, runs};
use serde_json::Value;

/// Rows and tables that no relation knows to be wrong when they are read as zeros: the
/// rest of the report does not say what they should be.
const SILENT: &[&str] = &[
    // Zeros balance, and nothing else in the tables counts requests, reviews or suits:
    // only reviews without any request are noticed.
    "requests",
    "review",
    "review.reconsideration",
    "review.litigation.direct",
    "review.litigation.after_reconsideration",
    // Rows of section 2 stand in no sum; at most in an inequality, which zeros satisfy.
    "proactive",
    "proactive.government_rules",
    "proactive.normative_documents",
    "proactive.licensing",
    "proactive.other_services",
    "proactive.penalties",
    "proactive.compulsion",
    "proactive.fees",
    "proactive.procurement",
];

/// The same where sentences state the totals of requests, reviews and suits, and of section
/// 2 what they can: nobody writes out how many items a list has (`fees` in the form of 2019),
/// and of the other two no sentence is understood.
const SILENT_IF_STATED: &[&str] = &["proactive.fees", "proactive.other_services", "proactive.procurement"];

const CARRIERS: [Carrier; 3] = [
    Carrier::Text(TextLayout::TabbedCells, Encoding::Utf8, false),
    Carrier::Html(HtmlForm::Soup),
    Carrier::Docx(DocxForm::Word),
];

/// The checks' findings. Where the wrong cells are is not asked here, and takes longest.
fn checked(report: &Report) -> Vec<Finding> {
    gongkai::check(report, &CheckOptions { search_steps: 1, ..CheckOptions::default() })
}

/// What the reader and the checks find, each finding by what it says.
fn found(report: &Report) -> BTreeSet<String> {
    let checked = checked(report);
    let said =
        |f: &Finding| format!("{} {:?} {:?} {:?} {}", f.code, f.facts, f.expected, f.actual, f.message.en);
    report.findings().iter().chain(&checked).map(said).collect()
}

/// What is found in a printed report; a refusal is a finding too.
fn found_in(printed: &Printed, carrier: Carrier, seed: u64) -> BTreeSet<String> {
    match gongkai::parse(&carrier.render(printed, &mut Random::new(seed))) {
        Ok(report) => found(&report),
        Err(error) => BTreeSet::from([error.to_string()]),
    }
}

/// A report in a random style, but with every cell filled in.
fn printed(seed: u64, stated: bool) -> Printed {
    let mut random = Random::new(seed);
    let style = Style { blanks: 0, marks: 0, stated, ..Style::random(&mut random) };
    let wishes = Wishes { dense: random.chance(50), hybrid: random.chance(20), ..Wishes::default() };
    let edition = if random.chance(50) { Edition::Y2019 } else { Edition::Y2021 };
    let mut truth = Truth::random(edition, wishes, &mut random);
    if random.chance(30) {
        truth.review.iter_mut().for_each(|numbers| numbers.fill(0));
    }
    print(&truth, &style, &mut random)
}

#[test]
fn a_lost_row_or_table_is_always_noticed() {
    let first = runs::first_seed();
    let mut failures = Vec::new();
    for seed in first..first + runs::cases(5) {
        let printed = printed(seed, false);
        for carrier in CARRIERS {
            let before = found_in(&printed, carrier, seed);
            for (what, damaged) in losses(&printed) {
                if found_in(&damaged, carrier, seed).is_subset(&before) {
                    failures.push(format!("seed {seed} {}: {what}", carrier.name()));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", runs::first(&failures));
}

/// The report without each row of values, each table, and each group of tables.
fn losses(printed: &Printed) -> Vec<(String, Printed)> {
    let mut all = Vec::new();
    let holds_values = |cells: &[Cell]| cells.iter().any(|cell| matches!(cell.role, Role::Value(_)));
    for (item, table) in printed.tables() {
        for row in (0..table.rows.len()).filter(|&row| holds_values(&table.rows[row].cells)) {
            let damage = Damage::DropRow(Spot { item, row, cell: 0 });
            all.push((adversary::describe(printed, damage), adversary::apply(printed, damage)));
        }
        let mut without = printed.clone();
        without.items.remove(item);
        all.push((format!("table {item}"), without));
    }
    let mut without = printed.clone();
    let own = |table: &Table| {
        let mut cells = table.rows.iter().flat_map(|row| &row.cells);
        cells.any(
            |cell| matches!(cell.role, Role::Value(fact) if printed.facts[fact].id.starts_with("proactive.")),
        )
    };
    without.items.retain(|item| !matches!(item, Item::Table(table) if own(table)));
    all.push(("all tables of section 2".to_owned(), without));
    all
}

#[test]
fn a_row_or_table_read_as_zeros_is_noticed_wherever_a_relation_knows_better() {
    let silent = unnoticed_zeros(false);
    let known: BTreeSet<String> = SILENT.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(silent, known);
}

/// The same where the narrative states the tables' totals: less stays silent.
#[test]
fn what_the_narrative_states_is_noticed_when_it_is_read_as_zeros() {
    if !gongkai::checks().iter().any(|check| check.code == "NT-COUNT") {
        eprintln!("SKIPPED: no check compares narrative and tables");
        return;
    }
    let silent = unnoticed_zeros(true);
    let known: BTreeSet<String> = SILENT_IF_STATED.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(silent, known);
}

/// Names of rows and tables that could be read as zeros with nothing new found.
fn unnoticed_zeros(stated: bool) -> BTreeSet<String> {
    let first = runs::first_seed();
    let mut silent = BTreeSet::new();
    for seed in first..first + runs::cases(24) {
        let printed = printed(seed, stated);
        let carrier = CARRIERS[seed as usize % CARRIERS.len()];
        let before = found_in(&printed, carrier, seed);
        for name in names(&printed) {
            let Some(zeroed) = zeroed(&printed, &name) else { continue };
            if found_in(&zeroed, carrier, seed).is_subset(&before) {
                silent.insert(name);
            }
        }
    }
    silent
}

/// The tables and rows of the facts, `requests`, `requests.granted`.
fn names(printed: &Printed) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for fact in &printed.facts {
        let (table, row, _) = csv::parts(&fact.id);
        names.extend([table.to_owned(), format!("{table}.{row}")]);
    }
    names
}

/// The report with 0 in each cell of a row or table; none if nothing changes by it.
fn zeroed(printed: &Printed, name: &str) -> Option<Printed> {
    let mut zeroed = printed.clone();
    let mut changed = false;
    for item in &mut zeroed.items {
        let Item::Table(table) = item else { continue };
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            let Role::Value(fact) = cell.role else { continue };
            let fact = &printed.facts[fact];
            let own = fact.id.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
            let zero = fact.value.as_deref().is_none_or(|value| value.trim_matches(['0', '.']).is_empty());
            if own && !zero {
                cell.paragraphs = vec!["0".to_owned()];
                changed = true;
            }
        }
    }
    changed.then_some(zeroed)
}

/// The fixtures have no balance, so that only this is asked: no row of the requests or the
/// review table can be lost or zeroed so that no finding is new and none concerns it.
#[test]
fn fixtures_never_pass_without_a_row() {
    let mut failures = Vec::new();
    for fixture in fixtures::all() {
        let Ok(report) = gongkai::parse(&fixture.bytes()) else { continue };
        let before = found(&report);
        let json: Value = serde_json::from_str(&report.to_json()).unwrap();
        let rows: BTreeSet<(String, String)> =
            report.facts().map(|fact| (fact.table.to_string(), fact.row.to_string())).collect();
        for (table, row) in rows.iter().filter(|(table, _)| table != "proactive") {
            let id = format!("{table}.{row}.");
            for zero in [true, false] {
                let Some(changed) = without_row(&json, table, row, zero) else { continue };
                let concerned =
                    checked(&changed).iter().any(|f| f.facts.iter().any(|fact| fact.starts_with(&id)));
                if found(&changed).is_subset(&before) && !concerned && !(zero && table == "review") {
                    let how = if zero { "zeroed" } else { "lost" };
                    failures.push(format!("{}: {table}.{row} {how}", fixture.name()));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", runs::first(&failures));
}

/// The report with a row of zeros, or without the row; none if nothing changes by it.
fn without_row(json: &Value, table: &str, row: &str, zero: bool) -> Option<Report> {
    let mut json = json.clone();
    let facts = json["facts"].as_array_mut().unwrap();
    let own = |fact: &Value| fact["table"] == table && fact["row"] == row;
    if zero {
        let mut changed = false;
        for fact in facts.iter_mut().filter(|fact| own(fact)) {
            if fact["value"].as_str().is_some_and(|value| !value.trim_matches(['0', '.']).is_empty()) {
                fact["value"] = "0".into();
                fact["text"] = "0".into();
                changed = true;
            }
        }
        if !changed {
            return None;
        }
    } else {
        facts.retain(|fact| !own(fact));
    }
    Some(Report::from_json(&json.to_string()).unwrap())
}
