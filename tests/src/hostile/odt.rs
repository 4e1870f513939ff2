//! OpenDocument text: repetitions, spans, changes and packages that lie.

use std::sync::LazyLock;

use super::{BASE, Case, FIGURE, PLANTED, case};
use crate::package;
use crate::random::Random;
use crate::render::{Carrier, OdtForm};

/// The parts of the plain report, its numbers in one piece each.
static PARTS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let bytes = Carrier::Odt(OdtForm::Repeated).render(&BASE.printed, &mut Random::new(5));
    package::parts(&bytes).unwrap()
});

static CONTENT: LazyLock<String> = LazyLock::new(|| {
    let content = PARTS.iter().find(|(name, _)| name == NAME).map(|(_, bytes)| bytes.clone());
    let content = String::from_utf8(content.unwrap()).unwrap();
    assert_eq!(content.matches(FIGURE).count(), 1);
    content
});

const NAME: &str = "content.xml";

fn packed(content: impl Into<Vec<u8>>, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts = PARTS.clone();
    let own = [(NAME, content.into())];
    for (name, bytes) in own.into_iter().chain(more.iter().map(|(name, bytes)| (*name, bytes.to_vec()))) {
        match parts.iter_mut().find(|(part, _)| part == name) {
            Some((_, content)) => *content = bytes,
            None => parts.push((name.to_owned(), bytes)),
        }
    }
    package::zip(&parts)
}

fn content(name: &str, content: impl Into<Vec<u8>>) -> Case {
    let content = content.into();
    case(name, move || packed(content, &[]))
}

fn figure(name: &str, new: &str) -> Case {
    content(name, CONTENT.replace(FIGURE, new))
}

/// More at the end of the body.
fn after(name: &str, more: &str) -> Case {
    content(name, CONTENT.replace("</office:text>", &format!("{more}</office:text>")))
}

/// More attributes of the cell that holds the number.
fn cell(name: &str, attributes: &str) -> Case {
    content(name, with_cell(attributes))
}

fn with_cell(attributes: &str) -> String {
    let at = CONTENT.find(FIGURE).unwrap();
    let start = CONTENT[..at].rfind("<table:table-cell").unwrap() + "<table:table-cell".len();
    format!("{} {attributes}{}", &CONTENT[..start], &CONTENT[start..])
}

fn row(name: &str, attributes: &str) -> Case {
    let at = CONTENT.find(FIGURE).unwrap();
    let start = CONTENT[..at].rfind("<table:table-row").unwrap() + "<table:table-row".len();
    content(name, format!("{} {attributes}{}", &CONTENT[..start], &CONTENT[start..]))
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = vec![figure("plain", FIGURE)];
    numbers(&mut cases);
    counts(&mut cases);
    sizes(&mut cases);
    packages(&mut cases);
    cases
}

fn numbers(cases: &mut Vec<Case>) {
    let planted = format!("<text:p>{PLANTED}</text:p>");
    cases.extend([
        figure("a span", "<text:span>10</text:span>37"),
        figure("an unknown element", "10<x:y xmlns:x=\"urn:x\">37</x:y>"),
        figure("a note", &format!("10<text:note><text:note-citation>1</text:note-citation><text:note-body>{planted}</text:note-body></text:note>37")),
        figure("a comment", &format!("10<office:annotation>{planted}</office:annotation>37")),
        figure("a bookmark", "10<text:bookmark text:name=\"99777\"/>37"),
        figure("white space", "10<text:s/>37").shows("unreadable"),
        figure("a vast run of white space", "1037<text:s text:c=\"4294967295\"/>"),
        figure("white space below zero", "1037<text:s text:c=\"-1\"/>"),
        figure("white space, 1000 times a million", &"<text:s text:c=\"1000000\"/>".repeat(1_000)).shows(""),
        figure("a tab", "10<text:tab/>37").shows("unreadable"),
        figure("a line break", "10<text:line-break/>37").shows("unreadable"),
        figure("a field", "<text:text-input>1037</text:text-input>"),
        figure("hidden text", &format!("10<text:hidden-text text:is-hidden=\"true\" text:string-value=\"{PLANTED}\">{PLANTED}</text:hidden-text>37")),
        figure("a ruby", &format!("<text:ruby><text:ruby-base>1037</text:ruby-base><text:ruby-text>{PLANTED}</text:ruby-text></text:ruby>")),
        figure("a frame", "10<draw:frame xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\"><draw:text-box><text:p>7</text:p></draw:text-box></draw:frame>37").other(),
        figure("an object", &format!("10<draw:frame xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\"><draw:object>{planted}</draw:object></draw:frame>37")).other(),
        figure("a style that is none", "<text:span text:style-name=\"none\">1037</text:span>"),
        figure("a hiding style", &format!("1037<text:span text:style-name=\"T2\">{PLANTED}</text:span>")),
        cell("a value beside the text", "office:value=\"99777\""),
        after("a section that hides", &format!("<text:section text:display=\"none\">{planted}</text:section>")),
        after("changes in the middle", &format!("<text:tracked-changes><text:changed-region text:id=\"c\"><text:deletion>{planted}</text:deletion></text:changed-region></text:tracked-changes>")),
        after("another table", "<table:table><table:table-row><table:table-cell><text:p>7</text:p></table:table-cell></table:table-row></table:table>"),
    ]);
}

