//! Words by their places, lines of one cell, and cells that share what lies between them.

use std::ops::Range;

use super::grid::cell_text;
use super::{Glyph, Points, Turn};
use crate::document::fold::is_han;

/// Gaps wider than this part of the size part two words; cells keep further apart.
const WORD: Points = 0.35;
/// Lines of a table are no further apart.
pub(super) const ROWS: Points = 3.0;
/// Base lines this close are one.
pub(super) const LEVEL: Points = 0.2;
/// What is aligned is no further off.
pub(super) const OFF: Points = 0.15;

#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) glyphs: Vec<(usize, Glyph)>,
    /// Of what is seen.
    pub(super) left: Points,
    pub(super) right: Points,
    /// With blanks before and after it.
    pub(super) from: Points,
    pub(super) to: Points,
    pub(super) base: Points,
    pub(super) size: Points,
    pub(super) is_value: bool,
    /// The same, with no word in it: 无 may stand in a label set upright.
    pub(super) is_figure: bool,
}

impl Word {
    /// The word of characters that stand side by side; nothing where none of them is seen.
    fn new(glyphs: &[(usize, Glyph)]) -> Option<Self> {
        let seen = || glyphs.iter().map(|(_, glyph)| glyph).filter(|glyph| !glyph.text.is_whitespace());
        let all = || glyphs.iter().map(|(_, glyph)| glyph);
        let is_value = seen().all(|glyph| is_of_value(glyph.text));
        seen().next()?;
        Some(Self {
            left: seen().map(|glyph| glyph.left).fold(Points::INFINITY, Points::min),
            right: seen().map(|glyph| glyph.right).fold(Points::NEG_INFINITY, Points::max),
            from: all().next()?.left,
            to: all().map(|glyph| glyph.right).fold(Points::NEG_INFINITY, Points::max),
            base: all().next()?.base,
            size: all().map(|glyph| glyph.size).fold(0.0, Points::max),
            is_value,
            is_figure: is_value && !all().any(|glyph| is_han(glyph.text)),
            glyphs: glyphs.to_vec(),
        })
    }

    pub(super) fn top(&self) -> Points {
        self.base - self.size * 0.88
    }

    pub(super) fn bottom(&self) -> Points {
        self.base + self.size * 0.12
    }

    pub(super) fn is_level(&self, base: Points) -> bool {
        (self.base - base).abs() <= self.size * LEVEL
    }

    pub(super) fn overlaps(&self, left: Points, right: Points) -> bool {
        self.left < right && left < self.right
    }

    /// Whether two lines begin at one place, or have one middle.
    pub(super) fn is_aligned(&self, other: &Self) -> bool {
        let middle = |word: &Self| (word.left + word.right) / 2.0;
        let near = |a: Points, b: Points| (a - b).abs() <= self.size * OFF;
        near(self.left, other.left) || near(middle(self), middle(other))
    }
}

/// A figure, a mark, or what stands beside figures.
pub(super) fn is_of_value(c: char) -> bool {
    c.is_numeric() && !is_han(c) || "+-.,/\\—－．，＋／–件项万元增减无".contains(c)
}

/// Words on one base line, from left to right.
pub(super) type Level = Vec<Word>;

/// The words of a page, from top to bottom.
pub(super) fn levels(glyphs: &[Glyph]) -> Vec<Level> {
    let upright = |(_, glyph): &(usize, &Glyph)| glyph.turn == Turn::Up && !glyph.vertical;
    let mut placed: Vec<(usize, &Glyph)> = glyphs.iter().enumerate().filter(upright).collect();
    placed.sort_by(|(_, a), (_, b)| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    let mut levels: Vec<Level> = Vec::new();
    let mut rest = placed.as_slice();
    while let Some((_, first)) = rest.first() {
        let level = |(_, glyph): &&(usize, &Glyph)| glyph.base - first.base <= first.size * LEVEL;
        let (line, after) = rest.split_at(rest.iter().take_while(level).count().max(1));
        let mut line: Vec<(usize, Glyph)> = line.iter().map(|&(index, glyph)| (index, *glyph)).collect();
        line.sort_by(|(_, a), (_, b)| a.left.total_cmp(&b.left));
        let words: Level = side_by_side(&line).into_iter().filter_map(Word::new).collect();
        if !words.is_empty() {
            levels.push(words);
        }
        rest = after;
    }
    levels
}

/// Parts the characters of a line, from left to right, where gaps are wide.
fn side_by_side(line: &[(usize, Glyph)]) -> Vec<&[(usize, Glyph)]> {
    let mut words = Vec::new();
    let (mut begin, mut to, mut size) = (0, Points::NEG_INFINITY, 0.0);
    for (at, (_, glyph)) in line.iter().enumerate() {
        if at > begin && glyph.left - to > glyph.size.max(size) * WORD {
            words.extend(line.get(begin..at));
            (begin, to, size) = (at, Points::NEG_INFINITY, 0.0);
        }
        (to, size) = (glyph.right.max(to), glyph.size.max(size));
    }
    words.extend(line.get(begin..));
    words
}

/// Whether the second level is not too far below the first.
pub(super) fn follows(below: &Level, above: &Level) -> bool {
    let base = |level: &Level, all: fn(Points, Points) -> Points| {
        level.iter().map(|word| word.base).reduce(all).unwrap_or(0.0)
    };
    let size = above.iter().chain(below).map(|word| word.size).fold(0.0, Points::max);
    base(below, Points::min) - base(above, Points::max) <= (ROWS + 1.0) * size
}

/// Lines of one cell, from top to bottom.
#[derive(Debug, Clone)]
pub(super) struct Block<'a> {
    pub(super) words: Vec<&'a Word>,
    pub(super) left: Points,
    pub(super) right: Points,
    pub(super) from: Points,
    pub(super) to: Points,
    pub(super) top: Points,
    pub(super) bottom: Points,
}

