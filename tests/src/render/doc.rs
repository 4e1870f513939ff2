//! Word 97-2003 documents, as their writers differ.

use crate::binary::{
    self, DELETED, Document, HIDDEN, HIDDEN_STYLE, INSERTED, Paragraph, Run, SHOWN, SPECIAL,
};
use crate::print::{Cell, Item, Printed, Row, Slot, Table};
use crate::random::Random;

/// The kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocForm {
    /// Edges that differ by a hair, split runs.
    Word,
    /// Pieces in disorder, some narrow, some with properties of their own.
    FastSaved,
    /// Cells merged sideways by flags, as Word 97 does.
    MergedByFlags,
    /// The same with the values that the specification of today gives.
    MergedByFlagsToday,
    /// Definitions of rows in the data stream.
    DataStream,
    /// Definitions of rows completed by later modifiers.
    Modified,
    /// Headings numbered by a list.
    AutoNumbered,
    /// Values as results of fields.
    Fields,
    /// The whole report inside a table that serves as layout.
    LayoutTable,
    /// Tracked changes with wrong numbers in what was deleted.
    Tracked,
    /// Hidden runs with wrong numbers.
    Hidden,
    /// Some cells hold a table of one cell.
    Nested,
}

impl DocForm {
    /// All forms.
    pub const ALL: &'static [Self] = &[
        Self::Word,
        Self::FastSaved,
        Self::MergedByFlags,
        Self::MergedByFlagsToday,
        Self::DataStream,
        Self::Modified,
        Self::AutoNumbered,
        Self::Fields,
        Self::LayoutTable,
        Self::Tracked,
        Self::Hidden,
        Self::Nested,
    ];

    /// The name in tables of results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::FastSaved => "fast-saved",
            Self::MergedByFlags => "merged-by-flags",
            Self::MergedByFlagsToday => "merged-by-flags-today",
            Self::DataStream => "data-stream",
            Self::Modified => "modified",
            Self::AutoNumbered => "auto-numbered",
            Self::Fields => "fields",
            Self::LayoutTable => "layout-table",
            Self::Tracked => "tracked",
            Self::Hidden => "hidden",
            Self::Nested => "nested",
        }
    }
}

/// Flags of cells.
const RESTART: u16 = 3 << 5;
const CONTINUE: u16 = 1 << 5;

pub(super) fn render(printed: &Printed, form: DocForm, random: &mut Random) -> Vec<u8> {
    let document = Document { scattered: form == DocForm::FastSaved, ..Document::default() };
    let mut body = Body { document, form, random, depth: 0 };
    body.depth = u32::from(form == DocForm::LayoutTable);
    for item in &printed.items {
        body.item(item);
    }
    if form == DocForm::LayoutTable {
        body.end_cell();
        body.depth = 0;
        body.end_row(1, &[0, 9000], &[0], &[]);
        body.paragraph("", &[]);
    }
    if form == DocForm::AutoNumbered {
        body.document.parts = vec![(73, list()), (74, list_use())];
    }
    binary::write(&body.document, body.random)
}

