//! The HTML reader: web pages, and the HTML that word processors save.
//!
//! Scope: telling HTML by its bytes, finding the declared encoding, and the way from the
//! text to the neutral document. XML that is not XHTML is not read. Source of
//! truth: WHATWG HTML, 13.2.3 (encoding) and 13.2 (parsing).

mod chrome;
mod counter;
mod element;
mod flow;
mod sheet;
mod style;
#[cfg(test)]
mod tests;
mod tree;

use std::borrow::Cow;

use super::{Context, Format, FormatReader};
use crate::container::charset::{self, Decoded};
use crate::document::{Block, Document, fold};
use crate::error::{Error, Result};
use sheet::Sheet;

pub(super) const READER: FormatReader = FormatReader {
    format: Format::Html,
    name: "html",
    extensions: &["html", "htm", "xhtml", "shtml"],
    score,
    read,
};

/// Bytes looked at for tags and for the declared encoding.
const HEAD: usize = 4 << 10;

fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Document> {
    read_declared(bytes.into(), None, context)
}

/// Reads a page whose carrier may name its encoding, which then counts more than what the
/// page says (13.2.3.1).
pub(super) fn read_declared(
    bytes: Cow<'_, [u8]>,
    encoding: Option<&str>,
    context: &mut Context<'_>,
) -> Result<Document> {
    let declared = encoding.map(str::to_owned).or_else(|| declared_encoding(&bytes));
    let Decoded { text, encoding, .. } =
        charset::decode(&bytes, context.encoding, declared.as_deref(), context.findings)?;
    let sheet = Sheet::of_page(&text, &context.items)?;
    let styled = sheet.acts();
    let mut tree = tree::parse(&text, styled, context.limits, context.items.clone())?;
    // The tree has its own text.
    drop(text);
    drop(bytes);
    if styled {
        sheet.apply(&mut tree, context.limits)?;
    }
    let omitted = chrome::omitted(&tree);
    let mut document =
        flow::document(&mut tree, &omitted, context.limits, context.items.clone(), context.findings)?;
    document.encoding = Some(encoding);
    if !shows_anything(&document.blocks) {
        return Err(Error::input(
            "empty",
            "页面没有可见文字（内容可能由脚本加载）",
            "the page has no visible text (scripts may load it)",
        ));
    }
    Ok(document)
}

/// Whether there is text to read, or a picture that may hold some.
fn shows_anything(blocks: &[Block]) -> bool {
    let mut open: Vec<&Block> = blocks.iter().collect();
    while let Some(block) = open.pop() {
        match block {
            Block::Paragraph(paragraph) if fold::is_blank(&paragraph.text) => {}
            Block::Paragraph(_) | Block::Picture(_) => return true,
            Block::Table(table) => open.extend(table.cells.iter().flat_map(|cell| cell.blocks.iter())),
        }
    }
    false
}

/// The beginning as lower-case ASCII with SUB for all else; the zero bytes of UTF-16 and a
/// byte order mark are gone.
pub(super) fn head(bytes: &[u8]) -> String {
    const SUB: u8 = 0x1a;
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let narrow = |&b: &u8| if b.is_ascii() { b.to_ascii_lowercase() } else { SUB };
    let mut ascii: Vec<u8> = head.iter().map(narrow).collect();
    if memchr::memchr(0, &ascii).is_some() {
        ascii.retain(|&b| b != 0);
    }
    let ascii = String::from_utf8(ascii).unwrap_or_default();
    ascii.trim_start_matches(char::from(SUB)).trim_start().to_owned()
}

fn score(bytes: &[u8]) -> u8 {
    if bytes.starts_with(b"PK\x03\x04") {
        return 0;
    }
    let head = head(bytes);
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| head.starts_with(prefix));
    if begins(&["{\\rtf", "%pdf", "mime-version:", "from:"]) {
        return 0;
    }
    let after: Vec<&str> = head.split('<').skip(1).collect();
    let has_tag = |name: &str| after.iter().any(|after| begins_tag(after, name));
    if head.contains("<!doctype html") || has_tag("html") {
        return 95;
    }
    if begins(&["<?xml", "<?mso"]) {
        return 0;
    }
    let tags = [
        "head", "body", "meta", "table", "tbody", "tr", "td", "div", "p", "span", "br", "center", "font",
        "h1", "h2",
    ];
    match tags.iter().filter(|tag| has_tag(tag)).count() {
        0 => 0,
        _ if head.starts_with('<') => 85,
        1 => 40,
        _ => 75,
    }
}

/// Whether it is a start tag of that name, after its bracket.
fn begins_tag(after: &str, name: &str) -> bool {
    after.strip_prefix(name).is_some_and(|rest| {
        rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
    })
}

/// The encoding that an XML declaration or a `meta` element names.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = head(bytes);
    let mut rest = head.as_str();
    if let Some((declaration, _)) = head.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        let named = attributes(declaration).into_iter().find(|(name, _)| name == "encoding");
        if let Some((_, encoding)) = named {
            return Some(encoding);
        }
    }
    while let Some((_, tail)) = rest.split_once('<') {
        rest = match tail.strip_prefix("!--") {
            // Comments may quote other declarations.
            Some(comment) => comment.split_once("-->")?.1,
            None => tail,
        };
        let Some(meta) = tail.strip_prefix("meta") else { continue };
        if !meta.starts_with(|c: char| c.is_ascii_whitespace() || c == '/') {
            continue;
        }
        let attributes = attributes(meta);
        let value = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
        if let Some(label) = value("charset") {
            return Some(label.trim().to_owned());
        }
        if value("http-equiv").is_some_and(|v| v == "content-type")
            && let Some((_, label)) = value("content").and_then(|content| content.split_once("charset"))
            && let Some(label) = label.trim_start().strip_prefix('=')
        {
            let label = label.trim_start().trim_start_matches(['"', '\'']);
            let end = |c: char| c.is_ascii_whitespace() || matches!(c, ';' | '"' | '\'');
            return label.split(end).next().map(str::to_owned);
        }
    }
    None
}

/// Attributes of a tag, read until it ends.
fn attributes(tag: &str) -> Vec<(String, String)> {
    let mut list = Vec::new();
    let mut chars = tag.chars().peekable();
    let space = |c: &char| c.is_ascii_whitespace() || *c == '/';
    loop {
        while chars.next_if(space).is_some() {}
        let mut name = String::new();
        while let Some(c) = chars.next_if(|c| !space(c) && !matches!(c, '=' | '>' | '<')) {
            name.push(c);
        }
        while chars.next_if(char::is_ascii_whitespace).is_some() {}
        let mut value = String::new();
        if chars.next_if_eq(&'=').is_some() {
            while chars.next_if(char::is_ascii_whitespace).is_some() {}
            match chars.next_if(|c| matches!(c, '"' | '\'')) {
                Some(quote) => value.extend(chars.by_ref().take_while(|&c| c != quote)),
                None => {
                    while let Some(c) = chars.next_if(|c| !c.is_ascii_whitespace() && *c != '>') {
                        value.push(c);
                    }
                }
            }
        } else if name.is_empty() {
            return list;
        }
        list.push((name, value));
    }
}
