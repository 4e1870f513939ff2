//! Character codes to text: CMaps in the file, and the predefined ones that are
//! charsets (ISO 32000-1, 9.7.5 and 9.10.3).

use std::collections::BTreeMap;

use super::object::{Lexer, Object, Token};
use crate::error::Result;

/// What a code stands for.
#[derive(Debug, Clone)]
enum Target {
    /// The text of the first code of the range; the last unit grows with the code.
    Text(Vec<u16>),
    /// The character identifier of the first code.
    Cid(u32),
}

/// A CMap of the file.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// Length, first and last of the ranges of codes.
    spaces: Vec<(usize, u32, u32)>,
    /// Ranges by their first code: last code and target.
    ranges: BTreeMap<u32, (u32, Target)>,
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, &byte| code << 8 | u32::from(byte))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    bytes.chunks(2).map(|pair| pair.iter().fold(0, |unit, &byte| unit << 8 | u16::from(byte))).collect()
}

impl CMap {
    pub(super) fn parse(bytes: &[u8], elements: u64) -> Result<Self> {
        let mut map = Self::default();
        let mut lexer = Lexer::new(bytes, 0, elements);
        let mut operands: Vec<Object> = Vec::new();
        loop {
            match lexer.next(false)? {
                Token::End => return Ok(map),
                Token::Object(object) => operands.push(object),
                Token::Word(word) => {
                    match word {
                        b"endcodespacerange" => {
                            for pair in operands.chunks_exact(2) {
                                if let [Object::String(first), Object::String(last)] = pair {
                                    map.spaces.push((first.len(), code(first), code(last)));
                                }
                            }
                        }
                        b"endbfchar" => {
                            for pair in operands.chunks_exact(2) {
                                if let [Object::String(own), Object::String(text)] = pair {
                                    map.put(code(own), code(own), Target::Text(units(text)));
                                }
                            }
                        }
                        b"endbfrange" => map.text_ranges(&operands),
                        b"endcidchar" => {
                            for pair in operands.chunks_exact(2) {
                                if let [Object::String(own), cid] = pair {
                                    map.put_cid(code(own), code(own), cid);
                                }
                            }
                        }
                        b"endcidrange" => {
                            for triple in operands.chunks_exact(3) {
                                if let [Object::String(first), Object::String(last), cid] = triple {
                                    map.put_cid(code(first), code(last), cid);
                                }
                            }
                        }
                        _ => {}
                    }
                    operands.clear();
                }
            }
        }
    }

    fn put(&mut self, first: u32, last: u32, target: Target) {
        self.ranges.insert(first, (last, target));
    }

    fn put_cid(&mut self, first: u32, last: u32, cid: &Object) {
        if let Some(cid) = cid.index().and_then(|cid| u32::try_from(cid).ok()) {
            self.put(first, last, Target::Cid(cid));
        }
    }

