//! From the element tree to the neutral document: what a person sees, in its order.
//!
//! Scope: rendering text to paragraphs and tables to grids, as far as it is fixed by
//! elements, attributes and inline style; style sheets and scripts are not run. Source of
//! truth: WHATWG HTML, 4.9.12 (forming a table), 15.3 (rendering); CSS Text 3, 4.1 (white
//! space).

use super::chrome::Omitted;
use super::counter::Counter;
use super::style::Space;
use super::tree::{Id, Kind, Tree};
use crate::document::fold::is_blank;
use crate::document::{Block, Cell, Document, GridBuilder, Paragraph};
use crate::error::{Error, Result};
use crate::finding::{Finding, Findings, Severity};
use crate::location::Location;
use crate::options::{Items, Limits};

/// Columns a cell may span in HTML.
const MAX_COLUMNS: u64 = 1_000;
/// Pictures of this size (in pixels) and below are icons.
const ICON: u64 = 32;

/// Elements whose content is not text of the page.
pub(super) fn is_content(tree: &Tree, id: Id) -> bool {
    match tree.name(id) {
        "head" | "title" | "script" | "style" | "noscript" | "template" | "iframe" | "frame" | "noframes"
        | "noembed" | "select" | "option" | "optgroup" | "datalist" | "button" | "textarea" | "svg"
        | "math" | "object" | "embed" | "applet" | "audio" | "video" | "canvas" | "progress" | "meter"
        | "rt" | "rp" => false,
        "dialog" => tree.attribute(id, "open").is_some(),
        "a" | "span" | "div" => !is_annotation(tree, id),
        _ => true,
    }
}

/// Word's comments: the mark in the text, and the list at the end.
fn is_annotation(tree: &Tree, id: Id) -> bool {
    let marked =
        |name| tree.attribute(id, "class").is_some_and(|c| c.split_ascii_whitespace().any(|c| c == name));
    tree.style(id).is_comment() || marked("msocomanchor")
}

/// Whether the element is hidden by attribute or inline style, or deleted.
pub(super) fn is_hidden(tree: &Tree, id: Id) -> bool {
    tree.style(id).hides()
        || matches!(tree.name(id), "del" | "s" | "strike")
        || tree.attribute(id, "hidden").is_some()
}

/// Value of a property in the inline style, in lower case; the last one counts.
pub(super) fn style(tree: &Tree, id: Id, property: &str) -> Option<String> {
    let declarations = tree.attribute(id, "style")?;
    declarations.rsplit(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let value = value.split_once('!').map_or(value, |(value, _)| value);
        name.trim().eq_ignore_ascii_case(property).then(|| value.trim().to_ascii_lowercase())
    })
}

/// Elements that begin and end a paragraph.
pub(super) fn is_block(tree: &Tree, id: Id) -> bool {
    match tree.name(id) {
        "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "dd" | "details"
        | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer"
        | "form" | "frameset" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr"
        | "html" | "legend" | "li" | "listing" | "main" | "menu" | "nav" | "ol" | "p" | "plaintext"
        | "pre" | "search" | "section" | "summary" | "table" | "tbody" | "td" | "tfoot" | "th" | "thead"
        | "tr" | "ul" | "xmp" => true,
        _ => tree.style(id).block,
    }
}

/// How white space in the source shows, where the element says so.
fn white_space(tree: &Tree, id: Id) -> Option<Space> {
    let kept = || matches!(tree.name(id), "pre" | "xmp" | "listing" | "plaintext").then_some(Space::Kept);
    tree.style(id).space.or_else(kept)
}

/// A list being read: the style of its numbers and the next one.
struct List {
    id: Id,
    style: Option<Counter>,
    next: i64,
}

/// A place that takes blocks: the body, or a table's cell.
#[derive(Default)]
struct Area {
    blocks: Vec<Block>,
    /// The paragraph being read.
    text: String,
    /// Collapsed white space waits for what follows.
    space: bool,
    line: Option<u32>,
    /// Pictures seen inside the paragraph.
    pictures: Vec<Location>,
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
    let blocks = flow.areas.into_iter().next().map(|body| body.blocks).unwrap_or_default();
    Ok(Document { blocks, encoding: None })
}

