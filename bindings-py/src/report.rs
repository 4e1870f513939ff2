//! `gongkai.Report`, its parts, and the functions of the module.

use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

use gongkai::{CheckOptions, Evaluation, Format, ParseOptions, view};
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDict, PyTuple, PyType};

use crate::batch::Batch;
use crate::convert::{date, tuple};
use crate::fact::{self, Fact, Facts};
use crate::finding::Finding;
use crate::guard;
use crate::limits::Limits;
use crate::location::Location;
use crate::record::record;
use crate::table::{self, Table};

record! {
    /// A paragraph of narrative.
    Text(gongkai::Text), hash |this| (&this.text, &this.location);

    /// The characters, white space at both ends removed.
    #[getter]
    fn text(&self) -> &str {
        &self.0.text
    }

    /// Where it stands.
    #[getter]
    fn location(&self) -> Location {
        Location(self.0.location.clone())
    }

    fn __str__(&self) -> &str {
        &self.0.text
    }

    fn __repr__(&self) -> String {
        format!("<gongkai.Text {}: {}>", self.0.location, self.0.text)
    }
}

record! {
    /// A section of the report.
    Section(gongkai::Section), hash |this| (&this.heading, &this.location);

    /// What the section is about, told by its heading's words.
    #[getter]
    fn roles<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, &self.0.roles, gongkai::Role::name)
    }

    /// The heading as printed, its number included.
    #[getter]
    fn heading(&self) -> &str {
        &self.0.heading
    }

    /// Where the heading stands.
    #[getter]
    fn location(&self) -> Location {
        Location(self.0.location.clone())
    }

    /// The narrative in order; tables are in the facts.
    #[getter]
    fn paragraphs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, &self.0.paragraphs, Text)
    }

    fn __repr__(&self) -> String {
        format!("<gongkai.Section {}>", self.0.heading)
    }
}

record! {
    /// Which edition of the form a block of the statutory tables follows.
    BlockEdition(gongkai::BlockEdition), hash |this| (&this.table, &this.block, &this.location);

    /// `proactive`, `requests` or `review`.
    #[getter]
    fn table(&self) -> &str {
        &self.0.table
    }

    /// The block as the form titles it; empty where a table is one block.
    #[getter]
    fn block(&self) -> &str {
        &self.0.block
    }

    /// The edition; None where nothing decides.
    #[getter]
    fn edition(&self) -> Option<String> {
        self.0.edition.map(|edition| edition.to_string())
    }

    /// The printed words that decided.
    #[getter]
    fn evidence(&self) -> &str {
        &self.0.evidence
    }

    /// Where they stand.
    #[getter]
    fn location(&self) -> Location {
        Location(self.0.location.clone())
    }

    fn __repr__(&self) -> String {
        let edition = self.0.edition.map_or_else(|| "?".to_owned(), |edition| edition.to_string());
        format!("<gongkai.BlockEdition {} {} {edition}>", self.0.table, self.0.block)
    }
}

record! {
    /// The period the numbers cover. A report may state only its end.
    Period(gongkai::Period), hash |this| this;

    /// First day.
    #[getter]
    fn start<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.0.start.map(|day| date(py, day)).transpose()
    }

    /// Last day.
    #[getter]
    fn end<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
        date(py, self.0.end)
    }

    fn __repr__(&self) -> String {
        let start = self.0.start.map(|day| day.to_string()).unwrap_or_default();
        format!("<gongkai.Period {start}..{}>", self.0.end)
    }
}

/// One report. What the document does not say is None, never guessed.
#[pyclass(frozen, eq, hash, module = "gongkai")]
#[derive(Clone, PartialEq)]
pub(crate) struct Report(pub(crate) Arc<gongkai::Report>);

impl Hash for Report {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.format().hash(state);
        self.0.year().hash(state);
        Facts(Arc::clone(&self.0)).hash(state);
    }
}

