//! The comparison form of text. It serves matching only and is never stored.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// White space in the widest sense: what a reader of the page does not see.
pub(crate) fn is_space(c: char) -> bool {
    match c {
        // Nearly all that is printed.
        '\u{21}'..='\u{7e}' | '\u{3400}'..='\u{9fff}' => false,
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{00ad}' | '\u{180e}' => true,
        _ => c.is_whitespace(),
    }
}

/// Whether the text holds nothing but white space.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(is_space)
}

/// The text without white space at its ends, where most texts have none.
#[inline]
pub(crate) fn trim(text: &str) -> &str {
    let is_bare = |end: Option<char>| end.is_none_or(|c| !is_space(c));
    let mut chars = text.chars();
    if is_bare(chars.next()) && is_bare(chars.next_back()) { text } else { text.trim_matches(is_space) }
}

/// The text on one line: every stretch of white space is one blank, none at the ends.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for piece in text.split(is_space).filter(|piece| !piece.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(piece);
    }
    line
}

/// The text without its white space.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().filter(|&c| !is_space(c)).collect()
}

/// A Han character, as far as labels use them.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// A digit set above or below the line: a note mark.
pub(crate) fn is_note_digit(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '\u{2070}'..='\u{2079}' | '\u{2080}'..='\u{2089}')
}

/// The ideographs that radicals are, from U+2E80 on (Unicode, Equivalent_Unified_Ideograph); those
/// without one stand for themselves. From U+2F00 on compatibility says the same.
const RADICALS: &str = "\
    ⺀厂乛乚乙亻冂𠘨刀刂卜㔾小尐兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爬丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂\
    肀聿肉𦥑艹艺艻虎衤覀西见角𧢲讠贝𧾷车辶辷辸邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

/// The ideograph that a radical is. Fonts draw both with one glyph, and writers of PDF that know
/// only the glyph take either code for it: ⼈⺠ is 人民.
pub(crate) fn ideograph(c: char) -> char {
    match c {
        '\u{2e80}'..='\u{2eff}' => RADICALS.chars().nth(c as usize - 0x2e80).unwrap_or(c),
        '\u{2f00}'..='\u{2fdf}' => std::iter::once(c).nfkc().next().unwrap_or(c),
        _ => c,
    }
}

/// Whether radicals stand in the text.
pub(crate) fn has_radicals(text: &str) -> bool {
    // U+2E80 to U+2FFF.
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xe2, bytes).any(|at| matches!(bytes.get(at + 1), Some(0xba..=0xbf)))
}

/// Folds width, white space, brackets, quotes, dashes, compatibility forms (Kangxi
/// radicals, `⒈`, `㈠`), note digits, and pinyin in brackets after a Han character.
/// Numbers and most labels are their own comparison form, and are not copied.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    let folded = match kept(text) {
        (_, "") => Cow::Borrowed(text),
        (before, rest) => Cow::Owned(fold_after(before, rest)),
    };
    let begins_syllable = |bracket: usize| {
        let after = folded.get(bracket + 1..).and_then(|after| after.chars().next());
        after.is_some_and(|c| !is_han(c) && c.is_alphabetic())
    };
    let has_pinyin = memchr::memchr_iter(b'(', folded.as_bytes()).any(begins_syllable);
    if has_pinyin { Cow::Owned(without_pinyin(&folded)) } else { folded }
}

/// What begins with characters that stay.
fn fold_after(before: &str, rest: &str) -> String {
    let mut out = String::with_capacity(before.len() + rest.len());
    out.push_str(before);
    let mut rest = rest;
    while let Some(c) = rest.chars().next() {
        fold_char(c, &mut out);
        let (stretch, after) = kept(rest.get(c.len_utf8()..).unwrap_or_default());
        out.push_str(stretch);
        rest = after;
    }
    out
}

/// Splits off the beginning that is its own comparison form: nearly all characters are, so
/// that bytes are looked at. Not all that are need be told.
fn kept(text: &str) -> (&str, &str) {
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [b'0'..=b'9' | b'a'..=b'z' | b'(' | b')' | b'.' | b',' | b':', after @ ..] => after,
            // 一 (4E00) to 鿿 (9FFF).
            [0xe4, 0xb8..=0xbf, _, after @ ..] | [0xe5..=0xe9, _, _, after @ ..] => after,
            // 、 and 。
            [0xe3, 0x80, 0x81 | 0x82, after @ ..] => after,
            _ => return text.split_at_checked(text.len() - rest.len()).unwrap_or(("", text)),
        }
    }
}

