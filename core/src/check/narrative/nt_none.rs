//! NT-NONE: where the narrative says that there is none, the table says zero.
//!
//! # What it checks
//!
//! 未收到政府信息公开申请, 无行政复议和行政诉讼, 没有结转下年度的申请, and numbers stated as 0件,
//! 为零 or 均为0件: the cells named are zero.
//!
//! # Why
//!
//! A sentence kept from a year without requests is a frequent slip.
//!
//! # Example
//!
//! 2020年，未收到政府信息公开申请, and 本年新收 is 4.
//!
//! # When it cannot tell
//!
//! The cell is blank, missing or unreadable; or the sentence names one way of applying only,
//! as 在线, or other bodies.

use super::nt_count::judge;
use crate::check::results::Results;
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;

pub(in crate::check) const CHECK: Check = Check {
    code: "NT-NONE",
    version: 1,
    severity: Severity::Warning,
    level: 1,
    title_zh: "正文称无的，表中为零",
    title_en: "what the text says there is none of is zero in the tables",
    clause: "",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    for statement in subject.narrative().statements.iter().filter(|s| s.none && s.year.is_none()) {
        judge(statement, subject, results);
    }
}
