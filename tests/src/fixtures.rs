//! Fixtures: an input file, and beside it what must come of it.
//!
//! An input is `<name>.<extension>`. Two forms keep what git shows readable:
//! `<name>.docx.d/` holds the parts of a package (the two standard ones may be left
//! out), and `<name>.<encoding>.txt` or `.html` is UTF-8 in git and transcoded here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::render::{Encoding, encode};
use crate::{fuzz, package};

/// Endings of expected files.
pub const FACTS: &str = "facts.csv";
/// See [`FACTS`].
pub const OUTLINE: &str = "outline.txt";
/// See [`FACTS`].
pub const FINDINGS: &str = "findings.txt";
/// See [`FACTS`].
pub const ERROR: &str = "error.txt";

/// The folder of the cases of the checks.
const CHECKS: &str = "checks";

/// One input.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// Where its expected files stand, without their endings.
    pub stem: PathBuf,
    /// The name to hand to the reader as file name.
    pub file_name: String,
    /// The input file or folder.
    pub input: PathBuf,
}

impl Fixture {
    /// `<carrier>/<name>`, as messages name it.
    pub fn name(&self) -> String {
        let folder = self.stem.parent().and_then(Path::file_name).unwrap_or_default();
        format!("{}/{}", folder.display(), self.stem.file_name().unwrap_or_default().display())
    }

    /// The input's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        if self.input.is_dir() {
            let mut parts = Vec::new();
            collect(&self.input, &self.input, &mut parts);
            return package::zip(&package::complete(parts));
        }
        let bytes = fs::read(&self.input).unwrap();
        let encoding = |e: &&Encoding| self.file_name.contains(&format!(".{}.", e.name()));
        match Encoding::ALL.iter().find(encoding) {
            Some(&encoding) => encode(&String::from_utf8(bytes).unwrap(), encoding),
            None => bytes,
        }
    }

    /// An expected file.
    pub fn expected(&self, ending: &str) -> PathBuf {
        let name = self.stem.file_name().unwrap_or_default().to_string_lossy();
        self.stem.with_file_name(format!("{name}.{ending}"))
    }
}

/// The parts in a folder, by name.
fn collect(root: &Path, folder: &Path, parts: &mut Vec<(String, Vec<u8>)>) {
    for path in sorted(folder) {
        if path.is_dir() {
            collect(root, &path, parts);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            parts.push((name, fs::read(&path).unwrap()));
        }
    }
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// All fixtures that are documents, in the order of their names.
pub fn all() -> Vec<Fixture> {
    let mut fixtures = Vec::new();
    let carriers = sorted(&root())
        .into_iter()
        .filter(|path| path.is_dir() && !path.ends_with(CHECKS) && !path.ends_with(fuzz::FOLDER));
    for carrier in carriers {
        for input in sorted(&carrier) {
            let file_name = input.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let endings = [FACTS, OUTLINE, FINDINGS, ERROR];
            if endings.iter().any(|ending| file_name.ends_with(ending)) || file_name.ends_with(".md") {
                continue;
            }
            let file_name = file_name.strip_suffix(".d").unwrap_or(&file_name).to_owned();
            let stem = file_name.split('.').next().unwrap_or_default();
            fixtures.push(Fixture { stem: carrier.join(stem), file_name: file_name.clone(), input });
        }
    }
    chosen(fixtures, Fixture::name)
}

/// Those whose names stand in `GONGKAI_FIXTURES`, with blanks between; all where it is not set.
fn chosen<T>(mut all: Vec<T>, name: impl Fn(&T) -> String) -> Vec<T> {
    if let Ok(names) = std::env::var("GONGKAI_FIXTURES") {
        let names: BTreeSet<&str> = names.split_whitespace().collect();
        all.retain(|one| names.contains(&*name(one)));
    }
    all
}

/// A case of a check: `checks/<code>/<meaning>[-name].case`.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// The check.
    pub code: String,
    /// The file.
    pub input: PathBuf,
}

impl CaseFile {
    /// What a case may be about, as its name says: the statement holds, does not, or cannot
    /// be told; or the check has nothing to say.
    pub const MEANINGS: [&'static str; 4] = ["pass", "fail", "unknown", "silent"];

    /// The meaning its name begins with; empty where it is none.
    pub fn meaning(&self) -> &'static str {
        let stem = self.input.file_stem().unwrap_or_default().to_string_lossy();
        let first = stem.split('-').next().unwrap_or_default();
        Self::MEANINGS.into_iter().find(|meaning| *meaning == first).unwrap_or_default()
    }

    /// `<code>/<name>`, as messages name it.
    pub fn name(&self) -> String {
        format!("{}/{}", self.code, self.input.file_stem().unwrap_or_default().display())
    }

    /// The file of the findings that must come of it.
    pub fn expected(&self) -> PathBuf {
        self.input.with_extension(FINDINGS)
    }
}

/// All cases, in the order of their codes and names.
pub fn cases() -> Vec<CaseFile> {
    let mut cases = Vec::new();
    for folder in sorted(&root().join(CHECKS)) {
        let code = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let files = sorted(&folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "case"));
        cases.extend(files.map(|input| CaseFile { code: code.clone(), input }));
    }
    chosen(cases, CaseFile::name)
}
