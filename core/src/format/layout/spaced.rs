//! Tables without lines between their columns, as far as the places of their words leave no doubt.
//!
//! A table is rows of values below labels. A value belongs to the column whose label stands over
//! it, if that is one alone and all values of the table stand to their labels alike: on the left,
//! on the right or in the middle. It is never counted, and where one has no label over it, none
//! of the labels is certain. Labels over several columns must stand in their middle, or begin
//! where they do, and share the columns among them. Left of the values, a row's own label is the
//! lines that stand level with its values; other lines there are labels of several rows. Rows of
//! which a word does not stand so are unreadable, and so are those that end in a blank: where no
//! line closes a row, a cell that is lost before its end, with the others moved up, looks the
//! same. A table may go on below its labels on the next page. Rules between the rows and shades
//! behind them add nothing.

use std::ops::Range;

use super::grid::Grid;
use super::words::{Align, Block, LEVEL, Level, OFF, ROWS, Run, Word, follows, levels, text};
use super::{Area, Glyph, Points, UNKNOWN};
use crate::error::{Error, Result};
use crate::options::Limits;

/// Base lines of one cell's lines are no further apart than this part of their size.
const PITCH: Points = 1.65;
/// More words in a line, or more rows, are no table of the form; and they would cost.
const MOST: usize = 64;
/// Nor are there more lines above the values.
const HEAD: usize = 32;

/// A label over several columns, and these.
type Over<'t, 'a> = (Range<usize>, &'t Block<'a>);
/// The rows of a label, its words, and whether it is told that they are its rows.
type Beside<'a> = (Range<usize>, Vec<&'a Word>, bool);

/// The words above the values of a table.
#[derive(Debug)]
struct Head<'a> {
    /// One for each column, from left to right.
    labels: Vec<Block<'a>>,
    /// What stands above several of them, or is no part of the table.
    above: Vec<Block<'a>>,
}

impl<'a> Head<'a> {
    /// Reads the words right of `edge`, upwards from the line at `below`.
    fn new(levels: &'a [Level], edge: Points, mut below: Points) -> Option<Self> {
        let (mut labels, mut above): (Vec<Block>, Vec<Block>) = (Vec::new(), Vec::new());
        for level in levels.iter().rev() {
            let words: Vec<&Word> = level.iter().filter(|word| word.right > edge).collect();
            let Some(&lowest) = words.first() else { continue };
            let is_far = below - lowest.base > (ROWS + 1.0) * lowest.size;
            if is_far
                || labels.len() + above.len() + words.len() > 2 * MOST
                || words.iter().any(|word| word.is_value)
            {
                break;
            }
            below = lowest.base;
            let is_first =
                above.first().is_none_or(|group| group.words.iter().any(|word| word.is_level(below)));
            for &word in &words {
                let is_over = |block: &Block| word.overlaps(block.left, block.right);
                let goes_on = |block: &Block| {
                    let alone =
                        words.iter().filter(|other| other.overlaps(block.left, block.right)).count() == 1;
                    alone && block.top - word.top() <= word.size * PITCH
                };
                let mut over = above.iter_mut().filter(|block| is_over(block)).peekable();
                let mut own = labels.iter_mut().filter(|block| is_over(block));
                match (over.peek().is_some(), own.next(), own.next()) {
                    (true, ..) => match over.find(|block| goes_on(block)) {
                        Some(block) => block.push(word),
                        None => above.push(Block::new(word)),
                    },
                    (_, None, _) if is_first => labels.push(Block::new(word)),
                    (_, Some(label), None) if goes_on(label) => label.push(word),
                    _ => above.push(Block::new(word)),
                }
            }
        }
        labels.sort_by(|a, b| a.left.total_cmp(&b.left));
        let is_parted = labels.windows(2).all(|pair| matches!(pair, [a, b] if a.right <= b.left));
        (is_parted && labels.iter().all(Block::has_han)).then_some(Self { labels, above })
    }

