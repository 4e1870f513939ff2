//! Slips that move many numbers at once: each is tried, and kept if it makes all sums of
//! the table hold. Such a move is one slip, however many cells it changes (Scholtus, 2016).

use super::flow::{Flow, Range};
use super::network::Network;
use super::search::Problem;
use super::sets::{ArcSet, NodeSet, PerNode};
use super::slip::{Slip, Suspect};

/// A slip that moved many numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) slip: Slip,
    pub(crate) at: At,
    /// Columns or rows moved by, where more than one is possible.
    pub(crate) by: usize,
}

/// Rows and columns, by their position in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    Row(usize),
    Rows(usize, usize),
    Columns(usize, usize),
    /// A column from one row to another.
    Part(usize, usize, usize),
}

/// What a move makes of a cell.
type Change = (usize, Option<i64>);

/// All moves that make the sums hold, with their costs in thousandths and the cells they
/// change.
pub(super) fn moves(problem: &Problem<'_>) -> Vec<(u32, Move, Vec<Suspect>)> {
    let grid = &problem.network.grid;
    if grid.rows < 2 || grid.columns < 2 {
        return Vec::new();
    }
    let mut trial = Trial::new(problem);
    for row in 0..grid.rows {
        if !trial.can_mend(grid.nodes_of_row(row)) {
            continue;
        }
        trial.row_moves(row);
        if problem.network.total_rows.contains(&row) {
            trial.total_row(row);
        }
    }
    for row in 1..grid.rows {
        if trial.can_mend(grid.nodes_of_row(row - 1) | grid.nodes_of_row(row)) {
            let changes = trial.exchange((0..grid.columns).map(|column| ((row - 1, column), (row, column))));
            trial.test(1800, Slip::RowsExchanged, At::Rows(row - 1, row), 1, &changes);
        }
    }
    for right in 1..grid.columns {
        for left in 0..right {
            if trial.can_mend(grid.nodes_of_column(left) | grid.nodes_of_column(right)) {
                let changes = trial.exchange((0..grid.rows).map(|row| ((row, left), (row, right))));
                trial.test(2000, Slip::ColumnsExchanged, At::Columns(left, right), right - left, &changes);
            }
        }
    }
    for column in 0..grid.columns {
        if trial.can_mend(grid.nodes_of_column(column)) {
            trial.column_slips(column);
        }
    }
    trial.found
}

struct Trial<'p> {
    problem: &'p Problem<'p>,
    network: &'p Network,
    imbalance: PerNode<i64>,
    open: NodeSet,
    /// Wrong in any case: a move that leaves them does not explain the table.
    negative: ArcSet,
    found: Vec<(u32, Move, Vec<Suspect>)>,
}

impl<'p> Trial<'p> {
    fn new(problem: &'p Problem<'p>) -> Self {
        let network = problem.network;
        let imbalance = network.imbalances(&problem.values);
        let free = |node: usize| !network.incident.get(node).common(problem.free).is_empty();
        // A sum with a cell that is free may yet come out.
        let open = (0..network.nodes).filter(|node| imbalance.get(*node) != 0 && !free(*node));
        let open = open.fold(0, |set, node| set | 1 << node);
        Self { problem, network, imbalance, open, negative: problem.negative(), found: Vec::new() }
    }

    fn written(&self, arc: usize) -> Option<i64> {
        self.problem.values.get(arc).copied().flatten()
    }

    fn cell(&self, row: usize, column: usize) -> Option<i64> {
        self.written(self.network.grid.at(row, column)?)
    }

    /// A row of totals that nobody filled in.
    fn total_row(&mut self, row: usize) {
        let grid = &self.network.grid;
        let cells: Vec<usize> = (0..grid.columns).filter_map(|column| grid.at(row, column)).collect();
        if cells.iter().all(|arc| self.written(*arc) == Some(0)) {
            let changes: Vec<Change> = cells.into_iter().map(|arc| (arc, None)).collect();
            self.test(1500, Slip::TotalRowEmpty, At::Row(row), 0, &changes);
        }
    }

