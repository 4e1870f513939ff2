//! Word's single-file XML, a package in one XML document (Flat OPC): its parts, for the
//! reader of packages. Word 2003's own XML looks alike and is refused by name.

use super::docx::{self, Parts};
use super::{Context, Format, FormatReader, html};
use crate::container::xml::{self, Namespace, Tag, Token, XmlReader};
use crate::container::zip;
use crate::document::Document;
use crate::error::{Error, Result};
use crate::options::Limits;

pub(super) const READER: FormatReader =
    FormatReader { format: Format::FlatOpc, name: "flatopc", extensions: &["xml"], score, read };

const PACKAGE: &str = "http://schemas.microsoft.com/office/2006/xmlPackage";
const WORD_2003: &str = "http://schemas.microsoft.com/office/word/2003/wordml";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ns {
    Package,
    Word2003,
    Other,
}

impl Namespace for Ns {
    fn of_uri(uri: &str) -> Self {
        match uri {
            PACKAGE => Self::Package,
            WORD_2003 => Self::Word2003,
            _ => Self::Other,
        }
    }
}

fn score(bytes: &[u8]) -> u8 {
    // Making the head of a package costs more than all other questions about it.
    if bytes.starts_with(b"PK") {
        return 0;
    }
    let head = html::head(bytes);
    let named = || [PACKAGE, WORD_2003].iter().any(|uri| head.contains(&uri.to_ascii_lowercase()));
    if head.starts_with('<') && named() { 97 } else { 0 }
}

fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Document> {
    let text = xml::decode(bytes.to_vec())?;
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text);
    let mut package = FlatPackage::read(text, context.limits)?;
    docx::read_package(&mut package, context)
}

/// A part by its name: where its element stands, and what its tag must have added.
struct Part {
    name: String,
    /// Of its root element: begin, end of the name, end.
    begin: usize,
    name_end: usize,
    end: usize,
    /// Namespace declarations that hold around it.
    declarations: String,
}

struct FlatPackage<'a> {
    text: &'a [u8],
    parts: Vec<Part>,
    left: u64,
    limits: &'a Limits,
}

impl<'a> FlatPackage<'a> {
    fn read(text: &'a [u8], limits: &'a Limits) -> Result<Self> {
        let mut xml = XmlReader::<Ns>::new(text, limits);
        let mut package = Self { text, parts: Vec::new(), left: limits.total_bytes, limits };
        // Declarations of the elements around the content, from the outermost.
        let mut declared: Vec<Vec<(String, String)>> = Vec::new();
        let mut name = None;
        loop {
            let tag = match xml.next()? {
                Token::Open(tag) => tag,
                Token::Close => {
                    declared.pop();
                    continue;
                }
                Token::End => return Ok(package),
                _ => continue,
            };
            match (declared.len(), tag.namespace, tag.local()) {
                (0, Ns::Package, "package") => {}
                (0, Ns::Word2003, _) => return Err(word_2003()),
                (0, ..) => return Err(not_a_package(tag.local())),
                (1, Ns::Package, "part") => {
                    name = xml.attribute(&tag, "name")?.map(|name| zip::comparable(&name));
                }
                (2, Ns::Package, "xmlData") => {}
                _ => {
                    xml.skip()?;
                    continue;
                }
            }
            let data = tag.local() == "xmlData";
            declared.push(tag.declarations());
            if data && let Some(name) = name.take() {
                package.part(name, &mut xml, &declared)?;
            }
        }
    }

    /// Takes the element that comes next as the content of a part.
    fn part(
        &mut self,
        name: String,
        xml: &mut XmlReader<'a, Ns>,
        declared: &[Vec<(String, String)>],
    ) -> Result<()> {
        let (tag, empty) = loop {
            match xml.next()? {
                Token::Open(tag) => break (tag, false),
                Token::Empty(tag) => break (tag, true),
                Token::Text(_) => {}
                _ => return Err(xml.malformed("a part without content")),
            }
        };
        let begin = xml.position().saturating_sub(tag.length() + if empty { 3 } else { 2 });
        if !empty {
            xml.skip()?;
        }
        if self.parts.iter().any(|part| part.name == name) {
            return Err(zip::duplicate(&name));
        }
        if self.parts.len() as u64 >= self.limits.entries {
            return Err(Error::limit("entries", self.limits.entries));
        }
        self.parts.push(Part {
            name,
            begin,
            name_end: begin + 1 + tag.name_length(),
            end: xml.position(),
            declarations: inherited(&tag, declared),
        });
        Ok(())
    }
}

/// Declarations around an element that it does not make itself; the nearest hold.
fn inherited(tag: &Tag<'_, Ns>, declared: &[Vec<(String, String)>]) -> String {
    let mut known: Vec<String> = tag.declarations().into_iter().map(|(key, _)| key).collect();
    let mut text = String::new();
    for (key, value) in declared.iter().rev().flatten() {
        if !known.contains(key) {
            known.push(key.clone());
            let quote = if value.contains('"') { '\'' } else { '"' };
            text.push_str(&format!(" {key}={quote}{value}{quote}"));
        }
    }
    text
}

impl Parts for FlatPackage<'_> {
    fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let name = zip::comparable(name);
        let Some(part) = self.parts.iter().find(|part| part.name == name) else { return Ok(None) };
        let slice = |from, to| self.text.get(from..to).unwrap_or_default();
        let whole =
            [slice(part.begin, part.name_end), part.declarations.as_bytes(), slice(part.name_end, part.end)];
        let size = whole.iter().map(|piece| piece.len() as u64).sum::<u64>();
        if size > self.limits.part_bytes {
            return Err(Error::limit("part_bytes", self.limits.part_bytes));
        }
        self.left = self
            .left
            .checked_sub(size)
            .ok_or_else(|| Error::limit("total_bytes", self.limits.total_bytes))?;
        Ok(Some(whole.concat()))
    }

    fn has(&self, name: &str) -> bool {
        let name = zip::comparable(name);
        self.parts.iter().any(|part| part.name == name)
    }
}

fn word_2003() -> Error {
    Error::unsupported(
        "unsupported-format",
        "不支持的格式：Word 2003 XML",
        "unsupported format: Word 2003 XML",
    )
}

fn not_a_package(root: &str) -> Error {
    Error::unsupported(
        "unsupported-format",
        format!("XML文件不是Word文档：{root}"),
        format!("the XML file is not a Word document: {root}"),
    )
}
