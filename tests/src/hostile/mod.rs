//! Hostile files: one plain report, and every way of packing, writing or spoiling it that a
//! reader may meet.
//!
//! A case makes bytes; what must come of them stands in `tests/hostile/<group>.txt`. Beyond
//! that, whatever the file says, no case may assert a number that its page does not show,
//! show a planted number, or lose a number in silence.

mod archive;
mod damage;
mod doc;
mod fixed;
mod format;
mod html;
mod odt;
mod onefile;
mod rtf;
mod sheet;
mod table;
mod text;
mod xml;
mod zip;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use gongkai::{Limits, Report};
use serde_json::Value;

use crate::compare::same_number;
use crate::form::Edition;
use crate::package;
use crate::print::{Printed, Style, print};
use crate::random::Random;
use crate::render::{Carrier, DocxForm, Encoding, HtmlForm, TextLayout};
use crate::truth::{Status, Truth, Wishes};

/// A number nobody may ever read: it is deleted, hidden, or stands in a place not printed.
pub const PLANTED: &str = "99777";

/// The number of the cell that cases change, and the cell.
const FIGURE: &str = "1037";
const CELL: &str = "requests.received.natural_person";

/// A group of cases.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    /// Its name, that of the file of outcomes.
    pub name: &'static str,
    /// Its cases.
    pub cases: fn() -> Vec<Case>,
}

/// Every group.
pub const GROUPS: &[Group] = &[
    Group { name: "zip", cases: zip::cases },
    Group { name: "damage", cases: damage::cases },
    Group { name: "xml", cases: xml::cases },
    Group { name: "table", cases: table::cases },
    Group { name: "text", cases: text::cases },
    Group { name: "html", cases: html::cases },
    Group { name: "format", cases: format::cases },
    Group { name: "doc", cases: doc::cases },
    Group { name: "rtf", cases: rtf::cases },
    Group { name: "odt", cases: odt::cases },
    Group { name: "mhtml", cases: onefile::mhtml },
    Group { name: "flatopc", cases: onefile::flatopc },
    Group { name: "sheet", cases: sheet::cases },
    Group { name: "fixed", cases: fixed::cases },
];

type Bytes = Box<dyn FnOnce() -> Vec<u8> + Send>;

/// What a page shows in the cell, or that the case is about other pages than the plain one.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shows {
    /// The plain report, all of it.
    Plain,
    /// Another text in the cell.
    Cell(String),
    /// Another page altogether: numbers of it are judged by the committed outcome alone.
    Other,
}

/// One hostile file.
pub struct Case {
    /// Its name in the group.
    pub name: String,
    make: Bytes,
    shows: Shows,
}

/// What came of a case.
#[derive(Debug)]
pub struct Outcome {
    /// One line, as the file of outcomes has it.
    pub line: String,
    /// Promises that were broken.
    pub broken: Vec<String>,
}

fn case(name: impl Into<String>, make: impl FnOnce() -> Vec<u8> + Send + 'static) -> Case {
    Case { name: name.into(), make: Box::new(make), shows: Shows::Plain }
}

impl Case {
    /// The cell shows this instead.
    fn shows(mut self, text: &str) -> Self {
        self.shows = Shows::Cell(text.to_owned());
        self
    }

    /// The page is another one.
    fn other(mut self) -> Self {
        self.shows = Shows::Other;
        self
    }

    /// The file's bytes, made once, and the case without them.
    pub fn make(self) -> (Vec<u8>, Judge) {
        ((self.make)(), Judge { name: self.name, shows: self.shows })
    }
}

/// Says what came of a case.
#[derive(Debug)]
pub struct Judge {
    /// The case's name.
    pub name: String,
    shows: Shows,
}

