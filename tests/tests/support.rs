//! The support code itself: what is asserted rests on it.
// Test code: a panic is a failed test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::collections::{BTreeMap, BTreeSet};

use gongkai_tests::adversary::{self, Damage, Reach};
use gongkai_tests::fixtures;
use gongkai_tests::form::Edition;
use gongkai_tests::print::{Role, Style, print};
use gongkai_tests::random::Random;
use gongkai_tests::runs;
use gongkai_tests::truth::{Truth, Wishes};

#[test]
fn a_plain_form_has_the_cells_of_its_edition() {
    for (edition, cells) in [(Edition::Y2019, 22 + 161 + 15), (Edition::Y2021, 10 + 175 + 15)] {
        let truth = Truth::random(edition, Wishes::default(), &mut Random::new(1));
        let printed = print(&truth, &Style::default(), &mut Random::new(1));
        assert_eq!(printed.facts.len(), cells);
    }
}

#[test]
fn random_tables_balance() {
    for seed in 0..200 {
        let mut random = Random::new(seed);
        let wishes = Wishes { dense: random.chance(50), ..Wishes::default() };
        let truth = Truth::random(Edition::Y2021, wishes, &mut random);
        let rows: BTreeMap<&str, &Vec<i64>> =
            truth.requests.iter().map(|(id, row)| (id.as_str(), row)).collect();
        for column in 0..7 {
            let at = |id: &str| rows[id][column];
            assert_eq!(
                at("received") + at("brought_forward"),
                at("total") + at("carried_forward"),
                "seed {seed}"
            );
            let outcomes: i64 =
                truth.requests[2..truth.requests.len() - 2].iter().map(|(_, r)| r[column]).sum();
            assert_eq!(outcomes, at("total"), "seed {seed}");
            assert!(at("received") >= 0);
        }
        for row in truth.requests.iter().map(|(_, row)| row).chain(&truth.review) {
            let (total, parts) = row.split_last().unwrap();
            assert_eq!(*total, parts.iter().sum::<i64>(), "seed {seed}");
        }
    }
}

#[test]
fn each_fact_is_printed_once_and_each_row_fills_the_grid() {
    for seed in 0..100 {
        let printed = runs::report(seed);
        let mut seen = BTreeSet::new();
        for (_, table) in printed.tables() {
            let width = table.width();
            for (slots, row) in table.grid().iter().zip(&table.rows) {
                let covered: usize = slots.iter().map(|slot| slot.span).sum();
                assert_eq!(covered, width, "seed {seed}: {row:?}");
                for cell in &row.cells {
                    if let Role::Value(index) = cell.role {
                        assert!(seen.insert(index), "seed {seed}: {}", printed.facts[index].id);
                    }
                }
            }
        }
        assert_eq!(seen.len(), printed.facts.len(), "seed {seed}");
        let ids: BTreeSet<&str> = printed.facts.iter().map(|fact| fact.id.as_str()).collect();
        assert_eq!(ids.len(), printed.facts.len(), "seed {seed}");
    }
}

#[test]
fn a_damaged_value_concerns_its_row_and_a_header_its_block() {
    let printed = runs::styled(&Style::default(), Wishes::default(), &mut Random::new(3));
    let (item, table) = printed.tables().last().unwrap();
    let value = adversary::Spot { item, row: table.rows.len() - 1, cell: 4 };
    let header = adversary::Spot { item, row: 0, cell: 0 };
    assert_eq!(adversary::scope(&printed, Damage::Delete(value), Reach::Row).len(), 15);
    assert_eq!(adversary::scope(&printed, Damage::Blank(header), Reach::Row).len(), 15);
    let (item, table) = printed.tables().nth(printed.tables().count() - 2).unwrap();
    let label = adversary::Spot { item, row: table.rows.len() - 1, cell: 0 };
    assert_eq!(adversary::scope(&printed, Damage::Blank(label), Reach::Row).len(), 7);
    assert_eq!(adversary::scope(&printed, Damage::Blank(label), Reach::Neighbours).len(), 14);
}

#[test]
fn no_two_fixtures_share_their_expected_files() {
    let mut stems = BTreeSet::new();
    for fixture in fixtures::all() {
        assert!(stems.insert(fixture.stem.clone()), "{}", fixture.name());
    }
}
