//! Tables as streams of the Arrow C data interface, by hand: the interface is frozen and
//! small, and crates for it change every other month.
//!
//! The three structures, and what their callbacks must do, are defined in the Arrow
//! specification, "The Arrow C data interface" and "The Arrow C stream interface".

use std::ffi::{CString, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use gongkai::view::tables::{Bits, Column, Field, Rows, Table, Values};

/// `struct ArrowSchema`.
#[repr(C)]
#[derive(Debug)]
#[allow(missing_docs)]
pub struct ArrowSchema {
    pub format: *const c_char,
    pub name: *const c_char,
    pub metadata: *const c_char,
    pub flags: i64,
    pub n_children: i64,
    pub children: *mut *mut ArrowSchema,
    pub dictionary: *mut ArrowSchema,
    pub release: Option<unsafe extern "C" fn(*mut ArrowSchema)>,
    pub private_data: *mut c_void,
}

/// `struct ArrowArray`.
#[repr(C)]
#[derive(Debug)]
#[allow(missing_docs)]
pub struct ArrowArray {
    pub length: i64,
    pub null_count: i64,
    pub offset: i64,
    pub n_buffers: i64,
    pub n_children: i64,
    pub buffers: *mut *const c_void,
    pub children: *mut *mut ArrowArray,
    pub dictionary: *mut ArrowArray,
    pub release: Option<unsafe extern "C" fn(*mut ArrowArray)>,
    pub private_data: *mut c_void,
}

/// `struct ArrowArrayStream`.
#[repr(C)]
#[derive(Debug)]
#[allow(missing_docs)]
pub struct ArrowArrayStream {
    pub get_schema: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowSchema) -> c_int>,
    pub get_next: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowArray) -> c_int>,
    pub get_last_error: Option<unsafe extern "C" fn(*mut ArrowArrayStream) -> *const c_char>,
    pub release: Option<unsafe extern "C" fn(*mut ArrowArrayStream)>,
    pub private_data: *mut c_void,
}

// SAFETY: a stream is used by one thread at a time, as the specification says; what it
// owns may be sent to another.
unsafe impl Send for ArrowArrayStream {}

// SAFETY: as above; what an array owns is ours, and none else points to it.
unsafe impl Send for ArrowArray {}

// SAFETY: as above; a schema is not written to once it is made.
unsafe impl Send for ArrowSchema {}

impl Drop for ArrowSchema {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: not released yet, as the callback is still there.
            unsafe { release(self) };
        }
    }
}

impl Drop for ArrowArray {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: not released yet, as the callback is still there.
            unsafe { release(self) };
        }
    }
}

impl Drop for ArrowArrayStream {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: not released yet, as the callback is still there.
            unsafe { release(self) };
        }
    }
}

/// EIO of every system that Arrow runs on.
const FAILED: c_int = 5;

const NULLABLE: i64 = 2;

/// A stream of the table's records. `batches` gives them piece by piece, or a message
/// that ends the stream; it runs on the thread that asks.
pub fn stream(
    table: Table,
    batches: impl Iterator<Item = Result<Rows, String>> + Send + 'static,
) -> ArrowArrayStream {
    let source = Source { table, batches: Box::new(batches), error: None };
    ArrowArrayStream {
        get_schema: Some(get_schema),
        get_next: Some(get_next),
        get_last_error: Some(get_last_error),
        release: Some(release_stream),
        private_data: Box::into_raw(Box::new(source)).cast(),
    }
}

/// The schema of a table: a structure of its fields.
pub fn schema(table: Table) -> ArrowSchema {
    let children = table.fields().iter().map(field_schema).collect();
    let metadata = [
        ("gongkai.table", table.name().to_owned()),
        ("gongkai.tables_version", gongkai::view::tables::TABLES_VERSION.to_string()),
        ("gongkai.version", env!("CARGO_PKG_VERSION").to_owned()),
    ];
    own_schema("+s", "", &metadata, 0, children)
}

