//! Carrier formats: from bytes to the neutral document.
//!
//! A new format is one file in this folder and one line in the table below; a cargo
//! feature there leaves it out of builds without that feature.

mod word;

use crate::document::Document;
use crate::error::{Error, Result};
use crate::finding::{Finding, Findings, Severity};
use crate::options::{Items, Limits, ParseOptions};

#[cfg(any(feature = "pdf", feature = "ofd"))]
mod layout;
#[cfg(any(feature = "xls", feature = "xlsx"))]
mod sheets;

/// What a reader needs besides the bytes.
pub(crate) struct Context<'a> {
    pub(crate) limits: &'a Limits,
    /// Encoding label demanded by the caller.
    pub(crate) encoding: Option<&'a str>,
    pub(crate) findings: &'a mut Findings,
    /// What the document may still hold.
    pub(crate) items: Items,
}

impl<'a> Context<'a> {
    pub(crate) fn new(limits: &'a Limits, encoding: Option<&'a str>, findings: &'a mut Findings) -> Self {
        Self { limits, encoding, findings, items: Items::new(limits) }
    }
}

/// A carrier format describes itself.
pub(crate) struct FormatReader {
    pub(crate) format: Format,
    /// Stable lower-case name, as options and outputs spell it.
    pub(crate) name: &'static str,
    /// File name extensions, lower case, without the dot; a hint only.
    pub(crate) extensions: &'static [&'static str],
    /// How surely the bytes are of this format: 0 not at all, 100 beyond doubt.
    pub(crate) score: fn(&[u8]) -> u8,
    pub(crate) read: fn(&[u8], &mut Context<'_>) -> Result<Document>,
}

