//! A20-POWER: only bodies that may make rules report rules.
//!
//! # What it checks
//!
//! All numbers of 规章 are 0 in reports of governments below the level of a districted
//! city: counties, districts, townships, subdistricts.
//!
//! # Why
//!
//! Rules are made by ministries, provinces, districted cities and autonomous prefectures
//! (立法法). Elsewhere normative documents were probably counted as rules.
//!
//! # Example
//!
//! A township reports 6 rules.
//!
//! # When it cannot tell
//!
//! The agency's name does not tell its level and a number is above zero; or a cell is blank,
//! bears a mark or is unreadable in a report of such a body.

use crate::check::results::Results;
use crate::check::sheet::Sum;
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::model::{Decimal, Fact, Level};

pub(in crate::check) const CHECK: Check = Check {
    code: "A20-POWER",
    version: 1,
    severity: Severity::Warning,
    level: 1,
    title_zh: "无规章制定权的机关不应填报规章",
    title_en: "only bodies that may make rules report rules",
    clause: "第二十条第一项",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let level = subject.report.agency().and_then(|agency| agency.level);
    let cells: Vec<_> = subject
        .cells()
        .filter(|(cell, _)| cell.block.table == "proactive" && cell.row == "government_rules")
        .collect();
    let above = |fact: Option<&Fact>| Sum::of(fact).known().is_some_and(|value| value > Decimal::ZERO);
    let most = cells.iter().filter_map(|(_, fact)| Sum::of(*fact).known()).max();
    let may = matches!(level, Some(Level::Province | Level::Prefecture));
    let known = cells.iter().all(|(_, fact)| Sum::of(*fact).known().is_some());
    let some = cells.iter().any(|(_, fact)| above(*fact));
    if cells.is_empty() || (level.is_none() && !known && !some) {
        return;
    }
    if may || (!some && known) {
        results.pass(String::new);
        return;
    }
    let finding = match (level, some) {
        (Some(level), true) => {
            let n = most.unwrap_or(Decimal::ZERO);
            results
                .finding(
                    format!("{}机关填报规章{n}件，请核实制定权限", level.name_zh()),
                    format!("{} body reports {n} rules; check its power to issue them", level.name()),
                )
                .expected("0")
                .actual(n.to_string())
        }
        (None, _) => results
            .finding(
                "从机关名称看不出级别，不能判断其有无规章制定权",
                "the agency's name does not tell its level, so its power to issue rules is open",
            )
            .unknown(None),
        (Some(_), false) => results
            .finding(
                "规章数量空缺或无法识别，不能判断是否填报了规章",
                "numbers of rules are blank or unreadable, so it is open whether any are reported",
            )
            .unknown(cells.iter().all(|(_, fact)| Sum::of(*fact).as_zero().is_some()).then_some(true)),
    };
    let concerned = cells.iter().filter(|(_, fact)| !some || above(*fact));
    let finding = concerned.fold(finding, |finding, (cell, fact)| {
        let finding = finding.fact(cell.id());
        match fact {
            Some(fact) => finding.at(&fact.location),
            None => finding,
        }
    });
    results.push(String::new, finding);
}
