//! Calls of the C interface in an order that the input chooses, from C.
#![no_main]

// The symbols that the C code calls.
extern crate gongkai_c as _;

unsafe extern "C" {
    fn gongkai_sequence(data: *const u8, size: usize) -> i32;
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // SAFETY: the bytes are there for the time of the call.
    unsafe { gongkai_sequence(bytes.as_ptr(), bytes.len()) };
});
