//! Tables without ruling lines, as far as the places of their words leave no doubt.
//!
//! Read are tables with one row of column labels, each over its values. A value belongs to the
//! column whose label stands over it, if that is one alone and all values of the table
//! stand to their labels alike: on the left, on the right or in the middle. It is never
//! counted, and where one has no label over it, none of the labels is certain. Rows of which a
//! word does not stand so are given as one cell, and so are those that end in a blank: where no
//! line closes a row, a cell that is lost before its end, with the others moved up, looks the
//! same. Labels over several columns, labels of several rows, and what goes on over the end of a
//! page stay lines of text.

use std::ops::Range;

use super::grid::{Grid, cell_text};
use super::{Area, Glyph, Points, Turn, UNKNOWN};
use crate::document::fold::is_han;
use crate::error::{Error, Result};
use crate::options::Limits;

/// Gaps wider than this part of the size part two words; cells keep further apart.
const WORD: Points = 0.35;
/// Lines of one cell are no further apart than this part of their size.
const LEADING: Points = 0.65;
/// Rows of a table are no further apart.
const ROWS: Points = 3.0;
/// More words in a line, or more rows, are no table of the form; and they would cost.
const MOST: usize = 64;
/// Nor are there more lines of labels.
const LINES: usize = 8;
/// Base lines this close are one.
const LEVEL: Points = 0.2;

#[derive(Debug)]
struct Word {
    glyphs: Vec<(usize, Glyph)>,
    /// Of what is seen.
    left: Points,
    right: Points,
    /// With blanks before and after it.
    from: Points,
    to: Points,
    base: Points,
    size: Points,
    is_value: bool,
}

impl Word {
    fn new(first: (usize, Glyph)) -> Self {
        let Glyph { left, right, base, size, .. } = first.1;
        let (seen_left, seen_right) = if first.1.text.is_whitespace() {
            (Points::INFINITY, Points::NEG_INFINITY)
        } else {
            (left, right)
        };
        Self {
            glyphs: vec![first],
            left: seen_left,
            right: seen_right,
            from: left,
            to: right,
            base,
            size,
            is_value: false,
        }
    }

    fn push(&mut self, next: (usize, Glyph)) {
        self.to = self.to.max(next.1.right);
        if !next.1.text.is_whitespace() {
            self.left = self.left.min(next.1.left);
            self.right = self.right.max(next.1.right);
        }
        self.size = self.size.max(next.1.size);
        self.glyphs.push(next);
    }

    fn top(&self) -> Points {
        self.base - self.size * 0.88
    }

    fn bottom(&self) -> Points {
        self.base + self.size * 0.12
    }

    fn is_level(&self, base: Points) -> bool {
        (self.base - base).abs() <= self.size * LEVEL
    }
}

/// A figure, a mark, or what stands beside figures.
fn is_of_value(c: char) -> bool {
    c.is_numeric() && !is_han(c) || "+-.,/\\—－．，＋／–件项万元增减无".contains(c)
}

fn words(glyphs: &[Glyph]) -> Vec<Word> {
    let upright = |(_, glyph): &(usize, Glyph)| glyph.turn == Turn::Up && !glyph.vertical;
    let mut placed: Vec<(usize, Glyph)> = glyphs.iter().copied().enumerate().filter(upright).collect();
    placed.sort_by(|(_, a), (_, b)| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    let mut words: Vec<Word> = Vec::new();
    let mut rest = placed.as_slice();
    while let Some((_, first)) = rest.first() {
        let level = |(_, glyph): &&(usize, Glyph)| glyph.base - first.base <= first.size * LEVEL;
        let (line, after) = rest.split_at(rest.iter().take_while(level).count().max(1));
        let mut line = line.to_vec();
        line.sort_by(|(_, a), (_, b)| a.left.total_cmp(&b.left));
        let begin = words.len();
        for glyph in line {
            match words.get_mut(begin..).and_then(<[Word]>::last_mut) {
                Some(word) if glyph.1.left - word.to <= word.size.max(glyph.1.size) * WORD => {
                    word.push(glyph);
                }
                _ => words.push(Word::new(glyph)),
            }
        }
        rest = after;
    }
    words.retain(|word| word.left <= word.right);
    for word in &mut words {
        let mut seen = word.glyphs.iter().map(|(_, glyph)| glyph.text).filter(|c| !c.is_whitespace());
        word.is_value = seen.all(is_of_value);
    }
    words
}

/// Words that stand side by side: lines no further apart than a part of their size.
#[derive(Debug, Clone)]
struct Band<'a> {
    words: Vec<&'a Word>,
    top: Points,
    bottom: Points,
    /// Of its largest word.
    size: Points,
    has_values: bool,
    /// Whether it could be labels of columns; told when all its words are in it.
    is_head: bool,
}

