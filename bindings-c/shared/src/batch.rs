//! Many files: read on threads that live no longer than the call, kept small.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use gongkai::view::tables::{self, Rows, Table};
use gongkai::{Archive, CheckOptions, Error, Evaluation, Finding, Location, Member, ParseOptions, Report};

/// Where a report comes from.
#[derive(Debug, Clone)]
pub enum Content {
    /// A file to open.
    Path(PathBuf),
    /// Its bytes.
    Bytes(Arc<[u8]>),
}

/// A source, and its name for people.
#[derive(Debug, Clone)]
pub struct Source {
    /// As the caller knows it.
    pub name: String,
    /// Where its bytes are.
    pub content: Content,
}

/// How to read many files.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How to read each.
    pub parse: ParseOptions,
    /// How to check each; none to leave them unchecked.
    pub check: Option<CheckOptions>,
    /// Threads.
    pub workers: NonZeroUsize,
}

/// How far the work is. The members of an archive count once it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Sources done, those that failed included.
    pub done: usize,
    /// Sources in all.
    pub total: usize,
    /// Sources that failed.
    pub failed: usize,
}

/// Why a source gave no report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Who is at fault: the name of a [`gongkai::ErrorKind`], or `internal`.
    pub kind: String,
    /// Stable identifier of the reason.
    pub code: String,
    /// In English.
    pub message: String,
    /// In Chinese.
    pub message_zh: String,
    /// The place, where there is one.
    pub location: Option<Box<Location>>,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            kind: error.kind().name().to_owned(),
            code: error.code().to_owned(),
            message: error.message().to_owned(),
            message_zh: error.message_zh().to_owned(),
            location: error.location().cloned().map(Box::new),
        }
    }
}

impl Failure {
    fn new(kind: &str, code: &str, message: impl Into<String>, message_zh: impl Into<String>) -> Self {
        Self {
            kind: kind.to_owned(),
            code: code.to_owned(),
            message: message.into(),
            message_zh: message_zh.into(),
            location: None,
        }
    }

    fn push(&self, source: &str, rows: &mut Rows) {
        let why = tables::Failure { kind: &self.kind, code: &self.code, message: &self.message };
        rows.push(&tables::Entry { source, report: Err(why), findings: &[] });
    }
}

/// What became of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The source's name.
    pub source: String,
    /// The report, packed, or why there is none.
    pub outcome: Result<Packed, Failure>,
}

/// A report and all its findings, as compressed JSON: some six kilobytes, where
/// the report itself takes a hundred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    report: Box<[u8]>,
    findings: Box<[u8]>,
    facts: usize,
}

impl Packed {
    /// Packs a report and its findings, those of the checks included.
    pub fn new(report: &Report, findings: &[Finding]) -> Self {
        // Writing JSON of plain data does not fail.
        let findings = serde_json::to_string(findings).unwrap_or_default();
        Self {
            report: deflate(report.to_json().as_bytes()),
            findings: deflate(findings.as_bytes()),
            facts: report.facts().len(),
        }
    }

    /// The report.
    ///
    /// # Errors
    ///
    /// A message, if the packed bytes were not made by [`Packed::new`].
    pub fn report(&self) -> Result<Report, String> {
        Report::from_json(&inflate(&self.report)?).map_err(|error| error.to_string())
    }

    /// The reader's findings and those of the checks.
    ///
    /// # Errors
    ///
    /// As [`Packed::report`].
    pub fn findings(&self) -> Result<Vec<Finding>, String> {
        serde_json::from_str(&inflate(&self.findings)?).map_err(|error| error.to_string())
    }

    /// The packed bytes: of the report, and of the findings.
    pub fn bytes(&self) -> (&[u8], &[u8]) {
        (&self.report, &self.findings)
    }

    /// Takes back what [`Packed::bytes`] gave.
    ///
    /// # Errors
    ///
    /// A message, if they are no such bytes.
    pub fn from_bytes(report: &[u8], findings: &[u8]) -> Result<Self, String> {
        let packed = Self { report: report.into(), findings: findings.into(), facts: 0 };
        packed.findings()?;
        let facts = packed.report()?.facts().len();
        Ok(Self { facts, ..packed })
    }

    /// How many facts the report has.
    pub fn facts(&self) -> usize {
        self.facts
    }
}

/// Reports of many sources, in the order of the sources.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// One for each source; for an archive, one for each document in it, named
    /// `archive.zip!/member`.
    pub items: Vec<Item>,
}

