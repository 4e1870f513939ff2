//! What the bindings share, and the core must not have: opening files, threads, and the
//! unsafe borders of the Arrow C data interface; and writing text in GB18030.

pub mod arrow;
pub mod batch;
pub mod charset;
