//! Word processing packages: from the zip package to the neutral document.
//!
//! Reads the main document as Word would print it with all changes accepted. Headers,
//! footers, notes, comments and embedded objects are not read. Source of truth:
//! ECMA-376 part 1 clause 17 (WordprocessingML), part 2 (packages), part 3 (markup
//! compatibility); part 4 for the transitional namespaces.

mod body;
mod flow;
mod numbering;
mod properties;
mod styles;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use memchr::memmem;

use super::{Context, Format, FormatReader};
use crate::container::xml::{self, Namespace, Token, XmlReader};
use crate::container::zip::{self, Package};
use crate::document::Document;
use crate::error::{Error, Result};
use crate::options::Limits;

pub(super) const READER: FormatReader = FormatReader {
    format: Format::Docx,
    name: "docx",
    extensions: &["docx", "docm", "dotx", "dotm"],
    score,
    read,
};

/// The namespaces that matter, transitional and strict alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ns {
    Word,
    Math,
    Compatibility,
    Drawing,
    Vml,
    /// Extensions a `Choice` may ask for because the shapes in them can be read.
    Understood,
    Spreadsheet,
    Presentation,
    Other,
}

impl Namespace for Ns {
    fn of_uri(uri: &str) -> Self {
        match uri {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            "http://schemas.openxmlformats.org/drawingml/2006/main"
            | "http://purl.oclc.org/ooxml/drawingml/main" => Self::Drawing,
            "urn:schemas-microsoft-com:vml" => Self::Vml,
            "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
            | "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"
            | "http://schemas.openxmlformats.org/drawingml/2006/picture" => Self::Understood,
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            | "http://purl.oclc.org/ooxml/spreadsheetml/main" => Self::Spreadsheet,
            "http://schemas.openxmlformats.org/presentationml/2006/main"
            | "http://purl.oclc.org/ooxml/presentationml/main" => Self::Presentation,
            // wps, wpg, wpc, wp14, w14, w15 and their kin: Office's own from 2010 on.
            _ if uri.starts_with("http://schemas.microsoft.com/office/word/20") => Self::Understood,
            _ => Self::Other,
        }
    }
}

/// Entry names stand uncompressed in the file, so no part need be opened.
fn score(bytes: &[u8]) -> u8 {
    if !bytes.starts_with(b"PK\x03\x04") {
        return 0;
    }
    let has = |name: &str| memmem::find(bytes, name.as_bytes()).is_some();
    match (has("[Content_Types].xml"), has("word/")) {
        (true, true) => 95,
        (true, false) if has("xl/") || has("ppt/") || has("visio/") => 10,
        (true, false) => 60,
        (false, true) => 50,
        (false, false) => 5,
    }
}

/// The parts of a package by name, whatever holds them.
pub(super) trait Parts {
    /// The bytes of a part, `None` if there is no such part.
    fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>>;
    fn has(&self, name: &str) -> bool;
}

impl Parts for Package<'_> {
    fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        Package::read(self, name)
    }

    fn has(&self, name: &str) -> bool {
        Package::has(self, name)
    }
}

fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Document> {
    read_package(&mut Package::open(bytes, context.limits)?, context)
}

pub(super) fn read_package(package: &mut impl Parts, context: &mut Context<'_>) -> Result<Document> {
    let main = main_part(package, context.limits)?;
    let name: Arc<str> = Arc::from(main.as_str());
    let Some(text) = part(package, &main)? else {
        return Err(damaged(&format!("part {main} is missing")));
    };

    let mut styles = styles::Styles::default();
    let mut lists = crate::format::word::Numbering::default();
    let own = relationships(package, &main, context.limits)?;
    let target = |kind: &str| own.iter().find(|r| r.kind.ends_with(kind)).map(|r| r.target.clone());
    if let Some(name) = target("/styles")
        && let Some(text) = part(package, &name)?
    {
        styles = styles::Styles::read(&text, context.limits).map_err(|error| error.or_in(&name))?;
    }
    // Most documents define lists; few reports use them.
    if let Some(name) = target("/numbering")
        && (styles.number() || memmem::find(&text, b"numPr").is_some())
        && let Some(text) = part(package, &name)?
    {
        lists = numbering::read(&text, context.limits).map_err(|error| error.or_in(&name))?;
    }
    body::Body::new(&text, Arc::clone(&name), &styles, lists, context)
        .read()
        .map_err(|error| error.or_in(&name))
}

/// A relationship inside the package (ECMA-376 part 2, 9.3).
struct Relationship {
    kind: String,
    target: String,
}

fn part(package: &mut impl Parts, name: &str) -> Result<Option<Vec<u8>>> {
    package.read(name)?.map(xml::decode).transpose()
}

fn relationships(package: &mut impl Parts, source: &str, limits: &Limits) -> Result<Vec<Relationship>> {
    let mut list = Vec::new();
    let Some(text) = part(package, &zip::relationships_of(source))? else { return Ok(list) };
    let mut xml = XmlReader::<Ns>::new(&text, limits);
    loop {
        let tag = match xml.next()? {
            Token::Open(tag) | Token::Empty(tag) => tag,
            Token::End => return Ok(list),
            _ => continue,
        };
        if tag.local() != "Relationship"
            || xml.attribute(&tag, "TargetMode")?.is_some_and(|m| m == "External")
        {
            continue;
        }
        if let (Some(kind), Some(target)) = (xml.attribute(&tag, "Type")?, xml.attribute(&tag, "Target")?) {
            list.push(Relationship { kind: kind.into_owned(), target: zip::resolve(source, &target) });
        }
    }
}

/// The part the package declares to be its document, whatever its name.
fn main_part(package: &mut impl Parts, limits: &Limits) -> Result<String> {
    let mut targets: Vec<String> = relationships(package, "", limits)?
        .into_iter()
        .filter(|r| r.kind.ends_with("/officeDocument"))
        .map(|r| r.target)
        .collect();
    targets.dedup();
    match targets.as_slice() {
        [main] if main.starts_with("xl/") => Err(not_word("xlsx")),
        [main] if main.starts_with("ppt/") => Err(not_word("pptx")),
        [main] => Ok(main.clone()),
        [] if package.has("OFD.xml") => Err(not_word("OFD")),
        [] if package.has("content.xml") => Err(not_word("OpenDocument")),
        [] => Err(Error::input(
            "not-a-package",
            "文件包不是Office文档",
            "the package is not an Office document: it declares no main part",
        )),
        _ => Err(damaged("the package declares several main parts")),
    }
}

fn not_word(what: &str) -> Error {
    Error::unsupported(
        "unsupported-format",
        format!("这是{what}文件，不是Word文档"),
        format!("this is a file of type {what}, not a Word document"),
    )
}

fn damaged(why: &str) -> Error {
    Error::input("damaged", format!("文件包损坏：{why}"), format!("damaged package: {why}"))
}
