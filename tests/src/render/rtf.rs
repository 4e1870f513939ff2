//! Rich Text Format, as its writers differ.

use crate::print::{Cell, Item, Printed, Row, Slot, Table};
use crate::random::Random;

/// The kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RtfForm {
    /// Unicode with two bytes of GBK instead, split runs, definitions before and after
    /// the cells, edges that differ by a hair.
    Word,
    /// Bytes of GBK by the charset of the font, second bytes below 128 as they are.
    Wps,
    /// Unicode with a question mark instead, definitions before the cells only.
    LibreOffice,
    /// Bytes of GBK without escapes.
    EightBit,
    /// Cells merged sideways by flags.
    MergedByFlags,
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

impl RtfForm {
    /// All forms.
    pub const ALL: &'static [Self] = &[
        Self::Word,
        Self::Wps,
        Self::LibreOffice,
        Self::EightBit,
        Self::MergedByFlags,
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
            Self::Wps => "wps",
            Self::LibreOffice => "libreoffice",
            Self::EightBit => "eight-bit",
            Self::MergedByFlags => "merged-by-flags",
            Self::AutoNumbered => "auto-numbered",
            Self::Fields => "fields",
            Self::LayoutTable => "layout-table",
            Self::Tracked => "tracked",
            Self::Hidden => "hidden",
            Self::Nested => "nested",
        }
    }
}

const HEAD: &str = concat!(
    r"{\rtf1\ansi\ansicpg936\deff0\deflang1033\deflangfe2052{\fonttbl{\f0\froman\fcharset0\fprq2 Times New Roman;}",
    r"{\f1\fnil\fcharset134\fprq2{\*\panose 02010600030101010101}\'cb\'ce\'cc\'e5{\*\falt SimSun};}{\f2\fnil\fcharset2 Wingdings;}}",
    "\r\n",
    r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\ql\fs21 \snext0 Normal;}{\*\cs10 \additive Default Paragraph Font;}}",
    r"{\*\generator 99777;}{\info{\title 99777}{\nofpages99777}}{\header\pard 99777\par}{\footer\pard 99777{\field{\*\fldinst PAGE}{\fldrslt 99777}}\par}",
    "\r\n",
);

pub(super) fn render(printed: &Printed, form: RtfForm, random: &mut Random) -> Vec<u8> {
    let mut body = Body { out: HEAD.as_bytes().to_vec(), form, random, depth: 0, heading: 0 };
    if form == RtfForm::Word {
        body.raw(r"\uc2 ");
    }
    if form == RtfForm::LayoutTable {
        body.raw(r"\trowd\trleft0\cellx9000 ");
        body.depth = 1;
    }
    for item in &printed.items {
        body.item(item);
    }
    if form == RtfForm::LayoutTable {
        body.end_cell();
        body.depth = 0;
        body.raw("\\trowd\\cellx9000\\row\\pard\\par\r\n");
    }
    body.raw("}\r\n\0");
    body.out
}

struct Body<'a> {
    out: Vec<u8>,
    form: RtfForm,
    random: &'a mut Random,
    /// Tables around what is written now.
    depth: usize,
    heading: usize,
}

