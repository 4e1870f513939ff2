//! `gongkai.Table`: records as an Arrow stream.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use gongkai::view::{
    self,
    tables::{self, Entry, Rows},
};
use gongkai_bindings::arrow::{self, ArrowArrayStream};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyTuple};

use crate::batch::Batch;
use crate::guard;
use crate::report::Report;
use crate::rows::RecordIterator;

/// Where a table's records come from.
#[derive(Clone, PartialEq)]
pub(crate) enum Origin {
    /// One report, with the findings to list.
    Report(Arc<gongkai::Report>, Arc<[gongkai::Finding]>),
    Batch(Arc<gongkai_bindings::batch::Batch>),
}

/// Records of one kind, in columns: what every data frame library reads.
///
/// The fields of each table are published in `tables.json` and never change their meaning.
#[pyclass(frozen, eq, hash, module = "gongkai")]
#[derive(PartialEq)]
pub(crate) struct Table {
    pub(crate) table: tables::Table,
    pub(crate) origin: Origin,
}

impl Table {
    pub(crate) fn of_report(table: tables::Table, report: &Arc<gongkai::Report>) -> Self {
        Self { table, origin: Origin::Report(Arc::clone(report), report.findings().into()) }
    }

    fn stream(&self) -> ArrowArrayStream {
        arrow::stream(self.table, self.pieces())
    }

    /// The records, piece by piece.
    fn pieces(&self) -> Box<dyn Iterator<Item = Result<Rows, String>> + Send> {
        let table = self.table;
        match &self.origin {
            Origin::Batch(batch) => Box::new(Arc::clone(batch).rows(table)),
            Origin::Report(report, findings) => {
                let (report, findings) = (Arc::clone(report), Arc::clone(findings));
                Box::new(std::iter::once_with(move || Ok(rows(table, &report, &findings))))
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

impl Hash for Table {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.table.hash(state);
        match &self.origin {
            Origin::Report(report, _) => Report(Arc::clone(report)).hash(state),
            Origin::Batch(batch) => Batch(Arc::clone(batch)).hash(state),
        }
    }
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

    /// For each record a dict of its fields: str, int, bool, exact decimal.Decimal, or None
    /// where a value is absent. Needs no other package.
    fn __iter__(&self, py: Python<'_>) -> RecordIterator {
        RecordIterator::new(py, self.table, self.pieces())
    }

    /// Writes CSV, header first; absent values are empty fields. `encoding` is `utf-8` or
    /// `gb18030`, `bom` puts a byte order mark before it, for spreadsheet programs.
    ///
    /// Raises gongkai.FileError where a character cannot be written: none is replaced.
    #[pyo3(signature = (path, *, encoding = "utf-8", bom = false))]
    fn to_csv(slf: &Bound<'_, Self>, path: &Bound<'_, PyAny>, encoding: &str, bom: bool) -> PyResult<()> {
        let options = PyDict::new(slf.py());
        options.set_item("encoding", encoding)?;
        options.set_item("bom", bom)?;
        export(slf, "csv", path, Some(&options))
    }

    /// Writes JSON Lines: one object a record; decimals are strings, since JSON readers turn
    /// numbers into floats.
    fn to_jsonl(slf: &Bound<'_, Self>, path: &Bound<'_, PyAny>) -> PyResult<()> {
        export(slf, "jsonl", path, None)
    }

    /// Writes Parquet, piece by piece; labels and units are in the metadata of the fields.
    fn to_parquet(slf: &Bound<'_, Self>, path: &Bound<'_, PyAny>) -> PyResult<()> {
        export(slf, "parquet", path, None)
    }

    /// Writes a workbook of one sheet; see `Batch.to_excel` for the statutory tables.
    fn to_excel(slf: &Bound<'_, Self>, path: &Bound<'_, PyAny>) -> PyResult<()> {
        export(slf, "xlsx", path, None)
    }

    /// Writes a Stata file of format 118 with variable labels in Chinese. In the panel, what
    /// is no number is an extended missing value: .a an empty cell, .b "/", .c unreadable,
    /// .d divided into rows of the report's own, .e a number too long; . is not printed.
    ///
    /// Raises gongkai.CallerError for a number that a double does not hold exactly.
    fn to_stata(slf: &Bound<'_, Self>, path: &Bound<'_, PyAny>) -> PyResult<()> {
        export(slf, "dta", path, None)
    }

    /// Writes an SPSS file with variable labels in Chinese. In the panel, what is no number
    /// is a user-missing value with its label.
    ///
    /// Raises gongkai.CallerError for a number that a double does not hold exactly.
    fn to_spss(slf: &Bound<'_, Self>, path: &Bound<'_, PyAny>) -> PyResult<()> {
        export(slf, "sav", path, None)
    }

    /// Another table of the same reports.
    fn _sibling(&self, py: Python<'_>, name: &str) -> PyResult<Self> {
        Ok(Self { table: named(py, name)?, origin: self.origin.clone() })
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let owner = match &self.origin {
            Origin::Report(report, _) => Bound::new(py, Report(Arc::clone(report)))?.into_any(),
            Origin::Batch(batch) => Bound::new(py, Batch(Arc::clone(batch)))?.into_any(),
        };
        Ok((owner.getattr("table")?, PyTuple::new(py, [self.name()])?))
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
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

/// Writes a table in a format of `gongkai.export`.
fn export(
    table: &Bound<'_, Table>,
    format: &str,
    path: &Bound<'_, PyAny>,
    options: Option<&Bound<'_, PyDict>>,
) -> PyResult<()> {
    let export = table.py().import("gongkai.export")?;
    export.getattr("write")?.call((table, format, path), options)?;
    Ok(())
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

/// The schema of a table: what `pyarrow.schema` and others of the Arrow PyCapsule interface
/// take.
#[pyclass(frozen, module = "gongkai.arrow")]
pub(crate) struct Schema(tables::Table);

#[pymethods]
impl Schema {
    #[new]
    fn new(py: Python<'_>, table: &str) -> PyResult<Self> {
        named(py, table).map(Self)
    }

    /// Name of the table.
    #[getter]
    fn name(&self) -> &'static str {
        self.0.name()
    }

    /// The schema as a PyCapsule.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, self.0)
    }

    fn __repr__(&self) -> String {
        format!("<gongkai.arrow.Schema {}: {} fields>", self.0.name(), self.0.fields().len())
    }
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
