//! Stories: the main text and text boxes, with the paragraph and the tables open in them.

use super::table::Level;
use crate::document::Block;
use crate::format::word::Raised;
use crate::location::Location;

/// A paragraph being read.
#[derive(Debug)]
pub(super) struct OpenParagraph {
    pub(super) text: String,
    pub(super) location: Location,
    /// It is counted as a block of the body.
    pub(super) counted: bool,
    /// A page or column break, which is a line break only between texts.
    pub(super) broken: bool,
    /// Pictures and text boxes, to follow it.
    pub(super) anchored: Vec<Block>,
}

impl OpenParagraph {
    pub(super) fn new(location: Location, counted: bool) -> Self {
        Self { text: String::new(), location, counted, broken: false, anchored: Vec::new() }
    }

    pub(super) fn push(&mut self, text: &str, raised: Raised) {
        if text.is_empty() {
            return;
        }
        // Writes the line break that waited for text after it.
        if std::mem::take(&mut self.broken) && !self.text.is_empty() {
            self.text.push('\n');
        }
        match raised {
            Raised::No => self.text.push_str(text),
            raised => self.text.push_str(&raised.apply(text)),
        }
    }
}

/// A part of the text that stands by itself.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) blocks: Vec<Block>,
    /// The tables open, from the outermost.
    pub(super) levels: Vec<Level>,
    pub(super) paragraph: Option<OpenParagraph>,
    /// The automatic number of the paragraph, as written.
    pub(super) number: Option<String>,
    /// A text box in a hidden run.
    pub(super) hidden: bool,
}

impl Story {
    /// The blocks where the next one belongs.
    pub(super) fn flow(&mut self) -> &mut Vec<Block> {
        match self.levels.last_mut() {
            Some(level) => &mut level.blocks,
            None => &mut self.blocks,
        }
    }
}

/// An automatic number as other readers give it: without the white space that aligns
/// the text, but for what keeps "1" and "0" apart; bullets are none.
pub(super) fn number(written: &str) -> Option<String> {
    let number = written.trim_end();
    // Word's hollow bullet is a letter.
    if !number.chars().any(char::is_alphanumeric) || number.trim_start() == "o" {
        return None;
    }
    let space = written.ends_with(' ') || (written != number && number.ends_with(char::is_alphanumeric));
    Some(format!("{}{}", number.trim_start(), if space { " " } else { "" }))
}
