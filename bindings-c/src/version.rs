//! Versions.

use std::ffi::c_char;

/// Number of the binary interface. It grows when a program built against an older header
/// would not run any more; the name of the shared library has it.
pub const GONGKAI_ABI_VERSION: u32 = 1;
/// The oldest binary interface whose programs run with this library.
pub const GONGKAI_ABI_MIN_COMPATIBLE: u32 = 1;

/// Version of the library that runs, for example `0.1.0`. `GONGKAI_VERSION` is the version
/// of the header.
///
/// Ownership: the text is static, NUL ends it.
/// Threads: any.
/// Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// Version of the library that runs as one number, as `GONGKAI_VERSION_NUMBER`: major times
/// 1 000 000, plus minor times 1 000, plus patch.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_version_number() -> u32 {
    let number = |text: &str| text.parse::<u32>().unwrap_or_default();
    number(env!("CARGO_PKG_VERSION_MAJOR")) * 1_000_000
        + number(env!("CARGO_PKG_VERSION_MINOR")) * 1_000
        + number(env!("CARGO_PKG_VERSION_PATCH"))
}

/// Number of the binary interface of the library that runs, as `GONGKAI_ABI_VERSION`.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_abi_version() -> u32 {
    GONGKAI_ABI_VERSION
}

/// The oldest binary interface whose programs run with this library, as
/// `GONGKAI_ABI_MIN_COMPATIBLE`.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_abi_min_compatible() -> u32 {
    GONGKAI_ABI_MIN_COMPATIBLE
}

/// Version of the JSON form of reports, as `GONGKAI_SCHEMA_VERSION`.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_schema_version() -> u32 {
    gongkai::SCHEMA_VERSION
}

/// Version of the tables that Arrow streams carry, as `GONGKAI_TABLES_VERSION`.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_tables_version() -> u32 {
    gongkai::view::tables::TABLES_VERSION
}
