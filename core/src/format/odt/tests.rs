//! Every rule of the reader on the smallest document that shows it.

use std::io::{Cursor, Write};

use crate::document::Block;
use crate::finding::Findings;
use crate::format::Context;
use crate::options::Limits;

const PREFIXES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:loext="urn:unknown""#;

const STYLES: &str = r#"<style:default-style style:family="paragraph"/>
<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="X" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="HH" style:family="text" style:parent-style-name="H"/>
<style:style style:name="V" style:family="text" style:parent-style-name="H"><style:text-properties text:display="true"/></style:style>
<style:style style:name="C" style:family="text"><style:text-properties text:display="condition" text:condition="none"/></style:style>
<style:style style:name="A" style:family="text" style:parent-style-name="B"/>
<style:style style:name="B" style:family="text" style:parent-style-name="A"><style:text-properties style:text-position="33% 58%"/></style:style>
<style:style style:name="S" style:family="text"><style:text-properties style:text-position="sub 58%"/></style:style>
<style:style style:name="K" style:family="text"><style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>
<style:style style:name="K0" style:family="text" style:parent-style-name="K"><style:text-properties style:text-line-through-style="none"/></style:style>
<style:style style:name="PH" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
<style:style style:name="PL" style:family="paragraph" style:list-style-name="L"/>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"><style:list-level-properties><style:list-level-label-alignment text:label-followed-by="nothing"/></style:list-level-properties></text:list-level-style-number><text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2" text:start-value="4"/><text:list-level-style-bullet text:level="3"/></text:list-style>
<text:list-style style:name="X"><text:list-level-style-number text:level="1" style:num-format="ⴰ"/></text:list-style>
<text:list-style style:name="P"><text:list-level-style-number text:level="1" style:num-format="A" loext:num-list-format="第%1%节"/></text:list-style>
<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>"#;

