//! Properties of characters, paragraphs and table rows: only what decides which text is
//! seen, and where ([MS-DOC] 2.4.6, 2.6).

use super::pieces::{Place, Text};
use super::runs::{Kind, Run, Runs};
use super::sprm::{self, Sprm};
use super::styles::{Style, Styles};
use super::{Streams, damaged};
use crate::container::ole::{u16_at, u32_at};
use crate::error::{Error, Result};
use crate::format::doc::fib::{Fib, Part};
use crate::format::word::grid::Shape;
use crate::format::word::{Join, Look, Raised};
use crate::options::Limits;

/// The count of a row's cells has one byte; Word itself stops at 63.
const MOST_CELLS: usize = 255;

/// Of a stretch of characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Characters {
    /// The character after the stretch.
    pub(super) end: u32,
    pub(super) look: Look,
    pub(super) deleted: bool,
    /// Inserted, deleted or changed while changes were tracked.
    pub(super) tracked: bool,
    /// Some characters stand for something else.
    pub(super) special: bool,
    /// What such a character stands for is data, not a picture.
    pub(super) data: bool,
    /// The character of a symbol font.
    pub(super) symbol: Option<u16>,
}

/// Of a paragraph, by its mark.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Paragraph {
    pub(super) style: u16,
    pub(super) in_table: bool,
    pub(super) depth: Option<u32>,
    pub(super) row_end: bool,
    pub(super) inner_cell_end: bool,
    pub(super) inner_row_end: bool,
    pub(super) list: Option<u16>,
    pub(super) level: Option<u8>,
    pub(super) outline: Option<u8>,
    pub(super) tracked: bool,
}

impl Paragraph {
    /// How deep in tables it stands ([MS-DOC] 2.4.3).
    pub(super) fn depth(&self) -> u32 {
        if self.in_table { self.depth.filter(|&depth| depth > 0).unwrap_or(1) } else { 0 }
    }

    fn apply(&mut self, sprm: Sprm<'_>) {
        match sprm.code {
            0x4600 => self.style = sprm.short(),
            0x260a => self.level = Some(sprm.byte()),
            0x460b => self.list = Some(sprm.short()),
            0x2640 => self.outline = Some(sprm.byte()),
            0x2416 => self.in_table = sprm.byte() != 0,
            0x2417 => self.row_end = sprm.byte() != 0,
            0x244b => self.inner_cell_end = sprm.byte() != 0,
            0x244c => self.inner_row_end = sprm.byte() != 0,
            0x6649 => self.depth = u32_at(sprm.operand, 0),
            // sprmPDtap adds to the depth.
            0x664a => {
                let more = u32_at(sprm.operand, 0).unwrap_or(0).cast_signed();
                self.depth = Some(self.depth().saturating_add_signed(more));
            }
            // sprmPPropRMark in its two forms.
            0xc63f | 0xc66f => self.tracked |= sprm.byte() != 0,
            _ => {}
        }
    }
}

/// One cell as the row defines it.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Cell {
    pub(super) horizontal: Join,
    pub(super) vertical: Join,
}

/// Of a table row, by its mark.
#[derive(Debug, Default, Clone)]
pub(super) struct Row {
    /// Where cells begin, and where the last one ends, in twentieths of a point.
    pub(super) edges: Vec<i32>,
    pub(super) cells: Vec<Cell>,
    pub(super) gap: i32,
    pub(super) tracked: bool,
}

impl Shape for Row {
    fn edges(&self) -> &[i32] {
        &self.edges
    }

    fn joins(&self) -> impl ExactSizeIterator<Item = (Join, Join)> {
        self.cells.iter().map(|cell| (cell.horizontal, cell.vertical))
    }
}

