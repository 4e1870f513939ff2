//! `gongkai.arrow.Records`: documents in memory, straight to the records of a table. For
//! engines that open files themselves and run one task a processor.

use std::sync::Arc;

use gongkai::view::tables::{self, Rows};
use gongkai_bindings::{arrow, batch};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyCapsule, PyTuple};

use crate::guard;
use crate::limits::Limits;
use crate::report;
use crate::table::{named, schema_capsule, stream_capsule};

/// Records of one table, as an Arrow record batch.
#[pyclass(frozen, module = "gongkai.arrow")]
pub(crate) struct Records {
    table: tables::Table,
    /// One, unless there is more text than a record batch can hold.
    pieces: Arc<[Rows]>,
}

#[pymethods]
impl Records {
    /// Name of the table.
    #[getter]
    fn name(&self) -> &'static str {
        self.table.name()
    }

    fn __len__(&self) -> usize {
        self.pieces.iter().map(Rows::len).sum()
    }

    /// The schema as a PyCapsule.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, self.table)
    }

    /// The record batch as PyCapsules of its schema and its array. CallerError where there
    /// is more than a gigabyte of text in a column: then the stream has it in pieces.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        // The interface lets a producer answer with its own schema.
        let _ = requested_schema;
        let [rows] = &*self.pieces else {
            let en = "more text than one record batch holds: read the stream";
            return Err(guard::caller_error(py, "one-batch", en, "文本超出一个记录批的容量，请读取数据流"));
        };
        let array = PyCapsule::new_with_value(py, arrow::array(rows.clone()), c"arrow_array")?;
        PyTuple::new(py, [schema_capsule(py, self.table)?, array])
    }

    /// The records as a PyCapsule of an Arrow C stream.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let pieces = Arc::clone(&self.pieces);
        let batches = (0..pieces.len()).filter_map(move |at| pieces.get(at).cloned().map(Ok));
        stream_capsule(py, arrow::stream(self.table, batches))
    }

    fn __repr__(&self) -> String {
        format!("<gongkai.arrow.Records {}: {} records>", self.name(), self.__len__())
    }
}

/// Where a piece ends: half of what a text column holds; one document's texts are far below
/// the other half.
const PIECE: usize = 1 << 30;

/// Documents between two looks for Ctrl-C.
const LOOK_EVERY: usize = 64;

/// Reads documents on the calling thread. `gongkai.arrow.parse_batch` is the public form.
#[pyfunction]
#[pyo3(signature = (paths, contents, *, table, format = None, encoding = None, limits = None, check = true))]
#[expect(clippy::too_many_arguments, reason = "keywords of one call")]
pub(crate) fn read_records(
    py: Python<'_>,
    paths: Vec<String>,
    contents: Vec<Option<PyBackedBytes>>,
    table: &str,
    format: Option<&str>,
    encoding: Option<String>,
    limits: Option<&Bound<'_, Limits>>,
    check: bool,
) -> PyResult<Records> {
    let table = named(py, table)?;
    let parse = report::options(py, format, encoding, limits, None)?;
    let check = check.then(gongkai::CheckOptions::default);
    let documents: Vec<(&String, &Option<PyBackedBytes>)> = paths.iter().zip(&contents).collect();
    let mut pieces = vec![Rows::new(table)];
    for some in documents.chunks(LOOK_EVERY) {
        guard::run(py, || {
            for (path, bytes) in some {
                if pieces.last().is_none_or(|rows| rows.text_bytes() >= PIECE) {
                    pieces.push(Rows::new(table));
                }
                if let Some(rows) = pieces.last_mut() {
                    batch::read_into(rows, path, bytes.as_deref(), &parse, check.as_ref());
                }
            }
        })?;
        py.check_signals()?;
    }
    Ok(Records { table, pieces: pieces.into() })
}
