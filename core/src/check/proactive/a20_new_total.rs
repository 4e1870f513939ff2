//! A20-NEW-TOTAL: what was newly disclosed is a part of all that is disclosed.
//!
//! # What it checks
//!
//! In the 2019 edition, for 规章 and 规范性文件: 本年新公开数量 is at most 对外公开总数量.
//!
//! # Why
//!
//! The total is what is public at the end of the year, this year's documents included.
//! Documents disclosed and withdrawn in the same year are a legitimate exception.
//!
//! # Example
//!
//! 规范性文件: newly disclosed 6, total 4.
//!
//! # When it cannot tell
//!
//! One of the two cells is blank, bears a mark, is missing or unreadable.

use crate::check::Check;
use crate::template::edits::NEW_TOTAL;

pub(in crate::check) const CHECK: Check = Check::of_edit(
    &NEW_TOTAL,
    "新公开数量不大于对外公开总数量",
    "newly disclosed is at most the total disclosed",
);