#[pymethods]
impl Report {
    /// The title as printed, lines joined.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.0.title().map(|title| title.value.as_str())
    }

    /// The organ that reports, as printed.
    #[getter]
    fn agency(&self) -> Option<&str> {
        self.0.agency().map(|agency| agency.name.as_str())
    }

    /// `province`, `prefecture`, `county` or `township`, where the name tells.
    #[getter]
    fn agency_level(&self) -> Option<&'static str> {
        self.0.agency().and_then(|agency| agency.level).map(gongkai::Level::name)
    }

    /// The year reported on.
    #[getter]
    fn year(&self) -> Option<i32> {
        self.0.year()
    }

    /// The edition of the form, where all blocks agree on one.
    #[getter]
    fn edition(&self) -> Option<String> {
        self.0.edition().map(|edition| edition.to_string())
    }

    /// The edition of each block, with its evidence.
    #[getter]
    fn editions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, self.0.editions(), BlockEdition)
    }

    /// The period the numbers cover.
    #[getter]
    fn period(&self) -> Option<Period> {
        self.0.period().map(|period| Period(period.value))
    }

    /// The date of publication, as the page around the report states it.
    #[getter]
    fn published<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.0.published().map(|day| date(py, day.value)).transpose()
    }

    /// The date under the report.
    #[getter]
    fn signed<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.0.signed().map(|day| date(py, day.value)).transpose()
    }

    /// The document number.
    #[getter]
    fn document_number(&self) -> Option<&str> {
        self.0.document_number().map(|number| number.value.as_str())
    }

    /// The carrier the report was read from, by its name: `docx`, `doc`, `html`, `pdf`, …
    #[getter]
    fn format(&self) -> &'static str {
        self.0.format().name()
    }

    /// The text encoding it was decoded from; None for carriers that are no text.
    #[getter]
    fn encoding(&self) -> Option<&str> {
        self.0.encoding()
    }

    /// Paragraphs before the first heading, the title left out.
    #[getter]
    fn preamble<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, self.0.preamble(), Text)
    }

    /// Sections in printed order.
    #[getter]
    fn sections<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, self.0.sections(), Section)
    }

    /// Signature and date lines under the report.
    #[getter]
    fn closing<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, self.0.closing(), Text)
    }

    /// What is irregular in the document.
    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, self.0.findings(), Finding)
    }

    /// All facts in the order of the form.
    #[getter]
    fn facts(&self) -> Facts {
        Facts(Arc::clone(&self.0))
    }

    /// The table of that name; see `gongkai.Table`. Its findings are the reader's own.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Table> {
        Ok(Table::of_report(table::named(py, name)?, &self.0))
    }

    /// Writes a workbook of the report: its statutory tables as the form lays them out, its
    /// record of the panel, and its findings, those of the checks included.
    fn to_excel(&self, py: Python<'_>, path: &Bound<'_, PyAny>) -> PyResult<()> {
        let batch = Bound::new(py, Batch::of_report(py, &self.0)?)?;
        batch.call_method1("to_excel", (path,))?;
        Ok(())
    }

    fn __getitem__(&self, id: &str) -> PyResult<Fact> {
        fact::by_id(&self.0, id)
    }

    fn __contains__(&self, id: &str) -> bool {
        self.0.fact(id).is_some()
    }

    /// The fact of that id, or the default.
    #[pyo3(signature = (id, default = None))]
    fn get<'py>(
        &self,
        py: Python<'py>,
        id: &str,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        fact::get(py, &self.0, id, default)
    }

    /// The report as JSON, following the committed schema.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        guard::run(py, || self.0.to_json())
    }

    /// Reads back what `to_json` wrote.
    #[classmethod]
    fn from_json(cls: &Bound<'_, PyType>, json: &str) -> PyResult<Self> {
        let report = guard::try_run(cls.py(), None, || gongkai::Report::from_json(json))?;
        Ok(Self(Arc::new(report)))
    }

    /// The JSON form as Python objects.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.getattr("loads")?.call1((self.to_json(py)?,))
    }

    /// What the checks find in the report. Options are those of `gongkai.CheckOptions`.
    #[pyo3(signature = (**options))]
    fn check(&self, py: Python<'_>, options: Option<&Bound<'_, PyDict>>) -> PyResult<Vec<Finding>> {
        let options = crate::check::options(py, options)?;
        let findings = guard::run(py, || gongkai::check(&self.0, &options))?;
        Ok(findings.into_iter().map(Finding).collect())
    }

    /// The report as a person reads it in a terminal.
    fn text(&self, py: Python<'_>) -> PyResult<String> {
        guard::run(py, || view::text(&self.0))
    }

    /// The report as the official form, as a whole page of HTML that needs nothing else, with
    /// findings marked on their cells: those of the reader and of `check()`, or those given.
    /// The page is also written to `path`, if one is given.
    #[pyo3(signature = (path = None, *, findings = None))]
    fn to_html(
        &self,
        py: Python<'_>,
        path: Option<PathBuf>,
        findings: Option<Vec<Bound<'_, Finding>>>,
    ) -> PyResult<String> {
        let given: Option<Vec<_>> = findings.map(|list| list.iter().map(|f| f.get().0.clone()).collect());
        let page = guard::run(py, || {
            let findings = given.unwrap_or_else(|| all_findings(&self.0));
            view::html_page(&self.0, &findings)
        })?;
        if let Some(path) = path {
            py.detach(|| std::fs::write(path, &page))?;
        }
        Ok(page)
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        guard::run(py, || view::html(&self.0, &all_findings(&self.0)))
    }

    /// All that is known of a cell: what is printed and where, what the form says of it, the
    /// findings that name it and the sums it stands in. KeyError if the document does not
    /// print the cell and no form has it.
    fn explain<'py>(slf: &Bound<'py, Self>, id: &str) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("gongkai.explain")?.call_method1("explain", (slf, id))
    }

    fn __repr__(&self) -> String {
        let year = self.0.year().map_or_else(|| "?".to_owned(), |year| year.to_string());
        format!(
            "<gongkai.Report {} {year} ({}): {} facts, {} findings>",
            self.agency().unwrap_or("?"),
            self.format(),
            self.0.facts().len(),
            self.0.findings().len(),
        )
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

/// The findings of the reader and of the checks.
fn all_findings(report: &gongkai::Report) -> Vec<gongkai::Finding> {
    let options = CheckOptions::default();
    let checked = Evaluation { findings: gongkai::check(report, &options), outcomes: Vec::new() };
    checked.with_reading(report, &options).findings
}

/// Edition, code of the check, and the ids on both sides.
type BalanceFields = (String, &'static str, Vec<String>, Vec<String>);

/// The sums of the forms, as tuples.
#[pyfunction]
pub(crate) fn balances(py: Python<'_>) -> PyResult<Vec<BalanceFields>> {
    let list = guard::run(py, gongkai::balances)?;
    Ok(list.into_iter().map(|b| (b.edition.to_string(), b.code, b.left, b.right)).collect())
}

/// Reads a report from bytes. `gongkai.read` is the public form.
#[pyfunction]
#[pyo3(signature = (data, *, format = None, encoding = None, limits = None, file_name = None, source = None))]
pub(crate) fn parse(
    py: Python<'_>,
    data: &[u8],
    format: Option<&str>,
    encoding: Option<String>,
    limits: Option<&Bound<'_, Limits>>,
    file_name: Option<String>,
    source: Option<&str>,
) -> PyResult<Report> {
    let options = options(py, format, encoding, limits, file_name)?;
    let report = guard::try_run(py, source, || gongkai::parse_with_options(data, &options))?;
    Ok(Report(Arc::new(report)))
}

pub(crate) fn options(
    py: Python<'_>,
    format: Option<&str>,
    encoding: Option<String>,
    limits: Option<&Bound<'_, Limits>>,
    file_name: Option<String>,
) -> PyResult<ParseOptions> {
    Ok(ParseOptions {
        format: format.map(|name| named(py, name)).transpose()?,
        encoding,
        file_name,
        limits: limits.map(|limits| limits.get().0.clone()).unwrap_or_default(),
    })
}

fn named(py: Python<'_>, name: &str) -> PyResult<Format> {
    Format::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = Format::all().map(Format::name).collect();
        let known = known.join(", ");
        let en = format!("expected a format of {known}, found {name:?}");
        guard::caller_error(py, "format", &en, &format!("格式应为 {known}，实为{name:?}"))
    })
}

