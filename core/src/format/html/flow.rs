//! From the element tree to the neutral document: what a person sees, in its order.
//!
//! Scope: rendering text to paragraphs and tables to grids, as far as it is fixed by
//! elements, attributes and inline style; style sheets and scripts are not run. Source of
//! truth: WHATWG HTML, 4.9.12 (forming a table), 15.3 (rendering); CSS Text 3, 4.1 (white
//! space).

use html5ever::{LocalName, local_name};

use super::chrome::Omitted;
use super::counter::Counter;
use super::element::one_of;
use super::style::Space;
use super::tree::{Id, Tree};
use crate::document::fold::is_blank;
use crate::document::{Block, Cell, Document, GridBuilder, Paragraph, numbering};
use crate::error::{Error, Result};
use crate::finding::{Finding, Findings, Severity};
use crate::location::Location;
use crate::options::{Items, Limits};

/// Columns a cell may span in HTML.
const MAX_COLUMNS: u64 = 1_000;
/// Pictures of this size (in pixels) and below are icons.
const ICON: u64 = 32;

/// Value of a property in the inline style, in lower case; the last one counts.
pub(super) fn style(tree: &Tree, id: Id, property: &str) -> Option<String> {
    let declarations = tree.attribute(id, "style")?;
    declarations.rsplit(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let value = value.split_once('!').map_or(value, |(value, _)| value);
        name.trim().eq_ignore_ascii_case(property).then(|| value.trim().to_ascii_lowercase())
    })
}

/// A list being read: the style of its numbers and the next one.
struct List {
    id: Id,
    style: Option<Counter>,
    next: i64,
}

/// The paragraph being read; what begins or ends an area ends it.
#[derive(Default)]
struct Open {
    text: String,
    /// Collapsed white space waits for what follows.
    space: bool,
    line: Option<u32>,
    /// Pictures seen inside the paragraph.
    pictures: Vec<Location>,
}

/// A place that takes blocks: the body, or a table's cell.
#[derive(Default)]
struct Area {
    blocks: Vec<Block>,
    level: Option<u8>,
    /// Number of the list item, for its first paragraph.
    numbering: Option<String>,
    /// The cell's place.
    base: Location,
    columns: usize,
    rows: usize,
}

/// A table being read.
struct Grid {
    builder: GridBuilder,
    /// Rows of the row group from this one on; no cell reaches beyond them.
    rows_left: usize,
    /// Ordinal of the table.
    table: Option<u32>,
}

/// What to do after an element was entered.
enum Step {
    Into,
    Over,
    /// The tree was rearranged; go on there.
    To(Id),
}

struct Flow<'a> {
    tree: &'a mut Tree,
    omitted: &'a Omitted,
    limits: &'a Limits,
    items: Items,
    findings: &'a mut Findings,
    open: Open,
    /// The body, then the open cells.
    areas: Vec<Area>,
    grids: Vec<Grid>,
    lists: Vec<List>,
    spaces: Vec<(Id, Space)>,
    tables: u64,
    left_out: bool,
    cut_spans: u64,
}

/// Reads the tree; `omitted` elements are passed over.
pub(super) fn document(
    tree: &mut Tree,
    omitted: &Omitted,
    limits: &Limits,
    items: Items,
    findings: &mut Findings,
) -> Result<Document> {
    let mut flow = Flow {
        tree,
        omitted,
        limits,
        items,
        findings,
        open: Open::default(),
        areas: vec![Area::default()],
        grids: Vec::new(),
        lists: Vec::new(),
        spaces: Vec::new(),
        tables: 0,
        left_out: false,
        cut_spans: 0,
    };
    flow.walk()?;
    flow.report();
    let mut blocks = flow.areas.into_iter().next().map(|body| body.blocks).unwrap_or_default();
    blocks.shrink_to_fit();
    Ok(Document { blocks, encoding: None })
}

