//! Web pages and packages in one file: boundaries, encodings and parts that lie.

use std::sync::LazyLock;

use super::{BASE, Case, FIGURE, PLANTED, case, docx};
use crate::package;
use crate::random::Random;
use crate::render::{Carrier, MhtmlForm, base64};

/// A page in base64, the second of three parts.
static BASE64: LazyLock<String> = LazyLock::new(|| {
    format!(
        "From: <Saved by Browser>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype=\"text/html\";\n\tstart=\"<page@mhtml>\"; boundary=\"a;b\"\n\n--a;b\nContent-Type: text/html\nContent-ID: <frame@mhtml>\n\n<p>{PLANTED}</p>\n--a;b\nContent-Type: text/html; charset=utf-8\nContent-ID: <page@mhtml>\nContent-Transfer-Encoding: base64\n\n{}\n--a;b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--a;b--\n",
        base64(BASE.html.as_bytes())
    )
});
/// A page in quoted-printable, the first of two parts.
static QUOTED: LazyLock<String> = LazyLock::new(|| {
    String::from_utf8(Carrier::Mhtml(MhtmlForm::Word).render(&BASE.printed, &mut Random::new(5))).unwrap()
});
/// A package as one XML document.
static FLAT: LazyLock<String> = LazyLock::new(|| String::from_utf8(package::flat(&BASE.parts)).unwrap());

fn text(name: &str, text: impl Into<Vec<u8>>) -> Case {
    let bytes = text.into();
    case(name, || bytes)
}

fn changed(name: &str, page: &str, from: &str, to: &str) -> Case {
    assert!(page.contains(from), "{name} changes nothing");
    text(name, page.replacen(from, to, 1))
}

/// One part behind a header.
fn part(boundary: &str, header: &str, body: &str) -> String {
    format!("--{boundary}\r\nContent-Type: text/html; charset=utf-8\r\n{header}\r\n{body}\r\n")
}

fn whole(boundary: &str, parts: &str) -> String {
    format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"{boundary}\"\r\n\r\n{parts}--{boundary}--\r\n"
    )
}

