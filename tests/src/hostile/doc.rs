//! Word 97-2003 documents: sectors, chains, tables and rows that lie.

use std::sync::LazyLock;

use super::{BASE, Case, case};
use crate::binary::{self, Document, Paragraph, Run};
use crate::random::Random;
use crate::render::{Carrier, DocForm};

/// The plain report: a header, the main stream, the table stream.
static FILE: LazyLock<Vec<u8>> =
    LazyLock::new(|| Carrier::Doc(DocForm::Word).render(&BASE.printed, &mut Random::new(5)));

/// Where the main stream begins: behind the header of the file.
const MAIN: usize = 512;
/// The first of the places and sizes of parts, in the main stream ([MS-DOC] 2.5.6).
const PARTS: usize = MAIN + 154;
/// The part that holds the pieces.
const PIECES: usize = 33;

fn at(offset: usize) -> usize {
    u32::from_le_bytes(FILE[offset..offset + 4].try_into().unwrap()) as usize
}

/// Where the table stream begins: behind the sectors of the main one.
fn table() -> usize {
    MAIN + at(MAIN + 64).next_multiple_of(512)
}

/// Where the table of the pieces begins.
fn pieces() -> usize {
    let start = table() + at(PARTS + PIECES * 8);
    assert_eq!(FILE[start], 2, "the table of pieces stands elsewhere");
    start
}

/// Where the entry of a stream in the directory begins; the root's is the first.
fn entry(index: usize) -> usize {
    512 + at(48) * 512 + index * 128
}

/// Where what follows a sector is written.
fn next(sector: usize) -> usize {
    512 + at(76) * 512 + sector * 4
}

/// The file with other bytes in some places.
fn patched(name: &str, patches: &[(usize, &[u8])]) -> Case {
    let mut bytes = FILE.clone();
    for (offset, patch) in patches {
        bytes[*offset..offset + patch.len()].copy_from_slice(patch);
    }
    case(name, move || bytes)
}

fn word(name: &str, offset: usize, value: u32) -> Case {
    patched(name, &[(offset, &value.to_le_bytes())])
}

const NUMBERS: &[u32] = &[0, 1, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff];

pub(super) fn cases() -> Vec<Case> {
    let mut cases = vec![patched("plain", &[])];
    chains(&mut cases);
    streams(&mut cases);
    properties(&mut cases);
    rows(&mut cases);
    damage(&mut cases);
    cases
}

fn chains(cases: &mut Vec<Case>) {
    for (name, offset) in [
        ("sectors of the FAT", 44),
        ("the first sector of the directory", 48),
        ("the size of small streams", 56),
        ("the first sector of the small FAT", 60),
        ("sectors of the small FAT", 64),
        ("the first sector of the FAT's list", 68),
        ("sectors of the FAT's list", 72),
        ("the first sector of the FAT", 76),
    ] {
        cases.extend(NUMBERS.iter().map(|&value| word(&format!("{name}: {value:#x}"), offset, value)));
    }
    for shift in [0_u16, 6, 10, 12, 31, 32, 63, 0xffff] {
        cases.push(patched(&format!("sectors of 2^{shift}"), &[(30, &shift.to_le_bytes())]));
        cases.push(patched(&format!("small sectors of 2^{shift}"), &[(32, &shift.to_le_bytes())]));
    }
    let directory = at(48) as u32;
    cases.extend([
        word("a sector that follows itself", next(0), 0),
        word("two sectors that follow each other", next(1), 0),
        word("a chain that ends early", next(0), 0xffff_fffe),
        word("a chain into what is free", next(0), 0xffff_ffff),
        word("a chain beyond the file", next(0), 0x00ff_ffff),
        word("a chain into the FAT", next(0), at(76) as u32),
        word("a chain into the directory", next(0), directory),
        word("a directory that follows itself", next(at(48)), directory),
        word("a directory of the main stream", 48, 0),
        word("a FAT of the main stream", 76, 0),
        word("two sectors left out", next(0), 3),
    ]);
    for index in 0..2 {
        for (name, offset) in
            [("left", 68), ("right", 72), ("child", 76), ("start", 116), ("size", 120), ("size above", 124)]
        {
            for &value in NUMBERS {
                cases.push(word(&format!("entry {index}, {name} {value:#x}"), entry(index) + offset, value));
            }
        }
        for length in [0_u16, 1, 65, 0xffff] {
            cases.push(patched(
                &format!("entry {index}, a name of {length}"),
                &[(entry(index) + 64, &length.to_le_bytes())],
            ));
        }
        for kind in [0_u8, 1, 2, 5, 255] {
            cases.push(patched(&format!("entry {index}, kind {kind}"), &[(entry(index) + 66, &[kind])]));
        }
    }
    cases.push(case("two streams of one name", || {
        let mut bytes = FILE.clone();
        let first: Vec<u8> = bytes[entry(1)..entry(1) + 66].to_vec();
        bytes[entry(2)..entry(2) + 66].copy_from_slice(&first);
        bytes
    }));
}

