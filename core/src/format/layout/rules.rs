//! Ruling lines: from strokes as painted to lattices, one for each table.

use std::ops::Range;

use super::{Area, Points, Rule};
use crate::error::{Error, Result};
use crate::options::Limits;

/// Lines this close are one: double borders, and the two edges of neighbouring cells.
const SNAP: Points = 3.0;
/// Strokes in one line this far apart are one stroke: dashes.
const DASH: Points = 2.5;
/// Shorter lines rule nothing: dots, corners of borders.
const SHORT: Points = 5.0;
/// More lines than any page of a report has, after strokes in one line are joined.
const MOST: usize = 6_000;

/// Lines that cross or meet, as a lattice: positions, and which stretches are ruled.
#[derive(Debug)]
pub(super) struct Lattice {
    /// Positions of the vertical lines.
    pub(super) xs: Vec<Points>,
    /// Positions of the horizontal lines.
    pub(super) ys: Vec<Points>,
    /// For each horizontal line and each column, whether the stretch is ruled.
    across: Vec<Vec<bool>>,
    /// For each vertical line and each row, whether the stretch is ruled.
    down: Vec<Vec<bool>>,
}

impl Lattice {
    pub(super) fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    pub(super) fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    pub(super) fn area(&self) -> Area {
        let end = |line: &[Points]| (line.first().copied(), line.last().copied());
        let ((left, right), (top, bottom)) = (end(&self.xs), end(&self.ys));
        Area {
            left: left.unwrap_or(0.0),
            right: right.unwrap_or(0.0),
            top: top.unwrap_or(0.0),
            bottom: bottom.unwrap_or(0.0),
        }
    }

    pub(super) fn width(&self, column: usize) -> Points {
        let end = |line: usize| self.xs.get(line).copied().unwrap_or_default();
        end(column + 1) - end(column)
    }

    /// Row and column of the square where the point is.
    pub(super) fn at(&self, (x, y): (Points, Points)) -> Option<(usize, usize)> {
        let column = self.xs.partition_point(|&line| line <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|&line| line <= y).checked_sub(1)?;
        (column < self.columns() && row < self.rows()).then_some((row, column))
    }

    /// The lattice of some rows and columns.
    pub(super) fn part(&self, rows: Range<usize>, columns: Range<usize>) -> Self {
        let cut = |lines: &[Vec<bool>], own: &Range<usize>, crossing: &Range<usize>| {
            let own = lines.get(own.start..=own.end).unwrap_or_default().iter();
            own.map(|line| line.get(crossing.clone()).unwrap_or_default().to_vec()).collect()
        };
        Self {
            xs: self.xs.get(columns.start..=columns.end).unwrap_or_default().to_vec(),
            ys: self.ys.get(rows.start..=rows.end).unwrap_or_default().to_vec(),
            across: cut(&self.across, &rows, &columns),
            down: cut(&self.down, &columns, &rows),
        }
    }

    /// The squares, row by row, joined where no line parts them.
    pub(super) fn squares(&self, limits: &Limits) -> Result<Groups> {
        let (columns, rows) = (self.columns(), self.rows());
        if columns.saturating_mul(rows) as u64 > limits.table_cells {
            return Err(Error::limit("table_cells", limits.table_cells));
        }
        let mut groups = Groups::new(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                let square = row * columns + column;
                if column + 1 < columns && !self.is_ruled_down(column + 1, row) {
                    groups.join(square, square + 1);
                }
                if row + 1 < rows && !self.is_ruled_across(row + 1, column) {
                    groups.join(square, square + columns);
                }
            }
        }
        Ok(groups)
    }

    /// Whether horizontal line `line` is drawn over `column`.
    pub(super) fn is_ruled_across(&self, line: usize, column: usize) -> bool {
        self.across.get(line).and_then(|l| l.get(column)).copied().unwrap_or(false)
    }

    /// Whether vertical line `line` is drawn beside `row`.
    pub(super) fn is_ruled_down(&self, line: usize, row: usize) -> bool {
        self.down.get(line).and_then(|l| l.get(row)).copied().unwrap_or(false)
    }

    /// Whether any part of the horizontal line is drawn.
    pub(super) fn has_line_across(&self, line: usize) -> bool {
        self.across.get(line).is_some_and(|l| l.contains(&true))
    }

    /// Whether any part of the vertical line is drawn.
    pub(super) fn has_line_down(&self, line: usize) -> bool {
        self.down.get(line).is_some_and(|l| l.contains(&true))
    }
}

/// The lattices of a page, from top to bottom.
pub(super) fn lattices(rules: &[Rule]) -> Result<Vec<Lattice>> {
    let across = joined(rules, true);
    let down = joined(rules, false);
    if across.len() + down.len() > MOST {
        return Err(Error::limit("rules", MOST as u64));
    }
    // Lines that meet belong together.
    let mut groups = Groups::new(across.len() + down.len());
    for (a, horizontal) in across.iter().enumerate() {
        for (d, vertical) in down.iter().enumerate() {
            let meets = |line: &Rule, at: Points| line.from - SNAP <= at && at <= line.to + SNAP;
            if meets(horizontal, vertical.at) && meets(vertical, horizontal.at) {
                groups.join(a, across.len() + d);
            }
        }
    }
    let mut found: std::collections::BTreeMap<usize, (Vec<Rule>, Vec<Rule>)> = Default::default();
    for (index, rule) in across.iter().chain(&down).enumerate() {
        let (own_across, own_down) = found.entry(groups.root(index)).or_default();
        if index < across.len() { own_across.push(*rule) } else { own_down.push(*rule) }
    }
    let (mut crossing, alone): (Vec<_>, Vec<_>) =
        found.into_values().partition(|(across, down)| !across.is_empty() && !down.is_empty());
    for side in alone.into_iter().flat_map(|(_, down)| down) {
        let mut beside = crossing.iter_mut().filter(|group| is_side(&side, group));
        // Between two tables of one height it may be either's.
        if let (Some((_, down)), None) = (beside.next(), beside.next()) {
            down.push(side);
        }
    }
    let mut lattices: Vec<Lattice> = crossing
        .into_iter()
        .map(|(across, down)| lattice(&across, &down))
        // A frame around one cell is no table.
        .filter(|lattice| lattice.columns() * lattice.rows() > 1 && lattice.columns() > 1)
        .collect();
    lattices.sort_by(|a, b| a.area().top.total_cmp(&b.area().top));
    Ok(lattices)
}