fn counts(cases: &mut Vec<Case>) {
    for count in ["0", "-1", "x", "", "1025", "4294967295", "4294967296", "18446744073709551616", "1e30"] {
        for name in ["columns-repeated", "columns-spanned", "rows-spanned"] {
            cases.push(
                cell(&format!("{name} {count:?}"), &format!("table:number-{name}=\"{count}\"")).other(),
            );
        }
        cases.push(
            row(&format!("rows-repeated {count:?}"), &format!("table:number-rows-repeated=\"{count}\""))
                .other(),
        );
    }
    let repeated = |rows: u64, columns: u64| {
        format!(
            "<table:table><table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell table:number-columns-repeated=\"{columns}\"/></table:table-row></table:table>"
        )
    };
    cases.extend([
        after("empty rows, a million", &repeated(1_048_576, 1)),
        after("empty cells, a thousand million", &repeated(1_000_000, 1_000)),
        after("empty cells, 10^18", &repeated(1_000_000_000, 1_000_000_000)),
        after(
            "full cells, a thousand million",
            &repeated(1_000_000, 1_000)
                .replace("/></table:table-row", "><text:p>7</text:p></table:table-cell></table:table-row"),
        )
        .other(),
        after(
            "covered cells, a thousand million",
            &repeated(1_000_000, 1_000).replace("table-cell", "covered-table-cell"),
        ),
        after(
            "columns, a thousand million",
            "<table:table><table:table-column table:number-columns-repeated=\"1000000000\"/></table:table>",
        ),
        content(
            "everything covered",
            CONTENT
                .replace("<table:table-cell", "<table:covered-table-cell")
                .replace("</table:table-cell", "</table:covered-table-cell"),
        )
        .other(),
        content("nothing covered", CONTENT.replace("<table:covered-table-cell/>", "")).other(),
        content("spans taken away", CONTENT.replace("-spanned=", "-x=")).other(),
    ]);
}

