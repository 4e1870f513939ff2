//! The one error type of the library.
//!
//! An error means that no report can exist at all; everything that still leaves
//! a report is a [`crate::Finding`] beside it.

use std::fmt;

use crate::location::Location;

/// Result of the library's fallible functions.
pub type Result<T> = std::result::Result<T, Error>;

/// Who is at fault. Bindings map kinds, never single errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The bytes are damaged, or are not a report.
    Input,
    /// A limit of [`crate::Limits`] was passed.
    Limit,
    /// The bytes may be a report, but in a form the library does not read.
    Unsupported,
    /// The caller asked for something impossible.
    Caller,
    /// The bytes could not be obtained. Only bindings that open files use it.
    Io,
}

impl ErrorKind {
    /// The kind's stable name, as the bindings print it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Limit => "limit",
            Self::Unsupported => "unsupported",
            Self::Caller => "caller",
            Self::Io => "io",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why no report could be read: a kind, a stable code, a message in Chinese and
/// English, and the place where there is one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.describe())]
pub struct Error(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    code: &'static str,
    zh: String,
    en: String,
    location: Option<Location>,
}

impl Error {
    pub(crate) fn new(
        kind: ErrorKind,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self(Box::new(Inner { kind, code, zh: zh.into(), en: en.into(), location: None }))
    }

    pub(crate) fn input(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(ErrorKind::Input, code, zh, en)
    }

    pub(crate) fn unsupported(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(ErrorKind::Unsupported, code, zh, en)
    }

    /// A limit was passed: its name as in [`crate::Limits`], and its value.
    pub(crate) fn limit(name: &'static str, limit: u64) -> Self {
        Self::new(
            ErrorKind::Limit,
            "limit",
            format!("超过限制 {name} = {limit}"),
            format!("limit {name} = {limit} exceeded"),
        )
    }

    pub(crate) fn at(mut self, location: Location) -> Self {
        self.0.location = Some(location);
        self
    }

    /// At that place, unless it tells one already.
    pub(crate) fn or_at(self, location: Location) -> Self {
        if self.0.location.is_some() { self } else { self.at(location) }
    }

    /// In that part of a package, unless it tells a place already.
    pub(crate) fn or_in(self, part: &str) -> Self {
        self.or_at(Location { part: Some(part.into()), ..Location::default() })
    }

    /// Who is at fault.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Stable identifier of the reason, for example `not-a-report`.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// The message in English, without the place.
    pub fn message(&self) -> &str {
        &self.0.en
    }

    /// The message in Chinese, without the place.
    pub fn message_zh(&self) -> &str {
        &self.0.zh
    }

    /// The place, where there is one.
    pub fn location(&self) -> Option<&Location> {
        self.0.location.as_ref()
    }

    fn describe(&self) -> String {
        match &self.0.location {
            Some(place) => format!("{} ({}) at {place}", self.0.en, self.0.code),
            None => format!("{} ({})", self.0.en, self.0.code),
        }
    }
}
