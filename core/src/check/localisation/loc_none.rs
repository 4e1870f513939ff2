//! LOC-NONE: sums do not hold, and the cells to blame were not found.
//!
//! # What it checks
//!
//! Where sums of a table do not hold: whether the search for the cells came to an end.
//!
//! # Why
//!
//! The search is exact but bounded, so that it always ends and always alike. Beyond six to
//! eight wrong cells a table was more likely misread, or follows another edition of the
//! form, than mistyped.
//!
//! # Example
//!
//! Every sum of a table fails: at least nine cells are wrong; which ones was not found.
//!
//! # When it cannot tell
//!
//! It only says how many cells are wrong at least. A number of more than fifteen digits is
//! beyond the search as well.

use crate::check::results::Results;
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;

pub(in crate::check) const CHECK: Check = Check {
    code: "LOC-NONE",
    version: 1,
    severity: Severity::Warning,
    level: 1,
    title_zh: "差额未能定位",
    title_en: "the cells that explain the differences were not found",
    clause: "",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let mut found = false;
    for cause in subject.localisation().causes.iter().filter(|cause| cause.options.is_empty()) {
        found = true;
        let least = cause.least;
        let mut finding = if cause.complete {
            results.finding(
                "已确认的数据之间不能平衡：除非其中有误，改动其他单元格无济于事",
                "The cells that are trusted contradict each other: no change of others helps",
            )
        } else {
            results.finding(
                format!("至少{least}处有误，未能定位"),
                format!("At least {least} cells are wrong; not localised"),
            )
        };
        finding.group = Some(cause.name.clone());
        results.push(|| cause.name.clone(), finding.unknown(None));
    }
    if !found {
        results.pass(String::new);
    }
}
