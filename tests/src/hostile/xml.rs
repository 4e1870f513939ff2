//! The main part as XML: encodings, entities, ill-formedness, namespaces, depth.

use encoding_rs::GBK;

use super::{BASE, Case, FIGURE, PLANTED, appended, case, docx, figure, rooted, run};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

fn main(name: &str, text: impl Into<Vec<u8>>) -> Case {
    let text = text.into();
    case(name, move || docx(text))
}

/// The root and what is in it, without the declaration.
fn root() -> &'static str {
    BASE.main.strip_prefix(DECLARATION).unwrap()
}

fn declared(encoding: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>{}", root())
}

fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn marked(mark: &[u8], text: Vec<u8>) -> Vec<u8> {
    [mark, &text].concat()
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    encodings(&mut cases);
    entities(&mut cases);
    forms(&mut cases);
    namespaces(&mut cases);
    sizes(&mut cases);
    depths(&mut cases);
    cases
}

fn encodings(cases: &mut Vec<Case>) {
    let (le, be) = (u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes as fn(u16) -> [u8; 2]);
    let utf16 = declared("UTF-16");
    let mut wider = vec![0xff, 0xfe, 0, 0];
    wider.extend(root().chars().flat_map(|c| u32::from(c).to_le_bytes()));
    let mut odd = marked(&[0xff, 0xfe], wide(&utf16, le));
    odd.pop();
    let mut lone = wide(&utf16, le);
    let at = lone.windows(2).position(|pair| pair == [b'1', 0]).unwrap();
    lone[at..at + 2].copy_from_slice(&[0x00, 0xd8]);
    let bad = |bytes: &[u8]| {
        let at = BASE.main.find(FIGURE).unwrap();
        [&BASE.main.as_bytes()[..at + 2], bytes, &BASE.main.as_bytes()[at + 2..]].concat()
    };
    cases.extend([
        main("UTF-8 with a mark", format!("\u{feff}{}", BASE.main)),
        main("UTF-8 with two marks", format!("\u{feff}\u{feff}{}", BASE.main)),
        main("UTF-8 without declaration", root()),
        main("UTF-16 LE with a mark", marked(&[0xff, 0xfe], wide(&utf16, le))),
        main("UTF-16 BE with a mark", marked(&[0xfe, 0xff], wide(&utf16, be))),
        main("UTF-16 LE without a mark", wide(&utf16, le)),
        main("UTF-16 BE without a mark", wide(&utf16, be)),
        main("UTF-16 of odd length", odd),
        main("UTF-16 with half a pair", lone),
        main("UTF-16 mark before UTF-8", marked(&[0xff, 0xfe], BASE.main.clone().into())),
        main("UTF-32 with a mark", wider),
        main("GBK, said to be", GBK.encode(&declared("GBK")).0.into_owned()),
        main("GBK, said to be UTF-8", GBK.encode(&BASE.main).0.into_owned()),
        main("UTF-8, said to be GBK", declared("GBK")),
        main("UTF-8, said to be UTF-16", utf16.clone()),
        main("UTF-8, said to be nonsense", declared("nonsense")),
        main("XML 1.1", BASE.main.replace("version=\"1.0\"", "version=\"1.1\"")),
        main("white space before the declaration", format!("\n{}", BASE.main)),
        main("a byte of UTF-8 alone", bad(b"\x80")),
        main("UTF-8 cut off inside the number", bad(b"\xe4\xb8")),
        main("an overlong 0", bad(b"\xc0\xb0")),
        main("a surrogate in UTF-8", bad(b"\xed\xa0\x80")),
        main("beyond Unicode", bad(b"\xf5\x80\x80\x80")),
        main("NUL in the number", bad(b"\0")),
        main("a control byte in the number", bad(b"\x08")),
        main("NUL between elements", BASE.main.replacen("<w:tr>", "\0<w:tr>", 1)),
        main("U+FFFF in the number", figure("10\u{ffff}37")).shows("unreadable"),
        main("empty", ""),
        main("white space alone", " \n "),
        main("a declaration alone", DECLARATION),
    ]);
}