/// Appends what one character is in the comparison form; nothing for those left out.
pub(crate) fn fold_char(c: char, out: &mut String) {
    match c {
        '"' | '\'' => {}
        '\u{21}'..='\u{7e}' => out.push(bracket(c).to_ascii_lowercase()),
        // The bulk of every report.
        '\u{4e00}'..='\u{9fff}' | '、' | '。' => out.push(c),
        _ if is_space(c) || is_note_digit(c) => {}
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '《' | '》' | '＂' | '＇' | '·' | '•' =>
            {}
        '①'..='⑳' => {
            out.push('(');
            out.push_str(&(c as u32 - '①' as u32 + 1).to_string());
            out.push(')');
        }
        '—' | '–' | '‒' | '―' | '−' | '─' | '‐' | '‑' => out.push('-'),
        '\u{2e80}'..='\u{2eff}' => out.push(ideograph(c)),
        // Full width: the same characters in the same order.
        '！'..='～' => {
            let narrow = char::from_u32(c as u32 - '！' as u32 + '!' as u32).unwrap_or(c);
            out.push(bracket(narrow).to_ascii_lowercase());
        }
        _ => {
            for c in std::iter::once(c).nfkc() {
                if !is_space(c) {
                    out.push(bracket(c).to_ascii_lowercase());
                }
            }
        }
    }
}

fn bracket(c: char) -> char {
    match c {
        '〔' | '【' | '〖' | '[' | '{' | '﹝' => '(',
        '〕' | '】' | '〗' | ']' | '}' | '﹞' => ')',
        '〜' => '~',
        c => c,
    }
}

