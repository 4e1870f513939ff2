//! Editions of the form, as data.
//!
//! A new edition is one file in this folder and one line in [`TEMPLATES`].

mod codes;
pub(crate) mod edits;
pub(crate) mod phrases;
mod shared;
mod spec;
mod words;
mod y2019;
mod y2021;

pub(crate) use codes::code;
pub(crate) use spec::{Axis, BlockSpec, ColumnSpec, Edit, Kind, Relation, RowSpec, Template, Term};
pub(crate) use words::{CHROME, HEADINGS, SUBTOTALS};

use crate::model::{Edition, Unit};

/// Every edition, oldest first.
pub(crate) const TEMPLATES: &[&Template] = &[&y2019::TEMPLATE, &y2021::TEMPLATE];

/// The form's own unit of a cell.
pub(crate) fn form_unit(edition: Option<Edition>, table: &str, row: &str, column: &str) -> Option<Unit> {
    TEMPLATES
        .iter()
        .filter(|template| edition.is_none_or(|edition| template.edition == edition))
        .flat_map(|template| template.blocks)
        .filter(|block| block.table == table)
        .filter(|block| {
            block.columns.iter().any(|c| c.row == Some(row))
                || block.rows().any(|r| r.id == row.split('/').next().unwrap_or(row))
        })
        .flat_map(|block| block.columns)
        .find(|c| c.id == column && c.row.is_none_or(|own| own == row))
        .and_then(|c| c.unit)
}

impl BlockSpec {
    pub(crate) fn rows(&self) -> impl Iterator<Item = &'static RowSpec> + use<> {
        self.rows.iter().copied().flatten()
    }

    /// Row and column ids of the block's cells, in the order of the form.
    pub(crate) fn cells(&self) -> impl Iterator<Item = (&'static str, &'static ColumnSpec)> + use<> {
        let columns = self.columns;
        self.rows().flat_map(move |row| columns.iter().map(move |c| (c.row.unwrap_or(row.id), c)))
    }
}

impl Edit {
    pub(crate) fn terms(&self) -> impl Iterator<Item = &'static Term> + use<> {
        self.left.iter().chain(self.right)
    }

    /// Whether a term is of the report of the year before.
    pub(crate) fn is_across_years(&self) -> bool {
        self.terms().any(|term| term.before)
    }

    /// The lines of a block that the edit holds in: ids of columns if its terms are rows,
    /// ids of rows if they are columns. None if the block lacks a term.
    pub(crate) fn lines(&self, block: &BlockSpec) -> Vec<&'static str> {
        let mut lines: Vec<&str> = Vec::new();
        let (mut terms, cells) = (self.terms(), || block.cells());
        match self.axis {
            Axis::Rows if terms.all(|term| cells().any(|(row, _)| row == term.id)) => {
                lines.extend(cells().map(|(_, column)| column.id));
            }
            Axis::Columns if terms.all(|term| cells().any(|(_, column)| column.id == term.id)) => {
                lines.extend(cells().map(|(row, _)| row));
            }
            _ => {}
        }
        let mut seen = std::collections::BTreeSet::new();
        lines.retain(|line| block.table == self.table && seen.insert(*line));
        lines
    }

    /// Row and column of a term in a line.
    pub(crate) fn place(&self, term: &Term, line: &'static str) -> (&'static str, &'static str) {
        match self.axis {
            Axis::Rows => (term.id, line),
            Axis::Columns => (line, term.id),
        }
    }
}

/// A cell of an edition of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Indicator {
    /// The edition.
    pub edition: Edition,
    /// `proactive`, `requests` or `review`.
    pub table: &'static str,
    /// Row id.
    pub row: &'static str,
    /// Column id.
    pub column: &'static str,
    /// Labels of the row, groups first.
    pub row_labels: Vec<&'static str>,
    /// Labels of the column, groups first.
    pub column_labels: Vec<&'static str>,
    /// The unit the form means.
    pub unit: Option<Unit>,
    /// Article of the Regulations the row rests on; empty where none does.
    pub clause: &'static str,
}