impl Row {
    /// [MS-DOC] 2.6.3.
    fn apply(&mut self, sprm: Sprm<'_>) -> Result<()> {
        let signed = |at: usize| u16_at(sprm.operand, at).map_or(0, |v| i32::from(v.cast_signed()));
        let byte = |at: usize| sprm.operand.get(at).copied().unwrap_or(0);
        let (first, limit) = (usize::from(byte(0)), usize::from(byte(1)));
        match sprm.code {
            sprm::T_DEF_TABLE => {
                *self = Self { gap: self.gap, tracked: self.tracked, ..Self::define(sprm.operand)? }
            }
            0x9602 => self.gap = signed(0),
            // sprmTDxaLeft moves the whole row.
            0x9601 => {
                let by = self.edges.first().map_or(0, |edge| (signed(0) - self.gap).saturating_sub(*edge));
                self.edges.iter_mut().for_each(|edge| *edge = edge.saturating_add(by));
            }
            0x7621 => self.insert(first, limit, signed(2))?,
            0x5622 => self.delete(first, limit),
            0x7623 => {
                for at in first..limit {
                    self.widen(at, signed(2));
                }
            }
            0x5624 => {
                for (n, cell) in self.range(first, limit).iter_mut().enumerate() {
                    cell.horizontal = if n == 0 { Join::Restart } else { Join::Continue };
                }
            }
            0x5625 => self.range(first, limit).iter_mut().for_each(|cell| cell.horizontal = Join::None),
            0xd62b => {
                if let Some(cell) = self.cells.get_mut(first) {
                    cell.vertical = vertical(byte(1));
                }
            }
            // sprmTPropRMark.
            0xd667 => self.tracked |= byte(0) != 0,
            _ => {}
        }
        Ok(())
    }

    /// sprmTDefTable ([MS-DOC] 2.9.322): edges, then cells of 20 bytes, of which those at
    /// the end may be left out.
    fn define(operand: &[u8]) -> Result<Self> {
        let count = operand.first().copied().map_or(0, usize::from);
        let edges: Option<Vec<i32>> = (0..=count)
            .map(|n| u16_at(operand, 1 + n * 2).map(|edge| i32::from(edge.cast_signed())))
            .collect();
        let edges = edges.ok_or_else(|| damaged("the definition of a table row is cut"))?;
        let start = 1 + (count + 1) * 2;
        let flags = |n: usize| u16_at(operand, start + n * 20).unwrap_or(0);
        let horizontal = joins((0..count).map(|n| flags(n) & 3));
        let cells = horizontal.enumerate().map(|(n, horizontal)| {
            let vertical = vertical(u8::try_from(flags(n) >> 5 & 3).unwrap_or(0));
            Cell { horizontal, vertical }
        });
        Ok(Self { cells: cells.collect(), edges, ..Self::default() })
    }

    fn range(&mut self, first: usize, limit: usize) -> &mut [Cell] {
        let limit = limit.min(self.cells.len());
        self.cells.get_mut(first..limit).unwrap_or_default()
    }

    /// New cells before the one at `at`.
    fn insert(&mut self, at: usize, count: usize, width: i32) -> Result<()> {
        if self.cells.len() + count > MOST_CELLS {
            return Err(damaged("a table row has too many cells"));
        }
        let at = at.min(self.cells.len());
        if self.edges.is_empty() {
            self.edges.push(0);
        }
        let from = self.edges.get(at).copied().unwrap_or(0);
        let widths = i32::try_from(count).unwrap_or(0) * width;
        self.edges.iter_mut().skip(at + 1).for_each(|edge| *edge = edge.saturating_add(widths));
        let edges = (1..).map(|n: i32| from.saturating_add(n * width)).take(count);
        self.edges.splice(at + 1..at + 1, edges);
        self.cells.splice(at..at, std::iter::repeat_n(Cell::default(), count));
        Ok(())
    }

    fn delete(&mut self, first: usize, limit: usize) {
        let limit = limit.min(self.cells.len());
        if first >= limit {
            return;
        }
        let width = |edges: &[i32]| Some(edges.get(limit)?.saturating_sub(*edges.get(first)?));
        let width = width(&self.edges).unwrap_or(0);
        self.edges.drain(first + 1..=limit);
        self.cells.drain(first..limit);
        self.edges.iter_mut().skip(first + 1).for_each(|edge| *edge = edge.saturating_sub(width));
    }

    fn widen(&mut self, at: usize, width: i32) {
        let old = |edges: &[i32]| Some(edges.get(at + 1)?.saturating_sub(*edges.get(at)?));
        if let Some(old) = old(&self.edges) {
            let by = width.saturating_sub(old);
            self.edges.iter_mut().skip(at + 1).for_each(|edge| *edge = edge.saturating_add(by));
        }
    }
}