impl<'a> Band<'a> {
    fn new(word: &'a Word) -> Self {
        let Word { size, is_value, .. } = *word;
        let (top, bottom) = (word.top(), word.bottom());
        Self { words: vec![word], top, bottom, size, has_values: is_value, is_head: false }
    }

    fn push(&mut self, word: &'a Word) {
        self.top = self.top.min(word.top());
        self.bottom = self.bottom.max(word.bottom());
        self.size = self.size.max(word.size);
        self.has_values |= word.is_value;
        self.words.push(word);
    }

    fn values(&self) -> impl Iterator<Item = &'a Word> {
        self.words.iter().copied().filter(|word| word.is_value)
    }

    /// Whether values stand on several base lines.
    fn has_levels(&self) -> bool {
        let first = self.values().next().map(|word| word.base);
        first.is_some_and(|base| self.values().any(|word| !word.is_level(base)))
    }

    fn follows(&self, above: &Self, distance: Points) -> bool {
        self.top - above.bottom <= distance * self.size.max(above.size)
    }
}

fn bands<'a>(words: impl IntoIterator<Item = &'a Word>, distance: Points) -> Vec<Band<'a>> {
    let mut words: Vec<&Word> = words.into_iter().collect();
    words.sort_by(|a, b| a.top().total_cmp(&b.top()));
    let mut bands: Vec<Band> = Vec::new();
    for word in words {
        match bands.last_mut() {
            Some(last) if word.top() - last.bottom <= distance * word.size.max(last.size) => last.push(word),
            _ => bands.push(Band::new(word)),
        }
    }
    bands
}

/// A column label, or several lines of one.
#[derive(Debug)]
struct Label<'a> {
    words: Vec<&'a Word>,
    left: Points,
    right: Points,
    from: Points,
    to: Points,
}

/// The labels of columns, from left to right, none over another; the first is that of the
/// rows' own labels.
fn labels<'a>(words: &[&'a Word]) -> Option<Vec<Label<'a>>> {
    if words.len() > MOST {
        return None;
    }
    let mut sorted = words.to_vec();
    sorted.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut labels: Vec<Label> = Vec::new();
    for word in sorted {
        if word.is_value {
            return None;
        }
        match labels.last_mut() {
            Some(label) if word.left < label.right => {
                // Two words in one line below one: a label over several columns.
                if label.words.iter().any(|other| other.is_level(word.base)) {
                    return None;
                }
                label.right = label.right.max(word.right);
                label.to = label.to.max(word.to);
                label.from = label.from.min(word.from);
                label.words.push(word);
            }
            _ => {
                let Word { left, right, from, to, .. } = *word;
                labels.push(Label { words: vec![word], left, right, from, to });
            }
        }
    }
    let is_word = |word: &&Word| word.glyphs.iter().any(|(_, glyph)| is_han(glyph.text));
    (labels.len() > 1 && labels.iter().all(|label| label.words.iter().any(is_word))).then_some(labels)
}

/// The columns whose labels stand over a word.
fn over(word: &Word, labels: &[Label]) -> Range<usize> {
    let from = labels.partition_point(|label| label.right <= word.left).max(1);
    from..labels.partition_point(|label| label.left < word.right).max(from)
}

/// How values stand to the labels over them.
const MODES: [Mode; 3] = [Mode::Left, Mode::Middle, Mode::Right];

#[derive(Debug, Clone, Copy)]
enum Mode {
    Left,
    Middle,
    Right,
}

impl Mode {
    fn fits(self, word: &Word, label: &Label) -> bool {
        let at = |(left, right): (Points, Points)| match self {
            Self::Left => left,
            Self::Middle => (left + right) / 2.0,
            Self::Right => right,
        };
        let seen = ((word.left, word.right), (label.left, label.right));
        let all = ((word.from, word.to), (label.from, label.to));
        [seen, all, (all.0, seen.1)].into_iter().any(|(a, b)| (at(a) - at(b)).abs() <= word.size * 0.15)
    }
}

