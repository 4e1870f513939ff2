//! `gongkai.Fact` and the table of them, `gongkai.Facts`.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use gongkai::view::tables;
use pyo3::exceptions::{PyIndexError, PyKeyError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyList, PySlice};

use crate::convert;
use crate::location::Location;
use crate::record::record;
use crate::report::Report;
use crate::table::{self, Table};

record! {
    /// One cell of a statutory table.
    Fact(gongkai::Fact), hash |this| (this.id(), &this.text, &this.location);

    /// `table.row.column`.
    #[getter]
    fn id(&self) -> String {
        self.0.id()
    }

    /// `proactive`, `requests` or `review`.
    #[getter]
    fn table(&self) -> &str {
        &self.0.table
    }

    /// Row, for example `denied.state_secret`.
    #[getter]
    fn row(&self) -> &str {
        &self.0.row
    }

    /// Column, for example `natural_person`.
    #[getter]
    fn column(&self) -> &str {
        &self.0.column
    }

    /// Edition of the block the cell stands in.
    #[getter]
    fn edition(&self) -> Option<String> {
        self.0.edition.map(|edition| edition.to_string())
    }

    /// The number exactly as printed; None unless the status is `reported`.
    #[getter]
    fn value<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0.value.map(|value| convert::decimal(py, value)).transpose()
    }

    /// The printed unit.
    #[getter]
    fn unit(&self) -> Option<&'static str> {
        self.0.unit.map(gongkai::Unit::symbol)
    }

    /// `reported`, `blank`, `not_applicable` or `unreadable`.
    #[getter]
    fn status(&self) -> &'static str {
        self.0.status.name()
    }

    /// The cell's own characters.
    #[getter]
    fn text(&self) -> &str {
        &self.0.text
    }

    /// Where the cell stands.
    #[getter]
    fn location(&self) -> Location {
        Location(self.0.location.clone())
    }

    /// The unit the form means, whatever is printed.
    #[getter]
    fn form_unit(&self) -> Option<&'static str> {
        self.0.form_unit().map(gongkai::Unit::symbol)
    }

    fn __repr__(&self) -> String {
        let shown = match (self.0.value, self.0.unit) {
            (Some(value), Some(unit)) => format!("= {value} {unit}"),
            (Some(value), None) => format!("= {value}"),
            (None, _) => self.0.status.name().to_owned(),
        };
        format!("<gongkai.Fact {} {shown}>", self.0.id())
    }
}

/// The facts of a report in the order of the form, also found by id.
#[pyclass(frozen, eq, hash, sequence, module = "gongkai")]
pub(crate) struct Facts(pub(crate) Arc<gongkai::Report>);

impl PartialEq for Facts {
    fn eq(&self, other: &Self) -> bool {
        self.0.facts().as_slice() == other.0.facts().as_slice()
    }
}

impl Hash for Facts {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.facts().for_each(|fact| (fact.id(), &fact.text).hash(state));
    }
}

/// What stands between the brackets of `facts[…]`.
#[derive(FromPyObject)]
pub(crate) enum Key<'py> {
    Id(String),
    Index(isize),
    Slice(Bound<'py, PySlice>),
}

#[pymethods]
impl Facts {
    fn __len__(&self) -> usize {
        self.0.facts().len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, key: Key<'py>) -> PyResult<Bound<'py, PyAny>> {
        match key {
            Key::Id(id) => Ok(Bound::new(py, by_id(&self.0, &id)?)?.into_any()),
            Key::Index(index) => Ok(Bound::new(py, self.at(index)?)?.into_any()),
            Key::Slice(slice) => {
                let all = PyList::new(py, self.0.facts().cloned().map(Fact))?;
                all.as_any().get_item(slice)
            }
        }
    }

    fn __contains__(&self, key: &Bound<'_, PyAny>) -> bool {
        if let Ok(id) = key.extract::<String>() {
            return self.0.fact(&id).is_some();
        }
        key.cast::<Fact>().is_ok_and(|fact| self.0.facts().any(|own| *own == fact.get().0))
    }

    /// The fact of that id, or the default.
    #[pyo3(signature = (id, default = None))]
    fn get<'py>(
        &self,
        py: Python<'py>,
        id: &str,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        get(py, &self.0, id, default)
    }

    fn __iter__(slf: &Bound<'_, Self>) -> FactIterator {
        FactIterator { report: Arc::clone(&slf.get().0), next: 0.into() }
    }

    /// The records as a PyCapsule of an Arrow C stream (Arrow PyCapsule interface).
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        Table::of_report(tables::Table::Facts, &self.0).__arrow_c_stream__(py, requested_schema)
    }

    /// The schema as a PyCapsule.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        table::schema_capsule(py, tables::Table::Facts)
    }

    /// A pyarrow.Table.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        table::frames(slf.py())?.call_method1("to_arrow", (slf,))
    }

    /// A pandas.DataFrame of nullable types; decimals stay exact.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        table::frames(slf.py())?.call_method1("to_pandas", (slf,))
    }

    /// A polars.DataFrame.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        table::frames(slf.py())?.call_method1("to_polars", (slf,))
    }

    /// The first records.
    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        Table::of_report(tables::Table::Facts, &self.0)._repr_html_(py)
    }

    fn __repr__(&self) -> String {
        format!("<gongkai.Facts: {}>", self.__len__())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Report, &'static str))> {
        Ok((py.import("builtins")?.getattr("getattr")?, (Report(Arc::clone(&self.0)), "facts")))
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }
}

impl Facts {
    /// The fact at `index`, counted from the end where it is negative.
    fn at(&self, index: isize) -> PyResult<Fact> {
        let index = match usize::try_from(index) {
            Ok(index) => Some(index),
            Err(_) => self.__len__().checked_sub(index.unsigned_abs()),
        };
        index
            .and_then(|index| self.0.facts().nth(index))
            .cloned()
            .map(Fact)
            .ok_or_else(|| PyIndexError::new_err("fact index out of range"))
    }
}

/// Iterates over facts without copying them all.
#[pyclass(frozen, module = "gongkai")]
pub(crate) struct FactIterator {
    report: Arc<gongkai::Report>,
    next: std::sync::atomic::AtomicUsize,
}

#[pymethods]
impl FactIterator {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&self) -> Option<Fact> {
        let next = self.next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.report.facts().nth(next).cloned().map(Fact)
    }
}

pub(crate) fn by_id(report: &gongkai::Report, id: &str) -> PyResult<Fact> {
    report.fact(id).cloned().map(Fact).ok_or_else(|| PyKeyError::new_err(id.to_owned()))
}

pub(crate) fn get<'py>(
    py: Python<'py>,
    report: &gongkai::Report,
    id: &str,
    default: Option<Bound<'py, PyAny>>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    match report.fact(id) {
        Some(fact) => Ok(Some(Bound::new(py, Fact(fact.clone()))?.into_any())),
        None => Ok(default),
    }
}
