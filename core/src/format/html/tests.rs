use super::*;
use crate::document::{Place, Table};
use crate::error::ErrorKind;
use crate::finding::{Finding, Findings};
use crate::options::Limits;

fn try_read(bytes: &[u8], limits: &Limits) -> Result<(Document, Vec<Finding>)> {
    let mut findings = Findings::new(100);
    let document = read(bytes, &mut Context::new(limits, None, &mut findings))?;
    Ok((document, findings.finish(&[])))
}

fn parse(html: &str) -> (Document, Vec<Finding>) {
    try_read(html.as_bytes(), &Limits::default()).expect(html)
}

/// One line per block: `P text`, `H1 text`, `N number|text`, `IMG`, `T row / row`, where a
/// cell is its blocks joined by `+`, `*n` its columns, `^` its continuation.
fn dump(html: &str) -> String {
    lines(&parse(html).0.blocks).join("\n")
}

fn lines(blocks: &[Block]) -> Vec<String> {
    blocks
        .iter()
        .map(|block| match block {
            Block::Picture(_) => "IMG".to_owned(),
            Block::Table(table) => format!("T {}", grid(table)),
            Block::Paragraph(p) => {
                let text = p.text.replace('\n', "⏎");
                match (&p.numbering, p.level) {
                    (Some(number), _) => format!("N {number}|{text}"),
                    (None, Some(level)) => format!("H{level} {text}"),
                    (None, None) => format!("P {text}"),
                }
            }
        })
        .collect()
}

fn grid(table: &Table) -> String {
    let row = |row: &crate::document::Row| {
        let cells: Vec<String> = row
            .slots
            .iter()
            .map(|slot| {
                let columns = if slot.span() > 1 { format!("*{}", slot.span()) } else { String::new() };
                if !slot.first {
                    return format!("^{columns}");
                }
                let content: Vec<String> = lines(&table.cells[slot.cell()].blocks)
                    .iter()
                    .map(|line| match line.strip_prefix("P ") {
                        Some(text) => text.to_owned(),
                        None => format!("({line})"),
                    })
                    .collect();
                content.join("+") + &columns
            })
            .collect();
        cells.join("|")
    };
    table.rows.iter().map(row).collect::<Vec<_>>().join(" / ")
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (html, expected) in cases {
        assert_eq!(&dump(html), expected, "{html}");
    }
}

#[test]
fn text_is_what_a_person_sees() {
    check(&[
        ("<p>一、<b>总体</b>\n情况</p><p>  2020年  </p>", "P 一、总体 情况\nP 2020年"),
        ("<p>1<span>2</span></p>", "P 12"),
        ("<p>1 <span> 2</span></p>", "P 1 2"),
        ("a<br>b<br/> c<br>", "P a⏎b⏎c"),
        ("<div>甲<p>乙</p>丙</div>丁", "P 甲\nP 乙\nP 丙\nP 丁"),
        ("<p>&nbsp;</p><p> \n </p><p>\u{3000}</p><p><br></p>a", "P \u{a0}\nP \u{3000}\nP a"),
        ("<p>&nbsp;0</p>", "P \u{a0}0"),
        ("<pre>\na  b\n\tc\n</pre>", "P a  b⏎\tc"),
        ("<p style='white-space: pre-line'>a  b\nc</p>", "P a b⏎c"),
        ("<div><span style='display:block'>a</span><span style='display:block'>b</span></div>", "P a\nP b"),
        ("<h1>题</h1><h3><div>小题</div></h3><p>文</p>", "H1 题\nH3 小题\nP 文"),
        ("<p>a&lt;b&#x4e00;&ensp;</p>", "P a<b一\u{2002}"),
        ("<p>数1\0", "P 数1\u{fffd}"),
        ("<p>甲</p>x</body></html>尾", "P 甲\nP x尾"),
        ("<ruby>政<rp>(</rp><rt>zheng</rt><rp>)</rp></ruby>府", "P 政府"),
    ]);
}

