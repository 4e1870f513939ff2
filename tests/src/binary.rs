//! Word 97-2003 documents ([MS-DOC]), as far as the reader looks at them.

use crate::ole;
use crate::random::Random;

/// Character properties.
pub const DELETED: &[u8] = &[0x00, 0x08, 1];
/// See [`DELETED`].
pub const INSERTED: &[u8] = &[0x01, 0x08, 1];
/// See [`DELETED`].
pub const HIDDEN: &[u8] = &[0x3c, 0x08, 1];
/// See [`DELETED`].
pub const SHOWN: &[u8] = &[0x3c, 0x08, 0];
/// The character stands for something else.
pub const SPECIAL: &[u8] = &[0x55, 0x08, 1];
/// The character style that hides.
pub const HIDDEN_STYLE: &[u8] = &[0x30, 0x4a, 1, 0];

/// The style of every second paragraph, based on the style for characters that hides: what a
/// style of another kind says counts for nothing.
const ITEM: u8 = 10;

/// Short forms of properties that a piece gives to its text.
pub const PIECE_DELETED: u16 = 0x41 << 1 | 1 << 8;
/// See [`PIECE_DELETED`].
pub const PIECE_HIDDEN: u16 = 0x5c << 1 | 1 << 8;

/// Characters with the same properties.
#[derive(Debug, Clone)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// Their modifiers.
    pub properties: Vec<u8>,
    /// What the piece they stand in says of them, in the short form; 0 is nothing.
    pub piece: u16,
}

/// A paragraph with its mark.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Its text.
    pub runs: Vec<Run>,
    /// The mark.
    pub mark: char,
    /// The mark's character properties.
    pub mark_properties: Vec<u8>,
    /// Its modifiers.
    pub properties: Vec<u8>,
}

/// A document to be written.
#[derive(Debug, Default)]
pub struct Document {
    /// Its paragraphs; the last one must end with `\r`.
    pub paragraphs: Vec<Paragraph>,
    /// Pieces stand in disorder, narrow ones among them, as a fast save leaves them.
    pub scattered: bool,
    /// Characters at the end that are the text of text boxes.
    pub boxed: u32,
    /// Content of the data stream.
    pub data: Vec<u8>,
    /// Parts of the table stream beside those that every document has.
    pub parts: Vec<(usize, Vec<u8>)>,
}

/// A modifier with its operand; the size is added where the code asks for one.
pub fn modifier(code: u16, operand: &[u8]) -> Vec<u8> {
    let mut bytes = code.to_le_bytes().to_vec();
    match code {
        0xd608 => bytes.extend((operand.len() as u16 + 1).to_le_bytes()),
        _ if code >> 13 == 6 => bytes.push(operand.len() as u8),
        _ => {}
    }
    bytes.extend(operand);
    bytes
}

/// sprmTDefTable: edges, and the flags of the cells between them.
pub fn row(edges: &[i16], flags: &[u16]) -> Vec<u8> {
    let mut operand = vec![flags.len() as u8];
    operand.extend(edges.iter().flat_map(|edge| edge.to_le_bytes()));
    for flag in flags {
        operand.extend(flag.to_le_bytes());
        operand.extend([0; 18]);
    }
    modifier(0xd608, &operand)
}

/// Paragraph properties: in tables of that depth.
pub fn in_table(depth: u32) -> Vec<u8> {
    let mut bytes = modifier(0x2416, &[1]);
    bytes.extend(modifier(0x6649, &depth.to_le_bytes()));
    bytes
}

/// One stretch of text in the main stream.
struct Piece {
    /// Characters with the ordinal of their paragraph and their properties.
    units: Vec<(u16, usize, Vec<u8>)>,
    properties: u16,
}

impl Piece {
    fn narrow(&self, scattered: bool) -> bool {
        scattered && self.units.iter().all(|(unit, ..)| *unit < 0x80)
    }
}

/// The whole file.
pub fn write(document: &Document, random: &mut Random) -> Vec<u8> {
    ole::write(&streams(document, random))
}