pub(super) fn mhtml() -> Vec<Case> {
    let mut cases =
        vec![text("plain, base64", BASE64.as_str()), text("plain, quoted-printable", QUOTED.as_str())];
    let html = BASE.html.as_str();
    let in_base64 = |name: &str, from: &str, to: &str| changed(name, &BASE64, from, to);
    let quoted = |name: &str, from: &str, to: &str| changed(name, &QUOTED, from, to);
    // The first line of the page's base64.
    let start = BASE64.find("base64\n\n").unwrap() + 8;
    let line = &BASE64[start..start + 76];
    cases.extend([
        in_base64("a boundary that is none", "boundary=\"a;b\"", "boundary=\"c\""),
        in_base64("an empty boundary", "boundary=\"a;b\"", "boundary=\"\""),
        in_base64("no boundary", "boundary=\"a;b\"", "x=y"),
        in_base64("a boundary left open", "boundary=\"a;b\"", "boundary=\"a;b"),
        in_base64("two boundaries", "boundary=\"a;b\"", "boundary=\"c\"; boundary=\"a;b\"").other(),
        in_base64("a start that is none", "start=\"<page@mhtml>\"", "start=\"<none>\"").other(),
        in_base64("a start that is another", "start=\"<page@mhtml>\"", "start=\"<frame@mhtml>\"").other(),
        in_base64("no last boundary", "\n--a;b--\n", "\n"),
        in_base64(
            "an encoding that is none",
            "Content-Transfer-Encoding: base64",
            "Content-Transfer-Encoding: x",
        ),
        in_base64(
            "quoted-printable that is base64",
            "Content-Transfer-Encoding: base64",
            "Content-Transfer-Encoding: quoted-printable",
        ),
        in_base64("no encoding", "Content-Transfer-Encoding: base64\n", ""),
        in_base64("a character that is no digit", line, &format!("!{line}")),
        in_base64("blanks among the digits", line, &format!(" {} \t{}", &line[..10], &line[10..])),
        in_base64("padding in the middle", line, &format!("{}=={}", &line[..10], &line[10..])),
        in_base64("one digit too many", line, &format!("A{line}")),
        in_base64("one digit too few", line, &line[1..]),
        in_base64("a line left out", line, ""),
        in_base64("a charset that is none", "charset=utf-8", "charset=x-none"),
        in_base64("another charset", "charset=utf-8", "charset=gbk"),
        quoted("half an escape at the end of a line", "=\r\n", "=4\r\n").other(),
        quoted("an escape that is none", "=\r\n", "=ZZ=\r\n").other(),
        quoted("an escape in lower case", "=D0", "=d0").other(),
        quoted("blanks behind a soft end", "=\r\n", "=   \r\n"),
        quoted("a charset that is another", "gb2312", "utf-8").other(),
        quoted("quoted, a charset that is none", "gb2312", "x-none").other(),
        text("one part", whole("a", &part("a", "", html))),
        text("two equal parts", whole("a", &part("a", "", html).repeat(2))),
        text(
            "a planted part before",
            whole("a", &format!("{}{}", part("a", "Content-ID: <b>\r\n", PLANTED), part("a", "", html))),
        )
        .other(),
        text(
            "a boundary inside of the page",
            whole("a", &part("a", "", &html.replace(FIGURE, "\r\n--a\r\n\r\n1037"))),
        )
        .other(),
        text(
            "a longer boundary inside of the page",
            whole("a", &part("a", "", &html.replace(FIGURE, "\r\n--ab\r\n1037"))),
        )
        .other(),
        text("parts of no header", whole("a", "--a\r\n\r\n7\r\n")).other(),
        text(
            "a header that never ends",
            format!(
                "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n--a\r\n{}",
                "a: b\r\n".repeat(500_000)
            ),
        ),
        text(
            "a header of one line, 10 MB",
            format!("MIME-Version: 1.0\r\nX: {}\r\n\r\n{html}", "a".repeat(10 << 20)),
        ),
        text(
            "a folded header, 1 000 000 lines",
            format!("MIME-Version: 1.0\r\nX: a\r\n{}\r\n{html}", " a\r\n".repeat(1_000_000)),
        ),
        text(
            "parameters, 300 000",
            format!(
                "MIME-Version: 1.0\r\nContent-Type: multipart/related{}; boundary=a\r\n\r\n{}",
                "; a=b".repeat(300_000),
                part("a", "", html)
            ),
        ),
        text(
            "empty parts, 20 000",
            whole("a", &format!("{}{}", "--a\r\n\r\n".repeat(20_000), part("a", "", html))),
        ),
        text(
            "empty parts, 500 000",
            whole("a", &format!("{}{}", "--a\r\n\r\n".repeat(500_000), part("a", "", html))),
        ),
        text("pages, 5 000", whole("a", &part("a", "", "<p>7</p>").repeat(5_000))),
    ]);
    for depth in [2, 8, 100, 10_000] {
        cases.push(case(format!("multiparts, {depth} deep"), move || {
            let mut message = String::from("MIME-Version: 1.0\r\n");
            for level in 0..depth {
                message.push_str(&format!(
                    "Content-Type: multipart/related; boundary=b{level}\r\n\r\n--b{level}\r\n"
                ));
            }
            message.push_str(&format!("Content-Type: text/html; charset=utf-8\r\n\r\n{}", BASE.html));
            for level in (0..depth).rev() {
                message.push_str(&format!("\r\n--b{level}--\r\n"));
            }
            message.into_bytes()
        }));
        cases.push(case(format!("multiparts of one boundary, {depth} deep"), move || {
            let open = "Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\n".repeat(depth);
            format!(
                "MIME-Version: 1.0\r\n{open}Content-Type: text/html; charset=utf-8\r\n\r\n{}\r\n--b--\r\n",
                BASE.html
            )
            .into_bytes()
        }));
    }
    for percent in (0..100).step_by(10) {
        for (name, page) in [("base64", &BASE64), ("quoted", &QUOTED)] {
            cases.push(
                case(format!("{name} cut at {percent} %"), move || {
                    page.as_bytes()[..page.len() * percent / 100].to_vec()
                })
                .other(),
            );
        }
    }
    cases
}

