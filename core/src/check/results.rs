//! What the checks answer.

use crate::finding::{Finding, Findings, ReportKey, Severity, Verdict};

use super::{Check, CheckOptions};

/// What one check says about one place: `holds` is absent where a blank or missing cell
/// forbids an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Code of the check.
    pub code: &'static str,
    /// The row, column, cell or table it looked at; empty for the report as a whole.
    pub instance: String,
    /// Whether the statement holds.
    pub holds: Option<bool>,
    /// Where it cannot be told: whether it would hold if blanks were zero.
    pub as_zero: Option<bool>,
    /// The finding that tells more, by its position among the findings.
    pub finding: Option<usize>,
}

/// Findings, and every answer beside them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evaluation {
    /// What failed or could not be decided.
    pub findings: Vec<Finding>,
    /// All answers, in the order of the checks.
    pub outcomes: Vec<Outcome>,
}

/// Collects the answers of the checks as they run.
#[derive(Debug)]
pub(crate) struct Results<'o> {
    pub(crate) options: &'o CheckOptions,
    check: &'static Check,
    report: Option<u32>,
    findings: Findings,
    /// Kept only on demand: most answers are that all is well.
    outcomes: Option<Vec<Outcome>>,
}

impl<'o> Results<'o> {
    pub(crate) fn new(options: &'o CheckOptions, check: &'static Check, outcomes: bool) -> Self {
        Self {
            options,
            check,
            report: None,
            findings: Findings::new(options.findings),
            outcomes: outcomes.then(Vec::new),
        }
    }

    /// What follows comes from this check.
    pub(crate) fn start(&mut self, check: &'static Check) {
        self.check = check;
    }

    /// What follows concerns this one of several reports.
    pub(crate) fn concerning(&mut self, report: usize) {
        self.report = u32::try_from(report).ok();
    }

    /// A finding of the running check, to be pushed.
    pub(crate) fn finding(&self, zh: impl Into<String>, en: impl Into<String>) -> Finding {
        self.finding_graded(self.check.severity, zh, en)
    }

    /// A finding of the running check with the severity that an edition gives it.
    pub(crate) fn finding_graded(
        &self,
        severity: Severity,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Finding {
        Finding::new(self.check.code, severity, zh, en)
    }

    /// The statement holds in this place.
    pub(crate) fn pass(&mut self, instance: impl FnOnce() -> String) {
        if let Some(outcomes) = &mut self.outcomes {
            outcomes.push(Outcome {
                code: self.check.code,
                instance: instance(),
                holds: Some(true),
                as_zero: None,
                finding: None,
            });
        }
    }

    /// It does not hold, or cannot be decided, as the finding says.
    pub(crate) fn push(&mut self, instance: impl FnOnce() -> String, mut finding: Finding) {
        finding.report = self.report;
        self.options.grade(&mut finding);
        let holds = (finding.verdict == Verdict::Failed).then_some(false);
        let as_zero = finding.as_zero;
        let position = self.findings.place(finding);
        if let Some(outcomes) = &mut self.outcomes {
            outcomes.push(Outcome {
                code: self.check.code,
                instance: instance(),
                holds,
                as_zero,
                finding: position,
            });
        }
    }

    /// `keys`: of the reports that were checked.
    pub(crate) fn finish(self, keys: &[ReportKey<'_>]) -> Evaluation {
        let mut findings = self.findings.finish(keys);
        findings.iter_mut().for_each(|finding| self.options.waive(finding));
        Evaluation { findings, outcomes: self.outcomes.unwrap_or_default() }
    }
}
