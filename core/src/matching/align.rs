//! Placing values: which printed cell is which cell of the form.
//!
//! Positions decide only where they are certain. A row whose geometry does not fit its
//! header is read by counting: labels first, then exactly as many values as the header
//! has columns. Where neither holds, the row's cells are unreadable and no other moves.

use std::collections::BTreeSet;

use super::block::{MAX_HEADER_ROWS, Part};
use super::facts::unit_of_label;
use super::label::{Agreement, Key, Label, best};
use super::lexicon::BlockWords;
use super::printed::{PrintedCell, PrintedTable};
use super::sheet::{self, Columns};
use crate::document::{Geometry, Slot};
use crate::location::Location;
use crate::model::Unit;
use crate::template::SUBTOTALS;

/// The columns of a part's header.
pub(super) struct Header {
    /// Leaves of the header by position, where positions are known.
    leaves: Vec<Leaf>,
    /// The table is a sheet's, and its columns, where they stand as in the form.
    sheet: Option<Option<Columns>>,
    /// Width of the rows the positions are good for.
    width: usize,
    /// Columns in printed order, where every one is known and none is missing; none for
    /// a subtotal, which the form does not have.
    order: Option<Vec<Option<usize>>>,
    /// How each matched label was matched.
    pub(super) labels: Vec<ColumnLabel>,
    /// Printed labels that name no column.
    pub(super) unknown: Vec<(String, Location)>,
    /// Printed labels that name a column another label already names.
    pub(super) repeated: Vec<(String, Location)>,
}

struct Leaf {
    column: usize,
    end: usize,
    /// Index into the block's columns.
    spec: Option<usize>,
    /// Stands left of the first column of values.
    is_label: bool,
    /// The header has no text here.
    is_bare: bool,
    /// No cells are merged here: equal texts side by side may be one cell.
    written_out: bool,
}

/// A column label as printed.
pub(super) struct ColumnLabel {
    pub(super) spec: usize,
    pub(super) agreement: Agreement,
    /// The unit it states for the values below.
    pub(super) unit: Option<Unit>,
    pub(super) text: String,
    pub(super) location: Location,
}

/// One row, placed.
pub(super) struct PlacedRow<'a> {
    /// Label cells, from the left; the row's own is the last that begins in it.
    pub(super) labels: Vec<&'a PrintedCell<'a>>,
    /// Whether any label begins in this row.
    pub(super) has_own_label: bool,
    /// Content of each column of the block, by index; absent where nothing is printed.
    pub(super) columns: Vec<(usize, Placed<'a>)>,
    /// Values that belong to no known column.
    pub(super) unplaced: Vec<&'a PrintedCell<'a>>,
    /// The values in `unplaced` fit no columns at all.
    pub(super) misfit: bool,
}

pub(super) enum Placed<'a> {
    Cell(&'a PrintedCell<'a>),
    /// Something is there that cannot be this one cell: a merged cell, or two.
    Unclear(Vec<&'a PrintedCell<'a>>),
}

impl Header {
    pub(super) fn read(table: &PrintedTable<'_>, part: &Part, words: &BlockWords) -> Self {
        let mut header = Self {
            leaves: Vec::new(),
            sheet: None,
            width: 0,
            order: None,
            labels: Vec::new(),
            unknown: Vec::new(),
            repeated: Vec::new(),
        };
        match table.geometry {
            Geometry::Grid | Geometry::WrittenOut | Geometry::Drawn => header.read_grid(table, part, words),
            Geometry::Spaced => {
                header.read_grid(table, part, words);
                if !header.is_complete(table, part, words) {
                    header.leaves.clear();
                    header.order = None;
                }
            }
            Geometry::Rows => header.read_order(table, part, words),
            Geometry::Sheet => header.read_sheet(table, part, words),
        }
        header
    }

    /// Whether rows of another table can be read by this header.
    pub(super) fn serves(&self, width: usize) -> bool {
        match &self.sheet {
            Some(columns) => columns.is_some(),
            None => self.width == width && !self.leaves.is_empty(),
        }
    }

