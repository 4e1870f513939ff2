//! Who, when and under which title: only what is printed, with its evidence.

use crate::date::Date;
use crate::document::fold::{fold, is_han, is_space, split_number, squeeze};
use crate::document::{Paragraph, Place};
use crate::location::Location;
use crate::model::{Agency, Evidence, Level, Period};
use crate::template::CHROME;

/// The title: its text, its agency and year, and how many paragraphs it takes.
pub(super) struct Title {
    pub(super) title: Evidence<String>,
    pub(super) agency: Option<Agency>,
    pub(super) year: Option<Evidence<i32>>,
    pub(super) first: usize,
    pub(super) length: usize,
}

/// Lines a title is broken into at the most.
const MAX_TITLE_LINES: usize = 4;
const MAX_TITLE: usize = 80;
/// Paragraphs among which the title stands, page furniture included.
const MAX_HEAD: usize = 100;

/// Finds the title among the paragraphs before the first heading: the fewest lines that
/// read as one, and the name of the organ on a line above.
pub(super) fn title(paragraphs: &[&Paragraph]) -> Option<Title> {
    let head = paragraphs.get(..MAX_HEAD).unwrap_or(paragraphs);
    for length in 1..=MAX_TITLE_LINES {
        for (first, lines) in head.windows(length).enumerate() {
            if lines.iter().any(|p| !may_be_title(&p.text)) {
                continue;
            }
            let Some(found) = read_title(lines) else { continue };
            let above = first.checked_sub(1).filter(|_| found.agency.is_none());
            let with_name = above
                .filter(|&above| paragraphs.get(above).is_some_and(|p| lone_agency(&p.text).is_some()))
                .and_then(|above| {
                    let lines = paragraphs.get(above..first + length)?;
                    read_title(lines).map(|title| Title { first: above, ..title })
                });
            return with_name.or(Some(Title { first, ..found }));
        }
    }
    None
}

/// A title's line is no sentence, no furniture, no date and no document number.
fn may_be_title(text: &str) -> bool {
    text.chars().nth(2 * MAX_TITLE).is_none()
        && !text.contains(['。', '；', '，', ','])
        && !is_chrome(text)
        && lone_date(text).is_none()
        && document_number(text).is_none()
        && text.chars().filter(|&c| is_han(c)).count() >= 1
}

fn read_title(lines: &[&Paragraph]) -> Option<Title> {
    let text: String = lines.iter().map(|p| squeeze(&p.text)).collect();
    let text = text.strip_prefix("[bookmark:_GoBack]").unwrap_or(&text).to_owned();
    if text.chars().count() > MAX_TITLE {
        return None;
    }
    let bare = strip_tail_note(&text);
    let about =
        bare.find("政府信息公开").or_else(|| bare.find("政务公开")).or_else(|| bare.find("信息公开"))?;
    let ends = ["报告", "年报"].iter().any(|end| bare.ends_with(end));
    let (before, after) = bare.split_at_checked(about)?;
    // "…关于…的通知" and sentences about the report are no titles.
    if !ends || after.contains("通知") || after.chars().count() > 24 {
        return None;
    }
    let place = lines.first()?.location.location();
    let years = years(&text);
    let one_year = years.iter().all(|y| Some(y) == years.first());
    let year = years.first().filter(|_| one_year).map(|&value| Evidence {
        value,
        text: text.clone(),
        location: place.clone(),
    });
    let agency = agency_of_title(before).map(|name| Agency {
        level: level(&name),
        name,
        text: text.clone(),
        location: place.clone(),
    });
    let title = Evidence {
        value: text.clone(),
        text: lines.iter().map(|p| p.text.trim_matches(is_space)).collect::<Vec<_>>().join("\n"),
        location: place,
    };
    Some(Title { title, agency, year, first: 0, length: lines.len() })
}

/// Drops "（图解）" and the like from the end.
fn strip_tail_note(text: &str) -> &str {
    let closed = text.ends_with(['）', ')']);
    match text.rfind(['（', '(']) {
        Some(at) if closed && at > 0 => text.get(..at).unwrap_or(text),
        _ => text,
    }
}

