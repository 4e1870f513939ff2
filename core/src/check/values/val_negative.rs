//! VAL-NEGATIVE: no count is below zero.
//!
//! # What it checks
//!
//! No number but 本年增/减 (2019 edition) is negative.
//!
//! # Why
//!
//! Counts and amounts received have no sign.
//!
//! # Example
//!
//! 本年新收, 自然人: -3.
//!
//! # When it cannot tell
//!
//! A cell is unreadable.

use crate::check::numbers::{Numbers, numbers};
use crate::check::results::Results;
use crate::check::sheet::cell_label;
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::template::Kind;

pub(in crate::check) const CHECK: Check = Check {
    code: "VAL-NEGATIVE",
    version: 1,
    severity: Severity::Error,
    level: 0,
    title_zh: "数值不为负",
    title_en: "no count is below zero",
    clause: "政府信息公开工作年度报告格式",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let mut failed = false;
    let Numbers { known, unreadable } = numbers(subject, |kind| kind != Kind::Change);
    for (block, fact, value) in known {
        if !value.is_negative() {
            continue;
        }
        failed = true;
        let (id, label) = (fact.id(), cell_label(block, &fact.row, &fact.column));
        let finding = results
            .finding(format!("“{label}”为负数：{value}"), format!("{id} is negative: {value}"))
            .actual(value.to_string())
            .fact(&id)
            .at(&fact.location);
        results.push(|| id, finding);
    }
    unreadable.close(failed, results);
}
