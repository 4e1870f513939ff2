//! The file of accepted findings.

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Finding, Waiver};

use super::{CheckOptions, WaivedFinding};

/// Version of the file's form.
const VERSION: u32 = 1;

/// Findings that a person accepted, as a file keeps them: one file for many reports,
/// since a fingerprint belongs to one report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waivers {
    /// In the order of the file.
    pub list: Vec<WaivedFinding>,
}

/// The file. An unknown field is an error, so that a slip of the pen waives nothing.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema_version: u32,
    waivers: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    fingerprint: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    by: String,
    when: Date,
    why: String,
}

impl Waivers {
    /// Reads `{"schema_version": 1, "waivers": [{fingerprint, code, by, when, why}]}`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Caller`] if the text is not such JSON, of another version, waives a
    /// finding twice, or leaves open who waives or why.
    pub fn from_json(json: &str) -> Result<Self> {
        let wrong = |zh: String, en: String| Error::new(ErrorKind::Caller, "waivers", zh, en);
        let file: File = serde_json::from_str(json)
            .map_err(|e| wrong(format!("豁免文件有误：{e}"), format!("no file of waivers: {e}")))?;
        if file.schema_version != VERSION {
            let found = file.schema_version;
            return Err(wrong(
                format!("豁免文件版本应为{VERSION}，实为{found}"),
                format!("waivers: expected schema version {VERSION}, found {found}"),
            ));
        }
        let mut list: Vec<WaivedFinding> = Vec::with_capacity(file.waivers.len());
        for Entry { fingerprint, code, by, when, why } in file.waivers {
            if by.trim().is_empty() || why.trim().is_empty() {
                return Err(wrong(
                    format!("豁免{fingerprint}未写明由谁、为何豁免"),
                    format!("waiver {fingerprint}: by and why must not be empty"),
                ));
            }
            if list.iter().any(|other| other.fingerprint == fingerprint) {
                return Err(wrong(
                    format!("{fingerprint}豁免了两次"),
                    format!("{fingerprint} is waived twice"),
                ));
            }
            list.push(WaivedFinding { fingerprint, code, waiver: Waiver { by, when, why } });
        }
        Ok(Self { list })
    }

    /// The file's text, one field a line, so that version control shows changes.
    pub fn to_json(&self) -> String {
        let entry = |waived: &WaivedFinding| Entry {
            fingerprint: waived.fingerprint.clone(),
            code: waived.code.clone(),
            by: waived.waiver.by.clone(),
            when: waived.waiver.when,
            why: waived.waiver.why.clone(),
        };
        let file = File { schema_version: VERSION, waivers: self.list.iter().map(entry).collect() };
        // Only maps with keys that are no strings, and failing writers, are errors here.
        let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Waivers that match none of the findings: what they accepted is mended, or was
    /// never checked.
    pub fn unused<'a>(&self, findings: impl IntoIterator<Item = &'a Finding>) -> Vec<&WaivedFinding> {
        let found: std::collections::BTreeSet<&str> =
            findings.into_iter().map(|finding| finding.fingerprint.as_str()).collect();
        self.list.iter().filter(|waived| !found.contains(waived.fingerprint.as_str())).collect()
    }
}

impl CheckOptions {
    /// Gives the finding its waiver, if there is one.
    pub(super) fn waive(&self, finding: &mut Finding) {
        let waived = self.waivers.iter().find(|waived| waived.fingerprint == finding.fingerprint);
        finding.waiver = waived.map(|waived| waived.waiver.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = r#"{"fingerprint": "00112233aabbccdd", "code": "XY-CARRY", "by": "王某",
        "when": "2024-02-01", "why": "机构合并"}"#;

    fn file(entries: &[&str]) -> String {
        format!(r#"{{"schema_version": 1, "waivers": [{}]}}"#, entries.join(","))
    }

    #[test]
    fn a_file_comes_back() {
        let waivers = Waivers::from_json(&file(&[ENTRY])).unwrap();
        assert_eq!("王某", waivers.list[0].waiver.by);
        assert_eq!(waivers, Waivers::from_json(&waivers.to_json()).unwrap());
    }

    #[test]
    fn what_is_no_such_file_is_the_callers_fault() {
        for wrong in [
            String::new(),
            file(&[&ENTRY.replace("why", "reason")]),
            file(&[&ENTRY.replace("\"by\"", "\"who\": \"x\", \"by\"")]),
            file(&[&ENTRY.replace("2024-02-01", "2024-02-31")]),
            file(&[&ENTRY.replace("机构合并", " ")]),
            file(&[ENTRY, ENTRY]),
            file(&[ENTRY]).replace(": 1,", ": 2,"),
        ] {
            let error = Waivers::from_json(&wrong).unwrap_err();
            assert_eq!((ErrorKind::Caller, "waivers"), (error.kind(), error.code()), "{wrong}");
        }
    }

    #[test]
    fn unused_waivers_are_told() {
        let waivers = Waivers::from_json(&file(&[ENTRY])).unwrap();
        let mut finding = Finding::new("XY-CARRY", crate::finding::Severity::Error, "", "");
        assert_eq!(1, waivers.unused([&finding]).len());
        finding.fingerprint = "00112233aabbccdd".to_owned();
        assert!(waivers.unused([&finding]).is_empty());
    }
}
