//! REQ-BALANCE: what came in equals what was dealt with and what is left.
//!
//! # What it checks
//!
//! In every column of the requests table: 本年新收 + 上年结转 = （七）总计 + 结转下年度.
//!
//! # Why
//!
//! The form prints it above the table: 第一项加第二项之和，等于第三项加第四项之和.
//!
//! # Example
//!
//! 自然人: received 7, brought forward 0, outcomes 6, carried forward 0: one is lost.
//!
//! # When it cannot tell
//!
//! One of the four cells is blank, bears a mark, is missing or unreadable.

use crate::check::Check;
use crate::template::edits::BALANCE;

pub(in crate::check) const CHECK: Check = Check::of_edit(
    &BALANCE,
    "新收加上年结转等于总计加结转下年",
    "received and brought forward equal outcomes and carried forward",
);
