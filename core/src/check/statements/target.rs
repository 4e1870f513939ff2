//! The cells that a statement names, and what they say.

use super::number::{Counter, Fit, Number, raised};
use crate::check::sheet::{CellSpec, Operand, column_label, row_label};
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

/// A sum of cells.
struct Sum<'a> {
    value: Option<Decimal>,
    cells: Vec<(&'static CellSpec, Option<&'a Fact>)>,
    blank: bool,
    unreadable: bool,
}

impl Sum<'_> {
    fn known(&self) -> Option<Decimal> {
        self.value.filter(|_| !self.blank && !self.unreadable && !self.cells.is_empty())
    }
}

fn sum<'a>(subject: &Subject<'a>, table: &str, rows: &[&str], columns: &[&str]) -> Sum<'a> {
    let mut sum = Sum { value: Some(Decimal::ZERO), cells: Vec::new(), blank: false, unreadable: false };
    for filled in &subject.sheets {
        for (at, cell) in filled.sheet.cells.iter().enumerate() {
            if cell.block.table != table || !columns.contains(&cell.column.id) || !filled.prints(cell.block) {
                continue;
            }
            let Some(term) = rows.iter().find(|term| stands_for(term, cell.row)) else { continue };
            let fact = filled.fact(at);
            match Operand::of(fact) {
                Operand::Number(value) => {
                    let value = if term.starts_with('-') { -value } else { value };
                    sum.value = sum.value.and_then(|all| all.checked_add(value));
                }
                Operand::Nothing => sum.blank = true,
                Operand::Unreadable => sum.unreadable = true,
            }
            sum.cells.push((cell, fact));
        }
    }
    sum
}

/// A row stands for itself and those below it.
fn stands_for(term: &str, row: &str) -> bool {
    let term = term.strip_prefix('-').unwrap_or(term);
    row.strip_prefix(term).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
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

    fn usual<'a>(&self, subject: &Subject<'a>) -> Sum<'a> {
        let (rows, columns) = self.readings().next().unwrap_or_default();
        sum(subject, self.table, rows, columns)
    }

    /// Ids of the cells in the usual meaning.
    pub(crate) fn facts(&self, subject: &Subject<'_>) -> Vec<String> {
        self.usual(subject).cells.iter().map(|(cell, _)| cell.id()).collect()
    }

    /// The places of those cells.
    pub(crate) fn locations(&self, subject: &Subject<'_>) -> Vec<Location> {
        self.usual(subject)
            .cells
            .iter()
            .filter_map(|(_, fact)| Some(fact.as_ref()?.location.clone()))
            .collect()
    }

    /// The cells in words: the label where it is one, the group where it is one group.
    pub(crate) fn label(&self, subject: &Subject<'_>) -> (String, String) {
        let cells = self.usual(subject).cells;
        let mut rows: Vec<String> = Vec::new();
        for (cell, _) in &cells {
            let group = cell.words.group.last().filter(|group| group.starts_with('（'));
            let several = cells.iter().filter(|(other, _)| other.words.group == cell.words.group).count() > 1;
            let row = match group {
                Some(group) if several => (*group).to_owned(),
                _ => row_label(cell.block, cell.row),
            };
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        let (terms, columns) = self.readings().next().unwrap_or_default();
        let column: Vec<String> = match cells.first() {
            Some((cell, _)) => columns.iter().map(|id| column_label(cell.block, id)).collect(),
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
            let sum = sum(subject, self.table, rows, columns);
            printed |= !sum.cells.is_empty();
            let fit = sum.value.map(|value| compare(number, value, &sum));
            match (sum.known(), fit) {
                _ if sum.cells.is_empty() => {}
                (Some(_), Some(Fit::Yes)) => return Answer::Holds,
                (Some(_), Some(Fit::No)) => {}
                (Some(_), Some(Fit::Open)) => {
                    open.get_or_insert((None, true));
                }
                (_, fit) => {
                    let zero = match fit {
                        Some(Fit::Yes) if !sum.unreadable => Some(true),
                        Some(Fit::No) if !sum.unreadable => Some(false),
                        _ => None,
                    };
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
            let sum = sum(subject, self.table, rows, columns);
            if sum.known() == Some(number.value) {
                let facts = sum.cells.iter().map(|(cell, _)| cell.id()).collect();
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
        let parts = sum(subject, self.table, rows, columns);
        if parts.cells.len() > 1 {
            let ids: Vec<String> = parts
                .cells
                .iter()
                .filter(|(_, fact)| Operand::of(*fact) == Operand::Number(number.value))
                .map(|(cell, _)| cell.id())
                .collect();
            if ids.len() == 1 {
                let (zh, en) = ("其中一个分项", "one of its items");
                reasons.push(Reason { code: "ONE_ITEM", zh, en, facts: ids });
            }
        }
        if transposed(&number.value.to_string(), &value.to_string()) {
            let (zh, en) = ("表中数字的相邻两位对调", "the table's number with two digits exchanged");
            reasons.push(Reason { code: "TRANSPOSED_DIGITS", zh, en, facts: Vec::new() });
        }
        if reasons.len() == 1 { reasons.pop() } else { None }
    }
}

fn compare(number: &Number, value: Decimal, sum: &Sum<'_>) -> Fit {
    let Counter::Yuan { step } = number.counter else { return number.fits(value) };
    // Money: both in 元, and equal as far as both print places.
    let unit = sum.cells.first().and_then(|(_, fact)| fact.and_then(|f| f.unit.or_else(|| f.form_unit())));
    let power = if unit == Some(Unit::Yuan) { 0 } else { 4 };
    let Some(table) = raised(value, power) else { return Fit::Open };
    if !number.is_exact() {
        return number.fits(table);
    }
    let own = power.saturating_sub(value.scale());
    let Some(places) = raised(Decimal::from(1), own.max(step)) else { return Fit::Open };
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