fn streams(cases: &mut Vec<Case>) {
    // Every part beyond all bounds, and at the end.
    for part in 0..93 {
        let place = PARTS + part * 8;
        cases.push(word(&format!("part {part} behind the end"), place, 0xffff_ffff));
        cases.push(word(&format!("part {part} without end"), place + 4, 0xffff_ffff));
    }
    for (name, offset) in [
        ("characters", 76),
        ("characters of notes", 80),
        ("characters of headers", 84),
        ("characters of boxes", 100),
    ] {
        cases.extend(NUMBERS.iter().map(|&value| word(&format!("{name}: {value:#x}"), MAIN + offset, value)));
    }
    for (name, offset) in [("words", 32), ("long words", 62), ("parts", 152)] {
        for count in [0_u16, 1, 0x7fff, 0xffff] {
            cases.push(patched(
                &format!("{name} in the header: {count}"),
                &[(MAIN + offset, &count.to_le_bytes())],
            ));
        }
    }
    for (name, flags) in
        [("encrypted", 0x1300_u16), ("obscured", 0x9300), ("the other table", 0x1000), ("all flags", 0xffff)]
    {
        cases.push(patched(name, &[(MAIN + 10, &flags.to_le_bytes())]));
    }
    let start = pieces();
    let size = at(start + 1);
    let count = (size - 4) / 12;
    let texts = start + 5 + 4 * (count + 1);
    cases.extend([
        patched("properties of pieces without end", &[(start, &[1, 0xff, 0xff])]),
        patched("an unknown part among the pieces", &[(start, &[7])]),
        word("pieces of no size", start + 1, 0),
        word("pieces of an odd size", start + 1, size as u32 - 3),
        word("pieces of a vast size", start + 1, 0xffff_ffff),
        word("pieces that begin late", start + 5, 10),
        word("pieces that begin beyond the end", start + 5, 0x7fff_ffff),
        word("pieces that end before they begin", start + 9, 0),
        word("pieces without end", start + 9, 0xffff_fff0),
        word("text beyond the stream", texts + 2, 0x3fff_fffe),
        word("text at an odd place", texts + 2, 2049),
        word("text in one byte each", texts + 2, 0x4000_1000),
        word("text out of the header", texts + 2, 0),
        case("a table of empty lists of properties", move || {
            let mut bytes = FILE.clone();
            let end = bytes.len().min(start + size);
            bytes[start..end]
                .chunks_mut(3)
                .for_each(|piece| piece.copy_from_slice(&[1, 0, 0][..piece.len()]));
            bytes
        }),
    ]);
}

