//! LOC-CELLS: the fewest cells whose change makes all sums of a table hold.
//!
//! # What it checks
//!
//! Where sums of the requests or the review table do not hold: which smallest sets of
//! cells explain all differences, each with the value that would mend it, likeliest first.
//! A cell that the reader doubted counts half; a cell that the caller trusts is never
//! suspected; blank, missing and unreadable cells may take any value.
//!
//! # Why
//!
//! One wrong cell breaks two or three sums. Nearly every cell stands in two sums, so that
//! the sums that fail point at the cell, and say what should stand there (Fellegi and
//! Holt, 1976). One to three wrong cells never go unseen, one is always found. It is a
//! proposal: the facts stay as they are printed.
//!
//! # Example
//!
//! `（一）予以公开`, 自然人 is 36, its row and its column both lack 27: 36 written for 63,
//! digits exchanged.
//!
//! # When it cannot tell
//!
//! Several sets are equally small: all are options, ranked by how people mistype numbers.
//! In the review table each sum stands alone, so that five cells explain a difference
//! equally well. If the search ends before any set is found, LOC-NONE says so.

use crate::check::locate::Cell;
use crate::check::results::Results;
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::{Finding, Severity};

pub(in crate::check) const CHECK: Check = Check {
    code: "LOC-CELLS",
    version: 1,
    severity: Severity::Info,
    level: 1,
    title_zh: "可使各项勾稽关系成立的最少改动",
    title_en: "the fewest cells that explain all differences",
    clause: "",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let mut found = false;
    for (cause, rank, option) in subject.localisation().listed(subject.options) {
        if option.moved.is_some() {
            continue;
        }
        found = true;
        let (k, n) = (option.cells.len(), cause.count());
        let k_en = if k == 1 { "1 cell explains".to_owned() } else { format!("{k} cells explain") };
        let list = |word: &dyn Fn(&Cell) -> String, between| {
            option.cells.iter().map(word).collect::<Vec<_>>().join(between)
        };
        let written = |cell: &Cell| cell.written.map_or_else(|| "?".to_owned(), |value| value.to_string());
        let zh = list(&|cell| format!("“{}”{}→{}", cell.zh, written(cell), cell.wanted()), "、");
        let en = list(&|cell| format!("{} {} -> {}", cell.id, written(cell), cell.wanted()), ", ");
        let finding = if cause.only {
            results.finding(
                format!("最少改动{k}处可使全表平衡：{zh}（共{n}种方案，列为第{rank}）"),
                format!("{k_en} all differences: {en} (option {rank} of {n})"),
            )
        } else {
            results.finding(
                format!("最少改动{k}处可消除本组差额：{zh}（共{n}种方案，列为第{rank}）"),
                format!("{k_en} this group of differences: {en} (option {rank} of {n})"),
            )
        };
        results.push(
            || format!("{}/{rank}", cause.name),
            suspects(subject, finding, &option.cells, &cause.name),
        );
    }
    if !found {
        results.pass(String::new);
    }
}

/// The finding with its cells, their places, and what would mend them.
pub(super) fn suspects(subject: &Subject<'_>, mut finding: Finding, cells: &[Cell], group: &str) -> Finding {
    for cell in cells {
        finding = finding.fact(cell.id.clone()).suggest(cell.suggestion());
        if let Some(fact) = subject.report.fact(&cell.id) {
            finding = finding.at(&fact.location);
        }
    }
    if let [cell] = cells {
        finding.expected = cell.range.value().map(|value| value.to_string());
        finding.actual = cell.written.map(|value| value.to_string());
    }
    finding.group = Some(group.to_owned());
    finding
}