/// Every cell of every edition, in the order of the form.
pub fn indicators() -> Vec<Indicator> {
    let mut list = Vec::new();
    for template in TEMPLATES {
        for block in template.blocks {
            for row in block.rows() {
                for column in block.columns {
                    let title = Some(block.title).filter(|t| !t.is_empty());
                    let own = Some(row.label).filter(|l| !l.is_empty());
                    list.push(Indicator {
                        edition: template.edition,
                        table: block.table,
                        row: column.row.unwrap_or(row.id),
                        column: column.id,
                        row_labels: title.into_iter().chain(row.group.iter().copied()).chain(own).collect(),
                        column_labels: column.group.iter().copied().chain([column.label]).collect(),
                        unit: column.unit,
                        clause: row.clause,
                    });
                }
            }
        }
    }
    list
}

/// A relation the form prints or defines: the sum of `left` equals the sum of `right`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Balance {
    /// The edition.
    pub edition: Edition,
    /// Code of the check that tests it.
    pub code: &'static str,
    /// Ids of the facts on one side.
    pub left: Vec<String>,
    /// Ids of the facts on the other.
    pub right: Vec<String>,
}

/// Every equality inside a report, of every edition, cell by cell, in the order of the form.
pub fn balances() -> Vec<Balance> {
    let mut list = Vec::new();
    for template in TEMPLATES {
        for edit in template.edits {
            if edit.relation != Relation::Equal || edit.is_across_years() {
                continue;
            }
            for line in template.blocks.iter().flat_map(|block| edit.lines(block)) {
                let ids = |terms: &'static [Term]| -> Vec<String> {
                    let place = |term| edit.place(term, line);
                    terms.iter().map(place).map(|(r, c)| format!("{}.{r}.{c}", edit.table)).collect()
                };
                let (left, right) = (ids(edit.left), ids(edit.right));
                list.push(Balance { edition: template.edition, code: edit.code, left, right });
            }
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edition_has_the_cells_of_its_form() {
        let count = |year: u16, table: &str| {
            indicators().iter().filter(|i| i.edition == Edition(year) && i.table == table).count()
        };
        assert_eq!([22, 161, 15], ["proactive", "requests", "review"].map(|t| count(2019, t)));
        assert_eq!([10, 175, 15], ["proactive", "requests", "review"].map(|t| count(2021, t)));
    }

    #[test]
    fn edits_name_existing_rows_and_columns() {
        for template in TEMPLATES {
            for edit in template.edits {
                for term in edit.terms() {
                    assert!(
                        indicators().iter().any(|i| i.edition == template.edition
                            && i.table == edit.table
                            && term.id == if edit.axis == Axis::Rows { i.row } else { i.column }),
                        "{} of {} in {}",
                        term.id,
                        edit.code,
                        template.edition
                    );
                }
            }
        }
    }

    #[test]
    fn every_edition_has_the_relations_of_its_form() {
        let count = |year: u16, code: &str| {
            balances().iter().filter(|b| b.edition == Edition(year) && b.code == code).count()
        };
        let codes = ["REQ-ROW-TOTAL", "REQ-OUTCOME-TOTAL", "REQ-BALANCE", "REV-TOTAL"];
        assert_eq!([23, 7, 7, 3], codes.map(|code| count(2019, code)));
        assert_eq!([25, 7, 7, 3], codes.map(|code| count(2021, code)));
    }

    #[test]
    fn ids_are_unique_in_their_edition() {
        for template in TEMPLATES {
            let mut ids: Vec<_> = indicators()
                .into_iter()
                .filter(|i| i.edition == template.edition)
                .map(|i| (i.table, i.row, i.column))
                .collect();
            let count = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), count);
        }
    }
}
