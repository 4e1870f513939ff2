//! Invented reports for tests.

use std::borrow::Cow;

use crate::format::Format;
use crate::location::Location;
use crate::model::{
    BlockEdition, Edition, Evidence, Fact, Report, Role, SCHEMA_VERSION, Section, Status, Text,
};
use crate::template::TEMPLATES;

/// A report under construction, in the newest edition.
pub(crate) struct Sample {
    report: Report,
}

fn text(text: &str) -> Text {
    Text { text: text.to_owned(), location: Location::default() }
}

impl Sample {
    /// A report of that year without tables.
    pub(crate) fn new(year: i32) -> Self {
        let agency = crate::model::Agency {
            name: "云溪县青禾镇人民政府".to_owned(),
            level: Some(crate::model::Level::Township),
            text: String::new(),
            location: Location::default(),
        };
        let year = Evidence { value: year, text: year.to_string(), location: Location::default() };
        let report = Report {
            schema_version: SCHEMA_VERSION,
            format: Format::Text,
            encoding: None,
            title: None,
            agency: Some(agency),
            year: Some(year),
            period: None,
            published: None,
            signed: None,
            document_number: None,
            editions: Vec::new(),
            preamble: Vec::new(),
            sections: Vec::new(),
            closing: Vec::new(),
            facts: Vec::new(),
            subtotals: Vec::new(),
            findings: Vec::new(),
        };
        Self { report }
    }

    /// One section more.
    pub(crate) fn section(mut self, roles: &[Role], paragraphs: &[&str]) -> Self {
        self.report.sections.push(Section {
            roles: roles.to_vec(),
            heading: String::new(),
            location: Location::default(),
            paragraphs: paragraphs.iter().map(|p| text(p)).collect(),
        });
        self
    }

    /// All tables of the newest edition; `None` is a blank cell.
    pub(crate) fn tables(mut self, value: impl Fn(&str, &str, &str) -> Option<i64>) -> Self {
        let template = TEMPLATES.last().unwrap();
        let edition: Option<Edition> = Some(template.edition);
        for block in template.blocks {
            self.report.editions.push(BlockEdition {
                table: Cow::Borrowed(block.table),
                block: Cow::Borrowed(block.title),
                edition,
                evidence: String::new(),
                location: Location::default(),
            });
            for (row, column) in block.cells() {
                let value = value(block.table, row, column.id);
                self.report.facts.push(Fact {
                    table: Cow::Borrowed(block.table),
                    row: Cow::Borrowed(row),
                    column: Cow::Borrowed(column.id),
                    edition,
                    value: value.map(Into::into),
                    unit: None,
                    status: if value.is_some() { Status::Reported } else { Status::Blank },
                    text: value.map(|value| value.to_string()).unwrap_or_default(),
                    location: Location::default(),
                });
            }
        }
        self
    }

    pub(crate) fn report(self) -> Report {
        self.report
    }
}