    /// Whether the block's column was found.
    pub(super) fn has(&self, spec: usize) -> bool {
        self.labels.iter().any(|label| label.spec == spec)
    }

    fn read_grid(&mut self, table: &PrintedTable<'_>, part: &Part, words: &BlockWords) {
        let header = part.header.iter().filter_map(|&row| table.rows.get(row));
        self.width = most_common(header.filter(|row| row.whole).map(|row| row.width));
        if self.width > MAX_WIDTH {
            return;
        }
        let rows = self.certain_rows(table, part);
        // No cells are merged: they may have been written out.
        let flat = part.header.iter().all(|&row| table.slots(row).iter().all(|s| s.span() == 1 && s.first));
        let paths = self.paths(table, &rows, flat);
        self.read_leaves(table, &paths, flat, words);
        if matches!(table.geometry, Geometry::WrittenOut | Geometry::Drawn | Geometry::Spaced) {
            self.forget_shifted(table, part, &paths, &rows);
        }
        // A label printed twice names neither column.
        let leaves = &self.leaves;
        self.labels.retain(|label| leaves.iter().any(|leaf| leaf.spec == Some(label.spec)));
        self.mark_labels(table, part, words);
        let values: Vec<Option<usize>> =
            self.leaves.iter().filter(|leaf| !leaf.is_label).map(|leaf| leaf.spec).collect();
        let complete = rows.len() == part.header.len() && self.repeated.is_empty() && !values.is_empty();
        self.order = Some(values).filter(|values| complete && values.iter().all(Option::is_some));
    }

    /// Whether the header has each column of the block once, and besides only the labels of their
    /// groups, each once. What is printed twice is none of the labels by now.
    fn is_complete(&self, table: &PrintedTable<'_>, part: &Part, words: &BlockWords) -> bool {
        let columns = words.spec.columns.len();
        self.labels.len() == columns
            && self.unknown.is_empty()
            && sheet::labels(table, part, words) == columns + sheet::groups(words)
    }

    /// The columns of a sheet count only where all stand as in the form. Nothing is known of
    /// their order alone.
    fn read_sheet(&mut self, table: &PrintedTable, part: &Part, words: &BlockWords) {
        self.sheet = Some(None);
        self.width =
            part.header.iter().filter_map(|&row| table.rows.get(row)).map(|row| row.width).max().unwrap_or(0);
        if self.width > MAX_WIDTH || part.header.len() > MAX_HEADER_ROWS {
            return;
        }
        let paths = self.paths(table, &part.header, true);
        let cells =
            |path: &Vec<usize>| path.iter().filter_map(|&cell| table.cells.get(cell)).collect::<Vec<_>>();
        let specs: Vec<Option<usize>> =
            paths.iter().map(|path| self.read_leaf(&cells(path), words)).collect();
        self.sheet =
            Some(Columns::read(table, part, words, &paths, &specs).filter(|_| self.repeated.is_empty()));
    }

    /// Header rows whose positions are good for the rows below.
    fn certain_rows(&self, table: &PrintedTable<'_>, part: &Part) -> Vec<usize> {
        // A cell that reaches down from a row that does not fit may stand anywhere.
        let displaced: BTreeSet<usize> = (part.header.iter().filter(|&&row| !self.fits(table, row)))
            .flat_map(|&row| table.slots(row))
            // Nothing left of the first column can be lost.
            .filter(|slot| slot.first && slot.column() > 0)
            .map(|slot| slot.cell())
            .collect();
        let stands = |row: usize| !table.slots(row).iter().any(|slot| displaced.contains(&slot.cell()));
        let rows: Vec<usize> =
            part.header.iter().copied().filter(|&row| self.fits(table, row) && stands(row)).collect();
        // Where merged cells were written out, the loss of one moves those below it.
        let lost = table.geometry == Geometry::WrittenOut && rows.len() < part.header.len();
        if lost { Vec::new() } else { rows }
    }

    fn fits(&self, table: &PrintedTable<'_>, row: usize) -> bool {
        table.rows.get(row).is_some_and(|r| r.whole && r.width == self.width)
    }

