//! Inputs that cost far more than they hold: each must end, with the error or the report
//! named here. Sizes are such that quadratic time would be felt, and no time is asserted.
// Test code: a panic is a failed test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use gongkai::{Archive, ErrorKind, Limits, ParseOptions, parse, parse_with_options};
use gongkai_tests::memory::{self, Counting};
use gongkai_tests::random::Random;
use gongkai_tests::render::{Carrier, DocxForm, HtmlForm, PdfForm};
use gongkai_tests::{fuzz, package};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What is left: an error's kind and code, or "report".
fn outcome(bytes: &[u8]) -> String {
    match parse(bytes) {
        Ok(_) => "report".to_owned(),
        Err(error) => format!("{} {}", error.kind(), error.code()),
    }
}

#[test]
fn repetition_is_read_in_one_pass() {
    let not_a_report = "input not-a-report";
    let header = "信息内容\t本年制发件数\t本年废止件数\n";
    let wide = |cell: &str| format!("<tr>{}</tr>", format!("<td>{cell}</td>").repeat(20_000));
    let cases: Vec<(&str, String, &str)> = vec![
        ("words of a header on lines", "信息内容\n".repeat(40_000), not_a_report),
        ("paragraphs", "甲乙丙丁\n".repeat(60_000), not_a_report),
        ("blocks", "第二十条第（一）项\n信息内容\n本年制发件数\n规章\n0\n".repeat(8_000), "report"),
        ("rows without header", "规章\t0\t0\n".repeat(12_000), not_a_report),
        ("unknown rows", format!("{header}{}", "丁丁丁丁丁\t0\t0\n".repeat(12_000)), not_a_report),
        ("unknown words", format!("{header}{}", "丁丁丁丁\t丁丁丁丁丁\n".repeat(12_000)), not_a_report),
        ("brackets", "(".repeat(400_000), not_a_report),
        ("dates", "2020年1月1日至".repeat(60_000), not_a_report),
        ("headings", "一、总体情况\n".repeat(20_000), not_a_report),
        ("bars", "|".repeat(300_000), "limit limit"),
        ("a wide row", format!("<table>{}{}</table>", wide("信息内容"), wide("0")), not_a_report),
        ("open elements", "<div>".repeat(20_000), "limit limit"),
        ("open tables", "<table><tr><td>".repeat(2_000), "limit limit"),
    ];
    for (name, text, expected) in cases {
        assert_eq!(outcome(text.as_bytes()), expected, "{name}");
    }
}

/// The limits that end no reading but cut something, and the finding that says so.
const CUTS: &[(&str, &str)] = &[("span", "DOC-SPAN"), ("findings", "DOC-FINDINGS-CUT")];

/// The limit that was passed, none where all was read.
fn passed(bytes: &[u8], limits: &Limits) -> Option<String> {
    let options = ParseOptions { limits: limits.clone(), ..Default::default() };
    let read = match Archive::is_archive(bytes) {
        true => Archive::open(bytes, limits).and_then(|archive| {
            let first = archive.read(&archive.members()[0])?;
            parse_with_options(&first, &options)
        }),
        false => parse_with_options(bytes, &options),
    };
    match read {
        Ok(report) => {
            let cut = |(_, code): &&(&str, &str)| report.findings().iter().any(|f| f.code == *code);
            CUTS.iter().find(cut).map(|(name, _)| (*name).to_owned())
        }
        Err(error) => {
            assert_eq!(
                (error.kind(), error.code()),
                (ErrorKind::Limit, "limit"),
                "{error}, where {limits:?}"
            );
            Some(error.message().split(' ').nth(1).unwrap().to_owned())
        }
    }
}

/// A document in which nothing costs more than that limit allows by default.
fn costly(limit: &str) -> Vec<u8> {
    let report = "一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n";
    let in_word = || {
        let rendered = fuzz::small(Carrier::Docx(DocxForm::Word));
        package::parts(&rendered).unwrap()
    };
    match limit {
        "input_bytes" | "text_bytes" => report.into(),
        "entries" | "part_bytes" | "total_bytes" | "depth" | "elements" | "items" => package::zip(&in_word()),
        "archive_bytes" => package::zip(&[("a.txt".to_owned(), report.into())]),
        "namespaces" => {
            let mut parts = in_word();
            for (name, bytes) in &mut parts {
                if name == package::MAIN {
                    let text = String::from_utf8(bytes.clone()).unwrap();
                    let more: String = (0..50).map(|n| format!("xmlns:n{n}=\"urn:{n}\" ")).collect();
                    *bytes = text.replacen("<w:document ", &format!("<w:document {more}"), 1).into_bytes();
                }
            }
            package::zip(&parts)
        }
        "inflate_ratio" => {
            let mut parts = in_word();
            for (name, bytes) in &mut parts {
                if name == package::MAIN {
                    bytes.extend((0..2 << 20).map(|n: u32| if n.is_multiple_of(97) { b'\n' } else { b' ' }));
                }
            }
            package::zip(&parts)
        }
        "span" | "table_cells" | "tables" | "nested_tables" => {
            let page = String::from_utf8(fuzz::small(Carrier::Html(HtmlForm::Clean))).unwrap();
            let nested = "<table><tr><td><table><tr><td>甲<td>7</table><td>7</table></body>";
            assert!(page.contains("</body>"));
            page.replace("</body>", nested).into_bytes()
        }
        "pages" | "glyphs" | "rules" => fuzz::small(Carrier::Pdf(PdfForm::Gbk)),
        "findings" => "\t第二十条第（一）项\n\n\t信息内容\n\t本年制发件数\n\n\t规章\n\t１\n\n\t别的\n\t2\n\n\t其余\n\t3\n".into(),
        other => panic!("no document passes the limit {other}"),
    }
}

