//! Styles: only what decides which text is seen, and how lists are numbered (16).

use std::collections::{BTreeMap, BTreeSet};

use super::Ns;
use super::lists::{LEVELS, Level, ListStyle};
use crate::container::xml::{Tag, Token, XmlReader};
use crate::error::Result;
use crate::format::Context;
use crate::format::word::Raised;
use crate::options::Items;

type Xml<'a> = XmlReader<'a, Ns>;

/// A style of text or of paragraphs; what it does not say its parent does.
#[derive(Debug, Default, Clone)]
pub(super) struct Style {
    parent: Option<String>,
    pub(super) hidden: Option<bool>,
    /// Direct formatting is a style too, so the style tells.
    pub(super) struck: Option<bool>,
    pub(super) raised: Option<Raised>,
    /// Empty where the style says that there is none.
    pub(super) list: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Text,
    Paragraph,
}

#[derive(Debug, Default)]
pub(super) struct Styles {
    /// The default style of paragraphs has the name "".
    styles: BTreeMap<(Family, String), Style>,
    lists: BTreeMap<String, ListStyle>,
    /// How headings are numbered.
    pub(super) outline: ListStyle,
}

impl Styles {
    pub(super) fn get(&self, family: Family, name: Option<&str>) -> Option<&Style> {
        let own = name.and_then(|name| self.styles.get(&(family, name.to_owned())));
        own.or_else(|| {
            self.styles.get(&(Family::Paragraph, String::new())).filter(|_| family == Family::Paragraph)
        })
    }

    pub(super) fn list(&self, name: &str) -> Option<&ListStyle> {
        self.lists.get(name)
    }