/// The name before or after the year: "大田镇2020年", "2021年迎宾路街道".
fn agency_of_title(before: &str) -> Option<String> {
    let mut name = before.to_owned();
    for note in ["（图解）", "(图解)", "（图片版）", "（超链版）"] {
        name = name.replace(note, "");
    }
    // Years with their words go; what is left names the organ.
    let mut left = String::new();
    let mut rest = name.as_str();
    while let Some((start, end)) = find_year(rest) {
        left.push_str(rest.get(..start).unwrap_or_default());
        rest = rest.get(end..).unwrap_or_default();
    }
    left.push_str(rest);
    let left = left.trim_matches(|c: char| is_space(c) || matches!(c, '-' | '—' | '_' | '：' | ':' | '·'));
    let left = left.strip_prefix("关于").unwrap_or(left).trim_end_matches('度').trim_end_matches('的');
    let han = left.chars().filter(|&c| is_han(c)).count();
    (han >= 2).then(|| left.to_owned())
}

/// Where "2020年度" stands (bytes), or a bare year before a name.
fn find_year(text: &str) -> Option<(usize, usize)> {
    for (at, _, len) in years_at(text) {
        let preceded = text.get(..at).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
        if preceded {
            continue;
        }
        let mut end = at + len;
        for word in ["年度", "年"] {
            if text.get(end..).is_some_and(|t| t.starts_with(word)) {
                end += word.len();
                break;
            }
        }
        return Some((at, end));
    }
    None
}

/// Where digits that are a year stand in a text, its value, and its length, in bytes.
fn years_at(text: &str) -> impl Iterator<Item = (usize, i32, usize)> {
    // All of a report is looked through, so that bytes are, of which one begins 1, 2, and
    // one each their forms in full width and in Chinese.
    let begins = |b: u8| matches!(b, b'1' | b'2' | 0xef | 0xe4);
    let places = text.bytes().enumerate().filter(move |&(_, b)| begins(b)).map(|(at, _)| at);
    places.filter_map(|at| {
        let (year, length) = year_at(text.get(at..)?)?;
        Some((at, year, length))
    })
}

/// A year in digits of either kind at the start of a text: value and length in bytes.
fn year_at(text: &str) -> Option<(i32, usize)> {
    if !text.starts_with(['1', '2', '１', '２', '一', '二']) {
        return None;
    }
    let mut head = ['\0'; 5];
    head.iter_mut().zip(text.chars()).for_each(|(slot, c)| *slot = c);
    let four = head.get(..4)?;
    let digit = |c: char| match c {
        '0'..='9' => Some(c as i32 - '0' as i32),
        '０'..='９' => Some(c as i32 - '０' as i32),
        '〇' | '○' | '零' | 'Ｏ' => Some(0),
        _ => "一二三四五六七八九".chars().position(|d| d == c).and_then(|i| i32::try_from(i + 1).ok()),
    };
    let value = four.iter().try_fold(0, |value, &c| Some(value * 10 + digit(c)?))?;
    let more = head.get(4).is_some_and(|&c| c.is_ascii_digit());
    let plausible = (1990..=2100).contains(&value) && !more;
    plausible.then(|| (value, four.iter().map(|c| c.len_utf8()).sum()))
}

/// All years in a text.
fn years(text: &str) -> Vec<i32> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((start, end)) = find_year(rest) {
        found.extend(rest.get(start..).and_then(year_at).map(|(year, _)| year));
        rest = rest.get(end..).unwrap_or_default();
    }
    found
}

