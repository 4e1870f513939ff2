//! VAL-INTEGER: counts are whole numbers.
//!
//! # What it checks
//!
//! Every cell but those of money holds a whole number. `12.0` is one.
//!
//! # Why
//!
//! Documents, decisions and requests are counted in pieces.
//!
//! # Example
//!
//! 行政许可, 处理决定数量: 12.5.
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
    code: "VAL-INTEGER",
    version: 1,
    severity: Severity::Error,
    level: 0,
    title_zh: "件数为整数",
    title_en: "counts are whole numbers",
    clause: "政府信息公开工作年度报告格式",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let mut failed = false;
    let Numbers { known, unreadable } = numbers(subject, |kind| kind != Kind::Money);
    for (block, fact, value) in known {
        if value.is_integer() {
            continue;
        }
        failed = true;
        let (id, label, raw) = (fact.id(), cell_label(block, &fact.row, &fact.column), fact.text.trim());
        let finding = results
            .finding(format!("“{label}”不是整数：{raw}"), format!("{id} is not an integer: {raw}"))
            .actual(raw)
            .fact(&id)
            .at(&fact.location);
        results.push(|| id, finding);
    }
    unreadable.close(failed, results);
}
