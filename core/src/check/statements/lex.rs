//! From the folded text of a sentence to words, numbers and marks.

use std::sync::LazyLock;

use super::number::{self, Number, Precision, Reading};
use super::text::MASK;
use crate::template::phrases::{PHRASES, Says};

/// A word, a number or a mark, and where it stands in the folded text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Word(Says),
    Number(Number),
    Year(i32),
    /// A part of a date that is neither the first nor the last day of a year.
    Date,
    /// `,` `;` `:` or a bracket.
    Mark(char),
    /// Something without a meaning here: it hides what the words around it mean.
    Unknown,
}

/// Words by their first character.
struct Lexicon {
    /// For each character from 一 on, where its words begin.
    first: Vec<u16>,
    words: Vec<(&'static str, Says)>,
}

const FIRST: u32 = '\u{3000}' as u32;
const LAST: u32 = '\u{9fff}' as u32;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut words: Vec<(&str, Says)> = Vec::new();
    for phrase in PHRASES.iter().copied().flatten() {
        words.extend(phrase.words.split_whitespace().map(|word| (word, phrase.says)));
    }
    let index = |word: &str| word.chars().next().and_then(position).unwrap_or(usize::MAX);
    // The longest first, so that the first that fits is the one.
    words.sort_by(|(a, _), (b, _)| index(a).cmp(&index(b)).then(b.len().cmp(&a.len())).then(a.cmp(b)));
    let count = (LAST - FIRST + 2) as usize;
    let mut first = Vec::with_capacity(count);
    let mut next = 0;
    for at in 0..count {
        while words.get(next).is_some_and(|(word, _)| index(word) < at) {
            next += 1;
        }
        first.push(u16::try_from(next).unwrap_or(u16::MAX));
    }
    Lexicon { first, words }
});

fn position(c: char) -> Option<usize> {
    (FIRST..=LAST).contains(&(c as u32)).then(|| (c as u32 - FIRST) as usize)
}

/// The longest word at the front.
fn word(text: &str, c: char) -> Option<(Says, usize)> {
    let at = position(c)?;
    let from = usize::from(*LEXICON.first.get(at)?);
    let to = usize::from(*LEXICON.first.get(at + 1)?);
    let (word, says) = LEXICON.words.get(from..to)?.iter().find(|(word, _)| text.starts_with(word))?;
    Some((*says, word.len()))
}

/// How the report's own organ may be named, the longest first, each with its first
/// character: most characters begin none.
#[derive(Debug, Default)]
pub(super) struct Names(Vec<(char, String)>);

impl Names {
    pub(super) fn new(names: Vec<String>) -> Self {
        Self(names.into_iter().filter_map(|name| Some((name.chars().next()?, name))).collect())
    }

    /// The name at the front of a text that begins with that character.
    fn at(&self, text: &str, c: char) -> Option<&str> {
        let found = self.0.iter().find(|(first, name)| *first == c && text.starts_with(name.as_str()));
        found.map(|(_, name)| name.as_str())
    }

    pub(super) fn begins(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|c| self.at(text, c).is_some())
    }
}

/// Splits a stretch of folded text that begins at `start`. `names` are those of the
/// report's own organ.
pub(super) fn split(text: &str, start: usize, names: &Names, items: &mut Vec<Item>) {
    items.clear();
    let mut at = 0;
    let mut ordinal = false;
    while let Some(rest) = text.get(at..) {
        let Some(c) = rest.chars().next() else { break };
        let (kind, length) = item(rest, c, ordinal, names);
        let length = length.max(c.len_utf8());
        ordinal = c == '第' || c.is_ascii_alphabetic() || c == MASK || c == '-';
        let end = at + length;
        match (items.last_mut(), kind) {
            (Some(last), Kind::Unknown) if matches!(last.kind, Kind::Unknown) => last.end = start + end,
            _ => items.push(Item { kind, start: start + at, end: start + end }),
        }
        at = end;
    }
    soften(items);
}

fn item(rest: &str, c: char, ordinal: bool, names: &Names) -> (Kind, usize) {
    if c.is_ascii_digit() {
        let (reading, length) = number::read(rest);
        return match reading {
            Reading::Number(_) if ordinal => (Kind::Unknown, length),
            Reading::Number(number) => (Kind::Number(number), length),
            Reading::Year(year) => (Kind::Year(year), length),
            Reading::YearEdge => (Kind::Word(Says::Filler), length),
            Reading::Date => (Kind::Date, length),
            Reading::None => (Kind::Unknown, length),
        };
    }
    if matches!(c, ',' | ';' | '(' | ')') {
        return (Kind::Mark(c), 1);
    }
    if c == ':' {
        // 予以公开:3件
        let number = rest.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        return (if number { Kind::Word(Says::Filler) } else { Kind::Mark(c) }, 1);
    }
    if let Some((says, length)) = word(rest, c) {
        return (Kind::Word(says), length);
    }
    if let Some(name) = names.at(rest, c) {
        return (Kind::Word(Says::Filler), name.len());
    }
    if !ordinal
        && "〇零一二两三四五六七八九十".contains(c)
        && let (Reading::Number(number), length) = number::read(rest)
    {
        return (Kind::Number(number), length);
    }
    (Kind::Unknown, c.len_utf8())
}

/// Takes 约, 近, 超 and 左右 into the numbers beside them.
fn soften(items: &mut [Item]) {
    let precision = |item: Option<&Item>| match item.map(|item| item.kind) {
        Some(Kind::Word(Says::About)) => Some(Precision::About),
        Some(Kind::Word(Says::Over)) => Some(Precision::Over),
        Some(Kind::Word(Says::Under)) => Some(Precision::Under),
        _ => None,
    };
    // 约占80%, 约增长20%
    let passes = |item: &&Item| matches!(item.kind, Kind::Word(Says::Share | Says::Change));
    for at in 0..items.len() {
        let before = items.get(..at).and_then(|before| precision(before.iter().rev().find(|i| !passes(i))));
        let found = before.or_else(|| precision(items.get(at + 1)));
        if let (Some(Item { kind: Kind::Number(number), .. }), Some(found)) = (items.get_mut(at), found) {
            number.precision = found;
        }
    }
    let soft = |item: &Item| matches!(item.kind, Kind::Word(Says::About | Says::Over | Says::Under));
    for item in items.iter_mut().filter(|item| soft(item)) {
        item.kind = Kind::Word(Says::Filler);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_the_own_organ_are_passed_over() {
        let names = Names::new(vec!["青禾镇".to_owned()]);
        assert_eq!(names.at("青禾镇收到", '青'), Some("青禾镇"));
        assert_eq!(names.at("青禾收到", '青'), None);
        assert_eq!(names.at("云溪县收到", '云'), None);
    }

    #[test]
    fn words_are_folded_and_said_once() {
        for pair in LEXICON.words.windows(2) {
            assert_ne!(pair[0].0, pair[1].0);
        }
        for (word, _) in &LEXICON.words {
            assert_eq!(*word, crate::document::fold::fold(word));
            // 自然人(公民) begins with a Han character as all do; marks are found elsewhere.
            assert!(word.chars().next().and_then(position).is_some(), "{word}");
        }
    }
}
