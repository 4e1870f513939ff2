//! STR-EDITION-YEAR: the edition is the one in use for the year.
//!
//! # What it checks
//!
//! Reports for 2019 and 2020 follow the edition of 2019, later ones that of 2021.
//!
//! # Why
//!
//! The form of 2021 replaced the other; some offices went on filling in the old one.
//!
//! # Example
//!
//! A report for 2023 with 第二十条第（九）项 and one row of 其他处理.
//!
//! # When it cannot tell
//!
//! The year or the edition is not known, or the year is before 2019.

use crate::check::results::Results;
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::template::TEMPLATES;

pub(in crate::check) const CHECK: Check = Check {
    code: "STR-EDITION-YEAR",
    version: 1,
    severity: Severity::Warning,
    level: 0,
    title_zh: "格式版本与报告年度相符",
    title_en: "the edition is the one in use for the year",
    clause: "政府信息公开工作年度报告格式",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let report = subject.report;
    let due = report.year().and_then(|year| {
        let editions = TEMPLATES.iter().map(|template| template.edition);
        editions.rev().find(|edition| i32::from(edition.year()) <= year)
    });
    let (Some(year), Some(due), Some(edition)) = (report.year(), due, report.edition()) else {
        let finding = results.finding(
            "报告年度或格式版本不明，无法判断二者是否相符",
            "year or edition is not known, so it is open whether they agree",
        );
        results.push(String::new, finding.unknown(None));
        return;
    };
    if edition == due {
        results.pass(String::new);
        return;
    }
    let mut finding = results
        .finding(
            format!("{year}年度报告使用了{edition}版格式"),
            format!("Report for {year} uses the {edition} template"),
        )
        .expected(due.to_string())
        .actual(edition.to_string());
    for block in report.editions() {
        finding = finding.at(&block.location);
    }
    results.push(String::new, finding);
}
