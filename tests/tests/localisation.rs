//! Reports whose sums do not hold: the findings point at the cells.
// Test code: a panic is a failed test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use gongkai::{CheckOptions, Finding, Report, Verdict, check};
use gongkai_tests::form::Edition;
use gongkai_tests::print::{Style, print};
use gongkai_tests::random::Random;
use gongkai_tests::render::Carrier;
use gongkai_tests::truth::{Truth, Wishes};
use serde_json::{Value, json};

/// A report that adds up, dense so that no slip goes unseen.
fn faultless() -> Report {
    let mut random = Random::new(3);
    let wishes = Wishes { dense: true, ..Wishes::default() };
    let truth = Truth::random(Edition::Y2021, wishes, &mut random);
    let printed = print(&truth, &Style::default(), &mut random);
    gongkai::parse(&Carrier::layouts()[0].render(&printed, &mut random)).unwrap()
}

/// The report with other contents in some cells; none leaves a blank.
fn with(report: &Report, cells: &[(&str, Option<i64>)]) -> Report {
    let mut value = serde_json::to_value(report).unwrap();
    for fact in value["facts"].as_array_mut().unwrap() {
        let id = ["table", "row", "column"].map(|key| fact[key].as_str().unwrap().to_owned()).join(".");
        if let Some((_, to)) = cells.iter().find(|(cell, _)| *cell == id) {
            fact["status"] = json!(if to.is_some() { "reported" } else { "blank" });
            fact["value"] = to.map_or(Value::Null, |to| json!(to.to_string()));
        }
    }
    serde_json::from_value(value).unwrap()
}

fn number(report: &Report, id: &str) -> i64 {
    report.fact(id).unwrap().value.unwrap().to_i64().unwrap()
}

fn found(report: &Report, options: &CheckOptions, code: &str) -> Vec<Finding> {
    check(report, options).into_iter().filter(|finding| finding.code.starts_with(code)).collect()
}

const CELL: &str = "requests.granted.natural_person";

#[test]
fn a_report_that_adds_up_has_no_suspects() {
    assert_eq!(found(&faultless(), &CheckOptions::default(), "LOC-"), []);
}

#[test]
fn one_wrong_cell_is_named_with_its_value() {
    let report = faultless();
    let truth = number(&report, CELL);
    let spoiled = with(&report, &[(CELL, Some(truth + 27))]);
    let before = spoiled.clone();
    let located = found(&spoiled, &CheckOptions::default(), "LOC-");
    assert_eq!(located.len(), 1, "{located:#?}");
    let finding = &located[0];
    assert_eq!((finding.code.as_str(), finding.verdict), ("LOC-CELLS", Verdict::Failed));
    assert_eq!(finding.facts, [CELL]);
    assert_eq!(finding.expected, Some(truth.to_string()));
    assert_eq!(finding.actual, Some((truth + 27).to_string()));
    assert_eq!(finding.suggestions[0].value, finding.expected);
    assert_eq!(finding.group.as_deref(), Some("requests-1"));
    assert_eq!(finding.locations, [spoiled.fact(CELL).unwrap().location.clone()]);
    assert_eq!(
        finding.message.en,
        format!("1 cell explains all differences: {CELL} {} -> {truth} (option 1 of 1)", truth + 27)
    );

    // The sums that fail say the same.
    let sums = found(&spoiled, &CheckOptions::default(), "REQ-");
    let codes: Vec<&str> = sums.iter().map(|sum| sum.code.as_str()).collect();
    assert_eq!(codes, ["REQ-ROW-TOTAL", "REQ-OUTCOME-TOTAL"]);
    for sum in &sums {
        assert_eq!(sum.group, finding.group);
        assert_eq!(sum.suggestions, finding.suggestions);
    }
    assert_eq!(spoiled, before);
}

#[test]
fn trusted_cells_are_not_suspected() {
    let report = faultless();
    let spoiled = with(&report, &[(CELL, Some(number(&report, CELL) + 5))]);
    let options = CheckOptions { trusted: vec![CELL.to_owned()], ..CheckOptions::default() };
    let located = found(&spoiled, &options, "LOC-CELLS");
    assert_eq!(located.len(), 3, "as many as are to be listed");
    assert!(located.iter().all(|finding| !finding.facts.contains(&CELL.to_owned())));
    assert!(located.iter().all(|finding| finding.facts.len() > 1));
    let none = CheckOptions { alternatives: 0, ..options };
    assert_eq!(found(&spoiled, &none, "LOC-"), []);
}

