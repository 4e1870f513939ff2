//! Carrier formats: from bytes to the neutral document.
//!
//! A new format is one file in this folder and one line in the table below.

use crate::document::Document;
use crate::error::{Error, Result};
use crate::finding::Findings;
use crate::options::{Limits, ParseOptions};

/// What a reader needs besides the bytes.
pub(crate) struct Context<'a> {
    pub(crate) limits: &'a Limits,
    /// Encoding label demanded by the caller.
    pub(crate) encoding: Option<&'a str>,
    pub(crate) findings: &'a mut Findings,
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
    ($($(#[$doc:meta])* $variant:ident => $module:ident;)+) => {
        $(mod $module;)+

        /// A carrier format.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "lowercase")]
        #[non_exhaustive]
        pub enum Format {
            $($(#[$doc])* $variant,)+
        }

        /// Every reader, in the order in which equal scores are decided.
        const READERS: &[FormatReader] = &[$($module::READER,)+];
    };
}

readers! {
    /// Office Open XML word processing (ISO/IEC 29500): .docx, .docm, .dotx, .dotm.
    Docx => docx;
    /// HTML pages, Word's own HTML among them.
    Html => html;
    /// Plain text in any of the layouts that converters and browsers leave behind.
    Text => text;
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

    /// All formats this build reads.
    pub fn all() -> impl Iterator<Item = Self> {
        READERS.iter().map(|reader| reader.format)
    }
}
