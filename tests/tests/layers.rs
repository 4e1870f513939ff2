//! Imports inside the core follow the flow from bytes to views, and no file is too long
//! to be read in one sitting.
// Test code: a panic is a failed test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::fs;
use std::path::{Path, PathBuf};

/// The modules from left to right: each may name itself and those before it.
const ORDER: &[&str] = &[
    "error",
    "location",
    "date",
    "options",
    "finding",
    "container",
    "document",
    "format",
    "archive",
    "template",
    "model",
    "matching",
    "check",
    "view",
    "parse",
    // Opens stages to the benchmarks, and to nobody else.
    "bench_support",
    "lib",
];

/// Imports against the order, each with its reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    // An error names the place where it happened.
    ("error", "location"),
    // A caller may demand a format; the option holds its name, never a reader.
    ("options", "format"),
    // The forms are written in the model's words: editions, units, roles.
    ("template", "model"),
];

const LONGEST: usize = 1000;

#[test]
fn imports_follow_the_flow() {
    let mut wrong = Vec::new();
    for file in sources() {
        let module = module(&file);
        let Some(own) = position(&module) else {
            wrong.push(format!("{}: module {module} has no place in the order", file.display()));
            continue;
        };
        for (line, named) in named(&fs::read_to_string(&file).unwrap()) {
            let allowed = EXCEPTIONS.contains(&(module.as_str(), named.as_str()));
            // Names that are no module are what `lib.rs` re-exports: for documentation.
            if position(&named).is_some_and(|other| other > own) && !allowed {
                wrong.push(format!("{}:{line}: {module} names {named}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_too_long() {
    for file in sources() {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", file.display());
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src")
}

fn sources() -> Vec<PathBuf> {
    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                collect(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    collect(&root(), &mut files);
    files
}

/// The top module a file belongs to.
fn module(file: &Path) -> String {
    let inside = file.strip_prefix(root()).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

fn position(module: &str) -> Option<usize> {
    ORDER.iter().position(|name| *name == module)
}

/// The top modules that code names as `crate::…`, groups in braces included, with the
/// line.
fn named(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let code = lines.join("\n");
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let line = code[..at].matches('\n').count() + 1;
        let rest = &code[at + "crate::".len()..];
        let word = |text: &str| -> String {
            text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
        };
        match rest.strip_prefix('{') {
            Some(group) => names.extend(
                group.split('}').next().unwrap_or_default().split(',').map(|text| (line, word(text))),
            ),
            None => names.push((line, word(rest))),
        }
    }
    names
}
