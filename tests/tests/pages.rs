//! Fixed layouts, PDF and OFD: what is refused by name, what stays unread, and what files
//! cost that were made to cost much.
// Test code: a panic is a failed test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use gongkai::{Limits, ParseOptions, Report, Status, parse, parse_with_options};
use gongkai_tests::package;
use gongkai_tests::random::Random;
use gongkai_tests::render::{Carrier, OfdForm, PdfFile, PdfForm};
use gongkai_tests::runs;

/// What is left: an error's kind and code, or "report".
fn outcome(bytes: &[u8]) -> String {
    match parse(bytes) {
        Ok(_) => "report".to_owned(),
        Err(error) => format!("{} {}", error.kind(), error.code()),
    }
}

/// Operators that show a text at a place; y grows upwards.
fn text(x: f64, y: f64, text: &str) -> String {
    let hex: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("BT /F1 10 Tf 1 0 0 1 {x} {y} Tm <{hex}> Tj ET\n")
}

const TITLE: &str = "青禾镇人民政府2021年政府信息公开工作年度报告";
const CELLS: [[&str; 4]; 2] =
    [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "11", "22", "33"]];

fn headings() -> String {
    [(150.0, 780.0, TITLE), (80.0, 760.0, "一、总体情况"), (80.0, 740.0, "二、主动公开政府信息情况")]
        .map(|(x, y, line)| text(x, y, line))
        .concat()
}

/// A small report: a title, three headings and one block of the form in ruled squares of
/// 100 × 20 with the upper left corner at (60, 700).
fn report() -> String {
    let mut content = String::new();
    for (row, cells) in CELLS.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (x, y) = (60 + 100 * column, 680 - 20 * row);
            content.push_str(&format!("{x} {y} 100 20 re S\n"));
            content.push_str(&text(x as f64 + 5.0, y as f64 + 6.0, cell));
        }
    }
    content.push_str(&headings());
    content.push_str(&text(80.0, 600.0, "三、收到和处理政府信息公开申请情况"));
    content
}

