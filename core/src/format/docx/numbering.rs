//! Automatic numbering: list definitions and the counters that run through the
//! document (ECMA-376 part 1, 17.9).

use std::collections::{BTreeMap, BTreeSet};

use super::{Ns, number_format};
use crate::container::xml::{Tag, Token, XmlReader};
use crate::error::Result;
use crate::options::Limits;

const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
    suffix: String,
    /// Restarts after a level above this one, counted from 1; 0 never.
    restart: Option<usize>,
    legal: bool,
    /// The paragraph style the level belongs to.
    style: Option<String>,
}

#[derive(Debug, Default)]
struct Abstract {
    levels: [Option<Level>; LEVELS],
    /// Name of the numbering style this definition is the body of.
    defines: Option<String>,
    /// Name of the numbering style whose definition is meant.
    follows: Option<String>,
}

#[derive(Debug, Default)]
struct Instance {
    definition: Option<u32>,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// A number as printed, or why there is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Printed {
    Number(String),
    Nothing,
    /// The list uses a format that is not known.
    UnknownFormat(String),
}

#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: BTreeMap<u32, Abstract>,
    instances: BTreeMap<u32, Instance>,
    /// By abstract definition: lists that share one count on together.
    counters: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// Start overrides already applied, by list and level.
    started: BTreeSet<(u32, usize)>,
}

type Xml<'a> = XmlReader<'a, Ns>;

impl Numbering {
    pub(super) fn read(text: &[u8], limits: &Limits) -> Result<Self> {
        let mut numbering = Self::default();
        let mut xml = Xml::new(text, limits);
        loop {
            match xml.next()? {
                Token::Open(tag) if tag.namespace == Ns::Word => match tag.local() {
                    "abstractNum" => {
                        let id = number(&xml, &tag, "abstractNumId")?;
                        let definition = definition(&mut xml)?;
                        if let Some(id) = id {
                            numbering.abstracts.insert(id, definition);
                        }
                    }
                    "num" => {
                        let id = number(&xml, &tag, "numId")?;
                        let instance = instance(&mut xml)?;
                        if let Some(id) = id {
                            numbering.instances.insert(id, instance);
                        }
                    }
                    "numPicBullet" => xml.skip()?,
                    _ => {}
                },
                Token::End => return Ok(numbering),
                _ => {}
            }
        }
    }

    /// Counts a paragraph of a list and says what is printed before it. `level` is
    /// what the paragraph or its style says; `style` the style that gives the list.
    pub(super) fn count(&mut self, list: u32, level: Option<u8>, style: Option<&str>) -> Printed {
        let Some(instance) = self.instances.get(&list) else { return Printed::Nothing };
        let Some(key) = instance.definition.map(|id| self.followed(id)) else { return Printed::Nothing };
        let Some(definition) = self.abstracts.get(&key) else { return Printed::Nothing };
        let of_style = style.and_then(|style| {
            definition
                .levels
                .iter()
                .position(|l| l.as_ref().is_some_and(|l| l.style.as_deref() == Some(style)))
        });
        let at = of_style.unwrap_or_else(|| usize::from(level.unwrap_or(0)));
        let find = |i: usize| {
            let own = instance.levels.get(i).and_then(Option::as_ref);
            own.or_else(|| definition.levels.get(i).and_then(Option::as_ref))
        };
        let Some(here) = find(at) else { return Printed::Nothing };
        let start_of = |i: usize| {
            let own = instance.starts.get(i).copied().flatten();
            own.or_else(|| find(i).map(|l| l.start)).unwrap_or(1)
        };

        let counters = self.counters.entry(key).or_default();
        for (i, counter) in counters.iter_mut().enumerate() {
            if i == at {
                let overridden = instance.starts.get(i).copied().flatten().is_some();
                let restarts = overridden && self.started.insert((list, i));
                *counter = Some(match *counter {
                    Some(n) if !restarts => n.saturating_add(1),
                    _ => start_of(i),
                });
            } else if i > at && find(i).is_none_or(|l| at < l.restart.unwrap_or(i)) {
                *counter = None;
            }
        }
        let current = |i: usize| counters.get(i).copied().flatten().unwrap_or_else(|| start_of(i));

        if here.format == "bullet" {
            return Printed::Nothing;
        }
        let mut printed = String::new();
        let mut rest = here.text.chars().peekable();
        while let Some(c) = rest.next() {
            let reference = (c == '%').then(|| rest.peek().and_then(|d| d.to_digit(10))).flatten();
            match reference {
                Some(n @ 1..=9) => {
                    rest.next();
                    let i = n as usize - 1;
                    let format =
                        if here.legal { "decimal" } else { find(i).map_or("decimal", |l| &l.format) };
                    match number_format::format(format, current(i)) {
                        Some(number) => printed.push_str(&number),
                        None if format == "bullet" => {}
                        None => return Printed::UnknownFormat(format.to_owned()),
                    }
                }
                _ => printed.push(c),
            }
        }
        if printed.is_empty() {
            return Printed::Nothing;
        }
        // A tab keeps apart what would else read on: "1" and "0", 一 and 二.
        let open_ended = printed.ends_with(char::is_alphanumeric);
        if here.suffix == "space" || (here.suffix != "nothing" && open_ended) {
            printed.push(' ');
        }
        Printed::Number(printed)
    }

