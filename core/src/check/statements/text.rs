//! A paragraph in comparison form, with the way back to its own characters.

use crate::document::fold::fold_char;
use crate::location::Location;
use crate::model::Text;

/// A folded paragraph. Titles in 《》 are one mark, and digits in quotes are none: the
/// numbers of laws and names are not counts.
#[derive(Debug, Default)]
pub(super) struct Folded {
    pub(super) text: String,
    /// For each byte of the text, where its character stands in the paragraph.
    origin: Vec<u32>,
    end: u32,
}

/// Stands for a title in 《》 and for digits in quotes.
pub(super) const MASK: char = '\u{fffc}';

impl Folded {
    /// Takes up a paragraph; the memory of the one before is used again.
    pub(super) fn take(&mut self, text: &str) {
        self.text.clear();
        self.origin.clear();
        self.end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let (mut title, mut quoted) = (false, false);
        for (at, c) in text.char_indices() {
            match c {
                '《' => {
                    title = true;
                    self.text.push(MASK);
                }
                '》' => title = false,
                // A title that is never closed ends with its sentence.
                '。' => {
                    (title, quoted) = (false, false);
                    self.text.push(c);
                }
                _ if title => {}
                '“' | '「' | '『' => quoted = true,
                '”' | '」' | '』' => quoted = false,
                c if quoted && c.is_numeric() && !c.is_alphabetic() => self.text.push(MASK),
                c => fold_char(c, &mut self.text),
            }
            self.origin.resize(self.text.len(), u32::try_from(at).unwrap_or(u32::MAX));
        }
    }

    /// The place in the paragraph of a range of the folded text.
    pub(super) fn origin(&self, start: usize, end: usize) -> (usize, usize) {
        let place = |at: usize| self.origin.get(at).copied().unwrap_or(self.end) as usize;
        (place(start), place(end))
    }
}

/// A stretch of a paragraph of the report.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quote<'a> {
    paragraph: &'a Text,
    start: usize,
    end: usize,
}

impl<'a> Quote<'a> {
    pub(super) fn new(paragraph: &'a Text, (start, end): (usize, usize)) -> Self {
        let text = paragraph.text.get(start..end).unwrap_or_default();
        let inside = text.trim_matches(is_edge);
        let lead = text.len() - text.trim_start_matches(is_edge).len();
        let start = start + lead;
        Self { paragraph, start, end: start + inside.len() }
    }

    /// From the one to the other, if they stand in one paragraph; the first otherwise.
    pub(crate) fn to(self, other: Self) -> Self {
        if std::ptr::eq(self.paragraph, other.paragraph) {
            Self {
                paragraph: self.paragraph,
                start: self.start.min(other.start),
                end: self.end.max(other.end),
            }
        } else {
            self
        }
    }

    /// The whole paragraph as printed.
    pub(crate) fn paragraph(&self) -> &'a str {
        &self.paragraph.text
    }

    /// As printed.
    pub(crate) fn text(&self) -> &'a str {
        self.paragraph.text.get(self.start..self.end).unwrap_or_default()
    }

    /// Its place; that of the paragraph where the carrier's bytes are not those of the text.
    pub(crate) fn location(&self) -> Location {
        let mut location = self.paragraph.location.clone();
        if let Some((start, end)) = location.range {
            let place = |at: usize| u32::try_from(at).ok()?.checked_add(start);
            if usize::try_from(end.saturating_sub(start)).ok() == Some(self.paragraph.text.len()) {
                location.range = place(self.start).zip(place(self.end)).or(location.range);
            }
        }
        location
    }
}

fn is_edge(c: char) -> bool {
    c.is_whitespace() || "，,。；;、：:".contains(c)
}