macro_rules! readers {
    ($($(#[$doc:meta])* $variant:ident => $module:ident $(if $feature:literal)?;)+) => {
        $($(#[cfg(feature = $feature)])? mod $module;)+

        /// A carrier format.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "lowercase")]
        #[non_exhaustive]
        pub enum Format {
            $($(#[cfg(feature = $feature)])? $(#[$doc])* $variant,)+
        }

        /// Every reader, in the order in which equal scores are decided.
        const READERS: &[FormatReader] = &[$($(#[cfg(feature = $feature)])? $module::READER,)+];
    };
}

readers! {
    /// Office Open XML word processing (ISO/IEC 29500): .docx, .docm, .dotx, .dotm.
    Docx => docx;
    /// Word 97 to 2003 binary documents: .doc, .dot, .wps, .wpt.
    Doc => doc if "doc";
    /// Rich Text Format: .rtf, also named .doc.
    Rtf => rtf if "rtf";
    /// OpenDocument text (ISO/IEC 26300), packed or flat: .odt, .ott, .fodt.
    Odt => odt if "odt";
    /// Word's XML in one file (Flat OPC): .xml.
    FlatOpc => flat_opc if "flat-opc";
    /// Web pages in one file: .mht, .mhtml.
    Mhtml => mhtml if "mhtml";
    /// HTML pages, Word's own HTML among them.
    Html => html;
    /// PDF pages with text (ISO 32000).
    Pdf => pdf if "pdf";
    /// OFD pages (GB/T 33190).
    Ofd => ofd if "ofd";
    /// Office Open XML workbooks (ISO/IEC 29500): .xlsx, .xlsm, and .et of that content.
    Xlsx => xlsx if "xlsx";
    /// Workbooks of Excel 97 to 2003: .xls, and .et of that content.
    Xls => xls if "xls";
    /// Plain text in any of the layouts that converters and browsers leave behind.
    Text => text;
    /// Comma-separated values, also between semicolons or tabs: .csv, .tsv.
    Csv => csv if "csv";
}

impl Format {
    pub(crate) fn reader(self) -> Option<&'static FormatReader> {
        READERS.iter().find(|reader| reader.format == self)
    }

    /// The stable lower-case name, for example `docx`.
    pub fn name(self) -> &'static str {
        self.reader().map_or("", |reader| reader.name)
    }

    /// The format of that name or file name extension.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        READERS
            .iter()
            .find(|r| r.name == name || r.extensions.contains(&name.as_str()))
            .map(|reader| reader.format)
    }

    /// Its file name extensions, lower case, without the dot.
    pub fn extensions(self) -> &'static [&'static str] {
        self.reader().map_or(&[], |reader| reader.extensions)
    }

    /// All formats this build reads.
    pub fn all() -> impl Iterator<Item = Self> {
        READERS.iter().map(|reader| reader.format)
    }
}

/// Starts of files that are documents of other kinds, so that they are refused by name.
const OTHERS: &[(&[u8], &str, &str)] = &[
    (b"{\\rtf", "RTF", "RTF"),
    (&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "Word 97–2003 文档", "Word 97-2003"),
    (&[0x89, b'P', b'N', b'G'], "PNG 图片", "PNG picture"),
    (&[0xff, 0xd8, 0xff], "JPEG 图片", "JPEG picture"),
    (b"GIF8", "GIF 图片", "GIF picture"),
    (b"BM", "BMP 图片", "BMP picture"),
    (b"II*\0", "TIFF 图片", "TIFF picture"),
    (b"MM\0*", "TIFF 图片", "TIFF picture"),
    (b"Rar!", "RAR 压缩包", "RAR archive"),
    (&[b'7', b'z', 0xbc, 0xaf], "7z 压缩包", "7z archive"),
    (&[0x1f, 0x8b], "gzip 压缩包", "gzip archive"),
];

/// The reader for the bytes: the caller's choice, else the surest by content. A file
/// name breaks ties only; where it contradicts the content, a finding says so.
pub(crate) fn choose(
    bytes: &[u8],
    options: &ParseOptions,
    findings: &mut Findings,
) -> Result<&'static FormatReader> {
    if let Some(format) = options.format {
        return format.reader().ok_or_else(unknown_format);
    }
    let extension = options.file_name.as_deref().and_then(|name| name.rsplit_once('.')).map(|(_, e)| e);
    let named = extension.and_then(Format::from_name);
    let (mut surest, mut best) = (None, 0);
    for reader in READERS {
        let score = (reader.score)(bytes);
        if score > best || (score == best && score > 0 && named == Some(reader.format)) {
            (surest, best) = (Some(reader), score);
        }
    }
    let Some(reader) = surest else { return Err(unsupported(bytes)) };
    let is_own = |extension: &str| reader.extensions.contains(&extension.to_ascii_lowercase().as_str());
    if let Some(named) = named.filter(|_| !extension.is_some_and(is_own)) {
        findings.push(
            Finding::new(
                "DOC-EXTENSION",
                Severity::Info,
                format!("扩展名表示{}，内容是{}", named.name(), reader.name),
                format!("the extension says {}, the content is {}", named.name(), reader.name),
            )
            .expected(named.name())
            .actual(reader.name),
        );
    }
    Ok(reader)
}

/// Office documents with a password are OLE files with this stream (MS-OFFCRYPTO 2.3.4.4).
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) && memchr::memmem::find(bytes, &name).is_some()
}

fn unsupported(bytes: &[u8]) -> Error {
    if is_encrypted(bytes) {
        return Error::unsupported("encrypted", "文档已加密", "the document is encrypted");
    }
    match OTHERS.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        Some((_, zh, en)) => Error::unsupported(
            "unsupported-format",
            format!("不支持的格式：{zh}"),
            format!("unsupported format: {en}"),
        ),
        None if bytes.starts_with(b"PK") => Error::unsupported(
            "unsupported-format",
            "压缩包中没有 Word 文档",
            "the zip archive is no Word document",
        ),
        None => unknown_format(),
    }
}

fn unknown_format() -> Error {
    Error::unsupported("unknown-format", "无法识别文件格式", "the file's format is not recognized")
}
