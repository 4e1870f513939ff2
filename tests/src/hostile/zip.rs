//! Packages: what zip archives can say of themselves.

use super::archive::{Archive, Entry};
use super::{BASE, Case, PLANTED, case, figure, run};
use crate::package::{CONTENT_TYPES, MAIN, RELATIONS, relations};

/// The plain report as an archive.
fn plain() -> Archive {
    let entries = BASE.parts.iter().map(|(name, bytes)| Entry::deflated(name, bytes)).collect();
    Archive { entries, ..Archive::default() }
}

fn changed(name: &str, change: impl FnOnce(&mut Archive) + Send + 'static) -> Case {
    case(name, move || {
        let mut archive = plain();
        change(&mut archive);
        archive.bytes()
    })
}

/// A main part with the planted number.
fn planted() -> Vec<u8> {
    figure(PLANTED).into_bytes()
}

/// Another main part beside, before or behind the right one.
fn twin(name: &'static str, other: &'static str, first: bool) -> Case {
    changed(name, move |archive| {
        let at = if first { 0 } else { archive.entries.len() };
        archive.entries.insert(at, Entry::deflated(other, &planted()));
    })
}

/// The package's main part has another name, pointed to as said.
fn target(name: &str, part: &'static str, target: String) -> Case {
    changed(name, move |archive| {
        let main = BASE.main.as_bytes();
        *archive.entry(MAIN) = Entry::deflated(part, main);
        *archive.entry(RELATIONS) = Entry::deflated(RELATIONS, relations(&target, false).as_bytes());
    })
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = vec![changed("plain", |_| {})];
    bombs(&mut cases);
    twins(&mut cases);
    lies(&mut cases);
    ends(&mut cases);
    parts(&mut cases);
    names(&mut cases);
    posing(&mut cases);
    cases
}

const OPEN: &str =
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";

fn bombs(cases: &mut Vec<Case>) {
    let bomb = |name: &str, part: &'static str, before: String, pattern: &'static str, mebibytes| {
        changed(&format!("bomb: {name}"), move |archive| {
            archive.entries.retain(|entry| entry.name != part.as_bytes());
            archive.entries.push(Entry::bomb(part, &before, pattern, mebibytes));
        })
    };
    let text = format!("{OPEN}<w:p><w:r><w:t>");
    cases.extend([
        bomb("zeros", MAIN, String::new(), "\0", 1024),
        bomb("text", MAIN, text.clone(), "7", 1024),
        bomb("elements", MAIN, OPEN.to_owned(), "<w:p><w:r><w:t>7</w:t></w:r></w:p>", 1024),
        bomb("an attribute", MAIN, OPEN.replace("><w:body>", " a=\""), "a", 1024),
        bomb("a comment", MAIN, format!("{OPEN}<!--"), "a ", 1024),
        bomb("runs", MAIN, format!("{OPEN}<w:p>"), "<w:r><w:t>7</w:t></w:r>", 1024),
        bomb("content types", CONTENT_TYPES, String::new(), " ", 1024),
        bomb("relations", RELATIONS, String::new(), " ", 1024),
        bomb("an unused part", "word/media/image1.png", String::new(), "\0", 1024),
        bomb("styles, referred to by nobody", "word/styles.xml", String::new(), " ", 1024),
        // Within the limit of a part, if not for its ratio.
        bomb("30 MiB of zeros", MAIN, String::new(), "\0", 30),
    ]);
    cases.push(changed("bomb: a lying header", |archive| {
        let mut entry = Entry::bomb(MAIN, OPEN, " ", 1024);
        (entry.size, entry.local_size) = (100, 100);
        *archive.entry(MAIN) = entry;
    }));
    cases.push(changed("bomb: parts that are small one by one", |archive| {
        let relation = |kind: &str| {
            format!("<Relationship Id=\"{kind}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{kind}.xml\"/>")
        };
        let list = format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}{}</Relationships>", relation("styles"), relation("numbering"));
        archive.entries.push(Entry::deflated("word/_rels/document.xml.rels", list.as_bytes()));
        archive.entries.push(Entry::bomb("word/styles.xml", "", "ab c", 63));
    }));
    for (name, count) in
        [("10 001 entries", 10_001 - 3), ("65 535 entries", 65_535 - 3), ("9 999 entries", 9_999 - 3)]
    {
        cases.push(changed(name, move |archive| {
            archive.entries.extend((0..count).map(|at| Entry::stored(&format!("x/{at}"), b"")));
        }));
    }
    cases.push(changed("100 000 entries, one of them told of", |archive| {
        archive.entries.extend((0..100_000).map(|at| Entry::stored(&format!("x/{at}"), b"")));
        archive.end[0] = Some(1);
    }));
    cases.push(case("an end record over and over", || b"PK\x05\x06".repeat(4 << 18)));
    cases.push(case("a local header and an end record over and over", || {
        let mut bytes = b"PK\x03\x04[Content_Types].xmlword/".to_vec();
        // Ends of directories that lie further and further before.
        for at in 0..100_000_u32 {
            bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x10\0\0\0");
            bytes.extend_from_slice(&(at * 22).to_le_bytes());
            bytes.extend_from_slice(&[0, 0]);
        }
        bytes
    }));
}

