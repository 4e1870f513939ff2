//! The stable JSON form.

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Fact, Report, SCHEMA_VERSION, Status};

impl Report {
    /// The whole report as JSON, following the committed schema. The same report gives
    /// the same bytes.
    pub fn to_json(&self) -> String {
        // Only maps with keys that are no strings, and failing writers, are errors here.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads back what [`Report::to_json`] wrote.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Caller`] if the text is not such JSON, of another schema version, or gives a
    /// value to a cell that is not reported.
    pub fn from_json(json: &str) -> Result<Self> {
        let wrong = |zh: String, en: String| Error::new(ErrorKind::Caller, "json", zh, en);
        let report: Self = serde_json::from_str(json)
            .map_err(|e| wrong(format!("不是报告的 JSON：{e}"), format!("no report in JSON form: {e}")))?;
        if report.schema_version != SCHEMA_VERSION {
            let found = report.schema_version;
            return Err(wrong(
                format!("JSON 版本应为{SCHEMA_VERSION}，实为{found}"),
                format!("expected schema version {SCHEMA_VERSION}, found {found}"),
            ));
        }
        // Only what is reported has a value: no reader of a report looks at both.
        let contradictory = |fact: &&Fact| fact.value.is_some() && fact.status != Status::Reported;
        if let Some(fact) = report.facts().chain(report.subtotals()).find(contradictory) {
            let (id, status) = (fact.id(), fact.status.name());
            return Err(wrong(
                format!("{id} 的状态为 {status}，却有数值"),
                format!("{id} has the status {status}, and a value"),
            ));
        }
        Ok(report)
    }
}