#[test]
fn note_marks_never_join_numbers() {
    check(&[
        ("<p>12<sup>1</sup></p>", "P 12¹"),
        ("<p>12<sup><a href='#'>[10]</a></sup>件</p>", "P 12¹⁰件"),
        ("<p>CO<sub>2</sub></p>", "P CO₂"),
        ("<p>12<span style='vertical-align:super'>3</span></p>", "P 12³"),
        ("<p>12<sup>注</sup></p>", "P 12注"),
        ("<p>10<sup>-3</sup></p>", "P 10-3"),
    ]);
}

#[test]
fn what_is_not_content_is_left_out() {
    check(&[
        ("<title>题</title><style>p{}</style><script>var a='<td>9</td>'</script><p>文</p>", "P 文"),
        ("<p>a<select><option>1</option></select><button>b</button><textarea>c</textarea>d</p>", "P ad"),
        ("<p>a<input value=9>b<input type=hidden value=8></p>", "P ab"),
        ("<noscript>请启用脚本</noscript><template><p>x</p></template><iframe>y</iframe><p>文</p>", "P 文"),
        ("<p>1<!--[if gte mso 9]><xml>2</xml><![endif]-->3</p>", "P 13"),
        ("<p>a<o:p>b</o:p><?xml:namespace prefix = o /></p>", "P ab"),
        ("<p>1<del>2</del><ins>3</ins><s>4</s><strike>5</strike></p>", "P 13"),
        ("<svg><text>1</text></svg><object>2</object><p>3</p>", "P 3"),
        ("<dialog>市政府门户网站提醒您:</dialog><p>文</p>", "P 文"),
        (
            "<p>12<a class=msocomanchor href='#c'>[U1]</a></p><div style='mso-element:comment-list'>批注</div>",
            "P 12",
        ),
        (
            "<p><![if !supportLists]><span style='mso-list:Ignore'>一、<span>&nbsp;</span></span><![endif]>总体情况</p>",
            "P 一、\u{a0}总体情况",
        ),
    ]);
}

#[test]
fn hidden_text_is_left_out_and_said() {
    for hidden in [
        "<i hidden>2</i>",
        "<i style='DISPLAY : none !important'>2</i>",
        "<i style='visibility:hidden'>2</i>",
        "<span style='color:red;mso-hide:all'>2</span>",
        "<del>2</del>",
        "<span style='text-decoration:line-through'>2</span>",
    ] {
        let (document, findings) = parse(&format!("<p>1{hidden}{hidden}3</p>"));
        assert_eq!(lines(&document.blocks), ["P 13"], "{hidden}");
        let codes: Vec<_> = findings.iter().map(|f| f.code.as_str()).collect();
        assert_eq!(codes, ["DOC-HIDDEN-TEXT"], "{hidden}");
    }
    assert!(parse("<p>1<i hidden> </i><i style='display:none;display:inline'>2</i></p>").1.is_empty());
}

