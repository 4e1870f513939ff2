//! Findings: what is irregular in a document that still leaves a report.

use serde::{Deserialize, Serialize};

use crate::location::Location;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing; nothing is wrong with the numbers.
    Info,
    /// Irregular; a person should look.
    Warning,
    /// Something the form defines does not hold, or cells could not be read.
    Error,
}

impl Severity {
    /// The severity's stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Whether the finding's statement was found false, or could not be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Verdict {
    /// It does not hold.
    Failed,
    /// A blank or missing cell forbids an answer.
    Unknown,
}

/// A message in the two languages of the product.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Message {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A cell to look at, with the value that would mend it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Suggestion {
    /// Id of the fact.
    pub fact: String,
    /// The value proposed, as decimal text. It never enters the facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Why.
    pub reason: Message,
}

/// One irregularity, with its place and evidence.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Finding {
    /// Stable code from the check catalogue, for example `STR-ROW-LABEL`.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// Failed or unknown.
    pub verdict: Verdict,
    /// Ids of the facts concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
    /// Places concerned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Location>,
    /// What was expected, where the finding compares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What was found: the printed text, or the other number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
    /// Cells to look at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
    /// For people.
    pub message: Message,
    /// Identity that survives a re-run and unrelated changes.
    pub fingerprint: String,
}

impl Finding {
    pub(crate) fn new(
        code: &'static str,
        severity: Severity,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            code: code.to_owned(),
            severity,
            verdict: Verdict::Failed,
            facts: Vec::new(),
            locations: Vec::new(),
            expected: None,
            actual: None,
            suggestions: Vec::new(),
            message: Message { zh: zh.into(), en: en.into() },
            fingerprint: String::new(),
        }
    }

    pub(crate) fn at(mut self, location: &Location) -> Self {
        self.locations.push(location.clone());
        self
    }

    pub(crate) fn fact(mut self, id: impl Into<String>) -> Self {
        self.facts.push(id.into());
        self
    }

    pub(crate) fn facts(mut self, ids: impl IntoIterator<Item = String>) -> Self {
        self.facts.extend(ids);
        self
    }

    pub(crate) fn expected(mut self, text: impl Into<String>) -> Self {
        self.expected = Some(text.into());
        self
    }

    pub(crate) fn actual(mut self, text: impl Into<String>) -> Self {
        self.actual = Some(text.into());
        self
    }

    pub(crate) fn suggest(mut self, suggestion: Suggestion) -> Self {
        self.suggestions.push(suggestion);
        self
    }

    /// FNV-1a over what identifies the finding. Places are left out: they move with
    /// unrelated changes; the occurrence tells equal findings apart.
    fn identify(&mut self, occurrence: usize) {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut feed = |text: &str| {
            for byte in text.bytes().chain([0xff]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        };
        feed(&self.code);
        self.facts.iter().for_each(|id| feed(id));
        feed(self.expected.as_deref().unwrap_or_default());
        feed(self.actual.as_deref().unwrap_or_default());
        feed(&occurrence.to_string());
        self.fingerprint = format!("{hash:016x}");
    }
}

/// Collects findings while the stages run; the caller owns it, nothing is global.
#[derive(Debug)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    limit: usize,
    dropped: usize,
}

impl Findings {
    pub(crate) fn new(limit: u64) -> Self {
        Self { list: Vec::new(), limit: usize::try_from(limit).unwrap_or(usize::MAX), dropped: 0 }
    }

    pub(crate) fn push(&mut self, finding: Finding) {
        if self.list.len() < self.limit {
            self.list.push(finding);
        } else {
            self.dropped += 1;
        }
    }

    /// The findings in the order they were made, with their fingerprints.
    pub(crate) fn finish(mut self) -> Vec<Finding> {
        if self.dropped > 0 {
            let n = self.dropped;
            self.list.push(Finding::new(
                "DOC-FINDINGS-CUT",
                Severity::Warning,
                format!("另有{n}条提示未列出"),
                format!("{n} further findings are not listed"),
            ));
        }
        let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
        for finding in &mut self.list {
            finding.identify(0);
            let count = seen.entry(finding.fingerprint.clone()).or_default();
            if *count > 0 {
                finding.identify(*count);
            }
            *count += 1;
        }
        self.list
    }
}
