//! What a spreadsheet shows for a stored number (ECMA-376 part 1, 18.8.30 and 18.8.31).
//!
//! Only forms whose outcome is certain are shown; all arithmetic is on decimal digits.

use crate::date::Date;

/// Digits a spreadsheet program computes with; more in a file are noise of binary numbers.
const PRECISION: usize = 15;

/// Characters of a number in the general form, the point among them.
const GENERAL: usize = 11;

/// One number format: for all numbers, or apart for negative numbers and zero.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct NumberFormat {
    sections: Vec<Section>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Section {
    General,
    Number(Picture),
    Date(Vec<Piece>),
    /// Empty, beside others.
    Empty,
    /// Nothing that is known for certain.
    Unknown,
}

/// Digits with what stands around them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Picture {
    before: String,
    after: String,
    /// Digits behind the point.
    places: usize,
    grouped: bool,
    /// Whether zero units are printed.
    zero: bool,
}

/// A piece of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Year,
    Month(usize),
    Day(usize),
    Literal(char),
}

impl NumberFormat {
    /// The format built into spreadsheet programs under that number.
    pub(crate) fn built_in(id: u32) -> Self {
        Self::parse(match id {
            0 | 49 => "General",
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            14 => "yyyy/m/d",
            31 => "yyyy\"年\"m\"月\"d\"日\"",
            37 | 38 => "#,##0_);\\(#,##0\\)",
            39 | 40 => "#,##0.00_);\\(#,##0.00\\)",
            57 => "yyyy\"年\"m\"月\"",
            58 => "m\"月\"d\"日\"",
            _ => "?",
        })
    }

    pub(crate) fn parse(code: &str) -> Self {
        let sections = sections(code);
        // There are no more than four.
        if sections.len() > 4 {
            return Self { sections: vec![Section::Unknown] };
        }
        let parse = |code: &String| match sections.len() > 1 && code.is_empty() {
            true => Section::Empty,
            false => Section::parse(code),
        };
        Self { sections: sections.iter().map(parse).collect() }
    }

    /// Whether it may show nothing at all.
    pub(crate) fn hides(&self) -> bool {
        self.sections.len() > 1
            && self.sections.iter().any(|s| matches!(s, Section::Unknown | Section::Empty))
    }

    /// Whether texts are not shown.
    pub(crate) fn hides_text(&self) -> bool {
        self.sections.get(3) == Some(&Section::Empty)
    }

    /// What is shown for the number stored as that text; `None` where it is not certain.
    /// `zeros_hidden` says that the sheet shows no zeros.
    pub(crate) fn show(&self, stored: &str, from_1904: bool, zeros_hidden: bool) -> Option<String> {
        let number = Number::parse(stored)?;
        let at = |index: usize| self.sections.get(index);
        // ";;;" shows nothing.
        if self.sections.len() > 2 && self.sections.iter().all(|section| *section == Section::Empty) {
            return Some(String::new());
        }
        if number.is_zero() {
            let own = at(2);
            if own.map_or(zeros_hidden, |section| *section == Section::Empty) {
                return Some(String::new());
            }
            if zeros_hidden {
                return None;
            }
            return own.or(at(0))?.show(&number, from_1904);
        }
        match at(1).filter(|_| number.negative) {
            // Of its own section a negative number has no sign but the one written there.
            Some(own) => match own {
                Section::Number(picture) if picture.before.starts_with(['-', '−', '(', '（']) => {
                    own.show(&Number { negative: false, ..number }, from_1904)
                }
                _ => None,
            },
            None => at(0)?.show(&number, from_1904),
        }
    }
}