impl Flow<'_> {
    fn walk(&mut self) -> Result<()> {
        let mut at = self.tree.first_child(Id::ROOT);
        while let Some(id) = at {
            match self.enter(id)? {
                Step::To(other) => {
                    at = Some(other);
                    continue;
                }
                Step::Into => {
                    if let Some(child) = self.tree.first_child(id) {
                        at = Some(child);
                        continue;
                    }
                    self.leave(id)?;
                }
                Step::Over => {}
            }
            let mut here = id;
            at = loop {
                if let Some(next) = self.tree.next(here) {
                    break Some(next);
                }
                match self.tree.parent(here) {
                    Some(parent) if parent != Id::ROOT => {
                        self.leave(parent)?;
                        here = parent;
                    }
                    _ => break None,
                }
            };
        }
        self.end_paragraph();
        Ok(())
    }

    fn enter(&mut self, id: Id) -> Result<Step> {
        let Some(element) = self.tree.element(id) else {
            self.text(id);
            return Ok(Step::Over);
        };
        if self.omitted.contains(id) || !element.is_content() {
            return Ok(Step::Over);
        }
        if element.is_hidden() {
            self.left_out |= has_text(self.tree, id);
            return Ok(Step::Over);
        }
        let (is_block, space) = (element.is_block(), element.space);
        if let Some(mark) = note_mark(self.tree, id) {
            self.push_text(&mark, id, Space::Collapsed);
            return Ok(Step::Over);
        }
        if let Some(space) = space {
            self.spaces.push((id, space));
        }
        if is_block {
            self.end_paragraph();
        }
        match *self.tree.name(id) {
            local_name!("br") => self.break_line(),
            local_name!("img") => self.picture(id),
            local_name!("input") => self.field(id),
            local_name!("table") => return self.open_table(id),
            local_name!("thead") | local_name!("tbody") | local_name!("tfoot") => {
                let rows = self.visible_rows(id);
                if let Some(grid) = self.grids.last_mut() {
                    grid.rows_left = rows;
                }
            }
            local_name!("td") | local_name!("th") => self.open_cell(id),
            local_name!("ol") | local_name!("ul") | local_name!("menu") | local_name!("dir") => {
                let style = Counter::of_list(self.tree, id);
                let next = self.tree.attribute(id, "start").and_then(integer).unwrap_or(1);
                self.lists.push(List { id, style, next });
            }
            local_name!("li") => self.number(id),
            local_name!("h1") => self.area(|area| area.level = Some(1)),
            local_name!("h2") => self.area(|area| area.level = Some(2)),
            local_name!("h3") => self.area(|area| area.level = Some(3)),
            local_name!("h4") => self.area(|area| area.level = Some(4)),
            local_name!("h5") => self.area(|area| area.level = Some(5)),
            local_name!("h6") => self.area(|area| area.level = Some(6)),
            _ => {}
        }
        Ok(Step::Into)
    }

    fn leave(&mut self, id: Id) -> Result<()> {
        if self.tree.element(id).is_some_and(|element| element.is_block()) {
            self.end_paragraph();
        }
        match *self.tree.name(id) {
            local_name!("td") | local_name!("th") => self.close_cell()?,
            local_name!("tr") => {
                if let Some(grid) = self.grids.last_mut() {
                    grid.builder.end_row()?;
                    grid.rows_left = grid.rows_left.saturating_sub(1);
                }
            }
            local_name!("table") => self.close_table(),
            local_name!("li") => self.area(|area| area.numbering = None),
            local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6") => self.area(|area| area.level = None),
            _ => {}
        }
        self.lists.pop_if(|list| list.id == id);
        self.spaces.pop_if(|(owner, _)| *owner == id);
        Ok(())
    }

    fn area(&mut self, change: impl FnOnce(&mut Area)) {
        if let Some(area) = self.areas.last_mut() {
            change(area);
        }
    }

    fn text(&mut self, id: Id) {
        let space = self.spaces.last().map_or(Space::Collapsed, |&(_, space)| space);
        let Some(text) = self.tree.text(id) else { return };
        let line = self.tree.parent(id).and_then(|parent| self.tree.line(parent));
        self.open.add(text, space, line);
    }

    fn push_text(&mut self, text: &str, id: Id, space: Space) {
        self.open.add(text, space, self.tree.line(id));
    }

    /// A text field in a table shows its value as the cell's text; elsewhere it belongs to
    /// the site (a search box).
    fn field(&mut self, id: Id) {
        let kind = self.tree.attribute(id, "type").unwrap_or("text").to_ascii_lowercase();
        let shows_text = matches!(kind.as_str(), "" | "text" | "number" | "tel");
        if shows_text
            && !self.grids.is_empty()
            && let Some(value) = self.tree.attribute(id, "value")
        {
            // A field has a border: its digits never join those beside it.
            let value = format!(" {value} ");
            self.push_text(&value, id, Space::Collapsed);
        }
    }

    fn break_line(&mut self) {
        self.open.space = false;
        self.open.text.push('\n');
    }

    fn end_paragraph(&mut self) {
        let block = self.block();
        if let Some(area) = self.areas.last_mut() {
            area.take(&mut self.open, block);
        }
    }

    /// Ordinal of the body's block being read.
    fn block(&self) -> Option<u32> {
        self.areas.first().and_then(|body| u32::try_from(body.blocks.len() + 1).ok())
    }

    fn picture(&mut self, id: Id) {
        let size = |name: &str| {
            let of_style = style(self.tree, id, name).filter(|v| v.ends_with("px"));
            of_style
                .as_deref()
                .or(self.tree.attribute(id, name))
                .filter(|v| !v.contains('%'))
                .and_then(integer)
        };
        let icon = |size: Option<i64>| size.is_some_and(|n| n <= ICON as i64);
        if icon(size("width")) || icon(size("height")) {
            return;
        }
        let line = self.tree.line(id);
        if let Some(area) = self.areas.last() {
            self.open.pictures.push(Location { line, ..area.base.clone() });
        }
    }

    /// Numbers a list's item; the first paragraph in it takes the number.
    fn number(&mut self, id: Id) {
        let value = self.tree.attribute(id, "value").and_then(integer);
        let Some(list) = self.lists.last_mut() else { return };
        let number = value.unwrap_or(list.next);
        list.next = number.saturating_add(1);
        let counter = Counter::of(self.tree, id, list.style).filter(|_| list.style.is_some());
        self.area(|area| area.numbering = counter.map(|counter| counter.print(number)));
    }

    fn open_table(&mut self, id: Id) -> Result<Step> {
        // A caption is printed above the table, and the table's foot below its rows.
        let named = |name: LocalName| {
            self.tree.children(id).filter(|&child| *self.tree.name(child) == name).collect::<Vec<_>>()
        };
        let (captions, feet) = (named(local_name!("caption")), named(local_name!("tfoot")));
        if let Some(&caption) = captions.first() {
            captions.iter().for_each(|&caption| self.tree.insert(id, caption));
            self.spaces.pop_if(|(owner, _)| *owner == id);
            return Ok(Step::To(caption));
        }
        feet.iter().for_each(|&foot| self.tree.append(id, foot));

        self.tables += 1;
        if self.tables > self.limits.tables {
            return Err(Error::limit("tables", self.limits.tables));
        }
        if self.grids.len() as u64 >= self.limits.nested_tables {
            return Err(Error::limit("nested_tables", self.limits.nested_tables));
        }
        let location = Location {
            block: self.block(),
            table: u32::try_from(self.tables).ok(),
            line: self.tree.line(id),
            ..Location::default()
        };
        let (rows_left, table) = (self.visible_rows(id), location.table);
        self.grids.push(Grid {
            builder: GridBuilder::new(location, self.limits, self.items.clone()),
            rows_left,
            table,
        });
        Ok(Step::Into)
    }

    fn visible_rows(&self, group: Id) -> usize {
        let seen = |&row: &Id| {
            let element = self.tree.element(row);
            element.is_some_and(|e| one_of!(&e.name, "tr") && !e.is_hidden()) && !self.omitted.contains(row)
        };
        self.tree.children(group).filter(seen).count()
    }

    fn open_cell(&mut self, id: Id) {
        let span = |name| self.tree.attribute(id, name).and_then(integer).and_then(|n| u64::try_from(n).ok());
        let (columns, rows) = (span("colspan").unwrap_or(1).max(1), span("rowspan").unwrap_or(1));
        let most_columns = MAX_COLUMNS.min(self.limits.span);
        let (rows_left, row, table) = match self.grids.last() {
            Some(grid) => (grid.rows_left.max(1) as u64, grid.builder.row_index() + 1, grid.table),
            None => (1, 1, None),
        };
        // 0 means: to the end of the row group.
        let rows = if rows == 0 { rows_left } else { rows.min(rows_left) };
        let cut = columns > most_columns || rows > self.limits.span;
        self.cut_spans += u64::from(cut);
        let block = self.block();
        let base = Location {
            block,
            table,
            row: u32::try_from(row).ok(),
            line: self.tree.line(id),
            ..Location::default()
        };
        self.areas.push(Area {
            base,
            columns: usize::try_from(columns.min(most_columns)).unwrap_or(1),
            rows: usize::try_from(rows.min(self.limits.span)).unwrap_or(1),
            ..Area::default()
        });
    }

    fn close_cell(&mut self) -> Result<()> {
        // The body is no cell.
        if self.areas.len() < 2 {
            return Ok(());
        }
        let Some(mut cell) = self.areas.pop() else { return Ok(()) };
        match self.grids.last_mut() {
            Some(grid) => {
                let content = Cell::new(cell.blocks, cell.base);
                grid.builder.spanned(content, cell.columns, cell.rows)
            }
            None => {
                self.area(|area| area.blocks.append(&mut cell.blocks));
                Ok(())
            }
        }
    }

    fn close_table(&mut self) {
        let Some(grid) = self.grids.pop() else { return };
        let mut table = grid.builder.finish();
        // Columns are known only now: cells above may reach into a row.
        for slot in table.rows.iter().flat_map(|row| &row.slots).filter(|slot| slot.first) {
            let Some(cell) = table.cells.get_mut(slot.cell()) else { continue };
            let column = u32::try_from(slot.column() + 1).ok();
            cell.location.set_column(column);
            for block in cell.blocks.iter_mut() {
                match block {
                    Block::Paragraph(paragraph) => paragraph.location.set_column(column),
                    Block::Picture(location) => location.set_column(column),
                    Block::Table(_) => {}
                }
            }
        }
        if !table.cells.is_empty() {
            self.area(|area| area.push(Block::Table(Box::new(table))));
        }
    }

    fn report(&mut self) {
        if self.left_out {
            self.findings.push(Finding::new(
                "DOC-HIDDEN-TEXT",
                Severity::Info,
                "页面中隐藏或已删除的文字未读取",
                "hidden or deleted text of the page was left out",
            ));
        }
        if self.cut_spans > 0 {
            let (n, limit) = (self.cut_spans, MAX_COLUMNS.min(self.limits.span));
            self.findings.push(Finding::new(
                "DOC-SPAN",
                Severity::Warning,
                format!("有{n}个单元格的合并范围过大，已截断（列上限{limit}）"),
                format!("the spans of {n} cells are too large and were cut (columns: {limit})"),
            ));
        }
    }
}

