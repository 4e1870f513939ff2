//! The text in one pass: paragraphs by their marks, tables by their depth, and the text
//! boxes where they are anchored ([MS-DOC] 2.4.2 to 2.4.5).

use std::collections::BTreeMap;

use super::drawing::{self, Shape};
use super::fib::{Fib, Part};
use super::fields::Fields;
use super::pieces::Text;
use super::properties::{Characters, Properties, Row};
use super::{Streams, damaged, lists};
use crate::container::ole::u32_at;
use crate::document::{Block, Blocks, Document, Geometry, Paragraph, numbering};
use crate::error::{Error, Result};
use crate::format::Context;
use crate::format::word::{
    self, CellProperties, Join, Notes, Numbering, OpenCell, OpenTable, RowProperties, grid,
};
use crate::location::Location;
use crate::options::{Items, Limits};

/// [MS-DOC] 2.4.1: characters that stand for something else.
const PICTURE: u16 = 0x01;
const CELL_MARK: u16 = 0x07;
const DRAWING: u16 = 0x08;
const LINE_BREAK: u16 = 0x0b;
const PAGE_BREAK: u16 = 0x0c;
const PARAGRAPH_MARK: u16 = 0x0d;
const COLUMN_BREAK: u16 = 0x0e;
const NO_BREAK_HYPHEN: u16 = 0x1e;
const SYMBOL: u16 = 0x28;
/// Begin and end of a content control.
const TAG_BEGIN: u16 = 0x3c;
const TAG_END: u16 = 0x3e;

/// What a paragraph ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    Itself,
    Cell,
    Row,
}

/// A paragraph of the file, by its positions.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    start: u32,
    /// Of its mark.
    mark: u32,
    depth: u32,
    ends: Ends,
}

/// A paragraph being read.
#[derive(Debug)]
struct OpenParagraph {
    text: String,
    location: Location,
    list: Option<u16>,
    level: Option<u8>,
    outline: Option<u8>,
    /// A page or column break, which is a line break only between texts.
    broken: bool,
    /// Its mark is deleted or hidden: the next paragraph goes on in the same line.
    carried: bool,
    /// Pictures and text boxes, to follow it.
    anchored: Vec<Block>,
}

/// A text box: the number of its shape, and its text.
#[derive(Debug, Clone, Copy)]
struct TextBox {
    shape: u32,
    start: u32,
    end: u32,
    read: bool,
}

pub(super) struct Body<'a, 'c> {
    text: &'a Text<'a>,
    properties: &'a Properties<'a>,
    fields: Fields,
    lists: Numbering,
    limits: &'c Limits,
    items: Items,
    notes: Notes<'c>,
    /// Ends of sections, in order.
    sections: Vec<u32>,
    /// Where shapes are anchored, and their numbers.
    anchors: Vec<(u32, u32)>,
    shapes: BTreeMap<u32, Shape>,
    boxes: Vec<TextBox>,
    boxes_by_shape: BTreeMap<u32, Vec<usize>>,
    place: Location,
    block: u32,
    table: u32,
    /// Tables open around the place.
    depth: u64,
    /// The text is covered by another cell.
    covered: bool,
    text_bytes: u64,
}

