//! `gongkai.Batch`: many reports at once.

use std::hash::{Hash, Hasher};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use gongkai_bindings::batch::{self, Content, Failure, Item, Packed, Progress, Settings, Source};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple, PyType};

use crate::guard;
use crate::limits::Limits;
use crate::location::Location;
use crate::report::{self, Report};
use crate::table::{Origin, Table, named};

/// Reports of many sources, in the order of the sources. A source that gave none is in
/// `errors`.
#[pyclass(frozen, eq, hash, module = "gongkai")]
#[derive(PartialEq)]
pub(crate) struct Batch(pub(crate) Arc<batch::Batch>);

impl Hash for Batch {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for item in &self.0.items {
            item.source.hash(state);
            item.outcome.as_ref().ok().map(Packed::facts).hash(state);
        }
    }
}

impl Batch {
    /// A report alone, checked.
    pub(crate) fn of_report(py: Python<'_>, report: &gongkai::Report) -> PyResult<Self> {
        let packed = guard::run(py, || {
            let findings = gongkai::check(report, &gongkai::CheckOptions::default());
            Packed::new(report, &findings)
        })?;
        let item = Item { source: String::new(), outcome: Ok(packed) };
        Ok(Self(Arc::new(batch::Batch { items: vec![item] })))
    }

    fn table(&self, table: gongkai::view::tables::Table) -> Table {
        Table { table, origin: Origin::Batch(Arc::clone(&self.0)) }
    }
}

#[pymethods]
impl Batch {
    /// The facts of all reports.
    #[getter]
    fn facts(&self) -> Table {
        self.table(gongkai::view::tables::Table::Facts)
    }

    /// The findings of all reports.
    #[getter]
    fn findings(&self) -> Table {
        self.table(gongkai::view::tables::Table::Findings)
    }

    /// The table of that name; see `gongkai.Table`.
    #[pyo3(name = "table")]
    fn table_named(&self, py: Python<'_>, name: &str) -> PyResult<Table> {
        Ok(self.table(named(py, name)?))
    }

    /// The names of the sources.
    #[getter]
    fn sources<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.items.iter().map(|item| item.source.as_str()))
    }

    /// The reports that could be read.
    #[getter]
    fn reports(slf: Py<Self>) -> Reports {
        let own = slf.get();
        let of = own.0.items.iter().enumerate().filter(|(_, item)| item.outcome.is_ok());
        Reports { batch: Arc::clone(&own.0), positions: of.map(|(at, _)| at).collect() }
    }

    /// What went wrong, one exception for each source without a report.
    #[getter]
    fn errors<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let failed = self.0.items.iter().filter_map(|item| Some((item, item.outcome.as_ref().err()?)));
        let errors: Vec<PyErr> = failed.map(|(item, failure)| exception(py, &item.source, failure)).collect();
        PyTuple::new(py, errors.into_iter().map(|error| error.into_value(py)))
    }

    fn __len__(&self) -> usize {
        self.0.items.len()
    }

    /// One record a source: what it says, how many findings, or why it could not be read.
    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        const FIELDS: &[&str] =
            &["source", "agency", "year", "edition", "errors", "warnings", "unknown", "error"];
        const SHOWN: usize = 30;
        let rows = guard::run(py, || self.0.some(gongkai::view::tables::Table::Reports, SHOWN))?
            .map_err(|text| guard::caller_error(py, "packed", &text, "数据损坏"))?;
        Ok(gongkai::view::html_records(&rows, FIELDS, SHOWN, self.__len__()))
    }

    fn __repr__(&self) -> String {
        let failed = self.0.items.iter().filter(|item| item.outcome.is_err()).count();
        format!("<gongkai.Batch: {} reports, {failed} errors>", self.0.items.len() - failed)
    }

    /// Writes a workbook: the reports, the panel, the findings, and for each report a sheet
    /// of the statutory tables as the form lays them out. `forms` says whether those sheets
    /// are wanted; by default, where there are at most a hundred reports.
    #[pyo3(signature = (path, *, forms = None))]
    fn to_excel(slf: &Bound<'_, Self>, path: &Bound<'_, PyAny>, forms: Option<bool>) -> PyResult<()> {
        slf.py().import("gongkai.export")?.call_method1("write_workbook", (slf, path, forms))?;
        Ok(())
    }

    /// The reports by agency and year, with what is missing and what does not fit from one
    /// year to the next. `key` names the agency of a source and its report, where the printed
    /// name is not enough.
    #[pyo3(signature = (*, key = None))]
    fn panel<'py>(slf: &Bound<'py, Self>, key: Option<&Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("gongkai.panel")?.getattr("Panel")?.call1((slf, key))
    }

    /// What a pickle holds of each source.
    fn _state<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let items = self.0.items.iter().map(|item| state(py, item)).collect::<PyResult<Vec<_>>>()?;
        PyTuple::new(py, items)
    }

    #[classmethod]
    fn _from_state(cls: &Bound<'_, PyType>, items: Vec<ItemState>) -> PyResult<Self> {
        let items = items.into_iter().map(|item| item.restore(cls.py())).collect::<PyResult<Vec<_>>>()?;
        Ok(Self(Arc::new(batch::Batch { items })))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyTuple>,))> {
        Ok((slf.get_type().getattr("_from_state")?, (slf.get()._state(slf.py())?,)))
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }
}

/// One source in a pickle: name, packed report and findings; or name, and the failure as
/// kind, code, message, Chinese message and place.
#[derive(FromPyObject)]
enum ItemState {
    Read(String, Vec<u8>, Vec<u8>),
    Failed(String, (String, String, String, String, Option<Py<Location>>)),
}

