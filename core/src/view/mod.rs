//! Views of a report. They arrange, and never compute.

pub mod findings;
mod form;
mod html;
mod json;
mod outline;
mod records;
pub mod tables;
mod text;

pub use html::{html, html_page, html_records};
pub use outline::outline;
pub use records::{CSV_HEADER, csv, jsonl};
pub use text::text;
