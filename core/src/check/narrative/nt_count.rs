//! NT-COUNT: a number in the narrative is that of the table.
//!
//! # What it checks
//!
//! Sentences that name a cell, or a sum of cells, beside a number: 收到政府信息公开申请7件,
//! 不予公开3件, 行政复议2件，其中维持1件, 制发规范性文件4件. Groups of outcomes are the sum of
//! their rows, 法人或其他组织 the sum of five columns, 行政诉讼 the suits with and without a
//! review before them. 收到 and 受理 may mean 本年新收 or 本年新收 and 上年结转: either will do.
//! Where one reason alone explains the difference, the finding names it.
//!
//! # Why
//!
//! Narrative and tables tell of the same year. A difference is a slip in one of them, or a
//! number that stayed from another year or another body.
//!
//! # Example
//!
//! The text says 予以公开5件, the table 3, and 部分公开 is 2: the text counts both.
//!
//! # When it cannot tell
//!
//! The cell is blank, missing or unreadable; the number is inexact and far off; words like
//! 全县 or 累计 may widen what is counted. Of sentences with a word it does not know, or about
//! another year, it says nothing.

use crate::check::results::Results;
use crate::check::statements::{Answer, Statement};
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::{Finding, Message, Severity, Suggestion};
use crate::model::Unit;

pub(in crate::check) const CHECK: Check = Check {
    code: "NT-COUNT",
    version: 1,
    severity: Severity::Warning,
    level: 1,
    title_zh: "正文数字与表中数字一致",
    title_en: "numbers in the text are those of the tables",
    clause: "",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    for statement in subject.narrative().statements.iter().filter(|s| !s.none && s.year.is_none()) {
        judge(statement, subject, results);
    }
}

/// Compares a statement with its cells.
pub(super) fn judge(statement: &Statement<'_>, subject: &Subject<'_>, results: &mut Results<'_>) {
    let instance = || statement.target.facts(subject).into_iter().next().unwrap_or_default();
    let loose = statement.target.loose && !statement.none;
    let finding = match statement.target.answer(subject, &statement.number) {
        Answer::Silent => return,
        Answer::Holds => {
            results.pass(instance);
            return;
        }
        // Another body's number beside the own one that fits.
        Answer::Fails { .. } if statement.blurred && holds_elsewhere(statement, subject) => return,
        Answer::Fails { value, .. } if statement.blurred => {
            let (quote, (zh, en)) = (statement.quote.text(), statement.target.label(subject));
            results
                .finding(
                    format!("正文“{quote}”与表中“{zh}”（{value}）不同，但统计范围可能不同，不能判断"),
                    format!("text \"{quote}\" differs from table {en} ({value}), but may count other bodies"),
                )
                .actual(value.to_string())
                .unknown(None)
        }
        Answer::Fails { value, reason } => {
            let (quote, (zh, en)) = (statement.quote.text(), statement.target.label(subject));
            // The text's amount is in yuan by now, the table's as printed.
            let unit = statement.target.money_unit(subject).map(Unit::symbol);
            let value = format!("{value}{}", unit.unwrap_or_default());
            let stated = stated(statement, subject);
            let (why_zh, why_en) = reason.as_ref().map_or_else(Default::default, |reason| {
                (format!("；{stated}等于{}", reason.zh), format!("; {stated} is {}", reason.en))
            });
            let (mut zh, mut en) = if statement.none {
                (
                    format!("正文称无（“{quote}”），表中“{zh}”为{value}"),
                    format!("text says none (\"{quote}\"), table {en} is {value}"),
                )
            } else {
                (
                    format!("正文“{quote}”为{stated}，表中“{zh}”为{value}"),
                    format!("text \"{quote}\" says {stated}, table {en} is {value}"),
                )
            };
            zh.push_str(&why_zh);
            en.push_str(&why_en);
            let severity = if loose { Severity::Info } else { Severity::Warning };
            let mut finding = results.finding_graded(severity, zh, en).actual(value);
            if let Some(reason) = reason {
                for fact in reason.facts {
                    finding = finding.suggest(Suggestion {
                        fact,
                        value: None,
                        range: None,
                        code: Some(reason.code.to_owned()),
                        reason: Message { zh: reason.zh.to_owned(), en: reason.en.to_owned() },
                    });
                }
            }
            finding
        }
        Answer::Open { as_zero, inexact } => {
            let (quote, (zh, en)) = (statement.quote.text(), statement.target.label(subject));
            let (why_zh, why_en) = if inexact {
                ("正文为约数", "the text is not exact")
            } else {
                ("单元格空缺或无法识别", "blank, missing or unreadable cells")
            };
            results
                .finding(
                    format!("正文“{quote}”与表中“{zh}”：{why_zh}，不能判断"),
                    format!("text \"{quote}\" and table {en}: {why_en} forbid an answer"),
                )
                .unknown(as_zero)
        }
    };
    results.push(instance, placed(finding, statement, subject));
}

/// The number of the text, with its unit where it is money.
fn stated(statement: &Statement<'_>, subject: &Subject<'_>) -> String {
    let yuan = statement.target.money_unit(subject).map_or("", |_| Unit::Yuan.symbol());
    format!("{}{yuan}", statement.number.value)
}

/// The finding with the sentence and the cells.
fn placed(finding: Finding, statement: &Statement<'_>, subject: &Subject<'_>) -> Finding {
    let mut finding = finding
        .expected(stated(statement, subject))
        .quote(statement.quote.text())
        .facts(statement.target.facts(subject))
        .at(&statement.quote.location());
    for location in statement.target.locations(subject) {
        finding = finding.at(&location);
    }
    finding
}

/// Whether the same cells are stated elsewhere with the table's number.
fn holds_elsewhere(statement: &Statement<'_>, subject: &Subject<'_>) -> bool {
    subject.narrative().statements.iter().any(|other| {
        other.target == statement.target
            && other.year.is_none()
            && matches!(other.target.answer(subject, &other.number), Answer::Holds)
    })
}