pub(super) fn flatopc() -> Vec<Case> {
    let main = |main: &str| {
        let parts = BASE.parts.iter().map(|(name, bytes)| {
            let content = if name == package::MAIN { main.as_bytes().to_vec() } else { bytes.clone() };
            (name.clone(), content)
        });
        package::flat(&parts.collect::<Vec<_>>())
    };
    let flat = |name: &str, from: &str, to: &str| changed(name, &FLAT, from, to);
    let name = format!("pkg:name=\"/{}\"", package::MAIN);
    let end = "</pkg:package>";
    let more = |name: &str, part: &str| changed(name, &FLAT, end, &format!("{part}{end}"));
    let planted = format!(
        "<pkg:part {name}><pkg:xmlData><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>{PLANTED}</w:t></w:r></w:p></w:body></w:document></pkg:xmlData></pkg:part>"
    );
    let mut cases = vec![
        text("plain", FLAT.as_str()),
        more("the main part twice", &planted),
        more("the main part twice, in capitals", &planted.replace("document.xml", "DOCUMENT.XML")),
        more("the main part twice, by another path", &planted.replace("/word/", "/word/../word/")),
        more(
            "the relations twice",
            "<pkg:part pkg:name=\"/_rels/.rels\"><pkg:xmlData><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/></pkg:xmlData></pkg:part>",
        ),
        more("a part without a name", "<pkg:part><pkg:xmlData/></pkg:part>"),
        more("a part without data", "<pkg:part pkg:name=\"/a\"/>"),
        more(
            "a part with both kinds of data",
            "<pkg:part pkg:name=\"/a\"><pkg:xmlData/><pkg:binaryData>AAAA</pkg:binaryData></pkg:part>",
        ),
        more(
            "binary data that is no base64",
            "<pkg:part pkg:name=\"/a\"><pkg:binaryData>!!</pkg:binaryData></pkg:part>",
        ),
        more(
            "parts, 20 000",
            &(0..20_000)
                .map(|n| format!("<pkg:part pkg:name=\"/a{n}\"><pkg:xmlData/></pkg:part>"))
                .collect::<String>(),
        ),
        more(
            "parts, 5 000",
            &(0..5_000)
                .map(|n| format!("<pkg:part pkg:name=\"/a{n}\"><pkg:xmlData/></pkg:part>"))
                .collect::<String>(),
        ),
        more(
            "binary data of 40 MB",
            &format!(
                "<pkg:part pkg:name=\"/a\"><pkg:binaryData>{}</pkg:binaryData></pkg:part>",
                "A".repeat(40 << 20)
            ),
        ),
        more("a package in the package", &FLAT[FLAT.find("<pkg:package").unwrap()..]),
        more(
            "XML data in XML data",
            "<pkg:part pkg:name=\"/a\"><pkg:xmlData><pkg:xmlData/></pkg:xmlData></pkg:part>",
        ),
        more(
            "elements, 100 000 deep",
            &format!(
                "<pkg:part pkg:name=\"/a\"><pkg:xmlData>{}{}</pkg:xmlData></pkg:part>",
                "<a>".repeat(100_000),
                "</a>".repeat(100_000)
            ),
        ),
        more("an entity that is none", "&nbsp;"),
        flat("the main part by another name", &name, "pkg:name=\"/word/other.xml\""),
        flat("the main part without a slash", &name, "pkg:name=\"word/document.xml\""),
        flat("the main part by backslashes", &name, "pkg:name=\"\\word\\document.xml\""),
        flat("a name of 100 000 characters", &name, &format!("pkg:name=\"/{}\"", "a".repeat(100_000))),
        flat("another namespace", "http://schemas.microsoft.com/office/2006/xmlPackage", "urn:x"),
        flat("no namespace", "xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\"", ""),
        flat("a DTD", "<pkg:package", "<!DOCTYPE a [<!ENTITY b \"99777\">]><pkg:package"),
        flat(
            "the main part as binary data as well",
            &format!("{name} pkg:contentType=\"application/xml\">"),
            &format!("{name} pkg:contentType=\"application/xml\"><pkg:binaryData/>"),
        ),
        flat("a second root", end, "</pkg:package><pkg:package/>"),
        flat("text behind the root", end, "</pkg:package>99777"),
        flat("cut before the end", end, ""),
    ];
    let mains = [
        (
            "deleted text in the number",
            BASE.main.replace(
                super::RUN,
                &format!("<w:del><w:r><w:delText>{PLANTED}</w:delText></w:r></w:del>{}", super::RUN),
            ),
        ),
        ("CDATA in the number", BASE.main.replace(FIGURE, "10<![CDATA[37]]>")),
        ("a comment in the number", BASE.main.replace(FIGURE, "10<!-- 99777 -->37")),
        ("character references in the number", BASE.main.replace(FIGURE, "&#x31;&#48;37")),
    ];
    cases.extend(mains.map(|(name, changed)| text(name, main(&changed))));
    // Packed, and named as one file.
    cases.push(text("a zip package", docx(BASE.main.as_str())));
    for percent in (0..100).step_by(10) {
        cases.push(text(&format!("cut at {percent} %"), &FLAT.as_bytes()[..FLAT.len() * percent / 100]));
    }
    cases
}
