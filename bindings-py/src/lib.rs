//! Python binding of `gongkai`.
#![allow(missing_docs)]

#[pyo3::pymodule]
mod _gongkai {}
