//! Word 97-2003 documents: what is read of their parts, and what comes of damaged ones.
// Test code: a panic is a failed test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use gongkai_tests::binary::{
    self, DELETED, Document, HIDDEN, Paragraph, Run, SPECIAL, in_table, modifier, row,
};
use gongkai_tests::ole;
use gongkai_tests::random::Random;
use gongkai_tests::runs;
use serde_json::Value;

fn run(text: &str, properties: &[u8]) -> Run {
    Run { text: text.to_owned(), properties: properties.to_vec(), piece: 0 }
}

fn paragraph(runs: Vec<Run>, mark: char, properties: Vec<u8>) -> Paragraph {
    Paragraph { runs, mark, mark_properties: Vec::new(), properties }
}

fn plain(text: &str) -> Paragraph {
    paragraph(vec![run(text, &[])], '\r', Vec::new())
}

fn cell(text: &str) -> Paragraph {
    paragraph(vec![run(text, &[])], '\u{7}', in_table(1))
}

fn end(definition: Vec<u8>) -> Paragraph {
    paragraph(Vec::new(), '\u{7}', [in_table(1), modifier(0x2417, &[1]), definition].concat())
}

fn write(paragraphs: Vec<Paragraph>) -> Vec<u8> {
    binary::write(&Document { paragraphs, ..Document::default() }, &mut Random::new(1))
}

