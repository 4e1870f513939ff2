//! Workbooks: from the zip package to the neutral document.
//!
//! Reads the sheets that are seen, in order, as a spreadsheet program would show them;
//! drawings, comments, headers and footers are not read. Values are taken from the stored
//! decimal text, never from a binary number. Source of truth: ECMA-376 part 1 clause 18
//! (SpreadsheetML), part 2 (packages).

mod sheet;
mod strings;
mod styles;

use std::sync::Arc;

use memchr::memmem;

use super::sheets::{Flow, damaged};
use super::{Context, Format, FormatReader};
use crate::container::xml::{self, Namespace, Tag, Token, XmlReader};
use crate::container::zip::{self, Package};
use crate::document::Document;
use crate::error::{Error, Result};
use crate::location::Location;
use crate::options::Limits;

pub(super) const READER: FormatReader = FormatReader {
    format: Format::Xlsx,
    name: "xlsx",
    extensions: &["xlsx", "xlsm", "xltx", "xltm", "et", "ett"],
    score,
    read,
};

/// Namespaces, transitional and strict alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ns {
    Main,
    Relationships,
    Compatibility,
    Other,
}

impl Namespace for Ns {
    fn of_uri(uri: &str) -> Self {
        match uri {
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            | "http://purl.oclc.org/ooxml/spreadsheetml/main" => Self::Main,
            "http://schemas.openxmlformats.org/package/2006/relationships" => Self::Relationships,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            _ => Self::Other,
        }
    }
}

/// Entry names stand uncompressed in the file, some writers' in small letters, with backslashes, or
/// in another folder. A text document may hold a workbook.
fn score(bytes: &[u8]) -> u8 {
    let has = |names: [&[u8]; 2]| names.iter().any(|name| memmem::find(bytes, name).is_some());
    let package = bytes.starts_with(b"PK\x03\x04") && has([b"[Content_Types].xml", b"[content_types].xml"]);
    if package && has([b"xl/", b"workbook.xml"]) && !has([b"word/", b"word\\"]) { 95 } else { 0 }
}

fn part(package: &mut Package<'_>, name: &str) -> Result<Option<Vec<u8>>> {
    package.read(name)?.map(xml::decode).transpose()
}

fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Document> {
    let limits = context.limits;
    let mut package = Package::open(bytes, limits)?;
    let main = main_part(&mut package, limits)?;
    let text = part(&mut package, &main)?.ok_or_else(|| damaged(&format!("part {main} is missing")))?;
    let workbook = Workbook::read(&text, limits).map_err(|error| error.or_in(&main))?;
    let own = relationships(&mut package, &main, limits)?;
    let target = |kind: &str| own.iter().find(|r| r.kind.ends_with(kind)).map(|r| r.target.clone());
    let mut styles = styles::Styles::default();
    if let Some(name) = target("/styles")
        && let Some(text) = part(&mut package, &name)?
    {
        styles = styles::Styles::read(&text, context).map_err(|error| error.or_in(&name))?;
    }
    let mut strings = Vec::new();
    if let Some(name) = target("/sharedStrings")
        && let Some(text) = part(&mut package, &name)?
    {
        strings = strings::read(&text, context).map_err(|error| error.or_in(&name))?;
    }
    let mut flow = Flow::new(context);
    for entry in &workbook.sheets {
        if entry.hidden {
            flow.hidden(&Location::default());
            continue;
        }
        // Modules of macros are listed among the sheets, and have no part.
        if entry.relation.as_deref() == Some("") {
            continue;
        }
        let relation = own
            .iter()
            .find(|r| entry.relation.as_ref() == Some(&r.id))
            .ok_or_else(|| damaged(&format!("sheet {} has no part", entry.name)))?;
        // Charts and dialogs are sheets too.
        if !relation.kind.ends_with("/worksheet") {
            continue;
        }
        let name = relation.target.as_str();
        let text = part(&mut package, name)?.ok_or_else(|| damaged(&format!("part {name} is missing")))?;
        let book = sheet::Book { styles: &styles, strings: &strings, workbook: &workbook };
        flow.sheet(Arc::from(name), |context, text_left| sheet::read(&text, &book, context, text_left))
            .map_err(|error| error.or_in(name))?;
    }
    flow.finish()
}

/// What the main part says.
struct Workbook {
    sheets: Vec<Entry>,
    from_1904: bool,
    /// What formulas yielded is to be computed anew before it is shown.
    stale: bool,
}

struct Entry {
    name: String,
    relation: Option<String>,
    hidden: bool,
}

