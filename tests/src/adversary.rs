//! One damage to a printed report, and what may follow from it.
//!
//! After any single damage no wrong number may be read, anywhere. Cells near the damage
//! may become unreadable or go missing; all others must be read as if nothing had
//! happened.

use std::collections::BTreeSet;

use crate::compare::{Difference, Verdict, same_number, surplus, verdict};
use crate::print::{Cell, Item, Printed, Role, Row, Table};
use crate::render::Carrier;
use crate::truth::{Fact, Status};

/// A printed cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Which item of the page.
    pub item: usize,
    /// Which row of the table.
    pub row: usize,
    /// Which of the cells that begin in the row.
    pub cell: usize,
}

/// One damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// The cell is gone.
    Delete(Spot),
    /// The cell is there twice.
    Double(Spot),
    /// The cell is empty.
    Blank(Spot),
    /// The row is gone, and cells that span it are shorter; `cell` says nothing.
    DropRow(Spot),
    /// The row is gone, and cells that span it now reach into later rows.
    TearRow(Spot),
}

impl Damage {
    fn spot(self) -> Spot {
        match self {
            Self::Delete(spot)
            | Self::Double(spot)
            | Self::Blank(spot)
            | Self::DropRow(spot)
            | Self::TearRow(spot) => spot,
        }
    }
}

/// Every single damage that can be done to the report.
pub fn damages(printed: &Printed) -> Vec<Damage> {
    let mut all = Vec::new();
    for (item, table) in printed.tables() {
        for (row, cells) in table.rows.iter().enumerate() {
            for (cell, content) in cells.cells.iter().enumerate() {
                let spot = Spot { item, row, cell };
                all.extend([Damage::Delete(spot), Damage::Double(spot)]);
                if !content.is_blank() {
                    all.push(Damage::Blank(spot));
                }
            }
            let spot = Spot { item, row, cell: 0 };
            all.push(Damage::DropRow(spot));
            if spanning(table, row).next().is_some() {
                all.push(Damage::TearRow(spot));
            }
        }
    }
    all
}

/// The report after the damage.
pub fn apply(printed: &Printed, damage: Damage) -> Printed {
    let mut printed = printed.clone();
    let spot = damage.spot();
    let Item::Table(table) = &mut printed.items[spot.item] else {
        panic!("{spot:?} is no table");
    };
    let cells = &mut table.rows[spot.row].cells;
    match damage {
        Damage::Delete(_) => {
            cells.remove(spot.cell);
        }
        Damage::Double(_) => cells.insert(spot.cell, cells[spot.cell].clone()),
        Damage::Blank(_) => cells[spot.cell].paragraphs = vec![String::new()],
        Damage::DropRow(_) => {
            let above: Vec<(usize, usize)> = spanning(table, spot.row).collect();
            for (row, cell) in above {
                table.rows[row].cells[cell].rows -= 1;
            }
            table.rows.remove(spot.row);
        }
        Damage::TearRow(_) => {
            table.rows.remove(spot.row);
        }
    }
    printed
}

/// Cells that begin above the row and span it.
fn spanning(table: &Table, row: usize) -> impl Iterator<Item = (usize, usize)> {
    table.rows[..row].iter().enumerate().flat_map(move |(above, cells)| {
        let reaching = move |(_, cell): &(usize, &Cell)| above + cell.rows > row;
        cells.cells.iter().enumerate().filter(reaching).map(move |(at, _)| (above, at))
    })
}

/// What the damage is, in words.
pub fn describe(printed: &Printed, damage: Damage) -> String {
    let spot = damage.spot();
    let Item::Table(table) = &printed.items[spot.item] else {
        return format!("{damage:?}");
    };
    let row = &table.rows[spot.row];
    let line = |row: &Row| row.cells.iter().map(|cell| cell.line()).collect::<Vec<_>>().join("|");
    let what = match damage {
        Damage::Delete(_) => "delete",
        Damage::Double(_) => "double",
        Damage::Blank(_) => "blank",
        Damage::DropRow(_) => return format!("drop row «{}»", line(row)),
        Damage::TearRow(_) => return format!("tear row «{}»", line(row)),
    };
    let cell = &row.cells[spot.cell];
    format!("{what} {:?} «{}» ({}) in «{}»", cell.role, cell.line(), spot.cell, line(row))
}

/// How far a damage may reach in a carrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The row, or what the cell spans.
    Row,
    /// The rows before and after as well: in layouts of bare lines a row's end is known only
    /// by the next row's beginning, and on pages a row without its label may be the rest of
    /// the one above.
    Neighbours,
    /// Any row: where a table has no lines, one word that is out of place puts all in doubt, and
    /// so does a page that ends elsewhere.
    Anywhere,
}

impl Reach {
    /// Of a damage in a carrier.
    pub fn of(carrier: Carrier, printed: &Printed, damage: Damage) -> Self {
        match (carrier, damage) {
            _ if carrier.is_open() => Self::Anywhere,
            (Carrier::Pdf(_) | Carrier::Ofd(_), Damage::Blank(spot)) if is_label(printed, spot) => {
                Self::Neighbours
            }
            _ if carrier.is_lines() => Self::Neighbours,
            _ => Self::Row,
        }
    }
}

/// Whether nobody could see the damage in a carrier without lines: a row moves up to its end
/// that is blank, or the labels do over columns of which the last is blank.
pub fn is_unseen(carrier: Carrier, printed: &Printed, damage: Damage) -> bool {
    let (true, Item::Table(table)) = (carrier.is_open(), &printed.items[damage.spot().item]) else {
        return false;
    };
    let own = &table.rows[damage.spot().row];
    let ends_blank = |row: &Row| row.cells.last().is_some_and(Cell::is_blank);
    match damage {
        Damage::Double(_) => ends_blank(own),
        Damage::Delete(spot) if own.cells[spot.cell].role == Role::Header => {
            table.rows.iter().filter(|row| row.block == own.block && has_values(row)).all(ends_blank)
        }
        _ => false,
    }
}

