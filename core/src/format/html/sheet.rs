//! What the style sheets written into a page say about whether its text is seen.
//!
//! Scope: rules outside of at-rules, whose selectors are names, classes and ids, in each other
//! or not; others are passed over, as are sheets that stand elsewhere. Source of truth:
//! CSS 2.2, 4.1 (syntax), 5 (selectors), 6.4 (the cascade).

use memchr::{memchr_iter, memchr2_iter};

use super::style::Style;
use super::tree::{Id, Tree};
use crate::error::{Error, Result};
use crate::options::{Items, Limits};

/// Rules that may show or hide, in the order in which they count.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: Vec<Rule>,
    /// Declarations, which several rules may share.
    declared: Vec<String>,
}

#[derive(Debug)]
struct Rule {
    selector: Selector,
    /// Which of the declarations.
    declared: usize,
    /// Whether it hides or raises by itself.
    acts: bool,
}

/// `table.form > td .note`: the element itself last.
#[derive(Debug)]
struct Selector(Vec<Compound>);

/// What is asked of one element.
#[derive(Debug, Default)]
struct Compound {
    name: Option<String>,
    classes: Vec<String>,
    ids: Vec<String>,
    /// It is the parent of the one behind it, not one further up.
    is_parent: bool,
}

/// What is asked of one element takes as much room as so many elements.
const WEIGHT: usize = 8;

/// Comparisons of one page, each of some bytes: less than a second. Real pages take thousands.
const BUDGET: u64 = 5_000_000;

impl Sheet {
    /// The sheets of a page that are shown on a screen where scripts run.
    pub(super) fn of_page(text: &str, items: &Items) -> Result<Self> {
        let mut sheet = Self::default();
        if find(text, "<style").is_none() {
            return Ok(sheet);
        }
        let mut end = 0;
        for start in memchr_iter(b'<', text.as_bytes()) {
            let rest = text.get(start..).filter(|_| start >= end).unwrap_or_default();
            let opens =
                |name: &str| rest.get(1..=name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name));
            let close = if rest.starts_with("<!--") {
                "-->"
            } else if opens("script") {
                "</script"
            } else if opens("noscript") {
                "</noscript"
            } else if opens("style") {
                "</style"
            } else {
                continue;
            };
            let length = find(rest, close).unwrap_or(rest.len());
            end = start + length;
            if close == "</style"
                && let Some((tag, rules)) = rest.get(..length).and_then(|own| own.split_once('>'))
                && find(tag, "print").is_none()
            {
                sheet.add(rules, items)?;
            }
        }
        // Of rules that are as specific the later one counts.
        sheet.rules.sort_by_key(|rule| rule.selector.specificity());
        Ok(sheet)
    }

    fn add(&mut self, text: &str, items: &Items) -> Result<()> {
        let text = without_comments(text);
        let mut rest = text.as_str();
        while let Some(at) = rest.find(['{', ';', '}']) {
            let (before, after) = rest.split_at(at);
            let is_block = after.starts_with('{');
            let at_rule = before.trim_start().starts_with('@');
            let Some(block) = after.get(1..) else { break };
            rest = block;
            if !is_block {
                continue;
            }
            let length = if at_rule { block_length(block) } else { block.find('}').unwrap_or(block.len()) };
            let declarations = block.get(..length).unwrap_or_default();
            rest = block.get(length + 1..).unwrap_or_default();
            if at_rule || !Style::matters(declarations) {
                continue;
            }
            let style = Style::read(declarations);
            let acts = style.hides() || style.raised.is_some();
            let declared = self.declared.len();
            self.declared.push(declarations.to_owned());
            for selector in before.split(',').filter_map(Selector::parse) {
                items.charge(selector.0.len() * WEIGHT)?;
                self.rules.push(Rule { selector, declared, acts });
            }
        }
        Ok(())
    }

    /// Whether it hides or raises anything at all.
    pub(super) fn acts(&self) -> bool {
        self.rules.iter().any(|rule| rule.acts)
    }

    /// Tells the elements of a tree that has kept their classes, ids and styles.
    pub(super) fn apply(&self, tree: &mut Tree, limits: &Limits) -> Result<()> {
        let mut left = BUDGET;
        let mut told = Vec::new();
        for id in tree.descend(Id::ROOT, |_| true).filter(|&id| tree.element(id).is_some()) {
            if is_page(tree, id) {
                continue;
            }
            let mut acting = self.rules.iter().filter(|rule| rule.acts);
            if acting.any(|rule| rule.selector.matches(tree, id, &mut left)) {
                told.push((id, self.style(tree, id, &mut left)));
            }
            if left == 0 {
                return Err(Error::limit("items", limits.items));
            }
        }
        for (id, style) in told {
            tree.restyle(id, style);
        }
        Ok(())
    }

    /// What all rules and its own attribute make of an element.
    fn style(&self, tree: &Tree, id: Id, left: &mut u64) -> Style {
        let rules = self.rules.iter().filter(|rule| rule.selector.matches(tree, id, left));
        let declared = rules.filter_map(|rule| self.declared.get(rule.declared)).map(String::as_str);
        let all: Vec<&str> = declared.chain(tree.attribute(id, "style")).collect();
        charge(left, all.iter().map(|declarations| declarations.len()).sum());
        let mut style = Style::default();
        for important in [false, true] {
            all.iter().for_each(|declarations| style.apply(declarations, important));
        }
        style
    }
}