fn flat(body: &str) -> String {
    format!(
        r#"<office:document {PREFIXES} office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>{STYLES}</office:styles><office:body><office:text>{body}</office:text></office:body></office:document>"#
    )
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, ::zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Paragraphs apart by ` ¶ `, `{number}` and `#level` before the text; tables as
/// `[column+span cell … / …]`, rows that are not whole with `?`, the rest of a cell as `^`.
fn dump(blocks: &[Block]) -> String {
    let one = |block: &Block| match block {
        Block::Paragraph(p) => {
            let number = p.numbering.as_ref().map(|n| format!("{{{n}}}")).unwrap_or_default();
            let level = p.level.map(|l| format!("#{l} ")).unwrap_or_default();
            format!("{level}{number}{}", p.text.replace('\n', "⏎").replace('\t', "⇥"))
        }
        Block::Picture(_) => "<picture>".to_owned(),
        Block::Table(t) => {
            let rows = t.rows.iter().map(|row| {
                let slots = row.slots.iter().map(|slot| {
                    let text = if slot.first { dump(&t.cells[slot.cell()].blocks) } else { "^".to_owned() };
                    format!("{}+{} {text}", slot.column(), slot.span())
                });
                slots.collect::<Vec<_>>().join(" ") + if row.whole { "" } else { " ?" }
            });
            format!("[{}]", rows.collect::<Vec<_>>().join(" / "))
        }
    };
    blocks.iter().map(one).collect::<Vec<_>>().join(" ¶ ")
}

fn seen_within(bytes: &[u8], limits: &Limits) -> String {
    let mut findings = Findings::new(limits.findings);
    let document = super::read(bytes, &mut Context::new(limits, None, &mut findings));
    let codes: String = findings
        .finish(&[])
        .iter()
        .map(|finding| format!(" !{}", finding.code.trim_start_matches("DOC-")))
        .collect();
    match document {
        Ok(document) => dump(&document.blocks) + &codes,
        Err(error) => format!("{}:{}", error.kind(), error.code()),
    }
}

fn seen(body: &str) -> String {
    seen_within(flat(body).as_bytes(), &Limits::default())
}

fn check(cases: &[(&str, &str)]) {
    for (body, expected) in cases {
        assert_eq!(seen(body), *expected, "{body}");
    }
}

#[test]
fn text() {
    check(&[
        ("<text:p>10<text:span>37</text:span></text:p>", "1037"),
        ("<text:p> a\n <text:span> b </text:span>\t</text:p>", "a b"),
        ("<text:p>a<text:s/> <text:s text:c=\"2\"/>b<text:tab/><text:line-break/>c</text:p>", "a    b⇥⏎c"),
        ("<text:p>1<!-- c -->&#51;<![CDATA[7]]><text:soft-page-break/>8</text:p>", "1378"),
        ("<text:p><text:a>a</text:a><text:page-count>3</text:page-count></text:p>", "a3"),
        (
            "<text:h text:outline-level=\"2\">a</text:h><text:h text:outline-level=\"99\">b</text:h>",
            "#2 a ¶ b",
        ),
        (
            "<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>9</text:p></text:note-body></text:note><office:annotation><text:p>9</text:p></office:annotation>b</text:p>",
            "ab",
        ),
        (
            "<text:p><text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>9</text:ruby-text></text:ruby></text:p>",
            "a",
        ),
        (
            "<text:p>12<text:span text:style-name=\"B\">1</text:span><text:span text:style-name=\"S\">2</text:span></text:p>",
            "12¹₂",
        ),
        ("<text:p>1<text:span text:style-name=\"A\">1</text:span></text:p>", "1¹"),
        ("<text:p>a&#1;</text:p>", "input:xml"),
        ("<text:p>a\u{1}</text:p>", "input:xml"),
        ("<text:p/>", "input:empty"),
    ]);
}

#[test]
fn what_is_not_seen() {
    check(&[
        (
            "<text:p>1<text:span text:style-name=\"K\">9</text:span><text:span text:style-name=\"K0\">2</text:span></text:p>",
            "12 !HIDDEN-TEXT",
        ),
        (
            "<text:p>1<text:span text:style-name=\"HH\">9<text:span text:style-name=\"V\">2</text:span></text:span></text:p>",
            "12 !HIDDEN-TEXT",
        ),
        ("<text:p>1<text:span text:style-name=\"C\">9</text:span></text:p>", "1 !HIDDEN-TEXT"),
        ("<text:p text:style-name=\"PH\">9<text:s/></text:p><text:p>1</text:p>", " ¶ 1 !HIDDEN-TEXT"),
        (
            "<text:p>9<text:hidden-paragraph text:is-hidden=\"true\"/>9</text:p><text:p>1</text:p>",
            "1 !HIDDEN-TEXT",
        ),
        ("<text:p>1<text:hidden-paragraph text:is-hidden=\"false\"/></text:p>", "1"),
        (
            "<text:p>1<text:hidden-text text:is-hidden=\"true\">9</text:hidden-text><text:hidden-text>2</text:hidden-text></text:p>",
            "12 !HIDDEN-TEXT",
        ),
        (
            "<text:section text:display=\"none\"><text:p>9</text:p></text:section><text:section><text:p>1</text:p></text:section>",
            "1 !HIDDEN-TEXT",
        ),
        (
            "<text:section text:display=\"condition\" text:is-hidden=\"true\"><text:p>9</text:p></text:section><text:p>1</text:p>",
            "1 !HIDDEN-TEXT",
        ),
        ("<text:section text:display=\"condition\"><text:p>1</text:p></text:section>", "1"),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>9</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>1<text:change/></text:p>",
            "1 !TRACKED-CHANGES",
        ),
        ("<text:tracked-changes/><text:p>1</text:p>", "1"),
        ("<text:p>1<text:variable-set text:display=\"none\">9</text:variable-set></text:p>", "1"),
        (
            "<text:table-of-content><text:table-of-content-source><text:index-title-template>9</text:index-title-template></text:table-of-content-source><text:index-body><text:p>1</text:p></text:index-body></text:table-of-content>",
            "1",
        ),
    ]);
}

