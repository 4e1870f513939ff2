//! The same docx files through Rust libraries: the least time to the library's own model and
//! once over all its table cells, and whether the tables are those that were printed. One
//! JSON object a line for `peers.py`, which makes the table.
//!
//! FOLDER holds `NAME.docx` and `NAME.json`: for each table its grid, with the text of a
//! merged cell in every position it covers.

use std::hint::black_box;
use std::io::Cursor;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A cell where it begins: text, columns, rows.
type Origin = (String, usize, usize);
/// Rows of one table.
type Rows = Vec<Vec<Origin>>;
type Read = fn(&[u8]) -> Option<Vec<Rows>>;

/// Name, what gives its tables, and what is timed.
const PEERS: [(&str, Read, Read); 7] = [
    ("gongkai, to facts", gongkai_grids, gongkai_facts),
    ("office_oxide 0.1.16", office_oxide, office_oxide),
    ("pdfmuse-core 0.1.12", pdfmuse, pdfmuse),
    ("docx-rust 0.1.11", docx_rust, docx_rust),
    ("docx-rs 0.4.22", docx_rs, docx_rs),
    ("undoc 0.27.1", undoc, undoc),
    ("rwml 0.1.5", rwml, rwml),
];

const BUDGET: Duration = Duration::from_secs(1);

fn main() {
    let folder = std::env::args().nth(1).expect("peers FOLDER");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "docx"));
    paths.sort();
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let known: Vec<Vec<Vec<String>>> =
            serde_json::from_slice(&std::fs::read(path.with_extension("json")).unwrap()).unwrap();
        for (name, tables, read) in PEERS {
            let found = std::panic::catch_unwind(|| tables(&bytes)).ok().flatten();
            let right = found.map(|tables| tables.into_iter().map(grid).collect::<Vec<_>>() == known);
            let (start, mut least) = (Instant::now(), Duration::MAX);
            // Whoever cannot read the file is not timed.
            while right.is_some() && start.elapsed() < BUDGET {
                let start = Instant::now();
                drop(black_box(read(black_box(&bytes))));
                least = least.min(start.elapsed());
            }
            let milliseconds = right.map(|_| least.as_secs_f64() * 1e3);
            let file = path.file_stem().unwrap().to_string_lossy();
            println!("{}", json!({ "peer": name, "file": file, "ms": milliseconds, "right": right }));
        }
    }
}

/// Cells to positions, as HTML does it; white space is not compared.
fn grid(rows: Rows) -> Vec<Vec<String>> {
    let mut grid: Vec<Vec<Option<String>>> = vec![Vec::new(); rows.len()];
    for (r, row) in rows.into_iter().enumerate() {
        let mut c = 0;
        for (text, columns, down) in row {
            let text: String = text.split_whitespace().collect();
            while grid[r].get(c).is_some_and(Option::is_some) {
                c += 1;
            }
            for line in grid.iter_mut().skip(r).take(down.max(1)) {
                line.resize(line.len().max(c + columns.max(1)), None);
                line[c..c + columns.max(1)].fill(Some(text.clone()));
            }
            c += columns.max(1);
        }
    }
    grid.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect()
}

/// The grids are taken from the reader's dump, to be compared.
fn gongkai_grids(bytes: &[u8]) -> Option<Vec<Rows>> {
    Some(dumped(&gongkai::bench_support::read(bytes, gongkai::Format::Docx).ok()?.dump()))
}

/// All of it: facts with their places, and findings. This is what is timed.
fn gongkai_facts(bytes: &[u8]) -> Option<Vec<Rows>> {
    let report = gongkai::parse(bytes).ok()?;
    black_box(report.facts().len());
    Some(Vec::new())
}

fn dumped(dump: &Value) -> Vec<Rows> {
    let tables = dump["blocks"].as_array().into_iter().flatten().filter(|block| block["rows"].is_array());
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    tables
        .map(|table| {
            let rows = table["rows"].as_array().unwrap();
            let height = |cell: &Value| {
                rows.iter().filter(|row| row.as_array().unwrap().iter().any(|slot| slot[2] == *cell)).count()
            };
            let text = |cell: &Value| -> String {
                let blocks = table["cells"][number(cell)].as_array().unwrap();
                blocks.iter().filter_map(|block| block["text"].as_str()).collect()
            };
            rows.iter()
                .map(|row| {
                    let slots = row.as_array().unwrap().iter().filter(|slot| slot[3] == true);
                    slots.map(|slot| (text(&slot[2]), number(&slot[1]), height(&slot[2]))).collect()
                })
                .collect()
        })
        .collect()
}

