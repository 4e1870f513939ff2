//! The file information block: where the parts of the document stand ([MS-DOC] 2.5).

use super::damaged;
use crate::container::ole::{u16_at, u32_at};
use crate::error::{Error, Result};

/// Parts of the table stream, by their ordinal in FibRgFcLcb97 ([MS-DOC] 2.5.6).
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Styles = 1,
    Sections = 6,
    CharacterRuns = 12,
    ParagraphRuns = 13,
    Pieces = 33,
    ShapeAnchors = 40,
    Drawings = 50,
    TextBoxes = 56,
    Lists = 73,
    ListOverrides = 74,
}

#[derive(Debug)]
pub(super) struct Fib {
    /// Which of the two table streams counts.
    pub(super) table: &'static str,
    /// Characters of the main text.
    pub(super) text: u32,
    /// Characters of the text boxes, and how many stand before them.
    pub(super) boxes: u32,
    pub(super) before_boxes: u32,
    /// Offset and size of each part.
    parts: Vec<(u32, u32)>,
}

impl Fib {
    pub(super) fn read(main: &[u8]) -> Result<Self> {
        let short = |at: usize| u16_at(main, at).ok_or_else(|| damaged("the file information block is cut"));
        let long = |at: usize| u32_at(main, at).ok_or_else(|| damaged("the file information block is cut"));
        let (ident, version, flags) = (short(0)?, short(2)?, short(10)?);
        match ident {
            // nFib of Word 97 is 0x00c1, and 0x00c0 in early files; below it stands Word 6 and 95.
            0xa5ec if version >= 0x00c0 => {}
            // The last three: Word 6 and 95 of East Asia.
            0xa5dc | 0xa5ec | 0xa697..=0xa699 => return Err(older()),
            _ => return Err(damaged("it has no file information block")),
        }
        // fEncrypted; fObfuscated only says in which way.
        if flags & 0x0100 != 0 {
            return Err(Error::unsupported("encrypted", "文档已加密", "the document is encrypted"));
        }
        let shorts = 32;
        let longs = shorts + 2 + usize::from(short(shorts)?) * 2;
        let table = longs + 2 + usize::from(short(longs)?) * 4;
        let count = |index: usize| -> Result<u32> {
            let count = long(longs + 2 + index * 4)?;
            // Counts are signed and never negative ([MS-DOC] 2.5.4).
            if count > i32::MAX.cast_unsigned() {
                Err(damaged("a count of characters is negative"))
            } else {
                Ok(count)
            }
        };
        let [text, notes, headers, comments, endnotes, boxes] = [3, 4, 5, 7, 8, 9].map(count);
        let text = text?;
        let mut before_boxes = text;
        for story in [notes, headers, comments, endnotes] {
            before_boxes = before_boxes
                .checked_add(story?)
                .ok_or_else(|| damaged("its counts of characters are impossible"))?;
        }
        let mut parts = Vec::new();
        for n in 0..usize::from(short(table)?) {
            let at = table + 2 + n * 8;
            parts.push((long(at)?, long(at + 4)?));
        }
        let table = if flags & 0x0200 == 0 { "0Table" } else { "1Table" };
        Ok(Self { table, text, boxes: boxes?, before_boxes, parts })
    }

    /// A part of the table stream; empty where the document has none.
    pub(super) fn part<'t>(&self, part: Part, table: &'t [u8]) -> Result<&'t [u8]> {
        let (offset, size) = self.parts.get(part as usize).copied().unwrap_or((0, 0));
        if size == 0 {
            return Ok(&[]);
        }
        let range = usize::try_from(offset).ok().zip(usize::try_from(size).ok());
        let range = range.and_then(|(start, size)| Some(start..start.checked_add(size)?));
        range
            .and_then(|range| table.get(range))
            .ok_or_else(|| damaged("a part lies beyond the end of the table stream"))
    }

    /// The table stream from a part on.
    pub(super) fn from<'t>(&self, part: Part, table: &'t [u8]) -> &'t [u8] {
        let start = self.parts.get(part as usize).and_then(|&(offset, _)| usize::try_from(offset).ok());
        start.and_then(|start| table.get(start..)).unwrap_or_default()
    }
}

fn older() -> Error {
    Error::unsupported(
        "unsupported-format",
        "不支持的格式：Word 6.0/95 文档",
        "unsupported format: Word 6.0/95",
    )
}
