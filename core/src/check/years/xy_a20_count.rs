//! XY-A20-COUNT: last year's items are those that last year's report leads to.
//!
//! # What it checks
//!
//! In the 2019 edition: 上一年项目数量 equals that of the report before plus its 本年增/减.
//!
//! # Why
//!
//! Stock and flow.
//!
//! # Example
//!
//! The report for 2019 says 12 items and a change of -2; that for 2020 says 12.
//!
//! # When it cannot tell
//!
//! A cell is blank, bears a mark, is missing or unreadable.

use crate::check::Check;
use crate::template::edits::PRIOR_ITEMS;

pub(in crate::check) const CHECK: Check = Check::of_edit(
    &PRIOR_ITEMS,
    "上一年项目数量等于上年报告推算数",
    "last year's items are those its report leads to",
);