impl<'a, 'c> Body<'a, 'c> {
    pub(super) fn new(
        streams: &Streams,
        fib: &Fib,
        text: &'a Text<'a>,
        properties: &'a Properties<'a>,
        context: &'c mut Context<'_>,
    ) -> Result<Self> {
        if fib.before_boxes.saturating_add(fib.boxes) > text.len() {
            return Err(damaged("it counts more characters than its pieces have"));
        }
        let part = |part| fib.part(part, &streams.table);
        let sections = part(Part::Sections)?;
        let sections =
            (1..=sections.len().saturating_sub(4) / 16).filter_map(|n| u32_at(sections, n * 4)).collect();
        // The lists' levels follow them, and are not counted in the size of the part.
        let lists = if part(Part::Lists)?.is_empty() { &[] } else { fib.from(Part::Lists, &streams.table) };
        let lists = lists::read(lists, part(Part::ListOverrides)?)?;
        let boxes = text_boxes(part(Part::TextBoxes)?, fib);
        let mut boxes_by_shape: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (n, text_box) in boxes.iter().enumerate() {
            boxes_by_shape.entry(text_box.shape).or_default().push(n);
        }
        Ok(Self {
            text,
            properties,
            fields: Fields::default(),
            lists,
            limits: context.limits,
            items: context.items.clone(),
            notes: Notes::new(context.findings),
            sections,
            anchors: plc(part(Part::ShapeAnchors)?, 26, 0).map(|(at, _, shape)| (at, shape)).collect(),
            shapes: drawing::shapes(part(Part::Drawings)?),
            boxes,
            boxes_by_shape,
            place: Location::default(),
            block: 0,
            table: 0,
            depth: 0,
            covered: false,
            text_bytes: 0,
        })
    }

    pub(super) fn read(mut self, fib: &Fib) -> Result<Document> {
        let mut blocks = self.story(0, fib.text)?;
        // What hangs on no shape that is known still was printed.
        for n in 0..self.boxes.len() {
            blocks.extend(self.text_box(n)?);
        }
        self.notes.finish();
        let document = Document { blocks, encoding: None };
        if word::is_empty(&document) {
            return Err(Error::input("empty", "文档没有正文内容", "the document has no content"));
        }
        Ok(document)
    }

    /// The blocks of a part of the text that stands by itself.
    fn story(&mut self, start: u32, end: u32) -> Result<Vec<Block>> {
        let (text, properties) = (self.text, self.properties);
        let mut failed = None;
        let fields = Fields::of(text.units(start, end), start, |at, unit| {
            let ends = ends(text, properties, at, unit);
            ends.map_or_else(
                |error| {
                    failed.get_or_insert(error);
                    true
                },
                |(_, ends)| ends != Ends::Itself,
            )
        });
        if let Some(error) = failed {
            return Err(error);
        }
        let outer = std::mem::replace(&mut self.fields, fields);
        let stretches = self.stretches(start, end)?;
        let blocks = self.flow(&stretches, 0)?;
        self.fields = outer;
        Ok(blocks)
    }

    /// The paragraphs between two positions.
    fn stretches(&self, start: u32, end: u32) -> Result<Vec<Stretch>> {
        let mut stretches = Vec::new();
        let mut first = start;
        for (at, &unit) in (start..).zip(self.text.units(start, end)) {
            let marks = match unit {
                PARAGRAPH_MARK | CELL_MARK => true,
                PAGE_BREAK => self.sections.binary_search(&(at + 1)).is_ok(),
                _ => false,
            };
            if (marks && !self.fields.hides(at)) || at + 1 == end {
                let (depth, ends) = ends(self.text, self.properties, at, unit)?;
                // The last paragraph of a story cut short has no mark.
                stretches.push(Stretch { start: first, mark: if marks { at } else { end }, depth, ends });
                first = at + 1;
                if stretches.len() as u64 > self.limits.elements {
                    return Err(Error::limit("elements", self.limits.elements));
                }
            }
        }
        Ok(stretches)
    }

    /// Blocks of paragraphs that stand in `depth` tables or more.
    fn flow(&mut self, mut stretches: &[Stretch], depth: u32) -> Result<Vec<Block>> {
        let mut blocks = Vec::new();
        let mut open = None;
        while let Some((stretch, rest)) = stretches.split_first() {
            if stretch.depth <= depth {
                self.paragraph(stretch, &mut open, &mut blocks)?;
                stretches = rest;
                continue;
            }
            self.end_paragraph(&mut open, &mut blocks)?;
            let deeper = stretches.iter().take_while(|s| s.depth > depth).count();
            let (table, rest) = stretches.split_at(deeper);
            self.read_table(table, depth + 1, &mut blocks)?;
            stretches = rest;
        }
        self.end_paragraph(&mut open, &mut blocks)?;
        Ok(blocks)
    }

