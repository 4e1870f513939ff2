//! The report as a person reads it in a terminal: tables, findings, evidence.

use std::fmt::Write;
use std::iter;

use unicode_width::UnicodeWidthStr;

use crate::document::fold::one_line;
use crate::model::{BlockEdition, Report};

use super::form::{self, Grid, cut};

/// The report laid out for a terminal. Blank cells print as `□`, cells that are not
/// printed as `·`, unreadable ones as `?` with their text.
pub fn text(report: &Report) -> String {
    let mut page = Page::default();
    page.head(report);
    for block in report.editions() {
        page.block(report, block);
    }
    page.sections(report);
    page.findings(report);
    page.out
}

/// Paragraphs are cut to this many columns of the terminal.
const PARAGRAPH: usize = 96;

#[derive(Default)]
struct Page {
    out: String,
}

impl Page {
    fn line(&mut self, text: &str) {
        // Writing to a string does not fail.
        let _ = writeln!(self.out, "{}", text.trim_end());
    }

    fn head(&mut self, report: &Report) {
        let title = report.title().map_or("（无标题）", |title| title.value.as_str());
        self.line(title);
        self.line(&"═".repeat(title.width().min(PARAGRAPH) / "═".width().max(1)));
        let mut entry = |name: &str, value: Option<String>| {
            self.line(&format!("{name}  {}", value.unwrap_or_else(|| "—".to_owned())));
        };
        entry(
            "机关 agency ",
            report.agency().map(|a| match a.level {
                Some(level) => format!("{} ({})", a.name, level.name()),
                None => a.name.clone(),
            }),
        );
        entry(
            "年度 year   ",
            report.year_evidence().map(|y| format!("{}  «{}»", y.value, one_line(&y.text))),
        );
        entry(
            "版本 edition",
            report.edition().map(|edition| edition.to_string()).or_else(|| {
                let mixed: Vec<String> = report
                    .editions()
                    .iter()
                    .map(|b| {
                        format!("{}{} {}", b.table, b.block, b.edition.map_or("?".into(), |e| e.to_string()))
                    })
                    .collect();
                (!mixed.is_empty()).then(|| mixed.join("；"))
            }),
        );
        if let Some(period) = report.period() {
            entry("期限 period ", Some(format!("«{}»", one_line(&period.text))));
        }
        if let Some(date) = report.published() {
            entry("发布 published", Some(date.value.to_string()));
        }
        if let Some(date) = report.signed() {
            entry("落款 signed ", Some(date.value.to_string()));
        }
        if let Some(number) = report.document_number() {
            entry("文号 number ", Some(number.value.clone()));
        }
    }

    fn block(&mut self, report: &Report, block: &BlockEdition) {
        let Some(spec) = form::spec_of(block) else { return };
        self.line("");
        let edition = block.edition.map_or_else(|| "?".to_owned(), |edition| edition.to_string());
        self.line(&format!("■ {} {}  [{edition}]", spec.table, spec.title));
        let grid = Grid::of(report, spec);
        let header = iter::once(String::new()).chain(grid.columns.iter().map(|(_, label)| label.clone()));
        let rows = grid.rows.iter().map(|(row, label)| {
            let cells = grid.columns.iter().map(|(column, _)| {
                let fact =
                    report.facts().find(|f| f.table == spec.table && f.row == *row && f.column == *column);
                fact.map_or_else(|| "·".to_owned(), form::shown)
            });
            iter::once(label.clone()).chain(cells).collect()
        });
        for line in form::aligned(&iter::once(header.collect()).chain(rows).collect::<Vec<_>>()) {
            self.line(&line);
        }
    }

    fn sections(&mut self, report: &Report) {
        for section in report.sections() {
            let roles: Vec<&str> = section.roles.iter().map(|role| role.name()).collect();
            self.line("");
            self.line(&format!("§ {}  [{}]", one_line(&section.heading), roles.join(" ")));
            for paragraph in &section.paragraphs {
                self.line(&format!("  {}", cut(&one_line(&paragraph.text), PARAGRAPH)));
            }
        }
    }

    fn findings(&mut self, report: &Report) {
        self.line("");
        self.line(&format!("提示 findings: {}", report.findings().len()));
        for finding in report.findings() {
            let place = finding.locations.first().map(|place| format!(" @ {place}")).unwrap_or_default();
            self.line(&format!(
                "  {:<7} {}  {}{place}",
                finding.severity.name(),
                finding.code,
                cut(&finding.message.zh, PARAGRAPH)
            ));
            for suggestion in &finding.suggestions {
                self.line(&format!("          ↳ {}", suggestion.reason.zh));
            }
        }
    }
}
