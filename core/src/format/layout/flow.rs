//! Pages to blocks in reading order: lines to paragraphs, tables over several pages to
//! one, the furniture of pages out.

use std::collections::BTreeMap;

use super::frame;
use super::grid::Grid;
use super::rules::{self, Lattice};
use super::spaced;
use super::text::{self, Line};
use super::{Area, Page, Points, on_page};
use crate::document::fold::fold;
use crate::document::{Block, Document, Paragraph};
use crate::error::{Error, Result};
use crate::location::Location;
use crate::options::Limits;

/// The part of a page's height in which headers and footers stand, at either end.
const MARGIN: Points = 0.12;
/// Smaller pictures are ornaments.
const PICTURE: (Points, Points) = (100.0, 30.0);

/// What stands on a page, from top to bottom.
enum Item {
    Line(Line),
    Grid(Grid),
    Picture,
}

/// A page read: its items with their height on it.
pub(super) struct Content {
    height: Points,
    items: Vec<(Points, Item)>,
}

impl Content {
    /// `open` is the table that the page before ends with, and then the one that this page does.
    pub(super) fn new(page: Page, index: usize, open: &mut spaced::Open, limits: &Limits) -> Result<Self> {
        let mut glyphs = page.glyphs;
        let mut lattices: Vec<Lattice> = Vec::new();
        for lattice in rules::lattices(&page.rules)? {
            lattices.extend(frame::without(lattice, limits)?);
        }
        // A table inside another one takes its text first.
        let extent = |area: &Area| area.width() * area.height();
        lattices.sort_by(|a, b| extent(&a.area()).total_cmp(&extent(&b.area())));
        let mut items = Vec::new();
        for lattice in &lattices {
            if let Some(grid) = Grid::new(lattice, &mut glyphs, &page.slanted, index, limits)? {
                items.push((grid.area.top, Item::Grid(grid)));
            }
        }
        let margins = (page.height * MARGIN, page.height * (1.0 - MARGIN));
        for grid in spaced::grids(&mut glyphs, margins, index, open, limits)? {
            items.push((grid.area.top, Item::Grid(grid)));
        }
        for line in text::lines(&glyphs, true) {
            items.push((line.base - line.size * 0.35, Item::Line(line)));
        }
        for picture in &page.pictures {
            if picture.width() >= PICTURE.0 && picture.height() >= PICTURE.1 {
                items.push((picture.top, Item::Picture));
            }
        }
        items.sort_by(|a, b| a.0.total_cmp(&b.0));
        Ok(Self { height: page.height, items })
    }

    fn is_margin(&self, y: Points) -> bool {
        y < self.height * MARGIN || y > self.height * (1.0 - MARGIN)
    }
}

/// The document of the pages.
pub(super) fn document(mut contents: Vec<Content>, limits: &Limits) -> Result<Document> {
    leave_out_furniture(&mut contents);
    let mut flow = Flow::new(&contents, limits);
    for (page, content) in contents.into_iter().enumerate() {
        for (at, (_, item)) in content.items.into_iter().enumerate() {
            match item {
                Item::Line(line) => flow.line(line, page)?,
                Item::Grid(grid) => flow.grid(grid, page, at == 0)?,
                Item::Picture => {
                    flow.end()?;
                    let location = Location { block: flow.block(), ..on_page(page) }.into();
                    flow.blocks.push(Block::Picture(location));
                }
            }
        }
    }
    flow.end()?;
    Ok(Document { blocks: flow.blocks, encoding: None })
}

/// Takes headers, footers and page numbers out: lines in the margins, beyond all tables,
/// that say the same on several pages, or count them.
fn leave_out_furniture(contents: &mut [Content]) {
    let pages = contents.len();
    // Lines by what they say without digits, and where.
    let mut alike: BTreeMap<(String, i64), Vec<usize>> = BTreeMap::new();
    let mut numbers: BTreeMap<i64, usize> = BTreeMap::new();
    let place = |y: Points| (y / 4.0).round() as i64;
    for (page, content) in contents.iter().enumerate() {
        for (y, line) in outer_lines(content) {
            for near in -1..=1 {
                let at = place(y) + near;
                let own = alike.entry((without_digits(&line.text), at)).or_default();
                if own.last() != Some(&page) {
                    own.push(page);
                }
            }
            if let Some(number) = page_number(&line.text) {
                *numbers.entry(number - page as i64).or_default() += 1;
            }
        }
    }
    let mut furniture: Vec<Vec<Points>> = Vec::with_capacity(pages);
    for (page, content) in contents.iter().enumerate() {
        let is_furniture = |y: Points, line: &Line| {
            let repeated = alike.get(&(without_digits(&line.text), place(y))).map_or(0, Vec::len);
            let counts = page_number(&line.text).is_some_and(|number| {
                let offset = number - page as i64;
                offset == 1 || numbers.get(&offset).is_some_and(|&count| count > 1)
            });
            counts || (repeated > 1 && repeated * 2 >= pages && page_number(&line.text).is_none())
        };
        furniture
            .push(outer_lines(content).filter(|(y, line)| is_furniture(*y, line)).map(|(y, _)| y).collect());
    }
    for (content, gone) in contents.iter_mut().zip(furniture) {
        content.items.retain(|(y, item)| !(matches!(item, Item::Line(_)) && gone.contains(y)));
    }
}