    fn paragraph(
        &mut self,
        stretch: &Stretch,
        open: &mut Option<OpenParagraph>,
        blocks: &mut Vec<Block>,
    ) -> Result<()> {
        let at = stretch.mark.min(self.text.len().saturating_sub(1));
        let own = self.properties.paragraph(self.text, at)?;
        let style = self.properties.style(own.style);
        let mark = self.properties.characters(self.text, at, style)?;
        self.notes.tracked |= own.tracked | mark.tracked;
        if !open.as_ref().is_some_and(|paragraph| paragraph.carried) {
            self.end_paragraph(open, blocks)?;
        }
        self.items.charge(1).map_err(|error| error.at(self.place.clone()))?;
        let paragraph = open.get_or_insert_with(|| {
            if self.depth == 0 {
                self.block += 1;
                self.place.block = Some(self.block);
            }
            OpenParagraph::new(self.place.clone())
        });
        paragraph.list = own.list.or(style.list);
        paragraph.level = own.level.or(style.level);
        paragraph.outline = own.outline.or(style.outline);
        paragraph.carried = false;
        if self.fields.opens(stretch.start, stretch.mark) {
            self.notes.warn(
                "DOC-FIELD-OPEN",
                &paragraph.location,
                "段落内的域没有结束，其中文字按正文读取",
                "a field is not closed in its paragraph; its text was read as printed",
            );
        }
        let mut from = stretch.start;
        while from < stretch.mark {
            let (begin, until) = self.fields.printed(from, stretch.mark);
            let mut at = begin;
            while at < until {
                let run = self.properties.characters(self.text, at, style)?;
                let end = run.end.min(until);
                self.run(at, end, &run, paragraph)?;
                at = end;
            }
            from = until;
        }
        let joins = self.text.unit(stretch.mark) == PARAGRAPH_MARK && stretch.ends == Ends::Itself;
        if joins && (mark.deleted || mark.look.hidden) {
            paragraph.carried = true;
            return Ok(());
        }
        self.end_paragraph(open, blocks)
    }

    /// Gives the blocks the open paragraph, if any, and what is anchored to it.
    fn end_paragraph(&mut self, open: &mut Option<OpenParagraph>, blocks: &mut Vec<Block>) -> Result<()> {
        let Some(open) = open.take() else { return Ok(()) };
        self.text_bytes += open.text.len() as u64;
        if self.text_bytes > self.limits.text_bytes {
            return Err(Error::limit("text_bytes", self.limits.text_bytes).at(open.location));
        }
        blocks.push(Block::Paragraph(Paragraph {
            numbering: numbering(self.number(&open)),
            text: open.text.into(),
            level: open.outline.filter(|&level| level < 9).map(|level| level + 1),
            gap: 0,
            location: open.location.into(),
        }));
        blocks.extend(open.anchored);
        Ok(())
    }

    fn number(&mut self, open: &OpenParagraph) -> Option<String> {
        // 0 is no list, and what is above names lists whose numbers are not shown.
        let list = open.list.filter(|list| (1..=0x07fe).contains(list))?;
        // What is not printed is not counted.
        if self.covered {
            return None;
        }
        let printed = self.lists.count(u32::from(list), open.level, None);
        self.notes.printed(printed, &open.location)
    }