/// A file of one page for each content stream; objects from 20 on are free.
fn file(contents: &[&str]) -> PdfFile {
    let mut file = PdfFile::default();
    let kids: String = (0..contents.len()).map(|page| format!("{} 0 R ", 100 + 2 * page)).collect();
    file.object(1, "<</Type/Catalog/Pages 2 0 R>>".to_owned());
    file.object(
        2,
        format!("<</Type/Pages/Kids[{kids}]/Count 1/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R/F2 5 0 R/F3 23 0 R>>/XObject<</X 20 0 R/Y 21 0 R>>/ExtGState<</Half<</ca 0.5>>/Clear<</ca 0>>>>/Properties<</Layer 22 0 R>>>>>>"),
    );
    let descendant = "<</Type/Font/Subtype/CIDFontType2/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>/W[1 95 500]>>";
    file.object(3, "<</Type/Font/Subtype/Type0/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>".to_owned());
    file.object(4, descendant.to_owned());
    // Identifiers of nothing known.
    file.object(5, "<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[6 0 R]>>".to_owned());
    file.object(6, descendant.replace("GB1", "Identity"));
    for (page, content) in contents.iter().enumerate() {
        let id = 100 + 2 * page;
        file.object(id, format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", id + 1));
        file.stream(id + 1, content.as_bytes());
    }
    file
}

fn picture(file: &mut PdfFile) {
    file.stream_with(
        20,
        "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
        b"0",
    );
}

const SCAN: &str = "q 595 0 0 842 0 0 cm /X Do Q\n";

fn values(report: &Report) -> Vec<(Status, Option<String>)> {
    let own = report.facts().filter(|fact| fact.id().starts_with("proactive."));
    own.map(|fact| (fact.status, fact.value.map(|value| value.to_string()))).collect()
}

fn codes(report: &Report) -> Vec<&str> {
    report.findings().iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn a_ruled_table_is_read_with_its_page() {
    for packed in [false, true] {
        let report = parse(&file(&[&report()]).finish(packed)).unwrap();
        let expected = ["11", "22", "33"].map(|n| (Status::Reported, Some(n.to_owned())));
        assert_eq!(values(&report), expected);
        assert_eq!(report.facts().next().unwrap().location.page, Some(1));
        assert_eq!(report.year(), Some(2021));
    }
}

#[test]
fn pictures_are_refused_by_name_and_page() {
    let with = |contents: &[&str]| {
        let mut file = file(contents);
        picture(&mut file);
        file.finish(false)
    };
    assert_eq!(outcome(&with(&[SCAN])), "unsupported scan");
    // Text of a scan: printed invisibly, or beneath the picture.
    let recognized = format!("{SCAN} 3 Tr {}", report());
    assert_eq!(outcome(&with(&[&recognized])), "unsupported scan");
    assert_eq!(outcome(&with(&[&format!("{}{SCAN}", report())])), "unsupported scan");
    // One page of several.
    let report = parse(&with(&[&report(), SCAN])).unwrap();
    let own = report.findings().iter().find(|finding| finding.code == "DOC-PAGE-PICTURE").unwrap();
    assert_eq!(own.locations[0].page, Some(2));
    assert_eq!(values(&report).len(), 3);
}

#[test]
fn what_cannot_be_told_is_unreadable() {
    let read = |content: String| parse(&file(&[&content]).finish(false)).unwrap();
    let statuses = |report: &Report| values(report).iter().map(|(status, _)| *status).collect::<Vec<_>>();
    let (ok, no) = (Status::Reported, Status::Unreadable);
    // A font that names no encoding.
    let hidden = report().replace(&text(165.0, 666.0, "11"), "BT /F2 10 Tf 165 666 Td <00120012> Tj ET\n");
    let unmapped = read(hidden);
    assert_eq!(statuses(&unmapped), [no, ok, ok]);
    assert!(codes(&unmapped).contains(&"DOC-UNMAPPED-TEXT"));
    // A number over the line between two cells.
    let crossing = report().replace(&text(165.0, 666.0, "11"), &text(250.0, 666.0, "1234"));
    assert_eq!(statuses(&read(crossing)), [no, no, ok]);
    // A number in two lines, and two numbers in one place.
    let wrapped = format!("{}{}", text(165.0, 671.0, "11"), text(165.0, 661.0, "7"));
    assert_eq!(statuses(&read(report().replace(&text(165.0, 666.0, "11"), &wrapped))), [no, ok, ok]);
    assert_eq!(statuses(&read(format!("{}{}", report(), text(165.5, 666.0, "78")))), [no, ok, ok]);
    // Bold by printing twice is one number.
    assert_eq!(statuses(&read(format!("{}{}", report(), text(165.3, 666.0, "11")))), [ok, ok, ok]);
    // A raised note is no digit.
    let note = "BT /F1 5 Tf 176 670 Td <0031> Tj ET\n";
    let noted = read(format!("{}{note}", report()));
    assert_eq!(values(&noted)[0], (ok, Some("11".to_owned())));
    // The line between two values is missing: they are one cell.
    let open = report().replace("160 660 100 20 re S", "160 660 m 260 660 l 260 680 m 160 680 l 160 660 l S");
    let open = open.replace("260 660 100 20 re S", "260 660 m 360 660 l 360 680 l 260 680 l S");
    assert_eq!(statuses(&read(open)), [no, no, ok]);
}

/// Ruled squares of 100 × 20, the upper left corner of each row at its place; a place without
/// a cell has no lines either.
fn table(rows: &[(f64, &[Option<&str>])]) -> String {
    let mut content = String::new();
    for &(top, cells) in rows {
        for (column, cell) in cells.iter().enumerate().filter_map(|(at, cell)| Some((at, (*cell)?))) {
            let x = 60.0 + 100.0 * column as f64;
            content.push_str(&format!("{x} {} 100 20 re S\n", top - 20.0));
            content.push_str(&text(x + 5.0, top - 14.0, cell));
        }
    }
    content
}

/// A report whose block goes on over the page's end: rows on the first page, and on the
/// second.
fn broken(first: &[&[&str]], second: &[&[&str]]) -> Report {
    let rows = |top: f64, rows: &[&[&str]]| -> String {
        let rows = rows.iter().enumerate().map(|(at, row)| {
            let cells: Vec<Option<&str>> = row.iter().copied().map(Some).collect();
            table(&[(top - 20.0 * at as f64, &cells)])
        });
        rows.collect()
    };
    let one = format!("{}{}", headings(), rows(100.0 + 20.0 * first.len() as f64, first));
    let two = format!("{}{}", rows(790.0, second), text(80.0, 300.0, "三、收到和处理政府信息公开申请情况"));
    parse(&file(&[&one, &two]).finish(false)).unwrap()
}

#[test]
fn rows_cut_by_the_end_of_a_page_are_joined_only_where_words_say_so() {
    let head = &CELLS[0][..];
    let read = |first: &[&str], second: &[&[&str]]| values(&broken(&[head, first], second));
    let reported = |numbers: [&str; 3]| numbers.map(|n| (Status::Reported, Some(n.to_owned()))).to_vec();
    let lost = vec![(Status::Unreadable, None); 3];
    // Two rows, each with its name.
    let two = read(&["规章", "11", "22", "33"], &[&["行政规范性文件", "4", "5", "6"]]);
    assert_eq!(two, [reported(["11", "22", "33"]), reported(["4", "5", "6"])].concat());
    // A name in two pieces, and every value on one side.
    let name = ["行政规范", "性文件"];
    assert_eq!(read(&[name[0], "11", "22", "33"], &[&[name[1], "", "", ""]]), reported(["11", "22", "33"]));
    // Every value on both sides: numbers that may have been cut, with the name or without it.
    assert_eq!(read(&[name[0], "11", "22", "33"], &[&[name[1], "4", "5", "6"]]), lost);
    assert_eq!(read(&["规章", "11", "22", "33"], &[&["", "4", "5", "6"]]), lost);
    assert_eq!(read(&["", "11", "22", "33"], &[&["规章", "4", "5", "6"]]), lost);
    // All values on the other side of the name, which is not the name of blanks.
    let name = "规章";
    assert_eq!(read(&["", "11", "22", "33"], &[&[name, "", "", ""]]), lost);
    assert_eq!(read(&[name, "", "", ""], &[&["", "11", "22", "33"]]), lost);
    assert_eq!(read(&["", "11", "", ""], &[&[name, "", "22", "33"]]), lost);
    assert_eq!(read(&["其余事宜", "11", "22", "33"], &[&[name, "", "", ""]]), lost);
    // A word below a number, or above it, is what may be left of another row as well.
    assert_eq!(read(&[name, "11", "22", "33"], &[&["", "4", "件", "6"]]), lost);
    assert_eq!(read(&["", "11", "件", "33"], &[&[name, "4", "22", "6"]]), lost);
    assert_eq!(
        read(&["行政规范", "11", "22", "33"], &[&["性文件", "", "", "件"]]),
        reported(["11", "22", "33"])
    );
    // Rows that the form does not have, and blank ones, take nothing.
    let own = reported(["11", "22", "33"]);
    assert_eq!(read(&[name, "11", "22", "33"], &[&["其余事宜", "4", "5", "6"]]), own);
    assert_eq!(read(&[name, "11", "22", "33"], &[&["其余事宜", "", "", ""]]), own);
    assert_eq!(read(&["", "", "", ""], &[&[name, "11", "22", "33"]]), own);
    // A piece may be a name by itself, and the whole a slip; a name with something below is whole.
    assert_eq!(read(&["行政", "11", "22", "33"], &[&["规范性文件", "", "", ""]]), own);
    assert_eq!(read(&["行政规范", "11", "22", "33"], &[&["性文档", "", "", ""]]), own);
    assert_eq!(read(&["行政规范性文件", "11", "22", "33"], &[&["等", "4", "5", "6"]]), own);
    assert_eq!(read(&["等", "4", "5", "6"], &[&["行政规范性文件", "11", "22", "33"]]), own);
    // A header is whole above numbers, with its corner or without it.
    for corner in ["信息内容", ""] {
        let head = [corner, head[1], head[2], head[3]];
        let report = broken(&[&head], &[&["规章", "11", "22", "33"]]);
        assert_eq!(values(&report), own, "{corner}");
    }
    // A header printed again is no row, and no beginning of another block.
    let again = read(&["规章", "11", "22", "33"], &[head, &["行政规范性文件", "4", "5", "6"]]);
    assert_eq!(again, two);
}

#[test]
fn rows_with_their_names_are_two_where_the_name_of_their_group_is_cut() {
    let row = |top: f64, cells: &[&str]| -> String {
        let wide = |at: usize| [80.0, 120.0, 45.0][at.min(2)];
        let square = |(at, own): (usize, &&str)| {
            let x = 40.0 + (0..at).map(wide).sum::<f64>();
            format!("{x} {} {} 20 re S\n{}", top - 20.0, wide(at), text(x + 2.0, top - 14.0, own))
        };
        cells.iter().enumerate().map(square).collect()
    };
    let labels = ["自然人", "商业企业", "科研机构", "公益组织", "法律服务", "其他", "总计"];
    let numbers = [["1", "2", "3", "4", "5", "6", "21"], ["2", "3", "4", "5", "6", "7", "27"]];
    let one = [
        headings(),
        text(80.0, 720.0, "三、收到和处理政府信息公开申请情况"),
        row(120.0, &[&["项目", "项目"], &labels[..]].concat()),
        row(100.0, &[&["三、本年度", "（一）予以公开"], &numbers[0][..]].concat()),
    ];
    let two = [
        row(790.0, &[&["办理结果", "（二）部分公开"], &numbers[1][..]].concat()),
        text(80.0, 300.0, "四、行政复议、行政诉讼情况"),
    ];
    let report = parse(&file(&[&one.concat(), &two.concat()]).finish(false)).unwrap();
    let read: Vec<_> = report.facts().map(|fact| fact.value.map(|value| value.to_string())).collect();
    assert_eq!(read, numbers.concat().into_iter().map(|number| Some(number.to_owned())).collect::<Vec<_>>());
}

/// A table of section 3 that the page's end cuts: its rows above and below, each with its group,
/// its label and one number for all columns but the last, which has seven times that. Of groups
/// that are `None` the cell above goes on.
fn grouped(above: &[(Option<&str>, &str, &str)], below: &[(Option<&str>, &str, &str)]) -> Report {
    let square = |x: f64, bottom: f64, width: f64, height: f64, own: &str| {
        format!("{x} {bottom} {width} {height} re S\n{}", text(x + 2.0, bottom + height - 14.0, own))
    };
    let x = |at: usize| 240.0 + 45.0 * at as f64;
    let rows = |top: f64, rows: &[(Option<&str>, &str, &str)]| -> String {
        let mut content = String::new();
        for (at, (group, label, number)) in rows.iter().enumerate() {
            let bottom = top - 20.0 * (at + 1) as f64;
            let more = rows[at + 1..].iter().take_while(|(group, ..)| group.is_none()).count() as f64;
            if let Some(group) = group {
                content.push_str(&square(20.0, bottom - 20.0 * more, 100.0, 20.0 * (1.0 + more), group));
            }
            content.push_str(&square(120.0, bottom, 120.0, 20.0, label));
            (0..7).for_each(|at| content.push_str(&square(x(at), bottom, 45.0, 20.0, number)));
        }
        content
    };
    let labels = ["自然人", "商业企业", "科研机构", "公益组织", "法律服务", "其他", "总计"];
    let header: String = (0..7).map(|at| square(x(at), 200.0, 45.0, 20.0, labels[at])).collect();
    let one = [
        headings(),
        text(80.0, 720.0, "三、收到和处理政府信息公开申请情况"),
        square(20.0, 200.0, 220.0, 20.0, "项目"),
        header,
        rows(200.0, above),
    ];
    let two = [rows(790.0, below), text(80.0, 300.0, "四、行政复议、行政诉讼情况")];
    parse(&file(&[&one.concat(), &two.concat()]).finish(false)).unwrap()
}

#[test]
fn a_group_whose_name_is_cut_leaves_its_rows_what_they_are() {
    let read = |report: &Report| -> Vec<(String, Option<String>)> {
        let first = report.facts().filter(|fact| fact.column == "natural_person");
        first.map(|fact| (fact.row.to_string(), fact.value.map(|value| value.to_string()))).collect()
    };
    let rows = |rows: &[(&str, &str)]| -> Vec<(String, Option<String>)> {
        rows.iter().map(|(row, value)| ((*row).to_owned(), Some((*value).to_owned()))).collect()
    };
    let (granted, partly) = ("（一）予以公开", "（二）部分公开");
    let two = rows(&[("granted", "3"), ("partially_granted", "5")]);
    // A row that the form does not have, above the page's end or below it, takes nothing from
    // others, whether the group goes on in two pieces or with a blank.
    let other = grouped(
        &[(Some("三、本年度"), granted, "3"), (None, "其余事宜", "4")],
        &[(Some("办理结果"), partly, "5")],
    );
    assert_eq!(read(&other), two);
    let other = grouped(
        &[(Some("三、本年度办理结果"), granted, "3"), (None, partly, "5")],
        &[(Some(""), "其余事宜", "4")],
    );
    assert_eq!(read(&other), two);
    // What is left of the group's name is no row.
    let rest =
        grouped(&[(Some("三、本年度"), granted, "3"), (None, partly, "5")], &[(Some("办理结果"), "", "")]);
    assert_eq!(read(&rest), two);
    let unknown = ["STR-ROW-UNKNOWN", "STR-ROW-SUBTOTAL"];
    assert!(!codes(&rest).iter().any(|code| unknown.contains(code)), "{:?}", rest.findings());
}

#[test]
fn a_row_of_a_group_above_a_blank_one_is_whole() {
    let row = |top: f64, cells: &[&str]| -> String {
        let square = |(at, own): (usize, &&str)| {
            let (x, width) = if at == 0 { (20.0, 140.0) } else { (100.0 + 60.0 * at as f64, 60.0) };
            format!("{x} {} {width} 20 re S\n{}", top - 20.0, text(x + 2.0, top - 14.0, own))
        };
        cells.iter().enumerate().map(square).collect()
    };
    let labels = ["项目", "自然人", "商业企业", "科研机构", "公益组织", "法律服务", "其他", "总计"];
    let one = [
        headings(),
        text(80.0, 720.0, "三、收到和处理政府信息公开申请情况"),
        row(120.0, &labels),
        row(100.0, &["（五）不予处理", "1", "", "", "", "", "", "1"]),
    ];
    let blank = ["1.信访举报投诉类申请", "", "", "", "", "", "", ""];
    let two = [
        row(790.0, &blank),
        row(770.0, &["2.重复申请", "1", "0", "0", "0", "0", "0", "1"]),
        text(80.0, 300.0, "四、行政复议、行政诉讼情况"),
    ];
    let report = parse(&file(&[&one.concat(), &two.concat()]).finish(false)).unwrap();
    let of = |row: &str| -> Vec<Status> {
        report.facts().filter(|fact| fact.row == row).map(|fact| fact.status).collect()
    };
    assert_eq!(of("not_processed.petition"), [Status::Blank; 7]);
    assert_eq!(of("not_processed.duplicate"), [Status::Reported; 7]);
    let subtotals: Vec<_> = report.subtotals().iter().filter_map(|fact| fact.value).collect();
    assert_eq!(subtotals, [1.into(), 1.into()]);
}

#[test]
fn a_place_without_lines_is_no_blank_cell() {
    let head: Vec<Option<&str>> = CELLS[0].into_iter().map(Some).collect();
    let row = [Some("规章"), Some("11"), Some("22"), None];
    // What the page's end left of the header: too low for its sides to be lines.
    let sliver = "60 790 400 3.5 re S\n";
    let two = format!("{sliver}{}", table(&[(790.0, &row)]));
    let one = format!("{}{}", headings(), table(&[(140.0, &head)]));
    let report = parse(&file(&[&one, &two]).finish(false)).unwrap();
    assert!(values(&report).iter().all(|(status, _)| *status == Status::Unreadable), "{:?}", values(&report));
}

#[test]
fn a_cell_that_goes_on_over_a_whole_page_is_beside_its_rows() {
    let square = |x: f64, top: f64, width: f64, own: &str| {
        format!("{x} {} {width} 20 re S\n{}", top - 20.0, text(x + 5.0, top - 14.0, own))
    };
    let values = |top: f64, own: [&str; 3]| -> String {
        (0..3).map(|at| square(220.0 + 100.0 * at as f64, top, 100.0, own[at])).collect()
    };
    let [corner, columns @ ..] = CELLS[0];
    let [first, numbers @ ..] = CELLS[1];
    let one = format!(
        "{}{}{}{}{}{}",
        headings(),
        square(60.0, 120.0, 160.0, corner),
        values(120.0, columns),
        square(60.0, 100.0, 40.0, ""),
        square(100.0, 100.0, 120.0, first),
        values(100.0, numbers)
    );
    // Of the cell to the left only its side is drawn.
    let two = format!(
        "60 790 m 60 770 l S\n{}{}{}",
        square(100.0, 790.0, 120.0, "行政规范性文件"),
        values(790.0, ["4", "5", "6"]),
        text(80.0, 300.0, "三、收到和处理政府信息公开申请情况")
    );
    let report = parse(&file(&[&one, &two]).finish(false)).unwrap();
    let read: Vec<_> = self::values(&report).into_iter().filter_map(|(_, value)| value).collect();
    assert_eq!(read, ["11", "22", "33", "4", "5", "6"]);
    assert!(report.facts().all(|fact| fact.location.table == Some(1)));
}

/// Two blocks of the form, one below the other, without lines between their cells, and what
/// is drawn around them.
fn lineless(drawn: &str) -> Report {
    let line = |y: f64, words: &[&str]| -> String {
        words.iter().enumerate().map(|(at, word)| text(65.0 + 100.0 * at as f64, y, word)).collect()
    };
    let content = [
        drawn.to_owned(),
        headings(),
        line(686.0, &CELLS[0]),
        line(666.0, &CELLS[1]),
        line(645.0, &["第二十条第（五）项"]),
        line(625.0, &["信息内容", "本年处理决定数量"]),
        line(605.0, &["行政许可", "7"]),
        text(80.0, 560.0, "三、收到和处理政府信息公开申请情况"),
    ];
    parse(&file(&[&content.concat()]).finish(false)).unwrap()
}

/// A table of requests without lines: the group of organizations, if any, labels of columns, and
/// one row.
fn requests(group: &str, labels: &[&str], numbers: &[&str]) -> Vec<(Status, Option<String>)> {
    let x = |column: usize| 160.0 + 52.0 * column as f64;
    let mut content = [headings(), text(80.0, 720.0, "三、收到和处理政府信息公开申请情况")].concat();
    content.push_str(&centred(x(3), 695.0, group));
    // What is in no group stands in the middle of both rows.
    let middle = if group.is_empty() { 675.0 } else { 685.0 };
    for (at, own) in labels.iter().enumerate() {
        content.push_str(&centred(x(at), if (1..6).contains(&at) { 675.0 } else { middle }, own));
    }
    for (at, own) in numbers.iter().enumerate() {
        content.push_str(&centred(x(at), 655.0, own));
    }
    content.push_str(&text(50.0, middle, "项目"));
    content.push_str(&text(20.0, 655.0, "一、本年新收申请数量"));
    content.push_str(&text(80.0, 560.0, "四、行政复议、行政诉讼情况"));
    let report = parse(&file(&[&content]).finish(false)).unwrap();
    let own = report.facts().filter(|fact| fact.id().starts_with("requests."));
    own.map(|fact| (fact.status, fact.value.map(|value| value.to_string()))).collect()
}

#[test]
fn a_table_without_lines_is_read_only_below_all_labels_of_the_form() {
    let group = "法人或其他组织";
    let labels = ["自然人", "商业企业", "科研机构", "公益组织", "法律服务", "其他", "总计"];
    let numbers = ["1", "2", "3", "4", "5", "6", "21"];
    let all = requests(group, &labels, &numbers);
    assert_eq!(all, numbers.map(|number| (Status::Reported, Some(number.to_owned()))));
    let unread = |group: &str, labels: &[&str], numbers: &[&str]| {
        let read = requests(group, labels, numbers);
        assert!(read.iter().all(|(status, _)| *status != Status::Reported), "{group} {labels:?}: {read:?}");
    };
    // The group's label is lost, or another label counts in its place.
    unread("", &labels, &numbers);
    unread("", &[&labels[..], &["备注"]].concat(), &[&numbers[..], &["8"]].concat());
    // A column's label is lost, or another stands in its place, or another's.
    unread(group, &labels[..6], &numbers);
    unread(group, &[&labels[..6], &["备注"]].concat(), &numbers);
    unread(group, &[&labels[..6], &["其他"]].concat(), &numbers);
}

/// A text with its middle at a place.
fn centred(x: f64, y: f64, own: &str) -> String {
    let width: f64 = own.chars().map(|c| if c.is_ascii() { 5.0 } else { 10.0 }).sum();
    text(x - width / 2.0, y, own)
}

/// The table of section 4 without lines between its columns: labels over several of 15 columns of
/// 34, each with its columns, and what is drawn behind them.
fn review(groups: &[(&str, std::ops::Range<usize>)], drawn: &str) -> Vec<(String, Status, Option<String>)> {
    let middle = |columns: &std::ops::Range<usize>| 40.0 + 17.0 * (columns.start + columns.end) as f64;
    let mut content =
        [drawn.to_owned(), headings(), text(80.0, 720.0, "四、行政复议、行政诉讼情况")].concat();
    for (own, columns) in groups {
        let low = own.contains("起诉");
        content.push_str(&centred(middle(columns), if low { 670.0 } else { 695.0 }, own));
    }
    for column in 0..15 {
        let x = middle(&(column..column + 1));
        let y = if column < 5 { 650.0 } else { 635.0 };
        let label = [["结果", "维持"], ["结果", "纠正"], ["其他", "结果"], ["尚未", "审结"]].get(column % 5);
        match label {
            Some([one, two]) => content.push_str(&(centred(x, y + 7.0, one) + &centred(x, y - 7.0, two))),
            None => content.push_str(&centred(x, y, "总计")),
        }
        content.push_str(&centred(x, 600.0, &(column + 1).to_string()));
    }
    content.push_str(&text(80.0, 560.0, "五、存在的主要问题及改进情况"));
    let report = parse(&file(&[&content]).finish(false)).unwrap();
    let own = report.facts().filter(|fact| fact.id().starts_with("review."));
    own.map(|fact| (fact.id(), fact.status, fact.value.map(|value| value.to_string()))).collect()
}

#[test]
fn labels_over_several_columns_without_lines_stand_in_their_middle() {
    let groups =
        [("行政复议", 0..5), ("行政诉讼", 5..15), ("未经复议直接起诉", 5..10), ("复议后起诉", 10..15)];
    let all = review(&groups, "");
    assert_eq!(all.len(), 15);
    assert_eq!(all[0], ("review.reconsideration.upheld".to_owned(), Status::Reported, Some("1".to_owned())));
    assert_eq!(all[5].0, "review.litigation.direct.upheld");
    let numbers: Vec<String> = (1..=15).map(|number| number.to_string()).collect();
    assert_eq!(all.iter().filter_map(|(_, _, value)| value.clone()).collect::<Vec<_>>(), numbers);
    for drawn in ["40 590 510 0.5 re f 40 625 510 0.5 re f\n", "0.9 g 40 590 510 25 re f 0 g\n"] {
        assert_eq!(review(&groups, drawn), all, "{drawn}");
    }
    // One is lost, and the other in its place, or none is; or it stands over fewer.
    for groups in [
        &[("行政复议", 0..5), ("行政诉讼", 5..15), ("复议后起诉", 5..10)][..],
        &[("行政复议", 0..5), ("行政诉讼", 5..15), ("复议后起诉", 10..15)],
        &[("行政复议", 0..5), ("行政诉讼", 5..15), ("未经复议直接起诉", 5..9), ("复议后起诉", 10..15)],
        &[("行政复议", 0..5), ("行政诉讼", 5..15)],
        &[("行政诉讼", 0..10), ("未经复议直接起诉", 5..10), ("复议后起诉", 10..15)],
    ] {
        let read = review(groups, "");
        assert!(read.iter().all(|(_, status, _)| *status != Status::Reported), "{groups:?}: {read:?}");
    }
}

#[test]
fn a_table_without_lines_goes_on_below_its_labels_on_the_next_page() {
    let line = |y: f64, words: &[&str]| -> String {
        words.iter().enumerate().map(|(at, word)| text(65.0 + 100.0 * at as f64, y, word)).collect()
    };
    let one = [headings(), line(110.0, &CELLS[0]), line(90.0, &CELLS[1])].concat();
    let row = line(780.0, &["行政规范性文件", "4", "5", "6"]);
    let end = text(80.0, 300.0, "三、收到和处理政府信息公开申请情况");
    let read = |two: &str| values(&parse(&file(&[&one, two]).finish(false)).unwrap());
    // What names the row before the page's end may go on beyond it.
    let lost = vec![(Status::Unreadable, None); 3];
    let reported = ["4", "5", "6"].map(|n| (Status::Reported, Some(n.to_owned()))).to_vec();
    assert_eq!(read(&(row.clone() + &end)), [lost.clone(), reported].concat());
    // Something stands between, or the row ends in a blank.
    let between =
        [text(65.0, 800.0, &"其他文字".repeat(8)), text(65.0, 790.0, &"其他文字".repeat(8))].concat();
    for two in [between + &row, line(780.0, &["行政规范性文件", "4", "5"])] {
        assert!(read(&(two + &end)).iter().all(|(status, _)| *status != Status::Reported));
    }
}

#[test]
fn frames_that_touch_are_no_table() {
    let reported = |numbers: &[&str]| -> Vec<_> {
        numbers.iter().map(|n| (Status::Reported, Some((*n).to_owned()))).collect()
    };
    let all = reported(&["11", "22", "33", "7"]);
    assert_eq!(values(&lineless("")), all);
    // As wide as the tables in them.
    let frames = "60 660 400 40 re S 60 599 240 60 re S\n";
    assert_eq!(values(&lineless(frames)), all);
    // A line down in one of them, and the words beside it are cells.
    let parted = values(&lineless(&format!("{frames}160 660 m 160 700 l S\n")));
    assert!(!parted.iter().any(|(status, _)| *status == Status::Reported), "{parted:?}");
}

#[test]
fn frames_around_prose_leave_its_paragraphs() {
    let told = |drawn: &str| {
        let report = parse(&file(&[&format!("{drawn}{}", report())]).finish(false)).unwrap();
        assert_eq!(values(&report).len(), 3);
        format!("{:?} {:?} {:?}", report.title(), report.preamble(), report.sections())
    };
    let bare = told("");
    assert!(bare.contains(TITLE));
    for frames in [
        "140 770 300 25 re S\n",
        "140 770 300 25 re S 60 730 400 39 re S\n",
        "140 770 300 25 re S 60 750 400 19 re S 60 730 350 19 re S\n",
    ] {
        assert_eq!(told(frames), bare, "{frames}");
    }
}

#[test]
fn a_table_may_touch_the_frame_around_it() {
    let table = report();
    for frame in ["40 660 500 150 re S\n", "58 660 500 150 re S\n", "40 590 500 110 re S\n"] {
        let read = |beside: &str| parse(&file(&[&format!("{frame}{table}{beside}")]).finish(false)).unwrap();
        let inside = read("");
        assert_eq!(values(&inside).iter().filter(|(status, _)| *status == Status::Reported).count(), 3);
        assert_eq!(inside.title().map(|title| title.value.as_str()), Some(TITLE));
        // Text beside the table belongs to no cell of it.
        let beside = values(&read(&text(470.0, 666.0, "44")));
        assert!(beside.iter().all(|(_, value)| value.as_deref() != Some("44")), "{frame} {beside:?}");
    }
}

#[test]
fn a_row_without_lines_where_the_page_ends_goes_on() {
    let read = |above: [&str; 4], below: [&str; 4]| {
        // Lines beyond the page, above and below, are not seen.
        let row = |bottom: f64, base: f64, cells: [&str; 4]| -> String {
            let x = |column: usize| 60.0 + 100.0 * column as f64;
            let square = |at: usize| format!("{} {bottom} 100 20 re S\n", x(at));
            (0..4).map(|at| format!("{}{}", square(at), text(x(at) + 5.0, base, cells[at]))).collect()
        };
        let one = format!("{}{}", headings(), row(-8.0, 2.0, above));
        let two = format!("{}{}", row(834.0, 836.0, below), row(814.0, 820.0, CELLS[1]));
        values(&parse(&file(&[&one, &two]).finish(false)).unwrap())
    };
    let reported = ["11", "22", "33"].map(|n| (Status::Reported, Some(n.to_owned())));
    let [first, second, ..] = CELLS[0];
    assert_eq!(read([""; 4], CELLS[0]), reported);
    assert_eq!(read(CELLS[0], [""; 4]), reported);
    assert_eq!(read([first, second, "", ""], ["", "", CELLS[0][2], CELLS[0][3]]), reported);
    // Text on both sides: two rows, unless words say otherwise.
    let two = read(CELLS[0], ["行政规范性文件", "4", "5", "6"]);
    let numbers = ["4", "5", "6"].map(|n| (Status::Reported, Some(n.to_owned())));
    assert_eq!(two.len(), 6);
    assert!(numbers.iter().all(|own| two.contains(own)), "{two:?}");
}

/// The status and value of the first cell with this in place of its number, and whether text
/// is said to be hidden.
fn first_cell(instead: &str, change: &dyn Fn(&mut PdfFile)) -> (Status, String, bool) {
    let mut file = file(&[&report().replace(&text(165.0, 666.0, "11"), &format!("{instead}\n"))]);
    change(&mut file);
    let report = parse(&file.finish(false)).unwrap();
    let hidden = codes(&report).contains(&"DOC-HIDDEN-TEXT");
    let own = values(&report);
    let others = own[1..].iter().map(|(_, value)| value.as_deref().unwrap_or("?"));
    assert_eq!(others.collect::<Vec<_>>(), ["22", "33"], "{instead}");
    (own[0].0, own[0].1.clone().unwrap_or_default(), hidden)
}

#[test]
fn what_is_not_shown_is_not_read() {
    let number = text(165.0, 666.0, "11");
    let cover = "1 g 161 661 98 18 re f 0 g\n";
    let gone = (Status::Blank, String::new(), true);
    let shown = |value: &str, hidden: bool| (Status::Reported, value.to_owned(), hidden);
    for (instead, expected) in [
        (format!("1 g {number} 0 g"), gone.clone()),
        (format!("1 1 1 rg {number} 0 g"), gone.clone()),
        (format!("0 0 0 0 k {number} 0 g"), gone.clone()),
        (format!("/DeviceRGB cs 1 1 1 sc {number} 0 g"), gone.clone()),
        // White is seen on a dark ground.
        (format!("0 0 1 rg 161 661 98 18 re f 1 g {number} 0 g"), shown("11", false)),
        (format!("q 1 g 1 Tr {number} Q"), shown("11", false)),
        (format!("q 3 Tr {number} Q"), gone.clone()),
        (format!("q 7 Tr {number} Q"), gone.clone()),
        (format!("q /Clear gs {number} Q"), gone.clone()),
        // Clips: elsewhere, around the number, and through it.
        (format!("q 0 0 9 9 re W n {number} Q"), gone.clone()),
        (format!("q 161 661 98 18 re W n {number} Q"), shown("11", false)),
        (format!("q 161 661 9.5 18 re W n {number} Q"), (Status::Unreadable, String::new(), true)),
        (format!("q 170.5 661 90 18 re W n {number} Q"), (Status::Unreadable, String::new(), true)),
        // Covers: over the number, with another one upon them, and glass.
        (format!("{number}{cover}"), gone.clone()),
        (format!("{number}{cover}{}", text(165.0, 666.0, "7")), shown("7", true)),
        (format!("{number} q /Half gs {cover} Q"), shown("11", false)),
        // Layers, which nothing switches off here.
        (format!("/OC /Layer BDC {number} EMC"), shown("11", false)),
        (format!("/Span <</ActualText (99777)>> BDC {number} EMC"), shown("11", false)),
        // Beyond the paper.
        (text(165.0, 866.0, "99777"), gone.clone()),
    ] {
        let layer = |file: &mut PdfFile| file.object(22, "<</Type/OCG/Name(1)>>".to_owned());
        assert_eq!(first_cell(&instead, &layer), expected, "{instead}");
    }
}

#[test]
fn layers_that_are_switched_off_are_not_read() {
    let number = text(165.0, 666.0, "11");
    let marked = format!("/OC /Layer BDC /Span BMC {number} EMC EMC");
    let gone = (Status::Blank, String::new(), true);
    let shown = (Status::Reported, "11".to_owned(), false);
    let off = "<</OFF[24 0 R]>>";
    let base = "<</BaseState/OFF/ON[24 0 R]>>";
    let member = |policy: &str| format!("<</Type/OCMD/OCGs[24 0 R 25 0 R]/P/{policy}>>");
    for (configuration, layer, expected) in [
        (off, "24 0 R".to_owned(), &gone),
        (off, "25 0 R".to_owned(), &shown),
        (base, "24 0 R".to_owned(), &shown),
        (base, "25 0 R".to_owned(), &gone),
        (off, member("AnyOn"), &shown),
        (off, member("AllOn"), &gone),
        (off, member("AllOff"), &gone),
        (off, member("AnyOff"), &shown),
    ] {
        let change = |file: &mut PdfFile| {
            file.object(1, format!("<</Type/Catalog/Pages 2 0 R/OCProperties<</D{configuration}>>>>"));
            file.object(24, "<</Type/OCG/Name(1)>>".to_owned());
            file.object(25, "<</Type/OCG/Name(2)>>".to_owned());
            let page = format!(
                "<</Type/Page/Parent 2 0 R/Contents 101 0 R/Resources<</Font<</F1 3 0 R>>/Properties<</Layer {layer}>>/XObject<</X 20 0 R>>>>>>"
            );
            file.object(100, page);
            let form = format!("/Type/XObject/Subtype/Form/BBox[0 0 595 842]/OC {layer}");
            file.stream_with(20, &form, number.as_bytes());
        };
        for instead in [marked.as_str(), "/X Do\n"] {
            assert_eq!(&first_cell(instead, &change), expected, "{configuration} {layer} {instead}");
        }
    }
}

#[test]
fn forms_show_what_their_box_lets_through() {
    let number = text(5.0, 6.0, "11");
    for (bounds, expected) in [("0 0 100 20", "11"), ("50 0 100 20", ""), ("0 0 10.5 20", "")] {
        let form = format!("/Type/XObject/Subtype/Form/BBox[{bounds}]/Matrix[1 0 0 1 100 600]");
        let change = |file: &mut PdfFile| file.stream_with(20, &form, number.as_bytes());
        let (status, value, _) = first_cell("q 1 0 0 1 60 60 cm /X Do Q\n", &change);
        assert_eq!(
            (value.as_str(), status == Status::Reported),
            (expected, !expected.is_empty()),
            "{bounds}"
        );
    }
}

#[test]
fn a_map_that_names_other_digits_than_the_encoding_is_not_believed() {
    let map = |to: &str| {
        format!("1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0031> <{to}> endbfchar")
    };
    let number = "BT /F3 10 Tf 165 666 Td <00310031> Tj ET\n";
    for (to, expected) in [
        ("0031", (Status::Reported, "11")),
        ("0037", (Status::Unreadable, "")),
        ("ff11", (Status::Reported, "11")),
    ] {
        let change = |file: &mut PdfFile| {
            file.object(
                23,
                "<</Type/Font/Subtype/Type0/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]/ToUnicode 24 0 R>>"
                    .to_owned(),
            );
            file.stream(24, map(to).as_bytes());
        };
        let (status, value, _) = first_cell(number, &change);
        assert_eq!((status, value.as_str()), expected, "{to}");
    }
}

#[test]
fn turned_pages_are_read_as_they_are_seen() {
    for (turn, matrix) in [
        (0, "1 0 0 1 0 0"),
        (90, "0 1 -1 0 842 0"),
        (180, "-1 0 0 -1 842 842"),
        (270, "0 -1 1 0 0 842"),
        (-90, "0 -1 1 0 0 842"),
    ] {
        let mut file = file(&[&format!("{matrix} cm {}", report())]);
        let page =
            format!("<</Type/Page/Parent 2 0 R/Contents 101 0 R/MediaBox[0 0 842 842]/Rotate {turn}>>");
        file.object(100, page);
        let report = parse(&file.finish(false)).unwrap();
        let read: Vec<_> = values(&report).into_iter().filter_map(|(_, value)| value).collect();
        assert_eq!(read, ["11", "22", "33"], "{turn}");
    }
}

#[test]
fn fields_of_a_form_hide_what_they_cover() {
    let mut file = file(&[&report()]);
    let own = |extra: &str| {
        format!(
            "<</Type/Page/Parent 2 0 R/Contents 101 0 R/Annots[<</Subtype/Widget{extra}/AP<<>>/Rect[262 662 358 678]>>]>>"
        )
    };
    file.object(100, own("/FT/Tx"));
    let statuses =
        |bytes: Vec<u8>| values(&parse(&bytes).unwrap()).into_iter().map(|(s, _)| s).collect::<Vec<_>>();
    let (ok, no) = (Status::Reported, Status::Unreadable);
    assert_eq!(statuses(file.finish(false)), [ok, no, ok]);
    let mut seal = self::file(&[&report()]);
    seal.object(100, own("/FT/Sig"));
    assert_eq!(statuses(seal.finish(false)), [ok, ok, ok]);
}

#[test]
fn encrypted_files_are_refused_and_damaged_ones_told_anew_where_that_is_no_guess() {
    let whole = file(&[&report()]).finish(false);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(outcome(&whole), "report");
    assert_eq!(outcome(b"%PDF-1.4\n"), "input damaged");
    assert_eq!(outcome(&whole[..whole.len() / 2]), "input damaged");
    let mut moved = whole.clone();
    moved.splice(14..14, *b"   ");
    // Within a keyword.
    let mut parted = whole.clone();
    parted.splice(20..20, *b"   ");
    assert_eq!(outcome(&parted), "input damaged", "{}", text(&parted[..40]));
    let rebuilt = |bytes: &[u8]| {
        let report = parse(bytes).unwrap();
        assert!(codes(&report).contains(&"DOC-REFERENCES-REBUILT"));
        let read: Vec<_> = values(&report).into_iter().filter_map(|(_, value)| value).collect();
        assert_eq!(read, ["11", "22", "33"]);
    };
    rebuilt(&moved);
    let change = |from: &str, to: &str| {
        let at = whole.windows(from.len()).rposition(|window| window == from.as_bytes()).unwrap();
        [&whole[..at], to.as_bytes(), &whole[at + from.len()..]].concat()
    };
    assert_eq!(outcome(&change("/Root 1 0 R", "/Root 1 0 R/Encrypt 9 0 R")), "unsupported encrypted");
    rebuilt(&change("startxref\n", "startxref\n9"));
    rebuilt(&change("xref\n0 ", "xref\n0 99999999"));
    // One offset alone.
    let last = whole.windows(9).rposition(|window| window == b"00000 n \n").unwrap() - 2;
    let mut off = whole.clone();
    off[last] = b'0' + (off[last] - b'0' + 1) % 10;
    rebuilt(&off);
    let start = whole.windows(5).rposition(|window| window == b"xref\n").unwrap();
    let start = text(&whole[start + 5..]);
    let start = start.lines().next().unwrap();
    rebuilt(&change("/Root 1 0 R", &format!("/Root 1 0 R/Prev {start}")));
    // What some way of sending left behind the end, unless it may be the beginning of more.
    rebuilt(&[moved.as_slice(), b"\xff\0\x1a\r\n"].concat());
    for rest in ["\n9 0 ob", "\n\u{fffd}9", &"\u{1}".repeat(1100)] {
        assert_eq!(outcome(&[moved.as_slice(), rest.as_bytes()].concat()), "input damaged", "{rest}");
    }
    // Without its end nobody knows what else was cut off, nor with another catalog.
    assert_eq!(outcome(&change("startxref", "startxxxx")), "input damaged");
    let other = change("startxref\n", "trailer<</Root 2 0 R>>startxref\n9");
    assert_eq!(outcome(&other), "input damaged");
    let lost = change("4 0 obj", "4 0 xxx");
    assert_eq!(outcome(&lost), "input damaged");
}

#[test]
fn hostile_files_end_in_typed_errors() {
    let with = |content: &str, change: &dyn Fn(&mut PdfFile)| {
        let mut file = file(&[content]);
        change(&mut file);
        outcome(&file.finish(false))
    };
    let object = |id: usize, text: String| move |file: &mut PdfFile| file.object(id, text.clone());
    let kids = object(2, "<</Type/Pages/Kids[2 0 R]>>".to_owned());
    assert_eq!(with("", &kids), "input damaged");
    assert_eq!(with("", &object(2, "2 0 R".to_owned())), "input damaged");
    assert_eq!(with("", &object(2, "[".repeat(100_000))), "limit limit");
    assert_eq!(with("", &object(2, "<</A".repeat(100_000))), "limit limit");
    assert_eq!(with(&"[".repeat(100_000), &|_| {}), "limit limit");
    assert_eq!(with(&"q ".repeat(100_000), &|_| {}), "limit limit");
    assert_eq!(with(&"0 0 m 9 0 l S ".repeat(200_000), &|_| {}), "limit limit");
    // Deflated zeros, once and twice.
    let zeros = vec![b' '; 80 << 20];
    assert_eq!(with("", &|file| file.stream(101, &zeros)), "limit limit");
    // Forms that paint themselves, and forms of forms.
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]";
    assert_eq!(with("/X Do", &|file| file.stream_with(20, form, b"/X Do")), "limit limit");
    let many = |file: &mut PdfFile| {
        for level in 20..40 {
            let own = format!("{form}/Resources<</XObject<</X {} 0 R>>>>", level + 1);
            file.stream_with(level, &own, &b"/X Do ".repeat(30));
        }
    };
    assert_eq!(with("/X Do", &many), "limit limit");
}

#[test]
fn limits_of_pages_are_named() {
    let two = file(&[&report(), &report()]).finish(false);
    for (limits, name) in [
        (Limits { pages: 1, ..Limits::default() }, "pages"),
        (Limits { glyphs: 10, ..Limits::default() }, "glyphs"),
        (Limits { rules: 10, ..Limits::default() }, "rules"),
        (Limits { table_cells: 2, ..Limits::default() }, "table_cells"),
        (Limits { text_bytes: 20, ..Limits::default() }, "text_bytes"),
        (Limits { total_bytes: 100, ..Limits::default() }, "total_bytes"),
    ] {
        let error = parse_with_options(&two, &ParseOptions { limits, ..Default::default() }).unwrap_err();
        assert!(error.message().contains(name), "{name}: {error}");
    }
}

fn ofd(page: &str) -> Vec<u8> {
    let parts = [
        (
            "OFD.xml",
            "<o:OFD xmlns:o='http://www.ofdspec.org/2016'><o:DocBody><o:DocRoot>/D/Document.xml</o:DocRoot></o:DocBody></o:OFD>",
        ),
        (
            "D/Document.xml",
            "<o:Document xmlns:o='http://www.ofdspec.org/2016'><o:CommonData><o:PublicRes>Public.xml</o:PublicRes><o:DocumentRes>none.xml</o:DocumentRes><o:PageArea><o:PhysicalBox>0 0 210 297</o:PhysicalBox></o:PageArea></o:CommonData><o:Pages><o:Page ID='1' BaseLoc='P/0.xml'/></o:Pages></o:Document>",
        ),
        (
            "D/Public.xml",
            "<o:Res xmlns:o='http://www.ofdspec.org/2016'><o:DrawParams><o:DrawParam ID='21'><o:FillColor Value='255 255 255'/></o:DrawParam><o:DrawParam ID='22' Relative='21' LineWidth='1'/><o:DrawParam ID='23' Relative='23'/><o:DrawParam ID='24'><o:FillColor Value='9 9 9' Alpha='90'/></o:DrawParam></o:DrawParams><o:CompositeGraphicUnits><o:CompositeGraphicUnit ID='31' Width='40' Height='12'><o:Content><o:TextObject Boundary='0 0 20 12' Size='8'><o:TextCode X='0' Y='8'>7</o:TextCode></o:TextObject></o:Content></o:CompositeGraphicUnit><o:CompositeGraphicUnit ID='32' Width='40' Height='12'><o:Content><o:CompositeObject Boundary='0 0 40 12' ResourceID='31'/></o:Content></o:CompositeGraphicUnit><o:CompositeGraphicUnit ID='33' Width='40' Height='12'><o:Content><o:CompositeObject Boundary='0 0 40 12' DrawParam='24' ResourceID='31'/><o:CompositeObject Boundary='9 0 31 12' Visible='false' ResourceID='31'/></o:Content></o:CompositeGraphicUnit></o:CompositeGraphicUnits></o:Res>",
        ),
        ("D/P/0.xml", page),
    ];
    package::zip(&parts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())))
}