impl Workbook {
    fn read(text: &[u8], limits: &Limits) -> Result<Self> {
        let mut xml = XmlReader::<Ns>::new(text, limits);
        let mut workbook = Self { sheets: Vec::new(), from_1904: false, stale: false };
        loop {
            let tag = match xml.next()? {
                Token::Open(tag) | Token::Empty(tag) => tag,
                Token::End => return Ok(workbook),
                _ => continue,
            };
            match (tag.namespace, tag.local()) {
                (Ns::Main, "workbookPr") => workbook.from_1904 = flag(&xml, &tag, "date1904")?,
                (Ns::Main, "calcPr") => workbook.stale = flag(&xml, &tag, "fullCalcOnLoad")?,
                (Ns::Main, "sheet") => {
                    let state = xml.attribute(&tag, "state")?;
                    workbook.sheets.push(Entry {
                        name: xml.attribute(&tag, "name")?.unwrap_or_default().into_owned(),
                        relation: relation(&xml, &tag)?,
                        hidden: state.is_some_and(|state| state != "visible"),
                    });
                }
                _ => {}
            }
        }
    }
}

/// The identifier of a sheet's relationship, whose prefix writers choose.
fn relation(xml: &XmlReader<'_, Ns>, tag: &Tag<'_, Ns>) -> Result<Option<String>> {
    let raw = str::from_utf8(tag.attributes_raw()).unwrap_or_default();
    let names = raw.split(['=', ' ', '\t', '\r', '\n', '"', '\'']);
    let Some(name) = names.into_iter().find(|name| name.ends_with(":id")) else { return Ok(None) };
    xml.raw_attribute(tag, name)
}

/// A truth value; absent is false.
fn flag(xml: &XmlReader<'_, Ns>, tag: &Tag<'_, Ns>, name: &str) -> Result<bool> {
    Ok(xml.attribute(tag, name)?.is_some_and(|value| matches!(value.trim(), "1" | "true" | "on")))
}

/// A property that is on unless it says otherwise.
fn switch(xml: &XmlReader<'_, Ns>, tag: &Tag<'_, Ns>) -> Result<bool> {
    Ok(!xml.attribute(tag, "val")?.is_some_and(|value| matches!(value.trim(), "0" | "false" | "off")))
}

fn number<T: std::str::FromStr>(xml: &XmlReader<'_, Ns>, tag: &Tag<'_, Ns>, name: &str) -> Result<Option<T>> {
    match xml.attribute(tag, name)? {
        None => Ok(None),
        Some(text) => match text.trim().parse() {
            Ok(value) => Ok(Some(value)),
            Err(_) => Err(damaged(&format!("{name}={text:?} is no number"))),
        },
    }
}

/// A relationship inside the package (ECMA-376 part 2, 9.3).
struct Relationship {
    id: String,
    kind: String,
    target: String,
}

fn relationships(package: &mut Package<'_>, source: &str, limits: &Limits) -> Result<Vec<Relationship>> {
    let mut list = Vec::new();
    let Some(text) = part(package, &zip::relationships_of(source))? else { return Ok(list) };
    let mut xml = XmlReader::<Ns>::new(&text, limits);
    loop {
        let tag = match xml.next()? {
            Token::Open(tag) | Token::Empty(tag) => tag,
            Token::End => return Ok(list),
            _ => continue,
        };
        let external = xml.attribute(&tag, "TargetMode")?.is_some_and(|mode| mode == "External");
        if tag.namespace != Ns::Relationships || tag.local() != "Relationship" || external {
            continue;
        }
        if let (Some(kind), Some(target)) = (xml.attribute(&tag, "Type")?, xml.attribute(&tag, "Target")?) {
            list.push(Relationship {
                id: xml.attribute(&tag, "Id")?.unwrap_or_default().into_owned(),
                kind: kind.into_owned(),
                target: zip::resolve(source, &target),
            });
        }
    }
}

fn main_part(package: &mut Package<'_>, limits: &Limits) -> Result<String> {
    let all = relationships(package, "", limits)?;
    let mut mains = all.into_iter().filter(|r| r.kind.ends_with("/officeDocument")).map(|r| r.target);
    let main = mains.next().ok_or_else(|| damaged("the package declares no main part"))?;
    if mains.any(|other| other != main) {
        return Err(damaged("the package declares several main parts"));
    }
    if main.to_ascii_lowercase().ends_with(".bin") {
        return Err(Error::unsupported(
            "unsupported-format",
            "不支持的格式：xlsb",
            "unsupported format: xlsb",
        ));
    }
    Ok(main)
}
