//! Fonts: from the codes of a string to characters and their widths (ISO 32000-1, 9.5
//! to 9.8). Which glyph a code draws is not looked at: what no encoding tells is unknown.

use std::collections::BTreeMap;

use super::cmap::{self, CMap, Charset};
use super::file::File;
use super::object::{Dict, Object};
use crate::error::Result;
use crate::format::layout::UNKNOWN;

/// Widths when a font names none, in thousandths of its size.
const NARROW: f64 = 500.0;
const WIDE: f64 = 1000.0;

#[derive(Debug)]
pub(super) struct Font {
    kind: Kind,
    to_unicode: Option<CMap>,
    /// Width of one unit of the font's width table, in units of its size.
    unit: f64,
    /// How high characters are, in units of the font's size; below zero where they are drawn
    /// upside down, for text that is turned again.
    pub(super) height: f64,
    /// Lines run from top to bottom.
    pub(super) vertical: bool,
}

#[derive(Debug)]
enum Kind {
    Simple { encoding: Vec<Option<char>>, first: usize, widths: Vec<f64>, missing: f64 },
    Composite { charset: Charset, own: Option<CMap>, gb1: bool, widths: Widths },
}

/// Widths by character identifier: stretches from a first one.
#[derive(Debug)]
struct Widths {
    stretches: BTreeMap<u32, Stretch>,
    default: f64,
}

#[derive(Debug)]
enum Stretch {
    Each(Vec<f64>),
    Same(u32, f64),
}

impl Widths {
    fn of(&self, cid: u32) -> f64 {
        let stretch = self.stretches.range(..=cid).next_back();
        let width = stretch.and_then(|(&first, stretch)| match stretch {
            Stretch::Each(widths) => widths.get(usize::try_from(cid - first).ok()?).copied(),
            Stretch::Same(last, width) => (cid <= *last).then_some(*width),
        });
        width.unwrap_or(self.default)
    }
}

/// One code of a string.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) text: String,
    /// Advance in units of the font's size.
    pub(super) width: f64,
    /// The single byte 32, to which word spacing applies.
    pub(super) is_space: bool,
}

impl Font {
    pub(super) fn read(dict: &Dict, file: &File<'_>) -> Result<Self> {
        let subtype = file.get(dict, b"Subtype")?;
        let to_unicode = match file.get(dict, b"ToUnicode")? {
            Object::Stream(stream) => {
                let bytes = file.decode(&stream)?;
                Some(CMap::parse(&bytes, bytes.len() as u64 + 1)?)
            }
            _ => None,
        };
        match subtype.name() {
            Some(b"Type0") => Self::composite(dict, file, to_unicode),
            kind => Self::simple(dict, file, to_unicode, kind.unwrap_or_default()),
        }
    }

    fn composite(dict: &Dict, file: &File<'_>, to_unicode: Option<CMap>) -> Result<Self> {
        let encoding = file.get(dict, b"Encoding")?;
        let (charset, own, mode) = match &encoding {
            Object::Stream(stream) => {
                let bytes = file.decode(stream)?;
                let mode = file.get(&stream.dict, b"WMode")?.index();
                // A CMap that goes on from a predefined one: the latter's charset serves.
                let base = file.get(&stream.dict, b"UseCMap")?;
                let charset = base.name().map_or(Charset::Other, Charset::of_name);
                (charset, Some(CMap::parse(&bytes, bytes.len() as u64 + 1)?), mode)
            }
            other => {
                let name = other.name().unwrap_or_default();
                (Charset::of_name(name), None, Some(usize::from(name.ends_with(b"-V"))))
            }
        };
        let descendants = file.get(dict, b"DescendantFonts")?;
        let first = descendants.array().and_then(<[Object]>::first).cloned().unwrap_or(Object::Null);
        let descendant = file.resolve(&first)?;
        let empty = Dict::new();
        let descendant = descendant.dict().unwrap_or(&empty);
        let system = file.get(descendant, b"CIDSystemInfo")?;
        let ordering = match system.dict() {
            Some(system) => file.get(system, b"Ordering")?,
            None => Object::Null,
        };
        let gb1 = matches!(&ordering, Object::String(name) if name.as_ref() == b"GB1");
        let default = file.get(descendant, b"DW")?.number().unwrap_or(WIDE);
        let list = file.get(descendant, b"W")?;
        let mut stretches = BTreeMap::new();
        let mut items = list.array().unwrap_or_default().iter();
        file.charge(items.len() as u64 * 8)?;
        while let (Some(first), Some(second)) = (items.next(), items.next()) {
            let Some(first) = file.resolve(first)?.index().and_then(|n| u32::try_from(n).ok()) else { break };
            match file.resolve(second)? {
                Object::Array(widths) => {
                    file.charge(widths.len() as u64 * 8)?;
                    let widths = widths.iter().map(|w| w.number().unwrap_or(default)).collect();
                    stretches.insert(first, Stretch::Each(widths));
                }
                last => {
                    let last = last.index().and_then(|n| u32::try_from(n).ok());
                    let width = items.next().map(|w| file.resolve(w)).transpose()?.and_then(|w| w.number());
                    let (Some(last), Some(width)) = (last, width) else { break };
                    stretches.insert(first, Stretch::Same(last, width));
                }
            }
        }
        Ok(Self {
            kind: Kind::Composite { charset, own, gb1, widths: Widths { stretches, default } },
            to_unicode,
            unit: 0.001,
            height: 1.0,
            vertical: mode == Some(1),
        })
    }

