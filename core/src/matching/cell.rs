//! From a cell's text to its value. Nothing is guessed: what is not plainly one number,
//! a blank or a mark is unreadable, with a suggestion where a person would have one.

use crate::document::fold::{ideograph, is_han, is_note_digit, is_space, trim};
use crate::model::{Decimal, Status, Unit};
use crate::template::Kind;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub(super) status: Status,
    pub(super) value: Option<Decimal>,
    pub(super) unit: Option<Unit>,
    /// What is irregular about the way the number is written.
    pub(super) irregular: Option<Irregular>,
    /// The number a person would take the text for. Never used as the value.
    pub(super) suggestion: Option<Decimal>,
}

/// Ways of writing a number that are not plain ASCII digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Irregular {
    /// Full-width digits, separators, a plus sign, 零 and the like.
    Form,
    /// A note beside the number.
    Note,
}

impl Reading {
    pub(super) const UNREADABLE: Self = Self::of(Status::Unreadable);

    /// The unit of the number: the one beside it, or else that of its column.
    pub(super) fn unit(&self, of_column: Option<Unit>) -> Option<Unit> {
        self.unit.or(of_column).filter(|_| self.status == Status::Reported)
    }

    const fn of(status: Status) -> Self {
        Self { status, value: None, unit: None, irregular: None, suggestion: None }
    }

    fn suggest(text: &str) -> Self {
        Self { suggestion: text.parse().ok(), ..Self::of(Status::Unreadable) }
    }
}

/// Whether the text could be the content of a value cell: a number, a mark or a blank,
/// not a label. It is wider than [`read`]: "约100" is no label either.
pub(super) fn is_value(text: &str) -> bool {
    looks_like_value(&read(text, Kind::Change), text)
}

/// The same, where the text has been read as a change.
pub(super) fn looks_like_value(reading: &Reading, text: &str) -> bool {
    reading.status != Status::Unreadable || reading.suggestion.is_some() || {
        // Digits with little else.
        let is_digit = |c: char| narrow(c).is_ascii_digit();
        let others = text.chars().filter(|&c| !is_digit(c) && !is_space(c)).take(3).count();
        others <= 2 && text.chars().filter(|&c| is_digit(c)).count() >= others.max(1)
    }
}

/// Reads a cell of a column of that kind.
pub(super) fn read(text: &str, kind: Kind) -> Reading {
    let trimmed = trim(text);
    if trimmed.is_empty() {
        return Reading::of(Status::Blank);
    }
    // Nearly every cell.
    if let Some(count) = plain_count(trimmed) {
        return Reading { value: Some(Decimal::from(count)), ..Reading::of(Status::Reported) };
    }
    // Nearly every label.
    if trimmed.starts_with(begins_no_number) {
        return Reading::of(Status::Unreadable);
    }
    // Words stand beside a number only in brackets.
    if !trimmed.contains(opens_note) && trimmed.chars().any(|c| is_han(c) && !NUMERIC.contains(&c)) {
        return Reading::of(Status::Unreadable);
    }
    let narrowed: String = trimmed.chars().map(narrow).collect();
    if is_mark(&narrowed) {
        return Reading::of(Status::NotApplicable);
    }
    let (body, noted) = without_note(&narrowed);
    let (body, unit) = match without_unit(body) {
        Ok(split) => split,
        Err(()) => return Reading::of(Status::Unreadable),
    };
    let (sign, digits) = without_sign(body, kind);
    if matches!(digits, "零" | "〇") && sign.is_empty() {
        let irregular = Some(Irregular::Form);
        return Reading { value: Some(Decimal::from(0)), unit, irregular, ..Reading::of(Status::Reported) };
    }
    let Some((plain, separated)) = without_separators(digits) else {
        return unreadable(sign, digits, kind);
    };
    let Ok(value) = format!("{}{plain}", if sign == "-" { "-" } else { "" }).parse::<Decimal>() else {
        return unreadable(sign, digits, kind);
    };
    // "000" is three cells run together, "007" no count, "+-3" a sign too many: none is read.
    let whole = plain.split('.').next().unwrap_or_default();
    if !whole.starts_with(|c: char| c.is_ascii_digit()) || (whole.len() > 1 && whole.starts_with('0')) {
        return Reading::of(Status::Unreadable);
    }
    let irregular = if noted {
        Some(Irregular::Note)
    } else if separated || narrowed != trimmed || (sign == "+" && kind != Kind::Change) {
        Some(Irregular::Form)
    } else {
        None
    };
    Reading { value: Some(value), unit, irregular, ..Reading::of(Status::Reported) }
}

