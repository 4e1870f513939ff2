//! Findings: what is irregular in a document that still leaves a report.

use serde::{Deserialize, Serialize};

use crate::date::Date;
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

impl Verdict {
    /// The verdict's stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
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
    /// The least and the greatest value that would mend it, where several would; the
    /// second is absent where nothing bounds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<(String, Option<String>)>,
    /// Stable code of the likely slip, for example `TRANSPOSED_DIGITS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Why.
    pub reason: Message,
}

impl Suggestion {
    pub(crate) fn new(
        fact: impl Into<String>,
        value: impl Into<String>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            fact: fact.into(),
            value: Some(value.into()),
            range: None,
            code: None,
            reason: Message { zh: zh.into(), en: en.into() },
        }
    }
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
    /// Of several reports checked together, which one it concerns, counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<u32>,
    /// For an unknown verdict: whether the statement would hold if every blank and
    /// missing cell were zero. Absent where that does not decide it either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_zero: Option<bool>,
    /// The sentence it rests on, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Findings of one report with one likely cause bear the same name here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Who accepted it, when and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiver: Option<Waiver>,
    /// How it stands against an earlier run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline>,
    /// The severity of the catalogue, where the caller set another, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regraded: Option<Regrade>,
}

/// A severity that the caller changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Regrade {
    /// The severity of the catalogue.
    pub from: Severity,
    /// Why the caller changed it.
    pub why: String,
}

/// A person's decision that a finding may stand.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Who decided.
    pub by: String,
    /// The day, as `2024-01-31`.
    pub when: Date,
    /// Why.
    pub why: String,
}

/// How a finding stands against those of an earlier run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Baseline {
    /// It was not there.
    New,
    /// It was there already.
    Unchanged,
    /// It was there, and no longer is.
    Gone,
}

impl Baseline {
    /// The state's stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Unchanged => "unchanged",
            Self::Gone => "gone",
        }
    }
}

/// Which report a finding belongs to: a part of its identity, so that a waiver for one
/// report never touches another.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ReportKey<'a> {
    pub(crate) agency: &'a str,
    pub(crate) year: Option<i32>,
}

impl Finding {
    /// Whether it is an error that stands: what it states does not hold, nobody accepted
    /// it, and it is not gone since an earlier run.
    pub fn stands(&self) -> bool {
        self.severity == Severity::Error
            && self.verdict == Verdict::Failed
            && self.waiver.is_none()
            && self.baseline != Some(Baseline::Gone)
    }

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
            report: None,
            as_zero: None,
            quote: None,
            group: None,
            waiver: None,
            baseline: None,
            regraded: None,
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

    pub(crate) fn quote(mut self, text: impl Into<String>) -> Self {
        self.quote = Some(text.into());
        self
    }

    /// A blank or missing cell forbids an answer; `as_zero` is the answer if it were zero.
    pub(crate) fn unknown(mut self, as_zero: Option<bool>) -> Self {
        self.verdict = Verdict::Unknown;
        self.as_zero = as_zero;
        self
    }

    pub(crate) fn suggest(mut self, suggestion: Suggestion) -> Self {
        self.suggestions.push(suggestion);
        self
    }

    /// FNV-1a over what identifies the finding. Places are left out: they move with
    /// unrelated changes; the occurrence tells equal findings apart.
    fn identify(&mut self, key: ReportKey<'_>, occurrence: usize) {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut feed = |text: &str| {
            for byte in text.bytes().chain([0xff]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        };
        feed(key.agency);
        feed(&key.year.map(|year| year.to_string()).unwrap_or_default());
        feed(&self.code);
        self.facts.iter().for_each(|id| feed(id));
        feed(self.expected.as_deref().unwrap_or_default());
        feed(self.actual.as_deref().unwrap_or_default());
        feed(self.quote.as_deref().unwrap_or_default());
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
        self.place(finding);
    }

    /// Takes the finding, and says at which position; none if the limit is reached.
    pub(crate) fn place(&mut self, finding: Finding) -> Option<usize> {
        if self.list.len() < self.limit {
            self.list.push(finding);
            Some(self.list.len() - 1)
        } else {
            self.dropped += 1;
            None
        }
    }

    /// The findings in the order they were made, with their fingerprints. `keys` are those
    /// of the reports that [`Finding::report`] counts; a finding without it is of the first.
    pub(crate) fn finish(mut self, keys: &[ReportKey<'_>]) -> Vec<Finding> {
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
            let report = finding.report.and_then(|report| usize::try_from(report).ok()).unwrap_or(0);
            let key = keys.get(report).copied().unwrap_or_default();
            finding.identify(key, 0);
            let count = seen.entry(finding.fingerprint.clone()).or_default();
            if *count > 0 {
                finding.identify(key, *count);
            }
            *count += 1;
        }
        self.list
    }
}
