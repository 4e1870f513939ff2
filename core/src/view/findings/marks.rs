//! The part of a table that a cause concerns, with the suspect cells marked.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use crate::finding::{Finding, Suggestion, Verdict};
use crate::model::{Fact, Report};
use crate::template::BlockSpec;
use crate::view::form::{self, Grid, cut};

use super::{Language, cause::Cause};

/// Columns of the terminal.
const WIDTH: usize = 100;
/// Bounds for the labels of rows.
const LABEL: (usize, usize) = (14, 30);
/// A sum over more rows than this shows those that add something.
const SHORT: usize = 5;

/// The rows and columns that the cause concerns: each suspect cell as printed and as
/// proposed, `36→63?`, and beside or below each wrong sum what was expected and what is
/// printed, `63≠36`. Nothing where no cell is suspect.
pub(super) fn table(report: &Report, cause: &Cause<'_>, language: Language) -> Vec<String> {
    let suspects = cause.suspects();
    let mut lines = Vec::new();
    for spec in report.editions().iter().filter_map(form::spec_of) {
        let grid = Grid::of(report, spec);
        let part = Part { report, spec, suspects: &suspects, sums: sums(&cause.findings, spec.table) };
        if grid.rows.iter().any(|(row, _)| grid.columns.iter().any(|(c, _)| part.suspect(row, c).is_some())) {
            lines.extend(part.lines(&grid, language));
        }
    }
    lines
}

/// A sum that does not hold, in a row or in a column.
struct Sum<'a> {
    code: &'a str,
    row: Option<&'a str>,
    column: Option<&'a str>,
    rows: Vec<&'a str>,
    shown: String,
}

fn sums<'a>(findings: &[&'a Finding], table: &str) -> Vec<Sum<'a>> {
    let sum = |finding: &&'a Finding| {
        let (expected, actual) = (finding.expected.as_ref()?, finding.actual.as_ref()?);
        let cells: Vec<(&str, &str)> =
            finding.facts.iter().map(|id| cell(id, table)).collect::<Option<_>>()?;
        let [(row, column), _, ..] = *cells.as_slice() else { return None };
        let in_row = cells.iter().all(|(other, _)| *other == row);
        let in_column = cells.iter().all(|(_, other)| *other == column);
        (finding.verdict == Verdict::Failed && in_row != in_column).then(|| Sum {
            code: &finding.code,
            row: in_row.then_some(row),
            column: in_column.then_some(column),
            rows: cells.iter().map(|(row, _)| *row).collect(),
            shown: format!("{expected}≠{actual}"),
        })
    };
    findings.iter().filter_map(sum).collect()
}

/// Row and column of a fact of the table. A row's own name may hold anything.
fn cell<'a>(id: &'a str, table: &str) -> Option<(&'a str, &'a str)> {
    id.strip_prefix(table)?.strip_prefix('.')?.rsplit_once('.')
}

struct Part<'a> {
    report: &'a Report,
    spec: &'static BlockSpec,
    suspects: &'a [&'a Suggestion],
    sums: Vec<Sum<'a>>,
}

impl Part<'_> {
    fn suspect(&self, row: &str, column: &str) -> Option<&Suggestion> {
        let is = |s: &&&Suggestion| cell(&s.fact, self.spec.table) == Some((row, column));
        self.suspects.iter().find(is).copied()
    }

    fn fact(&self, row: &str, column: &str) -> Option<&Fact> {
        self.report.facts().find(|f| f.table == self.spec.table && f.row == row && f.column == column)
    }

    fn lines(&self, grid: &Grid, language: Language) -> Vec<String> {
        let rows: Vec<&(String, String)> =
            grid.rows.iter().filter(|(row, _)| self.shows_row(grid, row)).collect();
        let columns: Vec<&(&str, String)> =
            grid.columns.iter().filter(|(column, _)| self.shows_column(&rows, column)).collect();
        let label = |id: &str, words: &str| language.pick(words, id).to_owned();
        let mut lines: Vec<Vec<String>> = vec![
            std::iter::once(String::new())
                .chain(columns.iter().map(|(id, words)| label(id, words)))
                .chain([String::new()])
                .collect(),
        ];
        for (row, words) in rows {
            let cells = columns.iter().map(|(column, _)| self.cell(row, column));
            let sum = self.sums.iter().find(|sum| sum.row == Some(row.as_str()));
            let sum = sum.map(|sum| sum.shown.clone()).unwrap_or_default();
            lines.push(std::iter::once(label(row, words)).chain(cells).chain([sum]).collect());
        }
        let codes: BTreeSet<&str> =
            self.sums.iter().filter(|sum| sum.column.is_some()).map(|sum| sum.code).collect();
        for code in codes {
            let sums = columns.iter().map(|(column, _)| {
                let sum = self.sums.iter().find(|sum| sum.code == code && sum.column == Some(*column));
                sum.map(|sum| sum.shown.clone()).unwrap_or_default()
            });
            lines.push(std::iter::once(code.to_owned()).chain(sums).chain([String::new()]).collect());
        }
        fit(&mut lines);
        form::aligned(&lines).iter().map(|line| line.trim_end().to_owned()).collect()
    }

    /// Rows of suspect cells and of wrong sums; of a long sum only what adds something.
    fn shows_row(&self, grid: &Grid, row: &str) -> bool {
        let suspect = grid.columns.iter().any(|(column, _)| self.suspect(row, column).is_some());
        suspect
            || self.sums.iter().any(|sum| {
                let long = sum.rows.len() > SHORT;
                let last = sum.rows.last() == Some(&row);
                sum.rows.contains(&row)
                    && (!long || last || sum.column.is_some_and(|column| !self.adds_nothing(row, column)))
            })
    }

    fn shows_column(&self, rows: &[&(String, String)], column: &str) -> bool {
        self.sums.iter().any(|sum| sum.column == Some(column))
            || rows
                .iter()
                .any(|(row, _)| self.suspect(row, column).is_some() || !self.adds_nothing(row, column))
    }

    /// Whether the cell prints zero, or is not there.
    fn adds_nothing(&self, row: &str, column: &str) -> bool {
        self.fact(row, column).is_none_or(|fact| fact.value == Some(crate::model::Decimal::ZERO))
    }

    fn cell(&self, row: &str, column: &str) -> String {
        let printed = self.fact(row, column).map_or_else(|| "·".to_owned(), form::shown);
        match self.suspect(row, column) {
            Some(suspect) => format!("{printed}→{}?", proposed(suspect)),
            None => printed,
        }
    }
}

/// The value that a suggestion proposes; nothing where it names none.
pub(in crate::view) fn proposed(suggestion: &Suggestion) -> String {
    match (&suggestion.value, &suggestion.range) {
        (Some(value), _) => value.clone(),
        (None, Some((least, Some(greatest)))) => format!("{least}..{greatest}"),
        (None, Some((least, None))) => format!("{least}.."),
        (None, None) => String::new(),
    }
}

/// Cuts the labels of rows, so that the table fits where it can.
fn fit(lines: &mut [Vec<String>]) {
    let count = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| lines.iter().filter_map(|l| l.get(column)).map(|c| c.width()).max().unwrap_or(0);
    let others: usize = (1..count).map(|column| width(column) + 2).sum();
    let room = WIDTH.saturating_sub(others + 2).clamp(LABEL.0, LABEL.1);
    for label in lines.iter_mut().filter_map(|line| line.first_mut()) {
        if label.width() > room {
            *label = cut(label, room - 1);
        }
    }
}