#[test]
fn ofd_is_refused_where_it_shows_what_it_does_not_say() {
    let page = |objects: &str| {
        ofd(&format!(
            "<o:Page xmlns:o='http://www.ofdspec.org/2016'><o:Content><o:Layer>{objects}</o:Layer></o:Content></o:Page>"
        ))
    };
    assert_eq!(outcome(&page("<o:ImageObject Boundary='0 0 210 297' ResourceID='3'/>")), "unsupported scan");
    assert_eq!(outcome(&page("<o:CompositeObject Boundary='0 0 9 9'/>")), "input damaged");
    assert_eq!(outcome(&page("<o:TextObject><o:TextCode>1</o:TextCode></o:TextObject>")), "input damaged");
    assert_eq!(outcome(&page("")), "input empty");
    let glyphs = "<o:TextObject Boundary='9 9 9 9' Size='4'><o:CGTransform CodePosition='0' GlyphCount='2'><o:Glyphs>1 2</o:Glyphs></o:CGTransform><o:TextCode X='0' Y='4'></o:TextCode></o:TextObject>";
    assert_eq!(outcome(&page(glyphs)), "input not-a-report");
    let many = "<o:TextObject Boundary='9 9 9 9' Size='4'><o:TextCode X='0' Y='4' DeltaX='g 4000000000 1'>一</o:TextCode></o:TextObject>".repeat(1_000);
    assert_eq!(outcome(&page(&many)), "input not-a-report");
    assert_eq!(outcome(&package::zip(&[("OFD.xml".to_owned(), b"<a/>".to_vec())])), "input damaged");
}

