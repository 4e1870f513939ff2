//! A20-PROCURE: what was procured cost something, and what cost something was procured.
//!
//! # What it checks
//!
//! In the 2019 edition, 政府集中采购: 采购项目数量 is above zero exactly where 采购总金额 is.
//!
//! # Why
//!
//! One without the other is mostly a number left out. An amount below the last printed
//! place is a legitimate exception.
//!
//! # Example
//!
//! 3 items, amount 0.
//!
//! # When it cannot tell
//!
//! One of the two cells is blank, bears a mark, is missing or unreadable.

use crate::check::results::Results;
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::model::Decimal;

pub(in crate::check) const CHECK: Check = Check {
    code: "A20-PROCURE",
    version: 1,
    severity: Severity::Warning,
    level: 1,
    title_zh: "采购项目与金额相称",
    title_en: "procurement items and amount match",
    clause: "第二十条第九项",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let cell = |column: &str| subject.sum("proactive", "procurement", column);
    let Some((items, amount)) = cell("projects").zip(cell("amount")) else { return };
    let holds = |(items, amount): (Decimal, Decimal)| (items > Decimal::ZERO) == (amount > Decimal::ZERO);
    let finding = match items.known().zip(amount.known()) {
        Some(values) if holds(values) => {
            results.pass(String::new);
            return;
        }
        Some((items, amount)) => results.finding(
            format!("采购项目{items}个，金额{amount}，不相称"),
            format!("Procurement: {items} items, amount {amount} do not match"),
        ),
        None => results
            .finding(
                "采购项目数量或金额空缺、无法识别，不能判断二者是否相称",
                "procurement items or amount are blank or unreadable, so they cannot be compared",
            )
            .unknown(items.as_zero().zip(amount.as_zero()).map(holds)),
    };
    let finding = ["projects", "amount"].into_iter().fold(finding, |finding, column| {
        let finding = finding.fact(format!("proactive.procurement.{column}"));
        match subject.fact("proactive", "procurement", column) {
            Some(fact) => finding.at(&fact.location),
            None => finding,
        }
    });
    results.push(String::new, finding);
}
