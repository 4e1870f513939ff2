//! Every rule of the reader on the smallest document that shows it.

use std::io::{Cursor, Write};

use crate::document::{Block, Document};
use crate::error::{Error, Result};
use crate::finding::{Finding, Findings};
use crate::format::Context;
use crate::options::Limits;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PREFIXES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" "#,
    r#"xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:unknown" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main""#,
);

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, ::zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn relationships(list: &[(&str, &str)]) -> String {
    let each = |(kind, target): &(&str, &str)| {
        format!(r#"<Relationship Id="{target}" Type="{REL}/{kind}" Target="{target}"/>"#)
    };
    let all: String = list.iter().map(each).collect();
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
    )
}

fn with_main(main: &[u8]) -> Vec<u8> {
    let rels = relationships(&[("officeDocument", "word/document.xml")]);
    package(&[("_rels/.rels", rels.as_bytes()), ("word/document.xml", main)])
}

fn document(body: &str) -> String {
    format!("<w:document {PREFIXES}><w:body>{body}</w:body></w:document>")
}

fn read_within(bytes: &[u8], limits: &Limits) -> (Result<Document>, Vec<Finding>) {
    let mut findings = Findings::new(limits.findings);
    let mut context = Context::new(limits, None, &mut findings);
    let document = super::read(bytes, &mut context);
    (document, findings.finish(&[]))
}

fn read(bytes: &[u8]) -> (Result<Document>, Vec<Finding>) {
    read_within(bytes, &Limits::default())
}

/// Paragraphs apart by ` ¶ `, `{number}` and `#level` before the text; tables as
/// `[cell*span | cell / row]`, with `^` for the rest of a merged cell, `_` for a column left out.
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
                let mut out: Vec<String> = Vec::new();
                let mut at = 0;
                for slot in &row.slots {
                    out.extend((at..slot.column()).map(|_| "_".to_owned()));
                    let text = if slot.first { dump(&t.cells[slot.cell()].blocks) } else { "^".to_owned() };
                    out.push(if slot.span() > 1 { format!("{text}*{}", slot.span()) } else { text });
                    at = slot.column() + slot.span();
                }
                out.extend((at..row.width).map(|_| "_".to_owned()));
                out.join("|")
            });
            format!("[{}]", rows.collect::<Vec<_>>().join("/"))
        }
    };
    blocks.iter().map(one).collect::<Vec<_>>().join(" ¶ ")
}

fn seen(bytes: &[u8]) -> String {
    let (document, findings) = read(bytes);
    let codes: String = findings.iter().map(|f| format!(" !{}", f.code.trim_start_matches("DOC-"))).collect();
    match document {
        Ok(document) => dump(&document.blocks) + &codes,
        Err(error) => format!("{}:{}", error.kind(), error.code()),
    }
}

fn check(cases: &[(&str, &str)]) {
    for (body, expected) in cases {
        assert_eq!(seen(with_main(document(body).as_bytes()).as_slice()), *expected, "{body}");
    }
}

/// A paragraph of one run.
fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A cell with properties.
fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

