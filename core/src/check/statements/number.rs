//! Numbers of the narrative.

use crate::document::fold::chinese_number;
use crate::model::Decimal;
use crate::template::phrases::{COUNTERS, OTHER_COUNTERS};

/// A number as stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) value: Decimal,
    pub(crate) precision: Precision,
    pub(crate) counter: Counter,
}

/// How exactly it is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Precision {
    Exact,
    /// About this, or rounded to 万.
    About,
    /// This or more: 余, 多, 超.
    Over,
    /// This or less: 近, 不足.
    Under,
}

/// What stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counter {
    /// 件, 条, 项 and the like; the word tells one list from another.
    Piece(&'static str),
    /// Words that count what the tables do not.
    Other(&'static str),
    Percent,
    /// 元, after 万 and 亿 are worked in. The value keeps the places printed.
    Yuan {
        /// The power of ten of the last digit printed.
        step: u8,
    },
    None,
}

/// Whether a value of the table is what the number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    Yes,
    No,
    /// Too far off for an inexact number, yet it may be meant.
    Open,
}

impl Number {
    pub(crate) fn fits(&self, value: Decimal) -> Fit {
        let twice = |d: Decimal| d.checked_add(d);
        let within = match self.precision {
            Precision::Exact if value == self.value => return Fit::Yes,
            Precision::Exact => return Fit::No,
            Precision::Over => value >= self.value && twice(self.value).is_some_and(|most| value <= most),
            Precision::Under => value <= self.value && twice(value).is_some_and(|most| most >= self.value),
            Precision::About => {
                twice(value).is_some_and(|most| most >= self.value)
                    && twice(self.value).is_some_and(|most| value <= most)
            }
        };
        if within { Fit::Yes } else { Fit::Open }
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.value == Decimal::ZERO
    }

    pub(crate) fn is_exact(&self) -> bool {
        self.precision == Precision::Exact
    }

    /// A count of what can stand in a table of counts.
    pub(crate) fn counts(&self) -> bool {
        matches!(self.counter, Counter::Piece(_) | Counter::None) && self.value.to_i64().is_some()
    }
}

/// What a stretch of text that begins with a digit is.
pub(super) enum Reading {
    Number(Number),
    /// A year.
    Year(i32),
    /// First and last day of a year, in part: 1月1日, 12月31日.
    YearEdge,
    /// Another part of a date.
    Date,
    /// No count: an ordinal, a code, a number with signs in it.
    None,
}

/// Reads from the front; also says how many bytes belong to it.
pub(super) fn read(text: &str) -> (Reading, usize) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let Some((whole, mut rest)) = text.split_at_checked(digits) else { return (Reading::None, 1) };
    if digits == 0 {
        return chinese(text);
    }
    if let Some(tail) = rest.strip_prefix('年') {
        let tail = tail.strip_prefix('度').unwrap_or(tail);
        return match whole.parse() {
            Ok(year) if digits == 4 && (1900..2200).contains(&year) => {
                (Reading::Year(year), text.len() - tail.len())
            }
            // 3年, or a year that lost digits.
            _ => (Reading::Date, text.len() - tail.len()),
        };
    }
    if let Some(tail) = rest.strip_prefix('月') {
        let day = tail.bytes().take_while(u8::is_ascii_digit).count();
        let (day, tail) = tail.split_at_checked(day).unwrap_or(("", tail));
        let tail = tail.strip_prefix('日').unwrap_or(tail);
        let edge = matches!((whole, day), ("1" | "01", "1" | "01") | ("12", "31"));
        return (if edge { Reading::YearEdge } else { Reading::Date }, text.len() - tail.len());
    }
    let mut all = whole.to_owned();
    // 1,234
    if digits <= 3 {
        while let Some((group, tail)) = rest.strip_prefix(',').and_then(|tail| tail.split_at_checked(3)) {
            if !group.bytes().all(|b| b.is_ascii_digit()) || tail.starts_with(|c: char| c.is_ascii_digit()) {
                break;
            }
            all.push_str(group);
            rest = tail;
        }
    }
    if let Some(tail) = rest.strip_prefix('.') {
        let places = tail.bytes().take_while(u8::is_ascii_digit).count();
        if let Some((part, tail)) = tail.split_at_checked(places)
            && !part.is_empty()
        {
            all.push('.');
            all.push_str(part);
            rest = tail;
        }
    }
    let Ok(value) = all.parse::<Decimal>() else { return (Reading::None, text.len() - rest.len()) };
    let (number, rest) = counted(value, rest);
    // "1,23件": one number in wrong groups, or two; neither is told.
    let split = number.counter == Counter::None
        && rest.strip_prefix(',').is_some_and(|tail| tail.starts_with(|c: char| c.is_ascii_digit()));
    let sane = !split && !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || "-/*~.".contains(c));
    (if sane { Reading::Number(number) } else { Reading::None }, text.len() - rest.len())
}

