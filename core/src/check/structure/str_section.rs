//! STR-SECTION: the six sections are there, in order.
//!
//! # What it checks
//!
//! The report has a section for each of the six parts of the form, in the form's order.
//! Headings are recognised by their words, whatever their numbers; a heading may name two
//! parts, and sections of other matters may stand between.
//!
//! # Why
//!
//! Article 50 of the Regulations lists what the report must contain.
//!
//! # Example
//!
//! No heading speaks of 复议 or 诉讼: section four is missing.
//!
//! # When it cannot tell
//!
//! Never: what is not printed is missing. Found while the document is read, and passed on.

use crate::check::{Check, Run};
use crate::finding::Severity;

pub(in crate::check) const CHECK: Check = Check {
    code: "STR-SECTION",
    version: 1,
    severity: Severity::Warning,
    level: 0,
    title_zh: "六个部分齐全且顺序一致",
    title_en: "the six sections are there, in order",
    clause: "《政府信息公开条例》第五十条",
    run: Run::Reading(|_| true),
};
