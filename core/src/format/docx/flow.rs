//! Flows of blocks: the body, a cell, a text box. Each has its open paragraph, its
//! fields, and the blocks anchored to that paragraph.

use super::styles::Style;
use crate::container::xml::is_space;
use crate::document::{Block, Place};
use crate::format::word::{Look, OpenCell, Raised};

/// A paragraph being read.
#[derive(Debug, Default)]
pub(super) struct OpenParagraph {
    pub(super) text: String,
    pub(super) location: Place,
    /// Of runs that say nothing themselves.
    pub(super) look: Look,
    pub(super) list: Option<u32>,
    pub(super) list_level: Option<u8>,
    pub(super) list_style: Option<String>,
    pub(super) outline: Option<u8>,
    /// The mark is deleted or hidden: the next paragraph goes on in the same line.
    pub(super) unmarked: bool,
    /// Closed without a mark, and waiting for the next paragraph.
    pub(super) carried: bool,
    /// A page or column break, which is a line break only between texts.
    pub(super) broken: bool,
    /// Where the open `w:t` begins.
    pub(super) piece: usize,
}

impl OpenParagraph {
    /// Makes it a new one, with the room for text that it has.
    fn begin(&mut self, location: Place) {
        self.text.clear();
        self.location = location;
        self.look = Look::PLAIN;
        self.list = None;
        self.list_level = None;
        self.list_style = None;
        self.outline = None;
        self.unmarked = false;
        self.carried = false;
        self.broken = false;
        self.piece = 0;
    }

    /// Takes over what the paragraph's style, or the default one, says.
    pub(super) fn dress(&mut self, style: Option<&Style>, look: Look) {
        self.look = look;
        self.list = style.and_then(|s| s.list);
        self.list_level = style.and_then(|s| s.level);
        self.list_style = style.and_then(|s| s.list_style.clone());
        self.outline = style.and_then(|s| s.outline);
    }

    /// Writes the line break that waited for text after it.
    pub(super) fn settle_break(&mut self) {
        if std::mem::take(&mut self.broken) && !self.text.is_empty() {
            let at_end = self.piece == self.text.len();
            self.text.push('\n');
            if at_end {
                self.piece = self.text.len();
            }
        }
    }

    /// Ends the open `w:t`: outer white space goes unless it is to be preserved, and
    /// raised digits become characters of their own, lest 12 and note 1 become 121.
    pub(super) fn end_piece(&mut self, preserve: bool, raised: Raised) {
        let Some(piece) = self.text.get(self.piece..) else { return };
        if !preserve && (piece.starts_with(is_space) || piece.ends_with(is_space)) {
            let trimmed = piece.trim_matches(is_space).to_owned();
            self.text.truncate(self.piece);
            self.text.push_str(&trimmed);
        }
        if raised != Raised::No {
            let piece = raised.apply(self.text.get(self.piece..).unwrap_or_default());
            self.text.truncate(self.piece);
            self.text.push_str(&piece);
        }
    }
}

/// A complex field. Text between its begin and its separator is not printed; it is
/// taken back when the separator, or the end, shows that it was instruction.
#[derive(Debug)]
pub(super) struct Field {
    begin: usize,
    in_result: bool,
    /// Found open at a paragraph's end, with text.
    doubtful: bool,
}

/// A flow of blocks being read.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
    /// The last one, if none is open.
    paragraph: OpenParagraph,
    has_paragraph: bool,
    /// To follow the paragraph they are anchored to.
    pub(super) anchored: Vec<Block>,
    pub(super) fields: Vec<Field>,
    /// The cell whose content this is.
    pub(super) cell: Option<OpenCell>,
    /// The text box hangs in a hidden run.
    pub(super) hidden: bool,
    /// The drawing being read holds a picture.
    pub(super) picture: bool,
}

impl Flow {
    /// Makes it as new, but for the room it has taken.
    pub(super) fn clear(&mut self) {
        self.blocks.clear();
        self.has_paragraph = false;
        self.anchored.clear();
        self.fields.clear();
        self.cell = None;
        self.hidden = false;
        self.picture = false;
    }

    /// The open paragraph.
    pub(super) fn paragraph(&self) -> Option<&OpenParagraph> {
        self.has_paragraph.then_some(&self.paragraph)
    }

    pub(super) fn paragraph_mut(&mut self) -> Option<&mut OpenParagraph> {
        self.has_paragraph.then_some(&mut self.paragraph)
    }

    pub(super) fn begin_paragraph(&mut self, location: Place) {
        self.paragraph.begin(location);
        self.has_paragraph = true;
    }

    /// The paragraph that was open.
    pub(super) fn end_paragraph(&mut self) -> Option<&mut OpenParagraph> {
        std::mem::take(&mut self.has_paragraph).then_some(&mut self.paragraph)
    }

    fn position(&self) -> usize {
        self.paragraph().map_or(0, |p| p.text.len())
    }

    pub(super) fn field_begin(&mut self) {
        self.fields.push(Field { begin: self.position(), in_result: false, doubtful: false });
    }

    pub(super) fn field_separate(&mut self) {
        if let Some(field) = self.fields.last_mut()
            && !field.in_result
        {
            field.in_result = true;
            let begin = field.begin;
            self.take_back(begin);
        }
    }

    pub(super) fn field_end(&mut self) {
        if let Some(field) = self.fields.pop()
            && !field.in_result
        {
            self.take_back(field.begin);
        }
    }

    fn take_back(&mut self, begin: usize) {
        if let Some(paragraph) = self.paragraph_mut() {
            paragraph.text.truncate(begin);
            paragraph.piece = paragraph.piece.min(begin);
        }
    }

    /// The paragraph ends inside fields. Whether one of them has text that may turn
    /// out to be instruction; said once for each.
    pub(super) fn fields_at_paragraph_end(&mut self) -> bool {
        let end = self.position();
        let mut doubtful = false;
        for field in &mut self.fields {
            if !field.in_result && field.begin < end && !field.doubtful {
                field.doubtful = true;
                doubtful = true;
            }
            field.begin = 0;
        }
        doubtful
    }
}
