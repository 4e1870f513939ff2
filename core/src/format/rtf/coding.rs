//! Bytes of text to characters, by the code pages of the document and its fonts ("Font
//! Table", "Character Set").

use std::borrow::Cow;
use std::collections::BTreeMap;

use encoding_rs::{self as codes, Encoding};

use crate::error::{Error, Result};

/// What bytes mean in a font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Page(&'static Encoding),
    /// A font of pictures: its characters are nobody's letters or digits.
    Symbol,
    /// A code page that cannot be read.
    Unknown,
}

impl Coding {
    /// By the number of a Windows code page. GB2312 and GBK are read as GB18030, which
    /// holds both.
    pub(super) fn of_page(page: i32) -> Self {
        Self::Page(match page {
            42 => return Self::Symbol,
            866 => codes::IBM866,
            874 => codes::WINDOWS_874,
            932 => codes::SHIFT_JIS,
            936 | 54936 | 20936 => codes::GB18030,
            949 => codes::EUC_KR,
            950 => codes::BIG5,
            1250 => codes::WINDOWS_1250,
            1251 => codes::WINDOWS_1251,
            1252 => codes::WINDOWS_1252,
            1253 => codes::WINDOWS_1253,
            1254 => codes::WINDOWS_1254,
            1255 => codes::WINDOWS_1255,
            1256 => codes::WINDOWS_1256,
            1257 => codes::WINDOWS_1257,
            1258 => codes::WINDOWS_1258,
            10000 => codes::MACINTOSH,
            65001 => codes::UTF_8,
            _ => return Self::Unknown,
        })
    }

    /// By the `\fcharset` of a font; nothing if it is the document's own.
    fn of_charset(charset: i32) -> Option<Self> {
        Some(Self::of_page(match charset {
            1 => return None,
            0 => 1252,
            2 => 42,
            77 => 10000,
            128 => 932,
            129 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 => 1255,
            178 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            _ => return Some(Self::Unknown),
        }))
    }

    fn is_double_byte(self) -> bool {
        matches!(self, Self::Page(page) if !page.is_single_byte() && page != codes::UTF_8)
    }

    /// The text, with U+FFFD for what cannot be read.
    pub(super) fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        let each = |c: fn(u8) -> char| bytes.iter().map(|&b| c(b)).collect();
        match self {
            Self::Page(page) => page.decode_without_bom_handling(bytes).0,
            Self::Symbol => Cow::Owned(each(|b| match b {
                0..=b' ' => char::from(b),
                _ => char::from_u32(0xf000 + u32::from(b)).unwrap_or(char::REPLACEMENT_CHARACTER),
            })),
            Self::Unknown => Cow::Owned(each(|b| match b {
                0..=0x7f => char::from(b),
                _ => char::REPLACEMENT_CHARACTER,
            })),
        }
    }
}

/// The fonts, and the document's own code page.
#[derive(Debug)]
pub(super) struct Fonts {
    document: Coding,
    fonts: BTreeMap<i32, Option<Coding>>,
    /// The font being defined.
    current: Option<i32>,
    default: Option<i32>,
    most: u64,
}

impl Fonts {
    pub(super) fn new(most: u64) -> Self {
        let document = Coding::Page(codes::WINDOWS_1252);
        Self { document, fonts: BTreeMap::new(), current: None, default: None, most }
    }

    /// A word before the text: `\ansicpg` and its kin.
    pub(super) fn document_word(&mut self, word: &[u8], number: Option<i32>) {
        match (word, number) {
            (b"ansicpg", Some(page)) => self.document = Coding::of_page(page),
            (b"mac", _) => self.document = Coding::of_page(10000),
            (b"pc" | b"pca", _) => self.document = Coding::Unknown,
            (b"deff", Some(font)) => self.default = Some(font),
            _ => {}
        }
    }

    /// A word of the font table.
    pub(super) fn table_word(&mut self, word: &[u8], number: Option<i32>) -> Result<()> {
        let Some(number) = number else { return Ok(()) };
        if word == b"f" {
            self.current = Some(number);
            self.fonts.insert(number, None);
            if self.fonts.len() as u64 > self.most {
                return Err(Error::limit("entries", self.most));
            }
        }
        let Some(font) = self.current.and_then(|current| self.fonts.get_mut(&current)) else { return Ok(()) };
        match word {
            b"fcharset" => *font = Coding::of_charset(number),
            b"cpg" if number != 0 => *font = Some(Coding::of_page(number)),
            _ => {}
        }
        Ok(())
    }

    /// What bytes mean in a font, else in the default one.
    pub(super) fn coding(&self, font: Option<i32>) -> Coding {
        let font = font.or(self.default);
        font.and_then(|font| self.fonts.get(&font).copied().flatten()).unwrap_or(self.document)
    }

    /// Of text that has a font of its own for East Asian characters.
    pub(super) fn coding_of_both(&self, font: Option<i32>, east_asian: Option<i32>) -> Coding {
        let own = self.coding(font);
        let other = east_asian.map(|font| self.coding(Some(font)));
        other.filter(|other| other.is_double_byte() && !own.is_double_byte()).unwrap_or(own)
    }
}