/// The level a name's ending tells.
fn level(name: &str) -> Option<Level> {
    let place = ["人民政府", "办事处", "政府"].iter().fold(name, |n, end| n.strip_suffix(end).unwrap_or(n));
    let ends = |words: &[&str]| words.iter().any(|word| place.ends_with(word));
    if ends(&["镇", "乡", "街道", "苏木"]) {
        Some(Level::Township)
    } else if ends(&["自治州", "地区", "盟"]) {
        Some(Level::Prefecture)
    } else if ends(&["省", "自治区"]) {
        Some(Level::Province)
    } else if ends(&["县", "区", "旗"]) && !ends(&["开发区", "新区", "园区", "景区", "社区", "管理区"])
    {
        Some(Level::County)
    } else {
        None
    }
}

/// A line of page furniture, told by its words.
pub(super) fn is_chrome(text: &str) -> bool {
    if text.len() > 120 && text.chars().nth(120).is_some() {
        return false;
    }
    let folded = fold(text);
    let begins = |start: &&str| {
        start.as_bytes().first_chunk::<3>() == folded.as_bytes().first_chunk() && folded.starts_with(*start)
    };
    CHROME.whole.contains(&&*folded)
        || CHROME.starts.iter().any(begins)
        || (folded.chars().count() <= 60 && CHROME.contains.iter().any(|word| folded.contains(word)))
}

/// The first date in a text: its value and its place in bytes.
fn find_date(text: &str) -> Option<(Date, usize, usize)> {
    for (at, year, len) in years_at(text) {
        let rest = text.get(at..)?;
        if text.get(..at).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit())) {
            continue;
        }
        let after = rest.get(len..)?;
        if let Some((date, used)) = month_day(year, after) {
            return Some((date, at, at + len + used));
        }
    }
    None
}

/// "年1月20日", "-01-20", "/1/20", ".1.20" after a year.
fn month_day(year: i32, after: &str) -> Option<(Date, usize)> {
    let skip = |text: &str| text.len() - text.trim_start_matches(is_space).len();
    let mut at = skip(after);
    let separator = after.get(at..)?.chars().next()?;
    let (first, last): (char, &[char]) = match separator {
        '年' => ('月', &['日', '号']),
        '-' | '/' | '.' => (separator, &[]),
        _ => return None,
    };
    at += separator.len_utf8();
    at += skip(after.get(at..)?);
    let (month, len) = small_number(after.get(at..)?)?;
    at += len;
    at += skip(after.get(at..)?);
    at += after.get(at..)?.strip_prefix(first).map(|_| first.len_utf8())?;
    at += skip(after.get(at..)?);
    let (day, len) = small_number(after.get(at..)?)?;
    at += len;
    if !last.is_empty() {
        at += skip(after.get(at..)?);
        at += after.get(at..)?.strip_prefix(last).map(|_| '日'.len_utf8())?;
    }
    Some((Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?, at))
}

/// One or two digits, or a Chinese number: value and length in bytes.
fn small_number(text: &str) -> Option<(u32, usize)> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        return (digits.len() <= 2).then(|| digits.parse().ok()).flatten().map(|n| (n, digits.len()));
    }
    let chinese: String = text.chars().take_while(|&c| "一二三四五六七八九十".contains(c)).collect();
    crate::document::fold::chinese_number(&chinese).map(|n| (n, chinese.len()))
}

/// The period the numbers cover: "自2020年1月1日起至2020年12月31日止", "截至2019年12月31日".
/// A sentence that says so in so many words goes before one that merely spans the year.
pub(super) fn period<'a>(
    paragraphs: impl Iterator<Item = (&'a str, &'a Location)>,
) -> Option<Evidence<Period>> {
    let states = ["统计期限", "所列数据", "统计时限", "统计时间", "时限"];
    // Most say no year at all.
    let dated = paragraphs.filter(|(text, _)| years_at(text).next().is_some());
    let candidates: Vec<(bool, Evidence<Period>)> = dated
        .flat_map(|(text, place)| text.split_inclusive(['。', '；']).map(move |sentence| (sentence, place)))
        .filter_map(|(sentence, place)| {
            let (value, text) = read_period(sentence)?;
            let stated = states.iter().any(|word| sentence.contains(word));
            Some((stated, Evidence { value, text, location: place.clone() }))
        })
        .collect();
    let stated = candidates.iter().find(|(stated, _)| *stated);
    let whole = || candidates.iter().find(|(_, e)| e.value.start.is_some());
    stated.or_else(whole).or(candidates.first()).map(|(_, evidence)| evidence.clone())
}

