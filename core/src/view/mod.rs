//! Views of a report. They arrange, and never compute.

pub mod findings;
mod form;
mod json;
mod outline;
mod records;
pub mod tables;
mod text;

pub use outline::outline;
pub use records::{CSV_HEADER, csv, jsonl};
pub use text::text;