#[test]
fn frames() {
    check(&[
        (
            "<text:p>a<draw:frame><draw:text-box><text:p>b</text:p></draw:text-box><svg:desc>9</svg:desc></draw:frame>c</text:p>",
            "ac ¶ b",
        ),
        ("<text:p>a<draw:custom-shape><text:p>b</text:p></draw:custom-shape></text:p>", "a ¶ b"),
        (
            "<text:p>a<draw:frame><draw:object/><draw:image><text:p>9</text:p></draw:image></draw:frame></text:p>",
            "a ¶ <picture>",
        ),
        ("<text:p><text:span text:style-name=\"X\">99</text:span>7</text:p>", "7 !HIDDEN-TEXT"),
        (
            "<text:p>a<text:span text:style-name=\"H\"><draw:frame><draw:text-box><text:p>9</text:p></draw:text-box></draw:frame></text:span></text:p>",
            "a !HIDDEN-TEXT",
        ),
    ]);
}

fn li(text: &str) -> String {
    format!("<text:list-item><text:p>{text}</text:p></text:list-item>")
}

#[test]
fn automatic_numbers() {
    let list = |attributes: &str, items: &[&str]| {
        let items: String = items.iter().map(|item| li(item)).collect();
        format!("<text:list {attributes}>{items}</text:list>")
    };
    let l = "text:style-name=\"L\"";
    let deep = format!(
        "<text:list {l}>{}<text:list-item><text:p>b</text:p><text:p>c</text:p><text:list>{}{}<text:list-item><text:list>{}</text:list></text:list-item></text:list></text:list-item><text:list-header><text:p>g</text:p></text:list-header>{}</text:list>",
        li("a"),
        li("d"),
        li("e"),
        li("f"),
        li("h")
    );
    let start = format!(
        "<text:list {l}><text:list-item text:start-value=\"7\"><text:p>a</text:p></text:list-item>{}</text:list>",
        li("b")
    );
    check(&[
        (&(list(l, &["a", "b"]) + &list(l, &["c"])), "{一、}a ¶ {二、}b ¶ {一、}c"),
        (
            &(list(l, &["a"]) + &list(&format!("{l} text:continue-numbering=\"true\""), &["b"])),
            "{一、}a ¶ {二、}b",
        ),
        (
            &(list(&format!("{l} xml:id=\"i\""), &["a"])
                + &list(l, &["x"])
                + &list(&format!("{l} text:continue-list=\"i\""), &["b"])),
            "{一、}a ¶ {一、}x ¶ {二、}b",
        ),
        // What it goes on with is not there.
        (&list(&format!("{l} text:continue-list=\"i\""), &["b"]), "b"),
        (&deep, "{一、}a ¶ {二、}b ¶ c ¶ {二.4 }d ¶ {二.5 }e ¶ f ¶ g ¶ {三、}h"),
        (&start, "{七、}a ¶ {八、}b"),
        (&list("text:style-name=\"X\"", &["a"]), "a !NUMBER-FORMAT"),
        (&list("text:style-name=\"P\"", &["a"]), "{第A节 }a"),
        (&list("text:style-name=\"none\"", &["a"]), "a"),
        (
            "<text:list><text:list-item><text:p text:style-name=\"PL\">a</text:p></text:list-item></text:list>",
            "{一、}a",
        ),
        (
            "<text:h>a</text:h><text:h text:outline-level=\"2\">b</text:h><text:h text:is-list-header=\"true\">c</text:h><text:h><text:number>9</text:number>d</text:h>",
            "#1 {I.}a ¶ #2 b ¶ #1 c ¶ #1 {II.}d",
        ),
    ]);
}

