//! Inputs that cost far more than they hold: each must end, with the error or the report
//! named here. Sizes are such that quadratic time would be felt, and no time is asserted.

use gongkai::{ErrorKind, Limits, ParseOptions, parse, parse_with_options};

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
