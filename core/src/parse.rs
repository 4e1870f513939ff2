//! The public entry: the order of the stages.

use crate::archive;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Findings;
use crate::format::{self, Context};
use crate::matching;
use crate::model::Report;
use crate::options::ParseOptions;

/// Reads a report; format and encoding are detected.
///
/// # Errors
///
/// Only when no report can exist at all: the bytes are no document, are of a form the
/// library does not read, pass a limit, or hold no trace of the form's tables and
/// headings. Everything else is a [`crate::Finding`] beside the report.
pub fn parse(bytes: &[u8]) -> Result<Report> {
    parse_with_options(bytes, &ParseOptions::default())
}

/// Reads a report with options.
///
/// # Errors
///
/// As [`parse`].
pub fn parse_with_options(bytes: &[u8], options: &ParseOptions) -> Result<Report> {
    let size = bytes.len() as u64;
    if size > options.limits.input_bytes {
        return Err(Error::limit("input_bytes", options.limits.input_bytes));
    }
    if bytes.is_empty() {
        return Err(Error::new(ErrorKind::Input, "empty", "文件为空", "the file is empty"));
    }
    let mut findings = Findings::new(options.limits.findings);
    let reader = format::choose(bytes, options, &mut findings)?;
    let mut context = Context::new(&options.limits, options.encoding.as_deref(), &mut findings);
    let document = (reader.read)(bytes, &mut context).map_err(|error| archive::or_archive(bytes, error))?;
    matching::read(&document, reader.format, findings)
}
