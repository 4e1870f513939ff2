//! What the findings say of single cells.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Baseline, Finding, Severity, Suggestion, Verdict};

/// How a finding is shown: never by colour alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    /// A person accepted it, or it is gone.
    Settled,
    Info,
    /// It could not be decided.
    Unknown,
    Warning,
    Error,
}

impl Grade {
    pub(super) fn of(finding: &Finding) -> Self {
        match (finding.verdict, finding.severity) {
            _ if finding.waiver.is_some() || finding.baseline == Some(Baseline::Gone) => Self::Settled,
            (Verdict::Unknown, _) => Self::Unknown,
            (Verdict::Failed, Severity::Error) => Self::Error,
            (Verdict::Failed, Severity::Warning) => Self::Warning,
            (Verdict::Failed, Severity::Info) => Self::Info,
        }
    }

    /// Name of its class in the style sheet.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::Info => "info",
            Self::Unknown => "unknown",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Settled => "✓",
            Self::Info => "●",
            Self::Unknown => "○",
            Self::Warning => "▲",
            Self::Error => "✕",
        }
    }

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Settled => "已了结",
            Self::Info => "提示",
            Self::Unknown => "无法判定",
            Self::Warning => "警告",
            Self::Error => "错误",
        }
    }
}

/// A finding as the page numbers it.
pub(super) struct Numbered<'a> {
    pub(super) finding: &'a Finding,
    pub(super) grade: Grade,
    pub(super) number: usize,
    /// Identifies its entry in the list.
    pub(super) anchor: String,
}

/// The gravest first, else in the order given.
pub(super) fn numbered(findings: &[Finding]) -> Vec<Numbered<'_>> {
    let mut list: Vec<(Grade, &Finding)> = findings.iter().map(|f| (Grade::of(f), f)).collect();
    list.sort_by_key(|(grade, _)| std::cmp::Reverse(*grade));
    let number = |(at, (grade, finding)): (usize, (Grade, _))| {
        let finding: &Finding = finding;
        let anchor = format!("gongkai-{}-{}", finding.fingerprint, at + 1);
        Numbered { finding, grade, number: at + 1, anchor }
    };
    list.into_iter().enumerate().map(number).collect()
}

/// What is to be shown at one cell.
#[derive(Default)]
pub(super) struct Marks<'a> {
    /// Positions in the numbered list.
    pub(super) findings: Vec<usize>,
    /// Those whose number is printed in the cell.
    pub(super) numbers: Vec<usize>,
    /// The value that would mend a failed sum.
    pub(super) suspect: Option<&'a Suggestion>,
}

/// A finding about more cells than this is numbered only at the last: the total of a sum.
const FEW: usize = 4;

/// The marks of each cell, by the id of its fact.
pub(super) fn by_cell<'a>(list: &[Numbered<'a>]) -> BTreeMap<&'a str, Marks<'a>> {
    let mut cells: BTreeMap<&str, Marks<'_>> = BTreeMap::new();
    for (at, Numbered { finding, grade, .. }) in list.iter().enumerate() {
        // One blank leaves many sums undecided: their numbers would hide the others.
        let quiet = proposes(finding) || matches!(grade, Grade::Unknown | Grade::Settled);
        for (place, id) in finding.facts.iter().enumerate() {
            let marks = cells.entry(id).or_default();
            // A finding may name a cell twice, once on each side of a sum.
            if marks.findings.last() != Some(&at) {
                marks.findings.push(at);
            }
            let tells = finding.facts.len() <= FEW || place + 1 == finding.facts.len();
            if tells && !quiet && marks.numbers.last() != Some(&at) {
                marks.numbers.push(at);
            }
        }
    }
    for suggestion in suspects(list) {
        cells.entry(&suggestion.fact).or_default().suspect.get_or_insert(suggestion);
    }
    cells
}

/// Whether the finding says which cells to mend, not what is wrong.
fn proposes(finding: &Finding) -> bool {
    finding.code.starts_with("LOC-")
}

/// The cells of the likeliest way to mend each group of differences: ways exclude each
/// other, and the likeliest stands first.
fn suspects<'a>(list: &[Numbered<'a>]) -> Vec<&'a Suggestion> {
    let mut groups = BTreeSet::new();
    let open = list.iter().filter(|item| item.grade != Grade::Settled).map(|item| item.finding);
    open.filter(|finding| proposes(finding) && !finding.suggestions.is_empty())
        .filter(|finding| finding.group.as_ref().is_none_or(|group| groups.insert(group)))
        .flat_map(|finding| &finding.suggestions)
        .collect()
}

/// The value that a suggestion proposes; nothing where it names none.
pub(super) fn proposed(suggestion: &Suggestion) -> String {
    match (&suggestion.value, &suggestion.range) {
        (Some(value), _) => value.clone(),
        (None, Some((least, Some(greatest)))) => format!("{least}～{greatest}"),
        (None, Some((least, None))) => format!("≥{least}"),
        (None, None) => String::new(),
    }
}
