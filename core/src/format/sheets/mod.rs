//! What the readers of workbooks share: cells as they are shown, and the way from there to
//! paragraphs and tables.

mod flow;
mod number;

pub(crate) use flow::Flow;
pub(crate) use number::NumberFormat;

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::word::Raised;
use crate::error::Error;

/// Why it is not certain what a cell shows.
#[derive(Debug, Clone)]
pub(crate) enum Doubt {
    /// The stored text, and the format.
    Format(String, String),
    /// Its formula is to be computed before it is shown.
    Formula,
}

/// The text of a cell, which several cells may share.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    /// Without what its own runs strike out.
    text: SmolStr,
    /// What is left of it where the font of the cell strikes out.
    own: SmolStr,
    struck: bool,
}

impl Text {
    pub(crate) fn into_plain(self) -> String {
        self.text.into()
    }

    /// Bytes that it takes.
    pub(crate) fn len(&self) -> usize {
        self.text.len() + self.own.len()
    }
}

/// Runs of a text, which may have fonts of their own. The fields are those of [`Text`].
#[derive(Debug, Default)]
pub(crate) struct Runs {
    text: String,
    own: String,
    struck: bool,
}

impl Runs {
    /// Adds a run in the font of the cell.
    pub(crate) fn push_plain(&mut self, run: &str) {
        self.text.push_str(run);
    }

    /// Adds a run with a font of its own.
    pub(crate) fn push(&mut self, run: &str, struck: bool, raised: Raised) {
        if struck {
            self.struck |= !run.is_empty();
        } else {
            let run = raised.apply(run);
            self.text.push_str(&run);
            self.own.push_str(&run);
        }
    }

    pub(crate) fn finish(self) -> Text {
        Text { text: self.text.into(), own: self.own.into(), struck: self.struck }
    }
}

/// A cell as shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shown {
    pub(crate) text: SmolStr,
    pub(crate) bordered: bool,
    /// Whether something that it holds is not seen.
    pub(crate) hidden: bool,
    /// Why its value is not known, if so.
    pub(crate) doubt: Option<Box<Doubt>>,
}

#[derive(Debug, Default)]
pub(crate) struct SheetRow {
    pub(crate) hidden: bool,
    /// By column, in their order.
    pub(crate) cells: Vec<(u32, Shown)>,
}

impl SheetRow {
    /// Puts a cell into a column, and gives back the one that stood there.
    pub(crate) fn put(&mut self, column: u32, shown: Shown) -> Option<Shown> {
        match self.cells.binary_search_by_key(&column, |(own, _)| *own) {
            Ok(at) => self.cells.get_mut(at).map(|(_, before)| std::mem::replace(before, shown)),
            Err(at) => {
                // Many rows have one cell.
                if self.cells.is_empty() {
                    self.cells.reserve_exact(1);
                }
                self.cells.insert(at, (column, shown));
                None
            }
        }
    }
}

/// A range of cells; rows and columns from 1, the ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Range {
    pub(crate) top: u32,
    pub(crate) left: u32,
    pub(crate) bottom: u32,
    pub(crate) right: u32,
}

/// One sheet: its cells, by row and column from 1, merged ranges, and what is hidden.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) rows: BTreeMap<u32, SheetRow>,
    pub(crate) merges: Vec<Range>,
    /// First and last of hidden columns.
    pub(crate) hidden_columns: Vec<(u32, u32)>,
}

/// How a cell looks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Look {
    pub(crate) format: NumberFormat,
    /// The format as a message may name it.
    pub(crate) code: String,
    pub(crate) bordered: bool,
    /// Struck through by hand: what is struck out is no value.
    pub(crate) struck: bool,
}

impl Look {
    /// The general format, without lines.
    pub(crate) fn plain() -> Self {
        Self { format: NumberFormat::built_in(0), ..Self::default() }
    }

    pub(crate) fn blank(&self) -> Shown {
        Shown { bordered: self.bordered, ..Shown::default() }
    }

    pub(crate) fn text(&self, text: &str) -> Shown {
        if self.struck || self.format.hides_text() {
            self.left_out(text)
        } else {
            Shown { text: text.into(), ..self.blank() }
        }
    }

    pub(crate) fn rich(&self, text: &Text) -> Shown {
        if self.format.hides_text() {
            return self.left_out(&text.text);
        }
        let shown = if self.struck { &text.own } else { &text.text };
        let hidden = text.struck || shown.len() < text.text.len();
        Shown { hidden, text: shown.clone(), ..self.blank() }
    }

    /// The number stored as that text.
    pub(crate) fn number(&self, stored: String, from_1904: bool, zeros_hidden: bool) -> Shown {
        match self.format.show(&stored, from_1904, zeros_hidden) {
            Some(text) if text.is_empty() => self.left_out(&stored),
            Some(text) if self.struck => self.left_out(&text),
            Some(text) => Shown { text: text.into(), ..self.blank() },
            None => {
                let doubt = Doubt::Format(stored.clone(), self.code.clone());
                self.doubtful(&stored, doubt)
            }
        }
    }

    fn left_out(&self, text: &str) -> Shown {
        Shown { hidden: !text.is_empty(), ..self.blank() }
    }

    /// A cell whose value is not known: its text is no number, nor blank.
    pub(crate) fn doubtful(&self, value: &str, doubt: Doubt) -> Shown {
        let value = if self.format.hides() { "" } else { value };
        Shown { doubt: Some(Box::new(doubt)), ..self.text(&format!("{value}?")) }
    }
}

pub(crate) fn damaged(why: &str) -> Error {
    Error::input("damaged", format!("工作簿损坏：{why}"), format!("damaged workbook: {why}"))
}
