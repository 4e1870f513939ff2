//! Archives of documents: which members they have, and what cannot be read of them.
// Test code: a panic is a failed test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use gongkai::{Archive, Limits, ParseOptions};
use gongkai_tests::package::{Method, zip, zip_with};

const REPORT: &str = "某某县2023年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n";

fn files(names: &[&str]) -> Vec<(String, Vec<u8>)> {
    names.iter().map(|name| ((*name).to_owned(), REPORT.as_bytes().to_vec())).collect()
}

fn open(bytes: &[u8]) -> Archive {
    Archive::open(bytes, &Limits::default()).unwrap()
}

/// Every byte string that is `from`, made `to`.
fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes.to_vec();
    let places: Vec<usize> =
        (0..=bytes.len() - from.len()).filter(|&at| bytes[at..].starts_with(from)).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

#[test]
fn members_are_read_one_by_one() {
    let names =
        ["年报/甲.txt", "年报/乙.docx", "c.JPG", "../../etc/d.txt", "__MACOSX/a.txt", "~$乙.docx", "x.zip"];
    let archive = open(&zip(&files(&names)));
    let told: Vec<(&str, bool)> = archive.members().iter().map(|m| (m.name(), m.is_document())).collect();
    let expected = [true, true, false, true, false, false, true];
    assert_eq!(told, names.into_iter().zip(expected).collect::<Vec<_>>());
    for member in archive.members() {
        assert_eq!(member.size(), REPORT.len() as u64);
        assert_eq!(archive.read(member).unwrap(), REPORT.as_bytes());
    }
}

#[test]
fn names_are_decoded() {
    let name = in_gb18030("报告.txt");
    // The file flags its names as UTF-8 only where they are not ASCII.
    let bytes = replaced(&zip(&files(&["xxxx.txt"])), b"xxxx", &name);
    assert_eq!(open(&bytes).members()[0].name(), "报告.txt");
    let bytes = replaced(&zip(&files(&["a-b.txt"])), b"a-b", b"a\\b");
    assert_eq!(open(&bytes).members()[0].name(), "a/b.txt");
}

/// The first two characters in GB18030.
fn in_gb18030(name: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(name).0[..4].to_vec()
}

#[test]
fn a_document_is_no_archive() {
    for part in ["[Content_Types].xml", "word/document.xml", "mimetype", "OFD.xml"] {
        let bytes = zip(&files(&["a.txt", part]));
        assert!(!Archive::is_archive(&bytes), "{part}");
        assert_eq!(Archive::open(bytes, &Limits::default()).err().unwrap().code(), "not-an-archive");
    }
    assert!(!Archive::is_archive(REPORT.as_bytes()));
    assert_eq!(Archive::open(REPORT.as_bytes(), &Limits::default()).err().unwrap().code(), "not-a-package");
}

#[test]
fn parse_refuses_an_archive_by_name() {
    // Stored, so that the names of the inner package stand in the bytes.
    let inner = zip_with(
        &files(&["[Content_Types].xml", "word/document.xml", "xl/a.xml", "OFD.xml"]),
        Method::Stored,
    );
    for method in [Method::Stored, Method::Deflated(6), Method::Streamed] {
        for name in ["a.docx", "a.ofd", "a.xlsx"] {
            let bytes = zip_with(&[(name.to_owned(), inner.clone())], method);
            assert!(Archive::is_archive(&bytes));
            let error = gongkai::parse(&bytes).unwrap_err();
            assert_eq!((error.kind().name(), error.code()), ("unsupported", "archive"));
        }
    }
    assert_eq!(gongkai::parse(&zip(&[])).unwrap_err().code(), "not-a-package");
}

#[test]
fn what_passes_a_limit_is_refused() {
    let size = REPORT.len() as u64;
    let bytes = zip(&files(&["a.txt", "b.txt", "c.txt"]));
    let refused = |limits: Limits| Archive::open(bytes.clone(), &limits).err().map(|error| error.to_string());
    let limits = Limits { archive_bytes: 3 * size, entries: 3, ..Limits::default() };
    assert_eq!(refused(limits.clone()), None);
    let passed = [
        ("archive_bytes", Limits { archive_bytes: 3 * size - 1, ..limits.clone() }),
        ("entries", Limits { entries: 2, ..limits.clone() }),
        ("input_bytes", Limits { input_bytes: bytes.len() as u64 - 1, ..limits.clone() }),
    ];
    for (name, limits) in passed {
        assert!(refused(limits).unwrap().contains(name), "{name}");
    }

    // A mebibyte that is a kilobyte: members are held to what their own bytes allow.
    let bytes = zip(&[("a.txt".to_owned(), vec![b'a'; 4 << 20])]);
    let archive = Archive::open(bytes, &Limits { inflate_ratio: 10, ..Limits::default() }).unwrap();
    assert!(archive.read(&archive.members()[0]).unwrap_err().to_string().contains("inflate_ratio"));
    let bytes = zip(&[("a.txt".to_owned(), vec![b'a'; 4 << 20])]);
    let archive = Archive::open(bytes, &Limits { input_bytes: 1 << 20, ..Limits::default() }).unwrap();
    assert!(archive.read(&archive.members()[0]).unwrap_err().to_string().contains("input_bytes"));
}

#[test]
fn a_member_is_never_larger_than_it_states() {
    let size = 1u32 << 20;
    let bytes = zip(&[("a.txt".to_owned(), vec![b'a'; size as usize])]);
    let bytes = replaced(&bytes, &size.to_le_bytes(), &1000u32.to_le_bytes());
    let archive = open(&bytes);
    assert_eq!(archive.members()[0].size(), 1000);
    let error = archive.read(&archive.members()[0]).unwrap_err();
    assert_eq!((error.kind().name(), error.code()), ("input", "damaged"));
}

#[test]
fn names_that_stand_twice_are_refused() {
    let bytes = replaced(&zip(&files(&["a.txt", "b.txt"])), b"b.txt", b"a.txt");
    assert_eq!(Archive::open(bytes.clone(), &Limits::default()).err().unwrap().code(), "duplicate-part");
    assert_eq!(
        gongkai::parse_with_options(&bytes, &ParseOptions::default()).unwrap_err().code(),
        "duplicate-part"
    );
}

#[test]
fn broken_members_do_not_harm_the_others() {
    let mut parts = files(&["a.txt", "b.txt"]);
    parts[1].1.extend_from_slice(b"planted");
    let bytes = zip_with(&parts, Method::Stored);
    let archive = open(&replaced(&bytes, b"planted", b"PLANTED"));
    let [first, second] = archive.members() else { panic!("two members") };
    assert!(archive.read(first).is_ok());
    assert_eq!(archive.read(second).unwrap_err().code(), "damaged");
}