/// Paragraphs in quotes, tables in brackets, rows behind `/`, cells as `column+span text`,
/// a continued cell as `^`; then the codes of the findings.
fn read(bytes: &[u8]) -> String {
    fn blocks(list: &Value) -> String {
        let block = |block: &Value| match block.get("text") {
            Some(text) => match block["numbering"].as_str() {
                Some(number) => format!("'{number}#{}'", text.as_str().unwrap()),
                None => format!("'{}'", text.as_str().unwrap()),
            },
            None if block.get("picture").is_some() => "picture".to_owned(),
            None => {
                let slot = |slot: &Value| {
                    let content = blocks(&block["cells"][slot[2].as_u64().unwrap() as usize]);
                    let text = if slot[3].as_bool().unwrap() { content } else { "^".to_owned() };
                    format!("{}+{} {text}", slot[0], slot[1])
                };
                let row =
                    |row: &Value| row.as_array().unwrap().iter().map(slot).collect::<Vec<_>>().join(", ");
                format!(
                    "[{}]",
                    block["rows"].as_array().unwrap().iter().map(row).collect::<Vec<_>>().join(" / ")
                )
            }
        };
        list.as_array().unwrap().iter().map(block).collect::<Vec<_>>().join(" ")
    }
    match gongkai::bench_support::dump(bytes) {
        Ok(dump) => {
            let codes =
                dump["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap().to_owned());
            [blocks(&dump["blocks"])].into_iter().chain(codes).collect::<Vec<_>>().join(" ")
        }
        Err(error) => format!("{} {}", error.kind(), error.code()),
    }
}

#[test]
fn characters_that_stand_for_something_else() {
    let symbol = [SPECIAL, &modifier(0x6a09, &[0, 0, 0xb7, 0xf0])].concat();
    let data = [SPECIAL, &modifier(0x0806, &[1])].concat();
    let raised = modifier(0x2a48, &[1]);
    for (runs, expected) in [
        (vec![run("1\u{1e}2\u{1f}3\t4\u{b}5", &[])], "'1-23\t4\n5'"),
        (vec![run("a\u{c}b", &[])], "'a\nb'"),
        (vec![run("a\u{c}", &[])], "'a'"),
        (vec![run("a", &[]), run("(", &symbol), run("(", &[])], "'a\u{f0b7}('"),
        (vec![run("12", &[]), run("3", &raised)], "'12³'"),
        (vec![run("a", &[]), run("\u{2}\u{5}", SPECIAL)], "'a'"),
        (vec![run("a\u{1}", SPECIAL)], "'a' picture"),
        (vec![run("a\u{1}", &data)], "'a'"),
        (vec![run("𠀀", &[]), run("b", HIDDEN)], "'𠀀' DOC-HIDDEN-TEXT"),
        (vec![run("\u{13} PAGE \u{14}7\u{15}8", &[])], "'78'"),
        (vec![run("\u{13} PAGE 7", &[])], "' PAGE 7' DOC-FIELD-OPEN"),
    ] {
        assert_eq!(read(&write(vec![paragraph(runs, '\r', Vec::new())])), expected);
    }
}

#[test]
fn a_paragraph_whose_mark_is_deleted_goes_on() {
    for properties in [DELETED, HIDDEN] {
        let first = Paragraph { mark_properties: properties.to_vec(), ..plain("1") };
        let text = read(&write(vec![first, plain("2"), plain("3")]));
        assert!(text.starts_with("'12' '3'"), "{text}");
    }
}

#[test]
fn tables_have_the_columns_their_rows_define() {
    let (restart, on) = (3 << 5, 1 << 5);
    let table = vec![
        cell("a"),
        cell("b"),
        end(row(&[0, 600, 900], &[restart, 0])),
        cell(""),
        cell("c"),
        end(row(&[0, 600, 900], &[on, 0])),
        cell("d"),
        paragraph(vec![run("e", &[])], '\r', in_table(1)),
        cell("f"),
        end(row(&[0, 300, 900], &[0, 0])),
        plain("g"),
    ];
    assert_eq!(read(&write(table)), "[0+2 'a', 2+1 'b' / 0+2 ^, 2+1 'c' / 0+1 'd', 1+2 'e' 'f'] 'g'");
    let broken = vec![
        cell("a"),
        cell("b"),
        end(row(&[0, 600], &[0])),
        cell("c"),
        end(row(&[0, 600], &[0])),
        plain(""),
    ];
    assert_eq!(read(&write(broken)), "[0+1 'a', 1+1 'b' / 0+1 'c'] '' DOC-TABLE-COLUMNS");
    assert_eq!(read(&write(vec![cell("a"), end(Vec::new()), plain("")])), "[0+1 'a'] '' DOC-TABLE-COLUMNS");
    assert_eq!(read(&write(vec![cell("a"), cell("b"), plain("c")])), "'a' 'b' 'c' DOC-TABLE-OPEN");
    let covered = vec![cell("a"), cell("99777"), end(row(&[0, 300, 600], &[1, 2])), plain("")];
    assert_eq!(read(&write(covered)), "[0+2 'a'] '' DOC-HIDDEN-TEXT");
}

#[test]
fn nested_tables_stand_in_their_cells() {
    let inner =
        |text: &str| paragraph(vec![run(text, &[])], '\r', [in_table(2), modifier(0x244b, &[1])].concat());
    let inner_end =
        [in_table(2), modifier(0x244b, &[1]), modifier(0x244c, &[1]), row(&[0, 300, 600], &[0, 0])].concat();
    let table = vec![
        cell("a"),
        inner("b"),
        inner("c"),
        paragraph(Vec::new(), '\r', inner_end),
        cell("d"),
        end(row(&[0, 300, 900], &[0, 0])),
        plain("e"),
    ];
    assert_eq!(read(&write(table)), "[0+1 'a', 1+1 [0+1 'b', 1+1 'c'] 'd'] 'e'");
    let deep = |depth: u32| write(vec![paragraph(vec![run("a", &[])], '\r', in_table(depth)), plain("b")]);
    assert_eq!(read(&deep(2)), "'a' 'b' DOC-TABLE-OPEN DOC-TABLE-OPEN");
    assert_eq!(read(&deep(1_000_000)), "limit limit");
}

#[test]
fn text_boxes_follow_the_paragraph_they_are_anchored_to() {
    let shapes = |numbers: &[u32]| -> Vec<u8> {
        let anchors = (0..=numbers.len() as u32).map(|n| n + 1).flat_map(u32::to_le_bytes);
        let entries = numbers.iter().flat_map(|n| [n.to_le_bytes().to_vec(), vec![0; 22]].concat());
        anchors.chain(entries).collect()
    };
    // The text boxes, and one that is kept for reuse.
    let boxes = |ends: &[u32], numbers: &[u32]| -> Vec<u8> {
        let entry = |n: &u32| [vec![0; 14], n.to_le_bytes().to_vec(), vec![0; 4]].concat();
        [0].iter().chain(ends).flat_map(|n| n.to_le_bytes()).chain(numbers.iter().flat_map(entry)).collect()
    };
    let document = |parts| Document {
        paragraphs: vec![
            paragraph(vec![run("a", &[]), run("\u{8}", SPECIAL)], '\r', Vec::new()),
            plain("b"),
            plain("box"),
            plain(""),
        ],
        boxed: 5,
        parts,
        ..Document::default()
    };
    let write = |parts| binary::write(&document(parts), &mut Random::new(1));
    let text = boxes(&[4, 5], &[1026, 0]);
    assert_eq!(read(&write(vec![(40, shapes(&[1026])), (56, text.clone())])), "'a' 'box' 'b'");
    // Without an anchor it still was printed.
    assert_eq!(read(&write(vec![(56, text.clone())])), "'a' 'b' 'box'");
    let group = |kind: u16, instance: u16, content: &[u8]| -> Vec<u8> {
        let head = [instance << 4, kind].into_iter().flat_map(u16::to_le_bytes);
        head.chain((content.len() as u32).to_le_bytes()).chain(content.iter().copied()).collect()
    };
    let shape = |number: u32, kind: u16| {
        group(0xf004, 0, &group(0xf00a, kind, &[number.to_le_bytes(), [0; 4]].concat()))
    };
    // A group whose member has the text, and another a picture.
    let members = group(0xf003, 0, &[shape(7, 0), shape(1026, 202), shape(8, 75)].concat());
    let drawing = group(0xf002, 0, &group(0xf003, 0, &[shape(1, 0), members].concat()));
    let drawings = [group(0xf000, 0, &[]), vec![0], drawing].concat();
    let parts = vec![(40, shapes(&[7])), (50, drawings), (56, text)];
    assert_eq!(read(&write(parts)), "'a' picture 'box' 'b'");
}

/// A document with something of everything.
fn sample() -> Document {
    let mut document = Document {
        paragraphs: vec![
            plain("一、总体情况"),
            paragraph(
                vec![run("二、", &[]), run("99777", HIDDEN), run("主动公开", &[])],
                '\r',
                modifier(0x460b, &[1, 0]),
            ),
            cell("规章"),
            cell("1"),
            end(row(&[0, 600, 900], &[3 << 5, 0])),
            cell(""),
            cell("\u{13} = 1 \u{14}2\u{15}"),
            end(row(&[0, 600, 900], &[1 << 5, 0])),
            plain("三"),
        ],
        data: vec![0; 5000],
        ..Document::default()
    };
    document.paragraphs.extend((0..300).map(|n| plain(&format!("{n} 公开"))));
    document
}

#[test]
fn damaged_parts_are_errors() {
    let streams = binary::streams(&sample(), &mut Random::new(1));
    let position = |index: usize| {
        let at = 154 + index * 8;
        u32::from_le_bytes(streams[0].1[at..at + 4].try_into().unwrap()) as usize
    };
    let size = |index: usize| 154 + index * 8 + 4;
    // Stream, offset, bytes to write there.
    let cases: &[(&str, usize, usize, &[u8], &str)] = &[
        ("another file", 0, 0, &[0, 0], "input damaged"),
        ("Word 95", 0, 0, &[0xdc, 0xa5], "unsupported unsupported-format"),
        ("Word 6 of East Asia", 0, 0, &[0x98, 0xa6], "unsupported unsupported-format"),
        ("an old version", 0, 2, &[0x68, 0], "unsupported unsupported-format"),
        ("encrypted", 0, 10, &[0x00, 0x13], "unsupported encrypted"),
        ("obfuscated", 0, 10, &[0x00, 0x93], "unsupported encrypted"),
        ("the other table stream", 0, 10, &[0x00, 0x10], "input damaged"),
        ("counts of shorts", 0, 32, &[0xff, 0xff], "input damaged"),
        ("counts of longs", 0, 62, &[0xff, 0xff], "input damaged"),
        ("counts of parts", 0, 152, &[0xff, 0xff], "input damaged"),
        ("a negative count of characters", 0, 76, &[0xff; 4], "input damaged"),
        ("a huge count of notes", 0, 80, &[0xff, 0xff, 0xff, 0x7f], "input damaged"),
        ("pieces beyond the stream", 0, 154 + 33 * 8, &[0xff; 4], "input damaged"),
        ("no pieces", 0, size(33), &[0; 4], "input damaged"),
        ("pieces longer than they are", 0, size(33), &[0xff, 0xff, 0, 0], "input damaged"),
        ("styles beyond the stream", 0, size(1), &[0xff, 0xff, 0xff, 0x7f], "input damaged"),
        ("no paragraphs' properties", 0, size(13), &[0; 4], "input damaged"),
        ("no characters' properties", 0, size(12), &[0; 4], "input damaged"),
        ("text in another order", 1, position(33) + 5, &[9], "input damaged"),
        ("more text than there is", 1, position(33) + 9, &[0xff, 0xff, 0xff, 0x00], "input damaged"),
        ("far more text than allowed", 1, position(33) + 9, &[0xff, 0xff, 0xff, 0x7f], "limit limit"),
        ("a negative position", 1, position(33) + 9, &[0xff; 4], "input damaged"),
        ("text beyond its stream", 1, position(33) + 15, &[0xff, 0xff, 0xff, 0x3f], "input damaged"),
        ("properties of a piece that are not there", 1, position(33) + 19, &[0x03, 0x01], "input damaged"),
        ("more styles than there are", 1, position(1) + 2, &[0xff, 0xff], "input damaged"),
        ("a style longer than the sheet", 1, position(1) + 20, &[0xff, 0x7f], "input damaged"),
    ];
    assert!(
        read(&ole::write(&streams)).starts_with("'一、总体情况' '二、主动公开' [0+1 '规章', 1+1 '1' / 0+1 ^")
    );
    for (name, stream, at, bytes, expected) in cases {
        let mut streams = streams.clone();
        streams[*stream].1[*at..at + bytes.len()].copy_from_slice(bytes);
        let outcome = read(&ole::write(&streams));
        assert!(outcome == *expected, "{name}: {outcome:.60}");
    }
    for (name, at) in [("a page of paragraphs", 13), ("a page of characters", 12)] {
        let mut streams = streams.clone();
        let count =
            (u32::from_le_bytes(streams[0].1[size(at)..size(at) + 4].try_into().unwrap()) as usize - 4) / 8;
        let number = position(at) + (count + 1) * 4;
        let page = u32::from_le_bytes(streams[1].1[number..number + 4].try_into().unwrap()) as usize * 512;
        let sound = streams[0].1[page + 511];
        streams[0].1[page + 511] = 0;
        assert_eq!(read(&ole::write(&streams)), "input damaged", "{name} without runs");
        streams[0].1[page + 511] = sound;
        let entry = page + (usize::from(sound) + 1) * 4;
        streams[0].1[entry] = 255;
        streams[0].1[page + 510] = 255;
        assert_eq!(read(&ole::write(&streams)), "input damaged", "{name} with a list that leaves it");
        streams[1].1[number..number + 4].copy_from_slice(&[0xff; 4]);
        assert_eq!(read(&ole::write(&streams)), "input damaged", "{name} beyond the stream");
    }
    let list = |properties: &[u8]| write(vec![paragraph(vec![run("a", &[])], '\r', properties.to_vec())]);
    assert_eq!(read(&list(&modifier(0x6646, &[0xff, 0xff, 0, 0]))), "input damaged");
    assert_eq!(read(&list(&[0x08, 0xd6, 0xff, 0xff, 1])), "input damaged");
    assert_eq!(read(&list(&[0x49, 0x66, 1])), "input damaged");
    let lists = |bytes: Vec<u8>| {
        let document = Document { parts: vec![(73, bytes)], ..sample() };
        read(&binary::write(&document, &mut Random::new(1)))
    };
    assert_eq!(lists([vec![0xff, 0xff], vec![0; 26]].concat()), "input damaged");
}

#[test]
fn damaged_containers_are_errors() {
    let sound = binary::write(&sample(), &mut Random::new(1));
    let sectors = sound.len() / 512 - 1;
    // The FAT stands at the end of what the writer makes, one sector for 128.
    let fat = u32::from_le_bytes(sound[76..80].try_into().unwrap()) as usize;
    let entry = |sector: usize| 512 * (fat + 1) + sector * 4;
    let directory = u32::from_le_bytes(sound[48..52].try_into().unwrap()) as usize;
    let field = |entry: usize, at: usize| 512 * (directory + 1) + entry * 128 + at;
    let cases: &[(&str, usize, &[u8])] = &[
        ("sectors of another size", 30, &[31]),
        ("a directory beyond the end", 48, &[0xff, 0xff, 0, 0]),
        ("no FAT", 76, &[0xff; 436]),
        ("a FAT beyond the end", 76, &[0, 0xff, 0xff, 0]),
        ("a chain that comes back", entry(3), &[1, 0, 0, 0]),
        ("a chain that ends soon", entry(3), &[0xfe, 0xff, 0xff, 0xff]),
        ("a chain that leaves the file", entry(3), &[0xff, 0xff, 0xff, 0]),
        ("a directory that comes back", entry(directory), &[directory as u8, (directory >> 8) as u8, 0, 0]),
        ("no root", field(0, 66), &[2]),
        ("a sibling that comes back", field(1, 68), &[1, 0, 0, 0]),
        ("a sibling that is not there", field(1, 68), &[0xee, 0, 0, 0]),
        ("a stream longer than the file", field(1, 120), &[0xff, 0xff, 0xff, 0x03]),
        ("no stream of that name", field(1, 0), b"X"),
    ];
    for (name, at, bytes) in cases {
        let mut damaged = sound.clone();
        damaged[*at..at + bytes.len()].copy_from_slice(bytes);
        assert_eq!(read(&damaged), "input damaged", "{name}");
    }
    for size in (0..sectors).step_by(7).map(|n| 512 * n + 200) {
        let code = read(&sound[..size]);
        assert!(["input damaged", "unsupported unknown-format"].contains(&code.as_str()), "{size}: {code}");
    }
    // 4 MiB whose sectors all tell of a FAT: reading each would take half a gigabyte.
    let mut many = sound[..512].to_vec();
    many[68..76].copy_from_slice(&[1, 0, 0, 0, 0, 0x20, 0, 0]);
    many.extend([0; 512]);
    for n in 2..8192_u32 {
        many.extend([0; 508]);
        many.extend(n.to_le_bytes());
    }
    assert_eq!(read(&many), "input damaged");
    for (stream, expected) in [
        ("Workbook", "input damaged"),
        ("PowerPoint Document", "unsupported unsupported-format"),
        ("EncryptedPackage", "unsupported encrypted"),
        ("Contents", "input damaged"),
    ] {
        assert_eq!(read(&ole::write(&[(stream, vec![1; 5000])])), expected, "{stream}");
    }
}

#[test]
fn random_damage_is_an_error_or_a_document() {
    let sound = [sample(), Document { scattered: true, ..sample() }].map(|document| {
        let streams = binary::streams(&document, &mut Random::new(1));
        [ole::write(&streams), streams[0].1.clone(), streams[1].1.clone()]
    });
    let mut outcomes = std::collections::BTreeMap::new();
    let first = runs::first_seed();
    for seed in first..first + runs::cases(3000) {
        let mut random = Random::new(seed);
        let [file, main, table] = &sound[random.below(2)];
        // Half of the damage goes where it is not lost among text.
        let mut damaged = if random.chance(50) {
            file.clone()
        } else {
            let (mut main, mut table) = (main.clone(), table.clone());
            for _ in 0..=random.below(3) {
                let stream = if random.chance(50) { &mut main } else { &mut table };
                let reach = stream.len();
                let at = if random.chance(50) { random.below(reach) } else { random.below(900.min(reach)) };
                stream[at] = random.below(256) as u8;
            }
            ole::write(&[("WordDocument", main), ("1Table", table)])
        };
        for _ in 0..random.below(4) {
            let at = random.below(damaged.len());
            damaged[at] = random.below(256) as u8;
        }
        let outcome = read(&damaged);
        let known = [
            "input damaged",
            "input empty",
            "limit limit",
            "unsupported encrypted",
            "unsupported unsupported-format",
        ];
        let outcome = known.into_iter().find(|code| outcome == *code).unwrap_or("document");
        *outcomes.entry(outcome).or_insert(0) += 1;
    }
    // Both must happen, or nothing was tested.
    assert!(outcomes.contains_key("document") && outcomes.contains_key("input damaged"), "{outcomes:?}");
}