    /// The definition meant where one only names a numbering style.
    fn followed(&self, id: u32) -> u32 {
        let Some(name) = self.abstracts.get(&id).and_then(|a| a.follows.as_ref()) else { return id };
        self.abstracts.iter().find(|(_, a)| a.defines.as_ref() == Some(name)).map_or(id, |(id, _)| *id)
    }
}

fn number<'a, T: std::str::FromStr>(xml: &Xml<'a>, tag: &Tag<'a, Ns>, name: &str) -> Result<Option<T>> {
    Ok(xml.attribute(tag, name)?.and_then(|v| v.trim().parse().ok()))
}

fn text<'a>(xml: &Xml<'a>, tag: &Tag<'a, Ns>) -> Result<Option<String>> {
    Ok(xml.attribute(tag, "val")?.map(|v| v.into_owned()))
}

/// Calls `each` for every child; it says whether it consumed the child's content.
fn children<'a>(
    xml: &mut Xml<'a>,
    mut each: impl FnMut(&mut Xml<'a>, &Tag<'a, Ns>) -> Result<bool>,
) -> Result<()> {
    loop {
        match xml.next()? {
            Token::Open(tag) => {
                let consumed = tag.namespace == Ns::Word && each(xml, &tag)?;
                if !consumed {
                    xml.skip()?;
                }
            }
            // What is consumed here when open is meaningless when empty.
            Token::Empty(tag)
                if tag.namespace == Ns::Word && !matches!(tag.local(), "lvl" | "lvlOverride") =>
            {
                each(xml, &tag)?;
            }
            Token::Close | Token::End => return Ok(()),
            _ => {}
        }
    }
}

fn definition(xml: &mut Xml<'_>) -> Result<Abstract> {
    let mut definition = Abstract::default();
    children(xml, |xml, tag| {
        match tag.local() {
            "styleLink" => definition.defines = text(xml, tag)?,
            "numStyleLink" => definition.follows = text(xml, tag)?,
            "lvl" => {
                let at: Option<usize> = number(xml, tag, "ilvl")?;
                let level = level(xml)?;
                if let Some(slot) = at.and_then(|at| definition.levels.get_mut(at)) {
                    *slot = Some(level);
                }
                return Ok(true);
            }
            _ => {}
        }
        Ok(false)
    })?;
    Ok(definition)
}

fn instance(xml: &mut Xml<'_>) -> Result<Instance> {
    let mut instance = Instance::default();
    children(xml, |xml, tag| {
        match tag.local() {
            "abstractNumId" => instance.definition = number(xml, tag, "val")?,
            "lvlOverride" => {
                let at: usize = number(xml, tag, "ilvl")?.unwrap_or(LEVELS);
                children(xml, |xml, tag| {
                    match tag.local() {
                        "startOverride" => {
                            let start = number(xml, tag, "val")?;
                            if let Some(slot) = instance.starts.get_mut(at) {
                                *slot = start;
                            }
                        }
                        "lvl" => {
                            let level = level(xml)?;
                            if let Some(slot) = instance.levels.get_mut(at) {
                                *slot = Some(level);
                            }
                            return Ok(true);
                        }
                        _ => {}
                    }
                    Ok(false)
                })?;
                return Ok(true);
            }
            _ => {}
        }
        Ok(false)
    })?;
    Ok(instance)
}

fn level(xml: &mut Xml<'_>) -> Result<Level> {
    // 17.9.25: without a start the level begins at 0.
    let mut level = Level { format: "decimal".to_owned(), ..Level::default() };
    children(xml, |xml, tag| {
        match tag.local() {
            "start" => level.start = number(xml, tag, "val")?.unwrap_or(0),
            "numFmt" => level.format = text(xml, tag)?.unwrap_or_default(),
            "lvlText" => level.text = text(xml, tag)?.unwrap_or_default(),
            "suff" => level.suffix = text(xml, tag)?.unwrap_or_default(),
            "lvlRestart" => level.restart = number(xml, tag, "val")?,
            "isLgl" => level.legal = super::properties::switch(xml, tag)?,
            "pStyle" => level.style = text(xml, tag)?,
            _ => {}
        }
        Ok(false)
    })?;
    Ok(level)
}
