//! Pages with placed text and lines, for the fixed layouts: what a word processor's
//! printing leaves of a report. Points; y grows downwards.

use crate::print::{Cell, Item, Printed, Role, Table};

/// What becomes of a table at a page's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaking {
    /// It goes on.
    Plain,
    /// Its header is printed again.
    Repeat,
    /// Rows may be cut between their lines.
    Cut,
    /// The same, and the text of each page stands in a frame, whose lines are the tables' there.
    Framed,
    /// Rows are cut, and no line is drawn where they are.
    Sliced,
}

/// A line of text: left end, base line, size.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) text: String,
}

/// One page.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    pub(super) texts: Vec<Text>,
    /// Lines along an axis, from end to end.
    pub(super) rules: Vec<[f64; 4]>,
}

/// All pages, of one size.
#[derive(Debug, Clone)]
pub(super) struct Sheets {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) sheets: Vec<Sheet>,
}

const MARGIN: f64 = 72.0;
const HEIGHT: f64 = 842.0;
const BODY: f64 = 14.0;
const SIZE: f64 = 10.5;
const PAD: f64 = 3.0;
/// The least of a row that is seen on a page.
const SLICE: f64 = 7.0;
/// How far beside the text its frame stands: left and right.
const FRAME: (f64, f64) = (5.0, 400.0);
const LEADING: f64 = 1.35;

/// Width of a character in units of its size.
pub(super) fn advance(c: char) -> f64 {
    if c.is_ascii() { 0.5 } else { 1.0 }
}

fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// Greedy lines; numbers are not parted.
fn wrapped(text: &str, size: f64, first: f64, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut left = first;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let narrow = |c: char| c.is_ascii() && c != ' ';
        let end = if narrow(c) { rest.find(|c| !narrow(c)).unwrap_or(rest.len()) } else { c.len_utf8() };
        let (piece, after) = rest.split_at(end);
        let own = width(piece, size);
        if own > left && !lines.last().unwrap().is_empty() {
            lines.push(String::new());
            left = room;
        }
        left -= own;
        lines.last_mut().unwrap().push_str(piece);
        rest = after;
    }
    lines
}

/// A cell with its place in the table: rows and columns covered, and its lines.
struct Box {
    row: usize,
    rows: usize,
    column: usize,
    columns: usize,
    lines: Vec<String>,
    centred: bool,
    header: bool,
}

struct Press {
    breaking: Breaking,
    width: f64,
    sheets: Vec<Sheet>,
    y: f64,
}

/// The pages of a report.
pub(super) fn sheets(printed: &Printed, breaking: Breaking) -> Sheets {
    let tables = printed.items.iter().filter_map(|item| match item {
        Item::Table(table) => Some(column_widths(table).iter().sum::<f64>()),
        _ => None,
    });
    let width = tables.fold(595.0 - 2.0 * MARGIN, f64::max) + 2.0 * MARGIN;
    let mut press = Press { breaking, width, sheets: vec![Sheet::default()], y: MARGIN };
    for item in &printed.items {
        match item {
            Item::Title(text) => press.line(text, 18.0, true),
            Item::Heading(number, text) => press.paragraph(&format!("{number}{text}")),
            Item::Paragraph(text) => press.paragraph(text),
            Item::Table(table) => press.table(table),
        }
    }
    press.frame();
    let count = press.sheets.len();
    for (index, sheet) in press.sheets.iter_mut().enumerate() {
        let mut text = |x: f64, y: f64, text: String| sheet.texts.push(Text { x, y, size: 9.0, text });
        text(MARGIN, 40.0, "政府信息公开专栏 99777".to_owned());
        text(width / 2.0 - 20.0, HEIGHT - 40.0, format!("第 {} 页 共 {count} 页", index + 1));
    }
    let width = if breaking == Breaking::Framed { width + FRAME.1 } else { width };
    Sheets { width, height: HEIGHT, sheets: press.sheets }
}

