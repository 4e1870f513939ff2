//! Plain text, as converters, browsers and people leave it behind.

use crate::print::{Cell, Item, Printed, Table};
use crate::random::Random;

/// How tables are laid out in lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextLayout {
    /// A cell a line behind a tab, an empty line after each row, a bare tab for what is
    /// merged with the row above.
    TabbedCells,
    /// A cell a line, an empty line between all lines, merged cells absent, a blank cell
    /// as a line with a no-break space.
    SpacedLines,
    /// A cell a line and nothing between; a blank cell as a line with a no-break space.
    Lines,
    /// A cell a line and nothing between; a blank cell as an empty line.
    GappedLines,
    /// `a | b | c |`, merged cells once.
    Pipes,
    /// A Markdown table of even width, merged cells once and then blank.
    MarkdownBlank,
    /// A Markdown table of even width, merged cells repeated.
    MarkdownRepeated,
    /// A row a line, tabs between its cells, merged cells absent.
    TabbedRows,
    /// As copied from a sheet: merged cells once and then blank, rows as wide as the widest
    /// of all tables, so that a moved cell changes no width.
    PaddedTabs,
    /// The same, without the tabs that end a line.
    CutTabs,
}

impl TextLayout {
    /// All layouts.
    pub const ALL: &'static [Self] = &[
        Self::TabbedCells,
        Self::SpacedLines,
        Self::Lines,
        Self::GappedLines,
        Self::Pipes,
        Self::MarkdownBlank,
        Self::MarkdownRepeated,
        Self::TabbedRows,
        Self::PaddedTabs,
        Self::CutTabs,
    ];

    /// The name in tables of results.
    pub fn name(self) -> &'static str {
        match self {
            Self::TabbedCells => "tabbed-cells",
            Self::SpacedLines => "spaced-lines",
            Self::Lines => "lines",
            Self::GappedLines => "gapped-lines",
            Self::Pipes => "pipes",
            Self::MarkdownBlank => "markdown-blank",
            Self::MarkdownRepeated => "markdown-repeated",
            Self::TabbedRows => "tabbed-rows",
            Self::PaddedTabs => "padded-tabs",
            Self::CutTabs => "cut-tabs",
        }
    }
}

/// The bytes behind the characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a mark.
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Bom,
    /// UTF-16, little end first, with its mark.
    Utf16Le,
    /// UTF-16, big end first, with its mark.
    Utf16Be,
    /// GB 18030.
    Gb18030,
}

impl Encoding {
    /// All encodings, the plain one first.
    pub const ALL: &'static [Self] =
        &[Self::Utf8, Self::Utf8Bom, Self::Utf16Le, Self::Utf16Be, Self::Gb18030];

    /// The name in file names and tables of results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Utf8Bom => "utf8bom",
            Self::Utf16Le => "utf16le",
            Self::Utf16Be => "utf16be",
            Self::Gb18030 => "gb18030",
        }
    }
}

/// Encodes text.
pub fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf8Bom => format!("\u{feff}{text}").into_bytes(),
        Encoding::Utf16Le => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Encoding::Gb18030 => encoding_rs::GB18030.encode(text).0.into_owned(),
    }
}

const NO_BREAK: &str = "\u{a0}";

pub(super) fn render(printed: &Printed, layout: TextLayout, random: &mut Random) -> String {
    let mut out = String::new();
    let between = if layout == TextLayout::SpacedLines { "\n\n" } else { "\n" };
    let indent = if layout == TextLayout::SpacedLines { "\u{a0} \u{a0} \u{a0} \u{a0} " } else { "" };
    let mut after_table = false;
    let width = printed.tables().map(|(_, table)| filled_width(table)).max().unwrap_or(0);
    for item in &printed.items {
        match item {
            Item::Table(table) => {
                let spread = layout == TextLayout::TabbedCells || layout == TextLayout::TabbedRows;
                if spread && random.chance(50) {
                    out.push('\n');
                }
                // Pipes and Markdown end a table only by what is between.
                if after_table && !matches!(layout, TextLayout::Lines | TextLayout::GappedLines) {
                    out.push('\n');
                }
                table_lines(&mut out, table, layout, width);
                after_table = true;
                continue;
            }
            _ if after_table => match layout {
                TextLayout::SpacedLines => out.push_str("\u{a0}\n\n"),
                TextLayout::Lines | TextLayout::GappedLines => {}
                _ => out.push('\n'),
            },
            _ => {}
        }
        after_table = false;
        out.push_str(indent);
        match item {
            Item::Title(text) | Item::Paragraph(text) => out.push_str(text),
            Item::Heading(number, text) => {
                out.push_str(number);
                out.push_str(text);
            }
            Item::Table(_) => {}
        }
        out.push_str(between);
    }
    out
}