#[test]
fn cells_stand_where_they_are_seen() {
    check(&[
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "T a|b / c|d"),
        ("<table><tr><td colspan=2>a<tr><td>b<td>c</table>", "T a*2 / b|c"),
        ("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", "T a|b / ^|c"),
        ("<table><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c</table>", "T a*2|b / ^*2|c"),
        ("<table><tr><td>a<td rowspan=0>b<tr><td>c<tr><td>d</table>", "T a|b / c|^ / d|^"),
        ("<table><tr><td colspan=0 rowspan=-3>a<td colspan=x>b</table>", "T a|b"),
        ("<table><tr><td rowspan=9>a<td>b<tr><td>c</table>", "T a|b / ^|c"),
        ("<table><thead><tr><th rowspan=5>a<th>b<tbody><tr><td>c<td>d</table>", "T a|b / c|d"),
        ("<table><tfoot><tr><td>z<tbody><tr><td>a</table>", "T a / z"),
        ("<table><tr style='display:none'><td>x<tr><td rowspan=2>a<td>b<tr><td>c</table>", "T a|b / ^|c"),
        ("<p>前<table><caption>表<b>一</b></caption><tr><td>a</table>", "P 前\nP 表一\nT a"),
        (
            "<table><tr><td><p>商业</p><p>企业</p></td><td>a<br>b</td><td></td></tr></table>",
            "T 商业+企业|a⏎b|",
        ),
        ("<table><tr><td><table><tr><td>1</table></td><td>2</table>", "T (T 1)|2"),
        ("<table><tr><td>a<p>b<td><ul><li>c<li>d</ul></table>", "T a+b|c+d"),
        ("<table><tr><td>&nbsp;</td><td>\u{3000}0</td></tr></table>", "T \u{a0}|\u{3000}0"),
        // Stray text and paragraphs are moved before the table.
        ("<table><tr><p>外</p>字<td>a</td></tr></table>", "P 外\nP 字\nT a"),
        ("<table><tr><td>1<tr><td>2<table><tr><td>3</table>", "T 1 / 2+(T 3)"),
        ("<div><td>a</td><td>b</td></div>", "P ab"),
        ("<table></table><p>文</p>", "P 文"),
        ("<table><form><tr><td>a</td></form></tr></table>", "T a"),
    ]);
}

#[test]
fn huge_spans_are_cut_and_said() {
    let (document, findings) = parse("<table><tr><td colspan=5000>a<td>b</table>");
    assert_eq!(lines(&document.blocks), ["T a*1000|b"]);
    assert_eq!(findings[0].code, "DOC-SPAN");
    // A span to the end of the table, however large, cuts nothing.
    assert!(parse("<table><tr><td rowspan=99999999999999999999>a</table>").1.is_empty());
}

#[test]
fn list_items_carry_their_numbers() {
    check(&[
        ("<ol><li>a<li>b</ol>", "N 1.|a\nN 2.|b"),
        ("<ol start=3 type=a><li>a<li value=27><p>b</p><p>c</p></ol>", "N c.|a\nN aa.|b\nP c"),
        ("<ol type=I><li>a<li value=49>b</ol>", "N I.|a\nN XLIX.|b"),
        (
            "<ol style='list-style-type:cjk-ideographic'><li>a<li value=10>b<li value=21>c<li value=105>d</ol>",
            "N 一、|a\nN 十、|b\nN 二十一、|c\nN 一百零五、|d",
        ),
        (
            "<ol style='list-style: simp-chinese-formal inside'><li>a<li value=10>b</ol>",
            "N 壹、|a\nN 壹拾、|b",
        ),
        ("<ul><li>a</ul><ol style='list-style:none'><li>b</ol>", "P a\nP b"),
        ("<ol><li>a<ul><li>x</ul><li>b<ol><li>c</ol></ol>", "N 1.|a\nP x\nN 2.|b\nN 1.|c"),
        ("<ol><li><table><tr><td>0</table></ol>", "T 0"),
    ]);
}

#[test]
fn pictures_that_may_be_content_stay() {
    check(&[
        ("<p>a<img src=x>b</p>", "P ab\nIMG"),
        ("<p>a<img width=16 height=16><img style='width:20px'></p>", "P a"),
        ("<img width='100%'>", "IMG"),
        ("<table><tr><td><img src=x width=600></table>", "T (IMG)"),
    ]);
}

/// A report in small; the words are those a report says outside links.
const REPORT: &str = "<p>一、总体情况</p><p>无</p><p>二、主动公开政府信息情况</p>\
    <table><tr><td>第二十条第（一）项<tr><td>0</table><p>六、其他</p><p>无</p>";
const REPORT_LINES: &str =
    "P 一、总体情况\nP 无\nP 二、主动公开政府信息情况\nT 第二十条第（一）项 / 0\nP 六、其他\nP 无";