    /// The labels over several columns, in lines from below, each with its columns. Where some
    /// columns have only one label and others more, those over the others share them.
    fn groups(&self, cells: &[(Points, Points)], height: Align) -> Option<Vec<Vec<Over<'_, 'a>>>> {
        let size = self.labels.iter().map(Block::size).fold(0.0, Points::max);
        let low =
            self.labels.iter().map(|label| label.height(height)).fold(Points::NEG_INFINITY, Points::max);
        let is_low = |column: usize| {
            self.labels.get(column).is_some_and(|label| low - label.height(height) <= size * 0.5)
        };
        let all = 0..self.labels.len();
        let runs: Vec<Range<usize>> = runs(all.clone(), is_low);
        if runs == [all.clone()] {
            return Some(Vec::new());
        }
        let middles: Vec<Points> = self.labels.iter().map(|label| (label.left + label.right) / 2.0).collect();
        let starts = self.labels.iter().map(|label| (label.left, label.right)).collect();
        let by = [
            (Align::Middle, Run::new(cells.to_vec(), Points::NEG_INFINITY, Some(&middles))),
            (Align::Start, Run::new(starts, Points::NEG_INFINITY, None)),
        ];
        let mut lines: Vec<Vec<&Block>> = Vec::new();
        let mut above: Vec<&Block> = self.above.iter().collect();
        above.sort_by(|a, b| b.height(height).total_cmp(&a.height(height)));
        for block in above {
            match lines.last_mut() {
                Some(line)
                    if line
                        .first()
                        .is_some_and(|first| first.height(height) - block.height(height) <= size * 0.5) =>
                {
                    line.push(block)
                }
                _ => lines.push(vec![block]),
            }
        }
        let mut groups = Vec::new();
        for mut line in lines {
            line.sort_by(|a, b| a.left.total_cmp(&b.left));
            let sides: Vec<(Points, Points)> = line.iter().map(|block| (block.left, block.right)).collect();
            let under = if groups.is_empty() { runs.as_slice() } else { std::slice::from_ref(&all) };
            let shares = by.iter().find_map(|(align, run)| {
                let shares = under
                    .iter()
                    .map(|range| run.shared(&run.within(&sides, range), range, *align, size * OFF));
                shares
                    .collect::<Option<Vec<_>>>()
                    .map(|shares| shares.concat())
                    .filter(|all| all.len() == line.len())
            });
            let Some(shares) = shares else { break };
            groups.push(shares.into_iter().zip(line).collect());
        }
        (!groups.is_empty()).then_some(groups)
    }
}

/// The longest stretches of which each one is so.
fn runs(all: Range<usize>, is_so: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in all.filter(|&at| is_so(at)) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The columns whose labels stand over a word.
fn over(word: &Word, labels: &[Block]) -> Range<usize> {
    let from = labels.partition_point(|label| label.right <= word.left);
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
    fn fits(self, word: &Word, label: &Block) -> bool {
        let at = |(left, right): (Points, Points)| match self {
            Self::Left => left,
            Self::Middle => (left + right) / 2.0,
            Self::Right => right,
        };
        let seen = ((word.left, word.right), (label.left, label.right));
        let all = ((word.from, word.to), (label.from, label.to));
        [seen, all, (all.0, seen.1)].into_iter().any(|(a, b)| (at(a) - at(b)).abs() <= word.size * OFF)
    }
}

/// A row of values, with what stands left of it.
#[derive(Debug, Clone)]
struct Row<'a> {
    values: Vec<&'a Word>,
    base: Points,
    size: Points,
    label: Option<Block<'a>>,
    doubtful: bool,
    /// What names it may go on over the page's end.
    is_cut: bool,
}

impl<'a> Row<'a> {
    fn new(level: &'a Level, edge: Points) -> Option<Self> {
        let values: Vec<&Word> = level.iter().filter(|word| word.right > edge).collect();
        let first = *values.iter().find(|word| word.is_value)?;
        let doubtful = values.iter().any(|word| !word.is_value) || values.len() > MOST;
        Some(Self { values, base: first.base, size: first.size, label: None, doubtful, is_cut: false })
    }

    /// From the top of its words to their bottom.
    fn extent(&self) -> (Points, Points) {
        let words = self.values.iter().chain(self.label.iter().flat_map(|label| &label.words));
        words.fold((Points::INFINITY, Points::NEG_INFINITY), |(top, bottom), word| {
            (top.min(word.top()), bottom.max(word.bottom()))
        })
    }

