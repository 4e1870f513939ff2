//! Checks of a report, of one agency's years, and of a report against its members.
//!
//! A new check is one file in this folder and one line in [`checks!`]. Relations between
//! cells are data of the edition (`template/edits.rs`); a check of such a relation holds
//! only its manual.

mod baseline;
mod edits;
pub(crate) mod locate;
mod numbers;
mod options;
mod reading;
mod results;
mod rollup;
mod series;
mod sheet;
mod statements;
mod subject;
mod waivers;

pub use baseline::{ReportFindings, compare};
pub use options::{CheckOptions, SeverityOverride, WaivedFinding};
pub use results::{Evaluation, Outcome};
pub use waivers::Waivers;

use crate::finding::{Finding, Message, Severity};
use crate::model::{Edition, Report};
use crate::template::{Edit, TEMPLATES, Template};
use results::Results;
use rollup::Rollup;
pub use rollup::{check_rollup, check_rollup_with_options};
pub use series::{check_series, check_series_with_options};
use subject::Subject;

/// One check: what the catalogue says about it, and how it runs.
#[derive(Debug)]
pub(crate) struct Check {
    /// Stable; never used for another meaning.
    code: &'static str,
    /// Grows when the check's answers change.
    version: u32,
    severity: Severity,
    /// What it looks at (ESS validation levels): 0 structure and single values, 1 the
    /// report, 2 its other years, 3 other reports.
    level: u8,
    title_zh: &'static str,
    title_en: &'static str,
    /// What it rests on; empty where it is a matter of experience.
    clause: &'static str,
    run: Run,
}

/// How a check runs.
#[derive(Debug)]
enum Run {
    /// While the document is read: those findings of the report are passed on. The function
    /// says whether the report has what was looked at.
    Reading(fn(&Report) -> bool),
    /// By the edits of that code that the report's edition carries.
    Edits,
    /// Over one report.
    Report(fn(&Subject<'_>, &mut Results<'_>)),
    /// Over a report and that of the year before.
    Years(fn(&Subject<'_>, &Subject<'_>, &mut Results<'_>)),
    /// Over a report and those of its members.
    Rollup(fn(&Rollup<'_>, &mut Results<'_>)),
}

impl Check {
    /// Whether it compares a report with that of the year before.
    fn is_across_years(&self) -> bool {
        let across = |edit: &&&Edit| edit.code == self.code && edit.is_across_years();
        match self.run {
            Run::Years(_) => true,
            Run::Edits => TEMPLATES.iter().any(|template| template.edits.iter().any(|edit| across(&edit))),
            Run::Reading(_) | Run::Report(_) | Run::Rollup(_) => false,
        }
    }

    /// Whether the report's editions have what it looks at.
    fn concerns(&self, subject: &Subject<'_>) -> bool {
        let has = |template: &Template| template.edits.iter().any(|edit| edit.code == self.code);
        !matches!(self.run, Run::Edits) || subject.sheets.iter().any(|filled| has(filled.sheet.template))
    }

    /// A check whose statement is an edit of the edition.
    const fn of_edit(edit: &Edit, title_zh: &'static str, title_en: &'static str) -> Self {
        Self {
            code: edit.code,
            version: 1,
            severity: edit.severity,
            level: edit.level,
            title_zh,
            title_en,
            clause: edit.clause,
            run: Run::Edits,
        }
    }
}

/// The modules of the checks, and their order: the order of all findings.
macro_rules! checks {
    ($($group:ident { $($module:ident),+ $(,)? })+) => {
        $(mod $group {
            $(pub(super) mod $module;)+
        })+
        static CHECKS: &[&Check] = &[$($(&$group::$module::CHECK),+),+];
    };
}

checks! {
    structure { str_edition, str_edition_year, str_section, str_table_shape, str_row_label, str_year }
    values { val_missing, val_integer, val_negative, val_format }
    requests { req_row_total, req_outcome_total, req_balance, req_group, req_unclosed }
    review { rev_total, rev_no_request }
    localisation { loc_block, loc_cells, loc_none, loc_implied }
    proactive {
        a20_new_total, a20_change, a20_procure, a20_in_force, a20_power, a20_unit
    }
    years { xy_carry, xy_a20_stock, xy_a20_count, xy_a20_disclosed, xy_copy, xy_jump }
    narrative { nt_count, nt_none, nt_parts, nt_self, nt_year }
    members { ru_member, ru_omitted, ru_twice, ru_cell }
}

/// A check as the catalogue has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckInfo {
    /// Stable code.
    pub code: &'static str,
    /// Grows when the check's answers change.
    pub version: u32,
    /// Severity of its findings, unless an edition or the caller says otherwise.
    pub severity: Severity,
    /// What it looks at (ESS validation levels): 0 structure and single values, 1 the
    /// report, 2 its other years, 3 other reports.
    pub level: u8,
    /// What it states, in few words.
    pub title: Message,
    /// What it rests on; empty where it is a matter of experience.
    pub clause: &'static str,
    /// Editions whose reports it can look at.
    pub editions: Vec<Edition>,
}

/// Every check, in the order of their findings.
pub fn checks() -> Vec<CheckInfo> {
    let info = |check: &&Check| {
        let has = |edits: &[&Edit]| edits.iter().any(|edit| edit.code == check.code);
        let editions = TEMPLATES.iter().filter(|t| !matches!(check.run, Run::Edits) || has(t.edits));
        CheckInfo {
            code: check.code,
            version: check.version,
            severity: check.severity,
            level: check.level,
            title: Message { zh: check.title_zh.to_owned(), en: check.title_en.to_owned() },
            clause: check.clause,
            editions: editions.map(|template| template.edition).collect(),
        }
    };
    CHECKS.iter().map(info).collect()
}

/// Checks one report: structure, values, sums, the cells that explain wrong sums, and
/// the narrative against the tables. The report is never changed.
pub fn check(report: &Report, options: &CheckOptions) -> Vec<Finding> {
    run(report, options, false).findings
}

/// As [`check`], with every answer, those that all is well included.
pub fn evaluate(report: &Report, options: &CheckOptions) -> Evaluation {
    run(report, options, true)
}

fn run(report: &Report, options: &CheckOptions, outcomes: bool) -> Evaluation {
    let Some(first) = CHECKS.first() else { return Evaluation::default() };
    let subject = Subject::new(report, options);
    let mut results = Results::new(options, first, outcomes);
    for check in CHECKS {
        results.start(check);
        match check.run {
            Run::Reading(applies) => pass_on(check, applies(report), report, &mut results),
            Run::Edits => edits::evaluate(check.code, &subject, None, &mut results),
            Run::Report(run) => run(&subject, &mut results),
            Run::Years(_) | Run::Rollup(_) => {}
        }
    }
    results.finish(&[subject.key()])
}

/// Findings that the reader made.
fn pass_on(check: &Check, applies: bool, report: &Report, results: &mut Results<'_>) {
    let mut found = report.findings().iter().filter(|finding| finding.code == check.code).peekable();
    if applies && found.peek().is_none() {
        results.pass(String::new);
    }
    for finding in found {
        results.push(|| finding.facts.first().cloned().unwrap_or_default(), finding.clone());
    }
}