    fn row_moves(&mut self, row: usize) {
        let width = self.network.grid.columns;
        let arcs: Vec<usize> = (0..width).filter_map(|column| self.network.grid.at(row, column)).collect();
        let written: Vec<Option<i64>> = arcs.iter().map(|arc| self.written(*arc)).collect();
        if arcs.len() < width || written.iter().all(|value| *value == Some(0)) {
            return;
        }
        let at = At::Row(row);
        let is_zero = |value: &Option<i64>| *value == Some(0);
        // The numbers in their places, `None` for what was pushed out of the row.
        let changes =
            |values: Vec<Option<i64>>| -> Vec<Change> { arcs.iter().copied().zip(values).collect() };
        for (by, cost) in (1..width).zip((1500..).step_by(500)) {
            let (left, right) = (written.get(..by).unwrap_or(&[]), written.get(by..).unwrap_or(&[]));
            // To the right; the total was pushed out.
            if left.iter().all(is_zero) {
                let values = right.iter().copied().chain(std::iter::repeat_n(None, by)).collect();
                self.test(cost, Slip::RowShifted, at, by, &changes(values));
            }
            // Round the end.
            let values = right.iter().chain(left).copied().collect();
            self.test(cost, Slip::RowShifted, at, by, &changes(values));
            // To the left; the first numbers were pushed out.
            let (kept, end) =
                (written.get(..width - by).unwrap_or(&[]), written.get(width - by..).unwrap_or(&[]));
            if end.iter().all(is_zero) {
                let values = std::iter::repeat_n(None, by).chain(kept.iter().copied()).collect();
                self.test(cost, Slip::RowShifted, at, by, &changes(values));
            }
        }
        if written.last().is_some_and(is_zero) {
            for lost in 0..width - 1 {
                let (before, after) =
                    (written.get(..lost).unwrap_or(&[]), written.get(lost..width - 1).unwrap_or(&[]));
                let values = before.iter().copied().chain([Some(0)]).chain(after.iter().copied()).collect();
                self.test(2000, Slip::CellLost, at, 1, &changes(values));
            }
        }
        for doubled in 1..width {
            let twice = written.get(doubled - 1) == written.get(doubled);
            if twice {
                let (before, after) =
                    (written.get(..doubled).unwrap_or(&[]), written.get(doubled + 1..).unwrap_or(&[]));
                let values = before.iter().copied().chain(after.iter().copied()).chain([None]).collect();
                self.test(2200, Slip::CellDoubled, at, 1, &changes(values));
            }
        }
    }

    /// A part of a column that stands one row too low or too high: a zero was put in at
    /// the one end, a number pushed out at the other.
    fn column_slips(&mut self, column: usize) {
        let rows = self.network.grid.rows;
        for from in 0..rows {
            if self.cell(from, column) != Some(0) {
                continue;
            }
            // What stands below belongs one row higher, until a sum contradicts.
            let mut changes = Vec::new();
            for to in from + 1..rows {
                let (Some(arc), Some(last)) =
                    (self.network.grid.at(to - 1, column), self.network.grid.at(to, column))
                else {
                    break;
                };
                changes.push((arc, self.written(last)));
                let part = At::Part(column, from, to);
                changes.push((last, None));
                self.test(2500, Slip::ColumnSlipped, part, 1, &changes);
                changes.pop();
                if !self.row_holds(to - 1, arc, self.written(last)) {
                    break;
                }
            }
            // What stands above belongs one row lower.
            changes.clear();
            for to in (0..from).rev() {
                let (Some(arc), Some(last)) =
                    (self.network.grid.at(to + 1, column), self.network.grid.at(to, column))
                else {
                    break;
                };
                changes.push((arc, self.written(last)));
                let part = At::Part(column, to, from);
                changes.push((last, None));
                self.test(2500, Slip::ColumnSlipped, part, 1, &changes);
                changes.pop();
                if !self.row_holds(to + 1, arc, self.written(last)) {
                    break;
                }
            }
        }
    }

