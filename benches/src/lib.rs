//! Support code of the project's benches: the files that are read, and the floors that
//! nobody who uses the same parsers can go below.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr
)]

pub mod floor;
pub mod samples;