/// The streams of the file, to be damaged by tests.
pub fn streams(document: &Document, random: &mut Random) -> Vec<(&'static str, Vec<u8>)> {
    let pieces = pieces(document, random);
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    if document.scattered {
        for n in (1..order.len()).rev() {
            order.swap(n, random.below(n + 1));
        }
    }
    let mut main = vec![0; 2048];
    let mut offsets = vec![0; pieces.len()];
    let mut data = document.data.clone();
    let (mut characters, mut paragraphs, mut last) = (Vec::new(), Vec::new(), 0);
    for &n in &order {
        let piece = &pieces[n];
        offsets[n] = main.len() as u32;
        for (unit, paragraph, properties) in &piece.units {
            let start = main.len() as u32;
            if piece.narrow(document.scattered) {
                main.push(*unit as u8);
            } else {
                main.extend(unit.to_le_bytes());
            }
            extend(&mut characters, start, properties.clone());
            // A run never holds more than one paragraph.
            if paragraphs.is_empty() || *paragraph != last {
                let style = [if paragraph % 2 == 0 { 0 } else { ITEM }, 0];
                let own = fitted(&document.paragraphs[*paragraph].properties, &mut data);
                let own = [&style, own.as_slice()].concat();
                paragraphs.push((start, own));
                last = *paragraph;
            }
        }
    }
    let end = main.len() as u32;
    main.resize(main.len().div_ceil(512) * 512, 0);
    let character_pages = pages(&characters, end, 1, &mut main);
    let paragraph_pages = pages(&paragraphs, end, 13, &mut main);

    let total: usize = pieces.iter().map(|piece| piece.units.len()).sum();
    let mut table = vec![0; 4];
    let mut parts = vec![(0, 0); 93];
    let mut part = |index: usize, bytes: &[u8]| {
        parts[index] = (table.len() as u32, bytes.len() as u32);
        table.extend(bytes);
        if index == 73 {
            // The levels are not counted in the size of the lists.
            let count = u16::from_le_bytes([bytes[0], bytes[1]]);
            parts[index].1 = 2 + 28 * u32::from(count);
        }
    };
    part(1, &styles());
    part(12, &character_pages);
    part(13, &paragraph_pages);
    part(33, &piece_table(&pieces, &offsets, document.scattered));
    for (index, bytes) in &document.parts {
        part(*index, bytes);
    }
    let mut fib: Vec<u8> = Vec::new();
    let flags = 0x1200 | if document.scattered { 0x0014 } else { 0 };
    fib.extend([0xa5ec, 0x00c1, 0, 0x0804, 0, flags, 0x00bf].into_iter().flat_map(u16::to_le_bytes));
    fib.resize(32, 0);
    fib.extend(14_u16.to_le_bytes());
    fib.resize(62, 0);
    fib.extend(22_u16.to_le_bytes());
    let text = total as u32 - document.boxed;
    let counts = [main.len() as u32, 0, 0, text, 0, 0, 0, 0, 0, document.boxed];
    fib.extend(counts.into_iter().flat_map(u32::to_le_bytes));
    fib.resize(152, 0);
    fib.extend((parts.len() as u16).to_le_bytes());
    fib.extend(parts.iter().flat_map(|(at, size)| [at.to_le_bytes(), size.to_le_bytes()]).flatten());
    main[..fib.len()].copy_from_slice(&fib);
    vec![("WordDocument", main), ("1Table", table), ("Data", data)]
}

/// Lists too long for a page stand in the data stream.
fn fitted(list: &[u8], data: &mut Vec<u8>) -> Vec<u8> {
    if list.len() < 460 {
        return list.to_vec();
    }
    let at = (data.len() as u32).to_le_bytes();
    data.extend((list.len() as u16).to_le_bytes());
    data.extend(list);
    modifier(0x6646, &at)
}

fn pieces(document: &Document, random: &mut Random) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |text: &str, paragraph: usize, properties: &[u8], of_piece: u16, cut: bool| {
        let ascii = text.is_ascii();
        let joins = |piece: &Piece| {
            piece.properties == of_piece
                && (!document.scattered || !cut && piece.units.iter().all(|(u, ..)| *u < 0x80) == ascii)
        };
        if !pieces.last().is_some_and(joins) {
            pieces.push(Piece { units: Vec::new(), properties: of_piece });
        }
        let units = text.encode_utf16().map(|unit| (unit, paragraph, properties.to_vec()));
        pieces.last_mut().unwrap().units.extend(units);
    };
    for (n, paragraph) in document.paragraphs.iter().enumerate() {
        for run in paragraph.runs.iter().filter(|run| !run.text.is_empty()) {
            add(&run.text, n, &run.properties, run.piece, random.chance(20));
        }
        let mut properties = paragraph.mark_properties.clone();
        if paragraph.mark == '\u{7}' {
            properties.extend(SPECIAL);
        }
        add(&paragraph.mark.to_string(), n, &properties, 0, false);
    }
    pieces
}

