//! The cells of the form, whatever a document prints.

use std::ffi::c_char;
use std::sync::OnceLock;

use gongkai::Unit;

use crate::error::ABSENT;
use crate::ffi::{self, Out, Text};

/// In the order of [`NAMES`].
type Indicator = [Option<Text>; 9];

const NAMES: &[&str] =
    &["edition", "id", "table", "row", "column", "row_label", "column_label", "unit", "clause"];

/// Made once, and never changed.
static INDICATORS: OnceLock<Box<[Indicator]>> = OnceLock::new();

fn indicators() -> &'static [Indicator] {
    INDICATORS.get_or_init(|| gongkai::indicators().into_iter().map(indicator).collect())
}

fn indicator(of: gongkai::Indicator) -> Indicator {
    let text = |text: &str| (!text.is_empty()).then(|| Text::new(text));
    [
        text(&of.edition.to_string()),
        text(&format!("{}.{}.{}", of.table, of.row, of.column)),
        text(of.table),
        text(of.row),
        text(of.column),
        text(&of.row_labels.join("·")),
        text(&of.column_labels.join("·")),
        of.unit.map(Unit::symbol).and_then(text),
        text(of.clause),
    ]
}

/// Number of cells that the editions of the form have.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: 0 for a fault of the library itself.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_indicator_count() -> usize {
    ffi::count(Some(&()), |()| indicators().len())
}

/// One of the texts about a cell of the form, counted from 0, edition by edition in the
/// order of the form. The names: `edition` (year of issue), `id` (that of its fact), `table`,
/// `row`, `column`, `row_label` and `column_label` (as the form prints them, groups first,
/// `·` between), `unit` (that the form means), `clause` (article of the Regulations).
///
/// Ownership: the text is static.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last, and where there is no such text;
/// `GONGKAI_E_CALLER` for NULL or another name.
///
/// # Safety
///
/// `name` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_indicator_text(
    index: usize,
    name: *const c_char,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get(Some(&()), |()| {
        // SAFETY: the caller's promise.
        let name = unsafe { ffi::name_among(name, NAMES) }?;
        let indicator = indicators().get(index).ok_or(ABSENT)?;
        let mut texts = NAMES.iter().zip(indicator);
        let found = texts.find(|(own, _)| **own == name).and_then(|(_, text)| text.as_ref());
        found.ok_or(ABSENT)?.lend(text, length);
        Ok(())
    })
}
