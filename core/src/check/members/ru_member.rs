//! RU-MEMBER: every member has a report, of the same year.
//!
//! # What it checks
//!
//! Each name in [`crate::CheckOptions::members`] is the agency of one of the reports given,
//! and each of these is for the year of the parent's report.
//!
//! # Why
//!
//! A sum over members tells something only if all are there.
//!
//! # Example
//!
//! Nine towns are declared, eight reports are given.
//!
//! # When it cannot tell
//!
//! A name is declared that no report bears, while a report without an agency may be its;
//! or a year is not known.

use crate::check::results::Results;
use crate::check::rollup::Rollup;
use crate::check::{Check, Run};
use crate::finding::Severity;

pub(in crate::check) const CHECK: Check = Check {
    code: "RU-MEMBER",
    version: 1,
    severity: Severity::Warning,
    level: 3,
    title_zh: "成员单位报告齐全",
    title_en: "every member has a report of the same year",
    clause: "",
    run: Run::Rollup(run),
};

fn run(rollup: &Rollup<'_>, results: &mut Results<'_>) {
    let agencies = || rollup.members.iter().map(|member| member.report.agency());
    let nameless = agencies().any(|agency| agency.is_none());
    for name in &results.options.members {
        if agencies().flatten().any(|agency| agency.name == *name) {
            results.pass(|| name.clone());
        } else if nameless {
            let finding = results.finding(
                format!("有成员单位报告未写明机关名称，不能判断是否缺少“{name}”的报告"),
                format!("a member's report names no agency, so it is open whether {name} is missing"),
            );
            results.push(|| name.clone(), finding.expected(name).unknown(None));
        } else {
            let finding = results
                .finding(format!("缺少成员单位报告：{name}"), format!("Member report missing: {name}"));
            results.push(|| name.clone(), finding.expected(name));
        }
    }
    let due = rollup.parent.report.year();
    for (index, member) in rollup.members.iter().enumerate() {
        let name = rollup.name(index);
        results.concerning(index + 1);
        match due.zip(member.report.year()) {
            Some((due, year)) if due == year => results.pass(|| name),
            Some((due, year)) => {
                let finding = results
                    .finding(
                        format!("“{name}”的报告为{year}年度，汇总单位为{due}年度"),
                        format!("The report of {name} is for {year}, the parent's for {due}"),
                    )
                    .expected(due.to_string())
                    .actual(year.to_string());
                results.push(|| name, finding);
            }
            None => {
                let finding = results.finding(
                    format!("报告年度不明，不能判断“{name}”的报告是否与汇总单位同年"),
                    format!("a year is not known, so it is open whether {name} reports on the parent's year"),
                );
                results.push(|| name, finding.unknown(None));
            }
        }
    }
    results.concerning(0);
}