    /// Adds the styles that stand before the body, the automatic ones if they are meant.
    pub(super) fn read(&mut self, text: &[u8], automatic: bool, context: &Context<'_>) -> Result<()> {
        let mut xml = Xml::new(text, context.limits);
        let mut depth = 0;
        loop {
            match xml.next()? {
                Token::Open(tag) => match (tag.namespace, tag.local()) {
                    (Ns::Office, "body") => return Ok(()),
                    (Ns::Office, "styles") => self.group(&mut xml, &context.items)?,
                    (Ns::Office, "automatic-styles") if automatic => self.group(&mut xml, &context.items)?,
                    _ if depth == 0 => depth += 1,
                    _ => xml.skip()?,
                },
                Token::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn group(&mut self, xml: &mut Xml<'_>, items: &Items) -> Result<()> {
        children(xml, |xml, tag, open| match (tag.namespace, tag.local()) {
            (Ns::Style, "style" | "default-style") => {
                let family = xml.attribute(tag, "family")?;
                let family = match family.as_deref() {
                    Some("text") if tag.local() == "style" => Family::Text,
                    Some("paragraph") => Family::Paragraph,
                    _ => return Ok(false),
                };
                items.charge(1)?;
                let name = match tag.local() {
                    "style" => string(xml, tag, Ns::Style, "name")?.unwrap_or_default(),
                    _ => String::new(),
                };
                let mut style = Style {
                    parent: string(xml, tag, Ns::Style, "parent-style-name")?,
                    list: string(xml, tag, Ns::Style, "list-style-name")?,
                    ..Style::default()
                };
                if open {
                    properties(xml, &mut style)?;
                }
                self.styles.insert((family, name), style);
                Ok(open)
            }
            (Ns::Text, "list-style") if open => {
                items.charge(LEVELS)?;
                let name = string(xml, tag, Ns::Style, "name")?.unwrap_or_default();
                let style = list_style(xml)?;
                self.lists.insert(name, style);
                Ok(true)
            }
            (Ns::Text, "outline-style") if open => {
                self.outline = list_style(xml)?;
                Ok(true)
            }
            _ => Ok(false),
        })
    }

    /// Gives every style what it has from its parents (16.2). A parent that is its own
    /// child gives nothing.
    pub(super) fn settle(&mut self) {
        let names: Vec<(Family, String)> = self.styles.keys().cloned().collect();
        for name in names {
            let mut chain = Vec::new();
            let mut seen = BTreeSet::new();
            let mut next = Some(name);
            while let Some(key) = next.filter(|key| seen.insert(key.clone())) {
                let default = Some((key.0, String::new())).filter(|_| key.0 == Family::Paragraph);
                next = match self.styles.get_mut(&key) {
                    // Without its parent a style is settled.
                    Some(style) => style.parent.take().map(|parent| (key.0, parent)).or(default),
                    None => default,
                };
                chain.push(key);
            }
            let mut above = Style::default();
            while let Some(key) = chain.pop() {
                let Some(style) = self.styles.get_mut(&key) else { continue };
                style.hidden = style.hidden.or(above.hidden);
                style.struck = style.struck.or(above.struck);
                style.raised = style.raised.or(above.raised);
                style.list = style.list.take().or(above.list);
                above = style.clone();
            }
        }
    }
}

/// Calls `each` for every child of the element opened last; it says whether it consumed
/// the child's content.
fn children<'a>(
    xml: &mut Xml<'a>,
    mut each: impl FnMut(&mut Xml<'a>, &Tag<'a, Ns>, bool) -> Result<bool>,
) -> Result<()> {
    loop {
        match xml.next()? {
            Token::Open(tag) => {
                let consumed = each(xml, &tag, true)?;
                if !consumed {
                    xml.skip()?;
                }
            }
            Token::Empty(tag) => {
                each(xml, &tag, false)?;
            }
            Token::Close | Token::End => return Ok(()),
            _ => {}
        }
    }
}

fn string<'a>(xml: &Xml<'a>, tag: &Tag<'a, Ns>, namespace: Ns, name: &str) -> Result<Option<String>> {
    Ok(xml.attribute_in(tag, namespace, name)?.map(|value| value.into_owned()))
}

fn properties(xml: &mut Xml<'_>, style: &mut Style) -> Result<()> {
    children(xml, |xml, tag, _| {
        if tag.namespace == Ns::Style && tag.local() == "text-properties" {
            // 20, `text:display` and `text:condition`: the only condition there is hides the text.
            style.hidden = match xml.attribute_in(tag, Ns::Text, "display")?.as_deref() {
                Some("none") => Some(true),
                Some("condition") => {
                    Some(xml.attribute_in(tag, Ns::Text, "condition")?.is_some_and(|c| c == "none"))
                }
                Some(_) => Some(false),
                None => style.hidden,
            };
            // 20, `style:text-line-through-*`: either says that there is a line.
            for name in ["text-line-through-style", "text-line-through-type"] {
                style.struck = xml.attribute(tag, name)?.map(|line| line != "none").or(style.struck);
            }
            if let Some(position) = xml.attribute(tag, "text-position")? {
                style.raised = Some(raised(&position));
            }
        }
        Ok(false)
    })
}

/// 20, `style:text-position`: `super`, `sub` or a percentage, and the size.
fn raised(position: &str) -> Raised {
    let by = position.split_whitespace().next().unwrap_or_default();
    let percent = by.strip_suffix('%').and_then(|by| by.parse::<f64>().ok()).unwrap_or(0.0);
    match by {
        "super" => Raised::Super,
        "sub" => Raised::Sub,
        _ if percent > 0.0 => Raised::Super,
        _ if percent < 0.0 => Raised::Sub,
        _ => Raised::No,
    }
}

fn list_style(xml: &mut Xml<'_>) -> Result<ListStyle> {
    let mut style = ListStyle::default();
    children(xml, |xml, tag, open| {
        let numbered = match (tag.namespace, tag.local()) {
            (Ns::Text, "list-level-style-number" | "outline-level-style") => true,
            (Ns::Text, _) => false,
            _ => return Ok(false),
        };
        let at = xml.attribute(tag, "level")?.and_then(|level| level.trim().parse::<usize>().ok());
        let level = if numbered { Some(level(xml, tag, open)?) } else { None };
        if let Some(slot) = at.and_then(|at| style.levels.get_mut(at.checked_sub(1)?)) {
            *slot = level;
        }
        Ok(numbered && open)
    })?;
    Ok(style)
}

fn level<'a>(xml: &mut Xml<'a>, tag: &Tag<'a, Ns>, open: bool) -> Result<Level> {
    let number = |name: &str| -> Result<Option<u32>> {
        Ok(xml.attribute(tag, name)?.and_then(|value| value.trim().parse().ok()))
    };
    let own = |name: &str| string(xml, tag, Ns::Style, name);
    let mut level = Level {
        format: own("num-format")?.unwrap_or_default(),
        prefix: own("num-prefix")?.unwrap_or_default(),
        suffix: own("num-suffix")?.unwrap_or_default(),
        letters_repeat: own("num-letter-sync")?.is_some_and(|sync| sync == "true"),
        start: number("start-value")?.unwrap_or(1),
        display: number("display-levels")?.unwrap_or(1),
        // LibreOffice's own, which says what stands between the numbers too.
        pattern: xml.raw_attribute(tag, "loext:num-list-format")?,
        followed: String::new(),
    };
    if open {
        children(xml, |xml, tag, open| {
            if (tag.namespace, tag.local()) != (Ns::Style, "list-level-properties") || !open {
                return Ok(false);
            }
            children(xml, |xml, tag, _| {
                if let Some(followed) = string(xml, tag, Ns::Text, "label-followed-by")? {
                    level.followed = followed;
                }
                Ok(false)
            })?;
            Ok(true)
        })?;
    }
    Ok(level)
}
