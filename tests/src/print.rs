//! From the truth to what stands on paper: tables of printed cells, headings and prose.

use std::collections::BTreeSet;

use crate::form::{
    APPLICANTS, BROUGHT_FORWARD, CARRIED_FORWARD, CORNER, Kind, OUTCOME_TOTAL, OUTCOMES, Place, RECEIVED,
    RESULTS, REVIEWS, halves, outcomes, variants,
};
use crate::prose;
use crate::random::Random;
use crate::truth::{Block, Fact, Status, Truth};

/// What a printed cell is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Names a whole block.
    Title,
    /// Names a column, or several.
    Header,
    /// Names the rows it spans.
    Label,
    /// Holds the fact of that index.
    Value(usize),
}

/// One printed cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its paragraphs, at least one.
    pub paragraphs: Vec<String>,
    /// Columns covered.
    pub columns: usize,
    /// Rows covered.
    pub rows: usize,
    /// What it is for.
    pub role: Role,
}

impl Cell {
    fn new(role: Role, text: impl Into<String>) -> Self {
        Self { paragraphs: vec![text.into()], columns: 1, rows: 1, role }
    }

    fn spanning(mut self, columns: usize, rows: usize) -> Self {
        self.columns = columns;
        self.rows = rows;
        self
    }

    /// The paragraphs as one line.
    pub fn line(&self) -> String {
        self.paragraphs.concat()
    }

    /// Whether nothing is printed.
    pub fn is_blank(&self) -> bool {
        self.paragraphs.iter().all(String::is_empty)
    }
}

/// One printed row: the cells that begin in it.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The cells, from left to right.
    pub cells: Vec<Cell>,
    /// Which block of the table the row belongs to.
    pub block: usize,
}

/// One printed table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The rows.
    pub rows: Vec<Row>,
}

/// The part of a cell seen in one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// First column.
    pub column: usize,
    /// Columns covered.
    pub span: usize,
    /// The cell: row where it begins, ordinal in that row.
    pub cell: (usize, usize),
    /// Whether it begins here.
    pub first: bool,
}

impl Table {
    /// Where each cell stands, row by row, from left to right.
    pub fn grid(&self) -> Vec<Vec<Slot>> {
        let mut grid: Vec<Vec<Slot>> = vec![Vec::new(); self.rows.len()];
        for (r, row) in self.rows.iter().enumerate() {
            let mut next = 0;
            for (c, cell) in row.cells.iter().enumerate() {
                while let Some(taken) = grid[r].iter().find(|s| s.column <= next && next < s.column + s.span)
                {
                    next = taken.column + taken.span;
                }
                for (down, slots) in grid[r..].iter_mut().take(cell.rows).enumerate() {
                    slots.push(Slot { column: next, span: cell.columns, cell: (r, c), first: down == 0 });
                }
                next += cell.columns;
            }
            grid[r].sort_by_key(|slot| slot.column);
        }
        grid
    }

    /// The cell a slot shows.
    pub fn cell(&self, slot: &Slot) -> &Cell {
        &self.rows[slot.cell.0].cells[slot.cell.1]
    }

    /// Columns of the widest row.
    pub fn width(&self) -> usize {
        self.grid().iter().filter_map(|row| row.last()).map(|s| s.column + s.span).max().unwrap_or(0)
    }
}

/// What follows what on the page.
#[derive(Debug, Clone)]
pub enum Item {
    /// The title, one line of it.
    Title(String),
    /// A heading of a section: its number and its words.
    Heading(String, String),
    /// A paragraph.
    Paragraph(String),
    /// A table.
    Table(Table),
}

/// A whole report on paper.
#[derive(Debug, Clone, Default)]
pub struct Printed {
    /// From top to bottom.
    pub items: Vec<Item>,
    /// The cells, as they should be read.
    pub facts: Vec<Fact>,
}

