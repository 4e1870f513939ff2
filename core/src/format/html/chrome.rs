//! What a web site prints around the report: menus, breadcrumbs, footers.
//!
//! Scope: choosing elements to pass over, by name and only where they hold nothing of a
//! report. Losing a line of the report is worse than keeping one of the site, so in doubt
//! an element stays; lines are judged by their wording later. Dates and document numbers
//! near the report stay, for the date of publication is read from them.

use std::collections::BTreeSet;

use html5ever::LocalName;

use super::element::{Element, one_of};
use super::flow::is_content;
use super::tree::{Id, Tree};
use crate::document::fold::is_space;

/// Words only the report itself says outside links, besides its title.
const MARKS: [&str; 6] = ["第二十条", "申请人", "行政复议", "总体情况", "主动公开政府信息", "依申请公开"];
const TITLES: [&str; 2] = ["信息公开工作年度报告", "信息公开年度报告"];
/// Words beside a date of publication or a document number.
const NOTICES: [&str; 9] = ["发布", "时间", "日期", "来源", "索引号", "文号", "发文", "公开时限", "信息名称"];

/// Characters of the longest of them.
const LONGEST: usize = 10;

/// Numbers of headings.
const NUMERALS: &str = "一二三四五六七八九十";

/// Plain text (outside links) up to which an element may be chrome, in characters.
const SMALL: u16 = 400;
/// A link with more text than this is no link but an element left open.
const LINK: usize = 60;

/// Elements to pass over, few beside all others.
#[derive(Default)]
pub(super) struct Omitted(BTreeSet<Id>);

impl Omitted {
    pub(super) fn contains(&self, id: Id) -> bool {
        self.0.contains(&id)
    }

    fn insert(&mut self, id: Id) {
        self.0.insert(id);
    }
}

/// What a subtree's plain text holds.
#[derive(Debug, Clone, Copy, Default)]
struct Facts {
    marks: u32,
    headings: u32,
    characters: u16,
    /// A title of a report, or a notice of its publication.
    names_report: bool,
}

impl Facts {
    fn add(&mut self, other: Self) {
        self.marks = self.marks.saturating_add(other.marks);
        self.headings = self.headings.saturating_add(other.headings);
        self.characters = self.characters.saturating_add(other.characters);
        self.names_report |= other.names_report;
    }

    /// Notes what begins with a character that [`Begins`] has.
    fn note(&mut self, text: &str) {
        let starts = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
        let mut chars = text.chars();
        self.marks += u32::from(starts(&MARKS));
        self.names_report |= starts(&TITLES) || starts(&NOTICES) || is_date(text.chars());
        self.headings +=
            u32::from(chars.next().is_some_and(|c| NUMERALS.contains(c)) && chars.next() == Some('、'));
    }

    /// Whether nothing in it could belong to a report.
    fn is_foreign(self) -> bool {
        self.marks + self.headings == 0 && !self.names_report && self.characters <= SMALL
    }
}

/// The facts of every subtree, by node.
struct Survey(Vec<Facts>);

impl Survey {
    fn of(&self, id: Id) -> Facts {
        self.0.get(id.index()).copied().unwrap_or_default()
    }
}

/// Chooses the elements of a page that are not its report.
pub(super) fn omitted(tree: &Tree) -> Omitted {
    let mut omitted = Omitted::default();
    let survey = survey(tree);
    let page = survey.of(Id::ROOT);
    if page.marks == 0 {
        // No report, or none that is told from links.
        return omitted;
    }
    for id in tree.descend(Id::ROOT, |id| is_content(tree, id)) {
        if tree.element(id).is_some_and(|element| element.is_chrome()) && survey.of(id).is_foreign() {
            omitted.insert(id);
        }
    }
    if let Some(container) = container(tree, &survey) {
        // Sections outside would be lost.
        if page.headings == survey.of(container).headings {
            omit_around(tree, container, &survey, &mut omitted);
        }
    }
    omitted
}

/// Passes over what stands beside the container and its ancestors and is foreign.
fn omit_around(tree: &Tree, container: Id, survey: &Survey, omitted: &mut Omitted) {
    let mut inner = container;
    while let Some(outer) = tree.parent(inner) {
        // Text directly beside it stays.
        for sibling in tree.children(outer).filter(|&id| id != inner && tree.element(id).is_some()) {
            if !is_title(tree, sibling) && survey.of(sibling).is_foreign() {
                omitted.insert(sibling);
            }
        }
        inner = outer;
    }
}