fn boxes(table: &Table, widths: &[f64]) -> Vec<Box> {
    let mut boxes = Vec::new();
    for (row, slots) in table.grid().iter().enumerate() {
        for slot in slots.iter().filter(|slot| slot.first) {
            let cell: &Cell = table.cell(slot);
            let room = widths[slot.column..slot.column + slot.span].iter().sum::<f64>() - 2.0 * PAD;
            let fits = |p: &String| width(p, SIZE) <= room || matches!(cell.role, Role::Value(_));
            let lines = |p: &String| {
                if fits(p) { vec![p.clone()] } else { wrapped(p, SIZE, room, room) }
            };
            boxes.push(Box {
                row,
                rows: cell.rows.min(table.rows.len() - row),
                column: slot.column,
                columns: slot.span,
                lines: cell.paragraphs.iter().flat_map(lines).collect(),
                centred: matches!(cell.role, Role::Value(_) | Role::Header),
                header: matches!(cell.role, Role::Title | Role::Header),
            });
        }
    }
    boxes
}

/// Values are never wrapped; labels are, and those of several rows stand upright in a
/// column as wide as one character.
fn column_widths(table: &Table) -> Vec<f64> {
    let mut widths: Vec<f64> = vec![SIZE * 1.2 + 2.0 * PAD; table.width()];
    for slots in table.grid() {
        for slot in slots.iter().filter(|slot| slot.first && slot.span == 1) {
            let cell = table.cell(slot);
            let longest = cell.paragraphs.iter().map(|p| width(p, SIZE)).fold(0.0, f64::max);
            let wanted = match cell.role {
                Role::Value(_) => longest,
                _ if cell.rows > 1 => SIZE * 1.2,
                _ => longest.min(SIZE * 6.0),
            };
            widths[slot.column] = widths[slot.column].max(wanted + 2.0 * PAD);
        }
    }
    widths
}

impl Press {
    fn page(&mut self) -> &mut Sheet {
        self.sheets.last_mut().unwrap()
    }

    fn end(&self) -> f64 {
        HEIGHT - MARGIN
    }

    /// Draws the frame around what stands on the page.
    fn frame(&mut self) {
        if self.breaking != Breaking::Framed {
            return;
        }
        let (left, right) = (MARGIN - FRAME.0, self.width - MARGIN + FRAME.1);
        let (top, bottom) = (MARGIN, self.y);
        self.page().rules.extend([
            [left, top, right, top],
            [left, bottom, right, bottom],
            [left, top, left, bottom],
            [right, top, right, bottom],
        ]);
    }

    fn turn(&mut self) {
        self.frame();
        self.sheets.push(Sheet::default());
        self.y = MARGIN;
    }

    fn line(&mut self, text: &str, size: f64, centred: bool) {
        if self.y + size * 1.8 > self.end() {
            self.turn();
        }
        let room = self.width - 2.0 * MARGIN;
        let x = if centred { MARGIN + (room - width(text, size)).max(0.0) / 2.0 } else { MARGIN };
        self.y += size * 1.8;
        let y = self.y - size * 0.5;
        self.page().texts.push(Text { x, y, size, text: text.to_owned() });
    }