fn properties(cases: &mut Vec<Case>) {
    // [MS-DOC] 2.8.5 and 2.8.6: places of the text, then the numbers of pages.
    for (name, part) in [("characters", 12), ("paragraphs", 13)] {
        let start = table() + at(PARTS + part * 8);
        let size = at(PARTS + part * 8 + 4);
        let count = (size - 4) / 8;
        let numbers = start + 4 * (count + 1);
        for value in [0, 1, 0x003f_ffff, 0xffff_ffff] {
            cases.push(word(&format!("{name}: the first page is {value:#x}"), numbers, value));
        }
        let page = at(numbers) * 512 + MAIN;
        for runs in [0, 1, 255] {
            cases.push(patched(&format!("{name}: a page of {runs} runs"), &[(page + 511, &[runs])]));
        }
        cases.extend([
            patched(&format!("{name}: a page of 0xff"), &[(page, &[0xff; 512])]),
            patched(&format!("{name}: a page of 0"), &[(page, &[0; 512])]),
            word(&format!("{name}: text that begins late"), page, 0x7fff_ffff),
            word(&format!("{name}: text that goes back"), page + 4, 0),
            case(format!("{name}: lists at the end of the page"), move || {
                let mut bytes = FILE.clone();
                let runs = usize::from(bytes[page + 511]);
                let entry = if part == 12 { 1 } else { 13 };
                for run in 0..runs {
                    bytes[page + 4 * (runs + 1) + run * entry] = 255;
                }
                bytes
            }),
            case(format!("{name}: every page is the first"), move || {
                let mut bytes = FILE.clone();
                let first: [u8; 4] = bytes[numbers..numbers + 4].try_into().unwrap();
                for n in 0..count {
                    bytes[numbers + 4 * n..numbers + 4 * n + 4].copy_from_slice(&first);
                }
                bytes
            }),
        ]);
    }
}

fn paragraph(text: &str, mark: char, properties: Vec<u8>) -> Paragraph {
    let run = Run { text: text.to_owned(), properties: Vec::new(), piece: 0 };
    Paragraph { runs: vec![run], mark, mark_properties: Vec::new(), properties }
}

/// A report of headings with rows of three cells, whose ends have these properties.
fn made(rows: Vec<Vec<u8>>, depth: u32) -> Vec<u8> {
    let mut paragraphs = vec![
        paragraph("一、总体情况", '\r', Vec::new()),
        paragraph("二、主动公开政府信息情况", '\r', Vec::new()),
    ];
    for properties in rows {
        for text in ["规章", "7", "7"] {
            paragraphs.push(paragraph(text, '\u{7}', binary::in_table(depth)));
        }
        // sprmPFTtp: the paragraph ends a row.
        let end = [binary::in_table(depth), binary::modifier(0x2417, &[1]), properties].concat();
        paragraphs.push(paragraph("", '\u{7}', end));
    }
    paragraphs.push(paragraph("三、收到和处理政府信息公开申请情况", '\r', Vec::new()));
    binary::write(&Document { paragraphs, ..Document::default() }, &mut Random::new(5))
}