impl Judge {
    /// Judges a reading.
    pub fn outcome(&self, read: &gongkai::Result<Report>) -> Outcome {
        let mut broken = Vec::new();
        let line = match read {
            Ok(report) => self.report(report, &mut broken),
            Err(error) if error.code() == "limit" => {
                // "limit NAME = VALUE exceeded"
                format!("limit {}", error.message().split(' ').nth(1).unwrap_or_default())
            }
            Err(error) => format!("error {} {}", error.kind(), error.code()),
        };
        let line = format!("{}: {line}", self.name);
        Outcome { line, broken: broken.into_iter().map(|what| format!("{}: {what}", self.name)).collect() }
    }

    fn report(&self, report: &Report, broken: &mut Vec<String>) -> String {
        let got = crate::reading::facts_of(report);
        if shown(&serde_json::from_str(&report.to_json()).unwrap()) {
            broken.push(format!("shows {PLANTED}"));
        }
        let mut words = Vec::new();
        let mut lost = 0;
        let (mut unreadable, mut missing, mut others) = (0, 0, 0);
        for expected in &BASE.printed.facts {
            let found = got.iter().find(|fact| fact.id == expected.id);
            if expected.id == CELL
                && let Shows::Cell(shown) = &self.shows
            {
                let (status, value) = found.map_or(("missing", ""), |fact| {
                    (fact.status.name(), fact.value.as_deref().unwrap_or_default())
                });
                words.push(format!("{status} {value}").trim().to_owned());
                if found.is_some_and(|fact| fact.status == Status::Reported) && value != shown {
                    broken.push(format!("reads {value} where {shown:?} is shown"));
                }
                lost += usize::from(status == "missing" || status == "unreadable");
                continue;
            }
            match found {
                None => missing += 1,
                Some(fact) if fact.status == Status::Unreadable => unreadable += 1,
                Some(fact) if fact.status == expected.status && same_number(expected, fact) => {}
                Some(fact) => {
                    others += 1;
                    if self.shows != Shows::Other {
                        let value = fact.value.as_deref().unwrap_or(fact.status.name());
                        broken.push(format!("{} reads {value}", fact.id));
                    }
                }
            }
        }
        lost += unreadable + missing;
        let known: BTreeSet<&str> = BASE.printed.facts.iter().map(|fact| fact.id.as_str()).collect();
        let surplus = got.iter().filter(|fact| !known.contains(fact.id.as_str()));
        let added = surplus.filter(|fact| fact.status == Status::Reported).count();
        if added > 0 && self.shows != Shows::Other {
            broken.push(format!("{added} cells that the page does not have"));
        }
        for (count, word) in
            [(unreadable, "unreadable"), (missing, "missing"), (others, "different"), (added, "added")]
        {
            if count > 0 {
                words.push(format!("{count} {word}"));
            }
        }
        if words.is_empty() {
            words.push("same".to_owned());
        }
        let found: BTreeSet<String> = report
            .findings()
            .iter()
            .chain(&gongkai::check(report, &gongkai::CheckOptions::default()))
            .map(|finding| finding.code.clone())
            .filter(|code| !BASE.codes.contains(code))
            .collect();
        if lost > 0 && found.is_empty() && self.shows != Shows::Other {
            broken.push(format!("{lost} numbers lost in silence"));
        }
        words.extend(found);
        words.join(" ")
    }
}

/// Whether any text in the report's JSON form holds the planted number; lines are numbered.
fn shown(json: &Value) -> bool {
    match json {
        Value::String(text) => text.contains(PLANTED),
        Value::Array(list) => list.iter().any(shown),
        Value::Object(fields) => fields.values().any(shown),
        _ => false,
    }
}

/// The most memory any case may take beyond its own bytes, in bytes: a part, its text, and
/// what was made of it.
pub fn memory() -> u64 {
    let limits = Limits::default();
    limits.part_bytes * 2 + limits.items * 256
}

/// The plain report in the carriers that cases start from.
struct Base {
    printed: Printed,
    /// The main part of a package.
    main: String,
    parts: Vec<(String, Vec<u8>)>,
    html: String,
    text: String,
    /// Codes of what is found in it.
    codes: BTreeSet<String>,
}