#[test]
fn chrome_is_left_out_where_it_is_none_of_the_report() {
    let page = |before: &str, open: &str, close: &str, after: &str| {
        dump(&format!("<html><body>{before}{open}{REPORT}{close}{after}</body></html>"))
    };
    let around = |before: &str, after: &str| {
        let join =
            |parts: [&str; 3]| parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join("\n");
        join([before, REPORT_LINES, after])
    };
    let cases = [
        (
            "<div class='top-nav'><a href=x>首页</a></div>",
            "",
            "",
            "<footer>主办：某局</footer>",
            around("", ""),
        ),
        ("<div role=banner>某政府</div>", "", "", "<div id=footer2>备案号</div>", around("", "")),
        ("<div class=nav><a href=x>总体情况</a></div>", "", "", "", around("", "")),
        // Chrome by name that holds the report, or a date, stays.
        ("", "<div class=print>", "</div>", "", around("", "")),
        (
            "<div class=share>发布日期：2021-01-20 分享</div>",
            "",
            "",
            "",
            around("P 发布日期：2021-01-20 分享", ""),
        ),
        ("", "", "", "<div class=foot>某镇 2021年1月5日</div>", around("", "P 某镇 2021年1月5日")),
        // Around a known container, only notices and titles stay.
        (
            "<div>欢迎</div><h1>某镇</h1><div>来源：某镇</div>",
            "<div id=zoom>",
            "</div>",
            "<div>上一篇</div>",
            around("H1 某镇\nP 来源：某镇", ""),
        ),
        (
            "<table><tr><td>索引号<td>01</table><div>字号</div>",
            "<div class='x TRS_Editor'>",
            "</div>",
            "",
            around("T 索引号|01", ""),
        ),
        // A container that does not hold the report decides nothing.
        ("<div>欢迎</div><div class=content>通知</div>", "", "", "", around("P 欢迎\nP 通知", "")),
        (
            "<div>欢迎</div>",
            "<div class=content>",
            "</div>",
            "<div>七、附则</div><div>附</div>",
            around("P 欢迎", "P 七、附则\nP 附"),
        ),
    ];
    for (before, open, close, after, expected) in cases {
        assert_eq!(page(before, open, close, after), expected, "{before} {open} {after}");
    }
    // A link left open does not turn the report into chrome.
    assert_eq!(page("<a href=x>", "<div class=nav>", "</div>", ""), REPORT_LINES);
}

#[test]
fn places_count_as_seen() {
    let (document, _) = parse(
        "<p>前</p>\n<table>\n<tr><td rowspan=2>a</td><td>b</td></tr>\n<tr><td><p>c</p></td></tr></table>后",
    );
    let Block::Table(table) = &document.blocks[1] else { panic!() };
    let place = table.location.location();
    assert_eq!((place.block, place.table, place.line), (Some(2), Some(1), Some(2)));
    let cell = &table.cells[2];
    let Block::Paragraph(paragraph) = &cell.blocks[0] else { panic!() };
    for place in [&cell.location, &paragraph.location].map(Place::location) {
        assert_eq!((place.block, place.table, place.row, place.column), (Some(2), Some(1), Some(2), Some(2)));
        assert_eq!(place.line, Some(4));
    }
    let Block::Paragraph(last) = &document.blocks[2] else { panic!() };
    let place = last.location.location();
    assert_eq!((place.block, place.table), (Some(3), None));
}

#[test]
fn tables_are_counted_where_they_open() {
    let (document, _) = parse("<table><tr><td><table><tr><td>1</table><td>2</table><table><tr><td>3</table>");
    let Block::Table(outer) = &document.blocks[0] else { panic!() };
    let Block::Table(inner) = &outer.cells[0].blocks[0] else { panic!() };
    let Block::Table(next) = &document.blocks[1] else { panic!() };
    let ordinals = [outer, inner, next].map(|t| t.location.table());
    assert_eq!(ordinals, [Some(1), Some(2), Some(3)]);
    assert_eq!((inner.location.location().block, outer.cells[1].location.table()), (Some(1), Some(1)));
}

