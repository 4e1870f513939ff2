//! Tables with merged cells resolved to positions.

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};
use std::slice;

use super::{Block, Place, fold};
use crate::error::{Error, Result};
use crate::options::{Items, Limits};

/// What is known about the positions of a table's cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Geometry {
    /// Every slot's columns are known.
    Grid,
    /// The same, but merged cells were written out: a blank or a repeated text may be
    /// the rest of the cell before it or above it.
    WrittenOut,
    /// The same, but known from lines drawn: a place without a cell looks like a blank one.
    Drawn,
    /// The same, but known from the places of words alone: a label that is lost may be seen
    /// nowhere.
    Spaced,
    /// Cells are known to stand in their rows, in order; merged cells may be absent,
    /// so a slot's column is only its ordinal.
    Rows,
    /// Written out between separators as a sheet is saved: columns are those of the sheet,
    /// merged cells are blank but for the first, and rows are filled up with blanks or end
    /// with their last cell, so that their widths say nothing of cells that moved.
    Sheet,
}

/// A table. `rows` say which cell is seen where; a merged cell has one entry in
/// `cells` and a slot in every row it covers.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) geometry: Geometry,
    pub(crate) cells: Vec<Cell>,
    pub(crate) rows: Vec<Row>,
    /// Rows that begin a page: what was cut there may go on in them. In increasing order;
    /// empty where the carrier has no pages.
    pub(crate) breaks: Vec<usize>,
    /// Rows between tabs, which may be those of a sheet (`Geometry::Sheet`).
    pub(crate) tabbed: bool,
    pub(crate) location: Place,
}

/// One row: its slots from left to right.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub(crate) slots: Vec<Slot>,
    /// Columns the row covers, left out columns at either end (`gridBefore`,
    /// `gridAfter`) included.
    pub(crate) width: usize,
    /// Every column below `width` is covered exactly once.
    pub(crate) whole: bool,
}

/// The part of a cell that one row shows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot {
    column: u32,
    span: u32,
    cell: u32,
    /// Whether the cell begins in this row.
    pub(crate) first: bool,
}

impl Slot {
    /// Numbers that no table reaches stay the greatest there are.
    pub(crate) fn new(column: usize, span: usize, cell: usize, first: bool) -> Self {
        let [column, span, cell] = [column, span, cell].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        Self { column, span, cell, first }
    }

    /// First column, from 0.
    pub(crate) fn column(&self) -> usize {
        self.column as usize
    }

    /// Columns covered, at least 1.
    pub(crate) fn span(&self) -> usize {
        self.span as usize
    }

    /// Index into `Table::cells`.
    pub(crate) fn cell(&self) -> usize {
        self.cell as usize
    }

    /// The same place, showing another cell.
    pub(crate) fn showing(self, cell: usize) -> Self {
        Self::new(self.column(), self.span(), cell, self.first)
    }
}

/// A cell's content.
#[derive(Debug, Default)]
pub(crate) struct Cell {
    pub(crate) blocks: Blocks,
    pub(crate) location: Place,
}

/// The blocks of a cell. Nearly always it is one paragraph, which needs no list.
#[derive(Debug, Default)]
pub(crate) enum Blocks {
    #[default]
    None,
    One(Block),
    More(Box<[Block]>),
}

impl Blocks {
    /// Takes all blocks; the room for a few stays.
    pub(crate) fn take(blocks: &mut Vec<Block>) -> Self {
        match blocks.len() {
            0 | 1 => blocks.pop().map_or(Self::None, Self::One),
            _ => Self::More(std::mem::take(blocks).into_boxed_slice()),
        }
    }
}

impl Deref for Blocks {
    type Target = [Block];

    fn deref(&self) -> &[Block] {
        match self {
            Self::None => &[],
            Self::One(block) => slice::from_ref(block),
            Self::More(blocks) => blocks,
        }
    }
}