/// A character that begins neither a number, nor a mark, nor what a person would take for
/// a number.
fn begins_no_number(c: char) -> bool {
    matches!(c, '(' | '（') || (is_han(c) && !NUMERIC.contains(&c))
}

/// Han characters that numbers, their signs, their units and marks are written with.
const NUMERIC: [char; 23] = [
    '增', '减', '加', '少', '长', '新', '无', '零', '〇', '一', '二', '三', '四', '五', '六', '七', '八',
    '九', '十', '万', '元', '件', '项',
];

/// A bracket in which a note begins.
fn opens_note(c: char) -> bool {
    matches!(c, '(' | '[' | '（' | '【' | '〔')
}

/// A count in up to nine ASCII digits, without zeros in front.
fn plain_count(text: &str) -> Option<i64> {
    let plain = text.len() <= 9
        && text.bytes().all(|b| b.is_ascii_digit())
        && (text.len() == 1 || !text.starts_with('0'));
    plain.then(|| text.parse().ok()).flatten()
}

/// Half-width form of digits, signs and separators, ideographs for radicals; other characters
/// stay.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '−' | '﹣' => '-',
        '﹢' => '+',
        c => ideograph(c),
    }
}

/// Signs that stand for "none".
fn is_mark(narrowed: &str) -> bool {
    let only = |marks: &str| narrowed.chars().all(|c| marks.contains(c));
    matches!(narrowed, "无" | "无。" | "\\" | "N/A" | "n/a")
        || only("-—–―─")
        || (only("/") && narrowed.len() <= 3)
}

/// Takes a note mark or a note in brackets off the end.
fn without_note(text: &str) -> (&str, bool) {
    let end = |s: &str| s.trim_end_matches(is_space).len();
    let mut rest = text;
    if let Some(inside) = rest.strip_suffix([')', ']', '）', '】', '〕'])
        && let Some(open) = inside.rfind(opens_note)
        && let (Some(before), Some(note)) = (rest.get(..open), inside.get(open..))
    {
        let note: String = note.chars().skip(1).filter(|&c| !is_space(c)).collect();
        let is_note = ["注", "含", "其中", "详见", "见", "备注"].iter().any(|word| note.starts_with(word))
            || (!note.is_empty()
                && note.chars().count() <= 2
                && note.chars().all(|c| c.is_ascii_digit())
                && text.ends_with(']'));
        if is_note && before.ends_with(|c: char| !is_space(c)) {
            rest = before;
        }
    }
    let marks = |c: char| matches!(c, '*' | '※' | '#') || is_note_digit(c) || ('①'..='⑳').contains(&c);
    let rest = rest.trim_end_matches(marks);
    let rest = rest.get(..end(rest)).unwrap_or(rest);
    // A mark alone is no number with a note.
    if rest.is_empty() { (text, false) } else { (rest, rest.len() != end(text)) }
}

/// Takes a unit off the end. An amount of a unit that would change the number (万, %, 余)
/// is refused.
fn without_unit(text: &str) -> Result<(&str, Option<Unit>), ()> {
    let units = [
        ("万元", Some(Unit::TenThousandYuan)),
        ("元", Some(Unit::Yuan)),
        ("件", Some(Unit::Piece)),
        ("项", Some(Unit::Item)),
    ];
    for (symbol, unit) in units {
        if let Some(rest) = text.strip_suffix(symbol) {
            let rest = rest.trim_end_matches(is_space);
            // "3百元", "5亿元", "1.9万件"
            let scaled = rest.ends_with(['十', '百', '千', '万', '亿', '美', '欧', '余', '多']);
            return if rest.is_empty() || scaled { Err(()) } else { Ok((rest, unit)) };
        }
    }
    Ok((text, None))
}

