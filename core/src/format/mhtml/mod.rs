//! Web pages in one file, as Word and browsers save them: the page out of a MIME message,
//! for the HTML reader (RFC 2557; RFC 2387 for the part that is the page).

mod mime;

use super::{Context, Format, FormatReader, html};
use crate::document::Document;
use crate::error::{Error, Result};
use mime::Entity;

pub(super) const READER: FormatReader =
    FormatReader { format: Format::Mhtml, name: "mhtml", extensions: &["mhtml", "mht"], score, read };

/// Multipart in multipart deeper than this is nobody's web page.
const DEPTH: usize = 8;

/// A header comes first, and says that it is MIME.
fn score(bytes: &[u8]) -> u8 {
    if bytes.starts_with(b"PK\x03\x04") {
        return 0;
    }
    let head = html::head(bytes);
    let first = head.split([':', '\n']).next().unwrap_or_default();
    let field = !first.is_empty() && first.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let header = head.lines().take_while(|line| !line.trim().is_empty());
    let says = |line: &str| {
        line.starts_with("mime-version:")
            || line.starts_with("content-type: multipart/related")
            || line.starts_with("content-type: text/html")
    };
    if field && header.into_iter().any(says) { 97 } else { 0 }
}

fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Document> {
    let mut entity = Entity::read(bytes.trim_ascii_start());
    for _ in 0..DEPTH {
        let media = entity.media_type();
        match media.name.as_str() {
            "text/html" | "application/xhtml+xml" => {
                let page = entity.decode()?;
                return html::read_declared(page.into(), media.parameter("charset"), context);
            }
            name if name.starts_with("multipart/") => {
                let boundary = media.parameter("boundary").unwrap_or_default();
                let parts = entity.parts(boundary, context.limits)?;
                entity = page(name, media.parameter("start"), parts)?;
            }
            name => return Err(no_page(name)),
        }
    }
    Err(Error::limit("depth", DEPTH as u64))
}

/// The part that leads to the page: the one named, else the first; of alternatives, the
/// one that is HTML.
fn page<'a>(kind: &str, start: Option<&str>, parts: Vec<Entity<'a>>) -> Result<Entity<'a>> {
    let named = |part: &Entity<'_>| start.is_some() && part.field("content-id").map(str::trim) == start;
    let fits = |part: &Entity<'_>| {
        let name = part.media_type().name;
        name == "text/html" || name == "application/xhtml+xml" || name.starts_with("multipart/")
    };
    let wanted = match kind {
        "multipart/related" => parts.iter().position(named).or(Some(0)),
        _ => parts.iter().position(fits),
    };
    let part = wanted.and_then(|wanted| parts.into_iter().nth(wanted));
    part.ok_or_else(|| no_page(kind))
}

fn no_page(kind: &str) -> Error {
    // What a file calls itself may be long.
    let kind: String = kind.chars().take(40).collect();
    Error::unsupported(
        "unsupported-format",
        format!("MIME文件中没有网页：{kind}"),
        format!("the MIME message holds no web page: {kind}"),
    )
}

fn damaged(why: &str) -> Error {
    Error::input("damaged", format!("MIME文件损坏：{why}"), format!("damaged MIME message: {why}"))
}
