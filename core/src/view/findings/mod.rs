//! What was found in one or more reports: for people, as JSON, as SARIF, and as the
//! validation report of the European Statistical System. The views arrange, and never
//! compute.

mod cause;
mod ess;
mod json;
mod marks;
mod sarif;
mod text;

pub use ess::ess;
pub use json::{from_json, json};
pub(super) use marks::proposed;
pub use sarif::sarif;
pub use text::{summary, text};

use crate::check::Outcome;
use crate::finding::{Baseline, Finding, Message, Severity, Suggestion, Verdict};
use crate::location::Location;
use crate::model::Report;

/// Version of the JSON form of findings. It grows when a field changes its meaning or
/// goes away.
pub const SCHEMA_VERSION: u32 = 1;

/// A report with what was found in it.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    /// The report's file, as the caller names it.
    pub source: &'a str,
    /// The report.
    pub report: &'a Report,
    /// What was found. Those that are gone since an earlier run may stand among them.
    pub findings: &'a [Finding],
    /// Every answer of the checks; only [`ess`] needs them.
    pub outcomes: &'a [Outcome],
}

/// The language of what is written for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Language {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The language's name: `zh` or `en`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    fn of(self, message: &Message) -> &str {
        self.pick(&message.zh, &message.en)
    }

    fn severity(self, severity: Severity) -> &'static str {
        match (self, severity) {
            (Self::Zh, Severity::Error) => "错误",
            (Self::Zh, Severity::Warning) => "警告",
            (Self::Zh, Severity::Info) => "提示",
            (Self::En, severity) => severity.name(),
        }
    }

    /// A place as people say it: the line, where the carrier has lines.
    pub fn place(self, location: &Location) -> String {
        let is_text = location.line.is_some();
        let shown = Location {
            block: location.block.filter(|_| !is_text),
            table: location.table.filter(|_| !is_text),
            row: location.row.filter(|_| !is_text),
            column: location.column.filter(|_| !is_text),
            ..location.clone()
        };
        if self == Self::En {
            return shown.to_string();
        }
        let counted = [
            (shown.page, "页"),
            (shown.line, "行"),
            (shown.block.filter(|_| shown.table.is_none()), "块"),
            (shown.table, "表"),
            (shown.row, "行"),
            (shown.column, "列"),
        ];
        let place: String =
            counted.iter().filter_map(|(n, unit)| n.map(|n| format!("第{n}{unit}"))).collect();
        if place.is_empty() { location.part.as_deref().unwrap_or("文档").to_owned() } else { place }
    }
}

/// The cells to mend, of the likeliest way to mend each group of differences.
pub(super) fn suspects(findings: &[Finding]) -> Vec<&Suggestion> {
    let causes = cause::Cause::all(findings);
    let open = causes.iter().filter(|cause| cause.standing < Standing::Waived);
    open.flat_map(cause::Cause::suspects).collect()
}

/// Whether the finding tells which cells are suspect, not what is wrong.
pub(super) fn explains(finding: &Finding) -> bool {
    cause::explains(finding)
}

/// Where a finding stands: what it weighs depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    Failed(std::cmp::Reverse<Severity>),
    Unknown,
    Waived,
    Gone,
}

impl Standing {
    pub(super) fn of(finding: &Finding) -> Self {
        if finding.baseline == Some(Baseline::Gone) {
            Self::Gone
        } else if finding.waiver.is_some() {
            Self::Waived
        } else if finding.verdict == Verdict::Failed {
            Self::Failed(std::cmp::Reverse(finding.severity))
        } else {
            Self::Unknown
        }
    }

    pub(super) fn name(self, language: Language) -> &'static str {
        match self {
            Self::Failed(severity) => language.severity(severity.0),
            Self::Unknown => language.pick("待定", "undecided"),
            Self::Waived => language.pick("已豁免", "waived"),
            Self::Gone => language.pick("已消除", "gone"),
        }
    }

    /// All, the gravest first.
    pub(super) const ALL: [Self; 6] = [
        Self::Failed(std::cmp::Reverse(Severity::Error)),
        Self::Failed(std::cmp::Reverse(Severity::Warning)),
        Self::Failed(std::cmp::Reverse(Severity::Info)),
        Self::Unknown,
        Self::Waived,
        Self::Gone,
    ];
}
