//! Which properties stand at which byte of the main stream: pages of 512 bytes, found by
//! a table of their first bytes ([MS-DOC] 2.8.5, 2.8.6, 2.9.33, 2.9.175).

use super::damaged;
use crate::container::ole::{u16_at, u32_at};
use crate::error::Result;

const PAGE: usize = 512;

/// What the pages hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Characters,
    Paragraphs,
}

#[derive(Debug)]
pub(super) struct Runs<'a> {
    main: &'a [u8],
    /// First byte of each page's text, then the page's number.
    table: &'a [u8],
    pages: usize,
    kind: Kind,
}

/// The properties of a stretch of text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'a> {
    /// The byte after the stretch.
    pub(super) end: u32,
    /// Of paragraphs: their style.
    pub(super) style: u16,
    pub(super) list: &'a [u8],
}

impl<'a> Runs<'a> {
    pub(super) fn new(main: &'a [u8], table: &'a [u8], kind: Kind) -> Self {
        Self { main, table, pages: table.len().saturating_sub(4) / 8, kind }
    }

    pub(super) fn at(&self, offset: u32) -> Result<Run<'a>> {
        let missing = || damaged("the properties of some text are missing");
        let page = last(self.table, self.pages, offset).ok_or_else(missing)?;
        // A page's number has 22 bits ([MS-DOC] 2.9.206).
        let number = u32_at(self.table, (self.pages + 1) * 4 + page * 4).ok_or_else(missing)? & 0x003f_ffff;
        let start = usize::try_from(number).unwrap_or(usize::MAX).saturating_mul(PAGE);
        let page = self.main.get(start..).and_then(|rest| rest.get(..PAGE)).ok_or_else(missing)?;
        let count = page.last().copied().map_or(0, usize::from);
        let run = last(page, count, offset).ok_or_else(missing)?;
        let end = u32_at(page, (run + 1) * 4).ok_or_else(missing)?;
        let after = (count + 1) * 4;
        let found = match self.kind {
            Kind::Characters => characters(page, after + run).map(|list| (0, list)),
            Kind::Paragraphs => paragraph(page, after + run * 13),
        };
        let (style, list) = found.ok_or_else(|| damaged("a list of properties leaves its page"))?;
        Ok(Run { end, style, list })
    }
}

/// The last of `count` stretches that begins at or before the offset, if it ends after it.
fn last(firsts: &[u8], count: usize, offset: u32) -> Option<usize> {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low.midpoint(high);
        if u32_at(firsts, (middle + 1) * 4)? <= offset { low = middle + 1 } else { high = middle }
    }
    (low < count && u32_at(firsts, low * 4)? <= offset).then_some(low)
}

/// [MS-DOC] 2.9.33, 2.9.32: a size, and the list. Without a place there are none.
fn characters(page: &[u8], at: usize) -> Option<&[u8]> {
    let start = usize::from(*page.get(at)?) * 2;
    if start == 0 {
        return Some(&[]);
    }
    let size = usize::from(*page.get(start)?);
    page.get(start + 1..start + 1 + size)
}

/// [MS-DOC] 2.9.175, 2.9.176: a size in words, the style, and the list.
fn paragraph(page: &[u8], at: usize) -> Option<(u16, &[u8])> {
    let start = usize::from(*page.get(at)?) * 2;
    if start == 0 {
        return Some((0, &[]));
    }
    let (start, size) = match usize::from(*page.get(start)?) {
        0 => (start + 2, usize::from(*page.get(start + 1)?) * 2),
        words => (start + 1, words * 2 - 1),
    };
    let both = page.get(start..start + size)?;
    Some((u16_at(both, 0)?, both.get(2..)?))
}
