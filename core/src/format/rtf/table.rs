//! Rows as they define themselves, and tables as they are put together at their end
//! ("Table Definitions").

use std::rc::Rc;

use crate::document::{Block, Blocks, Geometry, Place};
use crate::error::Result;
use crate::finding::{Finding, Severity};
use crate::format::word::grid::{self, Shape};
use crate::format::word::{
    CellProperties, Join, Notes, OpenCell, OpenTable, RowProperties, has_text, note_covered,
};
use crate::location::Location;
use crate::options::{Items, Limits};

/// One cell of a definition.
#[derive(Debug, Default, Clone, Copy)]
struct Cell {
    horizontal: Join,
    vertical: Join,
    deleted: bool,
}

/// What `\trowd` begins.
#[derive(Debug, Default)]
pub(super) struct Definition {
    edges: Vec<i32>,
    cells: Vec<Cell>,
    /// Of the cell whose right edge comes next.
    next: Cell,
    left: i32,
    tracked: bool,
}

impl Shape for Rc<Definition> {
    fn edges(&self) -> &[i32] {
        &self.edges
    }

    fn joins(&self) -> impl ExactSizeIterator<Item = (Join, Join)> {
        self.cells.iter().map(|cell| (cell.horizontal, cell.vertical))
    }
}

impl Definition {
    /// A word about rows and cells. Cells beyond `most` are not kept, so that the row
    /// counts as undefined.
    pub(super) fn word(&mut self, word: &[u8], number: Option<i32>, most: usize) {
        match word {
            b"trleft" => self.left = number.unwrap_or(0),
            b"clmgf" => self.next.horizontal = Join::Restart,
            b"clmrg" => self.next.horizontal = Join::Continue,
            b"clvmgf" => self.next.vertical = Join::Restart,
            b"clvmrg" => self.next.vertical = Join::Continue,
            b"cldel" => (self.next.deleted, self.tracked) = (true, true),
            b"clins" | b"trauth" | b"clmrgd" | b"clmrgdr" => self.tracked = true,
            b"cellx" => {
                let cell = std::mem::take(&mut self.next);
                if self.cells.len() < most {
                    self.cells.push(cell);
                    self.edges.push(number.unwrap_or(0));
                } else {
                    self.edges.clear();
                }
            }
            _ => {}
        }
    }

    /// The definition with the left edge in its place, which may be given last.
    fn complete(mut self) -> Rc<Self> {
        if self.edges.len() == self.cells.len() {
            self.edges.insert(0, self.left);
        }
        Rc::new(self)
    }
}

/// A row of the file.
#[derive(Debug)]
struct Row {
    definition: Rc<Definition>,
    cells: Vec<Vec<Block>>,
    deleted: bool,
    /// It ends with text that belongs to no cell.
    open: bool,
}

/// A table being read.
#[derive(Debug)]
pub(super) struct Level {
    rows: Vec<Row>,
    cells: Vec<Vec<Block>>,
    /// Of the cell being read.
    pub(super) blocks: Vec<Block>,
    location: Location,
    /// Cells of all rows.
    count: u64,
    /// Where a mark of a cell was one too many.
    surplus: Option<Location>,
    /// The definition of the row before, which holds until there is another.
    last: Rc<Definition>,
}

impl Level {
    pub(super) fn new(location: Location) -> Self {
        let last = Definition::default().complete();
        Self {
            rows: Vec::new(),
            cells: Vec::new(),
            blocks: Vec::new(),
            location,
            count: 0,
            surplus: None,
            last,
        }
    }

    /// The place of the cell being read; its column is known at the table's end only.
    pub(super) fn place(&self) -> Location {
        Location {
            row: u32::try_from(self.rows.len() + 1).ok(),
            column: u32::try_from(self.cells.len() + 1).ok(),
            ..self.location.clone()
        }
    }

    /// Whether no row has begun since the last one ended.
    pub(super) fn is_between_rows(&self) -> bool {
        self.cells.is_empty() && self.blocks.is_empty()
    }

    /// Says how many cells the table has by now.
    pub(super) fn end_cell(&mut self) -> u64 {
        self.blocks.shrink_to_fit();
        self.cells.push(std::mem::take(&mut self.blocks));
        self.count += 1;
        self.count
    }

