//! The form's tables laid out in columns of a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::document::fold::one_line;
use crate::model::{BlockEdition, Fact, Report, Status};
use crate::template::{BlockSpec, TEMPLATES};

/// Ids and labels of a block's columns and rows, rows that the report names itself
/// included.
pub(super) struct Grid {
    pub(super) columns: Vec<(&'static str, String)>,
    pub(super) rows: Vec<(String, String)>,
}

impl Grid {
    pub(super) fn of(report: &Report, spec: &BlockSpec) -> Self {
        Self { columns: column_labels(spec), rows: row_labels(report, spec) }
    }
}

/// What the form says of a block of the report.
pub(super) fn spec_of(block: &BlockEdition) -> Option<&'static BlockSpec> {
    TEMPLATES
        .iter()
        .filter(|template| block.edition.is_none_or(|edition| edition == template.edition))
        .flat_map(|template| template.blocks.iter().copied())
        .find(|spec| spec.table == block.table && spec.title == block.block)
}

/// A cell as the terminal shows it.
pub(super) fn shown(fact: &Fact) -> String {
    let unit = fact.unit.filter(|unit| unit.is_money()).map_or("", |unit| unit.symbol());
    match (fact.status, fact.value) {
        (Status::Reported, Some(value)) => format!("{value}{unit}"),
        (Status::Blank, _) => "□".to_owned(),
        (Status::NotApplicable, _) => one_line(&fact.text),
        _ => format!("?{}", one_line(&fact.text).chars().take(12).collect::<String>()),
    }
}

/// Rows of cells as lines: the first column to the left, the others to the right.
pub(super) fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count)
        .map(|c| rows.iter().filter_map(|row| row.get(c)).map(|s| s.width()).max().unwrap_or(0))
        .collect();
    let line = |row: &Vec<String>| {
        let mut line = String::from("  ");
        for (index, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let space = " ".repeat(width.saturating_sub(cell.width()));
            if index == 0 {
                line.push_str(&format!("{cell}{space}"));
            } else {
                line.push_str(&format!("  {space}{cell}"));
            }
        }
        line
    };
    rows.iter().map(line).collect()
}

/// The beginning of a text that fits into so many columns of the terminal.
pub(super) fn cut(text: &str, columns: usize) -> String {
    let mut width = 0;
    let mut out = String::new();
    for c in text.chars() {
        width += c.width().unwrap_or(0);
        if width > columns {
            out.push('…');
            break;
        }
        out.push(c);
    }
    out
}

fn column_labels(spec: &BlockSpec) -> Vec<(&'static str, String)> {
    let short = |label: &str| -> String {
        label.split(['（', '(']).find(|s| !s.is_empty()).unwrap_or(label).to_owned()
    };
    let by_row = spec.columns.iter().all(|column| column.row.is_some());
    if !by_row {
        return spec.columns.iter().map(|column| (column.id, short(column.label))).collect();
    }
    let mut seen: Vec<(&str, String)> = Vec::new();
    for column in spec.columns {
        if !seen.iter().any(|(id, _)| *id == column.id) {
            seen.push((column.id, column.label.to_owned()));
        }
    }
    seen
}

fn row_labels(report: &Report, spec: &BlockSpec) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = Vec::new();
    for column in spec.columns {
        let Some(row) = column.row else { continue };
        if !rows.iter().any(|(id, _)| id == row) {
            rows.push((row.to_owned(), column.group.join(" / ")));
        }
    }
    if !rows.is_empty() {
        return rows;
    }
    for row in spec.rows() {
        let named: Vec<String> = named_rows(report, spec.table, row.id);
        if named.is_empty() || report.facts().any(|f| f.table == spec.table && f.row == row.id) {
            let label =
                row.label.split('（').find(|s| !s.is_empty() && !s.ends_with('）')).unwrap_or(row.label);
            let label = if row.label.starts_with('（') { row.label } else { label };
            rows.push((row.id.to_owned(), cut_label(label)));
        }
        for id in named {
            let name = id.split_once('/').map_or(id.as_str(), |(_, name)| name).to_owned();
            rows.push((id, format!("{} / {name}", row.label)));
        }
    }
    rows
}

/// Ids of the rows that the report names itself under a row of the form.
pub(super) fn named_rows(report: &Report, table: &str, parent: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for fact in report.facts().filter(|f| f.table == table) {
        let is_named = fact.row.strip_prefix(parent).is_some_and(|rest| rest.starts_with('/'));
        if is_named && !names.iter().any(|name| *name == fact.row) {
            names.push(fact.row.to_string());
        }
    }
    names
}

fn cut_label(label: &str) -> String {
    const MAX: usize = 18;
    if label.chars().count() <= MAX {
        label.to_owned()
    } else {
        label.chars().take(MAX).chain(['…']).collect()
    }
}