impl Batch {
    /// Reads every source. `watch` is called on the calling thread, several times a
    /// second; breaking ends the work after the files that are being read, with none.
    pub fn read(
        sources: &[Source],
        settings: &Settings,
        mut watch: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Option<Self> {
        let queue = Queue::new(sources);
        let (sender, receiver) = mpsc::channel::<(Place, Read)>();
        let mut items: Vec<(Place, Item)> = Vec::with_capacity(sources.len());
        let mut progress = Progress { done: 0, total: sources.len(), failed: 0 };
        std::thread::scope(|scope| {
            for _ in 0..settings.workers.get().min(MOST_WORKERS) {
                let sender = sender.clone();
                let queue = &queue;
                scope.spawn(move || {
                    while let Some(job) = queue.take() {
                        let read = job.read(settings);
                        let more = read.jobs(job.place);
                        // An archive is told of before its members can be.
                        let heard = sender.send((job.place, read));
                        queue.finish(more);
                        if heard.is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            loop {
                match receiver.recv_timeout(MOMENT) {
                    Ok((_, Read::Archive(_, members))) => progress.total += members.len().saturating_sub(1),
                    Ok((place, Read::Item(item))) => {
                        progress.done += 1;
                        progress.failed += usize::from(item.outcome.is_err());
                        items.push((place, item));
                        // Looking at every file would cost more than reading it.
                        if !progress.done.is_multiple_of(LOOK_EVERY) {
                            continue;
                        }
                    }
                    Err(mpsc::RecvTimeoutError::Timeout) => {}
                    Err(mpsc::RecvTimeoutError::Disconnected) => break,
                }
                if watch(progress).is_break() {
                    queue.stop();
                    return None;
                }
            }
            let _ = watch(progress);
            items.sort_unstable_by_key(|(place, _)| *place);
            Some(Self { items: items.into_iter().map(|(_, item)| item).collect() })
        })
    }

    /// Some records of a table, at least `enough` where there are as many: those of sources
    /// without a report first.
    ///
    /// # Errors
    ///
    /// As [`Packed::report`].
    pub fn some(&self, table: Table, enough: usize) -> Result<Rows, String> {
        let mut rows = Rows::new(table);
        let failed = self.items.iter().filter(|item| item.outcome.is_err());
        let read = self.items.iter().filter(|item| item.outcome.is_ok());
        for item in failed.chain(read) {
            if rows.len() >= enough {
                break;
            }
            item.push(&mut rows)?;
        }
        Ok(rows)
    }

    /// The records of a table, piece by piece.
    pub fn rows(
        self: Arc<Self>,
        table: Table,
    ) -> impl Iterator<Item = Result<Rows, String>> + Send + 'static {
        let mut at = 0;
        std::iter::from_fn(move || {
            let mut rows = Rows::new(table);
            while let Some(item) = self.items.get(at).filter(|_| !rows.is_full()) {
                at += 1;
                if let Err(message) = item.push(&mut rows) {
                    at = self.items.len();
                    return Some(Err(format!("{}: {message}", item.source)));
                }
            }
            (!rows.is_empty()).then_some(Ok(rows))
        })
    }
}

impl Item {
    fn push(&self, rows: &mut Rows) -> Result<(), String> {
        match &self.outcome {
            Ok(packed) => {
                let report = packed.report()?;
                let findings = packed.findings()?;
                rows.push(&tables::Entry { source: &self.source, report: Ok(&report), findings: &findings });
            }
            Err(failure) => failure.push(&self.source, rows),
        }
        Ok(())
    }
}

const MOMENT: Duration = Duration::from_millis(50);
const LOOK_EVERY: usize = 64;

/// More threads gain nothing on any machine, and a system refuses too many.
const MOST_WORKERS: usize = 256;

/// Where the document of a job stands: its source, and its member in an archive.
type Place = (usize, usize);

/// A document to read.
struct Job<'a> {
    place: Place,
    document: Unread<'a>,
}

enum Unread<'a> {
    Source(&'a Source),
    Member(Arc<Opened>, Member),
}

/// An archive, and the name of the source it is.
struct Opened {
    name: String,
    archive: Archive,
}

/// What a job gave.
enum Read {
    Item(Item),
    /// More documents; at least one.
    Archive(Arc<Opened>, Vec<Member>),
}

impl Job<'_> {
    fn read(&self, settings: &Settings) -> Read {
        let name = match &self.document {
            Unread::Source(source) => source.name.clone(),
            Unread::Member(opened, member) => member_name(&opened.name, member),
        };
        let work = || {
            let mut options = settings.parse.clone();
            let bytes = match &self.document {
                Unread::Source(Source { content: Content::Bytes(bytes), .. }) => Cow::Borrowed(&**bytes),
                Unread::Source(Source { content: Content::Path(path), .. }) => {
                    options.file_name.get_or_insert_with(|| name.clone());
                    Cow::Owned(read_file(path, options.limits.input_bytes)?)
                }
                Unread::Member(opened, member) => {
                    options.file_name = Some(name.clone());
                    Cow::Owned(opened.archive.read(member)?)
                }
            };
            if let Unread::Source(source) = &self.document
                && let Some((archive, members)) = documents(&bytes, &options)?
            {
                return Ok(Read::Archive(Arc::new(Opened { name: source.name.clone(), archive }), members));
            }
            let (report, findings) = read_and_check(&bytes, &options, settings.check.as_ref())?;
            Ok(Read::Item(Item { source: name.clone(), outcome: Ok(Packed::new(&report, &findings)) }))
        };
        guarded(work)
            .unwrap_or_else(|failure| Read::Item(Item { source: name.clone(), outcome: Err(failure) }))
    }
}

impl Read {
    fn jobs<'a>(&self, (source, _): Place) -> Vec<Job<'a>> {
        let Self::Archive(opened, members) = self else { return Vec::new() };
        let job = |(at, member): (usize, &Member)| Job {
            place: (source, at),
            document: Unread::Member(Arc::clone(opened), member.clone()),
        };
        members.iter().enumerate().map(job).collect()
    }
}

/// What is left to read; the members of an archive go before what follows it.
struct Queue<'a> {
    state: Mutex<State<'a>>,
    changed: Condvar,
}

struct State<'a> {
    jobs: VecDeque<Job<'a>>,
    /// Jobs being read, which may bring more.
    busy: usize,
    stopped: bool,
}