    /// Adds characters with the same properties to the paragraph.
    fn run(&mut self, start: u32, end: u32, run: &Characters, paragraph: &mut OpenParagraph) -> Result<()> {
        self.notes.tracked |= run.tracked;
        if run.deleted {
            return Ok(());
        }
        // At most three bytes each.
        let mut text = String::with_capacity((end.saturating_sub(start) as usize * 3).min(4 << 10));
        for (at, c) in characters(start, self.text.units(start, end)) {
            let code = u16::try_from(u32::from(c)).unwrap_or(0);
            match code {
                PICTURE | DRAWING if run.special => {
                    if !run.look.hidden {
                        self.anchor(at, code, run.data, paragraph)?;
                    } else if code == DRAWING {
                        self.pass_boxes(at);
                    }
                }
                SYMBOL if run.symbol.is_some() => {
                    let symbol = run.symbol.map(u32::from).and_then(char::from_u32).filter(|&c| c > ' ');
                    text.push(symbol.unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                TAG_BEGIN | TAG_END if run.special => {}
                PAGE_BREAK | COLUMN_BREAK => {
                    if !run.look.hidden {
                        paragraph.push(&text, run);
                        text.clear();
                        paragraph.broken = true;
                    }
                }
                LINE_BREAK => text.push('\n'),
                NO_BREAK_HYPHEN => text.push('-'),
                0x09 => text.push('\t'),
                // White space where it should not be.
                0x0a => text.push(' '),
                // References to notes, optional hyphens, marks of fields.
                0x01..=0x1f => {}
                _ if c == '\0' => {}
                _ => text.push(c),
            }
        }
        if run.look.is_left_out() {
            if !text.trim().is_empty() {
                self.notes.hidden(&paragraph.location);
            }
            return Ok(());
        }
        paragraph.push(&text, run);
        Ok(())
    }

    /// What a character stands for that is a picture or a drawn object.
    fn anchor(&mut self, at: u32, code: u16, data: bool, paragraph: &mut OpenParagraph) -> Result<()> {
        let place = || paragraph.location.clone();
        if code == PICTURE {
            if !data {
                paragraph.anchored.push(Block::Picture(place().into()));
            }
            return Ok(());
        }
        let Some(number) = self.shape_at(at) else { return Ok(()) };
        if self.shapes.get(&number).is_some_and(|shape| shape.picture) {
            paragraph.anchored.push(Block::Picture(place().into()));
        }
        for n in self.boxes_of(number) {
            let blocks = self.text_box(n)?;
            paragraph.anchored.extend(blocks);
        }
        Ok(())
    }

    fn shape_at(&self, at: u32) -> Option<u32> {
        let index = self.anchors.binary_search_by_key(&at, |&(place, _)| place).ok()?;
        self.anchors.get(index).map(|&(_, shape)| shape)
    }

    /// The text boxes of a shape and its members, once.
    fn boxes_of(&mut self, number: u32) -> Vec<usize> {
        let members = self.shapes.get_mut(&number).map(|shape| std::mem::take(&mut shape.members));
        let numbers = std::iter::once(number).chain(members.unwrap_or_default());
        let mut found: Vec<usize> =
            numbers.filter_map(|n| self.boxes_by_shape.remove(&n)).flatten().collect();
        found.sort_unstable();
        found
    }

    /// Text boxes of a hidden shape are not printed.
    fn pass_boxes(&mut self, at: u32) {
        for n in self.shape_at(at).map_or_else(Vec::new, |number| self.boxes_of(number)) {
            if let Some(text_box) = self.boxes.get_mut(n) {
                text_box.read = true;
                let text = self.text.units(text_box.start, text_box.end);
                if text.iter().any(|&unit| unit > 0x20) {
                    self.notes.hidden(&self.place);
                }
            }
        }
    }

    /// The blocks of a text box, once.
    fn text_box(&mut self, n: usize) -> Result<Vec<Block>> {
        let Some(text_box) = self.boxes.get_mut(n).filter(|text_box| !text_box.read) else {
            return Ok(Vec::new());
        };
        text_box.read = true;
        let (start, end) = (text_box.start, text_box.end);
        self.story(start, end)
    }

    /// A table, or what is left of one, at that depth.
    fn read_table(&mut self, stretches: &[Stretch], depth: u32, blocks: &mut Vec<Block>) -> Result<()> {
        let ends_row = |s: &Stretch| s.depth == depth && s.ends == Ends::Row;
        let complete = stretches.iter().rposition(ends_row).map_or(0, |last| last + 1);
        let (table, rest) = stretches.split_at(complete);
        if !table.is_empty() {
            let rows = table.split_inclusive(ends_row).collect::<Vec<_>>();
            blocks.push(self.table(&rows, depth)?);
        }
        if !rest.is_empty() {
            self.notes.warn(
                "DOC-TABLE-OPEN",
                &self.place,
                "表格的行没有结束标记，其中文字按段落读取",
                "a table row has no end; its text was read as paragraphs",
            );
            blocks.extend(self.nested(rest, depth)?);
        }
        Ok(())
    }

    /// Paragraphs at that depth without a table around them.
    fn nested(&mut self, stretches: &[Stretch], depth: u32) -> Result<Vec<Block>> {
        if u64::from(depth) > self.limits.nested_tables || self.depth >= self.limits.nested_tables {
            return Err(Error::limit("nested_tables", self.limits.nested_tables).at(self.place.clone()));
        }
        self.flow(stretches, depth)
    }

    fn table(&mut self, rows: &[&[Stretch]], depth: u32) -> Result<Block> {
        if u64::from(depth) > self.limits.nested_tables || self.depth >= self.limits.nested_tables {
            return Err(Error::limit("nested_tables", self.limits.nested_tables).at(self.place.clone()));
        }
        if u64::from(self.table) >= self.limits.tables {
            return Err(Error::limit("tables", self.limits.tables).at(self.place.clone()));
        }
        let outside = self.place.clone();
        self.table += 1;
        if self.depth == 0 {
            self.block += 1;
            self.place.block = Some(self.block);
        }
        (self.place.table, self.place.row, self.place.column) = (Some(self.table), None, None);
        self.depth += 1;

        let rows = rows.iter().map(|row| self.row(row, depth)).collect::<Result<Vec<_>>>()?;
        let definitions: Vec<&Row> = rows.iter().map(|row| &row.definition).collect();
        let counts: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
        let complete = rows.iter().all(|row| !row.open);
        let (geometry, placed) =
            grid::settle(&definitions, &counts, complete, self.limits, &self.place, &mut self.notes);

        let mut open = OpenTable::new(self.place.clone(), outside, 0, self.limits, self.items.clone());
        for (row, placed) in rows.iter().zip(&placed) {
            self.notes.tracked |= row.definition.tracked;
            open.open_row();
            self.place.row = u32::try_from(open.row_number()).ok();
            let properties = RowProperties {
                before: placed.before as u64,
                after: placed.after as u64,
                deleted: row.deleted,
                tracked: row.deleted,
            };
            open.row_properties(properties, &self.place, self.limits, &mut self.notes);
            let mut cells = row.cells.iter();
            for own in &placed.cells {
                self.place.column = u32::try_from(open.column_number()).ok();
                let mut cell = OpenCell::new(self.place.clone());
                let vertical = if geometry == Geometry::Grid { own.vertical } else { Join::None };
                let properties =
                    CellProperties { span: Some(own.span as u64), vertical, ..CellProperties::default() };
                open.cell_properties(&mut cell, properties, self.limits, &mut self.notes);
                let covered = cell.covered || row.deleted;
                let blocks = cells.next().map(|content| self.cell(content, depth, covered)).transpose()?;
                for merged in cells.by_ref().take(own.merged) {
                    let blocks = self.cell(merged, depth, true)?;
                    word::note_covered(&cell.location, &blocks, &mut self.notes);
                }
                open.close_cell(cell, Blocks::take(&mut blocks.unwrap_or_default()));
            }
            self.place.column = None;
            open.close_row(&mut self.notes)?;
            self.place.row = None;
        }
        self.depth -= 1;
        self.place = open.outside.location();
        let mut table = open.finish();
        table.geometry = geometry;
        Ok(Block::Table(Box::new(table)))
    }

    /// Splits a row into its cells.
    fn row<'s>(&self, row: &'s [Stretch], depth: u32) -> Result<OpenRow<'s>> {
        let Some((end, content)) = row.split_last() else { return Ok(OpenRow::default()) };
        let mark = self.properties.characters(self.text, end.mark, self.properties.style(0))?;
        let ends_cell = |s: &Stretch| s.depth == depth && s.ends == Ends::Cell;
        let complete = content.iter().rposition(ends_cell).map_or(0, |last| last + 1);
        let (content, rest) = content.split_at(complete);
        let mut cells: Vec<&[Stretch]> = Vec::new();
        if !content.is_empty() {
            cells.extend(content.split_inclusive(ends_cell));
        }
        // Text between the last cell and the end of its row has no cell of its own.
        let open = !rest.is_empty() || end.start != end.mark;
        if open {
            let at = row.len() - rest.len() - 1;
            cells.extend(row.get(at..));
        }
        Ok(OpenRow {
            definition: self.properties.row(self.text, end.mark)?,
            cells,
            deleted: mark.deleted,
            open,
        })
    }

