//! Lattices to tables: which squares are one cell, and which text stands in it.

use std::ops::Range;

use super::rules::{Groups, Lattice};
use super::text::{self, Line};
use super::{Area, Glyph, Points, Slanted, Turn, UNKNOWN};
use crate::document::fold::{is_blank, is_han};
use crate::document::{Block, Cell, Geometry, Paragraph, Place, Row, Slot, Table};
use crate::error::{Error, Result};
use crate::location::Location;
use crate::options::Limits;

/// The part of a cell that one row shows, by position on the page.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    left: Points,
    right: Points,
    cell: usize,
    first: bool,
}

/// Something said of a table's two ends.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    top: bool,
    bottom: bool,
}

/// A table of one page, or of several.
#[derive(Debug)]
pub(super) struct Grid {
    pub(super) area: Area,
    xs: Vec<Points>,
    rows: Vec<Vec<Piece>>,
    /// Text and page of each cell.
    cells: Vec<(String, usize)>,
    /// Rows that begin a page, and not the table.
    breaks: Vec<usize>,
    /// No line is drawn above the first row, or below the last one.
    open: Ends,
    /// Told by spacing, not by lines.
    is_spaced: bool,
}

/// A text whose middle lies this close above a table may have been cut with it.
const EDGE: Points = 1.0;
/// Positions this close on two pages are the same.
const SAME: Points = 3.0;

fn is_near(a: Points, b: Points) -> bool {
    (a - b).abs() <= SAME
}

/// Whether two rows show cells in the same places across.
fn have_same_columns(one: &[Piece], other: &[Piece]) -> bool {
    let mut pairs = one.iter().zip(other);
    one.len() == other.len() && pairs.all(|(a, b)| is_near(a.left, b.left) && is_near(a.right, b.right))
}

