//! One record a finding.

use super::columns::{Cell, Column, Field, Kind};
use super::{Entry, Spec, fields, push_record};

pub(super) const SPEC: Spec = Spec { name: "findings", fields: all, push };

fn all() -> Vec<Field> {
    fields(&[
        ("source", Kind::Text, false, "文件", "the file as the caller knows it"),
        ("agency", Kind::Text, true, "行政机关", "the organ that reports"),
        ("year", Kind::Integer, true, "报告年度", "the year reported on"),
        ("code", Kind::Text, false, "代码", "stable code of the check"),
        ("severity", Kind::Text, false, "程度", "error, warning or info"),
        ("verdict", Kind::Text, false, "结论", "failed or unknown"),
        ("as_zero", Kind::Boolean, true, "空缺视为零", "whether it would hold if blanks were zero"),
        ("facts", Kind::Text, false, "单元格", "ids of the facts concerned, separated by spaces"),
        ("expected", Kind::Text, true, "应为", "what was expected"),
        ("actual", Kind::Text, true, "实为", "what was found"),
        ("message_zh", Kind::Text, false, "说明", "for people, in Chinese"),
        ("message_en", Kind::Text, false, "英文说明", "for people, in English"),
        ("quote", Kind::Text, true, "引文", "the sentence it rests on"),
        ("place", Kind::Text, true, "位置", "the first place concerned"),
        ("suggestions", Kind::Text, false, "建议", "cells to look at as id=value, separated by spaces"),
        ("group", Kind::Text, true, "同因", "findings with one likely cause"),
        ("waived_by", Kind::Text, true, "豁免人", "who accepted it"),
        ("fingerprint", Kind::Text, false, "指纹", "identity that survives a re-run"),
    ])
}

fn push(entry: &Entry<'_>, columns: &mut [Column]) {
    let Ok(report) = entry.report else { return };
    let agency = report.agency().map(|agency| agency.name.as_str());
    for finding in entry.findings {
        let suggested = finding.suggestions.iter().map(|suggestion| match &suggestion.value {
            Some(value) => format!("{}={value}", suggestion.fact),
            None => suggestion.fact.clone(),
        });
        let suggestions = suggested.collect::<Vec<_>>().join(" ");
        let place = finding.locations.first().map(ToString::to_string);
        push_record(
            columns,
            [
                entry.source.into(),
                agency.into(),
                report.year().map(i64::from).into(),
                finding.code.as_str().into(),
                finding.severity.name().into(),
                finding.verdict.name().into(),
                finding.as_zero.map_or(Cell::Absent, Cell::Boolean),
                finding.facts.join(" ").as_str().into(),
                finding.expected.as_deref().into(),
                finding.actual.as_deref().into(),
                finding.message.zh.as_str().into(),
                finding.message.en.as_str().into(),
                finding.quote.as_deref().into(),
                place.as_deref().into(),
                suggestions.as_str().into(),
                finding.group.as_deref().into(),
                finding.waiver.as_ref().map(|waiver| waiver.by.as_str()).into(),
                finding.fingerprint.as_str().into(),
            ],
        );
    }
}
