//! Writes the random report of a seed in a carrier to standard output, to reproduce a
//! failure: `sample 42 text/lines`. Without a carrier it lists their names. A third argument
//! applies the first damage whose description contains it, as failures print it.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

use std::io::Write;

use gongkai_tests::random::Random;
use gongkai_tests::render::Carrier;
use gongkai_tests::{adversary, csv, runs};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let seed: u64 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(1);
    let name = arguments.next().unwrap_or_default();
    let mut printed = runs::report(seed);
    if let Some(wanted) = arguments.next() {
        let damage = adversary::damages(&printed)
            .into_iter()
            .find(|damage| adversary::describe(&printed, *damage).contains(&wanted))
            .unwrap();
        printed = adversary::apply(&printed, damage);
    }
    if name == "facts" {
        print!("{}", csv::write(&printed.facts));
        return;
    }
    match Carrier::all().into_iter().find(|carrier| carrier.name() == name) {
        Some(carrier) => {
            let bytes = carrier.render(&printed, &mut Random::new(seed));
            std::io::stdout().write_all(&bytes).unwrap();
        }
        None => Carrier::all().iter().for_each(|carrier| eprintln!("{}", carrier.name())),
    }
}