    /// The value of each column, if every one has its place and the last is there.
    fn placed(&self, labels: &[Block], mode: Mode) -> Option<Vec<Option<&'a Word>>> {
        if self.doubtful {
            return None;
        }
        let mut placed: Vec<Option<&Word>> = vec![None; labels.len()];
        for &word in &self.values {
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

/// The words left of the values.
struct Stub<'a> {
    /// From top to bottom.
    lines: Vec<&'a Word>,
    /// Which lines go on, if any, from each and to each.
    below: Vec<Option<usize>>,
    above: Vec<Option<usize>>,
    /// The rows that each stands level with.
    rows: Vec<Range<usize>>,
}

impl<'a> Stub<'a> {
    fn new(levels: impl Iterator<Item = &'a Level>, edge: Points, rows: &[Row]) -> Option<Self> {
        let lines: Vec<&Word> = levels.flatten().filter(|word| word.right <= edge).collect();
        if lines.len() > 8 * MOST {
            return None;
        }
        // Those below a line that may go on from it.
        let near = |at: usize, line: &'a Word| {
            let is_near = move |(_, below): &(usize, &&'a Word)| {
                below.base - line.base <= line.size * (PITCH + LEVEL + OFF)
            };
            lines.iter().enumerate().skip(at + 1).take_while(is_near)
        };
        // Between base lines of one cell, if any has several.
        let mut pitch: Option<Points> = None;
        for (at, line) in lines.iter().enumerate() {
            let below = near(at, line)
                .find(|(_, below)| below.base - line.base > line.size * 0.8 && below.is_aligned(line));
            let gap = below.map(|(_, below)| below.base - line.base).filter(|gap| *gap <= line.size * PITCH);
            pitch = gap.into_iter().chain(pitch).reduce(Points::min);
        }
        let (mut below, mut above) = (vec![None; lines.len()], vec![None; lines.len()]);
        for (at, line) in lines.iter().enumerate() {
            let goes_on = |(_, below): &(usize, &&Word)| {
                let is_one = |pitch: Points| (below.base - line.base - pitch).abs() <= line.size * OFF;
                pitch.is_some_and(is_one) && line.is_aligned(below)
            };
            let Some((next, _)) = near(at, line).find(goes_on) else { continue };
            if let (Some(below), Some(above)) = (below.get_mut(at), above.get_mut(next)) {
                (*below, *above) = (Some(next), Some(at));
            }
        }
        let level = |line: &&Word| {
            let off = line.size * LEVEL;
            let from = rows.partition_point(|row| row.base < line.base - off);
            from..rows.partition_point(|row| row.base <= line.base + off).max(from)
        };
        let rows = lines.iter().map(level).collect();
        Some(Self { lines, below, above, rows })
    }

    /// The row's own label: of the lines that stand level with its values the rightmost one, or
    /// two as far above as below, with the lines that go on from there.
    fn label(&self, row: usize, base: Points, align: Align) -> Vec<usize> {
        let all = || self.lines.iter().enumerate().zip(&self.rows);
        let is_free =
            |at: &usize| self.rows.get(*at).is_some_and(|own| own.is_empty() || *own == (row..row + 1));
        let next = |of: &[Option<usize>], at: usize| of.get(at).copied().flatten().filter(is_free);
        let one = all().filter(|(_, own)| own.contains(&row)).map(|((at, line), _)| (line.left, at, at));
        let two = all()
            .filter(|((at, line), _)| align == Align::Middle && line.base < base && is_free(at))
            .filter_map(|((at, line), _)| {
                let is_other = |other: &usize| {
                    let other = self.lines.get(*other);
                    other
                        .is_some_and(|other| (line.base + other.base - 2.0 * base).abs() <= line.size * LEVEL)
                };
                next(&self.below, at).filter(is_other).map(|other| (line.left, at, other))
            });
        let Some((_, mut first, mut last)) = one.chain(two).max_by(|a, b| a.0.total_cmp(&b.0)) else {
            return Vec::new();
        };
        let mut own = if first == last { vec![first] } else { vec![first, last] };
        loop {
            match (align, next(&self.above, first), next(&self.below, last)) {
                (Align::Middle, Some(up), Some(down)) => {
                    own.extend([up, down]);
                    (first, last) = (up, down);
                }
                (Align::Start, _, Some(down)) => {
                    own.push(down);
                    last = down;
                }
                _ => break,
            }
        }
        own.sort_unstable();
        own
    }
}

