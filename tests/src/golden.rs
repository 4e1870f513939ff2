//! Expected files: compared, or rewritten where `GONGKAI_UPDATE=1`.

use std::fs;
use std::path::Path;

/// Compares the file with what came of it, none if there should be no file; says how they
/// differ. With `GONGKAI_UPDATE=1` the file is made to agree.
pub fn settle(path: &Path, got: Option<&str>) -> Option<String> {
    if std::env::var_os("GONGKAI_UPDATE").is_some_and(|value| value == "1") {
        rewrite(path, got);
        return None;
    }
    difference(path, got)
}

fn rewrite(path: &Path, text: Option<&str>) {
    match text {
        Some(text) => fs::write(path, text).unwrap(),
        None if path.exists() => fs::remove_file(path).unwrap(),
        None => {}
    }
}

/// The first line that differs.
fn difference(path: &Path, got: Option<&str>) -> Option<String> {
    let expected = fs::read_to_string(path).ok();
    match (expected.as_deref(), got) {
        (None, None) => None,
        (None, Some(got)) => Some(format!("not expected: {}", got.lines().next().unwrap_or_default())),
        (Some(_), None) => Some("expected, and not given".to_owned()),
        (Some(expected), Some(got)) if expected == got => None,
        (Some(expected), Some(got)) => {
            let (mut left, mut right) = (expected.lines(), got.lines());
            let mut line = 0;
            loop {
                line += 1;
                let (expected, got) = (left.next(), right.next());
                if expected != got {
                    return Some(format!("line {line}: expected {expected:?}, got {got:?}"));
                }
                if expected.is_none() {
                    return Some("line ends differ".to_owned());
                }
            }
        }
    }
}
