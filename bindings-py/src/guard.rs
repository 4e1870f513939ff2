//! The one way into the library: detached from the interpreter, panics caught, errors
//! turned into the exceptions of `gongkai.errors`.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;

use crate::location::Location;

thread_local! {
    /// Place and message of this thread's last panic; the payload alone has no place.
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The hook is this extension's own: every Rust extension links its own runtime.
pub(crate) fn keep_panics_off_stderr() {
    std::panic::set_hook(Box::new(|panic| {
        let text = panic.to_string();
        // A thread that is ending has no such variable any more.
        let _ = LAST_PANIC.try_with(|last| last.replace(text));
    }));
}

/// Runs `work` while other Python threads run; a panic becomes `gongkai.InternalError`.
pub(crate) fn run<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    py.detach(|| catch_unwind(AssertUnwindSafe(work)).map_err(|_| LAST_PANIC.take())).map_err(|panic| {
        exception(py, "internal", "panic", &panic, &format!("程序内部错误：{panic}"), None, None)
    })
}

/// As [`run`], for work that may fail.
pub(crate) fn try_run<T: Send>(
    py: Python<'_>,
    source: Option<&str>,
    work: impl FnOnce() -> gongkai::Result<T> + Send,
) -> PyResult<T> {
    run(py, work)?.map_err(|error| {
        let place = error.location().cloned().map(Location);
        exception(py, error.kind().name(), error.code(), error.message(), error.message_zh(), place, source)
    })
}

/// An error of the binding itself: the caller asked for something impossible.
pub(crate) fn caller_error(py: Python<'_>, code: &str, en: &str, zh: &str) -> PyErr {
    exception(py, "caller", code, en, zh, None, None)
}

pub(crate) fn exception(
    py: Python<'_>,
    kind: &str,
    code: &str,
    en: &str,
    zh: &str,
    place: Option<Location>,
    source: Option<&str>,
) -> PyErr {
    let made = py
        .import("gongkai.errors")
        .and_then(|errors| errors.getattr("of_kind"))
        .and_then(|of_kind| of_kind.call1((kind, code, en, zh, place, source)));
    made.map_or_else(|error| error, PyErr::from_value)
}

/// Lets the tests see what becomes of a panic. Not in release builds.
#[cfg(debug_assertions)]
#[pyfunction]
#[allow(clippy::panic)]
pub(crate) fn _panic(py: Python<'_>) -> PyResult<()> {
    run(py, || panic!("on request"))
}
