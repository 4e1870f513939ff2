//! Records of a table as Python's own values, for programs without a data frame library.

use std::sync::Mutex;

use gongkai::view::tables::{Bits, Column, Rows, Values};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::MutexExt;
use pyo3::types::{PyDict, PyString};

use crate::{convert, guard};

/// Iterates over a table: for each record a dict of its fields.
#[pyclass(frozen, module = "gongkai")]
pub(crate) struct RecordIterator {
    names: Vec<Py<PyString>>,
    state: Mutex<State>,
}

struct State {
    pieces: Box<dyn Iterator<Item = Result<Rows, String>> + Send>,
    rows: Option<Rows>,
    next: usize,
}

impl RecordIterator {
    pub(crate) fn new(
        py: Python<'_>,
        table: gongkai::view::tables::Table,
        pieces: Box<dyn Iterator<Item = Result<Rows, String>> + Send>,
    ) -> Self {
        let names = table.fields().iter().map(|field| PyString::intern(py, &field.name).unbind()).collect();
        Self { names, state: Mutex::new(State { pieces, rows: None, next: 0 }) }
    }
}

#[pymethods]
impl RecordIterator {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        let state = self.state.lock_py_attached(py);
        let mut state = state.map_err(|_| PyRuntimeError::new_err("the iterator is broken"))?;
        let state = &mut *state;
        while state.rows.as_ref().is_none_or(|rows| state.next >= rows.len()) {
            let pieces = &mut state.pieces;
            let Some(piece) = guard::run(py, || pieces.next())? else { return Ok(None) };
            let rows = piece.map_err(|text| guard::caller_error(py, "packed", &text, "数据损坏"))?;
            (state.rows, state.next) = (Some(rows), 0);
        }
        let Some(rows) = &state.rows else { return Ok(None) };
        let record = PyDict::new(py);
        for (name, column) in self.names.iter().zip(&rows.columns) {
            record.set_item(name, value(py, column, state.next)?)?;
        }
        state.next += 1;
        Ok(Some(record))
    }
}

/// The value in a row; None where it is absent.
fn value<'py>(py: Python<'py>, column: &Column, at: usize) -> PyResult<Option<Bound<'py, PyAny>>> {
    if !is_set(&column.validity, at) {
        return Ok(None);
    }
    match &column.values {
        Values::Text(ends, bytes) => {
            let place = |at: usize| ends.get(at).and_then(|&end| usize::try_from(end).ok());
            let text = place(at).zip(place(at + 1)).and_then(|(start, end)| bytes.get(start..end));
            Ok(Some(PyString::from_bytes(py, text.unwrap_or_default())?.into_any()))
        }
        Values::Integer(numbers) => {
            numbers.get(at).map(|number| Ok(number.into_pyobject(py)?.into_any())).transpose()
        }
        Values::Decimal(numbers) => numbers
            .get(at)
            .and_then(|&scaled| shortest(scaled))
            .map(|number| convert::decimal(py, number))
            .transpose(),
        Values::Boolean(bits) => Ok(Some(is_set(bits, at).into_pyobject(py)?.to_owned().into_any())),
        _ => Ok(None),
    }
}

fn is_set(bits: &Bits, at: usize) -> bool {
    bits.bytes.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1)
}

/// A number of a decimal column, without zeros at its end.
fn shortest(scaled: i128) -> Option<gongkai::Decimal> {
    let (mut coefficient, mut places) = (scaled, gongkai::Decimal::MAX_PLACES);
    while places > 0 && coefficient % 10 == 0 {
        (coefficient, places) = (coefficient / 10, places - 1);
    }
    gongkai::Decimal::new(coefficient, places)
}
