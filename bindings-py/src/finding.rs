//! `gongkai.Finding` and its parts.

use pyo3::prelude::*;
use pyo3::types::{PyDate, PyTuple};

use crate::convert::{date, tuple};
use crate::location::Location;
use crate::record::record;

record! {
    /// A message in Chinese and English.
    Message(gongkai::Message), hash |this| this;

    /// Chinese.
    #[getter]
    fn zh(&self) -> &str {
        &self.0.zh
    }

    /// English.
    #[getter]
    fn en(&self) -> &str {
        &self.0.en
    }

    fn __str__(&self) -> &str {
        &self.0.en
    }

    fn __repr__(&self) -> String {
        format!("<gongkai.Message {}>", self.0.en)
    }
}

record! {
    /// A cell to look at, with the value that would mend it.
    Suggestion(gongkai::Suggestion), hash |this| this;

    /// Id of the fact.
    #[getter]
    fn fact(&self) -> &str {
        &self.0.fact
    }

    /// The value proposed, as decimal text. It never enters the facts.
    #[getter]
    fn value(&self) -> Option<&str> {
        self.0.value.as_deref()
    }

    /// The least and the greatest value that would mend it, where several would; the
    /// second is None where nothing bounds it.
    #[getter]
    fn range(&self) -> Option<(&str, Option<&str>)> {
        self.0.range.as_ref().map(|(least, greatest)| (least.as_str(), greatest.as_deref()))
    }

    /// Stable code of the likely slip, for example `TRANSPOSED_DIGITS`.
    #[getter]
    fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Why.
    #[getter]
    fn reason(&self) -> Message {
        Message(self.0.reason.clone())
    }

    fn __repr__(&self) -> String {
        format!("<gongkai.Suggestion {} → {}>", self.0.fact, self.0.value.as_deref().unwrap_or("?"))
    }
}

record! {
    /// A person's decision that a finding may stand.
    Waiver(gongkai::Waiver), hash |this| this;

    /// Who decided.
    #[getter]
    fn by(&self) -> &str {
        &self.0.by
    }

    /// The day.
    #[getter]
    fn when<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
        date(py, self.0.when)
    }

    /// Why.
    #[getter]
    fn why(&self) -> &str {
        &self.0.why
    }

    fn __repr__(&self) -> String {
        format!("<gongkai.Waiver by {} on {}: {}>", self.0.by, self.0.when, self.0.why)
    }
}

record! {
    /// A severity that the caller changed.
    Regrade(gongkai::Regrade), hash |this| this;

    /// The severity of the catalogue: `error`, `warning` or `info`.
    #[getter]
    fn severity(&self) -> &'static str {
        self.0.from.name()
    }

    /// Why the caller changed it.
    #[getter]
    fn why(&self) -> &str {
        &self.0.why
    }

    fn __repr__(&self) -> String {
        format!("<gongkai.Regrade from {}: {}>", self.0.from.name(), self.0.why)
    }
}

record! {
    /// One irregularity, with its place and evidence.
    Finding(gongkai::Finding), hash |this| this;

    /// Stable code, for example `STR-ROW-LABEL`.
    #[getter]
    fn code(&self) -> &str {
        &self.0.code
    }

    /// `error`, `warning` or `info`.
    #[getter]
    fn severity(&self) -> &'static str {
        self.0.severity.name()
    }

    /// `failed` or `unknown`.
    #[getter]
    fn verdict(&self) -> PyResult<&'static str> {
        match self.0.verdict {
            gongkai::Verdict::Failed => Ok("failed"),
            gongkai::Verdict::Unknown => Ok("unknown"),
            other => Err(pyo3::exceptions::PyNotImplementedError::new_err(format!("{other:?}"))),
        }
    }

    /// Ids of the facts concerned.
    #[getter]
    fn facts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.0.facts)
    }

    /// Places concerned.
    #[getter]
    fn locations<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, &self.0.locations, Location)
    }

    /// What was expected, where the finding compares.
    #[getter]
    fn expected(&self) -> Option<&str> {
        self.0.expected.as_deref()
    }

    /// What was found.
    #[getter]
    fn actual(&self) -> Option<&str> {
        self.0.actual.as_deref()
    }

    /// Cells to look at.
    #[getter]
    fn suggestions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, &self.0.suggestions, Suggestion)
    }

    /// For people.
    #[getter]
    fn message(&self) -> Message {
        Message(self.0.message.clone())
    }

    /// Identity that survives a re-run.
    #[getter]
    fn fingerprint(&self) -> &str {
        &self.0.fingerprint
    }

    /// Of several reports checked together, which one it concerns, counted from 0.
    #[getter]
    fn report(&self) -> Option<u32> {
        self.0.report
    }

    /// For an unknown verdict: whether the statement would hold if every blank and missing
    /// cell were zero. None where that does not decide it either.
    #[getter]
    fn as_zero(&self) -> Option<bool> {
        self.0.as_zero
    }

    /// The sentence it rests on, as printed.
    #[getter]
    fn quote(&self) -> Option<&str> {
        self.0.quote.as_deref()
    }

    /// Findings of one report with one likely cause bear the same name here.
    #[getter]
    fn group(&self) -> Option<&str> {
        self.0.group.as_deref()
    }

    /// Who accepted it, when and why.
    #[getter]
    fn waiver(&self) -> Option<Waiver> {
        self.0.waiver.clone().map(Waiver)
    }

    /// How it stands against an earlier run: `new`, `unchanged` or `gone`.
    #[getter]
    fn baseline(&self) -> Option<&'static str> {
        self.0.baseline.map(gongkai::Baseline::name)
    }

    /// Whether it is an error that stands: it failed, nobody accepted it, and it is not gone.
    #[getter]
    fn stands(&self) -> bool {
        self.0.stands()
    }

    /// The severity of the catalogue, where the caller set another.
    #[getter]
    fn regraded(&self) -> Option<Regrade> {
        self.0.regraded.clone().map(Regrade)
    }

    fn __repr__(&self) -> String {
        format!("<gongkai.Finding {} {}: {}>", self.0.severity.name(), self.0.code, self.0.message.en)
    }
}
