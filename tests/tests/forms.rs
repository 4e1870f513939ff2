//! Reports as HTML give exactly what stands beside them in `forms/`. `GONGKAI_UPDATE=1`
//! rewrites the pages; look at the difference, and at the page in a browser, before you
//! commit it. Findings are given, so that a new check changes no page; the style sheet is
//! left out, so that a new colour changes none.
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

use gongkai::{Finding, Report, view};

const PAGE: &str = ".page.html";
const FOUND: &str = ".found.json";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("forms")
}

/// Every input with its name and its findings: the reader's own where none are given.
fn cases() -> Vec<(String, Report, Vec<Finding>)> {
    let mut inputs: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    inputs.sort();
    let case = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let report = gongkai::parse(&fs::read(&path).unwrap()).unwrap();
        let findings = match fs::read_to_string(folder().join(format!("{name}{FOUND}"))) {
            Ok(json) => serde_json::from_str(&json).unwrap(),
            Err(_) => report.findings().to_vec(),
        };
        (name, report, findings)
    };
    inputs.into_iter().map(case).collect()
}

fn without_style(page: &str) -> String {
    let (before, rest) = page.split_once("<style>").unwrap();
    let (_, after) = rest.split_once("</style>").unwrap();
    format!("{before}<style></style>{after}")
}

#[test]
fn reports_look_like_what_stands_beside_them() {
    let update = std::env::var_os("GONGKAI_UPDATE").is_some_and(|value| value == "1");
    let mut wrong = Vec::new();
    let cases = cases();
    assert!(cases.len() >= 3, "only {} cases", cases.len());
    for (name, report, findings) in cases {
        let page = without_style(&view::html_page(&report, &findings));
        let path = folder().join(format!("{name}{PAGE}"));
        if update {
            fs::write(&path, page).unwrap();
        } else if fs::read_to_string(&path).ok().as_deref() != Some(&page) {
            wrong.push(path.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "these differ:\n{}", wrong.join("\n"));
}

#[test]
fn a_page_holds_its_fragment_and_every_fact_once() {
    for (name, report, findings) in cases() {
        let fragment = view::html(&report, &findings);
        assert!(view::html_page(&report, &findings).contains(&fragment), "{name}");
        for fact in report.facts() {
            let place = format!("data-fact=\"{}\"", escaped(&fact.id()));
            assert_eq!(fragment.matches(&place).count(), 1, "{name}: {}", fact.id());
        }
    }
}

fn escaped(text: &str) -> String {
    [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")]
        .into_iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