fn entities(cases: &mut Vec<Case>) {
    let doctype = |inner: &str, use_: &str| {
        format!("{DECLARATION}<!DOCTYPE w:document [{inner}]>{}", root().replace(FIGURE, use_))
    };
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    cases.extend([
        main("a document type", doctype("", FIGURE)),
        main("billions of entities", doctype(&format!("<!ENTITY l0 \"7\">{laughs}"), "&l9;")),
        main(
            "entities, quadratic",
            doctype(&format!("<!ENTITY a \"{}\">", "7".repeat(50_000)), &"&a;".repeat(50_000)),
        ),
        main("an entity of itself", doctype("<!ENTITY a \"&a;\">", "&a;")),
        main("an external entity", doctype("<!ENTITY a SYSTEM \"file:///etc/passwd\">", "&a;")),
        main(
            "an external type",
            BASE.main.replace("<w:document", "<!DOCTYPE a SYSTEM \"http://example.invalid/\"><w:document"),
        ),
        main("an entity of the number", doctype("<!ENTITY a \"99777\">", "&a;")),
        main("a document type after the root", format!("{}<!DOCTYPE a>", BASE.main)),
        main("an undefined entity", figure("10&nbsp;37")),
        main("predefined entities", figure("&lt;1037&gt;")).shows("unreadable"),
        main("decimal references", figure("&#49;&#48;&#51;&#55;")),
        main("hexadecimal references", figure("&#x31;&#x30;&#X33;&#x37;")),
        main("references with zeros", figure("&#0000000000000000049;037")),
        main("a reference of NUL", figure("10&#0;37")),
        main("a reference of a control character", figure("10&#8;37")),
        main("a reference of half a pair", figure("10&#xD800;37")),
        main("a reference beyond Unicode", figure("10&#x110000;37")),
        main("a reference of 2^32+49", figure("&#4294967345;037")),
        main("a reference without an end", figure("10&#49")),
        main("an ampersand", figure("10&37")),
        main("a reference of white space", figure("10&#32;37")).shows("1037 or unreadable"),
        main("CDATA", figure("<![CDATA[1037]]>")),
        main("CDATA in the number", figure("1<![CDATA[03]]>7")),
        main("CDATA with markup", figure("<![CDATA[<w:t>99</w:t>]]>")).shows("unreadable"),
        main("empty CDATA in the number", figure("10<![CDATA[]]>37")),
        main("a comment in the number", figure("10<!-- 99777 -->37")),
        main("an instruction in the number", figure("10<?x 99777?>37")),
        main("a million comments in the number", figure(&format!("10{}37", "<!--a-->".repeat(1_000_000)))),
        main("100 000 references", figure(&"&#49;".repeat(100_000))).shows("unreadable"),
    ]);
}

fn forms(cases: &mut Vec<Case>) {
    cases.extend([
        main("an end tag of another name", BASE.main.replacen("</w:tr>", "</w:tc>", 1)),
        main("an end tag too many", BASE.main.replacen("</w:tr>", "</w:tr></w:tr>", 1)),
        main("an end tag missing", BASE.main.replacen("</w:tr>", "", 1)),
        main("no end", BASE.main.replace("</w:body></w:document>", "")),
        main("two roots", format!("{}{}", BASE.main, root())),
        main("text after the root", format!("{}99777", BASE.main)),
        main("text before the root", BASE.main.replace("<w:document", "x<w:document")),
        main("comments round the root", format!("{DECLARATION}<!--a-->{}<!--b--><?c?>\n", root())),
        main("NUL after the root", format!("{}\0", BASE.main)),
        main("an attribute twice", BASE.main.replacen("w:w=\"900\"", "w:w=\"900\" w:w=\"901\"", 1)),
        main("a span twice", with_span("<w:gridSpan w:val=\"1\" w:val=\"2\"/>")),
        main("an attribute without quotes", with_span("<w:gridSpan w:val=1/>")),
        main("an attribute without value", with_span("<w:gridSpan w:val/>")),
        main("< in an attribute", with_span("<w:gridSpan w:val=\"<\"/>")),
        main("a tag without name", BASE.main.replacen("<w:tr>", "<><w:tr>", 1)),
        main("a name that begins with a digit", appended("<7/>")),
        main("a colon alone", appended("<:/>")),
        main("two colons", appended("<w:a:b/>")),
        main("a prefix nobody declared", appended("<q:a/>")),
        main("an attribute's prefix nobody declared", appended("<w:p q:a=\"1\"/>")),
        main("-- in a comment", appended("<!-- a -- b -->")),
        main("a comment without end", appended("<!-- ")),
        main("CDATA without end", figure("<![CDATA[1037")),
        main("an instruction without end", appended("<?a ")),
        main("]]> in text", figure("1037]]>")).shows("unreadable"),
        main("a declaration inside", appended(DECLARATION)),
        main("a space before a name", BASE.main.replacen("<w:tr>", "< w:tr>", 1)),
        main("spaces in end tags", BASE.main.replace("</w:t>", "</w:t >")),
        main("line ends in tags", BASE.main.replace("<w:tc>", "<w:tc\r\n>")),
        main("apostrophes", BASE.main.replace("w:val=\"center\"", "w:val='center'")),
        main(
            "attributes in another order",
            BASE.main.replace("<w:tcW w:w=\"900\" w:type=\"dxa\"/>", "<w:tcW w:type=\"dxa\" w:w=\"900\"/>"),
        ),
        main("empty elements written out", BASE.main.replace("<w:p/>", "<w:p></w:p>")),
    ]);
}