/// A small report, as that of the PDF tests, with other objects for its 11; NUMBER stands for a
/// plain 7.
fn ofd_report(instead: &str) -> Report {
    let text = |x: f64, y: f64, text: &str| {
        format!(
            "<o:TextObject Boundary='{x} {y} 90 6' Size='4'><o:TextCode X='0' Y='4' DeltaX='g 40 4'>{text}</o:TextCode></o:TextObject>"
        )
    };
    let mut objects = String::new();
    for (y, line) in [
        (10.0, TITLE),
        (20.0, "一、总体情况"),
        (26.0, "二、主动公开政府信息情况"),
        (80.0, "三、收到和处理政府信息公开申请情况"),
    ] {
        objects.push_str(&text(30.0, y, line));
    }
    for (row, cells) in CELLS.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (x, y) = (10.0 + 45.0 * column as f64, 40.0 + 8.0 * row as f64);
            objects.push_str(&format!("<o:PathObject Boundary='{x} {y} 45 8'><o:AbbreviatedData>M 0 0 L 45 0 L 45 8 L 0 8 C</o:AbbreviatedData></o:PathObject>"));
            if *cell == "11" {
                objects.push_str(&instead.replace("NUMBER", &text(x + 2.0, y + 2.0, "7")));
            } else {
                let steps = text(x + 2.0, y + 2.0, cell);
                objects.push_str(&if cell.len() == 2 { steps.replace("g 40 4", "2") } else { steps });
            }
        }
    }
    let page = format!(
        "<o:Page xmlns:o='http://www.ofdspec.org/2016'><o:Content><o:Layer>{objects}</o:Layer></o:Content></o:Page>"
    );
    parse(&ofd(&page)).unwrap()
}