/// Whether a line that meets no other one is the side of a table: as high as it, and beside
/// it. Between them stands a cell that goes on over the whole page.
fn is_side(side: &Rule, (across, down): &(Vec<Rule>, Vec<Rule>)) -> bool {
    let near = |a: Points, b: Points| (a - b).abs() <= SNAP;
    let ends = |own: &[Rule]| extent(&own.iter().flat_map(|rule| [rule.from, rule.to]).collect::<Vec<_>>());
    let ((left, right), (top, bottom)) = (ends(across), ends(down));
    near(side.from, top) && near(side.to, bottom) && (side.at < left - SNAP || side.at > right + SNAP)
}

/// Strokes in one line as one stroke.
fn joined(rules: &[Rule], horizontal: bool) -> Vec<Rule> {
    let mut own: Vec<Rule> = rules.iter().filter(|rule| rule.horizontal == horizontal).copied().collect();
    own.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut lines: Vec<Rule> = Vec::new();
    let mut rest = own.as_slice();
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|rule| rule.at - first.at <= 1.0).count();
        let (level, after) = rest.split_at(count);
        let mut level = level.to_vec();
        level.sort_by(|a, b| a.from.total_cmp(&b.from));
        let start = lines.len();
        for rule in level {
            match lines.get_mut(start..).and_then(<[Rule]>::last_mut) {
                Some(line) if rule.from <= line.to + DASH => line.to = line.to.max(rule.to),
                _ => lines.push(Rule { at: first.at, ..rule }),
            }
        }
        rest = after;
    }
    lines.retain(|line| line.to - line.from >= SHORT);
    lines
}

fn lattice(across: &[Rule], down: &[Rule]) -> Lattice {
    let positions = |own: &[Rule], crossing: &[Rule]| -> Vec<Points> {
        let mut at: Vec<Points> = own.iter().map(|rule| rule.at).collect();
        let (first, last) = extent(&at);
        // A side without a line is where the crossing lines end.
        at.extend(
            crossing
                .iter()
                .flat_map(|rule| [rule.from, rule.to])
                .filter(|end| *end < first - 2.0 * SNAP || *end > last + 2.0 * SNAP),
        );
        clustered(at)
    };
    let (xs, ys) = (positions(down, across), positions(across, down));
    Lattice { across: ruled(across, &ys, &xs), down: ruled(down, &xs, &ys), xs, ys }
}

fn extent(at: &[Points]) -> (Points, Points) {
    at.iter().fold((Points::INFINITY, Points::NEG_INFINITY), |(low, high), &x| (low.min(x), high.max(x)))
}

/// Positions with those that are close made one.
fn clustered(mut at: Vec<Points>) -> Vec<Points> {
    at.sort_by(Points::total_cmp);
    let mut clusters: Vec<(Points, Points, usize)> = Vec::new();
    for x in at {
        match clusters.last_mut() {
            Some((first, sum, count)) if x - *first <= SNAP => {
                *sum += x;
                *count += 1;
            }
            _ => clusters.push((x, x, 1)),
        }
    }
    clusters.into_iter().map(|(_, sum, count)| sum / count as Points).collect()
}

/// For each line, which stretches between the crossing positions are drawn for the most
/// part.
fn ruled(rules: &[Rule], lines: &[Points], crossing: &[Points]) -> Vec<Vec<bool>> {
    let mut drawn: Vec<Vec<(Points, Points)>> = vec![Vec::new(); lines.len()];
    for rule in rules {
        let nearest = (lines.iter().enumerate())
            .min_by(|(_, a), (_, b)| (*a - rule.at).abs().total_cmp(&(*b - rule.at).abs()))
            .map(|(index, _)| index);
        if let Some(line) = nearest.and_then(|index| drawn.get_mut(index)) {
            line.push((rule.from, rule.to));
        }
    }
    let stretches = || crossing.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
    drawn
        .into_iter()
        .map(|mut parts| {
            parts.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut united: Vec<(Points, Points)> = Vec::new();
            for (from, to) in parts {
                match united.last_mut() {
                    Some(last) if from <= last.1 + DASH => last.1 = last.1.max(to),
                    _ => united.push((from, to)),
                }
            }
            stretches()
                .map(|(from, to)| {
                    let covered: Points =
                        united.iter().map(|part| (part.1.min(to) - part.0.max(from)).max(0.0)).sum();
                    covered * 2.0 >= to - from
                })
                .collect()
        })
        .collect()
}

/// Things that belong together, by joining pairs.
#[derive(Debug)]
pub(super) struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    pub(super) fn new(count: usize) -> Self {
        Self { parents: (0..count).collect() }
    }

    pub(super) fn root(&mut self, mut index: usize) -> usize {
        loop {
            let parent = self.parents.get(index).copied().unwrap_or(index);
            if parent == index {
                return index;
            }
            let above = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(own) = self.parents.get_mut(index) {
                *own = above;
            }
            index = above;
        }
    }

    /// The lower root stays one.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(parent) = self.parents.get_mut(a.max(b)) {
            *parent = a.min(b);
        }
    }
}
