//! Sections by the words of their headings.

use std::cell::LazyCell;

use crate::document::Paragraph;
use crate::document::fold::{Numbering, fold, split_number};
use crate::model::Role;
use crate::template::HEADINGS;

/// A heading as printed, with the text that runs on in the same paragraph.
pub(super) struct Heading {
    pub(super) roles: Vec<Role>,
    pub(super) text: String,
    /// The heading's own number.
    pub(super) ordinal: Option<u32>,
    pub(super) rest: Option<String>,
    /// Its number is Arabic.
    arabic: bool,
}

/// What the headings so far allow.
#[derive(Default)]
pub(super) struct Outline {
    ordinal: u32,
    seen: Vec<Role>,
    /// Last number of a running list "1、2、3、" in the section.
    list: u32,
    /// The last heading had an Arabic number.
    arabic: bool,
    /// The document numbers its headings with 一、二、三.
    pub(super) numbered: bool,
}

/// Headings are short.
const MAX_HEADING: usize = 40;

impl Outline {
    /// Whether the paragraphs hold numbered headings at all.
    pub(super) fn new<'a>(paragraphs: impl Iterator<Item = &'a Paragraph>) -> Self {
        let numbered = paragraphs
            .filter(|p| p.text.chars().nth(MAX_HEADING).is_none())
            .filter(|p| {
                let printed = p.printed();
                let folded = fold(&printed);
                let (number, rest) = split_number(clean(&folded));
                matches!(number, Some((Numbering::Chinese | Numbering::Part, _)))
                    && (exact_role(rest).is_some() || !likely_roles(rest).is_empty())
            })
            .count();
        Self { numbered: numbered >= 2, ..Self::default() }
    }

    /// The heading a paragraph is, if it is one here.
    pub(super) fn heading(&mut self, paragraph: &Paragraph) -> Option<Heading> {
        let heading = self.recognize(paragraph);
        match &heading {
            Some(heading) => {
                self.ordinal = heading.ordinal.unwrap_or(self.ordinal + 1);
                self.seen.extend(&heading.roles);
                self.list = 0;
                self.arabic = heading.arabic;
            }
            // Without a digit there is no list.
            None if paragraph.text.chars().take(8).all(|c| matches!(c, '\u{4e00}'..='\u{9fff}')) => {}
            None => {
                let beginning =
                    paragraph.text.char_indices().nth(8).map_or(paragraph.text.len(), |(at, _)| at);
                let folded = fold(paragraph.text.get(..beginning).unwrap_or_default());
                if let (Some((Numbering::Arabic, n)), _) = split_number(clean(&folded)) {
                    self.list = n;
                }
            }
        }
        heading
    }

    /// The same without moving on.
    pub(super) fn recognize(&self, paragraph: &Paragraph) -> Option<Heading> {
        let printed = paragraph.printed();
        let (own, rest) = split_run_in(printed.trim());
        if own.chars().nth(MAX_HEADING).is_some() {
            return None;
        }
        let folded = fold(own);
        let (number, words) = split_number(clean(&folded));
        // Text may run on after a heading only where the heading is beyond doubt.
        if words.is_empty() || words.contains(['。', ';']) || (rest.is_some() && number.is_none()) {
            return None;
        }
        // The words are looked for last: most lines are no headings by their form.
        let exact = exact_role(words);
        let found = LazyCell::new(|| exact.map_or_else(|| likely_roles(words), |role| vec![role]));
        let unseen = || !found.is_empty() && found.iter().all(|role| !self.seen.contains(role));
        let exact = exact.is_some();
        let next = self.ordinal + 1;
        let is_heading = match number {
            Some((Numbering::Chinese | Numbering::Part, n)) if !found.is_empty() => {
                n > self.ordinal || ((exact || n == self.ordinal) && unseen())
            }
            // A section that the form does not have.
            Some((Numbering::Chinese | Numbering::Part, n)) => {
                n == next && words.chars().count() <= 30 && !words.contains([',', ':'])
            }
            // The number of a heading turned Arabic; not one of a list in the section.
            Some((Numbering::Arabic, n)) => {
                let listed = self.list > 0 && n == self.list + 1;
                let extra = self.arabic && n == next && found.is_empty() && ends_like_heading(words);
                !listed && ((n > self.ordinal && unseen()) || extra)
            }
            Some((Numbering::BracketedChinese, n)) => exact && !self.numbered && n == next && unseen(),
            Some((Numbering::BracketedArabic, _)) => false,
            None => {
                let titled = paragraph.level.is_some() && words.chars().count() <= 30;
                let short = words.chars().count() <= 25 && !words.contains([',', ':']);
                let plausible = exact || titled || (!self.numbered && short && ends_like_heading(words));
                plausible && unseen()
            }
        };
        // Text runs on only after words of the form.
        let is_heading = is_heading && (rest.is_none() || !found.is_empty());
        is_heading.then(|| Heading {
            roles: found.to_vec(),
            text: own.trim().to_owned(),
            ordinal: number.map(|(_, n)| n),
            rest: rest.map(str::to_owned),
            arabic: matches!(number, Some((Numbering::Arabic, _))),
        })
    }
}

