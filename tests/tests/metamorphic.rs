//! What must not matter: the same report packed, written and surrounded otherwise gives the
//! same facts, and the same bytes give the same JSON on every thread and in every run.
// Test code: a panic is a failed test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr
)]

use std::process::Command;
use std::thread;

use gongkai::{CheckOptions, parse};
use gongkai_tests::package::{self, Method};
use gongkai_tests::random::Random;
use gongkai_tests::reading;
use gongkai_tests::render::{Carrier, DocxForm, HtmlForm};
use gongkai_tests::runs;
use gongkai_tests::truth::Fact;

/// Everything a reading and the checks say, as bytes.
fn answers(bytes: &[u8]) -> String {
    let report = parse(bytes).unwrap();
    let options = CheckOptions::default();
    let evaluation = gongkai::evaluate(&report, &options);
    format!("{}{evaluation:?}{}", report.to_json(), gongkai::view::html_page(&report, &evaluation.findings))
}

/// A few documents in every carrier.
fn documents() -> Vec<Vec<u8>> {
    let first = runs::first_seed();
    let render = |seed: u64, carrier: Carrier| carrier.render(&runs::report(seed), &mut Random::new(seed));
    let all =
        (first..first + runs::cases(1)).flat_map(|seed| Carrier::all().into_iter().map(move |c| (seed, c)));
    all.map(|(seed, carrier)| render(seed, carrier)).collect()
}

fn digests() -> Vec<u64> {
    documents().iter().map(|bytes| digest(&answers(bytes))).collect()
}

/// FNV-1a, the same on every machine.
fn digest(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn every_thread_gives_the_same_answers() {
    let alone = digests();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(digests)).collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), alone);
        }
    });
}

/// Hash maps begin elsewhere in every process.
#[test]
fn every_run_gives_the_same_answers() {
    const CHILD: &str = "GONGKAI_PRINT_DIGESTS";
    let own = digests();
    if std::env::var_os(CHILD).is_some() {
        println!("digests {own:?}");
        return;
    }
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["every_run_gives_the_same_answers", "--exact", "--nocapture"])
        .env(CHILD, "1")
        .output()
        .unwrap();
    let printed = String::from_utf8(child.stdout).unwrap();
    assert!(printed.contains(&format!("digests {own:?}")), "another run gave other answers");
}