/// Which of the two values is the first cell of a merge: [MS-DOC] 2.9.317 says 2 (and 3),
/// the description of Word 97 and the files of other writers say 1. No merge begins with
/// a continuation, so the first value of a row tells.
fn joins(values: impl Iterator<Item = u16>) -> impl Iterator<Item = Join> {
    let mut first = None;
    values.map(move |value| match value {
        0 => Join::None,
        _ if *first.get_or_insert(value) == value => Join::Restart,
        _ => Join::Continue,
    })
}

/// [MS-DOC] 2.9.342, VerticalMergeFlag.
fn vertical(flag: u8) -> Join {
    match flag {
        0 => Join::None,
        1 => Join::Continue,
        _ => Join::Restart,
    }
}

/// sprmCIss.
pub(super) fn raised(operand: u8) -> Raised {
    match operand {
        1 => Raised::Super,
        2 => Raised::Sub,
        _ => Raised::No,
    }
}

/// All properties of the document.
#[derive(Debug)]
pub(super) struct Properties<'a> {
    characters: Runs<'a>,
    paragraphs: Runs<'a>,
    styles: Styles,
    data: &'a [u8],
    limits: &'a Limits,
    /// Bytes of long lists that may still be applied: many places may name the same one.
    left: std::cell::Cell<u64>,
}

impl<'a> Properties<'a> {
    pub(super) fn read(streams: &'a Streams, fib: &Fib, limits: &'a Limits) -> Result<Self> {
        let part = |part| fib.part(part, &streams.table);
        Ok(Self {
            characters: Runs::new(&streams.main, part(Part::CharacterRuns)?, Kind::Characters),
            paragraphs: Runs::new(&streams.main, part(Part::ParagraphRuns)?, Kind::Paragraphs),
            styles: Styles::read(part(Part::Styles)?)?,
            data: &streams.data,
            limits,
            left: std::cell::Cell::new(limits.total_bytes),
        })
    }

    pub(super) fn style(&self, number: u16) -> Style {
        self.styles.paragraph(number)
    }

    /// Of the paragraph whose mark stands there ([MS-DOC] 2.4.6.1).
    pub(super) fn paragraph(&self, text: &Text<'_>, mark: u32) -> Result<Paragraph> {
        let place = text.place(mark)?;
        let run = self.paragraphs.at(place.offset)?;
        let mut paragraph = Paragraph { style: run.style, ..Paragraph::default() };
        self.each(run.list, |sprm| {
            paragraph.apply(sprm);
            Ok(())
        })?;
        self.charge(text.listed(place.piece))?;
        text.properties(place.piece, |sprm| {
            if sprm.group() == sprm::PARAGRAPH {
                paragraph.apply(sprm);
            }
            Ok(())
        })?;
        Ok(paragraph)
    }

    /// Of the row whose mark stands there.
    pub(super) fn row(&self, text: &Text<'_>, mark: u32) -> Result<Row> {
        let place = text.place(mark)?;
        let mut row = Row::default();
        self.each(self.paragraphs.at(place.offset)?.list, |sprm| row.apply(sprm))?;
        self.charge(text.listed(place.piece))?;
        text.properties(place.piece, |sprm| row.apply(sprm))?;
        Ok(row)
    }

