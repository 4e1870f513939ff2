//! A report made ready to be checked.

use std::cell::OnceCell;

use crate::model::{Fact, Report};

use super::CheckOptions;
use super::sheet::Filled;
use super::statements::Narrative;

/// A report, its cells laid out, and what several checks share.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) report: &'a Report,
    pub(crate) options: &'a CheckOptions,
    /// One for each edition that a block of the report follows: nearly always one.
    pub(crate) sheets: Vec<Filled<'a>>,
    narrative: OnceCell<Narrative<'a>>,
}

impl<'a> Subject<'a> {
    pub(crate) fn new(report: &'a Report, options: &'a CheckOptions) -> Self {
        Self { report, options, sheets: Filled::of(report), narrative: OnceCell::new() }
    }

    /// What the narrative states in numbers, read once.
    pub(crate) fn narrative(&self) -> &Narrative<'a> {
        self.narrative.get_or_init(|| Narrative::of(self.report))
    }

    /// The fact of a cell, whatever its edition.
    pub(crate) fn fact(&self, table: &str, row: &str, column: &str) -> Option<&'a Fact> {
        self.sheets.iter().find_map(|filled| filled.fact(filled.sheet.position(table, row, column)?))
    }
}
