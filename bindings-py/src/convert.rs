//! Values of the library as Python's own.

use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDate, PyTuple, PyType};

/// `decimal.Decimal` of the printed digits: exact, zeros at the end kept.
pub(crate) fn decimal(py: Python<'_>, value: gongkai::Decimal) -> PyResult<Bound<'_, PyAny>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    DECIMAL.import(py, "decimal", "Decimal")?.call1((value.to_string(),))
}

pub(crate) fn date(py: Python<'_>, date: gongkai::Date) -> PyResult<Bound<'_, PyDate>> {
    let (year, month, day) = date.ymd();
    PyDate::new(py, year, month, day)
}

/// A tuple of classes made from a slice.
pub(crate) fn tuple<'py, T: Clone, C: IntoPyObject<'py>>(
    py: Python<'py>,
    items: &[T],
    class: impl Fn(T) -> C,
) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(py, items.iter().cloned().map(class).collect::<Vec<_>>())
}

/// The text in GB18030 with the mapping of its 2022 edition; raises UnicodeEncodeError at
/// the first character that would not come back as it is.
#[pyfunction]
pub(crate) fn encode_gb18030<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyBytes>> {
    match gongkai_bindings::charset::gb18030(text) {
        Ok(bytes) => Ok(PyBytes::new(py, &bytes)),
        Err(at) => {
            let reason = "no bytes of its own";
            Err(PyUnicodeEncodeError::new_err(("gb18030", text.to_owned(), at, at + 1, reason)))
        }
    }
}
