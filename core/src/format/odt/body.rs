//! The body: one pass over its tokens, without a tree.
//!
//! What an element is for is decided when it opens and kept on a stack. Unknown elements
//! are walked through; only what is known to hold no printed text is passed over.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::lists::Counters;
use super::styles::{Family, Styles};
use super::table::{OpenCell, OpenTable};
use super::{Ns, not_text};
use crate::container::xml::{Step, Tag, XmlReader, is_legal, is_space};
use crate::document::{Block, Document, Paragraph, Place, numbering};
use crate::error::{Error, Result};
use crate::format::Context;
use crate::format::word::{self, Look, Notes, Raised};
use crate::options::{Items, Limits};

/// What may still be held.
pub(super) struct Budget<'c> {
    pub(super) items: Items,
    text_bytes: u64,
    limits: &'c Limits,
}

impl Budget<'_> {
    pub(super) fn paragraph(&mut self, paragraph: &Paragraph) -> Result<()> {
        self.items.charge(1).map_err(|error| error.at(paragraph.location.location()))?;
        self.text_bytes = self.text_bytes.saturating_add(paragraph.text.len() as u64);
        if self.text_bytes > self.limits.text_bytes {
            return Err(Error::limit("text_bytes", self.limits.text_bytes).at(paragraph.location.location()));
        }
        Ok(())
    }
}

/// What an open element is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Walked through.
    Through,
    /// Nothing in it is printed.
    Skip,
    Paragraph,
    /// Text with a look of its own.
    Span,
    List,
    ListItem,
    Table,
    Row,
    Cell,
    /// A text box, or a shape with text.
    TextBox,
}

/// A paragraph being read.
#[derive(Debug)]
struct OpenParagraph {
    text: String,
    location: Place,
    level: Option<u8>,
    number: Option<Number>,
    /// A field in it says that it is hidden.
    hidden: bool,
    /// Its style says so, of what says nothing itself.
    unseen: bool,
    /// White space that follows is dropped (6.1.2).
    spaced: bool,
    /// The last character is such a space, and goes at the paragraph's end.
    loose: bool,
}

/// What numbers a paragraph, and the name of the list style.
#[derive(Debug, Clone)]
enum Number {
    Heading { at: usize },
    List { counters: usize, style: String, at: usize, start: Option<u32> },
}

#[derive(Debug)]
struct OpenList {
    /// The nearest list style, its own or that of the list around it.
    style: Option<String>,
    /// Which counters; nothing where it goes on with a list that is not there.
    counters: Option<usize>,
    item: Option<OpenItem>,
}

#[derive(Debug)]
struct OpenItem {
    /// A number waits for the first paragraph.
    waiting: bool,
    start: Option<u32>,
}

/// A flow of blocks being read: the body, a cell, a text box.
#[derive(Debug, Default)]
struct Flow {
    blocks: Vec<Block>,
    paragraph: Option<OpenParagraph>,
    /// To follow the paragraph they are anchored to.
    anchored: Vec<Block>,
    lists: Vec<OpenList>,
    /// The cell whose content this is.
    cell: Option<OpenCell>,
    /// The text box hangs in hidden text.
    hidden: bool,
    /// The look around it.
    look: Option<Look>,
}

pub(super) struct Body<'a, 'c> {
    xml: XmlReader<'a, Ns>,
    styles: &'a Styles,
    limits: &'c Limits,
    budget: Budget<'c>,
    notes: Notes<'c>,
    roles: Vec<Role>,
    /// The body, and the cells and text boxes open in it; never empty.
    flows: Vec<Flow>,
    tables: Vec<OpenTable>,
    look: Look,
    looks: Vec<Look>,
    counters: Vec<Counters>,
    headings: Counters,
    /// The counters of lists by `xml:id`.
    named: BTreeMap<String, usize>,
    /// The list at the outermost level that was closed last, and its style.
    before: Option<(usize, Option<String>)>,
    place: Place,
    block: u32,
    table: u32,
}