/// The code in its sections.
fn sections(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in code.chars() {
        let plain = !quoted && !escaped;
        match c {
            ';' if plain => {
                sections.push(String::new());
                continue;
            }
            '"' if !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = plain && matches!(c, '\\' | '_' | '*');
        if let Some(last) = sections.last_mut() {
            last.push(c);
        }
    }
    sections
}

impl Section {
    fn parse(code: &str) -> Self {
        let trimmed = code.trim();
        // Some writers leave the code of the general format empty.
        let general = ["General", "G/通用格式", "@", ""];
        if general.iter().any(|name| trimmed.eq_ignore_ascii_case(name)) {
            return Self::General;
        }
        Self::parse_pieces(code).unwrap_or(Self::Unknown)
    }

    fn parse_pieces(code: &str) -> Option<Self> {
        let mut literals: Vec<Piece> = Vec::new();
        let mut core = String::new();
        let mut before = None;
        let mut dated = false;
        let mut chars = code.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '[' => {
                    let inside: String = chars.by_ref().take_while(|&c| c != ']').collect();
                    if !is_silent(&inside) {
                        return None;
                    }
                }
                '"' => literals.extend(chars.by_ref().take_while(|&c| c != '"').map(Piece::Literal)),
                '\\' => literals.push(Piece::Literal(chars.next()?)),
                // Room as wide as a character, or filled with it.
                '_' => drop(chars.next()?),
                '*' if chars.next()? == ' ' => {}
                '0' | '#' | '.' | ',' if !dated => {
                    let literals = std::mem::take(&mut literals);
                    if core.is_empty() {
                        before = Some(literals);
                    } else if !literals.is_empty() {
                        return None;
                    }
                    core.push(c);
                }
                'y' | 'Y' | 'm' | 'M' | 'd' | 'D' if core.is_empty() => {
                    let mut count = 1;
                    while chars.next_if(|next| next.eq_ignore_ascii_case(&c)).is_some() {
                        count += 1;
                    }
                    dated = true;
                    literals.push(match (c.to_ascii_lowercase(), count) {
                        ('y', 4) => Piece::Year,
                        ('m', 1 | 2) => Piece::Month(count),
                        ('d', 1 | 2) => Piece::Day(count),
                        _ => return None,
                    });
                }
                '/' | '.' if dated => literals.push(Piece::Literal(c)),
                '-' | '+' | '(' | ')' | ' ' | ':' | '$' | '¥' | '￥' | '−' | '（' | '）' => {
                    literals.push(Piece::Literal(c));
                }
                '\u{4e00}'..='\u{9fff}' => literals.push(Piece::Literal(c)),
                _ => return None,
            }
        }
        if dated {
            return Some(Self::Date(literals));
        }
        let picture = Picture::parse(&core, before?, literals)?;
        Some(Self::Number(picture))
    }

    fn show(&self, number: &Number, from_1904: bool) -> Option<String> {
        match self {
            Self::General => number.general(),
            Self::Number(picture) => picture.show(number),
            Self::Date(pieces) => show_date(pieces, number, from_1904),
            Self::Empty | Self::Unknown => None,
        }
    }
}

/// What brackets say without changing the digits: a colour, or the language.
fn is_silent(inside: &str) -> bool {
    const COLOURS: [&str; 8] = ["black", "blue", "cyan", "green", "magenta", "red", "white", "yellow"];
    let lower = inside.to_ascii_lowercase();
    let colour = lower.strip_prefix("color").unwrap_or_default();
    COLOURS.contains(&lower.as_str())
        || (!colour.is_empty() && colour.bytes().all(|b| b.is_ascii_digit()))
        || matches!(lower.as_str(), "$-804" | "$-0804" | "$-409" | "$-0409" | "$-zh-cn" | "$-en-us")
}

impl Picture {
    fn parse(core: &str, before: Vec<Piece>, after: Vec<Piece>) -> Option<Self> {
        // A digit that is written there, not computed, tells nothing from those that are.
        let text = |pieces: Vec<Piece>| -> Option<String> {
            let literal = |piece| match piece {
                Piece::Literal(c) if !c.is_ascii_digit() && !matches!(c, '.' | ',') => Some(c),
                _ => None,
            };
            pieces.into_iter().map(literal).collect()
        };
        let (whole, part) = core.split_once('.').unwrap_or((core, ""));
        if !part.bytes().all(|b| b == b'0') || (part.is_empty() && core.contains('.')) {
            return None;
        }
        // Digits that are not required, grouped by a comma anywhere between them, then one that may
        // be; a comma at the end would be thousands.
        let zero = whole.ends_with('0');
        let optional = whole.strip_suffix('0').unwrap_or(whole);
        let known = optional.bytes().all(|b| matches!(b, b'#' | b','));
        if !known || whole.is_empty() || whole.starts_with(',') || whole.ends_with(',') {
            return None;
        }
        Some(Self {
            before: text(before)?,
            after: text(after)?,
            places: part.len(),
            grouped: whole.contains(','),
            zero,
        })
    }

    fn show(&self, number: &Number) -> Option<String> {
        let rounded = number.rounded(self.places)?;
        // What rounds to nothing may or may not keep its sign.
        if rounded.is_zero() && (!number.is_zero() || !self.zero) {
            return None;
        }
        let (whole, part) = rounded.parts();
        if whole == "0" && !self.zero {
            return None;
        }
        let mut shown = String::new();
        if rounded.negative {
            shown.push('-');
        }
        shown.push_str(&self.before);
        for (index, digit) in whole.chars().enumerate() {
            if self.grouped && index > 0 && (whole.len() - index).is_multiple_of(3) {
                shown.push(',');
            }
            shown.push(digit);
        }
        if self.places > 0 {
            shown.push('.');
            shown.push_str(&part);
            shown.extend(std::iter::repeat_n('0', self.places.saturating_sub(part.len())));
        }
        shown.push_str(&self.after);
        Some(shown)
    }
}

