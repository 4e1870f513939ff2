//! One record a fact: CSV (RFC 4180) and JSON Lines.

use crate::model::{Fact, Report};

/// Header of [`csv`], without line end.
pub const CSV_HEADER: &str = "source,agency,year,edition,table,row,column,value,unit,status,text";

/// A report's facts as CSV lines without header; lines end in `\n`. `source` names the
/// file as the caller knows it. Absent values are empty fields.
pub fn csv(report: &Report, source: &str) -> String {
    let mut out = String::new();
    for fact in report.facts() {
        let fields = fields(report, fact, source);
        for (index, (_, field)) in fields.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            push_field(&mut out, field.as_deref().unwrap_or_default());
        }
        out.push('\n');
    }
    out
}

/// A report's facts as JSON Lines: one object a fact, the fields of [`csv`] in its order,
/// `year` a number, absent values null, numbers of cells as strings.
pub fn jsonl(report: &Report, source: &str) -> String {
    let mut out = String::new();
    for fact in report.facts() {
        out.push('{');
        for (index, (name, field)) in fields(report, fact, source).into_iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            out.push_str(&format!("\"{name}\":"));
            match field {
                Some(year) if name == "year" => out.push_str(&year),
                Some(text) => out.push_str(&serde_json::Value::String(text).to_string()),
                None => out.push_str("null"),
            }
        }
        out.push_str("}\n");
    }
    out
}

fn fields(report: &Report, fact: &Fact, source: &str) -> [(&'static str, Option<String>); 11] {
    [
        ("source", Some(source.to_owned())),
        ("agency", report.agency().map(|agency| agency.name.clone())),
        ("year", report.year().map(|year| year.to_string())),
        ("edition", fact.edition.map(|edition| edition.to_string())),
        ("table", Some(fact.table.to_string())),
        ("row", Some(fact.row.to_string())),
        ("column", Some(fact.column.to_string())),
        ("value", fact.value.map(|value| value.to_string())),
        ("unit", fact.unit.map(|unit| unit.to_string())),
        ("status", Some(fact.status.name().to_owned())),
        ("text", Some(fact.text.clone())),
    ]
}

fn push_field(out: &mut String, field: &str) {
    if field.contains([',', '"', '\n', '\r']) {
        out.push('"');
        out.push_str(&field.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(field);
    }
}
