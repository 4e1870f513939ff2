//! Cases of the checks: small files that describe reports by their difference from a plain
//! balanced one. `tests/fixtures/README.md` lists the words they are written in.

mod base;
mod paper;

use base::Plan;
use gongkai::{CheckOptions, Evaluation, Report};
use paper::Paper;

use crate::form::Edition;
use crate::random::Random;
use crate::render::{Carrier, HtmlForm};

/// The reports of a case, and how they are checked.
#[derive(Debug)]
pub struct Case {
    /// Whose reports.
    pub kind: Kind,
    /// In the order of the file; the parent first.
    pub reports: Vec<Report>,
    /// The documents they were read from.
    pub documents: Vec<Vec<u8>>,
    options: CheckOptions,
}

/// Which check a case calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One report.
    Single,
    /// One agency's years.
    Series,
    /// A report against its members'.
    Rollup,
}

impl Case {
    /// Reads, prints and parses the reports of a case.
    pub fn read(text: &str) -> Self {
        let mut options = CheckOptions::default();
        let mut common = Vec::new();
        let mut drafts: Vec<(&str, Vec<&str>)> = Vec::new();
        for line in text.lines() {
            let line = line.trim_start();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match (word, drafts.last_mut()) {
                ("option", _) => set_option(&mut options, rest),
                ("report" | "parent" | "member", _) => drafts.push((word, vec![line])),
                (_, Some((_, lines))) => lines.push(line),
                (_, None) => common.push(line),
            }
        }
        let kind = match drafts.first() {
            None => Kind::Single,
            Some(("report", _)) => Kind::Series,
            Some(_) => Kind::Rollup,
        };
        if drafts.is_empty() {
            drafts.push(("report", Vec::new()));
        }
        let read = |(_, lines): (_, Vec<&str>)| parsed(&[common.as_slice(), &lines].concat());
        let (reports, documents) = drafts.into_iter().map(read).unzip();
        Self { kind, reports, documents, options }
    }

    /// What the checks answer; outcomes only for one report.
    pub fn evaluate(&self) -> Evaluation {
        let others = |from: usize| self.reports.iter().skip(from).collect::<Vec<_>>();
        let findings = match self.kind {
            Kind::Single => return gongkai::evaluate(&self.reports[0], &self.options),
            Kind::Series => gongkai::check_series_with_options(&others(0), &self.options),
            Kind::Rollup => gongkai::check_rollup_with_options(&self.reports[0], &others(1), &self.options),
        };
        Evaluation { findings, outcomes: Vec::new() }
    }
}

/// `jump = 5`
fn set_option(options: &mut CheckOptions, text: &str) {
    let (name, value) = text.split_once('=').unwrap_or_else(|| panic!("option {text}"));
    let value = value.trim();
    match name.trim() {
        "jump" => options.jump = value.parse().unwrap(),
        "search_steps" => options.search_steps = value.parse().unwrap(),
        "alternatives" => options.alternatives = value.parse().unwrap(),
        "members" => options.members.push(value.to_owned()),
        "trusted" => options.trusted.push(value.to_owned()),
        name => panic!("no option {name}"),
    }
}

fn parsed(lines: &[&str]) -> (Report, Vec<u8>) {
    let printed = paper(lines).print();
    let bytes = Carrier::Html(HtmlForm::Clean).render(&printed, &mut Random::new(1));
    let report = gongkai::parse(&bytes).unwrap_or_else(|error| panic!("{error}:\n{}", lines.join("\n")));
    (report, bytes)
}

fn paper(lines: &[&str]) -> Paper {
    let mut year = 2022;
    let mut edition = None;
    let mut agency = "青禾镇人民政府";
    let mut times = 1;
    let mut other_edition = Vec::new();
    for line in lines {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("year" | "report", rest) if !rest.is_empty() => year = rest.trim().parse().unwrap(),
            ("edition", "2019") => edition = Some(Edition::Y2019),
            ("edition", "2021") => edition = Some(Edition::Y2021),
            ("edition", other) => panic!("no edition {other}"),
            ("agency" | "parent" | "member", rest) => agency = rest.trim(),
            ("times", rest) => times = rest.trim().parse().unwrap(),
            ("swap", item) => other_edition.push(item.trim().to_owned()),
            _ => {}
        }
    }
    let by_year = if year < 2021 { Edition::Y2019 } else { Edition::Y2021 };
    let plan = Plan { edition: edition.unwrap_or(by_year), year, times, other_edition };
    let mut paper = Paper::new(&plan, agency);
    for line in lines {
        edit(&mut paper, line);
    }
    paper
}

fn edit(paper: &mut Paper, line: &str) {
    let (word, rest) = line.split_once([' ', ':']).unwrap_or((line, ""));
    let rest = rest.trim();
    let pair = |separator: &str| {
        let (left, right) =
            rest.split_once(separator).unwrap_or_else(|| panic!("{line}: expected {separator:?}"));
        (left.trim(), right.trim())
    };
    match word {
        "year" | "report" | "edition" | "agency" | "parent" | "member" | "times" | "swap" => {}
        "title" => paper.title = (!rest.is_empty()).then(|| rest.to_owned()),
        "period" => paper.period = (!rest.is_empty()).then(|| rest.to_owned()),
        "say" => {
            let (section, text) = pair(":");
            paper.say(section, text);
        }
        "heading" => {
            let (section, text) = pair(":");
            paper.heading(section, text);
        }
        "label" => {
            let (from, to) = pair(" as ");
            paper.relabel(from, to);
        }
        "move" => {
            let (section, before) = pair(" before ");
            paper.move_section(section, before);
        }
        "add" => {
            let (place, values) = pair("=");
            let (label, below) = place.split_once(" below ").unwrap_or_else(|| panic!("{line}"));
            paper.add_row(below.trim(), label.trim(), values);
        }
        "subtotal" => {
            let (place, values) = pair("=");
            let (group, label) =
                place.split_once(' ').map_or((place, None), |(group, label)| (group, Some(label)));
            paper.subtotal(group, label, values);
        }
        "drop" => match rest.split_once(' ').unwrap_or_else(|| panic!("{line}: drop what?")) {
            ("row", id) => paper.drop_row(id),
            ("cell", id) => paper.drop_cell(id),
            ("table", name) => paper.drop_table(name),
            ("block", item) => paper.drop_block(item),
            ("section", name) => paper.drop_section(name),
            ("text", section) => paper.drop_text(section),
            (what, _) => panic!("cannot drop a {what}"),
        },
        _ => {
            let (id, text) = line.split_once('=').unwrap_or_else(|| panic!("not understood: {line}"));
            paper.set(id.trim(), text.trim());
        }
    }
}