impl Grid {
    /// The table of a lattice; characters in it are taken out of `glyphs`. Nothing, and none
    /// taken, where the lattice is frames that rule no columns.
    pub(super) fn new(
        lattice: &Lattice,
        glyphs: &mut Vec<Glyph>,
        slanted: &[Slanted],
        page: usize,
        limits: &Limits,
    ) -> Result<Option<Self>> {
        let (columns, rows) = (lattice.columns(), lattice.rows());
        let square = |row: usize, column: usize| row * columns + column;
        let mut groups = lattice.squares(limits)?;
        let outside = outside(lattice, &mut groups);
        if is_frames(lattice, &mut groups, &outside) {
            return Ok(None);
        }
        let area = lattice.area();
        let at = |x: Points, y: Points| -> Option<usize> {
            // What stands on the edge is inside.
            let y = if y < area.top && area.top - y < EDGE { area.top } else { y };
            lattice.at((x, y)).map(|(row, column)| square(row, column))
        };
        let mut own: Vec<(usize, Glyph)> = Vec::new();
        glyphs.retain(|glyph| {
            let (x, y) = glyph.middle();
            match at(x, y) {
                Some(place) => {
                    own.push((place, *glyph));
                    false
                }
                None => true,
            }
        });
        // A table may hold nearly all of a page.
        glyphs.shrink_to_fit();
        own.retain(|(place, glyph)| {
            let is_outside = outside.get(groups.root(*place)).copied().unwrap_or(false);
            if is_outside {
                glyphs.push(*glyph);
            }
            !is_outside
        });
        join_crossed(&own, &mut groups);
        for (x, y, glyph) in running_out(&own, glyphs, &area) {
            if let Some(place) = at(x, y) {
                own.push((place, glyph));
            }
        }

        let mut index_of: Vec<Option<usize>> = vec![None; columns * rows];
        let mut texts: Vec<Vec<Glyph>> = Vec::new();
        let mut table_rows = Vec::with_capacity(rows);
        let mut seen: Vec<usize> = Vec::new();
        for row in 0..rows {
            let mut pieces: Vec<Piece> = Vec::new();
            let mut last = None;
            for column in 0..columns {
                let root = groups.root(square(row, column));
                let bounds = (lattice.xs.get(column).copied(), lattice.xs.get(column + 1).copied());
                let (Some(left), Some(right)) = bounds else { continue };
                if outside.get(root).copied().unwrap_or(false) {
                    last = None;
                    continue;
                }
                if last == Some(root)
                    && let Some(piece) = pieces.last_mut()
                {
                    piece.right = right;
                    continue;
                }
                last = Some(root);
                let Some(index) = index_of.get_mut(root) else { continue };
                let cell = *index.get_or_insert_with(|| {
                    texts.push(Vec::new());
                    seen.push(row);
                    texts.len() - 1
                });
                let begins = seen.get(cell) == Some(&row) && !pieces.iter().any(|piece| piece.cell == cell);
                pieces.push(Piece { left, right, cell, first: begins });
            }
            table_rows.push(pieces);
        }
        for (place, glyph) in own {
            let root = groups.root(place);
            let cell = index_of.get(root).copied().flatten().and_then(|index| texts.get_mut(index));
            if let Some(cell) = cell {
                cell.push(glyph);
            }
        }
        // A slanting line over several cells is a watermark; one that is all a cell holds may be
        // its text.
        for line in slanted.chunk_by(|a, b| a.line == b.line) {
            let mut cells = line.iter().map(|glyph| {
                let root = groups.root(at(glyph.x, glyph.y)?);
                index_of.get(root).copied().flatten()
            });
            let cell = cells.next().flatten().filter(|own| cells.all(|cell| cell == Some(*own)));
            if let Some(cell) = cell.and_then(|cell| texts.get_mut(cell))
                && cell.is_empty()
                && let Some(first) = line.first()
            {
                cell.push(Glyph::unknown(first.x, first.y));
            }
        }
        let cells: Vec<(String, usize)> = texts.iter().map(|glyphs| (cell_text(glyphs), page)).collect();
        let open = Ends { top: !lattice.has_line_across(0), bottom: !lattice.has_line_across(rows) };
        // The last row may go on beyond the page.
        leave_out_rests(&mut table_rows, &cells, open.bottom);
        Ok(Some(Self {
            area,
            xs: lattice.xs.clone(),
            rows: table_rows,
            cells,
            breaks: Vec::new(),
            open,
            is_spaced: false,
        }))
    }

    /// A table of one page of so many rows and columns, whose cells are known: rows, columns, text.
    pub(super) fn spaced(
        area: Area,
        (rows, columns): (usize, usize),
        own: Vec<(Range<usize>, Range<usize>, String)>,
        page: usize,
    ) -> Self {
        // Only their order is known.
        let xs: Vec<Points> = (0..=columns).map(|column| column as Points).collect();
        let mut pieces: Vec<Vec<Piece>> = vec![Vec::new(); rows];
        let mut cells = Vec::with_capacity(own.len());
        for (cell, (rows, columns, text)) in own.into_iter().enumerate() {
            cells.push((text, page));
            let (left, right) = (columns.start as Points, columns.end as Points);
            for row in rows.clone() {
                let piece = Piece { left, right, cell, first: row == rows.start };
                pieces.get_mut(row).into_iter().for_each(|row| row.push(piece.clone()));
            }
        }
        pieces.iter_mut().for_each(|row| row.sort_by(|a, b| a.left.total_cmp(&b.left)));
        Self { area, xs, rows: pieces, cells, breaks: Vec::new(), open: Ends::default(), is_spaced: true }
    }

    /// Places of cells in all rows.
    pub(super) fn slots(&self) -> u64 {
        self.rows.iter().map(|row| row.len() as u64).sum()
    }