    fn cell(&mut self, content: &[Stretch], depth: u32, covered: bool) -> Result<Vec<Block>> {
        let outer = self.covered;
        self.covered |= covered;
        let blocks = self.flow(content, depth);
        self.covered = outer;
        blocks
    }
}

/// A row of the file.
#[derive(Debug, Default)]
struct OpenRow<'s> {
    definition: Row,
    cells: Vec<&'s [Stretch]>,
    deleted: bool,
    /// It ends with text that belongs to no cell.
    open: bool,
}

impl OpenParagraph {
    fn new(location: Location) -> Self {
        Self {
            text: String::with_capacity(48),
            location,
            list: None,
            level: None,
            outline: None,
            broken: false,
            carried: false,
            anchored: Vec::new(),
        }
    }

    fn push(&mut self, text: &str, run: &Characters) {
        if text.is_empty() {
            return;
        }
        // Writes the line break that waited for text after it.
        if std::mem::take(&mut self.broken) && !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&run.look.raised.apply(text));
    }
}

/// The characters of UTF-16, each with the position of its first unit.
fn characters(start: u32, units: &[u16]) -> impl Iterator<Item = (u32, char)> {
    let mut at = start;
    char::decode_utf16(units.iter().copied()).map(move |c| {
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        let here = at;
        at = at.saturating_add(if u32::from(c) > 0xffff { 2 } else { 1 });
        (here, c)
    })
}