impl<'a> Block<'a> {
    pub(super) fn new(word: &'a Word) -> Self {
        let Word { left, right, from, to, .. } = *word;
        Self { words: vec![word], left, right, from, to, top: word.top(), bottom: word.bottom() }
    }

    pub(super) fn push(&mut self, word: &'a Word) {
        self.left = self.left.min(word.left);
        self.right = self.right.max(word.right);
        self.from = self.from.min(word.from);
        self.to = self.to.max(word.to);
        self.top = self.top.min(word.top());
        self.bottom = self.bottom.max(word.bottom());
        self.words.push(word);
    }

    pub(super) fn size(&self) -> Points {
        self.words.first().map_or(0.0, |word| word.size)
    }

    /// Where it stands, by its middle or its first line.
    pub(super) fn height(&self, align: Align) -> Points {
        match align {
            Align::Middle => (self.top + self.bottom) / 2.0,
            Align::Start => self.top,
        }
    }

    pub(super) fn has_han(&self) -> bool {
        self.words.iter().flat_map(|word| &word.glyphs).any(|(_, glyph)| is_han(glyph.text))
    }
}

pub(super) fn text<'a>(words: impl Iterator<Item = &'a Word>) -> String {
    let glyphs: Vec<Glyph> = words.flat_map(|word| &word.glyphs).map(|(_, glyph)| *glyph).collect();
    cell_text(&glyphs)
}

/// How cells that are beside each other share what lies between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Middle,
    Start,
}

/// Cells in one direction: where each begins and ends as far as it is seen.
pub(super) struct Run {
    cells: Vec<(Points, Points)>,
    /// Between which the borders of cells lie: one more than cells.
    borders: Vec<(Points, Points)>,
}

impl Run {
    /// `cells` are from their first word to their last, `middles` those of cells whose text is
    /// in their middle.
    pub(super) fn new(cells: Vec<(Points, Points)>, before: Points, middles: Option<&[Points]>) -> Self {
        let mut borders = Vec::with_capacity(cells.len() + 1);
        let mut last = before;
        for &(from, to) in &cells {
            borders.push((last.min(from), from));
            last = to;
        }
        borders.push((last, Points::INFINITY));
        // A border is as far from the middle as the next one.
        if let Some(middles) = middles {
            let narrow = |borders: &mut Vec<(Points, Points)>, from: usize, to: usize, middle: Points| {
                let Some(&(low, high)) = borders.get(from) else { return };
                if let Some(other) = borders.get_mut(to) {
                    *other = (other.0.max(2.0 * middle - high), other.1.min(2.0 * middle - low));
                }
            };
            for (at, &middle) in middles.iter().enumerate() {
                narrow(&mut borders, at, at + 1, middle);
            }
            for (at, &middle) in middles.iter().enumerate().rev() {
                narrow(&mut borders, at + 1, at, middle);
            }
        }
        Self { cells, borders }
    }

    /// Those that have their middle in a stretch of cells.
    pub(super) fn within(&self, groups: &[(Points, Points)], range: &Range<usize>) -> Vec<(Points, Points)> {
        let cells = self.cells.get(range.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return Vec::new() };
        let is_within = |(from, to): &(Points, Points)| (first.0..=last.1).contains(&((from + to) / 2.0));
        groups.iter().copied().filter(is_within).collect()
    }

    /// The cells of `range` that each of the groups stands over, if they share all of them.
    pub(super) fn shared(
        &self,
        groups: &[(Points, Points)],
        range: &Range<usize>,
        align: Align,
        off: Points,
    ) -> Option<Vec<Range<usize>>> {
        let mut shares = Vec::with_capacity(groups.len());
        let mut at = range.start;
        for (index, &(from, to)) in groups.iter().enumerate() {
            let is_end = |end: &usize| match align {
                Align::Middle => {
                    let (Some(a), Some(b)) = (self.borders.get(at), self.borders.get(*end)) else {
                        return false;
                    };
                    let middle = from + to;
                    a.0 + b.0 - 2.0 * off <= middle && middle <= a.1 + b.1 + 2.0 * off
                }
                Align::Start => match groups.get(index + 1) {
                    Some(next) => self.cells.get(*end).is_some_and(|cell| (cell.0 - next.0).abs() <= off),
                    None => *end == range.end,
                },
            };
            let begins =
                align == Align::Middle || self.cells.get(at).is_some_and(|cell| (cell.0 - from).abs() <= off);
            let end = (at + 1..=range.end).find(is_end).filter(|_| begins)?;
            shares.push(at..end);
            at = end;
        }
        (at == range.end).then_some(shares)
    }
}