impl<'a> Queue<'a> {
    fn new(sources: &'a [Source]) -> Self {
        let jobs = sources.iter().enumerate();
        let jobs =
            jobs.map(|(at, source)| Job { place: (at, 0), document: Unread::Source(source) }).collect();
        Self { state: Mutex::new(State { jobs, busy: 0, stopped: false }), changed: Condvar::new() }
    }

    /// The next job, once there is one; `None` when all is done.
    fn take(&self) -> Option<Job<'a>> {
        let mut state = self.lock();
        loop {
            if state.stopped {
                return None;
            }
            if let Some(job) = state.jobs.pop_front() {
                state.busy += 1;
                return Some(job);
            }
            if state.busy == 0 {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Every job that was taken is finished once, and may bring more.
    fn finish(&self, more: Vec<Job<'a>>) {
        let mut state = self.lock();
        state.busy -= 1;
        for job in more.into_iter().rev() {
            state.jobs.push_front(job);
        }
        drop(state);
        self.changed.notify_all();
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<'a>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn member_name(archive: &str, member: &Member) -> String {
    format!("{archive}!/{}", member.name())
}

/// The archive, if the bytes are one and no format was demanded, and the documents in it.
///
/// # Errors
///
/// As [`Archive::open`]; or there are none.
pub fn documents(bytes: &[u8], options: &ParseOptions) -> Result<Option<(Archive, Vec<Member>)>, Failure> {
    if options.format.is_some() || !Archive::is_archive(bytes) {
        return Ok(None);
    }
    let archive = Archive::open(bytes, &options.limits)?;
    let members: Vec<Member> =
        archive.members().iter().filter(|member| member.is_document()).cloned().collect();
    if members.is_empty() {
        let zh = "压缩包中没有文档";
        return Err(Failure::new("input", "no-documents", "the archive holds no document", zh));
    }
    Ok(Some((archive, members)))
}

/// Reads a document that a caller has opened, or each in an archive, and adds its records to
/// those of a table; a document that gives no report adds what the table has for failures.
/// The path is its name; without bytes the document is one that could not be opened.
pub fn read_into(
    rows: &mut Rows,
    path: &str,
    bytes: Option<&[u8]>,
    parse: &ParseOptions,
    check: Option<&CheckOptions>,
) {
    let mut add = |name: &str, bytes: Result<Cow<'_, [u8]>, Failure>| {
        let options = ParseOptions { file_name: Some(name.to_owned()), ..parse.clone() };
        match bytes.and_then(|bytes| guarded(|| read_and_check(&bytes, &options, check))) {
            Ok((report, findings)) => {
                rows.push(&tables::Entry { source: name, report: Ok(&report), findings: &findings });
            }
            Err(failure) => failure.push(name, rows),
        }
    };
    let Some(bytes) = bytes else {
        return add(path, Err(Failure::new("io", "no-content", "the file has no content", "文件没有内容")));
    };
    match guarded(|| documents(bytes, parse)) {
        Ok(None) => add(path, Ok(bytes.into())),
        Ok(Some((archive, members))) => {
            for member in &members {
                add(&member_name(path, member), guarded(|| Ok(archive.read(member)?.into())));
            }
        }
        Err(failure) => add(path, Err(failure)),
    }
}

/// The report, and its findings: the reader's, and those of the checks if they are wanted.
fn read_and_check(
    bytes: &[u8],
    options: &ParseOptions,
    check: Option<&CheckOptions>,
) -> Result<(Report, Vec<Finding>), Failure> {
    let report = gongkai::parse_with_options(bytes, options)?;
    let Some(check) = check else {
        let findings = report.findings().to_vec();
        return Ok((report, findings));
    };
    let checked = Evaluation { findings: gongkai::check(&report, check), outcomes: Vec::new() };
    let findings = checked.with_reading(&report, check).findings;
    Ok((report, findings))
}

/// A panic is a failure of the one document.
fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("panic");
        Err(Failure::new("internal", "panic", text, format!("程序内部错误：{text}")))
    })
}

