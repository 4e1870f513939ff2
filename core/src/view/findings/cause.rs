//! Findings put together by their likely cause.

use crate::finding::{Finding, Verdict};

use super::Standing;

/// Findings with one likely cause or, where none is known, of one check.
pub(super) struct Cause<'a> {
    pub(super) standing: Standing,
    /// Whether a check names the cause.
    pub(super) named: bool,
    /// Those that tell which cells are suspect first.
    pub(super) findings: Vec<&'a Finding>,
}

impl<'a> Cause<'a> {
    /// The gravest first; else in the order in which they were found.
    pub(super) fn all(findings: &'a [Finding]) -> Vec<Self> {
        let mut causes: Vec<(Key<'a>, Self)> = Vec::new();
        for finding in findings {
            let (key, standing) = (Key::of(finding), Standing::of(finding));
            match causes.iter_mut().find(|(other, _)| *other == key) {
                Some((_, cause)) => {
                    cause.standing = cause.standing.min(standing);
                    cause.findings.push(finding);
                }
                None => {
                    let named = matches!(key, Key::Group(..));
                    causes.push((key, Self { standing, named, findings: vec![finding] }));
                }
            }
        }
        let mut causes: Vec<Self> = causes.into_iter().map(|(_, cause)| cause).collect();
        for cause in &mut causes {
            // What blanks cannot excuse comes before what they can.
            cause.findings.sort_by_key(|f| (f.suggestions.is_empty(), f.as_zero == Some(true)));
        }
        causes.sort_by_key(|cause| cause.standing);
        causes
    }
}

#[derive(PartialEq)]
enum Key<'a> {
    /// What is waived or gone stands apart from what is not.
    Group(&'a str, bool, bool),
    Check(&'a str, Standing, Verdict),
}

impl<'a> Key<'a> {
    fn of(finding: &'a Finding) -> Self {
        let standing = Standing::of(finding);
        match &finding.group {
            Some(group) => Self::Group(group, standing == Standing::Waived, standing == Standing::Gone),
            None => Self::Check(&finding.code, standing, finding.verdict),
        }
    }
}
