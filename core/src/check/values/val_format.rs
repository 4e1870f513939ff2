//! VAL-FORMAT: numbers are written in plain digits.
//!
//! # What it checks
//!
//! Cells hold ASCII digits, with a point in amounts of money: no full-width digits, no
//! separators, no sign before a count.
//!
//! # Why
//!
//! The number is clear to a person, and is read; other software may not read it.
//!
//! # Example
//!
//! `１２`, `1,234`.
//!
//! # When it cannot tell
//!
//! Never: text that is no number at all is `VAL-UNREADABLE`. Found while the document is
//! read, and passed on.

use crate::check::{Check, Run};
use crate::finding::Severity;

pub(in crate::check) const CHECK: Check = Check {
    code: "VAL-FORMAT",
    version: 1,
    severity: Severity::Info,
    level: 0,
    title_zh: "数字写法规范",
    title_en: "numbers are written in plain digits",
    clause: "",
    run: Run::Reading(|report| report.facts().len() > 0),
};
