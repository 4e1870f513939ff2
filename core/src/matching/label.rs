//! Comparing printed labels with the words of a form.
//!
//! First equality of the folded texts, then the spellings known from print, then a
//! bounded edit distance with a margin over the second best. What is not clear after
//! that is not matched.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::document::fold::{fold, split_number, without_brackets};

/// How a printed label agrees with the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// The form's own words.
    Exact,
    /// A spelling known from print.
    Variant,
    /// That many characters away, clearly nearer than any other label.
    Near(usize),
}

/// A printed label in comparison form: without white space, number and, in `bare`,
/// without what stands in brackets.
#[derive(Debug, Clone)]
pub(super) struct Key<'a> {
    pub(super) full: Cow<'a, str>,
    /// Where it differs.
    bare: Option<Box<str>>,
    /// What the text is to the forms, where it is a word of theirs.
    pub(super) word: Word,
    /// Which word of the forms `bare` is, where that was looked up.
    pub(super) id: Option<WordId>,
    /// Made when it is first compared for nearness.
    letters: OnceLock<Box<Letters>>,
}

/// Number of a word of the forms; 0 is none.
pub(super) type WordId = u16;

/// What nearness is judged by: the characters without what stands in brackets.
#[derive(Debug, Clone)]
struct Letters {
    chars: Vec<char>,
    shape: Shape,
}

/// What tells most pairs of texts far apart.
#[derive(Debug, Clone, Copy)]
struct Shape {
    length: usize,
    /// A bit for each character that occurs; several characters share one.
    spread: u64,
}

impl Shape {
    /// The distance to a label of the other shape that is worth knowing: far enough to tell
    /// any rival's distance from the margin.
    fn far(self, other: Self) -> usize {
        bound(other.length).max(bound(self.length)) + MARGIN
    }

    /// Whether the distance to all texts of the other shape is greater than that.
    fn is_far(self, other: Self) -> bool {
        let far = self.far(other);
        // Every character that only one of them has takes an edit.
        let only = |one: u64, other: u64| (one & !other).count_ones() as usize;
        self.length.abs_diff(other.length) > far
            || only(self.spread, other.spread).max(only(other.spread, self.spread)) > far
    }
}

/// Where a text stands as a word of any form, spellings known from print included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// In the header of a block.
    pub(super) header: bool,
    /// A row or a group of rows.
    pub(super) row: bool,
}

impl Word {
    pub(super) const fn is_known(self) -> bool {
        self.header || self.row
    }
}

impl<'a> Key<'a> {
    pub(super) fn new(printed: &'a str) -> Self {
        Self::from_folded(fold(printed))
    }

    pub(super) fn from_folded(folded: Cow<'a, str>) -> Self {
        let (_, rest) = split_number(&folded);
        let full = rest.trim_end_matches([':', '。', ',', ';', '.']);
        let bare = full.contains('(').then(|| without_brackets(full)).filter(|bare| !bare.is_empty());
        let (start, end) = (folded.len() - rest.len(), folded.len() - rest.len() + full.len());
        let full = match folded {
            Cow::Borrowed(folded) => Cow::Borrowed(folded.get(start..end).unwrap_or_default()),
            Cow::Owned(mut folded) => {
                folded.truncate(end);
                folded.drain(..start);
                Cow::Owned(folded)
            }
        };
        let bare = bare.map(String::into_boxed_str);
        Self { full, bare, word: Word::default(), id: None, letters: OnceLock::new() }
    }

    /// A text in digits: itself in comparison form, and no word of any form.
    pub(super) fn of_digits(digits: &'a str) -> Self {
        Self {
            full: Cow::Borrowed(digits),
            bare: None,
            word: Word::default(),
            id: Some(0),
            letters: OnceLock::new(),
        }
    }

