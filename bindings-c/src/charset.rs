//! Text to and from GB18030.

use std::ffi::c_char;

use gongkai_bindings::charset;

use crate::bytes::Bytes;
use crate::error::Error;
use crate::ffi::{self, Out};

/// Writes UTF-8 text in GB18030 with the mapping of its 2022 edition. No character is ever
/// replaced.
///
/// Ownership: `text` is not kept; the caller frees `bytes` with `gongkai_bytes_free`.
/// Threads: any.
/// Errors: `GONGKAI_E_INEXACT` with the code `gb18030` for a character that would not come
/// back as it is; `GONGKAI_E_CALLER` for NULL or text that is not UTF-8.
///
/// # Safety
///
/// `text` points to `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_gb18030_encode(
    text: *const c_char,
    length: usize,
    bytes: Out<Box<Bytes>>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::give(bytes, error, || {
        // SAFETY: the caller's promise.
        let text = unsafe { ffi::utf8("text", text, length) }?;
        charset::gb18030(text).map(Bytes::new).map_err(|at| Error::no_gb18030(text, at))
    })
}

/// Writes GB18030 text, and so GBK and GB2312 text, in UTF-8. No byte is ever replaced.
///
/// Ownership: `text` is not kept; the caller frees `bytes` with `gongkai_bytes_free`.
/// Threads: any.
/// Errors: `GONGKAI_E_INEXACT` with the code `gb18030` and the place of the first byte that
/// is no GB18030; `GONGKAI_E_CALLER` for NULL.
///
/// # Safety
///
/// `text` points to `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_gb18030_decode(
    text: *const c_char,
    length: usize,
    bytes: Out<Box<Bytes>>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::give(bytes, error, || {
        // SAFETY: the caller's promise.
        let text = unsafe { ffi::bytes("text", text.cast(), length) }?;
        charset::utf8_of_gb18030(text).map(Bytes::new).map_err(Error::not_gb18030)
    })
}