/// A table of rows of cells: `a` or `_` for a covered one, attributes before a `:`.
fn table(rows: &[&str]) -> String {
    let cell = |cell: &str| {
        let (attributes, text) = cell.split_once(':').unwrap_or(("", cell));
        let attributes: String = attributes
            .split_whitespace()
            .map(|a| {
                let (name, n) = a.split_once('=').unwrap();
                let name = match name {
                    "c" => "number-columns-spanned",
                    "r" => "number-rows-spanned",
                    _ => "number-columns-repeated",
                };
                format!(" table:{name}=\"{n}\"")
            })
            .collect();
        match text.strip_prefix('_') {
            Some(text) => format!(
                "<table:covered-table-cell{attributes}><text:p>{text}</text:p></table:covered-table-cell>"
            ),
            None => format!("<table:table-cell{attributes}><text:p>{text}</text:p></table:table-cell>"),
        }
    };
    let row = |row: &&str| {
        let (attributes, cells) = row.split_once(';').unwrap_or(("", row));
        let cells: String = cells.split('|').map(cell).collect();
        format!("<table:table-row {attributes}>{cells}</table:table-row>")
    };
    format!(
        "<table:table><table:table-header-rows/>{}</table:table>",
        rows.iter().map(row).collect::<String>()
    )
}

fn table_is(rows: &[&str], expected: &str) {
    assert_eq!(seen(&table(rows)), expected, "{rows:?}");
}

#[test]
fn tables() {
    table_is(&["a|c=2:b|_", "r=2:d|e|f", "_|g|h"], "[0+1 a 1+2 b / 0+1 d 1+1 e 2+1 f / 0+1 ^ 1+1 g 2+1 h]");
    table_is(&["c=2 r=2:a|_|b", "n=2:_|c"], "[0+2 a 2+1 b / 0+2 ^ 2+1 c]");
    table_is(&["n=2:a|b"], "[0+1 a 1+1 a 2+1 b]");
    table_is(&["table:number-rows-repeated=\"2\";a|b"], "[0+1 a 1+1 b / 0+1 a 1+1 b]");
    table_is(&["table:visibility=\"collapse\";9|8", "a|b"], "[0+1  1+1  / 0+1 a 1+1 b] !HIDDEN-TEXT");
    table_is(&["c=2:a|_9|b"], "[0+2 a 2+1 b] !HIDDEN-TEXT");
    let nested = format!(
        "<table:table><table:table-row><table:table-cell>{}</table:table-cell></table:table-row></table:table>",
        table(&["a|b"])
    );
    check(&[(&nested, "[0+1 [0+1 a 1+1 b]]")]);
}

#[test]
fn tables_that_contradict_themselves_are_in_doubt() {
    // A covered place that no cell covers, and the other way round.
    table_is(&["a|_|b"], "[0+1 a 2+1 b ?] !MERGE-ORPHAN");
    table_is(&["c=2:a|b|c"], "[0+2 a 1+1 b 2+1 c ?] !MERGE-ORPHAN");
    table_is(&["r=2:a|b", "c|d"], "[0+1 a 1+1 b / 0+1 c 0+1 ^ 1+1 d ?] !MERGE-ORPHAN");
    table_is(&["r=2 n=2:a|b", "_|c|d"], "[0+1 a 1+1 a 2+1 b / 0+1 ^ 1+1 c 1+1 ^ 2+1 d ?] !MERGE-ORPHAN");
    // The rest of a merge at the row's end may be left out.
    table_is(&["a|r=2:b", "c"], "[0+1 a 1+1 b / 0+1 c 1+1 ^]");
    // What cannot be repeated is a hole.
    let cell = |repeated: &str, content: &str| {
        format!("<table:table-cell table:number-columns-repeated=\"{repeated}\">{content}</table:table-cell>")
    };
    let holes = format!(
        "<table:table><table:table-row>{}{}{}</table:table-row></table:table>",
        cell("1", "<text:p>a</text:p>"),
        cell("2", &table(&["b"])),
        cell("1", "")
    );
    check(&[(&holes, "[0+1 a 2+1 [0+1 b] 3+1  ?] !REPEATED-CELL !MERGE-ORPHAN")]);
}

