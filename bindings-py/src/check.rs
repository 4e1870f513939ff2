//! Checks and what is made of their findings. Options, evaluations and catalogue entries
//! are plain Python objects on the other side (`gongkai.checking`).

use gongkai::view::findings::{self, Language};
use gongkai::{CheckOptions, Severity, SeverityOverride};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateAccess, PyDict, PyTuple, PyType};

use crate::convert::tuple;
use crate::finding::{Finding, Message, Waiver};
use crate::guard;
use crate::record::record;
use crate::report::Report;

record! {
    /// A waiver for the finding of that fingerprint.
    WaivedFinding(gongkai::WaivedFinding), hash |this| (&this.fingerprint, &this.code, &this.waiver);

    /// Identity of the finding.
    #[getter]
    fn fingerprint(&self) -> &str {
        &self.0.fingerprint
    }

    /// Code of its check: for people who read the file.
    #[getter]
    fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Who, when, why.
    #[getter]
    fn waiver(&self) -> Waiver {
        Waiver(self.0.waiver.clone())
    }

    fn __repr__(&self) -> String {
        let code = self.0.code.as_deref().unwrap_or("?");
        format!("<gongkai.WaivedFinding {} {code}>", self.0.fingerprint)
    }
}

record! {
    /// The findings of one report, as a file of findings keeps them.
    ReportFindings(gongkai::ReportFindings), hash |this| (&this.source, &this.findings);

    /// The report's file, as the caller named it.
    #[getter]
    fn source(&self) -> &str {
        &self.0.source
    }

    /// The organ that reports.
    #[getter]
    fn agency(&self) -> Option<&str> {
        self.0.agency.as_deref()
    }

    /// The year reported on.
    #[getter]
    fn year(&self) -> Option<i32> {
        self.0.year
    }

    /// The edition of the form, where all blocks agree on one.
    #[getter]
    fn edition(&self) -> Option<String> {
        self.0.edition.map(|edition| edition.to_string())
    }

    /// What was found.
    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, &self.0.findings, Finding)
    }

    fn __repr__(&self) -> String {
        format!("<gongkai.ReportFindings {}: {} findings>", self.0.source, self.0.findings.len())
    }
}

/// Findings that a person accepted, as a file keeps them.
#[pyclass(frozen, eq, hash, module = "gongkai")]
#[derive(Clone, PartialEq)]
pub(crate) struct Waivers(gongkai::Waivers);

impl std::hash::Hash for Waivers {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.list.iter().for_each(|waived| (&waived.fingerprint, &waived.waiver).hash(state));
    }
}

#[pymethods]
impl Waivers {
    /// No waivers.
    #[new]
    fn new() -> Self {
        Self(gongkai::Waivers::default())
    }

    /// Reads the file's text.
    #[classmethod]
    fn from_json(cls: &Bound<'_, PyType>, json: &str) -> PyResult<Self> {
        guard::try_run(cls.py(), None, || gongkai::Waivers::from_json(json)).map(Self)
    }

    /// The file's text.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        guard::run(py, || self.0.to_json())
    }

    /// In the order of the file.
    #[getter]
    fn list<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, &self.0.list, WaivedFinding)
    }

    /// These waivers and one for the finding; one that it had is replaced.
    #[pyo3(signature = (finding, *, by, when, why))]
    fn waive(
        &self,
        py: Python<'_>,
        finding: &Bound<'_, Finding>,
        by: String,
        when: &Bound<'_, PyDate>,
        why: String,
    ) -> PyResult<Self> {
        let (year, month, day) = (when.get_year(), when.get_month(), when.get_day());
        let day = gongkai::Date::new(year, month, day)
            .ok_or_else(|| guard::caller_error(py, "waivers", "no such day", "没有这一天"))?;
        if by.trim().is_empty() || why.trim().is_empty() {
            let (en, zh) = ("by and why must not be empty", "须写明由谁、为何豁免");
            return Err(guard::caller_error(py, "waivers", en, zh));
        }
        let finding = &finding.get().0;
        let mut waivers = self.0.clone();
        waivers.list.retain(|other| other.fingerprint != finding.fingerprint);
        waivers.list.push(gongkai::WaivedFinding {
            fingerprint: finding.fingerprint.clone(),
            code: Some(finding.code.clone()),
            waiver: gongkai::Waiver { by, when: day, why },
        });
        Ok(Self(waivers))
    }

    /// Waivers that match none of the findings.
    fn unused(&self, findings: Vec<PyRef<'_, Finding>>) -> Vec<WaivedFinding> {
        let unused = self.0.unused(findings.iter().map(|finding| &finding.0));
        unused.into_iter().cloned().map(WaivedFinding).collect()
    }

    fn __len__(&self) -> usize {
        self.0.list.len()
    }

    fn __repr__(&self) -> String {
        format!("<gongkai.Waivers: {}>", self.0.list.len())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("from_json")?, (slf.get().to_json(slf.py())?,)))
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }
}

