//! LOC-IMPLIED: a cell without a number whose value follows from the sums.
//!
//! # What it checks
//!
//! Where all else in the requests or the review table adds up: whether a cell that is
//! blank, missing or unreadable can hold one number only.
//!
//! # Why
//!
//! A single gap in a sum is its difference; more gaps follow from each other, unless they
//! close a ring of cells along which a number could be passed round. It is a proposal: a
//! blank stays a blank.
//!
//! # Example
//!
//! `（一）予以公开` reads 3, blank, 0, 0, 0, 0, total 4: the blank stands for 1.
//!
//! # When it cannot tell
//!
//! The table has other differences, prints no number at all, or leaves the cell several
//! values. Cells with a mark for "none" are passed over.

use crate::check::results::Results;
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;

use super::loc_cells::suspects;

pub(in crate::check) const CHECK: Check = Check {
    code: "LOC-IMPLIED",
    version: 1,
    severity: Severity::Info,
    level: 1,
    title_zh: "空缺单元格可由勾稽关系推得",
    title_en: "a cell without a number follows from the sums",
    clause: "",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let implied = &subject.localisation().implied;
    for cell in implied {
        let value = cell.wanted();
        let finding = results.finding(
            format!("“{}”可由勾稽关系推得{value}", cell.zh),
            format!("{} is implied by the sums: {value}", cell.id),
        );
        let mut finding = suspects(subject, finding, std::slice::from_ref(cell), "");
        finding.group = None;
        results.push(|| cell.id.clone(), finding.unknown(None));
    }
    if implied.is_empty() {
        results.pass(String::new);
    }
}
