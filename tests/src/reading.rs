//! What the library makes of a document, in the words of the tests.

use crate::findings;
use crate::truth::{Fact, Status};

/// What the golden files of a document hold.
#[derive(Debug)]
pub struct Reading {
    /// The cells in the library's order.
    pub facts: Vec<Fact>,
    /// Metadata, sections and findings as lines.
    pub outline: String,
    /// What the checks find, as lines.
    pub checked: String,
    /// The title, if one is printed.
    pub title: Option<String>,
    /// The agency, if one is printed.
    pub agency: Option<String>,
    /// The year reported on.
    pub year: Option<i64>,
    /// The editions the blocks follow, each once.
    pub editions: Vec<String>,
    /// Role and heading of each section.
    pub sections: Vec<(String, String)>,
}

/// Reads a document, or tells kind, code and message of the refusal, a line each.
pub fn read(bytes: &[u8]) -> Result<Reading, String> {
    let report = gongkai::parse(bytes)
        .map_err(|error| format!("{}\n{}\n{}\n", error.kind(), error.code(), error.message()))?;
    let mut editions: Vec<String> = report
        .editions()
        .iter()
        .map(|block| block.edition.map_or("-".to_owned(), |e| e.to_string()))
        .collect();
    editions.sort();
    editions.dedup();
    Ok(Reading {
        facts: facts_of(&report),
        outline: gongkai::view::outline(&report),
        checked: findings::lines(&gongkai::check(&report, &gongkai::CheckOptions::default())),
        title: report.title().map(|title| title.value.clone()),
        agency: report.agency().map(|agency| agency.name.clone()),
        year: report.year().map(i64::from),
        editions,
        sections: report
            .sections()
            .iter()
            .map(|section| {
                let roles: Vec<&str> = section.roles.iter().map(|role| role.name()).collect();
                let roles = if roles.is_empty() { "extra".to_owned() } else { roles.join("+") };
                (roles, section.heading.clone())
            })
            .collect(),
    })
}

/// The cells of a report in the words of the tests.
pub fn facts_of(report: &gongkai::Report) -> Vec<Fact> {
    report.facts().map(fact).collect()
}

fn fact(fact: &gongkai::Fact) -> Fact {
    Fact {
        id: fact.id(),
        status: match fact.status {
            gongkai::Status::Reported => Status::Reported,
            gongkai::Status::Blank => Status::Blank,
            gongkai::Status::NotApplicable => Status::NotApplicable,
            _ => Status::Unreadable,
        },
        value: fact.value.as_ref().map(ToString::to_string),
        unit: fact.unit.map(|unit| unit.to_string()),
        text: fact.text.clone(),
    }
}

/// The cells of a document in the library's order, or why there are none.
pub fn facts(bytes: &[u8]) -> Result<Vec<Fact>, String> {
    named_facts(bytes, None)
}

/// The same, of a file of that name.
pub fn named_facts(bytes: &[u8], name: Option<&str>) -> Result<Vec<Fact>, String> {
    let file_name = name.map(str::to_owned);
    let options = gongkai::ParseOptions { file_name, ..gongkai::ParseOptions::default() };
    match gongkai::parse_with_options(bytes, &options) {
        Ok(report) => Ok(facts_of(&report)),
        Err(error) => Err(format!("{} | {} | {}", error.kind(), error.code(), error.message())),
    }
}