fn office_oxide(bytes: &[u8]) -> Option<Vec<Rows>> {
    use office_oxide::ir::{Element, InlineContent};
    fn text(elements: &[Element]) -> String {
        let paragraphs = elements.iter().filter_map(|element| match element {
            Element::Paragraph(paragraph) => Some(&paragraph.content),
            _ => None,
        });
        let spans = paragraphs.flatten().filter_map(|inline| match inline {
            InlineContent::Text(span) => Some(span.text.as_str()),
            _ => None,
        });
        spans.collect()
    }
    let reader = Cursor::new(bytes.to_vec());
    let document = office_oxide::Document::from_reader(reader, office_oxide::DocumentFormat::Docx).ok()?;
    let ir = document.to_ir();
    let tables = ir.sections.iter().flat_map(|s| &s.elements).filter_map(|element| match element {
        Element::Table(table) => Some(table),
        _ => None,
    });
    let cell = |c: &office_oxide::ir::TableCell| (text(&c.content), c.col_span as usize, c.row_span as usize);
    Some(
        tables
            .map(|table| table.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect())
            .collect(),
    )
}

fn pdfmuse(bytes: &[u8]) -> Option<Vec<Rows>> {
    use pdfmuse_core::ir::Block;
    let document = pdfmuse_core::parse(bytes, Some(pdfmuse_core::Format::Docx)).ok()?;
    let tables = document.pages.iter().flat_map(|page| &page.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let cell = |c: &pdfmuse_core::ir::Cell| (c.text.clone(), c.col_span.into(), c.row_span.into());
    Some(tables.map(|table| table.rows.iter().map(|row| row.iter().map(cell).collect()).collect()).collect())
}

/// Its model has no spans; the cells of each row are all that there is.
fn docx_rust(bytes: &[u8]) -> Option<Vec<Rows>> {
    use docx_rust::document::{BodyContent, TableCell, TableCellContent, TableRowContent};
    fn text(cell: &TableCell<'_>) -> String {
        let TableCell { content, .. } = cell;
        content.iter().map(|TableCellContent::Paragraph(paragraph)| paragraph.text()).collect()
    }
    let file = docx_rust::DocxFile::from_reader(Cursor::new(bytes)).ok()?;
    let docx = file.parse().ok()?;
    let tables = docx.document.body.content.iter().filter_map(|content| match content {
        BodyContent::Table(table) => Some(table),
        _ => None,
    });
    let cell = |content: &TableRowContent<'_>| match content {
        TableRowContent::TableCell(cell) => Some((text(cell), 1, 1)),
        TableRowContent::SDT(_) => None,
    };
    Some(
        tables
            .map(|t| t.rows.iter().map(|row| row.cells.iter().filter_map(cell).collect()).collect())
            .collect(),
    )
}

/// Spans are private; only the JSON of a cell's properties tells them.
fn docx_rs(bytes: &[u8]) -> Option<Vec<Rows>> {
    use docx_rs::{DocumentChild, TableCellContent, TableChild, TableRowChild};
    let docx = docx_rs::read_docx(bytes).ok()?;
    let mut tables = Vec::new();
    for child in &docx.document.children {
        let DocumentChild::Table(table) = child else { continue };
        let mut rows: Rows = Vec::new();
        // Row, cell and first column of the cells that the next row may continue.
        let mut above: Vec<(usize, usize, usize)> = Vec::new();
        for (r, TableChild::TableRow(row)) in table.rows.iter().enumerate() {
            let (mut cells, mut open, mut column) = (Vec::new(), Vec::new(), 0);
            for TableRowChild::TableCell(cell) in &row.cells {
                let text: String = cell
                    .children
                    .iter()
                    .filter_map(|content| match content {
                        TableCellContent::Paragraph(paragraph) => Some(paragraph.raw_text()),
                        _ => None,
                    })
                    .collect();
                let property = serde_json::to_value(&cell.property).ok()?;
                let span = property["gridSpan"].as_u64().map_or(1, |n| n as usize);
                let continues = property["verticalMerge"] == "continue";
                match above.iter().find(|&&(.., at)| continues && at == column) {
                    Some(&(r, c, _)) => {
                        rows[r][c].2 += 1;
                        open.push((r, c, column));
                    }
                    None => {
                        open.push((r, cells.len(), column));
                        cells.push((text, span, 1));
                    }
                }
                column += span;
            }
            rows.push(cells);
            above = open;
        }
        tables.push(rows);
    }
    Some(tables)
}

fn undoc(bytes: &[u8]) -> Option<Vec<Rows>> {
    use undoc::model::{Block, Cell};
    let document = undoc::parse_bytes(bytes).ok()?;
    let tables = document.sections.iter().flat_map(|s| &s.content).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let cell = |c: &Cell| (c.plain_text(), c.col_span as usize, c.row_span as usize);
    Some(
        tables
            .map(|table| table.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect())
            .collect(),
    )
}

fn rwml(bytes: &[u8]) -> Option<Vec<Rows>> {
    let document = rwml::Document::open(bytes).ok()?;
    let model = document.model();
    let tables = model.blocks.iter().filter_map(|block| match block {
        rwml::Block::Table(table) => Some(table),
        _ => None,
    });
    let cell = |c: &rwml::Cell| (c.text(), c.col_span.into(), c.row_span.into());
    Some(
        tables
            .map(|table| table.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect())
            .collect(),
    )
}