fn read_period(sentence: &str) -> Option<(Period, String)> {
    let (start, from, mut at) = find_date(sentence)?;
    let rest = sentence.get(at..)?;
    let trimmed = rest.trim_start_matches(is_space);
    let trimmed = trimmed.strip_prefix('起').unwrap_or(trimmed).trim_start_matches([',', '，', ' ']);
    let joined = ["至", "到", "—", "-", "～", "~", "–"].iter().find_map(|word| trimmed.strip_prefix(word));
    let Some(after) = joined else {
        // "截至2019年12月31日" states only the end.
        let before = sentence.get(..from)?;
        let until = ["截至", "截止", "截止到", "截至到"].iter().any(|word| before.ends_with(word));
        let (_, month, day) = start.ymd();
        let found = (until && (month, day) == (12, 31)).then_some(Period { start: None, end: start });
        return found.map(|period| (period, sentence.get(from..at).unwrap_or_default().to_owned()));
    };
    let skipped = after.trim_start_matches(is_space);
    let offset = sentence.len() - skipped.len();
    let (end, used) = match find_date(skipped) {
        Some((end, 0, used)) => (end, used),
        // "2020年1月1日至12月31日"
        _ => {
            let (year, ..) = start.ymd();
            let with_year = format!("年{skipped}");
            let (end, used) = month_day(year, &with_year)?;
            (end, used - "年".len())
        }
    };
    at = offset + used;
    let (first, last) = (start.ymd(), end.ymd());
    let spans_year = (first.1, first.2) == (1, 1) && (last.1, last.2) == (12, 31);
    spans_year
        .then(|| (Period { start: Some(start), end }, sentence.get(from..at).unwrap_or_default().to_owned()))
}

/// The year the overview's sentences open with: "2019年，我镇…". Plans name other years and
/// do not count; where the rest disagree there is no answer.
pub(super) fn opening_year(paragraphs: &[(&str, &Location)]) -> Option<Evidence<i32>> {
    let plans = ["将", "计划", "下一步", "下步", "打算", "拟"];
    let mut found: Option<Evidence<i32>> = None;
    let sentences = paragraphs
        .iter()
        .flat_map(|(text, place)| text.split_inclusive(['。', '；', '\n']).map(move |s| (s, *place)));
    for (sentence, place) in sentences {
        let text = sentence.trim_start_matches(is_space);
        let text = text.strip_prefix("[bookmark: _GoBack]").unwrap_or(text);
        let Some((value, len)) = year_at(text) else { continue };
        let opens = text
            .get(len..)
            .and_then(|after| after.strip_prefix("年"))
            .is_some_and(|rest| rest.starts_with(['，', ',']) || rest.starts_with(is_han));
        if !opens || plans.iter().any(|word| text.contains(word)) {
            continue;
        }
        match &found {
            Some(known) if known.value != value => return None,
            Some(_) => {}
            None => {
                let text = text.chars().take(12).collect();
                found = Some(Evidence { value, text, location: place.clone() });
            }
        }
    }
    found
}

