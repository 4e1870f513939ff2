//! A report made ready to be checked.

use std::cell::OnceCell;

use crate::finding::ReportKey;
use crate::model::{Fact, Report};
use crate::template::BlockSpec;

use super::CheckOptions;
use super::locate::Localisation;
use super::sheet::{CellSpec, Filled, Sum};
use super::statements::Narrative;

/// A report, its cells laid out, and what several checks share.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) report: &'a Report,
    pub(crate) options: &'a CheckOptions,
    /// One for each edition that a block of the report follows: nearly always one.
    pub(crate) sheets: Vec<Filled<'a>>,
    localisation: OnceCell<Localisation>,
    narrative: OnceCell<Narrative<'a>>,
}

impl<'a> Subject<'a> {
    pub(crate) fn new(report: &'a Report, options: &'a CheckOptions) -> Self {
        Self {
            report,
            options,
            sheets: Filled::of(report),
            localisation: OnceCell::new(),
            narrative: OnceCell::new(),
        }
    }

    /// What explains the sums that do not hold; found when first asked for.
    pub(crate) fn localisation(&self) -> &Localisation {
        self.localisation.get_or_init(|| Localisation::of(self.report, self.options, &self.sheets))
    }

    /// What the narrative states in numbers, read once.
    pub(crate) fn narrative(&self) -> &Narrative<'a> {
        self.narrative.get_or_init(|| Narrative::of(self.report))
    }

    pub(crate) fn key(&self) -> ReportKey<'a> {
        let agency = self.report.agency().map_or("", |agency| agency.name.as_str());
        ReportKey { agency, year: self.report.year() }
    }

    /// The fact of a cell, whatever its edition.
    pub(crate) fn fact(&self, table: &str, row: &str, column: &str) -> Option<&'a Fact> {
        self.sheets.iter().find_map(|filled| filled.fact(filled.sheet.position(table, row, column)?))
    }

    /// The sum of a row's cells in a column: one cell, or the parts into which the report's
    /// edition divides the row. None where the edition has neither.
    pub(crate) fn sum(&self, table: &str, row: &str, column: &str) -> Option<Sum> {
        let mut parts: Option<Sum> = None;
        for (cell, fact) in self.cells_of(table) {
            if cell.column.id != column {
                continue;
            }
            if cell.row == row {
                return Some(Sum::of(fact));
            }
            if cell.is_part_of(row) {
                parts = Some(parts.unwrap_or(Sum::ZERO).and(Sum::of(fact)));
            }
        }
        parts
    }

    /// The block of the form that a fact stands in.
    pub(crate) fn block_of(&self, fact: &Fact) -> Option<&'static BlockSpec> {
        let row = fact.row.split('/').next().unwrap_or_default();
        let is_own = |cell: &&CellSpec| {
            let same_row = cell.row == row || cell.is_part_of(row);
            cell.column.id == fact.column && same_row
        };
        self.cells_of(&fact.table).map(|(cell, _)| cell).find(|cell| is_own(cell)).map(|cell| cell.block)
    }

    /// Every cell of the form that the report's blocks have, with its fact.
    pub(crate) fn cells(&self) -> impl Iterator<Item = (&'static CellSpec, Option<&'a Fact>)> {
        self.sheets.iter().flat_map(|filled| filled.cells(None))
    }

    /// Those of one statutory table.
    pub(crate) fn cells_of(
        &self,
        table: &str,
    ) -> impl Iterator<Item = (&'static CellSpec, Option<&'a Fact>)> {
        self.sheets.iter().flat_map(move |filled| filled.cells(Some(table)))
    }
}
