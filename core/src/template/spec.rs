//! The words an edition of the form is written in. Data only; no algorithm lives here.

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
    pub(crate) edits: &'static [BalanceEdit],
}

/// A block: a header of columns over rows. A statutory table is one block or several.
#[derive(Debug)]
pub(crate) struct BlockSpec {
    /// `proactive`, `requests` or `review`.
    pub(crate) table: &'static str,
    /// The title row as printed; empty where there is none.
    pub(crate) title: &'static str,
    /// Header words that name no column.
    pub(crate) corner: &'static [&'static str],
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

/// A relation between cells: the sum of `left` equals the sum of `right`.
#[derive(Debug)]
pub(crate) struct BalanceEdit {
    /// Code of the check that tests it.
    pub(crate) code: &'static str,
    pub(crate) table: &'static str,
    pub(crate) axis: Axis,
    pub(crate) left: &'static [&'static str],
    pub(crate) right: &'static [&'static str],
}

/// What the terms of a [`BalanceEdit`] name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    /// Rows; the relation holds in each column.
    Rows,
    /// Columns; the relation holds in each row.
    Columns,
}
