//! The stable JSON form.

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Report, SCHEMA_VERSION};

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
    /// [`ErrorKind::Caller`] if the text is not such JSON, or of another schema version.
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
        Ok(report)
    }
}