/// The cell of the small report with other objects: what it says, and its value.
fn ofd_cell(instead: &str) -> (String, String) {
    let report = ofd_report(instead);
    let fact = report.facts().find(|fact| fact.id().starts_with("proactive.")).unwrap();
    (fact.text.clone(), fact.value.as_ref().map(ToString::to_string).unwrap_or_default())
}

#[test]
fn ofd_steps_wider_than_a_character_part_numbers_and_no_sign_from_its_number() {
    let line = |steps: &str, text: &str| {
        format!(
            "<o:TextObject Boundary='57 50 90 6' Size='4'><o:TextCode X='0' Y='4' DeltaX='{steps}'>{text}</o:TextCode></o:TextObject>"
        )
    };
    for (steps, text, expected) in [
        ("2", "12", ("12", "12")),
        ("2.6", "12", ("12", "12")),
        ("3.4", "12", ("1 2", "")),
        ("4", "12", ("1 2", "")),
        // As wide as fonts without Chinese make it.
        ("3.4 2.5", "+12", ("+12", "12")),
        ("8 2", "+12", ("+ 12", "")),
        ("2 3.4", "1.2", ("1. 2", "")),
    ] {
        let (text, value) = ofd_cell(&line(steps, text));
        assert_eq!((text.as_str(), value.as_str()), expected, "{steps}");
    }
}