/// The labels of a table that may go on over the page's end.
#[derive(Debug, Default)]
pub(super) struct Open(Vec<Level>);

impl Open {
    /// The words right of `edge` that make up its labels, as if they stood above the next page's
    /// first line.
    fn above(&self, rest: &[Level]) -> Vec<Level> {
        let mut levels = self.0.clone();
        let last = levels.iter().flatten().map(|word| word.base).fold(Points::NEG_INFINITY, Points::max);
        let next = rest.iter().take(1).flatten().map(Word::top).fold(Points::INFINITY, Points::min);
        levels.iter_mut().flatten().for_each(|word| word.base += next - last - word.size);
        levels
    }
}

/// The tables of a page; their characters are taken out of `glyphs`.
///
/// Words beyond the `margins` may be furniture of the page. `open` is the table that the page
/// before ends with, and then the one that this page does.
pub(super) fn grids(
    glyphs: &mut Vec<Glyph>,
    margins: (Points, Points),
    page: usize,
    open: &mut Open,
    limits: &Limits,
) -> Result<Vec<Grid>> {
    let levels = levels(glyphs);
    let mut grids = Vec::new();
    let mut taken = vec![false; glyphs.len()];
    let (mut free, mut at) = (0, 0);
    let before = std::mem::take(open);
    while let Some(rest) = levels.get(at..).filter(|rest| !rest.is_empty()) {
        let count = body(rest);
        let (body, below) = rest.split_at(count);
        if count > 0 {
            let head = levels.get(free.max(at.saturating_sub(HEAD))..at).unwrap_or_default();
            let is_ended = match below {
                [] => false,
                [next] => next.iter().all(|word| word.bottom() < margins.1),
                _ => true,
            };
            let above = levels.get(..at.min(HEAD)).unwrap_or_default();
            let again = if grids.is_empty() && is_rest(above, body, margins.0) {
                before.above(rest)
            } else {
                Vec::new()
            };
            let edges = (edge(body, |word| word.is_value), edge(body, |word| word.is_figure));
            let edges = [edges.0, edges.1.filter(|_| edges.0 != edges.1)];
            let mut tables = [head, &again].into_iter().flat_map(|head| {
                edges.into_iter().flatten().filter_map(move |edge| table(head, body, edge, is_ended, page))
            });
            let table = tables.next();
            if let Some(Found { grid, words, head }) = table {
                if grid.slots() > limits.table_cells {
                    return Err(Error::limit("table_cells", limits.table_cells));
                }
                for (index, _) in words.iter().flat_map(|word| &word.glyphs) {
                    if let Some(mark) = taken.get_mut(*index) {
                        *mark = true;
                    }
                }
                grids.push(grid);
                if !is_ended {
                    *open = Open(head);
                }
            }
            // What stands below the last row may be above the next one's.
            free = at
                + body
                    .iter()
                    .rposition(|level| level.iter().any(|word| word.is_figure))
                    .map_or(count, |last| last + 1);
        }
        at += count.max(1);
    }
    let mut marks = taken.into_iter();
    glyphs.retain(|_| !marks.next().unwrap_or(false));
    Ok(grids)
}

/// Whether rows are the first on their page, so that they may go on with a table: nothing stands
/// above but furniture, and labels that go on.
fn is_rest(above: &[Level], body: &[Level], margin: Points) -> bool {
    let edge = edge(body, |word| word.is_figure);
    let is_label = |level: &Level| level.iter().all(|word| Some(word.right) <= edge);
    above.iter().filter(|level| !is_label(level)).count() <= 1
        && above.iter().filter(|level| !is_label(level)).flatten().all(|word| word.bottom() < margin)
}

/// Where values begin.
fn edge(body: &[Level], is_value: fn(&Word) -> bool) -> Option<Points> {
    body.iter().flatten().filter(|word| is_value(word)).map(|word| word.left).reduce(Points::min)
}

