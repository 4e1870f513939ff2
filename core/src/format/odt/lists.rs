//! Automatic numbers of lists and headings (5.3; 16, list styles and outline style).

use crate::format::word::{Printed, number_format};

/// Levels of a list.
pub(super) const LEVELS: usize = 10;

/// How a level is numbered; see `text:list-level-style-number` (16).
#[derive(Debug, Default, Clone)]
pub(super) struct Level {
    pub(super) format: String,
    pub(super) prefix: String,
    pub(super) suffix: String,
    /// After z comes aa, bb and not aa, ab.
    pub(super) letters_repeat: bool,
    pub(super) start: u32,
    /// Levels whose numbers are shown.
    pub(super) display: u32,
    /// `%1%.%2%`: instead of prefix, suffix and display.
    pub(super) pattern: Option<String>,
    pub(super) followed: String,
}

#[derive(Debug, Default)]
pub(super) struct ListStyle {
    /// Nothing for bullets.
    pub(super) levels: [Option<Level>; LEVELS],
}

/// The counters of a list, or of the headings.
#[derive(Debug, Default, Clone)]
pub(super) struct Counters([Option<u32>; LEVELS]);

impl Counters {
    /// Forgets a level and those below it.
    pub(super) fn restart(&mut self, at: usize) {
        self.0.iter_mut().skip(at).for_each(|counter| *counter = None);
    }

    /// Counts an item of the level, from 0, and says what is printed before it.
    pub(super) fn count(&mut self, style: &ListStyle, at: usize, start: Option<u32>) -> Printed {
        let find = |i: usize| style.levels.get(i).and_then(Option::as_ref);
        let start_of = |i: usize| find(i).map_or(1, |level| level.start);
        self.restart(at + 1);
        let Some(counter) = self.0.get_mut(at) else { return Printed::Nothing };
        *counter = Some(start.unwrap_or(match *counter {
            Some(n) => n.saturating_add(1),
            None => start_of(at),
        }));
        let Some(here) = find(at).filter(|level| !level.format.is_empty()) else { return Printed::Nothing };
        let number = |i: usize| match find(i) {
            Some(level) => formatted(level, self.0.get(i).copied().flatten().unwrap_or(level.start)),
            None => Ok(String::new()),
        };
        let printed = match &here.pattern {
            Some(pattern) => fill(pattern, number),
            None => {
                let first = (at + 1).saturating_sub(here.display.max(1) as usize);
                let numbers: std::result::Result<Vec<String>, String> = (first..=at).map(number).collect();
                numbers.map(|mut numbers| {
                    numbers.retain(|number| !number.is_empty());
                    format!("{}{}{}", here.prefix, numbers.join("."), here.suffix)
                })
            }
        };
        match printed {
            Err(format) => Printed::UnknownFormat(format),
            Ok(text) if text.is_empty() => Printed::Nothing,
            Ok(mut text) => {
                // A tab keeps apart what would else read on: "1" and "0", 一 and 二.
                let open_ended = text.ends_with(char::is_alphanumeric);
                if here.followed == "space" || (here.followed != "nothing" && open_ended) {
                    text.push(' ');
                }
                Printed::Number(text)
            }
        }
    }
}

/// A pattern with the numbers of its levels.
fn fill(
    pattern: &str,
    number: impl Fn(usize) -> std::result::Result<String, String>,
) -> std::result::Result<String, String> {
    let mut text = String::new();
    // What stands between two signs is a level, if it is a number.
    let mut pieces = pattern.split('%');
    text.push_str(pieces.next().unwrap_or_default());
    while let Some(level) = pieces.next() {
        match (level.parse::<usize>().ok().and_then(|n| n.checked_sub(1)), pieces.next()) {
            (Some(level), Some(after)) => {
                text.push_str(&number(level)?);
                text.push_str(after);
            }
            _ => return Err(pattern.to_owned()),
        }
    }
    Ok(text)
}

/// The number in the format of its level, else the format's name (19, `style:num-format`, and the formats
/// that LibreOffice names by their first three numbers).
fn formatted(level: &Level, n: u32) -> std::result::Result<String, String> {
    let name = match level.format.as_str() {
        "" => return Ok(String::new()),
        "1" => "decimal",
        "a" => "lowerLetter",
        "A" => "upperLetter",
        "i" => "lowerRoman",
        "I" => "upperRoman",
        "01, 02, 03, ..." => "decimalZero",
        "１, ２, ３, ..." => "decimalFullWidth",
        "①, ②, ③, ..." => "decimalEnclosedCircle",
        "一, 二, 三, ..." => "chineseCountingThousand",
        "壹, 贰, 叁, ..." => "chineseLegalSimplified",
        "壹, 貳, 參, ..." => "ideographLegalTraditional",
        "甲, 乙, 丙, ..." => "ideographTraditional",
        "子, 丑, 寅, ..." => "ideographZodiac",
        other => return Err(other.to_owned()),
    };
    let beyond = n > 26 && name.ends_with("Letter") && !level.letters_repeat;
    number_format::format(name, n).filter(|_| !beyond).ok_or_else(|| level.format.clone())
}
