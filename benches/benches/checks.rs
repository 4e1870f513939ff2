//! What checking a report costs beside reading it: all checks of a report that adds up,
//! the search for wrong cells, and both beside the docx the report was read from. Medians
//! of many repetitions, in one process.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing, clippy::needless_range_loop)]

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use gongkai::bench_support::{Table, read};
use gongkai::{CheckOptions, Format, Report, check, parse};

const ROUNDS: usize = 1001;
const STEPS: u32 = 20_000;
const GOAL: f64 = 0.1;

/// Cells of the requests table that are made wrong.
const WRONG: [&str; 3] =
    ["requests.granted.natural_person", "requests.received.enterprise", "requests.denied.state_secret.total"];

fn main() {
    search();
    reports();
}

fn median<T>(mut work: impl FnMut() -> T) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

/// A table of the 2021 form that adds up: every applicant has some of every outcome.
fn table() -> Vec<i64> {
    let mut values = vec![vec![0_i64; 7]; 25];
    for column in 0..6 {
        for row in 2..23 {
            values[row][column] = i64::try_from((row * 37 + column * 101) % 89).unwrap();
        }
        values[23][column] = (2..23).map(|row| values[row][column]).sum();
        values[24][column] = 5;
        values[0][column] = values[23][column] + 5;
    }
    for row in &mut values {
        row[6] = row.iter().sum();
    }
    values.concat()
}

fn search() {
    println!("{:<34} {:>10} {:>12}", "wrong cells in a table", "search µs", "and rank µs");
    let cells = Table::cells(2021);
    for count in 0..=WRONG.len() {
        let mut values: Vec<Option<i64>> = table().into_iter().map(Some).collect();
        for (n, id) in (1..).zip(&WRONG[..count]) {
            let at = cells.iter().position(|cell| cell == id).unwrap();
            values[at] = values[at].map(|value| value + 17 * n * n);
        }
        let table = Table::new(2021, &values).unwrap();
        assert_eq!(table.holds(), count == 0);
        if count == 0 {
            println!("{count:<34} {:>10.2} {:>12}", median(|| table.holds()), "-");
        } else {
            let (search, all) = (median(|| table.search(STEPS)), median(|| table.explain(STEPS)));
            println!("{count:<34} {search:>10.2} {all:>12.2}");
        }
    }
    println!();
}

fn reports() {
    println!(
        "{:<34} {:>9} {:>9} {:>10} {:>9} {:>9} {:>9} {:>7}",
        "file", "read µs", "facts µs", "checks µs", "1 wrong", "2 wrong", "3 wrong", "ratio"
    );
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reports");
    let folder = if folder.is_dir() {
        folder
    } else {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/reports")
    };
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) => return println!("SKIPPED the sample reports: {}: {error}", folder.display()),
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "docx"));
    paths.sort();
    let options = CheckOptions::default();
    let mut worst = 0.0_f64;
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let report = parse(&bytes).unwrap();
        let read = median(|| read(black_box(&bytes), Format::Docx).unwrap());
        let facts = median(|| parse(black_box(&bytes)).unwrap());
        let mut times = vec![median(|| check(black_box(&report), &options))];
        for count in 1..=WRONG.len() {
            let spoiled = spoiled(&report, &WRONG[..count]);
            times.push(median(|| check(black_box(&spoiled), &options)));
        }
        let ratio = times.iter().fold(0.0_f64, |most, time| most.max(*time)) / facts;
        worst = worst.max(ratio);
        let name = path.file_name().unwrap().to_string_lossy();
        println!(
            "{name:<34} {read:>9.0} {facts:>9.0} {:>10.1} {:>9.1} {:>9.1} {:>9.1} {ratio:>7.3}",
            times[0], times[1], times[2], times[3]
        );
    }
    println!("worst ratio {worst:.3}, goal {GOAL}: {}", if worst <= GOAL { "met" } else { "MISSED" });
}

/// The report with wrong numbers in those cells.
fn spoiled(report: &Report, cells: &[&str]) -> Report {
    let mut value = serde_json::to_value(report).unwrap();
    for fact in value["facts"].as_array_mut().unwrap() {
        let id = ["table", "row", "column"].map(|key| fact[key].as_str().unwrap().to_owned()).join(".");
        if let Some(at) = cells.iter().position(|cell| **cell == id) {
            fact["value"] = (17 * (at + 1) * (at + 1)).to_string().into();
            fact["status"] = "reported".into();
        }
    }
    serde_json::from_value(value).unwrap()
}