#[test]
fn ofd_text_that_is_not_shown_is_not_read() {
    let read = |instead: &str| {
        let report = ofd_report(instead);
        let hidden = codes(&report).contains(&"DOC-HIDDEN-TEXT");
        (values(&report)[0].1.clone().unwrap_or_default(), hidden)
    };
    let cover = |extra: &str, color: &str| {
        format!(
            "<o:PathObject Boundary='56 49 43 6' Stroke='false' Fill='true' {extra}><o:FillColor Value='{color}'/><o:AbbreviatedData>M 0 0 L 43 0 L 43 6 L 0 6 C</o:AbbreviatedData></o:PathObject>"
        )
    };
    let number = |extra: &str, color: &str| {
        format!(
            "<o:TextObject Boundary='57 50 90 6' Size='4' {extra}><o:FillColor Value='{color}'/><o:TextCode X='0' Y='4'>7</o:TextCode></o:TextObject>"
        )
    };
    let named = |object: &str, layer: &str| {
        format!(
            "</o:Layer><o:Layer {layer}><o:TextObject Boundary='57 50 90 6' Size='4' {object}><o:TextCode X='0' Y='4'>7</o:TextCode></o:TextObject></o:Layer><o:Layer>"
        )
    };
    // The text's own frame is twice as large as the page's.
    let clipped = |clips: &str, areas: &[&str]| {
        let areas: String = areas
            .iter()
            .map(|area| match area.split_once('|') {
                Some((boundary, data)) => format!("<o:Clip><o:Area><o:Path Boundary='{boundary}'><o:AbbreviatedData>{data}</o:AbbreviatedData></o:Path></o:Area></o:Clip>"),
                None => format!("<o:Clip>{area}</o:Clip>"),
            })
            .collect();
        format!(
            "<o:TextObject Boundary='57 50 90 6' Size='8' CTM='0.5 0 0 0.5 0 0'><o:Clips {clips}>{areas}</o:Clips><o:TextCode X='20' Y='8'>7</o:TextCode></o:TextObject>"
        )
    };
    const WIDE: &str = "0 0 40 9|M 0 0 L 40 0 L 40 9 L 0 9 C";
    const NARROW: &str = "0 0 15 9|M 0 0 L 15 0 L 15 9 L 0 9 C";
    for (instead, expected) in [
        ("NUMBER".to_owned(), ("7", false)),
        (number("", "0 0 0"), ("7", false)),
        (number("", "#0 #0 #0"), ("7", false)),
        (number("", "#ff #FF #ff"), ("", true)),
        (number("", "255 255 255' ColorSpace='5"), ("", true)),
        (number("", "255"), ("", true)),
        (number("", "0 0 0 0"), ("", true)),
        (number("", "255 255 255 255"), ("7", false)),
        (number("", "0 0 0' Alpha='0"), ("", true)),
        (number("DrawParam='21'", "0 0 0"), ("7", false)),
        (named("DrawParam='21'", ""), ("", true)),
        (named("DrawParam=' 22 '", ""), ("", true)),
        (named("DrawParam='23'", ""), ("7", false)),
        (named("DrawParam='99'", ""), ("7", false)),
        (named("", "DrawParam='22'"), ("", true)),
        (named("DrawParam='24'", "DrawParam='22'"), ("7", false)),
        (clipped("", &[WIDE]), ("7", false)),
        (clipped("", &[NARROW]), ("", true)),
        (clipped("TransFlag='false'", &[NARROW]), ("7", false)),
        (clipped("", &["0 0 9 9|M 0 0 L 9 0 L 9 9 L 0 9 C"]), ("", true)),
        (clipped("TransFlag='false'", &["30 0 9 9|M 0 0 L 9 0 L 9 9 L 0 9 C"]), ("", true)),
        (clipped("", &[WIDE, "30 0 9 9|M 0 0 L 9 0 L 9 9 L 0 9 C"]), ("", true)),
        (clipped("", &["<o:Area/>"]), ("7", false)),
        (clipped("", &[]), ("7", false)),
        (clipped("", &["0 0 9 9|M 0 0 A 9 9 0 1 1 3 3 C"]), ("7", false)),
        (format!("{}NUMBER", clipped("", &["0 0 9 9|M 0 0 L 9 9"])), ("7", true)),
        (format!("NUMBER{}", cover("DrawParam='24'", "255 255 255")), ("", true)),
        (
            format!("NUMBER{}", cover("DrawParam='24'", "").replace("<o:FillColor Value=''/>", "")),
            ("7", false),
        ),
        (number("", "255 255 255"), ("", true)),
        (number("Visible='false'", "0 0 0"), ("", true)),
        (number("Fill='false'", "0 0 0"), ("", true)),
        (number("Alpha='0'", "0 0 0"), ("", true)),
        (format!("NUMBER{}", cover("", "255 255 255")), ("", true)),
        (format!("NUMBER{}", cover("Alpha='90'", "255 255 0")), ("7", false)),
        (format!("{}{}", cover("", "0 0 99"), number("", "255 255 255")), ("7", false)),
    ] {
        let (value, hidden) = read(&instead);
        assert_eq!((value.as_str(), hidden), expected, "{instead}");
    }
}

