//! The five published reports, where they are at hand.

use std::path::{Path, PathBuf};

/// Their names.
pub const NAMES: [&str; 5] = ["datian-2020", "jinfeng-2020", "yongzheng-2020", "untitled-2019", "dalan-2021"];

/// The carriers they come in, as file name endings.
pub const ENDINGS: [&str; 8] = ["txt", "word.docx", "libreoffice.docx", "html", "doc", "rtf", "odt", "pdf"];

/// The folder beside the workspace; nothing where it is absent.
pub fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/reports");
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reports");
    [beside, above].into_iter().find(|path| path.is_dir())
}

/// The answer key of a report: id, value, unit.
pub fn key(folder: &Path, name: &str) -> Vec<(String, String, String)> {
    let text = std::fs::read_to_string(folder.join(format!("{name}.facts.csv"))).unwrap();
    crate::csv::read_key(&text)
}

/// The cells read that differ from the key, in words.
pub fn differences(key: &[(String, String, String)], got: &[crate::truth::Fact]) -> Vec<String> {
    use crate::truth::Status;
    let mut found = Vec::new();
    for (id, value, unit) in key {
        let Some(fact) = got.iter().find(|fact| fact.id == *id) else {
            found.push(format!("{id}: missing"));
            continue;
        };
        let status = if value.is_empty() { Status::Blank } else { Status::Reported };
        let read = fact.value.as_deref().unwrap_or_default();
        if fact.status != status || read != value {
            found.push(format!("{id}: expected {value:?}, got {read:?} {}", fact.status.name()));
        } else if !value.is_empty() && fact.unit.as_deref().unwrap_or_default() != unit {
            found.push(format!("{id}: expected unit {unit:?}, got {:?}", fact.unit));
        }
    }
    for fact in got.iter().filter(|fact| key.iter().all(|(id, ..)| *id != fact.id)) {
        found.push(format!("{}: not in the key, got {:?}", fact.id, fact.value));
    }
    if found.is_empty() && got.len() != key.len() {
        found.push(format!("{} cells, expected {}", got.len(), key.len()));
    }
    found
}
