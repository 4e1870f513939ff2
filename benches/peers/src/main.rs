//! The same files through Rust libraries: the least time to the library's own model and once
//! over all its table cells, and whether the tables are those that were printed. One JSON
//! object a line for `peers.py`, which makes the tables.
//!
//! FOLDER holds a folder for each carrier with `NAME.EXTENSION` and `NAME.json`: for each
//! table its grid, with the text of a merged cell in every position it covers.

use std::hint::black_box;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A cell where it begins: text, columns, rows.
type Origin = (String, usize, usize);
/// Rows of one table.
type Rows = Vec<Vec<Origin>>;
/// Rows as lists of the text in each position.
type Grid = Vec<Vec<String>>;
/// Given the bytes and the extension.
type Read = fn(&[u8], &str) -> Option<Vec<Rows>>;

/// A library, the carriers it is tried with, what gives its tables, and what is timed.
struct Peer {
    name: &'static str,
    carriers: &'static [&'static str],
    tables: Read,
    timed: Read,
}

const fn peer(name: &'static str, carriers: &'static [&'static str], read: Read) -> Peer {
    Peer { name, carriers, tables: read, timed: read }
}

const PEERS: [Peer; 12] = [
    Peer {
        name: "gongkai, to facts",
        carriers: &["docx", "doc", "rtf", "odt", "html", "pdf", "xlsx"],
        tables: gongkai_grids,
        timed: gongkai_facts,
    },
    peer("office_oxide 0.1.16", &["docx", "doc", "xlsx"], office_oxide),
    peer("pdfmuse-core 0.1.12", &["docx", "pdf"], pdfmuse),
    peer("docx-rust 0.1.11", &["docx"], docx_rust),
    peer("docx-rs 0.4.22", &["docx"], docx_rs),
    peer("undoc 0.27.1", &["docx", "doc", "xlsx"], undoc),
    peer("rwml 0.1.5", &["docx", "doc"], rwml),
    peer("rtf-parser 0.4.3, text only", &["rtf"], rtf_parser),
    peer("scraper 0.29.0", &["html"], scraper),
    peer("pdfni 0.2.0", &["pdf"], pdfni),
    peer("pdf-extract 0.12.1, text only", &["pdf"], pdf_extract),
    peer("calamine 0.38.0", &["xlsx"], calamine),
];

const BUDGET: Duration = Duration::from_secs(1);

fn main() {
    // What a library says when it fails is its own; that it failed is told.
    std::panic::set_hook(Box::new(|_| {}));
    let folder = PathBuf::from(std::env::args().nth(1).expect("peers FOLDER"));
    for carrier in sorted(&folder).into_iter().filter(|path| path.is_dir()) {
        let kind = carrier.file_name().unwrap().to_string_lossy().into_owned();
        let peers: Vec<&Peer> = PEERS.iter().filter(|peer| peer.carriers.contains(&kind.as_str())).collect();
        for path in
            sorted(&carrier).iter().filter(|path| path.extension().is_some_and(|e| e == kind.as_str()))
        {
            let bytes = std::fs::read(path).unwrap();
            let known: Vec<Grid> =
                serde_json::from_slice(&std::fs::read(path.with_extension("json")).unwrap()).unwrap();
            let file = path.file_stem().unwrap().to_string_lossy();
            for peer in &peers {
                let (right, milliseconds) = measure(peer, &bytes, &kind, &known);
                let line = json!({
                    "peer": peer.name, "carrier": kind, "file": file, "ms": milliseconds, "right": right,
                });
                println!("{line}");
            }
        }
    }
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Whether the tables are right, and the least milliseconds; whoever cannot read the file is
/// not timed.
fn measure(peer: &Peer, bytes: &[u8], kind: &str, known: &[Grid]) -> (Option<bool>, Option<f64>) {
    let Some(found) = std::panic::catch_unwind(|| (peer.tables)(bytes, kind)).ok().flatten() else {
        return (None, None);
    };
    let found: Vec<Grid> = found.into_iter().map(grid).collect();
    let right = match kind {
        "xlsx" => are_among(known, &found),
        _ => found == known,
    };
    let (start, mut least) = (Instant::now(), Duration::MAX);
    while start.elapsed() < BUDGET {
        let start = Instant::now();
        drop(black_box((peer.timed)(black_box(bytes), kind)));
        least = least.min(start.elapsed());
    }
    (Some(right), Some(least.as_secs_f64() * 1e3))
}

/// Sheets do not say where tables are: the rows of each must stand somewhere together.
fn are_among(known: &[Grid], found: &[Grid]) -> bool {
    let bare = |row: &[String]| {
        let filled = row.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
        row[..filled].to_vec()
    };
    let bared = |grid: &Grid| grid.iter().map(|row| bare(row)).collect::<Grid>();
    let found: Vec<Grid> = found.iter().map(bared).collect();
    let is_there = |table: &Grid| {
        let table = bared(table);
        found.iter().any(|grid| grid.windows(table.len()).any(|rows| rows == table))
    };
    known.iter().all(is_there)
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
fn gongkai_grids(bytes: &[u8], carrier: &str) -> Option<Vec<Rows>> {
    let format = gongkai::Format::from_name(carrier)?;
    Some(dumped(&gongkai::bench_support::read(bytes, format).ok()?.dump()))
}

/// All of it: facts with their places, and findings. This is what is timed.
fn gongkai_facts(bytes: &[u8], _: &str) -> Option<Vec<Rows>> {
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

fn office_oxide(bytes: &[u8], carrier: &str) -> Option<Vec<Rows>> {
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
    let format = match carrier {
        "doc" => office_oxide::DocumentFormat::Doc,
        "xlsx" => office_oxide::DocumentFormat::Xlsx,
        _ => office_oxide::DocumentFormat::Docx,
    };
    let document = office_oxide::Document::from_reader(reader, format).ok()?;
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

fn pdfmuse(bytes: &[u8], carrier: &str) -> Option<Vec<Rows>> {
    use pdfmuse_core::ir::Block;
    let format = match carrier {
        "pdf" => pdfmuse_core::Format::Pdf,
        _ => pdfmuse_core::Format::Docx,
    };
    let document = pdfmuse_core::parse(bytes, Some(format)).ok()?;
    let tables = document.pages.iter().flat_map(|page| &page.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let cell = |c: &pdfmuse_core::ir::Cell| (c.text.clone(), c.col_span.into(), c.row_span.into());
    Some(tables.map(|table| table.rows.iter().map(|row| row.iter().map(cell).collect()).collect()).collect())
}

/// Its model has no spans; the cells of each row are all that there is.
fn docx_rust(bytes: &[u8], _: &str) -> Option<Vec<Rows>> {
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
fn docx_rs(bytes: &[u8], _: &str) -> Option<Vec<Rows>> {
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

fn undoc(bytes: &[u8], _: &str) -> Option<Vec<Rows>> {
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

fn rwml(bytes: &[u8], _: &str) -> Option<Vec<Rows>> {
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

/// It has no tables: what is timed is the way to its text.
fn rtf_parser(bytes: &[u8], _: &str) -> Option<Vec<Rows>> {
    let text = str::from_utf8(bytes).ok()?;
    let document = rtf_parser::RtfDocument::try_from(text).ok()?;
    black_box(document.get_text().len());
    Some(Vec::new())
}

/// It has no tables: what is timed is the way to its text.
fn pdf_extract(bytes: &[u8], _: &str) -> Option<Vec<Rows>> {
    black_box(pdf_extract::extract_text_from_mem(bytes).ok()?.len());
    Some(Vec::new())
}

/// Its model has no spans; each row has all its columns.
fn pdfni(bytes: &[u8], _: &str) -> Option<Vec<Rows>> {
    let document = pdfni::extract_from_bytes(bytes, None, &pdfni::ExtractOptions::default()).ok()?;
    let tables = document.pages.iter().flat_map(|page| &page.tables);
    let cell = |c: &pdfni::Cell| (c.text.clone(), 1, 1);
    Some(tables.map(|table| table.data.iter().map(|row| row.iter().map(cell).collect()).collect()).collect())
}

/// Every table of the page, with the spans that its cells say.
fn scraper(bytes: &[u8], _: &str) -> Option<Vec<Rows>> {
    use scraper::{Html, Selector};
    let page = Html::parse_document(str::from_utf8(bytes).ok()?);
    let select = |name| Selector::parse(name).unwrap();
    let (table, row, cell) = (select("table"), select("tr"), select("td, th"));
    let span =
        |cell: &scraper::ElementRef<'_>, name| cell.attr(name).and_then(|n| n.parse().ok()).unwrap_or(1);
    let origin = |cell: scraper::ElementRef<'_>| {
        (cell.text().collect::<String>(), span(&cell, "colspan"), span(&cell, "rowspan"))
    };
    Some(
        page.select(&table)
            .map(|table| table.select(&row).map(|row| row.select(&cell).map(origin).collect()).collect())
            .collect(),
    )
}

/// Each sheet is one grid, with merged cells written out.
fn calamine(bytes: &[u8], _: &str) -> Option<Vec<Rows>> {
    use calamine::{Reader, Xlsx};
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let merges = book.worksheet_merge_cells(&name)?.ok()?;
        let range = book.worksheet_range(&name).ok()?;
        let (top, left) = range.start().unwrap_or_default();
        let mut rows: Rows =
            range.rows().map(|row| row.iter().map(|cell| (cell.to_string(), 1, 1)).collect()).collect();
        for merge in merges {
            let text = range.get_value(merge.start).map(ToString::to_string).unwrap_or_default();
            for row in merge.start.0..=merge.end.0 {
                for column in merge.start.1..=merge.end.1 {
                    let cell = row
                        .checked_sub(top)
                        .and_then(|row| rows.get_mut(row as usize))
                        .and_then(|row| row.get_mut(column.checked_sub(left)? as usize));
                    if let Some(cell) = cell {
                        cell.0.clone_from(&text);
                    }
                }
            }
        }
        sheets.push(rows);
    }
    Some(sheets)
}