/// Splits the sign: "+", "-" or none. 增 and 减 are signs in a column of changes.
fn without_sign(text: &str, kind: Kind) -> (&'static str, &str) {
    let signs: [(&str, &str, bool); 8] = [
        ("+", "+", true),
        ("-", "-", true),
        ("增加", "+", false),
        ("减少", "-", false),
        ("增长", "+", false),
        ("增", "+", false),
        ("减", "-", false),
        ("新增", "+", false),
    ];
    for (printed, sign, anywhere) in signs {
        if let Some(rest) = text.strip_prefix(printed)
            && (anywhere || kind == Kind::Change)
        {
            // A detached minus may as well be a mark: "- 3".
            let joined = !rest.starts_with(is_space) || !anywhere;
            if joined {
                return (sign, rest.trim_start_matches(is_space));
            }
        }
    }
    ("", text)
}

/// Takes thousands separators out, if they stand where they belong.
fn without_separators(text: &str) -> Option<(String, bool)> {
    let is_separator = |c: char| matches!(c, ',' | '，');
    if !text.contains(is_separator) {
        return Some((text.to_owned(), false));
    }
    let (whole, part) = match text.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (text, None),
    };
    let mut groups = whole.split(is_separator);
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().filter(|g| (1..=3).contains(&g.len()) && digits(g))?;
    let mut plain = first.to_owned();
    for group in groups {
        if group.len() != 3 || !digits(group) {
            return None;
        }
        plain.push_str(group);
    }
    if let Some(part) = part {
        plain.push('.');
        plain.push_str(part);
    }
    Some((plain, true))
}