/// One list, with one level that prints 一、二、三、.
fn list() -> Vec<u8> {
    let mut bytes = 1_u16.to_le_bytes().to_vec();
    bytes.extend(77_u32.to_le_bytes());
    bytes.extend([0; 22]);
    bytes.extend([1, 0]);
    bytes.extend(1_u32.to_le_bytes());
    // chineseCounting; the level's number is the first character; nothing follows.
    bytes.extend([37, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
    bytes.extend([0; 12]);
    bytes.extend([2, 0, 0, 0]);
    bytes.extend('、'.to_string().encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

fn list_use() -> Vec<u8> {
    let mut bytes = 1_u32.to_le_bytes().to_vec();
    bytes.extend(77_u32.to_le_bytes());
    bytes.extend([0; 12]);
    bytes.extend([0xff; 4]);
    bytes
}

struct Body<'a> {
    document: Document,
    form: DocForm,
    random: &'a mut Random,
    /// Tables around what is written now.
    depth: u32,
}

impl Body<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Title(text) | Item::Paragraph(text) => self.paragraph(text, &[]),
            Item::Heading(_, text) if self.form == DocForm::AutoNumbered => {
                let list = [binary::modifier(0x260a, &[0]), binary::modifier(0x460b, &[1, 0])].concat();
                self.paragraph(text, &list);
            }
            Item::Heading(number, text) => self.paragraph(&format!("{number}{text}"), &[]),
            Item::Table(table) => {
                self.table(table);
                // Two tables in a row would be one to a word processor.
                self.paragraph("", &[]);
            }
        }
    }

    fn paragraph(&mut self, text: &str, properties: &[u8]) {
        let mut own = properties.to_vec();
        if self.depth > 0 {
            own.extend(binary::in_table(self.depth));
        }
        let runs = self.runs(text);
        self.push(runs, '\r', own);
    }

    fn push(&mut self, runs: Vec<Run>, mark: char, properties: Vec<u8>) {
        self.document.paragraphs.push(Paragraph { runs, mark, mark_properties: Vec::new(), properties });
    }

    /// The text as runs, with what the form hides between them.
    fn runs(&mut self, text: &str) -> Vec<Run> {
        let run = |text: &str, properties: &[u8]| Run {
            text: text.to_owned(),
            properties: properties.to_vec(),
            piece: 0,
        };
        let wrong = |properties: &[u8]| run("99777", properties);
        match self.form {
            DocForm::Word => {
                let mut runs = vec![run("", &[])];
                for c in text.chars() {
                    if self.random.chance(30) {
                        runs.push(run(
                            "",
                            binary::modifier(0x4a43, &[self.random.below(20) as u8, 0]).as_slice(),
                        ));
                    }
                    runs.last_mut().unwrap().text.push(c);
                }
                runs
            }
            DocForm::FastSaved if self.random.chance(25) => {
                let piece = if self.random.chance(50) { binary::PIECE_DELETED } else { binary::PIECE_HIDDEN };
                vec![Run { piece, ..wrong(&[]) }, run(text, &[])]
            }
            DocForm::Fields if self.random.chance(40) => {
                let inner = [run("\u{13}", SPECIAL), run(" PAGE ", &[]), run("\u{14}99777\u{15}", SPECIAL)];
                let mut runs = vec![run("\u{13}", SPECIAL), run(" = 99777 ", &[])];
                if self.random.chance(30) {
                    runs.extend(inner);
                }
                runs.extend([run("\u{14}", SPECIAL), run(text, &[]), run("\u{15}", SPECIAL)]);
                runs
            }
            DocForm::Tracked if self.random.chance(25) => vec![wrong(DELETED), run(text, INSERTED)],
            DocForm::Hidden => {
                let mut runs = Vec::new();
                if self.random.chance(25) {
                    runs.push(wrong(if self.random.chance(50) { HIDDEN } else { HIDDEN_STYLE }));
                }
                runs.push(run(text, SHOWN));
                runs
            }
            _ => vec![run(text, &[])],
        }
    }

    fn end_cell(&mut self) {
        let (mark, mut properties) = ('\u{7}', binary::in_table(self.depth));
        if self.depth == 1 {
            self.push(Vec::new(), mark, properties);
        } else {
            properties.extend(binary::modifier(0x244b, &[1]));
            self.push(Vec::new(), '\r', properties);
        }
    }

    /// The mark of a row at that depth.
    fn end_row(&mut self, depth: u32, edges: &[i16], flags: &[u16], mark_properties: &[u8]) {
        let mut properties = binary::in_table(depth);
        if depth == 1 {
            properties.extend(binary::modifier(0x2417, &[1]));
        } else {
            properties.extend(binary::modifier(0x244b, &[1]));
            properties.extend(binary::modifier(0x244c, &[1]));
        }
        let definition = self.definition(edges, flags);
        if self.form == DocForm::DataStream {
            // Both ways to stand elsewhere.
            let whole = self.random.chance(50);
            let stored = if whole { [properties.clone(), definition].concat() } else { definition };
            let at = (self.document.data.len() as u32).to_le_bytes();
            self.document.data.extend((stored.len() as u16).to_le_bytes());
            self.document.data.extend(stored);
            if whole {
                properties = binary::modifier(0x6646, &at);
            } else {
                properties.extend(binary::modifier(0x646b, &at));
                // For programs that do not know the other place.
                properties.extend(binary::row(&[0, 100], &[0]));
            }
        } else {
            properties.extend(definition);
        }
        let mark = if depth == 1 { '\u{7}' } else { '\r' };
        let mark_properties = mark_properties.to_vec();
        self.document.paragraphs.push(Paragraph { runs: Vec::new(), mark, mark_properties, properties });
    }

    fn definition(&mut self, edges: &[i16], flags: &[u16]) -> Vec<u8> {
        if self.form != DocForm::Modified || flags.len() < 2 {
            return binary::row(edges, flags);
        }
        // One cell too many at the front, one too few at the end, merges said apart.
        let last = flags.len() - 1;
        let shifted: Vec<i16> = [0].into_iter().chain(edges[..=last].iter().map(|edge| edge + 500)).collect();
        let mut definition = binary::row(&shifted, &vec![0; last + 1]);
        definition.extend(binary::modifier(0x5622, &[0, 1]));
        let width = (edges[last + 1] - edges[last]).to_le_bytes();
        definition.extend(binary::modifier(0x7621, &[last as u8, 1, width[0], width[1]]));
        for (n, flag) in flags.iter().enumerate().filter(|(_, flag)| **flag != 0) {
            definition.extend(binary::modifier(0xd62b, &[n as u8, (flag >> 5) as u8]));
        }
        definition.extend(binary::modifier(0x9601, &edges[0].to_le_bytes()));
        definition
    }

    fn table(&mut self, table: &Table) {
        self.depth += 1;
        let depth = self.depth;
        for (row, slots) in table.rows.iter().zip(table.grid()) {
            let (mut edges, mut flags) = (Vec::new(), Vec::new());
            // Cells follow each other: a row with a gap is a shorter row.
            let mut at = 0;
            for slot in &slots {
                let cell = table.cell(slot);
                self.content(slot, cell);
                let vertical = match (cell.rows > 1, slot.first) {
                    (false, _) => 0,
                    (true, true) => RESTART,
                    (true, false) => CONTINUE,
                };
                edges.push(at * 900);
                flags.push(vertical);
                let merge = match self.form {
                    DocForm::MergedByFlags => Some((1, 2)),
                    DocForm::MergedByFlagsToday => Some((2, 1)),
                    _ => None,
                };
                if let Some((first, merged)) = merge.filter(|_| slot.span > 1) {
                    *flags.last_mut().unwrap() |= first;
                    for column in at + 1..at + slot.span as i16 {
                        self.end_cell();
                        edges.push(column * 900);
                        flags.push(vertical | merged);
                    }
                }
                at += slot.span as i16;
            }
            edges.push(at * 900);
            if self.form == DocForm::Word {
                edges.iter_mut().for_each(|edge| *edge += self.random.below(4) as i16);
            }
            self.end_row(depth, &edges, &flags, &[]);
            if self.form == DocForm::Tracked && self.random.chance(10) {
                self.deleted_row(row);
            }
        }
        self.depth -= 1;
    }

    fn content(&mut self, slot: &Slot, cell: &Cell) {
        if !slot.first {
            return self.end_cell();
        }
        let nested = self.form == DocForm::Nested && self.random.chance(15);
        if nested {
            self.depth += 1;
            self.paragraphs(cell);
            let depth = self.depth;
            self.end_row(depth, &[0, 900], &[0], &[]);
            self.depth -= 1;
            return self.end_cell();
        }
        self.paragraphs(cell);
    }

    /// The cell's paragraphs, the last of which ends it.
    fn paragraphs(&mut self, cell: &Cell) {
        for (n, paragraph) in cell.paragraphs.iter().enumerate() {
            if n > 0 {
                // Not the last after all.
                let last = self.document.paragraphs.last_mut().unwrap();
                (last.mark, last.properties) = ('\r', binary::in_table(self.depth));
            }
            let runs = self.runs(paragraph);
            self.end_cell();
            self.document.paragraphs.last_mut().unwrap().runs = runs;
        }
    }

    /// A row that was deleted and still stands in the file.
    fn deleted_row(&mut self, row: &Row) {
        let mut edges = vec![0];
        for cell in &row.cells {
            self.end_cell();
            let last = self.document.paragraphs.last_mut().unwrap();
            last.runs = vec![Run { text: "99777".to_owned(), properties: DELETED.to_vec(), piece: 0 }];
            last.mark_properties = DELETED.to_vec();
            edges.push(edges.last().unwrap() + 900 * cell.columns as i16);
        }
        let depth = self.depth;
        self.end_row(depth, &edges, &vec![0; row.cells.len()], DELETED);
    }
}
