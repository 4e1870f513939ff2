//! Tables being read (9.1). Every place of the grid is written out: a cell is followed and
//! underrun by as many covered cells as it spans, so columns are counted, never guessed.

use super::body::Budget;
use crate::document::{Block, Cell, GridBuilder, Paragraph, Place, Table};
use crate::error::{Error, Result};
use crate::format::word::{Notes, note_covered};
use crate::options::{Items, Limits};

/// A cell being read.
#[derive(Debug)]
pub(super) struct OpenCell {
    pub(super) location: Place,
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// How often the cell stands there, one after the other.
    pub(super) repeated: usize,
    /// Another cell spans its place.
    pub(super) covered: bool,
}

/// A cell of the row with its first column.
#[derive(Debug)]
struct Placed {
    column: usize,
    cell: OpenCell,
    blocks: Vec<Block>,
}

#[derive(Debug)]
struct OpenRow {
    cells: Vec<Placed>,
    next: usize,
    repeated: usize,
    hidden: bool,
}

/// A table being read.
#[derive(Debug)]
pub(super) struct OpenTable {
    grid: GridBuilder,
    row: Option<OpenRow>,
    /// Where the reader stood before the table.
    pub(super) outside: Place,
    /// How many flows were open.
    pub(super) flows: usize,
}

impl OpenTable {
    pub(super) fn new(location: Place, outside: Place, flows: usize, limits: &Limits, items: Items) -> Self {
        Self { grid: GridBuilder::new(location, limits, items), row: None, outside, flows }
    }

    pub(super) fn in_row(&self) -> bool {
        self.row.is_some()
    }

    pub(super) fn row_number(&self) -> usize {
        self.grid.row_index() + 1
    }

    pub(super) fn column_number(&self) -> usize {
        self.row.as_ref().map_or(0, |row| row.next) + 1
    }

    pub(super) fn row_is_hidden(&self) -> bool {
        self.row.as_ref().is_some_and(|row| row.hidden)
    }

    pub(super) fn open_row(&mut self, repeated: usize, hidden: bool) {
        self.row = Some(OpenRow { cells: Vec::new(), next: 0, repeated, hidden });
    }

    pub(super) fn close_cell(
        &mut self,
        cell: OpenCell,
        blocks: Vec<Block>,
        limits: &Limits,
        notes: &mut Notes<'_>,
    ) -> Result<()> {
        let Some(row) = &mut self.row else { return Ok(()) };
        let column = row.next;
        row.next = row.next.saturating_add(cell.repeated);
        // A column is a cell of each row.
        if row.next as u64 > limits.table_cells {
            return Err(Error::limit("table_cells", limits.table_cells).at(cell.location.location()));
        }
        if cell.covered {
            note_covered(&cell.location, &blocks, notes);
        } else {
            row.cells.push(Placed { column, cell, blocks });
        }
        Ok(())
    }

    pub(super) fn close_row(&mut self, budget: &mut Budget<'_>, notes: &mut Notes<'_>) -> Result<()> {
        let Some(mut row) = self.row.take() else { return Ok(()) };
        if row.hidden {
            for placed in &mut row.cells {
                if crate::format::word::has_text(&placed.blocks) {
                    notes.hidden(&placed.cell.location.location());
                }
                placed.blocks.clear();
            }
        }
        let place = row.cells.first().map_or_else(|| self.outside.clone(), |p| p.cell.location.clone());
        for repetition in 0..row.repeated {
            budget.items.charge(1).map_err(|error| error.at(place.location()))?;
            let last = repetition + 1 == row.repeated;
            for placed in &mut row.cells {
                self.place(placed, last, budget, notes)?;
            }
            self.grid.end_row()?;
            if !self.grid.is_whole() {
                notes.warn(
                    "DOC-MERGE-ORPHAN",
                    &place.location(),
                    "这一行的单元格与合并范围相互矛盾，列的位置不可靠",
                    "cells of the row contradict the merges that cover it; their columns are in doubt",
                );
            }
        }
        Ok(())
    }

    /// Puts a cell into the row, as often as it is repeated; its blocks are taken where
    /// they are needed no more.
    fn place(
        &mut self,
        placed: &mut Placed,
        last_row: bool,
        budget: &mut Budget<'_>,
        notes: &mut Notes<'_>,
    ) -> Result<()> {
        let OpenCell { location, columns, rows, repeated, .. } = &placed.cell;
        for at in 0..*repeated {
            let blocks = if last_row && at + 1 == *repeated {
                std::mem::take(&mut placed.blocks)
            } else if let Some(copy) = copied(&placed.blocks) {
                for paragraph in &copy {
                    budget.paragraph(paragraph)?;
                }
                copy.into_iter().map(Block::Paragraph).collect()
            } else {
                // A hole makes the row doubtful, which is said.
                if at == 0 {
                    notes.warn(
                        "DOC-REPEATED-CELL",
                        &location.location(),
                        "重复的单元格含有表格、图片或自动编号，重复部分未读入",
                        "a repeated cell holds a table, a picture or a number; its repetitions were left out",
                    );
                }
                continue;
            };
            let mut location = location.clone();
            location.set_row(u32::try_from(self.row_number()).ok());
            location.set_column(u32::try_from(placed.column + at + 1).ok());
            self.grid.placed(Cell::new(blocks, location), placed.column + at, *columns, *rows)?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Table {
        self.grid.finish()
    }
}

/// The same paragraphs again; nothing where there is more than plain paragraphs.
fn copied(blocks: &[Block]) -> Option<Vec<Paragraph>> {
    let plain = |block: &Block| match block {
        Block::Paragraph(paragraph) if paragraph.numbering.is_none() => Some(paragraph.clone()),
        _ => None,
    };
    blocks.iter().map(plain).collect()
}
