//! The main part: one pass over its tokens, without a tree.
//!
//! What an element is for is decided when it opens and kept on a stack, so that its
//! end needs no second look. Unknown elements are walked through; only what is known
//! to hold no printed text is passed over.

mod roles;

use std::sync::Arc;

use super::Ns;
use super::flow::Flow;
use super::properties::{self, Told};
use super::styles::Styles;
use crate::container::xml::{Step, XmlReader, is_legal};
use crate::document::{Block, Blocks, Document, Paragraph, Place, numbering};
use crate::error::{Error, Result};
use crate::format::Context;
use crate::format::word::{self, Look, Notes, Numbering, OpenCell, OpenTable, Raised};
use crate::options::{Items, Limits};

/// What an open element is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Walked through.
    Through,
    /// Nothing in it is printed.
    Skip,
    Paragraph,
    Run,
    Text {
        preserve: bool,
    },
    Table,
    Row,
    Cell,
    TextBox,
    /// A drawing, picture or object.
    Graphic,
    Alternatives,
    /// Properties, to be read where they stand.
    RunProperties,
    ParagraphProperties,
    RowProperties,
    CellProperties,
}

/// Kinds of properties, as [`XmlReader::pass_plain`] keeps them apart.
const RUN: usize = 0;
const PARAGRAPH: usize = 1;
const ROW: usize = 2;
const CELL: usize = 3;

pub(super) struct Body<'a, 'c> {
    xml: XmlReader<'a, Ns>,
    styles: &'a Styles,
    /// Whether any style matters.
    styled: bool,
    lists: Numbering,
    limits: &'c Limits,
    items: Items,
    notes: Notes<'c>,
    roles: Vec<Role>,
    /// The body, and the cells and text boxes open in it; never empty.
    #[expect(clippy::vec_box, reason = "flows are large, and go from one list to the other")]
    flows: Vec<Box<Flow>>,
    /// Flows that were closed, whose room the next ones take.
    #[expect(clippy::vec_box, reason = "the same")]
    spare: Vec<Box<Flow>>,
    tables: Vec<OpenTable>,
    /// Whether a branch was taken in each open `mc:AlternateContent`.
    taken: Vec<bool>,
    /// Of the open run, and of the runs it is nested in.
    look: Look,
    looks: Vec<Look>,
    in_text: bool,
    place: Place,
    block: u32,
    table: u32,
    text_bytes: u64,
}

impl<'a, 'c> Body<'a, 'c> {
    pub(super) fn new(
        text: &'a [u8],
        part: Arc<str>,
        styles: &'a Styles,
        lists: Numbering,
        context: &'c mut Context<'_>,
    ) -> Self {
        Self {
            xml: XmlReader::new(text, context.limits),
            styles,
            styled: styles.matter(),
            lists,
            limits: context.limits,
            items: context.items.clone(),
            notes: Notes::new(context.findings),
            roles: Vec::with_capacity(32),
            flows: vec![Box::default()],
            spare: Vec::new(),
            tables: Vec::new(),
            taken: Vec::new(),
            look: Look::PLAIN,
            looks: Vec::new(),
            in_text: false,
            place: Place::of_part(part),
            block: 0,
            table: 0,
            text_bytes: 0,
        }
    }

