//! From the cells of sheets to paragraphs and tables.
//!
//! A sheet does not say where a table begins. Rows with lines around their cells, or with
//! several cells, are rows of a table; a row of one cell without lines is a paragraph.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Doubt, Range, Sheet, SheetRow, Shown, damaged};
use crate::document::{Block, Cell, Document, Geometry, GridBuilder, Paragraph, Place, fold};
use crate::error::{Error, Result};
use crate::finding::{Finding, Severity};
use crate::format::Context;
use crate::location::Location;

pub(crate) struct Flow<'c, 'a> {
    context: &'c mut Context<'a>,
    document: Document,
    tables: u32,
    text_left: u64,
    /// The first place where something is hidden.
    hidden: Option<Location>,
}

/// A cell that one row shows, in columns that are seen, from 0.
#[derive(Debug)]
struct Piece {
    left: usize,
    right: usize,
    /// Rows that it covers from this one on; 0 where it began above.
    rows: usize,
    shown: Shown,
}

impl Piece {
    fn is_blank(&self) -> bool {
        fold::is_blank(&self.shown.text)
    }

    fn counts(&self) -> bool {
        self.shown.bordered || !self.is_blank()
    }
}

/// A row that is seen.
#[derive(Debug)]
struct Line {
    row: u32,
    pieces: Vec<Piece>,
    /// Whether a cell of it reaches into the next row.
    tied: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Prose,
    /// One cell, alone, in a sheet without lines: prose, or a row without values.
    Lone,
    Table,
}

impl<'c, 'a> Flow<'c, 'a> {
    pub(crate) fn new(context: &'c mut Context<'a>) -> Self {
        let text_left = context.limits.text_bytes;
        Self { context, document: Document::default(), tables: 0, text_left, hidden: None }
    }

    /// Something is left out there.
    pub(crate) fn hidden(&mut self, place: &Location) {
        self.hidden.get_or_insert_with(|| place.clone());
    }

    pub(crate) fn finish(self) -> Result<Document> {
        if let Some(place) = &self.hidden {
            let finding = Finding::new(
                "DOC-HIDDEN-TEXT",
                Severity::Info,
                "工作簿含有隐藏的工作表、行、列，或被合并覆盖、划去的内容，未读入",
                "the workbook has hidden sheets, rows or columns, or cells covered by others or struck out, which were left out",
            );
            self.context.findings.push(finding.at(place));
        }
        if self.document.blocks.is_empty() {
            return Err(Error::input("empty", "工作簿没有可见内容", "the workbook shows nothing"));
        }
        Ok(self.document)
    }

