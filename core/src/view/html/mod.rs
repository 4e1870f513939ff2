//! The report as the official form, in HTML: for notebooks, and as a page of its own.

mod grid;
mod marks;
mod records;

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Severity};
use crate::model::{BlockEdition, Edition, Fact, Report, Role, Status, Text};

use super::findings::{Language, Standing, proposed};
use super::form::spec_of;
use crate::template::BlockSpec;
use grid::{Holds, Slot};
use marks::{Marks, Numbered, look};
pub use records::html_records;

/// What is listed without being asked for.
const WARNING: Standing = Standing::Failed(std::cmp::Reverse(Severity::Warning));

const STYLE: &str = include_str!("style.css");

/// The report as a fragment of HTML with its own style: the statutory tables as the form
/// has them, the narrative folded, and the findings, marked on their cells.
///
/// The fragment needs no script and loads nothing. All that a report says is escaped.
/// Every cell of a table carries the id of its fact in `data-fact`.
pub fn html(report: &Report, findings: &[Finding]) -> String {
    let list = marks::numbered(findings);
    let mut page = Page { report, marks: marks::by_cell(&list, findings), list: &list, out: String::new() };
    page.whole();
    page.out
}

/// The same as a whole page.
pub fn html_page(report: &Report, findings: &[Finding]) -> String {
    let title = report.title().map_or("政府信息公开工作年度报告", |title| title.value.as_str());
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n</head>\n\
         <body class=\"gongkai-page\">\n{}</body>\n</html>\n",
        escape(title),
        html(report, findings)
    )
}

/// Text that stands for itself in content and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // HTML has no way to write them.
            c if c.is_control() && !matches!(c, '\n' | '\t') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

pub(super) fn opening() -> String {
    format!("<div class=\"gongkai\" lang=\"zh-CN\">\n<style>\n{STYLE}</style>\n")
}

struct Page<'a> {
    report: &'a Report,
    list: &'a [Numbered<'a>],
    marks: BTreeMap<&'a str, Marks<'a>>,
    out: String,
}

