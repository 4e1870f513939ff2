//! One record a source.

use super::columns::{Column, Field, Kind};
use super::{Entry, Spec, fields, push_record};
use crate::finding::{Severity, Verdict};

pub(super) const SPEC: Spec = Spec { name: "reports", fields: all, push };

fn all() -> Vec<Field> {
    fields(&[
        ("source", Kind::Text, false, "文件", "the file as the caller knows it"),
        ("status", Kind::Text, false, "状态", "read or failed"),
        ("format", Kind::Text, true, "载体", "the carrier"),
        ("title", Kind::Text, true, "标题", "the title as printed"),
        ("agency", Kind::Text, true, "行政机关", "the organ that reports"),
        ("agency_level", Kind::Text, true, "级别", "its level, where the name tells"),
        ("year", Kind::Integer, true, "报告年度", "the year reported on"),
        ("edition", Kind::Text, true, "格式版本", "edition of the form, where all blocks agree"),
        ("period_start", Kind::Text, true, "统计期限起", "first day of the period, YYYY-MM-DD"),
        ("period_end", Kind::Text, true, "统计期限止", "last day of the period, YYYY-MM-DD"),
        ("published", Kind::Text, true, "发布日期", "day of publication, YYYY-MM-DD"),
        ("signed", Kind::Text, true, "落款日期", "day under the report, YYYY-MM-DD"),
        ("document_number", Kind::Text, true, "文号", "document number"),
        ("facts", Kind::Integer, false, "单元格数", "how many cells are printed"),
        ("errors", Kind::Integer, false, "差错数", "failed findings of severity error"),
        ("warnings", Kind::Integer, false, "存疑数", "failed findings of severity warning"),
        ("unknown", Kind::Integer, false, "未决数", "findings that could not be decided"),
        ("error_kind", Kind::Text, true, "失败类别", "who is at fault, where reading failed"),
        ("error_code", Kind::Text, true, "失败代码", "stable reason, where reading failed"),
        ("error", Kind::Text, true, "失败说明", "message, where reading failed"),
    ])
}

fn push(entry: &Entry<'_>, columns: &mut [Column]) {
    let report = entry.report.ok();
    let failure = entry.report.err();
    let count = |wanted: &dyn Fn(&crate::finding::Finding) -> bool| {
        i64::try_from(entry.findings.iter().filter(|finding| wanted(finding)).count()).ok()
    };
    let failed =
        |severity| count(&|finding| finding.verdict == Verdict::Failed && finding.severity == severity);
    let edition = report.and_then(|report| report.edition()).map(|edition| edition.to_string());
    let period = report.and_then(|report| report.period()).map(|period| period.value);
    let start = period.and_then(|period| period.start).map(|day| day.to_string());
    let end = period.map(|period| period.end.to_string());
    let published = report.and_then(|report| report.published()).map(|day| day.value.to_string());
    let signed = report.and_then(|report| report.signed()).map(|day| day.value.to_string());
    let agency = report.and_then(|report| report.agency());
    push_record(
        columns,
        [
            entry.source.into(),
            if report.is_some() { "read" } else { "failed" }.into(),
            report.map(|report| report.format().name()).into(),
            report.and_then(|report| report.title()).map(|title| title.value.as_str()).into(),
            agency.map(|agency| agency.name.as_str()).into(),
            agency.and_then(|agency| agency.level).map(|level| level.name()).into(),
            report.and_then(|report| report.year()).map(i64::from).into(),
            edition.as_deref().into(),
            start.as_deref().into(),
            end.as_deref().into(),
            published.as_deref().into(),
            signed.as_deref().into(),
            report.and_then(|r| r.document_number()).map(|number| number.value.as_str()).into(),
            report.map_or(Some(0), |report| i64::try_from(report.facts().len()).ok()).into(),
            failed(Severity::Error).into(),
            failed(Severity::Warning).into(),
            count(&|finding| finding.verdict == Verdict::Unknown).into(),
            failure.map(|failure| failure.kind).into(),
            failure.map(|failure| failure.code).into(),
            failure.map(|failure| failure.message).into(),
        ],
    );
}
