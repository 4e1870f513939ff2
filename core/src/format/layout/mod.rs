//! From pages of placed characters and ruling lines to the neutral document: what the
//! readers of fixed layouts (PDF, OFD) share.
//!
//! Tables are taken from ruling lines; where none part the columns, only where the places of
//! words leave no doubt (`spaced`), else they stay lines of text. What the geometry leaves in doubt is never decided here: where a text lies across a line,
//! or cells form no rectangle, the cells are given as one, and matching reads none of
//! them. Slanting lines, as those of watermarks, belong to no table and no paragraph; a cell
//! that holds nothing else is not taken for blank. Repeated furniture of pages (headers, footers, page numbers) is left out.

mod canvas;
mod flow;
mod frame;
mod grid;
mod rules;
mod spaced;
mod text;
mod words;

use crate::document::Document;
use crate::error::Result;
use crate::finding::{Finding, Findings, Severity};
use crate::location::Location;
use crate::options::Limits;

pub(super) use canvas::{Canvas, Matrix, Paint};
use flow::Content;

/// Distances in points (1/72 inch); y grows downwards from the page's upper edge.
pub(super) type Points = f64;

/// The sign of a character that cannot be told.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// Where a character's top points on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Up,
    Right,
    Down,
    Left,
}

/// A character as placed: its box along the line, and the base line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) text: char,
    /// Left and right end of the character's width.
    pub(super) left: Points,
    pub(super) right: Points,
    /// The base line.
    pub(super) base: Points,
    /// Height of the font.
    pub(super) size: Points,
    pub(super) turn: Turn,
    /// Set from top to bottom, not along the base line.
    pub(super) vertical: bool,
}

impl Glyph {
    /// The sign of something that is there and cannot be told.
    fn unknown(x: Points, y: Points) -> Self {
        let size = 1.0;
        let (left, right) = (x - size / 2.0, x + size / 2.0);
        Self { text: UNKNOWN, left, right, base: y, size, turn: Turn::Up, vertical: false }
    }

    /// The middle of a character, where it is looked for.
    fn middle(&self) -> (Points, Points) {
        let along = (self.left + self.right) / 2.0;
        let rise = self.size * 0.35;
        match self.turn {
            Turn::Up => (along, self.base - rise),
            Turn::Down => (along, self.base + rise),
            Turn::Right => (self.base + rise, along),
            Turn::Left => (self.base - rise, along),
        }
    }

    /// Whether the other one stands beside it in the same word.
    fn touches(&self, other: &Self) -> bool {
        let gap = if other.left >= self.left { other.left - self.right } else { self.left - other.right };
        self.turn == other.turn
            && (self.base - other.base).abs() <= self.size * 0.1
            && gap < self.size * 0.2
            && !self.text.is_whitespace()
    }
}

/// A character of a slanting line: its middle, and which line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slanted {
    pub(super) x: Points,
    pub(super) y: Points,
    pub(super) line: u32,
}

/// A stroke along one axis, or a filled rectangle as thin as one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub(super) horizontal: bool,
    /// Its y where horizontal, its x where vertical.
    pub(super) at: Points,
    pub(super) from: Points,
    pub(super) to: Points,
}

/// A rectangle on the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) left: Points,
    pub(super) top: Points,
    pub(super) right: Points,
    pub(super) bottom: Points,
}

impl Area {
    /// The least rectangle around the points.
    pub(super) fn around(points: &[(Points, Points)]) -> Option<Self> {
        let (&(x, y), rest) = points.split_first()?;
        let mut area = Self { left: x, top: y, right: x, bottom: y };
        for &(x, y) in rest {
            area.left = area.left.min(x);
            area.right = area.right.max(x);
            area.top = area.top.min(y);
            area.bottom = area.bottom.max(y);
        }
        Some(area)
    }

    pub(super) fn width(&self) -> Points {
        self.right - self.left
    }

    pub(super) fn height(&self) -> Points {
        self.bottom - self.top
    }

    pub(super) fn contains(&self, x: Points, y: Points) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }

    /// The part both have.
    pub(super) fn common(&self, other: &Self) -> Option<Self> {
        let area = Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        (area.left < area.right && area.top < area.bottom).then_some(area)
    }
}