    pub(super) fn read(mut self) -> Result<Document> {
        loop {
            match self.xml.step()? {
                Step::Text(text) => {
                    if self.in_text {
                        self.text(text)?;
                    }
                }
                Step::Open => match self.role()? {
                    Role::Skip => self.xml.skip()?,
                    Role::RunProperties => self.properties(RUN)?,
                    Role::ParagraphProperties => self.properties(PARAGRAPH)?,
                    Role::RowProperties => self.properties(ROW)?,
                    Role::CellProperties => self.properties(CELL)?,
                    // Nearly always the properties come next, and are those seen before.
                    Role::Run => {
                        self.open_run();
                        self.roles.push(Role::Run);
                        self.xml.pass_repeated(RUN);
                    }
                    Role::Text { preserve } => {
                        self.open_text();
                        match self.xml.pass_text() {
                            Some(text) => {
                                if !text.is_empty() {
                                    self.text(text)?;
                                }
                                self.close_text(preserve);
                            }
                            None => self.roles.push(Role::Text { preserve }),
                        }
                    }
                    role => {
                        self.open(role)?;
                        self.roles.push(role);
                        match role {
                            Role::Paragraph => self.xml.pass_repeated(PARAGRAPH),
                            Role::Row => self.xml.pass_repeated(ROW),
                            Role::Cell => self.xml.pass_repeated(CELL),
                            _ => {}
                        }
                    }
                },
                Step::Empty => {
                    let role = self.role()?;
                    if role != Role::Through {
                        self.open(role)?;
                        self.close(role)?;
                    }
                }
                Step::Close => match self.roles.pop().unwrap_or(Role::Through) {
                    Role::Through => {}
                    Role::Run => self.close_run(),
                    role => self.close(role)?,
                },
                Step::Char(c) => {
                    if !is_legal(c) {
                        return Err(self.xml.malformed("a character XML does not allow"));
                    }
                    if self.in_text {
                        self.text(c.encode_utf8(&mut [0; 4]))?;
                    }
                }
                Step::End => return self.finish(),
            }
        }
    }

    fn finish(mut self) -> Result<Document> {
        self.end_paragraph()?;
        let blocks = self.flow().blocks.split_off(0);
        self.notes.finish();
        let document = Document { blocks, encoding: None };
        if word::is_empty(&document) {
            return Err(Error::input("empty", "文档没有正文内容", "the document has no content"));
        }
        Ok(document)
    }

    /// One thing more to be held.
    fn charge(&self) -> Result<()> {
        self.items.charge(1).map_err(|error| error.at(self.place.location()))
    }

    #[inline(always)]
    fn flow(&mut self) -> &mut Flow {
        if self.flows.is_empty() {
            self.begin_flow();
        }
        let last = self.flows.len() - 1;
        #[allow(clippy::indexing_slicing, reason = "filled above")]
        &mut self.flows[last]
    }

    /// Apart, so that what nearly always is does not pay for it.
    #[cold]
    fn begin_flow(&mut self) {
        self.flows.push(Box::default());
    }

    fn new_flow(&mut self) -> Box<Flow> {
        self.spare.pop().unwrap_or_default()
    }

    /// A flow that was closed and emptied.
    fn spare(&mut self, mut flow: Box<Flow>) {
        flow.clear();
        self.spare.push(flow);
    }

    fn open_run(&mut self) {
        self.looks.push(self.look);
        self.look = match self.flow().paragraph() {
            Some(paragraph) => paragraph.look,
            None => self.default_look(),
        };
    }

    fn close_run(&mut self) {
        self.look = self.looks.pop().unwrap_or(Look::PLAIN);
    }

    fn open_text(&mut self) {
        self.in_text = true;
        if let Some(paragraph) = self.flow().paragraph_mut() {
            paragraph.piece = paragraph.text.len();
        }
    }

    fn close_text(&mut self, preserve: bool) {
        self.in_text = false;
        let raised = self.look.raised;
        if let Some(paragraph) = self.flow().paragraph_mut() {
            paragraph.end_piece(preserve, raised);
        }
    }

