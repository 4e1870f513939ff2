//! The automatic numbers of list items.
//!
//! Scope: the styles reports use; others print decimal numbers, as CSS prescribes. Source
//! of truth: WHATWG HTML, 4.4.5 (the ol element); CSS Counter Styles 3, 6 and 7.

use super::element::one_of;
use super::flow::style;
use super::tree::{Id, Tree};

/// How an ordered list's numbers are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counter {
    Decimal,
    LowerAlpha,
    UpperAlpha,
    LowerRoman,
    UpperRoman,
    Chinese,
    ChineseFormal,
}

impl Counter {
    /// The style of a list's numbers.
    pub(super) fn of_list(tree: &Tree, id: Id) -> Option<Self> {
        let start = one_of!(tree.name(id), "ol").then_some(Self::Decimal);
        Self::of(tree, id, start)
    }

    /// The style of an element's numbers, where its parent's is `inherited`.
    pub(super) fn of(tree: &Tree, id: Id, inherited: Option<Self>) -> Option<Self> {
        let named = style(tree, id, "list-style-type").or_else(|| style(tree, id, "list-style"));
        if let Some(value) = named {
            for word in value.split_ascii_whitespace() {
                match word {
                    "none" | "disc" | "circle" | "square" => return None,
                    "decimal" => return Some(Self::Decimal),
                    "lower-alpha" | "lower-latin" => return Some(Self::LowerAlpha),
                    "upper-alpha" | "upper-latin" => return Some(Self::UpperAlpha),
                    "lower-roman" => return Some(Self::LowerRoman),
                    "upper-roman" => return Some(Self::UpperRoman),
                    "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" => {
                        return Some(Self::Chinese);
                    }
                    "simp-chinese-formal" => return Some(Self::ChineseFormal),
                    _ => {}
                }
            }
        }
        match tree.attribute(id, "type") {
            Some("1") => Some(Self::Decimal),
            Some("a") => Some(Self::LowerAlpha),
            Some("A") => Some(Self::UpperAlpha),
            Some("i") => Some(Self::LowerRoman),
            Some("I") => Some(Self::UpperRoman),
            _ => inherited,
        }
    }

    /// The number as printed; what a style cannot say is decimal.
    pub(super) fn print(self, number: i64) -> String {
        let (printed, mark) = match self {
            Self::Decimal => (None, '.'),
            Self::LowerAlpha => (alphabetic(number), '.'),
            Self::UpperAlpha => (alphabetic(number).map(|t| t.to_ascii_uppercase()), '.'),
            Self::LowerRoman => (roman(number), '.'),
            Self::UpperRoman => (roman(number).map(|t| t.to_ascii_uppercase()), '.'),
            Self::Chinese => (chinese(number, "零一二三四五六七八九", "十百千", true), '、'),
            Self::ChineseFormal => (chinese(number, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", false), '、'),
        };
        format!("{}{mark}", printed.unwrap_or_else(|| number.to_string()))
    }
}

fn alphabetic(mut number: i64) -> Option<String> {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(b'a' + u8::try_from(number % 26).ok()?));
        number /= 26;
    }
    (!letters.is_empty()).then(|| letters.iter().rev().collect())
}

fn roman(mut number: i64) -> Option<String> {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    Some(text)
}

/// Numbers up to 9999; informally 10 to 19 begin with 十.
fn chinese(number: i64, digits: &str, units: &str, informal: bool) -> Option<String> {
    if !(0..10_000).contains(&number) {
        return None;
    }
    let digit = |n: i64| digits.chars().nth(usize::try_from(n).ok()?);
    if number == 0 {
        return digit(0).map(String::from);
    }
    let mut text = String::new();
    let mut gap = false;
    for place in (0..4_u32).rev() {
        let value = number / 10_i64.pow(place) % 10;
        if value == 0 {
            gap = true;
            continue;
        }
        if gap && !text.is_empty() {
            text.push(digit(0)?);
        }
        gap = false;
        if !(informal && text.is_empty() && place == 1 && value == 1) {
            text.push(digit(value)?);
        }
        if place > 0 {
            text.push(units.chars().nth(usize::try_from(place - 1).ok()?)?);
        }
    }
    Some(text)
}
