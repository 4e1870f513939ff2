//! REQ-ROW-TOTAL: in each row, the applicant columns add up to the total.
//!
//! # What it checks
//!
//! In every row of the requests table, the six columns of applicants (自然人, and the five
//! kinds of 法人或其他组织) add up to 总计.
//!
//! # Why
//!
//! The form counts each request once, under one kind of applicant.
//!
//! # Example
//!
//! `（一）予以公开`: 3, 0, 0, 0, 0, 0, total 4: the columns add up to 3.
//!
//! # When it cannot tell
//!
//! A cell of the row is blank, bears a mark, is missing or unreadable.

use crate::check::Check;
use crate::template::edits::ROW_TOTAL;

pub(in crate::check) const CHECK: Check =
    Check::of_edit(&ROW_TOTAL, "各类申请人之和等于总计", "applicant columns add up to the total column");
