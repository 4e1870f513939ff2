//! The manual of the checks, built from the comments of their files.

use std::fs;
use std::path::{Path, PathBuf};

/// The headings of every check's comment, in this order.
pub const HEADINGS: [&str; 4] = ["What it checks", "Why", "Example", "When it cannot tell"];

/// Where the manual is kept.
pub fn path() -> PathBuf {
    root().join("docs/checks.md")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The comment at the head of a check's file: its first line, and what stands under it.
pub fn comment(code: &str) -> (String, String) {
    let name = format!("{}.rs", code.to_lowercase().replace('-', "_"));
    let groups = fs::read_dir(root().join("core/src/check")).unwrap();
    let file = groups.map(|group| group.unwrap().path().join(&name)).find(|path| path.is_file());
    let text = fs::read_to_string(file.unwrap_or_else(|| panic!("{code} has no file {name}"))).unwrap();
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    let lines: Vec<&str> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let (first, rest) = lines.split_first().unwrap_or_else(|| panic!("{name} has no comment"));
    ((*first).to_owned(), rest.join("\n").trim().to_owned())
}

/// The whole manual as Markdown.
pub fn text() -> String {
    let mut out = String::from(
        "# The checks\n\n\
         Built from the comments in `core/src/check/` by `make docs`; do not edit it here.\n\n\
         A check that does not hold gives a finding with its code. Where a blank or missing cell \
         forbids an answer, the finding's verdict is `unknown`, and `as_zero` says how it would come \
         out if blanks were zero. Levels: 0 structure and single values, 1 the report, 2 its other \
         years, 3 other reports.\n\n\
         | code | severity | level | 中文 | states |\n|---|---|---|---|---|\n",
    );
    let checks = gongkai::checks();
    for check in &checks {
        let code = check.code;
        out.push_str(&format!(
            "| [{code}](#{}) | {} | {} | {} | {} |\n",
            code.to_lowercase(),
            check.severity.name(),
            check.level,
            check.title.zh,
            check.title.en
        ));
    }
    for check in &checks {
        let (_, manual) = comment(check.code);
        let editions: Vec<String> = check.editions.iter().map(ToString::to_string).collect();
        let basis = if check.clause.is_empty() { "experience" } else { check.clause };
        out.push_str(&format!(
            "\n## {}\n\n{}  \n{}\n\nSeverity {}, level {}, editions {}, version {}. Rests on: {basis}.\n\n{}\n",
            check.code,
            check.title.zh,
            check.title.en,
            check.severity.name(),
            check.level,
            editions.join(" and "),
            check.version,
            // Links of rustdoc mean nothing here.
            manual.replace("# ", "### ").replace("[`crate::", "`").replace("`]", "`"),
        ));
    }
    out
}