    fn text_ranges(&mut self, operands: &[Object]) {
        for triple in operands.chunks_exact(3) {
            let [Object::String(first), Object::String(last), target] = triple else { continue };
            match target {
                Object::String(text) => self.put(code(first), code(last), Target::Text(units(text))),
                Object::Array(texts) => {
                    for (own, text) in (code(first)..=code(last)).zip(texts.iter()) {
                        if let Object::String(text) = text {
                            self.put(own, own, Target::Text(units(text)));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn find(&self, code: u32) -> Option<(u32, &Target)> {
        let (&first, (last, target)) = self.ranges.range(..=code).next_back()?;
        (code <= *last).then_some((code - first, target))
    }

    /// The text of a code; none where it is no text a person could have meant.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        let (offset, Target::Text(units)) = self.find(code)? else { return None };
        let mut units = units.clone();
        let last = units.last_mut()?;
        *last = last.checked_add(u16::try_from(offset).ok()?)?;
        let text = String::from_utf16(&units).ok()?;
        text.chars().all(is_told).then_some(text)
    }

    pub(super) fn cid(&self, code: u32) -> Option<u32> {
        match self.find(code)? {
            (offset, Target::Cid(cid)) => cid.checked_add(offset),
            _ => None,
        }
    }

    /// Length of the code at the beginning of the bytes.
    pub(super) fn length(&self, bytes: &[u8]) -> usize {
        let fits = |&&(length, first, last): &&(usize, u32, u32)| {
            let own = bytes.get(..length).map(code);
            // Each byte lies in its range (9.7.6.2).
            own.is_some_and(|own| {
                (0..length).all(|byte| {
                    let part = |code: u32| code >> (8 * byte.min(3)) & 0xff;
                    part(first) <= part(own) && part(own) <= part(last)
                })
            })
        };
        let shortest = || self.spaces.iter().map(|space| space.0).min();
        self.spaces.iter().find(fits).map(|space| space.0).or_else(shortest).unwrap_or(2).clamp(1, 4)
    }
}

/// Characters that tell something: no controls, no private use, no replacement.
pub(super) fn is_told(c: char) -> bool {
    let control = c.is_control() && !c.is_whitespace();
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    !control && !private && !matches!(c, '\u{fffd}'..='\u{ffff}')
}

/// Encodings of composite fonts by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    /// Two bytes are the character identifier.
    Identity,
    /// GB 2312, GBK and GB 18030: one superset. Whether Latin letters are half a square.
    Gb {
        half: bool,
    },
    Big5,
    Utf16,
    /// Two bytes, of which nothing is known.
    Other,
}

impl Charset {
    pub(super) fn of_name(name: &[u8]) -> Self {
        let name = name.strip_suffix(b"-H").or_else(|| name.strip_suffix(b"-V")).unwrap_or(name);
        match name {
            b"Identity" => Self::Identity,
            b"GB-EUC" | b"GBK-EUC" => Self::Gb { half: true },
            b"GBpc-EUC" | b"GBKp-EUC" | b"GBK2K" => Self::Gb { half: false },
            b"B5pc" | b"ETen-B5" | b"ETenms-B5" | b"HKscs-B5" => Self::Big5,
            b"UniGB-UCS2" | b"UniGB-UTF16" | b"UniCNS-UCS2" | b"UniCNS-UTF16" | b"UniJIS-UCS2"
            | b"UniJIS-UTF16" | b"UniJIS2004-UTF16" | b"UniKS-UCS2" | b"UniKS-UTF16" => Self::Utf16,
            _ => Self::Other,
        }
    }

    /// Length of the code at the beginning of the bytes.
    pub(super) fn length(self, bytes: &[u8]) -> usize {
        let first = bytes.first().copied().unwrap_or(0);
        let second = bytes.get(1).copied().unwrap_or(0);
        match self {
            Self::Gb { .. } | Self::Big5 if !(0x81..=0xfe).contains(&first) => 1,
            Self::Gb { .. } if second.is_ascii_digit() => 4,
            Self::Utf16 if (0xd8..=0xdb).contains(&first) => 4,
            _ => 2,
        }
    }

    /// The text of a code.
    pub(super) fn text(self, bytes: &[u8]) -> Option<String> {
        let text = match self {
            Self::Gb { .. } => {
                encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)?
            }
            Self::Big5 => encoding_rs::BIG5.decode_without_bom_handling_and_without_replacement(bytes)?,
            Self::Utf16 => {
                let units: Vec<u16> = units(bytes);
                String::from_utf16(&units).ok()?.into()
            }
            Self::Identity | Self::Other => return None,
        };
        (!text.is_empty() && text.chars().all(is_told)).then(|| text.into_owned())
    }

    /// The character identifier, as far as widths ask for it: Latin letters.
    pub(super) fn cid(self, bytes: &[u8]) -> Option<u32> {
        let number = code(bytes);
        let is_latin = (0x20..0x7f).contains(&number);
        match self {
            Self::Identity => Some(number),
            Self::Gb { half: true } if number == 0x20 => Some(7716),
            Self::Gb { half: true } if is_latin => Some(number - 0x21 + 814),
            Self::Gb { half: false } | Self::Utf16 | Self::Big5 if is_latin => Some(number - 0x20 + 1),
            _ => None,
        }
    }
}

/// Character identifiers of the collection Adobe-GB1 that stand for GB 2312: first
/// identifier, code of the first, how many. Source: the predefined CMap GB-EUC-H.
const GB1: &[(u32, u32, u32)] = &[
    (96, 0xa1a1, 94),
    (190, 0xa2b1, 50),
    (240, 0xa2e5, 10),
    (250, 0xa2f1, 12),
    (262, 0xa3a1, 94),
    (356, 0xa4a1, 83),
    (439, 0xa5a1, 86),
    (525, 0xa6a1, 24),
    (549, 0xa6c1, 24),
    (602, 0xa7a1, 33),
    (635, 0xa7d1, 33),
];
/// The first identifiers of the two levels of Han characters, and their first rows.
const LEVELS: [(u32, u32, u32); 2] = [(940, 0xb0, 3755), (4695, 0xd8, 3008)];

/// The character of an identifier of Adobe-GB1, as far as it is in ASCII or GB 2312.
pub(super) fn adobe_gb1(cid: u32) -> Option<String> {
    let ascii = |code: u32| char::from_u32(code).map(String::from);
    match cid {
        1..=95 => return ascii(cid + 0x1f),
        814..=907 => return ascii(cid - 814 + 0x21),
        7716 => return ascii(0x20),
        _ => {}
    }
    let symbol = GB1.iter().find(|&&(first, _, count)| (first..first + count).contains(&cid));
    let code = match symbol {
        Some((first, code, _)) => code + (cid - first),
        None => {
            let &(first, row, _) =
                LEVELS.iter().find(|&&(first, _, count)| (first..first + count).contains(&cid))?;
            let place = cid - first;
            (row + place / 94) << 8 | (0xa1 + place % 94)
        }
    };
    let bytes = [u8::try_from(code >> 8).ok()?, u8::try_from(code & 0xff).ok()?];
    Charset::Gb { half: true }.text(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_of_adobe_gb1_are_those_of_gb_euc_h() {
        for (cid, text) in [
            (1, " "),
            (17, "0"),
            (829, "0"),
            (838, "9"),
            (96, "\u{3000}"),
            (97, "、"),
            (940, "啊"),
            (4694, "座"),
            (4695, "亍"),
            (7702, "齄"),
        ] {
            assert_eq!(adobe_gb1(cid).as_deref(), Some(text), "{cid}");
        }
        assert_eq!(adobe_gb1(0), None);
        assert_eq!(adobe_gb1(7703), None);
        assert_eq!(adobe_gb1(20_000), None);
    }

    #[test]
    fn ranges_of_a_cmap_count_up() {
        let text = b"1 begincodespacerange <00> <ff> endcodespacerange\n\
            2 beginbfrange <01> <03> <0030> <10> <11> [<4E00> <4E8C0033>] endbfrange\n\
            2 beginbfchar <20> <0020> <21> <E001> endbfchar";
        let map = CMap::parse(text, 1_000).unwrap();
        let text = |code| map.text(code);
        assert_eq!(text(3).as_deref(), Some("2"));
        assert_eq!(text(4), None);
        assert_eq!(text(0x11).as_deref(), Some("二3"));
        assert_eq!(text(0x20).as_deref(), Some(" "));
        assert_eq!(text(0x21), None, "private use tells nothing");
        assert_eq!(map.length(b"\x01\x02"), 1);
    }
}
