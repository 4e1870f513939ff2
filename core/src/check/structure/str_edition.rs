//! STR-EDITION: all tables follow one edition of the form.
//!
//! # What it checks
//!
//! The rows and headings of every block of the statutory tables fit one edition of the
//! form, the same for all.
//!
//! # Why
//!
//! The edition says what a cell means. A report that mixes them was made from parts of
//! different years.
//!
//! # Example
//!
//! 第二十条第（一）项 with 本年新制作数量 (2019) in a report whose requests table has the
//! three rows of 其他处理 (2021).
//!
//! # When it cannot tell
//!
//! No block of a statutory table was found.

use crate::check::results::Results;
use crate::check::sheet::table_label;
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::model::{BlockEdition, Edition};

pub(in crate::check) const CHECK: Check = Check {
    code: "STR-EDITION",
    version: 1,
    severity: Severity::Error,
    level: 0,
    title_zh: "各表符合同一格式版本",
    title_en: "all tables follow one edition",
    clause: "政府信息公开工作年度报告格式",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let report = subject.report;
    if report.edition().is_some() {
        results.pass(String::new);
        return;
    }
    if report.editions().is_empty() {
        let finding = results.finding(
            "没有识别出法定表格，无法确定报告格式版本",
            "no statutory table was found, so the template edition is open",
        );
        results.push(String::new, finding.unknown(None));
        return;
    }
    let (zh, en) = (by_edition(report.editions(), true), by_edition(report.editions(), false));
    let mut finding = results
        .finding(
            format!("无法确定报告格式版本（{zh}）"),
            format!("Template edition cannot be determined ({en})"),
        )
        .actual(en);
    for block in report.editions() {
        finding = finding.at(&block.location);
    }
    results.push(String::new, finding);
}

/// The blocks of each edition, in Chinese or by their tables' ids.
fn by_edition(blocks: &[BlockEdition], chinese: bool) -> String {
    let (colon, between, after) = if chinese { ("：", "、", "；") } else { (": ", ", ", "; ") };
    let mut groups: Vec<(Option<Edition>, Vec<String>)> = Vec::new();
    for block in blocks {
        let name = match (chinese, &*block.block) {
            (true, "") => table_label(&block.table).to_owned(),
            (true, title) => title.to_owned(),
            (false, "") => block.table.to_string(),
            (false, title) => format!("{} {title}", block.table),
        };
        match groups.iter_mut().find(|(edition, _)| *edition == block.edition) {
            Some((_, names)) => names.push(name),
            None => groups.push((block.edition, vec![name])),
        }
    }
    let group = |(edition, names): (Option<Edition>, Vec<String>)| {
        let edition = edition.map_or_else(|| "?".to_owned(), |edition| edition.to_string());
        format!("{edition}{colon}{}", names.join(between))
    };
    groups.into_iter().map(group).collect::<Vec<_>>().join(after)
}
