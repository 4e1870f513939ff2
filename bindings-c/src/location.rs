//! `gongkai_location`.

use std::ffi::c_char;
use std::sync::OnceLock;

use crate::error::ABSENT;
use crate::ffi::{self, Out, Text};

/// Where something stands in the document.
pub struct Location {
    place: gongkai::Location,
    part: OnceLock<Option<Text>>,
    shown: OnceLock<Text>,
}

impl Location {
    pub(crate) fn new(place: &gongkai::Location) -> Self {
        Self { place: place.clone(), part: OnceLock::new(), shown: OnceLock::new() }
    }
}

const NUMBERS: &[&str] = &["block", "table", "row", "column", "page", "line", "start", "end"];

/// One number of a place, by name; counts start at 1. What a carrier does not have is absent:
/// text has lines and no parts, a package has parts and no lines. The numbers are
/// `block` (ordinal of the paragraph or table in the body), `table` (in the document),
/// `row` and `column` (in the table), `page`, `line` (of the decoded text), and `start` and
/// `end` (half-open range of UTF-8 bytes in the decoded text, counted from 0).
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` where the place has no such number; `GONGKAI_E_CALLER` for NULL
/// or another name.
///
/// # Safety
///
/// `name` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_location_number(
    location: Option<&Location>,
    name: *const c_char,
    number: Out<u32>,
) -> i32 {
    ffi::get(location, |location| {
        // SAFETY: the caller's promise.
        let name = unsafe { ffi::name_among(name, NUMBERS) }?;
        let place = &location.place;
        let found = match name {
            "block" => place.block,
            "table" => place.table,
            "row" => place.row,
            "column" => place.column,
            "page" => place.page,
            "line" => place.line,
            "start" => place.range.map(|(start, _)| start),
            _ => place.range.map(|(_, end)| end),
        };
        number.put(found.ok_or(ABSENT)?);
        Ok(())
    })
}

/// Name of the part inside a package, for example `word/document.xml`.
///
/// Ownership: the text lives as long as `location`.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` for carriers without parts; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_location_part(
    location: Option<&Location>,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(location, text, length, |location| {
        location.part.get_or_init(|| location.place.part.as_deref().map(Text::new)).as_ref()
    })
}

/// The place in words, for example `table 2, row 5, column 3`.
///
/// Ownership: the text lives as long as `location`.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_location_text(
    location: Option<&Location>,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(location, text, length, |location| {
        Some(location.shown.get_or_init(|| Text::new(location.place.to_string())))
    })
}