    fn simple(dict: &Dict, file: &File<'_>, to_unicode: Option<CMap>, kind: &[u8]) -> Result<Self> {
        let (unit, height) = if kind == b"Type3" { drawn(dict, file)? } else { (0.001, 1.0) };
        let descriptor = file.get(dict, b"FontDescriptor")?;
        let (flags, missing) = match descriptor.dict() {
            Some(descriptor) => (
                file.get(descriptor, b"Flags")?.index().unwrap_or(0),
                file.get(descriptor, b"MissingWidth")?.number().unwrap_or(0.0),
            ),
            None => (32, NARROW),
        };
        let listed = file.get(dict, b"Widths")?;
        let listed = listed.array().unwrap_or_default();
        let mut widths = Vec::new();
        for width in listed.iter().take(256) {
            widths.push(file.resolve(width)?.number().unwrap_or(missing));
        }
        Ok(Self {
            kind: Kind::Simple {
                encoding: simple_encoding(dict, file, kind, flags)?,
                first: file.get(dict, b"FirstChar")?.index().unwrap_or(0),
                widths,
                missing,
            },
            to_unicode,
            unit,
            height,
            vertical: false,
        })
    }

    /// The characters of a string.
    pub(super) fn shown(&self, string: &[u8]) -> Vec<Shown> {
        let mut shown = Vec::new();
        let mut rest = string;
        while !rest.is_empty() {
            let length = match &self.kind {
                Kind::Simple { .. } => 1,
                Kind::Composite { own: Some(own), .. } => own.length(rest),
                Kind::Composite { charset, .. } => charset.length(rest),
            };
            let (code, after) = rest.split_at(length.min(rest.len()));
            rest = after;
            shown.push(self.one(code));
        }
        shown
    }

    fn one(&self, bytes: &[u8]) -> Shown {
        let code = bytes.iter().fold(0_u32, |code, &byte| code << 8 | u32::from(byte));
        let named = self.to_unicode.as_ref().and_then(|map| map.text(code));
        let (text, width) = match &self.kind {
            Kind::Simple { encoding, first, widths, missing } => {
                let index = usize::try_from(code).unwrap_or(usize::MAX);
                let width = index.checked_sub(*first).and_then(|i| widths.get(i)).copied();
                let own = || encoding.get(index).copied().flatten().map(String::from);
                (agreed(named, own), width.unwrap_or(*missing))
            }
            Kind::Composite { charset, own, gb1, widths } => {
                let mapped = own.as_ref().and_then(|own| own.cid(code));
                let cid = mapped.or_else(|| charset.cid(bytes));
                let by_charset = || if own.is_none() { charset.text(bytes) } else { None };
                let by_number = || cid.filter(|_| *gb1).and_then(cmap::adobe_gb1);
                let text = agreed(named, || by_charset().or_else(by_number));
                (text, cid.map_or(widths.default, |cid| widths.of(cid)))
            }
        };
        Shown {
            text: text.unwrap_or_else(|| UNKNOWN.to_string()),
            width: width * self.unit,
            is_space: matches!(bytes, [32]),
        }
    }
}

/// The unit and the height of a font whose characters are drawn (9.6.4): its own units may be
/// of any size, and its size then says little.
fn drawn(dict: &Dict, file: &File<'_>) -> Result<(f64, f64)> {
    let numbers = |name: &[u8]| -> Result<Vec<f64>> {
        let list = file.get(dict, name)?;
        Ok(list.array().unwrap_or_default().iter().map_while(Object::number).collect())
    };
    let matrix = numbers(b"FontMatrix")?;
    let unit = matrix.first().copied().unwrap_or(0.001);
    let upwards = matrix.get(3).copied().unwrap_or(0.001);
    // Characters reach further above their line than below it, whichever way y grows.
    let (height, above) = match numbers(b"FontBBox")?.as_slice() {
        [_, bottom, _, top] => ((top - bottom).abs() * upwards.abs(), (top + bottom) * upwards),
        _ => (0.0, 0.0),
    };
    let upwards = if above == 0.0 { upwards } else { above };
    let widest = numbers(b"Widths")?.into_iter().fold(0.0, f64::max) * unit.abs();
    let height = match widest {
        // The widest character is a square, or nearly: the size is what it is of others.
        0.2..2.5 => 1.0,
        _ => [height, widest].into_iter().find(|height| *height > 0.0 && height.is_finite()).unwrap_or(1.0),
    };
    Ok((unit, height.copysign(upwards)))
}