#[test]
fn the_declared_encoding_is_found() {
    let cases = [
        ("<meta charset=GBK>", Some("gbk")),
        ("<meta http-equiv='Content-Type' content='text/html; charset=gb2312'>", Some("gb2312")),
        ("<META content=\"text/html;charset = 'utf-8'\" http-equiv=content-type>", Some("utf-8")),
        ("<!-- <meta charset=big5> --><meta charset=\"utf-8\"/>", Some("utf-8")),
        ("<?xml version='1.0' encoding='GB18030'?><html>", Some("gb18030")),
        ("<meta name=keywords content='charset=x'><p>charset=y", None),
        ("<metal charset=x>", None),
    ];
    for (html, label) in cases {
        assert_eq!(declared_encoding(html.as_bytes()).as_deref(), label, "{html}");
    }
    let html = "<html><head><meta charset=gb2312></head><p>一、总体情况：公开１１３条</p></html>";
    let (document, findings) = try_read(&encoding_rs::GB18030.encode(html).0, &Limits::default()).unwrap();
    assert_eq!(
        (lines(&document.blocks).join(""), findings.len()),
        ("P 一、总体情况：公开１１３条".into(), 0)
    );
    let utf16: Vec<u8> = html.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (document, _) = try_read(&utf16, &Limits::default()).unwrap();
    assert_eq!(lines(&document.blocks).len(), 1);
}

#[test]
fn bytes_tell_html() {
    let utf16: Vec<u8> = "\u{feff}<html><body>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&[u8], std::ops::RangeInclusive<u8>); 13] = [
        (b"\xef\xbb\xbf\r\n<!DOCTYPE HTML>", 90..=100),
        (b"<html xmlns:w='urn:schemas-microsoft-com:office:word'>", 90..=100),
        (b"<?xml version='1.0'?><!DOCTYPE html><html>", 90..=100),
        (&utf16, 90..=100),
        (b"<div><p>\xd2\xbb</p>", 70..=100),
        (b"<table border=1>", 70..=100),
        (b"", 0..=0),
        ("一、总体情况，a<b".as_bytes(), 0..=0),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument>", 0..=10),
        (b"<?xml version='1.0'?><pkg:package>", 0..=10),
        (b"PK\x03\x04<html>", 0..=0),
        (b"{\\rtf1 <html>", 0..=0),
        (b"MIME-Version: 1.0\r\n<html>", 0..=0),
    ];
    for (bytes, range) in cases {
        assert!(range.contains(&score(bytes)), "{} {:?}", score(bytes), String::from_utf8_lossy(bytes));
    }
}

#[test]
fn pages_without_text_are_errors() {
    for html in [
        "",
        "<div id=app></div><script>x</script><noscript>请启用</noscript>",
        "<frameset><frame src=x></frameset>",
        "<p>&nbsp;</p>",
    ] {
        let error = try_read(html.as_bytes(), &Limits::default()).unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Input, "empty"), "{html}");
    }
}

#[test]
fn embedded_pictures_are_no_burden() {
    let data = "iVBORw0KGgo/AAA+".repeat(1 << 19);
    let seen = format!(";base64,{}", "AAA+".repeat(2048));
    for (html, shown) in [
        (format!("<p>一<img src=\"data:image/png;base64,{data}==\" alt=x>二</p>"), "P 一二\nIMG"),
        (format!("<style>p{{background:url(data:image/png;base64,{data})}}</style><p>一</p>"), "P 一"),
        (
            format!("<p>一<img src=data:image/png;base64,{data} alt=x><img src='data:;base64,{data}'>二"),
            "P 一二\nIMG\nIMG",
        ),
        // Text that is seen stays.
        (format!("<p>{seen}</p>"), &format!("P {seen}")),
    ] {
        assert_eq!(dump(&html), shown);
    }
}