fn tbl(rows: &[String]) -> String {
    let rows: String = rows
        .iter()
        .map(|r| if r.starts_with("<w:tr") { r.clone() } else { format!("<w:tr>{r}</w:tr>") })
        .collect();
    format!(r#"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1"/></w:tblGrid>{rows}</w:tbl>"#)
}

fn table_is(rows: &[String], expected: &str) {
    check(&[(&tbl(rows), expected)]);
}

#[test]
fn text_of_runs() {
    check(&[
        ("<w:p><w:r><w:t>10</w:t></w:r><w:r><w:t>37</w:t></w:r></w:p>", "1037"),
        ("<w:p><w:r><w:t>1<!-- c -->0<?pi x?>&#51;<![CDATA[7]]>&amp;</w:t></w:r></w:p>", "1037&"),
        ("<w:p><w:r><w:t>1&#x30;</w:t></w:r></w:p>", "10"),
        ("<w:p><w:r><w:t> a </w:t><w:t xml:space=\"preserve\"> b </w:t></w:r></w:p>", "a b "),
        ("<w:p><w:r><w:t xml:space='preserve'>a </w:t><w:t>b</w:t></w:r></w:p>", "a b"),
        ("<w:p><w:r><w:t>a\r\nb\nc</w:t></w:r></w:p>", "a b c"),
        (
            "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:tab/><w:noBreakHyphen/><w:softHyphen/><w:t>c</w:t></w:r></w:p>",
            "a⏎b⏎⇥-c",
        ),
        (r#"<w:p><w:r><w:br w:type="page"/><w:t>a</w:t><w:br w:type="page"/></w:r></w:p>"#, "a"),
        (r#"<w:p><w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r></w:p>"#, "a⏎b"),
        (
            r#"<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:char="bad!"/></w:r></w:p>"#,
            "\u{f0fc}\u{fffd}",
        ),
        ("<w:p/><w:p></w:p><w:p><w:r><w:t>x</w:t></w:r></w:p>", " ¶  ¶ x"),
        (
            "<w:p><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>gong</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>公</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
            "公",
        ),
        (
            "<w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>",
            "1/2",
        ),
        (r#"<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"#, "#1 x"),
        (r#"<w:p><w:pPr><w:outlineLvl w:val="9"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"#, "x"),
        ("<w:p><w:r><w:lastRenderedPageBreak/><w:footnoteReference w:id='1'/><w:t>5</w:t></w:r></w:p>", "5"),
    ]);
}

#[test]
fn wrappers_are_walked_through() {
    let row = format!("<w:tr>{}</w:tr>", tc("", "c"));
    check(&[
        (&format!("<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", p("a")), "a"),
        ("<w:p><w:sdt><w:sdtContent><w:r><w:t>a</w:t></w:r></w:sdtContent></w:sdt></w:p>", "a"),
        (&format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", tbl(&[tc("", "a")])), "[a]"),
        (
            &tbl(&[format!(
                "<w:tr><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>{}</w:tr>",
                tc("", "a"),
                tc("", "b")
            )]),
            "[a|b]",
        ),
        (
            &format!(
                "<w:tbl><w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt><w:customXml>{row}</w:customXml></w:tbl>"
            ),
            "[c/c]",
        ),
        (
            "<w:p><w:hyperlink><w:smartTag><w:r><w:t>a</w:t></w:r></w:smartTag></w:hyperlink><x:y><w:r><w:t>b</w:t></w:r></x:y></w:p>",
            "ab",
        ),
        ("<w:r><w:t>bare</w:t></w:r>", "bare"),
    ]);
}

#[test]
fn merged_cells_to_a_grid() {
    let (start, cont) = (r#"<w:vMerge w:val="restart"/>"#, "<w:vMerge/>");
    let span = |n: u32| format!(r#"<w:gridSpan w:val="{n}"/>"#);
    let row = |cells: &[String]| cells.concat();
    table_is(
        &[row(&[tc(&span(2), "a"), tc("", "b")]), row(&[tc("", "c"), tc("", "d"), tc("", "e")])],
        "[a*2|b/c|d|e]",
    );
    table_is(&[row(&[tc(start, "a"), tc("", "b")]), row(&[tc(cont, ""), tc("", "c")])], "[a|b/^|c]");
    table_is(&[tc(start, "a"), tc(r#"<w:vMerge w:val="continue"/>"#, "")], "[a/^]");
    table_is(&[tc(start, "a"), tc(cont, "hidden")], "[a/^] !HIDDEN-TEXT");
    table_is(&[tc("", "a"), tc(cont, "b"), tc(cont, "")], "[a/b/^] !MERGE-ORPHAN");
    table_is(&[tc(start, "a"), tc("", "b"), tc(cont, "c")], "[a/b/c] !MERGE-ORPHAN");
    table_is(&[tc(start, "a"), tc(&format!("{}{cont}", span(2)), "b")], "[a/b*2] !MERGE-ORPHAN");
    let h = |v: &str| format!(r#"<w:hMerge w:val="{v}"/>"#);
    table_is(&[row(&[tc(&h("restart"), "a"), tc(&h("continue"), ""), tc("", "b")])], "[a*2|b]");
    table_is(&[row(&[tc(&h("restart"), "a"), tc("<w:hMerge/>", "x")])], "[a*2] !HIDDEN-TEXT");
    table_is(&[row(&[tc("<w:hMerge/>", "a"), tc("", "b")])], "[a|b] !MERGE-ORPHAN");
    let around = r#"<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="2"/></w:trPr>"#;
    table_is(&[format!("{around}{}</w:tr>", tc("", "a")), row(&[tc("", "b"), tc("", "c")])], "[_|a|_|_/b|c]");
    table_is(
        &["<w:tr></w:tr>".to_owned(), "<w:tr/>".to_owned(), "<w:tc/>".to_owned() + &tc("", "a")],
        "[//|a]",
    );
    table_is(&[tc(&span(0), "a") + &tc(r#"<w:gridSpan w:val="x"/>"#, "b")], "[a|b]");
    table_is(&[tc(&span(5000), "a")], "[a*1024] !SPAN-CUT");
    table_is(&[format!("<w:tc>{}{}</w:tc>", tbl(&[tc("", "in")]), p("out"))], "[[in] ¶ out]");
}

#[test]
fn tracked_changes_are_accepted() {
    let del = "<w:del w:id='1'><w:r><w:delText>9</w:delText></w:r><w:r><w:t>8</w:t></w:r></w:del>";
    let gone = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>";
    check(&[
        (
            &format!(
                "<w:p>{del}<w:ins w:id='2'><w:r><w:t>10</w:t></w:r></w:ins><w:r><w:t>37</w:t></w:r></w:p>"
            ),
            "1037 !TRACKED-CHANGES",
        ),
        (
            "<w:p><w:moveFrom w:id='1'><w:r><w:t>a</w:t></w:r></w:moveFrom><w:moveTo w:id='2'><w:r><w:t>b</w:t></w:r></w:moveTo></w:p>",
            "b !TRACKED-CHANGES",
        ),
        (&format!("<w:p>{gone}<w:r><w:t>a</w:t></w:r></w:p>{}{}", p("b"), p("c")), "ab ¶ c !TRACKED-CHANGES"),
        (
            &format!("<w:p>{gone}<w:r><w:t>a</w:t></w:r></w:p>{}", tbl(&[tc("", "b")])),
            "a ¶ [b] !TRACKED-CHANGES",
        ),
        (
            "<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>a</w:t></w:r></w:p>",
            "a !TRACKED-CHANGES",
        ),
        (
            "<w:p><w:pPr><w:pPrChange><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:pPrChange></w:pPr><w:r><w:t>a</w:t></w:r></w:p>",
            "a !TRACKED-CHANGES",
        ),
    ]);
    let row = |change: &str, text: &str| {
        format!("<w:tr><w:trPr><w:{change} w:id='1'/></w:trPr>{}</w:tr>", tc("", text))
    };
    table_is(&[row("del", "a"), row("ins", "b"), tc("", "c")], "[b/c] !TRACKED-CHANGES");
    table_is(&[tc("<w:cellDel w:id='1'/>", "a") + &tc("<w:cellIns w:id='1'/>", "b")], "[b] !TRACKED-CHANGES");
    table_is(
        &[tc("<w:tcPrChange><w:tcPr><w:gridSpan w:val='3'/></w:tcPr></w:tcPrChange>", "a") + &tc("", "b")],
        "[a|b] !TRACKED-CHANGES",
    );
    table_is(
        &[tc("", "a"), tc("<w:cellMerge w:vMerge='cont'/>", "b")],
        "[a/b] !MERGE-ORPHAN !TRACKED-CHANGES",
    );
}

#[test]
fn fields_show_their_result() {
    let f = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let r = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let code = "<w:r><w:instrText>PAGE 9</w:instrText></w:r>";
    let (b, s, e) = (f("begin"), f("separate"), f("end"));
    check(&[
        (&format!("<w:p>{}{b}{code}{s}{}{e}{}</w:p>", r("a"), r("1"), r("b")), "a1b"),
        (&format!("<w:p>{b}{code}{b}{code}{s}{}{e}{s}{}{e}</w:p>", r("99"), r("7")), "7"),
        (&format!("<w:p>{b}{code}{b}{code}{s}{}{e}{e}{}</w:p>", r("99"), r("7")), "7"),
        (&format!("<w:p>{}{b}{code}{}</w:p>{}", r("a"), r("5"), p("6")), "a5 ¶ 6 !FIELD-OPEN"),
        (&format!("<w:p>{b}{code}{s}{}</w:p><w:p>{}{e}</w:p>", r("1"), r("2")), "1 ¶ 2"),
        (&format!("<w:p>{s}{e}{}</w:p>", r("1")), "1"),
        (&format!("<w:p><w:fldSimple w:instr='SUM 9'>{}</w:fldSimple></w:p>", r("3")), "3"),
    ]);
}

/// Plain properties are passed over, and repeated ones twice as fast: never too many.
#[test]
fn repeated_properties() {
    let run = |pr: &str, text: &str| format!("<w:r>{pr}<w:t>{text}</w:t></w:r>");
    let (plain, hidden) = ("<w:rPr><w:b/><w:u w:val='x'></w:u></w:rPr>", "<w:rPr><w:b/><w:vanish/></w:rPr>");
    let runs =
        [run(plain, "1"), run(plain, "0"), run(hidden, "9"), run(plain, "3"), run(hidden, "9"), run("", "7")];
    check(&[(&format!("<w:p>{}</w:p>", runs.concat()), "1037 !HIDDEN-TEXT")]);
    // The same bytes in another namespace are something else.
    let other = format!(
        "<w:p>{}</w:p><w:p>{}<x:z xmlns:w='urn:other'><w:r><w:rPr><w:b/></w:rPr><w:t>9</w:t></w:r></x:z></w:p>",
        run("<w:rPr><w:b/></w:rPr>", "1"),
        run("<w:rPr><w:b/></w:rPr>", "2")
    );
    check(&[(&other, "1 ¶ 2")]);
    let pretty = "<w:r>\n <w:rPr>\n  <w:b/>\n <w:i/>\n</w:rPr>\n<w:t>5</w:t></w:r>";
    check(&[(
        &format!("<w:p>{pretty}{pretty}<w:r><w:rPr><!-- > --><w:b/>text</w:rPr><w:t>6</w:t></w:r></w:p>"),
        "556",
    )]);
    table_is(
        &[tc("<w:tcW w:w='1'/>", "a") + &tc("<w:tcW w:w='1'/>", "b") + &tc("<w:gridSpan w:val='2'/>", "c")],
        "[a|b|c*2]",
    );
}

#[test]
fn boxes_and_alternatives_come_once() {
    let text_box = |inner: &str| {
        format!("<w:drawing><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></w:drawing>")
    };
    let vml = |inner: &str| {
        format!("<w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict>")
    };
    let alt = |requires: &str, inner: &str| {
        format!(
            "<w:p><w:r><w:t>a</w:t><mc:AlternateContent><mc:Choice Requires='{requires}'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent><w:t>c</w:t></w:r></w:p>",
            text_box(inner),
            vml(inner)
        )
    };
    check(&[
        (&alt("wps", &p("b")), "ac ¶ b"),
        (&alt("x", &p("b")), "ac ¶ b"),
        (&alt("wps x", &p("b")), "ac ¶ b"),
        (&alt("wps", &tbl(&[tc("", "1037")])), "ac ¶ [1037]"),
        (&format!("<w:p><w:r>{}</w:r></w:p>", vml(&p("b"))), " ¶ b"),
        (
            "<w:p><w:r><w:drawing><a:blip/></w:drawing><w:pict><v:imagedata/></w:pict></w:r></w:p>",
            " ¶ <picture> ¶ <picture>",
        ),
        ("<w:p><w:r><w:t>a</w:t><w:drawing><x:posOffset>123</x:posOffset></w:drawing></w:r></w:p>", "a"),
        (
            "<mc:AlternateContent><mc:Choice Requires='x'><w:p/></mc:Choice><mc:Choice Requires='w'><w:p><w:r><w:t>2</w:t></w:r></w:p></mc:Choice></mc:AlternateContent>",
            "2",
        ),
        (&format!("<w:altChunk/>{}", p("a")), "a !ALT-CHUNK"),
    ]);
}

fn styled(styles: &str, numbering: &str, body: &str) -> String {
    let part = |root: &str, inner: &str| format!("<w:{root} xmlns:w='{W}'>{inner}</w:{root}>");
    seen(&package(&[
        ("_rels/.rels", relationships(&[("officeDocument", "/word/document.xml")]).as_bytes()),
        ("word/document.xml", document(body).as_bytes()),
        (
            "word/_rels/document.xml.rels",
            relationships(&[("styles", "styles.xml"), ("numbering", "numbering.xml")]).as_bytes(),
        ),
        ("word/styles.xml", part("styles", styles).as_bytes()),
        ("word/numbering.xml", part("numbering", numbering).as_bytes()),
    ]))
}

#[test]
fn hidden_text_is_left_out() {
    let run = |pr: &str, text: &str| format!("<w:r><w:rPr>{pr}</w:rPr><w:t>{text}</w:t></w:r>");
    check(&[
        (&format!("<w:p>{}{}</w:p>", run("<w:vanish/>", "99"), run("", "7")), "7 !HIDDEN-TEXT"),
        (&format!("<w:p>{}{}</w:p>", run("<w:strike/>", "99"), run("", "7")), "7 !HIDDEN-TEXT"),
        (&format!("<w:p>{}{}</w:p>", run("<w:dstrike w:val='0'/>", "99"), run("", "7")), "997"),
        (&format!("<w:p>{}</w:p>", run("<w:vanish w:val='0'/>", "7")), "7"),
        (
            &format!(
                "<w:p>{}</w:p>{}",
                "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>a</w:t></w:r>",
                p("b")
            ),
            "ab",
        ),
    ]);
    let styles = "<w:style w:type='character' w:styleId='H'><w:rPr><w:vanish/></w:rPr></w:style>\
        <w:style w:type='character' w:styleId='I'><w:basedOn w:val='H'/></w:style>\
        <w:style w:type='paragraph' w:styleId='P'><w:basedOn w:val='Q'/></w:style>\
        <w:style w:type='paragraph' w:styleId='Q'><w:basedOn w:val='P'/><w:pPr><w:outlineLvl w:val='2'/></w:pPr><w:rPr><w:vanish/></w:rPr></w:style>\
        <w:style w:type='paragraph' w:styleId='S'><w:rPr><w:strike/></w:rPr></w:style>\
        <w:style w:type='character' w:styleId='D'><w:rPr><w:dstrike/></w:rPr></w:style>";
    let of = |style: &str, run: &str| format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{run}</w:p>");
    let cases = [
        (format!("<w:p>{}{}</w:p>", run("<w:rStyle w:val='I'/>", "99"), run("", "7")), "7 !HIDDEN-TEXT"),
        (of("P", &run("", "99")) + &p("7"), "7 !HIDDEN-TEXT"),
        (of("P", &run("<w:vanish w:val='false'/>", "7")), "#3 7"),
        // Toggled twice is off (17.7.3).
        (of("P", &run("<w:rStyle w:val='H'/>", "7")), "#3 7"),
        (of("S", &run("", "99")) + &p("7"), " ¶ 7 !HIDDEN-TEXT"),
        (of("S", &run("<w:strike w:val='0'/>", "7")), "7"),
        (format!("<w:p>{}{}</w:p>", run("<w:rStyle w:val='D'/>", "99"), run("", "7")), "7 !HIDDEN-TEXT"),
    ];
    for (body, expected) in cases {
        assert_eq!(styled(styles, "", &body), expected, "{body}");
    }
    let all = "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>";
    assert_eq!(styled(all, "", &p("x")), "input:empty");
    let default = "<w:style w:type='paragraph' w:default='1' w:styleId='N'><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>";
    assert_eq!(styled(default, "", &p("x")), "#1 x");
}

#[test]
fn raised_digits_are_no_part_of_numbers() {
    let run = |align: &str, text: &str| {
        format!("<w:r><w:rPr><w:vertAlign w:val='{align}'/></w:rPr><w:t>{text}</w:t></w:r>")
    };
    check(&[
        (&format!("<w:p><w:r><w:t>12</w:t></w:r>{}</w:p>", run("superscript", "1")), "12¹"),
        (&format!("<w:p><w:r><w:t>12</w:t></w:r>{}</w:p>", run("superscript", "[1]")), "12[¹]"),
        (&format!("<w:p>{}{}</w:p>", run("subscript", "20"), run("baseline", "3")), "₂₀3"),
    ]);
}

fn level(at: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/>{more}<w:lvlText w:val='{text}'/></w:lvl>"
    )
}

fn listed(list: u32, at: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{at}'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

#[test]
fn automatic_numbers() {
    let numbering = format!(
        "<w:abstractNum w:abstractNumId='0'>{}{}{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId='1'><w:numStyleLink w:val='S'/></w:abstractNum>\
         <w:abstractNum w:abstractNumId='2'><w:styleLink w:val='S'/>{}{}</w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
         <w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>\
         <w:num w:numId='3'><w:abstractNumId w:val='1'/></w:num>\
         <w:num w:numId='4'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>{}</w:lvlOverride></w:num>",
        level(0, "chineseCountingThousand", "%1、", ""),
        level(1, "decimal", "%1.%2", "<w:isLgl/><w:suff w:val='space'/>"),
        level(2, "bullet", "•", ""),
        level(0, "upperRoman", "%1.", "<w:pStyle w:val='H1'/>"),
        level(1, "lowerLetter", "%2)", "<w:lvlRestart w:val='0'/><w:pStyle w:val='H2'/>"),
        level(0, "ordinalText", "%1", ""),
    );
    let styles = "<w:style w:type='paragraph' w:styleId='H1'><w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr></w:style>\
        <w:style w:type='paragraph' w:styleId='H2'><w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr></w:style>\
        <w:style w:type='paragraph' w:styleId='N'><w:basedOn w:val='H1'/></w:style>";
    let of = |style: &str, more: &str| format!("<w:p><w:pPr><w:pStyle w:val='{style}'/>{more}</w:pPr></w:p>");
    let none = "<w:numPr><w:numId w:val='0'/></w:numPr>";
    let gone = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>";
    let cases = [
        (
            listed(1, 0, "a")
                + &listed(1, 1, "b")
                + &listed(1, 1, "c")
                + &listed(1, 0, "d")
                + &listed(1, 1, "e"),
            "{一、}a ¶ {1.1 }b ¶ {1.2 }c ¶ {二、}d ¶ {2.1 }e",
        ),
        (listed(1, 0, "a") + &listed(1, 2, "b"), "{一、}a ¶ b"),
        (
            listed(1, 0, "a") + &listed(2, 0, "b") + &listed(2, 0, "c") + &listed(1, 0, "d"),
            "{一、}a ¶ {五、}b ¶ {六、}c ¶ {七、}d",
        ),
        (listed(0, 0, "a") + &listed(77, 0, "b") + &listed(1, 8, "c"), "a ¶ b ¶ c"),
        (
            of("H1", "") + &of("H2", "") + &of("N", "") + &of("H2", "") + &of("H1", none),
            "{I.} ¶ {a)} ¶ {II.} ¶ {b)} ¶ ",
        ),
        (format!("{}{gone}{}", listed(1, 0, "a"), listed(1, 0, "b")), "{一、}a ¶ {二、}b !TRACKED-CHANGES"),
        (listed(4, 0, "a"), "a !NUMBER-FORMAT"),
    ];
    for (body, expected) in cases {
        assert_eq!(styled(styles, &numbering, &body), expected, "{body}");
    }
}

#[test]
fn namespaces_by_uri() {
    let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    for uri in [W, strict] {
        let cases = [
            format!("<document xmlns='{uri}'><body><p><r><t>1037</t></r></p></body></document>"),
            format!(
                "<ns0:document xmlns:ns0='{uri}'><ns0:body><ns0:p><ns0:r><ns0:t>1037</ns0:t></ns0:r></ns0:p></ns0:body></ns0:document>"
            ),
            format!(
                "<w:document xmlns:w='{uri}'><w:body><q:p xmlns:q='{uri}'><q:r><w:t>1037</w:t></q:r></q:p></w:body></w:document>"
            ),
            format!(
                "<w:document xmlns:w='{uri}'><w:body><w:x xmlns:w='urn:other'><w:t>9</w:t></w:x><w:p><w:r><w:t>1037</w:t></w:r></w:p></w:body></w:document>"
            ),
        ];
        for main in cases {
            assert_eq!(seen(&with_main(main.as_bytes())), "1037", "{main}");
        }
    }
    assert_eq!(seen(&with_main(b"<w:document><w:body/></w:document>")), "input:xml");
    let empty = format!("<w:document xmlns:w='{W}'><w:body><w:p xmlns:z='{W}'/><z:p/></w:body></w:document>");
    assert_eq!(seen(&with_main(empty.as_bytes())), "input:xml");
}

#[test]
fn encodings() {
    let main = document(&p("公开1037"));
    let wide: Vec<u16> = main.encode_utf16().collect();
    let little = |bom: &[u8]| {
        bom.iter().copied().chain(wide.iter().flat_map(|u| u.to_le_bytes())).collect::<Vec<u8>>()
    };
    let big = |bom: &[u8]| {
        bom.iter().copied().chain(wide.iter().flat_map(|u| u.to_be_bytes())).collect::<Vec<u8>>()
    };
    for bytes in [
        little(&[0xff, 0xfe]),
        little(&[]),
        big(&[0xfe, 0xff]),
        big(&[]),
        [b"\xef\xbb\xbf", main.as_bytes()].concat(),
    ] {
        assert_eq!(seen(&with_main(&bytes)), "公开1037");
    }
    let mut bad = main.clone().into_bytes();
    let at = bad.windows(4).position(|w| w == b"1037").unwrap();
    bad[at] = 0xb9;
    assert_eq!(seen(&with_main(&bad)), "input:encoding");
    let in_properties = document("<w:p><w:r><w:rPr><w:rFonts w:ascii='?'/></w:rPr></w:r></w:p>")
        .replace('?', "\u{1}")
        .into_bytes();
    let bad: Vec<u8> = in_properties.into_iter().map(|b| if b == 1 { 0xb9 } else { b }).collect();
    assert_eq!(seen(&with_main(&bad)), "input:encoding");
}

#[test]
fn malformed_parts_are_refused() {
    let good = document(&p("1037"));
    let cases = [
        (good.replace("</w:body></w:document>", ""), "input:xml"),
        (format!("{good}<w:document/>"), "input:xml"),
        (format!("{good}text"), "input:xml"),
        (format!("{good} <!-- fine --> "), "1037"),
        (format!("<!DOCTYPE x [<!ENTITY e '9'>]>{good}"), "input:dtd"),
        (document(&p("10&e;37")), "input:xml"),
        (document(&p("10&#0;37")), "input:xml"),
        (document(&p("10\u{1}37")), "input:xml"),
        (document("<w:p><w:r></w:p></w:r>"), "input:xml"),
        (document("<w:p><w:r><w:rPr><w:b><w:i></w:b></w:i></w:rPr></w:r></w:p>"), "input:xml"),
        (document("<w:p><w:r><w:rPr><w:b></w:rPr></w:r></w:p>"), "input:xml"),
        (
            document(
                "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2' w:val='3'/></w:tcPr></w:tc></w:tr></w:tbl>",
            ),
            "input:xml",
        ),
        (document(""), "input:empty"),
        (document("<w:p/>"), "input:empty"),
        (String::new(), "input:xml"),
        (
            "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>".to_owned(),
            "unsupported:unsupported-format",
        ),
    ];
    for (main, expected) in cases {
        assert_eq!(seen(&with_main(main.as_bytes())), expected, "{main}");
    }
}

#[test]
fn packages() {
    let main = document(&p("1037"));
    let rels = |target: &str| relationships(&[("officeDocument", target)]);
    let of = |target: &str, name: &str| {
        seen(&package(&[("_rels/.rels", rels(target).as_bytes()), (name, main.as_bytes())]))
    };
    assert_eq!(of("odd/name.xml", "odd/name.xml"), "1037");
    assert_eq!(of("/Word/./x/../Document.XML", "word\\document.xml"), "1037");
    assert_eq!(of("word/my%20doc.xml", "word/my doc.xml"), "1037");
    assert_eq!(of("word/document.xml", "word/other.xml"), "input:damaged");
    assert_eq!(of("xl/workbook.xml", "xl/workbook.xml"), "unsupported:unsupported-format");
    assert_eq!(seen(&package(&[("a.txt", b"x")])), "input:not-a-package");
    let twice = [
        ("_rels/.rels", rels("word/document.xml")),
        ("word/document.xml", main.clone()),
        ("word/Document.xml", main.clone()),
    ];
    let twice: Vec<(&str, &[u8])> = twice.iter().map(|(n, t)| (*n, t.as_bytes())).collect();
    assert_eq!(seen(&package(&twice)), "input:duplicate-part");

    let whole = with_main(main.as_bytes());
    assert_eq!(seen(&whole[..whole.len() / 2]), "input:damaged");
    assert_eq!(seen(b""), "input:not-a-package");
    let ole2 = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    assert_eq!(seen(&ole2), "input:not-a-package");
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
    assert_eq!(seen(&[ole2.as_slice(), &name].concat()), "unsupported:encrypted");
    // General purpose bit 0 in the central directory says encrypted.
    let mut locked = whole.clone();
    let entry = memchr::memmem::rfind(&locked, b"PK\x01\x02").unwrap();
    locked[entry + 8] |= 1;
    assert_eq!(seen(&locked), "unsupported:encrypted");
    // A byte of the data changed: the checksum tells.
    let mut changed = whole.clone();
    let data = memchr::memmem::find(&changed, b"word/document.xml").unwrap() + 40;
    changed[data] ^= 0x10;
    assert!(seen(&changed).starts_with("input:"), "{}", seen(&changed));
}

#[test]
fn truncation_and_noise_never_panic() {
    let whole = with_main(document(&tbl(&[tc("<w:vMerge/>", "1037")])).as_bytes());
    for length in 0..whole.len() {
        assert!(read(&whole[..length]).0.is_err(), "{length}");
    }
    for at in 0..whole.len() {
        let mut noisy = whole.clone();
        noisy[at] = noisy[at].wrapping_add(41);
        let _ = read(&noisy);
    }
    let main = document(&tbl(&[tc("<w:gridSpan w:val='2'/>", "1037")]));
    for at in 0..main.len() {
        let mut noisy = main.clone().into_bytes();
        noisy[at] = b'<';
        let _ = read(&with_main(&noisy));
        noisy.truncate(at);
        assert!(read(&with_main(&noisy)).0.is_err(), "{at}");
    }
}

#[test]
fn limits_are_charged() {
    let error = |body: &str, set: fn(&mut Limits)| -> Option<Error> {
        let mut limits = Limits::default();
        set(&mut limits);
        read_within(&with_main(document(body).as_bytes()), &limits).0.err()
    };
    let nested = tbl(&[format!("<w:tc>{}</w:tc>", tbl(&[tc("", "1")]))]);
    let wide = tbl(&[tc("", "1") + &tc("", "2")]);
    let deep = format!("{}{}{}", "<w:sdt>".repeat(300), p("1"), "</w:sdt>".repeat(300));
    let long = p(&"1037 ".repeat(500_000));
    type Case<'a> = (&'a str, fn(&mut Limits), &'a str);
    let cases: [Case<'_>; 11] = [
        (&nested, |l| l.nested_tables = 1, "nested_tables"),
        (&nested, |l| l.tables = 1, "tables"),
        (&wide, |l| l.table_cells = 1, "table_cells"),
        (&deep, |_| {}, "depth"),
        (&wide, |l| l.elements = 5, "elements"),
        (&wide, |l| l.entries = 1, "entries"),
        (&wide, |l| l.part_bytes = 500, "part_bytes"),
        (&wide, |l| l.total_bytes = 400, "total_bytes"),
        (&long, |l| l.inflate_ratio = 10, "inflate_ratio"),
        (&long, |l| l.text_bytes = 1000, "text_bytes"),
        (&wide, |_| {}, ""),
    ];
    for (body, set, name) in cases {
        match error(body, set) {
            Some(e) => {
                assert!(!name.is_empty() && e.code() == "limit" && e.message().contains(name), "{name}: {e}")
            }
            None => assert!(name.is_empty(), "{name} passed"),
        }
    }
}

#[test]
fn places() {
    let body = p("a")
        + &tbl(&[tc("<w:gridSpan w:val='2'/>", "b") + &format!("<w:tc>{}</w:tc>", tbl(&[tc("", "c")]))])
        + &p("d");
    let document = read(&with_main(document(&body).as_bytes())).0.unwrap();
    let mut places = Vec::new();
    fn walk(blocks: &[Block], places: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Paragraph(p) => {
                    let l = p.location.location();
                    places.push(format!("{} {:?} {:?} {:?} {:?}", p.text, l.block, l.table, l.row, l.column));
                    assert_eq!(l.part.as_deref(), Some("word/document.xml"));
                }
                Block::Table(t) => t.cells.iter().for_each(|c| walk(&c.blocks, places)),
                Block::Picture(_) => {}
            }
        }
    }
    walk(&document.blocks, &mut places);
    assert_eq!(
        places,
        [
            "a Some(1) None None None",
            "b Some(2) Some(1) Some(1) Some(1)",
            "c Some(2) Some(2) Some(1) Some(1)",
            "d Some(3) None None None",
        ]
    );
}

#[test]
fn scores() {
    let word = with_main(document(&p("1")).as_bytes());
    let types = package(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]);
    let sheet = package(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]);
    assert!(super::score(&types) > 90 && super::score(&word) >= 50);
    assert!(super::score(&sheet) <= 10 && super::score(&package(&[("OFD.xml", b"<x/>")])) <= 10);
    assert_eq!(super::score(b"<html>"), 0);
}
