use std::path::{Path, PathBuf};

use super::*;

#[derive(Clone, Copy, PartialEq)]
struct Any;

impl Namespace for Any {
    fn of_uri(_: &str) -> Self {
        Self
    }
}

/// All tokens as text, and the code of the error that ended reading; `plain` allows
/// the cuts made here. Of two faults in one tag either may be named.
fn tokens(bytes: &[u8], plain: bool) -> (Vec<String>, String) {
    let mut xml = XmlReader::<Any>::new(bytes, &Limits { depth: 60, ..Limits::default() });
    let mut seen = Vec::new();
    loop {
        xml.announced |= !plain;
        let content = |tag: Tag<'_, Any>| {
            let attribute = xml_attribute(&tag);
            format!("{} {} {attribute}", String::from_utf8_lossy(tag.content), tag.local())
        };
        seen.push(match xml.next() {
            Ok(Token::Open(tag)) => format!("open {}", content(tag)),
            Ok(Token::Empty(tag)) => format!("empty {}", content(tag)),
            Ok(Token::Close) => "close".to_owned(),
            Ok(Token::Text(text)) => format!("text {text}"),
            Ok(Token::Char(c)) => format!("char {c}"),
            Ok(Token::End) => return (seen, String::new()),
            Err(error) => return (seen, error.code().to_owned()),
        });
    }
}

fn xml_attribute(tag: &Tag<'_, Any>) -> String {
    tag.attributes().with_checks(false).map(|a| format!("{a:?}")).collect()
}

fn same(bytes: &[u8]) {
    assert_eq!(tokens(bytes, true), tokens(bytes, false), "{}", String::from_utf8_lossy(bytes));
}

#[test]
fn odd_markup_is_cut_as_the_tokenizer_does() {
    for text in [
        "<a/>",
        "<a></a>",
        "<a ></a >",
        "<a b='>'>x</a>",
        "<a b=\">\">x</a>",
        "<a b=\"'\">x</a>",
        "<a b='\"'>x</a>",
        "<a b=\"c\" d=\">\"/>",
        "<a><b c='1'><d></d ></b></a>",
        "<a><b c='1'></a></b>",
        "<a><b></a></b>",
        "<a><b></c></a>",
        "<a></a></a>",
        "<a></a><b/>",
        "<a>x",
        "<a>x&amp;y&#65;z</a>",
        "<a>&bad;</a>",
        "<a>&</a>",
        "<a><![CDATA[<b>]]>t<!-- <c> --><?pi <d> ?></a>",
        "<!DOCTYPE a><a/>",
        "<?xml version=\"1.0\"?>\n<a>\n</a>\n",
        "\u{feff}<a/>",
        "text<a/>",
        "<a/>text",
        "<a b></a>",
        "<a / ></a>",
        "<a/b></a/b>",
        "<1></1>",
        "<_a></_a>",
        "<甲></甲>",
        "<甲 乙=\"丙\"/>",
        "<a><",
        "<a></",
        "<a></a",
        "<a b=\"",
        "<a b",
        "< a/>",
        "<>",
        "",
        "<x:a/>",
        "<a xmlns:x=\"u\"><x:b/></a>",
        "<a xmlns:x='u'><x:b>1</x:b ></a>",
        "<a><b/>]]></a>",
    ] {
        same(text.as_bytes());
    }
    same(b"<a>\xff</a>");
    same(b"<a b=\"\xff\"/>");
    same(b"<a></\xff>");
    same(b"<a><b></a>\xff");
    let deep = "<a>".repeat(70);
    same(deep.as_bytes());
}

fn fixtures(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            fixtures(&path, found);
        } else if path.extension().is_some_and(|e| e == "xml" || e == "rels") {
            found.push(path);
        }
    }
}

/// The parts of all fixtures, whole and with every kind of harm.
#[test]
fn fixtures_are_cut_as_the_tokenizer_does() {
    let mut paths = Vec::new();
    fixtures(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures"), &mut paths);
    assert!(paths.len() > 30, "{}", paths.len());
    paths.sort();
    let mut bits = 1_u64;
    let mut random = |bound: usize| {
        bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (bits >> 33) as usize % bound.max(1)
    };
    for path in paths {
        let bytes = std::fs::read(path).unwrap();
        same(&bytes);
        for _ in 0..20 {
            let mut harmed = bytes.clone();
            let at = random(harmed.len());
            match random(4) {
                0 => harmed.truncate(at),
                1 => drop(harmed.splice(at..at, [b"<>/\"'& =\xff\n"[random(10)]])),
                2 => harmed[at] = b"<>/\"'& =\xff\n"[random(10)],
                _ => drop(harmed.remove(at)),
            }
            same(&harmed);
        }
    }
}