    fn paragraph(&mut self, text: &str) {
        let room = self.width - 2.0 * MARGIN;
        let lines = wrapped(text, BODY, room - 2.0 * BODY, room);
        for (index, line) in lines.iter().enumerate() {
            self.line(line, BODY, false);
            if index == 0 {
                self.page().texts.last_mut().unwrap().x += 2.0 * BODY;
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let widths = column_widths(table);
        let boxes = boxes(table, &widths);
        let mut xs = vec![MARGIN];
        xs.extend(widths.iter().scan(MARGIN, |x, w| {
            *x += w;
            Some(*x)
        }));
        let heights = row_heights(table.rows.len(), &boxes);
        let headers = (0..heights.len())
            .take_while(|&row| boxes.iter().filter(|b| b.row == row).all(|b| b.header))
            .count();
        self.y += 8.0;
        // Stretches of the table on one page: from row and offset in it, to row and offset.
        let mut at = (0, 0.0);
        while at.0 < heights.len() {
            let repeated = if at.0 > headers && self.breaking == Breaking::Repeat { headers } else { 0 };
            let mut room = self.end() - self.y - heights[..repeated].iter().sum::<f64>();
            let mut to = at;
            while to.0 < heights.len() {
                let left = heights[to.0] - to.1;
                if left <= room {
                    room -= left;
                    to = (to.0 + 1, 0.0);
                    continue;
                }
                let lines = ((room - PAD) / (SIZE * LEADING)).floor();
                let between = PAD + lines * SIZE * LEADING;
                to.1 = match self.breaking {
                    Breaking::Cut | Breaking::Framed
                        if to.1 == 0.0 && lines >= 1.0 && left > 2.0 * SIZE * LEADING =>
                    {
                        between
                    }
                    // Anywhere.
                    Breaking::Sliced if to.1 == 0.0 && room.min(left - room) > SLICE => room,
                    _ => to.1,
                };
                break;
            }
            if to == at {
                self.turn();
                continue;
            }
            if repeated > 0 {
                self.stretch(&boxes, &xs, &heights, (0, 0.0), (repeated, 0.0));
            }
            self.stretch(&boxes, &xs, &heights, at, to);
            at = to;
            if at.0 < heights.len() {
                self.turn();
            }
        }
        self.y += 8.0;
    }

    /// Prints the part of a table between two heights, and moves below it.
    fn stretch(&mut self, boxes: &[Box], xs: &[f64], heights: &[f64], from: (usize, f64), to: (usize, f64)) {
        let offset = |(row, inside): (usize, f64)| heights[..row].iter().sum::<f64>() + inside;
        let (first, last) = (offset(from), offset(to));
        let top = self.y;
        let on_page = |y: f64| top + y - first;
        for own in boxes {
            let (upper, lower) = (offset((own.row, 0.0)), offset((own.row + own.rows, 0.0)));
            if lower <= first + 0.1 || upper >= last - 0.1 {
                continue;
            }
            let (a, b) = (on_page(upper.max(first)), on_page(lower.min(last)));
            let (left, right) = (xs[own.column], xs[own.column + own.columns]);
            let is_drawn = |is_end: bool| is_end || self.breaking != Breaking::Sliced;
            let ends = [(is_drawn(upper >= first - 0.1), a), (is_drawn(lower <= last + 0.1), b)];
            let ends = ends.iter().filter(|(is_drawn, _)| *is_drawn).map(|&(_, y)| [left, y, right, y]);
            self.page().rules.extend(ends.chain([[left, a, left, b], [right, a, right, b]]));
            let step = SIZE * LEADING;
            let whole = upper >= first - 0.1 && lower <= last + 0.1;
            let text_height = own.lines.len() as f64 * step;
            let start = if whole { upper + (lower - upper - text_height) / 2.0 } else { upper + PAD };
            for (index, line) in own.lines.iter().enumerate() {
                let middle = start + (index as f64 + 0.5) * step;
                if middle < first || middle >= last {
                    continue;
                }
                let room = right - left - 2.0 * PAD;
                let x =
                    left + PAD + if own.centred { (room - width(line, SIZE)).max(0.0) / 2.0 } else { 0.0 };
                // Whoever slices pages leaves lines of text whole.
                let least = if self.breaking == Breaking::Sliced { top + step / 2.0 } else { top };
                let y = on_page(middle).max(least) + SIZE * 0.35;
                self.page().texts.push(Text { x, y, size: SIZE, text: line.clone() });
            }
        }
        self.y = on_page(last);
    }
}

fn row_heights(rows: usize, boxes: &[Box]) -> Vec<f64> {
    let need = |b: &Box| b.lines.len() as f64 * SIZE * LEADING + 2.0 * PAD;
    let mut heights = vec![SIZE * LEADING + 2.0 * PAD; rows];
    for own in boxes.iter().filter(|b| b.rows == 1) {
        heights[own.row] = heights[own.row].max(need(own));
    }
    for own in boxes.iter().filter(|b| b.rows > 1) {
        let has: f64 = heights[own.row..own.row + own.rows].iter().sum();
        heights[own.row + own.rows - 1] += (need(own) - has).max(0.0);
    }
    heights
}
