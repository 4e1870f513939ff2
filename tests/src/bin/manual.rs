//! Writes the manual of the checks: `make docs`.
// A tool for us: a panic is its error message.
#![allow(clippy::unwrap_used)]

fn main() {
    let path = gongkai_tests::manual::path();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, gongkai_tests::manual::text()).unwrap();
}
