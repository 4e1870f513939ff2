//! Frames of a layout around tables: a page's text in one large cell, whose lines the tables
//! in it touch where the page breaks them.

use std::ops::Range;

use super::Points;
use super::rules::Lattice;
use crate::error::Result;
use crate::options::Limits;

/// No character has room in less.
const NARROW: Points = 8.0;

/// The tables in the frame that the lattice is, or the lattice itself where it is none.
///
/// A cell is a rectangle. One that is as wide as all others together, and goes on beside
/// them, is none: it is the frame, and they are tables in it.
pub(super) fn without(lattice: Lattice, limits: &Limits) -> Result<Vec<Lattice>> {
    let (columns, rows) = (lattice.columns(), lattice.rows());
    let mut groups = lattice.squares(limits)?;
    let mut line = |row: usize| (0..columns).map(|column| groups.root(row * columns + column)).collect();
    let lines: Vec<Vec<usize>> = (0..rows).map(&mut line).collect();
    let frames = frames(&lines, lattice.width(0));
    Ok(match tables(&lines, &frames) {
        Some(tables) => tables.into_iter().map(|(rows, columns)| lattice.part(rows, columns)).collect(),
        None => vec![lattice],
    })
}

/// The cells that are frames, of cells by row and column, and the first column's width.
fn frames(lines: &[Vec<usize>], first: Points) -> Vec<usize> {
    // Of each cell, whether it is all of a row, and whether it shares one.
    let mut shows = vec![(false, false); lines.iter().map(Vec::len).sum()];
    for line in lines {
        let is_one = line.windows(2).all(|pair| pair.first() == pair.last());
        for cell in line {
            if let Some((is_whole, is_shared)) = shows.get_mut(*cell) {
                *(if is_one { is_whole } else { is_shared }) = true;
            }
        }
    }
    let around: Vec<usize> =
        (0..).zip(&shows).filter(|(_, shows)| **shows == (true, true)).map(|(cell, _)| cell).collect();
    // Over a whole page both sides of a frame may stand alone. With room for text they may
    // as well be columns of the table.
    if around.is_empty() && first < NARROW {
        let side = |at: fn(&Vec<usize>) -> Option<&usize>| {
            let own = lines.first().and_then(at)?;
            lines.iter().all(|line| at(line) == Some(own)).then_some(*own)
        };
        let sides = side(|line| line.first()).zip(side(|line| line.last()));
        return sides.into_iter().flat_map(<[usize; 2]>::from).collect();
    }
    around
}

/// Rows and columns of the tables, from top to bottom; nothing without frames. One in which a
/// frame stands between cells is none that can be told.
fn tables(lines: &[Vec<usize>], frames: &[usize]) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    let mut found: Vec<(Range<usize>, Range<usize>, bool)> = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        let is_table = |own: &usize| frames.binary_search(own).is_err();
        let Some(first) = line.iter().position(is_table) else { continue };
        let end = line.iter().rposition(is_table)? + 1;
        let is_parted = !line.get(first..end)?.iter().all(is_table);
        // What a row lacks at its ends is seen there.
        match found.last_mut() {
            Some((rows, columns, parted)) if rows.end == row => {
                rows.end = row + 1;
                *columns = columns.start.min(first)..columns.end.max(end);
                *parted |= is_parted;
            }
            _ => found.push((row..row + 1, first..end, is_parted)),
        }
    }
    let told = || found.iter().filter(|(.., is_parted)| !is_parted);
    let is_framed = !frames.is_empty() && told().next().is_some();
    is_framed.then(|| told().map(|(rows, columns, _)| (rows.clone(), columns.clone())).collect())
}
