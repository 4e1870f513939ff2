//! The neutral document: what every reader yields and matching reads.
//!
//! Readers never interpret. They resolve merged cells to positions and keep every
//! character a person would see; what the text means is decided later.

pub(crate) mod fold;
mod place;
mod table;

pub(crate) use place::Place;
pub(crate) use table::{Blocks, Cell, Geometry, GridBuilder, Merge, Row, Slot, Table};

use std::borrow::Cow;

use smol_str::SmolStr;

/// A document as a flat list of blocks in reading order.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) blocks: Vec<Block>,
    /// Encoding the text was decoded from, where the carrier is text.
    pub(crate) encoding: Option<&'static str>,
}

/// A paragraph, a table, or a picture that may stand for either.
#[derive(Debug)]
pub(crate) enum Block {
    Paragraph(Paragraph),
    /// Large and rare beside paragraphs.
    Table(Box<Table>),
    Picture(Place),
}

/// A paragraph of visible text; line breaks inside it are `\n`.
#[derive(Debug, Default, Clone)]
pub(crate) struct Paragraph {
    pub(crate) text: SmolStr,
    /// The automatic number the carrier would print before the text ("一、"), which is
    /// not part of `text`, lest "1." and "0" ever become 1.0. Few paragraphs have one.
    pub(crate) numbering: Option<Box<Box<str>>>,
    /// Heading level of the carrier, 1 for the highest; a hint only.
    pub(crate) level: Option<u8>,
    /// Empty lines before this one, in carriers made of lines.
    pub(crate) gap: u32,
    pub(crate) location: Place,
}

const _: () = assert!(size_of::<Paragraph>() == 72);

/// An automatic number as paragraphs hold it.
pub(crate) fn numbering(number: Option<String>) -> Option<Box<Box<str>>> {
    number.map(|number| Box::new(number.into()))
}

impl Paragraph {
    /// The text as a person sees it, with its automatic number.
    pub(crate) fn printed(&self) -> Cow<'_, str> {
        match &self.numbering {
            Some(number) => Cow::Owned(format!("{number}{}", self.text)),
            None => Cow::Borrowed(&self.text),
        }
    }

    /// Whether nothing but white space would be printed.
    pub(crate) fn is_blank(&self) -> bool {
        self.numbering.is_none() && fold::is_blank(&self.text)
    }
}
