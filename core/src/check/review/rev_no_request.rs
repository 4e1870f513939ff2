//! REV-NO-REQUEST: where nothing was requested, nothing is reviewed.
//!
//! # What it checks
//!
//! If the report has no requests, new or brought forward, it has no reviews and no suits.
//!
//! # Why
//!
//! Reviews and suits of this table arise from requests. They may arise from those of an
//! earlier year: so this only asks.
//!
//! # Example
//!
//! All requests 0, 行政复议 总计 2.
//!
//! # When it cannot tell
//!
//! A total is blank, bears a mark, is missing or unreadable.

use crate::check::results::Results;
use crate::check::sheet::{CellSpec, Sum};
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::model::Decimal;

pub(in crate::check) const CHECK: Check = Check {
    code: "REV-NO-REQUEST",
    version: 1,
    severity: Severity::Info,
    level: 1,
    title_zh: "无申请则无复议诉讼",
    title_en: "where nothing was requested, nothing is reviewed",
    clause: "",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let counts = |cell: &CellSpec| {
        let row = cell.block.table == "review" || ["received", "brought_forward"].contains(&cell.row);
        ["requests", "review"].contains(&cell.block.table) && cell.column.id == "total" && row
    };
    let totals = || subject.cells().filter(|(cell, _)| counts(cell));
    let sum = |table: &str| {
        let own = totals().filter(|(cell, _)| cell.block.table == table);
        own.map(|(_, fact)| Sum::of(fact)).reduce(Sum::and)
    };
    let Some((requests, reviews)) = sum("requests").zip(sum("review")) else { return };
    let holds =
        |(requests, reviews): (Decimal, Decimal)| requests > Decimal::ZERO || reviews <= Decimal::ZERO;
    let finding = match requests.known().zip(reviews.known()) {
        Some(sums) if holds(sums) => {
            results.pass(String::new);
            return;
        }
        Some((_, reviews)) => results
            .finding(
                format!("无申请却有复议诉讼{reviews}件"),
                format!("{reviews} reviews/suits but no request on record"),
            )
            .expected("0")
            .actual(reviews.to_string()),
        None => results
            .finding(
                "总计空缺或无法识别，不能判断复议诉讼与申请是否相称",
                "totals are blank or unreadable, so reviews and requests cannot be compared",
            )
            .unknown(requests.as_zero().zip(reviews.as_zero()).map(holds)),
    };
    let finding = totals().fold(finding, |finding, (cell, fact)| {
        let finding = finding.fact(cell.id());
        match fact {
            Some(fact) => finding.at(&fact.location),
            None => finding,
        }
    });
    results.push(String::new, finding);
}
