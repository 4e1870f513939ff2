//! Prints how exactly reports are read, as a Markdown table: random reports in every
//! carrier, damaged reports in every layout, and the published reports where they are
//! at hand. `GONGKAI_CASES` sets the reports per carrier, `GONGKAI_DAMAGES` the damages
//! per layout, `GONGKAI_SEED` the first seed, `GONGKAI_CARRIER` a part of the carriers'
//! names, `GONGKAI_SHOWN` the failures shown.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use gongkai_tests::random::Random;
use gongkai_tests::render::Carrier;
use gongkai_tests::runs::{self, Damaged, Outcome};
use gongkai_tests::{published, reading};

fn main() {
    let seed = runs::first_seed();
    let mut failures = Vec::new();
    reports(seed, runs::cases(200), &mut failures);
    damages(seed, runs::setting("GONGKAI_DAMAGES", 2000), &mut failures);
    published_reports();
    if !failures.is_empty() {
        eprintln!("{}", runs::first(&failures));
    }
}

fn reports(seed: u64, count: u64, failures: &mut Vec<String>) {
    println!("| random reports | reports | refused | cells | right % | wrong | unreadable | missing |");
    println!("|---|--:|--:|--:|--:|--:|--:|--:|");
    let mut all = Outcome::default();
    for carrier in runs::chosen([Carrier::all(), Carrier::open()].concat()) {
        let mut outcome = Outcome::default();
        for seed in seed..seed + count {
            outcome.read("random", &runs::report(seed), carrier, seed);
        }
        row(&carrier.name(), &outcome);
        all.reports += outcome.reports;
        all.refused += outcome.refused;
        all.tally.add(&outcome.tally);
        failures.append(&mut outcome.failures);
    }
    row("all", &all);
    println!();
}

fn row(name: &str, outcome: &Outcome) {
    let tally = &outcome.tally;
    println!(
        "| {name} | {} | {} | {} | {:.3} | {} | {} | {} |",
        outcome.reports,
        outcome.refused,
        tally.cells,
        100.0 * tally.right as f64 / tally.cells.max(1) as f64,
        tally.wrong,
        tally.unreadable,
        tally.missing
    );
}

fn damages(seed: u64, count: u64, failures: &mut Vec<String>) {
    println!(
        "| one damage each | damages | with wrong cells | wrong numbers | cells lost outside the scope | refused | cells kept near the damage % |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|");
    let mut all = Damaged::default();
    for carrier in runs::chosen([Carrier::layouts(), Carrier::open()].concat()) {
        let mut damaged = Damaged::default();
        let mut next = seed;
        while (damaged.damages as u64) < count {
            let printed = runs::report(next);
            let mut random = Random::new(next);
            damaged.read(&printed, &runs::sampled(&printed, 10, &mut random), carrier, next);
            next += 1;
        }
        damaged_row(&carrier.name(), &damaged);
        all.add(damaged);
    }
    damaged_row("all", &all);
    println!();
    failures.append(&mut all.failures);
}

fn damaged_row(name: &str, damaged: &Damaged) {
    println!(
        "| {name} | {} | {} | {} | {} | {} | {:.1} |",
        damaged.damages,
        damaged.wrong,
        damaged.wrong_numbers,
        damaged.outside,
        damaged.refused,
        100.0 * damaged.kept as f64 / damaged.near.max(1) as f64
    );
}

fn published_reports() {
    let Some(folder) = published::folder() else {
        eprintln!("the published reports are not at hand");
        return;
    };
    println!("| published reports | cells | different |");
    println!("|---|--:|--:|");
    for name in published::NAMES {
        let key = published::key(&folder, name);
        for ending in published::ENDINGS {
            let read = std::fs::read(folder.join(format!("{name}.{ending}"))).map_err(|e| e.to_string());
            let different = match read.and_then(|bytes| reading::facts(&bytes)) {
                Ok(got) => published::differences(&key, &got).len().to_string(),
                Err(error) => error,
            };
            println!("| {name}.{ending} | {} | {different} |", key.len());
        }
    }
}
