//! What crosses the border: out parameters, text with a NUL after it, and the guard that
//! lets no panic through. All casts of the crate are here.

use std::ffi::{CStr, c_char};
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Once;

use crate::error::{ABSENT, Error, GONGKAI_E_CALLER, GONGKAI_E_INTERNAL, GONGKAI_OK};

/// A place for a result; NULL where the caller does not want it. What is in it is never
/// read, and it is written only on success.
///
/// cbindgen:transparent-typedef
#[repr(transparent)]
pub struct Out<'a, T>(Option<&'a mut MaybeUninit<T>>);

impl<T> Out<'_, T> {
    /// Writes the result. A result that is not wanted is dropped.
    pub(crate) fn put(self, value: T) {
        if let Some(place) = self.0 {
            place.write(value);
        }
    }

    /// The place, which must be there.
    pub(crate) fn required(self, what: &str) -> Result<Self, Error> {
        if self.0.is_some() { Ok(self) } else { Err(Error::null(what)) }
    }
}

/// Text with a NUL after it, which is not counted.
pub(crate) struct Text(Box<[u8]>);

impl Text {
    pub(crate) fn new(text: impl AsRef<str>) -> Self {
        Self::of_bytes(text.as_ref().as_bytes())
    }

    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        let mut all = Vec::with_capacity(bytes.len() + 1);
        all.extend_from_slice(bytes);
        all.push(0);
        Self(all.into())
    }

    /// Without the NUL.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.split_last().map_or(&[], |(_, text)| text)
    }

    pub(crate) fn lend(&self, text: Out<*const c_char>, length: Out<usize>) {
        text.put(self.0.as_ptr().cast());
        length.put(self.as_bytes().len());
    }
}

/// A getter: from a handle to a result, or [`ABSENT`], or another status.
pub(crate) fn get<T>(handle: Option<&T>, work: impl FnOnce(&T) -> Result<(), i32>) -> i32 {
    let Some(handle) = handle else { return GONGKAI_E_CALLER };
    guarded(|| work(handle)).unwrap_or(Err(GONGKAI_E_INTERNAL)).err().unwrap_or(GONGKAI_OK)
}

/// A getter of text.
pub(crate) fn get_text<T>(
    handle: Option<&T>,
    text: Out<*const c_char>,
    length: Out<usize>,
    find: impl FnOnce(&T) -> Option<&Text>,
) -> i32 {
    get(handle, |handle| {
        find(handle).ok_or(ABSENT)?.lend(text, length);
        Ok(())
    })
}

/// A getter of a plain value.
pub(crate) fn get_value<T, V>(handle: Option<&T>, value: Out<V>, find: impl FnOnce(&T) -> Option<V>) -> i32 {
    get(handle, |handle| {
        value.put(find(handle).ok_or(ABSENT)?);
        Ok(())
    })
}

/// A getter of a handle that lives in another.
pub(crate) fn get_part<T, P>(
    handle: Option<&T>,
    part: Out<*const P>,
    find: impl FnOnce(&T) -> Option<&P>,
) -> i32 {
    get_value(handle, part, |handle| find(handle).map(std::ptr::from_ref))
}

/// A number of things.
pub(crate) fn count<T>(handle: Option<&T>, count: impl FnOnce(&T) -> usize) -> usize {
    handle.and_then(|handle| guarded(|| count(handle)).ok()).unwrap_or_default()
}

/// Work that may fail with more to say than a status.
pub(crate) fn call(error: Out<Box<Error>>, work: impl FnOnce() -> Result<(), Error>) -> i32 {
    let failure = match guarded(work) {
        Ok(Ok(())) => return GONGKAI_OK,
        Ok(Err(failure)) => failure,
        Err(panic) => Error::internal(&panic),
    };
    let status = failure.status();
    // What is absent is no error.
    if status != ABSENT {
        error.put(Box::new(failure));
    }
    status
}

/// As [`call`], for work that makes a handle: one that nobody would take is not made.
pub(crate) fn give<T>(
    out: Out<Box<T>>,
    error: Out<Box<Error>>,
    work: impl FnOnce() -> Result<Box<T>, Error>,
) -> i32 {
    call(error, || {
        let out = out.required("the result")?;
        out.put(work()?);
        Ok(())
    })
}

