//! The first records of a table, in HTML.

use super::{escape, opening};
use crate::view::tables::{Column, Field, Rows};

/// Fields shown; the wide panel has hundreds.
const FIELDS: usize = 20;

/// Records of a table as a fragment of HTML: the first of `rows`, at most `limit`, which
/// stand for `all`. The fields of these names are shown, or the first twenty where none is
/// named. Absent values show as `∅`, unlike empty text.
pub fn html_records(rows: &Rows, fields: &[&str], limit: usize, all: usize) -> String {
    let of_table = || rows.columns.iter().zip(rows.table.fields());
    let columns: Vec<(&Column, &Field)> = if fields.is_empty() {
        of_table().take(FIELDS).collect()
    } else {
        of_table().filter(|(_, field)| fields.contains(&&*field.name)).collect()
    };
    let mut out = opening();
    out.push_str("<div class=\"scroll\"><table class=\"records\">\n<tr>");
    for (_, field) in &columns {
        let label = |language: &str| {
            field.metadata.iter().find(|(name, _)| *name == language).map_or("", |(_, text)| text.as_str())
        };
        let hint = format!("{}\n{}\n{}", label("zh"), label("en"), field.kind.arrow_name());
        out.push_str(&format!("<th scope=\"col\" title=\"{}\">{}</th>", escape(&hint), escape(&field.name)));
    }
    out.push_str("</tr>\n");
    let shown = rows.len().min(limit);
    for row in 0..shown {
        out.push_str("<tr>");
        for (column, field) in &columns {
            out.push_str(&cell(column.shown(row), field));
        }
        out.push_str("</tr>\n");
    }
    let left = rows.table.fields().len().saturating_sub(columns.len());
    let more = match (fields, left) {
        ([], 1..) => format!("，另有{left}列 <span lang=\"en\">{left} more fields</span>"),
        _ => String::new(),
    };
    let name = escape(rows.table.name());
    out.push_str(&format!(
        "</table></div>\n<p class=\"legend\">{name}：{shown}/{all}行 <span lang=\"en\">{shown} of {all} records</span>{more}</p>\n</div>\n",
    ));
    out
}

fn cell(shown: Option<String>, field: &Field) -> String {
    let class = if field.kind.is_number() { "number" } else { "text" };
    match shown {
        Some(text) => format!("<td class=\"{class}\">{}</td>", escape(&text)),
        None => format!("<td class=\"{class} absent\">∅</td>"),
    }
}
