//! From the edges of cells, which each row gives for itself, to the columns of the table.

use super::{Join, Notes};
use crate::document::Geometry;
use crate::location::Location;
use crate::options::Limits;

/// Edges this near are the same: Word 97's rule for cells merged vertically, in
/// twentieths of a point.
const NEAR: i32 = 3;

/// What a row says of the places of its cells.
pub(crate) trait Shape {
    /// Where cells begin, and where the last one ends, in twentieths of a point.
    fn edges(&self) -> &[i32];
    /// How each cell is merged: sideways, and downwards.
    fn joins(&self) -> impl ExactSizeIterator<Item = (Join, Join)>;
}

impl<S: Shape> Shape for &S {
    fn edges(&self) -> &[i32] {
        (*self).edges()
    }

    fn joins(&self) -> impl ExactSizeIterator<Item = (Join, Join)> {
        (*self).joins()
    }
}

/// A cell placed in the columns of its table, with the cells it was merged with.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) span: usize,
    pub(crate) vertical: Join,
    /// Cells of the row that are merged into it from the right.
    pub(crate) merged: usize,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct PlacedRow {
    /// Columns left out before its first cell and after its last. Rows do not say that they
    /// leave some out, so a row that is too short at its end is not whole.
    pub(crate) before: usize,
    pub(crate) after: usize,
    pub(crate) cells: Vec<Placed>,
}