    /// Reads a sheet, by a function that is told how many bytes of text the document may
    /// still hold, and adds what it shows.
    pub(crate) fn sheet(
        &mut self,
        name: Arc<str>,
        read: impl FnOnce(&Context<'_>, &mut u64) -> Result<Sheet>,
    ) -> Result<()> {
        let mut sheet = read(self.context, &mut self.text_left)?;
        let place = Location { part: Some(name), ..Location::default() };
        let lines = self.lines(&mut sheet, &place)?;
        let ruled = lines.iter().flat_map(|line| &line.pieces).any(|piece| piece.shown.bordered);
        let classes = classes(&lines, ruled);
        let mut lines = lines.into_iter().zip(classes).peekable();
        while let Some((line, class)) = lines.next() {
            match class {
                Class::Blank => {}
                Class::Prose | Class::Lone => self.paragraphs(line, &place),
                Class::Table => {
                    let mut rows = vec![line];
                    // Rows that are left out between two are hidden, or blank.
                    while let Some((line, _)) = lines.next_if(|(_, class)| *class == Class::Table) {
                        rows.push(line);
                    }
                    self.table(rows, ruled, &place)?;
                }
            }
        }
        Ok(())
    }

    /// The rows that are seen; where one or more blank rows are not stored, a blank one
    /// stands for them.
    fn lines(&mut self, sheet: &mut Sheet, place: &Location) -> Result<Vec<Line>> {
        let columns = Columns::new(std::mem::take(&mut sheet.hidden_columns));
        let merges = std::mem::take(&mut sheet.merges);
        let is_seen = |row: &SheetRow| row.cells.iter().any(|(_, shown)| counts(shown));
        let last = sheet.rows.iter().rev().find(|(_, row)| is_seen(row)).map_or(0, |(r, _)| *r);
        let widest = sheet.rows.values().filter_map(|row| row.cells.last()).map(|(column, _)| *column).max();
        let widest = widest.unwrap_or(0);
        let mut starts: BTreeMap<u32, Vec<Range>> = BTreeMap::new();
        for range in merges {
            // What reaches beyond all cells is not seen there.
            let (bottom, right) = (range.bottom.min(last), range.right.min(widest));
            if range.top <= bottom && range.left <= right && range.top != 0 {
                starts.entry(range.top).or_default().push(Range { bottom, right, ..range });
            }
        }
        let hidden: Vec<u32> = sheet.rows.iter().filter(|(_, row)| row.hidden).map(|(&r, _)| r).collect();
        let seen_rows = |top: u32, bottom: u32| {
            let hidden = hidden.partition_point(|&r| r <= bottom) - hidden.partition_point(|&r| r < top);
            ((bottom + 1 - top) as usize).saturating_sub(hidden)
        };
        let mut lines: Vec<Line> = Vec::new();
        // Merged ranges that cover the row, with what they show until it is seen.
        let mut active: Vec<(Range, Option<Shown>)> = Vec::new();
        let mut row = 0;
        loop {
            let next = [
                sheet.rows.range(row + 1..).next().map(|(&r, _)| r),
                starts.range(row + 1..).next().map(|(&r, _)| r),
            ];
            let Some(following) = next.into_iter().flatten().min() else {
                if active.iter().all(|(range, _)| range.bottom <= row) {
                    break;
                }
                row += 1;
                self.row(row, &mut Vec::new(), &mut active, &columns, &mut lines, seen_rows, (false, place))?;
                continue;
            };
            let open = active.iter().any(|(range, _)| range.bottom > row);
            let gap = following > row + 1;
            row = if open { row + 1 } else { following };
            if gap && !open {
                lines.push(Line { row: row - 1, pieces: Vec::new(), tied: false });
            }
            active.retain(|(range, _)| range.bottom >= row);
            let stored = sheet.rows.remove(&row).unwrap_or_default();
            let mut cells = stored.cells;
            for range in starts.remove(&row).unwrap_or_default() {
                let at = cells.binary_search_by_key(&range.left, |(column, _)| *column);
                let shown = at.ok().and_then(|at| cells.get_mut(at)).map(|(_, shown)| std::mem::take(shown));
                active.push((range, Some(shown.unwrap_or_default())));
            }
            active.sort_by_key(|(range, _)| range.left);
            self.row(row, &mut cells, &mut active, &columns, &mut lines, seen_rows, (stored.hidden, place))?;
        }
        Ok(lines)
    }

    #[allow(clippy::too_many_arguments)]
    fn row(
        &mut self,
        row: u32,
        cells: &mut Vec<(u32, Shown)>,
        active: &mut Vec<(Range, Option<Shown>)>,
        columns: &Columns,
        lines: &mut Vec<Line>,
        seen_rows: impl Fn(u32, u32) -> usize,
        (hidden, place): (bool, &Location),
    ) -> Result<()> {
        active.retain(|(range, _)| range.bottom >= row);
        self.context.items.charge(1 + cells.len() + active.len())?;
        for pair in active.windows(2) {
            if let [(first, _), (second, _)] = pair
                && second.left <= first.right
            {
                return Err(damaged(&format!("merged ranges overlap in row {row}")));
            }
        }
        let cover = |column: u32| {
            let at = active.partition_point(|(range, _)| range.left <= column).checked_sub(1)?;
            active.get(at).filter(|(range, _)| range.right >= column).map(|_| at)
        };
        let mut bordered = vec![false; active.len()];
        let mut pieces = Vec::new();
        let mut covered = active.iter().any(|(_, shown)| shown.as_ref().is_some_and(|shown| shown.hidden));
        for (column, shown) in cells.drain(..) {
            covered |= shown.hidden;
            if let Some(at) = cover(column) {
                covered |= !fold::is_blank(&shown.text);
                if let Some(bordered) = bordered.get_mut(at) {
                    *bordered |= shown.bordered;
                }
                continue;
            }
            let Some(left) = columns.seen(column).filter(|_| !hidden) else {
                covered |= !fold::is_blank(&shown.text);
                continue;
            };
            pieces.push(Piece { left, right: left, rows: 1, shown });
        }
        if covered {
            self.hidden(&Location { row: Some(row), ..place.clone() });
        }
        if hidden {
            let ends = |(range, shown): &(Range, Option<Shown>)| {
                range.bottom == row && shown.as_ref().is_some_and(|shown| !fold::is_blank(&shown.text))
            };
            if active.iter().any(ends) {
                self.hidden(&Location { row: Some(row), ..place.clone() });
            }
            return Ok(());
        }
        for ((range, shown), bordered) in active.iter_mut().zip(bordered) {
            let Some((left, right)) = columns.seen_range(range.left, range.right) else {
                if let Some(shown) = shown.take()
                    && !fold::is_blank(&shown.text)
                {
                    self.hidden(&Location { row: Some(row), ..place.clone() });
                }
                continue;
            };
            let (rows, mut shown) = match shown.take() {
                Some(shown) => (seen_rows(row, range.bottom), shown),
                None => (0, Shown::default()),
            };
            shown.bordered |= bordered;
            pieces.push(Piece { left, right, rows, shown });
        }
        pieces.sort_by_key(|piece| piece.left);
        let tied = active.iter().any(|(range, _)| range.bottom > row && seen_rows(row + 1, range.bottom) > 0);
        lines.push(Line { row, pieces, tied });
        Ok(())
    }

    fn place(&self, place: &Location) -> Location {
        Location { block: u32::try_from(self.document.blocks.len() + 1).ok(), ..place.clone() }
    }

    fn paragraphs(&mut self, line: Line, place: &Location) {
        for piece in line.pieces.into_iter().filter(|piece| !piece.is_blank()) {
            let location = Location { row: Some(line.row), ..self.place(place) }.into();
            let text = piece.shown.text;
            self.document.blocks.push(Block::Paragraph(Paragraph { text, location, ..Paragraph::default() }));
        }
    }

    fn table(&mut self, lines: Vec<Line>, ruled: bool, place: &Location) -> Result<()> {
        let limits = self.context.limits;
        self.tables += 1;
        if u64::from(self.tables) > limits.tables {
            return Err(Error::limit("tables", limits.tables).at(place.clone()));
        }
        let place = Location { table: Some(self.tables), ..self.place(place) };
        // Without lines a cell that is stored, though blank, is all that tells where a row
        // ends: a row that lost a cell is never filled up.
        let counts = |piece: &Piece| !ruled || piece.counts();
        let counted = || lines.iter().flat_map(|line| &line.pieces).filter(|piece| counts(piece));
        let first = counted().map(|piece| piece.left).min().unwrap_or(0);
        let last = counted().map(|piece| piece.right).max().unwrap_or(0);
        let span = usize::try_from(limits.span).unwrap_or(usize::MAX);
        let mut builder = GridBuilder::new(place.clone(), limits, self.context.items.clone());
        let mut cut = 0;
        let mut doubts: Vec<(Place, Doubt)> = Vec::new();
        let own = Place::from(&place);
        for (index, line) in lines.into_iter().enumerate() {
            let ends = line.pieces.iter().filter(|piece| counts(piece) || piece.rows != 1);
            let end = ends.map(|piece| piece.right.min(last)).max().unwrap_or(first);
            let at = |column: usize| {
                let mut place = own.clone();
                place.set_row(u32::try_from(index + 1).ok());
                place.set_column(u32::try_from(column - first + 1).ok());
                place
            };
            let blank = |column: usize| Cell::new(Vec::new(), at(column));
            let mut next = first;
            for piece in line.pieces {
                if piece.right < first || piece.left > end {
                    continue;
                }
                for column in next..piece.left {
                    builder.spanned(blank(column), 1, 1)?;
                }
                next = piece.right + 1;
                if piece.rows == 0 {
                    continue;
                }
                // A blank range may begin before all that counts.
                let left = piece.left.max(first);
                let location = at(left);
                if let Some(doubt) = piece.shown.doubt {
                    doubts.push((location.clone(), *doubt));
                }
                let columns = piece.right + 1 - left;
                cut += usize::from(columns > span || piece.rows > span);
                let text = piece.shown.text;
                let paragraph = Paragraph { text, location: location.clone(), ..Paragraph::default() };
                let blocks =
                    if paragraph.text.is_empty() { Vec::new() } else { vec![Block::Paragraph(paragraph)] };
                builder.spanned(Cell::new(blocks, location), columns.min(span), piece.rows.min(span))?;
                for column in left + columns.min(span)..=piece.right {
                    builder.spanned(blank(column), 1, 1)?;
                }
            }
            for column in next..=end {
                builder.spanned(blank(column), 1, 1)?;
            }
            builder.end_row()?;
        }
        let mut table = builder.finish();
        table.geometry = Geometry::Drawn;
        self.document.blocks.push(Block::Table(Box::new(table)));
        self.report(cut, doubts, &place);
        Ok(())
    }

    fn report(&mut self, cut: usize, doubts: Vec<(Place, Doubt)>, place: &Location) {
        if cut > 0 {
            let limit = self.context.limits.span;
            let finding = Finding::new(
                "DOC-SPAN-CUT",
                Severity::Warning,
                format!("有{cut}个单元格的合并范围超过上限，按{limit}截断"),
                format!("the spans of {cut} cells were cut to {limit}"),
            );
            self.context.findings.push(finding.at(place));
        }
        for (location, doubt) in doubts {
            let finding = match doubt {
                Doubt::Format(stored, code) => Finding::new(
                    "DOC-NUMBER-FORMAT",
                    Severity::Warning,
                    format!("无法确定数值“{stored}”按格式“{code}”如何显示，未读取"),
                    format!("how the number {stored:?} is shown in the format {code:?} is not certain; it was not read"),
                )
                .actual(stored),
                Doubt::Formula => Finding::new(
                    "DOC-FORMULA",
                    Severity::Warning,
                    "公式的结果未计算或已过期，未读取",
                    "the formula was not computed, or is to be computed anew; it was not read",
                ),
            };
            self.context.findings.push(finding.at(&location.location()));
        }
    }
}

fn counts(shown: &Shown) -> bool {
    shown.bordered || !fold::is_blank(&shown.text)
}

fn classes(lines: &[Line], ruled: bool) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::with_capacity(lines.len());
    let mut tied = false;
    for line in lines {
        let filled = line.pieces.iter().filter(|piece| !piece.is_blank()).count();
        let bordered = line.pieces.iter().any(|piece| piece.shown.bordered);
        let joined = std::mem::replace(&mut tied, line.tied);
        classes.push(match filled {
            _ if bordered || joined || line.tied => Class::Table,
            // Stored cells without lines may be a row of blank values.
            0 if ruled || line.pieces.len() < 2 => Class::Blank,
            0 => Class::Lone,
            1 if ruled => Class::Prose,
            1 if line.pieces.iter().all(|piece| piece.right > piece.left) => Class::Prose,
            1 => Class::Lone,
            _ => Class::Table,
        });
    }
    // Below or between rows of a table a label without values is a row of it.
    let mut after = vec![Class::Blank; classes.len()];
    let mut next = Class::Blank;
    for (class, after) in classes.iter().zip(&mut after).rev() {
        *after = next;
        if *class != Class::Lone {
            next = *class;
        }
    }
    let mut before = Class::Blank;
    for ((class, after), line) in classes.iter_mut().zip(after).zip(lines) {
        let row = after == Class::Table || line.pieces.len() > 1;
        if *class == Class::Lone && before == Class::Table && row {
            *class = Class::Table;
        }
        before = *class;
    }
    classes
}