/// Something is there that is no number; says what a person would take it for.
fn unreadable(sign: &str, digits: &str, kind: Kind) -> Reading {
    let minus = if sign == "-" { "-" } else { "" };
    // "2/0" in a column of changes: 2 more, 0 fewer.
    if kind == Kind::Change
        && let Some((up, down)) = digits.split_once('/')
        && let (Ok(up), Ok(down)) = (up.parse::<i32>(), down.parse::<i32>())
    {
        return Reading::suggest(&(i64::from(up) - i64::from(down)).to_string());
    }
    // The letters O and l for 0 and 1, spaces between digits, 三 for 3.
    let mended: String = digits
        .chars()
        .filter(|&c| !is_space(c))
        .map(|c| match c {
            'O' | 'o' | 'Ｏ' | 'О' | '○' | '◯' => '0',
            'l' | 'I' => '1',
            c => c,
        })
        .collect();
    if let Some(n) = crate::document::fold::chinese_number(&mended) {
        return Reading::suggest(&format!("{minus}{n}"));
    }
    let has_digit = mended.starts_with(|c: char| c.is_ascii_digit());
    if has_digit { Reading::suggest(&format!("{minus}{mended}")) } else { Reading::of(Status::Unreadable) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, kind: Kind) -> Option<String> {
        read(text, kind).value.map(|v| v.to_string())
    }

    #[test]
    fn numbers_are_read_as_printed() {
        for (text, expected) in [
            ("0", "0"),
            ("\u{a0}0\u{a0}", "0"),
            ("\u{3000}12\n", "12"),
            ("１２", "12"),
            ("0.0000", "0.0000"),
            ("1,234", "1234"),
            ("1，234，567", "1234567"),
            ("59237.2449", "59237.2449"),
            ("12,345.6", "12345.6"),
            ("零", "0"),
            ("〇", "0"),
            ("12件", "12"),
            ("251000元", "251000"),
            ("3.5 万元", "3.5"),
            ("0（注）", "0"),
            ("3（含上年结转1件）", "3"),
            ("12*", "12"),
            ("12¹", "12"),
            ("12[1]", "12"),
            ("5①", "5"),
            ("-3", "-3"),
            ("−3", "-3"),
            ("+14", "14"),
        ] {
            let reading = read(text, Kind::Count);
            assert_eq!(reading.status, Status::Reported, "{text}");
            assert_eq!(value(text, Kind::Count).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn units_stand_behind_any_number() {
        for (text, unit) in [
            ("12件", Unit::Piece),
            ("零件", Unit::Piece),
            ("2.5万元", Unit::TenThousandYuan),
            ("251元", Unit::Yuan),
            ("3 项", Unit::Item),
        ] {
            assert_eq!(read(text, Kind::Count).unit, Some(unit), "{text}");
        }
        assert_eq!([read("12", Kind::Count).unit, read("零", Kind::Count).unit], [None; 2]);
    }

    #[test]
    fn changes_have_signs_in_words() {
        for (text, expected) in
            [("减4", "-4"), ("增2", "2"), ("+1036", "1036"), ("-7", "-7"), ("减少 3", "-3")]
        {
            assert_eq!(value(text, Kind::Change).as_deref(), Some(expected), "{text}");
        }
        for text in ["+-3", "增-3", "增+3", "减-3", "增 减3"] {
            assert_eq!(value(text, Kind::Change), None, "{text}");
        }
        assert_eq!(value("减4", Kind::Count), None);
        assert_eq!(read("2/0", Kind::Change).suggestion, Some(Decimal::from(2)));
        assert_eq!(read("2/5", Kind::Change).suggestion, Some(Decimal::from(-3)));
    }

    #[test]
    fn what_is_not_plain_in_a_number_is_told() {
        let irregular = |text, kind| read(text, kind).irregular;
        for text in ["+3", "１２", "1,234", "零"] {
            assert_eq!(irregular(text, Kind::Count), Some(Irregular::Form), "{text}");
        }
        for text in ["3*", "0（注）"] {
            assert_eq!(irregular(text, Kind::Count), Some(Irregular::Note), "{text}");
        }
        for (text, kind) in
            [("3", Kind::Count), ("-3", Kind::Count), ("3件", Kind::Count), ("+3", Kind::Change)]
        {
            assert_eq!(irregular(text, kind), None, "{text}");
        }
    }

    #[test]
    fn blank_and_marks_are_no_numbers() {
        for text in ["", " ", "\u{a0}", "\u{3000}\n"] {
            assert_eq!(read(text, Kind::Count).status, Status::Blank, "{text:?}");
        }
        for text in ["/", "／", "-", "—", "——", "－", "–", "无", "⽆", "\\", "＼", "//"] {
            assert_eq!(read(text, Kind::Count).status, Status::NotApplicable, "{text}");
        }
    }

    #[test]
    fn what_is_no_plain_number_is_unreadable() {
        for (text, suggestion) in [
            ("O", Some("0")),
            ("1O", Some("10")),
            ("1 2", Some("12")),
            ("1\n2", Some("12")),
            ("三", Some("3")),
            ("000", None),
            ("007", None),
            ("50%", None),
            ("约100", None),
            ("100余", None),
            ("1.9万", None),
            ("3百元", None),
            ("1,23", None),
            ("1.2.3", None),
            ("1e3", None),
            ("见附件", None),
            ("—3", None),
            ("- 3", None),
            ("*", None),
            ("①", None),
            ("件", None),
            ("5约", None),
            ("12[345]", None),
            ("12[a]", None),
            ("12[]", None),
            ("12（1）", None),
            ("1234,567", None),
            ("1,234,56", None),
            ("1,234.5,6", None),
            (".5", None),
            ("--3", None),
            ("+-3", None),
            ("////", None),
            ("2020年", None),
            ("99999999999999999999999999999", None),
        ] {
            let reading = read(text, Kind::Count);
            assert_eq!(reading.status, Status::Unreadable, "{text}");
            assert_eq!(reading.value, None, "{text}");
            assert_eq!(reading.suggestion.map(|v| v.to_string()).as_deref(), suggestion, "{text}");
        }
    }

    #[test]
    fn labels_are_no_values() {
        for text in [
            "规章",
            "约",
            "约5人",
            "1.属于国家秘密",
            "3.其他",
            "第二十条第（一）项",
            "- 4 -",
            "（六）其他处理",
            "见附件",
        ] {
            assert!(!is_value(text), "{text}");
        }
        for text in ["0", "", "/", "12件", "约5", "约50人", "50%", "1 2", "O"] {
            assert!(is_value(text), "{text}");
        }
    }
}