#[test]
fn every_limit_holds_to_the_last_unit() {
    let names: Vec<&str> = Limits::default().all().map(|(name, _)| name).collect();
    for name in names {
        let bytes = costly(name);
        let with = |value: u64| {
            let mut limits = Limits::default();
            *limits.named(name).unwrap() = value;
            passed(&bytes, &limits)
        };
        let (mut low, mut high) = (0, *Limits::default().named(name).unwrap());
        assert_eq!(with(high), None, "{name}: the document passes a limit as it is");
        assert_eq!(with(low).as_deref(), Some(name), "{name}: nothing is too much");
        // The least that lets it pass: one less is that limit's own error.
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            match with(middle) {
                None => high = middle,
                Some(passed) => {
                    assert_eq!(passed, name, "at {middle}");
                    low = middle;
                }
            }
        }
        println!("{name}: {high}");
        assert!(high > 1 || matches!(name, "pages" | "nested_tables"), "{name} is not counted");
    }
}

#[test]
fn parts_that_are_small_alone_are_too_much_together() {
    let mut parts = package::parts(&fuzz::small(Carrier::Docx(DocxForm::Word))).unwrap();
    parts.retain(|(name, _)| name != "word/styles.xml" && name != "word/_rels/document.xml.rels");
    parts.push(("word/styles.xml".to_owned(), vec![b' '; (1 << 20) - 1_000]));
    let relation = "<Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>";
    parts.push((
        "word/_rels/document.xml.rels".to_owned(),
        format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relation}</Relationships>").into_bytes(),
    ));
    let bytes = package::zip(&parts);
    let limits = Limits { part_bytes: 1 << 20, total_bytes: 1 << 20, ..Limits::default() };
    assert_eq!(passed(&bytes, &limits).as_deref(), Some("total_bytes"));
}

#[test]
fn twice_the_document_costs_twice_the_memory() {
    /// In hundredths: twice, and what buffers that double leave unused.
    const ALLOWED: u64 = 220;
    let mut wrong = Vec::new();
    for carrier in Carrier::layouts() {
        let cost = |copies: usize| {
            let bytes = carrier.render(&fuzz::repeated(copies), &mut Random::new(1));
            let (read, cost) = memory::cost(|| parse(&bytes));
            assert!(read.is_ok() || copies == 1, "{}: {:?}", carrier.name(), read.err());
            cost
        };
        cost(1);
        let (once, twice) = (cost(12), cost(24));
        for (what, once, twice) in [("bytes", once.bytes, twice.bytes), ("calls", once.calls, twice.calls)] {
            println!("{} {what}: {once} {twice}", carrier.name());
            if twice * 100 > once * ALLOWED {
                wrong.push(format!("{}: {once} {what}, then {twice}", carrier.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A workbook of one sheet.
fn workbook(sheet: &str) -> Vec<u8> {
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let parts = [
        (package::CONTENT_TYPES, package::content_types("xl/workbook.xml")),
        (package::RELATIONS, package::relations("xl/workbook.xml", false)),
        (
            "xl/workbook.xml",
            format!(
                "<workbook {MAIN} xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"s\" r:id=\"r\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"{OFFICE}/worksheet\" Target=\"s.xml\"/></Relationships>"
            ),
        ),
        ("xl/s.xml", format!("<worksheet {MAIN}>{sheet}</worksheet>")),
    ];
    package::zip(&parts.map(|(name, text)| (name.to_owned(), text.into_bytes())))
}

#[test]
fn workbooks_cost_what_they_hold() {
    let far = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
    let merges = |ranges: &str| format!("{far}<mergeCells>{ranges}</mergeCells>");
    let many: String = (1..=1_000_000).map(|row| format!("<mergeCell ref=\"A{row}:B{row}\"/>")).collect();
    let wide = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\"><v>1</v></c></row></sheetData>";
    let rows: String = (1..=20)
        .map(|row| format!("<row><c r=\"A{row}\"><v>1</v></c><c r=\"XFD{row}\"><v>1</v></c></row>"))
        .collect();
    for (name, sheet, expected) in [
        ("two cells far apart", far.to_owned(), "input not-a-report"),
        ("one range over all", merges("<mergeCell ref=\"A1:XFD1048576\"/>"), "limit limit"),
        ("a column merged", merges("<mergeCell ref=\"A1:A1048576\"/>"), "limit limit"),
        ("a million ranges", merges(&many), "limit limit"),
        ("the same range twice", merges(&"<mergeCell ref=\"A1:B2\"/>".repeat(2)), "input damaged"),
        ("a wide row", wide.to_owned(), "input not-a-report"),
        ("wide rows", format!("<sheetData>{rows}</sheetData>"), "limit limit"),
        ("cells", format!("<sheetData><row>{}</row></sheetData>", "<c/>".repeat(20_000)), "input damaged"),
        ("rows", format!("<sheetData>{}</sheetData>", "<row/>".repeat(1_000_001)), "limit limit"),
        ("a row before the first", "<sheetData><row r=\"0\"/></sheetData>".to_owned(), "input damaged"),
        (
            "columns from 0",
            "<cols><col min=\"0\" max=\"4294967295\" hidden=\"1\"/></cols>".to_owned(),
            "input damaged",
        ),
    ] {
        assert_eq!(outcome(&workbook(&sheet)), expected, "{name}");
    }
}