/// A row below the labels.
#[derive(Debug)]
struct Row<'a> {
    band: &'a Band<'a>,
    /// Where the columns of values begin.
    first: Points,
    doubtful: bool,
}

impl<'a> Row<'a> {
    /// Nothing where the band is no row of these labels.
    fn new(band: &'a Band<'a>, labels: &[Label]) -> Option<Self> {
        let first = labels.get(1).filter(|_| band.words.len() <= MOST)?.left;
        let mut row = Self { band, first, doubtful: false };
        let mut is_strange = false;
        for word in &band.words {
            match (word.is_value, word.right < first) {
                (true, is_left) => row.doubtful |= is_left,
                (false, true) => {}
                // Running text.
                (false, false) if word.left < first => return None,
                (false, false) => is_strange = true,
            }
        }
        if is_strange && !band.has_values {
            return None;
        }
        row.doubtful |= is_strange || band.has_levels() || !row.is_beside_its_label();
        Some(row)
    }

    /// What names the row.
    fn own(&self) -> impl Iterator<Item = &'a Word> {
        let first = self.first;
        self.band.words.iter().copied().filter(move |word| !word.is_value && word.right < first)
    }

    /// Whether the values stand beside the first line of the label, the last, or the middle.
    fn is_beside_its_label(&self) -> bool {
        let Some(value) = self.band.values().next() else { return true };
        let bases = || self.own().map(|word| word.base);
        if bases().next().is_none() {
            return true;
        }
        let first = bases().fold(Points::INFINITY, Points::min);
        let last = bases().fold(Points::NEG_INFINITY, Points::max);
        [first, last, (first + last) / 2.0].into_iter().any(|base| value.is_level(base))
    }

    /// The value of each column, if every one has its place and the last is there.
    fn placed(&self, labels: &[Label], mode: Mode) -> Option<Vec<Option<&'a Word>>> {
        if self.doubtful {
            return None;
        }
        let mut placed: Vec<Option<&Word>> = vec![None; labels.len()];
        for word in self.band.values() {
            let columns = over(word, labels);
            let place = placed.get_mut(columns.start).filter(|_| columns.len() == 1)?;
            if place.is_some() || !mode.fits(word, labels.get(columns.start)?) {
                return None;
            }
            *place = Some(word);
        }
        placed.last().is_some_and(Option::is_some).then_some(placed)
    }
}

/// The tables of a page; their characters are taken out of `glyphs`.
///
/// Words that end above `end` are no furniture of the page.
pub(super) fn grids(glyphs: &mut Vec<Glyph>, end: Points, page: usize, limits: &Limits) -> Result<Vec<Grid>> {
    let words = words(glyphs);
    let mut all: Vec<Band> = Vec::new();
    for band in bands(&words, LEADING) {
        // Rows as close as the lines of a cell.
        if band.has_levels() { all.extend(bands(band.words, 0.0)) } else { all.push(band) }
    }
    for band in &mut all {
        band.is_head = labels(&band.words).is_some();
    }
    let mut grids = Vec::new();
    let mut taken = vec![false; glyphs.len()];
    let mut rest = all.as_slice();
    while let Some((first, mut below)) = rest.split_first() {
        rest = below;
        // No table without values.
        if !first.is_head || !below.iter().take(LINES + MOST).any(|band| band.has_values) {
            continue;
        }
        let Some(mut labels) = self::labels(&first.words) else { continue };
        let mut head = first.clone();
        let mut lines = 1;
        // Labels of several lines.
        while let Some((next, after)) = below.split_first()
            && lines < LINES
            && next.is_head
            && head.words.len() + next.words.len() <= MOST
            && next.follows(&head, LEADING)
        {
            let mut both = head.clone();
            next.words.iter().for_each(|word| both.push(word));
            let Some(joined) = self::labels(&both.words) else { break };
            (labels, head, below) = (joined, both, after);
            lines += 1;
        }
        let Some(rows) = rows(&head, below, &labels, end) else { continue };
        let Some(grid) = grid(&labels, &rows, page) else { continue };
        if grid.slots() > limits.table_cells {
            return Err(Error::limit("table_cells", limits.table_cells));
        }
        let own = head.words.iter().chain(rows.iter().flat_map(|row| &row.band.words));
        for (index, _) in own.flat_map(|word| &word.glyphs) {
            if let Some(mark) = taken.get_mut(*index) {
                *mark = true;
            }
        }
        grids.push(grid);
        rest = below.get(rows.len()..).unwrap_or_default();
    }
    let mut marks = taken.into_iter();
    glyphs.retain(|_| !marks.next().unwrap_or(false));
    Ok(grids)
}

