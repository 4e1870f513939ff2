//! Statuses and `gongkai_error`.

use std::ffi::{CStr, c_char};

use gongkai::ErrorKind;
use gongkai_bindings::batch::Failure;

use crate::ffi::{self, Out, Text};
use crate::location::Location;

/// It worked, and the results are written.
pub const GONGKAI_OK: i32 = 0;
/// No error: the document, or the form, does not say it. Nothing is written.
pub const GONGKAI_ABSENT: i32 = 1;
/// The bytes are damaged, or are not a report.
pub const GONGKAI_E_INPUT: i32 = 2;
/// A limit of the options was passed.
pub const GONGKAI_E_LIMIT: i32 = 3;
/// The bytes may be a report, but in a form the library does not read.
pub const GONGKAI_E_UNSUPPORTED: i32 = 4;
/// The call is wrong: a NULL, a name that does not exist, text that is not UTF-8, a number
/// that does not fit.
pub const GONGKAI_E_CALLER: i32 = 5;
/// A file could not be read.
pub const GONGKAI_E_IO: i32 = 6;
/// A fault of the library itself. The process is sound, the handles may be used and freed.
pub const GONGKAI_E_INTERNAL: i32 = 7;
/// The caller's callback ended the work.
pub const GONGKAI_E_CANCELLED: i32 = 8;
/// The value is there, but has no exact form of the type that was asked for.
pub const GONGKAI_E_INEXACT: i32 = 9;

/// Chinese.
pub const GONGKAI_ZH: i32 = 0;
/// English.
pub const GONGKAI_EN: i32 = 1;

pub(crate) use GONGKAI_ABSENT as ABSENT;

/// Every status, with its name.
const STATUSES: &[(i32, &CStr)] = &[
    (GONGKAI_OK, c"ok"),
    (GONGKAI_ABSENT, c"absent"),
    (GONGKAI_E_INPUT, c"input"),
    (GONGKAI_E_LIMIT, c"limit"),
    (GONGKAI_E_UNSUPPORTED, c"unsupported"),
    (GONGKAI_E_CALLER, c"caller"),
    (GONGKAI_E_IO, c"io"),
    (GONGKAI_E_INTERNAL, c"internal"),
    (GONGKAI_E_CANCELLED, c"cancelled"),
    (GONGKAI_E_INEXACT, c"inexact"),
];

/// Why a call failed.
pub struct Error {
    status: i32,
    code: Text,
    zh: Text,
    en: Text,
    location: Option<Box<Location>>,
}

impl Error {
    pub(crate) fn new(status: i32, code: &str, zh: impl AsRef<str>, en: impl AsRef<str>) -> Self {
        Self { status, code: Text::new(code), zh: Text::new(zh), en: Text::new(en), location: None }
    }

    pub(crate) fn caller(code: &str, zh: impl AsRef<str>, en: impl AsRef<str>) -> Self {
        Self::new(GONGKAI_E_CALLER, code, zh, en)
    }

    pub(crate) fn null(what: &str) -> Self {
        Self::caller("null", format!("参数 {what} 为 NULL"), format!("{what} is NULL"))
    }

    pub(crate) fn not_utf8(what: &str, at: usize) -> Self {
        let zh = format!("参数 {what} 第 {at} 字节起不是 UTF-8");
        Self::caller("utf-8", zh, format!("{what} is not UTF-8 from byte {at} on"))
    }

    /// A name that is none of those there are.
    pub(crate) fn unknown(what: &str, found: &str, known: &[&str]) -> Self {
        let known = known.join(", ");
        let zh = format!("{what} 应为 {known}，实为{found:?}");
        Self::caller(what, zh, format!("expected {what} of {known}, found {found:?}"))
    }

    pub(crate) fn internal(panic: &str) -> Self {
        let zh = format!("程序内部错误：{panic}");
        Self::new(GONGKAI_E_INTERNAL, "panic", zh, panic)
    }

