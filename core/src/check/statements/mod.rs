//! What the narrative states in numbers.
//!
//! Paragraphs are folded, cut into sentences, and split into words, numbers and marks. A
//! number whose words are all known, and name a cell or a sum of cells, is a statement. One
//! word that is not known, and nothing is stated: silence is no finding.

mod growth;
mod lex;
mod lists;
mod meaning;
mod measure;
mod number;
#[cfg(test)]
mod property;
mod reader;
#[cfg(test)]
pub(crate) mod sample;
mod target;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use growth::Growth;
pub(crate) use lists::{Added, List, Share, is_share};
pub(crate) use number::Number;
pub(crate) use target::{Answer, Target};
pub(crate) use text::Quote;

use crate::model::Report;

/// Everything stated, in printed order.
#[derive(Debug, Default)]
pub(crate) struct Narrative<'a> {
    pub(crate) statements: Vec<Statement<'a>>,
    pub(crate) lists: Vec<List<'a>>,
    pub(crate) shares: Vec<Share<'a>>,
    pub(crate) growths: Vec<Growth<'a>>,
    /// Sentences that open the overview with another year than the report's.
    pub(crate) openings: Vec<(i32, Quote<'a>)>,
}

impl<'a> Narrative<'a> {
    pub(crate) fn of(report: &'a Report) -> Self {
        reader::read(report)
    }
}

/// A number that names what it counts.
#[derive(Debug)]
pub(crate) struct Statement<'a> {
    pub(crate) target: Target,
    pub(crate) number: Number,
    pub(crate) quote: Quote<'a>,
    /// Stated as 无, 未收到, 0.
    pub(crate) none: bool,
    /// It may count more or fewer bodies than the report's own.
    pub(crate) blurred: bool,
    /// The year its sentence names, where that is not the report's.
    pub(crate) year: Option<i32>,
}

/// A number and where it is stated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stated<'a> {
    pub(crate) number: Number,
    pub(crate) quote: Quote<'a>,
}
