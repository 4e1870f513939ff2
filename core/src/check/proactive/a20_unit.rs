//! A20-UNIT: fees do not change a hundredfold.
//!
//! # What it checks
//!
//! In the 2021 edition, 行政事业性收费: this year's amount and last year's differ by less
//! than a hundred times. Both are compared in yuan, by their printed units.
//!
//! # Why
//!
//! The column is in 万元; amounts in 元 are often put into it.
//!
//! # Example
//!
//! 25.1 last year, 251000 this year.
//!
//! # When it cannot tell
//!
//! One of the two cells is blank, bears a mark, is missing or unreadable. Where one of the
//! years has no fees there is nothing to compare.

use crate::check::results::Results;
use crate::check::sheet::{Operand, Sum};
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::model::Decimal;

pub(in crate::check) const CHECK: Check = Check {
    code: "A20-UNIT",
    version: 1,
    severity: Severity::Info,
    level: 2,
    title_zh: "收费金额单位无误",
    title_en: "fees do not change a hundredfold",
    clause: "第二十条第八项",
    run: Run::Years(run),
};

/// A slip from 元 to 万元 is ten thousandfold; a hundredfold is no growth either.
const FACTOR: Decimal = Decimal::from_integer(100);

fn run(before: &Subject<'_>, subject: &Subject<'_>, results: &mut Results<'_>) {
    let amount = |subject: &Subject<'_>| {
        subject.sum("proactive", "fees", "amount")?;
        let fact = subject.fact("proactive", "fees", "amount");
        Some((Sum::ZERO.plus(Operand::in_yuan(fact)), fact.map(|fact| fact.text.trim().to_owned())))
    };
    // Without the column in both years there is nothing to compare.
    let Some(((this, text), (last, last_text))) = amount(subject).zip(amount(before)) else { return };
    let finding = match this.known().zip(last.known()) {
        Some((this, last)) if this <= Decimal::ZERO || last <= Decimal::ZERO => {
            results.pass(String::new);
            return;
        }
        Some((this, last)) => {
            let (low, high) = (this.min(last), this.max(last));
            if low.checked_mul(FACTOR).is_none_or(|bound| high < bound) {
                results.pass(String::new);
                return;
            }
            let (a, b) = (text.unwrap_or_default(), last_text.unwrap_or_default());
            results
                .finding(
                    format!("收费金额{a}（上年{b}），疑单位错误"),
                    format!("Fee amount {a} (last year {b}): unit error?"),
                )
                .expected(b)
                .actual(a)
        }
        None => results
            .finding(
                "收费金额空缺或无法识别，不能与上年比较",
                "a fee amount is blank or unreadable, so the years cannot be compared",
            )
            .unknown(this.as_zero().zip(last.as_zero()).map(|_| true)),
    };
    let finding = finding.fact("proactive.fees.amount");
    let finding = match subject.fact("proactive", "fees", "amount") {
        Some(fact) => finding.at(&fact.location),
        None => finding,
    };
    results.push(String::new, finding);
}