fn is_label(printed: &Printed, spot: Spot) -> bool {
    match &printed.items[spot.item] {
        Item::Table(table) => table.rows[spot.row].cells[spot.cell].role == Role::Label,
        _ => false,
    }
}

/// Cells that may suffer from the damage, as indices into the facts.
pub fn scope(printed: &Printed, damage: Damage, reach: Reach) -> BTreeSet<usize> {
    let lines = reach == Reach::Neighbours;
    let spot = damage.spot();
    let Item::Table(table) = &printed.items[spot.item] else {
        return BTreeSet::new();
    };
    let row = &table.rows[spot.row];
    if let Damage::TearRow(_) = damage {
        return table.rows.iter().flat_map(values).collect();
    }
    let touched: Vec<&Cell> = match damage {
        Damage::DropRow(_) => row.cells.iter().collect(),
        _ => vec![&row.cells[spot.cell]],
    };
    let whole_block = touched.iter().any(|cell| matches!(cell.role, Role::Title | Role::Header));
    if whole_block {
        let block = table.rows.iter().position(|r| r.block == row.block).unwrap_or(0);
        // A title lost among lines leaves the row above without an end.
        let above = table.rows.get(block.wrapping_sub(1)).filter(|_| lines);
        let own = table.rows.iter().filter(|r| r.block == row.block);
        let mut cells: BTreeSet<usize> = own.chain(above).flat_map(values).collect();
        if lines && block == 0 {
            cells.extend(last_row_before(printed, spot.item));
        }
        return cells;
    }
    let down = touched.iter().map(|cell| cell.rows).max().unwrap_or(1);
    let (mut first, mut last) = (spot.row, (spot.row + down - 1).min(table.rows.len() - 1));
    let mut cells = BTreeSet::new();
    if lines {
        if first == 0 || !has_values(&table.rows[first - 1]) {
            cells.extend(last_row_before(printed, spot.item));
        }
        first = first.saturating_sub(1);
        last = (last + 1).min(table.rows.len() - 1);
    }
    cells.extend(table.rows[first..=last].iter().flat_map(values));
    cells
}

fn last_row_before(printed: &Printed, item: usize) -> Vec<usize> {
    let table = printed.tables().filter(|(at, _)| *at < item).last();
    table.and_then(|(_, t)| t.rows.last()).into_iter().flat_map(values).collect()
}

fn has_values(row: &Row) -> bool {
    values(row).next().is_some()
}

fn values(row: &Row) -> impl Iterator<Item = usize> {
    row.cells.iter().filter_map(|cell| match cell.role {
        Role::Value(index) => Some(index),
        _ => None,
    })
}

/// What came of one damage.
#[derive(Debug, Default)]
pub struct Judgement {
    /// Numbers, blanks or marks that are asserted and are not printed there.
    pub wrong: Vec<Difference>,
    /// Cells far from the damage that were not read.
    pub outside: Vec<Difference>,
    /// Cells near the damage that were read all the same.
    pub kept: usize,
    /// Cells near the damage.
    pub near: usize,
}

/// Judges what was read from the damaged report, `before` being what was read from the
/// undamaged one: what was lost there is no work of the damage.
pub fn judge(printed: &Printed, damage: Damage, reach: Reach, before: &[Fact], got: &[Fact]) -> Judgement {
    let near = scope(printed, damage, reach);
    let blanked = blanked(printed, damage);
    let mut judgement = Judgement { near: near.len(), ..Judgement::default() };
    for (index, fact) in printed.facts.iter().enumerate() {
        let found = got.iter().find(|read| read.id == fact.id);
        let inside = near.contains(&index);
        let verdict = match verdict(fact, found) {
            None | Some(Verdict::Text) => {
                judgement.kept += usize::from(inside);
                continue;
            }
            Some(verdict) => verdict,
        };
        let difference = || Difference { verdict, expected: Some(fact.clone()), got: found.cloned() };
        let forgiven = match (verdict, found) {
            (Verdict::Wrong, Some(read)) => {
                let emptied = blanked == Some(index) && read.status == Status::Blank;
                // A damaged header takes its unit along.
                let unit_lost =
                    inside && read.status == fact.status && same_number(fact, read) && read.unit.is_none();
                emptied || unit_lost
            }
            _ => {
                inside
                    || before
                        .iter()
                        .all(|read| read.id != fact.id || self::verdict(fact, Some(read)).is_some())
            }
        };
        match (forgiven, verdict) {
            (true, _) => {}
            (false, verdict) if verdict != Verdict::Wrong && reach == Reach::Anywhere => {}
            (false, Verdict::Wrong) => judgement.wrong.push(difference()),
            (false, _) => judgement.outside.push(difference()),
        }
    }
    for fact in surplus(&printed.facts, got) {
        if fact.status != Status::Unreadable {
            judgement.wrong.push(Difference {
                verdict: Verdict::Wrong,
                expected: None,
                got: Some(fact.clone()),
            });
        }
    }
    judgement
}

/// The fact whose very cell was emptied.
fn blanked(printed: &Printed, damage: Damage) -> Option<usize> {
    let Damage::Blank(spot) = damage else { return None };
    match &printed.items[spot.item] {
        Item::Table(Table { rows }) => match rows[spot.row].cells[spot.cell].role {
            Role::Value(index) => Some(index),
            _ => None,
        },
        _ => None,
    }
}
