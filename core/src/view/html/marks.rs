//! What the findings say of single cells.

use std::collections::BTreeMap;

use crate::finding::{Finding, Severity, Suggestion};
use crate::view::findings::{Standing, explains, suspects};

/// Class in the style sheet, and sign: findings never differ by colour alone.
pub(super) const fn look(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Failed(std::cmp::Reverse(Severity::Error)) => ("error", "✕"),
        Standing::Failed(std::cmp::Reverse(Severity::Warning)) => ("warning", "▲"),
        Standing::Failed(std::cmp::Reverse(Severity::Info)) => ("info", "●"),
        Standing::Unknown => ("unknown", "○"),
        Standing::Waived => ("settled", "✓"),
        Standing::Gone => ("settled", "–"),
    }
}

/// A finding as the page numbers it.
pub(super) struct Numbered<'a> {
    pub(super) finding: &'a Finding,
    pub(super) standing: Standing,
    pub(super) number: usize,
    /// Identifies its entry in the list.
    pub(super) anchor: String,
}

/// The gravest first, else in the order given.
pub(super) fn numbered(findings: &[Finding]) -> Vec<Numbered<'_>> {
    let mut list: Vec<(Standing, &Finding)> = findings.iter().map(|f| (Standing::of(f), f)).collect();
    list.sort_by_key(|(standing, _)| *standing);
    let number = |(number, (standing, finding)): (usize, (Standing, _))| {
        let finding: &Finding = finding;
        let anchor = format!("gongkai-{}-{number}", finding.fingerprint);
        Numbered { finding, standing, number, anchor }
    };
    (1..).zip(list).map(number).collect()
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
pub(super) fn by_cell<'a>(list: &[Numbered<'a>], findings: &'a [Finding]) -> BTreeMap<&'a str, Marks<'a>> {
    let mut cells: BTreeMap<&str, Marks<'_>> = BTreeMap::new();
    for (at, Numbered { finding, standing, .. }) in list.iter().enumerate() {
        // One blank leaves many sums undecided: their numbers would hide the others.
        let quiet = explains(finding) || *standing >= Standing::Unknown;
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
    for suggestion in suspects(findings) {
        cells.entry(&suggestion.fact).or_default().suspect.get_or_insert(suggestion);
    }
    cells
}