#[test]
fn ofd_composite_objects_show_what_they_name_where_they_stand() {
    // Their frame is twice as large as the page's.
    let shows = |boundary: &str, more: &str, inside: &str| {
        format!(
            "<o:CompositeObject Boundary='{boundary}' CTM='0.5 0 0 0.5 0 0' {more}>{inside}</o:CompositeObject>"
        )
    };
    let plain = |more: &str| shows("57 50 20 6", more, "");
    let clipped = |flag: &str, x: u32| {
        shows(
            "57 50 20 6",
            "ResourceID='31'",
            &format!(
                "<o:Clips {flag}><o:Clip><o:Area><o:Path Boundary='{x} 0 9 12'><o:AbbreviatedData>M 0 0 L 9 0 L 9 12 L 0 12 C</o:AbbreviatedData></o:Path></o:Area></o:Clip></o:Clips>"
            ),
        )
    };
    for (instead, expected) in [
        (plain("ResourceID='31'"), ("7", false)),
        (plain("ResourceID=' 32 '"), ("7", false)),
        (plain("ResourceID='33'"), ("7", true)),
        (plain("ResourceID='31' Visible='false'"), ("", true)),
        (plain("ResourceID='32' Alpha='0'"), ("", true)),
        (plain("ResourceID='31' DrawParam='21'"), ("", true)),
        (plain("ResourceID='32' DrawParam='21'"), ("", true)),
        (plain("ResourceID='33' DrawParam='21'"), ("7", true)),
        (clipped("", 0), ("7", false)),
        (clipped("", 20), ("", true)),
        (clipped("TransFlag='false'", 20), ("", true)),
        // What follows has its own place, colour and clip.
        (format!("{}NUMBER", plain("ResourceID='31' Alpha='0' DrawParam='21'")), ("7", true)),
        (format!("{}NUMBER", clipped("", 20).replace("57 50", "57 70")), ("7", true)),
    ] {
        let report = ofd_report(&instead);
        let hidden = codes(&report).contains(&"DOC-HIDDEN-TEXT");
        let value = values(&report)[0].1.clone().unwrap_or_default();
        assert_eq!((value.as_str(), hidden), expected, "{instead}");
    }
    // Moved, it stands in the cell beside.
    let report = ofd_report(&shows("102 50 20 6", "ResourceID='31'", ""));
    assert_eq!(values(&report)[0].0, Status::Blank);
}

