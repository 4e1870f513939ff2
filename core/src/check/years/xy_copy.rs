//! XY-COPY: a table is not last year's.
//!
//! # What it checks
//!
//! Each statutory table differs in some cell from the same table of the year before.
//! Tables without numbers above zero are left out.
//!
//! # Why
//!
//! Reports are made from last year's file; a table may be forgotten in it.
//!
//! # Example
//!
//! 2022 and 2023 have the same requests table, with twelve numbers above zero.
//!
//! # When it cannot tell
//!
//! So few cells are above zero that two years may be alike by chance (fewer than five
//! that are no totals and no stocks, and none of 10 or more); or cells are blank, missing
//! or unreadable and all others agree.

use crate::check::results::Results;
use crate::check::sheet::{Sum, table_label};
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::model::Decimal;

pub(in crate::check) const CHECK: Check = Check {
    code: "XY-COPY",
    version: 1,
    severity: Severity::Warning,
    level: 2,
    title_zh: "各表与上年不完全相同",
    title_en: "a table is not last year's",
    clause: "",
    run: Run::Years(run),
};

/// So many cells above zero are not alike in two years by chance.
const TELLING: usize = 5;
/// Nor is one cell of this size.
const LARGE: Decimal = Decimal::from_integer(10);

fn run(before: &Subject<'_>, subject: &Subject<'_>, results: &mut Results<'_>) {
    let mut tables: Vec<&'static str> = Vec::new();
    for (cell, _) in subject.cells() {
        if !tables.contains(&cell.block.table) {
            tables.push(cell.block.table);
        }
    }
    for table in tables {
        compare(table, before, subject, results);
    }
}

fn compare(table: &'static str, before: &Subject<'_>, subject: &Subject<'_>, results: &mut Results<'_>) {
    let (mut telling, mut large, mut open) = (0_usize, false, false);
    for (cell, fact) in subject.cells_of(table) {
        // A cell of another edition is no copy.
        let Some(last) = before.sum(table, cell.row, cell.column.id) else {
            results.pass(|| table.to_owned());
            return;
        };
        match Sum::of(fact).known().zip(last.known()) {
            Some((this, last)) if this != last => {
                results.pass(|| table.to_owned());
                return;
            }
            Some((this, _)) => {
                let is_own = cell.row != "total" && cell.column.id != "total" && !cell.column.stock;
                telling += usize::from(is_own && this != Decimal::ZERO);
                large |= is_own && this >= LARGE;
            }
            None => open = true,
        }
    }
    let name = table_label(table);
    let year = before.report.year().map(|year| year.to_string()).unwrap_or_default();
    let is_sure = telling >= TELLING || large;
    // Stocks alone stay as they are in quiet years.
    if telling == 0 {
        results.pass(|| table.to_owned());
        return;
    }
    let finding = if is_sure && !open {
        results.finding(
            format!("表“{name}”与{year}年数据完全相同，疑未更新"),
            format!("Table {table} is identical to {year}: not updated?"),
        )
    } else {
        results
            .finding(
                format!("表“{name}”与{year}年数据相同，但可比数据太少，不能判断是否未更新"),
                format!("Table {table} is the same as in {year}, but has too few numbers to tell a copy"),
            )
            .unknown(open.then_some(!is_sure))
    };
    let facts = subject.report.facts().filter(|fact| fact.table == table);
    let above = facts.filter(|fact| fact.value.is_some_and(|value| value != Decimal::ZERO));
    let finding = above.fold(finding, |finding, fact| finding.fact(fact.id()).at(&fact.location));
    results.push(|| table.to_owned(), finding);
}