/// How deep in tables a mark stands, and what it ends ([MS-DOC] 2.4.3).
fn ends(text: &Text<'_>, properties: &Properties<'_>, at: u32, unit: u16) -> Result<(u32, Ends)> {
    let own = properties.paragraph(text, at)?;
    let depth = own.depth();
    let ends = match unit {
        CELL_MARK if depth > 0 => {
            if own.row_end {
                Ends::Row
            } else {
                Ends::Cell
            }
        }
        PARAGRAPH_MARK if depth > 1 && own.inner_row_end => Ends::Row,
        PARAGRAPH_MARK if depth > 1 && own.inner_cell_end => Ends::Cell,
        _ => Ends::Itself,
    };
    Ok((depth, ends))
}

/// The entries of a table of positions: begin, end, and the number at an offset of the
/// entry ([MS-DOC] 2.2.2).
fn plc(part: &[u8], size: usize, offset: usize) -> impl Iterator<Item = (u32, u32, u32)> {
    let count = part.len().saturating_sub(4) / (4 + size);
    (0..count).filter_map(move |n| {
        let entry = (count + 1) * 4 + n * size;
        Some((u32_at(part, n * 4)?, u32_at(part, n * 4 + 4)?, u32_at(part, entry + offset)?))
    })
}

/// [MS-DOC] 2.8.32, 2.9.106. The last entry is no text box.
fn text_boxes(part: &[u8], fib: &Fib) -> Vec<TextBox> {
    let reusable = plc(part, 22, 8);
    let mut boxes: Vec<TextBox> = plc(part, 22, 14)
        .zip(reusable)
        .filter(|((start, end, _), (.., flags))| flags & 1 == 0 && start < end && *end <= fib.boxes)
        .map(|((start, end, shape), _)| TextBox {
            shape,
            start: fib.before_boxes.saturating_add(start),
            end: fib.before_boxes.saturating_add(end),
            read: false,
        })
        .collect();
    boxes.pop();
    boxes
}
