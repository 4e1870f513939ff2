//! What objects name instead of saying it themselves: drawing parameters, with their colours
//! (GB/T 33190, 8.2 and 8.3), and the content of composite objects (13).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;
use std::rc::Rc;

use super::{Any, number};
use crate::container::xml::{Tag, Token, XmlReader};
use crate::error::{Error, Result};
use crate::options::Limits;

/// How many drawing parameters may go on from each other.
const RELATIVES: usize = 16;

/// What of a colour tells whether something is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour {
    /// That of the paper.
    pub(super) white: bool,
    /// Nothing shines through it.
    pub(super) opaque: bool,
    /// It is not seen at all.
    pub(super) clear: bool,
}

impl Colour {
    /// What objects have that name no colour.
    pub(super) const BLACK: Self = Self { white: false, opaque: true, clear: false };

    /// Patterns and shadings stand inside the element: they have no value.
    pub(super) fn read(reader: &XmlReader<'_, Any>, tag: &Tag<'_, Any>) -> Result<Self> {
        let value = reader.attribute(tag, "Value")?;
        let alpha = number(reader, tag, "Alpha")?.unwrap_or(255.0);
        Ok(Self {
            white: value.as_deref().is_some_and(is_white),
            opaque: alpha >= 255.0 && value.is_some(),
            clear: alpha <= 0.0,
        })
    }
}

/// Whether a colour's parts, of 255 each, are those of white paper. How many there are
/// tells which: grey, red with green and blue, or the four inks.
fn is_white(value: &str) -> bool {
    let part = |word: &str| match word.strip_prefix('#') {
        Some(digits) => u32::from_str_radix(digits, 16).ok().map(f64::from),
        None => word.parse::<f64>().ok(),
    };
    let parts: Vec<f64> = value.split_ascii_whitespace().map_while(part).collect();
    match parts.len() {
        1 | 3 => parts.iter().all(|part| *part >= 248.0),
        4 => parts.iter().all(|part| *part <= 7.0),
        _ => false,
    }
}

/// A set of drawing parameters, as far as it tells how surfaces and text are painted.
#[derive(Debug, Default)]
struct Parameters {
    fill: Option<Colour>,
    /// The set that says the rest.
    relative: Option<String>,
}

/// What a composite object shows.
#[derive(Debug, Clone)]
pub(super) struct Composite {
    /// Of its own frame.
    pub(super) width: f64,
    pub(super) height: f64,
    part: Rc<[u8]>,
    /// Where in the part its content stands.
    content: Range<usize>,
}

impl Composite {
    /// The element with the objects.
    pub(super) fn content(&self) -> &[u8] {
        self.part.get(self.content.clone()).unwrap_or_default()
    }

    fn is_same(&self, other: &Self) -> bool {
        (self.width, self.height, self.content()) == (other.width, other.height, other.content())
    }
}

/// What a document's resources say that objects refer to.
#[derive(Debug, Default)]
pub(super) struct Resources {
    by_id: BTreeMap<String, Parameters>,
    /// Nothing where it is not told, or an identifier stands for different things.
    composites: BTreeMap<String, Option<Composite>>,
}

impl Resources {
    /// Adds what a resource part says.
    pub(super) fn add(&mut self, xml: Vec<u8>, limits: &Limits) -> Result<()> {
        let xml: Rc<[u8]> = xml.into();
        let mut reader = XmlReader::<Any>::new(&xml, limits);
        let mut current = None;
        while let Some((tag, open)) = reader.next_start()? {
            match tag.local() {
                "DrawParam" => {
                    if self.by_id.len() as u64 >= limits.items {
                        return Err(Error::limit("items", limits.items));
                    }
                    let relative = reader.attribute(&tag, "Relative")?.map(|id| id.trim().to_owned());
                    current = reader.attribute(&tag, "ID")?.map(|id| id.trim().to_owned());
                    if let Some(id) = &current {
                        self.by_id.insert(id.clone(), Parameters { fill: None, relative });
                    }
                }
                "FillColor" => {
                    let fill = Some(Colour::read(&reader, &tag)?);
                    if let Some(own) = current.as_ref().and_then(|id| self.by_id.get_mut(id)) {
                        own.fill = fill;
                    }
                    if open {
                        reader.skip()?;
                    }
                }
                "CompositeGraphicUnit" if open => self.composite(&xml, &mut reader, &tag, limits)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Takes down a composite object's content, whose start tag was read.
    fn composite(
        &mut self,
        part: &Rc<[u8]>,
        reader: &mut XmlReader<'_, Any>,
        tag: &Tag<'_, Any>,
        limits: &Limits,
    ) -> Result<()> {
        if self.composites.len() as u64 >= limits.items {
            return Err(Error::limit("items", limits.items));
        }
        let id = reader.attribute(tag, "ID")?.unwrap_or_default().trim().to_owned();
        let (width, height) = (number(reader, tag, "Width")?, number(reader, tag, "Height")?);
        let mut contents = Vec::new();
        loop {
            match reader.next()? {
                Token::Open(own) if own.local() == "Content" => {
                    let begin = reader.position().saturating_sub(own.length() + 2);
                    reader.skip()?;
                    contents.push(begin..reader.position());
                }
                Token::Empty(own) if own.local() == "Content" => {
                    contents.push(reader.position().saturating_sub(own.length() + 3)..reader.position());
                }
                Token::Open(_) => reader.skip()?,
                Token::Close | Token::End => break,
                _ => {}
            }
        }
        let own = match (contents.as_slice(), width, height) {
            ([content], Some(width), Some(height)) => {
                Some(Composite { width, height, part: Rc::clone(part), content: content.clone() })
            }
            _ => None,
        };
        match self.composites.entry(id) {
            Entry::Vacant(place) => {
                place.insert(own);
            }
            Entry::Occupied(mut known) => {
                let known = known.get_mut();
                let is_same = known.as_ref().zip(own.as_ref()).is_some_and(|(a, b)| a.is_same(b));
                *known = own.filter(|_| is_same);
            }
        }
        Ok(())
    }

    /// What a composite object of that name shows.
    pub(super) fn shown(&self, id: &str) -> Option<&Composite> {
        self.composites.get(id.trim())?.as_ref()
    }

    /// The colour that a set of drawing parameters, or one it goes on from, gives surfaces
    /// and text.
    pub(super) fn fill(&self, id: &str) -> Option<Colour> {
        let mut id = id.trim();
        for _ in 0..RELATIVES {
            let own = self.by_id.get(id)?;
            if own.fill.is_some() {
                return own.fill;
            }
            id = own.relative.as_deref()?;
        }
        None
    }
}
