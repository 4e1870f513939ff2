//! `seeds FOLDER` writes what fuzzing begins with, one folder a target, and prints the names
//! of the targets.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::fs;
use std::path::PathBuf;

use gongkai_tests::fuzz::{ELSEWHERE, TARGETS, cases};

fn main() {
    let root = PathBuf::from(std::env::args().nth(1).unwrap());
    let own = TARGETS.iter().map(|target| (target.name, target.seeds));
    for (name, seeds) in own.chain(ELSEWHERE.iter().copied()) {
        let folder = root.join(name);
        fs::create_dir_all(&folder).unwrap();
        let found = cases(name).into_iter().map(|(_, bytes)| bytes);
        for (at, seed) in seeds().into_iter().chain(found).enumerate() {
            fs::write(folder.join(format!("seed-{at}")), seed).unwrap();
        }
        println!("{name}");
    }
}
