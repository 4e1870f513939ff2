//! Many documents at once.

use std::ffi::{c_char, c_void};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Arc;

use gongkai_bindings::batch::{self, Content, Packed, Progress, Settings, Source};

use crate::check::CheckSettings;
use crate::error::{ABSENT, Error, GONGKAI_E_CANCELLED, GONGKAI_E_INTERNAL};
use crate::ffi::{self, Out, Text};
use crate::finding::Findings;
use crate::options::Options;
use crate::report::Report;

/// Documents to be read together.
#[derive(Default)]
pub struct Sources(Vec<Source>);

/// Reports of many documents, in the order they were added. It never changes, so that any
/// number of threads may use it at once.
pub struct Batch {
    pub(crate) batch: Arc<batch::Batch>,
    sources: Box<[Text]>,
    errors: Box<[Option<Error>]>,
}

/// Told how far the work is: documents done, documents in all, documents that failed, and
/// the caller's own pointer. Any result but 0 ends the work; that of the last call, when all
/// is done, has no effect. It is called on the thread that called `gongkai_parse_many`,
/// several times a second.
#[allow(non_camel_case_types)]
pub type gongkai_progress =
    Option<unsafe extern "C" fn(done: usize, total: usize, failed: usize, user: *mut c_void) -> i32>;

/// Makes an empty list of documents.
///
/// Ownership: the caller frees the list with `gongkai_sources_free`.
/// Threads: any.
/// Errors: none; never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_sources_new() -> Box<Sources> {
    Box::default()
}

/// Adds a file. It is opened when the list is read; one that cannot be opened is an error of
/// its own there. In place of a .zip archive, each document in it is read.
///
/// Ownership: `path` is copied.
/// Threads: one at a time for the same list.
/// Errors: `GONGKAI_E_CALLER` for NULL.
///
/// # Safety
///
/// `path` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_sources_add_file(
    sources: Option<&mut Sources>,
    path: *const c_char,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::call(error, || {
        let sources = sources.ok_or_else(|| Error::null("sources"))?;
        // SAFETY: the caller's promise.
        let path = unsafe { ffi::path("path", path) }?;
        let name = path.to_string_lossy().into_owned();
        sources.0.push(Source { name, content: Content::Path(path) });
        Ok(())
    })
}

/// Adds a document in memory.
///
/// Ownership: `name` and `data` are copied.
/// Threads: one at a time for the same list.
/// Errors: `GONGKAI_E_CALLER` for NULL or a name that is not UTF-8.
///
/// # Safety
///
/// `name` is NULL or ended by a NUL; `data` points to `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_sources_add_bytes(
    sources: Option<&mut Sources>,
    name: *const c_char,
    data: *const u8,
    length: usize,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::call(error, || {
        let sources = sources.ok_or_else(|| Error::null("sources"))?;
        // SAFETY: the caller's promise.
        let (name, data) = unsafe { (ffi::name("name", name)?, ffi::bytes("data", data, length)?) };
        sources.0.push(Source { name: name.to_owned(), content: Content::Bytes(data.into()) });
        Ok(())
    })
}

/// Frees a list of documents.
///
/// Ownership: takes `sources`; NULL is allowed and does nothing.
/// Threads: any, once nobody else uses the list.
/// Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_sources_free(sources: Option<Box<Sources>>) {
    ffi::free(sources);
}