impl ItemState {
    fn restore(self, py: Python<'_>) -> PyResult<Item> {
        let wrong = |text: String| guard::caller_error(py, "pickle", &text, "不是有效的批次数据");
        Ok(match self {
            Self::Read(source, report, findings) => {
                let packed = Packed::from_bytes(&report, &findings).map_err(wrong)?;
                Item { source, outcome: Ok(packed) }
            }
            Self::Failed(source, (kind, code, message, message_zh, location)) => {
                let location = location.map(|place| Box::new(place.get().0.clone()));
                Item { source, outcome: Err(Failure { kind, code, message, message_zh, location }) }
            }
        })
    }
}

fn state<'py>(py: Python<'py>, item: &Item) -> PyResult<Bound<'py, PyAny>> {
    Ok(match &item.outcome {
        Ok(packed) => {
            let (report, findings) = packed.bytes();
            (&item.source, PyBytes::new(py, report), PyBytes::new(py, findings)).into_pyobject(py)?.into_any()
        }
        Err(f) => {
            let place = f.location.as_deref().cloned().map(Location);
            (&item.source, (&f.kind, &f.code, &f.message, &f.message_zh, place)).into_pyobject(py)?.into_any()
        }
    })
}

pub(crate) fn exception(py: Python<'_>, source: &str, failure: &Failure) -> PyErr {
    let place = failure.location.as_deref().cloned().map(Location);
    let Failure { kind, code, message, message_zh, .. } = failure;
    guard::exception(py, kind, code, message, message_zh, place, Some(source))
}

/// The reports of a batch, unpacked one by one.
#[pyclass(frozen, eq, hash, sequence, module = "gongkai")]
#[derive(PartialEq)]
pub(crate) struct Reports {
    batch: Arc<batch::Batch>,
    positions: Vec<usize>,
}

impl Hash for Reports {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Batch(Arc::clone(&self.batch)).hash(state);
    }
}

#[pymethods]
impl Reports {
    fn __len__(&self) -> usize {
        self.positions.len()
    }

    fn __getitem__(&self, py: Python<'_>, index: isize) -> PyResult<Report> {
        let index = match usize::try_from(index) {
            Ok(index) => Some(index),
            Err(_) => self.positions.len().checked_sub(index.unsigned_abs()),
        };
        let at = index.and_then(|index| self.positions.get(index));
        let packed = at.and_then(|&at| self.batch.items.get(at)).and_then(|item| item.outcome.as_ref().ok());
        let packed = packed.ok_or_else(|| PyIndexError::new_err("report index out of range"))?;
        let report = guard::run(py, || packed.report())?
            .map_err(|text| guard::caller_error(py, "packed", &text, "数据损坏"))?;
        Ok(Report(Arc::new(report)))
    }

    fn __iter__(slf: Py<Self>) -> ReportIterator {
        ReportIterator { reports: slf, next: 0.into() }
    }

    fn __repr__(&self) -> String {
        format!("<gongkai.Reports: {}>", self.positions.len())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Batch, &'static str))> {
        Ok((py.import("builtins")?.getattr("getattr")?, (Batch(Arc::clone(&self.batch)), "reports")))
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }
}

/// Iterates over reports, unpacking each when it is asked for.
#[pyclass(frozen, module = "gongkai")]
pub(crate) struct ReportIterator {
    reports: Py<Reports>,
    next: std::sync::atomic::AtomicUsize,
}

#[pymethods]
impl ReportIterator {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Report>> {
        let next = self.next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let reports = self.reports.get();
        if next >= reports.positions.len() {
            return Ok(None);
        }
        reports.__getitem__(py, next.cast_signed()).map(Some)
    }
}

/// Reads many sources: pairs of a name and a path or bytes. `gongkai.read_many` is the
/// public form.
#[pyfunction]
#[pyo3(signature = (sources, *, jobs, format = None, encoding = None, limits = None, check = true, watch = None))]
#[expect(clippy::too_many_arguments, reason = "keywords of one call")]
pub(crate) fn read_sources(
    py: Python<'_>,
    sources: Vec<(String, PathOrBytes)>,
    jobs: usize,
    format: Option<&str>,
    encoding: Option<String>,
    limits: Option<&Bound<'_, Limits>>,
    check: bool,
    watch: Option<Py<PyAny>>,
) -> PyResult<Batch> {
    let settings = Settings {
        parse: report::options(py, format, encoding, limits, None)?,
        check: check.then(gongkai::CheckOptions::default),
        workers: NonZeroUsize::new(jobs).unwrap_or(NonZeroUsize::MIN),
    };
    let sources: Vec<Source> =
        sources.into_iter().map(|(name, content)| Source { name, content: content.into() }).collect();
    let mut stopped: Option<PyErr> = None;
    let mut look = |progress: Progress| {
        let heard = Python::attach(|py| {
            py.check_signals()?;
            match &watch {
                Some(watch) => watch.call1(py, (progress.done, progress.total, progress.failed)).map(|_| ()),
                None => Ok(()),
            }
        });
        match heard {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                stopped = Some(error);
                ControlFlow::Break(())
            }
        }
    };
    let batch = guard::run(py, || batch::Batch::read(&sources, &settings, &mut look))?;
    match (batch, stopped) {
        (_, Some(error)) => Err(error),
        (batch, None) => Ok(Batch(Arc::new(batch.unwrap_or_default()))),
    }
}

/// What Python gives as a source.
#[derive(FromPyObject)]
pub(crate) enum PathOrBytes {
    Bytes(Vec<u8>),
    Path(PathBuf),
}

impl From<PathOrBytes> for Content {
    fn from(given: PathOrBytes) -> Self {
        match given {
            PathOrBytes::Bytes(bytes) => Self::Bytes(bytes.into()),
            PathOrBytes::Path(path) => Self::Path(path),
        }
    }
}