/// How many levels belong to rows of values, if the first does.
fn body(levels: &[Level]) -> usize {
    let (mut edge, mut count) = (Points::INFINITY, 0);
    let mut above: Option<&Level> = None;
    for (index, level) in levels.iter().enumerate() {
        let value =
            level.iter().find(|word| word.is_figure || (word.is_value && (index == 0 || word.left >= edge)));
        let is_over = value.is_none() && level.iter().any(|word| word.right > edge);
        if is_over || (index == 0 && value.is_none()) || above.is_some_and(|above| !follows(level, above)) {
            break;
        }
        edge = value.map_or(edge, |word| edge.min(word.left));
        // Lines below the last row may be its label's.
        count = index + 1;
        above = Some(level);
    }
    count
}

/// A table, its words, and the labels of its columns.
struct Found<'a> {
    grid: Grid,
    words: Vec<&'a Word>,
    head: Vec<Level>,
}

/// The table of the rows in `body` below the labels in `head`; nothing where any place in it is in
/// doubt, or none of its rows is certain.
fn table<'a>(
    head: &'a [Level],
    body: &'a [Level],
    edge: Points,
    is_ended: bool,
    page: usize,
) -> Option<Found<'a>> {
    let mut rows: Vec<Row> = body.iter().filter_map(|level| Row::new(level, edge)).collect();
    let first = rows.first().filter(|_| rows.len() <= MOST)?.base;
    let labels = Head::new(head, edge, first)?;
    // Where a value stands below no label, one may be lost and the others moved up; where two
    // stand below one, it may be two that touch.
    let columns = |row: &Row| row.values.iter().map(|word| over(word, &labels.labels)).collect::<Vec<_>>();
    let is_apart = |all: &[Range<usize>]| matches!(all, [a, b] if a != b || a.len() > 1);
    if !rows
        .iter()
        .map(columns)
        .all(|own| own.iter().all(|own| !own.is_empty()) && own.windows(2).all(is_apart))
    {
        return None;
    }
    let stub = Stub::new(head.iter().chain(body), edge, &rows)?;
    if let Some(last) = rows.last_mut().filter(|_| !is_ended && !stub.lines.is_empty()) {
        last.is_cut = true;
    }
    let attempts =
        [(Align::Middle, true), (Align::Start, true), (Align::Middle, false), (Align::Start, false)];
    let mut tables =
        attempts.into_iter().filter_map(|(align, strict)| Table::new(&labels, &rows, &stub, align, strict));
    let (grid, words) = tables.find_map(|table| table.grid(page))?;
    let mut own: Vec<*const Word> = words.iter().map(|word| std::ptr::from_ref(*word)).collect();
    own.sort_unstable();
    let is_own = |word: &&Word| word.right > edge && own.binary_search(&std::ptr::from_ref(*word)).is_ok();
    let bare = |word: &Word| Word {
        glyphs: word.glyphs.iter().map(|(_, glyph)| (usize::MAX, *glyph)).collect(),
        ..*word
    };
    let head = head.iter().map(|level| level.iter().filter(is_own).map(bare).collect());
    let head = head.filter(|level: &Level| !level.is_empty()).collect();
    Some(Found { grid, words, head })
}

/// A table whose every word has its place.
struct Table<'t, 'a> {
    labels: &'t [Block<'a>],
    /// Labels over several columns, in lines from below.
    groups: Vec<Vec<Over<'t, 'a>>>,
    rows: Vec<Row<'a>>,
    corner: Vec<&'a Word>,
    /// Labels of several rows, in columns from the left; whose rows they are may not be told.
    beside: Vec<Vec<Beside<'a>>>,
}