    /// The cells above each column, from the top.
    fn paths(&self, table: &PrintedTable<'_>, rows: &[usize], flat: bool) -> Vec<Vec<usize>> {
        // The last row with a label in each column.
        let mut lowest: Vec<usize> = vec![0; self.width];
        for &row in rows {
            for (slot, _) in table.row(row).filter(|(_, cell)| !cell.is_blank()) {
                lowest.iter_mut().skip(slot.column()).take(slot.span()).for_each(|low| *low = row);
            }
        }
        let mut paths: Vec<Vec<usize>> = vec![Vec::new(); self.width];
        for &row in rows {
            let mut group: Option<usize> = None;
            for (slot, cell) in table.row(row) {
                let shown = if !cell.is_blank() {
                    group = Some(slot.cell());
                    group
                } else {
                    // A blank right of a group's label continues the group where columns
                    // of the group follow below.
                    let labelled_below = lowest.get(slot.column()).is_some_and(|&low| low > row);
                    group.filter(|_| flat && labelled_below)
                };
                for path in paths.iter_mut().skip(slot.column()).take(slot.span()) {
                    path.extend(shown.filter(|cell| path.last() != Some(cell)));
                }
            }
            // Rows of sheets may end before their last blanks.
            let end = table.slots(row).last().map_or(0, |slot| slot.column() + slot.span());
            let rest = paths.iter_mut().zip(&lowest).skip(end).filter(|&(_, &low)| low > row);
            rest.for_each(|(path, _)| path.extend(group.filter(|_| flat)));
        }
        paths
    }