#[test]
fn limits_stop_hostile_pages_soon() {
    let many = |part: &str, n: usize| part.repeat(n);
    let attributes: String = (0..2_000_000).map(|n| format!(" a{n}")).collect();
    let cases = [
        (many("<div>", 1_000_000), "depth"),
        (many("<b>", 1_000_000), "depth"),
        (many("<table><tr><td>", 500_000), "nested_tables"),
        (many("<template>", 500_000), "depth"),
        (many("<svg>", 500_000), "depth"),
        ((0..100_000).map(|n| format!("<p><b a={n}>")).collect(), "depth"),
        (format!("<p{attributes}>"), "elements"),
        (many("<table></table>", 11_000), "tables"),
        (format!("<table>{}", many("<tr><td>", 200_001)), "table_cells"),
    ];
    for (html, name) in cases {
        let start = std::time::Instant::now();
        let error = try_read(html.as_bytes(), &Limits::default()).unwrap_err();
        let head: String = html.chars().take(20).collect();
        assert_eq!(error.kind(), ErrorKind::Limit, "{head}");
        let seen = error.message().to_owned();
        assert!(seen.contains(name) || (name == "nested_tables" && seen.contains("depth")), "{head}: {seen}");
        println!("{head}: {:?}", start.elapsed());
    }
    // Wide rows that reach down are placed in linear time.
    let wide = format!("<table><tr>{}<tr><td>1", "<td rowspan=2>".repeat(90_000));
    assert!(try_read(wide.as_bytes(), &Limits::default()).is_ok());
    let small = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        try_read("<p>一二三</p><p>四</p>".as_bytes(), &limits).unwrap_err()
    };
    assert!(small(|l| l.elements = 3).message().contains("elements"));
    assert!(small(|l| l.text_bytes = 10).message().contains("text_bytes"));
    assert!(small(|l| l.depth = 1).message().contains("depth"));
}

#[test]
fn samples_give_whole_tables() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let Some(folder) = root.ancestors().map(|a| a.join("shared/reports")).find(|f| f.is_dir()) else {
        println!("SKIPPED: no shared samples above {}", root.display());
        return;
    };
    let names = ["dalan-2021", "datian-2020", "jinfeng-2020", "untitled-2019", "yongzheng-2020"];
    for name in names {
        let bytes = std::fs::read(folder.join(format!("{name}.html"))).unwrap();
        assert!(score(&bytes) >= 90);
        let (document, findings) = try_read(&bytes, &Limits::default()).unwrap();
        assert!(findings.is_empty(), "{name}: {findings:?}");
        let tables: Vec<&Table> = document
            .blocks
            .iter()
            .filter_map(|b| if let Block::Table(t) = b { Some(&**t) } else { None })
            .collect();
        // Those of the page, without the one inside a script.
        let printed = String::from_utf8_lossy(&bytes).matches("<table ").count();
        assert_eq!(tables.len(), printed, "{name}");
        for table in &tables {
            let widths: std::collections::BTreeSet<_> = table.rows.iter().map(|r| r.width).collect();
            println!("{name}: {} rows, widths {widths:?}", table.rows.len());
            assert!(table.rows.iter().all(|row| row.whole), "{name}: {}", grid(table));
        }
        // Every line of the readable text is there.
        let truth = std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
        let squeeze = |text: &str| text.chars().filter(|&c| !fold::is_space(c)).collect::<String>();
        let page: String = squeeze(&dump(std::str::from_utf8(&bytes).unwrap()).replace(['|', '⏎'], ""));
        for line in truth.lines().map(squeeze).filter(|line| line.len() > 30 && !line.contains("bookmark")) {
            assert!(page.contains(&line), "{name}: {line}");
        }
    }
}
