//! The OFD reader: fixed pages of XML, to the neutral document.
//!
//! Reads placed text and ruling lines, those of page templates with them; what they mean
//! for tables is shared with other fixed layouts (`layout`). Annotations, signatures and
//! seals are not looked at. Text is what `TextCode` says, never what glyphs are named.
//! Source of truth: GB/T 33190.

mod page;
mod resources;

use std::collections::BTreeMap;

use memchr::memmem;

use self::resources::Resources;
use super::layout::{self, Pages};
use super::{Context, Format, FormatReader};
use crate::container::xml::{self, Namespace, Tag, Token, XmlReader};
use crate::container::zip::{self, Package};
use crate::document::Document;
use crate::error::{Error, Result};
use crate::location::Location;
use crate::options::Limits;

pub(super) const READER: FormatReader =
    FormatReader { format: Format::Ofd, name: "ofd", extensions: &["ofd"], score, read };

/// Names decide; editions of the standard have used several namespaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Any;

impl Namespace for Any {
    fn of_uri(_: &str) -> Self {
        Self
    }
}

fn score(bytes: &[u8]) -> u8 {
    let has = |name: &[u8]| memmem::find(bytes, name).is_some();
    if bytes.starts_with(b"PK\x03\x04") && has(b"OFD.xml") { 95 } else { 0 }
}

fn damaged(why: &str) -> Error {
    Error::input("damaged", format!("OFD文件损坏：{why}"), format!("damaged OFD: {why}"))
}

fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Document> {
    let limits = context.limits;
    let mut package = Package::open(bytes, limits)?;
    if package.has("Encryptions.xml") {
        return Err(Error::unsupported("encrypted", "OFD文件已加密", "the OFD file is encrypted"));
    }
    let main = part(&mut package, "OFD.xml")?;
    let roots = texts(&main, "DocRoot", limits)?;
    if roots.is_empty() {
        return Err(damaged("no DocRoot"));
    }
    let mut left = Left { glyphs: limits.glyphs, composites: limits.total_bytes };
    let mut pages = Pages::new(limits);
    for root in roots {
        let root = zip::resolve("OFD.xml", &root);
        let text = part(&mut package, &root)?;
        let outline = Outline::read(&text, &root, limits).map_err(|error| error.or_in(&root))?;
        let mut resources = Resources::default();
        for name in &outline.resources {
            add_resources(&mut package, name, &mut resources, limits)?;
        }
        for name in &outline.pages {
            if pages.count() as u64 >= limits.pages {
                return Err(Error::limit("pages", limits.pages));
            }
            let place = layout::on_page(pages.count());
            let place = Location { part: Some(name.as_str().into()), ..place };
            let page = page::read(&mut package, name, &outline, &mut resources, limits, &mut left);
            pages.push(page.map_err(|error| error.or_at(place))?)?;
        }
    }
    if pages.count() == 0 {
        return Err(damaged("no pages"));
    }
    pages.finish(context.findings)
}

/// What is left of the document's limits.
struct Left {
    /// Characters.
    glyphs: u64,
    /// Bytes of what composite objects show, each time that it is shown.
    composites: u64,
}

fn part(package: &mut Package<'_>, name: &str) -> Result<Vec<u8>> {
    let bytes = package.read(name)?.ok_or_else(|| damaged(&format!("part {name} is missing")))?;
    xml::decode(bytes)
}

/// Adds what a part of resources says. Where there is no such part, objects have no colours
/// but their own.
fn add_resources(
    package: &mut Package<'_>,
    name: &str,
    resources: &mut Resources,
    limits: &Limits,
) -> Result<()> {
    let Some(bytes) = package.read(name)? else { return Ok(()) };
    let text = xml::decode(bytes).map(|bytes| match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(bytes) => bytes.to_vec(),
        None => bytes,
    });
    text.and_then(|text| resources.add(text, limits)).map_err(|error| error.or_in(name))
}

/// The texts of all elements of that name.
fn texts(xml: &[u8], name: &str, limits: &Limits) -> Result<Vec<String>> {
    let mut reader = XmlReader::<Any>::new(xml, limits);
    let mut found = Vec::new();
    loop {
        match reader.next()? {
            Token::Open(tag) if tag.local() == name => found.push(text_of(&mut reader)?),
            Token::End => return Ok(found),
            _ => {}
        }
    }
}

/// The text of the element opened last, without its elements.
fn text_of(reader: &mut XmlReader<'_, Any>) -> Result<String> {
    let mut text = String::new();
    loop {
        match reader.next()? {
            Token::Text(piece) => text.push_str(piece),
            Token::Char(c) => text.push(c),
            Token::Open(_) => reader.skip()?,
            Token::Empty(_) => {}
            Token::Close | Token::End => return Ok(text),
        }
    }
}

/// Numbers separated by white space.
fn numbers(text: &str) -> Vec<f64> {
    text.split_ascii_whitespace()
        .map_while(|word| word.parse().ok())
        .filter(|n: &f64| n.is_finite())
        .collect()
}

fn number(reader: &XmlReader<'_, Any>, tag: &Tag<'_, Any>, name: &str) -> Result<Option<f64>> {
    Ok(reader.attribute(tag, name)?.and_then(|text| text.trim().parse().ok()).filter(|n: &f64| n.is_finite()))
}

/// What a document's main part says of its pages.
struct Outline {
    /// Names of the parts of the pages, in order.
    pages: Vec<String>,
    /// Names of the parts of page templates, by identifier.
    templates: BTreeMap<String, String>,
    /// Names of the parts of resources.
    resources: Vec<String>,
    /// Left, top, width and height of pages that say nothing themselves, in millimetres.
    area: Vec<f64>,
}

impl Outline {
    fn read(xml: &[u8], name: &str, limits: &Limits) -> Result<Self> {
        let mut reader = XmlReader::<Any>::new(xml, limits);
        let mut outline =
            Self { pages: Vec::new(), templates: BTreeMap::new(), resources: Vec::new(), area: Vec::new() };
        while let Some((tag, open)) = reader.next_start()? {
            let target =
                || Ok::<_, Error>(reader.attribute(&tag, "BaseLoc")?.map(|loc| zip::resolve(name, &loc)));
            match tag.local() {
                "Page" => outline.pages.extend(target()?),
                "TemplatePage" => {
                    if let (Some(id), Some(target)) = (reader.attribute(&tag, "ID")?, target()?) {
                        outline.templates.insert(id.into_owned(), target);
                    }
                }
                "PublicRes" | "DocumentRes" if open => {
                    outline.resources.push(zip::resolve(name, text_of(&mut reader)?.trim()));
                }
                "PhysicalBox" if open => outline.area = numbers(&text_of(&mut reader)?),
                _ => {}
            }
        }
        Ok(outline)
    }
}