    /// Calls `each` for the modifiers of a paragraph's list, those included that stand in
    /// the data stream for want of room ([MS-DOC] 2.6.2, sprmPHugePapx, sprmPTableProps).
    fn each<'p>(&'p self, list: &'p [u8], mut each: impl FnMut(Sprm<'p>) -> Result<()>) -> Result<()> {
        let mut elsewhere = false;
        sprm::each(list, |sprm| match sprm.code {
            0x6645 | 0x6646 => sprm::each(self.stored(sprm)?, &mut each),
            0x646b => {
                elsewhere = true;
                sprm::each(self.stored(sprm)?, &mut each)
            }
            // What the row says here is for programs that do not know the other place.
            _ if elsewhere && sprm.group() == sprm::TABLE => Ok(()),
            _ => each(sprm),
        })
    }

    fn stored(&self, sprm: Sprm<'_>) -> Result<&[u8]> {
        let start = u32_at(sprm.operand, 0).and_then(|at| usize::try_from(at).ok());
        let stored = start.and_then(|at| self.data.get(at..));
        let stored = stored.and_then(|stored| stored.get(2..2 + usize::from(u16_at(stored, 0)?)));
        let stored = stored.ok_or_else(|| damaged("properties lie beyond the end of the data stream"))?;
        self.charge(stored.len())?;
        Ok(stored)
    }

    fn charge(&self, size: usize) -> Result<()> {
        let left = self.left.get().checked_sub(size as u64);
        self.left.set(left.ok_or_else(|| Error::limit("total_bytes", self.limits.total_bytes))?);
        Ok(())
    }

    /// Of the characters from that one on ([MS-DOC] 2.4.6.2). `style` is the paragraph's.
    pub(super) fn characters(&self, text: &Text<'_>, at: u32, style: Style) -> Result<Characters> {
        let place: Place<'_> = text.place(at)?;
        let run = match self.characters.at(place.offset) {
            // LibreOffice says nothing of the mark that ends the text.
            Err(_) if at + 1 == text.len() => Run { end: place.offset + 1, style: 0, list: &[] },
            run => run?,
        };
        let mut open = OpenCharacters::new(style);
        sprm::each(run.list, |sprm| {
            open.apply(sprm, &self.styles);
            Ok(())
        })?;
        self.charge(text.listed(place.piece))?;
        text.properties(place.piece, |sprm| {
            open.apply(sprm, &self.styles);
            Ok(())
        })?;
        Ok(open.close(place.until(run.end)))
    }
}

/// Of characters, while modifiers are applied.
struct OpenCharacters {
    paragraph: Style,
    style: Style,
    hidden: Option<u8>,
    struck: Option<u8>,
    raised: Option<Raised>,
    rest: Characters,
}

impl OpenCharacters {
    fn new(paragraph: Style) -> Self {
        let rest = Characters {
            end: 0,
            look: Look::PLAIN,
            deleted: false,
            tracked: false,
            special: false,
            data: false,
            symbol: None,
        };
        Self { paragraph, style: Style::default(), hidden: None, struck: None, raised: None, rest }
    }

    fn apply(&mut self, sprm: Sprm<'_>, styles: &Styles) {
        if sprm.group() != sprm::CHARACTER {
            return;
        }
        let on = sprm.byte() & 1 != 0;
        match sprm.code {
            0x0800 => self.rest.deleted = on,
            0x0801 => self.rest.tracked |= on,
            // sprmCPropRMark in its two forms.
            0xca57 | 0xca89 => self.rest.tracked |= on,
            0x0806 => self.rest.data = on,
            0x0855 => self.rest.special = on,
            0x083c => self.hidden = Some(sprm.byte()),
            // sprmCFStrike, sprmCFDStrike.
            0x0837 | 0x2a53 => self.struck = Some(sprm.byte()),
            0x2a48 => self.raised = Some(raised(sprm.byte())),
            // sprmCPlain takes back what stands before it, but for the style.
            0x2a33 => (self.hidden, self.struck, self.raised) = (None, None, None),
            0x4a30 => self.style = styles.character(sprm.short()),
            // sprmCSymbol: font, then character.
            0x6a09 => self.rest.symbol = u16_at(sprm.operand, 2),
            _ => {}
        }
    }

    fn close(self, end: u32) -> Characters {
        // As in docx: what both styles switch on is off again. [MS-DOC] 2.9.331, ToggleOperand.
        let switch = |own: Option<u8>, of_style: fn(Style) -> Option<bool>| {
            let of_styles = (of_style(self.paragraph) == Some(true)) ^ (of_style(self.style) == Some(true));
            match own {
                None | Some(0x80) => of_styles,
                Some(0x81) => !of_styles,
                Some(value) => value != 0,
            }
        };
        let hidden = switch(self.hidden, |style| style.hidden);
        let struck = switch(self.struck, |style| style.struck);
        let raised = self.raised.or(self.style.raised).or(self.paragraph.raised).unwrap_or(Raised::No);
        let tracked = self.rest.tracked | self.rest.deleted;
        Characters { end, look: Look { hidden, struck, raised }, tracked, ..self.rest }
    }
}
