//! The file in one pass over its tokens. Properties are kept by group; paragraphs, cells
//! and rows end where their marks stand, whatever the group.

use std::mem::take;

use super::coding::Fonts;
use super::damaged;
use super::lexer::{Lexer, Token};
use super::paragraph::{OpenParagraph, Story, number};
use super::state::{Destination, Ends, Role, State, character, role};
use super::table::{Definition, Level};
use crate::document::{Block, Document, Paragraph, numbering};
use crate::error::{Error, Result};
use crate::finding::{Finding, Severity};
use crate::format::Context;
use crate::format::word::{self, Notes};
use crate::location::Location;
use crate::options::{Items, Limits};

pub(super) struct Body<'a, 'c> {
    lexer: Lexer<'a>,
    limits: &'c Limits,
    items: Items,
    notes: Notes<'c>,
    fonts: Fonts,
    state: State,
    /// Of the groups around.
    outer: Vec<State>,
    /// The main text, and the text boxes open in it; never empty.
    stories: Vec<Story>,
    /// Bytes of text not decoded yet: a character may have several tokens.
    bytes: Vec<u8>,
    /// Characters still to be left out after `\u`.
    substitutes: u32,
    /// The first half of a character beyond the first plane.
    half: Option<u16>,
    definition: Option<Definition>,
    /// Definitions of rows around nested ones.
    outer_definitions: Vec<Option<Definition>>,
    block: u32,
    table: u32,
    elements: u64,
    text_bytes: u64,
    /// How many `\cell` there were since the last other token.
    cell_marks: u8,
    /// Characters that could not be read, and where the first one stands.
    lost: Option<(u64, Location)>,
}

impl<'a, 'c> Body<'a, 'c> {
    pub(super) fn new(bytes: &'a [u8], context: &'c mut Context<'_>) -> Self {
        Self {
            lexer: Lexer::new(bytes),
            limits: context.limits,
            items: context.items.clone(),
            notes: Notes::new(context.findings),
            fonts: Fonts::new(context.limits.entries),
            state: State::START,
            outer: Vec::new(),
            stories: vec![Story::default()],
            bytes: Vec::new(),
            substitutes: 0,
            half: None,
            definition: None,
            outer_definitions: Vec::new(),
            block: 0,
            table: 0,
            elements: 0,
            text_bytes: 0,
            cell_marks: 0,
            lost: None,
        }
    }

    pub(super) fn read(mut self) -> Result<Document> {
        loop {
            let token = self.lexer.next();
            match &token {
                Token::Text(_) | Token::Hex(Some(_)) | Token::Symbol(b'\\' | b'{' | b'}') => {}
                _ => self.decode()?,
            }
            if !matches!(token, Token::Word(b"cell" | b"row", _)) {
                self.cell_marks = 0;
            }
            match token {
                Token::Text(text) => self.text_bytes(text),
                Token::Hex(Some(byte)) => self.text_bytes(&[byte]),
                Token::Hex(None) => self.lose()?,
                Token::Symbol(symbol) => self.symbol(symbol)?,
                Token::Word(word, number) => self.word(word, number)?,
                Token::Binary => self.substitutes = self.substitutes.saturating_sub(1),
                Token::Open => self.open()?,
                Token::Close => {
                    self.close()?;
                    if self.outer.is_empty() {
                        return self.finish();
                    }
                }
                Token::End => return Err(damaged("it ends inside a group")),
            }
        }
    }

    fn finish(mut self) -> Result<Document> {
        self.end_story(0)?;
        let rest = self.lexer.rest();
        if rest.iter().any(|&b| b != 0 && !b.is_ascii_whitespace()) {
            self.notes.warn(
                "DOC-TEXT-AFTER-END",
                &Location::default(),
                "RTF文档的结束括号之后还有内容，未读入",
                "what stands after the document's last brace was not read",
            );
        }
        if let Some((count, place)) = take(&mut self.lost) {
            let finding = Finding::new(
                "DOC-ENCODING",
                Severity::Warning,
                format!("有{count}个字符无法解码，以U+FFFD代替"),
                format!("{count} characters could not be decoded; U+FFFD stands for them"),
            );
            self.notes.findings.push(finding.at(&place));
        }
        let blocks = take(&mut self.story().blocks);
        self.notes.finish();
        let document = Document { blocks, encoding: None };
        if word::is_empty(&document) {
            return Err(Error::input("empty", "文档没有正文内容", "the document has no content"));
        }
        Ok(document)
    }

