//! Requests tables that add up, in four sizes, and the slips by which people spoil them.

use crate::random::Random;

/// Columns of the requests table, the total last.
pub const COLUMNS: usize = 7;

/// Requests dealt with in a year: least and most.
pub const SIZES: [(i64, i64); 4] = [(0, 9), (10, 99), (100, 999), (1000, 20_000)];

/// Years of issue of the forms.
pub const EDITIONS: [u16; 2] = [2019, 2021];

/// A requests table, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requests {
    /// The form it follows.
    pub edition: u16,
    /// Row by row.
    pub values: Vec<i64>,
}

impl Requests {
    /// A table that adds up: most requests come from persons, a few outcomes take most.
    pub fn random(edition: u16, size: (i64, i64), random: &mut Random) -> Self {
        let outcomes = if edition == 2019 { 19 } else { 21 };
        let mut share = |percent: usize, most: i64| {
            if random.chance(percent) { 1 << random.between(0, most) } else { 0 }
        };
        let mut kinds: Vec<i64> = (0..outcomes).map(|_| share(60, 7)).collect();
        kinds[0] += 64;
        let mut applicants: Vec<i64> = (0..COLUMNS - 1).map(|_| share(60, 4)).collect();
        applicants[0] += 96;
        let rows = outcomes + 4;
        let mut table = Self { edition, values: vec![0; rows * COLUMNS] };
        for _ in 0..random.between(size.0, size.1) {
            let applicant = drawn(&applicants, random);
            // Some come from last year, some stay for the next.
            let from = usize::from(random.chance(7));
            let to = if random.chance(7) { rows - 1 } else { 2 + drawn(&kinds, random) };
            let mut rows_met = vec![from, to];
            if to < rows - 1 {
                rows_met.push(rows - 2);
            }
            for row in rows_met {
                table.values[row * COLUMNS + applicant] += 1;
                table.values[row * COLUMNS + COLUMNS - 1] += 1;
            }
        }
        table
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.values.len() / COLUMNS
    }

    /// Whether the cell is a total.
    fn is_total(&self, cell: usize) -> bool {
        cell % COLUMNS == COLUMNS - 1 || cell / COLUMNS == self.rows() - 2
    }

    /// The cells that differ, with the values here.
    pub fn differing(&self, other: &Self) -> Vec<(usize, i64)> {
        let pairs = self.values.iter().zip(&other.values).enumerate();
        pairs.filter(|(_, (own, other))| own != other).map(|(cell, (own, _))| (cell, *own)).collect()
    }
}

fn drawn(weights: &[i64], random: &mut Random) -> usize {
    let mut at = random.between(0, weights.iter().sum::<i64>() - 1);
    weights
        .iter()
        .position(|weight| {
            at -= weight;
            at < 0
        })
        .unwrap_or(0)
}

/// How one number is spoiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// One of the others.
    Any,
    /// Another number of the same size.
    Value,
    /// Digits exchanged, wrong, lost or added.
    Digits,
    /// Another number in place of a total.
    Total,
    /// One more or one less.
    OffByOne,
    /// Zero in place of a number.
    LeftOut,
}

/// A slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// So many cells are wrong, one by one.
    Cells(usize, Error),
    /// The row of totals is left at zero.
    TotalRowEmpty,
    /// Two cells that stand side by side are exchanged.
    InRow,
    /// Two cells of which one stands below the other are exchanged.
    InColumn,
    /// A row stands one column too far to the left or the right.
    RowShifted,
    /// A part of a column stands one row too high or too low.
    ColumnSlipped,
    /// Two neighbouring rows are exchanged.
    RowsExchanged,
}

impl Slip {
    /// The table with the slip; none if it changes nothing there.
    pub fn spoil(self, table: &Requests, random: &mut Random) -> Option<Requests> {
        let mut spoiled = table.clone();
        let values = &mut spoiled.values;
        let rows = table.rows();
        let row = random.below(rows);
        let column = random.below(COLUMNS);
        match self {
            Self::Cells(count, error) => {
                let fit = |cell: &usize| match error {
                    Error::Total => table.is_total(*cell),
                    Error::LeftOut => table.values[*cell] > 0,
                    _ => true,
                };
                let mut cells: Vec<usize> = (0..values.len()).filter(fit).collect();
                random.shuffle(&mut cells);
                if cells.len() < count {
                    return None;
                }
                for &cell in &cells[..count] {
                    values[cell] = wrong(values[cell], error, random)?;
                }
            }
            Self::TotalRowEmpty => values[(rows - 2) * COLUMNS..(rows - 1) * COLUMNS].fill(0),
            Self::InRow => values.swap(row * COLUMNS + column, row * COLUMNS + (column + 1).min(COLUMNS - 1)),
            Self::InColumn => values.swap(row * COLUMNS + column, (row + 1).min(rows - 1) * COLUMNS + column),
            Self::RowShifted => {
                let row = &mut values[row * COLUMNS..(row + 1) * COLUMNS];
                if random.chance(50) {
                    row.rotate_right(1);
                    row[0] = 0;
                } else {
                    row.rotate_left(1);
                    row[COLUMNS - 1] = 0;
                }
            }
            Self::ColumnSlipped => {
                let other = random.below(rows);
                let (from, to) = (row.min(other), row.max(other));
                let cell = |row: usize| row * COLUMNS + column;
                if random.chance(50) {
                    for row in (from..to).rev() {
                        values[cell(row + 1)] = values[cell(row)];
                    }
                    values[cell(from)] = 0;
                } else {
                    for row in from..to {
                        values[cell(row)] = values[cell(row + 1)];
                    }
                    values[cell(to)] = 0;
                }
            }
            Self::RowsExchanged => {
                for column in 0..COLUMNS {
                    values.swap(row * COLUMNS + column, (row + 1).min(rows - 1) * COLUMNS + column);
                }
            }
        }
        let wanted = if let Self::Cells(count, _) = self { count } else { 1 };
        (spoiled.differing(table).len() >= wanted).then_some(spoiled)
    }
}

/// A wrong number; none if the slip does not apply.
fn wrong(value: i64, error: Error, random: &mut Random) -> Option<i64> {
    let error = match error {
        Error::Any => random.pick_copy(&[Error::Value, Error::Digits, Error::OffByOne, Error::LeftOut]),
        other => other,
    };
    let wrong = match error {
        Error::Any | Error::Value | Error::Total => random.between(0, (2 * value).max(9)),
        Error::OffByOne => value + random.pick_copy(&[-1, 1]),
        Error::LeftOut => 0,
        Error::Digits => {
            let mut digits = value.to_string().into_bytes();
            let at = random.below(digits.len());
            let digit = b'0' + random.below(10) as u8;
            match random.below(4) {
                0 if at + 1 < digits.len() => digits.swap(at, at + 1),
                1 if digits.len() > 1 => drop(digits.remove(at)),
                2 => digits.insert(at, digit),
                _ => digits[at] = digit,
            }
            String::from_utf8(digits).ok()?.parse().ok()?
        }
    };
    (wrong != value && wrong >= 0).then_some(wrong)
}

/// A table and what became of it: the first of that size to which the slip happens.
pub fn case(edition: u16, size: (i64, i64), slip: Slip, random: &mut Random) -> (Requests, Requests) {
    loop {
        let table = Requests::random(edition, size, random);
        // Another place of the same table may do where the first changed nothing.
        if let Some(spoiled) = (0..20).find_map(|_| slip.spoil(&table, random)) {
            return (table, spoiled);
        }
    }
}
