//! `gongkai.Limits`: the fields of the library's own.

use std::hash::{Hash, Hasher};

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

macro_rules! limits {
    ($($field:ident),+ $(,)?) => {
        /// What a document may cost. What is not given keeps its default.
        #[pyclass(frozen, eq, hash, module = "gongkai")]
        #[derive(Clone, PartialEq)]
        pub(crate) struct Limits(pub(crate) gongkai::Limits);

        #[pymethods]
        impl Limits {
            #[new]
            #[pyo3(signature = (*, $($field = None),+))]
            #[allow(clippy::too_many_arguments)]
            fn new($($field: Option<u64>),+) -> Self {
                let mut limits = gongkai::Limits::default();
                $(limits.$field = $field.unwrap_or(limits.$field);)+
                Self(limits)
            }

            $(
                #[getter]
                fn $field(&self) -> u64 {
                    self.0.$field
                }
            )+

            fn __getnewargs_ex__<'py>(
                &self,
                py: Python<'py>,
            ) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
                let fields = PyDict::new(py);
                $(fields.set_item(stringify!($field), self.0.$field)?;)+
                Ok((PyTuple::empty(py), fields))
            }

            fn __repr__(&self) -> String {
                let fields = [$(format!("{}={}", stringify!($field), self.0.$field)),+];
                format!("gongkai.Limits({})", fields.join(", "))
            }
        }

        impl Hash for Limits {
            fn hash<H: Hasher>(&self, state: &mut H) {
                [$(self.0.$field),+].hash(state);
            }
        }
    };
}

limits! {
    input_bytes,
    entries,
    part_bytes,
    total_bytes,
    inflate_ratio,
    archive_bytes,
    depth,
    elements,
    namespaces,
    items,
    span,
    table_cells,
    tables,
    nested_tables,
    text_bytes,
    pages,
    glyphs,
    rules,
    findings,
}