/// The publication date, from the furniture of the page.
pub(super) fn published(chrome: &[(&str, &Place)]) -> Option<Evidence<Date>> {
    let names = ["发布时间", "发布日期", "公开日期", "公开时间", "发表时间", "时间", "日期"];
    // "发布日期" may stand in one cell and the date in the next.
    let furniture: Vec<_> = chrome.iter().filter(|(text, _)| text.chars().count() <= 120).collect();
    for (index, (text, place)) in furniture.iter().enumerate() {
        let squeezed = squeeze(text);
        for name in names {
            let Some(at) = squeezed.find(name) else { continue };
            let after = squeezed.get(at + name.len()..).unwrap_or_default();
            let direct = after.trim_start_matches([':', '：']);
            // Squeezing joins "2021-01-20" and "09:16"; read from the original text.
            let original = text.find(name).and_then(|at| text.get(at..)).unwrap_or(text);
            if let Some((value, ..)) =
                find_date(original).filter(|_| direct.starts_with(|c: char| c.is_ascii_digit()))
            {
                return Some(Evidence {
                    value,
                    text: text.trim_matches(is_space).to_owned(),
                    location: place.location(),
                });
            }
            if direct.is_empty()
                && let Some((next, place)) = furniture.get(index + 1)
                && let Some((value, 0, _)) = find_date(next.trim_matches(is_space))
            {
                return Some(Evidence {
                    value,
                    text: next.trim_matches(is_space).to_owned(),
                    location: place.location(),
                });
            }
        }
    }
    None
}

/// A date that is all of its line.
pub(super) fn lone_date(text: &str) -> Option<Date> {
    if text.chars().nth(MAX_TITLE).is_some() {
        return None;
    }
    let squeezed = squeeze(text);
    let inner = squeezed.trim_matches(['（', '）', '(', ')']);
    match find_date(inner)? {
        (date, 0, end) if end == inner.len() => Some(date),
        _ => None,
    }
}

/// A line that is only the name of an organ.
pub(super) fn lone_agency(text: &str) -> Option<String> {
    let name = squeeze(text);
    let ends = [
        "政府",
        "办事处",
        "局",
        "委员会",
        "办公室",
        "厅",
        "委",
        "镇",
        "乡",
        "街道",
        "中心",
        "院",
        "部",
        "处",
        "海关",
        "总队",
        "支队",
        "大队",
        "分局",
    ];
    let length = name.chars().count();
    let plain = name.chars().all(|c| is_han(c) || matches!(c, '（' | '）' | '(' | ')'));
    ((3..=30).contains(&length) && plain && ends.iter().any(|end| name.ends_with(end))).then_some(name)
}

/// An agency named on a line of its own.
pub(super) fn agency(name: String, text: &str, location: &Location) -> Agency {
    Agency {
        level: level(&name),
        name,
        text: text.trim_matches(is_space).to_owned(),
        location: location.clone(),
    }
}

