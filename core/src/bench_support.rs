//! Doors for benches and oracles into single stages. Not part of the public surface.

pub use crate::check::locate::Table;

use serde_json::{Value, json};

use crate::document::{Block, Document};
use crate::error::Result;
use crate::finding::Findings;
use crate::format::Context;
use crate::options::Limits;
use crate::{Finding, Format};

fn document(bytes: &[u8]) -> Result<(Document, Vec<Finding>)> {
    let limits = Limits::default();
    let mut findings = Findings::new(limits.findings);
    let mut context = Context::new(&limits, None, &mut findings);
    let document = match Format::Docx.reader() {
        Some(reader) => (reader.read)(bytes, &mut context)?,
        None => Document::default(),
    };
    Ok((document, findings.finish(&[])))
}

/// Reads a Word document and says how many blocks it has.
pub fn read_docx(bytes: &[u8]) -> Result<usize> {
    document(bytes).map(|(document, _)| document.blocks.len())
}

/// A Word document's blocks and findings: paragraphs as strings, tables as rows of
/// `[column, span, cell, first]` beside the texts of their cells.
pub fn dump_docx(bytes: &[u8]) -> Result<Value> {
    let (document, findings) = document(bytes)?;
    Ok(json!({ "blocks": blocks(&document.blocks), "findings": findings }))
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
