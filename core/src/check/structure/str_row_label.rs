//! STR-ROW-LABEL: the rows are labelled as in the form.
//!
//! # What it checks
//!
//! Each row of the tables bears the form's label. White space, width and numbering of
//! labels do not count. Another spelling that is known to mean the row is for information
//! only.
//!
//! # Why
//!
//! A row with another label may mean something else. Values are taken from such a row
//! only where its label is near the form's and nearer to no other.
//!
//! # Example
//!
//! `行业事业性收费` for `行政事业性收费`.
//!
//! # When it cannot tell
//!
//! Never: labels too far from the form's make a row unknown (`STR-ROW-UNKNOWN`). Found
//! while the document is read, and passed on.

use crate::check::{Check, Run};
use crate::finding::Severity;

pub(in crate::check) const CHECK: Check = Check {
    code: "STR-ROW-LABEL",
    version: 1,
    severity: Severity::Warning,
    level: 0,
    title_zh: "行标题与格式一致",
    title_en: "the rows are labelled as in the form",
    clause: "政府信息公开工作年度报告格式",
    run: Run::Reading(|report| !report.editions().is_empty()),
};