/// The library's options from keywords. What is not given keeps its default.
pub(crate) fn options(py: Python<'_>, given: Option<&Bound<'_, PyDict>>) -> PyResult<CheckOptions> {
    let mut options = CheckOptions::default();
    for (name, value) in given.into_iter().flatten() {
        let name: String = name.extract()?;
        let texts = || value.try_iter()?.map(|text| text?.extract()).collect::<PyResult<Vec<String>>>();
        match name.as_str() {
            "severities" => options.severities = severities(py, &value)?,
            "waivers" => options.waivers = value.cast::<Waivers>()?.get().0.list.clone(),
            "trusted" => options.trusted = texts()?,
            "members" => options.members = texts()?,
            "jump" => options.jump = value.extract()?,
            "search_steps" => options.search_steps = value.extract()?,
            "alternatives" => options.alternatives = value.extract()?,
            "findings" => options.findings = value.extract()?,
            _ => return Err(PyTypeError::new_err(format!("there is no option {name:?}"))),
        }
    }
    Ok(options)
}

/// `{code: (severity, why)}`.
fn severities(py: Python<'_>, value: &Bound<'_, PyAny>) -> PyResult<Vec<SeverityOverride>> {
    let mut severities = Vec::new();
    for item in value.call_method0("items")?.try_iter()? {
        let (code, (severity, why)): (String, (String, String)) = item?.extract()?;
        if !gongkai::checks().iter().any(|check| check.code == code) {
            let (en, zh) = (format!("there is no check {code:?}"), format!("没有检查{code:?}"));
            return Err(guard::caller_error(py, "severities", &en, &zh));
        }
        let all = [Severity::Error, Severity::Warning, Severity::Info];
        let Some(severity) = all.into_iter().find(|s| s.name() == severity) else {
            let en = format!("expected error, warning or info, found {severity:?}");
            let zh = format!("应为 error、warning 或 info，实为{severity:?}");
            return Err(guard::caller_error(py, "severities", &en, &zh));
        };
        severities.push(SeverityOverride { code, severity, why });
    }
    Ok(severities)
}

fn wrapped(findings: Vec<gongkai::Finding>) -> Vec<Finding> {
    findings.into_iter().map(Finding).collect()
}