    fn open(&mut self, role: Role) -> Result<()> {
        match role {
            Role::Run => self.open_run(),
            Role::Text { .. } => self.open_text(),
            Role::Paragraph => self.open_paragraph()?,
            Role::Table => self.open_table()?,
            Role::Row => {
                let flows = self.flows.len();
                if let Some(table) = self.tables.last_mut()
                    && table.flows == flows
                    && !table.in_row()
                {
                    table.open_row();
                    self.place.set_row(u32::try_from(table.row_number()).ok());
                }
            }
            Role::Cell => {
                self.charge()?;
                let mut flow = self.new_flow();
                if let Some(table) = self.tables.last()
                    && table.flows == self.flows.len()
                    && table.in_row()
                {
                    self.place.set_column(u32::try_from(table.column_number()).ok());
                    flow.cell = Some(OpenCell::new(self.place.clone()));
                }
                self.flows.push(flow);
            }
            Role::TextBox => {
                let mut flow = self.new_flow();
                flow.hidden = self.look.hidden;
                self.flows.push(flow);
            }
            Role::Graphic => self.flow().picture = false,
            Role::Alternatives => self.taken.push(false),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, role: Role) -> Result<()> {
        match role {
            Role::Run => self.close_run(),
            Role::Text { preserve } => self.close_text(preserve),
            Role::Paragraph => self.close_paragraph()?,
            Role::Table => {
                self.end_paragraph()?;
                self.close_row()?;
                if let Some(table) = self.tables.pop() {
                    self.place = table.outside.clone();
                    let block = Block::Table(Box::new(table.finish()));
                    self.flow().blocks.push(block);
                }
            }
            Role::Row => self.close_row()?,
            Role::Cell => {
                self.end_paragraph()?;
                let Some(mut flow) = self.flows.pop() else { return Ok(()) };
                self.place.set_column(None);
                match (flow.cell.take(), self.tables.last_mut()) {
                    (Some(cell), Some(table)) => table.close_cell(cell, Blocks::take(&mut flow.blocks)),
                    // A cell outside a row: its blocks stand where it stood.
                    _ => self.flow().blocks.append(&mut flow.blocks),
                }
                self.spare(flow);
            }
            Role::TextBox => {
                self.end_paragraph()?;
                let Some(mut flow) = self.flows.pop() else { return Ok(()) };
                if !flow.hidden {
                    self.flow().anchored.append(&mut flow.blocks);
                } else if word::has_text(&flow.blocks) {
                    self.notes.hidden(&self.place.location());
                }
                self.spare(flow);
            }
            Role::Graphic => {
                let place = self.place.clone();
                let hidden = self.look.hidden;
                let flow = self.flow();
                if std::mem::take(&mut flow.picture) && !hidden {
                    let place = flow.paragraph().map_or(place, |p| p.location.clone());
                    flow.anchored.push(Block::Picture(place));
                }
            }
            Role::Alternatives => {
                self.taken.pop();
            }
            _ => {}
        }
        Ok(())
    }

    fn close_row(&mut self) -> Result<()> {
        let flows = self.flows.len();
        if let Some(table) = self.tables.last_mut()
            && table.flows == flows
        {
            table.close_row(&mut self.notes)?;
            self.place.set_row(None);
        }
        Ok(())
    }

    fn open_table(&mut self) -> Result<()> {
        self.end_paragraph()?;
        if self.tables.len() as u64 >= self.limits.nested_tables {
            return Err(Error::limit("nested_tables", self.limits.nested_tables).at(self.place.location()));
        }
        if u64::from(self.table) >= self.limits.tables {
            return Err(Error::limit("tables", self.limits.tables).at(self.place.location()));
        }
        let outside = self.place.clone();
        self.table += 1;
        if self.tables.is_empty() {
            self.block += 1;
            self.place.set_block(Some(self.block));
        }
        self.place.set_table(Some(self.table));
        self.place.set_row(None);
        self.place.set_column(None);
        self.tables.push(OpenTable::new(
            self.place.clone(),
            outside,
            self.flows.len(),
            self.limits,
            self.items.clone(),
        ));
        Ok(())
    }

    fn open_paragraph(&mut self) -> Result<()> {
        if let Some(paragraph) = self.flow().paragraph_mut()
            && paragraph.carried
        {
            paragraph.carried = false;
            paragraph.unmarked = false;
        } else {
            self.end_paragraph()?;
            self.begin_paragraph();
        }
        let (styles, look) = (self.styles, self.default_look());
        if let Some(paragraph) = self.flow().paragraph_mut() {
            paragraph.dress(styles.paragraph(None), look);
        }
        Ok(())
    }

    fn begin_paragraph(&mut self) {
        if self.tables.is_empty() {
            self.block += 1;
            self.place.set_block(Some(self.block));
        }
        let place = self.place.clone();
        self.flow().begin_paragraph(place);
    }

    fn close_paragraph(&mut self) -> Result<()> {
        match self.flow().paragraph_mut() {
            Some(paragraph) if paragraph.unmarked => {
                paragraph.carried = true;
                Ok(())
            }
            _ => self.end_paragraph(),
        }
    }

    /// Gives the flow its open paragraph, if any, and what is anchored to it.
    fn end_paragraph(&mut self) -> Result<()> {
        let Some(flow) = self.flows.last_mut() else { return Ok(()) };
        let doubtful = flow.fields_at_paragraph_end();
        if let Some(open) = flow.end_paragraph() {
            if doubtful {
                self.notes.warn(
                    "DOC-FIELD-OPEN",
                    &open.location.location(),
                    "段落内的域没有结束，其中文字按正文读取",
                    "a field is not closed in its paragraph; its text was read as printed",
                );
            }
            self.text_bytes += open.text.len() as u64;
            self.items.charge(1).map_err(|error| error.at(self.place.location()))?;
            if self.text_bytes > self.limits.text_bytes {
                let error = Error::limit("text_bytes", self.limits.text_bytes);
                return Err(error.at(open.location.location()));
            }
            let mut paragraph = Paragraph {
                text: open.text.as_str().into(),
                numbering: None,
                level: open.outline.filter(|&l| l < 9).map(|l| l + 1),
                gap: 0,
                location: std::mem::take(&mut open.location),
            };
            if let Some(list) = open.list.filter(|&list| list != 0) {
                let (level, style) = (open.list_level, open.list_style.take());
                paragraph.numbering = numbering(self.number(list, level, style, &paragraph.location));
            }
            self.flow().blocks.push(Block::Paragraph(paragraph));
        }
        let flow = self.flow();
        flow.blocks.append(&mut flow.anchored);
        Ok(())
    }

    #[cold]
    fn number(
        &mut self,
        list: u32,
        level: Option<u8>,
        style: Option<String>,
        place: &Place,
    ) -> Option<String> {
        // What is not printed is not counted.
        let unseen = self.flows.iter().any(|f| f.hidden || f.cell.as_ref().is_some_and(|c| c.covered));
        if unseen || self.tables.iter().any(OpenTable::row_is_deleted) {
            return None;
        }
        let printed = self.lists.count(list, level, style.as_deref());
        self.notes.printed(printed, &place.location())
    }

    fn properties(&mut self, kind: usize) -> Result<()> {
        let styled = self.styled;
        let told = self.xml.pass_plain(kind, |name| properties::tells(name, styled));
        match kind {
            // Most are about looks alone; then the end tag is next.
            _ if matches!(told, Some([None, ..])) => {
                self.roles.push(Role::Through);
                Ok(())
            }
            RUN => self.run_properties(told),
            PARAGRAPH => self.paragraph_properties(told),
            ROW => self.row_properties(told),
            _ => self.cell_properties(told),
        }
    }

    fn paragraph_properties(&mut self, told: Told<'a>) -> Result<()> {
        let own = properties::paragraph(&mut self.xml, told)?;
        self.notes.tracked |= own.tracked | own.mark.tracked;
        let style = self.styles.paragraph(own.style.as_deref());
        let look = self.paragraph_look(style);
        let mark = self.run_look(look, &own.mark);
        let Some(paragraph) = self.flow().paragraph_mut() else { return Ok(()) };
        paragraph.dress(style, look);
        if own.list.is_some() {
            paragraph.list = own.list;
            paragraph.list_style = None;
        }
        if own.level.is_some() {
            paragraph.list_level = own.level;
            paragraph.list_style = None;
        }
        paragraph.outline = own.outline.or(paragraph.outline);
        paragraph.unmarked = own.mark.deleted || mark.hidden;
        Ok(())
    }

    fn run_properties(&mut self, told: Told<'a>) -> Result<()> {
        let own = properties::run(&mut self.xml, told)?;
        self.notes.tracked |= own.tracked;
        let base = match self.flow().paragraph() {
            Some(paragraph) => paragraph.look,
            None => self.default_look(),
        };
        self.look = self.run_look(base, &own);
        Ok(())
    }

    fn row_properties(&mut self, told: Told<'a>) -> Result<()> {
        let row = properties::row(&mut self.xml, told)?;
        if let Some(table) = self.tables.last_mut() {
            table.row_properties(row, &self.place.location(), self.limits, &mut self.notes);
        }
        Ok(())
    }

    fn cell_properties(&mut self, told: Told<'a>) -> Result<()> {
        let own = properties::cell(&mut self.xml, told)?;
        if let Some(cell) = self.flows.last_mut().and_then(|f| f.cell.as_mut())
            && let Some(table) = self.tables.last()
        {
            table.cell_properties(cell, own, self.limits, &mut self.notes);
        }
        Ok(())
    }

    fn default_look(&self) -> Look {
        self.paragraph_look(self.styles.paragraph(None))
    }

    fn paragraph_look(&self, style: Option<&super::styles::Style>) -> Look {
        Look {
            hidden: self.styles.vanish || style.is_some_and(|s| s.vanish == Some(true)),
            struck: self.styles.struck || style.is_some_and(|s| s.struck == Some(true)),
            raised: style.and_then(|s| s.raised).or(self.styles.raised).unwrap_or(Raised::No),
        }
    }

    /// 17.7.3: what paragraph and character style both switch on is off again.
    fn run_look(&self, base: Look, own: &properties::Run) -> Look {
        let style = self.styles.character(own.style.as_deref());
        let vanish = style.is_some_and(|s| s.vanish == Some(true));
        let struck = style.is_some_and(|s| s.struck == Some(true));
        Look {
            hidden: own.vanish.unwrap_or(self.styles.vanish || (base.hidden ^ vanish)),
            struck: own.struck.unwrap_or(self.styles.struck || (base.struck ^ struck)),
            raised: own.raised.or(style.and_then(|s| s.raised)).unwrap_or(base.raised),
        }
    }

    /// Adds text as the open run shows it.
    fn text(&mut self, text: &str) -> Result<()> {
        if self.look.is_left_out() {
            if !text.trim().is_empty() {
                self.notes.hidden(&self.place.location());
            }
            return Ok(());
        }
        if self.flow().paragraph().is_none() {
            self.begin_paragraph();
        }
        let in_text = self.in_text;
        let xml = &self.xml;
        let Some(paragraph) = self.flows.last_mut().and_then(|f| f.paragraph_mut()) else { return Ok(()) };
        if paragraph.broken {
            paragraph.settle_break();
        }
        if !in_text || !has_controls(text.as_bytes()) {
            paragraph.text.push_str(text);
            return Ok(());
        }
        // Line ends inside `w:t` are white space; breaks have their own elements.
        for c in text.replace("\r\n", " ").chars() {
            match c {
                '\n' | '\r' => paragraph.text.push(' '),
                c if is_legal(c) => paragraph.text.push(c),
                _ => return Err(xml.malformed("a character XML does not allow")),
            }
        }
        Ok(())
    }
}

/// Whether there is a character below the space, asked of eight bytes at once: every text of
/// a document comes here.
#[inline(always)]
fn has_controls(text: &[u8]) -> bool {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    let (blocks, rest) = text.as_chunks();
    let any_below = |block: &[u8; 8]| {
        let bytes = u64::from_le_bytes(*block);
        bytes.wrapping_sub(EACH * 0x20) & !bytes & (EACH * 0x80) != 0
    };
    blocks.iter().any(any_below) || rest.iter().any(|&b| b < b' ')
}