impl Page<'_> {
    fn line(&mut self, html: &str) {
        self.out.push_str(html);
        self.out.push('\n');
    }

    fn whole(&mut self) {
        self.out.push_str(&opening());
        self.head();
        let report = self.report;
        if !report.preamble().is_empty() {
            self.prose("前言", report.preamble());
        }
        let mut shown = BTreeSet::new();
        for section in report.sections() {
            self.prose(&section.heading, &section.paragraphs);
            for role in &section.roles {
                if shown.insert(role.name()) {
                    self.table(role.name());
                }
            }
        }
        // Tables whose section the report does not head.
        for role in Role::ALL {
            if shown.insert(role.name()) {
                self.table(role.name());
            }
        }
        for line in report.closing() {
            self.line(&format!("<p class=\"closing\">{}</p>", escape(&line.text)));
        }
        self.legend();
        self.findings();
        self.line("</div>");
    }

    fn head(&mut self) {
        let report = self.report;
        let title = report.title().map_or("（无标题）", |title| title.value.as_str());
        self.line(&format!("<h2>{}</h2>", escape(title)));
        self.line("<dl class=\"about\">");
        let mut entry = |zh: &str, en: &str, value: Option<String>| {
            let value = value.as_deref().map_or_else(|| "—".to_owned(), escape);
            self.line(&format!("<div><dt>{zh} <span lang=\"en\">{en}</span></dt><dd>{value}</dd></div>"));
        };
        entry("机关", "agency", report.agency().map(|agency| agency.name.clone()));
        entry("年度", "year", report.year().map(|year| year.to_string()));
        let editions: Vec<String> = editions(report.editions()).iter().map(ToString::to_string).collect();
        entry("版本", "edition", (!editions.is_empty()).then(|| editions.join("、")));
        for (zh, en, date) in [("发布", "published", report.published()), ("落款", "signed", report.signed())]
        {
            if let Some(date) = date {
                entry(zh, en, Some(date.value.to_string()));
            }
        }
        if let Some(number) = report.document_number() {
            entry("文号", "number", Some(number.value.clone()));
        }
        let counts: Vec<String> = Standing::ALL
            .into_iter()
            .map(|standing| (standing, self.list.iter().filter(|item| item.standing == standing).count()))
            .filter(|(_, count)| *count > 0)
            .map(|(standing, count)| {
                let ((class, sign), words) = (look(standing), standing.name(Language::Zh));
                format!("<span class=\"sign {class}\">{sign} {words} {count}</span>")
            })
            .collect();
        let counts = if counts.is_empty() { "无".to_owned() } else { counts.join(" ") };
        self.line(&format!("<div><dt>核查 <span lang=\"en\">findings</span></dt><dd>{counts}</dd></div>"));
        self.line("</dl>");
    }

    fn prose(&mut self, heading: &str, paragraphs: &[Text]) {
        let heading = escape(heading);
        if paragraphs.is_empty() {
            self.line(&format!("<p class=\"heading\">{heading}</p>"));
            return;
        }
        let count = paragraphs.len();
        self.line(&format!(
            "<details><summary><span class=\"heading\">{heading}</span> <small>{count}段</small></summary>"
        ));
        for paragraph in paragraphs {
            self.line(&format!("<p>{}</p>", escape(&paragraph.text)));
        }
        self.line("</details>");
    }

    fn table(&mut self, table: &str) {
        let blocks: Vec<&BlockEdition> = self.report.editions().iter().filter(|b| b.table == table).collect();
        let mut specs: Vec<&BlockSpec> = blocks.iter().filter_map(|block| spec_of(block)).collect();
        // A block that goes on after a page break is one block.
        let mut seen = BTreeSet::new();
        specs.retain(|spec| seen.insert(std::ptr::from_ref::<BlockSpec>(spec)));
        let rows = grid::grid(self.report, &specs);
        if rows.is_empty() {
            return;
        }
        let facts: BTreeMap<(&str, &str), &Fact> = self
            .report
            .facts()
            .filter(|fact| fact.table == table)
            .map(|fact| ((&*fact.row, &*fact.column), fact))
            .collect();
        let editions: Vec<String> = editions(blocks)
            .iter()
            .map(|edition| format!("{edition}年版格式（{}）", edition.issued_by()))
            .collect();
        self.line(&format!("<div class=\"scroll\"><table class=\"form {table}\">"));
        if !editions.is_empty() {
            self.line(&format!("<caption>{}</caption>", editions.join("；")));
        }
        for row in &rows {
            self.out.push_str("<tr>");
            for slot in row {
                self.slot(table, slot, &facts);
            }
            self.line("</tr>");
        }
        self.line("</table></div>");
    }

    fn slot(&mut self, table: &str, slot: &Slot, facts: &BTreeMap<(&str, &str), &Fact>) {
        let span = |name: &str, n: usize| if n > 1 { format!(" {name}=\"{n}\"") } else { String::new() };
        let spans = span("rowspan", slot.rows) + &span("colspan", slot.columns);
        let several = |n: usize| if n > 1 { "group" } else { "" };
        let html = match &slot.holds {
            Holds::Title(words) => {
                format!("<th class=\"title\" scope=\"colgroup\"{spans}>{}</th>", escape(words))
            }
            Holds::Column(words) => {
                format!("<th scope=\"col{}\"{spans}>{}</th>", several(slot.columns), escape(words))
            }
            Holds::Row(words) => {
                format!("<th class=\"row\" scope=\"row{}\"{spans}>{}</th>", several(slot.rows), escape(words))
            }
            Holds::Cell { row, column, labels } => {
                let fact = facts.get(&(row.as_str(), *column)).copied();
                self.cell(&format!("{table}.{row}.{column}"), labels, fact, &spans)
            }
        };
        self.out.push_str(&html);
    }

    fn cell(&self, id: &str, labels: &str, fact: Option<&Fact>, spans: &str) -> String {
        let (state, shown) = shown(fact);
        let mut classes = vec![state];
        let mut hint = vec![labels.to_owned(), id.to_owned()];
        if let Some(fact) = fact {
            let unit = fact.meant_unit().map_or("", |unit| unit.symbol());
            hint.push(format!("原文“{}” {unit}", fact.text).trim_end().to_owned());
            hint.push(Language::Zh.place(&fact.location));
        }
        let mut more = String::new();
        let mut described = String::new();
        if let Some(marks) = self.marks.get(id) {
            let items = |positions: &[usize]| -> Vec<&Numbered<'_>> {
                positions.iter().filter_map(|at| self.list.get(*at)).collect()
            };
            let findings = items(&marks.findings);
            let open =
                findings.iter().map(|item| item.standing).filter(|standing| *standing < Standing::Waived);
            classes.extend(open.min().map(|standing| look(standing).0));
            if let Some(suspect) = marks.suspect {
                classes.push("suspect");
                more.push_str(&format!("<span class=\"proposed\">→{}?</span>", escape(&proposed(suspect))));
                hint.push(format!("？疑应为{}：{}", proposed(suspect), suspect.reason.zh));
            }
            for item in items(&marks.numbers) {
                let (class, sign) = look(item.standing);
                more.push_str(&format!("<sup class=\"sign {class}\">{sign}{}</sup>", item.number));
            }
            hint.extend(findings.iter().map(|item| {
                let (_, sign) = look(item.standing);
                format!("{sign}{} {} {}", item.number, item.finding.code, item.finding.message.zh)
            }));
            let anchors: Vec<&str> = findings.iter().map(|item| item.anchor.as_str()).collect();
            if !anchors.is_empty() {
                described = format!(" aria-describedby=\"{}\"", escape(&anchors.join(" ")));
            }
        }
        format!(
            "<td class=\"{}\" data-fact=\"{}\" title=\"{}\"{described}{spans}>{shown}{more}</td>",
            classes.join(" "),
            escape(id),
            escape(&hint.join("\n")),
        )
    }

    fn legend(&mut self) {
        self.line(
            "<p class=\"legend\"><span class=\"key blank\"></span> 空白 blank \
             <span class=\"key not_applicable\">/</span> 不适用 not applicable \
             <span class=\"key unreadable\">?</span> 无法辨读 unreadable \
             <span class=\"key absent\">·</span> 未印此格 not printed \
             <span class=\"key suspect\">3<span class=\"proposed\">→8?</span></span> 疑误及应有值 suspect, and what would mend it</p>",
        );
    }

    fn findings(&mut self) {
        let (open, others): (Vec<_>, Vec<_>) = self.list.iter().partition(|item| item.standing <= WARNING);
        self.entries(&open);
        if !others.is_empty() {
            let count = others.len();
            self.line(&format!(
                "<details><summary>另有{count}条提示 <span lang=\"en\">further: {count}</span></summary>"
            ));
            self.entries(&others);
            self.line("</details>");
        }
    }

    fn entries(&mut self, items: &[&Numbered<'_>]) {
        if items.is_empty() {
            return;
        }
        self.line("<ul class=\"findings\">");
        for Numbered { finding, standing, number, anchor } in items {
            let ((class, sign), words) = (look(*standing), standing.name(Language::Zh));
            let place = finding.locations.first().map(|place| Language::Zh.place(place));
            let place = place.map(|place| format!("（{}）", escape(&place))).unwrap_or_default();
            self.line(&format!(
                "<li id=\"{}\"><span class=\"sign {class}\">{sign}{number} {words}</span> \
                 <code>{}</code> {}{place} <span class=\"en\" lang=\"en\">{}</span>",
                escape(anchor),
                escape(&finding.code),
                escape(&finding.message.zh),
                escape(&finding.message.en),
            ));
            for suggestion in &finding.suggestions {
                self.line(&format!(
                    "<br><span class=\"proposed\"><code>{}</code> →{}? {}</span>",
                    escape(&suggestion.fact),
                    escape(&proposed(suggestion)),
                    escape(&suggestion.reason.zh),
                ));
            }
            if let Some(waiver) = &finding.waiver {
                let words = format!("{} {}：{}", waiver.when, waiver.by, waiver.why);
                self.line(&format!("<br><span class=\"en\">{}</span>", escape(&words)));
            }
            self.line("</li>");
        }
        self.line("</ul>");
    }
}