/// The cell has that property.
fn with_span(property: &str) -> String {
    super::with("w:tc", |cell| cell.replace("</w:tcPr>", &format!("{property}</w:tcPr>")))
}

fn namespaces(cases: &mut Vec<Case>) {
    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let strict = BASE.main.replace(WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main");
    let prefixed = |prefix: &str| {
        BASE.main
            .replace("<w:", &format!("<{prefix}:"))
            .replace("</w:", &format!("</{prefix}:"))
            .replace(" w:", &format!(" {prefix}:"))
            .replace("xmlns:w=", &format!("xmlns:{prefix}="))
    };
    let default = BASE
        .main
        .replace("<w:", "<")
        .replace("</w:", "</")
        .replace("xmlns:w=", "xmlns:w=\"urn:x\" xmlns=")
        .replace(" w:", " v:")
        .replace("<document ", &format!("<document xmlns:v=\"{WORD}\" "));
    cases.extend([
        main("strict", strict),
        main("another prefix", prefixed("ns0")),
        main("a Chinese prefix", prefixed("公")),
        main("the default namespace", default),
        main("the prefix means another namespace", BASE.main.replace(WORD, "urn:other")),
        main("the namespace with a space behind", BASE.main.replace(WORD, &format!("{WORD} "))),
        main("the namespace by references", BASE.main.replace("http:", "&#104;ttp:")),
        main(
            "the prefix declared anew for a row",
            super::with("w:tr", |row| row.replacen("<w:tr>", "<w:tr xmlns:w=\"urn:other\">", 1)),
        )
        .other(),
        main(
            "the prefix declared anew, the same",
            super::with("w:tr", |row| row.replacen("<w:tr>", &format!("<w:tr xmlns:w=\"{WORD}\">"), 1)),
        ),
        main(
            "the prefix taken away",
            super::with("w:tr", |row| row.replacen("<w:tr>", "<w:tr xmlns:w=\"\">", 1)),
        ),
        main(
            "the number in a foreign element",
            run("<x:y xmlns:x=\"urn:x\"><w:r><w:t>1037</w:t></w:r></x:y>"),
        ),
        main(
            "a foreign element with the number",
            run(&format!("<x:t xmlns:x=\"urn:x\">{PLANTED}</x:t>{}", super::RUN)),
        ),
        main("text that belongs to nothing", run(&format!("{PLANTED}{}", super::RUN))),
        main("no namespace at all", BASE.main.replace("<w:", "<").replace("</w:", "</")),
    ]);
}

fn sizes(cases: &mut Vec<Case>) {
    let attributes = |count: usize| -> String { (0..count).map(|at| format!("a{at}=\"\" ")).collect() };
    let declarations =
        |count: usize| -> String { (0..count).map(|at| format!("xmlns:n{at}=\"urn:{at}\" ")).collect() };
    cases.extend([
        case("100 attributes", move || docx(rooted(&attributes(100)))),
        case("1 000 000 attributes of the root", move || docx(rooted(&attributes(1_000_000)))),
        case("1 000 000 attributes of a span", move || {
            docx(with_span(&format!("<w:gridSpan {} w:val=\"1\"/>", attributes(1_000_000))))
        }),
        case("60 namespaces", move || docx(rooted(&declarations(60)))),
        case("100 000 namespaces", move || docx(rooted(&declarations(100_000)))),
        case("100 000 namespaces, and elements that look for theirs", move || {
            let elements = "<n0:a/><n1:b/>".repeat(200_000);
            docx(rooted(&declarations(100_000)).replace("<w:sectPr/>", &elements))
        }),
        case("namespaces one inside the other", || {
            let open: String = (0..200).map(|at| format!("<n{at}:a xmlns:n{at}=\"urn:{at}\">")).collect();
            let close: String = (0..200).rev().map(|at| format!("</n{at}:a>")).collect();
            docx(appended(&format!("{open}{close}")))
        }),
        case("a namespace of 10 MB", || docx(rooted(&format!("xmlns:n=\"{}\"", "a".repeat(10 << 20))))),
        case("a prefix of 1 MB, declared once and used often", || {
            let prefix = "n".repeat(1 << 20);
            docx(
                rooted(&format!("xmlns:{prefix}=\"urn:n\""))
                    .replace("<w:sectPr/>", &format!("<{prefix}:a/><w:p/>").repeat(12)),
            )
        }),
        case("an element's name of 10 MB", || docx(appended(&format!("<w:{}/>", "a".repeat(10 << 20))))),
        case("a text of 16 MB", || {
            docx(appended(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "7".repeat(16 << 20))))
        }),
        case("a text of 16 MB in pieces", || {
            docx(appended(&format!("<w:p>{}</w:p>", "<w:r><w:t>7</w:t></w:r>".repeat(700_000))))
        }),
        case("a comment of 60 MB", || docx(appended(&format!("<!--{}-->", "a".repeat(60 << 20))))),
        case("2 000 000 empty paragraphs", || docx(appended(&"<w:p/>".repeat(2_000_000)))),
        case("9 000 000 elements", || docx(appended(&"<w:a/>".repeat(9_000_000)))),
        case("1 000 000 ends of fields", || {
            docx(appended(&format!("<w:p>{}</w:p>", "<w:fldChar w:fldCharType=\"end\"/>".repeat(1_000_000))))
        }),
        case("10 000 beginnings of fields, a paragraph each", || {
            docx(appended(
                &"<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:t>7</w:t></w:r></w:p>".repeat(10_000),
            ))
        }),
    ]);
}