fn twins(cases: &mut Vec<Case>) {
    cases.extend([
        twin("twice, the wrong one first", MAIN, true),
        twin("twice, the wrong one last", MAIN, false),
        twin("twice by case, first", "word/Document.XML", true),
        twin("twice by case, last", "WORD/document.xml", false),
        twin("twice by backslash", "word\\document.xml", false),
        twin("twice by ./", "./word/document.xml", true),
        twin("twice by a leading slash", "/word/document.xml", false),
        twin("twice by a double slash", "word//document.xml", false),
        twin("twice by ..", "word/x/../document.xml", false),
        twin("twice by percent", "word/document%2Exml", false),
        twin("twice by percent, of a slash", "word%2fdocument.xml", true),
        twin("a folder of the same name", "word/document.xml/", false),
    ]);
    cases.push(changed("a twin that the directory does not list", |archive| {
        let mut entry = Entry::deflated(MAIN, &planted());
        entry.listed = false;
        archive.entries.insert(0, entry);
    }));
    cases.push(changed("the directory gives the name of another part", |archive| {
        let mut entry = Entry::deflated(MAIN, &planted());
        entry.local_name = b"word/comment.xml".to_vec();
        *archive.entry(MAIN) = entry;
    }));
    cases.push(changed("the local header gives the main part's name to another", |archive| {
        let mut entry = Entry::deflated("word/unused.xml", &planted());
        entry.local_name = MAIN.as_bytes().to_vec();
        archive.entries.push(entry);
    }));
    cases.push(changed("two entries share their data", |archive| {
        let mut entry = Entry::deflated("word/copy.xml", BASE.main.as_bytes());
        // The place of the main part, the third of three.
        let before: usize = archive.entries[..2].iter().map(|e| 30 + e.name.len() + e.data.len()).sum();
        (entry.offset, entry.present) = (Some(before as u32), false);
        archive.entries.push(entry);
    }));
    cases.push(
        changed("an entry inside the data of another", |archive| {
            let mut inner =
                Archive { entries: vec![Entry::stored(MAIN, &planted())], ..Archive::default() }.bytes();
            inner.truncate(30 + MAIN.len() + planted().len());
            let outer = Entry::stored("word/outer.bin", &inner);
            let mut entry = Entry::stored(MAIN, &planted());
            (entry.offset, entry.present) = (Some(30 + 14), false);
            archive.entries.retain(|entry| entry.name != MAIN.as_bytes());
            archive.entries.insert(0, outer);
            archive.entries.push(entry);
        })
        .other(),
    );
}