fn ends_like_heading(words: &str) -> bool {
    ["情况", "事项", "措施", "问题", "概述", "方向", "思路", "工作"].iter().any(|end| words.ends_with(end))
}

/// Marks that tools and page rules leave in front of a heading.
fn clean(folded: &str) -> &str {
    let text = folded.strip_prefix("(bookmark:_goback)").unwrap_or(folded);
    text.trim_start_matches(['|', '丨', '#', '*', '>', '\\'])
}

/// Splits "一、总体情况。本年度…" after the heading; a heading alone has no rest.
fn split_run_in(text: &str) -> (&str, Option<&str>) {
    for (at, c) in text.char_indices().take(MAX_HEADING) {
        if matches!(c, '。' | '：' | ':' | '\n') {
            let (Some(own), Some(rest)) = (text.get(..at), text.get(at + c.len_utf8()..)) else { break };
            let rest = rest.trim();
            return (own, (!rest.is_empty()).then_some(rest));
        }
    }
    (text, None)
}

/// The role of a heading in the form's own words.
fn exact_role(words: &str) -> Option<Role> {
    let words = words.trim_end_matches([':', '。', '.']);
    HEADINGS.iter().find(|spec| spec.exact.contains(&words)).map(|spec| spec.role)
}

/// The roles that a heading's words tell.
fn likely_roles(words: &str) -> Vec<Role> {
    HEADINGS
        .iter()
        .filter(|spec| {
            spec.all.iter().any(|all| all.iter().all(|word| words.contains(word)))
                && !spec.none.iter().any(|word| words.contains(word))
        })
        .map(|spec| spec.role)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_headings_are_folded() {
        for spec in HEADINGS {
            let words = spec.exact.iter().chain(spec.all.iter().copied().flatten()).chain(spec.none);
            for word in words {
                assert_eq!(fold(word), *word);
            }
        }
    }

    #[test]
    fn text_behind_a_heading_is_told_from_it() {
        assert_eq!(split_run_in("一、总体情况。 本年度"), ("一、总体情况", Some("本年度")));
        assert_eq!(split_run_in("一、总体情况："), ("一、总体情况", None));
        assert_eq!(split_run_in("一、总体情况"), ("一、总体情况", None));
    }

    fn roles_of(text: &str) -> Vec<Role> {
        let folded = fold(text);
        let words = split_number(clean(&folded)).1;
        exact_role(words).map_or_else(|| likely_roles(words), |role| vec![role])
    }

    #[test]
    fn roles_come_from_words() {
        use Role::*;
        for (heading, expected) in [
            ("一、总体情况", vec![Overview]),
            ("一、工作基本情况", vec![Overview]),
            ("2023年政务公开总体情况", vec![Overview]),
            ("概述", vec![Overview]),
            ("二、主动公开政府信息的情况", vec![Proactive]),
            ("二、政府信息主动公开形式及情况\u{a0}", vec![Proactive]),
            ("二、主动公开、依申请公开工作情况", vec![Proactive, Requests]),
            ("三、收到和处理政府信息公开", vec![Requests]),
            ("三、政府信息依申请公开办理情况", vec![Requests]),
            ("八、政府信息公开行政复议和行政诉讼情况", vec![Review]),
            ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", vec![Review]),
            ("五、政府信息公开工作存在的主要问题及改进情况", vec![Problems]),
            ("5、 存在的主要问题及改进措施", vec![Problems]),
            ("六、其他需要报告的情况", vec![OtherMatters]),
            ("六、其它需要报告事项", vec![OtherMatters]),
            ("|五、存在问题及改进措施", vec![Problems]),
            ("三、政务公开情况", vec![]),
            ("五、公开平台建设情况", vec![]),
        ] {
            assert_eq!(roles_of(heading), expected, "{heading}");
        }
    }

    fn headings(lines: &[&str]) -> Vec<String> {
        let paragraphs: Vec<Paragraph> =
            lines.iter().map(|t| Paragraph { text: (*t).into(), ..Paragraph::default() }).collect();
        let mut outline = Outline::new(paragraphs.iter());
        paragraphs.iter().filter_map(|p| outline.heading(p)).map(|h| h.text).collect()
    }

    #[test]
    fn lists_inside_a_section_are_no_headings() {
        assert_eq!(
            headings(&[
                "一、总体情况",
                "1、主动公开情况",
                "2、依申请公开情况",
                "二、主动公开政府信息情况",
                "三、收到和处理政府信息公开申请情况",
                "四、政府信息公开行政复议、行政诉讼情况",
                "5、 存在的主要问题及改进措施",
                "一、存在问题",
                "二、改进措施",
                "6、 其他需要报告的事项",
            ]),
            [
                "一、总体情况",
                "二、主动公开政府信息情况",
                "三、收到和处理政府信息公开申请情况",
                "四、政府信息公开行政复议、行政诉讼情况",
                "5、 存在的主要问题及改进措施",
                "6、 其他需要报告的事项",
            ]
        );
    }

    /// Which of the lines after "一、总体情况" are headings.
    fn after_the_first(lines: &[&str]) -> Vec<String> {
        let mut found = headings(&[&["一、总体情况"], lines].concat());
        found.remove(0);
        found
    }

    #[test]
    fn numbers_of_headings_go_on() {
        // A section of the office's own has the next number, and the words of a heading.
        assert_eq!(after_the_first(&["二、重点领域信息公开"]), ["二、重点领域信息公开"]);
        assert!(after_the_first(&["五、重点领域信息公开"]).is_empty());
        assert!(after_the_first(&["二、重点领域，特别是财政信息公开"]).is_empty());
        assert!(after_the_first(&["二、"]).is_empty());
        assert!(after_the_first(&["二、主动公开政府信息情况；"]).is_empty());
        // The same number, or a smaller one, only for a section of the form that is new.
        assert_eq!(after_the_first(&["一、主动公开政府信息情况"]), ["一、主动公开政府信息情况"]);
        assert_eq!(after_the_first(&["一、政府信息主动公开的情况"]), ["一、政府信息主动公开的情况"]);
        assert!(after_the_first(&["一、本年度总体情况"]).is_empty());
        let back = ["三、收到和处理政府信息公开申请情况", "二、主动公开政府信息情况"];
        assert_eq!(after_the_first(&back), back);
        assert_eq!(after_the_first(&[back[0], "二、政府信息主动公开的情况"]), [back[0]]);
        // A heading without a number counts.
        assert_eq!(
            headings(&["总体情况", "主动公开政府信息情况", "三、平台建设"]),
            ["总体情况", "主动公开政府信息情况", "三、平台建设"]
        );
    }

    #[test]
    fn arabic_numbers_are_headings_only_where_headings_have_them() {
        assert_eq!(
            headings(&["1.总体情况", "2.主动公开政府信息情况", "3.平台建设情况", "4.平台建设"]),
            ["1.总体情况", "2.主动公开政府信息情况", "3.平台建设情况"]
        );
        assert!(after_the_first(&["2.平台建设情况"]).is_empty());
        assert!(headings(&["1.总体情况", "3.平台建设情况"]).len() == 1);
    }

    #[test]
    fn numbers_in_brackets_are_headings_only_where_no_others_are() {
        let lines = ["（一）总体情况", "（二）主动公开政府信息情况", "（四）其他需要报告的事项"];
        assert_eq!(headings(&lines), lines[..2]);
        assert!(headings(&["（一）主动公开的情况"]).is_empty());
        assert_eq!(
            headings(&["一、总体情况", "（二）主动公开政府信息情况", "六、其他需要报告的事项"]),
            ["一、总体情况", "六、其他需要报告的事项"]
        );
    }

    #[test]
    fn lines_without_numbers_are_headings_by_their_words() {
        assert_eq!(headings(&["本年度主动公开情况"]), ["本年度主动公开情况"]);
        assert!(headings(&["本年度主动公开"]).is_empty());
        assert!(headings(&["本年度，主动公开情况"]).is_empty());
        assert!(headings(&["本年度在县人民政府办公室指导下开展的政府信息主动公开工作情况"]).is_empty());
        // Where headings have numbers, a line without one is none.
        assert_eq!(
            headings(&["一、总体情况", "本年度主动公开情况", "六、其他需要报告的事项"]),
            ["一、总体情况", "六、其他需要报告的事项"]
        );
        let level = |text: &str| {
            let paragraph = Paragraph { text: text.into(), level: Some(2), ..Paragraph::default() };
            Outline::default().recognize(&paragraph).is_some()
        };
        assert!(level("本年度主动公开"));
        assert!(!level("本年度工作"));
        assert!(!level("本年度在县人民政府办公室指导下各村各社区各部门共同开展的政府信息主动公开"));
    }

    #[test]
    fn text_may_run_on_after_a_heading() {
        assert_eq!(
            headings(&["一、总体情况。本年度工作有序。", "六、其他需要报告的事项：无"]),
            ["一、总体情况", "六、其他需要报告的事项"]
        );
        assert!(headings(&["总体情况：本年度工作有序。"]).is_empty());
        assert!(
            headings(&["本报告由总体情况、主动公开政府信息情况和其他需要报告的事项等部分组成。"]).is_empty()
        );
    }
}
