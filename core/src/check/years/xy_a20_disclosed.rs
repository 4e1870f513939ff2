//! XY-A20-DISCLOSED: all that is disclosed follows from last year's.
//!
//! # What it checks
//!
//! In the 2019 edition, for 规章 and 规范性文件: last year's 对外公开总数量 + 本年新公开数量 =
//! 对外公开总数量.
//!
//! # Why
//!
//! Stock and flow. The form counts no withdrawals, so this only asks.
//!
//! # Example
//!
//! 24 last year, 6 newly disclosed, total 24.
//!
//! # When it cannot tell
//!
//! A cell is blank, bears a mark, is missing or unreadable.

use crate::check::Check;
use crate::template::edits::DISCLOSED;

pub(in crate::check) const CHECK: Check = Check::of_edit(
    &DISCLOSED,
    "对外公开总数量等于上年总数加新公开",
    "the total disclosed follows from last year's",
);
