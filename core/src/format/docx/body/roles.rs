//! What each element is for, decided when it opens.

use super::{Body, Role};
use crate::container::xml::Tag;
use crate::error::Result;
use crate::format::docx::{Ns, not_word};

impl<'a> Body<'a, '_> {
    /// What the element is for whose tag was read last.
    #[inline(always)]
    pub(super) fn role(&mut self) -> Result<Role> {
        if self.roles.is_empty() {
            return self.root(&self.xml.tag);
        }
        if self.xml.tag.namespace == Ns::Word {
            self.word_role()
        } else {
            let tag = self.xml.tag;
            self.foreign_role(&tag)
        }
    }

    fn foreign_role(&mut self, tag: &Tag<'a, Ns>) -> Result<Role> {
        match tag.namespace {
            Ns::Math => match tag.local() {
                "t" => Ok(Role::Text { preserve: true }),
                "r" => Ok(Role::Run),
                // Parts set above or below each other must not run together.
                "den" => self.text("/").map(|()| Role::Through),
                "sup" => self.text("^").map(|()| Role::Through),
                "sub" => self.text("_").map(|()| Role::Through),
                name if name.ends_with("Pr") => Ok(Role::Skip),
                _ => Ok(Role::Through),
            },
            Ns::Compatibility => match tag.local() {
                "AlternateContent" => Ok(Role::Alternatives),
                "Choice" => {
                    let understood = self.understands(tag)?;
                    Ok(self.branch(understood))
                }
                "Fallback" => Ok(self.branch(true)),
                _ => Ok(Role::Through),
            },
            Ns::Drawing if tag.local() == "blip" => Ok(self.picture()),
            Ns::Vml if tag.local() == "imagedata" => Ok(self.picture()),
            _ => Ok(Role::Through),
        }
    }

    fn root(&self, tag: &Tag<'a, Ns>) -> Result<Role> {
        match (tag.namespace, tag.local()) {
            (Ns::Word, "document") => Ok(Role::Through),
            (Ns::Spreadsheet, _) => Err(not_word("xlsx")),
            (Ns::Presentation, _) => Err(not_word("pptx")),
            (_, name) => Err(not_word(name)),
        }
    }

    /// The elements nearly all documents are made of, told apart by length first.
    #[inline(always)]
    fn word_role(&mut self) -> Result<Role> {
        let parent = self.roles.last().copied().unwrap_or(Role::Through);
        match self.xml.tag.local_bytes() {
            b"r" => Ok(Role::Run),
            b"t" => Ok(Role::Text { preserve: self.preserves()? }),
            b"p" => Ok(Role::Paragraph),
            b"tc" => Ok(Role::Cell),
            b"tr" => Ok(Role::Row),
            b"rPr" => Ok(if parent == Role::Run { Role::RunProperties } else { Role::Skip }),
            b"pPr" => Ok(if parent == Role::Paragraph { Role::ParagraphProperties } else { Role::Skip }),
            b"tcPr" => Ok(if parent == Role::Cell { Role::CellProperties } else { Role::Skip }),
            b"trPr" => Ok(if parent == Role::Row { Role::RowProperties } else { Role::Skip }),
            b"proofErr" | b"bookmarkEnd" | b"bookmarkStart" => Ok(Role::Through),
            _ => {
                let tag = self.xml.tag;
                self.rarer_word_role(&tag)
            }
        }
    }

    fn rarer_word_role(&mut self, tag: &Tag<'a, Ns>) -> Result<Role> {
        Ok(match tag.local() {
            "tbl" => Role::Table,
            "br" => {
                let page = self.xml.attribute(tag, "type")?.is_some_and(|t| t == "page" || t == "column");
                if page {
                    self.page_break()
                } else {
                    self.text("\n")?
                }
                Role::Through
            }
            "cr" => self.text("\n").map(|()| Role::Through)?,
            "tab" | "ptab" => self.text("\t").map(|()| Role::Through)?,
            "noBreakHyphen" => self.text("-").map(|()| Role::Through)?,
            "sym" => self.symbol(tag)?,
            "fldChar" => {
                let kind = self.xml.attribute(tag, "fldCharType")?;
                let flow = self.flow();
                match kind.as_deref() {
                    Some("begin") => flow.field_begin(),
                    Some("separate") => flow.field_separate(),
                    Some("end") => flow.field_end(),
                    _ => {}
                }
                // Field data and form field settings.
                Role::Skip
            }
            "drawing" | "pict" | "object" => Role::Graphic,
            "txbxContent" => Role::TextBox,
            "ins" | "moveTo" => {
                self.notes.tracked = true;
                Role::Through
            }
            "del" | "moveFrom" => {
                self.notes.tracked = true;
                Role::Skip
            }
            "altChunk" => {
                let place = self.place.location();
                self.notes.warn(
                    "DOC-ALT-CHUNK",
                    &place,
                    "文档嵌入了另一份文件的内容，未读入",
                    "the document includes another file (altChunk), which was not read",
                );
                Role::Skip
            }
            "sdtPr" | "sdtEndPr" | "customXmlPr" | "smartTagPr" | "sectPr" | "tblPr" | "tblPrEx"
            | "tblGrid" | "instrText" | "delText" | "delInstrText" | "rt" | "rubyPr" | "fldData"
            | "background" | "softHyphen" => Role::Skip,
            name if name.ends_with("Change") => {
                self.notes.tracked = true;
                Role::Skip
            }
            _ => Role::Through,
        })
    }

    /// A character of a symbol font: its code as it stands, private use or not.
    fn symbol(&mut self, tag: &Tag<'a, Ns>) -> Result<Role> {
        let code = self.xml.attribute(tag, "char")?;
        let code = code.and_then(|hex| u32::from_str_radix(hex.trim(), 16).ok());
        let symbol =
            code.and_then(char::from_u32).filter(|&c| c > ' ').unwrap_or(char::REPLACEMENT_CHARACTER);
        self.text(symbol.encode_utf8(&mut [0; 4]))?;
        Ok(Role::Through)
    }

    #[inline(always)]
    fn preserves(&self) -> Result<bool> {
        match self.xml.tag.attributes_raw() {
            b"" => Ok(false),
            br#" xml:space="preserve""# => Ok(true),
            _ => Ok(self.xml.raw_attribute(&self.xml.tag, "xml:space")?.is_some_and(|v| v == "preserve")),
        }
    }

    /// Whether all namespaces a `mc:Choice` requires can be read.
    fn understands(&self, tag: &Tag<'a, Ns>) -> Result<bool> {
        let Some(required) = self.xml.attribute(tag, "Requires")? else { return Ok(false) };
        let mut prefixes = required.split_whitespace().peekable();
        Ok(prefixes.peek().is_some()
            && prefixes.all(|p| {
                let known = [Ns::Understood, Ns::Word, Ns::Math, Ns::Drawing, Ns::Vml];
                self.xml.namespace_of(p).is_some_and(|ns| known.contains(&ns))
            }))
    }

    /// Takes a branch of `mc:AlternateContent` if none before it was taken.
    fn branch(&mut self, usable: bool) -> Role {
        match self.taken.last_mut() {
            Some(taken) if usable && !*taken => {
                *taken = true;
                Role::Through
            }
            Some(_) => Role::Skip,
            None => Role::Through,
        }
    }

    fn picture(&mut self) -> Role {
        self.flow().picture = true;
        Role::Through
    }

    fn page_break(&mut self) {
        if !self.look.hidden
            && let Some(paragraph) = self.flow().paragraph_mut()
        {
            paragraph.broken = true;
        }
    }
}