    /// Whether the other table, at the top of the next page, stands in the same place
    /// across, or in the same columns but for some. Then it goes on, or may as well be read
    /// as if it did: other columns are columns of their own.
    pub(super) fn continues_in(&self, other: &Self) -> bool {
        let shared = self.xs.iter().filter(|&&x| other.xs.iter().any(|&own| is_near(x, own))).count();
        !self.is_spaced
            && !other.is_spaced
            && is_near(self.area.left, other.area.left)
            && (is_near(self.area.right, other.area.right) || shared * 2 > self.xs.len().min(other.xs.len()))
    }

    /// Appends the rows of the next page; a header printed again is left out.
    pub(super) fn append(&mut self, mut other: Self) {
        other.rows.drain(..self.repeated_rows(&other));
        let cells = self.cells.len();
        other.rows.iter_mut().flatten().for_each(|piece| piece.cell += cells);
        self.cells.append(&mut other.cells);
        let cut = self.cut_cells(&other);
        match &cut {
            Some(pairs) => self.join_rows(pairs, &mut other),
            None => leave_out_rests(&mut self.rows, &self.cells, false),
        }
        let offset = self.rows.len();
        self.breaks.extend(cut.is_none().then_some(offset));
        self.breaks.extend(other.breaks.iter().map(|row| row + offset));
        self.open.bottom = other.open.bottom;
        self.rows.append(&mut other.rows);
        for x in other.xs {
            if !self.xs.iter().any(|&own| is_near(own, x)) {
                self.xs.push(x);
            }
        }
        self.xs.sort_by(Points::total_cmp);
    }

    /// The cells of the last row with those of the first one of the next page, if the one goes on
    /// as the other: no line is drawn on either side of the break. With text on both sides in
    /// one column they may be two rows.
    fn cut_cells(&self, other: &Self) -> Option<Vec<(usize, usize)>> {
        let (above, below) = (self.rows.last()?, other.rows.first()?);
        let is_blank = |piece: &Piece| self.cells.get(piece.cell).is_none_or(|(text, _)| is_blank(text));
        let is_cut = self.open.bottom
            && other.open.top
            && have_same_columns(above, below)
            && above.iter().zip(below).all(|(a, b)| is_blank(a) || is_blank(b));
        is_cut.then(|| above.iter().zip(below).map(|(a, b)| (a.cell, b.cell)).collect())
    }

    /// Makes the first row of the next page part of the last one.
    fn join_rows(&mut self, pairs: &[(usize, usize)], other: &mut Self) {
        other.rows.drain(..1);
        for &(above, below) in pairs {
            let lower = self.cells.get(below).cloned();
            if let (Some(own), Some(lower)) = (self.cells.get_mut(above), lower)
                && is_blank(&own.0)
            {
                *own = lower;
            }
            let rest = other.rows.iter_mut().flatten().filter(|piece| piece.cell == below);
            rest.for_each(|piece| piece.cell = above);
        }
    }

    /// How many rows at the top of the other table say again what this one begins with:
    /// words alone, in the same places.
    fn repeated_rows(&self, other: &Self) -> usize {
        let text = |grid: &Self, piece: &Piece| grid.cells.get(piece.cell).map(|cell| cell.0.clone());
        let alike = |(own, again): &(&Vec<Piece>, &Vec<Piece>)| {
            have_same_columns(own, again)
                && own
                    .iter()
                    .zip(again.iter())
                    .all(|(a, b)| a.first == b.first && text(self, a) == text(other, b))
        };
        let is_header = |row: &[Piece]| {
            let texts: Vec<String> = row.iter().filter_map(|piece| text(self, piece)).collect();
            let is_word = |text: &String| text.chars().any(is_han);
            texts.iter().any(is_word) && texts.iter().all(|text| is_word(text) || is_blank(text))
        };
        let count = self.rows.iter().zip(&other.rows).take_while(alike).count();
        // Only whole: no cell of the header reaches below it.
        let headers = self.rows.iter().take(count).take_while(|row| is_header(row)).count();
        let ends = other.rows.get(headers).is_none_or(|row| row.iter().all(|piece| piece.first));
        if ends { headers } else { 0 }
    }

