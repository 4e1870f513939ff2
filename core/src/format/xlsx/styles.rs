//! Cell formats, as far as they say how numbers are shown and where lines are drawn
//! (ECMA-376 part 1, 18.8).

use std::collections::BTreeMap;

use super::{Ns, number, switch};
use crate::container::xml::{Token, XmlReader};
use crate::error::Result;
use crate::format::Context;
use crate::format::sheets::{Look, NumberFormat, damaged};

#[derive(Debug, Default)]
pub(super) struct Styles {
    looks: Vec<Look>,
}

impl Styles {
    /// Cells without a format have the first one; a file without any has the general one.
    pub(super) fn look(&self, index: usize) -> Option<Look> {
        match self.looks.get(index) {
            Some(look) => Some(look.clone()),
            None if index == 0 => Some(Look::plain()),
            None => None,
        }
    }

    pub(super) fn read(text: &[u8], context: &Context<'_>) -> Result<Self> {
        let mut xml = XmlReader::<Ns>::new(text, context.limits);
        let mut codes: BTreeMap<u32, String> = BTreeMap::new();
        let mut borders: Vec<u32> = Vec::new();
        let mut fonts: Vec<bool> = Vec::new();
        let mut styles = Self::default();
        // Of the lists that are open, outermost first.
        let mut open: Vec<&str> = Vec::new();
        // How deep alternatives stand of which none was taken yet.
        let mut undecided: Vec<usize> = Vec::new();
        loop {
            let (tag, opened) = match xml.next()? {
                Token::Open(tag) => (tag, true),
                Token::Empty(tag) => (tag, false),
                Token::Close => {
                    if undecided.last() == Some(&open.len()) {
                        return Err(damaged("formats for programs of one maker alone"));
                    }
                    open.pop();
                    continue;
                }
                Token::End => return Ok(styles),
                _ => continue,
            };
            let parent = open.last().copied().unwrap_or_default();
            // Lists are counted: what is written for programs of one maker is written again for
            // all others (ECMA-376 part 3, 7.5).
            if tag.namespace == Ns::Compatibility {
                match tag.local() {
                    "AlternateContent" if opened => {
                        open.push(parent);
                        undecided.push(open.len());
                    }
                    "Choice" if opened => xml.skip()?,
                    "Fallback" if undecided.last() == Some(&open.len()) => {
                        undecided.pop();
                        if opened {
                            open.push(parent);
                        }
                    }
                    "Choice" => {}
                    _ => return Err(damaged("alternatives that are none")),
                }
                continue;
            }
            match (parent, tag.local()) {
                _ if tag.namespace != Ns::Main => {}
                ("numFmts", "numFmt") => {
                    if let (Some(id), Some(code)) =
                        (number(&xml, &tag, "numFmtId")?, xml.attribute(&tag, "formatCode")?)
                    {
                        context.items.charge(1)?;
                        codes.insert(id, code.into_owned());
                    }
                }
                ("fonts", "font") => {
                    context.items.charge(1)?;
                    fonts.push(false);
                }
                ("font", "strike") => {
                    if let Some(struck) = fonts.last_mut() {
                        *struck = switch(&xml, &tag)?;
                    }
                }
                ("borders", "border") => {
                    context.items.charge(1)?;
                    borders.push(0);
                }
                ("border", "left" | "right" | "top" | "bottom" | "start" | "end") => {
                    let drawn = xml.attribute(&tag, "style")?.is_some_and(|style| style != "none");
                    if let Some(sides) = borders.last_mut() {
                        *sides += u32::from(drawn);
                    }
                }
                ("cellXfs", "xf") => {
                    context.items.charge(1)?;
                    let id: u32 = number(&xml, &tag, "numFmtId")?.unwrap_or(0);
                    let border: usize = number(&xml, &tag, "borderId")?.unwrap_or(0);
                    let font: usize = number(&xml, &tag, "fontId")?.unwrap_or(0);
                    let format = codes
                        .get(&id)
                        .map_or_else(|| NumberFormat::built_in(id), |code| NumberFormat::parse(code));
                    styles.looks.push(Look {
                        format,
                        code: codes.get(&id).cloned().unwrap_or_else(|| format!("numFmtId {id}")),
                        // One line alone may belong to the neighbour.
                        bordered: borders.get(border).is_some_and(|&sides| sides >= 2),
                        struck: fonts.get(font).is_some_and(|&struck| struck),
                    });
                }
                _ => {}
            }
            if opened {
                open.push(tag.local());
            }
        }
    }
}