/// The records as one array of structures.
pub fn array(rows: Rows) -> ArrowArray {
    let length = count(rows.len());
    let children = rows.columns.into_iter().map(column_array).collect();
    own_array(Buffers::Structure, length, 0, children)
}

struct Source {
    table: Table,
    batches: Box<dyn Iterator<Item = Result<Rows, String>> + Send>,
    error: Option<CString>,
}

impl Source {
    fn fail(&mut self, message: &str) -> c_int {
        self.error = CString::new(message.replace('\0', " ")).ok();
        FAILED
    }
}

/// # Safety
///
/// `stream` is one of ours and not released, `out` can be written.
unsafe extern "C" fn get_schema(stream: *mut ArrowArrayStream, out: *mut ArrowSchema) -> c_int {
    // SAFETY: the caller keeps to the specification: the stream lives, and is ours.
    let source = unsafe { &mut *(*stream).private_data.cast::<Source>() };
    match catch_unwind(|| schema(source.table)) {
        Ok(schema) => {
            // SAFETY: the caller gives a place for a schema.
            unsafe { ptr::write(out, schema) };
            0
        }
        Err(_) => source.fail("internal error"),
    }
}

/// # Safety
///
/// As [`get_schema`].
unsafe extern "C" fn get_next(stream: *mut ArrowArrayStream, out: *mut ArrowArray) -> c_int {
    // SAFETY: the caller keeps to the specification: the stream lives, and is ours.
    let source = unsafe { &mut *(*stream).private_data.cast::<Source>() };
    let next = catch_unwind(AssertUnwindSafe(|| source.batches.next().map(|rows| rows.map(array))));
    let array = match next {
        Ok(Some(Ok(array))) => array,
        // The end is an array that is released already.
        Ok(None) => released(),
        Ok(Some(Err(message))) => return source.fail(&message),
        Err(_) => return source.fail("internal error"),
    };
    // SAFETY: the caller gives a place for an array.
    unsafe { ptr::write(out, array) };
    0
}

/// # Safety
///
/// As [`get_schema`].
unsafe extern "C" fn get_last_error(stream: *mut ArrowArrayStream) -> *const c_char {
    // SAFETY: the caller keeps to the specification: the stream lives, and is ours.
    let source = unsafe { &*(*stream).private_data.cast::<Source>() };
    source.error.as_ref().map_or(ptr::null(), |text| text.as_ptr())
}

/// # Safety
///
/// As [`get_schema`].
unsafe extern "C" fn release_stream(stream: *mut ArrowArrayStream) {
    // SAFETY: the stream is ours; its content is taken once, since `release` is unset.
    unsafe {
        let source = (*stream).private_data.cast::<Source>();
        (*stream).release = None;
        (*stream).private_data = ptr::null_mut();
        // A panic of what the stream owns must not cross.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(Box::from_raw(source))));
    }
}

fn field_schema(field: &Field) -> ArrowSchema {
    let flags = if field.nullable { NULLABLE } else { 0 };
    own_schema(field.kind.arrow_format(), &field.name, &field.metadata, flags, Vec::new())
}

/// What a schema points to; it is only kept.
#[allow(dead_code)]
struct SchemaParts {
    format: CString,
    name: CString,
    metadata: Vec<u8>,
    children: Vec<*mut ArrowSchema>,
}

fn own_schema(
    format: &str,
    name: &str,
    metadata: &[(&str, String)],
    flags: i64,
    children: Vec<ArrowSchema>,
) -> ArrowSchema {
    let c_text = |text: &str| CString::new(text).unwrap_or_default();
    let children = children.into_iter().map(|child| Box::into_raw(Box::new(child))).collect();
    let parts =
        SchemaParts { format: c_text(format), name: c_text(name), metadata: encode(metadata), children };
    let mut parts = Box::new(parts);
    ArrowSchema {
        format: parts.format.as_ptr(),
        name: parts.name.as_ptr(),
        metadata: parts.metadata.as_ptr().cast(),
        flags,
        n_children: count(parts.children.len()),
        children: parts.children.as_mut_ptr(),
        dictionary: ptr::null_mut(),
        release: Some(release_schema),
        private_data: Box::into_raw(parts).cast(),
    }
}

