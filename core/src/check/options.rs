//! What a caller may set.

use serde::{Deserialize, Serialize};

use crate::finding::{Severity, Waiver};

/// How to check. `CheckOptions::default()` is the catalogue as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckOptions {
    /// Severities other than the catalogue's. Default: none.
    pub severities: Vec<SeverityOverride>,
    /// Findings that a person accepted. They stay listed, with their waiver. Default: none.
    pub waivers: Vec<WaivedFinding>,
    /// Ids of facts that are known to be right: never suspected. Default: none.
    pub trusted: Vec<String>,
    /// From one year to the next a cell may grow or shrink by this factor before
    /// `XY-JUMP` asks. Default: 10.
    pub jump: u32,
    /// Steps that the search for wrong cells may take in one table, so that its result is
    /// the same on every machine. Default: 20 000.
    pub search_steps: u32,
    /// Options listed where several sets of cells explain a table's differences.
    /// Default: 3.
    pub alternatives: u32,
    /// Names of the members that a roll-up must have a report of, as their reports print
    /// them. Default: those whose reports are given.
    pub members: Vec<String>,
    /// Findings kept; one more says how many were dropped. Default: 1 000.
    pub findings: u64,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self {
            severities: Vec::new(),
            waivers: Vec::new(),
            trusted: Vec::new(),
            jump: 10,
            search_steps: 20_000,
            alternatives: 3,
            members: Vec::new(),
            findings: 1_000,
        }
    }
}

/// Another severity for a check, with the reason that the findings will carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeverityOverride {
    /// Code of the check.
    pub code: String,
    /// Severity of its findings.
    pub severity: Severity,
    /// Why.
    pub why: String,
}

/// A waiver for the finding of that fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaivedFinding {
    /// Identity of the finding.
    pub fingerprint: String,
    /// Code of its check: for people who read the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Who, when, why.
    #[serde(flatten)]
    pub waiver: Waiver,
}
