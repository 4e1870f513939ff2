//! What a web site prints around the report: menus, breadcrumbs, footers.
//!
//! Scope: choosing elements to pass over, by name and only where they hold nothing of a
//! report. Losing a line of the report is worse than keeping one of the site, so in doubt
//! an element stays; lines are judged by their wording later. Dates and document numbers
//! near the report stay, for the date of publication is read from them.

use super::flow::{is_content, is_hidden};
use super::tree::{Id, Kind, Tree};
use crate::document::fold::is_space;

/// Words only the report itself says outside links, besides its title.
const MARKS: [&str; 6] = ["第二十条", "申请人", "行政复议", "总体情况", "主动公开政府信息", "依申请公开"];
const TITLES: [&str; 2] = ["信息公开工作年度报告", "信息公开年度报告"];
/// Words beside a date of publication or a document number.
const NOTICES: [&str; 9] = ["发布", "时间", "日期", "来源", "索引号", "文号", "发文", "公开时限", "信息名称"];

/// Numbers of headings.
const NUMERALS: &str = "一二三四五六七八九十";

/// Plain text (outside links) up to which an element may be chrome, in characters.
const SMALL: u32 = 400;
/// A link with more text than this is no link but an element left open.
const LINK: usize = 60;

/// Elements to pass over.
pub(super) struct Omitted(Vec<bool>);

impl Omitted {
    pub(super) fn contains(&self, id: Id) -> bool {
        self.0.get(id).copied().unwrap_or(false)
    }

    fn insert(&mut self, id: Id) {
        if let Some(flag) = self.0.get_mut(id) {
            *flag = true;
        }
    }
}

/// What a subtree's plain text holds.
#[derive(Debug, Clone, Copy, Default)]
struct Facts {
    characters: u32,
    marks: u32,
    titles: u32,
    headings: u32,
    notices: u32,
}

impl Facts {
    fn add(&mut self, other: Self) {
        self.characters = self.characters.saturating_add(other.characters);
        self.marks = self.marks.saturating_add(other.marks);
        self.titles = self.titles.saturating_add(other.titles);
        self.headings = self.headings.saturating_add(other.headings);
        self.notices = self.notices.saturating_add(other.notices);
    }

    /// Whether nothing in it could belong to a report.
    fn is_foreign(self) -> bool {
        self.marks + self.titles + self.headings + self.notices == 0 && self.characters <= SMALL
    }
}

/// Chooses the elements of a page that are not its report.
pub(super) fn omitted(tree: &Tree) -> Omitted {
    let mut omitted = Omitted(vec![false; tree.len()]);
    let facts = survey(tree);
    let of = |id: Id| facts.get(id).copied().unwrap_or_default();
    let page = of(Tree::ROOT);
    if page.marks == 0 {
        // No report, or none that is told from links.
        return omitted;
    }
    for id in tree.descend(Tree::ROOT, |id| is_content(tree, id)) {
        if is_named_chrome(tree, id) && of(id).is_foreign() {
            omitted.insert(id);
        }
    }
    if let Some(container) = container(tree, &facts) {
        let inside = of(container);
        // Sections outside would be lost.
        if page.headings == inside.headings {
            omit_around(tree, container, &facts, &mut omitted);
        }
    }
    omitted
}

/// Passes over what stands beside the container and its ancestors and is foreign.
fn omit_around(tree: &Tree, container: Id, facts: &[Facts], omitted: &mut Omitted) {
    let mut inner = container;
    while let Some(outer) = tree.parent(inner) {
        // Text directly beside it stays.
        for sibling in tree.children(outer).filter(|&id| id != inner && !tree.name(id).is_empty()) {
            if !is_title(tree, sibling) && facts.get(sibling).copied().unwrap_or_default().is_foreign() {
                omitted.insert(sibling);
            }
        }
        inner = outer;
    }
}

fn is_title(tree: &Tree, id: Id) -> bool {
    matches!(tree.name(id), "head" | "h1" | "h2" | "h3" | "table" | "td" | "th" | "tr" | "tbody")
        || tree.descend(id, |_| true).any(|id| matches!(tree.name(id), "h1" | "h2"))
}

/// The smallest known container of content that holds all marks of the page.
fn container(tree: &Tree, facts: &[Facts]) -> Option<Id> {
    let page = facts.get(Tree::ROOT)?.marks;
    tree.descend(Tree::ROOT, |id| facts.get(id).is_some_and(|f| f.marks == page))
        .filter(|&id| facts.get(id).is_some_and(|f| f.marks == page) && is_named_container(tree, id))
        .last()
}

fn is_named_container(tree: &Tree, id: Id) -> bool {
    const NAMES: [&str; 14] = [
        "zoom",
        "trs_editor",
        "trs_ueditor",
        "ivs_content",
        "pages_content",
        "pages-content",
        "ucap-content",
        "article",
        "article-content",
        "article_content",
        "content",
        "con",
        "main-content",
        "view",
    ];
    matches!(tree.name(id), "article" | "main")
        || names(tree, id).any(|name| NAMES.contains(&name.to_ascii_lowercase().as_str()))
}

