//! The PDF reader: pages whose text can be told, to the neutral document.
//!
//! Reads placed characters and ruling lines; what they mean for tables is shared with
//! other fixed layouts (`layout`). Encrypted files are refused; damaged cross-references are
//! told anew where that is no guess. Where fields and notes stand nothing is told. What is not
//! shown is not read: layers switched off, text in no colour or in that of its ground, beneath a
//! cover, or beyond a clip. Source of truth: ISO 32000-1.

mod cmap;
mod content;
mod file;
mod filter;
mod font;
mod layer;
mod object;
mod rebuild;

use std::collections::BTreeMap;

use super::layout::{self, Canvas, Matrix, Pages};
use super::{Context, Format, FormatReader};
use crate::document::Document;
use crate::error::{Error, Result};
use crate::finding::{Finding, Severity};
use content::Interpreter;
use file::File;
use layer::Layers;
use object::{Dict, Object};

pub(super) const READER: FormatReader =
    FormatReader { format: Format::Pdf, name: "pdf", extensions: &["pdf"], score, read };

/// The header may stand behind what a mail program put before it.
fn score(bytes: &[u8]) -> u8 {
    let head = bytes.get(..1024).unwrap_or(bytes);
    match memchr::memmem::find(head, b"%PDF-") {
        Some(0) => 95,
        Some(_) => 60,
        None => 0,
    }
}

fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Document> {
    let limits = context.limits;
    let mut file = File::open(bytes, limits)?;
    let mut pages = self::pages(&file);
    if pages.is_err() && file.is_misplaced() {
        file = File::rebuilt(bytes, limits)?;
        pages = self::pages(&file);
    }
    let pages = pages?;
    if file.is_rebuilt() {
        context.findings.push(Finding::new(
            "DOC-REFERENCES-REBUILT",
            Severity::Warning,
            "PDF文件的交叉引用已损坏，已按文件中的对象重建",
            "the cross-references of the PDF file are damaged; they were told anew from its objects",
        ));
    }
    pages.finish(context.findings)
}

fn pages<'a>(file: &File<'a>) -> Result<Pages<'a>> {
    let limits = file.limits;
    let mut fonts = BTreeMap::new();
    let mut glyphs_left = limits.glyphs;
    let mut pages = Pages::new(limits);
    let layers = Layers::read(&file.catalog()?, file)?;
    for (index, page) in file.pages()?.iter().enumerate() {
        let at = |error: Error| error.or_at(layout::on_page(index));
        let (matrix, width, height) = frame(page, file).map_err(at)?;
        let canvas = Canvas::new(width, height, limits, &mut glyphs_left);
        let mut interpreter = Interpreter::new(file, canvas, matrix, &mut fonts, &layers);
        let resources = file.get(page, b"Resources").map_err(at)?;
        let empty = Dict::new();
        let ran = interpreter.run(&contents(page, file).map_err(at)?, resources.dict().unwrap_or(&empty));
        ran.map_err(at)?;
        let mut canvas = interpreter.finish();
        canvas.clip = layout::whole(&canvas.page);
        mark_annotations(page, file, matrix, &mut canvas).map_err(at)?;
        pages.push(canvas.page)?;
    }
    Ok(pages)
}

/// Fields of forms and notes on the page show text of their own, which is not read: what
/// stands in their place cannot be told. Seals are fields for signatures.
fn mark_annotations(page: &Dict, file: &File<'_>, matrix: Matrix, canvas: &mut Canvas<'_>) -> Result<()> {
    let list = file.get(page, b"Annots")?;
    for item in list.array().unwrap_or_default() {
        let annotation = file.resolve(item)?;
        let Some(own) = annotation.dict() else { continue };
        let kind = file.get(own, b"Subtype")?;
        let field = file.get(own, b"FT")?;
        let shows_text = match kind.name() {
            Some(b"FreeText") => true,
            Some(b"Widget") => !matches!(field.name(), Some(b"Sig" | b"Btn")),
            _ => false,
        };
        if !shows_text || !own.contains_key(b"AP".as_slice()) {
            continue;
        }
        let Some([left, low, right, high]) = rectangle(own, b"Rect", file)? else { continue };
        let size = (high - low).min(10.0);
        let place = Matrix([1.0, 0.0, 0.0, 1.0, (left + right - size) / 2.0, (low + high - size) / 2.0]);
        canvas.text(&layout::UNKNOWN.to_string(), size, size, place.then(matrix))?;
    }
    Ok(())
}

/// A rectangle in a dictionary: left, low, right, high; none where it has no extent.
fn rectangle(dict: &Dict, key: &[u8], file: &File<'_>) -> Result<Option<[f64; 4]>> {
    let list = file.get(dict, key)?;
    let list = list.array().unwrap_or_default();
    let numbers =
        list.iter().map(|item| Ok(file.resolve(item)?.number())).collect::<Result<Option<Vec<f64>>>>()?;
    let numbers = numbers.and_then(|numbers| numbers.first_chunk::<4>().copied());
    let sorted = numbers.map(|[a, b, c, d]| [a.min(c), b.min(d), a.max(c), b.max(d)]);
    Ok(sorted.filter(|[left, low, right, high]| right - left > 1.0 && high - low > 1.0))
}

/// The content streams of a page, as one.
fn contents(page: &Dict, file: &File<'_>) -> Result<Vec<u8>> {
    let streams = match file.get(page, b"Contents")? {
        Object::Array(items) => items.iter().map(|item| file.resolve(item)).collect::<Result<Vec<_>>>()?,
        object => vec![object],
    };
    let mut bytes = Vec::new();
    for stream in streams {
        if let Object::Stream(stream) = stream {
            let own = file.decode(&stream)?;
            // Nearly every page has one.
            if bytes.is_empty() {
                bytes = own;
            } else {
                bytes.push(b'\n');
                bytes.extend(own);
            }
            if bytes.len() as u64 > file.limits.part_bytes {
                return Err(Error::limit("part_bytes", file.limits.part_bytes));
            }
        }
    }
    Ok(bytes)
}

/// From the page's own coordinates to points from its upper left corner as seen, with
/// its width and height.
fn frame(page: &Dict, file: &File<'_>) -> Result<(Matrix, f64, f64)> {
    let media = rectangle(page, b"MediaBox", file)?.unwrap_or([0.0, 0.0, 595.0, 842.0]);
    let crop = rectangle(page, b"CropBox", file)?.unwrap_or(media);
    let inside = [media[0].max(crop[0]), media[1].max(crop[1]), media[2].min(crop[2]), media[3].min(crop[3])];
    let [left, low, right, high] =
        if inside[0] < inside[2] && inside[1] < inside[3] { inside } else { media };
    let (width, height) = (right - left, high - low);
    let turns = file.get(page, b"Rotate")?.number().unwrap_or(0.0).rem_euclid(360.0);
    Ok(match turns as i64 {
        90 => (Matrix([0.0, 1.0, 1.0, 0.0, -low, -left]), height, width),
        180 => (Matrix([-1.0, 0.0, 0.0, 1.0, right, -low]), width, height),
        270 => (Matrix([0.0, -1.0, -1.0, 0.0, high, right]), height, width),
        _ => (Matrix([1.0, 0.0, 0.0, -1.0, -left, high]), width, height),
    })
}