/// A name, and what is done to the bytes.
type Variation = (&'static str, fn(&[u8]) -> Vec<u8>);

/// The facts of a plain carrier of each kind, and what each variation of it gives.
fn compare(carrier: Carrier, variations: &[Variation]) {
    let first = runs::first_seed();
    let mut failures = Vec::new();
    for seed in first..first + runs::cases(4) {
        let bytes = carrier.render(&runs::report(seed), &mut Random::new(seed));
        let plain = reading::facts(&bytes).unwrap();
        for (name, vary) in variations {
            let varied = vary(&bytes);
            assert_ne!(varied, bytes, "{name} changes nothing");
            match reading::facts(&varied) {
                Ok(facts) if facts == plain => {}
                Ok(facts) => {
                    failures.push(format!("seed {seed} {name}: {}", first_difference(&plain, &facts)))
                }
                Err(error) => failures.push(format!("seed {seed} {name}: refused: {error}")),
            }
        }
    }
    assert!(failures.is_empty(), "{}", runs::first(&failures));
}

fn first_difference(plain: &[Fact], facts: &[Fact]) -> String {
    let different = plain.iter().zip(facts).find(|(a, b)| a != b);
    different.map_or_else(
        || format!("{} cells, not {}", facts.len(), plain.len()),
        |(a, b)| format!("{a:?} became {b:?}"),
    )
}

#[test]
fn packing_does_not_matter() {
    compare(
        Carrier::Docx(DocxForm::Word),
        &[
            ("stored", |bytes| package::zip_with(&package::parts(bytes).unwrap(), Method::Stored)),
            ("deflated lightly", |bytes| {
                package::zip_with(&package::parts(bytes).unwrap(), Method::Deflated(1))
            }),
            ("deflated hard", |bytes| {
                package::zip_with(&package::parts(bytes).unwrap(), Method::Deflated(9))
            }),
            ("with descriptors", |bytes| {
                package::zip_with(&package::parts(bytes).unwrap(), Method::Streamed)
            }),
            ("parts in reverse", |bytes| {
                let mut parts = package::parts(bytes).unwrap();
                parts.reverse();
                package::zip(&parts)
            }),
            ("more parts", |bytes| {
                let mut parts = package::parts(bytes).unwrap();
                parts.insert(0, ("word/media/image1.png".to_owned(), vec![7; 1000]));
                parts.push(("docProps/app.xml".to_owned(), b"<a/>".to_vec()));
                package::zip(&parts)
            }),
            ("UTF-16", |bytes| {
                let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
                main(bytes, |xml| [vec![0xff, 0xfe], wide(&xml.replace("UTF-8", "UTF-16"))].concat())
            }),
        ],
    );
}

/// The package with its main part changed.
fn main(bytes: &[u8], change: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
    let mut parts = package::parts(bytes).unwrap();
    for (_, content) in parts.iter_mut().filter(|(name, _)| name == package::MAIN) {
        *content = change(str::from_utf8(content).unwrap());
    }
    package::zip(&parts)
}

#[test]
fn markup_of_documents_does_not_matter() {
    compare(
        Carrier::Docx(DocxForm::LibreOffice),
        &[
            ("attributes in reverse", |bytes| main(bytes, |xml| reversed(xml).into_bytes())),
            ("more attributes", |bytes| {
                main(bytes, |xml| {
                    xml.replace("<w:p>", "<w:p w:rsidR=\"00AB12CD\" w:rsidRDefault=\"00AB12CD\">")
                        .into_bytes()
                })
            }),
            ("a run for each character", |bytes| {
                main(bytes, |xml| split(xml, "</w:t></w:r><w:r><w:t xml:space=\"preserve\">").into_bytes())
            }),
            ("marks between characters", |bytes| {
                main(bytes, |xml| {
                    split(xml, "</w:t></w:r><w:proofErr w:type=\"spellEnd\"/><w:bookmarkStart w:id=\"1\" w:name=\"a\"/><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">").into_bytes()
                })
            }),
            ("comments between characters", |bytes| {
                main(bytes, |xml| split(xml, "<!-- 99777 -->").into_bytes())
            }),
            ("characters by reference", |bytes| main(bytes, |xml| by_reference(xml).into_bytes())),
            ("empty elements written out", |bytes| {
                main(bytes, |xml| xml.replace("<w:p/>", "<w:p></w:p>").into_bytes())
            }),
            ("apostrophes", |bytes| main(bytes, |xml| xml.replace('"', "'").into_bytes())),
            ("an element of another kind round each table", |bytes| {
                main(bytes, |xml| {
                    xml.replace("<w:tbl>", "<x:a xmlns:x=\"urn:x\"><w:tbl>")
                        .replace("</w:tbl>", "</w:tbl></x:a>")
                        .into_bytes()
                })
            }),
        ],
    );
}

#[test]
fn markup_and_surroundings_of_pages_do_not_matter() {
    fn text(bytes: &[u8]) -> String {
        String::from_utf8(bytes.to_vec()).unwrap()
    }
    compare(
        Carrier::Html(HtmlForm::Clean),
        &[
            ("attributes in reverse", |bytes| reversed(&text(bytes)).into_bytes()),
            ("more attributes", |bytes| {
                text(bytes).replace("<td", "<td class=\"a\" data-b='99777' style=\"color: red\"").into_bytes()
            }),
            ("upper case", |bytes| text(bytes).replace("<td", "<TD").replace("<tr>", "<TR>").into_bytes()),
            ("no end tags", |bytes| text(bytes).replace("</td>", "").replace("</tr>", "").into_bytes()),
            ("white space between tags", |bytes| {
                text(bytes).replace("<td", "\n  <td").replace("</tr>", "\n</tr>\n").into_bytes()
            }),
            ("comments between tags", |bytes| text(bytes).replace("<td", "<!-- 99777 --><td").into_bytes()),
            ("a menu and a footer", |bytes| {
                text(bytes)
                    .replace("<body>", "<body><div class=\"nav\"><ul><li><a href=\"/\">首页</a></li><li><a href=\"/1\">政务公开</a></li></ul></div>")
                    .replace("</body>", "<div class=\"footer\"><p>版权所有 某某网站 备案号 00000000</p><script>var a = 99777;</script></div></body>")
                    .into_bytes()
            }),
            ("inside a layout table", |bytes| {
                text(bytes)
                    .replace("<body>", "<body><table><tr><td>导航</td><td>")
                    .replace("</body>", "</td></tr></table></body>")
                    .into_bytes()
            }),
            ("UTF-16", |bytes| {
                [vec![0xff, 0xfe], text(bytes).encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
            }),
        ],
    );
}

/// The attributes of each start tag in reverse order.
fn reversed(markup: &str) -> String {
    let mut out = String::new();
    for (at, piece) in markup.split('<').enumerate() {
        if at > 0 {
            out.push('<');
        }
        let Some((tag, rest)) = piece.split_once('>') else {
            out.push_str(piece);
            continue;
        };
        // Values here hold neither blanks nor brackets; declarations stay as they are.
        if tag.starts_with(['?', '!', '/']) || tag.matches("=\"").count() < 2 || tag.contains("; ") {
            out.push_str(&format!("{tag}>{rest}"));
            continue;
        }
        let (tag, end) = tag.strip_suffix('/').map_or((tag, ""), |tag| (tag, "/"));
        let mut words: Vec<&str> = tag.split(' ').collect();
        words[1..].reverse();
        out.push_str(&format!("{}{end}>{rest}", words.join(" ")));
    }
    out
}

/// The main part with something between the characters of each text.
fn split(xml: &str, between: &str) -> String {
    texts(xml, |text| {
        let mut characters = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            // A reference is one character.
            let length = if first == '&' { rest.find(';').unwrap() + 1 } else { first.len_utf8() };
            characters.push(&rest[..length]);
            rest = &rest[length..];
        }
        characters.join(between)
    })
}

fn by_reference(xml: &str) -> String {
    texts(xml, |text| {
        if text.contains('&') {
            return text.to_owned();
        }
        text.chars().map(|c| format!("&#x{:x};", u32::from(c))).collect()
    })
}

fn texts(xml: &str, change: impl Fn(&str) -> String) -> String {
    const OPEN: &str = "<w:t xml:space=\"preserve\">";
    let mut pieces = xml.split(OPEN);
    let mut out = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (text, rest) = piece.split_once("</w:t>").unwrap();
        out.push_str(&format!("{OPEN}{}</w:t>{rest}", change(text)));
    }
    out
}
