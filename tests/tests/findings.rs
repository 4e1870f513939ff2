//! The views of findings give exactly what stands beside each report in `tests/views`.
//! `GONGKAI_UPDATE=1` rewrites the expected files; look at the difference before you
//! commit it.
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

use gongkai::view::findings::{self, Checked, Language};
use gongkai::{CheckOptions, Finding, Outcome, Report, Waivers, compare, evaluate, parse};

/// A report, and what was found in it as the files beside it say.
struct Case {
    /// Path without endings.
    stem: PathBuf,
    source: String,
    report: Report,
    findings: Vec<Finding>,
    outcomes: Vec<Outcome>,
}

impl Case {
    fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("views");
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
        paths.sort();
        paths.iter().map(|path| Self::of(path)).collect()
    }

    fn of(path: &Path) -> Self {
        let stem = path.with_extension("");
        let source = path.file_name().unwrap().to_string_lossy().into_owned();
        let beside = |ending: &str| fs::read_to_string(stem.with_extension(ending)).ok();
        let report = parse(&fs::read(path).unwrap()).unwrap();
        let waivers = beside("waivers.json").map(|json| Waivers::from_json(&json).unwrap().list);
        let options = CheckOptions { waivers: waivers.unwrap_or_default(), ..Default::default() };
        let evaluation = evaluate(&report, &options).with_reading(&report, &options);
        let (mut findings, mut outcomes) = (evaluation.findings, evaluation.outcomes);
        if let Some(json) = beside("found.json") {
            findings = findings::from_json(&json).unwrap().remove(0).findings;
            outcomes.clear();
        }
        if let Some(json) = beside("earlier.json") {
            let earlier = findings::from_json(&json).unwrap();
            let gone = compare(&source, &report, &mut findings, &earlier);
            findings.extend(gone);
        }
        Self { stem, source, report, findings, outcomes }
    }

    fn checked(&self) -> Checked<'_> {
        Checked {
            source: &self.source,
            report: &self.report,
            findings: &self.findings,
            outcomes: &self.outcomes,
        }
    }
}

#[test]
fn views_give_what_stands_beside_them() {
    let update = std::env::var_os("GONGKAI_UPDATE").is_some_and(|value| value == "1");
    let mut failures = Vec::new();
    let cases = Case::all();
    assert!(!cases.is_empty());
    for case in &cases {
        let checked = [case.checked()];
        for (ending, got) in [
            ("zh.out", findings::text(&checked, Language::Zh)),
            ("en.out", findings::text(&checked, Language::En)),
            ("out.json", findings::json(&checked)),
            ("out.sarif", findings::sarif(&checked, Language::Zh)),
            ("out.ess.json", findings::ess(&checked, Language::En, "20240131T101530+0800")),
        ] {
            let path = case.stem.with_extension(ending);
            // The views for machines are long: where there is none beside a report,
            // another report has it.
            if !path.exists() && !ending.ends_with("out") {
                continue;
            }
            if update {
                fs::write(&path, got).unwrap();
            } else if fs::read_to_string(&path).ok() != Some(got) {
                failures.push(path.display().to_string());
            }
        }
    }
    assert!(failures.is_empty(), "not as expected: {}", failures.join(", "));
}

#[test]
fn findings_come_back_equal() {
    let cases = Case::all();
    let checked: Vec<Checked<'_>> = cases.iter().map(Case::checked).collect();
    let back = findings::from_json(&findings::json(&checked)).unwrap();
    assert_eq!(cases.len(), back.len());
    for (case, back) in cases.iter().zip(back) {
        assert_eq!((&case.source, &case.findings), (&back.source, &back.findings));
        assert_eq!(case.report.year(), back.year);
    }
    for wrong in ["", "{}", r#"{"schema_version": 9, "reports": []}"#] {
        assert!(findings::from_json(wrong).is_err());
    }
}

#[test]
fn lines_fit_the_terminal() {
    for case in Case::all() {
        for language in Language::ALL {
            for line in findings::text(&[case.checked()], language).lines() {
                let width = unicode_width::UnicodeWidthStr::width(line);
                assert!(width <= 100, "{}: {width} columns: {line}", case.source);
            }
        }
    }
}