/// A regular file's bytes, one more than allowed so that passing the limit is seen.
///
/// # Errors
///
/// A failure of the kind `io`: the file is missing, is none, or cannot be read.
pub fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            Failure::new("io", "missing", "no such file or directory", "文件不存在")
        }
        _ => Failure::new("io", "io", error.to_string().to_lowercase(), "无法读取文件"),
    };
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(Failure::new("io", "folder", "expected a file, found a folder", "应为文件，实为文件夹"));
    }
    // Opening a pipe or a device could wait for ever.
    if !metadata.is_file() {
        let zh = "应为文件，实为非普通文件";
        return Err(Failure::new("io", "not-a-file", "expected a file, found no regular file", zh));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn deflate(bytes: &[u8]) -> Box<[u8]> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    // Writing into memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default().into()
}

fn inflate(bytes: &[u8]) -> Result<String, String> {
    let mut text = String::new();
    DeflateDecoder::new(bytes).read_to_string(&mut text).map_err(|error| error.to_string())?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_failure_of_its_kind() {
        let failure = guarded::<()>(|| panic!("on request")).unwrap_err();
        assert_eq!((&*failure.kind, &*failure.code, &*failure.message), ("internal", "panic", "on request"));
    }

    /// What a path may name besides a file that can be read: each is an error at once.
    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_named() {
        use std::os::unix::fs::symlink;
        let folder = std::env::temp_dir().join(format!("gongkai-paths-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let at = |name: &str| folder.join(name);
        std::fs::write(at("file"), b"12345").unwrap();
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        symlink(at("loop"), at("loop")).unwrap();
        symlink(at("nowhere"), at("gone")).unwrap();
        symlink("/dev/zero", at("endless")).unwrap();
        let cases = [
            (at("none"), "missing"),
            (at("gone"), "missing"),
            (folder.clone(), "folder"),
            (at("pipe"), "not-a-file"),
            (at("socket"), "not-a-file"),
            (at("endless"), "not-a-file"),
            (at("loop"), "io"),
            (at("file/below"), "io"),
            (at(&"x".repeat(300)), "io"),
            (at("nul\0name"), "io"),
        ];
        for (path, code) in cases {
            let failure = read_file(&path, 1 << 20).unwrap_err();
            assert_eq!((&*failure.kind, &*failure.code), ("io", code), "{}", path.display());
        }
        assert_eq!(read_file(&at("file"), 3).unwrap(), b"1234");
        assert_eq!(read_file(&at("file"), u64::MAX).unwrap(), b"12345");
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_gives_no_report_is_a_record_of_reports_and_none_of_facts() {
        for (table, records) in [(Table::Reports, 2), (Table::Facts, 0)] {
            let mut rows = Rows::new(table);
            read_into(&mut rows, "a.docx", Some(b"nothing"), &ParseOptions::default(), None);
            read_into(&mut rows, "b.docx", None, &ParseOptions::default(), None);
            assert_eq!(rows.len(), records);
        }
    }
}
