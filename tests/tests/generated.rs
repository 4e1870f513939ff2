//! Random reports whose truth is known, in every carrier: every cell as printed.
// Test code: a panic is a failed test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use gongkai_tests::print::{Numbering, Sign, Style, Thousands};
use gongkai_tests::random::Random;
use gongkai_tests::render::{Carrier, DocxForm};
use gongkai_tests::runs::{self, Outcome};
use gongkai_tests::size::Size;
use gongkai_tests::truth::Wishes;

#[test]
fn random_reports_are_read_exactly_from_every_carrier() {
    let mut outcome = Outcome::default();
    let seed = runs::first_seed();
    for seed in seed..seed + runs::cases(4) {
        let printed = runs::report(seed);
        for carrier in runs::chosen(Carrier::all()) {
            outcome.read("random", &printed, carrier, seed);
        }
    }
    outcome.assert_exact();
}

#[test]
fn plain_reports_are_read_exactly_from_every_carrier() {
    exact("plain", Style::default(), Wishes::default());
}

#[test]
fn reports_of_all_sizes_are_read_exactly() {
    let mut outcome = Outcome::default();
    let mut carriers = Carrier::layouts();
    carriers.push(Carrier::Docx(DocxForm::Verbose));
    // Where its page ends between two rows of one label, both are unreadable, as they may be
    // one: nothing is wrong, but not all is read.
    carriers.retain(|carrier| !matches!(carrier, Carrier::Ofd(_)));
    for &size in Size::ALL {
        let printed = size.report(runs::first_seed());
        for &carrier in &carriers {
            outcome.read(size.name(), &printed, carrier, 1);
        }
    }
    outcome.assert_exact();
}

/// A table without lines is read where its words leave no doubt.
#[test]
fn of_tables_without_lines_nothing_is_wrong_and_some_is_read() {
    let mut outcome = Outcome::default();
    let seed = runs::first_seed();
    for seed in seed..seed + runs::cases(40) {
        let printed = runs::report(seed);
        for carrier in Carrier::open() {
            outcome.read("open", &printed, carrier, seed);
        }
    }
    let tally = outcome.tally;
    eprintln!("{} cells, {} right, {} wrong", tally.cells, tally.right, tally.wrong);
    outcome.failures.retain(|text| text.contains("Wrong "));
    outcome.assert_exact();
    assert!(tally.right * 3 > tally.cells && tally.wrong == 0 && outcome.refused == 0, "{tally:?}");
}

/// One test per variation, so that a failure names what is not understood.
macro_rules! variations {
    ($($name:ident: $style:expr, $wishes:expr;)+) => {
        $(#[test]
        fn $name() {
            exact(stringify!($name), $style, $wishes);
        })+
    };
}

variations! {
    label_variants: Style { variants: 100, ..Style::default() }, Wishes::default();
    some_label_variants: Style { variants: 30, ..Style::default() }, Wishes::default();
    spaces_inside_labels: Style { spaces: 100, ..Style::default() }, Wishes::default();
    numbers_with_pause: Style { numbering: Numbering::Pause, ..Style::default() }, Wishes::default();
    numbers_in_brackets: Style { numbering: Numbering::Bracket, ..Style::default() }, Wishes::default();
    no_numbers: Style { numbering: Numbering::None, ..Style::default() }, Wishes::default();
    narrow_brackets: Style { narrow_brackets: true, ..Style::default() }, Wishes::default();
    broken_labels: Style { broken_labels: true, ..Style::default() }, Wishes::default();
    padded_values: Style { padded: true, ..Style::default() }, Wishes::default();
    wide_digits: Style { wide_digits: 100, ..Style::default() }, Wishes::default();
    narrow_thousands: Style { thousands: Thousands::Narrow, ..Style::default() }, Wishes::default();
    wide_thousands: Style { thousands: Thousands::Wide, ..Style::default() }, Wishes::default();
    units_in_cells: Style { units: 100, ..Style::default() }, Wishes::default();
    units_in_headers: Style { header_units: true, ..Style::default() }, Wishes::default();
    some_blanks: Style { blanks: 20, ..Style::default() }, Wishes::default();
    all_blank: Style { blanks: 100, ..Style::default() }, Wishes::default();
    some_marks: Style { marks: 20, ..Style::default() }, Wishes::default();
    all_marks: Style { marks: 100, ..Style::default() }, Wishes::default();
    plus_signs: Style { sign: Sign::Plus, ..Style::default() }, Wishes::default();
    signs_in_words: Style { sign: Sign::Words, ..Style::default() }, Wishes::default();
    swapped_columns: Style { swapped_columns: true, ..Style::default() }, Wishes::default();
    swapped_rows: Style { swapped_rows: true, ..Style::default() }, Wishes::default();
    short_normative: Style { short_normative: true, ..Style::default() }, Wishes::default();
    article_20_in_one_table: Style { joined: true, ..Style::default() }, Wishes::default();
    wild_prose: Style { wild_prose: true, ..Style::default() }, Wishes::default();
    blocks_of_both_editions: Style::default(), Wishes { hybrid: true, ..Wishes::default() };
    procurement_kept: Style::default(), Wishes { keep_procurement: true, ..Wishes::default() };
    named_services: Style::default(), Wishes { extra_services: true, ..Wishes::default() };
    named_services_in_one_table: Style { joined: true, ..Style::default() },
        Wishes { extra_services: true, ..Wishes::default() };
}

fn exact(name: &str, style: Style, wishes: Wishes) {
    let mut outcome = Outcome::default();
    let seed = runs::first_seed();
    for seed in seed..seed + runs::cases(2) {
        let printed = runs::styled(&style, wishes, &mut Random::new(seed));
        for carrier in runs::chosen(Carrier::layouts()) {
            outcome.read(name, &printed, carrier, seed);
        }
    }
    outcome.assert_exact();
}