    /// Whether the sum of a row can hold with that number in that cell.
    fn row_holds(&self, row: usize, arc: usize, value: Option<i64>) -> bool {
        let (Some(ends), Some(value), Some(written)) = (self.network.arc(arc), value, self.written(arc))
        else {
            return true;
        };
        let in_row = |other: usize| self.network.arc(other).is_some_and(|other| other.row == row);
        [(ends.plus, value - written), (ends.minus, written - value)].into_iter().all(|(node, change)| {
            let mut arcs = self.network.incident.get(node);
            // The sums over rows are not done before the end of the slip is known.
            !arcs.iter().all(in_row) || {
                arcs = arcs.common(self.problem.free);
                !arcs.is_empty() || self.imbalance.get(node) + change == 0
            }
        })
    }

    fn exchange(&self, pairs: impl Iterator<Item = ((usize, usize), (usize, usize))>) -> Vec<Change> {
        pairs
            .filter_map(|(a, b)| Some((self.network.grid.at(a.0, a.1)?, self.network.grid.at(b.0, b.1)?)))
            .flat_map(|(a, b)| [(a, self.written(b)), (b, self.written(a))])
            .collect()
    }

    /// Whether all sums that do not hold are among those nodes.
    fn can_mend(&self, touched: NodeSet) -> bool {
        self.open & !touched == 0
    }

    /// Keeps the move if all sums hold after it.
    fn test(&mut self, cost: u32, slip: Slip, at: At, by: usize, changes: &[Change]) {
        let problem = self.problem;
        let changed =
            || changes.iter().filter(|(arc, value)| value.is_none() || *value != self.written(*arc));
        let touched = changed()
            .filter_map(|(arc, _)| self.network.arc(*arc))
            .fold(0, |set: NodeSet, ends| set | 1 << ends.plus | 1 << ends.minus);
        if !self.can_mend(touched) || changed().any(|(arc, _)| problem.locked.contains(*arc)) {
            return;
        }
        if !self.negative.without(changed().map(|(arc, _)| *arc).collect()).is_empty() {
            return;
        }
        let (mut imbalance, mut free) = (self.imbalance, problem.free);
        for (arc, value) in changed() {
            let Some(ends) = self.network.arc(*arc) else { continue };
            let change = value.unwrap_or(0) - self.written(*arc).unwrap_or(0);
            imbalance.set(ends.plus, imbalance.get(ends.plus) + change);
            imbalance.set(ends.minus, imbalance.get(ends.minus) - change);
            if value.is_none() { free.insert(*arc) } else { free.remove(*arc) }
        }
        let fixed = |node: usize| self.network.incident.get(node).common(free).is_empty();
        if (0..self.network.nodes).any(|node| imbalance.get(node) != 0 && fixed(node)) {
            return;
        }
        let Ok(flow) = Flow::new(self.network, free, &imbalance) else { return };
        let mut suspects: Vec<Suspect> = changed()
            .map(|&(arc, value)| {
                let range =
                    value.map_or_else(|| flow.range(arc), |value| Range { low: value, high: Some(value) });
                Suspect { slip, ..Suspect::new(arc, self.written(arc), range) }
            })
            .filter(|suspect| suspect.written != suspect.value() || suspect.value().is_none())
            .collect();
        suspects.sort_by_key(|suspect| suspect.arc);
        // Zeros at the ends of a part are where they were.
        let row = |suspect: &Suspect| self.network.arc(suspect.arc).map_or(0, |ends| ends.row);
        let at = match (at, suspects.as_slice()) {
            (At::Part(column, ..), [first, .., last]) => At::Part(column, row(first), row(last)),
            _ => at,
        };
        let negative = |suspect: &Suspect| suspect.range.low < 0;
        if !suspects.is_empty() && !suspects.iter().any(negative) {
            self.found.push((cost, Move { slip, at, by }, suspects));
        }
    }
}