    /// The table in the neutral form; `place` is that of the table.
    pub(super) fn finish(mut self, place: &Location, limits: &Limits) -> Result<Table> {
        leave_out_rests(&mut self.rows, &self.cells, false);
        let column = |x: Points| {
            let nearest = (self.xs.iter().enumerate())
                .min_by(|(_, a), (_, b)| (*a - x).abs().total_cmp(&(*b - x).abs()));
            nearest.map_or(0, |(index, _)| index)
        };
        let mut cells: Vec<Cell> = self
            .cells
            .into_iter()
            .map(|(text, page)| {
                let text = text.into();
                let location = Place::from(Location { page: super::on_page(page).page, ..place.clone() });
                let paragraph = Paragraph { text, location: location.clone(), ..Paragraph::default() };
                Cell::new(vec![Block::Paragraph(paragraph)], location)
            })
            .collect();
        let mut rows = Vec::with_capacity(self.rows.len());
        let mut slots: u64 = 0;
        for (index, pieces) in self.rows.iter().enumerate() {
            let mut row = Row { whole: true, ..Row::default() };
            for piece in pieces {
                let (from, to) = (column(piece.left), column(piece.right));
                let slot = Slot::new(from, to.saturating_sub(from).max(1), piece.cell, piece.first);
                row.whole &= row.slots.is_empty() || slot.column() == row.width;
                row.width = slot.column() + slot.span();
                row.slots.push(slot);
                if piece.first
                    && let Some(cell) = cells.get_mut(piece.cell)
                {
                    cell.location.set_row(u32::try_from(index + 1).ok());
                    cell.location.set_column(u32::try_from(slot.column() + 1).ok());
                    if let Some(Block::Paragraph(paragraph)) = cell.blocks.first_mut() {
                        paragraph.location = cell.location.clone();
                    }
                }
            }
            slots += row.slots.len() as u64;
            if slots > limits.table_cells {
                return Err(Error::limit("table_cells", limits.table_cells).at(place.clone()));
            }
            rows.push(row);
        }
        Ok(Table {
            geometry: if self.is_spaced { Geometry::Spaced } else { Geometry::Drawn },
            cells,
            rows,
            breaks: self.breaks,
            tabbed: false,
            location: place.into(),
        })
    }
}

/// Which squares, by the roots of their groups, lie beside the cells: no line closes the
/// table there, though one does elsewhere on the same side. Where a side has no line at all,
/// the squares at its ends are judged by the line that should close them above or below.
fn outside(lattice: &Lattice, groups: &mut Groups) -> Vec<bool> {
    let (columns, rows) = (lattice.columns(), lattice.rows());
    let mut outside = vec![false; columns * rows];
    for (column, side) in [(0, 0), (columns.saturating_sub(1), columns)] {
        for row in 0..rows {
            let ends = [(row == 0, 0), (row + 1 == rows, rows)];
            let open_end = || {
                ends.iter().any(|&(is_end, line)| {
                    is_end && lattice.has_line_across(line) && !lattice.is_ruled_across(line, column)
                })
            };
            let is_open = !lattice.is_ruled_down(side, row) && (lattice.has_line_down(side) || open_end());
            if is_open && let Some(mark) = outside.get_mut(groups.root(row * columns + column)) {
                *mark = true;
            }
        }
    }
    outside
}

/// Whether the lattice is frames one below the other: each row holds one cell, and no line
/// down stands in it.
fn is_frames(lattice: &Lattice, groups: &mut Groups, outside: &[bool]) -> bool {
    let columns = lattice.columns();
    (0..lattice.rows()).all(|row| {
        let inside: Vec<Option<usize>> = (0..columns)
            .map(|column| groups.root(row * columns + column))
            .map(|root| Some(root).filter(|&root| outside.get(root) == Some(&false)))
            .collect();
        let mut cells = inside.iter().flatten();
        let is_one = cells.next().is_some_and(|first| cells.all(|cell| cell == first));
        let is_parted = inside
            .windows(2)
            .enumerate()
            .any(|(column, pair)| lattice.is_ruled_down(column + 1, row) && pair.iter().all(Option::is_some));
        is_one && !is_parted
    })
}

