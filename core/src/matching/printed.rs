//! Tables as printed, ready for comparison: texts and keys of their cells.

use std::borrow::Cow;

use super::label::Key;
use super::lexicon::{Lexicon, title_number};
use super::{cell, cut};
use crate::document::fold::trim;
use crate::document::{Geometry, Place, Row, Slot, Table};
use crate::location::Location;
use crate::model::Status;
use crate::template::Kind;

/// A table with what matching asks of its cells. What the document holds is borrowed.
pub(super) struct PrintedTable<'a> {
    pub(super) geometry: Geometry,
    /// See [`Table`].
    pub(super) tabbed: bool,
    pub(super) cells: Vec<PrintedCell<'a>>,
    pub(super) rows: Cow<'a, [Row]>,
    pub(super) location: &'a Place,
    /// White lines at the end of a row cannot be told from spacing (tables of lines).
    pub(super) loose_ends: Vec<usize>,
    /// How many cells a row has is not certain (tables of lines).
    pub(super) doubtful: Vec<usize>,
    /// Empty lines stand between all cells (tables of lines).
    pub(super) spaced: bool,
}

pub(super) struct PrintedCell<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) key: Key<'a>,
    pub(super) location: &'a Place,
    /// Rows that show the cell.
    pub(super) height: u32,
    /// A number or a mark.
    pub(super) is_number: bool,
    /// Could be the content of a value cell.
    pub(super) is_value: bool,
    is_blank: bool,
}

impl<'a> PrintedCell<'a> {
    pub(super) fn new(text: Cow<'a, str>, location: &'a Place, lexicon: &Lexicon) -> Self {
        let key = match &text {
            Cow::Borrowed(text) => lexicon.key(text),
            Cow::Owned(text) => lexicon.key(text).into_owned(),
        };
        let trimmed = trim(&text);
        let reading = cell::read(trimmed, Kind::Change);
        let is_number = matches!(reading.status, Status::Reported | Status::NotApplicable);
        let is_value = cell::looks_like_value(&reading, trimmed);
        let is_blank = trimmed.is_empty();
        Self { text, key, location, height: 0, is_number, is_value, is_blank }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.is_blank
    }
}

/// What a row is, told by its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowClass {
    /// Title of a block, with its number.
    Title(Option<u32>),
    /// Column labels.
    Header,
    /// A labelled row, or values.
    Data,
    /// Nothing is printed.
    Blank,
    /// Words that the form does not know.
    Other,
}

impl<'a> PrintedTable<'a> {
    pub(super) fn new(table: &'a Table, lexicon: &Lexicon) -> Self {
        let cells = table.cells.iter().map(|c| PrintedCell::new(c.text(), &c.location, lexicon)).collect();
        let rows = Cow::Borrowed(table.rows.as_slice());
        let mut printed = Self::assemble(table.geometry, cells, rows, &table.location);
        printed.tabbed = table.tabbed;
        cut::join(&mut printed, &table.breaks, lexicon);
        printed
    }

    pub(super) fn assemble(
        geometry: Geometry,
        mut cells: Vec<PrintedCell<'a>>,
        rows: Cow<'a, [Row]>,
        location: &'a Place,
    ) -> Self {
        for slot in rows.iter().flat_map(|row| &row.slots) {
            if let Some(cell) = cells.get_mut(slot.cell()) {
                cell.height += 1;
            }
        }
        Self {
            geometry,
            tabbed: false,
            cells,
            rows,
            location,
            loose_ends: Vec::new(),
            doubtful: Vec::new(),
            spaced: false,
        }
    }

    pub(super) fn slots(&self, row: usize) -> &[Slot] {
        self.rows.get(row).map_or(&[], |row| &row.slots)
    }

    /// The row's slots with their cells.
    pub(super) fn row(
        &self,
        row: usize,
    ) -> impl DoubleEndedIterator<Item = (&Slot, &PrintedCell<'a>)> + Clone {
        self.slots(row).iter().filter_map(|slot| Some((slot, self.cells.get(slot.cell())?)))
    }

    /// The place of a row as a whole.
    pub(super) fn row_location(&self, row: usize) -> Location {
        let own = self.row(row).find(|(slot, _)| slot.first);
        let any = own.or_else(|| self.row(row).next());
        let mut place = any.map_or(self.location, |(_, cell)| cell.location).location();
        // A cell that begins in the row knows its number, also where cut rows were joined.
        if own.is_none() && self.geometry != Geometry::Rows && place.table.is_some() {
            place.row = u32::try_from(row + 1).ok();
        }
        place.column = None;
        place
    }

    pub(super) fn class(&self, row: usize, in_header: bool, lexicon: &Lexicon) -> RowClass {
        let (mut header, mut label, mut both, mut other) = (0, 0, 0, 0);
        let mut numbers = 0;
        for (slot, cell) in self.row(row) {
            // Words of a merged cell speak for the row where it begins.
            if cell.is_blank() || !slot.first {
                continue;
            }
            if let Some(number) = title_number(&cell.key) {
                return RowClass::Title(number);
            }
            if cell.is_number {
                numbers += 1;
                continue;
            }
            match (cell.key.word.header, cell.key.word.row) {
                (true, true) => both += 1,
                (true, false) => header += 1,
                (false, true) => label += 1,
                (false, false) => other += 1,
            }
        }
        if numbers > 0 {
            RowClass::Data
        } else if header > 0 && header >= label {
            RowClass::Header
        } else if label > 0 {
            RowClass::Data
        } else if both > 0 {
            if in_header { RowClass::Header } else { RowClass::Data }
        } else if other > 0 {
            // A slip in the label of a row of blanks.
            let near = |key: &Key<'_>| lexicon.blocks.iter().any(|block| block.row(key).is_some());
            if in_header && self.row(row).any(|(_, cell)| !cell.is_blank() && near(&cell.key)) {
                return RowClass::Data;
            }
            RowClass::Other
        } else {
            RowClass::Blank
        }
    }
}
