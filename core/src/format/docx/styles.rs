//! Styles: what they say about hidden and struck text, raised text, lists and outline levels
//! (ECMA-376 part 1, 17.7). Table styles are not consulted, and a style that is named where
//! one of another kind belongs says nothing (17.3.1.27, 17.3.2.29, 17.7.4.3).

use std::collections::BTreeMap;

use memchr::memmem;

use super::{Ns, properties};
use crate::container::xml::{Token, XmlReader};
use crate::error::Result;
use crate::format::word::{Raised, StyleKind};
use crate::options::Limits;

/// What a style says, its ancestors included.
#[derive(Debug, Default, Clone)]
pub(super) struct Style {
    kind: StyleKind,
    based_on: Option<String>,
    pub(super) vanish: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) raised: Option<Raised>,
    pub(super) list: Option<u32>,
    pub(super) level: Option<u8>,
    pub(super) outline: Option<u8>,
    /// The style that gives the list: levels name the style they belong to.
    pub(super) list_style: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    default_paragraph: Option<String>,
    /// The document's defaults hide text.
    pub(super) vanish: bool,
    pub(super) struck: bool,
    pub(super) raised: Option<Raised>,
}

impl Styles {
    pub(super) fn read(text: &[u8], limits: &Limits) -> Result<Self> {
        let mut styles = Self::default();
        // Names of elements cannot be written otherwise, so absence is certain.
        let telling = ["vanish", "strike", "numPr", "outlineLvl", "vertAlign"];
        if !telling.iter().any(|name| memmem::find(text, name.as_bytes()).is_some()) {
            return Ok(styles);
        }
        let mut xml = XmlReader::<Ns>::new(text, limits);
        loop {
            match xml.next()? {
                Token::Open(tag) if tag.namespace == Ns::Word => match tag.local() {
                    "style" => {
                        let id = xml.attribute(&tag, "styleId")?.map(|v| v.into_owned());
                        let kind = match xml.attribute(&tag, "type")?.as_deref() {
                            None | Some("paragraph") => StyleKind::Paragraph,
                            Some("character") => StyleKind::Character,
                            Some(_) => StyleKind::Other,
                        };
                        let default = xml.attribute(&tag, "default")?;
                        let default = default.is_some_and(|v| matches!(&*v, "1" | "true" | "on"));
                        let style = Style { kind, ..styles.style(&mut xml)? };
                        if let Some(id) = id {
                            if kind == StyleKind::Paragraph && default {
                                styles.default_paragraph = Some(id.clone());
                            }
                            styles.by_id.insert(id, style);
                        }
                    }
                    "rPr" => {
                        let run = properties::run(&mut xml, None)?;
                        styles.vanish = run.vanish.unwrap_or(false);
                        styles.struck = run.struck.unwrap_or(false);
                        styles.raised = run.raised;
                    }
                    "latentStyles" | "pPrDefault" => xml.skip()?,
                    _ => {}
                },
                Token::Open(tag) if tag.local() != "AlternateContent" => xml.skip()?,
                Token::End => break,
                _ => {}
            }
        }
        styles.inherit();
        Ok(styles)
    }

    fn style(&self, xml: &mut XmlReader<'_, Ns>) -> Result<Style> {
        let mut style = Style::default();
        loop {
            match xml.next()? {
                Token::Open(tag) if tag.namespace == Ns::Word => match tag.local() {
                    "rPr" => {
                        let run = properties::run(xml, None)?;
                        style.vanish = run.vanish;
                        style.struck = run.struck;
                        style.raised = run.raised;
                    }
                    "pPr" => {
                        let paragraph = properties::paragraph(xml, None)?;
                        style.list = paragraph.list;
                        style.level = paragraph.level;
                        style.outline = paragraph.outline;
                    }
                    "basedOn" => {
                        style.based_on = xml.attribute(&tag, "val")?.map(|v| v.into_owned());
                        xml.skip()?;
                    }
                    _ => xml.skip()?,
                },
                Token::Open(_) => xml.skip()?,
                Token::Empty(tag) if tag.namespace == Ns::Word && tag.local() == "basedOn" => {
                    style.based_on = xml.attribute(&tag, "val")?.map(|v| v.into_owned());
                }
                Token::Close | Token::End => return Ok(style),
                _ => {}
            }
        }
    }

    /// Gives every style what its ancestors say; a circle ends where it began.
    fn inherit(&mut self) {
        let mut whole = BTreeMap::new();
        for (id, own) in &self.by_id {
            let mut style = own.clone();
            style.list_style = own.list.map(|_| id.clone());
            let mut parent = own.based_on.as_deref();
            // Real chains are a few styles long; Word allows about ten.
            for _ in 0..64 {
                let Some((name, ancestor)) = parent.and_then(|p| self.by_id.get_key_value(p)) else { break };
                if ancestor.kind != style.kind {
                    break;
                }
                style.vanish = style.vanish.or(ancestor.vanish);
                style.struck = style.struck.or(ancestor.struck);
                style.raised = style.raised.or(ancestor.raised);
                style.level = style.level.or(ancestor.level);
                style.outline = style.outline.or(ancestor.outline);
                if style.list.is_none() && ancestor.list.is_some() {
                    style.list = ancestor.list;
                    style.list_style = Some(name.clone());
                }
                parent = ancestor.based_on.as_deref();
            }
            whole.insert(id.clone(), style);
        }
        self.by_id = whole;
    }

    /// The paragraph style of that id; the default one where none is named.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Option<&Style> {
        if self.by_id.is_empty() {
            return None;
        }
        self.get(id, StyleKind::Paragraph)
            .or_else(|| self.get(self.default_paragraph.as_deref(), StyleKind::Paragraph))
    }

    pub(super) fn character(&self, id: Option<&str>) -> Option<&Style> {
        self.get(id, StyleKind::Character)
    }

    fn get(&self, id: Option<&str>, kind: StyleKind) -> Option<&Style> {
        id.and_then(|id| self.by_id.get(id)).filter(|style| style.kind == kind)
    }

    /// Whether any style says anything.
    pub(super) fn matter(&self) -> bool {
        !self.by_id.is_empty()
    }

    /// Whether any style numbers its paragraphs.
    pub(super) fn number(&self) -> bool {
        self.by_id.values().any(|s| s.list.is_some())
    }
}