/// The rows below labels, with those doubtful of which a line beside may be a part. Nothing
/// where a value stands below no label, since then a label may be lost and the others moved
/// up; nor where it is not seen that the rows end on this page, since such a value may follow.
fn rows<'a>(
    head: &'a Band<'a>,
    below: &'a [Band<'a>],
    labels: &[Label],
    end: Points,
) -> Option<Vec<Row<'a>>> {
    let mut rows: Vec<Row> = Vec::new();
    let mut above = head;
    let has_values = |band| Row::new(band, labels).is_some_and(|row| row.band.has_values);
    for band in below {
        if rows.len() >= MOST {
            return None;
        }
        if !band.follows(above, ROWS) {
            break;
        }
        let Some(mut row) = Row::new(band, labels) else {
            if let Some(last) = rows.last_mut().filter(|_| band.follows(above, LEADING)) {
                last.doubtful = true;
            }
            break;
        };
        if let Some(last) = rows.last_mut()
            && band.follows(above, LEADING)
            && !(last.band.has_values && row.band.has_values)
        {
            last.doubtful = true;
            row.doubtful = true;
        }
        rows.push(row);
        above = band;
    }
    let is_ended = below.get(rows.len()).is_some_and(|next| next.bottom < end && !has_values(next));
    let is_stray = |row: &Row| row.band.values().any(|word| over(word, labels).is_empty());
    // A line of words below the last row may be anything.
    while rows.last().is_some_and(|row| !row.band.has_values) {
        rows.pop();
    }
    (is_ended && !rows.iter().any(is_stray)).then_some(rows)
}

/// The table, if any of its rows is certain.
fn grid(labels: &[Label], rows: &[Row], page: usize) -> Option<Grid> {
    let count = |mode: Mode| rows.iter().filter(|row| row.placed(labels, mode).is_some()).count();
    let mode = MODES.into_iter().max_by_key(|&mode| count(mode)).filter(|&mode| count(mode) > 0)?;
    let of_labels = labels.iter().flat_map(|label| &label.words);
    let all_words: Vec<&Word> =
        of_labels.chain(rows.iter().flat_map(|row| &row.band.words)).copied().collect();
    let words = || all_words.iter().copied();
    let text = |words: &mut dyn Iterator<Item = &Word>| {
        let glyphs: Vec<Glyph> = words.flat_map(|word| &word.glyphs).map(|(_, glyph)| *glyph).collect();
        cell_text(&glyphs)
    };
    let left = words().map(|word| word.left).fold(Points::INFINITY, Points::min);
    let right = words().map(|word| word.right).fold(Points::NEG_INFINITY, Points::max);
    let area = Area {
        left,
        right,
        top: words().map(Word::top).fold(Points::INFINITY, Points::min),
        bottom: words().map(Word::bottom).fold(Points::NEG_INFINITY, Points::max),
    };
    let mut xs = vec![left - 1.0];
    xs.extend(labels.iter().skip(1).map(|label| label.left));
    xs.push(right + 1.0);
    let all = labels.len();
    let head = labels
        .iter()
        .enumerate()
        .map(|(column, label)| (column, column + 1, text(&mut label.words.iter().copied())));
    let mut cells = vec![head.collect::<Vec<_>>()];
    for row in rows {
        let own = || (0, 1, text(&mut row.own()));
        let values = || text(&mut row.band.values());
        cells.push(match row.placed(labels, mode) {
            Some(placed) => {
                let values = placed.into_iter().enumerate().skip(1);
                let values = values.map(|(column, word)| (column, column + 1, text(&mut word.into_iter())));
                [own()].into_iter().chain(values).collect()
            }
            None if row.doubtful => {
                vec![(0, all, format!("{UNKNOWN}{}", text(&mut row.band.words.iter().copied())))]
            }
            // One column cannot be made two cells.
            None if all == 2 => vec![own(), (1, all, format!("{UNKNOWN}{}", values()))],
            None => vec![own(), (1, all, values())],
        });
    }
    Some(Grid::spaced(area, xs, cells, page))
}