    fn story(&mut self) -> &mut Story {
        if self.stories.is_empty() {
            self.stories.push(Story::default());
        }
        let last = self.stories.len() - 1;
        #[allow(clippy::indexing_slicing, reason = "filled above")]
        &mut self.stories[last]
    }

    fn open(&mut self) -> Result<()> {
        if self.outer.len() as u64 >= self.limits.depth {
            return Err(Error::limit("depth", self.limits.depth));
        }
        self.substitutes = 0;
        self.outer.push(self.state);
        (self.state.ends, self.state.starred) = (Ends::Nothing, false);
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        self.substitutes = 0;
        let (ends, depth) = (self.state.ends, self.state.depth());
        self.state = self.outer.pop().unwrap_or(State::START);
        match ends {
            Ends::Nothing => {}
            Ends::Number => {
                let story = self.story();
                story.number = take(&mut story.number).and_then(|written| number(&written));
            }
            Ends::TextBox => {
                self.end_story(depth)?;
                let Some(story) = self.stories.pop() else { return Ok(()) };
                if !story.hidden {
                    self.paragraph().anchored.extend(story.blocks);
                } else if word::has_text(&story.blocks) {
                    let place = self.place();
                    self.notes.hidden(&place);
                }
            }
            Ends::RowProperties => self.definition = self.outer_definitions.pop().flatten(),
        }
        Ok(())
    }

    /// The last paragraph may have no mark.
    fn end_story(&mut self, depth: u32) -> Result<()> {
        if self.story().paragraph.is_some() || self.story().number.is_some() {
            self.end_paragraph(depth)?;
        }
        self.settle(0)
    }

    // Text.

    fn text_bytes(&mut self, text: &[u8]) {
        self.state.starred = false;
        let left_out = usize::try_from(self.substitutes).unwrap_or(usize::MAX).min(text.len());
        self.substitutes -= u32::try_from(left_out).unwrap_or(self.substitutes);
        if matches!(self.state.destination, Destination::Text | Destination::Number) {
            self.bytes.extend_from_slice(text.get(left_out..).unwrap_or_default());
        }
    }

