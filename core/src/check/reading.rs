//! The findings of the reader beside those of the checks.

use std::collections::BTreeSet;

use crate::finding::{Finding, Regrade};
use crate::model::Report;

use super::{CheckOptions, Evaluation};

impl Evaluation {
    /// Adds what the reader found and no check passed on, so that all that is known of the
    /// report stands in one list. Severities and waivers of the options hold for it too.
    pub fn with_reading(mut self, report: &Report, options: &CheckOptions) -> Self {
        let known: BTreeSet<String> = self.findings.iter().map(|f| f.fingerprint.clone()).collect();
        // At the end: outcomes name findings by their positions.
        for finding in report.findings().iter().filter(|f| !known.contains(&f.fingerprint)) {
            let mut finding = finding.clone();
            options.grade(&mut finding);
            options.waive(&mut finding);
            self.findings.push(finding);
        }
        self
    }
}

impl CheckOptions {
    /// Gives the finding the severity that the caller set for its check.
    pub(super) fn grade(&self, finding: &mut Finding) {
        if let Some(to) = self.severities.iter().find(|to| to.code == finding.code) {
            finding.regraded = Some(Regrade { from: finding.severity, why: to.why.clone() });
            finding.severity = to.severity;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::SeverityOverride;
    use crate::finding::Severity;

    #[test]
    fn severities_are_those_the_caller_set() {
        let info =
            SeverityOverride { code: "VAL-NOTE".into(), severity: Severity::Info, why: "known".into() };
        let options = CheckOptions { severities: vec![info], ..CheckOptions::default() };
        let graded = |code| {
            let mut finding = Finding::new(code, Severity::Error, "", "");
            options.grade(&mut finding);
            (finding.severity, finding.regraded.map(|regrade| regrade.from))
        };
        assert_eq!(graded("VAL-NOTE"), (Severity::Info, Some(Severity::Error)));
        assert_eq!(graded("VAL-UNIT"), (Severity::Error, None));
    }
}
