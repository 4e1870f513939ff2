//! Records of a workbook stream, and texts in them ([MS-XLS] 2.1.4, 2.5.293 and 2.5.294).

use super::Font;
use crate::error::{Error, Result};
use crate::format::sheets::{Runs, Text, damaged};

/// Goes on with the data of the record before it.
const CONTINUE: u16 = 0x003c;

/// The records of a stream from a place on.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(super) fn at(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// Where the next record begins.
    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// The number and the data of the next record; what continues it is read through the
    /// data.
    pub(super) fn next(&mut self) -> Result<(u16, Data<'a>)> {
        loop {
            let (kind, start, end) = header(self.stream, self.at)?;
            let begin = std::mem::replace(&mut self.at, end);
            if kind != CONTINUE {
                return Ok((kind, Data { stream: self.stream, begin, at: start, end }));
            }
        }
    }
}

/// Number, beginning and end of the data of the record at a place.
fn header(stream: &[u8], at: usize) -> Result<(u16, usize, usize)> {
    let cut = || damaged(&format!("the record at byte {at} is cut"));
    let head = stream.get(at..).and_then(|rest| rest.first_chunk::<4>()).ok_or_else(cut)?;
    let [kind, size] = [[head[0], head[1]], [head[2], head[3]]].map(u16::from_le_bytes);
    let end = at + 4 + usize::from(size);
    if end > stream.len() { Err(cut()) } else { Ok((kind, at + 4, end)) }
}

/// The data of a record, with those of the records that continue it.
#[derive(Debug, Clone)]
pub(super) struct Data<'a> {
    stream: &'a [u8],
    /// Where the record begins.
    begin: usize,
    at: usize,
    /// Where the piece being read ends.
    end: usize,
}

impl Data<'_> {
    /// Whether anything is left, further pieces included.
    pub(super) fn is_empty(&mut self) -> bool {
        while self.at == self.end {
            if !self.piece() {
                return true;
            }
        }
        false
    }

    /// Bytes left in this piece.
    pub(super) fn left(&self) -> usize {
        self.end - self.at
    }

    /// Goes on to the next piece, if there is one.
    fn piece(&mut self) -> bool {
        match header(self.stream, self.end) {
            Ok((CONTINUE, start, end)) => {
                (self.at, self.end) = (start, end);
                true
            }
            _ => false,
        }
    }

    fn short(&self) -> Error {
        damaged(&format!("the record at byte {} is too short", self.begin))
    }

    pub(super) fn u8(&mut self) -> Result<u8> {
        if self.is_empty() {
            return Err(self.short());
        }
        let byte = self.stream.get(self.at).copied().ok_or_else(|| self.short())?;
        self.at += 1;
        Ok(byte)
    }

    pub(super) fn bytes<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        for byte in &mut bytes {
            *byte = self.u8()?;
        }
        Ok(bytes)
    }

    pub(super) fn u16(&mut self) -> Result<u16> {
        self.bytes().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32> {
        self.bytes().map(u32::from_le_bytes)
    }

    pub(super) fn skip(&mut self, mut count: usize) -> Result<()> {
        while count > 0 {
            if self.is_empty() {
                return Err(self.short());
            }
            let step = count.min(self.end - self.at);
            self.at += step;
            count -= step;
        }
        Ok(())
    }

    /// A text behind its count of characters: its flags, how many runs, how many further
    /// bytes, characters, runs, further bytes.
    pub(super) fn text(&mut self, count: usize, fonts: &[Font]) -> Result<Text> {
        let flags = self.u8()?;
        let runs = if flags & 8 == 0 { 0 } else { usize::from(self.u16()?) };
        let further = if flags & 4 == 0 { 0 } else { self.u32()? };
        let units = self.units(count, flags & 1 != 0)?;
        // Where a run begins, and its font; what stands before the first has the cell's.
        let mut looks = Vec::new();
        for _ in 0..runs {
            let (first, font) = (usize::from(self.u16()?), self.u16()?);
            if looks.last().is_some_and(|&(last, _)| first < last) {
                return Err(damaged(&format!("runs of the record at byte {} are out of order", self.begin)));
            }
            looks.push((first, Font::of(fonts, font)));
        }
        self.skip(usize::try_from(further).unwrap_or(usize::MAX))?;
        let run = |first: usize, end: usize| {
            String::from_utf16_lossy(units.get(first..end.min(units.len())).unwrap_or_default())
        };
        let ends = looks.iter().map(|&(first, _)| first).chain([units.len()]);
        let mut text = Runs::default();
        text.push_plain(&run(0, ends.clone().next().unwrap_or(0)));
        for (&(first, font), end) in looks.iter().zip(ends.skip(1)) {
            text.push(&run(first, end), font.struck, font.raised);
        }
        Ok(text.finish())
    }

    /// Characters of one byte, or of two; a piece that goes on with them says which anew.
    fn units(&mut self, count: usize, mut wide: bool) -> Result<Vec<u16>> {
        let mut units = Vec::new();
        while units.len() < count {
            if self.at == self.end {
                if !self.piece() {
                    return Err(self.short());
                }
                // An empty piece has no flags either.
                if self.at < self.end {
                    wide = self.u8()? & 1 != 0;
                }
                continue;
            }
            // No character is cut in two.
            if wide && self.left() < 2 {
                return Err(self.short());
            }
            let unit = if wide { self.u16()? } else { u16::from(self.u8()?) };
            units.push(unit);
        }
        Ok(units)
    }
}