impl DerefMut for Blocks {
    fn deref_mut(&mut self) -> &mut [Block] {
        match self {
            Self::None => &mut [],
            Self::One(block) => slice::from_mut(block),
            Self::More(blocks) => blocks,
        }
    }
}

impl Cell {
    pub(crate) fn new(mut blocks: Vec<Block>, location: impl Into<Place>) -> Self {
        Self { blocks: Blocks::take(&mut blocks), location: location.into() }
    }

    /// The visible text, paragraphs and nested cells joined by `\n`, without automatic
    /// numbers.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        fn collect<'a>(blocks: &'a [Block], lines: &mut Vec<&'a str>) {
            for block in blocks {
                match block {
                    Block::Paragraph(p) => lines.push(&p.text),
                    Block::Table(t) => t.cells.iter().for_each(|c| collect(&c.blocks, lines)),
                    Block::Picture(_) => {}
                }
            }
        }
        // Nearly every cell is one paragraph.
        if let [Block::Paragraph(p)] = &*self.blocks {
            return Cow::Borrowed(&p.text);
        }
        let mut lines = Vec::new();
        collect(&self.blocks, &mut lines);
        while lines.last().is_some_and(|l| fold::is_blank(l)) && lines.len() > 1 {
            lines.pop();
        }
        while lines.first().is_some_and(|l| fold::is_blank(l)) && lines.len() > 1 {
            lines.remove(0);
        }
        Cow::Owned(lines.join("\n"))
    }
}

/// How a cell of a word processor's table continues vertically.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Merge {
    /// Not merged, or the first cell of a merge.
    Start,
    /// Continues the cell above that begins at the same column.
    Continue,
}

/// Builds a [`Table`] row by row, for carriers that give rows from top to bottom.
///
/// Two ways to place a cell, not to be mixed in one table: [`GridBuilder::merged`] for
/// carriers where each row has an entry for every column (`vMerge`), and
/// [`GridBuilder::spanned`] for carriers where cells reach down into later rows
/// (`rowspan`).
#[derive(Debug)]
pub(crate) struct GridBuilder {
    table: Table,
    row: Row,
    /// Next free column of the row.
    next: usize,
    /// Cells reaching down from earlier rows, by column, and how many of them the row has
    /// passed: column, span, cell, rows left.
    reaching: Vec<(usize, usize, usize, usize)>,
    passed: usize,
    /// Cells of this row that reach down.
    begun: Vec<(usize, usize, usize, usize)>,
    /// Slots taken in the whole table, charged against the limit.
    slots: u64,
    limit: u64,
    /// What the whole document may still hold.
    items: Items,
}

impl GridBuilder {
    pub(crate) fn new(location: impl Into<Place>, limits: &Limits, items: Items) -> Self {
        Self {
            table: Table {
                geometry: Geometry::Grid,
                cells: Vec::new(),
                rows: Vec::new(),
                breaks: Vec::new(),
                tabbed: false,
                location: location.into(),
            },
            row: Row::default(),
            next: 0,
            reaching: Vec::new(),
            passed: 0,
            begun: Vec::new(),
            slots: 0,
            limit: limits.table_cells,
            items,
        }
    }

    /// Leaves `columns` out at the row's start or end (`gridBefore`, `gridAfter`).
    pub(crate) fn skip(&mut self, columns: usize) {
        self.next += columns;
    }

    /// The column where the next `merged` cell would begin, from 0.
    pub(crate) fn column(&self) -> usize {
        self.next
    }

    /// The row being built, from 0.
    pub(crate) fn row_index(&self) -> usize {
        self.table.rows.len()
    }

