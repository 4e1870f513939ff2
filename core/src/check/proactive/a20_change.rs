//! A20-CHANGE: a list does not lose more items than it had.
//!
//! # What it checks
//!
//! In the 2019 edition, for each row with 上一年项目数量 and 本年增/减: their sum is not
//! below zero. Rows that the report names itself are included.
//!
//! # Why
//!
//! The sum is the number of items at the end of the year.
//!
//! # Example
//!
//! 行政许可: 3 items last year, change -5.
//!
//! # When it cannot tell
//!
//! One of the two cells is blank, bears a mark, is missing or unreadable.

use crate::check::Check;
use crate::template::edits::CHANGE;

pub(in crate::check) const CHECK: Check =
    Check::of_edit(&CHANGE, "上年项目数加增减不为负", "last year's items plus the change are not negative");
