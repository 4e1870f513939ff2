//! XY-JUMP: no number changes tenfold in a year.
//!
//! # What it checks
//!
//! Where a cell is at least 20 in both years, neither is more than ten times the other.
//! The factor is [`crate::CheckOptions::jump`]; money is compared in yuan.
//!
//! # Why
//!
//! A digit too many or too few, or a number in another cell's place, looks like this.
//! Real jumps exist: this only asks.
//!
//! # Example
//!
//! 行政许可 went from 1520 to 15200.
//!
//! # When it cannot tell
//!
//! A cell is at least 20 in one year, and blank, bearing a mark or unreadable in the other.

use crate::check::results::Results;
use crate::check::sheet::{Operand, Sum, cell_label};
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::model::Decimal;
use crate::template::Kind;

pub(in crate::check) const CHECK: Check = Check {
    code: "XY-JUMP",
    version: 1,
    severity: Severity::Info,
    level: 2,
    title_zh: "数值无异常跳变",
    title_en: "no number changes tenfold in a year",
    clause: "",
    run: Run::Years(run),
};

/// Small numbers jump by nature.
const LEAST: Decimal = Decimal::from_integer(20);

fn run(before: &Subject<'_>, subject: &Subject<'_>, results: &mut Results<'_>) {
    let factor = Decimal::from_integer(i64::from(results.options.jump));
    let mut failed = false;
    let mut open = results
        .finding(
            "有一年的数值空缺或无法识别，不能判断有无异常跳变",
            "numbers of one of the years are blank or unreadable, so jumps cannot be told",
        )
        .unknown(None);
    for (cell, fact) in subject.cells() {
        let (table, row, column) = (cell.block.table, cell.row, cell.column.id);
        if cell.column.kind == Kind::Change {
            continue;
        }
        let Some(last) = before.sum(table, row, column) else { continue };
        let is_money = cell.column.kind == Kind::Money;
        let yuan = |fact| Sum::ZERO.plus(Operand::in_yuan(fact));
        let (this, last) = if is_money {
            (yuan(fact), yuan(before.fact(table, row, column)))
        } else {
            (Sum::of(fact), last)
        };
        let large = |sum: Sum| sum.known().is_some_and(|value| value >= LEAST);
        match this.known().zip(last.known()) {
            Some((a, b)) if large(this) && large(last) => {
                let (low, high) = (a.min(b), a.max(b));
                if low.checked_mul(factor).is_none_or(|bound| high <= bound) {
                    continue;
                }
                failed = true;
                let label = cell_label(cell.block, row, column);
                let id = cell.id();
                let mut finding = results
                    .finding(format!("“{label}”由{b}变为{a}"), format!("{id} went from {b} to {a}"))
                    .expected(b.to_string())
                    .actual(a.to_string())
                    .fact(&id);
                if let Some(fact) = fact {
                    finding = finding.at(&fact.location);
                }
                results.push(|| id, finding);
            }
            None if large(this) || large(last) => {
                open = open.fact(cell.id());
                if let Some(fact) = fact {
                    open = open.at(&fact.location);
                }
            }
            _ => {}
        }
    }
    if !open.facts.is_empty() {
        results.push(String::new, open);
    } else if !failed {
        results.pass(String::new);
    }
}
