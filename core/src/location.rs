//! Where something stands in the carrier.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A place in the source. What a carrier does not have is absent: text has lines
/// and no parts, a package has parts and no lines. Counts start at 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Location {
    /// Name of the part inside a package, for example `word/document.xml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<Arc<str>>,
    /// Ordinal of the block (paragraph or table) in the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block: Option<u32>,
    /// Ordinal of the table in the document, nested tables counted where they open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
    /// Row in the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Grid column in the table; where columns are unknown, the cell's ordinal in its row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// Page, where the carrier has pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Line of the decoded text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Half-open byte range in the carrier's decoded text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<(u32, u32)>,
}

impl Location {
    /// The place of a whole line of text.
    pub(crate) fn line(line: u32, range: (u32, u32)) -> Self {
        Self { line: Some(line), range: Some(range), ..Self::default() }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        let mut item = |f: &mut fmt::Formatter<'_>, name: &str, value: Option<u32>| match value {
            Some(n) => {
                let result = write!(f, "{separator}{name} {n}");
                separator = ", ";
                result
            }
            None => Ok(()),
        };
        item(f, "page", self.page)?;
        item(f, "line", self.line)?;
        item(f, "block", if self.table.is_none() { self.block } else { None })?;
        item(f, "table", self.table)?;
        item(f, "row", self.row)?;
        item(f, "column", self.column)?;
        if separator.is_empty() {
            f.write_str(self.part.as_deref().unwrap_or("document"))?;
        }
        Ok(())
    }
}
