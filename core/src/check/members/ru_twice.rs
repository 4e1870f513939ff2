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
use crate::check::sheet::table_label;
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
    for table in &rollup.tables {
        if table.twice.is_empty() {
            if table.is_open() {
                let finding = results.finding(
                    format!("表“{}”有单元格空缺、无法识别或版本不同，不能判断", table_label(table.name)),
                    format!("Table {}: blank, unreadable or incomparable cells forbid an answer", table.name),
                );
                results.push(|| table.name.to_owned(), finding.unknown(None));
            } else {
                results.pass(|| table.name.to_owned());
            }
        }
        for &member in &table.twice {
            let name = rollup.name(member);
            let finding = results
                .finding(
                    format!("表“{}”多计额等于“{name}”全表，疑重复汇总", table_label(table.name)),
                    format!("Table {}: excess equals the whole table of {name}: counted twice?", table.name),
                )
                .actual(&name);
            let cells = table.cells.iter().filter(|cell| cell.is_off());
            let finding = cells.fold(finding, |finding, cell| finding.fact(cell.spec.id()));
            results.push(|| format!("{} {name}", table.name), finding);
        }
    }
}