    /// Decodes the bytes collected so far.
    fn decode(&mut self) -> Result<()> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        let bytes = take(&mut self.bytes);
        let east_asian = self.state.east_asian.filter(|_| self.state.in_east_asian);
        let text = self.fonts.coding_of_both(self.state.font, east_asian).decode(&bytes);
        let lost = text.matches(char::REPLACEMENT_CHARACTER).count();
        self.text(&text)?;
        drop(text);
        self.count_lost(lost as u64);
        // The memory is used again.
        self.bytes = bytes;
        self.bytes.clear();
        Ok(())
    }

    fn count_lost(&mut self, count: u64) {
        if count > 0 && !self.state.deleted && !self.state.look.is_left_out() {
            let place = self.place();
            self.lost.get_or_insert((0, place)).0 += count;
        }
    }

    /// A character that cannot be known.
    fn lose(&mut self) -> Result<()> {
        if self.substitutes > 0 {
            self.substitutes -= 1;
            return Ok(());
        }
        self.text("\u{fffd}")?;
        self.count_lost(1);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        if self.half.take().is_some() {
            self.lose()?;
        }
        let (look, deleted) = (self.state.look, self.state.deleted);
        match self.state.destination {
            Destination::Fonts | Destination::Quiet => return Ok(()),
            Destination::Number | Destination::Text if deleted => {
                self.notes.tracked = true;
                return Ok(());
            }
            Destination::Number | Destination::Text => {}
        }
        if look.is_left_out() {
            if !text.trim().is_empty() {
                let place = self.place();
                self.notes.hidden(&place);
            }
            return Ok(());
        }
        self.text_bytes += text.len() as u64;
        if self.text_bytes > self.limits.text_bytes {
            return Err(Error::limit("text_bytes", self.limits.text_bytes).at(self.place()));
        }
        if self.state.destination == Destination::Number {
            self.story().number.get_or_insert_default().push_str(text);
            return Ok(());
        }
        let paragraph = self.paragraph();
        text.split('\0').for_each(|part| paragraph.push(part, look.raised));
        Ok(())
    }

    fn symbol(&mut self, symbol: u8) -> Result<()> {
        match symbol {
            b'\\' | b'{' | b'}' => self.text_bytes(&[symbol]),
            b'*' => self.state.starred = true,
            b'~' => self.character("\u{a0}")?,
            b'_' => self.character("-")?,
            b'-' => self.character("")?,
            b'\r' | b'\n' => self.word(b"par", None)?,
            b'\t' => self.character("\t")?,
            _ => {}
        }
        Ok(())
    }

    /// A word or symbol that stands for a character, or in its place.
    fn character(&mut self, text: &str) -> Result<()> {
        if self.substitutes > 0 {
            self.substitutes -= 1;
            return Ok(());
        }
        self.text(text)
    }

    /// `\u`: one unit of UTF-16, often as a negative number. Some write whole characters.
    fn unicode(&mut self, number: i32) -> Result<()> {
        let code = u32::try_from(number).unwrap_or(u32::from(number as i16 as u16));
        self.substitutes = 0;
        match (self.half.take(), u16::try_from(code)) {
            (Some(half), Ok(low @ 0xdc00..=0xdfff)) => {
                let c = char::decode_utf16([half, low]).next().and_then(std::result::Result::ok);
                self.text(c.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]))?;
            }
            (before, unit) => {
                if before.is_some() {
                    self.lose()?;
                }
                match (unit, char::from_u32(code)) {
                    (Ok(high @ 0xd800..=0xdbff), _) => self.half = Some(high),
                    (_, Some(c)) => self.text(c.encode_utf8(&mut [0; 4]))?,
                    _ => self.lose()?,
                }
            }
        }
        self.substitutes = self.state.substitutes;
        Ok(())
    }

    // Words.

    fn word(&mut self, word: &[u8], number: Option<i32>) -> Result<()> {
        let starred = take(&mut self.state.starred);
        if word == b"u" {
            return match number {
                Some(number) => self.unicode(number),
                None => Ok(()),
            };
        }
        if let Some(text) = character(word) {
            return self.character(text);
        }
        self.substitutes = 0;
        match role(word) {
            Some(role) => return self.enter(role),
            None if starred => return self.skip(),
            None => {}
        }
        if self.state.destination == Destination::Fonts {
            return self.fonts.table_word(word, number);
        }
        if self.state.character_word(word, number) {
            self.notes.tracked |= matches!(word, b"deleted" | b"mvf") && self.state.deleted;
            return Ok(());
        }
        if self.state.destination == Destination::Text { self.text_word(word, number) } else { Ok(()) }
    }

    fn text_word(&mut self, word: &[u8], number: Option<i32>) -> Result<()> {
        match word {
            b"par" => self.paragraph_mark(),
            b"cell" => {
                self.cell_marks = self.cell_marks.saturating_add(1);
                self.end_paragraph(1)?;
                self.end_cell()
            }
            b"nestcell" => {
                let depth = self.state.depth().max(2);
                self.end_paragraph(depth)?;
                self.end_cell()
            }
            b"row" => self.end_row(1),
            b"nestrow" => self.end_row(self.state.depth().max(2)),
            b"sect" => match self.story().paragraph {
                Some(_) => self.end_paragraph(self.state.depth()),
                None => Ok(()),
            },
            b"page" | b"column" => {
                if !self.state.look.hidden
                    && let Some(paragraph) = &mut self.story().paragraph
                {
                    paragraph.broken = true;
                }
                Ok(())
            }
            b"trowd" => {
                self.definition = Some(Definition::default());
                Ok(())
            }
            b"pard" => {
                self.state.reset_paragraph();
                Ok(())
            }
            b"intbl" => {
                self.state.in_table = true;
                Ok(())
            }
            b"itap" => {
                self.state.nesting = number.and_then(|n| u32::try_from(n).ok());
                Ok(())
            }
            b"outlinelevel" => {
                self.state.outline = number.and_then(|n| u8::try_from(n).ok());
                Ok(())
            }
            b"revised" | b"mvt" | b"crauth" => {
                self.notes.tracked |= number != Some(0) || word == b"crauth";
                Ok(())
            }
            // Parts of formulas set above or below each other must not run together.
            b"mden" => self.text("/"),
            b"msup" => self.text("^"),
            b"msub" => self.text("_"),
            [b'c', b'l', ..] | b"cellx" | b"trleft" | b"trauth" => {
                let most = usize::try_from(self.limits.span).unwrap_or(usize::MAX);
                self.definition.get_or_insert_default().word(word, number, most);
                Ok(())
            }
            _ => {
                if self.outer.len() == 1 {
                    self.fonts.document_word(word, number);
                }
                Ok(())
            }
        }
    }

    fn enter(&mut self, role: Role) -> Result<()> {
        let state = &mut self.state;
        match role {
            Role::Skip => return self.skip(),
            Role::Through => {}
            Role::Result => {
                if state.destination == Destination::Quiet {
                    state.destination = Destination::Text;
                }
            }
            Role::Quiet => state.destination = Destination::Quiet,
            Role::Fonts => state.destination = Destination::Fonts,
            Role::Number => {
                if state.destination == Destination::Text {
                    (state.destination, state.ends) = (Destination::Number, Ends::Number);
                }
            }
            Role::TwoTexts => {
                (state.meant, state.destination) = (state.destination, Destination::Quiet);
            }
            Role::UnicodeText => state.destination = state.meant,
            Role::RowProperties => {
                if state.ends == Ends::Nothing {
                    state.ends = Ends::RowProperties;
                    let outer = self.definition.take();
                    self.outer_definitions.push(outer);
                }
            }
            Role::TextBox => {
                if state.ends == Ends::Nothing && !self.outer.is_empty() {
                    (state.destination, state.ends) = (Destination::Text, Ends::TextBox);
                    let hidden = state.look.hidden || state.deleted;
                    state.reset_characters();
                    state.reset_paragraph();
                    self.stories.push(Story { hidden, ..Story::default() });
                }
            }
            Role::Picture => {
                if !state.look.hidden && !state.deleted && state.destination != Destination::Number {
                    self.count_element()?;
                    let place = self.paragraph().location.clone();
                    self.paragraph().anchored.push(Block::Picture(place.into()));
                }
                return self.skip();
            }
        }
        Ok(())
    }

    /// Passes over the rest of the group.
    fn skip(&mut self) -> Result<()> {
        if !self.lexer.skip_group() {
            return Err(damaged("it ends inside a group"));
        }
        self.close()?;
        // The document itself is no destination.
        if self.outer.is_empty() { Err(damaged("its text is marked as not to be read")) } else { Ok(()) }
    }

    // Paragraphs and tables.

    fn count_element(&mut self) -> Result<()> {
        self.elements += 1;
        if self.elements > self.limits.elements {
            return Err(Error::limit("elements", self.limits.elements));
        }
        self.items.charge(1)
    }

    /// Tables open, those around text boxes included.
    fn tables_open(&self) -> usize {
        self.stories.iter().map(|story| story.levels.len()).sum()
    }

    /// Where the open paragraph stands, or the next one will.
    fn place(&mut self) -> Location {
        match &self.story().paragraph {
            Some(paragraph) => paragraph.location.clone(),
            None => self.next_place(),
        }
    }

    /// Whether text stands in no table, as far as can be told before its mark.
    fn is_outside(&self) -> bool {
        let outside = |levels: &[Level]| match levels {
            [] => true,
            [level] => level.is_between_rows(),
            _ => false,
        };
        self.state.depth() == 0 && self.stories.iter().all(|story| outside(&story.levels))
    }

    fn next_place(&self) -> Location {
        let mut levels = self.stories.iter().rev().filter_map(|story| story.levels.last());
        let level = levels.next().filter(|_| !self.is_outside());
        level.map_or_else(
            || Location { block: Some(self.block.saturating_add(1)), ..Location::default() },
            Level::place,
        )
    }

    /// The open paragraph, begun where there is none.
    fn paragraph(&mut self) -> &mut OpenParagraph {
        if self.story().paragraph.is_none() {
            let (place, counted) = (self.next_place(), self.is_outside());
            self.block = self.block.saturating_add(u32::from(counted));
            self.story().paragraph = Some(OpenParagraph::new(place, counted));
        }
        self.story().paragraph.get_or_insert_with(|| OpenParagraph::new(Location::default(), false))
    }

    /// `\par`. A deleted or hidden mark ends nothing: the next paragraph goes on in the
    /// same line.
    fn paragraph_mark(&mut self) -> Result<()> {
        self.notes.tracked |= self.state.deleted;
        if self.state.deleted || self.state.look.hidden {
            return Ok(());
        }
        self.end_paragraph(self.state.depth())
    }

    /// Ends the paragraph, which stands in so many tables.
    fn end_paragraph(&mut self, depth: u32) -> Result<()> {
        if self.half.take().is_some() {
            self.lose()?;
        }
        self.settle(depth)?;
        self.count_element()?;
        let level = self.state.outline.filter(|&level| level < 9).map(|level| level + 1);
        let inside = self.story().levels.last().map(Level::place);
        let open = self.story().paragraph.take();
        let mut open = open.unwrap_or_else(|| OpenParagraph::new(Location::default(), false));
        if inside.is_none() && !open.counted && self.tables_open() == 0 {
            self.block = self.block.saturating_add(1);
            open.location = Location { block: Some(self.block), ..Location::default() };
        }
        let location = inside.unwrap_or(open.location);
        let story = self.story();
        let numbering = numbering(story.number.take());
        let (text, location) = (open.text.into(), location.into());
        let paragraph = Paragraph { text, numbering, level, gap: 0, location };
        let pictures = open.anchored.into_iter().map(|block| match block {
            Block::Picture(_) => Block::Picture(paragraph.location.clone()),
            block => block,
        });
        let pictures: Vec<Block> = pictures.collect();
        let flow = story.flow();
        flow.push(Block::Paragraph(paragraph));
        flow.extend(pictures);
        Ok(())
    }

    /// Opens or closes tables until the place is in so many of them.
    fn settle(&mut self, depth: u32) -> Result<()> {
        let depth = usize::try_from(depth).unwrap_or(usize::MAX);
        while self.story().levels.len() > depth {
            let Some(level) = self.story().levels.pop() else { break };
            let blocks = level.finish(self.limits, &self.items, &mut self.notes)?;
            self.story().flow().extend(blocks);
        }
        while self.story().levels.len() < depth {
            let open = self.tables_open();
            let outside = self.next_place();
            if open as u64 >= self.limits.nested_tables {
                return Err(Error::limit("nested_tables", self.limits.nested_tables).at(outside));
            }
            if u64::from(self.table) >= self.limits.tables {
                return Err(Error::limit("tables", self.limits.tables).at(outside));
            }
            self.table += 1;
            if open == 0 {
                self.block = self.block.saturating_add(1);
            }
            let location = Location { table: Some(self.table), row: None, column: None, ..outside };
            self.story().levels.push(Level::new(location));
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<()> {
        self.count_element()?;
        let most = self.limits.table_cells;
        let Some(level) = self.story().levels.last_mut() else { return Ok(()) };
        if level.end_cell() > most {
            let place = level.place();
            return Err(Error::limit("table_cells", most).at(place));
        }
        Ok(())
    }

    fn end_row(&mut self, depth: u32) -> Result<()> {
        if self.story().paragraph.is_some() || self.story().number.is_some() {
            self.end_paragraph(depth)?;
        }
        self.settle(depth)?;
        let deleted = self.state.deleted;
        let definition = self.definition.take();
        let bare = usize::from(take(&mut self.cell_marks).saturating_sub(1));
        if let Some(level) = self.story().levels.last_mut() {
            level.end_row(definition, deleted, bare);
        }
        Ok(())
    }
}