impl Printed {
    /// Ids of the facts in rows that end a table or a block with a blank. In tables of
    /// lines such a blank cannot be told from spacing, and a lost value not from the blank.
    pub fn open_ends(&self) -> BTreeSet<&str> {
        let mut ids = BTreeSet::new();
        for (_, table) in self.tables() {
            for (at, row) in table.rows.iter().enumerate() {
                let ends = table.rows.get(at + 1).is_none_or(|next| next.block != row.block);
                if !ends || !row.cells.last().is_some_and(Cell::is_blank) {
                    continue;
                }
                for cell in &row.cells {
                    if let Role::Value(fact) = cell.role {
                        ids.extend(self.facts.get(fact).map(|fact| fact.id.as_str()));
                    }
                }
            }
        }
        ids
    }

    /// Ids of the facts whose places a sheet's rows do not tell for certain, as a cell may have
    /// moved: all of a row that ends with a blank, which may be a lost value's; and of two equal
    /// neighbours, one of which may stand twice and have pushed a blank out, the second and what
    /// follows, equals before it aside.
    pub fn movable(&self) -> BTreeSet<&str> {
        let mut ids = BTreeSet::new();
        for row in self.tables().flat_map(|(_, table)| &table.rows) {
            let values: Vec<(usize, String)> = (row.cells.iter())
                .filter_map(|cell| match cell.role {
                    Role::Value(fact) => Some((fact, cell.line())),
                    _ => None,
                })
                .collect();
            let twins = values.chunk_by(|(_, a), (_, b)| a == b).collect::<Vec<_>>();
            let alone = twins.iter().take_while(|run| run.len() == 1).count();
            let run = twins.get(alone).map_or(0, |run| run.len() - 1);
            let ends_blank = values.last().is_some_and(|(_, text)| text.is_empty());
            let certain = if ends_blank { 0 } else { alone + run };
            ids.extend(values.iter().skip(certain).map(|(fact, _)| self.facts[*fact].id.as_str()));
        }
        ids
    }

    /// The tables with their place among the items.
    pub fn tables(&self) -> impl Iterator<Item = (usize, &Table)> {
        self.items.iter().enumerate().filter_map(|(at, item)| match item {
            Item::Table(table) => Some((at, table)),
            _ => None,
        })
    }
}

/// How the rows inside a group are numbered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Numbering {
    /// 1.
    #[default]
    Dot,
    /// 1、
    Pause,
    /// （1）
    Bracket,
    /// Not at all.
    None,
}

/// How 1234 is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Thousands {
    /// 1234
    #[default]
    None,
    /// 1,234
    Narrow,
    /// 1，234
    Wide,
}

/// How a change is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sign {
    /// 4, -4
    #[default]
    Minus,
    /// +4, -4
    Plus,
    /// 增4, 减4
    Words,
}

/// How the form is filled in. The default is a plain, faultless form.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style {
    /// Percent of labels printed in one of their other forms.
    pub variants: usize,
    /// Percent of labels with spaces inside.
    pub spaces: usize,
    /// Numbers of rows.
    pub numbering: Numbering,
    /// (一) instead of （一）.
    pub narrow_brackets: bool,
    /// Labels of two paragraphs.
    pub broken_labels: bool,
    /// White space around values.
    pub padded: bool,
    /// Percent of values in full-width digits.
    pub wide_digits: usize,
    /// Separators.
    pub thousands: Thousands,
    /// Percent of values with a unit behind them.
    pub units: usize,
    /// Units in the headers of Article 20.
    pub header_units: bool,
    /// Percent of cells left empty.
    pub blanks: usize,
    /// Percent of cells with a mark for "none".
    pub marks: usize,
    /// Changes.
    pub sign: Sign,
    /// Columns in another order.
    pub swapped_columns: bool,
    /// Rows of a group in another order.
    pub swapped_rows: bool,
    /// 规范性文件 in the 2021 form.
    pub short_normative: bool,
    /// Article 20 as one table.
    pub joined: bool,
    /// Headings, titles and further sections as in the wild.
    pub wild_prose: bool,
    /// Sentences state the tables' numbers, and no others.
    pub stated: bool,
}

