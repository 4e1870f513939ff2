//! Rich Text Format: from control words to the neutral document.
//!
//! Reads the document as Word would print it with all changes accepted. Headers,
//! footers, notes, comments and embedded objects are not read. Source of truth: Rich Text
//! Format (RTF) Specification, version 1.9.1; sections are named by their titles.

mod body;
mod coding;
mod lexer;
mod paragraph;
mod state;
mod table;
#[cfg(test)]
mod tests;

use super::{Context, Format, FormatReader};
use crate::document::Document;
use crate::error::{Error, Result};

pub(super) const READER: FormatReader =
    FormatReader { format: Format::Rtf, name: "rtf", extensions: &["rtf"], score, read };

/// What stands before the first group: nothing, or what editors leave there.
fn start(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start()
}

fn score(bytes: &[u8]) -> u8 {
    if start(bytes).starts_with(b"{\\rtf") { 95 } else { 0 }
}

fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Document> {
    let bytes = start(bytes);
    if !bytes.starts_with(b"{\\rtf") {
        return Err(damaged("it does not begin with {\\rtf"));
    }
    body::Body::new(bytes, context).read()
}

fn damaged(why: &str) -> Error {
    Error::input("damaged", format!("RTF文档损坏：{why}"), format!("damaged RTF document: {why}"))
}
