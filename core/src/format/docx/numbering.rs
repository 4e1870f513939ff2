//! List definitions (ECMA-376 part 1, 17.9).

use super::Ns;
use crate::container::xml::{Tag, Token, XmlReader};
use crate::error::Result;
use crate::format::word::{Abstract, Instance, LEVELS, Level, Numbering};
use crate::options::Limits;

type Xml<'a> = XmlReader<'a, Ns>;

pub(super) fn read(text: &[u8], limits: &Limits) -> Result<Numbering> {
    let mut numbering = Numbering::default();
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
