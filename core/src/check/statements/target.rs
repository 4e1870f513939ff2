//! The cells that a statement names, and what they say.

use super::number::{Counter, Fit, Number};
use crate::check::sheet::{CellSpec, Operand, Sum, column_label, group_label, row_label};
use crate::check::subject::Subject;
use crate::location::Location;
use crate::model::{Decimal, Fact, Unit};
use crate::template::phrases::Grade;

/// Sums of cells of which any may be meant, the usual one first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) table: &'static str,
    pub(crate) rows: Vec<Vec<&'static str>>,
    pub(crate) columns: Vec<Vec<&'static str>>,
    pub(crate) loose: bool,
}

/// What the table says about a stated number.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The report does not print the table, or its edition has no such cell.
    Silent,
    Holds,
    /// The sum in its usual meaning, and why it may differ, if one reason fits.
    Fails {
        value: Decimal,
        reason: Option<Reason>,
    },
    /// Blank, unreadable, or too far from an inexact number; with the answer if blanks
    /// were zero.
    Open {
        as_zero: Option<bool>,
        inexact: bool,
    },
}

/// A sum that equals the stated number and is likely what was meant.
#[derive(Debug)]
pub(crate) struct Reason {
    pub(crate) code: &'static str,
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
    /// Cells that give the stated number; none for slips of digits.
    pub(crate) facts: Vec<String>,
}

/// Cells and their sum.
struct Cells<'a> {
    list: Vec<(&'static CellSpec, Option<&'a Fact>)>,
    sum: Sum,
}

impl Cells<'_> {
    fn known(&self) -> Option<Decimal> {
        self.sum.known().filter(|_| !self.list.is_empty())
    }
}

/// The cells of those rows and columns. A row stands for itself and those below it.
fn cells<'a>(subject: &Subject<'a>, table: &str, rows: &[&str], columns: &[&str]) -> Cells<'a> {
    let mut cells = Cells { list: Vec::new(), sum: Sum::ZERO };
    for (cell, fact) in subject.cells_of(table) {
        if !columns.contains(&cell.column.id) {
            continue;
        }
        let is_meant = |term: &&&str| {
            let row = term.strip_prefix('-').unwrap_or(term);
            cell.row == row || cell.is_part_of(row)
        };
        let Some(term) = rows.iter().find(is_meant) else { continue };
        let operand = match Operand::of(fact) {
            Operand::Number(value) if term.starts_with('-') => Operand::Number(-value),
            operand => operand,
        };
        cells.sum = cells.sum.plus(operand);
        cells.list.push((cell, fact));
    }
    cells
}

impl Target {
    pub(crate) fn new(
        table: &'static str,
        rows: Vec<Vec<&'static str>>,
        columns: Vec<Vec<&'static str>>,
        grade: Grade,
    ) -> Self {
        Self { table, rows, columns, loose: grade == Grade::Loose }
    }

    fn readings(&self) -> impl Iterator<Item = (&[&'static str], &[&'static str])> {
        self.columns
            .iter()
            .flat_map(move |columns| self.rows.iter().map(move |rows| (rows.as_slice(), columns.as_slice())))
    }

    /// The rows and columns of the first meaning that the report's edition has cells for.
    fn meaning(&self, subject: &Subject<'_>) -> (&[&'static str], &[&'static str]) {
        let is_printed =
            |(rows, columns): &(&[&str], &[&str])| !cells(subject, self.table, rows, columns).list.is_empty();
        self.readings().find(is_printed).or_else(|| self.readings().next()).unwrap_or_default()
    }