impl Body<'_> {
    fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Title(text) | Item::Paragraph(text) => self.paragraph(text),
            Item::Heading(number, text) if self.form == RtfForm::AutoNumbered => {
                self.heading += 1;
                self.raw(r"{\listtext\pard\plain\f1 ");
                self.plain(number);
                self.raw(r"\tab}");
                self.paragraph(text);
            }
            Item::Heading(number, text) => self.paragraph(&format!("{number}{text}")),
            Item::Table(table) => {
                self.table(table);
                // Two tables in a row would be one to a word processor.
                self.begin();
                self.raw("\\par\r\n");
            }
        }
    }

    /// Properties of a paragraph.
    fn begin(&mut self) {
        self.raw(r"\pard\plain\ql ");
        if self.depth > 0 {
            self.raw(r"\intbl");
        }
        if self.depth > 1 {
            self.raw(&format!(r"\itap{}", self.depth));
        }
        self.raw(" ");
    }

    fn paragraph(&mut self, text: &str) {
        self.begin();
        self.text(text);
        self.raw("\\par\r\n");
    }

    /// The text as runs, with what the form hides between them.
    fn text(&mut self, text: &str) {
        match self.form {
            RtfForm::Word => {
                let mut part = String::new();
                for c in text.chars() {
                    part.push(c);
                    if self.random.chance(30) {
                        self.run(&std::mem::take(&mut part));
                        self.raw(r"{\*\bkmkstart _GoBack}{\*\bkmkend _GoBack}");
                    }
                }
                self.run(&part);
            }
            RtfForm::LibreOffice => {
                self.raw("{");
                self.plain(text);
                self.raw("}");
            }
            RtfForm::Fields if self.random.chance(40) => {
                self.raw(r#"{\field\flddirty{\*\fldinst{ FORMTEXT 99777{\*\formfield{\fftype0 99777}}}}{\fldrslt{"#);
                self.run(text);
                self.raw("}}}");
            }
            RtfForm::Tracked if self.random.chance(25) => {
                self.raw(r"{\deleted\revauthdel1 99777}{\revised\revauth1 ");
                self.run(text);
                self.raw(r"}\deleted 99777\deleted0 ");
            }
            RtfForm::Hidden => {
                if self.random.chance(25) {
                    self.raw(r"{\v 99777}");
                }
                self.raw(r"\v0 ");
                self.run(text);
            }
            _ => self.run(text),
        }
    }

    fn run(&mut self, text: &str) {
        match self.form {
            RtfForm::Word => self.raw(r"{\rtlch\fcs1 \af0 \ltrch\fcs0 \lang1033\loch\af0\hich\af0\dbch\f1 "),
            RtfForm::EightBit | RtfForm::Wps => self.raw(r"{\f1 "),
            _ => self.raw("{"),
        }
        self.plain(text);
        self.raw("}");
    }

    fn plain(&mut self, text: &str) {
        for c in text.chars() {
            self.character(c);
        }
    }

    fn character(&mut self, c: char) {
        match c {
            '\\' | '{' | '}' => return self.raw(&format!("\\{c}")),
            '\u{a0}' if self.random.chance(70) => return self.raw(r"\~"),
            '—' if self.random.chance(30) => return self.raw(r"\emdash "),
            '\t' => return self.raw(r"\tab "),
            ' '..='~' => return self.out.push(c as u8),
            _ => {}
        }
        let mut buffer = [0; 4];
        let (bytes, _, lost) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
        let bytes = (!lost && bytes.len() == 2).then(|| bytes.into_owned());
        match (self.form, bytes) {
            (RtfForm::Wps, Some(bytes)) => {
                self.hex(bytes[0]);
                match bytes[1] {
                    b'\\' | b'{' | b'}' => self.raw(&format!("\\{}", char::from(bytes[1]))),
                    0x40..=0x7e => self.out.push(bytes[1]),
                    byte => self.hex(byte),
                }
            }
            (RtfForm::EightBit, Some(bytes)) => {
                for byte in bytes {
                    if matches!(byte, b'\\' | b'{' | b'}') {
                        self.out.push(b'\\');
                    }
                    self.out.push(byte);
                }
            }
            (RtfForm::Word, Some(bytes)) => {
                self.units(c, "");
                bytes.into_iter().for_each(|byte| self.hex(byte));
            }
            (RtfForm::Word, None) => self.units(c, " ??"),
            (RtfForm::LibreOffice, _) => self.units(c, r"\'3f"),
            _ => self.units(c, "?"),
        }
    }

    fn hex(&mut self, byte: u8) {
        self.raw(&format!("\\'{byte:02x}"));
    }

    /// Units of UTF-16 as signed numbers, each with what stands for it.
    fn units(&mut self, c: char, substitute: &str) {
        for unit in c.encode_utf16(&mut [0; 2]) {
            self.raw(&format!("\\u{}{substitute}", unit.cast_signed()));
        }
    }

    fn end_cell(&mut self) {
        self.raw(if self.depth > 1 { r"\nestcell{\nonesttables\par 99777}" } else { r"\cell " });
    }

    fn table(&mut self, table: &Table) {
        self.depth += 1;
        for (row, slots) in table.rows.iter().zip(table.grid()) {
            let definition = self.definition(table, &slots);
            if self.depth == 1 {
                self.raw(&definition);
            }
            for slot in &slots {
                self.content(slot, table.cell(slot));
                if self.form == RtfForm::MergedByFlags {
                    for _ in 1..slot.span {
                        self.begin();
                        self.end_cell();
                    }
                }
            }
            self.end_row(&definition);
            if self.form == RtfForm::Tracked && self.random.chance(10) {
                self.deleted_row(row);
            }
        }
        self.depth -= 1;
    }

    fn definition(&mut self, table: &Table, slots: &[Slot]) -> String {
        let mut definition = String::from(r"\trowd\trgaph108\trleft0\trbrdrt\brdrs\brdrw10 ");
        let hair = if self.form == RtfForm::Word { 4 } else { 1 };
        // Cells follow each other: a row with a gap is a shorter row.
        let mut column = 0;
        for slot in slots {
            let cell = table.cell(slot);
            let vertical = match (cell.rows > 1, slot.first) {
                (false, _) => "",
                (true, true) => r"\clvmgf",
                (true, false) => r"\clvmrg",
            };
            if self.form == RtfForm::MergedByFlags && slot.span > 1 {
                for part in 0..slot.span {
                    let merged = if part == 0 { r"\clmgf" } else { r"\clmrg" };
                    definition.push_str(&format!(
                        "{vertical}{merged}\\clbrdrl\\brdrs\\cellx{}",
                        (column + part + 1) * 900
                    ));
                }
            } else {
                let edge = (column + slot.span) * 900 + self.random.below(hair);
                definition
                    .push_str(&format!("{vertical}\\clbrdrl\\brdrs\\clftsWidth3\\clwWidth900\\cellx{edge}"));
            }
            column += slot.span;
        }
        definition.push_str("\r\n");
        definition
    }

    fn end_row(&mut self, definition: &str) {
        if self.depth > 1 {
            self.raw(&format!(
                "\\pard\\intbl\\itap{}{{\\*\\nesttableprops{definition}\\nestrow}}{{\\nonesttables\\par}}",
                self.depth
            ));
        } else if self.form == RtfForm::LibreOffice {
            self.raw("\\row\\pard ");
        } else {
            self.raw(&format!("\\pard\\plain\\intbl{{{definition}\\row}}\r\n"));
        }
    }

    fn content(&mut self, slot: &Slot, cell: &Cell) {
        if !slot.first {
            self.begin();
            return self.end_cell();
        }
        let nested = self.form == RtfForm::Nested && self.random.chance(15);
        if nested {
            self.depth += 1;
            self.paragraphs(cell);
            self.end_row("\\trowd\\cellx900 ");
            self.depth -= 1;
            self.begin();
            return self.end_cell();
        }
        self.paragraphs(cell);
    }

    /// The cell's paragraphs, the last of which ends it.
    fn paragraphs(&mut self, cell: &Cell) {
        for (n, paragraph) in cell.paragraphs.iter().enumerate() {
            if n > 0 {
                self.raw("\\par\r\n");
            }
            self.begin();
            self.text(paragraph);
        }
        self.end_cell();
    }

    /// A row that was deleted and still stands in the file.
    fn deleted_row(&mut self, row: &Row) {
        let mut definition = String::from(r"\trowd");
        let mut edge = 0;
        for cell in &row.cells {
            self.begin();
            self.raw(r"{\deleted 99777}");
            self.end_cell();
            edge += cell.columns * 900;
            definition.push_str(&format!("\\cellx{edge}"));
        }
        if self.depth == 1 {
            self.raw(&format!("{{{definition}\\deleted\\row}}\r\n"));
        } else {
            self.raw(&format!("{{\\*\\nesttableprops{definition}\\deleted\\nestrow}}"));
        }
    }
}