    pub(crate) fn no_gb18030(text: &str, at: usize) -> Self {
        let character = text.chars().nth(at).unwrap_or_default();
        let shown = format!("U+{:04X}", u32::from(character));
        let zh = format!("第 {at} 个字符 {shown} 无法用 GB18030 写出");
        let en = format!("character {at}, {shown}, has no bytes of its own in GB18030");
        Self::new(GONGKAI_E_INEXACT, "gb18030", zh, en)
    }

    pub(crate) fn not_gb18030(at: usize) -> Self {
        let zh = format!("第 {at} 字节起不是 GB18030");
        Self::new(GONGKAI_E_INEXACT, "gb18030", zh, format!("not GB18030 from byte {at} on"))
    }

    pub(crate) fn status(&self) -> i32 {
        self.status
    }
}

impl From<gongkai::Error> for Error {
    fn from(error: gongkai::Error) -> Self {
        (&Failure::from(error)).into()
    }
}

impl From<&Failure> for Error {
    fn from(failure: &Failure) -> Self {
        let kinds = [
            (ErrorKind::Input, GONGKAI_E_INPUT),
            (ErrorKind::Limit, GONGKAI_E_LIMIT),
            (ErrorKind::Unsupported, GONGKAI_E_UNSUPPORTED),
            (ErrorKind::Caller, GONGKAI_E_CALLER),
            (ErrorKind::Io, GONGKAI_E_IO),
        ];
        let status = kinds.iter().find(|(kind, _)| kind.name() == failure.kind);
        Self {
            status: status.map_or(GONGKAI_E_INTERNAL, |(_, status)| *status),
            code: Text::new(&failure.code),
            zh: Text::new(&failure.message_zh),
            en: Text::new(&failure.message),
            location: failure.location.as_deref().map(Location::new).map(Box::new),
        }
    }
}

/// Name of a status in ASCII, for logs: `ok`, `absent`, `input`, `limit`, `unsupported`,
/// `caller`, `io`, `internal`, `cancelled`, `inexact`; `unknown` for any other number.
///
/// Ownership: the text is static, NUL ends it.
/// Threads: any.
/// Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_status_name(status: i32) -> *const c_char {
    STATUSES.iter().find(|(number, _)| *number == status).map_or(c"unknown", |(_, name)| name).as_ptr()
}

/// Status of the error: the same that the failed function returned.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for a NULL error.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_error_status(error: Option<&Error>) -> i32 {
    error.map_or(GONGKAI_E_CALLER, Error::status)
}

/// Stable identifier of the reason in ASCII, for example `not-a-report`. It never changes
/// its meaning; programs may compare it.
///
/// Ownership: the text lives as long as `error`.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for a NULL error.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_error_code(
    error: Option<&Error>,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(error, text, length, |error| Some(&error.code))
}

/// Message for people, without the place, in the language `GONGKAI_ZH` or `GONGKAI_EN`.
///
/// Ownership: the text lives as long as `error`.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for a NULL error or another language.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_error_message(
    error: Option<&Error>,
    language: i32,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get(error, |error| {
        pick(language, &error.zh, &error.en)?.lend(text, length);
        Ok(())
    })
}

/// Place in the document that the error is about.
///
/// Ownership: the place lives as long as `error`.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` where there is no place; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_error_location(error: Option<&Error>, location: Out<*const Location>) -> i32 {
    ffi::get_part(error, location, |error| error.location.as_deref())
}

/// Frees an error.
///
/// Ownership: takes `error`; NULL is allowed and does nothing.
/// Threads: any, once nobody else uses the error.
/// Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_error_free(error: Option<Box<Error>>) {
    ffi::free(error);
}

/// Lets the tests see what becomes of a panic. Not in release builds.
///
/// cbindgen:ignore
#[cfg(debug_assertions)]
#[unsafe(no_mangle)]
#[allow(clippy::panic)]
pub extern "C" fn gongkai_test_panic(error: Out<Box<Error>>) -> i32 {
    ffi::call(error, || panic!("on request"))
}

/// Of two texts the one in that language.
pub(crate) fn pick<T>(language: i32, zh: T, en: T) -> Result<T, i32> {
    match language {
        GONGKAI_ZH => Ok(zh),
        GONGKAI_EN => Ok(en),
        _ => Err(GONGKAI_E_CALLER),
    }
}