impl Flow<'_> {
    fn walk(&mut self) -> Result<()> {
        let mut at = self.tree.first_child(Tree::ROOT);
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
                    Some(parent) if parent != Tree::ROOT => {
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
        match self.tree.kind(id) {
            Kind::Other => return Ok(Step::Over),
            Kind::Text(_) => {
                self.text(id);
                return Ok(Step::Over);
            }
            Kind::Element { .. } => {}
        }
        if self.omitted.contains(id) || !is_content(self.tree, id) {
            return Ok(Step::Over);
        }
        if is_hidden(self.tree, id) {
            self.left_out |= has_text(self.tree, id);
            return Ok(Step::Over);
        }
        if let Some(mark) = note_mark(self.tree, id) {
            self.push_text(&mark, id, Space::Collapsed);
            return Ok(Step::Over);
        }
        if let Some(space) = white_space(self.tree, id) {
            self.spaces.push((id, space));
        }
        if is_block(self.tree, id) {
            self.end_paragraph();
        }
        match self.tree.name(id) {
            "br" => self.break_line(),
            "img" => self.picture(id),
            "input" => self.field(id),
            "table" => return self.open_table(id),
            "thead" | "tbody" | "tfoot" => {
                let rows = self.visible_rows(id);
                if let Some(grid) = self.grids.last_mut() {
                    grid.rows_left = rows;
                }
            }
            "td" | "th" => self.open_cell(id),
            "ol" | "ul" | "menu" | "dir" => {
                let style = Counter::of_list(self.tree, id);
                let next = self.tree.attribute(id, "start").and_then(integer).unwrap_or(1);
                self.lists.push(List { id, style, next });
            }
            "li" => self.number(id),
            name => {
                let level = match name {
                    "h1" => 1,
                    "h2" => 2,
                    "h3" => 3,
                    "h4" => 4,
                    "h5" => 5,
                    "h6" => 6,
                    _ => return Ok(Step::Into),
                };
                self.area(|area| area.level = Some(level));
            }
        }
        Ok(Step::Into)
    }

    fn leave(&mut self, id: Id) -> Result<()> {
        if is_block(self.tree, id) {
            self.end_paragraph();
        }
        match self.tree.name(id) {
            "td" | "th" => self.close_cell()?,
            "tr" => {
                if let Some(grid) = self.grids.last_mut() {
                    grid.builder.end_row()?;
                    grid.rows_left = grid.rows_left.saturating_sub(1);
                }
            }
            "table" => self.close_table(),
            "li" => self.area(|area| area.numbering = None),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.area(|area| area.level = None),
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
        let Kind::Text(text) = self.tree.kind(id) else { return };
        let line = self.tree.parent(id).and_then(|parent| self.tree.line(parent));
        if let Some(area) = self.areas.last_mut() {
            area.add(text, space, line);
        }
    }

    fn push_text(&mut self, text: &str, id: Id, space: Space) {
        let line = self.tree.line(id);
        self.area(|area| area.add(text, space, line));
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
        self.area(|area| {
            area.space = false;
            area.text.push('\n');
        });
    }

    fn end_paragraph(&mut self) {
        let block = self.block();
        self.area(|area| area.end_paragraph(block));
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
        self.area(|area| area.pictures.push(Location { line, ..area.base.clone() }));
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
        let named = |name: &str| {
            self.tree.children(id).filter(|&child| self.tree.name(child) == name).collect::<Vec<_>>()
        };
        let (captions, feet) = (named("caption"), named("tfoot"));
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
            self.tree.name(row) == "tr" && !is_hidden(self.tree, row) && !self.omitted.contains(row)
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
                let content = Cell { blocks: cell.blocks, location: cell.base };
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
            let Some(cell) = table.cells.get_mut(slot.cell) else { continue };
            let column = u32::try_from(slot.column + 1).ok();
            cell.location.column = column;
            for block in &mut cell.blocks {
                match block {
                    Block::Paragraph(paragraph) => paragraph.location.column = column,
                    Block::Picture(location) => location.column = column,
                    Block::Table(_) => {}
                }
            }
        }
        if !table.cells.is_empty() {
            self.area(|area| area.blocks.push(Block::Table(table)));
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

impl Area {
    fn add(&mut self, text: &str, space: Space, line: Option<u32>) {
        for c in text.chars() {
            match c {
                '\n' if space != Space::Collapsed => {
                    self.space = false;
                    self.text.push(c);
                }
                ' ' | '\t' | '\n' | '\r' | '\x0c' if space != Space::Kept => {
                    self.space = !self.text.is_empty() && !self.text.ends_with('\n');
                }
                _ => {
                    if std::mem::take(&mut self.space) {
                        self.text.push(' ');
                    }
                    if self.text.is_empty() {
                        self.line = line;
                    }
                    self.text.push(c);
                }
            }
        }
    }

    fn end_paragraph(&mut self, block: Option<u32>) {
        self.space = false;
        let text = std::mem::take(&mut self.text);
        let line = self.line.take();
        let text = text.trim_matches('\n');
        // A non-breaking or ideographic space may be all that a blank cell prints.
        if !text.trim_matches([' ', '\t', '\n', '\r', '\x0c']).is_empty() {
            let location = Location { block, line, ..self.base.clone() };
            self.blocks.push(Block::Paragraph(Paragraph {
                text: text.to_owned(),
                numbering: self.numbering.take(),
                level: self.level,
                gap: 0,
                location,
            }));
        }
        for picture in self.pictures.drain(..) {
            self.blocks.push(Block::Picture(Location { block, ..picture }));
        }
    }
}

/// Whether a subtree has text that would be seen.
fn has_text(tree: &Tree, id: Id) -> bool {
    tree.descend(id, |id| is_content(tree, id)).any(|id| match tree.kind(id) {
        Kind::Text(text) => tree.parent(id).is_none_or(|p| is_content(tree, p)) && !is_blank(text),
        _ => false,
    })
}

/// The number of a raised or lowered note mark, as one that cannot join a number.
fn note_mark(tree: &Tree, id: Id) -> Option<String> {
    let raised = match tree.name(id) {
        "sup" => true,
        "sub" => false,
        _ => tree.style(id).raised?,
    };
    let mut mark = String::new();
    for (seen, node) in tree.descend(id, |id| is_content(tree, id)).enumerate() {
        if let Kind::Text(text) = tree.kind(node) {
            mark.push_str(text.trim());
        }
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
