//! `gongkai` (公开) reads Chinese 政府信息公开工作年度报告 into exact, checked, traceable
//! statistics.
#![forbid(unsafe_code)]
// What readers share is partly unused in a build without some of them.
#![cfg_attr(not(feature = "default"), allow(dead_code))]

mod archive;
#[doc(hidden)]
pub mod bench_support;
mod check;
mod container;
mod date;
mod document;
mod error;
mod finding;
mod format;
mod location;
mod matching;
mod model;
mod options;
mod parse;
mod template;
pub mod view;

pub use archive::{Archive, Member};
pub use check::{
    CheckInfo, CheckOptions, Evaluation, Outcome, ReportFindings, SeverityOverride, WaivedFinding, Waivers,
    check, check_rollup, check_rollup_with_options, check_series, check_series_with_options, checks, compare,
    evaluate,
};
pub use date::Date;
pub use error::{Error, ErrorKind, Result};
pub use finding::{Baseline, Finding, Message, Regrade, Severity, Suggestion, Verdict, Waiver};
pub use format::Format;
pub use location::Location;
pub use model::{
    Agency, BlockEdition, Decimal, Edition, Evidence, Fact, Level, Period, Report, Role, SCHEMA_VERSION,
    Section, Status, Text, Unit,
};
pub use options::{Limits, ParseOptions};
pub use parse::{parse, parse_with_options};
pub use template::{Balance, Indicator, balances, indicators};