fn sizes(cases: &mut Vec<Case>) {
    let deep = |open: &str, close: &str, depth: usize| {
        format!("{}<text:p>7</text:p>{}", open.repeat(depth), close.repeat(depth))
    };
    let table = (
        "<table:table><table:table-row><table:table-cell>",
        "</table:table-cell></table:table-row></table:table>",
    );
    cases.extend([
        after("tables, 20 deep", &deep(table.0, table.1, 20)).other(),
        after("tables, 60 deep", &deep(table.0, table.1, 60)),
        after("tables, 100 000 deep", &deep(table.0, table.1, 100_000)),
        after("sections, 100 000 deep", &deep("<text:section>", "</text:section>", 100_000)),
        after("lists, 100 000 deep", &deep("<text:list><text:list-item>", "</text:list-item></text:list>", 100_000)),
        after("lists, 100 deep", &deep("<text:list text:style-name=\"L1\"><text:list-item>", "</text:list-item></text:list>", 100)),
        after("spans, 100 000 deep", &format!("<text:p>{}{}</text:p>", "<text:span>".repeat(100_000), "</text:span>".repeat(100_000))),
        after("paragraphs, 500 000", &"<text:p>7</text:p>".repeat(500_000)),
        after("paragraphs, 1 500 000", &"<text:p/>".repeat(1_500_000)),
        after("tables, 20 000", &"<table:table><table:table-row><table:table-cell/></table:table-row></table:table>".repeat(20_000)),
        after("rows, 300 000", &format!("<table:table>{}</table:table>", "<table:table-row><table:table-cell/></table:table-row>".repeat(300_000))),
        content("styles, each based on the next", {
            let styles: String = (0..50_000).map(|n| format!("<style:style style:name=\"s{n}\" style:parent-style-name=\"s{}\" style:family=\"text\"/>", n + 1)).collect();
            CONTENT.replace("<office:automatic-styles>", &format!("<office:automatic-styles>{styles}"))
        }),
        content("a style based on itself", CONTENT.replace("style:name=\"T1\"", "style:name=\"T1\" style:parent-style-name=\"T1\"")),
        content("styles based on each other", CONTENT.replace("style:name=\"T1\"", "style:name=\"T1\" style:parent-style-name=\"T2\"").replace("style:name=\"T2\"", "style:name=\"T2\" style:parent-style-name=\"T1\"")).other(),
        content("levels of a list beyond any", CONTENT.replace("text:level=\"1\"", "text:level=\"4294967296\"")),
    ]);
}

fn packages(cases: &mut Vec<Case>) {
    let whole = |name: &str, bytes: Vec<u8>| case(name, move || bytes);
    let manifest = |text: &str| packed(CONTENT.as_str(), &[("META-INF/manifest.xml", text.as_bytes())]);
    let without = |gone: &str| {
        let parts: Vec<_> = PARTS.iter().filter(|(name, _)| name != gone).cloned().collect();
        package::zip(&parts)
    };
    let mut last = PARTS.clone();
    last.rotate_left(1);
    cases.extend([
        whole("no mimetype", without("mimetype")),
        whole("no manifest", without("META-INF/manifest.xml")),
        whole("no content", without(NAME)),
        whole("mimetype last", package::zip(&last)),
        whole("mimetype of a spreadsheet", packed(CONTENT.as_str(), &[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")])),
        whole("mimetype of 1 MB", packed(CONTENT.as_str(), &[("mimetype", &[b'a'; 1 << 20])])),
        whole("a manifest that is no XML", manifest("<")),
        whole("a manifest with a DTD", manifest("<!DOCTYPE a [<!ENTITY b \"99777\">]><a>&b;</a>")),
        whole("encryption in the manifest", manifest("<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry manifest:full-path=\"content.xml\"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>")),
        whole("styles that are no XML", packed(CONTENT.as_str(), &[("styles.xml", b"<")])),
        whole("styles of 70 MB", packed(CONTENT.as_str(), &[("styles.xml", &vec![b' '; 70 << 20])])),
        content("content of 70 MB", format!("{}{}", *CONTENT, " ".repeat(70 << 20))),
        content("content that is cut", &CONTENT[..CONTENT.len() / 2]),
        content("content of another kind", CONTENT.replace("office:text>", "office:spreadsheet>")),
        content("two bodies", CONTENT.replace("</office:body>", "</office:body><office:body><office:text><text:p>7</text:p></office:text></office:body>")).other(),
        content("other namespaces", CONTENT.replace("urn:oasis:names:tc:opendocument", "urn:other")),
        content("a DTD", CONTENT.replacen("?>", "?><!DOCTYPE a [<!ENTITY b \"99777\">]>", 1)),
        content("an entity that is none", CONTENT.replace(FIGURE, "&nbsp;1037")),
        whole("flat, cut", CONTENT.as_bytes()[..CONTENT.len() / 2].to_vec()),
        whole("flat, of a packed root", CONTENT.clone().into_bytes()),
    ]);
    for percent in (0..100).step_by(10) {
        cases.push(case(format!("cut at {percent} %"), move || {
            let bytes = packed(CONTENT.as_str(), &[]);
            bytes[..bytes.len() * percent / 100].to_vec()
        }));
    }
}