fn is_title(tree: &Tree, id: Id) -> bool {
    one_of!(tree.name(id), "head" | "h1" | "h2" | "h3" | "table" | "td" | "th" | "tr" | "tbody")
        || tree.descend(id, |_| true).any(|id| one_of!(tree.name(id), "h1" | "h2"))
}

/// The smallest known container of content that holds all marks of the page.
fn container(tree: &Tree, survey: &Survey) -> Option<Id> {
    let holds_all = |id: Id| survey.of(id).marks == survey.of(Id::ROOT).marks;
    tree.descend(Id::ROOT, holds_all)
        .filter(|&id| holds_all(id) && tree.element(id).is_some_and(|element| element.is_container()))
        .last()
}

/// Whether an element of that name, id and classes is known to hold the content.
pub(super) fn is_named_container<'a>(name: &LocalName, mut names: impl Iterator<Item = &'a str>) -> bool {
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
    one_of!(name, "article" | "main")
        || names.any(|name| NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)))
}

/// Whether an element of that name, role, id and classes may be chrome.
pub(super) fn is_named_chrome<'a>(
    name: &LocalName,
    role: Option<&str>,
    names: impl Iterator<Item = &'a str>,
) -> bool {
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
    if one_of!(name, "nav" | "header" | "footer" | "aside") {
        return true;
    }
    if one_of!(
        name,
        "html" | "body" | "main" | "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption"
    ) {
        return false;
    }
    role.is_some_and(|role| matches!(role, "navigation" | "banner" | "contentinfo"))
        || names
            .flat_map(|name| name.split(['-', '_']))
            .map(|part| part.trim_end_matches(|c: char| c.is_ascii_digit()))
            .any(|part| PARTS.iter().any(|known| part.eq_ignore_ascii_case(known)))
}

fn survey(tree: &Tree) -> Survey {
    let mut facts = vec![Facts::default(); tree.len()];
    let plain = |id: Id| {
        let is_plain = |e: &Element| e.is_content() && !e.is_hidden() && !(e.is_link() && is_link(tree, id));
        tree.element(id).is_none_or(is_plain)
    };
    let order: Vec<Id> = tree.descend(Id::ROOT, plain).collect();
    let begins = Begins::new();
    let mut ahead = String::new();
    for (at, &id) in order.iter().enumerate() {
        let (Some(text), Some(own)) = (tree.text(id), facts.get_mut(id.index())) else { continue };
        for (place, c) in text.char_indices().filter(|&(_, c)| !is_space(c)) {
            own.characters = own.characters.saturating_add(1);
            if begins.has(c) {
                // Words may be spread over elements; white space is not seen.
                let later = order.iter().skip(at + 1).filter_map(|&id| tree.text(id));
                let chars = text.get(place..).into_iter().chain(later).flat_map(str::chars);
                let mut chars = chars.filter(|&c| !is_space(c)).take(LONGEST);
                ahead.clear();
                ahead.extend(chars.by_ref().take(2));
                if may_go_on(&ahead) {
                    ahead.extend(chars);
                    own.note(&ahead);
                }
            }
        }
    }
    // Children come after their parents in document order.
    for &id in order.iter().rev() {
        let below = facts.get(id.index()).copied().unwrap_or_default();
        if let Some(above) = tree.parent(id).and_then(|parent| facts.get_mut(parent.index())) {
            above.add(below);
        }
    }
    Survey(facts)
}

/// Whether something that a survey looks for begins with these two characters.
fn may_go_on(two: &str) -> bool {
    words().any(|word| word.starts_with(two)) || two.starts_with("20") || two.ends_with('、')
}

/// The words that a survey looks for.
fn words() -> impl Iterator<Item = &'static str> {
    MARKS.into_iter().chain(TITLES).chain(NOTICES)
}

/// First characters of all that a survey looks for. Two characters may share a place, so
/// it only says where there is nothing.
struct Begins([bool; 256]);

impl Begins {
    fn new() -> Self {
        let mut begins = Self([false; 256]);
        for c in words().filter_map(|word| word.chars().next()).chain(NUMERALS.chars()).chain(['2']) {
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

/// Whether a link is as short as links are.
fn is_link(tree: &Tree, id: Id) -> bool {
    let mut length = 0;
    tree.descend(id, |_| true).all(|id| {
        let text = tree.text(id).unwrap_or_default();
        length += text.chars().filter(|&c| !is_space(c)).take(LINK + 1).count();
        length <= LINK && !one_of!(tree.name(id), "table")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_survey_looks_as_far_ahead_as_its_words_are_long() {
        assert_eq!(words().map(|word| word.chars().count()).max(), Some(LONGEST));
    }
}