fn table_lines(out: &mut String, table: &Table, layout: TextLayout, width: usize) {
    match layout {
        TextLayout::TabbedCells => tabbed_cells(out, table),
        TextLayout::SpacedLines | TextLayout::Lines | TextLayout::GappedLines => lines(out, table, layout),
        TextLayout::Pipes => {
            for row in &table.rows {
                let cells: Vec<String> = row.cells.iter().map(Cell::line).collect();
                out.push_str(&format!("{} |\n", cells.join(" | ")));
            }
        }
        TextLayout::MarkdownBlank | TextLayout::MarkdownRepeated => markdown(out, table, layout),
        TextLayout::TabbedRows => {
            for row in &table.rows {
                let cells: Vec<String> = row.cells.iter().map(Cell::line).collect();
                out.push_str(&cells.join("\t"));
                out.push('\n');
            }
        }
        TextLayout::PaddedTabs | TextLayout::CutTabs => padded(out, table, layout, width),
    }
}

/// Columns up to the last cell that is not blank: a blank one makes no sheet wider.
fn filled_width(table: &Table) -> usize {
    let grid = table.grid();
    let filled = grid.iter().flatten().filter(|slot| slot.first && !table.cell(slot).is_blank());
    filled.map(|slot| slot.column + 1).max().unwrap_or(0)
}

fn padded(out: &mut String, table: &Table, layout: TextLayout, width: usize) {
    for row in table.grid() {
        let mut cells = vec![String::new(); width];
        for slot in row.iter().filter(|slot| slot.first && slot.column < width) {
            cells[slot.column] = table.cell(slot).line();
        }
        let line = cells.join("\t");
        let is_cut = layout == TextLayout::CutTabs;
        out.push_str(if is_cut { line.trim_end_matches('\t') } else { &line });
        out.push('\n');
    }
}

fn tabbed_cells(out: &mut String, table: &Table) {
    for row in table.grid() {
        for slot in &row {
            out.push('\t');
            if slot.first {
                out.push_str(&table.cell(slot).paragraphs.join("\n"));
            }
            out.push('\n');
        }
        out.push('\n');
    }
}

fn lines(out: &mut String, table: &Table, layout: TextLayout) {
    for cell in table.rows.iter().flat_map(|row| &row.cells) {
        match (cell.is_blank(), layout) {
            (true, TextLayout::GappedLines) => {}
            (true, _) => out.push_str(NO_BREAK),
            // With a line's end between all cells the halves of one stay together.
            (false, TextLayout::SpacedLines) => out.push_str(&cell.paragraphs.join("\n")),
            (false, _) => out.push_str(&cell.line()),
        }
        out.push_str(if layout == TextLayout::SpacedLines { "\n\n" } else { "\n" });
    }
}

fn markdown(out: &mut String, table: &Table, layout: TextLayout) {
    let width = table.width();
    for (ordinal, row) in table.grid().iter().enumerate() {
        // As wide as its cells: a row that lost one has a pipe less.
        let mut cells = vec![String::new(); row.last().map_or(0, |slot| slot.column + slot.span)];
        for slot in row {
            let text = table.cell(slot).line();
            let repeated = layout == TextLayout::MarkdownRepeated;
            for (at, cell) in cells[slot.column..slot.column + slot.span].iter_mut().enumerate() {
                if repeated || (slot.first && at == 0) {
                    *cell = text.clone();
                }
            }
        }
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
        if ordinal == 0 {
            out.push_str(&format!("|{}\n", "---|".repeat(width)));
        }
    }
}
