//! `gongkai_bytes`: what a function wrote.

use std::ffi::c_char;

use crate::ffi::{self, Out, Text};

/// Bytes that the library wrote, a NUL after them.
pub struct Bytes(Text);

impl Bytes {
    pub(crate) fn new(bytes: impl AsRef<[u8]>) -> Box<Self> {
        Box::new(Self(Text::of_bytes(bytes.as_ref())))
    }
}

/// The bytes and their number. A NUL that is not counted follows them, so that text can be
/// used as a C string.
///
/// Ownership: the bytes live as long as `bytes`.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL bytes.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_bytes_data(
    bytes: Option<&Bytes>,
    data: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(bytes, data, length, |bytes| Some(&bytes.0))
}

/// Frees bytes.
///
/// Ownership: takes `bytes`; NULL is allowed and does nothing.
/// Threads: any, once nobody else uses the bytes.
/// Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_bytes_free(bytes: Option<Box<Bytes>>) {
    ffi::free(bytes);
}
