//! Zip packages with the same bytes on every run.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

/// The main part's usual name.
pub const MAIN: &str = "word/document.xml";
/// The part that tells what the others are.
pub const CONTENT_TYPES: &str = "[Content_Types].xml";
/// The part that leads to the main part.
pub const RELATIONS: &str = "_rels/.rels";

/// A package of named parts, in this order.
pub fn zip(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The parts in one XML document (Flat OPC).
pub fn flat(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<?mso-application progid="Word.Document"?>
<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">"#,
    );
    for (name, bytes) in parts.iter().filter(|(name, _)| name != CONTENT_TYPES) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let content = text.split_once("?>").map_or(text.as_str(), |(_, content)| content);
        out.push_str(&format!(
            "<pkg:part pkg:name=\"/{name}\" pkg:contentType=\"application/xml\"><pkg:xmlData>{content}</pkg:xmlData></pkg:part>"
        ));
    }
    out.push_str(
        "<pkg:part pkg:name=\"/word/media/image1.png\" pkg:contentType=\"image/png\" pkg:compression=\"store\"><pkg:binaryData>iVBORw0KGgo=</pkg:binaryData></pkg:part></pkg:package>",
    );
    out.into_bytes()
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
