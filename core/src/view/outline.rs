//! Everything but the facts, line by line, in a form made to be compared.

use std::fmt::Write;

use crate::document::fold::one_line;
use crate::model::{Report, Text};

/// Metadata, editions, sections and findings of a report as stable lines of text.
pub fn outline(report: &Report) -> String {
    let mut out = String::new();
    let mut line = |name: &str, text: String| {
        // Writing to a string does not fail.
        let _ = writeln!(out, "{name}: {}", one_line(&text));
    };
    line("format", report.format().name().to_owned());
    if let Some(title) = report.title() {
        line("title", format!("{} @ {}", title.value, title.location));
    }
    if let Some(agency) = report.agency() {
        let level = agency.level.map_or("", |level| level.name());
        line("agency", format!("{} {level} @ {}", agency.name, agency.location));
    }
    if let Some(year) = report.year_evidence() {
        line("year", format!("{} « {} » @ {}", year.value, year.text, year.location));
    }
    if let Some(period) = report.period() {
        let start = period.value.start.map(|date| date.to_string()).unwrap_or_default();
        line("period", format!("{start}..{} « {} »", period.value.end, period.text));
    }
    if let Some(date) = report.published() {
        line("published", format!("{} « {} »", date.value, date.text));
    }
    if let Some(date) = report.signed() {
        line("signed", format!("{} « {} »", date.value, date.text));
    }
    if let Some(number) = report.document_number() {
        line("document number", number.value.clone());
    }
    for block in report.editions() {
        let edition = block.edition.map_or("?".to_owned(), |edition| edition.to_string());
        line("edition", format!("{} {} {edition} « {} »", block.table, block.block, block.evidence));
    }
    let mut paragraphs = |name: &str, texts: &[Text]| {
        for text in texts {
            line(name, text.text.clone());
        }
    };
    paragraphs("preamble", report.preamble());
    for section in report.sections() {
        let roles: Vec<&str> = section.roles.iter().map(|role| role.name()).collect();
        paragraphs(
            "section",
            &[Text {
                text: format!("[{}] {}", roles.join(" "), section.heading),
                location: section.location.clone(),
            }],
        );
        paragraphs("  text", &section.paragraphs);
    }
    paragraphs("closing", report.closing());
    for finding in report.findings() {
        let facts = match finding.facts.as_slice() {
            [] => String::new(),
            [one] => format!(" [{one}]"),
            [first, rest @ ..] => format!(" [{first} +{}]", rest.len()),
        };
        let place = finding.locations.first().map(|place| format!(" @ {place}")).unwrap_or_default();
        line(
            "finding",
            format!("{} {}{facts} {}{place}", finding.code, finding.severity.name(), finding.message.en),
        );
    }
    out
}
