//! What the readers of word processors' formats share: how text is seen, tables being
//! read, automatic numbers, and the findings about what was left out.

#[cfg(any(feature = "doc", feature = "rtf"))]
pub(crate) mod grid;
pub(crate) mod number_format;
mod numbering;
mod table;

pub(crate) use numbering::{Abstract, Instance, LEVELS, Level, Numbering, Printed};
#[cfg(feature = "odt")]
pub(crate) use table::columns;
#[cfg(any(feature = "doc", feature = "odt", feature = "rtf"))]
pub(crate) use table::note_covered;
pub(crate) use table::{CellProperties, Join, OpenCell, OpenTable, RowProperties};

use crate::document::{Block, Cell, Document};
use crate::finding::{Finding, Findings, Severity};
use crate::location::Location;

/// Text set above or below the line.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Raised {
    #[default]
    No,
    Super,
    Sub,
}

impl Raised {
    /// Raised digits become characters of their own, lest 12 and note 1 become 121.
    pub(crate) fn apply(self, text: &str) -> String {
        let alphabet = match self {
            Self::No => return text.to_owned(),
            Self::Super => "⁰¹²³⁴⁵⁶⁷⁸⁹",
            Self::Sub => "₀₁₂₃₄₅₆₇₈₉",
        };
        let value = |c: char| match c {
            '０'..='９' => Some(u32::from(c) - u32::from('０')),
            _ => c.to_digit(10),
        };
        let raise = |c: char| value(c).and_then(|d| alphabet.chars().nth(d as usize)).unwrap_or(c);
        text.chars().map(raise).collect()
    }
}

/// What a style is for. One that is named where one of another kind belongs says nothing.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StyleKind {
    Paragraph,
    Character,
    #[default]
    Other,
}

/// How the text of a run is seen.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Look {
    pub(crate) hidden: bool,
    /// Struck through by hand: what is struck out is no value, and must not join the digits
    /// beside it.
    pub(crate) struck: bool,
    pub(crate) raised: Raised,
}

impl Look {
    pub(crate) const PLAIN: Self = Self { hidden: false, struck: false, raised: Raised::No };

    /// Whether text of that look is left out.
    pub(crate) fn is_left_out(self) -> bool {
        self.hidden || self.struck
    }
}

/// Whether anything in the blocks would be seen.
pub(crate) fn has_text(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Paragraph(p) => !p.is_blank(),
        Block::Table(t) => t.cells.iter().any(|c: &Cell| has_text(&c.blocks)),
        Block::Picture(_) => false,
    })
}

pub(crate) fn is_empty(document: &Document) -> bool {
    document.blocks.iter().all(|b| matches!(b, Block::Paragraph(p) if p.is_blank()))
}

/// What is remembered for the findings about the whole document.
pub(crate) struct Notes<'c> {
    pub(crate) findings: &'c mut Findings,
    pub(crate) tracked: bool,
    hidden: Option<Location>,
}

impl<'c> Notes<'c> {
    pub(crate) fn new(findings: &'c mut Findings) -> Self {
        Self { findings, tracked: false, hidden: None }
    }

    /// Hidden text was left out here.
    pub(crate) fn hidden(&mut self, place: &Location) {
        if self.hidden.is_none() {
            self.hidden = Some(place.clone());
        }
    }

    pub(crate) fn warn(&mut self, code: &'static str, place: &Location, zh: &str, en: &str) {
        self.findings.push(Finding::new(code, Severity::Warning, zh, en).at(place));
    }

    /// The automatic number; a format that is not known leaves it out, and a finding says so.
    pub(crate) fn printed(&mut self, printed: Printed, place: &Location) -> Option<String> {
        match printed {
            Printed::Number(number) => Some(number),
            Printed::Nothing => None,
            Printed::UnknownFormat(name) => {
                let zh = format!("未知的自动编号格式{name}，编号未读入");
                let en = format!("unknown format of automatic numbers {name}; the number was left out");
                self.warn("DOC-NUMBER-FORMAT", place, &zh, &en);
                None
            }
        }
    }

    pub(crate) fn finish(self) {
        if let Some(place) = &self.hidden {
            let finding = Finding::new(
                "DOC-HIDDEN-TEXT",
                Severity::Info,
                "文档含有隐藏或划去的文字，未读入",
                "the document has hidden or struck text, which was left out",
            );
            self.findings.push(finding.at(place));
        }
        if self.tracked {
            self.findings.push(Finding::new(
                "DOC-TRACKED-CHANGES",
                Severity::Info,
                "文档含有修订痕迹，按全部接受读取",
                "the document has tracked changes; it was read as if all were accepted",
            ));
        }
    }
}
