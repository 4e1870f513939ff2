//! Inputs that cost far more than they hold: each must end, with the error or the report
//! named here. Sizes are such that quadratic time would be felt, and no time is asserted.

use gongkai::{ErrorKind, Limits, ParseOptions, parse, parse_with_options};
use gongkai_tests::package;

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

#[test]
fn every_limit_is_named_when_it_is_passed() {
    let report = "一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n";
    let within = |limits: Limits| ParseOptions { limits, ..Default::default() };
    let options = within(Limits { input_bytes: 10, ..Default::default() });
    let error = parse_with_options(report.as_bytes(), &options).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    assert!(error.message().contains("input_bytes"), "{error}");

    let options = within(Limits { table_cells: 3, ..Default::default() });
    let error = parse_with_options("规章\t0\t0\t0\n".repeat(4).as_bytes(), &options).unwrap_err();
    assert!(error.message().contains("table_cells"), "{error}");

    let options = within(Limits { findings: 2, ..Default::default() });
    let rows =
        "\t第二十条第（一）项\n\n\t信息内容\n\t本年制发件数\n\n\t规章\n\t１\n\n\t别的\n\t2\n\n\t其余\n\t3\n";
    let report = parse_with_options(rows.as_bytes(), &options).unwrap();
    assert_eq!(report.findings().len(), 3);
    assert_eq!(report.findings().last().unwrap().code, "DOC-FINDINGS-CUT");
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
