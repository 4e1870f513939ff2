//! The text reader.

use super::{Context, Format, FormatReader};
use crate::document::Document;
use crate::error::Result;

pub(super) const READER: FormatReader = FormatReader {
    format: Format::Text,
    name: "text",
    extensions: &["txt", "text", "md"],
    score,
    read,
};

fn score(_bytes: &[u8]) -> u8 {
    0
}

fn read(_bytes: &[u8], _context: &mut Context<'_>) -> Result<Document> {
    Ok(Document::default())
}