impl Style {
    /// A random mixture; about half of all reports deviate in a given respect.
    pub fn random(random: &mut Random) -> Self {
        let half = |random: &mut Random| random.chance(50);
        Self {
            variants: random.pick_copy(&[0, 0, 15, 40]),
            spaces: random.pick_copy(&[0, 0, 10]),
            numbering: random.pick_copy(&[
                Numbering::Dot,
                Numbering::Dot,
                Numbering::Pause,
                Numbering::Bracket,
                Numbering::None,
            ]),
            narrow_brackets: random.chance(30),
            broken_labels: random.chance(40),
            padded: half(random),
            wide_digits: random.pick_copy(&[0, 0, 0, 30]),
            thousands: random.pick_copy(&[Thousands::None, Thousands::Narrow, Thousands::Wide]),
            units: random.pick_copy(&[0, 0, 0, 20]),
            header_units: random.chance(30),
            blanks: random.pick_copy(&[0, 0, 5, 30]),
            marks: random.pick_copy(&[0, 0, 5, 30]),
            sign: random.pick_copy(&[Sign::Minus, Sign::Plus, Sign::Words]),
            swapped_columns: random.chance(15),
            swapped_rows: random.chance(15),
            short_normative: random.chance(30),
            joined: half(random),
            wild_prose: half(random),
            stated: false,
        }
    }
}

/// Prints a report.
pub fn print(truth: &Truth, style: &Style, random: &mut Random) -> Printed {
    let mut printer = Printer { style, random, facts: Vec::new() };
    let proactive = printer.proactive(truth);
    let requests = printer.requests(truth);
    let review = printer.review(truth);
    let facts = printer.facts;
    let items = prose::around(truth, style, proactive, requests, review, random);
    Printed { items, facts }
}

struct Printer<'a> {
    style: &'a Style,
    random: &'a mut Random,
    facts: Vec<Fact>,
}

