//! `gongkai.Finding` and its parts.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::convert::tuple;
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

    fn __repr__(&self) -> String {
        format!("<gongkai.Finding {} {}: {}>", self.0.severity.name(), self.0.code, self.0.message.en)
    }
}
