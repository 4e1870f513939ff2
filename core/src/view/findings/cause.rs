//! Findings put together by their likely cause.

use crate::finding::{Finding, Suggestion, Verdict};

use super::Standing;

/// Findings with one likely cause or, where none is known, of one check.
pub(super) struct Cause<'a> {
    pub(super) standing: Standing,
    /// Whether a check names the cause.
    pub(super) named: bool,
    /// Those that explain the others first.
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
        causes.iter_mut().for_each(Self::sort);
        causes.sort_by_key(|cause| cause.standing);
        causes
    }

    /// The explanations first, the likeliest before the others; what blanks cannot excuse
    /// before what they can.
    fn sort(&mut self) {
        let likeliest = likeliest(&self.findings);
        self.findings.sort_by_key(|finding| {
            let first = likeliest.is_some_and(|likeliest| std::ptr::eq(likeliest, *finding));
            (!explains(finding), !first, finding.as_zero == Some(true))
        });
    }

    /// Findings that name suspect cells, and those that they explain.
    pub(super) fn parts(&self) -> (&[&'a Finding], &[&'a Finding]) {
        self.findings.split_at(self.findings.iter().take_while(|finding| explains(finding)).count())
    }

    /// The suspect cells. Several ways to mend a table exclude each other: only those of
    /// the likeliest.
    pub(super) fn suspects(&self) -> Vec<&'a Suggestion> {
        let (explaining, _) = self.parts();
        let likeliest = likeliest(&self.findings);
        let others = self.findings.iter().copied().filter(|finding| !is_option(finding));
        let implied = others.filter(|finding| likeliest.is_none() || explaining.contains(finding));
        likeliest.into_iter().chain(implied).flat_map(|finding| &finding.suggestions).collect()
    }
}

/// Whether the finding tells which cells are suspect.
pub(super) fn explains(finding: &Finding) -> bool {
    finding.code.starts_with("LOC-")
}

/// Whether it is one of several ways to mend a table.
fn is_option(finding: &Finding) -> bool {
    matches!(finding.code.as_str(), "LOC-CELLS" | "LOC-BLOCK")
}

/// The way to mend the table that the wrong sums themselves suggest; else the first.
fn likeliest<'a>(findings: &[&'a Finding]) -> Option<&'a Finding> {
    let hints = findings.iter().filter(|finding| !explains(finding)).flat_map(|f| &f.suggestions);
    let options = || findings.iter().copied().filter(|finding| is_option(finding));
    let same = |a: &Suggestion, b: &Suggestion| a.fact == b.fact && a.value == b.value;
    let fits =
        |option: &&Finding| hints.clone().all(|hint| option.suggestions.iter().any(|own| same(own, hint)));
    options().find(fits).or_else(|| options().next())
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