/// Reads many documents on `threads` threads that end with the call; 0 for as many as the
/// machine runs at once. One document that cannot be read never stops the others. Each
/// report is checked with `checks`; NULL to leave them unchecked. An archive gives a
/// document for each in it, named `archive.zip!/member`, where it stood in the list; so the
/// batch may hold more documents than the list.
///
/// Ownership: nothing is kept; the caller frees `batch` with `gongkai_batch_free`.
/// Threads: any; the same list and options may serve several calls at once. `progress` may
/// be NULL; it gets `user` as it is.
/// Errors: `GONGKAI_E_CANCELLED` if `progress` ended the work; `GONGKAI_E_CALLER` for NULL.
/// What is wrong with a single document is told by `gongkai_batch_error`.
///
/// # Safety
///
/// `progress` may be called with `user`, and returns.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_parse_many(
    sources: Option<&Sources>,
    options: Option<&Options>,
    checks: Option<&CheckSettings>,
    threads: usize,
    progress: gongkai_progress,
    user: *mut c_void,
    batch: Out<Box<Batch>>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::give(batch, error, || {
        let sources = sources.ok_or_else(|| Error::null("sources"))?;
        let workers = NonZeroUsize::new(threads).or_else(|| std::thread::available_parallelism().ok());
        let settings = Settings {
            parse: Options::or_default(options),
            check: checks.map(|checks| checks.0.clone()),
            workers: workers.unwrap_or(NonZeroUsize::MIN),
        };
        let watch = |Progress { done, total, failed }| match progress {
            // SAFETY: the caller's promise.
            Some(progress) if unsafe { progress(done, total, failed, user) } != 0 => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        };
        let read = batch::Batch::read(&sources.0, &settings, watch);
        read.map(Batch::new).ok_or_else(|| {
            Error::new(GONGKAI_E_CANCELLED, "cancelled", "已由调用方取消", "cancelled by the caller")
        })
    })
}

impl Batch {
    fn new(batch: batch::Batch) -> Box<Self> {
        let sources = batch.items.iter().map(|item| Text::new(&item.source)).collect();
        let errors = batch.items.iter().map(|item| item.outcome.as_ref().err().map(Error::from)).collect();
        Box::new(Self { batch: Arc::new(batch), sources, errors })
    }

    fn packed(&self, index: usize) -> Result<&Packed, Error> {
        let item = self.batch.items.get(index);
        let packed = item.and_then(|item| item.outcome.as_ref().ok());
        packed.ok_or_else(|| Error::new(ABSENT, "absent", "该来源没有报告", "the source gave no report"))
    }
}

/// What is packed was packed by this library.
fn broken(text: String) -> Error {
    Error::new(GONGKAI_E_INTERNAL, "packed", "数据损坏", text)
}

/// Number of documents, those that gave no report included.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_batch_count(batch: Option<&Batch>) -> usize {
    ffi::count(batch, |batch| batch.sources.len())
}

/// Name of a document, as it was added, counted from 0.
///
/// Ownership: the text lives as long as `batch`.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_batch_source(
    batch: Option<&Batch>,
    index: usize,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(batch, text, length, |batch| batch.sources.get(index))
}

/// The report of a document, counted from 0. A batch keeps reports packed; each call makes
/// one anew.
///
/// Ownership: the caller frees `report` with `gongkai_report_free`; it does not need the
/// batch any more.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last and for a document that gave no report;
/// `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_batch_report(
    batch: Option<&Batch>,
    index: usize,
    report: Out<Box<Report>>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::give(report, error, || {
        let batch = batch.ok_or_else(|| Error::null("batch"))?;
        Ok(Report::new(batch.packed(index)?.report().map_err(broken)?))
    })
}

/// All findings of a document, counted from 0: the reader's, and those of the checks if the
/// batch was checked.
///
/// Ownership: the caller frees `findings` with `gongkai_findings_free`; they do not need the
/// batch any more.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last and for a document that gave no report;
/// `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_batch_findings(
    batch: Option<&Batch>,
    index: usize,
    findings: Out<Box<Findings>>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::give(findings, error, || {
        let batch = batch.ok_or_else(|| Error::null("batch"))?;
        Ok(Box::new(Findings::new(batch.packed(index)?.findings().map_err(broken)?)))
    })
}

/// Why a document, counted from 0, gave no report.
///
/// Ownership: the error lives as long as `batch`, and is not freed.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last and for a document that gave a report;
/// `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_batch_error(batch: Option<&Batch>, index: usize, error: Out<*const Error>) -> i32 {
    ffi::get_part(batch, error, |batch| batch.errors.get(index).and_then(Option::as_ref))
}

/// Frees a batch. Reports, findings and streams that were made from it live on.
///
/// Ownership: takes `batch`; NULL is allowed and does nothing.
/// Threads: any, once nobody else uses the batch.
/// Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_batch_free(batch: Option<Box<Batch>>) {
    ffi::free(batch);
}
