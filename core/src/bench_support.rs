//! Doors for benches and oracles into single stages. Not part of the public surface.

pub use crate::check::locate::Table;

use serde_json::{Value, json};

use crate::document::{Block, Document};
use crate::error::Result;
use crate::finding::Findings;
use crate::format::Context;
use crate::options::Limits;
use crate::{Finding, Format, Report, matching};

/// A document as a reader gives it to matching.
pub struct Read {
    document: Document,
    format: Format,
    findings: Vec<Finding>,
}

/// The reader alone.
pub fn read(bytes: &[u8], format: Format) -> Result<Read> {
    let limits = Limits::default();
    let mut findings = Findings::new(limits.findings);
    let mut context = Context { limits: &limits, encoding: None, findings: &mut findings };
    let document = match format.reader() {
        Some(reader) => (reader.read)(bytes, &mut context)?,
        None => Document::default(),
    };
    Ok(Read { document, format, findings: findings.finish(&[]) })
}

impl Read {
    /// Matching alone.
    pub fn report(&self) -> Result<Report> {
        matching::read(&self.document, self.format, Findings::new(Limits::default().findings))
    }

    /// The document's blocks and findings: paragraphs as strings, tables as rows of
    /// `[column, span, cell, first]` beside the texts of their cells.
    pub fn dump(&self) -> Value {
        json!({ "blocks": blocks(&self.document.blocks), "findings": self.findings })
    }
}

fn blocks(list: &[Block]) -> Vec<Value> {
    list.iter()
        .map(|block| match block {
            Block::Paragraph(p) => json!({ "text": p.text, "numbering": p.numbering, "level": p.level }),
            Block::Picture(_) => json!({ "picture": true }),
            Block::Table(table) => {
                let row = |row: &crate::document::Row| -> Vec<Value> {
                    row.slots.iter().map(|s| json!([s.column, s.span, s.cell, s.first])).collect()
                };
                json!({
                    "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
                    "cells": table.cells.iter().map(|c| blocks(&c.blocks)).collect::<Vec<_>>(),
                })
            }
        })
        .collect()
}