    fn read_leaves(
        &mut self,
        table: &PrintedTable<'_>,
        paths: &[Vec<usize>],
        flat: bool,
        words: &BlockWords,
    ) {
        let cells = |path: &[usize]| -> Vec<&PrintedCell<'_>> {
            path.iter().filter_map(|&cell| table.cells.get(cell)).collect()
        };
        let mut column = 0;
        while let Some(path) = paths.get(column) {
            let own = cells(path);
            // One leaf covers the columns that show the same cells; where merged cells were
            // written out again, the same texts.
            let texts =
                |path: &[usize]| cells(path).iter().map(|c| &*c.text).eq(own.iter().map(|c| &*c.text));
            let alike = |other: &&Vec<usize>| *other == path || (flat && texts(other));
            let same = if path.is_empty() { 1 } else { paths.iter().skip(column).take_while(alike).count() };
            let spec = self.read_leaf(&own, words);
            let is_bare = path.is_empty();
            self.leaves.push(Leaf {
                column,
                end: column + same,
                spec,
                is_label: false,
                is_bare,
                written_out: flat,
            });
            column += same;
        }
    }

    /// The column that the labels of a leaf name, if no other leaf names it.
    fn read_leaf(&mut self, cells: &[&PrintedCell<'_>], words: &BlockWords) -> Option<usize> {
        let last = cells.last()?;
        let (text, location) = (last.text.to_string(), last.location.location());
        let Some((spec, agreement)) = column_of(cells, words) else {
            if !cells.iter().any(|cell| words.is_corner(&cell.key)) {
                self.unknown.push((text, location));
            }
            return None;
        };
        if self.has(spec) {
            self.repeated.push((text, location));
            self.leaves.iter_mut().filter(|l| l.spec == Some(spec)).for_each(|l| l.spec = None);
            return None;
        }
        let unit = unit_of_label(&text);
        self.labels.push(ColumnLabel { spec, agreement, unit, text, location });
        Some(spec)
    }

    /// Marks the columns of row labels: those left of the first column of values. A column
    /// that holds a number is none, whatever its header; and where rows have no labels
    /// (section 4) the values begin at the left edge.
    fn mark_labels(&mut self, table: &PrintedTable<'_>, part: &Part, words: &BlockWords) {
        if words.spec.rows().any(|row| row.label.is_empty()) {
            return;
        }
        let numbers = self.columns_of_numbers(table, part);
        let first = self.leaves.iter().position(|leaf| leaf.spec.is_some()).unwrap_or(0);
        for leaf in self.leaves.iter_mut().take(first) {
            leaf.is_label = numbers.range(leaf.column..leaf.end).next().is_none();
        }
    }

    fn columns_of_numbers(&self, table: &PrintedTable<'_>, part: &Part) -> BTreeSet<usize> {
        (part.data.iter().filter(|&&row| self.fits(table, row)))
            .flat_map(|&row| table.row(row))
            .filter(|(_, cell)| cell.is_number)
            .map(|(slot, _)| slot.column())
            .collect()
    }

    /// In a written-out header a label may be lost, the others moved up, and the row
    /// filled with a blank: where values stand under no label of the last header row,
    /// none of its labels is certain.
    fn forget_shifted(
        &mut self,
        table: &PrintedTable<'_>,
        part: &Part,
        paths: &[Vec<usize>],
        rows: &[usize],
    ) {
        if rows.len() < 2 {
            return;
        }
        let Some(&last) = rows.last() else { return };
        let own: BTreeSet<usize> = table.slots(last).iter().map(|slot| slot.cell()).collect();
        let in_last = |leaf: &Leaf| {
            paths.get(leaf.column).and_then(|path| path.last()).is_some_and(|cell| own.contains(cell))
        };
        let numbers = self.columns_of_numbers(table, part);
        let bare = self.leaves.iter().any(|leaf| leaf.spec.is_none() && numbers.contains(&leaf.column));
        if bare {
            for leaf in self.leaves.iter_mut().filter(|leaf| in_last(leaf)) {
                leaf.spec = None;
            }
        }
    }

    fn read_order(&mut self, table: &PrintedTable<'_>, part: &Part, words: &BlockWords) {
        let cells: Vec<&PrintedCell<'_>> = part
            .header
            .iter()
            .flat_map(|&row| table.row(row))
            .map(|(_, cell)| cell)
            .filter(|cell| !cell.is_blank() && !words.is_corner(&cell.key))
            .collect();
        let mut tree = Tree::new(words);
        let read = tree.read(&cells);
        for &(spec, agreement, cell) in &tree.labels {
            let (text, location) = (cell.text.to_string(), cell.location.location());
            let unit = unit_of_label(&text);
            self.labels.push(ColumnLabel { spec, agreement, unit, text, location });
        }
        if read == cells.len() {
            self.order = tree.flatten();
        } else if let Some(cell) = cells.get(read) {
            self.unknown.push((cell.text.to_string(), cell.location.location()));
        }
        if self.order.is_none() {
            self.labels.clear();
        }
    }

    /// Places a row's cells.
    pub(super) fn place<'a>(&self, table: &'a PrintedTable, row: usize, words: &BlockWords) -> PlacedRow<'a> {
        if let Some(columns) = &self.sheet {
            let placed = columns.as_ref().and_then(|columns| columns.place(table, row, words));
            return placed.unwrap_or_else(|| self.place_by_count(table, row));
        }
        let fits = table.geometry != Geometry::Rows && self.fits(table, row) && !self.leaves.is_empty();
        let moved = || table.geometry == Geometry::WrittenOut && self.shows_moves(table, row);
        if fits && !moved() { self.place_by_position(table, row) } else { self.place_by_count(table, row) }
    }

    /// Where cells were written out, whether a row shows that its cells or those of the header
    /// moved: by a label that stands twice, by a word among the values, by a value where the
    /// header has nothing, as files of sheets are as wide as their widest row, or by values that
    /// differ below what would be one merged label.
    fn shows_moves(&self, table: &PrintedTable<'_>, row: usize) -> bool {
        let moves = |leaf: &Leaf| {
            let own = || {
                table.row(row).filter(|(slot, _)| leaf.column <= slot.column() && slot.column() < leaf.end)
            };
            let mut texts = own().map(|(_, cell)| &*cell.text);
            let first = texts.next();
            texts.any(|text| Some(text) != first)
                || own().any(|(_, cell)| !cell.is_value || (leaf.is_bare && !cell.is_blank()))
        };
        !self.repeated.is_empty() || self.leaves.iter().any(|leaf| !leaf.is_label && moves(leaf))
    }

    fn place_by_position<'a>(&self, table: &'a PrintedTable, row: usize) -> PlacedRow<'a> {
        let is_label = |slot: &Slot| {
            self.leaves.iter().any(|l| l.is_label && l.column <= slot.column() && slot.column() < l.end)
        };
        let labels = table.row(row).filter(|(slot, cell)| is_label(slot) && !cell.is_blank());
        let (labels, has_own_label) = own_label_last(labels);
        let mut placed =
            PlacedRow { labels, has_own_label, columns: Vec::new(), unplaced: Vec::new(), misfit: false };
        placed.columns.reserve_exact(self.leaves.len());
        // Slots stand side by side, as leaves do: both are passed once.
        let mut slots = table.slots(row);
        for leaf in self.leaves.iter().filter(|leaf| !leaf.is_label) {
            let before = slots.iter().take_while(|slot| slot.column() + slot.span() <= leaf.column).count();
            slots = slots.get(before..).unwrap_or_default();
            let count = slots.iter().take_while(|slot| slot.column() < leaf.end).count();
            let own = slots.get(..count).unwrap_or_default();
            let covering = || own.iter().filter_map(|slot| Some((slot, table.cells.get(slot.cell())?)));
            let Some((_, first)) = covering().next() else { continue };
            let inside =
                |slot: &Slot| leaf.column <= slot.column() && slot.column() + slot.span() <= leaf.end;
            let clear = covering().all(|(slot, cell)| inside(slot) && cell.height == 1);
            let repeated = || leaf.written_out && covering().all(|(_, cell)| cell.text == first.text);
            let mut printed = covering().map(|(_, cell)| cell).filter(|cell| !cell.is_blank());
            let content = match (clear, printed.next(), printed.next()) {
                (true, Some(cell), None) => Placed::Cell(cell),
                (true, Some(cell), Some(_)) if repeated() => Placed::Cell(cell),
                (true, None, _) => Placed::Cell(first),
                _ => Placed::Unclear(covering().map(|(_, cell)| cell).collect()),
            };
            match (leaf.spec, content) {
                (Some(spec), content) => placed.columns.push((spec, content)),
                (None, Placed::Cell(cell)) if cell.is_blank() => {}
                (None, Placed::Cell(cell)) => placed.unplaced.push(cell),
                (None, Placed::Unclear(cells)) => placed.unplaced.extend(cells),
            }
        }
        placed
    }

    /// Labels, then exactly one value for each column. In a row that does not fit its
    /// table this still tells which cell is missing or too many: none is taken then.
    fn place_by_count<'a>(&self, table: &'a PrintedTable, row: usize) -> PlacedRow<'a> {
        let cells: Vec<&PrintedCell<'_>> = table.row(row).map(|(_, cell)| cell).collect();
        // Labels lead; a blank between them is a merged label's.
        let is_label = |cell: &&&PrintedCell| !cell.is_value || cell.is_blank();
        let leading = cells.iter().take_while(is_label).count();
        let (leading, _) = cells.split_at(leading);
        let last_label = leading.iter().rposition(|cell| !cell.is_blank());
        let (before, after) = cells.split_at(last_label.map_or(0, |last| last + 1));
        let labels = table.row(row).take(before.len()).filter(|(_, cell)| !cell.is_blank());
        let (labels, has_own_label) = own_label_last(labels);
        let mut values = after.to_vec();
        let mut spaced_off = false;
        // Pages that space their cells put one white line after the table as well; without
        // it all values are there.
        if let Some(order) = &self.order
            && table.spaced
            && values.len() == order.len() + 1
            && values.last().is_some_and(|cell| cell.is_blank())
            && table.loose_ends.contains(&row)
        {
            values.pop();
            spaced_off = true;
        }
        // A blank at a loose end may be spacing and hide a lost value; in a grid, a blank
        // after too few labels may be a label's.
        let blank_at = |cell: Option<&&PrintedCell>| cell.is_some_and(|cell| cell.is_blank());
        let label_columns: usize = self.leaves.iter().filter(|l| l.is_label).map(|l| l.end - l.column).sum();
        let doubtful = table.doubtful.contains(&row)
            || (!spaced_off && table.loose_ends.contains(&row) && blank_at(values.last()))
            || (labels.len() < label_columns && blank_at(values.first()))
            // Written-out cells cannot be counted.
            || self.leaves.iter().any(|leaf| leaf.written_out && !leaf.is_label && leaf.end > leaf.column + 1);
        let one_row = after.iter().all(|cell| cell.height <= 1);
        match &self.order {
            Some(order) if order.len() == values.len() && one_row && !doubtful => PlacedRow {
                labels,
                has_own_label,
                columns: (order.iter().zip(values))
                    .filter_map(|(column, cell)| Some(((*column)?, Placed::Cell(cell))))
                    .collect(),
                unplaced: Vec::new(),
                misfit: false,
            },
            _ => PlacedRow {
                labels,
                has_own_label,
                columns: Vec::new(),
                unplaced: after.to_vec(),
                misfit: true,
            },
        }
    }
}

