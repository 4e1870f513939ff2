//! STR-TABLE-SHAPE: the tables have all their rows and columns.
//!
//! # What it checks
//!
//! Every cell of the edition is printed: 23 rows by 7 columns of requests in the 2019
//! edition, 25 by 7 in that of 2021, 3 by 5 of reviews and suits, and the blocks of
//! Article 20. A table that is not there at all is one finding.
//!
//! # Why
//!
//! Sums over a table with a part missing would tell nothing, and a report must never pass
//! because it was not read.
//!
//! # Example
//!
//! The row 7.属于行政执法案卷 is missing: expected 25×7, found 24×7.
//!
//! # When it cannot tell
//!
//! The edition of the table is open.

use std::collections::BTreeSet;

use crate::check::results::Results;
use crate::check::sheet::{CellSpec, table_label};
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::model::Edition;
use crate::template::{BlockSpec, TEMPLATES};

pub(in crate::check) const CHECK: Check = Check {
    code: "STR-TABLE-SHAPE",
    version: 1,
    severity: Severity::Error,
    level: 0,
    title_zh: "表格行列齐全",
    title_en: "the tables have all their rows and columns",
    clause: "政府信息公开工作年度报告格式",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let report = subject.report;
    for (table, blocks) in tables(report.edition()) {
        if !report.editions().iter().any(|block| block.table == table) {
            let want = match blocks.as_slice() {
                [block] => shape(block),
                // Without the edition it is open how many blocks are missing.
                _ => blocks.iter().map(|block| block.title).collect::<Vec<_>>().join("、"),
            };
            let name = table_label(table);
            let finding = results
                .finding(
                    format!("缺少表“{name}”（{want}）"),
                    format!("Table {table}: expected {want}, found none"),
                )
                .expected(want);
            results.push(|| table.to_owned(), finding);
            continue;
        }
        for block in blocks {
            check_block(block, subject, results);
        }
    }
}

/// The blocks that a report should have, by table: those of its edition, or of the newest.
fn tables(edition: Option<Edition>) -> Vec<(&'static str, Vec<&'static BlockSpec>)> {
    let template = TEMPLATES.iter().find(|t| Some(t.edition) == edition).or(TEMPLATES.last());
    let mut tables: Vec<(&str, Vec<&'static BlockSpec>)> = Vec::new();
    for block in template.into_iter().flat_map(|template| template.blocks) {
        match tables.last_mut().filter(|(table, _)| *table == block.table) {
            Some((_, blocks)) => blocks.push(block),
            None => tables.push((block.table, vec![block])),
        }
    }
    tables
}

fn check_block(block: &'static BlockSpec, subject: &Subject<'_>, results: &mut Results<'_>) {
    let report = subject.report;
    let is_own = |b: &&crate::model::BlockEdition| b.table == block.table && b.block == block.title;
    let instance = || format!("{}{}", block.table, block.title);
    let (name, name_en) = match block.title {
        "" => (table_label(block.table), block.table.to_owned()),
        title => (title, format!("{} {title}", block.table)),
    };
    let Some(printed) = report.editions().iter().find(is_own) else {
        let want = shape(block);
        let finding = results
            .finding(
                format!("缺少表“{name}”（{want}）"),
                format!("Table {name_en}: expected {want}, found none"),
            )
            .expected(want);
        results.push(instance, finding);
        return;
    };
    let same = |own: &&'static BlockSpec| own.table == block.table && own.title == block.title;
    let Some((filled, wanted)) = subject.sheets.iter().find_map(|filled| {
        let blocks = filled.sheet.template.blocks.iter().copied();
        blocks.filter(same).find(|own| filled.prints(own)).map(|own| (filled, own))
    }) else {
        return;
    };
    if printed.edition.is_none() && differs(block) {
        let finding = results.finding(
            format!("表“{name}”格式版本不明，无法判断行列是否齐全"),
            format!("Table {name_en}: its edition is open, and so is its shape"),
        );
        results.push(instance, finding.at(&printed.location).unknown(None));
        return;
    }
    // Rows that the report names itself stand for the form's row.
    let is_named = |cell: &CellSpec| {
        let below = |row: &str| row.strip_prefix(cell.row).is_some_and(|rest| rest.starts_with('/'));
        filled.named.iter().any(|fact| fact.table == block.table && below(&fact.row))
    };
    let cells = filled.sheet.cells.iter().enumerate();
    let own = cells.filter(|(_, cell)| std::ptr::eq(cell.block, wanted));
    let (there, missing): (Vec<_>, Vec<_>) =
        own.partition(|(at, cell)| filled.fact(*at).is_some() || is_named(cell));
    if missing.is_empty() {
        results.pass(instance);
        return;
    }
    let missing: Vec<String> = missing.iter().map(|(_, cell)| cell.id()).collect();
    let want = shape(wanted);
    let mut got = size(there.iter().map(|(_, cell)| (cell.row, cell.column.id)));
    let count = missing.len();
    if got == want {
        got = format!("{got} - {count}");
    }
    let finding = results
        .finding(
            format!("表“{name}”应为{want}，实为{got}（缺{count}格）"),
            format!("Table {name_en}: expected {want}, found {got} (cells missing: {count})"),
        )
        .expected(want)
        .actual(got)
        .facts(missing)
        .at(&printed.location);
    results.push(instance, finding);
}

/// Whether the editions have other cells in this block.
fn differs(block: &BlockSpec) -> bool {
    let cells = |block: &BlockSpec| block.cells().map(|(row, column)| (row, column.id)).collect::<Vec<_>>();
    let blocks = TEMPLATES.iter().flat_map(|template| template.blocks);
    let mut same = blocks.filter(|other| other.table == block.table && other.title == block.title);
    same.any(|other| cells(other) != cells(block))
}

/// Rows by columns.
fn shape(block: &BlockSpec) -> String {
    size(block.cells().map(|(row, column)| (row, column.id)))
}

fn size<'a>(cells: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let (mut rows, mut columns) = (BTreeSet::new(), BTreeSet::new());
    for (row, column) in cells {
        rows.insert(row);
        columns.insert(column);
    }
    format!("{}×{}", rows.len(), columns.len())
}
