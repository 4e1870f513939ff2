//! Tables of sheets, written out between separators.
//!
//! Merged cells are blank but for the first, and rows are as wide as the sheet or end with
//! their last cell. A lost cell leaves a blank at the end of its row, and one that stands twice
//! may push a blank out unseen. So positions count only where nothing can have moved: all labels
//! of the form stand in their own columns, the row's last value is there, and nothing behind it.

use std::borrow::Cow;

use super::align::{Placed, PlacedRow, own_label_last};
use super::block::Part;
use super::lexicon::{BlockWords, Lexicon};
use super::printed::{PrintedCell, PrintedTable, RowClass};
use super::{Content, FormTable};
use crate::document::{Block, Row, Slot, Table};

/// The columns of a block, where the header has each of the form's, once, side by side.
pub(super) struct Columns {
    /// Those of labels stand before it.
    first: usize,
    /// Of the block, by index, as printed.
    specs: Vec<usize>,
}

impl Columns {
    /// `paths` are the header's cells above each column, `specs` what they name.
    pub(super) fn read(
        table: &PrintedTable<'_>,
        part: &Part,
        words: &BlockWords,
        paths: &[Vec<usize>],
        specs: &[Option<usize>],
    ) -> Option<Self> {
        let first = specs.iter().position(Option::is_some)?;
        let (before, rest) = specs.split_at_checked(first)?;
        let own: Vec<usize> = rest.iter().map_while(|spec| *spec).collect();
        let count = words.spec.columns.len();
        let bare = |at: usize| paths.get(at).is_none_or(Vec::is_empty);
        let is_corner = |&cell: &usize| table.cells.get(cell).is_some_and(|cell| words.is_corner(&cell.key));
        let only_corner = |at: usize| paths.get(at).is_some_and(|path| path.iter().all(is_corner));
        let alone = (first + count..paths.len()).all(bare) && (0..before.len()).all(only_corner);
        // Besides the columns' own labels there is each group's, once.
        let complete = own.len() == count && labels(table, part, words) == count + groups(words);
        (complete && alone && label_columns(words).contains(&first)).then_some(Self { first, specs: own })
    }

    /// Places a row's cells, if its labels stand where the form has them.
    pub(super) fn place<'a>(
        &self,
        table: &'a PrintedTable<'a>,
        row: usize,
        words: &BlockWords,
    ) -> Option<PlacedRow<'a>> {
        let end = self.first + self.specs.len();
        let cells: Vec<(&Slot, &PrintedCell<'_>)> =
            table.row(row).filter(|(_, cell)| !cell.is_blank()).collect();
        let labels = || cells.iter().filter(|(slot, _)| slot.column() < self.first).copied();
        let last = cells.last().map(|(slot, _)| slot.column());
        if last != end.checked_sub(1) || !stand_in_place(labels(), self.first, words) {
            return None;
        }
        let values: Vec<&PrintedCell<'_>> = table
            .row(row)
            .filter(|(slot, _)| slot.column() >= self.first && slot.column() < end)
            .map(|(_, cell)| cell)
            .collect();
        if values.len() != self.specs.len() || values.iter().any(|cell| !cell.is_value) {
            return None;
        }
        // Of two that are equal one may stand twice, and have pushed a blank out at the end:
        // what would stand elsewhere then is not certain.
        let texts = values.iter().map(|cell| &cell.text);
        let twin = texts.clone().zip(texts.skip(1)).position(|(text, next)| text == next);
        let certain = twin.map_or(values.len(), |twin| {
            let text = values.get(twin).map(|cell| &cell.text);
            let run = values.iter().skip(twin).take_while(|cell| Some(&cell.text) == text).count();
            twin + run - 1
        });
        let (placed, unplaced) = values.split_at_checked(certain)?;
        let (labels, has_own_label) = own_label_last(labels());
        Some(PlacedRow {
            labels,
            has_own_label,
            columns: self.specs.iter().copied().zip(placed.iter().map(|cell| Placed::Cell(cell))).collect(),
            unplaced: unplaced.to_vec(),
            misfit: !unplaced.is_empty(),
        })
    }
}

