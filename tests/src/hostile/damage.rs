//! Files cut off and bits turned over.

use super::{BASE, Case, case, docx};
use crate::package;
use crate::random::Random;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for percent in 0..100 {
        cases.push(case(format!("docx cut at {percent} %"), move || cut(package::zip(&BASE.parts), percent)));
    }
    // Text that is cut off is a shorter page.
    for percent in (5..100).step_by(5) {
        cases.push(
            case(format!("html cut at {percent} %"), move || cut(BASE.html.clone().into(), percent)).other(),
        );
        cases.push(
            case(format!("text cut at {percent} %"), move || cut(BASE.text.clone().into(), percent)).other(),
        );
    }
    for seed in 0..200 {
        cases.push(case(format!("package, bit {seed}"), move || {
            let mut bytes = package::zip(&BASE.parts);
            let mut random = Random::new(seed);
            let at = random.below(bytes.len());
            bytes[at] ^= 1 << random.below(8);
            bytes
        }));
    }
    // Under a right checksum. A markup character that changes makes another document.
    for seed in 0..100 {
        cases.push(
            case(format!("markup, byte {seed}"), move || {
                let mut bytes = BASE.main.clone().into_bytes();
                let mut random = Random::new(seed);
                let at = loop {
                    let at = random.below(bytes.len());
                    if bytes[at].is_ascii() && !bytes[at].is_ascii_digit() {
                        break at;
                    }
                };
                bytes[at] = random.pick_copy(b"<>/\"'=&;: \0aw\xff");
                docx(bytes)
            })
            .other(),
        );
    }
    cases
}

fn cut(mut bytes: Vec<u8>, percent: usize) -> Vec<u8> {
    bytes.truncate(bytes.len() * percent / 100);
    bytes
}