impl<'a, 'c> Body<'a, 'c> {
    pub(super) fn new(
        text: &'a [u8],
        part: Option<Arc<str>>,
        styles: &'a Styles,
        context: &'c mut Context<'_>,
    ) -> Self {
        Self {
            xml: XmlReader::new(text, context.limits),
            styles,
            limits: context.limits,
            budget: Budget { items: context.items.clone(), text_bytes: 0, limits: context.limits },
            notes: Notes::new(context.findings),
            roles: Vec::with_capacity(32),
            flows: vec![Flow::default()],
            tables: Vec::new(),
            look: Look::PLAIN,
            looks: Vec::new(),
            counters: Vec::new(),
            headings: Counters::default(),
            named: BTreeMap::new(),
            before: None,
            place: part.map_or_else(Place::default, Place::of_part),
            block: 0,
            table: 0,
        }
    }

    pub(super) fn read(mut self) -> Result<Document> {
        loop {
            let step = self.xml.step()?;
            let tag = self.xml.tag;
            match step {
                Step::Text(text) => self.text(text)?,
                Step::Char(c) => self.text(c.encode_utf8(&mut [0; 4]))?,
                Step::Open => match self.role(&tag, true)? {
                    Role::Skip => self.xml.skip()?,
                    role => {
                        self.open(role, &tag)?;
                        self.roles.push(role);
                    }
                },
                Step::Empty => match self.role(&tag, false)? {
                    Role::Skip | Role::Through => {}
                    role => {
                        self.open(role, &tag)?;
                        self.close(role)?;
                    }
                },
                Step::Close => {
                    let role = self.roles.pop().unwrap_or(Role::Through);
                    self.close(role)?;
                }
                Step::End => return self.finish(),
            }
        }
    }

    fn finish(mut self) -> Result<Document> {
        self.end_paragraph()?;
        let blocks = std::mem::take(&mut self.flow().blocks);
        self.notes.finish();
        let document = Document { blocks, encoding: None };
        if word::is_empty(&document) {
            return Err(Error::input("empty", "文档没有正文内容", "the document has no content"));
        }
        Ok(document)
    }

    fn flow(&mut self) -> &mut Flow {
        if self.flows.is_empty() {
            self.flows.push(Flow::default());
        }
        let last = self.flows.len() - 1;
        #[allow(clippy::indexing_slicing, reason = "filled above")]
        &mut self.flows[last]
    }

    fn role(&mut self, tag: &Tag<'a, Ns>, open: bool) -> Result<Role> {
        if self.roles.is_empty() {
            return match (tag.namespace, tag.local()) {
                (Ns::Office, "document-content" | "document") => Ok(Role::Through),
                (_, name) => Err(not_text(name)),
            };
        }
        match tag.namespace {
            Ns::Text => self.text_role(tag, open),
            Ns::Table => Ok(match tag.local() {
                "table" => Role::Table,
                "table-row" => Role::Row,
                "table-cell" | "covered-table-cell" => Role::Cell,
                "title" | "desc" | "table-source" => Role::Skip,
                _ => Role::Through,
            }),
            Ns::Draw => Ok(match tag.local() {
                "text-box" | "rect" | "line" | "polyline" | "polygon" | "regular-polygon" | "path"
                | "circle" | "ellipse" | "connector" | "caption" | "measure" | "custom-shape" => {
                    Role::TextBox
                }
                "image" | "object" | "object-ole" => {
                    self.picture();
                    Role::Skip
                }
                "applet" | "plugin" | "floating-frame" | "image-map" => Role::Skip,
                _ => Role::Through,
            }),
            Ns::Office => match tag.local() {
                name @ ("spreadsheet" | "presentation" | "drawing" | "chart" | "image" | "database") => {
                    Err(not_text(name))
                }
                "body" | "text" => Ok(Role::Through),
                // Comments, forms, settings, styles, data.
                _ => Ok(Role::Skip),
            },
            Ns::Svg | Ns::Math => Ok(Role::Skip),
            Ns::Style | Ns::Other => Ok(Role::Through),
        }
    }