fn depths(cases: &mut Vec<Case>) {
    const KINDS: &[(&str, &str, &str)] = &[
        ("tables", "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("content controls", "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("insertions", "<w:ins>", "</w:ins>"),
        ("deletions", "<w:del>", "</w:del>"),
        ("paragraphs", "<w:p>", "</w:p>"),
        ("runs", "<w:r>", "</w:r>"),
        ("links", "<w:hyperlink>", "</w:hyperlink>"),
        ("text boxes", "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
        (
            "alternatives",
            "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Fallback>",
            "</mc:Fallback></mc:AlternateContent>",
        ),
        ("unknown elements", "<w:unknown>", "</w:unknown>"),
        ("foreign elements", "<x:a xmlns:x=\"urn:x\">", "</x:a>"),
        ("properties", "<w:pPr>", "</w:pPr>"),
    ];
    for &(name, open, close) in KINDS {
        for times in [20, 100, 1_000, 100_000] {
            // The planted number is what the deletions hide; elsewhere it is only text of 7s.
            let inner = if name == "deletions" { PLANTED } else { "7" };
            let make = move || {
                let core = format!("<w:p><w:r><w:t>{inner}</w:t></w:r></w:p>");
                docx(appended(&format!("{}{core}{}", open.repeat(times), close.repeat(times))))
            };
            cases.push(case(format!("{times} {name} deep"), make));
        }
    }
    cases.push(case("1 000 000 unknown elements deep, unclosed", || {
        docx(appended(&"<w:a>".repeat(1_000_000)))
    }));
}
