//! Writes a slice of a generated national year into a folder: reports FIRST to FIRST + COUNT
//! in several carriers, one in fifty of them broken. The same numbers give the same files.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr)]

use std::path::PathBuf;

use gongkai_tests::random::Random;
use gongkai_tests::render::{Carrier, DocxForm, Encoding, HtmlForm, TextLayout};
use gongkai_tests::runs;

/// What agencies publish, and how often in a hundred.
const CARRIERS: [(usize, Carrier); 10] = [
    (20, Carrier::Docx(DocxForm::Word)),
    (10, Carrier::Docx(DocxForm::Verbose)),
    (8, Carrier::Docx(DocxForm::LibreOffice)),
    (2, Carrier::Docx(DocxForm::Tracked)),
    (20, Carrier::Html(HtmlForm::Site)),
    (10, Carrier::Html(HtmlForm::Word)),
    (10, Carrier::Html(HtmlForm::Gbk)),
    (10, Carrier::Text(TextLayout::TabbedCells, Encoding::Utf8, false)),
    (5, Carrier::Text(TextLayout::Lines, Encoding::Gb18030, true)),
    (5, Carrier::Text(TextLayout::Pipes, Encoding::Utf8, true)),
];

/// One in so many is broken.
const BROKEN: u64 = 50;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, first, count] = arguments.as_slice() else { panic_usage() };
    let (folder, first): (PathBuf, u64) = (folder.into(), first.parse().unwrap());
    std::fs::create_dir_all(&folder).unwrap();
    for seed in first..first + count.parse::<u64>().unwrap() {
        let mut random = Random::new(seed);
        let mut left = random.below(100);
        let mut chosen = CARRIERS[0].1;
        for (share, carrier) in CARRIERS {
            if left < share {
                chosen = carrier;
                break;
            }
            left -= share;
        }
        let mut bytes = chosen.render(&runs::report(seed), &mut random);
        if seed % BROKEN == 0 {
            spoil(&mut bytes, &mut random);
        }
        std::fs::write(folder.join(format!("{seed:07}.{}", chosen.extension())), bytes).unwrap();
    }
}

fn spoil(bytes: &mut Vec<u8>, random: &mut Random) {
    match random.below(4) {
        0 => bytes.clear(),
        1 => bytes.truncate(bytes.len() / 2),
        2 => *bytes = "关于印发年度工作要点的通知\n各单位：\n现印发给你们。\n".into(),
        _ => {
            let at = random.below(bytes.len());
            bytes[at] ^= 0xff;
        }
    }
}

fn panic_usage() -> ! {
    eprintln!("national_slice FOLDER FIRST COUNT");
    std::process::exit(2)
}
