//! Fixtures: an input file, and beside it what must come of it.
//!
//! An input is `<name>.<extension>`. Two forms keep what git shows readable:
//! `<name>.docx.d/` holds the parts of a package (the two standard ones may be left
//! out), and `<name>.<encoding>.txt` or `.html` is UTF-8 in git and transcoded here.

use std::fs;
use std::path::{Path, PathBuf};

use crate::package;
use crate::render::{Encoding, encode};

/// Endings of expected files.
pub const FACTS: &str = "facts.csv";
/// See [`FACTS`].
pub const OUTLINE: &str = "outline.txt";
/// See [`FACTS`].
pub const ERROR: &str = "error.txt";

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

/// All fixtures, in the order of their names.
pub fn all() -> Vec<Fixture> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut fixtures = Vec::new();
    for carrier in sorted(&root).into_iter().filter(|path| path.is_dir()) {
        for input in sorted(&carrier) {
            let file_name = input.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let endings = [FACTS, OUTLINE, ERROR];
            if endings.iter().any(|ending| file_name.ends_with(ending)) || file_name.ends_with(".md") {
                continue;
            }
            let file_name = file_name.strip_suffix(".d").unwrap_or(&file_name).to_owned();
            let stem = file_name.split('.').next().unwrap_or_default();
            fixtures.push(Fixture { stem: carrier.join(stem), file_name: file_name.clone(), input });
        }
    }
    fixtures
}