#[test]
fn causes_apart_have_groups_of_their_own() {
    let report = faultless();
    let other = "requests.brought_forward.enterprise";
    let cells = [(CELL, Some(number(&report, CELL) + 27)), (other, Some(number(&report, other) + 1000))];
    let spoiled = with(&report, &cells);
    let located = found(&spoiled, &CheckOptions::default(), "LOC-CELLS");
    let groups: Vec<&str> = located.iter().filter_map(|finding| finding.group.as_deref()).collect();
    assert_eq!(groups, ["requests-1", "requests-2"]);
    let of_row = |row: &str| {
        let sums = found(&spoiled, &CheckOptions::default(), "REQ-ROW-TOTAL");
        sums.into_iter().find(|sum| sum.facts[0].contains(row)).unwrap().group
    };
    assert_ne!(of_row("granted"), of_row("brought_forward"));
}

#[test]
fn a_shifted_row_is_one_move() {
    let report = faultless();
    let columns =
        ["natural_person", "enterprise", "research", "public_welfare", "legal_services", "other", "total"];
    let ids = columns.map(|column| format!("requests.granted.{column}"));
    let mut cells: Vec<(&str, Option<i64>)> = vec![(&ids[0], Some(0))];
    for (id, left) in ids.iter().skip(1).zip(&ids) {
        cells.push((id, Some(number(&report, left))));
    }
    let located = found(&with(&report, &cells), &CheckOptions::default(), "LOC-");
    assert_eq!(located[0].code, "LOC-BLOCK");
    assert_eq!(located[0].message.zh, "疑似整行错列1格：（一）予以公开（共1种方案，列为第1）");
    for (id, suggestion) in ids.iter().zip(&located[0].suggestions) {
        assert_eq!((&suggestion.fact, &suggestion.value), (id, &Some(number(&report, id).to_string())));
        assert_eq!(suggestion.code.as_deref(), Some("ROW_SHIFTED"));
    }
}

#[test]
fn a_blank_is_implied_where_the_rest_adds_up() {
    let report = faultless();
    let truth = number(&report, CELL);
    let blank = with(&report, &[(CELL, None)]);
    let implied = found(&blank, &CheckOptions::default(), "LOC-");
    assert_eq!(implied.len(), 1);
    assert_eq!((implied[0].code.as_str(), implied[0].verdict), ("LOC-IMPLIED", Verdict::Unknown));
    assert_eq!(implied[0].suggestions[0].value, Some(truth.to_string()));
    assert_eq!(implied[0].message.zh, format!("“（一）予以公开·自然人”可由勾稽关系推得{truth}"));
    assert_eq!(blank.fact(CELL).unwrap().value, None);

    let wrong = "requests.received.enterprise";
    let both = with(&blank, &[(wrong, Some(number(&report, wrong) + 1))]);
    let codes: Vec<String> =
        found(&both, &CheckOptions::default(), "LOC-").into_iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["LOC-CELLS"]);

    // A table without any number says nothing.
    let ids: Vec<String> =
        report.facts().filter(|fact| fact.table == "requests").map(gongkai::Fact::id).collect();
    let cells: Vec<(&str, Option<i64>)> = ids.iter().map(|id| (id.as_str(), None)).collect();
    assert_eq!(found(&with(&report, &cells), &CheckOptions::default(), "LOC-"), []);
}

#[test]
fn what_is_not_found_is_said_not_to_be() {
    let report = faultless();
    let spoiled = with(&report, &[(CELL, Some(number(&report, CELL) + 5))]);
    let options = CheckOptions { search_steps: 1, ..CheckOptions::default() };
    let located = found(&spoiled, &options, "LOC-");
    assert_eq!((located.len(), located[0].code.as_str()), (1, "LOC-NONE"));
    assert_eq!(located[0].message.en, "At least 1 cells are wrong; not localised");
    let sums = found(&spoiled, &options, "REQ-");
    assert!(sums.iter().all(|sum| sum.group.as_deref() == Some("requests-1") && sum.suggestions.is_empty()));

    // Numbers beyond exact sums: they are tested, and not searched.
    let great = with(&report, &[(CELL, Some(i64::MAX))]);
    assert_eq!(found(&great, &CheckOptions::default(), "LOC-")[0].code, "LOC-NONE");
}

#[test]
fn a_review_row_has_five_options() {
    let report = faultless();
    let total = "review.reconsideration.total";
    let spoiled = with(&report, &[(total, Some(number(&report, total) + 10_000))]);
    let options = CheckOptions { alternatives: 9, ..CheckOptions::default() };
    let located = found(&spoiled, &options, "LOC-CELLS");
    assert_eq!(located.len(), 5, "{located:#?}");
    assert!(located.iter().all(|finding| finding.group.as_deref() == Some("review-1")));
    let sums = found(&spoiled, &options, "REV-TOTAL");
    assert_eq!(sums[0].group.as_deref(), Some("review-1"));
    assert_eq!(sums[0].suggestions, located[0].suggestions);
}
