//! The published fields of the tables, as JSON.

use std::path::{Path, PathBuf};

use gongkai::view::tables::{TABLES_VERSION, Table};

/// Where they are published.
pub fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/schema/tables.json")
}

/// One line a field, so that a change shows as what it is.
pub fn text() -> String {
    let mut out = format!("{{\n  \"tables_version\": {TABLES_VERSION},\n  \"tables\": {{");
    for (index, table) in Table::ALL.iter().enumerate() {
        let comma = if index > 0 { "," } else { "" };
        out.push_str(&format!("{comma}\n    \"{}\": [", table.name()));
        for (index, field) in table.fields().iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            let metadata: Vec<String> =
                field.metadata.iter().map(|(name, text)| format!("\"{name}\": {}", quoted(text))).collect();
            out.push_str(&format!(
                "{comma}\n      {{\"name\": \"{}\", \"type\": \"{}\", \"sql\": \"{}\", \"nullable\": {}, {}}}",
                field.name,
                field.kind.arrow_name(),
                field.kind.sql_name(),
                field.nullable,
                metadata.join(", ")
            ));
        }
        out.push_str("\n    ]");
    }
    out.push_str("\n  }\n}\n");
    out
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
