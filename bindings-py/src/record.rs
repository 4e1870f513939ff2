//! What all small immutable classes have in common.

use pyo3::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::guard;

/// A frozen class around a value of the library: equality, hash, pickle and copy.
macro_rules! record {
    (
        $(#[$doc:meta])*
        $name:ident($inner:ty), hash |$this:ident| $key:expr;
        $($items:tt)*
    ) => {
        $(#[$doc])*
        #[pyo3::pyclass(frozen, eq, hash, module = "gongkai")]
        #[derive(Clone, PartialEq)]
        pub(crate) struct $name(pub(crate) $inner);

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                let $this = &self.0;
                $key.hash(state);
            }
        }

        #[pyo3::pymethods]
        impl $name {
            $($items)*

            #[classmethod]
            fn _from_json(cls: &pyo3::Bound<'_, pyo3::types::PyType>, json: &str) -> pyo3::PyResult<Self> {
                $crate::record::from_json(cls.py(), json).map(Self)
            }

            fn __reduce__<'py>(
                slf: &pyo3::Bound<'py, Self>,
            ) -> pyo3::PyResult<(pyo3::Bound<'py, pyo3::PyAny>, (String,))> {
                use pyo3::types::PyAnyMethods;
                let json = $crate::record::to_json(slf.py(), &slf.get().0)?;
                Ok((slf.get_type().getattr("_from_json")?, (json,)))
            }

            fn __copy__(slf: pyo3::Py<Self>) -> pyo3::Py<Self> {
                slf
            }

            fn __deepcopy__(slf: pyo3::Py<Self>, _memo: &pyo3::Bound<'_, pyo3::PyAny>) -> pyo3::Py<Self> {
                slf
            }
        }
    };
}
pub(crate) use record;

pub(crate) fn from_json<T: DeserializeOwned + Send>(py: Python<'_>, json: &str) -> PyResult<T> {
    guard::run(py, || serde_json::from_str(json))?.map_err(|error| {
        guard::caller_error(py, "json", &format!("no such JSON: {error}"), &format!("JSON 不符：{error}"))
    })
}

pub(crate) fn to_json<T: Serialize + Sync>(py: Python<'_>, value: &T) -> PyResult<String> {
    guard::run(py, || serde_json::to_string(value))?.map_err(|error| {
        guard::caller_error(py, "json", &error.to_string(), &format!("无法写成 JSON：{error}"))
    })
}
