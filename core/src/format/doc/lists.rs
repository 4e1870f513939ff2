//! List definitions ([MS-DOC] 2.9.131, 2.9.147, 2.9.150).

use std::collections::BTreeMap;

use super::damaged;
use crate::container::ole::{u16_at, u32_at};
use crate::error::Result;
use crate::format::word::{Abstract, Instance, LEVELS, Level, Numbering};

/// A position in a part; everything is read forward.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, size: usize) -> Result<&'a [u8]> {
        let taken = self.bytes.get(self.at..).and_then(|rest| rest.get(..size));
        self.at += size;
        taken.ok_or_else(|| damaged("the definition of a list is cut"))
    }

    fn short(&mut self) -> Result<u16> {
        self.take(2).map(|bytes| u16_at(bytes, 0).unwrap_or(0))
    }

    fn long(&mut self) -> Result<u32> {
        self.take(4).map(|bytes| u32_at(bytes, 0).unwrap_or(0))
    }
}

/// `lists` begins with the lists, and goes on with their levels. `overrides` is what
/// paragraphs name, counted from 1.
pub(super) fn read(lists: &[u8], overrides: &[u8]) -> Result<Numbering> {
    let mut numbering = Numbering::default();
    numbering.abstracts = abstracts(lists)?;
    if overrides.is_empty() {
        return Ok(numbering);
    }
    let mut reader = Reader { bytes: overrides, at: 0 };
    let count = reader.long()?;
    let mut heads = Vec::new();
    for _ in 0..count {
        heads.push(reader.take(16)?);
    }
    for (number, head) in (1..).zip(heads) {
        let mut instance = Instance { definition: u32_at(head, 0), ..Instance::default() };
        // [MS-DOC] 2.9.132: a position that is not needed.
        reader.take(4)?;
        for _ in 0..head.get(12).copied().unwrap_or(0) {
            let (start, flags) = (reader.long()?, reader.long()?);
            let at = usize::try_from(flags & 0x0f).unwrap_or(LEVELS);
            let formatted = if flags & 0x20 != 0 { Some(level(&mut reader)?) } else { None };
            let starts = formatted.as_ref().map(|level| level.start).or(Some(start));
            if let Some(slot) = instance.starts.get_mut(at).filter(|_| flags & 0x10 != 0) {
                *slot = starts;
            }
            if let Some(slot) = instance.levels.get_mut(at) {
                *slot = formatted;
            }
        }
        numbering.instances.insert(number, instance);
    }
    Ok(numbering)
}

fn abstracts(lists: &[u8]) -> Result<BTreeMap<u32, Abstract>> {
    let mut abstracts = BTreeMap::new();
    if lists.is_empty() {
        return Ok(abstracts);
    }
    let mut reader = Reader { bytes: lists, at: 0 };
    let count = reader.short()?;
    let heads = (0..count).map(|_| reader.take(28)).collect::<Result<Vec<_>>>()?;
    for head in heads {
        let simple = head.get(26).is_some_and(|flags| flags & 1 != 0);
        let mut definition = Abstract::default();
        for slot in definition.levels.iter_mut().take(if simple { 1 } else { LEVELS }) {
            *slot = Some(level(&mut reader)?);
        }
        abstracts.insert(u32_at(head, 0).unwrap_or(0), definition);
    }
    Ok(abstracts)
}

/// [MS-DOC] 2.9.150, 2.9.152: a fixed part, two lists of properties, the text.
fn level(reader: &mut Reader<'_>) -> Result<Level> {
    let fixed = reader.take(28)?;
    let byte = |at: usize| fixed.get(at).copied().unwrap_or(0);
    reader.take(usize::from(byte(24)) + usize::from(byte(25)))?;
    let size = usize::from(reader.short()?);
    let text = reader.take(size * 2)?;
    let units: Vec<u16> = text.chunks_exact(2).filter_map(|pair| u16_at(pair, 0)).collect();
    let mut pattern = String::new();
    for (n, c) in char::decode_utf16(units.iter().copied()).enumerate() {
        match c.unwrap_or(char::REPLACEMENT_CHARACTER) {
            // A level's number stands here; its places are listed, counted from 1.
            c if u32::from(c) < 9 && (6..15).any(|at| usize::from(byte(at)) == n + 1) => {
                pattern.push_str(&format!("%{}", u32::from(c) + 1));
            }
            c => pattern.push(c),
        }
    }
    let flags = byte(5);
    Ok(Level {
        start: u32_at(fixed, 0).unwrap_or(1),
        format: number_format(byte(4)).to_owned(),
        text: pattern,
        suffix: match byte(15) {
            1 => "space",
            2 => "nothing",
            _ => "tab",
        }
        .to_owned(),
        restart: (flags & 0x08 != 0).then(|| usize::from(byte(26))),
        legal: flags & 0x04 != 0,
        style: None,
    })
}

/// MSONFC ([MS-OSHARED] 2.2.1.3) by the names of ECMA-376; unknown ones by their number.
fn number_format(code: u8) -> &'static str {
    match code {
        0 => "decimal",
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        10 => "ideographDigital",
        11 => "japaneseCounting",
        14 => "decimalFullWidth",
        15 => "decimalHalfWidth",
        17 => "japaneseDigitalTenThousand",
        18 => "decimalEnclosedCircle",
        19 => "decimalFullWidth2",
        22 => "decimalZero",
        23 => "bullet",
        26 => "decimalEnclosedFullstop",
        27 => "decimalEnclosedParen",
        28 => "decimalEnclosedCircleChinese",
        29 => "ideographEnclosedCircle",
        30 => "ideographTraditional",
        31 => "ideographZodiac",
        33 => "taiwaneseCounting",
        34 => "ideographLegalTraditional",
        35 => "taiwaneseCountingThousand",
        36 => "taiwaneseDigital",
        37 => "chineseCounting",
        38 => "chineseLegalSimplified",
        39 => "chineseCountingThousand",
        44 => "koreanDigital2",
        57 => "numberInDash",
        255 => "none",
        _ => "unknown",
    }
}
