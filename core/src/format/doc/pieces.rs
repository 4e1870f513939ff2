//! The text: pieces of the main stream in the order of the document ([MS-DOC] 2.8.35,
//! 2.9.38). A fast-saved file has its changes in pieces of their own, with properties.

use encoding_rs::WINDOWS_1252;

use super::{damaged, sprm};
use crate::container::ole::{u16_at, u32_at};
use crate::error::{Error, Result};
use crate::options::Limits;

/// Characters that stand in a row in the main stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Its first character, and the one after its last.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Byte of the main stream where it begins.
    offset: u32,
    /// One byte a character, in Windows-1252, whatever the language; else UTF-16.
    compressed: bool,
    properties: u16,
}

impl Piece {
    fn width(&self) -> u32 {
        if self.compressed { 1 } else { 2 }
    }
}

/// All text of the document.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pieces: Vec<Piece>,
    units: Vec<u16>,
    /// Lists of properties that pieces name.
    lists: Vec<&'a [u8]>,
}

impl<'a> Text<'a> {
    /// From the part of the table stream that holds the pieces.
    pub(super) fn read(clx: &'a [u8], main: &[u8], limits: &Limits) -> Result<Self> {
        let cut = || damaged("the table of pieces is cut");
        let (mut at, mut lists) = (0, Vec::new());
        // [MS-DOC] 2.9.38: lists of properties, then the pieces.
        while clx.get(at) == Some(&1) {
            let size = usize::from(u16_at(clx, at + 1).ok_or_else(cut)?);
            lists.push(clx.get(at + 3..at + 3 + size).ok_or_else(cut)?);
            at += 3 + size;
        }
        if clx.get(at) != Some(&2) {
            return Err(damaged("it has no table of pieces"));
        }
        let size = usize::try_from(u32_at(clx, at + 1).ok_or_else(cut)?).map_err(|_| cut())?;
        let table = clx.get(at + 5..).and_then(|rest| rest.get(..size)).ok_or_else(cut)?;
        let count = size.saturating_sub(4) / 12;
        let mut pieces = Vec::with_capacity(count);
        let mut expected = 0;
        for n in 0..count {
            let (start, end) =
                (u32_at(table, n * 4).ok_or_else(cut)?, u32_at(table, n * 4 + 4).ok_or_else(cut)?);
            if start != expected || end < start || end > i32::MAX.cast_unsigned() {
                return Err(damaged("its pieces do not follow each other"));
            }
            expected = end;
            let descriptor = (count + 1) * 4 + n * 8;
            let position = u32_at(table, descriptor + 2).ok_or_else(cut)?;
            let compressed = position & 0x4000_0000 != 0;
            let offset = position & 0x3fff_ffff;
            pieces.push(Piece {
                start,
                end,
                offset: if compressed { offset / 2 } else { offset },
                compressed,
                properties: u16_at(table, descriptor + 6).ok_or_else(cut)?,
            });
        }
        // Pieces may overlap in the stream, so their sum is bounded, not their places.
        if u64::from(expected) > limits.text_bytes {
            return Err(Error::limit("text_bytes", limits.text_bytes));
        }
        let mut text = Self { units: Vec::new(), pieces, lists };
        text.decode(main)?;
        Ok(text)
    }

    fn decode(&mut self, main: &[u8]) -> Result<()> {
        let mut narrow = [0_u16; 256];
        for (byte, unit) in (0..=u8::MAX).zip(narrow.iter_mut()) {
            let (decoded, ..) = WINDOWS_1252.decode(std::slice::from_ref(&byte));
            *unit = decoded.encode_utf16().next().unwrap_or(0xfffd);
        }
        for piece in &self.pieces {
            let start = usize::try_from(piece.offset).unwrap_or(usize::MAX);
            let size = usize::try_from(piece.end - piece.start).unwrap_or(usize::MAX);
            let size = size.saturating_mul(if piece.compressed { 1 } else { 2 });
            let bytes = main.get(start..).and_then(|rest| rest.get(..size));
            let bytes =
                bytes.ok_or_else(|| damaged("a piece of the text lies beyond the end of its stream"))?;
            if piece.compressed {
                self.units.extend(bytes.iter().filter_map(|&byte| narrow.get(usize::from(byte))));
            } else {
                self.units.extend(bytes.chunks_exact(2).filter_map(|pair| u16_at(pair, 0)));
            }
        }
        Ok(())
    }

    /// Characters of all stories.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.units.len()).unwrap_or(u32::MAX)
    }

    /// The characters from one position to another, as UTF-16.
    pub(super) fn units(&self, start: u32, end: u32) -> &[u16] {
        let at = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        self.units.get(at(start)..at(end)).unwrap_or_default()
    }

    pub(super) fn unit(&self, at: u32) -> u16 {
        self.units(at, at.saturating_add(1)).first().copied().unwrap_or(0)
    }

    /// Where a character stands in the main stream.
    pub(super) fn place(&self, at: u32) -> Result<Place<'_>> {
        let index = self.pieces.partition_point(|piece| piece.end <= at);
        let piece = self.pieces.get(index).filter(|piece| piece.start <= at);
        let piece = piece.ok_or_else(|| damaged("a position lies beyond the end of the text"))?;
        Ok(Place {
            piece,
            at,
            offset: piece.offset.saturating_add((at - piece.start).saturating_mul(piece.width())),
        })
    }

    /// Bytes of the list of properties that a piece names.
    pub(super) fn listed(&self, piece: &Piece) -> usize {
        let named = (piece.properties & 1 != 0).then(|| self.lists.get(usize::from(piece.properties >> 1)));
        named.flatten().map_or(0, |list| list.len())
    }

    /// Calls `each` for the properties that a piece gives to all its text ([MS-DOC] 2.9.211).
    pub(super) fn properties(
        &self,
        piece: &Piece,
        mut each: impl FnMut(sprm::Sprm<'_>) -> Result<()>,
    ) -> Result<()> {
        let [low, value] = piece.properties.to_le_bytes();
        if low & 1 != 0 {
            let list = self.lists.get(usize::from(piece.properties >> 1));
            return sprm::each(
                list.ok_or_else(|| damaged("a piece names properties that are not there"))?,
                each,
            );
        }
        match short_form(low >> 1) {
            Some(code) => each(sprm::Sprm { code, operand: &[value] }),
            None => Ok(()),
        }
    }
}

/// A character's place in the main stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'t> {
    pub(super) piece: &'t Piece,
    at: u32,
    pub(super) offset: u32,
}

impl Place<'_> {
    /// The character at a later offset of the stream, or the end of the piece.
    pub(super) fn until(&self, offset: u32) -> u32 {
        let ahead = offset.saturating_sub(self.offset).div_ceil(self.piece.width()).max(1);
        self.at.saturating_add(ahead).min(self.piece.end)
    }
}

/// The modifiers with a code of seven bits that are read here ([MS-DOC] 2.9.215).
fn short_form(code: u8) -> Option<u16> {
    Some(match code {
        0x0c => 0x260a,
        0x18 => 0x2416,
        0x19 => 0x2417,
        0x41 => 0x0800,
        0x42 => 0x0801,
        0x47 => 0x0806,
        0x53 => 0x2a33,
        0x5c => 0x083c,
        0x68 => 0x2a48,
        0x75 => 0x0855,
        0x78 => 0x2640,
        _ => return None,
    })
}
