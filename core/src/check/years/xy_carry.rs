//! XY-CARRY: what was carried forward last year is brought forward this year.
//!
//! # What it checks
//!
//! In each of the seven columns: 上年结转 of this report equals 结转下年度 of the report of
//! the year before, whatever the editions.
//!
//! # Why
//!
//! Both count the same requests. Merged or reorganised bodies, and corrected reports, are
//! legitimate exceptions: accept them by a waiver.
//!
//! # Example
//!
//! 2022 carries 3 forward, 2023 says that 2 were brought forward.
//!
//! # When it cannot tell
//!
//! One of the two cells is blank, bears a mark, is missing or unreadable, or the report of
//! the year before is not given.

use crate::check::Check;
use crate::template::edits::CARRY;

pub(in crate::check) const CHECK: Check = Check::of_edit(
    &CARRY,
    "上年结转等于上一年度的结转下年",
    "brought forward equals last year's carried forward",
);
