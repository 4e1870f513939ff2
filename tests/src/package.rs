//! Zip packages with the same bytes on every run.

use std::io::{Cursor, Read, Seek, Write};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

/// The main part's usual name.
pub const MAIN: &str = "word/document.xml";
/// The part that tells what the others are.
pub const CONTENT_TYPES: &str = "[Content_Types].xml";
/// The part that leads to the main part.
pub const RELATIONS: &str = "_rels/.rels";

/// How parts are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// As they are.
    Stored,
    /// Deflated, at a level from 1 to 9.
    Deflated(i64),
    /// Written without looking back: sizes follow the data.
    Streamed,
}

/// A package of named parts, in this order.
pub fn zip(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    write(parts, SimpleFileOptions::default())
}

/// The same, kept in that way.
pub fn zip_with(parts: &[(String, Vec<u8>)], method: Method) -> Vec<u8> {
    let options = SimpleFileOptions::default();
    if method == Method::Streamed {
        let mut writer = ZipWriter::new_stream(Vec::new());
        fill(&mut writer, parts, options);
        return writer.finish().unwrap().into_inner();
    }
    write(
        parts,
        match method {
            Method::Stored | Method::Streamed => options.compression_method(CompressionMethod::Stored),
            Method::Deflated(level) => options.compression_level(Some(level)),
        },
    )
}

fn write(parts: &[(String, Vec<u8>)], options: SimpleFileOptions) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    fill(&mut writer, parts, options);
    writer.finish().unwrap().into_inner()
}

fn fill<W: Write + Seek>(writer: &mut ZipWriter<W>, parts: &[(String, Vec<u8>)], options: SimpleFileOptions) {
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
}

/// The parts of a package, none if it is damaged.
pub fn parts(package: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(package)).ok()?;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).ok()?;
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).ok()?;
        parts.push((part.name().ok()?.into_owned(), bytes));
    }
    Some(parts)
}

/// The content types of a package whose main part has that name.
pub fn content_types(main: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/{main}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#
    )
}

/// The relations of a package whose main part has that name.
pub fn relations(main: &str, strict: bool) -> String {
    let kind = if strict {
        "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    } else {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{kind}" Target="{main}"/></Relationships>"#
    )
}

/// Adds the two parts every package needs, where the caller left them out.
pub fn complete(mut parts: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    for (at, name, content) in
        [(0, CONTENT_TYPES, content_types(MAIN)), (1, RELATIONS, relations(MAIN, false))]
    {
        if !parts.iter().any(|(part, _)| part == name) {
            parts.insert(at, (name.to_owned(), content.into_bytes()));
        }
    }
    parts
}
