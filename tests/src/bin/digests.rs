//! Prints what comes of every fixture as one number, for builds to be compared: the JSON
//! form and the findings of the checks, or the error.
#![allow(clippy::print_stdout)]

use gongkai::view::findings::{self, Checked};
use gongkai::{CheckOptions, ParseOptions};
use gongkai_tests::fixtures;
use gongkai_tests::hostile::GROUPS;

fn main() {
    for fixture in fixtures::all() {
        println!("{}: {}", fixture.name(), digest(&fixture.bytes(), Some(fixture.file_name.clone())));
    }
    for group in GROUPS {
        for case in (group.cases)() {
            let (bytes, judge) = case.make();
            println!("{}/{}: {}", group.name, judge.name, digest(&bytes, None));
        }
    }
}

fn digest(bytes: &[u8], file_name: Option<String>) -> String {
    let options = ParseOptions { file_name, ..ParseOptions::default() };
    let text = match gongkai::parse_with_options(bytes, &options) {
        Ok(report) => {
            let evaluation = gongkai::evaluate(&report, &CheckOptions::default());
            let (findings, outcomes) = (&evaluation.findings, &evaluation.outcomes);
            let checked = Checked { source: "a", report: &report, findings, outcomes };
            report.to_json() + &findings::json(&[checked])
        }
        Err(error) => error.to_string(),
    };
    // FNV-1a.
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    format!("{hash:016x}")
}