/// Columns that are seen, in order.
struct Columns {
    /// First and last of hidden stretches, apart and in order, with how many columns are
    /// hidden before each.
    hidden: Vec<(u32, u32, u32)>,
}

impl Columns {
    fn new(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.sort_unstable();
        let mut hidden: Vec<(u32, u32, u32)> = Vec::new();
        for (first, last) in ranges {
            match hidden.last_mut() {
                Some((_, end, _)) if first <= *end => *end = last.max(*end),
                _ => {
                    let before = hidden
                        .last()
                        .map_or(0, |&(first, last, before)| before + (last + 1).saturating_sub(first));
                    hidden.push((first, last.max(first), before));
                }
            }
        }
        Self { hidden }
    }

    /// How many columns from 1 on to this one, itself included, are seen, and whether it is.
    fn count(&self, column: u32) -> (u32, bool) {
        let at = self.hidden.partition_point(|&(first, ..)| first <= column);
        match at.checked_sub(1).and_then(|at| self.hidden.get(at)) {
            Some(&(first, last, before)) if column <= last => ((first - 1).saturating_sub(before), false),
            Some(&(first, last, before)) => (column.saturating_sub(before + (last + 1 - first)), true),
            None => (column, true),
        }
    }

    fn seen(&self, column: u32) -> Option<usize> {
        let (count, seen) = self.count(column);
        seen.then(|| (count as usize).checked_sub(1)).flatten()
    }

    /// The first and the last column seen of a range.
    fn seen_range(&self, left: u32, right: u32) -> Option<(usize, usize)> {
        let before = self.count(left - 1).0;
        let upto = self.count(right).0;
        (upto > before).then(|| (before as usize, upto as usize - 1))
    }
}
