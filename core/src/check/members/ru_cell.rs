//! RU-CELL: each cell of the parent is the sum of its members'.
//!
//! # What it checks
//!
//! Cell by cell, the parent's number equals the sum of the members', counts exactly, money
//! up to the rounding of the printed places. A row that one edition divides is compared as
//! a whole. Differences that one member's whole table explains (`RU-OMITTED`, `RU-TWICE`)
//! are not listed again.
//!
//! # Why
//!
//! A government's report covers all bodies under it. Which these are, the caller says.
//!
//! # Example
//!
//! 行政许可: county 310, towns 200 + 100.
//!
//! # When it cannot tell
//!
//! The cell is blank, bears a mark, is missing or unreadable in the parent's report or in a
//! member's, or a member's edition does not have it.

use crate::check::results::Results;
use crate::check::rollup::Rollup;
use crate::check::sheet::{cell_label, table_label};
use crate::check::{Check, Run};
use crate::finding::Severity;

pub(in crate::check) const CHECK: Check = Check {
    code: "RU-CELL",
    version: 1,
    severity: Severity::Warning,
    level: 3,
    title_zh: "各单元格等于成员单位之和",
    title_en: "each cell is the sum of the members'",
    clause: "",
    run: Run::Rollup(run),
};

fn run(rollup: &Rollup<'_>, results: &mut Results<'_>) {
    for table in rollup.tables.iter().filter(|table| !table.is_explained()) {
        let mut open = results
            .finding(
                format!(
                    "表“{}”有单元格空缺、无法识别或版本不同，不能与下级合计比较",
                    table_label(table.name)
                ),
                format!("Table {}: blank, unreadable or incomparable cells cannot be compared", table.name),
            )
            .unknown(None);
        for cell in &table.cells {
            let id = cell.spec.id();
            let sums = cell.parent.known().zip(cell.sum().and_then(|sum| sum.known()));
            let Some((excess, (parent, members))) = cell.excess().zip(sums) else {
                open = open.fact(id);
                continue;
            };
            if cell.agrees(excess) {
                results.pass(|| id);
                continue;
            }
            let label = cell_label(cell.spec.block, cell.spec.row, cell.spec.column.id);
            let unit = if cell.is_money() { ("元", " yuan") } else { ("", "") };
            let mut finding = results
                .finding(
                    format!("“{label}”：本级{parent}{0}，下级合计{members}{0}，差{excess}{0}", unit.0),
                    format!("{id}: parent {parent}{0}, members {members}{0} (diff {excess}{0})", unit.1),
                )
                .expected(format!("{members}{}", unit.0))
                .actual(format!("{parent}{}", unit.0))
                .fact(&id);
            if let Some(fact) = cell.fact {
                finding = finding.at(&fact.location);
            }
            results.push(|| id, finding);
        }
        if !open.facts.is_empty() {
            results.push(|| table.name.to_owned(), open);
        }
    }
}