/// A decimal number: its digits, and how many of them stand behind the point.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number {
    negative: bool,
    digits: Vec<u8>,
    scale: usize,
}

impl Number {
    /// The stored number, as exact as programs compute.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() || text.len() > 64 || exponent.abs() > 40 {
            return None;
        }
        let mut digits: Vec<u8> = whole
            .bytes()
            .chain(part.bytes())
            .map(|b| b.is_ascii_digit().then(|| b - b'0'))
            .collect::<Option<_>>()?;
        let scale = i32::try_from(part.len()).ok()? - exponent;
        if let Ok(zeros) = usize::try_from(-scale) {
            digits.extend(std::iter::repeat_n(0, zeros));
        }
        let scale = usize::try_from(scale).unwrap_or(0);
        let mut number = Self { negative, digits, scale };
        number.normalize();
        let excess = number.digits.len().saturating_sub(PRECISION);
        if excess > number.scale {
            return None;
        }
        if excess > 0 {
            number = number.rounded(number.scale - excess)?;
        }
        Some(number)
    }

    /// Without zeros that say nothing.
    fn normalize(&mut self) {
        while self.scale > 0 && self.digits.last() == Some(&0) {
            self.digits.pop();
            self.scale -= 1;
        }
        let zeros = self.digits.iter().take_while(|&&digit| digit == 0).count();
        self.digits.drain(..zeros);
        self.negative &= !self.digits.is_empty();
    }

    fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// With so many places. A number right between two is rounded by some programs up, by
    /// others down.
    fn rounded(&self, places: usize) -> Option<Self> {
        let Some(excess) = self.scale.checked_sub(places).filter(|&excess| excess > 0) else {
            return Some(self.clone());
        };
        let mut padded = vec![0; excess.saturating_sub(self.digits.len())];
        padded.extend(&self.digits);
        let (kept, dropped) = padded.split_at_checked(padded.len() - excess)?;
        let half = dropped.iter().enumerate().map(|(at, &d)| (d, if at == 0 { 5 } else { 0 }));
        let up = match half.map(|(digit, half)| digit.cmp(&half)).find(|order| order.is_ne()) {
            Some(order) => order.is_gt(),
            None => return None,
        };
        let mut digits = vec![0];
        digits.extend(kept);
        if up {
            for digit in digits.iter_mut().rev() {
                if *digit < 9 {
                    *digit += 1;
                    break;
                }
                *digit = 0;
            }
        }
        let mut number = Self { negative: self.negative, digits, scale: places };
        number.normalize();
        Some(number)
    }

    /// Digits before and behind the point.
    fn parts(&self) -> (String, String) {
        let text = |digits: &[u8]| digits.iter().map(|&d| char::from(b'0' + d)).collect::<String>();
        let whole = self.digits.len().saturating_sub(self.scale);
        let (whole, part) = self.digits.split_at_checked(whole).unwrap_or_default();
        let zeros = "0".repeat(self.scale.saturating_sub(part.len()));
        let whole = if whole.is_empty() { "0".to_owned() } else { text(whole) };
        (whole, zeros + &text(part))
    }

    fn general(&self) -> Option<String> {
        let (whole, part) = self.parts();
        let shown = if part.is_empty() { whole } else { format!("{whole}.{part}") };
        let tiny = self.scale > self.digits.len() + 3;
        let sign = if self.negative { "-" } else { "" };
        (shown.len() <= GENERAL && !tiny).then(|| format!("{sign}{shown}"))
    }
}

fn show_date(pieces: &[Piece], number: &Number, from_1904: bool) -> Option<String> {
    if number.negative || number.scale > 0 {
        return None;
    }
    let serial: i64 = number.parts().0.parse().ok()?;
    // Before March 1900 programs disagree about the days.
    let date = match from_1904 {
        true => day(serial.checked_add(1_461)?)?,
        false if serial > 60 => day(serial - 1)?,
        false => return None,
    };
    let (year, month, day) = date.ymd();
    let mut shown = String::new();
    for piece in pieces {
        match *piece {
            Piece::Year => shown.push_str(&format!("{year:04}")),
            Piece::Month(width) => shown.push_str(&format!("{month:0width$}")),
            Piece::Day(width) => shown.push_str(&format!("{day:0width$}")),
            Piece::Literal(c) => shown.push(c),
        }
    }
    Some(shown)
}