/// Number of pairs, then each key and value with its length: native 32-bit integers.
fn encode(metadata: &[(&str, String)]) -> Vec<u8> {
    let size = |length: usize| i32::try_from(length).unwrap_or(0).to_ne_bytes();
    let mut out = Vec::from(size(metadata.len()));
    for text in metadata.iter().flat_map(|(key, value)| [*key, value.as_str()]) {
        out.extend(size(text.len()));
        out.extend(text.as_bytes());
    }
    out
}

/// # Safety
///
/// `schema` is one of ours and not released.
unsafe extern "C" fn release_schema(schema: *mut ArrowSchema) {
    // SAFETY: made by `own_schema`, released once. A child that was moved away is released
    // there, and has no callback here.
    unsafe {
        let parts = Box::from_raw((*schema).private_data.cast::<SchemaParts>());
        // Dropping a child releases it.
        parts.children.iter().for_each(|&child| drop(Box::from_raw(child)));
        (*schema).release = None;
        (*schema).private_data = ptr::null_mut();
    }
}

/// What an array points to; it is only kept.
#[allow(dead_code)]
struct ArrayParts {
    buffers: Buffers,
    pointers: Vec<*const c_void>,
    children: Vec<*mut ArrowArray>,
}

enum Buffers {
    Structure,
    Column(Column),
}

fn column_array(column: Column) -> ArrowArray {
    let length = column.validity.length;
    let absent = length - column.validity.set.min(length);
    own_array(Buffers::Column(column), count(length), count(absent), Vec::new())
}

fn own_array(buffers: Buffers, length: i64, absent: i64, children: Vec<ArrowArray>) -> ArrowArray {
    let pointers = match &buffers {
        Buffers::Structure => vec![ptr::null()],
        Buffers::Column(column) => {
            // No bits are needed where no value is absent.
            let valid = if absent > 0 { bits(&column.validity) } else { ptr::null() };
            match &column.values {
                Values::Text(offsets, bytes) => {
                    vec![valid, offsets.as_ptr().cast(), bytes.as_ptr().cast()]
                }
                Values::Integer(values) => vec![valid, values.as_ptr().cast()],
                Values::Decimal(values) => vec![valid, values.as_ptr().cast()],
                Values::Boolean(values) => vec![valid, bits(values)],
                _ => vec![valid],
            }
        }
    };
    let children = children.into_iter().map(|child| Box::into_raw(Box::new(child))).collect();
    // The parts are in the heap already: moving the box moves none of them.
    let mut parts = Box::new(ArrayParts { buffers, pointers, children });
    ArrowArray {
        length,
        null_count: absent,
        offset: 0,
        n_buffers: count(parts.pointers.len()),
        n_children: count(parts.children.len()),
        buffers: parts.pointers.as_mut_ptr(),
        children: parts.children.as_mut_ptr(),
        dictionary: ptr::null_mut(),
        release: Some(release_array),
        private_data: Box::into_raw(parts).cast(),
    }
}

fn bits(bits: &Bits) -> *const c_void {
    bits.bytes.as_ptr().cast()
}

fn released() -> ArrowArray {
    ArrowArray {
        length: 0,
        null_count: 0,
        offset: 0,
        n_buffers: 0,
        n_children: 0,
        buffers: ptr::null_mut(),
        children: ptr::null_mut(),
        dictionary: ptr::null_mut(),
        release: None,
        private_data: ptr::null_mut(),
    }
}

/// # Safety
///
/// `array` is one of ours and not released.
unsafe extern "C" fn release_array(array: *mut ArrowArray) {
    // SAFETY: made by `own_array`, released once. A child that was moved away is released
    // there, and has no callback here.
    unsafe {
        let parts = Box::from_raw((*array).private_data.cast::<ArrayParts>());
        // Dropping a child releases it.
        parts.children.iter().for_each(|&child| drop(Box::from_raw(child)));
        (*array).release = None;
        (*array).private_data = ptr::null_mut();
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