/// The cell's state, as its class in the style sheet, and what it shows. What is not seen
/// is said to those who hear the page.
fn shown(fact: Option<&Fact>) -> (&'static str, String) {
    let said = |words: &str| format!("<span class=\"said\">{words}</span>");
    let Some(fact) = fact else { return ("absent", format!("·{}", said("未印此格"))) };
    let unit = fact.unit.filter(|unit| unit.is_money()).map_or("", |unit| unit.symbol());
    match (fact.status, fact.value) {
        (Status::Reported, Some(value)) if unit.is_empty() => ("reported", value.to_string()),
        (Status::Reported, Some(value)) => ("reported", format!("{value}<small>{unit}</small>")),
        (Status::Blank, _) => ("blank", said("空白")),
        (Status::NotApplicable, _) => ("not_applicable", escape(&fact.text)),
        _ => ("unreadable", format!("?{} {}", said("无法辨读"), escape(&cut(&fact.text)))),
    }
}

/// The beginning of what could not be read: a cell may hold the text of its whole row.
fn cut(text: &str) -> String {
    const LONG: usize = 12;
    let end = if text.chars().count() > LONG { "…" } else { "" };
    text.replace('\t', " ").chars().take(LONG).collect::<String>() + end
}

/// The editions of blocks, each once.
fn editions<'a>(blocks: impl IntoIterator<Item = &'a BlockEdition>) -> BTreeSet<Edition> {
    blocks.into_iter().filter_map(|block| block.edition).collect()
}
