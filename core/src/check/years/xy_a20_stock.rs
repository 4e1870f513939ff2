//! XY-A20-STOCK: documents in force follow from last year's.
//!
//! # What it checks
//!
//! In the 2021 edition, for 规章 and 行政规范性文件: last year's 现行有效件数 + 本年制发件数 -
//! 本年废止件数 = 现行有效件数.
//!
//! # Why
//!
//! Stock and flow. Documents that expire, or are classed anew, are legitimate exceptions.
//!
//! # Example
//!
//! 20 in force last year, 3 issued, 1 repealed, 25 in force.
//!
//! # When it cannot tell
//!
//! A cell is blank, bears a mark, is missing or unreadable; or last year's report follows
//! the 2019 edition, which does not count what is in force.

use crate::check::Check;
use crate::template::edits::STOCK;

pub(in crate::check) const CHECK: Check = Check::of_edit(
    &STOCK,
    "现行有效等于上年现行有效加制发减废止",
    "in force follows from last year, issued and repealed",
);
