//! REQ-GROUP: a subtotal that the form does not have is the sum of its rows.
//!
//! # What it checks
//!
//! Where a report prints numbers in a group row of the outcomes (（三）不予公开, （四）无法提供,
//! （五）不予处理, （六）其他处理), each is the sum of the group's rows in its column.
//!
//! # Why
//!
//! The form has no such numbers, but those who print them mean sums. They enter no total.
//!
//! # Example
//!
//! （三）不予公开, 自然人: 4, and its eight rows add up to 3.
//!
//! # When it cannot tell
//!
//! The subtotal or a row of the group is blank, bears a mark, is missing or unreadable.

use crate::check::results::Results;
use crate::check::sheet::{Operand, column_label, group_label};
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;

pub(in crate::check) const CHECK: Check = Check {
    code: "REQ-GROUP",
    version: 1,
    severity: Severity::Warning,
    level: 1,
    title_zh: "自加小计等于各分项之和",
    title_en: "an extra subtotal is the sum of its rows",
    clause: "",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    if subject.report.subtotals().is_empty() {
        results.pass(String::new);
    }
    for subtotal in subject.report.subtotals() {
        let Some(parts) = subject.sum(&subtotal.table, &subtotal.row, &subtotal.column) else { continue };
        let block = subject.block_of(subtotal);
        let row = block.map_or_else(|| subtotal.row.to_string(), |block| group_label(block, &subtotal.row));
        let column = block.map_or_else(|| subtotal.column.to_string(), |b| column_label(b, &subtotal.column));
        let (zh, id) = (format!("{row}·{column}"), format!("{}.{}", subtotal.row, subtotal.column));
        let rows = subject.cells().map(|(cell, _)| cell).filter(|cell| {
            let here = cell.block.table == subtotal.table && cell.column.id == subtotal.column;
            here && cell.is_part_of(&subtotal.row)
        });
        let ids: Vec<String> = rows.map(|cell| cell.id()).collect();
        let finding = match (parts.known(), Operand::of(Some(subtotal))) {
            (Some(parts), Operand::Number(whole)) if parts == whole => {
                results.pass(|| id);
                continue;
            }
            (Some(parts), Operand::Number(whole)) => results
                .finding(
                    format!("非模板小计“{zh}”为{whole}，分项之和{parts}"),
                    format!("Extra subtotal {id} says {whole}, its rows add up to {parts}"),
                )
                .expected(parts.to_string())
                .actual(whole.to_string()),
            // A group row that is empty, as the form wants it, states nothing.
            (_, Operand::Nothing) => continue,
            _ => results
                .finding(
                    format!("非模板小计“{zh}”：有单元格空缺或无法识别，不能判断"),
                    format!("Extra subtotal {id}: blank, missing or unreadable cells forbid an answer"),
                )
                .unknown(None),
        };
        results.push(|| id, finding.facts(ids).at(&subtotal.location));
    }
}