impl Printer<'_> {
    /// A label as this report prints it.
    fn label(&mut self, place: Place, role: Role, label: &str) -> Cell {
        self.numbered_label(place, role, "", label)
    }

    fn numbered_label(&mut self, place: Place, role: Role, number: &str, label: &str) -> Cell {
        let mut text = label.to_owned();
        let other = variants(place, label);
        if !other.is_empty() && self.random.chance(self.style.variants) {
            text = self.random.pick(other).to_owned();
        } else if self.style.broken_labels
            && self.random.chance(60)
            && let Some((above, below)) = halves(label)
        {
            let mut cell = Cell::new(role, above);
            cell.paragraphs.push(below.to_owned());
            return cell;
        }
        text.insert_str(0, number);
        if self.style.narrow_brackets {
            text = text.replace('（', "(").replace('）', ")");
        }
        if self.random.chance(self.style.spaces) {
            text = self.spread(&text);
        }
        Cell::new(role, text)
    }

    /// Puts white space between Chinese characters, as justified labels have it.
    fn spread(&mut self, text: &str) -> String {
        let space = self.random.pick(&[" ", "  ", "\u{3000}", "\u{a0}"]);
        let mut out = String::new();
        let mut before = false;
        for c in text.chars() {
            let han = ('\u{4e00}'..='\u{9fff}').contains(&c);
            if han && before && self.random.chance(60) {
                out.push_str(space);
            }
            out.push(c);
            before = han;
        }
        out
    }

    /// A value cell and its fact.
    fn value(&mut self, id: String, kind: Kind, number: &str, header_unit: Option<&str>) -> Cell {
        let mut fact = Fact {
            id,
            status: Status::Reported,
            value: Some(number.to_owned()),
            unit: header_unit.map(str::to_owned),
            text: String::new(),
        };
        if self.random.chance(self.style.blanks) {
            fact.status = Status::Blank;
            fact.value = None;
        } else if self.random.chance(self.style.marks) {
            fact.status = Status::NotApplicable;
            fact.value = None;
            fact.text = self.random.pick(&["/", "—", "-", "－", "无", "\\", "——"]).to_owned();
        } else {
            fact.text = self.figures(kind, number, &mut fact.unit);
        }
        let mut text = fact.text.clone();
        if self.style.padded && !text.is_empty() {
            text = match self.random.below(4) {
                0 => format!("\u{a0}{text}"),
                1 => format!("{text}\u{a0}"),
                2 => format!(" {text} "),
                _ => text,
            };
        }
        self.facts.push(fact);
        Cell::new(Role::Value(self.facts.len() - 1), text)
    }

    fn figures(&mut self, kind: Kind, number: &str, unit: &mut Option<String>) -> String {
        let (negative, size) = match number.strip_prefix('-') {
            Some(size) => (true, size),
            None => (false, number),
        };
        let mut text = match self.style.thousands {
            Thousands::Narrow => grouped(size, ','),
            Thousands::Wide => grouped(size, '，'),
            Thousands::None => size.to_owned(),
        };
        if kind == Kind::Change {
            text = match (self.style.sign, negative) {
                _ if size == "0" => text,
                (Sign::Words, true) => format!("减{text}"),
                (Sign::Words, false) => format!("增{text}"),
                (_, true) => format!("-{text}"),
                (Sign::Plus, false) => format!("+{text}"),
                (Sign::Minus, false) => text,
            };
        }
        if self.random.chance(self.style.wide_digits) {
            text = text.chars().map(widened).collect();
        }
        if self.random.chance(self.style.units) {
            let printed = match kind {
                Kind::Pieces => "件",
                Kind::Items | Kind::Change => "项",
                Kind::Money if number.contains('.') => "万元",
                Kind::Money => self.random.pick(&["万元", "元"]),
            };
            text.push_str(printed);
            *unit = Some(printed.to_owned());
        }
        text
    }

    fn proactive(&mut self, truth: &Truth) -> Vec<Table> {
        let blocks = &truth.blocks;
        // One common table needs a column for the deepest label and the widest block.
        let depth = |b: &Block| b.rows.iter().map(|r| r.labels.len()).max().unwrap_or(1);
        let common = blocks.iter().map(|b| depth(b) + b.form.columns.len()).max().unwrap_or(0);
        let mut tables = Vec::new();
        for (ordinal, block) in blocks.iter().enumerate() {
            let labels = depth(block);
            let own = labels + block.form.columns.len();
            let width = if self.style.joined { common } else { own };
            let rows = self.block(block, labels, width, ordinal);
            match tables.last_mut() {
                Some(Table { rows: all }) if self.style.joined => all.extend(rows),
                _ => tables.push(Table { rows }),
            }
        }
        tables
    }

    fn block(&mut self, block: &Block, labels: usize, width: usize, ordinal: usize) -> Vec<Row> {
        let form = block.form;
        let mut order: Vec<usize> = (0..form.columns.len()).collect();
        if self.style.swapped_columns {
            self.random.shuffle(&mut order);
        }
        // The last column takes what the block does not need of the common width.
        let last_span = width - labels - form.columns.len() + 1;
        let span = |at: usize| if at + 1 == form.columns.len() { last_span } else { 1 };

        let title = format!("第二十条第（{}）项", form.item);
        let mut title = self.label(Place::Proactive, Role::Title, &title).spanning(width, 1);
        if self.random.chance(self.style.variants) {
            let other = ["第二十条  第（X）项", "第二十条(X)项", "第二十条第(X)项"];
            title.paragraphs = vec![self.random.pick(&other).replace('X', form.item)];
        }
        let mut rows = vec![Row { cells: vec![title], block: ordinal }];

        let corner = self.label(Place::Proactive, Role::Header, "信息内容").spanning(labels, 1);
        let mut header = Row { cells: vec![corner], block: ordinal };
        let mut units = vec![None; form.columns.len()];
        for (at, &column) in order.iter().enumerate() {
            let (_, label, kind) = form.columns[column];
            let (text, unit) = self.header_with_unit(label, kind);
            units[column] = unit;
            header.cells.push(self.label(Place::Proactive, Role::Header, &text).spanning(span(at), 1));
        }
        rows.push(header);

        let mut printed: Vec<usize> = (0..block.rows.len()).collect();
        if self.style.swapped_rows && block.rows.iter().all(|r| r.labels.len() == 1) {
            self.random.shuffle(&mut printed);
        }
        let mut cells_by_row = Vec::new();
        // Facts are made in the form's order, whatever the printed one.
        for row in &block.rows {
            let cells: Vec<Cell> = (0..form.columns.len())
                .map(|c| {
                    let (column, _, kind) = form.columns[c];
                    let id = format!("proactive.{}.{column}", row.id);
                    self.value(id, kind, &row.numbers[c], units[c])
                })
                .collect();
            cells_by_row.push(cells);
        }
        for (position, &index) in printed.iter().enumerate() {
            let row = &block.rows[index];
            let mut cells = Vec::new();
            for (level, &label) in row.labels.iter().enumerate() {
                let below = row.labels.len() > level + 1;
                let same = |r: &&crate::truth::BlockRow| r.labels.first() == row.labels.first();
                if below && position > 0 && same(&&block.rows[printed[position - 1]]) {
                    continue;
                }
                let down = if below { block.rows.iter().filter(same).count() } else { 1 };
                let short = self.style.short_normative && label == "行政规范性文件";
                let label = if short { "规范性文件" } else { label };
                let across = if row.labels.len() == 1 { labels } else { 1 };
                cells.push(self.label(Place::Proactive, Role::Label, label).spanning(across, down));
            }
            for (at, &column) in order.iter().enumerate() {
                cells.push(cells_by_row[index][column].clone().spanning(span(at), 1));
            }
            rows.push(Row { cells, block: ordinal });
        }
        rows
    }

    /// A header of Article 20 with the unit it prints.
    fn header_with_unit(&mut self, label: &str, kind: Kind) -> (String, Option<&'static str>) {
        match (label, self.style.header_units) {
            ("本年收费金额（单位：万元）", false) => (label.to_owned(), Some("万元")),
            ("本年收费金额（单位：万元）", true) => {
                let (text, unit) = self.random.pick_copy(&[
                    ("本年收费金额（万元）", Some("万元")),
                    ("本年收费金额（元）", Some("元")),
                    ("本年收费金额", None),
                ]);
                (text.to_owned(), unit)
            }
            ("采购总金额", true) => {
                let (text, unit) = self.random.pick_copy(&[
                    ("采购总金额（万元，保留四位小数）", "万元"),
                    ("采购总金额（单位：万元）", "万元"),
                    ("采购总金额（元）", "元"),
                ]);
                (text.to_owned(), Some(unit))
            }
            (_, true) if kind == Kind::Pieces && label.ends_with("数量") && self.random.chance(40) => {
                (format!("{label}（件）"), Some("件"))
            }
            (_, true) if kind == Kind::Items && self.random.chance(40) => {
                (format!("{label}（项）"), Some("项"))
            }
            _ => (label.to_owned(), None),
        }
    }

    fn requests(&mut self, truth: &Truth) -> Table {
        let mut order: Vec<usize> = (0..APPLICANTS.len()).collect();
        if self.style.swapped_columns {
            // Inside 法人或其他组织 only: the header spans them.
            self.random.shuffle(&mut order[1..6]);
        }
        let head = |p: &mut Self, label: &str, columns, rows| {
            p.label(Place::Requests, Role::Header, label).spanning(columns, rows)
        };
        let mut rows = vec![
            Row {
                cells: vec![head(self, CORNER, 3, 3), head(self, "申请人情况", 7, 1)], ..Row::default()
            },
            Row {
                cells: vec![
                    head(self, "自然人", 1, 2),
                    head(self, "法人或其他组织", 5, 1),
                    head(self, "总计", 1, 2),
                ],
                ..Row::default()
            },
        ];
        let organisations = order[1..6].iter().map(|&c| head(self, APPLICANTS[c].1, 1, 1)).collect();
        rows.push(Row { cells: organisations, ..Row::default() });

        let mut values: Vec<Vec<Cell>> = Vec::new();
        for (id, numbers) in &truth.requests {
            let cells: Vec<Cell> = APPLICANTS
                .iter()
                .zip(numbers)
                .map(|((column, _), number)| {
                    let id = format!("requests.{id}.{column}");
                    self.value(id, Kind::Pieces, &number.to_string(), None)
                })
                .collect();
            values.push(order.iter().map(|&c| cells[c].clone()).collect());
        }
        let count = values.len();
        let mut values = values.into_iter();
        let mut row = |p: &mut Self, labels: Vec<Cell>| {
            let mut cells = labels;
            cells.extend(values.next().unwrap());
            let _ = p;
            Row { cells, ..Row::default() }
        };
        let label = |p: &mut Self, text: &str, columns, rows| {
            p.label(Place::Requests, Role::Label, text).spanning(columns, rows)
        };

        let first = label(self, RECEIVED, 3, 1);
        rows.push(row(self, vec![first]));
        let second = label(self, BROUGHT_FORWARD, 3, 1);
        rows.push(row(self, vec![second]));
        let mut outer = Some(label(self, OUTCOMES, 1, count - 3));
        for outcome in outcomes(truth.edition) {
            if outcome.rows.is_empty() {
                let own = label(self, outcome.label, 2, 1);
                rows.push(row(self, outer.take().into_iter().chain([own]).collect()));
                continue;
            }
            let mut group = Some(label(self, outcome.label, 1, outcome.rows.len()));
            let mut members = Vec::new();
            for (index, &(_, text)) in outcome.rows.iter().enumerate() {
                let number = match self.style.numbering {
                    Numbering::Dot => format!("{}.", index + 1),
                    Numbering::Pause => format!("{}、", index + 1),
                    Numbering::Bracket => format!("（{}）", index + 1),
                    Numbering::None => String::new(),
                };
                let own = self.numbered_label(Place::Requests, Role::Label, &number, text);
                members.push(row(self, vec![own]));
            }
            if self.style.swapped_rows {
                self.random.shuffle(&mut members);
            }
            if let Some(top) = members.first_mut() {
                top.cells.splice(0..0, outer.take().into_iter().chain(group.take()));
            }
            rows.extend(members);
        }
        let total = label(self, OUTCOME_TOTAL, 2, 1);
        rows.push(row(self, vec![total]));
        let last = label(self, CARRIED_FORWARD, 3, 1);
        rows.push(row(self, vec![last]));
        Table { rows }
    }

    fn review(&mut self, truth: &Truth) -> Table {
        let mut order: Vec<usize> = (0..RESULTS.len()).collect();
        if self.style.swapped_columns {
            self.random.shuffle(&mut order[..4]);
        }
        let head = |p: &mut Self, label: &str, columns, rows| {
            p.label(Place::Review, Role::Header, label).spanning(columns, rows)
        };
        let top = vec![head(self, "行政复议", 5, 1), head(self, "行政诉讼", 10, 1)];
        let mut middle: Vec<Cell> = order.iter().map(|&r| head(self, RESULTS[r].1, 1, 2)).collect();
        middle.push(head(self, "未经复议直接起诉", 5, 1));
        middle.push(head(self, "复议后起诉", 5, 1));
        let low: Vec<Cell> = order.iter().chain(&order).map(|&r| head(self, RESULTS[r].1, 1, 1)).collect();
        let mut values = Vec::new();
        for (id, numbers) in REVIEWS.iter().zip(&truth.review) {
            let cells: Vec<Cell> = RESULTS
                .iter()
                .zip(numbers)
                .map(|((column, _), number)| {
                    let id = format!("review.{id}.{column}");
                    self.value(id, Kind::Pieces, &number.to_string(), None)
                })
                .collect();
            values.extend(order.iter().map(|&r| cells[r].clone()));
        }
        let row = |cells| Row { cells, block: 0 };
        Table { rows: vec![row(top), row(middle), row(low), row(values)] }
    }
}

/// Groups the whole part of a number by thousands.
fn grouped(number: &str, separator: char) -> String {
    let (whole, part) = number.split_once('.').map_or((number, None), |(w, p)| (w, Some(p)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

/// The full-width form of a character of a number.
fn widened(c: char) -> char {
    match c {
        '0'..='9' => char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap_or(c),
        '.' => '．',
        _ => c,
    }
}
