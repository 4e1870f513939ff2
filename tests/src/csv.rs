//! Tables of facts as text, for answer keys and golden files.

use crate::truth::Fact;

/// The columns of a golden file.
pub const HEADER: &str = "table,row,column,value,unit,status,text";

/// The facts as lines, the header first.
pub fn write(facts: &[Fact]) -> String {
    let mut out = format!("{HEADER}\n");
    for fact in facts {
        let (table, row, column) = parts(&fact.id);
        let fields = [
            table,
            row,
            column,
            fact.value.as_deref().unwrap_or_default(),
            fact.unit.as_deref().unwrap_or_default(),
            fact.status.name(),
            &fact.text,
        ];
        let line: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
        out.push_str(&line.join(","));
        out.push('\n');
    }
    out
}

/// Table, row and column of an id.
pub fn parts(id: &str) -> (&str, &str, &str) {
    let (table, rest) = id.split_once('.').unwrap_or((id, ""));
    let (row, column) = rest.rsplit_once('.').unwrap_or((rest, ""));
    (table, row, column)
}

fn quoted(field: &str) -> String {
    if field.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

/// The lines of an answer key `table,row,column,value,unit` as (id, value, unit).
pub fn read_key(text: &str) -> Vec<(String, String, String)> {
    text.lines()
        .skip(1)
        .map(|line| {
            let mut fields = line.split(',');
            let mut next = || fields.next().unwrap_or_default();
            let id = format!("{}.{}.{}", next(), next(), next());
            (id, next().to_owned(), next().to_owned())
        })
        .collect()
}