/// Every row in the columns of the table. Nothing, if the rows do not say where their
/// cells stand: `counts` are the cells that each row has in the text.
fn place(rows: &[impl Shape], counts: &[usize], columns: usize) -> Option<Vec<PlacedRow>> {
    if !rows.iter().zip(counts).all(|(row, &count)| agrees(row, count)) {
        return None;
    }
    let mut all: Vec<i32> = rows.iter().flat_map(|row| row.edges().iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    let merged = merge_near(&all);
    let slack = narrowest(rows) / 2;
    let tries = [merged.as_slice(), all.as_slice()];
    tries.into_iter().find_map(|edges| {
        edges.len().checked_sub(1).filter(|&total| total <= columns)?;
        rows.iter().map(|row| place_row(row, edges, slack)).collect()
    })
}

/// Whether a row defines so many cells.
fn agrees(row: &impl Shape, count: usize) -> bool {
    row.joins().len() == count && row.edges().len() == count + 1
}

/// The first of each group of edges that are near each other.
fn merge_near(edges: &[i32]) -> Vec<i32> {
    let mut firsts: Vec<i32> = Vec::new();
    for &edge in edges {
        if firsts.last().is_none_or(|&first| edge.saturating_sub(first) > NEAR) {
            firsts.push(edge);
        }
    }
    firsts
}

/// The width of the narrowest cell.
fn narrowest(rows: &[impl Shape]) -> i32 {
    let sides = rows.iter().flat_map(|row| row.edges().windows(2));
    let width = |sides: &[i32]| if let [left, right] = sides { right.saturating_sub(*left) } else { 0 };
    sides.map(width).filter(|&width| width > 0).min().unwrap_or(0)
}

/// A row that ends before the table does has lost a cell, unless what is missing is less
/// than `slack`, for which no cell is narrow enough.
fn place_row(row: &impl Shape, edges: &[i32], slack: i32) -> Option<PlacedRow> {
    let end = row.edges().last().copied().unwrap_or(0);
    let missing = edges.last().map_or(0, |edge| edge.saturating_sub(end));
    let left_out = if missing < slack { edges.len().checked_sub(1)? } else { 0 };
    let column = |edge: &i32| edges.partition_point(|first| first <= edge).checked_sub(1);
    let columns: Vec<usize> = row.edges().iter().map(column).collect::<Option<_>>()?;
    let mut placed = PlacedRow {
        before: columns.first().copied().unwrap_or(0),
        after: left_out.saturating_sub(columns.last().copied().unwrap_or(0)),
        cells: Vec::new(),
    };
    // Whether the merge at the end of `cells` goes on.
    let mut open = false;
    for ((horizontal, vertical), sides) in row.joins().zip(columns.windows(2)) {
        let [left, right] = sides else { continue };
        let span = right.checked_sub(*left)?;
        open &= horizontal == Join::Continue;
        match placed.cells.last_mut().filter(|_| open) {
            Some(wide) => {
                wide.span += span;
                wide.merged += 1;
            }
            None => placed.cells.push(Placed { span, vertical, merged: 0 }),
        }
        open |= horizontal == Join::Restart;
    }
    // A cell without width has no column of its own.
    placed.cells.iter().all(|cell| cell.span > 0).then_some(placed)
}

/// The columns of a table's cells. Where rows do not tell them, or one has no end, the cells
/// are read in order, and a finding says so.
pub(crate) fn settle(
    rows: &[impl Shape],
    counts: &[usize],
    complete: bool,
    limits: &Limits,
    place: &Location,
    notes: &mut Notes<'_>,
) -> (Geometry, Vec<PlacedRow>) {
    let columns = usize::try_from(limits.span).unwrap_or(usize::MAX);
    if let Some(placed) = self::place(rows, counts, columns).filter(|_| complete) {
        return (Geometry::Grid, placed);
    }
    notes.warn(
        "DOC-TABLE-COLUMNS",
        place,
        "表格的行没有说明单元格的列位置，按次序读取",
        "rows of the table do not say in which columns their cells stand; they were read in order",
    );
    (Geometry::Rows, counts.iter().map(|&count| in_order(count)).collect())
}

/// Cells whose columns are not known.
fn in_order(count: usize) -> PlacedRow {
    let cell = |_| Placed { span: 1, vertical: Join::None, merged: 0 };
    PlacedRow { before: 0, after: 0, cells: (0..count).map(cell).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row {
        edges: Vec<i32>,
        joins: Vec<Join>,
    }

    impl Shape for Row {
        fn edges(&self) -> &[i32] {
            &self.edges
        }

        fn joins(&self) -> impl ExactSizeIterator<Item = (Join, Join)> {
            self.joins.iter().map(|&join| (join, Join::None))
        }
    }

    fn row(edges: &[i32], joins: &[Join]) -> Row {
        Row { edges: edges.to_vec(), joins: joins.to_vec() }
    }

    fn plain(edges: &[i32]) -> Row {
        row(edges, &vec![Join::None; edges.len() - 1])
    }

    /// Column and span of each cell, `|`, columns left out at the end.
    fn placed(rows: &[Row]) -> Vec<String> {
        let counts: Vec<usize> = rows.iter().map(|row| row.joins.len()).collect();
        let text = |row: &PlacedRow| {
            let mut column = row.before;
            let mut text = String::new();
            for cell in &row.cells {
                text.push_str(&format!("{column}+{} ", cell.span));
                column += cell.span;
            }
            format!("{text}| {}", row.after)
        };
        place(rows, &counts, 1024).map_or_else(Vec::new, |rows| rows.iter().map(text).collect())
    }

    #[test]
    fn edges_of_all_rows_make_the_columns() {
        assert_eq!(
            placed(&[plain(&[0, 300, 900]), plain(&[0, 600, 900]), plain(&[300, 600])]),
            ["0+1 1+2 | 0", "0+2 2+1 | 0", "1+1 | 0"]
        );
    }

    #[test]
    fn a_row_too_short_for_a_cell_ends_with_the_table() {
        assert_eq!(
            placed(&[plain(&[0, 300, 900]), plain(&[0, 300, 760]), plain(&[0, 300, 740])]),
            ["0+1 1+3 | 0", "0+1 1+2 | 1", "0+1 1+1 | 0"]
        );
    }

    #[test]
    fn edges_a_hair_apart_are_one() {
        assert_eq!(placed(&[plain(&[0, 300, 900]), plain(&[-2, 301, 899])]), ["0+1 1+1 | 0"; 2]);
        assert_eq!(placed(&[plain(&[0, 300]), plain(&[0, 304])]), ["0+1 | 1", "0+2 | 0"]);
        // Unless a cell would vanish.
        assert_eq!(placed(&[plain(&[0, 3, 300])]), ["0+1 1+1 | 0"]);
    }

    #[test]
    fn merged_cells_are_one_cell() {
        let (none, restart, on) = (Join::None, Join::Restart, Join::Continue);
        assert_eq!(
            placed(&[
                plain(&[0, 1, 2, 3, 4, 5]),
                row(&[0, 1, 2, 3, 4, 5], &[none, restart, on, restart, on])
            ]),
            placed(&[plain(&[0, 10, 20, 30, 40, 50]), plain(&[0, 10, 30, 50])])
        );
        // A continuation of nothing is a cell.
        assert_eq!(placed(&[row(&[0, 10, 20], &[none, on])]), ["0+1 1+1 | 0"]);
    }

    #[test]
    fn rows_that_do_not_define_their_cells_have_no_columns() {
        assert!(place(&[plain(&[0, 10, 20])], &[3], 1024).is_none());
        assert!(place(&[plain(&[0, 20, 10])], &[2], 1024).is_none());
        assert!(place(&[plain(&[0, 10, 10])], &[2], 1024).is_none());
        assert!(place(&[plain(&[0, 10, 20])], &[2], 1).is_none());
    }
}