fn lies(cases: &mut Vec<Case>) {
    let main = |name: &str, change: fn(&mut Entry)| changed(name, move |archive| change(archive.entry(MAIN)));
    cases.extend([
        main("encrypted, flag", |e| e.flags |= 1),
        main("encrypted, strongly", |e| e.flags |= 0x41),
        main("encrypted, the local header alone says so", |e| {
            e.data[0] ^= 0x55;
            e.flags |= 1;
        }),
        main("wrong checksum", |e| e.crc ^= 1),
        main("checksum 0", |e| e.crc = 0),
        main("size too small", |e| e.size -= 1),
        main("size too large", |e| e.size += 1),
        main("both sizes 0", |e| (e.size, e.local_size) = (0, 0)),
        main("size 2^32-2", |e| (e.size, e.local_size) = (0xffff_fffe, 0xffff_fffe)),
        main("size in the local header another", |e| e.local_size = 5),
        main("packed size too small", |e| e.packed -= 1),
        main("packed size too large", |e| e.packed += 1),
        main("packed size 2^31", |e| e.packed = 1 << 31),
        main("packed size in the local header another", |e| e.local_packed = 5),
        main("offset behind the end", |e| e.offset = Some(u32::MAX - 1)),
        main("offset 0", |e| e.offset = Some(0)),
        main("offset in the middle", |e| e.offset = Some(41)),
        main("stored says the local header, deflated the directory", |e| e.local_method = 0),
        main("descriptor, signed", |e| descriptor(e, true, true)),
        main("descriptor, unsigned", |e| descriptor(e, false, true)),
        main("descriptor, sizes given all the same", |e| descriptor(e, true, false)),
        main("descriptor, missing", |e| {
            e.flags |= 8;
            (e.local_packed, e.local_size) = (0, 0);
        }),
        main("sizes in zip64, true", |e| zip64(e, e.size, e.packed)),
        main("sizes in zip64, 2^63", |e| zip64(e, 1 << 63, e.packed)),
        main("sizes in zip64, 2^64-1", |e| zip64(e, u64::MAX, u64::MAX)),
        main("extra field longer than said", |e| e.extra = vec![1, 0, 200, 0, 1]),
        main("extra field of one byte", |e| e.extra = vec![7]),
        main("unicode name of another part", |e| {
            // Info-ZIP's own name, with the checksum of the plain one.
            let mut extra = vec![0x75, 0x70, 22, 0, 1];
            let mut crc = flate2::Crc::new();
            crc.update(MAIN.as_bytes());
            extra.extend_from_slice(&crc.sum().to_le_bytes());
            extra.extend_from_slice(b"word/documenu.xml");
            e.extra = extra;
        }),
        main("a symbolic link", |e| e.attributes = 0xa1ff_0000),
        main("bytes behind the stream", |e| {
            e.data.extend_from_slice(b"more");
            e.packed += 4;
            e.local_packed += 4;
        }),
        main("a stream cut off", |e| {
            let half = e.data.len() / 2;
            e.data.truncate(half);
            (e.packed, e.local_packed) = (half as u64, half as u32);
        }),
        main("no stream", |e| {
            e.data.clear();
            (e.packed, e.local_packed) = (0, 0);
        }),
    ]);
    for method in [1, 6, 9, 12, 14, 93, 95, 97, 98, 99] {
        cases.push(changed(&format!("method {method}"), move |archive| {
            let entry = archive.entry(MAIN);
            (entry.method, entry.local_method) = (method, method);
        }));
    }
    cases.push(changed("stored", |archive| *archive.entry(MAIN) = Entry::stored(MAIN, BASE.main.as_bytes())));
    cases.push(changed("an unused part is encrypted", |archive| {
        let mut entry = Entry::stored("word/unused.xml", b"secret");
        entry.flags |= 1;
        archive.entries.push(entry);
    }));
    cases.push(changed("an unused part has a method nobody knows", |archive| {
        let mut entry = Entry::stored("word/unused.xml", b"secret");
        (entry.method, entry.local_method) = (77, 77);
        archive.entries.push(entry);
    }));
}

fn descriptor(entry: &mut Entry, signed: bool, blank: bool) {
    entry.flags |= 8;
    if signed {
        entry.descriptor.extend_from_slice(b"PK\x07\x08");
    }
    for field in [entry.crc, entry.packed as u32, entry.size as u32] {
        entry.descriptor.extend_from_slice(&field.to_le_bytes());
    }
    if blank {
        (entry.local_packed, entry.local_size) = (0, 0);
    }
}

fn zip64(entry: &mut Entry, size: u64, packed: u64) {
    let mut extra = vec![1, 0, 16, 0];
    extra.extend_from_slice(&size.to_le_bytes());
    extra.extend_from_slice(&packed.to_le_bytes());
    (entry.extra, entry.local_extra) = (extra.clone(), extra);
    (entry.size, entry.packed) = (u64::from(u32::MAX), u64::from(u32::MAX));
    (entry.local_size, entry.local_packed) = (u32::MAX, u32::MAX);
}

