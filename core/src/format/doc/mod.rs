//! Word 97 to 2003 documents, .doc and WPS Office's .wps: from the compound file to the
//! neutral document.
//!
//! Reads the main text, and its text boxes, as Word would print it with all changes
//! accepted. Headers, footers, notes, comments and embedded objects are not read. Source
//! of truth: [MS-DOC], Word (.doc) Binary File Format.

mod body;
mod drawing;
mod fib;
mod fields;
mod lists;
mod pieces;
mod properties;
mod runs;
mod sprm;
mod styles;

use memchr::memmem;

use super::{Context, Format, FormatReader};
use crate::container::ole::{CompoundFile, MAGIC};
use crate::document::Document;
use crate::error::{Error, Result};
use fib::{Fib, Part};

pub(super) const READER: FormatReader =
    FormatReader { format: Format::Doc, name: "doc", extensions: &["doc", "dot", "wps", "wpt"], score, read };

/// The stream every Word document has.
const MAIN: &str = "WordDocument";

/// What a document is made of. Only one of the two table streams counts.
#[derive(Debug)]
struct Streams {
    main: Vec<u8>,
    table: Vec<u8>,
    data: Vec<u8>,
}

/// Names of streams stand as they are in the directory.
fn score(bytes: &[u8]) -> u8 {
    let name: Vec<u8> = MAIN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    match bytes.starts_with(MAGIC) {
        true if memmem::find(bytes, &name).is_some() => 95,
        // Another document, or a damaged one: to be refused by name.
        true if !super::is_encrypted(bytes) => 5,
        _ => 0,
    }
}

fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Document> {
    let mut file = CompoundFile::open(bytes, context.limits)?;
    let Some(main) = file.read(MAIN)? else { return Err(not_word(&file)) };
    let fib = Fib::read(&main)?;
    let table = file.read(fib.table)?.ok_or_else(|| damaged("it has no table stream"))?;
    let data = file.read("Data")?.unwrap_or_default();
    let streams = Streams { main, table, data };
    let pieces = fib.part(Part::Pieces, &streams.table)?;
    let text = pieces::Text::read(pieces, &streams.main, context.limits)?;
    let properties = properties::Properties::read(&streams, &fib, context.limits)?;
    body::Body::new(&streams, &fib, &text, &properties, context)?.read(&fib)
}

fn not_word(file: &CompoundFile<'_>) -> Error {
    let other = |what: &str| {
        Error::unsupported(
            "unsupported-format",
            format!("这是{what}文件，不是Word文档"),
            format!("this is a file of type {what}, not a Word document"),
        )
    };
    if ["EncryptedPackage", "EncryptionInfo"].iter().any(|name| file.has(name)) {
        Error::unsupported("encrypted", "文档已加密", "the document is encrypted")
    } else if ["Workbook", "Book"].iter().any(|name| file.has(name)) {
        other("xls")
    } else if file.has("PowerPoint Document") {
        other("ppt")
    } else {
        damaged("it has no stream WordDocument")
    }
}

fn damaged(why: &str) -> Error {
    Error::input("damaged", format!("Word文档损坏：{why}"), format!("damaged Word document: {why}"))
}
