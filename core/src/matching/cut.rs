//! Rows cut by the end of a page: whether two printed rows are one is decided by words.
//!
//! A label that is a word of the forms only when both its pieces are read together was
//! cut, and so was its row. Where words do not decide and the values may belong to either
//! row, they are nobody's.

use super::label::Key;
use super::lexicon::Lexicon;
use super::printed::{PrintedCell, PrintedTable};
use crate::document::Slot;

/// What stands on the two sides of a break, in the same columns.
struct Pair {
    above: usize,
    below: usize,
    /// Neither cell is seen in other rows.
    own: bool,
}

/// How the rows on the two sides of a break belong together.
enum Cut {
    /// They are two rows.
    No,
    /// They are one.
    Yes,
    /// The values of one may be the other's.
    Doubtful,
}

/// Joins the rows that were cut. `breaks` are the rows that begin pages.
pub(super) fn join(table: &mut PrintedTable<'_>, breaks: &[usize], lexicon: &Lexicon) {
    // From the last one, so that those before keep their places.
    for &row in breaks.iter().rev() {
        let Some(above) = row.checked_sub(1) else { continue };
        let Some(pairs) = pairs(table, above, row) else { continue };
        let cut = cut(table, &pairs, lexicon);
        if !matches!(cut, Cut::Yes) {
            unite_groups(table, &pairs, lexicon);
        }
        match cut {
            Cut::No => {}
            Cut::Yes => {
                for pair in &pairs {
                    unite(table, pair, lexicon);
                }
                for slot in table.rows.to_mut().remove(row).slots {
                    if let Some(cell) = table.cells.get_mut(slot.cell()) {
                        cell.height = cell.height.saturating_sub(1);
                    }
                }
            }
            // A value of two rows is that of neither.
            Cut::Doubtful => {
                for pair in pairs.iter().filter(|pair| pair.own) {
                    if cells(table, pair).is_some_and(holds_value) {
                        unite(table, pair, lexicon);
                    }
                }
            }
        }
    }
}

/// The cells above and below a break, if they stand in the same columns.
fn pairs(table: &PrintedTable<'_>, above: usize, below: usize) -> Option<Vec<Pair>> {
    let (upper, lower) = (table.slots(above), table.slots(below));
    let place = |slot: &Slot| (slot.column(), slot.span());
    let same = upper.iter().map(place).eq(lower.iter().map(place));
    let height = |cell: usize| table.cells.get(cell).map_or(0, |cell| cell.height);
    same.then(|| {
        let pairs = upper.iter().zip(lower).filter(|(u, l)| u.cell() != l.cell());
        pairs
            .map(|(u, l)| Pair {
                above: u.cell(),
                below: l.cell(),
                own: height(u.cell()) == 1 && height(l.cell()) == 1,
            })
            .collect()
    })
}

/// The cells above and below.
type Sides<'t, 'a> = (&'t PrintedCell<'a>, &'t PrintedCell<'a>);

fn cells<'t, 'a>(table: &'t PrintedTable<'a>, pair: &Pair) -> Option<Sides<'t, 'a>> {
    Some((table.cells.get(pair.above)?, table.cells.get(pair.below)?))
}

/// Both sides could hold a value, or one is a number and the other no word of the forms.
fn holds_value((above, below): Sides<'_, '_>) -> bool {
    let beside =
        |number: &PrintedCell<'_>, other: &PrintedCell<'_>| number.is_number && !other.key.word.is_known();
    beside(above, below) || beside(below, above) || (above.is_value && below.is_value)
}