/// The white space that HTML knows.
fn is_html_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

impl Open {
    fn add(&mut self, text: &str, space: Space, line: Option<u32>) {
        let mut rest = text;
        loop {
            let length = rest.bytes().position(is_html_space).unwrap_or(rest.len());
            let (shown, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            if !shown.is_empty() {
                self.show(shown, line);
            }
            let Some((blank, after)) = after.split_at_checked(1) else { return };
            match (blank, space) {
                ("\n", Space::Kept | Space::LinesKept) => {
                    self.space = false;
                    self.text.push('\n');
                }
                (_, Space::Kept) => self.show(blank, line),
                _ => self.space = !self.text.is_empty() && !self.text.ends_with('\n'),
            }
            rest = after;
        }
    }

    fn show(&mut self, text: &str, line: Option<u32>) {
        if std::mem::take(&mut self.space) {
            self.text.push(' ');
        }
        if self.text.is_empty() {
            self.line = line;
        }
        self.text.push_str(text);
    }
}

impl Area {
    /// Takes the paragraph that ends, if it has one.
    fn take(&mut self, open: &mut Open, block: Option<u32>) {
        open.space = false;
        let line = open.line.take();
        let text = open.text.trim_matches('\n');
        // A non-breaking or ideographic space may be all that a blank cell prints.
        if !text.bytes().all(is_html_space) {
            let location = Location { block, line, ..self.base.clone() }.into();
            let numbering = numbering(self.numbering.take());
            let paragraph = Paragraph { text: text.into(), numbering, level: self.level, gap: 0, location };
            self.push(Block::Paragraph(paragraph));
        }
        open.text.clear();
        for picture in open.pictures.drain(..) {
            self.push(Block::Picture(Location { block, ..picture }.into()));
        }
    }