fn rows(cases: &mut Vec<Case>) {
    let one = |name: &str, properties: Vec<u8>| case(name, move || made(vec![properties; 3], 1)).other();
    let table = |operand: &[u8]| binary::modifier(0xd608, operand);
    let edges: Vec<i16> = vec![0, 900, 1800, 2700];
    cases.extend([
        one("rows as they should be", binary::row(&edges, &[0, 0, 0])),
        one("rows without a definition", Vec::new()),
        one("255 cells, no data", table(&[255])),
        one("63 cells, edges only", table(&[&[63][..], &[0; 128]].concat())),
        one("no cells", table(&[0, 0, 0])),
        one("an empty definition", table(&[])),
        one("a definition longer than its list", vec![0x08, 0xd6, 0xff, 0xff, 3]),
        one("edges that fall", binary::row(&[2700, 1800, 900, 0], &[0, 0, 0])),
        one("equal edges", binary::row(&[0, 0, 0, 0], &[0, 0, 0])),
        one("edges at the ends of numbers", binary::row(&[i16::MIN, -1, 0, i16::MAX], &[0, 0, 0])),
        one("cells of all flags", binary::row(&edges, &[0xffff, 0xffff, 0xffff])),
        one("merged without a first", binary::row(&edges, &[2, 2, 2])),
        one("merged downwards without a first", binary::row(&edges, &[0x20, 0x20, 0x20])),
        one("ten definitions", binary::row(&edges, &[0, 0, 0]).repeat(6)),
        one(
            "cells inserted, 255 times",
            [binary::row(&edges, &[0, 0, 0]), binary::modifier(0x7621, &[0, 255, 0, 0]).repeat(50)].concat(),
        ),
        one(
            "cells deleted that are not there",
            [binary::row(&edges, &[0, 0, 0]), binary::modifier(0x5622, &[0, 255])].concat(),
        ),
        one(
            "cells merged that are not there",
            [binary::row(&edges, &[0, 0, 0]), binary::modifier(0x5624, &[0, 255])].concat(),
        ),
        one(
            "widths beyond the cells",
            [binary::row(&edges, &[0, 0, 0]), binary::modifier(0x7623, &[200, 255, 1, 0])].concat(),
        ),
        one(
            "a list in the data stream that is not there",
            binary::modifier(0x6646, &[0xff, 0xff, 0xff, 0x7f]),
        ),
        one("a modifier that is cut", vec![0x08]),
        one("modifiers that are none", vec![0xff; 200]),
        one("modifiers of no length", [0x00, 0xc0, 0].repeat(60)),
        case("tables 40 deep", || made(vec![Vec::new(); 3], 40)).other(),
        case("a depth of 2^31 - 1", || made(vec![Vec::new(); 3], 0x7fff_ffff)).other(),
        case("a depth of 2^32 - 1", || made(vec![Vec::new(); 3], u32::MAX)).other(),
        case("10 000 rows", move || made(vec![binary::row(&[0, 900, 1800, 2700], &[0, 0, 0]); 10_000], 1))
            .other(),
        case("edges all different", || {
            let row = |n: i16| binary::row(&[-n, n, 10_000 + n, 20_000 + n], &[0, 0, 0]);
            made((1..4_000).map(row).collect(), 1)
        })
        .other(),
        case("a list in the data stream that leads to itself", || {
            let paragraphs = vec![
                paragraph("一、总体情况", '\r', binary::modifier(0x6646, &[0; 4])),
                paragraph("二、主动公开政府信息情况", '\r', Vec::new()),
            ];
            let list = binary::modifier(0x6646, &[0; 4]);
            let data = [&(list.len() as u16).to_le_bytes(), list.as_slice()].concat();
            binary::write(&Document { paragraphs, data, ..Document::default() }, &mut Random::new(5))
        })
        .other(),
        case("fields, 20 000 deep", || {
            let text = format!("{}7{}", "\u{13}a\u{14}".repeat(20_000), "\u{15}".repeat(20_000));
            let paragraphs = vec![
                paragraph("一、总体情况", '\r', Vec::new()),
                paragraph("二、主动公开政府信息情况", '\r', Vec::new()),
                paragraph(&text, '\r', Vec::new()),
            ];
            binary::write(&Document { paragraphs, ..Document::default() }, &mut Random::new(5))
        })
        .other(),
    ]);
}

fn damage(cases: &mut Vec<Case>) {
    for percent in (0..100).step_by(5) {
        cases.push(case(format!("cut at {percent} %"), move || FILE[..FILE.len() * percent / 100].to_vec()));
    }
    for seed in 0..100 {
        cases.push(
            case(format!("bit {seed}"), move || {
                let mut bytes = FILE.clone();
                let mut random = Random::new(seed);
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
                bytes
            })
            .other(),
        );
    }
}