/// Lines in the margins with nothing but lines and pictures beyond them.
fn outer_lines(content: &Content) -> impl Iterator<Item = (Points, &Line)> {
    let line = |(y, item): &'_ (Points, Item)| match item {
        Item::Line(_) | Item::Picture => content.is_margin(*y),
        Item::Grid(_) => false,
    };
    let top = content.items.iter().take_while(move |item| line(item) && item.0 < content.height / 2.0);
    let bottom =
        content.items.iter().rev().take_while(move |item| line(item) && item.0 > content.height / 2.0);
    top.chain(bottom).filter_map(|(y, item)| match item {
        Item::Line(line) => Some((*y, line)),
        _ => None,
    })
}

fn without_digits(text: &str) -> String {
    fold(text).chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// The number of a line that only numbers its page: 3, — 3 —, 第3页 共10页, 3/10.
fn page_number(text: &str) -> Option<i64> {
    let folded = fold(text);
    let numbers: Vec<&str> =
        folded.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    let others = folded.chars().filter(|c| !c.is_ascii_digit());
    let plain = others.clone().count() <= 8 && others.clone().all(|c| "-~.第页共/,、()".contains(c));
    match numbers.as_slice() {
        [number] | [number, _] if plain && number.len() <= 4 => number.parse().ok(),
        _ => None,
    }
}

/// Blocks being made.
struct Flow<'a> {
    limits: &'a Limits,
    blocks: Vec<Block>,
    /// Lines of the open paragraph: its text, its first page, its last line.
    open: Option<(String, usize, Line, usize)>,
    /// The last table, and its last page, as long as nothing follows it.
    table: Option<(Grid, usize, usize)>,
    tables: u32,
    text_bytes: u64,
    /// Where lines of running text begin and end.
    left: Points,
    right: Points,
}

impl<'a> Flow<'a> {
    fn new(contents: &[Content], limits: &'a Limits) -> Self {
        let lines = || {
            contents.iter().flat_map(|content| &content.items).filter_map(|(_, item)| match item {
                Item::Line(line) => Some(line),
                _ => None,
            })
        };
        let widest = lines().map(|line| line.right - line.left).fold(0.0, Points::max);
        let long = || lines().filter(|line| line.right - line.left > widest * 0.8);
        let mut rights: Vec<Points> = long().map(|line| line.right).collect();
        rights.sort_by(Points::total_cmp);
        // Some lines end short of the margin, some let punctuation hang over it.
        let right = rights.get(rights.len() / 2).copied().unwrap_or(0.0);
        // Of long lines; a single one may stand anywhere, as a title does.
        let of_long = long().map(|line| line.left).fold(Points::INFINITY, Points::min);
        let of_all = lines().map(|line| line.left).fold(Points::INFINITY, Points::min);
        let left = if rights.len() > 1 { of_long } else { of_all };
        Self { limits, blocks: Vec::new(), open: None, table: None, tables: 0, text_bytes: 0, left, right }
    }

    fn block(&self) -> Option<u32> {
        u32::try_from(self.blocks.len() + 1).ok()
    }

    fn line(&mut self, line: Line, page: usize) -> Result<()> {
        self.end_table()?;
        self.text_bytes += line.text.len() as u64;
        if self.text_bytes > self.limits.text_bytes {
            return Err(Error::limit("text_bytes", self.limits.text_bytes));
        }
        let goes_on =
            self.open.as_ref().is_some_and(|(_, _, last, own)| self.goes_on(last, &line, *own == page));
        match &mut self.open {
            Some((text, _, last, own)) if goes_on => {
                let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
                if word(text.chars().last()) && word(line.text.chars().next()) {
                    text.push(' ');
                }
                text.push_str(&line.text);
                (*last, *own) = (line, page);
            }
            _ => {
                self.end_paragraph();
                self.open = Some((line.text.clone(), page, line, page));
            }
        }
        Ok(())
    }

    /// Whether the second line goes on with the paragraph of the first: the first is full,
    /// so that the beginning of the second had no room in it.
    fn goes_on(&self, first: &Line, second: &Line, same_page: bool) -> bool {
        let em = first.size;
        let alike = (second.size - em).abs() <= em * 0.15;
        let near = !same_page || (second.base - first.base > 0.0 && second.base - first.base <= em * 2.6);
        let full = first.right + second.head > self.right - em * 0.3;
        let indented = |line: &Line| line.left > self.left + em;
        // Further in than the first line of a paragraph stand titles and signatures.
        let begins = second.left > first.left + em * 0.3
            || first.left > self.left + em * 4.5
            || (indented(first) && indented(second) && (first.left - second.left).abs() <= em * 0.3);
        alike && near && full && !begins
    }

    fn grid(&mut self, grid: Grid, page: usize, leads: bool) -> Result<()> {
        if self.open.is_none()
            && let Some((table, last, _)) = &mut self.table
            && leads
            && *last + 1 == page
            && table.continues_in(&grid)
        {
            table.append(grid);
            *last = page;
            return Ok(());
        }
        self.end()?;
        self.tables += 1;
        if u64::from(self.tables) > self.limits.tables {
            return Err(Error::limit("tables", self.limits.tables));
        }
        self.table = Some((grid, page, page));
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        self.end_paragraph();
        self.end_table()
    }

    fn end_paragraph(&mut self) {
        if let Some((text, page, ..)) = self.open.take() {
            let location = Location { block: self.block(), ..on_page(page) }.into();
            self.blocks.push(Block::Paragraph(Paragraph {
                text: text.into(),
                location,
                ..Paragraph::default()
            }));
        }
    }

    fn end_table(&mut self) -> Result<()> {
        if let Some((grid, _, first)) = self.table.take() {
            let place = Location { block: self.block(), table: Some(self.tables), ..on_page(first) };
            self.blocks.push(Block::Table(Box::new(grid.finish(&place, self.limits)?)));
        }
        Ok(())
    }
}
