//! REQ-UNCLOSED: where there are requests, some were dealt with.
//!
//! # What it checks
//!
//! If 本年新收 and 上年结转 together are above zero, so is （七）总计 (column 总计).
//!
//! # Why
//!
//! An organ that answers nothing all year is rare; more often the outcomes were left out.
//!
//! # Example
//!
//! Received 5, all outcomes 0, carried forward 5.
//!
//! # When it cannot tell
//!
//! One of the three totals is blank, bears a mark, is missing or unreadable.

use crate::check::results::Results;
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::model::Decimal;

pub(in crate::check) const CHECK: Check = Check {
    code: "REQ-UNCLOSED",
    version: 1,
    severity: Severity::Info,
    level: 1,
    title_zh: "有申请即有办理结果",
    title_en: "where there are requests, some were dealt with",
    clause: "",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let cell = |row: &str| subject.sum("requests", row, "total");
    let Some(((received, brought), closed)) =
        cell("received").zip(cell("brought_forward")).zip(cell("total"))
    else {
        return;
    };
    let ids = ["received", "brought_forward", "total"].map(|row| format!("requests.{row}.total"));
    let open = received.and(brought);
    let holds = |(open, closed): (Decimal, Decimal)| open <= Decimal::ZERO || closed > Decimal::ZERO;
    let finding = match open.known().zip(closed.known()) {
        Some(sums) if holds(sums) => {
            results.pass(String::new);
            return;
        }
        Some((open, _)) => results
            .finding(format!("有申请{open}件但无办理结果"), format!("{open} requests but no outcome"))
            .actual(open.to_string()),
        None => results
            .finding(
                "总计栏空缺或无法识别，不能判断有无办理结果",
                "totals are blank or unreadable, so it is open whether there were outcomes",
            )
            .unknown(open.as_zero().zip(closed.as_zero()).map(holds)),
    };
    let facts = ["received", "brought_forward", "total"].map(|row| subject.fact("requests", row, "total"));
    let finding = facts.into_iter().flatten().fold(finding, |finding, fact| finding.at(&fact.location));
    results.push(String::new, finding.facts(ids));
}