    /// Adds a cell of `span` columns that starts here or continues the one above.
    /// Content of a continued cell is not shown by word processors and is dropped by
    /// the caller; a continuation with nothing above it starts a cell.
    pub(crate) fn merged(&mut self, cell: Cell, span: usize, merge: Merge) -> Result<()> {
        let span = span.max(1);
        let above = match merge {
            Merge::Start => None,
            Merge::Continue => self
                .table
                .rows
                .last()
                .and_then(|row| row.slots.iter().find(|s| s.column() == self.next && s.span() == span))
                .map(|slot| slot.cell()),
        };
        let column = self.next;
        self.next += span;
        match above {
            Some(cell) => self.push(Slot::new(column, span, cell, false)),
            None => {
                let index = self.table.cells.len();
                self.table.cells.push(cell);
                self.push(Slot::new(column, span, index, true))
            }
        }
    }

    /// Adds a cell of `columns` × `rows` at the next column no earlier cell reaches into
    /// (HTML: 4.9.12, forming a table). `rows` 0 means: to the end of the table.
    pub(crate) fn spanned(&mut self, cell: Cell, columns: usize, rows: usize) -> Result<()> {
        let columns = columns.max(1);
        while let Some(&(column, span, ..)) = self.reaching.get(self.passed)
            && column <= self.next
        {
            self.next = self.next.max(column + span);
            self.passed += 1;
        }
        let column = self.next;
        self.next += columns;
        let index = self.table.cells.len();
        self.table.cells.push(cell);
        if rows != 1 {
            // Counted down at the row's end, this row included.
            let left = if rows == 0 { usize::MAX } else { rows };
            self.begun.push((column, columns, index, left));
        }
        self.push(Slot::new(column, columns, index, true))
    }

    /// Adds a cell of `columns` × `rows` at that very column, whatever else stands or reaches
    /// there: a row whose cells contradict each other is not whole.
    #[cfg(feature = "odt")]
    pub(crate) fn placed(&mut self, cell: Cell, column: usize, columns: usize, rows: usize) -> Result<()> {
        let (columns, rows) = (columns.max(1), rows.max(1));
        let index = self.table.cells.len();
        self.table.cells.push(cell);
        self.next = column + columns;
        if rows > 1 {
            self.begun.push((column, columns, index, rows));
        }
        self.push(Slot::new(column, columns, index, true))
    }

    /// Whether the row closed last covers each of its columns exactly once.
    #[cfg(feature = "odt")]
    pub(crate) fn is_whole(&self) -> bool {
        self.table.rows.last().is_none_or(|row| row.whole)
    }

    fn push(&mut self, slot: Slot) -> Result<()> {
        self.slots += 1;
        if self.slots > self.limit {
            return Err(Error::limit("table_cells", self.limit).at(self.table.location.location()));
        }
        self.items.charge(1).map_err(|error| error.at(self.table.location.location()))?;
        self.row.slots.push(slot);
        Ok(())
    }

    /// Closes the row. Rows without any cell are kept, since they are printed.
    pub(crate) fn end_row(&mut self) -> Result<()> {
        let mut reaching = std::mem::take(&mut self.reaching);
        for &(column, span, cell, _) in &reaching {
            self.push(Slot::new(column, span, cell, false))?;
        }
        reaching.append(&mut self.begun);
        reaching.retain_mut(|(.., left)| {
            *left -= 1;
            *left > 0
        });
        reaching.sort_by_key(|&(column, ..)| column);
        (self.reaching, self.passed) = (reaching, 0);
        let mut row = std::mem::take(&mut self.row);
        row.slots.sort_by_key(|s| s.column());
        let skipped_to = std::mem::take(&mut self.next);
        let mut at = row.slots.first().map_or(0, |s| s.column());
        row.whole = true;
        for slot in &row.slots {
            row.whole &= slot.column() == at;
            at = at.max(slot.column() + slot.span());
        }
        row.width = at.max(skipped_to);
        row.slots.shrink_to_fit();
        // The next row is likely to have as many, unless it is very wide.
        self.row.slots.reserve_exact(row.slots.len().min(32));
        self.table.rows.push(row);
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Table {
        self.table.cells.shrink_to_fit();
        self.table.rows.shrink_to_fit();
        self.table
    }
}
