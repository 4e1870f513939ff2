//! STR-YEAR: the title and the period name the same year.
//!
//! # What it checks
//!
//! The year in the title is the year of the period that the report says its numbers
//! cover (`统计期限`).
//!
//! # Why
//!
//! A report made from last year's often keeps one of the two.
//!
//! # Example
//!
//! `2022年…年度报告`, and `统计期限自2021年1月1日起至2021年12月31日止`.
//!
//! # When it cannot tell
//!
//! Title or period name no year: nothing is said. Found while the document is read, and
//! passed on.

use crate::check::{Check, Run};
use crate::finding::Severity;

pub(in crate::check) const CHECK: Check = Check {
    code: "STR-YEAR",
    version: 1,
    severity: Severity::Warning,
    level: 0,
    title_zh: "标题年度与统计期限一致",
    title_en: "the title and the period name the same year",
    clause: "",
    run: Run::Reading(|report| report.title().is_some() && report.period().is_some()),
};