/// Lines that slant belong to no cell; one that is all a cell holds may be its text.
#[test]
fn slanting_text_is_left_out_and_said() {
    let read = |report: &Report| {
        let (status, value) = values(report)[0].clone();
        (status, value.unwrap_or_default(), codes(report).contains(&"DOC-SLANTED-TEXT"))
    };
    let slanting = |x: u32, y: u32, size: u32, ctm: &str, steps: u32, text: &str| {
        format!(
            "<o:TextObject Boundary='{x} {y} 90 90' CTM='{ctm}' Size='{size}'><o:TextCode X='0' Y='{size}' DeltaX='g 40 {steps}'>{text}</o:TextCode></o:TextObject>"
        )
    };
    const ACROSS: &str = "0.7 -0.7 0.7 0.7 0 0";
    const NEARLY: &str = "1 -0.04 0.04 1 0 0";
    let number = |value: &str, slanted: bool| (Status::Reported, value.to_owned(), slanted);
    for (instead, expected) in [
        ("NUMBER".to_owned(), number("7", false)),
        (format!("NUMBER{}", slanting(40, 80, 9, ACROSS, 9, "内部资料请勿外传")), number("7", true)),
        (format!("NUMBER{}", slanting(57, 55, 2, ACROSS, 1, "12")), number("7", true)),
        (slanting(40, 80, 9, ACROSS, 9, "内部资料请勿外传"), (Status::Blank, String::new(), true)),
        (slanting(57, 52, 2, ACROSS, 1, "12"), (Status::Unreadable, String::new(), true)),
        (slanting(57, 50, 4, NEARLY, 2, "12"), number("12", false)),
    ] {
        assert_eq!(read(&ofd_report(&instead)), expected, "{instead}");
    }
    let shown = |matrix: &str, content: &str| {
        format!(
            "BT /F1 10 Tf {matrix} Tm <{}> Tj ET\n",
            content.encode_utf16().map(|unit| format!("{unit:04X}")).collect::<String>()
        )
    };
    let upright = text(165.0, 666.0, "11");
    for (instead, expected) in [
        (format!("{upright}{}", shown("3 3 -3 3 80 600", "内部资料请勿外传")), number("11", true)),
        (shown("3 3 -3 3 80 600", "内部资料请勿外传"), (Status::Blank, String::new(), true)),
        (shown("0.7 0.7 -0.7 0.7 170 664", "11"), (Status::Unreadable, String::new(), true)),
        (shown("1 0.04 -0.04 1 165 666", "11"), number("11", false)),
        // Letters that lean stand on a straight line.
        (shown("1 0 0.4 1 165 666", "11"), number("11", false)),
    ] {
        let report = parse(&file(&[&self::report().replace(&upright, &instead)]).finish(false)).unwrap();
        assert_eq!(read(&report), expected, "{instead}");
    }
}

/// The units of fonts whose characters are drawn may be of any size, and point either way.
#[test]
fn drawn_fonts_are_as_high_as_their_box() {
    let with = |matrix: &str, bounds: &str, width: u32, instead: &str| {
        first_cell(instead, &|file: &mut PdfFile| {
            let font = format!(
                "<< /Type /Font /Subtype /Type3 /FontMatrix [{matrix}] /FontBBox [{bounds}] /CharProcs << >> /FirstChar 48 /LastChar 57 /Widths [{}] /Encoding << /Type /Encoding /Differences [48 /zero /one /two /three /four /five /six /seven /eight /nine] >> /ToUnicode 24 0 R >>",
                format!("{width} ").repeat(10)
            );
            file.object(23, font);
            file.stream(24, b"1 beginbfrange <30> <39> <0030> endbfrange");
        })
    };
    let shown = |matrix: &str| format!("BT /F3 0.25 Tf {matrix} Tm (11) Tj ET");
    let number = (Status::Reported, "11".to_owned(), false);
    assert_eq!(with("1 0 0 1 0 0", "0 -8 30 32", 20, &shown("1 0 0 1 165 666")), number);
    assert_eq!(with("1 0 0 -1 0 0", "0 -8 30 32", 20, &shown("1 0 0 -1 165 666")), number);
    // Its widths alone say how high it is.
    assert_eq!(with("1 0 0 1 0 0", "0 0 0 0", 20, &shown("1 0 0 1 165 666")), number);
    // Drawn downwards and turned by the font, as browsers do.
    let browser = ".0009765625 0 0 -.0009765625 0 0";
    for bounds in ["-29 157 1030 -895", "-29 -895 1030 157"] {
        assert_eq!(with(browser, bounds, 614, "BT /F3 9 Tf 1 0 0 1 165 666 Tm (11) Tj ET"), number);
    }
    // Too small for anyone to see.
    let hidden = (Status::Blank, String::new(), true);
    assert_eq!(with("0.01 0 0 0.01 0 0", "0 0 0 0", 20, &shown("1 0 0 1 165 666")), hidden);
}

/// Bytes changed at random: errors and findings, never a panic.
#[test]
fn changed_bytes_do_no_harm() {
    let first = runs::first_seed();
    let carriers =
        [Carrier::Pdf(PdfForm::ToUnicode), Carrier::Pdf(PdfForm::Gbk), Carrier::Ofd(OfdForm::Plain)];
    for carrier in carriers {
        let mut random = Random::new(first);
        let bytes = carrier.render(&runs::report(first), &mut random);
        let mut read = 0;
        for _ in 0..runs::cases(60) {
            let mut changed = bytes.clone();
            for _ in 0..1 + random.below(8) {
                let at = random.below(changed.len());
                match random.below(3) {
                    0 => changed[at] = random.bits() as u8,
                    1 => drop(changed.remove(at)),
                    _ => changed.insert(at, random.pick_copy(b"0<[(/ ")),
                }
            }
            read += usize::from(parse(&changed).is_ok());
        }
        eprintln!("{}: {read} read", carrier.name());
    }
}