impl<'t, 'a> Table<'t, 'a> {
    /// Where `strict`, labels of several rows share them.
    fn new(
        head: &'t Head<'a>,
        rows: &[Row<'a>],
        stub: &Stub<'a>,
        align: Align,
        strict: bool,
    ) -> Option<Self> {
        let mut rows = rows.to_vec();
        let mut rest: Vec<Option<&Word>> = stub.lines.iter().copied().map(Some).collect();
        for (index, row) in rows.iter_mut().enumerate() {
            for line in stub.label(index, row.base, align) {
                // A line of two rows.
                let word = rest.get_mut(line)?.take()?;
                match &mut row.label {
                    Some(label) => label.push(word),
                    None => row.label = Some(Block::new(word)),
                }
            }
        }
        let mut blocks: Vec<Block> = Vec::new();
        let mut block_of: Vec<Option<usize>> = Vec::with_capacity(rest.len());
        for (word, above) in rest.into_iter().zip(&stub.above) {
            let own = word.map(|word| {
                let goes_on = above.and_then(|above| block_of.get(above).copied().flatten());
                match goes_on.and_then(|at: usize| blocks.get_mut(at)) {
                    Some(block) => block.push(word),
                    None => blocks.push(Block::new(word)),
                }
                goes_on.unwrap_or(blocks.len() - 1)
            });
            block_of.push(own);
        }
        // What may be the rest of a row beside it, as a value may be that goes on in a second line.
        for at in 1..rows.len() {
            let (above, below) = rows.split_at_mut(at);
            if let (Some(above), Some(below)) = (above.last_mut(), below.first_mut())
                && (above.label.is_none() || below.label.is_none())
                && below.base - above.base <= above.size * PITCH
            {
                (above.doubtful, below.doubtful) = (true, true);
            }
        }
        let cells: Vec<(Points, Points)> = rows.iter().map(Row::extent).collect();
        let (first, last) = (cells.first()?.0, cells.last()?.1);
        let mut columns: Vec<(Points, Points)> =
            head.labels.iter().map(|label| (label.left, label.right)).collect();
        for word in rows.iter().flat_map(|row| &row.values) {
            let own = over(word, &head.labels);
            if let Some((left, right)) = columns.get_mut(own.start).filter(|_| own.len() == 1) {
                (*left, *right) = (left.min(word.left), right.max(word.right));
            }
        }
        let groups = head.groups(&columns, align)?;
        let of_head = || head.labels.iter().chain(groups.iter().flatten().map(|(_, block)| *block));
        let top = of_head().map(|block| block.top).fold(first, Points::min);
        let bottom = of_head().map(|block| block.bottom).fold(top, Points::max);
        let (corner, blocks): (Vec<Block>, Vec<Block>) =
            blocks.into_iter().partition(|block| block.bottom <= first);
        let corner =
            corner.into_iter().filter(|block| block.bottom > top).flat_map(|block| block.words).collect();
        let mut beside: Vec<(Points, Vec<Block>)> = Vec::new();
        let mut blocks: Vec<Block> = blocks.into_iter().filter(|block| block.top < last).collect();
        blocks.sort_by(|a, b| a.left.total_cmp(&b.left));
        for block in blocks {
            match beside.last_mut() {
                Some((right, column)) if block.left < *right => {
                    *right = right.max(block.right);
                    column.push(block);
                }
                _ => beside.push((block.right, vec![block])),
            }
        }
        let middles: Vec<Points> = rows.iter().map(|row| row.base - row.size * 0.38).collect();
        let run = Run::new(cells, bottom, Some(middles.as_slice()).filter(|_| align == Align::Middle));
        let beside =
            beside.into_iter().map(|(right, column)| rows_of(column, right, &rows, &run, align, strict));
        let beside = beside.collect::<Option<Vec<_>>>()?;
        Some(Self { labels: &head.labels, groups, rows, corner, beside })
    }

    /// The table, if any of its rows is certain, and its words.
    fn grid(self, page: usize) -> Option<(Grid, Vec<&'a Word>)> {
        let Self { labels, groups, rows, corner, beside } = self;
        let count = |mode: Mode| rows.iter().filter(|row| row.placed(labels, mode).is_some()).count();
        let mode = MODES.into_iter().max_by_key(|&mode| count(mode)).filter(|&mode| count(mode) > 0)?;
        let is_labelled =
            !corner.is_empty() || !beside.is_empty() || rows.iter().any(|row| row.label.is_some());
        // Where the columns of values begin, and the rows.
        let (left, top) = (if is_labelled { beside.len() + 1 } else { 0 }, groups.len() + 1);
        let right = left + labels.len();
        if right < 2 {
            return None;
        }
        let mut words: Vec<&Word> = Vec::new();
        let mut cells: Vec<(Range<usize>, Range<usize>, String)> = Vec::new();
        let mut cell = |rows: Range<usize>, columns: Range<usize>, own: &[&'a Word], is_told: bool| {
            let sign = if is_told { String::new() } else { UNKNOWN.to_string() };
            cells.push((rows, columns, sign + &text(own.iter().copied())));
            words.extend(own);
        };
        if is_labelled {
            cell(0..top, 0..left, &corner, true);
        }
        for (column, label) in labels.iter().enumerate() {
            let is_under =
                groups.first().is_none_or(|line| line.iter().any(|(under, _)| under.contains(&column)));
            cell(
                top - if is_under { 1 } else { 2 }..top,
                left + column..left + column + 1,
                &label.words,
                true,
            );
        }
        for (row, line) in (0..top - 1).rev().zip(&groups) {
            for (under, block) in line {
                cell(row..row + 1, left + under.start..left + under.end, &block.words, true);
            }
        }
        for (column, blocks) in beside.iter().enumerate() {
            for (own, words, is_told) in blocks {
                cell(top + own.start..top + own.end, column..column + 1, words, *is_told);
            }
        }
        for (index, row) in rows.iter().enumerate() {
            let here = top + index..top + index + 1;
            let is_beside =
                |blocks: &Vec<(Range<usize>, _, _)>| blocks.iter().any(|(own, ..)| own.contains(&index));
            let from = beside.iter().rposition(is_beside).map_or(0, |column| column + 1);
            if is_labelled {
                cell(here.clone(), from..left, row.label.as_ref().map_or(&[], |label| &label.words), true);
            }
            match row.placed(labels, mode).filter(|_| !row.is_cut) {
                Some(placed) => {
                    for (column, word) in placed.into_iter().enumerate() {
                        let column = left + column;
                        cell(here.clone(), column..column + 1, word.as_slice(), true);
                    }
                }
                None => cell(here, left..right, &row.values, false),
            }
        }
        let all = || words.iter();
        let area = Area {
            left: all().map(|word| word.left).fold(Points::INFINITY, Points::min),
            right: all().map(|word| word.right).fold(Points::NEG_INFINITY, Points::max),
            top: all().map(|word| word.top()).fold(Points::INFINITY, Points::min),
            bottom: all().map(|word| word.bottom()).fold(Points::NEG_INFINITY, Points::max),
        };
        Some((Grid::spaced(area, (top + rows.len(), right), cells, page), words))
    }
}

/// The rows of labels that stand in one column and end at `right`: those of which the own label
/// stands farther right.
fn rows_of<'a>(
    mut blocks: Vec<Block<'a>>,
    right: Points,
    rows: &[Row<'a>],
    run: &Run,
    align: Align,
    strict: bool,
) -> Option<Vec<Beside<'a>>> {
    blocks.sort_by(|a, b| a.top.total_cmp(&b.top));
    let is_right = |row: usize| {
        let label = rows.get(row).and_then(|row| row.label.as_ref());
        label.is_none_or(|label| label.left >= right - label.size() * OFF)
    };
    let mut told = Vec::new();
    for range in runs(0..rows.len(), is_right) {
        let sides: Vec<(Points, Points)> = blocks.iter().map(|block| (block.top, block.bottom)).collect();
        let own = run.within(&sides, &range);
        let (here, rest): (Vec<Block>, Vec<Block>) =
            blocks.into_iter().partition(|block| own.contains(&(block.top, block.bottom)));
        blocks = rest;
        if here.is_empty() {
            continue;
        }
        let off = here.iter().map(Block::size).fold(0.0, Points::max) * OFF;
        match run.shared(&own, &range, align, off) {
            Some(shares) => {
                told.extend(shares.into_iter().zip(here).map(|(rows, block)| (rows, block.words, true)))
            }
            None if strict => return None,
            // Nothing parts them.
            None => told.push((range, here.into_iter().flat_map(|block| block.words).collect(), false)),
        }
    }
    blocks.is_empty().then_some(told)
}