/// A document number alone on its line: "漳审综〔2026〕2号".
pub(super) fn document_number(text: &str) -> Option<String> {
    if text.chars().nth(MAX_TITLE).is_some() {
        return None;
    }
    let number = squeeze(text);
    let folded = fold(&number);
    let (head, rest) = folded.split_once('(')?;
    let (year, rest) = rest.split_once(')')?;
    let rest = rest.strip_suffix('号')?.trim_start_matches('第');
    let plain = !head.is_empty() && head.chars().count() <= 12 && head.chars().all(is_han);
    let numbered = !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    (plain
        && numbered
        && year_at(year).is_some_and(|(_, len)| len == year.len())
        && split_number(&folded).0.is_none())
    .then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title_of(lines: &[&str]) -> Option<(String, Option<String>, Option<i32>)> {
        let paragraphs: Vec<Paragraph> =
            lines.iter().map(|t| Paragraph { text: (*t).into(), ..Paragraph::default() }).collect();
        let refs: Vec<&Paragraph> = paragraphs.iter().collect();
        title(&refs).map(|t| (t.title.value, t.agency.map(|a| a.name), t.year.map(|y| y.value)))
    }

    #[test]
    fn titles_in_their_forms() {
        let some = |t: &str, a: Option<&str>, y| Some((t.to_owned(), a.map(str::to_owned), y));
        assert_eq!(
            title_of(&["青禾镇2022年政府信息公开工作年度报告"]),
            some("青禾镇2022年政府信息公开工作年度报告", Some("青禾镇"), Some(2022))
        );
        assert_eq!(
            title_of(&["青禾镇2022年政府信息公开工作年度", "报   告", "本报告根据要求编制。"]),
            some("青禾镇2022年政府信息公开工作年度报告", Some("青禾镇"), Some(2022))
        );
        assert_eq!(
            title_of(&["2021年迎春路街道政府信息公开工作年度报告"]),
            some("2021年迎春路街道政府信息公开工作年度报告", Some("迎春路街道"), Some(2021))
        );
        assert_eq!(
            title_of(&["2025云溪县大垅乡2025年度政府信息公开年报"]),
            some("2025云溪县大垅乡2025年度政府信息公开年报", Some("云溪县大垅乡"), Some(2025))
        );
        assert_eq!(
            title_of(&["云溪县水利局", "二〇二三年政府信息公开工作报告"]),
            some("云溪县水利局二〇二三年政府信息公开工作报告", Some("云溪县水利局"), Some(2023))
        );
        assert_eq!(title_of(&["青禾镇2022年度政府信息公开工作严格按照要求开展。"]), None);
        assert_eq!(title_of(&["关于做好2022年政府信息公开工作年度报告编制工作的通知"]), None);
    }

    #[test]
    fn what_is_no_title() {
        let report = "青禾镇2021年政府信息公开工作年度报告";
        assert!(title_of(&[report]).is_some());
        for line in [
            "青禾镇，2021年政府信息公开工作年度报告",
            "当前位置：首页>2021年政府信息公开工作年度报告",
            "青禾镇2021年政府信息公开工作",
            "青禾镇2021年工作年度报告",
            "青禾镇政府信息公开工作推进会上关于做好下一年度各项重点任务有关事宜的讲话及报告",
        ] {
            assert_eq!(title_of(&[line]), None, "{line}");
        }
        // Nor is a title broken around a date, a document's number or a page's.
        for between in ["2022年1月20日", "青政〔2022〕1号", "- 2 -"] {
            assert_eq!(title_of(&["青禾镇政府信息公开", between, "年度报告"]), None, "{between}");
        }
    }

    #[test]
    fn a_title_takes_its_lines_and_gives_its_names() {
        let lines =
            ["二〇二二年一月", "青禾镇人民政府", "2021年政府信息公开", "工作年度报告", "一、总体情况"];
        let paragraphs = lines.map(|text| Paragraph { text: text.into(), ..Paragraph::default() });
        let found = title(&paragraphs.iter().collect::<Vec<_>>()).unwrap();
        assert_eq!((found.first, found.length), (1, 3));
        assert_eq!(found.agency.unwrap().name, "青禾镇人民政府");
        let names = |line| title_of(&[line]).map(|(_, agency, year)| (agency, year));
        for line in [
            "青禾镇2021年政府信息公开年报（图解）",
            "2021年—青禾镇政府信息公开年度报告",
            "青禾镇２０２１年政府信息公开工作年度报告",
            "关于青禾镇2021年度的政府信息公开年度报告",
        ] {
            assert_eq!(names(line), Some((Some("青禾镇".to_owned()), Some(2021))), "{line}");
        }
        let name = Some("青禾镇（原青山镇）".to_owned());
        assert_eq!(names("青禾镇（原青山镇）2021年政府信息公开年报"), Some((name, Some(2021))));
    }

    #[test]
    fn years_have_four_digits_and_are_of_our_time() {
        assert_eq!(years("2019年、2020年"), [2019, 2020]);
        for text in ["20211年", "1234年", "12021年", "202年", "2101年"] {
            assert_eq!(years(text), [0; 0], "{text}");
        }
    }

    #[test]
    fn the_overview_opens_with_one_year_or_none() {
        let place = Location::default();
        let year = |texts: &[&str]| {
            let texts: Vec<_> = texts.iter().map(|text| (*text, &place)).collect();
            opening_year(&texts).map(|year| year.value)
        };
        assert_eq!(year(&["2021年，我镇依法公开。", "2021年我镇新收申请3件。"]), Some(2021));
        assert_eq!(year(&["2021年，我镇依法公开。", "2022年，我镇依法公开。"]), None);
        assert_eq!(year(&["2021年，我镇依法公开。", "2022年，我镇将继续公开。"]), Some(2021));
    }

    #[test]
    fn furniture_is_short() {
        assert!(is_chrome("来源：青禾镇"));
        assert!(!is_chrome(&format!("来源：{}", "本镇政府信息公开工作".repeat(13))));
    }

    #[test]
    fn names_dates_and_numbers_fill_their_lines() {
        for text in ["青禾镇", "云溪县水利局", "云溪县（高新区）水利局"] {
            assert!(lone_agency(text).is_some(), "{text}");
        }
        for text in ["镇", "2021青禾镇", "青禾镇农业", "本镇共有3个村委"] {
            assert_eq!(lone_agency(text), None, "{text}");
        }
        assert_eq!(lone_date("2021年1月20日上午"), None);
        assert_eq!(lone_date("于2021年1月20日"), None);
        assert!(lone_date("（2021年1月20日）").is_some());
        for text in [
            "青政〔2021〕甲号",
            "青政〔21〕3号",
            "青政〔20213〕3号",
            "〔2021〕3号",
            "青政3〔2021〕3号",
            "青政〔2021〕号",
            "青政〔2021〕3",
            "青禾镇人民政府办公室关于印发〔2021〕3号",
        ] {
            assert_eq!(document_number(text), None, "{text}");
        }
        assert!(document_number("青政〔2021〕第3号").is_some());
    }

    #[test]
    fn dates_and_periods() {
        let place = Location::default();
        let period_of = |text: &str| {
            period(std::iter::once((text, &place)))
                .map(|e| (e.value.start.map(|d| d.to_string()), e.value.end.to_string()))
        };
        assert_eq!(
            period_of("本报告所列数据的统计期限自2020年1月1日起至2020年12月31日止。"),
            Some((Some("2020-01-01".into()), "2020-12-31".into()))
        );
        assert_eq!(
            period_of("从2020年1月1日至12月31日，公开信息212条。"),
            Some((Some("2020-01-01".into()), "2020-12-31".into()))
        );
        assert_eq!(period_of("截至2019年12月31日，答复7件。"), Some((None, "2019-12-31".into())));
        assert_eq!(
            period_of("自 2020 年 1 月 1 日 起至 2020 年 12 月 31 日 止"),
            Some((Some("2020-01-01".into()), "2020-12-31".into()))
        );
        assert_eq!(period_of("2021年3月2日至3月5日开展培训。"), None);
        for text in
            ["2021年1月1日至6月30日", "2021年3月1日至12月31日", "截至2021年11月30日", "公布于2021年12月31日"]
        {
            assert_eq!(period_of(text), None, "{text}");
        }
        let evidence = period(std::iter::once(("统计期限为2020年1月1日至12月31日，下同。", &place)));
        assert_eq!(evidence.map(|e| e.text).as_deref(), Some("2020年1月1日至12月31日"));
        assert_eq!(lone_date("2021年12月29日").map(|d| d.to_string()), Some("2021-12-29".into()));
        assert_eq!(lone_date("二〇二一年一月二十日").map(|d| d.to_string()), Some("2021-01-20".into()));
        assert_eq!(lone_date("2021年2月30日"), None);
        let chrome = published(&[("时间:2021-01-20 09:16 分享: 字号:", &Place::default())]);
        assert_eq!(chrome.map(|e| e.value.to_string()), Some("2021-01-20".into()));
    }

    #[test]
    fn document_numbers_and_levels() {
        assert_eq!(document_number("漳审综〔2026〕2号").as_deref(), Some("漳审综〔2026〕2号"));
        assert_eq!(document_number("根据国办公开办函〔2021〕30号文件"), None);
        assert_eq!(level("青禾镇人民政府"), Some(Level::Township));
        assert_eq!(level("迎春路街道办事处"), Some(Level::Township));
        assert_eq!(level("云溪县"), Some(Level::County));
        assert_eq!(level("云溪市"), None);
        assert_eq!(level("云溪县水利局"), None);
    }
}