/// Leaves out rows that show only what is left of cells from above and blanks beside it:
/// where pages break tables, some cells end before their rows do.
fn leave_out_rests(rows: &mut Vec<Vec<Piece>>, cells: &[(String, usize)], but_last: bool) {
    let is_blank = |piece: &Piece| cells.get(piece.cell).is_none_or(|(text, _)| text.is_empty());
    let mut begun: Vec<usize> = Vec::new();
    let mut left = rows.len();
    rows.retain_mut(|row| {
        left -= 1;
        // Blanks that began in a row left out begin here.
        for piece in row.iter_mut() {
            if begun.contains(&piece.cell) && !piece.first {
                piece.first = true;
            }
        }
        begun.clear();
        let is_rest = !(but_last && left == 0)
            && row.iter().any(|piece| !piece.first)
            && row.iter().all(|piece| !piece.first || is_blank(piece));
        if is_rest {
            begun.extend(row.iter().filter(|piece| piece.first).map(|piece| piece.cell));
        }
        !is_rest
    });
}

/// Where a text runs over a line between two cells, nobody can say whose it is: the
/// cells become one.
fn join_crossed(own: &[(usize, Glyph)], groups: &mut Groups) {
    let mut level: Vec<&(usize, Glyph)> =
        own.iter().filter(|(_, glyph)| glyph.turn == Turn::Up && !glyph.text.is_whitespace()).collect();
    level.sort_by(|(_, a), (_, b)| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    for pair in level.windows(2) {
        let [(here, a), (there, b)] = pair else { continue };
        let same_line = (a.base - b.base).abs() <= 0.5 && a.left <= b.left;
        // Cells keep their text off the line by more than this.
        let touching = b.left - a.right < a.size.min(b.size) * 0.08;
        if same_line && touching && groups.root(*here) != groups.root(*there) {
            groups.join(*here, *there);
        }
    }
}

/// Texts that run over a side of the table, as signs of what cannot be told, and where in the
/// table: what is printed there may have been cut off.
fn running_out(own: &[(usize, Glyph)], beside: &[Glyph], area: &Area) -> Vec<(Points, Points, Glyph)> {
    let is_text = |glyph: &&Glyph| glyph.turn == Turn::Up && !glyph.text.is_whitespace();
    let mut signs = Vec::new();
    for glyph in beside.iter().filter(is_text) {
        let (x, y) = glyph.middle();
        if y < area.top || y > area.bottom {
            continue;
        }
        let (side, over, inward) = if x > area.right {
            (area.right, area.right - glyph.left, -1.0)
        } else {
            (area.left, glyph.right - area.left, 1.0)
        };
        let touches = |other: &Glyph| {
            let gap = if inward < 0.0 { glyph.left - other.right } else { other.left - glyph.right };
            (other.base - glyph.base).abs() <= 0.5 && gap.abs() < glyph.size * 0.08
        };
        if over > glyph.size * 0.1 || (over > -glyph.size && own.iter().any(|(_, other)| touches(other))) {
            let at = side + inward * 0.5;
            signs.push((at, y, Glyph { text: UNKNOWN, left: at, right: at, ..*glyph }));
        }
    }
    signs
}

/// The text of a cell. Where a line breaks between Han characters nothing is lost by
/// joining them; between digits it may part numbers, so it stays.
pub(super) fn cell_text(glyphs: &[Glyph]) -> String {
    let mut text = String::new();
    for Line { text: line, .. } in text::lines(glyphs, false) {
        let narrow = |c: Option<char>| c.is_none_or(|c| !text::is_wide(c) || c.is_numeric());
        if !text.is_empty() && narrow(text.chars().last()) && narrow(line.chars().next()) {
            text.push('\n');
        }
        text.push_str(&line);
    }
    text
}