    pub(super) fn into_owned(self) -> Key<'static> {
        Key { full: Cow::Owned(self.full.into_owned()), ..self }
    }

    /// Without a copy, where it stands in the printed text as it is; that is without its number.
    pub(super) fn borrowed_from(self, printed: &'a str) -> Self {
        let at = printed.find(&*self.full).unwrap_or_default();
        match printed.get(at..at + self.full.len()) {
            Some(own) if own == self.full => Self { full: Cow::Borrowed(own), ..self },
            _ => self,
        }
    }

    fn letters(&self) -> &Letters {
        self.letters.get_or_init(|| {
            let chars: Vec<char> = self.bare().chars().take(MAX_LABEL + 1).collect();
            let spread = chars.iter().fold(0, |bits, &c| bits | 1 << (u32::from(c) % 64));
            let shape = Shape { length: chars.len(), spread };
            Box::new(Letters { chars, shape })
        })
    }

    /// Whether the two are one label. Equal texts are equal without brackets as well.
    fn is_same(&self, other: &Key<'_>) -> bool {
        match (self.id, other.id) {
            (Some(id), Some(own)) => id > 0 && id == own,
            _ => self.bare() == other.bare(),
        }
    }

    /// Without what stands in brackets.
    pub(super) fn bare(&self) -> &str {
        self.bare.as_deref().unwrap_or(&self.full)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.full.is_empty()
    }
}

/// A label of the form with its known spellings, in comparison form.
#[derive(Debug)]
pub(super) struct Label {
    key: Key<'static>,
    variants: Vec<Key<'static>>,
}

impl Label {
    pub(super) fn new(label: &str, variants: &[&str]) -> Self {
        let key = |text| Key::new(text).into_owned();
        Self { key: key(label), variants: variants.iter().map(|text| key(text)).collect() }
    }

    /// So short that it stands in any table: 其他, 总计.
    pub(super) fn is_generic(&self) -> bool {
        self.key.letters().chars.len() <= 2
    }

    /// The label and its known spellings, as a printed text that is one of them agrees.
    pub(super) fn keys(&self) -> impl Iterator<Item = (Agreement, &Key<'static>)> {
        let variants = self.variants.iter().map(|key| (Agreement::Variant, key));
        std::iter::once((Agreement::Exact, &self.key)).chain(variants)
    }

    /// Gives its words their numbers.
    pub(super) fn number(&mut self, id_of: &impl Fn(&str) -> WordId) {
        for key in std::iter::once(&mut self.key).chain(&mut self.variants) {
            key.id = Some(id_of(key.bare()));
        }
    }

    /// Equality or a known spelling.
    pub(super) fn known(&self, printed: &Key<'_>) -> Option<Agreement> {
        if printed.is_empty() || printed.id == Some(0) {
            None
        } else if printed.is_same(&self.key) {
            Some(Agreement::Exact)
        } else {
            self.variants.iter().any(|key| printed.is_same(key)).then_some(Agreement::Variant)
        }
    }
}

/// The best label for a printed text among `labels`, if it is clear. A text that is a
/// word of the forms is never taken for a slip of another one.
pub(super) fn best<'a, T: Copy>(
    printed: &Key<'_>,
    labels: impl Iterator<Item = (T, &'a Label)> + Clone,
) -> Option<(T, Agreement)> {
    let known = labels
        .clone()
        .filter_map(|(id, label)| label.known(printed).map(|agreement| (id, agreement)))
        // The first of equals, so that the order of the form decides.
        .reduce(|best, other| if other.1 < best.1 { other } else { best });
    if known.is_some() || !may_be_slip(printed) { known } else { nearest(printed, labels) }
}

fn may_be_slip(printed: &Key<'_>) -> bool {
    !printed.word.is_known() && !printed.is_empty()
}

/// Labels of one kind in one block, found by the numbers of their words.
#[derive(Debug, Default)]
pub(super) struct Labels {
    labels: Vec<Label>,
    /// Of the labels, side by side: most texts that are compared with all are near none.
    shapes: Vec<Shape>,
    /// Which labels a word is, without what stands in brackets. Equal labels are equal so, too.
    words: Words,
}

/// Which label words are, by their numbers.
#[derive(Debug, Default)]
struct Words {
    sorted: Vec<(WordId, Known)>,
    /// A bit for each number that occurs: most words that are asked for are those of another
    /// block.
    bits: [u64; 8],
}

