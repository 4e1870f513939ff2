//! `gongkai_options`: how to read.

use std::ffi::c_char;
use std::sync::OnceLock;

use gongkai::{Format, Limits, ParseOptions};

use crate::error::{ABSENT, Error};
use crate::ffi::{self, Out, Text};

/// How to read a document. Everything not set keeps its default, which is to detect it.
#[derive(Default)]
pub struct Options(pub(crate) ParseOptions);

impl Options {
    /// The options, or the defaults for NULL.
    pub(crate) fn or_default(options: Option<&Self>) -> ParseOptions {
        options.map(|options| options.0.clone()).unwrap_or_default()
    }
}

/// Makes options that detect everything.
///
/// Ownership: the caller frees the options with `gongkai_options_free`.
/// Threads: any.
/// Errors: none; never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_options_new() -> Box<Options> {
    Box::default()
}

/// Sets the carrier format, by its name (`docx`, `doc`, `html`, `pdf`, `text`, …) or a file
/// name extension; NULL to detect it again.
///
/// Ownership: `name` is copied.
/// Threads: one at a time for the same options.
/// Errors: `GONGKAI_E_CALLER` for NULL options or a format that no reader knows.
///
/// # Safety
///
/// `name` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_options_set_format(
    options: Option<&mut Options>,
    name: *const c_char,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::call(error, || {
        let options = options.ok_or_else(|| Error::null("options"))?;
        // SAFETY: the caller's promise.
        let name = unsafe { ffi::optional("name", name) }?;
        let known = || Format::all().map(Format::name).collect::<Vec<_>>();
        options.0.format = name
            .map(|name| Format::from_name(name).ok_or_else(|| Error::unknown("format", name, &known())))
            .transpose()?;
        Ok(())
    })
}

/// Name of the format that a reader knows by that name or file name extension, for example
/// `html` for `htm`. Programs that walk through folders ask it.
///
/// Ownership: the text is static; `name` is not kept.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` where no reader knows it; `GONGKAI_E_CALLER` for NULL or a name
/// that is not UTF-8.
///
/// # Safety
///
/// `name` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_format_name(
    name: *const c_char,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    /// Made once, and never changed.
    static NAMES: OnceLock<Vec<(Format, Text)>> = OnceLock::new();
    ffi::get(Some(&()), |()| {
        // SAFETY: the caller's promise.
        let name = unsafe { ffi::name("name", name) }.map_err(|error| error.status())?;
        let format = Format::from_name(name).ok_or(ABSENT)?;
        let names = NAMES.get_or_init(|| Format::all().map(|of| (of, Text::new(of.name()))).collect());
        let found = names.iter().find(|(own, _)| *own == format).map(|(_, text)| text);
        found.ok_or(ABSENT)?.lend(text, length);
        Ok(())
    })
}

/// Sets the encoding of text and HTML, by a label of the WHATWG Encoding Standard, for
/// example `gb18030`; NULL to detect it again. A label that does not exist is an error of
/// the reading.
///
/// Ownership: `label` is copied.
/// Threads: one at a time for the same options.
/// Errors: `GONGKAI_E_CALLER` for NULL options or a label that is not UTF-8.
///
/// # Safety
///
/// `label` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_options_set_encoding(
    options: Option<&mut Options>,
    label: *const c_char,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::call(error, || {
        let options = options.ok_or_else(|| Error::null("options"))?;
        // SAFETY: the caller's promise.
        options.0.encoding = unsafe { ffi::optional("label", label) }?.map(str::to_owned);
        Ok(())
    })
}

/// Sets the name of the file the bytes come from; its extension is a hint where the bytes
/// leave the format open. NULL for no name. `gongkai_parse_file` takes the path by itself.
///
/// Ownership: `name` is copied.
/// Threads: one at a time for the same options.
/// Errors: `GONGKAI_E_CALLER` for NULL options or a name that is not UTF-8.
///
/// # Safety
///
/// `name` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_options_set_file_name(
    options: Option<&mut Options>,
    name: *const c_char,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::call(error, || {
        let options = options.ok_or_else(|| Error::null("options"))?;
        // SAFETY: the caller's promise.
        options.0.file_name = unsafe { ffi::optional("name", name) }?.map(str::to_owned);
        Ok(())
    })
}

/// Sets what a document may cost. A document that passes the limit gives
/// `GONGKAI_E_LIMIT`. The names and defaults: `input_bytes` 64 MiB, `entries` 10 000 (of a
/// package), `part_bytes` 64 MiB (inflated, one part), `total_bytes` 128 MiB (inflated, all
/// parts), `inflate_ratio` 1 000 (of parts above 1 MiB), `archive_bytes` 1 GiB (of all members of an
/// archive), `depth` 256 (of elements),
/// `elements` 8 000 000 (of a part), `namespaces` 128 (in scope), `items` 1 000 000
/// (paragraphs, cells, lines and nodes held), `span` 1 024 (columns or rows of a cell),
/// `table_cells` 200 000, `tables` 10 000, `nested_tables` 32, `text_bytes` 64 MiB,
/// `findings` 1 000.
///
/// Ownership: `name` is not kept.
/// Threads: one at a time for the same options.
/// Errors: `GONGKAI_E_CALLER` for NULL or a limit that does not exist.
///
/// # Safety
///
/// `name` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_options_set_limit(
    options: Option<&mut Options>,
    name: *const c_char,
    limit: u64,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::call(error, || {
        let options = options.ok_or_else(|| Error::null("options"))?;
        // SAFETY: the caller's promise.
        let name = unsafe { ffi::name("name", name) }?;
        let known = || Limits::default().all().map(|(name, _)| name).collect::<Vec<_>>();
        *options.0.limits.named(name).ok_or_else(|| Error::unknown("limit", name, &known()))? = limit;
        Ok(())
    })
}

/// Frees options.
///
/// Ownership: takes `options`; NULL is allowed and does nothing.
/// Threads: any, once nobody else uses the options.
/// Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_options_free(options: Option<Box<Options>>) {
    ffi::free(options);
}
