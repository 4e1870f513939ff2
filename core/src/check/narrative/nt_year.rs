//! NT-YEAR: the narrative tells of the report's year.
//!
//! # What it checks
//!
//! Two kinds of sentences with the year before or after as theirs: the first sentence of the
//! overview (2019年，我镇…, in a report of 2020), and sentences that state a number of the
//! tables or that there is none. The section on problems and plans is left out.
//!
//! # Why
//!
//! Sentences are copied from the last report.
//!
//! # Example
//!
//! 2019年，未收到政府信息公开申请, in a report of 2020 that names 2020 nowhere in the paragraph.
//!
//! # When it cannot tell
//!
//! It says nothing of other mentions of years: laws, document numbers, comparisons, dates of
//! publication, and paragraphs that name the report's year as well.

use crate::check::results::Results;
use crate::check::statements::Quote;
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;

pub(in crate::check) const CHECK: Check = Check {
    code: "NT-YEAR",
    version: 1,
    severity: Severity::Info,
    level: 1,
    title_zh: "正文年度与报告年度一致",
    title_en: "the text tells of the report's year",
    clause: "",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let Some(year) = subject.report.year() else { return };
    let own = year.to_string();
    let narrative = subject.narrative();
    let stated = narrative.statements.iter().filter_map(|s| Some((s.year?, s.quote)));
    let mut seen: Vec<Quote<'_>> = Vec::new();
    for (named, quote) in narrative.openings.iter().copied().chain(stated) {
        let told = seen.iter().any(|other| other.paragraph() == quote.paragraph());
        if told || (named - year).abs() != 1 || quote.paragraph().contains(&own) {
            continue;
        }
        seen.push(quote);
        let finding = results
            .finding(
                format!("正文出现{named}年，报告年度{year}"),
                format!("text names {named}, report year is {year}"),
            )
            .expected(own.clone())
            .actual(named.to_string())
            .quote(quote.text())
            .at(&quote.location());
        results.push(|| named.to_string(), finding);
    }
    if seen.is_empty() {
        results.pass(String::new);
    }
}
