//! The wide panel: one record a report, one column a cell of the form, whatever the
//! edition. Money is in yuan, a derived reading: units differ from report to report.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::columns::{Cell, Column, Field, Kind};
use super::{Entry, Spec, fields};
use crate::model::{Decimal, Fact, Report, Status, Unit};
use crate::template::{code, indicators};

pub(super) const NUMBERS: Spec = Spec {
    name: "panel",
    fields: || panel_fields(|cell| if cell.is_money { Kind::Decimal } else { Kind::Integer }),
    push: |entry, columns| push(entry, columns, |cell, printed| cell.number(printed).into()),
};

pub(super) const STATUSES: Spec = Spec {
    name: "panel_status",
    fields: || panel_fields(|_| Kind::Text),
    push: |entry, columns| push(entry, columns, |cell, printed| cell.status(printed).into()),
};

/// A cell of any edition.
struct PanelCell {
    table: &'static str,
    row: &'static str,
    column: &'static str,
    is_money: bool,
    field: String,
    metadata: Vec<(&'static str, String)>,
}

/// The cells of all editions: each once, an older edition's before a newer one's.
static CELLS: LazyLock<Vec<PanelCell>> = LazyLock::new(|| {
    let mut cells: Vec<PanelCell> = Vec::new();
    for indicator in indicators() {
        let key = (indicator.table, indicator.row, indicator.column);
        let edition = indicator.edition.to_string();
        if let Some(known) = cells.iter_mut().find(|cell| (cell.table, cell.row, cell.column) == key) {
            let editions = known.metadata.iter_mut().find(|(name, _)| *name == "editions");
            if let Some((_, editions)) = editions {
                *editions = format!("{editions} {edition}");
            }
            continue;
        }
        let is_money = indicator.unit.is_some_and(Unit::is_money);
        let labels = [indicator.row_labels, indicator.column_labels].concat();
        let unit = if is_money { Some(Unit::Yuan) } else { indicator.unit };
        let mut metadata = vec![
            ("zh", labels.join("·")),
            ("en", format!("{}.{}.{}", key.0, key.1, key.2)),
            ("editions", edition),
        ];
        metadata.extend(unit.map(|unit| ("unit", unit.symbol().to_owned())));
        let field = code(key.0, key.1, key.2, is_money);
        cells.push(PanelCell { table: key.0, row: key.1, column: key.2, is_money, field, metadata });
    }
    cells
});

fn panel_fields(kind: impl Fn(&PanelCell) -> Kind) -> Vec<Field> {
    let mut all = fields(&[
        ("source", Kind::Text, false, "文件", "the file as the caller knows it"),
        ("agency", Kind::Text, true, "行政机关", "the organ that reports"),
        ("agency_level", Kind::Text, true, "级别", "its level, where the name tells"),
        ("year", Kind::Integer, true, "报告年度", "the year reported on"),
        ("edition", Kind::Text, true, "格式版本", "edition of the form, where all blocks agree"),
    ]);
    all.extend(CELLS.iter().map(|cell| Field {
        name: cell.field.clone().into(),
        kind: kind(cell),
        nullable: true,
        metadata: cell.metadata.clone(),
    }));
    all
}

fn push<'c, 'e: 'c>(
    entry: &Entry<'e>,
    columns: &mut [Column],
    cell: impl Fn(&PanelCell, Printed<'e>) -> Cell<'c>,
) {
    let Ok(report) = entry.report else { return };
    let printed = Cells::of(report);
    let agency = report.agency();
    let edition = report.edition().map(|edition| edition.to_string());
    let heads = [
        entry.source.into(),
        agency.map(|agency| agency.name.as_str()).into(),
        agency.and_then(|agency| agency.level).map(|level| level.name()).into(),
        report.year().map(i64::from).into(),
        edition.as_deref().into(),
    ];
    let cells = CELLS.iter().map(|spec| cell(spec, printed.get(spec)));
    let mut columns = columns.iter_mut();
    for (head, column) in heads.into_iter().zip(columns.by_ref()) {
        column.push(head);
    }
    for (column, cell) in columns.zip(cells) {
        column.push(cell);
    }
}

/// What a report prints for a cell of the panel.
#[derive(Clone, Copy)]
enum Printed<'a> {
    Fact(&'a Fact),
    /// Rows of the report's own naming, in the place of the form's row.
    Divided,
    Missing,
}

/// A report's facts by cell.
struct Cells<'a> {
    facts: BTreeMap<(&'a str, &'a str, &'a str), &'a Fact>,
}

impl<'a> Cells<'a> {
    fn of(report: &'a Report) -> Self {
        Self { facts: report.facts().map(|fact| ((&*fact.table, &*fact.row, &*fact.column), fact)).collect() }
    }

    fn get(&self, cell: &PanelCell) -> Printed<'a> {
        if let Some(fact) = self.facts.get(&(cell.table, cell.row, cell.column)) {
            return Printed::Fact(fact);
        }
        let divided = self.facts.keys().any(|(table, row, _)| {
            *table == cell.table && row.strip_prefix(cell.row).is_some_and(|rest| rest.starts_with('/'))
        });
        if divided { Printed::Divided } else { Printed::Missing }
    }
}

impl PanelCell {
    /// The number: counts as they are, if they are whole; money in yuan.
    fn number(&self, printed: Printed<'_>) -> Option<Number> {
        let Printed::Fact(fact) = printed else { return None };
        let value = fact.value?;
        if !self.is_money {
            return value.to_i64().map(Number::Count);
        }
        fact.in_yuan().map(Number::Money)
    }

    /// What the cell is. A count that is no whole number is said to be so, since its
    /// number has no place here.
    fn status(&self, printed: Printed<'_>) -> &'static str {
        match printed {
            Printed::Missing => "missing",
            Printed::Divided => "divided",
            Printed::Fact(fact) if fact.status == Status::Reported && self.number(printed).is_none() => {
                "inexact"
            }
            Printed::Fact(fact) => fact.status.name(),
        }
    }
}

enum Number {
    Count(i64),
    Money(Decimal),
}

impl From<Option<Number>> for Cell<'_> {
    fn from(number: Option<Number>) -> Self {
        match number {
            Some(Number::Count(count)) => Self::Integer(count),
            Some(Number::Money(amount)) => Self::Decimal(amount),
            None => Self::Absent,
        }
    }
}
