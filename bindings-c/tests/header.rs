//! The committed header is the one that the crate gives, and tells of each function what a
//! caller must know. `GONGKAI_UPDATE=1` writes it anew.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn committed() -> PathBuf {
    root().join("include/gongkai.h")
}

/// What stands before the functions: versions, the export macro, and the structures of the
/// Arrow C stream interface, whose guards other headers share.
fn opening() -> String {
    let number = |text: &str| text.parse::<u32>().unwrap();
    let (major, minor, patch) = (
        number(env!("CARGO_PKG_VERSION_MAJOR")),
        number(env!("CARGO_PKG_VERSION_MINOR")),
        number(env!("CARGO_PKG_VERSION_PATCH")),
    );
    let versions = [
        ("VERSION", format!("\"{}\"", env!("CARGO_PKG_VERSION"))),
        ("VERSION_MAJOR", major.to_string()),
        ("VERSION_MINOR", minor.to_string()),
        ("VERSION_PATCH", patch.to_string()),
        ("VERSION_NUMBER", (major * 1_000_000 + minor * 1_000 + patch).to_string()),
        ("SCHEMA_VERSION", gongkai::SCHEMA_VERSION.to_string()),
        ("TABLES_VERSION", gongkai::view::tables::TABLES_VERSION.to_string()),
    ];
    let defines: String =
        versions.iter().map(|(name, value)| format!("#define GONGKAI_{name} {value}\n")).collect();
    let template = std::fs::read_to_string(root().join("opening.h")).unwrap();
    template.replace("@VERSIONS@\n", &defines)
}

fn generated() -> String {
    let mut config = cbindgen::Config::from_file(root().join("cbindgen.toml")).unwrap();
    config.after_includes = Some(opening());
    let bindings = cbindgen::Builder::new().with_crate(root()).with_config(config).generate().unwrap();
    let mut header = Vec::new();
    bindings.write(&mut header);
    without_names_of_pointers(&without_safety(&String::from_utf8(header).unwrap()))
}

/// The sections on safety speak to Rust callers; C is told the same in its own words.
fn without_safety(header: &str) -> String {
    let mut kept = Vec::new();
    let mut lines = header.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "* # Safety" {
            // The empty line before goes with it, and all up to the end of the comment.
            kept.pop();
            kept.extend(lines.find(|line| line.trim() == "*/"));
            continue;
        }
        kept.push(line);
    }
    kept.join("\n") + "\n"
}

/// Each `Out<T>` is given a name of its own, `typedef T *Out_T`; C shall see the pointer.
fn without_names_of_pointers(header: &str) -> String {
    let mut pointers: Vec<(&str, &str)> = Vec::new();
    let mut paragraphs = Vec::new();
    for paragraph in header.split("\n\n") {
        let last = paragraph.lines().last().unwrap_or_default();
        let named = last.strip_prefix("typedef ").and_then(|rest| rest.strip_suffix(';'));
        match named.and_then(|rest| rest.split_once("Out_")) {
            Some((pointer, name)) => pointers.push((name, pointer)),
            None => paragraphs.push(paragraph.to_owned()),
        }
    }
    let mut header = paragraphs.join("\n\n");
    for (name, pointer) in pointers {
        header = header.replace(&format!("Out_{name} "), pointer);
    }
    header
}

#[test]
fn the_committed_header_is_the_generated_one() {
    let header = generated();
    if std::env::var_os("GONGKAI_UPDATE").is_some() {
        std::fs::write(committed(), &header).unwrap();
    }
    let found = std::fs::read_to_string(committed()).unwrap_or_default();
    assert!(
        found == header,
        "include/gongkai.h is not up to date: run GONGKAI_UPDATE=1 cargo test -p gongkai-c"
    );
}

#[test]
fn every_function_tells_ownership_threads_and_errors() {
    let header = std::fs::read_to_string(committed()).unwrap();
    let (mut comment, mut functions) = (String::new(), 0);
    for line in header.lines() {
        if line.starts_with("/**") {
            comment.clear();
        }
        if line.starts_with("/**") || line.starts_with(" *") {
            comment.push_str(line);
            comment.push('\n');
        }
        if line.starts_with("GONGKAI_API") {
            functions += 1;
            let at = |label: &str| comment.find(label).unwrap_or_else(|| panic!("{line}: no {label:?}"));
            let (owner, threads, errors) = (at("* Ownership: "), at("* Threads: "), at("* Errors: "));
            assert!(owner < threads && threads < errors, "{line}: order");
            let meaning = comment[..owner].replace(['/', '*', '\n'], "");
            assert!(meaning.trim().len() > 8, "{line}: what does it do?");
            comment.clear();
        }
    }
    assert_eq!(functions, names(&header).len());
}

/// The names of the header's functions, sorted.
fn names(header: &str) -> Vec<&str> {
    let starts = header.match_indices("GONGKAI_API").filter(|(at, _)| header[..*at].ends_with('\n'));
    let mut names: Vec<&str> = starts
        .map(|(at, _)| {
            let declared = header[at..].split('(').next().unwrap();
            declared.rsplit([' ', '*', '\n']).next().unwrap()
        })
        .collect();
    names.sort_unstable();
    names
}

/// What the shared library exports is compared with the same list where it is built.
#[test]
fn the_list_of_symbols_is_that_of_the_header() {
    let header = std::fs::read_to_string(committed()).unwrap();
    let (path, list) = (root().join("symbols.txt"), names(&header).join("\n") + "\n");
    if std::env::var_os("GONGKAI_UPDATE").is_some() {
        std::fs::write(&path, &list).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), list);
}
