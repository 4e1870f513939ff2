//! A report against those of its members.

use crate::finding::Finding;
use crate::model::{Decimal, Fact, Report, Unit};

use super::results::Results;
use super::sheet::{CellSpec, Operand, Sum, table_label};
use super::subject::Subject;
use super::{CHECKS, CheckOptions, Run};

/// Checks that a report's cells are the sums of its members' cells. Which organs are
/// members is for the caller to say. [`Finding::report`] is 0 for the parent, and the
/// position in `members` plus 1 for a member.
pub fn check_rollup(parent: &Report, members: &[&Report]) -> Vec<Finding> {
    check_rollup_with_options(parent, members, &CheckOptions::default())
}

/// As [`check_rollup`], with options; [`CheckOptions::members`] names those that must be
/// among the members.
pub fn check_rollup_with_options(
    parent: &Report,
    members: &[&Report],
    options: &CheckOptions,
) -> Vec<Finding> {
    let Some(first) = CHECKS.first() else { return Vec::new() };
    let rollup = Rollup::new(
        Subject::new(parent, options),
        members.iter().map(|report| Subject::new(report, options)).collect(),
    );
    let mut results = Results::new(options, first, false);
    for check in CHECKS {
        if let Run::Rollup(run) = check.run {
            results.start(check);
            results.concerning(0);
            run(&rollup, &mut results);
        }
    }
    let mut keys = vec![rollup.parent.key()];
    keys.extend(rollup.members.iter().map(Subject::key));
    results.finish(&keys).findings
}

/// A parent, its members, and their cells side by side.
#[derive(Debug)]
pub(crate) struct Rollup<'a> {
    pub(crate) parent: Subject<'a>,
    pub(crate) members: Vec<Subject<'a>>,
    pub(crate) tables: Vec<Table<'a>>,
}

/// The cells of one statutory table.
#[derive(Debug)]
pub(crate) struct Table<'a> {
    pub(crate) name: &'static str,
    pub(crate) cells: Vec<Cell<'a>>,
    /// Members whose whole table is what the parent has less than the sum.
    pub(crate) omitted: Vec<usize>,
    /// Members whose whole table is what the parent has more than the sum.
    pub(crate) twice: Vec<usize>,
}

/// One cell of the parent beside those of the members.
#[derive(Debug)]
pub(crate) struct Cell<'a> {
    pub(crate) spec: &'static CellSpec,
    pub(crate) fact: Option<&'a Fact>,
    pub(crate) parent: Sum,
    /// None for a member whose edition has no such cell.
    pub(crate) members: Vec<Option<Sum>>,
    /// The last printed places of amounts of money together: their sum may be off by half.
    rounding: Decimal,
}

impl Cell<'_> {
    /// The sum of the members; none where one cannot be compared.
    pub(crate) fn sum(&self) -> Option<Sum> {
        self.members.iter().try_fold(Sum::ZERO, |sum, member| Some(sum.and((*member)?)))
    }

    /// How much the parent has more than its members together.
    pub(crate) fn excess(&self) -> Option<Decimal> {
        self.parent.known()?.checked_add(-self.sum()?.known()?)
    }

    /// Whether the parent's number is not the members' sum.
    pub(crate) fn is_off(&self) -> bool {
        self.excess().is_some_and(|excess| !self.agrees(excess))
    }

    pub(crate) fn is_money(&self) -> bool {
        self.spec.column.unit.is_some_and(|unit| unit.is_money())
    }

    /// Whether a difference is none, or no more than rounding.
    pub(crate) fn agrees(&self, difference: Decimal) -> bool {
        let size = if difference.is_negative() { -difference } else { difference };
        size.checked_add(size).is_some_and(|twice| twice <= self.rounding)
    }
}

impl<'a> Rollup<'a> {
    fn new(parent: Subject<'a>, members: Vec<Subject<'a>>) -> Self {
        let mut tables: Vec<Table<'a>> = Vec::new();
        for (spec, fact) in parent.cells() {
            let name = spec.block.table;
            let cell = Cell::new(spec, fact, &members, parent.report.year());
            match tables.last_mut().filter(|table| table.name == name) {
                Some(table) => table.cells.push(cell),
                None => {
                    tables.push(Table { name, cells: vec![cell], omitted: Vec::new(), twice: Vec::new() })
                }
            }
        }
        for table in &mut tables {
            let matching = |sign: fn(Decimal) -> Decimal| -> Vec<usize> {
                (0..members.len()).filter(|&member| table.differs_by(member, sign)).collect()
            };
            let (omitted, twice) = (matching(|excess| -excess), matching(|excess| excess));
            (table.omitted, table.twice) = (omitted, twice);
        }
        Self { parent, members, tables }
    }

