//! `gongkai_fact`: one cell of a statutory table.

use std::ffi::c_char;

use gongkai::{Decimal, Status, Unit};

use crate::error::{ABSENT, GONGKAI_E_CALLER, GONGKAI_E_INEXACT};
use crate::ffi::{self, Out, Text};
use crate::location::Location;
use crate::report::Report;

/// A number.
pub const GONGKAI_REPORTED: i32 = 0;
/// An empty cell. It is not zero.
pub const GONGKAI_BLANK: i32 = 1;
/// A mark that stands for "none": `/`, `—`, `-`, `无`.
pub const GONGKAI_NOT_APPLICABLE: i32 = 2;
/// Something that is no number, or cannot be placed with certainty.
pub const GONGKAI_UNREADABLE: i32 = 3;

/// One cell of a statutory table.
pub struct Fact {
    id: Text,
    table: Text,
    row: Text,
    column: Text,
    edition: Option<Text>,
    status: i32,
    number: Option<Decimal>,
    value: Option<Text>,
    unit: Option<Text>,
    form_unit: Option<Text>,
    text: Text,
    location: Location,
}

impl Fact {
    fn new(fact: &gongkai::Fact) -> Self {
        let unit = |unit: Unit| Text::new(unit.symbol());
        Self {
            id: Text::new(fact.id()),
            table: Text::new(&fact.table),
            row: Text::new(&fact.row),
            column: Text::new(&fact.column),
            edition: fact.edition.map(|edition| Text::new(edition.to_string())),
            status: match fact.status {
                Status::Reported => GONGKAI_REPORTED,
                Status::Blank => GONGKAI_BLANK,
                Status::NotApplicable => GONGKAI_NOT_APPLICABLE,
                // A status of a later library is no number that this one knows.
                _ => GONGKAI_UNREADABLE,
            },
            number: fact.value,
            value: fact.value.map(|value| Text::new(value.to_string())),
            unit: fact.unit.map(unit),
            form_unit: fact.form_unit().map(unit),
            text: Text::new(&fact.text),
            location: Location::new(&fact.location),
        }
    }
}

impl Report {
    fn facts(&self) -> &[Fact] {
        self.facts.get_or_init(|| self.report.facts().map(Fact::new).collect())
    }

    fn subtotals(&self) -> &[Fact] {
        self.subtotals.get_or_init(|| self.report.subtotals().iter().map(Fact::new).collect())
    }
}

/// Number of facts: of the cells that the document prints.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_fact_count(report: Option<&Report>) -> usize {
    ffi::count(report, |report| report.report.facts().len())
}

/// One fact in the order of the form, counted from 0.
///
/// Ownership: the fact lives as long as `report`.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_fact_at(
    report: Option<&Report>,
    index: usize,
    fact: Out<*const Fact>,
) -> i32 {
    ffi::get_part(report, fact, |report| report.facts().get(index))
}

/// The fact of an id, for example `requests.received.total`.
///
/// Ownership: the fact lives as long as `report`.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` where the document does not print the cell, and for an id that
/// no form has; `GONGKAI_E_CALLER` for NULL.
///
/// # Safety
///
/// `id` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_report_fact(
    report: Option<&Report>,
    id: *const c_char,
    fact: Out<*const Fact>,
) -> i32 {
    ffi::get(report, |report| {
        // SAFETY: the caller's promise.
        let id = unsafe { ffi::name("id", id) }.map_err(|_| GONGKAI_E_CALLER)?;
        let found = report.facts().iter().find(|fact| fact.id.as_bytes() == id.as_bytes());
        fact.put(std::ptr::from_ref(found.ok_or(ABSENT)?));
        Ok(())
    })
}

/// Number of values that the report prints for groups of rows, for example
/// `requests.denied`. The form has no such cells, and they are in no sum.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_subtotal_count(report: Option<&Report>) -> usize {
    ffi::count(report, |report| report.report.subtotals().len())
}

/// One value of a group of rows, counted from 0.
///
/// Ownership: the fact lives as long as `report`.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_subtotal_at(
    report: Option<&Report>,
    index: usize,
    fact: Out<*const Fact>,
) -> i32 {
    ffi::get_part(report, fact, |report| report.subtotals().get(index))
}

