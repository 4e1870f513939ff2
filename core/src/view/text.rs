//! The report as a person reads it in a terminal: tables, findings, evidence.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::document::fold::one_line;
use crate::model::{BlockEdition, Fact, Report, Status};
use crate::template::{BlockSpec, TEMPLATES};

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
        let Some(spec) = spec_of(block) else { return };
        self.line("");
        let edition = block.edition.map_or_else(|| "?".to_owned(), |edition| edition.to_string());
        self.line(&format!("■ {} {}  [{edition}]", spec.table, spec.title));
        let mut rows: Vec<Vec<String>> = Vec::new();
        let short = |label: &str| -> String {
            label.split(['（', '(']).find(|s| !s.is_empty()).unwrap_or(label).to_owned()
        };
        let by_row = spec.columns.iter().all(|column| column.row.is_some());
        let columns: Vec<(&str, String)> = if by_row {
            let mut seen: Vec<(&str, String)> = Vec::new();
            for column in spec.columns {
                if !seen.iter().any(|(id, _)| *id == column.id) {
                    seen.push((column.id, column.label.to_owned()));
                }
            }
            seen
        } else {
            spec.columns.iter().map(|column| (column.id, short(column.label))).collect()
        };
        rows.push(
            std::iter::once(String::new()).chain(columns.iter().map(|(_, label)| label.clone())).collect(),
        );
        for (id, label) in row_labels(report, spec) {
            let cells = columns.iter().map(|(column, _)| {
                let fact =
                    report.facts().find(|f| f.table == spec.table && f.row == id && f.column == *column);
                fact.map_or_else(|| "·".to_owned(), shown)
            });
            rows.push(std::iter::once(label).chain(cells).collect());
        }
        self.table(&rows);
    }

    fn table(&mut self, rows: &[Vec<String>]) {
        let count = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..count)
            .map(|c| rows.iter().filter_map(|row| row.get(c)).map(|s| s.width()).max().unwrap_or(0))
            .collect();
        for row in rows {
            let mut line = String::from("  ");
            for (index, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let space = " ".repeat(width.saturating_sub(cell.width()));
                // Labels to the left, values to the right.
                if index == 0 {
                    line.push_str(&format!("{cell}{space}"));
                } else {
                    line.push_str(&format!("  {space}{cell}"));
                }
            }
            self.line(&line);
        }
    }

    fn sections(&mut self, report: &Report) {
        for section in report.sections() {
            let roles: Vec<&str> = section.roles.iter().map(|role| role.name()).collect();
            self.line("");
            self.line(&format!("§ {}  [{}]", one_line(&section.heading), roles.join(" ")));
            for paragraph in &section.paragraphs {
                self.line(&format!("  {}", cut(&one_line(&paragraph.text))));
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
                cut(&finding.message.zh)
            ));
            for suggestion in &finding.suggestions {
                self.line(&format!("          ↳ {}", suggestion.reason.zh));
            }
        }
    }
}

pub(super) fn spec_of(block: &BlockEdition) -> Option<&'static BlockSpec> {
    TEMPLATES
        .iter()
        .filter(|template| block.edition.is_none_or(|edition| edition == template.edition))
        .flat_map(|template| template.blocks.iter().copied())
        .find(|spec| spec.table == block.table && spec.title == block.block)
}

/// Ids and labels of a block's rows, rows that the report names under one of them
/// included.
fn row_labels(report: &Report, spec: &BlockSpec) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = Vec::new();
    for column in spec.columns {
        let Some(row) = column.row else { continue };
        if !rows.iter().any(|(id, _)| id == row) {
            rows.push((row.to_owned(), column.group.join(" / ")));
        }
    }
    if !rows.is_empty() {
        return rows;
    }
    for row in spec.rows() {
        let named: Vec<String> = named_rows(report, spec.table, row.id);
        if named.is_empty() || report.facts().any(|f| f.table == spec.table && f.row == row.id) {
            let label =
                row.label.split('（').find(|s| !s.is_empty() && !s.ends_with('）')).unwrap_or(row.label);
            let label = if row.label.starts_with('（') { row.label } else { label };
            rows.push((row.id.to_owned(), cut_label(label)));
        }
        for id in named {
            let name = id.split_once('/').map_or(id.as_str(), |(_, name)| name).to_owned();
            rows.push((id, format!("{} / {name}", row.label)));
        }
    }
    rows
}

pub(super) fn named_rows(report: &Report, table: &str, parent: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for fact in report.facts().filter(|f| f.table == table) {
        let is_named = fact.row.strip_prefix(parent).is_some_and(|rest| rest.starts_with('/'));
        if is_named && !names.iter().any(|name| *name == fact.row) {
            names.push(fact.row.to_string());
        }
    }
    names
}

fn shown(fact: &Fact) -> String {
    let unit = fact.unit.filter(|unit| unit.is_money()).map_or("", |unit| unit.symbol());
    match (fact.status, fact.value) {
        (Status::Reported, Some(value)) => format!("{value}{unit}"),
        (Status::Blank, _) => "□".to_owned(),
        (Status::NotApplicable, _) => one_line(&fact.text),
        _ => format!("?{}", one_line(&fact.text).chars().take(12).collect::<String>()),
    }
}

fn cut_label(label: &str) -> String {
    const MAX: usize = 18;
    if label.chars().count() <= MAX {
        label.to_owned()
    } else {
        label.chars().take(MAX).chain(['…']).collect()
    }
}

fn cut(text: &str) -> String {
    let mut width = 0;
    let mut out = String::new();
    for c in text.chars() {
        width += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if width > PARAGRAPH {
            out.push('…');
            break;
        }
        out.push(c);
    }
    out
}