#[test]
fn limits() {
    let huge = "99999999999999999999999";
    table_is(&[&format!("c={huge} r={huge}:a|b")], "[0+1024 a 1+1 b ?] !SPAN-CUT !SPAN-CUT !MERGE-ORPHAN");
    for count in [huge, "18446744073709551615", "4294967295", "1000000"] {
        for rows in [
            format!("n={count}:a"),
            format!("n={count}:_"),
            format!("a|n={count}:_|n={count}:"),
            format!("table:number-rows-repeated=\"{count}\";a"),
            format!("table:number-rows-repeated=\"{count}\";n={count}:a"),
        ] {
            assert_eq!(seen(&table(&[&rows])), "limit:limit", "{rows}");
        }
        let empty =
            format!("<table:table><table:table-row table:number-rows-repeated=\"{count}\"/></table:table>");
        assert_eq!(seen(&empty), "limit:limit", "{empty}");
        let spaces = format!("<text:p>a<text:s text:c=\"{count}\"/></text:p>");
        let limits = Limits { text_bytes: 1 << 16, ..Limits::default() };
        assert_eq!(seen_within(flat(&spaces).as_bytes(), &limits), "limit:limit", "{spaces}");
    }
    let repeated = table(&["n=100:aaaaaaaaaaaaaaaaaaaa"]);
    let paragraphs = "<text:p>a</text:p>".repeat(20);
    let deep = "<text:section>".repeat(300) + &"</text:section>".repeat(300);
    let nested = format!(
        "{}{}",
        "<table:table><table:table-row><table:table-cell>".repeat(3),
        "</table:table-cell></table:table-row></table:table>".repeat(3)
    );
    let cases = [
        (repeated.as_str(), Limits { text_bytes: 1000, ..Limits::default() }),
        (&repeated, Limits { table_cells: 50, ..Limits::default() }),
        (&repeated, Limits { items: 120, ..Limits::default() }),
        (&paragraphs, Limits { items: 20, ..Limits::default() }),
        (&paragraphs, Limits { elements: 30, ..Limits::default() }),
        (&deep, Limits::default()),
        (&nested, Limits { nested_tables: 2, ..Limits::default() }),
        (&nested, Limits { tables: 2, ..Limits::default() }),
    ];
    for (body, limits) in cases {
        assert_eq!(seen_within(flat(body).as_bytes(), &limits), "limit:limit", "{limits:?}");
    }
}

#[test]
fn packages() {
    let content = flat("<text:p>a<text:span text:style-name=\"T\">b</text:span></text:p>")
        .replace("office:document ", "office:document-content ")
        .replace("/office:document>", "/office:document-content>");
    // The automatic styles of styles.xml are those of headers.
    let styles = format!(
        "<office:document-styles {PREFIXES}><office:automatic-styles><style:style style:name=\"T\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style></office:automatic-styles></office:document-styles>"
    );
    let common = styles.replace("automatic-styles", "styles");
    let manifest = "<m:manifest xmlns:m=\"urn:m\"><m:file-entry/></m:manifest>";
    let locked = manifest.replace("<m:file-entry/>", "<m:file-entry><m:encryption-data/></m:file-entry>");
    let sheet = content.replace("office:text", "office:spreadsheet");
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("content.xml", &content)], "ab"),
        (&[("content.xml", &content), ("styles.xml", &styles)], "ab"),
        (&[("content.xml", &content), ("styles.xml", &common)], "a !HIDDEN-TEXT"),
        (&[("content.xml", &content), ("META-INF/manifest.xml", manifest)], "ab"),
        (&[("content.xml", "garbled"), ("META-INF/manifest.xml", &locked)], "unsupported:encrypted"),
        (&[("encrypted-package", "garbled")], "unsupported:encrypted"),
        (&[("other.xml", "")], "input:damaged"),
        (&[("content.xml", &sheet)], "unsupported:unsupported-format"),
        (&[("content.xml", "<!DOCTYPE a><a/>")], "input:dtd"),
    ];
    for (parts, expected) in cases {
        assert_eq!(seen_within(&package(parts), &Limits::default()), *expected, "{parts:?}");
    }
}
