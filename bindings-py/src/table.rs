//! `gongkai.Table`: records as an Arrow stream.

use std::sync::Arc;

use gongkai::view::{
    self,
    tables::{self, Entry, Rows},
};
use gongkai_bindings::arrow::{self, ArrowArrayStream};
use gongkai_bindings::batch::Batch;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

use crate::guard;

/// Where a table's records come from.
#[derive(Clone)]
pub(crate) enum Origin {
    /// One report, with the findings to list.
    Report(Arc<gongkai::Report>, Arc<[gongkai::Finding]>),
    Batch(Arc<Batch>),
}

/// Records of one kind, in columns: what every data frame library reads.
///
/// The fields of each table are published in `tables.json` and never change their meaning.
#[pyclass(frozen, module = "gongkai")]
pub(crate) struct Table {
    pub(crate) table: tables::Table,
    pub(crate) origin: Origin,
}

impl Table {
    pub(crate) fn of_report(table: tables::Table, report: &Arc<gongkai::Report>) -> Self {
        Self { table, origin: Origin::Report(Arc::clone(report), report.findings().into()) }
    }

    fn stream(&self) -> ArrowArrayStream {
        match &self.origin {
            Origin::Batch(batch) => arrow::stream(self.table, Arc::clone(batch).rows(self.table)),
            Origin::Report(report, findings) => {
                let (table, report, findings) = (self.table, Arc::clone(report), Arc::clone(findings));
                arrow::stream(table, std::iter::once_with(move || Ok(rows(table, &report, &findings))))
            }
        }
    }

    /// Some records, at least `enough` where there are as many.
    fn some(&self, enough: usize) -> Result<Rows, String> {
        match &self.origin {
            Origin::Batch(batch) => batch.some(self.table, enough),
            Origin::Report(report, findings) => Ok(rows(self.table, report, findings)),
        }
    }
}

/// Records that a notebook shows.
const SHOWN: usize = 10;

fn rows(table: tables::Table, report: &gongkai::Report, findings: &[gongkai::Finding]) -> Rows {
    let mut rows = Rows::new(table);
    rows.push(&Entry { source: "", report: Ok(report), findings });
    rows
}

#[pymethods]
impl Table {
    /// Name of the table: `facts`, `findings`, `reports`, `panel` or `panel_status`.
    #[getter]
    fn name(&self) -> &'static str {
        self.table.name()
    }

    /// The fields: for each a dict of `name`, `type`, `sql`, `nullable` and its labels.
    #[getter]
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        fields(py, self.table.name())
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        use tables::Table as Kind;
        match (&self.origin, self.table) {
            (Origin::Batch(batch), Kind::Facts) => {
                Ok(batch.items.iter().filter_map(|item| item.outcome.as_ref().ok()).map(|p| p.facts()).sum())
            }
            (Origin::Batch(batch), Kind::Reports) => Ok(batch.items.len()),
            (Origin::Batch(batch), Kind::Panel | Kind::PanelStatus) => {
                Ok(batch.items.iter().filter(|item| item.outcome.is_ok()).count())
            }
            (Origin::Batch(batch), kind) => {
                let batch = Arc::clone(batch);
                guard::run(py, || batch.rows(kind).map(|rows| rows.map_or(0, |rows| rows.len())).sum())
            }
            (Origin::Report(report, _), Kind::Facts) => Ok(report.facts().len()),
            (Origin::Report(_, findings), Kind::Findings) => Ok(findings.len()),
            (Origin::Report(..), _) => Ok(1),
        }
    }

    /// The records as a PyCapsule of an Arrow C stream (Arrow PyCapsule interface).
    #[pyo3(signature = (requested_schema = None))]
    pub(crate) fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer answer with its own schema.
        let _ = requested_schema;
        stream_capsule(py, self.stream())
    }

    /// The schema as a PyCapsule.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, self.table)
    }

    /// A pyarrow.Table.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frames(slf.py())?.call_method1("to_arrow", (slf,))
    }

    /// A pandas.DataFrame of nullable types; decimals stay exact.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frames(slf.py())?.call_method1("to_pandas", (slf,))
    }

    /// A polars.DataFrame.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frames(slf.py())?.call_method1("to_polars", (slf,))
    }

    /// The first records.
    pub(crate) fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let all = self.__len__(py)?;
        let html = guard::run(py, || Ok(view::html_records(&self.some(SHOWN)?, &[], SHOWN, all)))?;
        html.map_err(|text: String| guard::caller_error(py, "packed", &text, "数据损坏"))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!(
            "<gongkai.Table {}: {} records, {} fields>",
            self.name(),
            self.__len__(py)?,
            self.table.fields().len()
        ))
    }
}

pub(crate) fn frames(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    py.import("gongkai.frames")
}

pub(crate) fn stream_capsule(py: Python<'_>, stream: ArrowArrayStream) -> PyResult<Bound<'_, PyCapsule>> {
    PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
}

pub(crate) fn schema_capsule(py: Python<'_>, table: tables::Table) -> PyResult<Bound<'_, PyCapsule>> {
    PyCapsule::new_with_value(py, arrow::schema(table), c"arrow_schema")
}

/// The fields of the table of that name.
#[pyfunction]
pub(crate) fn fields<'py>(py: Python<'py>, table: &str) -> PyResult<Vec<Bound<'py, PyDict>>> {
    let table = named(py, table)?;
    let field = |field: &tables::Field| {
        let dict = PyDict::new(py);
        dict.set_item("name", &*field.name)?;
        dict.set_item("type", field.kind.arrow_name())?;
        dict.set_item("sql", field.kind.sql_name())?;
        dict.set_item("nullable", field.nullable)?;
        for (name, text) in &field.metadata {
            dict.set_item(name, text)?;
        }
        Ok(dict)
    };
    table.fields().iter().map(field).collect()
}

pub(crate) fn named(py: Python<'_>, name: &str) -> PyResult<tables::Table> {
    tables::Table::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = tables::Table::ALL.iter().map(|table| table.name()).collect();
        let known = known.join(", ");
        let en = format!("expected a table of {known}, found {name:?}");
        guard::caller_error(py, "table", &en, &format!("表应为 {known}，实为{name:?}"))
    })
}