/// Labels with the row's own at the end: a cell that reaches down from a row above names
/// a group, wherever it stands.
pub(super) fn own_label_last<'a>(
    labels: impl Iterator<Item = (&'a Slot, &'a PrintedCell<'a>)> + Clone,
) -> (Vec<&'a PrintedCell<'a>>, bool) {
    let own = labels.clone().filter(|(slot, _)| slot.first);
    let has_own = own.clone().next().is_some();
    let others = labels.filter(|(slot, _)| !slot.first);
    (others.chain(own).map(|(_, cell)| cell).collect(), has_own)
}

fn most_common(numbers: impl Iterator<Item = usize>) -> usize {
    let mut counts: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    numbers.for_each(|n| *counts.entry(n).or_default() += 1);
    counts.into_iter().max_by_key(|&(n, count)| (count, n)).map_or(0, |(n, _)| n)
}

/// The column that the labels above a position name, from the top: the own label last,
/// perhaps cut into several cells.
fn column_of(path: &[&PrintedCell<'_>], words: &BlockWords) -> Option<(usize, Agreement)> {
    for pieces in 1..=path.len().min(3) {
        let (groups, own) = path.split_at(path.len() - pieces);
        let joined;
        let key = match own {
            [cell] => &cell.key,
            _ => {
                joined = Key::from_folded(own.iter().map(|cell| &*cell.key.full).collect());
                &joined
            }
        };
        // Columns whose groups are those printed above; a group not printed is no
        // contradiction, a group printed that is not the column's is.
        let is_group = |key: &Key<'_>| {
            !words.is_corner(key) && words.column_groups.iter().flatten().any(|g| g.known(key).is_some())
        };
        let printed: Vec<&Key<'_>> =
            groups.iter().map(|cell| &cell.key).filter(|key| is_group(key)).collect();
        let fits = |own: &[Label]| {
            let mut own = own.iter();
            printed.iter().all(|key| own.any(|group| group.known(key).is_some()))
        };
        let mut named = (words.columns.named(key))
            .filter(|&(index, _)| words.column_groups.get(index).is_some_and(|groups| fits(groups)));
        if let Some(found) = named.next() {
            // Columns of the same name need a group to tell them apart.
            return named.next().is_none().then_some(found);
        }
        let columns = words.columns.iter().zip(&words.column_groups).enumerate();
        let fitting = columns.filter(|(_, (_, groups))| fits(groups));
        let fitting = fitting.map(|(index, (label, _))| (index, label));
        let slip = if printed.is_empty() { words.columns.best(key) } else { best(key, fitting) };
        if slip.is_some() {
            return slip;
        }
    }
    None
}

