//! `gongkai` (公开) reads Chinese 政府信息公开工作年度报告 into exact, checked, traceable
//! statistics.
#![forbid(unsafe_code)]
#![allow(dead_code)]

#[doc(hidden)]
pub mod bench_support;
mod container;
mod document;
mod error;
mod finding;
mod format;
mod location;
mod options;

pub use error::{Error, ErrorKind, Result};
pub use finding::{Finding, Message, Severity, Suggestion, Verdict};
pub use format::Format;
pub use location::Location;
pub use options::{Limits, ParseOptions};
