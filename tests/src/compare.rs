//! What was read against what is true.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::truth::{Fact, Status};

/// How one cell was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Another value, unit or status than the printed one is asserted.
    Wrong,
    /// The number is right, the text beside it is not.
    Text,
    /// Declared unreadable.
    Unreadable,
    /// Not there.
    Missing,
}

/// A cell that was not read as printed.
#[derive(Debug, Clone)]
pub struct Difference {
    /// What is the matter.
    pub verdict: Verdict,
    /// What is printed; nothing where the cell does not exist.
    pub expected: Option<Fact>,
    /// What was read.
    pub got: Option<Fact>,
}

impl Difference {
    /// The cell's id.
    pub fn id(&self) -> &str {
        self.expected.as_ref().or(self.got.as_ref()).map_or("", |fact| &fact.id)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |fact: &Option<Fact>| match fact {
            None => "-".to_owned(),
            Some(fact) => {
                let value = fact.value.as_deref().unwrap_or(fact.status.name());
                format!("{value}{} {:?}", fact.unit.as_deref().unwrap_or_default(), fact.text)
            }
        };
        write!(
            f,
            "{:?} {}: expected {}, got {}",
            self.verdict,
            self.id(),
            side(&self.expected),
            side(&self.got)
        )
    }
}

/// Counts of cells.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    /// Cells printed.
    pub cells: usize,
    /// Read exactly.
    pub right: usize,
    /// Asserted and wrong.
    pub wrong: usize,
    /// Declared unreadable.
    pub unreadable: usize,
    /// Not there.
    pub missing: usize,
}

impl Tally {
    /// Adds the counts of another tally.
    pub fn add(&mut self, other: &Self) {
        self.cells += other.cells;
        self.right += other.right;
        self.wrong += other.wrong;
        self.unreadable += other.unreadable;
        self.missing += other.missing;
    }
}

/// Compares all cells. Order does not matter; a cell read twice is wrong.
pub fn compare(expected: &[Fact], got: &[Fact]) -> (Tally, Vec<Difference>) {
    let mut tally = Tally { cells: expected.len(), ..Tally::default() };
    let mut differences = Vec::new();
    let read: BTreeMap<&str, &Fact> = got.iter().map(|fact| (fact.id.as_str(), fact)).collect();
    for fact in expected {
        let found = read.get(fact.id.as_str()).copied();
        match verdict(fact, found) {
            None => tally.right += 1,
            Some(verdict) => {
                match verdict {
                    Verdict::Wrong => tally.wrong += 1,
                    Verdict::Unreadable => tally.unreadable += 1,
                    Verdict::Missing => tally.missing += 1,
                    Verdict::Text => tally.right += 1,
                }
                differences.push(Difference { verdict, expected: Some(fact.clone()), got: found.cloned() });
            }
        }
    }
    for fact in surplus(expected, got) {
        tally.wrong += 1;
        differences.push(Difference { verdict: Verdict::Wrong, expected: None, got: Some(fact.clone()) });
    }
    (tally, differences)
}

/// Cells that were read and are not printed, or were read twice.
pub fn surplus<'a>(expected: &[Fact], got: &'a [Fact]) -> Vec<&'a Fact> {
    let mut left: BTreeSet<&str> = expected.iter().map(|fact| fact.id.as_str()).collect();
    got.iter().filter(|fact| !left.remove(fact.id.as_str())).collect()
}

/// What is the matter with one cell; nothing if it was read as printed.
pub fn verdict(expected: &Fact, got: Option<&Fact>) -> Option<Verdict> {
    let Some(got) = got else {
        return Some(Verdict::Missing);
    };
    if got.status == Status::Unreadable && expected.status != Status::Unreadable {
        return Some(Verdict::Unreadable);
    }
    if got.status != expected.status || !same_number(expected, got) {
        return Some(Verdict::Wrong);
    }
    // Only a number has a unit.
    if expected.value.is_some() && got.unit != expected.unit {
        return Some(Verdict::Wrong);
    }
    (trimmed(&got.text) != trimmed(&expected.text)).then_some(Verdict::Text)
}

/// Whether both state the same number, or none.
pub fn same_number(expected: &Fact, got: &Fact) -> bool {
    let plain = |fact: &Fact| fact.value.as_deref().map(|v| v.trim_start_matches('+').to_owned());
    plain(expected) == plain(got)
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace())
}