/// The day that many days after 31 December 1899.
fn day(days: i64) -> Option<Date> {
    let mut year = 1900;
    let mut left = days;
    let length = |year: i32| if Date::new(year, 2, 29).is_some() { 366 } else { 365 };
    while left > length(year) {
        left -= length(year);
        year += 1;
        if year > 9999 {
            return None;
        }
    }
    let mut month = 1;
    loop {
        let days = (28..=31).rev().find(|&day| Date::new(year, month, day).is_some())?;
        if left <= i64::from(days) {
            return Date::new(year, month, u8::try_from(left).ok()?);
        }
        left -= i64::from(days);
        month += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(code: &str, stored: &str) -> String {
        NumberFormat::parse(code).show(stored, false, false).unwrap_or_else(|| "?".to_owned())
    }

    #[test]
    fn numbers_are_shown_as_formatted() {
        for (code, stored, shown) in [
            ("General", "1037", "1037"),
            ("General", "-3.3000000000000003", "-3.3"),
            ("General", "0.1", "0.1"),
            ("General", "1E3", "1000"),
            ("General", "12345678901", "12345678901"),
            ("General", "123456789012", "?"),
            ("General", "0.00001", "?"),
            ("G/通用格式", "7", "7"),
            ("@", "7", "7"),
            ("0", "7", "7"),
            ("0", "0", "0"),
            ("0", "6.99", "7"),
            ("0", "6.5", "?"),
            ("0", "0.2", "?"),
            ("0_ ", "-7", "-7"),
            ("0.00", "7", "7.00"),
            ("0.00", "12.3456", "12.35"),
            ("0.00", "99.999", "100.00"),
            ("0.00", "0.05", "0.05"),
            ("#,##0", "1234567", "1,234,567"),
            ("#,##0.00_ ", "-1234.5", "-1,234.50"),
            ("#,##0_);[Red]\\(#,##0\\)", "-5", "(5)"),
            ("0_ ;[Red]0", "-5", "?"),
            ("0;-0;;@", "0", ""),
            (";;;", "5", ""),
            (";;", "0", ""),
            (";;;@", "5", "?"),
            (";", "5", "?"),
            ("0;;", "0", ""),
            ("0;-0;\"无\";@", "0", "?"),
            ("0;-0;;@", "-4", "-4"),
            ("0;;", "-4", "?"),
            ("#", "0", "?"),
            ("#", "12", "12"),
            ("0\"元\"", "12", "12元"),
            ("0\"0\"", "12", "?"),
            ("0.00%", "0.5", "?"),
            ("0.00E+00", "5", "?"),
            ("# ?/?", "0.5", "?"),
            ("###,##0;\\-###,##0;0", "1234567", "1,234,567"),
            ("#,###,##0", "0", "0"),
            ("#,0", "1037", "1,037"),
            ("####", "1037", "1037"),
            ("0,", "5000", "?"),
            ("#,##0,", "5000", "?"),
            ("##0,#", "5000", "?"),
            (",##0", "5000", "?"),
            (".00", "5.5", "?"),
            ("00000", "5", "?"),
            ("[DBNum1]0", "5", "?"),
            ("[>5]0;0", "6", "?"),
            ("", "6", "6"),
        ] {
            assert_eq!(show(code, stored), shown, "{code} of {stored}");
        }
    }

    #[test]
    fn a_sheet_may_show_no_zeros() {
        let show = |code: &str, stored: &str| NumberFormat::parse(code).show(stored, false, true);
        assert_eq!(show("General", "0").as_deref(), Some(""));
        assert_eq!(show("0.00", "-0.0").as_deref(), Some(""));
        assert_eq!(show("General", "7").as_deref(), Some("7"));
        assert_eq!(show("0;-0;0", "0"), None);
    }

    #[test]
    fn what_is_no_number_is_not_shown() {
        for stored in ["", "-", "1.2.3", "0x1", "1E99", "NaN", ".5", "１"] {
            assert_eq!(show("General", stored), "?", "{stored}");
        }
    }

    #[test]
    fn days_are_counted_from_1900_or_1904() {
        assert_eq!(show("yyyy/m/d", "61"), "1900/3/1");
        assert_eq!(show("yyyy-mm-dd", "44592"), "2022-01-31");
        assert_eq!(show("[$-804]yyyy\"年\"m\"月\"d\"日\";@", "44592"), "2022年1月31日");
        assert_eq!(show("yyyy/m/d", "59"), "?");
        assert_eq!(show("yyyy/m/d", "44592.5"), "?");
        assert_eq!(show("yyyy/m/d", "99999999"), "?");
        let of_1904 = NumberFormat::built_in(31).show("43130", true, false);
        assert_eq!(of_1904.as_deref(), Some("2022年1月31日"));
    }
}