/// Drops a handle. Nothing that a drop does may cross.
pub(crate) fn free<T>(handle: Option<Box<T>>) {
    let _ = guarded(|| drop(handle));
}

/// Runs the work; a panic is its message.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // Rust would write the message of every panic to standard error. The hook is that of
    // this library's own copy of the Rust runtime.
    static QUIET: Once = Once::new();
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().copied();
        text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("panic").to_owned()
    })
}

/// The bytes of the caller. NULL is no bytes if the length is 0.
///
/// # Safety
///
/// `data` points to `length` bytes, or is NULL.
pub(crate) unsafe fn bytes<'a>(name: &str, data: *const u8, length: usize) -> Result<&'a [u8], Error> {
    if length == 0 {
        return Ok(&[]);
    }
    if data.is_null() || isize::try_from(length).is_err() {
        return Err(Error::null(name));
    }
    // SAFETY: not NULL, of a length that memory can have; the rest the caller promises.
    Ok(unsafe { std::slice::from_raw_parts(data, length) })
}

/// The UTF-8 of the caller.
///
/// # Safety
///
/// As [`bytes`].
pub(crate) unsafe fn utf8<'a>(name: &str, data: *const c_char, length: usize) -> Result<&'a str, Error> {
    // SAFETY: the caller's promise.
    let bytes = unsafe { bytes(name, data.cast(), length) }?;
    std::str::from_utf8(bytes).map_err(|error| Error::not_utf8(name, error.valid_up_to()))
}

/// A name: UTF-8 that a NUL ends.
///
/// # Safety
///
/// `name` is NULL, or points to text that a NUL ends.
pub(crate) unsafe fn name<'a>(what: &str, name: *const c_char) -> Result<&'a str, Error> {
    if name.is_null() {
        return Err(Error::null(what));
    }
    // SAFETY: not NULL; the rest the caller promises.
    let text = unsafe { CStr::from_ptr(name) };
    text.to_str().map_err(|error| Error::not_utf8(what, error.valid_up_to()))
}

/// As [`name`], where NULL stands for nothing.
///
/// # Safety
///
/// As [`name`].
pub(crate) unsafe fn optional<'a>(what: &str, text: *const c_char) -> Result<Option<&'a str>, Error> {
    if text.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's promise.
    unsafe { name(what, text) }.map(Some)
}

/// As [`name`], one of those that are known.
///
/// # Safety
///
/// As [`name`].
pub(crate) unsafe fn name_among<'a>(name: *const c_char, known: &[&str]) -> Result<&'a str, i32> {
    // SAFETY: the caller's promise.
    let name = unsafe { self::name("name", name) }.map_err(|error| error.status())?;
    if known.contains(&name) { Ok(name) } else { Err(GONGKAI_E_CALLER) }
}

/// A path: the system's own bytes, which a NUL ends; on other systems than Unix, UTF-8.
///
/// # Safety
///
/// As [`name`].
pub(crate) unsafe fn path(what: &str, path: *const c_char) -> Result<PathBuf, Error> {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        if path.is_null() {
            return Err(Error::null(what));
        }
        // SAFETY: not NULL; the rest the caller promises.
        let bytes = unsafe { CStr::from_ptr(path) }.to_bytes();
        Ok(std::ffi::OsStr::from_bytes(bytes).into())
    }
    #[cfg(not(unix))]
    {
        // SAFETY: the caller's promise.
        unsafe { name(what, path) }.map(PathBuf::from)
    }
}

/// The handles of an array, none of them NULL.
///
/// # Safety
///
/// `handles` points to `count` pointers, each NULL or a handle that lives as long as `'a`.
pub(crate) unsafe fn handles<'a, T>(
    what: &str,
    handles: *const *const T,
    count: usize,
) -> Result<Vec<&'a T>, Error> {
    if count == 0 {
        return Ok(Vec::new());
    }
    if handles.is_null() || isize::try_from(count.saturating_mul(size_of::<*const T>())).is_err() {
        return Err(Error::null(what));
    }
    // SAFETY: not NULL, of a length that memory can have; the rest the caller promises.
    let handles = unsafe { std::slice::from_raw_parts(handles, count) };
    // SAFETY: each is NULL or a handle that lives.
    handles.iter().map(|handle| unsafe { handle.as_ref() }.ok_or_else(|| Error::null(what))).collect()
}