/// 万, 余 and the counter behind the digits.
fn counted(mut value: Decimal, mut rest: &str) -> (Number, &str) {
    let mut step = 0_u8;
    let mut rounded = false;
    let mut over = more(&mut rest);
    for (sign, power) in [('万', 4_u8), ('亿', 8)] {
        if let (Some(tail), Some(raised)) = (rest.strip_prefix(sign), value.checked_shift(power)) {
            step = power.saturating_sub(value.scale());
            value = raised;
            rest = tail;
            over |= more(&mut rest);
            rounded |= !rest.starts_with('元');
        }
    }
    let precision = match (over, rounded) {
        (true, _) => Precision::Over,
        (false, true) => Precision::About,
        (false, false) => Precision::Exact,
    };
    if let Some(tail) = rest.strip_prefix('元') {
        return (Number { value, precision, counter: Counter::Yuan { step } }, tail);
    }
    if let Some(tail) = rest.strip_prefix('%') {
        return (Number { value, precision, counter: Counter::Percent }, tail);
    }
    let (counter, tail) = counter(rest);
    (Number { value, precision, counter }, tail)
}

/// Takes 余, 多 or 几 off the front.
fn more(rest: &mut &str) -> bool {
    match rest.strip_prefix(['余', '多', '几']) {
        Some(tail) => {
            *rest = tail;
            true
        }
        None => false,
    }
}

fn counter(text: &str) -> (Counter, &str) {
    for (list, other) in [(OTHER_COUNTERS, true), (COUNTERS, false)] {
        for word in list {
            if let Some(tail) = text.strip_prefix(word) {
                return (if other { Counter::Other(word) } else { Counter::Piece(word) }, tail);
            }
        }
    }
    (Counter::None, text)
}

/// 两件, 零件 as "no piece"; only before a counter of pieces.
fn chinese(text: &str) -> (Reading, usize) {
    let is_digit = |c: char| "〇零一二两三四五六七八九十".contains(c);
    let end = text.find(|c| !is_digit(c)).unwrap_or(text.len());
    let Some((digits, rest)) = text.split_at_checked(end) else { return (Reading::None, 1) };
    let value = match digits {
        "零" | "〇" => Some(0),
        "两" => Some(2),
        _ => chinese_number(digits),
    };
    match (value, counter(rest)) {
        (Some(value), (counter @ Counter::Piece("件" | "条" | "宗" | "起" | "份" | "例"), tail)) => {
            let number = Number { value: i64::from(value).into(), precision: Precision::Exact, counter };
            (Reading::Number(number), text.len() - tail.len())
        }
        // 为零
        (Some(0), (Counter::None, tail)) => {
            let number = Number { value: Decimal::ZERO, precision: Precision::Exact, counter: Counter::None };
            (Reading::Number(number), text.len() - tail.len())
        }
        _ => (Reading::None, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inexact_number_fits_within_a_factor_of_two_on_its_side() {
        let fits = |precision, value: i64| {
            Number { value: 60.into(), precision, counter: Counter::None }.fits(value.into())
        };
        for (precision, yes, open) in [
            (Precision::About, [30, 60, 120], [29, 121]),
            (Precision::Over, [60, 61, 120], [59, 121]),
            (Precision::Under, [30, 59, 60], [29, 61]),
        ] {
            assert_eq!(yes.map(|value| fits(precision, value)), [Fit::Yes; 3], "{precision:?}");
            assert_eq!(open.map(|value| fits(precision, value)), [Fit::Open; 2], "{precision:?}");
        }
        assert_eq!([59, 60, 61].map(|value| fits(Precision::Exact, value)), [Fit::No, Fit::Yes, Fit::No]);
    }

    #[test]
    fn what_is_more_than_written_is_a_bound() {
        let precision = |text| match read(text).0 {
            Reading::Number(number) => number.precision,
            _ => panic!("{text}"),
        };
        for (text, expected) in [
            ("60件", Precision::Exact),
            ("60余件", Precision::Over),
            ("1.9万件", Precision::About),
            ("1.9万余件", Precision::Over),
            ("1.9万元", Precision::Exact),
            ("1.9万余元", Precision::Over),
        ] {
            assert_eq!(precision(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_read_is_told_to_its_last_byte() {
        for text in [
            "12件",
            "1,234条",
            "12月31日",
            "1月1日",
            "2021年度",
            "3年",
            "两件",
            "十二起",
            "零",
            "4.20万元",
            "60余件",
        ] {
            assert_eq!(read(text).1, text.len(), "{text}");
            assert_eq!(read(&format!("{text}，")).1, text.len(), "{text}");
        }
        let year = |text| matches!(read(text).0, Reading::Year(_));
        assert!(year("2021年") && !year("1800年") && !year("2300年") && !year("202年") && !year("02021年"));
    }
}
