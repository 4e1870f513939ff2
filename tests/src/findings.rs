//! Findings as text made to be read and compared.

use std::collections::BTreeMap;
use std::fmt::Write;

use gongkai::{Finding, Verdict};

use crate::csv;

/// All findings, one line each.
pub fn lines(findings: &[Finding]) -> String {
    let line = |finding: &Finding| {
        let facts = match finding.facts.as_slice() {
            [] => String::new(),
            [one] => format!(" [{one}]"),
            [first, rest @ ..] => format!(" [{first} +{}]", rest.len()),
        };
        let message = finding.message.en.replace('\n', "¶");
        format!("{} {}{facts}: {message}\n", finding.code, verdict(finding))
    };
    let lines: String = findings.iter().map(line).collect();
    if lines.is_empty() { "none\n".to_owned() } else { lines }
}

/// One finding, a line for each thing it says.
pub fn write(out: &mut String, finding: &Finding) {
    let mut head = format!("{} {} {}", finding.code, finding.severity.name(), verdict(finding));
    if let Some(report) = finding.report {
        let _ = write!(head, ", report {report}");
    }
    let _ = writeln!(out, "{head}");
    let mut line = |name: &str, text: &str| {
        let _ = writeln!(out, "  {name} {}", text.replace('\n', "¶"));
    };
    line("zh", &finding.message.zh);
    line("en", &finding.message.en);
    if !finding.facts.is_empty() {
        line("facts", &folded(&finding.facts));
    }
    if finding.expected.is_some() || finding.actual.is_some() {
        let side = |text: &Option<String>| match text.as_deref() {
            None => "-".to_owned(),
            Some("") => "nothing".to_owned(),
            Some(text) => text.to_owned(),
        };
        line("expected", &format!("{} actual {}", side(&finding.expected), side(&finding.actual)));
    }
    if let Some(quote) = &finding.quote {
        line("quote", quote);
    }
    if let Some(group) = &finding.group {
        line("group", group);
    }
    for suggestion in &finding.suggestions {
        let value = match (&suggestion.value, &suggestion.range) {
            (Some(value), _) => format!(" = {value}"),
            (None, Some((low, Some(high)))) => format!(" = {low} to {high}"),
            (None, Some((low, None))) => format!(" = {low} or more"),
            (None, None) => String::new(),
        };
        let code = suggestion.code.as_deref().map(|code| format!(" {code}")).unwrap_or_default();
        let (zh, en) = (&suggestion.reason.zh, &suggestion.reason.en);
        line("look at", &format!("{}{value}{code}: {zh} / {en}", suggestion.fact));
    }
}

fn verdict(finding: &Finding) -> &'static str {
    match (finding.verdict, finding.as_zero) {
        (Verdict::Failed, _) => "failed",
        (_, None) => "unknown",
        (_, Some(true)) => "unknown, holds if blank is zero",
        (_, Some(false)) => "unknown, fails if blank is zero",
    }
}

/// Ids of facts with what neighbours have in common said once:
/// `requests.granted.{enterprise, total}`, `requests.{received, granted}.total`.
fn folded(facts: &[String]) -> String {
    let mut parts = facts.iter().map(|fact| csv::parts(fact)).peekable();
    let mut groups = Vec::new();
    while let Some((table, row, column)) = parts.next() {
        let (mut rows, mut columns) = (vec![row], vec![column]);
        while let Some((_, _, column)) = parts.next_if(|next| next.0 == table && next.1 == row) {
            columns.push(column);
        }
        while let Some((_, row, _)) =
            parts.next_if(|next| next.0 == table && next.2 == column && columns.len() == 1)
        {
            rows.push(row);
        }
        let list = |names: Vec<&str>| match names.as_slice() {
            [one] => (*one).to_owned(),
            many => format!("{{{}}}", many.join(", ")),
        };
        groups.push(format!("{table}.{}.{}", list(rows), list(columns)));
    }
    groups.join(", ")
}

/// Codes and how often they occur, unknown ones with a question mark:
/// `REQ-BALANCE ×2, VAL-MISSING?`.
pub fn codes<'a>(findings: impl Iterator<Item = &'a Finding>) -> String {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in findings {
        let mark = if finding.verdict == Verdict::Failed { "" } else { "?" };
        *counts.entry((&finding.code, mark)).or_default() += 1;
    }
    let count = |((code, mark), count): ((&str, &str), usize)| match count {
        1 => format!("{code}{mark}"),
        _ => format!("{code}{mark} ×{count}"),
    };
    let counts: Vec<String> = counts.into_iter().map(count).collect();
    if counts.is_empty() { "none".to_owned() } else { counts.join(", ") }
}
