//! The tables say what the reports say, under published names.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeSet;

use gongkai::view::tables::{Column, Entry, Failure, Rows, Table, Values};
use gongkai_tests::random::Random;
use gongkai_tests::render::{Carrier, HtmlForm};
use gongkai_tests::{runs, schema};

#[test]
fn fields_are_as_published() {
    if std::env::var_os("GONGKAI_UPDATE").is_some() {
        std::fs::write(schema::path(), schema::text()).unwrap();
    }
    let published = std::fs::read_to_string(schema::path()).unwrap_or_default();
    assert!(published == schema::text(), "core/schema/tables.json differs: run with GONGKAI_UPDATE=1");
}

#[test]
fn names_suit_every_program() {
    for &table in Table::ALL {
        assert_eq!(Table::from_name(table.name()), Some(table));
        let mut seen = BTreeSet::new();
        for field in table.fields() {
            let name = &*field.name;
            let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            assert!(plain && name.len() <= 32 && name.as_bytes()[0].is_ascii_lowercase(), "{name}");
            assert!(seen.insert(name), "{name} stands twice in {}", table.name());
        }
    }
}

/// A column's cells as text.
fn cells(column: &Column) -> Vec<Option<String>> {
    let valid = |row: usize| column.validity.bytes[row / 8] >> (row % 8) & 1 == 1;
    (0..column.validity.length)
        .map(|row| {
            valid(row).then(|| match &column.values {
                Values::Text(offsets, bytes) => {
                    let range = offsets[row] as usize..offsets[row + 1] as usize;
                    std::str::from_utf8(&bytes[range]).unwrap().to_owned()
                }
                Values::Integer(values) => values[row].to_string(),
                Values::Decimal(values) => values[row].to_string(),
                Values::Boolean(bits) => (bits.bytes[row / 8] >> (row % 8) & 1 == 1).to_string(),
                other => panic!("{other:?}"),
            })
        })
        .collect()
}

fn column(rows: &Rows, name: &str) -> Vec<Option<String>> {
    let at = rows.table.fields().iter().position(|field| field.name == name).unwrap();
    cells(&rows.columns[at])
}

#[test]
fn every_fact_is_a_record() {
    for seed in 0..20 {
        let bytes = sample(seed);
        let report = gongkai::parse(&bytes).unwrap();
        let entry = Entry { source: "a.html", report: Ok(&report), findings: report.findings() };
        let mut rows = Rows::new(Table::Facts);
        rows.push(&entry);
        assert_eq!(rows.len(), report.facts().len());
        let ids: Vec<_> = column(&rows, "table")
            .into_iter()
            .zip(column(&rows, "row"))
            .zip(column(&rows, "column"))
            .map(|((t, r), c)| format!("{}.{}.{}", t.unwrap(), r.unwrap(), c.unwrap()))
            .collect();
        let values = column(&rows, "value");
        for (index, fact) in report.facts().enumerate() {
            assert_eq!(ids[index], fact.id());
            let scaled = fact
                .value
                .map(|value| (value.coefficient() * 10_i128.pow(10 - u32::from(value.scale()))).to_string());
            assert_eq!(values[index], scaled, "{}", fact.id());
        }
    }
}

#[test]
fn the_panel_keeps_every_cell_of_the_form_apart() {
    for seed in 0..20 {
        let report = gongkai::parse(&sample(seed)).unwrap();
        let entry = Entry { source: "a.html", report: Ok(&report), findings: &[] };
        let (mut numbers, mut statuses) = (Rows::new(Table::Panel), Rows::new(Table::PanelStatus));
        numbers.push(&entry);
        statuses.push(&entry);
        assert_eq!((numbers.len(), statuses.len()), (1, 1));
        let label = |at: usize| {
            let field = &Table::Panel.fields()[at];
            field.metadata.iter().find(|(name, _)| *name == "en").unwrap().1.clone()
        };
        let mut found = 0;
        for at in 5..Table::Panel.fields().len() {
            let status = cells(&statuses.columns[at])[0].clone().unwrap();
            let number = cells(&numbers.columns[at])[0].clone();
            match report.fact(&label(at)) {
                Some(fact) => {
                    found += 1;
                    assert_eq!(status, fact.status.name());
                    assert_eq!(number.is_some(), fact.value.is_some());
                    if let Some(count) = fact.value.and_then(|value| value.to_i64())
                        && !Table::Panel.fields()[at].name.ends_with("_yuan")
                    {
                        assert_eq!(number, Some(count.to_string()));
                    }
                }
                None => assert!(["missing", "divided"].contains(&status.as_str()) && number.is_none()),
            }
        }
        let named = report.facts().filter(|fact| fact.row.contains('/')).count();
        assert_eq!(found + named, report.facts().len());
    }
}

#[test]
fn a_failure_is_a_record_too() {
    let failure = Failure { kind: "input", code: "empty", message: "the file is empty" };
    let entry = Entry { source: "b.txt", report: Err(failure), findings: &[] };
    let mut rows = Rows::new(Table::Reports);
    rows.push(&entry);
    assert_eq!(column(&rows, "status"), [Some("failed".to_owned())]);
    assert_eq!(column(&rows, "error_code"), [Some("empty".to_owned())]);
    let mut facts = Rows::new(Table::Facts);
    facts.push(&entry);
    assert!(facts.is_empty());
}

fn sample(seed: u64) -> Vec<u8> {
    let carrier = Carrier::Html(HtmlForm::Clean);
    carrier.render(&runs::report(seed), &mut Random::new(seed))
}
