//! VAL-MISSING: every cell has a number.
//!
//! # What it checks
//!
//! No printed cell is empty, and none bears a mark (`/`, `—`, `无`) in the place of a number.
//!
//! # Why
//!
//! The form wants a number in each cell, 0 where there is nothing. A blank is not a zero:
//! it may as well be a number that was forgotten.
//!
//! # Example
//!
//! 政府集中采购: both cells are empty.
//!
//! # When it cannot tell
//!
//! A cell is unreadable: something is there, but not surely this cell's number.

use crate::check::results::Results;
use crate::check::sheet::cell_label;
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::model::Status;

pub(in crate::check) const CHECK: Check = Check {
    code: "VAL-MISSING",
    version: 1,
    severity: Severity::Warning,
    level: 0,
    title_zh: "各单元格均已填写",
    title_en: "every cell has a number",
    clause: "政府信息公开工作年度报告格式",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let mut unreadable = results
        .finding(
            "有单元格无法识别，不能判断是否已填写",
            "some cells are unreadable, so it is open whether they are filled in",
        )
        .unknown(None);
    let mut blank = false;
    for fact in subject.report.facts() {
        match fact.status {
            Status::Reported => {}
            Status::Unreadable => unreadable = unreadable.fact(fact.id()).at(&fact.location),
            Status::Blank | Status::NotApplicable => {
                blank = true;
                let id = fact.id();
                let label = subject.block_of(fact).map(|block| cell_label(block, &fact.row, &fact.column));
                let (label, raw) = (label.unwrap_or_else(|| id.clone()), fact.text.trim());
                let finding = results
                    .finding(
                        format!("“{label}”未填写（原文“{raw}”）"),
                        format!("{id} is empty (text \"{raw}\")"),
                    )
                    .actual(raw)
                    .fact(&id)
                    .at(&fact.location);
                results.push(|| id, finding);
            }
        }
    }
    if !unreadable.facts.is_empty() {
        results.push(String::new, unreadable);
    } else if !blank {
        results.pass(String::new);
    }
}