/// The format of that name or file name extension, None where no reader knows it.
#[pyfunction]
pub(crate) fn format_named(name: &str) -> Option<&'static str> {
    Format::from_name(name).map(Format::name)
}

/// The file name extensions of all formats.
#[pyfunction]
pub(crate) fn extensions() -> Vec<&'static str> {
    Format::all().flat_map(Format::extensions).copied().collect()
}

/// The facts as CSV lines without header.
#[pyfunction]
pub(crate) fn csv_records(py: Python<'_>, report: &Bound<'_, Report>, source: &str) -> PyResult<String> {
    let report = &report.get().0;
    guard::run(py, || view::csv(report, source))
}

/// The facts as JSON Lines.
#[pyfunction]
pub(crate) fn jsonl_records(py: Python<'_>, report: &Bound<'_, Report>, source: &str) -> PyResult<String> {
    let report = &report.get().0;
    guard::run(py, || view::jsonl(report, source))
}

/// The fields of one [`gongkai::Indicator`], in the order of `gongkai.Indicator`.
type IndicatorFields = (
    String,
    &'static str,
    &'static str,
    &'static str,
    Vec<&'static str>,
    Vec<&'static str>,
    Option<&'static str>,
    &'static str,
);

/// Every cell of every edition of the form, as tuples.
#[pyfunction]
pub(crate) fn indicators(py: Python<'_>) -> PyResult<Vec<IndicatorFields>> {
    let list = guard::run(py, gongkai::indicators)?;
    Ok(list
        .into_iter()
        .map(|i| {
            (
                i.edition.to_string(),
                i.table,
                i.row,
                i.column,
                i.row_labels,
                i.column_labels,
                i.unit.map(gongkai::Unit::symbol),
                i.clause,
            )
        })
        .collect())
}
