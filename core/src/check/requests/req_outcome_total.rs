//! REQ-OUTCOME-TOTAL: in each column, the outcomes add up to （七）总计.
//!
//! # What it checks
//!
//! In every column of the requests table, the rows of 三、本年度办理结果 from （一） to （六）
//! add up to （七）总计: 19 rows in the 2019 edition, 21 in that of 2021. Subtotals that
//! some reports print in the group rows are not added.
//!
//! # Why
//!
//! Each request that was dealt with has one outcome; one with several counts as 部分公开
//! only.
//!
//! # Example
//!
//! 自然人: 予以公开 3, 不予公开 3, 无法提供 1, all others 0, total 8: the outcomes add up to 7.
//!
//! # When it cannot tell
//!
//! A cell of the column is blank, bears a mark, is missing or unreadable.

use crate::check::Check;
use crate::template::edits::OUTCOME_TOTAL_2021;

pub(in crate::check) const CHECK: Check =
    Check::of_edit(&OUTCOME_TOTAL_2021, "办理结果各项之和等于总计", "outcomes add up to the outcome total");
