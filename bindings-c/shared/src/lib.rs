//! What the bindings share, and the core must not have: opening files, threads, and the
//! unsafe borders of the Arrow C data interface.

pub mod arrow;
pub mod batch;
