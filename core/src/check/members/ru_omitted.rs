//! RU-OMITTED: no member is left out of the parent's sum.
//!
//! # What it checks
//!
//! What the members' tables have more than the parent's is not, cell by cell, the whole
//! table of one member.
//!
//! # Why
//!
//! If it is, that member was left out. The finding names it, and stands for the many
//! `RU-CELL` that it explains.
//!
//! # Example
//!
//! County 40, towns 25 + 12 + 15, and so for every cell: the town with 12 is missing.
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
    code: "RU-OMITTED",
    version: 1,
    severity: Severity::Warning,
    level: 3,
    title_zh: "汇总未漏成员",
    title_en: "no member is left out of the sum",
    clause: "",
    run: Run::Rollup(run),
};

fn run(rollup: &Rollup<'_>, results: &mut Results<'_>) {
    rollup.name_members(
        results,
        |table| &table.omitted,
        |name| {
            (
                format!("少计额等于“{name}”全表，疑漏汇总"),
                format!("shortfall equals the whole table of {name}: omitted?"),
            )
        },
    );
}
