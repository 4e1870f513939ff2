//! NT-SELF: what the narrative states twice, it states alike.
//!
//! # What it checks
//!
//! Exact numbers of the same cells of the tables in several places of the narrative; and
//! rates of growth against the two numbers they are of (12件，比上年增加2件，增长20%).
//!
//! # Why
//!
//! One of the places was mended, the other forgotten. It holds even where the tables print
//! nothing.
//!
//! # Example
//!
//! Section 一 says 收到政府信息公开申请12件, section 三 says 13件.
//!
//! # When it cannot tell
//!
//! It says nothing of numbers that name no cell: equal words may count different things. Nor
//! where both numbers fit the table, as 收到 with and without 上年结转 may.

use crate::check::results::Results;
use crate::check::statements::{Answer, Growth, Statement};
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;

pub(in crate::check) const CHECK: Check = Check {
    code: "NT-SELF",
    version: 1,
    severity: Severity::Info,
    level: 1,
    title_zh: "正文前后表述一致",
    title_en: "the text agrees with itself",
    clause: "",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let usable = |s: &&Statement<'_>| s.year.is_none() && !s.blurred && s.number.is_exact();
    let statements: Vec<&Statement<'_>> = subject.narrative().statements.iter().filter(usable).collect();
    for (at, first) in statements.iter().enumerate() {
        // Each quantity once, from the place where it is stated first.
        let same = |other: &&&Statement<'_>| other.target == first.target;
        if statements.iter().take(at).any(|other| same(&other)) {
            continue;
        }
        let others: Vec<&&Statement<'_>> = statements.iter().skip(at + 1).filter(same).collect();
        if others.is_empty() {
            continue;
        }
        match others.into_iter().find(|other| other.number.value != first.number.value) {
            Some(other) if fits(first, subject) && fits(other, subject) => {}
            Some(other) => differ(first, other, subject, results),
            None => results.pass(|| first.target.label(subject).1),
        }
    }
    subject.narrative().growths.iter().for_each(|growth| grow(growth, results));
}

fn fits(statement: &Statement<'_>, subject: &Subject<'_>) -> bool {
    matches!(statement.target.answer(subject, &statement.number), Answer::Holds)
}

fn differ(first: &Statement<'_>, other: &Statement<'_>, subject: &Subject<'_>, results: &mut Results<'_>) {
    let (zh, en) = first.target.label(subject);
    let (a, b) = (first.number.value, other.number.value);
    let finding = results
        .finding(format!("“{zh}”前后表述不一：{a}、{b}"), format!("{en} stated twice: {a} and {b}"))
        .expected(a.to_string())
        .actual(b.to_string())
        .facts(first.target.facts(subject))
        .quote(other.quote.text())
        .at(&first.quote.location())
        .at(&other.quote.location());
    results.push(|| en, finding);
}

fn grow(growth: &Growth<'_>, results: &mut Results<'_>) {
    let quote = growth.now.quote.to(growth.rate.quote);
    let text = quote.text();
    match growth.holds() {
        Some(true) => results.pass(|| text.to_owned()),
        Some(false) => {
            let rate = growth.rate.number.value;
            let finding = results
                .finding(
                    format!("“{text}”：增减幅度{rate}%与所述两数不符"),
                    format!("the rate {rate} % is not that of the two numbers: \"{text}\""),
                )
                .expected(format!("{rate}%"))
                .quote(text)
                .at(&quote.location());
            results.push(|| text.to_owned(), finding);
        }
        None => {}
    }
}
