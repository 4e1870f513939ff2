//! What the readers of workbooks share: cells as they are shown, and the way from there to
//! paragraphs and tables.

mod flow;
mod number;

pub(crate) use flow::Flow;
pub(crate) use number::NumberFormat;

use std::collections::BTreeMap;

use crate::error::Error;

/// Why it is not certain what a cell shows.
#[derive(Debug, Clone)]
pub(crate) enum Doubt {
    /// The stored text, and the format.
    Format(String, String),
    /// Its formula is to be computed before it is shown.
    Formula,
}

/// A cell as shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shown {
    pub(crate) text: String,
    pub(crate) bordered: bool,
    /// Why its value is not known, if so.
    pub(crate) doubt: Option<Doubt>,
}

#[derive(Debug, Default)]
pub(crate) struct SheetRow {
    pub(crate) hidden: bool,
    pub(crate) cells: BTreeMap<u32, Shown>,
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
}

impl Look {
    /// The general format, without lines.
    pub(crate) fn plain() -> Self {
        Self { format: NumberFormat::built_in(0), ..Self::default() }
    }

    pub(crate) fn blank(&self) -> Shown {
        Shown { bordered: self.bordered, ..Shown::default() }
    }

    pub(crate) fn text(&self, text: String) -> Shown {
        Shown { text, ..self.blank() }
    }

    /// The number stored as that text.
    pub(crate) fn number(&self, stored: String, from_1904: bool) -> Shown {
        match self.format.show(&stored, from_1904) {
            Some(text) => self.text(text),
            None => {
                let doubt = Doubt::Format(stored.clone(), self.code.clone());
                self.doubtful(&stored, doubt)
            }
        }
    }

    /// A cell whose value is not known: its text is no number, nor blank.
    pub(crate) fn doubtful(&self, value: &str, doubt: Doubt) -> Shown {
        let value = if self.format.hides() { "" } else { value };
        Shown { doubt: Some(doubt), ..self.text(format!("{value}?")) }
    }
}

pub(crate) fn damaged(why: &str) -> Error {
    Error::input("damaged", format!("工作簿损坏：{why}"), format!("damaged workbook: {why}"))
}
