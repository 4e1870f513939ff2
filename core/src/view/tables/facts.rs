//! One record a fact: the fields of the CSV form, and the place.

use super::columns::{Cell, Column, Field, Kind};
use super::{Entry, Spec, fields, push_record};

pub(super) const SPEC: Spec = Spec { name: "facts", fields: all, push };

fn all() -> Vec<Field> {
    fields(&[
        ("source", Kind::Text, false, "文件", "the file as the caller knows it"),
        ("agency", Kind::Text, true, "行政机关", "the organ that reports"),
        ("year", Kind::Integer, true, "报告年度", "the year reported on"),
        ("edition", Kind::Text, true, "格式版本", "edition of the cell's block"),
        ("table", Kind::Text, false, "表", "statutory table"),
        ("row", Kind::Text, false, "行", "row id"),
        ("column", Kind::Text, false, "列", "column id"),
        ("value", Kind::Decimal, true, "数值", "the number as printed, in unit"),
        ("unit", Kind::Text, true, "单位", "the printed unit"),
        ("status", Kind::Text, false, "状态", "reported, blank, not_applicable or unreadable"),
        ("text", Kind::Text, false, "原文", "the cell's own characters"),
        ("place", Kind::Text, false, "位置", "where the cell stands"),
    ])
}

fn push(entry: &Entry<'_>, columns: &mut [Column]) {
    let Ok(report) = entry.report else { return };
    let agency = report.agency().map(|agency| agency.name.as_str());
    for fact in report.facts() {
        let edition = fact.edition.map(|edition| edition.to_string());
        push_record(
            columns,
            [
                entry.source.into(),
                agency.into(),
                report.year().map(i64::from).into(),
                edition.as_deref().into(),
                (&*fact.table).into(),
                (&*fact.row).into(),
                (&*fact.column).into(),
                fact.value.into(),
                fact.unit.map(|unit| unit.symbol()).into(),
                fact.status.name().into(),
                fact.text.as_str().into(),
                Cell::Text(&fact.location.to_string()),
            ],
        );
    }
}