    fn usual<'a>(&self, subject: &Subject<'a>) -> Cells<'a> {
        let (rows, columns) = self.meaning(subject);
        cells(subject, self.table, rows, columns)
    }

    /// The unit of its numbers in the table, where they are money.
    pub(crate) fn money_unit(&self, subject: &Subject<'_>) -> Option<Unit> {
        let cells = self.usual(subject).list;
        let unit = cells.first().and_then(|(_, fact)| fact.and_then(Fact::meant_unit));
        unit.filter(|unit| unit.is_money())
    }

    /// Ids of the cells in the usual meaning.
    pub(crate) fn facts(&self, subject: &Subject<'_>) -> Vec<String> {
        self.usual(subject).list.iter().map(|(cell, _)| cell.id()).collect()
    }

    /// The places of those cells.
    pub(crate) fn locations(&self, subject: &Subject<'_>) -> Vec<Location> {
        self.usual(subject)
            .list
            .iter()
            .filter_map(|(_, fact)| Some(fact.as_ref()?.location.clone()))
            .collect()
    }

    /// The cells in words: the label where it is one, the group where it is one group.
    pub(crate) fn label(&self, subject: &Subject<'_>) -> (String, String) {
        let cells = self.usual(subject).list;
        let (terms, columns) = self.meaning(subject);
        let block = cells.first().map(|(cell, _)| cell.block);
        let row = |term: &&str| match block {
            Some(block) if cells.iter().any(|(cell, _)| cell.row == *term) => row_label(block, term),
            Some(block) if self.table == "review" => {
                let named = cells.iter().map(|(cell, _)| row_label(block, cell.row));
                named.collect::<Vec<_>>().join("+")
            }
            Some(block) => group_label(block, term),
            None => (*term).to_owned(),
        };
        let rows: Vec<String> = terms.iter().map(row).collect();
        let column: Vec<String> = match block {
            Some(block) => columns.iter().map(|id| column_label(block, id)).collect(),
            None => Vec::new(),
        };
        (
            format!("{}·{}", rows.join("+"), column.join("+")),
            format!("{}.{}.{}", self.table, terms.join("+"), columns.join("+")),
        )
    }

    /// Compares a stated number with the cells.
    pub(crate) fn answer(&self, subject: &Subject<'_>, number: &Number) -> Answer {
        let mut printed = false;
        let mut open: Option<(Option<bool>, bool)> = None;
        for (rows, columns) in self.readings() {
            let cells = cells(subject, self.table, rows, columns);
            printed |= !cells.list.is_empty();
            let fit = cells.sum.as_zero().map(|value| compare(number, value, &cells));
            match (cells.known(), fit) {
                _ if cells.list.is_empty() => {}
                (Some(_), Some(Fit::Yes)) => return Answer::Holds,
                (Some(_), Some(Fit::No)) => {}
                (Some(_), Some(Fit::Open)) => {
                    open.get_or_insert((None, true));
                }
                (_, fit) => {
                    let zero = fit.filter(|fit| *fit != Fit::Open).map(|fit| fit == Fit::Yes);
                    open.get_or_insert((zero, false));
                }
            }
        }
        match (printed, open, self.usual(subject).known()) {
            (true, Some((as_zero, inexact)), _) => Answer::Open { as_zero, inexact },
            (true, None, Some(value)) => Answer::Fails { value, reason: self.reason(subject, number, value) },
            _ => Answer::Silent,
        }
    }

    /// The one likely reason of a difference.
    fn reason(&self, subject: &Subject<'_>, number: &Number, value: Decimal) -> Option<Reason> {
        if !number.is_exact() || number.is_zero() {
            return None;
        }
        let (rows, columns) = self.readings().next()?;
        let mut reasons: Vec<Reason> = Vec::new();
        let mut equal = |code, zh, en, rows: &[&str], columns: &[&str]| {
            let cells = cells(subject, self.table, rows, columns);
            if cells.known() == Some(number.value) {
                let facts = cells.list.iter().map(|(cell, _)| cell.id()).collect();
                reasons.push(Reason { code, zh, en, facts });
            }
        };
        if self.table == "requests" {
            let granted = ["granted", "partially_granted"];
            if columns == ["total"] {
                equal("ONE_COLUMN", "自然人一栏", "the column of natural persons", rows, &["natural_person"]);
            }
            if rows.len() == 1 && rows.iter().all(|row| granted.contains(row)) {
                equal(
                    "PARTIAL_INCLUDED",
                    "予以公开与部分公开之和",
                    "granted and partially granted",
                    &granted,
                    columns,
                );
            }
            if rows == ["received"] || rows == ["total"] {
                let both = ["received", "brought_forward"];
                equal(
                    "BROUGHT_FORWARD_INCLUDED",
                    "本年新收与上年结转之和",
                    "received and brought forward",
                    &both,
                    columns,
                );
            }
            if rows == ["received"] {
                let closed = ["received", "-carried_forward"];
                equal(
                    "CARRIED_FORWARD_EXCLUDED",
                    "本年新收减去结转下年度",
                    "received without carried forward",
                    &closed,
                    columns,
                );
            }
        }
        let parts = cells(subject, self.table, rows, columns);
        let ids: Vec<String> = parts
            .list
            .iter()
            .filter(|(_, fact)| Operand::of(*fact) == Operand::Number(number.value))
            .map(|(cell, _)| cell.id())
            .collect();
        if ids.len() == 1 {
            let (zh, en) = ("其中一个分项", "one of its items");
            reasons.push(Reason { code: "ONE_ITEM", zh, en, facts: ids });
        }
        if transposed(&number.value.to_string(), &value.to_string()) {
            let (zh, en) = ("表中数字的相邻两位对调", "the table's number with two digits exchanged");
            reasons.push(Reason { code: "TRANSPOSED_DIGITS", zh, en, facts: Vec::new() });
        }
        if reasons.len() == 1 { reasons.pop() } else { None }
    }
}

fn compare(number: &Number, value: Decimal, cells: &Cells<'_>) -> Fit {
    let Counter::Yuan { step } = number.counter else { return number.fits(value) };
    // Money: both in 元, and equal as far as both print places.
    let unit = cells.list.first().and_then(|(_, fact)| fact.and_then(Fact::meant_unit));
    let power = if unit == Some(Unit::Yuan) { 0 } else { 4 };
    let Some(table) = value.checked_shift(power) else { return Fit::Open };
    if !number.is_exact() {
        return number.fits(table);
    }
    let own = power.saturating_sub(value.scale());
    let Some(places) = Decimal::from(1).checked_shift(own.max(step)) else { return Fit::Open };
    let difference = table.checked_add(-number.value).map(|d| if d.is_negative() { -d } else { d });
    match difference {
        Some(difference)
            if difference == Decimal::ZERO || places > Decimal::from(1) && difference < places =>
        {
            Fit::Yes
        }
        Some(_) => Fit::No,
        None => Fit::Open,
    }
}

/// Two neighbouring digits exchanged.
fn transposed(a: &str, b: &str) -> bool {
    let differ: Vec<usize> =
        a.bytes().zip(b.bytes()).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    let digit = |text: &str, at: usize| text.as_bytes().get(at).copied();
    match differ.as_slice() {
        [first, second] if a.len() == b.len() && *second == first + 1 => {
            digit(a, *first) == digit(b, *second) && digit(a, *second) == digit(b, *first)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_exchanged_with_their_neighbours() {
        assert!(transposed("1234", "1243") && transposed("21", "12"));
        for (a, b) in [
            ("1234", "1234"),
            ("1234", "1235"),
            ("1234", "1245"),
            ("1234", "1343"),
            ("1234", "4231"),
            ("1234", "2143"),
            ("12345", "1243"),
            ("1243", "12345"),
        ] {
            assert!(!transposed(a, b), "{a} {b}");
        }
    }
}