    /// Ends the row; without a definition it has that of the row before. `bare`: how
    /// many cells at its end have a mark and nothing else, not even properties. LibreOffice
    /// adds such marks to rows that hold nested tables.
    pub(super) fn end_row(&mut self, definition: Option<Definition>, deleted: bool, bare: usize) {
        if let Some(definition) = definition {
            self.last = definition.complete();
        }
        let rest = std::mem::take(&mut self.blocks);
        let open = has_text(&rest);
        let mut cells = std::mem::take(&mut self.cells);
        if open {
            cells.push(rest);
        }
        let nested = cells.iter().flatten().any(|block| matches!(block, Block::Table(_)));
        let surplus = cells.len().saturating_sub(self.last.cells.len());
        if (1..=bare).contains(&surplus) && !open && nested {
            cells.truncate(self.last.cells.len());
            let row = u32::try_from(self.rows.len() + 1).ok();
            self.surplus.get_or_insert_with(|| Location { row, ..self.location.clone() });
        }
        if !cells.is_empty() {
            self.rows.push(Row { definition: Rc::clone(&self.last), cells, deleted, open });
        }
    }

    /// The table, and what is left of a row without an end.
    pub(super) fn finish(
        mut self,
        limits: &Limits,
        items: &Items,
        notes: &mut Notes<'_>,
    ) -> Result<Vec<Block>> {
        let mut blocks = Vec::new();
        let mut rest: Vec<Block> = self.cells.drain(..).flatten().collect();
        rest.append(&mut self.blocks);
        if let Some(place) = &self.surplus {
            let finding = Finding::new(
                "DOC-CELL-SURPLUS",
                Severity::Info,
                "行末的空单元格标记多于其定义，多出的未计入",
                "a row ends with more marks of empty cells than it defines; those were left out",
            );
            notes.findings.push(finding.at(place));
        }
        if !self.rows.is_empty() {
            let place = self.location.clone();
            blocks.push(table(self.rows, &place, limits, items, notes)?);
        }
        if has_text(&rest) {
            notes.warn(
                "DOC-TABLE-OPEN",
                &self.location,
                "表格的行没有结束标记，其中文字按段落读取",
                "a table row has no end; its text was read as paragraphs",
            );
        }
        blocks.append(&mut rest);
        Ok(blocks)
    }
}

fn table(
    rows: Vec<Row>,
    location: &Location,
    limits: &Limits,
    items: &Items,
    notes: &mut Notes<'_>,
) -> Result<Block> {
    let definitions: Vec<&Rc<Definition>> = rows.iter().map(|row| &row.definition).collect();
    let counts: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
    let complete = rows.iter().all(|row| !row.open);
    let (geometry, placed) = grid::settle(&definitions, &counts, complete, limits, location, notes);

    let mut open = OpenTable::new(location.clone(), Location::default(), 0, limits, items.clone());
    for (row, own) in rows.into_iter().zip(placed) {
        notes.tracked |= row.deleted | row.definition.tracked;
        open.open_row();
        let mut place = Location { row: u32::try_from(open.row_number()).ok(), ..location.clone() };
        let properties = RowProperties {
            before: own.before as u64,
            after: own.after as u64,
            deleted: row.deleted,
            tracked: row.deleted,
        };
        open.row_properties(properties, &place, limits, notes);
        let mut cells =
            row.cells.into_iter().zip(row.definition.cells.iter().map(Some).chain(std::iter::repeat(None)));
        for own in &own.cells {
            place.column = u32::try_from(open.column_number()).ok();
            let mut cell = OpenCell::new(place.clone());
            let Some((mut blocks, definition)) = cells.next() else { break };
            let vertical = if geometry == Geometry::Grid { own.vertical } else { Join::None };
            let properties = CellProperties {
                span: Some(own.span as u64),
                vertical,
                deleted: geometry == Geometry::Grid && definition.is_some_and(|cell| cell.deleted),
                ..CellProperties::default()
            };
            open.cell_properties(&mut cell, properties, limits, notes);
            for (blocks, _) in cells.by_ref().take(own.merged) {
                note_covered(&cell.location, &blocks, notes);
            }
            relocate(&mut blocks, &place);
            open.close_cell(cell, Blocks::take(&mut blocks));
        }
        open.close_row(notes)?;
    }
    let mut table = open.finish();
    table.geometry = geometry;
    Ok(Block::Table(Box::new(table)))
}

/// Gives a cell's own blocks their column; nested tables have places of their own.
fn relocate(blocks: &mut [Block], place: &Location) {
    let place = Place::from(place);
    for block in blocks {
        let location = match block {
            Block::Paragraph(paragraph) => &mut paragraph.location,
            Block::Picture(location) => location,
            Block::Table(_) => continue,
        };
        if location.table() == place.table() {
            location.clone_from(&place);
        }
    }
}