static BASE: LazyLock<Base> = LazyLock::new(|| {
    let wishes = Wishes { dense: true, ..Wishes::default() };
    let mut truth = Truth::random(Edition::Y2021, wishes, &mut Random::new(5));
    let row = truth.requests.iter_mut().find(|(id, _)| id == "received").unwrap();
    row.1[0] = FIGURE.parse().unwrap();
    let printed = print(&truth, &Style::default(), &mut Random::new(5));
    let render = |carrier: Carrier| carrier.render(&printed, &mut Random::new(5));
    let docx = render(Carrier::Docx(DocxForm::LibreOffice));
    let parts = package::parts(&docx).unwrap();
    let main = parts.iter().find(|(name, _)| name == package::MAIN).unwrap();
    let main = String::from_utf8(main.1.clone()).unwrap();
    let html = String::from_utf8(render(Carrier::Html(HtmlForm::Clean))).unwrap();
    let text = render(Carrier::Text(TextLayout::Pipes, Encoding::Utf8, false));
    let text = String::from_utf8(text).unwrap();
    for carrier in [&main, &html, &text] {
        assert_eq!(carrier.matches(FIGURE).count(), 1, "the number has to stand in one place");
        assert!(!carrier.contains(PLANTED));
    }
    let report = gongkai::parse(&docx).unwrap();
    let checked = gongkai::check(&report, &gongkai::CheckOptions::default());
    let codes = report.findings().iter().chain(&checked).map(|finding| finding.code.clone()).collect();
    Base { printed, main, parts, html, text, codes }
});

/// The run of the number in the main part.
const RUN: &str = "<w:r><w:t xml:space=\"preserve\">1037</w:t></w:r>";

/// A package with that main part.
fn docx(main: impl Into<Vec<u8>>) -> Vec<u8> {
    docx_with(main, &[])
}

/// The same with further parts, which replace those of the same name.
fn docx_with(main: impl Into<Vec<u8>>, more: &[(&str, &[u8])]) -> Vec<u8> {
    package::zip(&parts_with(main, more))
}

fn parts_with(main: impl Into<Vec<u8>>, more: &[(&str, &[u8])]) -> Vec<(String, Vec<u8>)> {
    let mut parts = BASE.parts.clone();
    let own = [(package::MAIN, main.into())];
    for (name, bytes) in own.into_iter().chain(more.iter().map(|(name, bytes)| (*name, bytes.to_vec()))) {
        match parts.iter_mut().find(|(part, _)| part == name) {
            Some((_, content)) => *content = bytes,
            None => parts.push((name.to_owned(), bytes)),
        }
    }
    parts
}

/// The main part with another run in place of the number's.
fn run(new: &str) -> String {
    assert!(BASE.main.contains(RUN));
    BASE.main.replace(RUN, new)
}

/// The main part with other characters in place of the number's.
fn figure(new: &str) -> String {
    BASE.main.replace(FIGURE, new)
}

/// Where the element round the number begins and ends: `w:tc`, `w:tr`, `w:tbl`.
fn around(element: &str) -> std::ops::Range<usize> {
    let at = BASE.main.find(FIGURE).unwrap();
    let start = BASE.main[..at].rfind(&format!("<{element}>")).unwrap();
    let close = format!("</{element}>");
    let end = at + BASE.main[at..].find(&close).unwrap() + close.len();
    start..end
}

/// The main part with that element put through a function.
fn with(element: &str, change: impl FnOnce(&str) -> String) -> String {
    let range = around(element);
    let (before, after) = (&BASE.main[..range.start], &BASE.main[range.end..]);
    format!("{before}{}{after}", change(&BASE.main[range.clone()]))
}

/// The main part with more behind its last block.
fn appended(more: &str) -> String {
    BASE.main.replace("<w:sectPr/>", &format!("{more}<w:sectPr/>"))
}

/// The main part with more declarations and attributes on its root.
fn rooted(more: &str) -> String {
    BASE.main.replacen("<w:document ", &format!("<w:document {more} "), 1)
}
