//! Texts of cells: shared ones, and runs of rich text (ECMA-376 part 1, 18.4).

use super::{Ns, switch};
use crate::container::xml::{Token, XmlReader};
use crate::error::Result;
use crate::format::Context;
use crate::format::sheets::{Runs, Text, damaged};
use crate::format::word::Raised;

/// The shared texts, by their number.
pub(super) fn read(text: &[u8], context: &Context<'_>) -> Result<Vec<Text>> {
    let mut xml = XmlReader::<Ns>::new(text, context.limits);
    let mut strings = Vec::new();
    let mut inside = false;
    loop {
        match xml.next()? {
            Token::Open(tag) if !inside && tag.local() == "sst" => inside = true,
            Token::Open(tag) if tag.namespace == Ns::Main && tag.local() == "si" => {
                context.items.charge(1)?;
                strings.push(item(&mut xml)?);
            }
            Token::Empty(tag) if tag.namespace == Ns::Main && tag.local() == "si" => {
                context.items.charge(1)?;
                strings.push(Text::default());
            }
            // Texts are counted, and nothing says which of these counts.
            Token::Open(tag) if inside && tag.namespace == Ns::Compatibility => {
                return Err(damaged("alternatives among the shared strings"));
            }
            Token::Open(_) => xml.skip()?,
            Token::End => return Ok(strings),
            _ => {}
        }
    }
}

/// The text of the element opened last: `t`, or runs of it; how it is spoken is left out.
pub(super) fn item(xml: &mut XmlReader<'_, Ns>) -> Result<Text> {
    let mut text = Runs::default();
    // How the run looks that is open, if it says so.
    let mut look: Option<(bool, Raised)> = None;
    let mut depth = 1;
    loop {
        match xml.next()? {
            Token::Open(tag) if tag.namespace == Ns::Main => match tag.local() {
                "t" => {
                    let run = unescaped(&plain(xml)?);
                    match look {
                        Some((struck, raised)) => text.push(&run, struck, raised),
                        None => text.push_plain(&run),
                    }
                }
                "r" => {
                    look = None;
                    depth += 1;
                }
                "rPr" => {
                    look = Some((false, Raised::No));
                    depth += 1;
                }
                _ => xml.skip()?,
            },
            Token::Empty(tag) => {
                if let Some((struck, raised)) = &mut look {
                    match tag.local() {
                        "strike" => *struck = switch(xml, &tag)?,
                        "vertAlign" => {
                            *raised = match xml.attribute(&tag, "val")?.as_deref() {
                                Some("superscript") => Raised::Super,
                                Some("subscript") => Raised::Sub,
                                _ => Raised::No,
                            };
                        }
                        _ => {}
                    }
                }
            }
            Token::Open(_) => xml.skip()?,
            Token::Close => {
                depth -= 1;
                if depth == 0 {
                    return Ok(text.finish());
                }
            }
            Token::End => return Ok(text.finish()),
            _ => {}
        }
    }
}

/// The text of the element opened last.
pub(super) fn plain(xml: &mut XmlReader<'_, Ns>) -> Result<String> {
    let mut text = String::new();
    loop {
        match xml.next()? {
            Token::Text(piece) => text.push_str(piece),
            Token::Char(c) => text.push(c),
            Token::Open(_) => xml.skip()?,
            Token::Empty(_) => {}
            Token::Close | Token::End => return Ok(text),
        }
    }
}

/// Characters written as `_x000D_` (22.9.2.19); line ends become `\n`.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        out.push_str(before);
        let code = after.get(..4).filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        let c = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        match (c, after.get(4..).and_then(|after| after.strip_prefix('_'))) {
            (Some(c), Some(after)) => {
                out.push(c);
                rest = after;
            }
            _ => {
                out.push_str("_x");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out.replace("\r\n", "\n").replace('\r', "\n")
}
