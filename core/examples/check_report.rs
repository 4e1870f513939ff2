//! Reads reports, checks them, and prints what was found: `cargo run --example check_report FILE...`.
#![allow(clippy::print_stdout)]

use gongkai::view::findings::{self, Checked, Language};
use gongkai::{CheckOptions, evaluate, parse};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = CheckOptions::default();
    let mut reports = Vec::new();
    for path in std::env::args().skip(1) {
        let report = parse(&std::fs::read(&path)?)?;
        let evaluation = evaluate(&report, &options).with_reading(&report, &options);
        reports.push((path, report, evaluation));
    }
    let checked: Vec<Checked<'_>> = reports
        .iter()
        .map(|(source, report, evaluation)| Checked {
            source,
            report,
            findings: &evaluation.findings,
            outcomes: &evaluation.outcomes,
        })
        .collect();
    print!("{}", findings::text(&checked, Language::En));
    Ok(())
}
