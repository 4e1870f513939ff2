//! Shapes anchored in the text: which of them hold pictures, and which text boxes
//! ([MS-DOC] 2.9.174, 2.8.37, 2.9.253; [MS-ODRAW] 2.2).

use std::collections::BTreeMap;

use crate::container::ole::{u16_at, u32_at};

/// Groups in groups deeper than this are not looked into.
const DEPTH: usize = 32;

/// A shape of the text, or a group of them.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) picture: bool,
    /// Its number and those of its members.
    pub(super) members: Vec<u32>,
}

/// The shapes by the number that anchors name. What cannot be read is left out.
pub(super) fn shapes(part: &[u8]) -> BTreeMap<u32, Shape> {
    let mut shapes = BTreeMap::new();
    let mut rest = part;
    // The common part, then a byte and a container for each of body and headers.
    if let Some((record, after)) = Record::first(rest) {
        if record.kind == 0xf000 {
            rest = after;
        }
        while let Some((record, after)) = rest.get(1..).and_then(Record::first) {
            for child in record.children().filter(|child| child.kind == 0xf003) {
                for member in child.children() {
                    let mut shape = Shape::default();
                    collect(&member, &mut shape, 0);
                    if let Some(&first) = shape.members.first() {
                        shapes.insert(first, shape);
                    }
                }
            }
            rest = after;
        }
    }
    shapes
}

/// A group's own number stands first in it.
fn collect(record: &Record<'_>, shape: &mut Shape, depth: usize) {
    match record.kind {
        0xf003 | 0xf004 if depth < DEPTH => {
            record.children().for_each(|child| collect(&child, shape, depth + 1));
        }
        // The shape itself, and its type: 75 is a picture.
        0xf00a => {
            shape.members.extend(u32_at(record.content, 0));
            shape.picture |= record.instance == 75;
        }
        // Its properties: 0x0104 names a picture.
        0xf00b => {
            let count = usize::from(record.instance);
            shape.picture |= record.content.chunks_exact(6).take(count).any(|p| {
                u16_at(p, 0).is_some_and(|id| id & 0x3fff == 0x0104) && u32_at(p, 2).is_some_and(|n| n != 0)
            });
        }
        _ => {}
    }
}

/// [MS-ODRAW] 2.2.1: eight bytes, and the content.
struct Record<'a> {
    kind: u16,
    instance: u16,
    content: &'a [u8],
}

impl<'a> Record<'a> {
    fn first(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let size = usize::try_from(u32_at(bytes, 4)?).ok()?;
        let (content, rest) = bytes.get(8..)?.split_at_checked(size)?;
        Some((Self { kind: u16_at(bytes, 2)?, instance: u16_at(bytes, 0)? >> 4, content }, rest))
    }

    fn children(&self) -> impl Iterator<Item = Record<'a>> {
        let mut rest = self.content;
        std::iter::from_fn(move || {
            let (record, after) = Record::first(rest)?;
            rest = after;
            Some(record)
        })
    }
}