/// The fields of one [`gongkai::CheckInfo`], in the order of `gongkai.CheckInfo`.
type CheckFields = (&'static str, u32, &'static str, u8, Message, &'static str, Vec<String>);

/// The catalogue, as tuples.
#[pyfunction]
pub(crate) fn checks(py: Python<'_>) -> PyResult<Vec<CheckFields>> {
    let fields = |info: gongkai::CheckInfo| {
        let editions = info.editions.iter().map(ToString::to_string).collect();
        let title = Message(info.title);
        (info.code, info.version, info.severity.name(), info.level, title, info.clause, editions)
    };
    Ok(guard::run(py, gongkai::checks)?.into_iter().map(fields).collect())
}

/// The fields of one [`gongkai::Outcome`], in the order of `gongkai.Outcome`.
type OutcomeFields = (String, String, Option<bool>, Option<bool>, Option<usize>);

/// Findings and outcomes; with `reading`, what the reader found beside them.
#[pyfunction]
#[pyo3(signature = (report, reading, options))]
pub(crate) fn evaluate(
    py: Python<'_>,
    report: &Bound<'_, Report>,
    reading: bool,
    options: &Bound<'_, PyDict>,
) -> PyResult<(Vec<Finding>, Vec<OutcomeFields>)> {
    let options = self::options(py, Some(options))?;
    let report = &report.get().0;
    let evaluation = guard::run(py, || {
        let evaluation = gongkai::evaluate(report, &options);
        if reading { evaluation.with_reading(report, &options) } else { evaluation }
    })?;
    let fields = |outcome: gongkai::Outcome| {
        (outcome.code.to_owned(), outcome.instance, outcome.holds, outcome.as_zero, outcome.finding)
    };
    Ok((wrapped(evaluation.findings), evaluation.outcomes.into_iter().map(fields).collect()))
}

/// Checks the reports of one agency against each other.
#[pyfunction]
pub(crate) fn check_series(
    py: Python<'_>,
    reports: Vec<PyRef<'_, Report>>,
    options: &Bound<'_, PyDict>,
) -> PyResult<Vec<Finding>> {
    let options = self::options(py, Some(options))?;
    let reports: Vec<&gongkai::Report> = reports.iter().map(|report| &*report.0).collect();
    guard::run(py, || gongkai::check_series_with_options(&reports, &options)).map(wrapped)
}

/// Checks a report against those of its members.
#[pyfunction]
pub(crate) fn check_rollup(
    py: Python<'_>,
    parent: &Bound<'_, Report>,
    members: Vec<PyRef<'_, Report>>,
    options: &Bound<'_, PyDict>,
) -> PyResult<Vec<Finding>> {
    let options = self::options(py, Some(options))?;
    let parent = &parent.get().0;
    let members: Vec<&gongkai::Report> = members.iter().map(|report| &*report.0).collect();
    guard::run(py, || gongkai::check_rollup_with_options(parent, &members, &options)).map(wrapped)
}

/// The findings marked against an earlier run, and the earlier ones that are gone.
#[pyfunction]
pub(crate) fn compare(
    py: Python<'_>,
    source: &str,
    report: &Bound<'_, Report>,
    findings: Vec<PyRef<'_, Finding>>,
    earlier: Vec<PyRef<'_, ReportFindings>>,
) -> PyResult<(Vec<Finding>, Vec<Finding>)> {
    let report = &report.get().0;
    let mut marked: Vec<gongkai::Finding> = findings.iter().map(|finding| finding.0.clone()).collect();
    let earlier: Vec<gongkai::ReportFindings> = earlier.iter().map(|found| found.0.clone()).collect();
    let gone = guard::run(py, || gongkai::compare(source, report, &mut marked, &earlier))?;
    Ok((wrapped(marked), wrapped(gone)))
}

/// Reads back a file of findings.
#[pyfunction]
pub(crate) fn findings_from_json(py: Python<'_>, json: &str) -> PyResult<Vec<ReportFindings>> {
    let found = guard::try_run(py, None, || findings::from_json(json))?;
    Ok(found.into_iter().map(ReportFindings).collect())
}

/// A `gongkai.Checked`.
type CheckedFields<'py> = (String, PyRef<'py, Report>, Vec<PyRef<'py, Finding>>, Vec<OutcomeFields>);

/// The findings of a run in one of their forms, and the line that sums them up.
#[pyfunction]
pub(crate) fn findings_view(
    py: Python<'_>,
    checked: Vec<CheckedFields<'_>>,
    form: &str,
    lang: &str,
    time: Option<&str>,
) -> PyResult<String> {
    let Some(language) = Language::ALL.into_iter().find(|language| language.name() == lang) else {
        let (en, zh) = (format!("expected zh or en, found {lang:?}"), format!("应为 zh 或 en，实为{lang:?}"));
        return Err(guard::caller_error(py, "lang", &en, &zh));
    };
    let catalogue = gongkai::checks();
    let owned: Vec<_> = checked
        .iter()
        .map(|(source, report, findings, outcomes)| {
            let findings: Vec<gongkai::Finding> = findings.iter().map(|finding| finding.0.clone()).collect();
            // Only the library's own checks have outcomes.
            let outcomes: Vec<gongkai::Outcome> = outcomes
                .iter()
                .filter_map(|(code, instance, holds, as_zero, finding)| {
                    let code = catalogue.iter().find(|check| check.code == code)?.code;
                    let (instance, holds, as_zero) = (instance.clone(), *holds, *as_zero);
                    Some(gongkai::Outcome { code, instance, holds, as_zero, finding: *finding })
                })
                .collect();
            (source, &*report.0, findings, outcomes)
        })
        .collect();
    let checked: Vec<findings::Checked<'_>> = owned
        .iter()
        .map(|(source, report, findings, outcomes)| findings::Checked { source, report, findings, outcomes })
        .collect();
    match (form, time) {
        ("text", _) => guard::run(py, || findings::text(&checked, language)),
        ("summary", _) => guard::run(py, || findings::summary(&checked, language)),
        ("json", _) => guard::run(py, || findings::json(&checked)),
        ("sarif", _) => guard::run(py, || findings::sarif(&checked, language)),
        ("ess", Some(time)) => guard::run(py, || findings::ess(&checked, language, time)),
        ("ess", None) => {
            let (en, zh) = ("the form ess needs the time of the checks", "ess 格式须给出检查时间");
            Err(guard::caller_error(py, "time", en, zh))
        }
        _ => {
            let en = format!("expected text, json, sarif or ess, found {form:?}");
            let zh = format!("应为 text、json、sarif 或 ess，实为{form:?}");
            Err(guard::caller_error(py, "format", &en, &zh))
        }
    }
}