/// One page as a carrier gives it.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) width: Points,
    pub(super) height: Points,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    pub(super) pictures: Vec<Area>,
    /// Characters of lines that run neither along nor across the page.
    pub(super) slanted: Vec<Slanted>,
    /// Text was left out since nobody sees it: the invisible text of a scan, for example.
    pub(super) hidden: bool,
}

/// All of a page.
pub(super) fn whole(page: &Page) -> Area {
    Area { left: 0.0, top: 0.0, right: page.width, bottom: page.height }
}

/// The place of a page.
pub(super) fn on_page(index: usize) -> Location {
    Location { page: u32::try_from(index + 1).ok(), ..Location::default() }
}

/// Pages as they are read, one after another: what stands on each is told at once, so that the
/// characters of one page alone are held.
pub(super) struct Pages<'a> {
    limits: &'a Limits,
    contents: Vec<Content>,
    /// The table that the last page ends with.
    open: spaced::Open,
    /// Whether any page has text.
    has_text: bool,
    /// The first page with text that nobody sees.
    hidden: Option<usize>,
    /// The first page with slanting lines.
    slanted: Option<usize>,
    /// Pages with characters that cannot be told, and how many.
    unknown: Vec<(usize, usize)>,
    /// Pages with pictures and no text.
    pictures: Vec<usize>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            contents: Vec::new(),
            open: spaced::Open::default(),
            has_text: false,
            hidden: None,
            slanted: None,
            unknown: Vec::new(),
            pictures: Vec::new(),
        }
    }

    /// How many there are so far.
    pub(super) fn count(&self) -> usize {
        self.contents.len()
    }

    /// Adds the next page.
    pub(super) fn push(&mut self, page: Page) -> Result<()> {
        let index = self.count();
        self.has_text |= !page.glyphs.is_empty();
        if page.hidden {
            self.hidden.get_or_insert(index);
        }
        if !page.slanted.is_empty() {
            self.slanted.get_or_insert(index);
        }
        let unknown = page.glyphs.iter().filter(|glyph| glyph.text == UNKNOWN).count();
        if unknown > 0 {
            self.unknown.push((index, unknown));
        }
        if page.glyphs.is_empty() && !page.pictures.is_empty() {
            self.pictures.push(index);
        }
        let content = Content::new(page, index, &mut self.open, self.limits);
        self.contents.push(content.map_err(|error| error.or_at(on_page(index)))?);
        Ok(())
    }

    /// The document of the pages, with what is to be said about them.
    pub(super) fn finish(self, findings: &mut Findings) -> Result<Document> {
        self.report(findings);
        flow::document(self.contents, self.limits)
    }

    fn report(&self, findings: &mut Findings) {
        if let Some(first) = self.hidden {
            findings.push(
                Finding::new(
                    "DOC-HIDDEN-TEXT",
                    Severity::Info,
                    "文档含有不显示的文字（如扫描件的识别文字），未读入",
                    "the document has text that is not shown (of a scan, for example), which was left out",
                )
                .at(&on_page(first)),
            );
        }
        if let Some(first) = self.slanted {
            findings.push(
                Finding::new(
                    "DOC-SLANTED-TEXT",
                    Severity::Warning,
                    "文档含有倾斜排列的文字（如水印），未读入",
                    "the document has slanting lines of text (a watermark, for example), which were left out",
                )
                .at(&on_page(first)),
            );
        }
        for &(index, unknown) in &self.unknown {
            let page = index + 1;
            findings.push(
                Finding::new(
                    "DOC-UNMAPPED-TEXT",
                    Severity::Warning,
                    format!("第{page}页有{unknown}个字符未注明文字编码，无法读取"),
                    format!(
                        "{unknown} characters of page {page} cannot be told: their font names no encoding"
                    ),
                )
                .at(&on_page(index)),
            );
        }
        // Where no page has text, there is no report.
        for &index in self.pictures.iter().filter(|_| self.has_text) {
            let page = index + 1;
            findings.push(
                Finding::new(
                    "DOC-PAGE-PICTURE",
                    Severity::Error,
                    format!("第{page}页是图片，没有文字，未读取"),
                    format!("page {page} is a picture without text and was not read"),
                )
                .at(&on_page(index)),
            );
        }
    }
}