/// Wider tables are no statutory tables.
const MAX_WIDTH: usize = 1_024;

/// A header read as a sequence, level by level: first the labels of the top row, then
/// those under its first group, and so on.
struct Tree<'w, 'c> {
    words: &'w BlockWords,
    nodes: Vec<Node>,
    labels: Vec<(usize, Agreement, &'c PrintedCell<'c>)>,
}

#[derive(Default)]
struct Node {
    depth: usize,
    /// Columns of the block under this node.
    columns: Vec<usize>,
    children: Vec<Child>,
}

#[derive(Clone, Copy)]
enum Child {
    Leaf(usize),
    Group(usize),
    /// A column of sums inside a group.
    Subtotal,
}

impl<'w, 'c> Tree<'w, 'c> {
    fn new(words: &'w BlockWords) -> Self {
        let root = Node { depth: 0, columns: (0..words.spec.columns.len()).collect(), children: Vec::new() };
        Self { words, nodes: vec![root], labels: Vec::new() }
    }

    /// Reads labels from the front; says how many it understood.
    fn read(&mut self, cells: &[&'c PrintedCell<'c>]) -> usize {
        let mut at = 0;
        let mut level = vec![0_usize];
        while !level.is_empty() {
            let mut next = Vec::new();
            for node in level {
                while let Some(cell) = cells.get(at) {
                    let Some(child) = self.child(node, cell) else { break };
                    if let Child::Group(index) = child {
                        next.push(index);
                    }
                    if let Some(node) = self.nodes.get_mut(node) {
                        node.children.push(child);
                    }
                    at += 1;
                }
            }
            level = next;
        }
        at
    }