fn extend(runs: &mut Vec<(u32, Vec<u8>)>, start: u32, properties: Vec<u8>) {
    if runs.last().is_none_or(|(_, last)| *last != properties) {
        runs.push((start, properties));
    }
}

/// Pages of properties, appended to the main stream, and the table that leads to them.
fn pages(runs: &[(u32, Vec<u8>)], end: u32, entry: usize, main: &mut Vec<u8>) -> Vec<u8> {
    let mut firsts = Vec::new();
    let mut numbers = Vec::new();
    let mut rest = runs;
    while !rest.is_empty() {
        let mut page = vec![0_u8; 512];
        let mut bottom = 510;
        let mut places = Vec::new();
        for (_, list) in rest {
            // A size, in words for paragraphs, and the list at an even place.
            let content = match entry {
                1 if list.is_empty() => Vec::new(),
                1 => [&[list.len() as u8], list.as_slice()].concat(),
                _ if list.len() % 2 == 1 => [&[list.len().div_ceil(2) as u8], list.as_slice()].concat(),
                _ => [&[0, (list.len() / 2) as u8], list.as_slice()].concat(),
            };
            let size = content.len().next_multiple_of(2);
            let taken = (places.len() + 2) * 4 + (places.len() + 1) * entry;
            if taken + size > bottom || places.len() == 100 {
                break;
            }
            bottom -= size;
            page[bottom..bottom + content.len()].copy_from_slice(&content);
            places.push(if content.is_empty() { 0 } else { (bottom / 2) as u8 });
        }
        assert!(!places.is_empty(), "properties too long for a page");
        let (here, after) = rest.split_at(places.len());
        let limit = after.first().map_or(end, |(start, _)| *start);
        let starts = here.iter().map(|(start, _)| *start).chain([limit]);
        for (n, start) in starts.enumerate() {
            page[n * 4..n * 4 + 4].copy_from_slice(&start.to_le_bytes());
        }
        for (n, place) in places.iter().enumerate() {
            page[(places.len() + 1) * 4 + n * entry] = *place;
        }
        page[511] = places.len() as u8;
        firsts.push(here[0].0);
        numbers.push((main.len() / 512) as u32);
        main.extend(page);
        rest = after;
    }
    firsts.push(end);
    firsts.into_iter().chain(numbers).flat_map(u32::to_le_bytes).collect()
}

fn piece_table(pieces: &[Piece], offsets: &[u32], scattered: bool) -> Vec<u8> {
    let mut bytes = vec![2];
    bytes.extend((4 + 12 * pieces.len() as u32).to_le_bytes());
    let mut at = 0_u32;
    bytes.extend(at.to_le_bytes());
    for piece in pieces {
        at += piece.units.len() as u32;
        bytes.extend(at.to_le_bytes());
    }
    for (piece, offset) in pieces.iter().zip(offsets) {
        let position = if piece.narrow(scattered) { (offset * 2) | 0x4000_0000 } else { *offset };
        bytes.extend([0, 0]);
        bytes.extend(position.to_le_bytes());
        bytes.extend(piece.properties.to_le_bytes());
    }
    bytes
}

/// Normal, one for characters that hides, and [`ITEM`].
fn styles() -> Vec<u8> {
    let style = |base: u16, kind: u16, name: &str, lists: &[&[u8]]| {
        let mut style: Vec<u8> =
            [0, base << 4 | kind, lists.len() as u16, 0, 0].into_iter().flat_map(u16::to_le_bytes).collect();
        style.extend((name.len() as u16).to_le_bytes());
        style.extend(name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes));
        for list in lists {
            style.extend((list.len() as u16).to_le_bytes());
            style.extend(*list);
            style.resize(style.len().next_multiple_of(2), 0);
        }
        [(style.len() as u16).to_le_bytes().to_vec(), style].concat()
    };
    let mut bytes: Vec<u8> = [18_u16, u16::from(ITEM) + 1, 10, 1, 0, 0, 0, 0, 0, 0]
        .into_iter()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.extend(style(0xfff, 1, "Normal", &[&[0, 0], &[]]));
    bytes.extend(style(0xfff, 2, "Hidden", &[HIDDEN]));
    // Headings, of which there are none.
    bytes.extend([0; 2 * (ITEM as usize - 2)]);
    bytes.extend(style(1, 1, "Item", &[&[ITEM, 0], &[]]));
    bytes
}