/// What a code stands for, by the map and by the encoding. Where they name different
/// digits, nothing tells which one is drawn.
fn agreed(named: Option<String>, own: impl FnOnce() -> Option<String>) -> Option<String> {
    let Some(named) = named else { return own() };
    let lies =
        digit(&named).is_some_and(|said| own().as_deref().and_then(digit).is_some_and(|drawn| drawn != said));
    (!lies).then_some(named)
}

/// The digit that a text is, of either width.
fn digit(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    let c = chars.next().filter(|_| chars.as_str().is_empty())?;
    c.to_digit(10).or_else(|| ('０'..='９').contains(&c).then(|| u32::from(c) - u32::from('０')))
}

/// What the codes of a simple font stand for, as far as its encoding tells.
fn simple_encoding(dict: &Dict, file: &File<'_>, kind: &[u8], flags: usize) -> Result<Vec<Option<char>>> {
    let mut encoding = vec![None; 256];
    // The names of procedures that draw tell nothing.
    if kind == b"Type3" {
        return Ok(encoding);
    }
    let symbolic = flags & 4 != 0 && flags & 32 == 0;
    let described = file.get(dict, b"Encoding")?;
    let (base, differences) = match &described {
        Object::Name(name) => (Some(name.to_vec()), Object::Null),
        Object::Dict(own) => {
            (file.get(own, b"BaseEncoding")?.name().map(<[u8]>::to_vec), file.get(own, b"Differences")?)
        }
        _ => (None, Object::Null),
    };
    let charset = match base.as_deref() {
        // Of a symbolic font the encoding is its own (9.6.6.4).
        _ if symbolic => None,
        Some(b"MacRomanEncoding") => Some(encoding_rs::MACINTOSH),
        // The standard encoding is ASCII, as far as it is used here.
        _ => Some(encoding_rs::WINDOWS_1252),
    };
    if let Some(charset) = charset {
        let last = if base.is_some() { 0xff } else { 0x7e };
        for (code, place) in (0_u8..=last).zip(&mut encoding) {
            let bytes = [code];
            let text = charset.decode_without_bom_handling_and_without_replacement(&bytes);
            *place = text.and_then(|text| text.chars().next()).filter(|c| cmap::is_told(*c));
        }
    }
    let mut code = 0;
    for item in differences.array().unwrap_or_default() {
        match file.resolve(item)? {
            Object::Number(n) => code = n as usize,
            Object::Name(name) => {
                if let Some(place) = encoding.get_mut(code) {
                    *place = of_glyph_name(&name);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    Ok(encoding)
}

/// Names of glyphs that are no letters (Adobe Glyph List).
const NAMES: &[(&str, char)] = &[
    ("space", ' '),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("period", '.'),
    ("comma", ','),
    ("colon", ':'),
    ("semicolon", ';'),
    ("hyphen", '-'),
    ("minus", '−'),
    ("plus", '+'),
    ("slash", '/'),
    ("backslash", '\\'),
    ("parenleft", '('),
    ("parenright", ')'),
    ("bracketleft", '['),
    ("bracketright", ']'),
    ("percent", '%'),
    ("asterisk", '*'),
    ("numbersign", '#'),
    ("ampersand", '&'),
    ("at", '@'),
    ("underscore", '_'),
    ("equal", '='),
    ("less", '<'),
    ("greater", '>'),
    ("question", '?'),
    ("exclam", '!'),
    ("quotesingle", '\''),
    ("quotedbl", '"'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("endash", '–'),
    ("emdash", '—'),
    ("bullet", '•'),
    ("periodcentered", '·'),
];

fn of_glyph_name(name: &[u8]) -> Option<char> {
    let name = std::str::from_utf8(name).ok()?;
    let mut chars = name.chars();
    if let (Some(letter), None) = (chars.next(), chars.next())
        && letter.is_ascii_alphabetic()
    {
        return Some(letter);
    }
    if let Some((_, c)) = NAMES.iter().find(|(own, _)| *own == name) {
        return Some(*c);
    }
    let hex = name
        .strip_prefix("uni")
        .filter(|hex| hex.len() == 4)
        .or_else(|| name.strip_prefix('u').filter(|hex| (4..=6).contains(&hex.len())))?;
    char::from_u32(u32::from_str_radix(hex, 16).ok()?).filter(|c| cmap::is_told(*c))
}
