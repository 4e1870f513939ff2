//! Writes every fixture into a folder as a reader gets it, packed and in its encoding, for
//! tests in other languages: `<carrier>/<file name>`, and of the cases of the checks
//! `checks/<code>/<case>/<ordinal>.html`.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use gongkai_tests::case::Case;
use gongkai_tests::fixtures;

fn main() {
    let folder = PathBuf::from(std::env::args_os().nth(1).unwrap());
    for fixture in fixtures::all() {
        let carrier = fixture.stem.parent().unwrap().file_name().unwrap();
        write(&folder.join(carrier).join(&fixture.file_name), &fixture.bytes());
    }
    for file in fixtures::cases() {
        let case = Case::read(&fs::read_to_string(&file.input).unwrap());
        let stem = folder.join("checks").join(&file.code).join(file.input.file_stem().unwrap());
        for (ordinal, document) in case.documents.iter().enumerate() {
            write(&stem.join(format!("{ordinal}.html")), document);
        }
    }
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}
