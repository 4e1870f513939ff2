//! What a caller may set.

use std::cell::Cell;
use std::rc::Rc;

use crate::error::{Error, Result};
use crate::format::Format;

/// How to read. `ParseOptions::default()` detects everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParseOptions {
    /// The carrier format. Default: detected from the bytes.
    pub format: Option<Format>,
    /// Label of the text encoding, as in the WHATWG Encoding Standard (for example
    /// `gb18030`). Used by text and HTML only. Default: detected.
    pub encoding: Option<String>,
    /// File name or path of the source; its extension is a hint where the bytes leave
    /// the format open. Default: none.
    pub file_name: Option<String>,
    /// What a document may cost. Default: [`Limits::default`].
    pub limits: Limits,
}

/// Upper bounds, charged where the memory is taken. Passing one is an
/// [`crate::ErrorKind::Limit`] error. The defaults are 4 to 200 times above the
/// largest good file measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the input. Default: 64 MiB.
    pub input_bytes: u64,
    /// Entries of a package. Default: 10 000.
    pub entries: u64,
    /// Inflated bytes of one part. Default: 64 MiB.
    pub part_bytes: u64,
    /// Inflated bytes of all parts read. Default: 128 MiB.
    pub total_bytes: u64,
    /// Inflated bytes per compressed byte, for parts above 1 MiB. Default: 1 000.
    pub inflate_ratio: u64,
    /// Inflated bytes of all members of an archive. Default: 1 GiB.
    pub archive_bytes: u64,
    /// Depth of nested elements. Default: 256 in XML, twice that in HTML.
    pub depth: u64,
    /// Elements of one part. Default: 8 000 000.
    pub elements: u64,
    /// Namespace declarations in scope at one place of a part. Default: 128.
    pub namespaces: u64,
    /// Things of one document held in memory: paragraphs, cells and the rows they reach
    /// into, lines of a text, nodes of a page. Default: 1 000 000.
    pub items: u64,
    /// Columns or rows one cell may span; larger spans are cut, with a finding. Default: 1 024.
    pub span: u64,
    /// Cells of one table. Default: 200 000.
    pub table_cells: u64,
    /// Tables of one document. Default: 10 000.
    pub tables: u64,
    /// Depth of nested tables. Default: 32.
    pub nested_tables: u64,
    /// Bytes of text in the document. Default: 64 MiB.
    pub text_bytes: u64,
    /// Pages of a document with pages. Default: 2 000.
    pub pages: u64,
    /// Characters placed on all pages. Default: 2 000 000.
    pub glyphs: u64,
    /// Lines and thin rectangles drawn on one page. Default: 100 000.
    pub rules: u64,
    /// Findings kept; one more says how many were dropped. Default: 1 000.
    pub findings: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self {
            input_bytes: 64 * MIB,
            entries: 10_000,
            part_bytes: 64 * MIB,
            total_bytes: 128 * MIB,
            inflate_ratio: 1_000,
            archive_bytes: 1024 * MIB,
            depth: 256,
            elements: 8_000_000,
            namespaces: 128,
            items: 1_000_000,
            span: 1_024,
            table_cells: 200_000,
            tables: 10_000,
            nested_tables: 32,
            text_bytes: 64 * MIB,
            pages: 2_000,
            glyphs: 2_000_000,
            rules: 100_000,
            findings: 1_000,
        }
    }
}

impl Limits {
    /// Every limit with its name, which is that of its field.
    pub fn all(&mut self) -> impl Iterator<Item = (&'static str, &mut u64)> {
        [
            ("input_bytes", &mut self.input_bytes),
            ("entries", &mut self.entries),
            ("part_bytes", &mut self.part_bytes),
            ("total_bytes", &mut self.total_bytes),
            ("inflate_ratio", &mut self.inflate_ratio),
            ("archive_bytes", &mut self.archive_bytes),
            ("depth", &mut self.depth),
            ("elements", &mut self.elements),
            ("namespaces", &mut self.namespaces),
            ("items", &mut self.items),
            ("span", &mut self.span),
            ("table_cells", &mut self.table_cells),
            ("tables", &mut self.tables),
            ("nested_tables", &mut self.nested_tables),
            ("text_bytes", &mut self.text_bytes),
            ("pages", &mut self.pages),
            ("glyphs", &mut self.glyphs),
            ("rules", &mut self.rules),
            ("findings", &mut self.findings),
        ]
        .into_iter()
    }

    /// The limit of that name, for callers that have names only.
    pub fn named(&mut self, name: &str) -> Option<&mut u64> {
        self.all().find(|(own, _)| *own == name).map(|(_, limit)| limit)
    }
}

/// What is left of [`Limits::items`] for the document being read; copies share it.
#[derive(Debug, Clone)]
pub(crate) struct Items {
    left: Rc<Cell<u64>>,
    limit: u64,
}

impl Items {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { left: Rc::new(Cell::new(limits.items)), limit: limits.items }
    }

    /// Takes so many.
    #[inline]
    pub(crate) fn charge(&self, count: usize) -> Result<()> {
        match self.left.get().checked_sub(count as u64) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => Err(Error::limit("items", self.limit)),
        }
    }
}