fn cut(table: &PrintedTable<'_>, pairs: &[Pair], lexicon: &Lexicon) -> Cut {
    let own: Vec<Sides<'_, '_>> =
        pairs.iter().filter(|pair| pair.own).filter_map(|pair| cells(table, pair)).collect();
    let labels = || own.iter().filter(|sides| !holds_value(**sides));
    let values = || own.iter().filter(|sides| holds_value(**sides));
    let pieces = |pair: &Pair| cells(table, pair).is_some_and(|(a, b)| are_pieces(a, b, lexicon));
    let ends = |pair: &Pair| cells(table, pair).is_some_and(|(_, below)| below.is_blank());
    // Only what is left of labels.
    if pairs.iter().any(pieces) && pairs.iter().all(|pair| pieces(pair) || ends(pair)) {
        return Cut::Yes;
    }
    // A name on either side, which together are none: two rows, whatever else was cut.
    let names_each = |pair: &Pair| {
        cells(table, pair).is_some_and(|(above, below)| {
            let known = above.key.word.is_known() && below.key.word.is_known();
            known && !joined_key(above, below, lexicon).word.is_known()
        })
    };
    if pairs.iter().any(names_each) {
        return Cut::No;
    }
    let may_be = |cell: &PrintedCell<'_>| cell.is_value && !cell.is_blank();
    let one_side = |(above, below): &Sides<'_, '_>| !may_be(above) || !may_be(below);
    if labels().any(|&(above, below)| are_pieces(above, below, lexicon)) {
        // Numbers on both sides of one cell may be one number, cut.
        return if values().all(one_side) { Cut::Yes } else { Cut::Doubtful };
    }
    let names = |cell: &PrintedCell| is_named(&cell.key, lexicon);
    let named = (labels().any(|(above, _)| names(above)), labels().any(|(_, below)| names(below)));
    let labelled =
        (labels().any(|(above, _)| !above.is_blank()), labels().any(|(_, below)| !below.is_blank()));
    // A value on either side in every column: two rows, each whole; where one of them has no
    // label, it may be what is left of all numbers of the other.
    if values().all(|pair| !one_side(pair)) {
        return if labelled.0 && labelled.1 { Cut::No } else { Cut::Doubtful };
    }
    let valued = (values().any(|(above, _)| !above.is_blank()), values().any(|(_, below)| !below.is_blank()));
    // Values without a name of their own may be what is left of the row beyond the break,
    // or its beginning.
    let rest_below = valued.1 && !named.1 && labelled.0;
    let rest_above = valued.0 && !named.0 && labelled.1 && !(labelled.0 && valued.1);
    if rest_below || rest_above { Cut::Doubtful } else { Cut::No }
}

fn joined_key(above: &PrintedCell<'_>, below: &PrintedCell<'_>, lexicon: &Lexicon) -> Key<'static> {
    lexicon.key(&format!("{}{}", above.text, below.text)).into_owned()
}

/// Whether the key is a word of the forms, or near the label of a row.
fn is_named(key: &Key<'_>, lexicon: &Lexicon) -> bool {
    key.word.is_known() || lexicon.blocks.iter().any(|block| block.row(key).is_some())
}

/// Whether the two are a word of the forms only when read together, or near one.
fn are_pieces(above: &PrintedCell<'_>, below: &PrintedCell<'_>, lexicon: &Lexicon) -> bool {
    let whole = above.key.word.is_known() && below.key.word.is_known();
    if whole || above.is_blank() || below.is_blank() {
        return false;
    }
    let joined = joined_key(above, below, lexicon);
    let near = || !is_named(&above.key, lexicon) && !is_named(&below.key, lexicon);
    joined.word.is_known() || (near() && is_named(&joined, lexicon))
}

/// Joins the pieces of labels of several rows, which stay what they are.
fn unite_groups(table: &mut PrintedTable<'_>, pairs: &[Pair], lexicon: &Lexicon) {
    for pair in pairs {
        if cells(table, pair).is_some_and(|(above, below)| are_pieces(above, below, lexicon)) {
            unite(table, pair, lexicon);
        }
    }
}

/// Makes two cells one, wherever they are seen.
fn unite(table: &mut PrintedTable<'_>, pair: &Pair, lexicon: &Lexicon) {
    let Some((above, below)) = cells(table, pair) else { return };
    let text = format!("{}{}", above.text, below.text);
    let mut joined = PrintedCell::new(text.into(), above.location, lexicon);
    joined.height = above.height + below.height;
    if let Some(cell) = table.cells.get_mut(pair.above) {
        *cell = joined;
    }
    for slot in
        table.rows.to_mut().iter_mut().flat_map(|row| &mut row.slots).filter(|slot| slot.cell() == pair.below)
    {
        *slot = slot.showing(pair.above);
        slot.first = false;
    }
}
