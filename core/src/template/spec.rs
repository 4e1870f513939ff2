//! The words an edition of the form is written in. Data only; no algorithm lives here.

use crate::finding::Severity;
use crate::model::{Edition, Unit};

/// One edition of the form.
#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) edition: Edition,
    /// The notice that issued it.
    pub(crate) issued_by: &'static str,
    /// Blocks in printed order.
    pub(crate) blocks: &'static [&'static BlockSpec],
    /// Relations the form prints or defines.
    pub(crate) edits: &'static [&'static Edit],
}

/// A block: a header of columns over rows. A statutory table is one block or several.
#[derive(Debug)]
pub(crate) struct BlockSpec {
    /// `proactive`, `requests` or `review`.
    pub(crate) table: &'static str,
    /// The title row as printed; empty where there is none.
    pub(crate) title: &'static str,
    /// Header words that name no column; the first stands above the labels of the rows.
    pub(crate) corner: &'static [&'static str],
    /// The header above all columns; empty where there is none.
    pub(crate) over_columns: &'static str,
    /// Other spellings of header groups seen in print, by the form's own.
    pub(crate) group_variants: &'static [(&'static str, &'static [&'static str])],
    /// Words in row labels that tell the edition, where all editions have the same
    /// columns; empty where the columns tell it.
    pub(crate) telling_rows: &'static [&'static str],
    pub(crate) columns: &'static [ColumnSpec],
    /// Rows, in groups so that editions can share them.
    pub(crate) rows: &'static [&'static [RowSpec]],
}

/// A column of a block.
#[derive(Debug)]
pub(crate) struct ColumnSpec {
    pub(crate) id: &'static str,
    /// Row id of the facts in this column, where the column names the row (section 4
    /// of the form prints its three rows side by side).
    pub(crate) row: Option<&'static str>,
    /// Header labels above the column's own, from the top.
    pub(crate) group: &'static [&'static str],
    pub(crate) label: &'static str,
    /// Other spellings seen in print.
    pub(crate) variants: &'static [&'static str],
    pub(crate) kind: Kind,
    /// The unit the form means, printed or not.
    pub(crate) unit: Option<Unit>,
    /// Whether it counts what there is at the year's end, not what came up in the year.
    pub(crate) stock: bool,
}

/// A row of a block.
#[derive(Debug)]
pub(crate) struct RowSpec {
    pub(crate) id: &'static str,
    /// Labels to the left of the row's own, from the left.
    pub(crate) group: &'static [&'static str],
    /// Empty for the one row of a block that prints none.
    pub(crate) label: &'static str,
    /// Other spellings seen in print.
    pub(crate) variants: &'static [&'static str],
    /// Reports print named rows of their own under this one.
    pub(crate) open: bool,
    /// Article of the Regulations the row rests on.
    pub(crate) clause: &'static str,
}

/// What a column's cells may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A count.
    Count,
    /// A signed change: 增 and 减 are signs here.
    Change,
    /// An amount of money.
    Money,
}

/// A relation between cells that the form prints or defines: an edit, in the words of
/// the UNECE glossary. It holds once for each line across its terms.
#[derive(Debug)]
pub(crate) struct Edit {
    /// Code of the check that tests it.
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    /// What it looks at (ESS validation levels): 1 the report, 2 its other years.
    pub(crate) level: u8,
    /// What it rests on.
    pub(crate) clause: &'static str,
    /// Placeholders: `{line}` what it holds in, `{lhs}`, `{rhs}`, `{diff}`, `{previous}`
    /// the year before, and each term by its id, with `before.` for the year before.
    pub(crate) message: Pattern,
    pub(crate) table: &'static str,
    pub(crate) axis: Axis,
    pub(crate) left: &'static [Term],
    pub(crate) relation: Relation,
    pub(crate) right: &'static [Term],
}

/// A message with placeholders, in both languages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pattern {
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
}

/// A cell in an [`Edit`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Term {
    /// Row or column id, as the edit's axis says.
    pub(crate) id: &'static str,
    pub(crate) negative: bool,
    /// From the report of the year before.
    pub(crate) before: bool,
}

pub(super) const fn plus(id: &'static str) -> Term {
    Term { id, negative: false, before: false }
}

pub(super) const fn minus(id: &'static str) -> Term {
    Term { id, negative: true, before: false }
}

pub(super) const fn before(id: &'static str) -> Term {
    Term { id, negative: false, before: true }
}

/// How the two sides of an [`Edit`] stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    Equal,
    AtMost,
    AtLeast,
}

/// What the terms of an [`Edit`] name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    /// Rows; the relation holds in each column.
    Rows,
    /// Columns; the relation holds in each row.
    Columns,
}
