//! Tables as Arrow C streams.

use std::ffi::c_char;
use std::sync::Arc;

use gongkai::view::tables::{Entry, Rows, Table};
use gongkai_bindings::arrow::{self, ArrowArrayStream};

use crate::batch::Batch;
use crate::error::Error;
use crate::ffi::{self, Out};
use crate::finding::Findings;
use crate::report::Report;

/// # Safety
///
/// `name` is NULL or ended by a NUL.
unsafe fn table(name: *const c_char) -> Result<Table, Error> {
    // SAFETY: the caller's promise.
    let name = unsafe { ffi::name("table", name) }?;
    let known = || Table::ALL.iter().map(|table| table.name()).collect::<Vec<_>>();
    Table::from_name(name).ok_or_else(|| Error::unknown("table", name, &known()))
}

/// Exports a table of one report as a stream of the Arrow C data interface: `facts`,
/// `findings`, `reports`, `panel` or `panel_status`. `findings` are those to be counted and
/// listed; NULL for those of the reader. `source` names the document.
///
/// Ownership: the caller releases `stream` by its own callback; it needs neither report nor
/// findings any more.
/// Threads: any; one stream is read by one thread at a time.
/// Errors: `GONGKAI_E_CALLER` for NULL or another table.
///
/// # Safety
///
/// `table` and `source` are NULL or ended by a NUL. `stream` holds nothing that must be
/// released.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_report_export_arrow(
    report: Option<&Report>,
    findings: Option<&Findings>,
    table: *const c_char,
    source: *const c_char,
    stream: Out<ArrowArrayStream>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::call(error, || {
        let report = &*report.ok_or_else(|| Error::null("report"))?.report;
        // SAFETY: the caller's promise.
        let (table, source) = unsafe { (self::table(table)?, ffi::name("source", source)?) };
        let findings = findings.map_or(report.findings(), |findings| &findings.list);
        let mut rows = Rows::new(table);
        rows.push(&Entry { source, report: Ok(report), findings });
        stream.required("stream")?.put(arrow::stream(table, std::iter::once(Ok(rows))));
        Ok(())
    })
}

/// Exports a table of all reports of a batch as a stream of the Arrow C data interface:
/// `facts`, `findings`, `reports` (one record a source, those that gave no report included),
/// `panel` or `panel_status`. Records are made piece by piece as the stream is read.
///
/// Ownership: the caller releases `stream` by its own callback; it keeps what it needs of
/// the batch alive.
/// Threads: any; one stream is read by one thread at a time.
/// Errors: `GONGKAI_E_CALLER` for NULL or another table.
///
/// # Safety
///
/// `table` is NULL or ended by a NUL. `stream` holds nothing that must be released.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_batch_export_arrow(
    batch: Option<&Batch>,
    table: *const c_char,
    stream: Out<ArrowArrayStream>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::call(error, || {
        let batch = batch.ok_or_else(|| Error::null("batch"))?;
        // SAFETY: the caller's promise.
        let table = unsafe { self::table(table) }?;
        stream.required("stream")?.put(arrow::stream(table, Arc::clone(&batch.batch).rows(table)));
        Ok(())
    })
}
