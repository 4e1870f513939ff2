//! STR-SECTION: the six sections are there.
//!
//! # What it checks
//!
//! The report has a section for each of the six parts of the form. Headings are
//! recognised by their words, whatever their numbers; a heading may name two parts.
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
//! Never: what is not printed is missing. A missing section is found while the document
//! is read, and the finding is passed on.

use crate::check::{Check, Run};
use crate::finding::Severity;

pub(in crate::check) const CHECK: Check = Check {
    code: "STR-SECTION",
    version: 1,
    severity: Severity::Warning,
    level: 0,
    title_zh: "六个部分齐全",
    title_en: "the six sections are there",
    clause: "《政府信息公开条例》第五十条",
    run: Run::Reading,
};