/// What kind of cell it is: `GONGKAI_REPORTED`, `GONGKAI_BLANK`, `GONGKAI_NOT_APPLICABLE`
/// or `GONGKAI_UNREADABLE`. Only a reported cell has a value.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_fact_status(fact: Option<&Fact>, status: Out<i32>) -> i32 {
    ffi::get_value(fact, status, |fact| Some(fact.status))
}

/// The number as decimal text, exactly as printed: `0.50` keeps its zero; no separators, no
/// exponent.
///
/// Ownership: the text lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` unless the status is `GONGKAI_REPORTED`; `GONGKAI_E_CALLER` for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_fact_value(
    fact: Option<&Fact>,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(fact, text, length, |fact| fact.value.as_ref())
}

/// The number as an integer.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` unless the status is `GONGKAI_REPORTED`; `GONGKAI_E_INEXACT` for
/// a fraction or a number that 64 bits do not hold; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_fact_int64(fact: Option<&Fact>, value: Out<i64>) -> i32 {
    ffi::get(fact, |fact| {
        value.put(fact.number.ok_or(ABSENT)?.to_i64().ok_or(GONGKAI_E_INEXACT)?);
        Ok(())
    })
}

/// The number as the nearest double. Amounts of money are seldom exact in it: sums belong
/// to the decimal text.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` unless the status is `GONGKAI_REPORTED`; `GONGKAI_E_CALLER` for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_fact_double(fact: Option<&Fact>, value: Out<f64>) -> i32 {
    ffi::get(fact, |fact| {
        // Reading the decimal text rounds once, to the nearest.
        let number = fact.number.ok_or(ABSENT)?.to_string().parse();
        value.put(number.map_err(|_| GONGKAI_E_INEXACT)?);
        Ok(())
    })
}

/// Id of the fact: table, row and column with points between them.
///
/// Ownership: the text lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_fact_id(fact: Option<&Fact>, text: Out<*const c_char>, length: Out<usize>) -> i32 {
    ffi::get_text(fact, text, length, |fact| Some(&fact.id))
}

/// Table of the fact: `proactive`, `requests` or `review`.
///
/// Ownership: the text lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_fact_table(
    fact: Option<&Fact>,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(fact, text, length, |fact| Some(&fact.table))
}

/// Row of the fact, for example `denied.state_secret`. A row that the form does not name,
/// but the report prints under a named one, is `other_services/` and its printed label.
///
/// Ownership: the text lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_fact_row(fact: Option<&Fact>, text: Out<*const c_char>, length: Out<usize>) -> i32 {
    ffi::get_text(fact, text, length, |fact| Some(&fact.row))
}

/// Column of the fact, for example `natural_person`.
///
/// Ownership: the text lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_fact_column(
    fact: Option<&Fact>,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(fact, text, length, |fact| Some(&fact.column))
}

/// Edition of the block the cell stands in, named by its year of issue.
///
/// Ownership: the text lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` where nothing decides; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_fact_edition(
    fact: Option<&Fact>,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(fact, text, length, |fact| fact.edition.as_ref())
}

/// Unit printed in the cell or its header: `件`, `项`, `万元` or `元`.
///
/// Ownership: the text lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` where none is printed; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_fact_unit(
    fact: Option<&Fact>,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(fact, text, length, |fact| fact.unit.as_ref())
}

/// Unit that the form means for this cell, whatever is printed.
///
/// Ownership: the text lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` where the form has none; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_fact_form_unit(
    fact: Option<&Fact>,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(fact, text, length, |fact| fact.form_unit.as_ref())
}

/// The cell's own characters. For a row whose values cannot be placed: all of them,
/// separated by TAB.
///
/// Ownership: the text lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_fact_text(
    fact: Option<&Fact>,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(fact, text, length, |fact| Some(&fact.text))
}

/// Where the cell stands.
///
/// Ownership: the place lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_fact_location(fact: Option<&Fact>, location: Out<*const Location>) -> i32 {
    ffi::get_part(fact, location, |fact| Some(&fact.location))
}