    fn text_role(&mut self, tag: &Tag<'a, Ns>, open: bool) -> Result<Role> {
        let says = |xml: &XmlReader<'a, Ns>, name: &str, value: &str| -> Result<bool> {
            Ok(xml.attribute(tag, name)?.is_some_and(|own| own == value))
        };
        Ok(match tag.local() {
            "p" | "h" => Role::Paragraph,
            "span" | "a" => Role::Span,
            "s" => {
                let count = self.number(tag, "c")?.unwrap_or(1);
                self.spaces(count)?;
                Role::Skip
            }
            "tab" => self.character('\t').map(|()| Role::Skip)?,
            "line-break" => self.character('\n').map(|()| Role::Skip)?,
            "list" => Role::List,
            "list-item" | "list-header" => Role::ListItem,
            "tracked-changes" => {
                self.notes.tracked |= open;
                Role::Skip
            }
            "change" | "change-start" | "change-end" => {
                self.notes.tracked = true;
                Role::Skip
            }
            "hidden-paragraph" => {
                if says(&self.xml, "is-hidden", "true")?
                    && let Some(paragraph) = &mut self.flow().paragraph
                {
                    paragraph.hidden = true;
                }
                Role::Skip
            }
            "hidden-text" if says(&self.xml, "is-hidden", "true")? => self.hidden(),
            // 19.794: a section with a condition says whether it holds.
            "section" if says(&self.xml, "display", "none")? => self.hidden(),
            "section"
                if says(&self.xml, "display", "condition")? && says(&self.xml, "is-hidden", "true")? =>
            {
                self.hidden()
            }
            "note" | "ruby-text" | "number" | "script" | "meta-field-source" => Role::Skip,
            name if name.ends_with("-source") || name.ends_with("-decls") => Role::Skip,
            // Fields that set a variable and show nothing.
            _ if says(&self.xml, "display", "none")? => Role::Skip,
            _ => Role::Through,
        })
    }

    fn hidden(&mut self) -> Role {
        self.notes.hidden(&self.place.location());
        Role::Skip
    }

    fn picture(&mut self) {
        let (place, hidden) = (self.place.clone(), self.look.hidden);
        let flow = self.flow();
        if !hidden && !matches!(flow.anchored.last(), Some(Block::Picture(_))) {
            let place = flow.paragraph.as_ref().map_or(place, |p| p.location.clone());
            flow.anchored.push(Block::Picture(place));
        }
    }

    fn open(&mut self, role: Role, tag: &Tag<'a, Ns>) -> Result<()> {
        match role {
            Role::Paragraph => self.open_paragraph(tag),
            Role::Span => {
                let name = self.xml.attribute(tag, "style-name")?;
                let style = self.styles.get(Family::Text, name.as_deref());
                self.looks.push(self.look);
                self.look = Look {
                    hidden: style.and_then(|s| s.hidden).unwrap_or(self.look.hidden),
                    struck: style.and_then(|s| s.struck).unwrap_or(self.look.struck),
                    raised: style.and_then(|s| s.raised).unwrap_or(self.look.raised),
                };
                Ok(())
            }
            Role::List => self.open_list(tag),
            Role::ListItem => {
                let start = self.number(tag, "start-value")?.and_then(|start| u32::try_from(start).ok());
                let waiting = tag.local() == "list-item";
                if let Some(list) = self.flow().lists.last_mut() {
                    list.item = Some(OpenItem { waiting, start });
                }
                Ok(())
            }
            Role::Table => self.open_table(),
            Role::Row => {
                let repeated = self.number(tag, "number-rows-repeated")?.unwrap_or(1).max(1);
                let hidden = self
                    .xml
                    .attribute(tag, "visibility")?
                    .is_some_and(|v| matches!(v.as_ref(), "collapse" | "filter"));
                let flows = self.flows.len();
                if let Some(table) = self.tables.last_mut()
                    && table.flows == flows
                    && !table.in_row()
                {
                    table.open_row(usize::try_from(repeated).unwrap_or(usize::MAX), hidden);
                    self.place.set_row(u32::try_from(table.row_number()).ok());
                }
                Ok(())
            }
            Role::Cell => self.open_cell(tag),
            Role::TextBox => {
                let outer = std::mem::replace(&mut self.look, Look::PLAIN);
                self.flows.push(Flow { hidden: outer.hidden, look: Some(outer), ..Flow::default() });
                Ok(())
            }
            Role::Through | Role::Skip => Ok(()),
        }
    }

    fn close(&mut self, role: Role) -> Result<()> {
        match role {
            Role::Paragraph => {
                self.look = self.looks.pop().unwrap_or(Look::PLAIN);
                self.end_paragraph()?;
            }
            Role::Span => self.look = self.looks.pop().unwrap_or(Look::PLAIN),
            Role::List => {
                self.end_paragraph()?;
                let flow = self.flow();
                if let Some(list) = flow.lists.pop()
                    && flow.lists.is_empty()
                {
                    self.before = list.counters.map(|counters| (counters, list.style));
                }
            }
            Role::ListItem => {
                if let Some(list) = self.flow().lists.last_mut() {
                    list.item = None;
                }
            }
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
                let Some(flow) = self.flows.pop() else { return Ok(()) };
                self.look = flow.look.unwrap_or(Look::PLAIN);
                self.place.set_column(None);
                match (flow.cell, self.tables.last_mut()) {
                    (Some(cell), Some(table)) => {
                        table.close_cell(cell, flow.blocks, self.limits, &mut self.notes)?;
                    }
                    // A cell outside a row: its blocks stand where it stood.
                    _ => self.flow().blocks.extend(flow.blocks),
                }
            }
            Role::TextBox => {
                self.end_paragraph()?;
                let Some(flow) = self.flows.pop() else { return Ok(()) };
                self.look = flow.look.unwrap_or(Look::PLAIN);
                if !flow.hidden {
                    self.flow().anchored.extend(flow.blocks);
                } else if word::has_text(&flow.blocks) {
                    self.notes.hidden(&self.place.location());
                }
            }
            Role::Through | Role::Skip => {}
        }
        Ok(())
    }

    fn number(&self, tag: &Tag<'a, Ns>, name: &str) -> Result<Option<u64>> {
        let digits = self.xml.attribute(tag, name)?.map(|value| value.trim().to_owned());
        // What is too large for a number is too large for every limit.
        let parse = |value: String| match value.parse() {
            Err(_) if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) => Some(u64::MAX),
            parsed => parsed.ok(),
        };
        Ok(digits.and_then(parse))
    }

    fn open_cell(&mut self, tag: &Tag<'a, Ns>) -> Result<()> {
        self.budget.items.charge(1).map_err(|error| error.at(self.place.location()))?;
        let [columns, rows, repeated] =
            ["number-columns-spanned", "number-rows-spanned", "number-columns-repeated"]
                .map(|name| self.number(tag, name));
        let (columns, rows, repeated) = (columns?.unwrap_or(1), rows?.unwrap_or(1), repeated?.unwrap_or(1));
        let outer = std::mem::replace(&mut self.look, Look::PLAIN);
        let mut flow = Flow { blocks: Vec::with_capacity(1), look: Some(outer), ..Flow::default() };
        if let Some(table) = self.tables.last()
            && table.flows == self.flows.len()
            && table.in_row()
        {
            self.place.set_column(u32::try_from(table.column_number()).ok());
            let mut span = |n: u64| match n {
                0 | 1 => 1,
                _ => word::columns(n, &self.place.location(), self.limits, &mut self.notes).max(1),
            };
            flow.cell = Some(OpenCell {
                columns: span(columns),
                rows: span(rows),
                repeated: usize::try_from(repeated.max(1)).unwrap_or(usize::MAX),
                covered: tag.local() == "covered-table-cell",
                location: self.place.clone(),
            });
        }
        self.flows.push(flow);
        Ok(())
    }

    fn close_row(&mut self) -> Result<()> {
        let flows = self.flows.len();
        if let Some(table) = self.tables.last_mut()
            && table.flows == flows
        {
            table.close_row(&mut self.budget, &mut self.notes)?;
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
            self.budget.items.clone(),
        ));
        Ok(())
    }

    /// A list of the outermost level begins anew, unless it says that it goes on (5.3.1).
    fn open_list(&mut self, tag: &Tag<'a, Ns>) -> Result<()> {
        self.end_paragraph()?;
        let own = self.xml.attribute(tag, "style-name")?.map(|name| name.into_owned());
        let follows = self.xml.attribute(tag, "continue-list")?;
        let goes_on = self.xml.attribute(tag, "continue-numbering")?.is_some_and(|v| v == "true");
        let id = self.xml.raw_attribute(tag, "xml:id")?;
        self.budget.items.charge(1).map_err(|error| error.at(self.place.location()))?;
        let around = self.flow().lists.last().map(|list| (list.style.clone(), list.counters));
        let at = self.flow().lists.len();
        let style = own.or_else(|| around.as_ref().and_then(|(style, _)| style.clone()));
        let counters = match (around, follows) {
            (Some((_, counters)), _) => {
                if let Some(own) = counters.and_then(|i| self.counters.get_mut(i))
                    && !goes_on
                {
                    own.restart(at);
                }
                counters
            }
            (None, Some(id)) => self.named.get(id.as_ref()).copied(),
            (None, None) => match &self.before {
                Some((counters, before)) if goes_on && *before == style => Some(*counters),
                _ => {
                    self.counters.push(Counters::default());
                    Some(self.counters.len() - 1)
                }
            },
        };
        if let (Some(id), Some(counters)) = (id, counters) {
            self.named.insert(id, counters);
        }
        self.flow().lists.push(OpenList { style, counters, item: None });
        Ok(())
    }

    fn open_paragraph(&mut self, tag: &Tag<'a, Ns>) -> Result<()> {
        self.end_paragraph()?;
        let name = self.xml.attribute(tag, "style-name")?;
        let style = self.styles.get(Family::Paragraph, name.as_deref());
        let level = match tag.local() {
            "h" => Some(self.number(tag, "outline-level")?.unwrap_or(1)),
            _ => None,
        };
        let of_style = style.and_then(|s| s.list.clone()).filter(|list| !list.is_empty());
        let unnumbered = self.xml.attribute(tag, "is-list-header")?.is_some_and(|v| v == "true");
        self.looks.push(self.look);
        self.look = Look {
            hidden: style.and_then(|s| s.hidden).unwrap_or(self.look.hidden),
            struck: style.and_then(|s| s.struck).unwrap_or(false),
            raised: style.and_then(|s| s.raised).unwrap_or(Raised::No),
        };
        self.begin_paragraph();
        let flow = self.flow();
        let at = flow.lists.len();
        let number = match flow.lists.last_mut() {
            Some(list) => list.item.as_mut().filter(|item| item.waiting).and_then(|item| {
                item.waiting = false;
                Some(Number::List {
                    counters: list.counters?,
                    style: list.style.clone().or(of_style)?,
                    at: at.checked_sub(1)?,
                    start: item.start,
                })
            }),
            // 16.34: headings whose style has no list style of its own.
            None => level
                .filter(|_| of_style.is_none() && !unnumbered)
                .and_then(|level| Some(Number::Heading { at: usize::try_from(level).ok()?.checked_sub(1)? })),
        };
        if let Some(paragraph) = &mut flow.paragraph {
            paragraph.number = number;
            paragraph.level = level.and_then(|l| u8::try_from(l).ok()).filter(|l| (1..=9).contains(l));
        }
        Ok(())
    }

    fn begin_paragraph(&mut self) {
        if self.tables.is_empty() {
            self.block += 1;
            self.place.set_block(Some(self.block));
        }
        let (location, unseen) = (self.place.clone(), self.look.is_left_out());
        self.flow().paragraph = Some(OpenParagraph {
            text: String::with_capacity(48),
            location,
            level: None,
            number: None,
            hidden: false,
            unseen,
            spaced: true,
            loose: false,
        });
    }

    /// Gives the flow its open paragraph, if any, and what is anchored to it.
    fn end_paragraph(&mut self) -> Result<()> {
        let flow = self.flow();
        let mut anchored = std::mem::take(&mut flow.anchored);
        if let Some(mut open) = flow.paragraph.take() {
            if open.loose {
                open.text.pop();
            }
            if open.hidden {
                if !open.text.trim().is_empty() || word::has_text(&anchored) {
                    self.notes.hidden(&open.location.location());
                }
                anchored.clear();
            } else {
                // What is wholly hidden is not there, and is not counted.
                let unseen = open.unseen && open.text.is_empty();
                let number = open.number.take().filter(|_| !unseen);
                let number = number.and_then(|number| self.count(number, &open.location));
                let paragraph = Paragraph {
                    text: open.text.into(),
                    numbering: numbering(number),
                    level: open.level,
                    gap: 0,
                    location: open.location,
                };
                self.budget.paragraph(&paragraph)?;
                self.flow().blocks.push(Block::Paragraph(paragraph));
            }
        }
        self.flow().blocks.extend(anchored);
        Ok(())
    }

    fn count(&mut self, number: Number, place: &Place) -> Option<String> {
        // What is not printed is not counted.
        let unseen = self.flows.iter().any(|f| f.hidden || f.cell.as_ref().is_some_and(|c| c.covered));
        if unseen || self.tables.iter().any(OpenTable::row_is_hidden) {
            return None;
        }
        let printed = match number {
            Number::Heading { at } => self.headings.count(&self.styles.outline, at, None),
            Number::List { counters, style, at, start } => {
                self.counters.get_mut(counters)?.count(self.styles.list(&style)?, at, start)
            }
        };
        self.notes.printed(printed, &place.location())
    }

    /// The open paragraph, for text that is seen; begun where text has none.
    fn paragraph(&mut self) -> Option<&mut OpenParagraph> {
        if self.look.is_left_out() {
            return None;
        }
        if self.flow().paragraph.is_none() {
            self.begin_paragraph();
        }
        self.flow().paragraph.as_mut()
    }

    /// A character that is no white space of the markup: `text:s`, `text:tab`,
    /// `text:line-break` (6.1.3 to 6.1.5).
    fn character(&mut self, c: char) -> Result<()> {
        if let Some(paragraph) = self.paragraph() {
            paragraph.text.push(c);
            (paragraph.spaced, paragraph.loose) = (false, false);
        }
        Ok(())
    }

    fn spaces(&mut self, count: u64) -> Result<()> {
        let limit = self.limits.text_bytes;
        // Taken from the text's allowance at once, since few bytes ask for many.
        self.budget.text_bytes = self.budget.text_bytes.saturating_add(count);
        if self.budget.text_bytes > limit {
            return Err(Error::limit("text_bytes", limit).at(self.place.location()));
        }
        let count = usize::try_from(count).unwrap_or(0);
        if let Some(paragraph) = self.paragraph() {
            paragraph.text.extend(std::iter::repeat_n(' ', count));
            (paragraph.spaced, paragraph.loose) = (false, false);
        }
        Ok(())
    }

    /// Adds character data as it is seen: white space in a row is one space, and none at
    /// the paragraph's ends (6.1.2).
    fn text(&mut self, text: &str) -> Result<()> {
        if let Some(c) = text.chars().find(|&c| !is_legal(c)) {
            return Err(self.xml.malformed(&format!("a character XML does not allow: {c:?}")));
        }
        let blank = text.chars().all(is_space);
        if self.look.is_left_out() {
            if !blank {
                self.notes.hidden(&self.place.location());
            }
            return Ok(());
        }
        if blank && self.flow().paragraph.is_none() {
            return Ok(());
        }
        let raised = self.look.raised.apply(text);
        if let Some(paragraph) = self.paragraph() {
            for c in raised.chars() {
                if !is_space(c) {
                    paragraph.text.push(c);
                    (paragraph.spaced, paragraph.loose) = (false, false);
                } else if !paragraph.spaced {
                    paragraph.text.push(' ');
                    (paragraph.spaced, paragraph.loose) = (true, true);
                }
            }
        }
        Ok(())
    }
}