/// Whether the last label is a row's, in the column that its groups leave to it, and those
/// before it are its groups'.
fn stand_in_place<'a>(
    labels: impl Iterator<Item = (&'a Slot, &'a PrintedCell<'a>)>,
    columns: usize,
    words: &BlockWords,
) -> bool {
    let labels: Vec<(&Slot, &PrintedCell<'_>)> = labels.collect();
    if labels.iter().any(|(_, cell)| cell.is_value) {
        return false;
    }
    let Some(((slot, own), groups)) = labels.split_last() else { return columns == 0 };
    let row = |cell: &PrintedCell<'_>| words.row(&cell.key).and_then(|(index, _)| words.rows.get(index));
    // A named row stands right of the row that it belongs to, or below such a one.
    let is_open = |cell: &PrintedCell<'_>| row(cell).is_some_and(|row| row.open);
    let is_named = || columns == 2 && slot.column() == 1 && groups.iter().all(|(_, cell)| is_open(cell));
    let Some(spec) = row(own) else { return is_named() };
    // Where rows are named, one without a name has lost it.
    if spec.open && groups.is_empty() && columns == 2 {
        return false;
    }
    let is_group = |(slot, cell): &(&Slot, &PrintedCell<'_>)| {
        words.row_group(&cell.key).is_some_and(|group| spec.group.get(slot.column()) == Some(&group))
    };
    (slot.column() == spec.group.len() && groups.iter().all(is_group)) || (!groups.is_empty() && is_named())
}

/// Labels in a header.
pub(super) fn labels(table: &PrintedTable<'_>, part: &Part, words: &BlockWords) -> usize {
    (part.header.iter().flat_map(|&row| table.row(row)))
        .filter(|(slot, cell)| slot.first && !cell.is_blank() && !words.is_corner(&cell.key))
        .count()
}

/// Labels of groups of columns.
pub(super) fn groups(words: &BlockWords) -> usize {
    let mut names: Vec<&[&str]> = Vec::new();
    for column in words.spec.columns {
        for depth in 1..=column.group.len() {
            names.extend(column.group.get(..depth).filter(|name| !names.contains(name)));
        }
    }
    names.len()
}

/// How many columns the labels of rows may have.
fn label_columns(words: &BlockWords) -> std::ops::RangeInclusive<usize> {
    let own = words.spec.rows().filter(|row| !row.label.is_empty()).map(|row| row.group.len() + 1);
    let most = own.max().unwrap_or(0);
    most..=most + usize::from(words.spec.rows().any(|row| row.open))
}

/// Whether a table between tabs is a sheet's: merged cells of its titles or headers are blank.
/// One alone may be a label that was lost.
pub(super) fn shows(table: &FormTable<'_, '_>) -> bool {
    let blanks = |part: &Part| {
        let rows = part.title.iter().map(|(row, _)| row).chain(&part.header);
        rows.flat_map(|&row| table.printed.row(row)).filter(|(_, cell)| cell.is_blank()).count()
    };
    table.printed.tabbed && table.parts.iter().any(|(part, _)| blanks(part) >= 2)
}

/// What stands on a sheet: rows of one cell that no table has are paragraphs, and rows without
/// any are nothing.
pub(super) fn flatten<'a, 'l>(table: &'a Table, lexicon: &'l Lexicon, content: &mut Content<'a, 'l>) {
    let whole = PrintedTable::new(table, lexicon);
    let mut rows: Vec<usize> = Vec::new();
    for row in 0..whole.rows.len() {
        match whole.row(row).filter(|(_, cell)| !cell.is_blank()).count() {
            0 => {}
            1 if whole.class(row, false, lexicon) == RowClass::Other => {
                push_table(table, &rows, lexicon, content);
                rows.clear();
                push_cells(table, &[row], content);
            }
            _ => rows.push(row),
        }
    }
    push_table(table, &rows, lexicon, content);
}

fn push_table<'a, 'l>(table: &'a Table, rows: &[usize], lexicon: &'l Lexicon, content: &mut Content<'a, 'l>) {
    let mut cells = Vec::new();
    let mut printed = Vec::new();
    for source in rows.iter().filter_map(|&row| table.rows.get(row)) {
        let mut slots = source.slots.clone();
        for slot in &mut slots {
            let Some(cell) = table.cells.get(slot.cell()) else { continue };
            *slot = slot.showing(cells.len());
            cells.push(PrintedCell::new(cell.text(), &cell.location, lexicon));
        }
        printed.push(Row { slots, width: source.width, whole: source.whole });
    }
    let printed = PrintedTable::assemble(table.geometry, cells, Cow::Owned(printed), &table.location);
    let form = FormTable::new(printed, lexicon);
    if form.is_form() { content.push_table(form) } else { push_cells(table, rows, content) }
}

fn push_cells<'a>(table: &'a Table, rows: &[usize], content: &mut Content<'a, '_>) {
    let slots = rows.iter().filter_map(|&row| table.rows.get(row)).flat_map(|row| &row.slots);
    for block in slots.filter_map(|slot| table.cells.get(slot.cell())).flat_map(|cell| cell.blocks.iter()) {
        if let Block::Paragraph(paragraph) = block {
            content.push_lines(paragraph);
        }
    }
}
