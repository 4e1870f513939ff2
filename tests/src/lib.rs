//! Support code of the project's tests: random reports whose truth is known, printed in
//! every layout a reader may meet, and an adversary who damages what is printed.
//!
//! The labels of the forms are written here a second time, on purpose: a wrong label in
//! the library then meets a right one.
// Test support: a panic here is a failed test, and nothing here meets foreign bytes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr
)]

pub mod adversary;
pub mod binary;
pub mod case;
pub mod compare;
pub mod csv;
pub mod findings;
pub mod fixtures;
pub mod form;
pub mod fuzz;
pub mod golden;
pub mod hostile;
pub mod manual;
pub mod memory;
pub mod ole;
pub mod package;
pub mod print;
pub mod prose;
pub mod published;
pub mod random;
pub mod reading;
pub mod render;
pub mod runs;
pub mod schema;
pub mod size;
pub mod slips;
pub mod truth;