/// Takes one comparison of so many bytes.
fn charge(left: &mut u64, bytes: usize) {
    *left = left.saturating_sub(1 + bytes as u64 / 16);
}

/// The place of a text in another, without regard to case.
fn find(text: &str, wanted: &str) -> Option<usize> {
    let first = wanted.as_bytes().first()?;
    let is_there = |&at: &usize| {
        let own = text.as_bytes().get(at..at + wanted.len());
        own.is_some_and(|own| own.eq_ignore_ascii_case(wanted.as_bytes()))
    };
    memchr2_iter(*first, first.to_ascii_uppercase(), text.as_bytes()).find(is_there)
}

/// Without comments, and without the marks that hide a sheet from old browsers.
fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        out.push(' ');
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.replace("<!--", " ").replace("-->", " ")
}

/// Up to the brace that closes a block, others inside of it.
fn block_length(block: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in block.match_indices(['{', '}']) {
        match (c, depth) {
            ("{", _) => depth += 1,
            (_, 0) => return at,
            _ => depth -= 1,
        }
    }
    block.len()
}

impl Selector {
    /// `None` for a selector that is not understood.
    fn parse(text: &str) -> Option<Self> {
        let mut compounds: Vec<Compound> = Vec::new();
        for word in text.replace('>', " > ").split_ascii_whitespace() {
            match (word, compounds.last_mut()) {
                (">", last) => last?.is_parent = true,
                _ => compounds.push(Compound::parse(word)?),
            }
        }
        let ends = compounds.last().is_some_and(|last| !last.is_parent);
        // Each has its bit while ancestors are gone through.
        (ends && compounds.len() <= 32).then_some(Self(compounds))
    }

    /// Ids, classes, names.
    fn specificity(&self) -> [usize; 3] {
        let sum = |count: fn(&Compound) -> usize| self.0.iter().map(count).sum();
        [sum(|c| c.ids.len()), sum(|c| c.classes.len()), sum(|c| usize::from(c.name.is_some()))]
    }

    fn matches(&self, tree: &Tree, id: Id, left: &mut u64) -> bool {
        let Some((own, around)) = self.0.split_last() else { return false };
        if !own.matches(tree, id, left) {
            return false;
        }
        // A bit for a compound to be found at the next element, or there or further up.
        let wanted = |at: usize| match around.get(at) {
            Some(compound) if compound.is_parent => (1_u32 << at, 0),
            _ => (0, 1_u32 << at),
        };
        let Some(last) = around.len().checked_sub(1) else { return true };
        let (mut next, mut open) = wanted(last);
        let mut at = tree.parent(id);
        while let Some(ancestor) = at.filter(|_| next | open != 0) {
            let (mut parents, mut above) = (0, open);
            for (index, compound) in around.iter().enumerate().filter(|(i, _)| (next | open) >> i & 1 != 0) {
                if !compound.matches(tree, ancestor, left) {
                    continue;
                }
                let Some(before) = index.checked_sub(1) else { return true };
                let (parent, ancestor) = wanted(before);
                parents |= parent;
                above |= ancestor;
            }
            (next, open) = (parents, above);
            at = tree.parent(ancestor);
        }
        false
    }
}

impl Compound {
    fn parse(text: &str) -> Option<Self> {
        let mut compound = Self::default();
        let end = text.find(['.', '#']).unwrap_or(text.len());
        let (name, mut rest) = text.split_at(end);
        if !name.is_empty() && name != "*" {
            compound.name = Some(ident(name)?.to_ascii_lowercase());
        }
        while let Some(mark) = rest.chars().next() {
            let after = rest.get(1..)?;
            let end = after.find(['.', '#']).unwrap_or(after.len());
            let (own, others) = after.split_at(end);
            let list = if mark == '.' { &mut compound.classes } else { &mut compound.ids };
            list.push(ident(own)?.to_owned());
            rest = others;
        }
        Some(compound)
    }

    fn matches(&self, tree: &Tree, id: Id, left: &mut u64) -> bool {
        charge(left, 0);
        if *left == 0 || tree.element(id).is_none() {
            return false;
        }
        let mut has = |attribute: &str, wanted: &String| {
            let own = tree.attribute(id, attribute).filter(|_| !is_page(tree, id)).unwrap_or_default();
            charge(left, own.len());
            own.split_ascii_whitespace().any(|word| word == wanted)
        };
        self.name.as_ref().is_none_or(|name| **name == **tree.name(id))
            && self.classes.iter().all(|class| has("class", class))
            && self.ids.iter().all(|own| has("id", own))
    }
}

/// The whole page, which its scripts show and name as they like.
fn is_page(tree: &Tree, id: Id) -> bool {
    matches!(&**tree.name(id), "html" | "head" | "body")
}

/// A name as it is mostly written, without escapes.
fn ident(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
    (!text.is_empty() && text.chars().all(is_part)).then_some(text)
}