fn ends(cases: &mut Vec<Case>) {
    let end = |name: &str, at: usize, value: u32| changed(name, move |archive| archive.end[at] = Some(value));
    cases.extend([
        end("end record: no entries", 0, 0),
        end("end record: one entry less", 0, 2),
        end("end record: one entry more", 0, 4),
        end("end record: 65 535 entries", 0, 0xffff),
        end("end record: size 0", 1, 0),
        end("end record: size 2^32-1", 1, u32::MAX),
        end("end record: offset 0", 2, 0),
        end("end record: offset 2^31", 2, 1 << 31),
        end("end record: offset 2^32-1", 2, u32::MAX),
        changed("junk before", |archive| archive.prefix = b"PK\x03\x04junk".to_vec()),
        changed("64 KiB of junk behind", |archive| archive.suffix = vec![b'x'; 64 << 10]),
        changed("a byte behind", |archive| archive.suffix = vec![0]),
        changed("a comment", |archive| archive.comment = b"comment".to_vec()),
        changed("an end record in the comment", |archive| {
            let other = Archive { entries: vec![Entry::stored(MAIN, &planted())], ..Archive::default() };
            archive.comment = other.bytes();
            archive.comment.truncate(60_000);
            archive.comment.extend_from_slice(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
        }),
        changed("another archive behind", |archive| {
            let parts = BASE.parts.iter().filter(|(name, _)| name != MAIN);
            let mut entries: Vec<Entry> = parts.map(|(name, bytes)| Entry::stored(name, bytes)).collect();
            entries.push(Entry::stored(MAIN, BASE.main.as_bytes()));
            archive.entry(MAIN).data[9] ^= 1;
            archive.suffix = Archive { entries, ..Archive::default() }.bytes();
        }),
    ]);
    for (name, entries, size, offset) in [
        ("zip64 end: true", None, None, None),
        ("zip64 end: 2^63 entries", Some(1_u64 << 63), None, None),
        ("zip64 end: 2^64-1 entries", Some(u64::MAX), None, None),
        ("zip64 end: size 2^63", None, Some(1 << 63), None),
        ("zip64 end: offset 2^63", None, None, Some(1 << 63)),
        ("zip64 end: offset 2^64-1", None, None, Some(u64::MAX)),
    ] {
        cases.push(changed(name, move |archive| {
            let plain = archive.bytes();
            let record = plain.len() - 22;
            let number = |at: usize| u64::from(u32::from_le_bytes(plain[at..at + 4].try_into().unwrap()));
            let mut more = b"PK\x06\x06".to_vec();
            more.extend_from_slice(&44_u64.to_le_bytes());
            more.extend_from_slice(&[45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            let entries = entries.unwrap_or(archive.entries.len() as u64);
            let size = size.unwrap_or(number(record + 12));
            let offset = offset.unwrap_or(number(record + 16));
            for field in [entries, entries, size, offset] {
                more.extend_from_slice(&field.to_le_bytes());
            }
            more.extend_from_slice(b"PK\x06\x07\0\0\0\0");
            more.extend_from_slice(&(record as u64).to_le_bytes());
            more.extend_from_slice(&1_u32.to_le_bytes());
            archive.before_end = more;
            archive.end = [Some(0xffff), Some(u32::MAX), Some(u32::MAX)];
        }));
    }
}

fn parts(cases: &mut Vec<Case>) {
    for (name, part) in
        [("no content types", CONTENT_TYPES), ("no relations", RELATIONS), ("no main part", MAIN)]
    {
        cases.push(changed(name, move |archive| {
            archive.entries.retain(|entry| entry.name != part.as_bytes())
        }));
    }
    let external = relations(MAIN, false).replace("Target=", "TargetMode=\"External\" Target=");
    let two = relations(MAIN, false).replace(
        "</Relationships>",
        "<Relationship Id=\"b\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/other.xml\"/></Relationships>",
    );
    for (name, text) in [("an external main part", external), ("two main parts", two)] {
        cases.push(changed(name, move |archive| {
            *archive.entry(RELATIONS) = Entry::deflated(RELATIONS, text.as_bytes());
            archive.entries.push(Entry::deflated("word/other.xml", &planted()));
        }));
    }
    cases.extend([
        target("target: another name", "word/document22.xml", "word/document22.xml".into()),
        target("target: absolute", "word/a.xml", "/word/a.xml".into()),
        target("target: ..", "word/a.xml", "../word/./x/../a.xml".into()),
        target("target: backslash", "word/a.xml", "word\\a.xml".into()),
        target("target: percent", "word/a b.xml", "word/a%20b.xml".into()),
        target("target: case", "word/a.xml", "Word/A.XML".into()),
        target("target: Chinese", "word/正文.xml", "word/正文.xml".into()),
        target("target: Chinese, escaped", "word/正文.xml", "word/%E6%AD%A3%E6%96%87.xml".into()),
        target("target: outside", "word/a.xml", "../../../../etc/passwd".into()),
        target("target: file:", "word/a.xml", "file:///etc/passwd".into()),
        target("target: http:", "word/a.xml", "http://example.invalid/a.xml".into()),
        target("target: empty", "word/a.xml", String::new()),
        target("target: 100 kB", "word/a.xml", "a/".repeat(50_000)),
        target("target: 100 kB of ..", "word/a.xml", "../".repeat(33_000)),
        target("target: itself", "word/a.xml", "_rels/.rels".into()),
    ]);
    for (name, styles) in [
        ("styles that are no XML", "<w:styles"),
        ("styles with a document type", "<!DOCTYPE a><a/>"),
        ("empty styles", ""),
    ] {
        cases.push(changed(name, move |archive| {
            let list = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";
            archive.entries.push(Entry::deflated("word/_rels/document.xml.rels", list.as_bytes()));
            archive.entries.push(Entry::deflated("word/styles.xml", styles.as_bytes()));
        }));
    }
}

/// Odd names of parts that nobody asks for.
fn names(cases: &mut Vec<Case>) {
    let odd: [(&str, Vec<u8>); 13] = [
        ("up the tree", b"../../etc/passwd".to_vec()),
        ("absolute", b"/etc/passwd".to_vec()),
        ("a drive", b"C:\\autoexec.bat".to_vec()),
        ("NUL", b"word/document.xml\0.png".to_vec()),
        ("control characters", b"word/\x01\x1b[2J".to_vec()),
        ("65 535 bytes", vec![b'a'; 65_535]),
        ("empty", Vec::new()),
        ("a folder", b"word/".to_vec()),
        ("no UTF-8", b"word/\xff\xfe\x80".to_vec()),
        ("a dot at the end", b"word/document.xml.".to_vec()),
        ("deep", b"a/".repeat(20_000)),
        ("turned round", "word/\u{202e}lmx.tnemucod".into()),
        ("percent alone", b"word/%zz%".to_vec()),
    ];
    for (name, bytes) in odd {
        cases.push(changed(&format!("name: {name}"), move |archive| {
            let mut entry = Entry::stored("x", PLANTED.as_bytes());
            (entry.name, entry.local_name) = (bytes.clone(), bytes);
            archive.entries.push(entry);
        }));
    }
    // A code page 437 name, not marked as UTF-8.
    cases.push(changed("name: no UTF-8, not said to be", |archive| {
        archive.entries.iter_mut().for_each(|entry| entry.flags = 0);
    }));
}

fn posing(cases: &mut Vec<Case>) {
    let ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    let mut encrypted = ole.to_vec();
    encrypted.resize(512, 0);
    encrypted.extend("EncryptedPackage".bytes().flat_map(|byte| [byte, 0]));
    let mut old = ole.to_vec();
    old.resize(1536, 0);
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("empty", Vec::new()),
        ("one byte", vec![b'P']),
        ("PK alone", b"PK\x03\x04".to_vec()),
        ("an empty archive", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec()),
        ("PNG", b"\x89PNG\r\n\x1a\n0000".to_vec()),
        ("gzip", b"\x1f\x8b\x08\0\0\0\0\0".to_vec()),
        ("PDF", b"%PDF-1.7\n".to_vec()),
        ("Word 97", old),
        ("an encrypted document", encrypted),
    ];
    cases.extend(files.into_iter().map(|(name, bytes)| case(format!("poses: {name}"), || bytes)));
    for (name, part, target) in [
        ("a workbook", "xl/workbook.xml", "xl/workbook.xml"),
        ("slides", "ppt/presentation.xml", "ppt/presentation.xml"),
        ("a theme as main part", "word/theme.xml", "word/theme.xml"),
    ] {
        cases.push(changed(&format!("poses: {name}"), move |archive| {
            *archive.entry(MAIN) = Entry::stored(part, b"<a:theme xmlns:a=\"urn:a\"/>");
            *archive.entry(RELATIONS) = Entry::stored(RELATIONS, relations(target, false).as_bytes());
        }));
    }
    // The number itself in an entry of its own, so that a scan of the bytes would find it.
    cases.push(changed("the number also in an unused part", |archive| {
        archive.entries.push(Entry::stored("word/header1.xml", run(PLANTED).as_bytes()));
    }));
}