impl Words {
    /// The place of the bit. Forms have fewer words than there are bits; if not, some share one.
    fn bit(id: WordId) -> (usize, u64) {
        (usize::from(id / 64 % 8), 1 << (id % 64))
    }

    /// Each label of a word once, as it agrees best.
    fn sort(&mut self) {
        self.sorted.sort_unstable();
        let mut seen = BTreeSet::new();
        self.sorted.retain(|&(id, (_, index))| id > 0 && seen.insert((id, index)));
        for &(id, _) in &self.sorted {
            let (at, bit) = Self::bit(id);
            if let Some(bits) = self.bits.get_mut(at) {
                *bits |= bit;
            }
        }
    }

    fn may_hold(&self, id: WordId) -> bool {
        let (at, bit) = Self::bit(id);
        self.bits.get(at).is_some_and(|bits| bits & bit != 0)
    }

    /// The labels that the word is, the best first.
    fn find(&self, id: WordId) -> impl Iterator<Item = Known> {
        let first = match self.may_hold(id) {
            true => self.sorted.partition_point(|&(known, _)| known < id),
            false => self.sorted.len(),
        };
        let found = self.sorted.iter().skip(first).take_while(move |&&(known, _)| known == id);
        found.map(|&(_, known)| known)
    }
}

/// Whether a word is another spelling of a label, and of which. The better, the less: agreement
/// before the order of the form.
type Known = (bool, u16);

fn agreeing((is_variant, index): Known) -> (usize, Agreement) {
    (usize::from(index), if is_variant { Agreement::Variant } else { Agreement::Exact })
}

