//! Prints how surely wrong cells are found, as a Markdown table: random requests tables in
//! four sizes and both editions, spoiled by one kind of slip each. `GONGKAI_CASES` sets
//! the tables per kind.
//!
//! With `cases` as argument: spoiled tables, the sums of their forms, and what is found,
//! as JSON lines for comparison with another solver; `GONGKAI_SEED` sets the first.
#![allow(clippy::print_stdout, clippy::indexing_slicing, clippy::unwrap_used)]

use gongkai::bench_support::Table;
use gongkai_tests::random::Random;
use gongkai_tests::runs;
use gongkai_tests::slips::{EDITIONS, Error, Requests, SIZES, Slip, case};
use serde_json::{Value, json};

const STEPS: u32 = 20_000;

const KINDS: &[(&str, Slip)] = &[
    ("1 wrong cell, any kind", Slip::Cells(1, Error::Any)),
    ("2 random values", Slip::Cells(2, Error::Value)),
    ("2 digit errors", Slip::Cells(2, Error::Digits)),
    ("2 totals", Slip::Cells(2, Error::Total)),
    ("3 random values", Slip::Cells(3, Error::Value)),
    ("3 digit errors", Slip::Cells(3, Error::Digits)),
    ("3 totals", Slip::Cells(3, Error::Total)),
    ("2 off by one", Slip::Cells(2, Error::OffByOne)),
    ("3 off by one", Slip::Cells(3, Error::OffByOne)),
    ("2 numbers left out (0)", Slip::Cells(2, Error::LeftOut)),
    ("3 numbers left out (0)", Slip::Cells(3, Error::LeftOut)),
    ("row of outcome totals 0", Slip::TotalRowEmpty),
    ("neighbours in a row exchanged", Slip::InRow),
    ("neighbours in a column exchanged", Slip::InColumn),
    ("row shifted one column", Slip::RowShifted),
    ("column slipped by one row", Slip::ColumnSlipped),
    ("neighbouring rows exchanged", Slip::RowsExchanged),
];

fn main() {
    if std::env::args().nth(1).as_deref() == Some("cases") {
        cases();
    } else {
        table();
    }
}

fn opened(spoiled: &Requests) -> Table {
    let values: Vec<Option<i64>> = spoiled.values.iter().copied().map(Some).collect();
    Table::new(spoiled.edition, &values).unwrap()
}

fn table() {
    println!(
        "| slip | tables | undetectable % | unique optimum = truth % | truth among optima % | first after ranking % | in first 3 % |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|");
    let seed = runs::first_seed();
    let each = runs::cases(600);
    for (name, slip) in KINDS {
        let mut counts = [0_u32; 5];
        for number in 0..each {
            let mut random = Random::new(seed + number);
            let edition = EDITIONS[number as usize % 2];
            let size = SIZES[number as usize / 2 % 4];
            let (truth, spoiled) = case(edition, size, *slip, &mut random);
            for (count, met) in counts.iter_mut().zip(judged(&truth, &spoiled)) {
                *count += u32::from(met);
            }
        }
        let percent = counts.map(|count| format!("{:.1}", 100.0 * f64::from(count) / each as f64));
        println!("| {name} | {each} | {} |", percent.join(" | "));
    }
}

/// Undetectable; the only optimum; among them; ranked first; ranked among three.
fn judged(truth: &Requests, spoiled: &Requests) -> [bool; 5] {
    let wanted = truth.differing(spoiled);
    let cells: Vec<usize> = wanted.iter().map(|(cell, _)| *cell).collect();
    let table = opened(spoiled);
    let found = table.locate(STEPS);
    let sets: Vec<Vec<usize>> = serde_json::from_value(found["sets"].clone()).unwrap();
    let is_truth = |way: &Value| {
        let list: Vec<(usize, i64, Option<i64>)> = serde_json::from_value(way["cells"].clone()).unwrap();
        let mut list: Vec<(usize, i64)> = (list.into_iter())
            .map(|(cell, low, high)| (cell, if high == Some(low) { low } else { -1 }))
            .collect();
        list.sort_unstable();
        list == wanted
    };
    let rank = found["ways"].as_array().unwrap().iter().position(is_truth);
    let among = sets.contains(&cells);
    [table.holds(), among && sets.len() == 1, among, rank == Some(0), rank.is_some_and(|rank| rank < 3)]
}

fn cases() {
    for edition in EDITIONS {
        let balances: Vec<Value> = gongkai::balances()
            .into_iter()
            .filter(|b| b.edition.year() == edition && b.code.starts_with("REQ-"))
            .map(|b| json!([b.left, b.right]))
            .collect();
        println!("{}", json!({ "edition": edition, "cells": Table::cells(edition), "sums": balances }));
    }
    let kinds: Vec<Slip> = (1..=10)
        .flat_map(|count| [Slip::Cells(count, Error::Any), Slip::Cells(count, Error::OffByOne)])
        .chain(KINDS.iter().skip(11).map(|(_, slip)| *slip))
        .collect();
    for seed in runs::first_seed()..runs::first_seed() + runs::cases(100) {
        let mut random = Random::new(seed);
        let (edition, size) = (random.pick_copy(&EDITIONS), random.pick_copy(&SIZES));
        let slip = random.pick_copy(&kinds);
        let (_, spoiled) = case(edition, size, slip, &mut random);
        // One table in four has cells of other weights.
        let mut chosen = |percent: usize| -> Vec<usize> {
            (0..spoiled.values.len()).filter(|_| random.chance(percent)).collect()
        };
        let (trusted, uncertain) =
            if seed % 4 == 0 { (chosen(3), chosen(20)) } else { (Vec::new(), Vec::new()) };
        let found = opened(&spoiled).weighted(&trusted, &uncertain).locate(STEPS);
        let cells = spoiled.values;
        println!(
            "{}",
            json!({
                "seed": seed, "slip": format!("{slip:?}"), "edition": edition, "values": cells,
                "trusted": trusted, "uncertain": uncertain,
                "sets": found["sets"], "complete": found["complete"], "least": found["least"], "steps": found["steps"],
            })
        );
    }
}
