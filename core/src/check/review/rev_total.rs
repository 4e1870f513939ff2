//! REV-TOTAL: the four results of reviews and suits add up to their total.
//!
//! # What it checks
//!
//! 结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计, for 行政复议, 未经复议直接起诉 and
//! 复议后起诉.
//!
//! # Why
//!
//! A case is counted once, by its result at the end of the year.
//!
//! # Example
//!
//! 行政复议: 1, 0, 0, 1, total 3: the results add up to 2.
//!
//! # When it cannot tell
//!
//! A cell of the block is blank, bears a mark, is missing or unreadable.

use crate::check::Check;
use crate::template::edits::REVIEW_TOTAL;

pub(in crate::check) const CHECK: Check =
    Check::of_edit(&REVIEW_TOTAL, "四项结果之和等于总计", "the four results add up to the total");