fn is_named_chrome(tree: &Tree, id: Id) -> bool {
    const PARTS: [&str; 20] = [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "submenu",
        "breadcrumb",
        "breadcrumbs",
        "crumb",
        "crumbs",
        "foot",
        "footer",
        "copyright",
        "sidebar",
        "share",
        "bdsharebuttonbox",
        "toolbar",
        "print",
        "topbar",
        "header",
        "mbx",
    ];
    match tree.name(id) {
        "nav" | "header" | "footer" | "aside" => return true,
        "" | "html" | "body" | "main" | "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th"
        | "caption" => return false,
        _ => {}
    }
    tree.attribute(id, "role").is_some_and(|role| matches!(role, "navigation" | "banner" | "contentinfo"))
        || names(tree, id)
            .flat_map(|name| name.split(['-', '_']))
            .map(|part| part.trim_end_matches(|c: char| c.is_ascii_digit()).to_ascii_lowercase())
            .any(|part| PARTS.contains(&part.as_str()))
}

/// The element's id and classes.
fn names(tree: &Tree, id: Id) -> impl Iterator<Item = &str> {
    ["id", "class"]
        .into_iter()
        .filter_map(move |name| tree.attribute(id, name))
        .flat_map(|value| value.split_ascii_whitespace())
}

/// The facts of every subtree, by node.
fn survey(tree: &Tree) -> Vec<Facts> {
    let mut facts = vec![Facts::default(); tree.len()];
    let plain = |id: Id| is_content(tree, id) && !is_hidden(tree, id) && !is_link(tree, id);
    // Text is long and ids are small.
    let small = |id: Id| u32::try_from(id).unwrap_or(u32::MAX);
    let mut order = Vec::new();
    let mut text = Vec::new();
    for id in tree.descend(Tree::ROOT, plain) {
        order.push(id);
        if let Kind::Text(part) = tree.kind(id) {
            // Words may be spread over elements; white space is not seen.
            text.extend(part.chars().filter(|&c| !is_space(c)).map(|c| (c, small(id))));
        }
    }
    let mut note = |id: u32, change: fn(&mut Facts)| {
        if let Some(facts) = facts.get_mut(id as usize) {
            change(facts);
        }
    };
    let begins = Begins::new();
    for (at, &(first, id)) in text.iter().enumerate() {
        note(id, |f| f.characters += 1);
        if !begins.has(first) {
            continue;
        }
        let starts = |word: &str| {
            word.starts_with(first)
                && word.chars().count() <= text.len() - at
                && word.chars().zip(text.iter().skip(at)).all(|(c, &(other, _))| c == other)
        };
        if MARKS.iter().any(|word| starts(word)) {
            note(id, |f| f.marks += 1);
        }
        if TITLES.iter().any(|word| starts(word)) {
            note(id, |f| f.titles += 1);
        }
        if NOTICES.iter().any(|word| starts(word)) || is_date(text.iter().skip(at).map(|&(c, _)| c)) {
            note(id, |f| f.notices += 1);
        }
        let next = text.get(at + 1).map(|&(c, _)| c);
        if NUMERALS.contains(first) && next == Some('、') {
            note(id, |f| f.headings += 1);
        }
    }
    // Children come after their parents in document order.
    for &id in order.iter().rev() {
        let below = facts.get(id).copied().unwrap_or_default();
        if let Some(above) = tree.parent(id).and_then(|parent| facts.get_mut(parent)) {
            above.add(below);
        }
    }
    facts
}

/// First characters of all that a survey looks for. Two characters may share a place, so
/// it only says where there is nothing.
struct Begins([bool; 256]);

impl Begins {
    fn new() -> Self {
        let mut begins = Self([false; 256]);
        let words = MARKS.iter().chain(&TITLES).chain(&NOTICES);
        for c in words.filter_map(|word| word.chars().next()).chain(NUMERALS.chars()).chain(['2']) {
            if let Some(place) = begins.0.get_mut(c as usize % 256) {
                *place = true;
            }
        }
        begins
    }

    fn has(&self, c: char) -> bool {
        self.0.get(c as usize % 256).is_some_and(|&place| place)
    }
}

/// Whether the characters begin with a date of this century, as in 2021-01-20.
fn is_date(mut chars: impl Iterator<Item = char>) -> bool {
    chars.next() == Some('2')
        && chars.next() == Some('0')
        && chars.by_ref().take(2).filter(char::is_ascii_digit).count() == 2
        && matches!(chars.next(), Some('-' | '/' | '.' | '年'))
        && chars.next().is_some_and(|c| c.is_ascii_digit())
}

fn is_link(tree: &Tree, id: Id) -> bool {
    tree.name(id) == "a" && tree.attribute(id, "href").is_some() && {
        let mut length = 0;
        tree.descend(id, |_| true).all(|id| {
            if let Kind::Text(text) = tree.kind(id) {
                length += text.chars().filter(|&c| !is_space(c)).take(LINK + 1).count();
            }
            length <= LINK && tree.name(id) != "table"
        })
    }
}
