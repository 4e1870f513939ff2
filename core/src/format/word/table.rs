//! Tables being read: rows and cells to positions (ECMA-376 part 1, 17.4).

use super::{Notes, has_text};
use crate::document::{Block, Blocks, Cell, GridBuilder, Merge, Place, Table};
use crate::error::Result;
use crate::location::Location;
use crate::options::{Items, Limits};

/// What a row says of itself.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct RowProperties {
    pub(crate) before: u64,
    pub(crate) after: u64,
    pub(crate) deleted: bool,
    pub(crate) tracked: bool,
}

/// How a cell is merged in one direction.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Join {
    #[default]
    None,
    Restart,
    Continue,
}

/// What a cell says of itself.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct CellProperties {
    pub(crate) span: Option<u64>,
    pub(crate) vertical: Join,
    pub(crate) horizontal: Join,
    pub(crate) deleted: bool,
    pub(crate) tracked: bool,
}

/// A cell being read.
#[derive(Debug)]
pub(crate) struct OpenCell {
    pub(crate) location: Place,
    pub(crate) span: usize,
    vertical: Join,
    horizontal: Join,
    deleted: bool,
    /// Its content is not printed: deleted, or covered by the cell above or before.
    pub(crate) covered: bool,
}

impl OpenCell {
    pub(crate) fn new(location: impl Into<Place>) -> Self {
        let (location, vertical, horizontal) = (location.into(), Join::None, Join::None);
        Self { location, span: 1, vertical, horizontal, deleted: false, covered: false }
    }
}

#[derive(Debug, Default)]
struct OpenRow {
    before: usize,
    after: usize,
    /// Columns of the cells so far.
    width: usize,
    deleted: bool,
}

/// A table being read.
#[derive(Debug)]
pub(crate) struct OpenTable {
    grid: GridBuilder,
    row: Option<OpenRow>,
    /// Of the open row.
    cells: Vec<(OpenCell, Blocks)>,
    /// Column and span of the cells of the row above that may be continued.
    joins: Vec<(usize, usize)>,
    /// The same of the row above the open one, while that is closed.
    above: Vec<(usize, usize)>,
    /// Where the reader stood before the table.
    pub(crate) outside: Place,
    /// How many flows were open.
    pub(crate) flows: usize,
}

impl OpenTable {
    pub(crate) fn new(
        location: impl Into<Place>,
        outside: impl Into<Place>,
        flows: usize,
        limits: &Limits,
        items: Items,
    ) -> Self {
        let grid = GridBuilder::new(location, limits, items);
        let (cells, joins, above) = (Vec::new(), Vec::new(), Vec::new());
        Self { grid, row: None, cells, joins, above, outside: outside.into(), flows }
    }

    pub(crate) fn in_row(&self) -> bool {
        self.row.is_some()
    }

    pub(crate) fn row_is_deleted(&self) -> bool {
        self.row.as_ref().is_some_and(|row| row.deleted)
    }

    pub(crate) fn row_number(&self) -> usize {
        self.grid.row_index() + 1
    }

    pub(crate) fn column_number(&self) -> usize {
        self.column() + 1
    }

    fn column(&self) -> usize {
        self.row.as_ref().map_or(0, |row| row.before + row.width)
    }

    pub(crate) fn open_row(&mut self) {
        self.row = Some(OpenRow::default());
        self.cells.clear();
    }

    pub(crate) fn row_properties(
        &mut self,
        row: RowProperties,
        place: &Location,
        limits: &Limits,
        notes: &mut Notes<'_>,
    ) {
        notes.tracked |= row.tracked;
        if let Some(open) = &mut self.row {
            open.deleted |= row.deleted;
            open.before = columns(row.before, place, limits, notes);
            open.after = columns(row.after, place, limits, notes);
        }
    }

    pub(crate) fn cell_properties(
        &self,
        open: &mut OpenCell,
        cell: CellProperties,
        limits: &Limits,
        notes: &mut Notes<'_>,
    ) {
        notes.tracked |= cell.tracked;
        if let Some(span) = cell.span {
            open.span = columns(span, &open.location.location(), limits, notes).max(1);
        }
        open.vertical = cell.vertical;
        open.horizontal = cell.horizontal;
        open.deleted |= cell.deleted;
        let column = self.column();
        let continues_above = open.vertical == Join::Continue && self.joins.iter().any(|&(c, _)| c == column);
        open.covered = open.deleted || continues_above || open.horizontal == Join::Continue;
    }