    /// Nearly every cell holds one block.
    fn push(&mut self, block: Block) {
        if self.blocks.is_empty() {
            self.blocks.reserve_exact(1);
        }
        self.blocks.push(block);
    }
}

/// Whether a subtree has text that would be seen.
fn has_text(tree: &Tree, id: Id) -> bool {
    tree.descend(id, |id| is_content(tree, id)).any(|id| {
        tree.text(id)
            .is_some_and(|text| tree.parent(id).is_none_or(|p| is_content(tree, p)) && !is_blank(text))
    })
}

/// Whether what stands there is text of the page, unless it is hidden.
pub(super) fn is_content(tree: &Tree, id: Id) -> bool {
    tree.element(id).is_none_or(|element| element.is_content())
}

/// The number of a raised or lowered note mark, as one that cannot join a number.
fn note_mark(tree: &Tree, id: Id) -> Option<String> {
    let raised = tree.element(id)?.raised()?;
    let mut mark = String::new();
    for (seen, node) in tree.descend(id, |id| is_content(tree, id)).enumerate() {
        mark.push_str(tree.text(node).unwrap_or_default().trim());
        // No note mark is longer or more involved.
        if mark.len() > 16 || seen > 32 {
            return None;
        }
    }
    let bare = mark.strip_prefix('[').and_then(|m| m.strip_suffix(']')).unwrap_or(&mark);
    let signs = if raised { "⁰¹²³⁴⁵⁶⁷⁸⁹" } else { "₀₁₂₃₄₅₆₇₈₉" };
    let sign = |c: char| signs.chars().nth(usize::try_from(c.to_digit(10)?).ok()?);
    let signs: String = bare.chars().map(sign).collect::<Option<_>>()?;
    (!signs.is_empty()).then_some(signs)
}

/// An integer as HTML reads it: white space before and anything behind is ignored.
fn integer(text: &str) -> Option<i64> {
    let text = text.trim_ascii_start();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut value: Option<i64> = None;
    for digit in digits.chars().map_while(|c| c.to_digit(10)) {
        value = Some(value.unwrap_or(0).saturating_mul(10).saturating_add(i64::from(digit)));
    }
    value.map(|value| sign * value)
}