impl Labels {
    pub(super) fn new(labels: Vec<Label>) -> Self {
        let shapes = labels.iter().map(|label| label.key.letters().shape).collect();
        Self { labels, shapes, ..Self::default() }
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, Label> {
        self.labels.iter()
    }

    pub(super) fn get(&self, index: usize) -> Option<&Label> {
        self.labels.get(index)
    }

    /// Gives the words their numbers, after which labels are found by them.
    pub(super) fn number(&mut self, id_of: &impl Fn(&str) -> WordId) {
        for (index, label) in self.labels.iter_mut().enumerate() {
            label.number(id_of);
            let index = u16::try_from(index).unwrap_or(u16::MAX);
            for (agreement, key) in label.keys() {
                let id = key.id.unwrap_or_default();
                self.words.sorted.push((id, (agreement == Agreement::Variant, index)));
            }
        }
        self.words.sort();
    }

    /// All that the text is by itself, each once, the best first.
    pub(super) fn named(&self, printed: &Key<'_>) -> impl Iterator<Item = (usize, Agreement)> {
        let by_number = printed.id.into_iter().flat_map(|id| self.words.find(id)).map(agreeing);
        let others = self.labels.iter().enumerate().filter(|_| printed.id.is_none());
        by_number.chain(others.filter_map(|(index, label)| Some((index, label.known(printed)?))))
    }

    /// As [`best`] of all of them.
    #[inline(always)]
    pub(super) fn best(&self, printed: &Key<'_>) -> Option<(usize, Agreement)> {
        let lacks = |id: WordId| !self.words.may_hold(id);
        // Nearly all that is asked for is a word of another block.
        if printed.word.is_known() && printed.id.is_some_and(lacks) { None } else { self.search(printed) }
    }

    #[inline(never)]
    fn search(&self, printed: &Key<'_>) -> Option<(usize, Agreement)> {
        let Some(id) = printed.id else { return best(printed, self.labels.iter().enumerate()) };
        match self.words.find(id).next() {
            Some(known) => Some(agreeing(known)),
            None if may_be_slip(printed) && self.may_be_near(printed) => {
                nearest(printed, self.labels.iter().enumerate())
            }
            None => None,
        }
    }

    fn may_be_near(&self, printed: &Key<'_>) -> bool {
        let shape = printed.letters().shape;
        shape.length <= MAX_LABEL && self.shapes.iter().any(|&other| !shape.is_far(other))
    }
}

fn nearest<'a, T: Copy>(
    printed: &Key<'_>,
    labels: impl Iterator<Item = (T, &'a Label)>,
) -> Option<(T, Agreement)> {
    let Letters { chars, shape } = printed.letters();
    if chars.len() > MAX_LABEL {
        return None;
    }
    let mut near: Option<(T, usize)> = None;
    let mut second = usize::MAX;
    for (id, label) in labels {
        let Letters { chars: other, shape: others } = label.key.letters();
        let (bound, far) = (bound(other.len()), shape.far(*others));
        if shape.is_far(*others) {
            second = second.min(far + 1);
            continue;
        }
        let d = distance(chars, other, far);
        match near {
            Some((_, best)) if d >= best => second = second.min(d),
            _ => {
                if let Some((_, best)) = near {
                    second = second.min(best);
                }
                near = Some((id, d));
            }
        }
        if near.is_some_and(|(_, best)| best == d) && d > bound {
            // Nearest so far, yet too far to be taken; still a rival for others.
            second = second.min(d);
            near = None;
        }
    }
    near.filter(|&(_, d)| d > 0 && second >= d + MARGIN).map(|(id, d)| (id, Agreement::Near(d)))
}

/// Longer texts are prose.
const MAX_LABEL: usize = 60;

/// How much nearer the best label must be than the second.
const MARGIN: usize = 2;

/// Characters that may differ in a label of that length: one in four, and none in labels
/// of one or two characters, where a slip makes another word.
const fn bound(len: usize) -> usize {
    match len {
        0..=2 => 0,
        3..=7 => 1,
        n => n / 4,
    }
}

/// Optimal string alignment distance, or some number above `bound`.
fn distance(a: &[char], b: &[char], bound: usize) -> usize {
    if a.len().abs_diff(b.len()) > bound {
        return bound + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, &y) in b.iter().enumerate() {
            let at = |line: &[usize], k: usize| line.get(k).copied().unwrap_or(usize::MAX - 1);
            let mut d = (at(&above, j) + usize::from(x != y)).min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            if i > 0 && j > 0 && a.get(i - 1) == Some(&y) && b.get(j - 1) == Some(&x) {
                d = d.min(at(&before, j - 1) + 1);
            }
            row.push(d);
        }
        if row.iter().min().is_some_and(|&least| least > bound) {
            return bound + 1;
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(printed: &str, labels: &[(&str, &[&str])]) -> Option<(usize, Agreement)> {
        let labels: Vec<Label> = labels.iter().map(|(l, v)| Label::new(l, v)).collect();
        best(&Key::new(printed), labels.iter().enumerate())
    }

    #[test]
    fn a_word_of_the_forms_is_never_a_slip_of_another() {
        let labels = || vec![Label::new("行政强制", &[])];
        let mut printed = Key::new("行政强化");
        assert_eq!(best(&printed, labels().iter().enumerate()), Some((0, Agreement::Near(1))));
        printed.word.row = true;
        assert_eq!(best(&printed, labels().iter().enumerate()), None);
        // The same where words have numbers.
        let mut numbered = Labels::new(labels());
        numbered.number(&|_| 1);
        // 513 shares its bit with the label's own.
        for id in [2, 513] {
            printed.id = Some(id);
            printed.word.row = true;
            assert_eq!(numbered.best(&printed), None, "{id}");
            printed.word.row = false;
            assert_eq!(numbered.best(&printed), Some((0, Agreement::Near(1))), "{id}");
        }
    }

    #[test]
    fn own_words_go_before_spellings_and_the_first_before_its_equals() {
        assert_eq!(find("其他", &[("其他结果", &["其他"]), ("其他", &[])]), Some((1, Agreement::Exact)));
        assert_eq!(find("总计", &[("总计", &[]), ("总计", &[])]), Some((0, Agreement::Exact)));
    }

    #[test]
    fn the_nearest_label_wins_wherever_it_stands_and_only_clearly() {
        // One character from one, three from the other.
        let (one, other) = ("无正当理由逾期不补正材料的", "无正当理由逾期不缴纳费用的");
        let printed = "无正当理由逾期不补正费料的";
        assert_eq!(find(printed, &[(one, &[]), (other, &[])]), Some((0, Agreement::Near(1))));
        assert_eq!(find(printed, &[(other, &[]), (one, &[])]), Some((1, Agreement::Near(1))));
        // One from one, two from the other.
        assert_eq!(find("行政机关名称", &[("行政机关名录", &[]), ("行政机构总称", &[])]), None);
    }

    #[test]
    fn slips_of_print_are_matched_with_a_margin() {
        let rows: &[(&str, &[&str])] = &[
            ("行政事业性收费", &[]),
            ("3.危及“三安全一稳定”", &[]),
            ("1.信访举报投诉类申请", &[]),
            ("2.重复申请", &[]),
            ("结果维持", &[]),
            ("结果纠正", &[]),
            ("其他结果", &["其他其结果"]),
            ("（七）总计", &["总结"]),
        ];
        assert_eq!(find("行业事业性收费", rows), Some((0, Agreement::Near(1))));
        assert_eq!(find("3、危及“三安全一隐患”", rows), Some((1, Agreement::Near(2))));
        assert_eq!(find("1、信访举报投诉诉求类申请", rows), Some((2, Agreement::Near(2))));
        assert_eq!(find("其他其结果", rows), Some((6, Agreement::Variant)));
        assert_eq!(find("总  计", rows), Some((7, Agreement::Exact)));
        assert_eq!(find("总结", rows), Some((7, Agreement::Variant)));
        // One character from one label, two from the other: not clear.
        assert_eq!(find("结果维正", rows), None);
        assert_eq!(find("总数", rows), None);
        assert_eq!(find("规章", rows), None);
        assert_eq!(find("", rows), None);
    }

    #[test]
    fn a_key_borrows_what_stands_in_the_text_and_nothing_else() {
        for (text, is_there) in [
            ("规章", true),
            ("（一）予以公开", true),
            ("一、本年新收政府信息公开申请数量", true),
            ("2.其他法律行政法规禁止公开", true),
            ("采购总金额（万元，保留四位小数）", false),
            ("3.危及“三安全一稳定”", false),
        ] {
            let (own, borrowed) = (Key::new(text), Key::new(text).into_owned().borrowed_from(text));
            assert_eq!((&borrowed.full, borrowed.bare()), (&own.full, own.bare()), "{text}");
            assert_eq!(matches!(borrowed.full, Cow::Borrowed(_)), is_there, "{text}");
        }
    }

    #[test]
    fn brackets_do_not_hide_a_label() {
        let rows: &[(&str, &[&str])] =
            &[("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", &[]), ("采购总金额", &[])];
        assert_eq!(
            find("(二)部分公开(区分处理的,只计这一情形,不计其他情形)", rows),
            Some((0, Agreement::Exact))
        );
        assert_eq!(find("（二）部分公开", rows), Some((0, Agreement::Exact)));
        assert_eq!(find("采购总金额（万元，保留四位小数）", rows), Some((1, Agreement::Exact)));
    }

    #[test]
    fn distance_counts_exchanged_neighbours_once() {
        let d = |a: &str, b: &str| {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            distance(&a, &b, 9)
        };
        assert_eq!(d("行政许可", "行许政可"), 1);
        assert_eq!(d("", "规章"), 2);
        assert_eq!(d("规章", ""), 2);
        assert_eq!(d("行政许可", "政许可"), 1);
        assert_eq!(d("政许可", "行政许可"), 1);
        assert_eq!(d("abcdef", "azced"), 3);
    }

    #[test]
    fn a_bound_spares_work_and_changes_no_distance_within_it() {
        let words: Vec<Vec<char>> =
            ["", "甲", "乙", "甲乙", "乙甲", "甲乙丙", "丙乙甲", "乙甲丁丙", "甲丙乙丁戊"]
                .iter()
                .map(|word| word.chars().collect())
                .collect();
        for (a, b) in words.iter().flat_map(|a| words.iter().map(move |b| (a, b))) {
            let whole = distance(a, b, 9);
            for bound in 0..6 {
                let bounded = distance(a, b, bound);
                assert!(
                    if whole <= bound { bounded == whole } else { bounded > bound },
                    "{a:?} {b:?} {bound}"
                );
            }
        }
    }
}