    pub(crate) fn close_cell(&mut self, cell: OpenCell, blocks: Blocks) {
        if let Some(row) = &mut self.row
            && !cell.deleted
        {
            row.width += cell.span;
            self.cells.push((cell, blocks));
        }
    }

    pub(crate) fn close_row(&mut self, notes: &mut Notes<'_>) -> Result<()> {
        let Some(row) = self.row.take() else { return Ok(()) };
        if row.deleted {
            self.cells.clear();
            return Ok(());
        }
        if self.cells.iter().any(|(cell, _)| cell.horizontal != Join::None) {
            self.cells = join_sideways(std::mem::take(&mut self.cells), notes);
        }
        self.grid.skip(row.before);
        std::mem::swap(&mut self.joins, &mut self.above);
        self.joins.clear();
        for (cell, blocks) in self.cells.drain(..) {
            let place = (self.grid.column(), cell.span);
            let continues = cell.vertical == Join::Continue && self.above.contains(&place);
            if cell.vertical != Join::None {
                self.joins.push(place);
            }
            if continues {
                note_covered(&cell.location, &blocks, notes);
                let rest = Cell { blocks: Blocks::None, location: cell.location };
                self.grid.merged(rest, cell.span, Merge::Continue)?;
                continue;
            }
            if cell.vertical == Join::Continue {
                note_orphan(&cell, notes);
            }
            self.grid.merged(Cell { blocks, location: cell.location }, cell.span, Merge::Start)?;
        }
        self.grid.skip(row.after);
        self.grid.end_row()
    }

    pub(crate) fn finish(self) -> Table {
        self.grid.finish()
    }
}

/// Legacy `w:hMerge`: a continued cell widens the one before it.
fn join_sideways(cells: Vec<(OpenCell, Blocks)>, notes: &mut Notes<'_>) -> Vec<(OpenCell, Blocks)> {
    let mut joined: Vec<(OpenCell, Blocks)> = Vec::with_capacity(cells.len());
    for (cell, blocks) in cells {
        match joined.last_mut() {
            Some((wide, _)) if cell.horizontal == Join::Continue && wide.horizontal != Join::None => {
                note_covered(&cell.location, &blocks, notes);
                wide.span += cell.span;
            }
            _ => {
                if cell.horizontal == Join::Continue {
                    note_orphan(&cell, notes);
                }
                joined.push((cell, blocks));
            }
        }
    }
    joined
}

fn note_orphan(cell: &OpenCell, notes: &mut Notes<'_>) {
    let (zh, en) = if cell.vertical == Join::Continue {
        (
            "单元格标为向上合并，但上方没有可合并的单元格，按独立单元格读取",
            "the cell continues a merge that the row above does not have; it was read as a cell of its own",
        )
    } else {
        (
            "单元格标为向左合并，但左侧没有可合并的单元格，按独立单元格读取",
            "the cell continues a merge that the cell before it does not begin; it was read as a cell of its own",
        )
    };
    notes.warn("DOC-MERGE-ORPHAN", &cell.location.location(), zh, en);
}

/// A cell that is not shown may still have text.
pub(crate) fn note_covered(place: &Place, blocks: &[Block], notes: &mut Notes<'_>) {
    if has_text(blocks) {
        notes.warn(
            "DOC-HIDDEN-TEXT",
            &place.location(),
            "被合并的单元格内有文字，不显示，未读入",
            "a cell covered by a merge has text, which is not shown and was left out",
        );
    }
}

/// The columns of a span, cut to the limit.
pub(crate) fn columns(n: u64, place: &Location, limits: &Limits, notes: &mut Notes<'_>) -> usize {
    if n > limits.span {
        notes.warn(
            "DOC-SPAN-CUT",
            place,
            &format!("跨列数{n}超过上限，按{}列读取", limits.span),
            &format!("a span of {n} columns was cut to {}", limits.span),
        );
    }
    usize::try_from(n.min(limits.span)).unwrap_or(1)
}
