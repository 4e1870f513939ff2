//! RU-TWICE: no member is counted twice in the parent's sum.
//!
//! # What it checks
//!
//! What the parent's table has more than the members' is not, cell by cell, the whole
//! table of one member.
//!
//! # Why
//!
//! If it is, that member was counted twice. The finding names it, and stands for the many
//! `RU-CELL` that it explains.
//!
//! # Example
//!
//! County 64, towns 25 + 12 + 15, and so for every cell: the town with 12 counts twice.
//!
//! # When it cannot tell
//!
//! The tables differ, and a cell of the parent or a member is blank, bears a mark, is
//! missing, unreadable or of another edition.

use crate::check::results::Results;
use crate::check::rollup::Rollup;
use crate::check::{Check, Run};
use crate::finding::Severity;

pub(in crate::check) const CHECK: Check = Check {
    code: "RU-TWICE",
    version: 1,
    severity: Severity::Warning,
    level: 3,
    title_zh: "汇总未重复计成员",
    title_en: "no member is counted twice in the sum",
    clause: "",
    run: Run::Rollup(run),
};

fn run(rollup: &Rollup<'_>, results: &mut Results<'_>) {
    rollup.name_members(
        results,
        |table| &table.twice,
        |name| {
            (
                format!("多计额等于“{name}”全表，疑重复汇总"),
                format!("excess equals the whole table of {name}: counted twice?"),
            )
        },
    );
}
