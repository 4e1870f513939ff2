//! A20-IN-FORCE: what is in force covers what was issued and not repealed.
//!
//! # What it checks
//!
//! In the 2021 edition, for 规章 and 行政规范性文件: 现行有效件数 is at least 本年制发件数
//! less 本年废止件数.
//!
//! # Why
//!
//! A document issued this year is in force at its end unless it was repealed. Documents
//! of short validity are a legitimate exception.
//!
//! # Example
//!
//! 行政规范性文件: issued 5, repealed 1, in force 3.
//!
//! # When it cannot tell
//!
//! One of the three cells is blank, bears a mark, is missing or unreadable.

use crate::check::Check;
use crate::template::edits::IN_FORCE;

pub(in crate::check) const CHECK: Check =
    Check::of_edit(&IN_FORCE, "现行有效不小于制发减废止", "in force is at least issued less repealed");
