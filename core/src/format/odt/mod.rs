//! OpenDocument text, packed or in one XML document: to the neutral document.
//!
//! Reads the document as it would be printed with all changes accepted. Headers, footers,
//! notes, comments and embedded objects are not read. Source of truth: Open Document Format
//! for Office Applications 1.3 (ISO/IEC 26300), part 2 (packages) and part 3 (schema);
//! clauses are those of part 3 where no part is named.

mod body;
mod lists;
mod styles;
mod table;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use memchr::memmem;

use super::{Context, Format, FormatReader};
use crate::container::xml::{self, Namespace};
use crate::container::zip::Package;
use crate::document::Document;
use crate::error::{Error, Result};

pub(super) const READER: FormatReader =
    FormatReader { format: Format::Odt, name: "odt", extensions: &["odt", "ott", "fodt"], score, read };

const CONTENT: &str = "content.xml";
const STYLES: &str = "styles.xml";
const MANIFEST: &str = "META-INF/manifest.xml";

const MEDIA_TYPE: &[u8] = b"application/vnd.oasis.opendocument.";
const OFFICE: &str = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";

/// The root of a flat document declares all its namespaces before it gives its media type.
const HEAD: usize = 16 << 10;

/// The namespaces that matter (4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ns {
    Office,
    Text,
    Table,
    Style,
    Draw,
    Svg,
    Math,
    Other,
}

impl Namespace for Ns {
    fn of_uri(uri: &str) -> Self {
        match uri {
            OFFICE => Self::Office,
            "urn:oasis:names:tc:opendocument:xmlns:text:1.0" => Self::Text,
            "urn:oasis:names:tc:opendocument:xmlns:table:1.0" => Self::Table,
            "urn:oasis:names:tc:opendocument:xmlns:style:1.0" => Self::Style,
            "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" => Self::Draw,
            "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" => Self::Svg,
            "http://www.w3.org/1998/Math/MathML" => Self::Math,
            _ => Self::Other,
        }
    }
}

/// The media type stands uncompressed at the beginning (part 2, 3.3); where it is left
/// out, the names of the parts tell.
fn score(bytes: &[u8]) -> u8 {
    if !bytes.starts_with(b"PK\x03\x04") {
        return if is_flat(bytes) { 97 } else { 0 };
    }
    let has = |name: &str| memmem::find(bytes, name.as_bytes()).is_some();
    match bytes.get(30..).and_then(|rest| rest.strip_prefix(b"mimetype")) {
        Some(rest) if rest.starts_with(MEDIA_TYPE) => 97,
        _ if has(CONTENT) && has(MANIFEST) => 60,
        _ => 0,
    }
}

fn is_flat(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    // UTF-16 as well: of its characters these have one byte that is not zero.
    let shown = head.iter().filter(|&&b| b != 0);
    if shown.clone().find(|b| b.is_ascii() && !b.is_ascii_whitespace()) != Some(&b'<') {
        return false;
    }
    let head: Vec<u8> = shown.copied().collect();
    [OFFICE.as_bytes(), MEDIA_TYPE].iter().all(|own| memmem::find(&head, own).is_some())
}

fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Document> {
    if !bytes.starts_with(b"PK") && is_flat(bytes) {
        let text = xml::decode(bytes.to_vec())?;
        let mut styles = styles::Styles::default();
        styles.read(&text, true, context)?;
        styles.settle();
        return body::Body::new(&text, None, &styles, context).read();
    }
    let mut package = Package::open(bytes, context.limits)?;
    // Part 2, 4.8.
    if let Some(manifest) = package.read(MANIFEST)?
        && memmem::find(&xml::decode(manifest)?, b":encryption-data").is_some()
    {
        return Err(encrypted());
    }
    let Some(content) = package.read(CONTENT)? else {
        // All of the document is one encrypted part.
        return Err(if package.has("encrypted-package") { encrypted() } else { damaged() });
    };
    let content = xml::decode(content)?;
    let mut styles = styles::Styles::default();
    if let Some(text) = package.read(STYLES)? {
        // Its automatic styles are those of headers and footers.
        styles.read(&xml::decode(text)?, false, context).map_err(|error| error.or_in(STYLES))?;
    }
    styles.read(&content, true, context).map_err(|error| error.or_in(CONTENT))?;
    styles.settle();
    body::Body::new(&content, Some(Arc::from(CONTENT)), &styles, context)
        .read()
        .map_err(|error| error.or_in(CONTENT))
}

fn encrypted() -> Error {
    Error::unsupported("encrypted", "文件已加密", "the file is encrypted")
}

fn damaged() -> Error {
    let why = format!("part {CONTENT} is missing");
    Error::input("damaged", format!("文件包损坏：{why}"), format!("damaged package: {why}"))
}

fn not_text(what: &str) -> Error {
    Error::unsupported(
        "unsupported-format",
        format!("这是OpenDocument文件，但不是文本文档：{what}"),
        format!("this is an OpenDocument file, but not a text document: {what}"),
    )
}
