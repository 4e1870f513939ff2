//! Doors for benches and oracles into single stages. Not part of the public surface.

pub use crate::check::locate::Table;

use serde_json::{Value, json};

use crate::document::{Block, Document};
use crate::error::Result;
use crate::finding::Findings;
use crate::format::{self, Context, FormatReader};
use crate::options::{Limits, ParseOptions};
use crate::{Finding, Format, Report, matching};

/// A document as a reader gives it to matching.
pub struct Read {
    document: Document,
    format: Format,
    findings: Vec<Finding>,
}

fn document(reader: &FormatReader, bytes: &[u8]) -> Result<Read> {
    let limits = Limits::default();
    let mut findings = Findings::new(limits.findings);
    let mut context = Context::new(&limits, None, &mut findings);
    let document = (reader.read)(bytes, &mut context)?;
    Ok(Read { document, format: reader.format, findings: findings.finish(&[]) })
}

/// The reader alone.
pub fn read(bytes: &[u8], format: Format) -> Result<Read> {
    match format.reader() {
        Some(reader) => document(reader, bytes),
        None => Ok(Read { document: Document::default(), format, findings: Vec::new() }),
    }
}

/// What the reader of such bytes sees; see [`Read::dump`].
pub fn dump(bytes: &[u8]) -> Result<Value> {
    let reader = format::choose(bytes, &ParseOptions::default(), &mut Findings::new(0))?;
    document(reader, bytes).map(|read| read.dump())
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
            Block::Paragraph(p) => {
                json!({ "text": p.text.as_str(), "numbering": p.numbering, "level": p.level })
            }
            Block::Picture(_) => json!({ "picture": true }),
            Block::Table(table) => {
                let row = |row: &crate::document::Row| -> Vec<Value> {
                    row.slots.iter().map(|s| json!([s.column(), s.span(), s.cell(), s.first])).collect()
                };
                json!({
                    "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
                    "cells": table.cells.iter().map(|c| blocks(&c.blocks)).collect::<Vec<_>>(),
                })
            }
        })
        .collect()
}
