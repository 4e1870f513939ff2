//! Formats of automatic numbers (ECMA-376 part 1, 17.18.59, ST_NumberFormat).
//!
//! The decimal, Latin, Roman and Chinese ones; formats of other scripts are unknown.

/// The number in that format; `None` for a format that is not known. Numbers beyond
/// the reach of a format are given in decimal, as word processors do.
pub(crate) fn format(name: &str, n: u32) -> Option<String> {
    const DIGITS: &str = "〇一二三四五六七八九";
    Some(match name {
        "decimal" | "decimalHalfWidth" => n.to_string(),
        "decimalZero" => format!("{n:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => digits(n, "０１２３４５６７８９"),
        "numberInDash" => format!("- {n} -"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => listed(n, &run_of('①', 20)),
        "decimalEnclosedParen" => listed(n, &run_of('⑴', 20)),
        "decimalEnclosedFullstop" => listed(n, &run_of('⒈', 20)),
        "ideographEnclosedCircle" => listed(n, &run_of('㊀', 10)),
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "upperLetter" => letter(n, 'A'),
        "lowerLetter" => letter(n, 'a'),
        "chineseCounting" | "taiwaneseCounting" if n > 99 => digits(n, DIGITS),
        "chineseCounting" | "taiwaneseCounting" | "chineseCountingThousand" | "taiwaneseCountingThousand" => {
            counting(n, "零一二三四五六七八九", "十百千", "万", Leading::DropInTens)
        }
        "japaneseCounting" => counting(n, "〇一二三四五六七八九", "十百千", "万", Leading::DropAll),
        "chineseLegalSimplified" => counting(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万", Leading::Keep),
        "ideographLegalTraditional" => counting(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬", Leading::Keep),
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => digits(n, DIGITS),
        "koreanDigital2" => digits(n, "零一二三四五六七八九"),
        "ideographTraditional" => listed(n, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => listed(n, "子丑寅卯辰巳午未申酉戌亥"),
        "none" => String::new(),
        _ => return None,
    })
}

/// The n-th character of a list, from 1.
fn listed(n: u32, list: &str) -> String {
    let nth = n.checked_sub(1).and_then(|i| list.chars().nth(usize::try_from(i).ok()?));
    nth.map_or_else(|| n.to_string(), String::from)
}

fn run_of(first: char, length: u32) -> String {
    (0..length).filter_map(|i| char::from_u32(u32::from(first) + i)).collect()
}

/// Digit by digit.
fn digits(n: u32, alphabet: &str) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|d| alphabet.chars().nth(d as usize)).unwrap_or(c);
    n.to_string().chars().map(digit).collect()
}

/// A..Z, AA..ZZ, AAA..: word processors repeat the letter.
fn letter(n: u32, first: char) -> String {
    match n.checked_sub(1) {
        Some(i) if n <= 780 => {
            let letter = char::from_u32(u32::from(first) + i % 26).unwrap_or(first);
            std::iter::repeat_n(letter, (i / 26 + 1) as usize).collect()
        }
        _ => n.to_string(),
    }
}

fn roman(n: u32) -> String {
    if n == 0 || n > 32_767 {
        return n.to_string();
    }
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = n;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

/// When 一 before 十百千 is not written.
#[derive(Clone, Copy, PartialEq)]
enum Leading {
    Keep,
    /// Only in 十 to 十九.
    DropInTens,
    /// Always, and zeros between digits too.
    DropAll,
}

fn counting(n: u32, alphabet: &str, units: &str, myriad: &str, leading: Leading) -> String {
    let digit = |d: u32| alphabet.chars().nth(d as usize).unwrap_or('?');
    if n == 0 {
        return digit(0).to_string();
    }
    if n > 99_999_999 {
        return n.to_string();
    }
    let (high, low) = (n / 10_000, n % 10_000);
    let mut out = String::new();
    if high > 0 {
        out = counting(high, alphabet, units, myriad, leading);
        out.push_str(myriad);
    }
    // A gap of zeros between two digits is one 零.
    let mut gap = high > 0 && low < 1000;
    let mut begun = high > 0;
    for (power, unit) in
        [(1000, units.chars().nth(2)), (100, units.chars().nth(1)), (10, units.chars().next()), (1, None)]
    {
        let d = low / power % 10;
        if d == 0 {
            gap |= begun;
            continue;
        }
        if gap && leading != Leading::DropAll {
            out.push(digit(0));
        }
        gap = false;
        let bare = match leading {
            Leading::Keep => false,
            Leading::DropInTens => !begun && power == 10,
            Leading::DropAll => power > 1,
        };
        if !(d == 1 && bare) {
            out.push(digit(d));
        }
        out.extend(unit);
        begun = true;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_formats() {
        let cases = [
            ("decimal", 7, "7"),
            ("decimalZero", 7, "07"),
            ("decimalFullWidth", 12, "１２"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalEnclosedCircleChinese", 3, "③"),
            ("decimalEnclosedCircle", 21, "21"),
            ("decimalEnclosedParen", 2, "⑵"),
            ("decimalEnclosedFullstop", 3, "⒊"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerRoman", 4, "iv"),
            ("upperLetter", 28, "BB"),
            ("lowerLetter", 26, "z"),
            ("lowerLetter", u32::MAX, "4294967295"),
            ("upperRoman", u32::MAX, "4294967295"),
            ("chineseCounting", 10, "十"),
            ("chineseCounting", 21, "二十一"),
            ("chineseCountingThousand", 11, "十一"),
            ("chineseCountingThousand", 101, "一百零一"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 1010, "一千零一十"),
            ("chineseCountingThousand", 10_010, "一万零一十"),
            ("taiwaneseCounting", 12, "十二"),
            ("taiwaneseCountingThousand", 200, "二百"),
            ("japaneseCounting", 111, "百十一"),
            ("ideographDigital", 10, "一〇"),
            ("taiwaneseDigital", 12, "一二"),
            ("koreanDigital2", 10, "一零"),
            ("chineseLegalSimplified", 15, "壹拾伍"),
            ("ideographTraditional", 10, "癸"),
            ("ideographZodiac", 12, "亥"),
            ("ideographEnclosedCircle", 10, "㊉"),
            ("none", 3, ""),
        ];
        for (name, n, expected) in cases {
            assert_eq!(format(name, n).as_deref(), Some(expected), "{name} {n}");
        }
        assert_eq!(format("hindiVowels", 1), None);
    }
}