/// Mirrors of government sites put `(zheng)` after odd characters.
fn without_pinyin(folded: &str) -> String {
    /// The longest syllable has six letters, one of them perhaps with a tone mark.
    const SYLLABLE: usize = 7;
    let mut out = String::with_capacity(folded.len());
    let mut rest = folded;
    while let Some((before, after)) = rest.split_once('(') {
        out.push_str(before);
        let letters = |c: &char| c.is_alphabetic() && !is_han(*c);
        let syllable: usize = after.chars().take(SYLLABLE).take_while(letters).map(char::len_utf8).sum();
        let tail = after.get(syllable..).and_then(|tail| tail.strip_prefix(')'));
        match tail {
            Some(tail) if syllable > 0 && out.ends_with(is_han) => rest = tail,
            _ => {
                out.push('(');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// How a heading or label is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbering {
    /// 一、
    Chinese,
    /// （一）
    BracketedChinese,
    /// 1. 1、
    Arabic,
    /// （1） ① 1）
    BracketedArabic,
    /// 第一部分
    Part,
}

/// Splits a leading number off a folded text: its style, its value, the rest.
pub(crate) fn split_number(folded: &str) -> (Option<(Numbering, u32)>, &str) {
    let none = (None, folded);
    if let Some(rest) = folded.strip_prefix('(') {
        let Some((inside, tail)) = rest.split_once(')') else { return none };
        let tail = tail.strip_prefix(['、', '.', ',', ':']).unwrap_or(tail);
        return match (chinese_number(inside), inside.parse::<u32>()) {
            (Some(n), _) => (Some((Numbering::BracketedChinese, n)), tail),
            (None, Ok(n)) if inside.len() <= 2 => (Some((Numbering::BracketedArabic, n)), tail),
            _ => none,
        };
    }
    if let Some(rest) = folded.strip_prefix('第') {
        let (number, tail) = split_while(rest, |c| is_chinese_digit(c) || c.is_ascii_digit());
        for word in ["部分", "章", "节"] {
            if let (Some(tail), Some(n)) =
                (tail.strip_prefix(word), chinese_number(number).or_else(|| number.parse().ok()))
            {
                let tail = tail.strip_prefix(['、', '.', ',', ':']).unwrap_or(tail);
                return (Some((Numbering::Part, n)), tail);
            }
        }
        return none;
    }
    let (digits, tail) = split_while(folded, |c| c.is_ascii_digit());
    if !digits.is_empty() {
        let Ok(n) = digits.parse::<u32>() else { return none };
        if digits.len() > 2 {
            return none;
        }
        if let Some(tail) = tail.strip_prefix(')') {
            return (Some((Numbering::BracketedArabic, n)), tail);
        }
        if let Some(rest) = tail.strip_prefix(['、', '.', ',', ':']) {
            // "1.5" is a number, not an item.
            if rest.starts_with(|c: char| c.is_ascii_digit()) {
                return none;
            }
            return (Some((Numbering::Arabic, n)), rest);
        }
        // "1属于国家秘密", but not "3件" or "2020年…".
        let next = tail.chars().next();
        if next.is_some_and(|c| is_han(c) && !"年月日件项条个次万元宗人份".contains(c)) {
            return (Some((Numbering::Arabic, n)), tail);
        }
        return none;
    }
    let (digits, tail) = split_while(folded, is_chinese_digit);
    match (chinese_number(digits), tail.strip_prefix(['、', '.', ',', ':', ')'])) {
        (Some(n), Some(tail)) => (Some((Numbering::Chinese, n)), tail),
        _ => none,
    }
}

fn split_while(text: &str, keep: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !keep(c)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn is_chinese_digit(c: char) -> bool {
    matches!(c, '〇' | '零' | '十') || chinese_digit(c).is_some()
}

/// 一 to 九.
fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// 一 to 九十九.
pub(crate) fn chinese_number(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    match (chars.next()?, chars.next(), chars.next(), chars.next()) {
        ('十', None, ..) => Some(10),
        (a, None, ..) => chinese_digit(a),
        ('十', Some(b), None, _) => Some(10 + chinese_digit(b)?),
        (a, Some('十'), None, _) => Some(10 * chinese_digit(a)?),
        (a, Some('十'), Some(b), None) => Some(10 * chinese_digit(a)? + chinese_digit(b)?),
        _ => None,
    }
}

/// Text without what stands in round brackets (folded).
pub(crate) fn without_brackets(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut depth = 0_usize;
    for c in folded.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_unifies_what_looks_alike() {
        for (printed, folded) in [
            ("自　 然\u{a0}人", "自然人"),
            ("（一）予以公开", "(一)予以公开"),
            ("危及“三安全一稳定”", "危及三安全一稳定"),
            ("本年增／减", "本年增/减"),
            ("⒈属于", "1.属于"),
            ("①属于", "(1)属于"),
            ("⼀、总体", "一、总体"),
            ("⼈⺠政府⻓⽉", "人民政府长月"),
            ("政(zheng)府(fu)", "政府"),
            ("金额(万元)", "金额(万元)"),
            ("总计¹", "总计"),
            ("\u{200b}商业\n企业\u{feff}", "商业企业"),
        ] {
            assert_eq!(fold(printed), folded, "{printed}");
        }
    }

    #[test]
    fn radicals_are_ideographs() {
        for (radical, is) in [
            ('⺁', '厂'),
            ('⺠', '民'),
            ('⻅', '见'),
            ('⻓', '长'),
            ('⻳', '龟'),
            ('⼀', '一'),
            ('⿕', '龠'),
            // Nothing is the same as these, or nothing stands there.
            ('⺀', '⺀'),
            ('\u{2e9a}', '\u{2e9a}'),
            ('\u{2eff}', '\u{2eff}'),
            ('\u{2fdf}', '\u{2fdf}'),
            ('民', '民'),
        ] {
            assert_eq!(ideograph(radical), is, "{radical}");
        }
        assert!(has_radicals("2021年1⽉1日") && has_radicals("⻓") && has_radicals("⺁"));
        assert!(!has_radicals("“人民”—1…") && !has_radicals(""));
    }

    #[test]
    fn numbers_are_split_from_labels() {
        for (text, style, value, rest) in [
            ("一、总体情况", Numbering::Chinese, 1, "总体情况"),
            ("十二、其他", Numbering::Chinese, 12, "其他"),
            ("(三)不予公开", Numbering::BracketedChinese, 3, "不予公开"),
            ("1.属于国家秘密", Numbering::Arabic, 1, "属于国家秘密"),
            ("8、属于", Numbering::Arabic, 8, "属于"),
            ("1属于国家秘密", Numbering::Arabic, 1, "属于国家秘密"),
            ("(1)属于", Numbering::BracketedArabic, 1, "属于"),
            ("第一部分总体情况", Numbering::Part, 1, "总体情况"),
        ] {
            assert_eq!(split_number(text), (Some((style, value)), rest), "{text}");
        }
        for text in ["三安全一稳定", "2020年", "3件", "1.5", "四类过程性信息", "第二十条第(一)项", "总计"]
        {
            assert_eq!(split_number(text), (None, text));
        }
    }
}