    /// The child of a node that a printed label names, unless it was named before.
    fn child(&mut self, node: usize, cell: &'c PrintedCell<'c>) -> Option<Child> {
        let Node { depth, columns, children } = self.nodes.get(node)?;
        let depth = *depth;
        let groups_of = |column: usize| self.words.column_groups.get(column).map_or(&[][..], Vec::as_slice);
        let group_name = |column: usize| self.words.spec.columns.get(column)?.group.get(depth);
        // A group stands for all its columns: its label is a candidate once.
        let repeats = |at: usize, column: usize| {
            let name = group_name(column);
            name.is_some() && columns.iter().take(at).any(|&other| group_name(other) == name)
        };
        let candidates = columns.iter().enumerate().filter_map(|(at, &column)| {
            let label = match groups_of(column).get(depth) {
                Some(_) if repeats(at, column) => return None,
                Some(group) => group,
                None => self.words.columns.get(column)?,
            };
            Some((column, label))
        });
        let Some((column, agreement)) = best(&cell.key, candidates) else {
            let is_subtotal = depth > 0 && SUBTOTALS.contains(&&*cell.key.full);
            let first = !children.iter().any(|child| matches!(child, Child::Subtotal));
            return (is_subtotal && first).then_some(Child::Subtotal);
        };
        if groups_of(column).len() == depth {
            if children.iter().any(|c| matches!(c, Child::Leaf(known) if *known == column)) {
                return None;
            }
            self.labels.push((column, agreement, cell));
            return Some(Child::Leaf(column));
        }
        // All columns of the group, told by its first one.
        let name = group_name(column)?;
        let columns: Vec<usize> = columns.iter().copied().filter(|&c| group_name(c) == Some(name)).collect();
        let taken = children.iter().any(|child| match child {
            Child::Group(index) => self.nodes.get(*index).is_some_and(|n| n.columns == columns),
            Child::Leaf(_) | Child::Subtotal => false,
        });
        if taken {
            return None;
        }
        self.nodes.push(Node { depth: depth + 1, columns, children: Vec::new() });
        Some(Child::Group(self.nodes.len() - 1))
    }

    /// Columns from left to right; none if a group has no columns under it.
    fn flatten(&self) -> Option<Vec<Option<usize>>> {
        let mut order = Vec::new();
        let mut stack = vec![Child::Group(0)];
        while let Some(child) = stack.pop() {
            match child {
                Child::Leaf(column) => order.push(Some(column)),
                Child::Subtotal => order.push(None),
                Child::Group(index) => {
                    let node = self.nodes.get(index)?;
                    if node.children.is_empty() {
                        return None;
                    }
                    stack.extend(node.children.iter().rev());
                }
            }
        }
        Some(order)
    }
}