    /// Names the members that each explain a table's difference by themselves.
    pub(crate) fn name_members(
        &self,
        results: &mut Results<'_>,
        members: impl for<'t> Fn(&'t Table<'a>) -> &'t [usize],
        message: impl Fn(&str) -> (String, String),
    ) {
        for table in &self.tables {
            let (id, words) = (table.name, table_label(table.name));
            if members(table).is_empty() {
                if !table.is_open() {
                    results.pass(|| id.to_owned());
                    continue;
                }
                let finding = results.finding(
                    format!("表“{words}”有单元格空缺、无法识别或版本不同，不能判断"),
                    format!("Table {id}: blank, unreadable or incomparable cells forbid an answer"),
                );
                results.push(|| id.to_owned(), finding.unknown(None));
            }
            for &member in members(table) {
                let name = self.name(member);
                let (zh, en) = message(&name);
                let finding = results.finding(format!("表“{words}”{zh}"), format!("Table {id}: {en}"));
                let cells = table.cells.iter().filter(|cell| cell.is_off());
                let finding = cells.fold(finding.actual(&name), |finding, cell| finding.fact(cell.spec.id()));
                results.push(|| format!("{id} {name}"), finding);
            }
        }
    }

    /// The name of a member, as its report prints it, or its place in the list.
    pub(crate) fn name(&self, member: usize) -> String {
        let agency = self.members.get(member).and_then(|subject| subject.report.agency());
        agency.map_or_else(|| format!("#{}", member + 1), |agency| agency.name.clone())
    }
}

impl Table<'_> {
    /// Whether the difference in every cell is that member's cell, and not all are zero.
    fn differs_by(&self, member: usize, sign: fn(Decimal) -> Decimal) -> bool {
        let mut some = false;
        let all = self.cells.iter().all(|cell| {
            let own = cell.members.get(member).copied().flatten().and_then(Sum::known);
            let Some((own, excess)) = own.zip(cell.excess()) else { return false };
            some |= own != Decimal::ZERO;
            sign(excess).checked_add(-own).is_some_and(|rest| cell.agrees(rest))
        });
        all && some
    }

    /// Whether the table differs, as far as that can be told, and not everything can be.
    pub(crate) fn is_open(&self) -> bool {
        self.cells.iter().any(Cell::is_off) && self.cells.iter().any(|cell| cell.excess().is_none())
    }

    /// Whether one member explains the whole difference.
    pub(crate) fn is_explained(&self) -> bool {
        !self.omitted.is_empty() || !self.twice.is_empty()
    }
}

impl<'a> Cell<'a> {
    fn new(
        spec: &'static CellSpec,
        fact: Option<&'a Fact>,
        members: &[Subject<'a>],
        year: Option<i32>,
    ) -> Self {
        let (table, row, column) = (spec.block.table, spec.row, spec.column.id);
        // A member's report for another year says nothing of this one.
        let is_due = |member: &&Subject<'a>| match (year, member.report.year()) {
            (Some(due), Some(year)) => due == year,
            _ => true,
        };
        let sum = |member: &Subject<'a>| Some(member).filter(is_due)?.sum(table, row, column);
        let is_money = spec.column.unit.is_some_and(|unit| unit.is_money());
        if !is_money {
            let members = members.iter().map(sum).collect();
            return Self { spec, fact, parent: Sum::of(fact), members, rounding: Decimal::ZERO };
        }
        let own: Vec<Option<&Fact>> = members.iter().map(|member| member.fact(table, row, column)).collect();
        let mut places = own.iter().copied().chain([fact]).map(last_place);
        let rounding = places.try_fold(Decimal::ZERO, Decimal::checked_add);
        let amount = |(member, fact): (&Subject<'a>, &Option<&Fact>)| {
            sum(member).map(|_| Sum::ZERO.plus(Operand::in_yuan(*fact)))
        };
        Self {
            spec,
            fact,
            parent: Sum::ZERO.plus(Operand::in_yuan(fact)),
            members: members.iter().zip(&own).map(amount).collect(),
            rounding: rounding.unwrap_or(Decimal::ZERO),
        }
    }
}

/// What the last printed place of an amount is worth, in yuan. A zero is not rounded.
fn last_place(fact: Option<&Fact>) -> Decimal {
    let value = fact.and_then(|fact| fact.value).filter(|value| *value != Decimal::ZERO);
    let Some((fact, value)) = fact.zip(value) else { return Decimal::ZERO };
    let place = Decimal::new(1, value.scale());
    match fact.meant_unit() {
        Some(Unit::TenThousandYuan) => place.and_then(|place| place.checked_shift(4)),
        _ => place,
    }
    .unwrap_or(Decimal::ZERO)
}
