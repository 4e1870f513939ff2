//! Web pages: spans, hidden parts, unclosed and deep elements, encodings declared or not.

use encoding_rs::{BIG5, GB18030, GBK};

use super::{BASE, Case, FIGURE, case};

fn page(name: &str, text: impl Into<Vec<u8>>) -> Case {
    let text = text.into();
    case(name, move || text)
}

/// The page with other markup in place of the number.
fn figure(new: &str) -> String {
    BASE.html.replace(FIGURE, new)
}

/// The page with other attributes on the number's cell.
fn cell(attributes: &str) -> String {
    BASE.html.replace(&format!("<td>{FIGURE}"), &format!("<td {attributes}>{FIGURE}"))
}

fn body(more: &str) -> String {
    BASE.html.replace("</body>", &format!("{more}</body>"))
}

fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = vec![page("plain", BASE.html.clone())];
    for value in
        ["0", "1", "-1", "2", "1000", "1001", "65534", "4294967296", "1e9", "x", "", "1.9", "+1", " 1"]
    {
        cases.push(page(&format!("colspan {value:?}"), cell(&format!("colspan=\"{value}\""))).shows(FIGURE));
        cases.push(page(&format!("rowspan {value:?}"), cell(&format!("rowspan=\"{value}\""))).shows(FIGURE));
    }
    hidden(&mut cases);
    writings(&mut cases);
    structure(&mut cases);
    sizes(&mut cases);
    encodings(&mut cases);
    cases
}

fn hidden(cases: &mut Vec<Case>) {
    for (name, markup) in [
        ("a comment", "<!--99777-->".to_owned()),
        ("a script", "<script>99777</script>".to_owned()),
        ("a style", "<style>99777</style>".to_owned()),
        ("a template", "<template>99777</template>".to_owned()),
        ("display:none", "<span style=\"display:none\">99777</span>".to_owned()),
        (
            "display : NONE !important",
            "<span style=\"color:red; DISPLAY : None !important\">99777</span>".to_owned(),
        ),
        ("visibility:hidden", "<span style=\"visibility:hidden\">99777</span>".to_owned()),
        ("mso-hide:all", "<span style=\"mso-hide:all\">99777</span>".to_owned()),
        ("hidden", "<span hidden>99777</span>".to_owned()),
        ("a hidden input", "<input type=hidden value=99777>".to_owned()),
        ("an option", "<select><option>99777</option></select>".to_owned()),
        ("an alternative text", "<img alt=99777 src=x>".to_owned()),
        ("a title", "<span title=99777></span>".to_owned()),
        ("deleted", "<del>99777</del>".to_owned()),
        ("crossed out", "<s>99777</s>".to_owned()),
        (
            "crossed out by a style",
            "<span style=\"text-decoration: underline line-through\">99777</span>".to_owned(),
        ),
        ("a class", "<style>.z{display:none}</style><span class='y z'>99777</span>".to_owned()),
        (
            "a rule for two",
            "<style><!-- p, #z {color:red; visibility:hidden} --></style><b id=z>99777</b>".to_owned(),
        ),
        (
            "a rule of ancestors",
            "<style>/* {} */ table tr > td *.y b{ text-decoration: line-through }</style>\
             <span class=y><i><b>99777</b></i></span>"
                .to_owned(),
        ),
        (
            "an important rule",
            "<style>b.z{display:none!important}#z{display:inline}</style>\
             <b id=z class=z style='display:inline'>99777</b>"
                .to_owned(),
        ),
        ("an object", "<object><param value=99777></object>".to_owned()),
        ("a frame", "<iframe>99777</iframe>".to_owned()),
        ("no script", "<noscript>99777</noscript>".to_owned()),
        ("a conditional comment", "<!--[if mso]>99777<![endif]-->".to_owned()),
        ("a conditional comment, revealed", "<![if !supportLists]><![endif]>".to_owned()),
        ("an instruction", "<?99777?>".to_owned()),
        ("CDATA", "<![CDATA[99777]]>".to_owned()),
    ] {
        cases.push(page(&format!("{name} before the number"), figure(&format!("{markup}{FIGURE}"))));
        cases.push(page(&format!("{name} in the number"), figure(&format!("10{markup}37"))));
    }
    let row = "<td>99777</td>".repeat(10);
    let whole = |attributes: &str| BASE.html.replacen("<tr>", &format!("<tr {attributes}>{row}</tr><tr>"), 1);
    cases.extend([
        page("a hidden row", whole("style=\"display:none\"")),
        page("a row that is hidden", whole("hidden")),
        page("a hidden table", body(&format!("<table style=\"display:none\"><tr>{row}</table>"))),
    ]);
}

fn writings(cases: &mut Vec<Case>) {
    for (markup, shown) in [
        ("&#49;&#x30;37", FIGURE),
        ("1037&nbsp;", FIGURE),
        ("&#65297;037", FIGURE),
        ("1&#44;037", FIGURE),
        ("<b>10</b>37", FIGURE),
        ("<font>1<span>0</span></font>37", FIGURE),
        ("10<wbr>37", FIGURE),
        ("10&shy;37", FIGURE),
        ("10&zwnj;37", FIGURE),
        ("<style>.z{display:none} .z.on{display:inline}</style><b class='z on'>1037</b>", FIGURE),
        ("<style>b.z{display:none} .z{display:inline}</style><i class=z>1037</i>", FIGURE),
        ("<style>.z{display:none}</style><b class=z style='display:inline'>1037</b>", FIGURE),
        ("<style>.z{display:none}</style><b class=zz id=z>1037</b>", FIGURE),
        ("<style>.z > b{display:none}</style><i class=z><u><b>1037</b></u></i>", FIGURE),
        ("<style>.z{display:none} .z{display:inline}</style><b class=z>1037</b>", FIGURE),
        ("<style>.z:hover, b[id], .z + b{display:none}</style><b class=z id=z>1037</b>", FIGURE),
        ("<style>@media print{.z{display:none} b{display:none}} i{}</style><b class=z>1037</b>", FIGURE),
        ("<style media=print>.z{display:none}</style><b class=z>1037</b>", FIGURE),
        ("<style>/*.z{display:none}*/</style><b class=z>1037</b>", FIGURE),
        ("<!--<style>.z{display:none}</style>--><b class=z>1037</b>", FIGURE),
        ("<noscript><style>.z{display:none}</style></noscript><b class=z>1037</b>", FIGURE),
        ("<style>body, html, .no-js b{display:none}</style><b>1037</b>", FIGURE),
        ("<style>.z{vertical-align:super}</style>1037<b class=z>1</b>", FIGURE),
        ("10<br>37", "unreadable"),
        ("10<p>37", "unreadable"),
        ("10&nbsp;37", "unreadable"),
        ("10<sup>3</sup>7", "unreadable"),
        ("1037<sup>1</sup>", FIGURE),
        ("1037<sub>1</sub>", FIGURE),
        ("10<input value=5>37", "unreadable"),
        ("<input value=1037>", FIGURE),
        ("10&#0;37", "unreadable"),
        ("10&#xD800;37", "unreadable"),
        ("10&#x110000;37", "unreadable"),
        ("10&#150;37", "unreadable"),
        ("10&bogus;37", "unreadable"),
        ("<ruby>1037<rt>99777</rt></ruby>", FIGURE),
        ("10\n37", "unreadable"),
        ("10\t37", "unreadable"),
        ("\n 1037 \n", FIGURE),
        ("10<img src=x>37", "1037"),
        ("<table><tr><td>1037</table>", FIGURE),
        ("<table><tr><td>10<td>37</table>", "unreadable"),
        ("10</b></i>37", FIGURE),
        ("10<unknown>37</unknown>", FIGURE),
        ("10<li>37", "unreadable"),
        ("10<hr>37", "unreadable"),
        ("<bdo dir=rtl>1037</bdo>", FIGURE),
        ("10\u{0}37", "unreadable"),
        ("10\u{fffd}37", "unreadable"),
        ("10<a href=\"1\">37</a>", FIGURE),
        ("10<!-- > 37", "unreadable"),
        ("10< 37", "unreadable"),
        ("10<3 7", "unreadable"),
        ("<math><mfrac><mn>10</mn><mn>37</mn></mfrac></math>", "unreadable"),
        ("<svg><text>1037</text></svg>", FIGURE),
        ("<textarea>1037</textarea>", "any"),
        ("<button>1037</button>", FIGURE),
    ] {
        let other = matches!(markup, "10<!-- > 37");
        let case = page(&format!("reads {}", markup.escape_default()), figure(markup));
        cases.push(if other { case.other() } else { case.shows(shown) });
    }
}

fn structure(cases: &mut Vec<Case>) {
    let no_ends = BASE.html.replace("</td>", "").replace("</tr>", "");
    cases.extend([
        page("no end tags", no_ends),
        page("no rows", BASE.html.replace("<tr>", "").replace("</tr>", "")).other(),
        page(
            "no tables",
            BASE.html.replace("<table border=\"1\"><tbody>", "").replace("</tbody></table>", ""),
        )
        .other(),
        page("tables of divisions", BASE.html.replace("<td", "<div").replace("</td>", "</div>")).other(),
        page("upper case", BASE.html.replace("<td", "<TD").replace("</tr>", "</TR>")),
        page("header cells", BASE.html.replace("<td", "<th").replace("</td>", "</th>")),
        page("text between cells", BASE.html.replace("</td><td>", "</td>text<td>")),
        page("forms between cells", BASE.html.replace("</td><td>", "</td><form><td>")),
        page("all in one cell", format!("<table><tr><td>{}", BASE.html)),
        page("a body in a body", BASE.html.replace("<body>", "<body><body><html><head>")),
        page("a frame set", BASE.html.replace("<body>", "<frameset><frame></frameset>")).other(),
        page("no head", BASE.html.split_once("<body>").unwrap().1.to_owned()),
        page("an XML declaration", format!("<?xml version=\"1.0\"?>{}", BASE.html)),
        page("never closed: a comment", BASE.html.replace("<body>", "<body><!-- ")),
        page("never closed: a script", BASE.html.replace("<body>", "<body><script>")),
        page("never closed: a title", BASE.html.replace("</title>", "")).other(),
        page("never closed: a text area", BASE.html.replace("<body>", "<body><textarea>")).other(),
        page("never closed: an attribute", BASE.html.replacen("<h2>", "<h2 a=\"", 1)).other(),
        page("plain text from here", BASE.html.replace("<body>", "<body><plaintext>")).other(),
    ]);
}

fn sizes(cases: &mut Vec<Case>) {
    let many = |name: &str, piece: &'static str, times: usize| {
        case(format!("{times} times {name}"), move || body(&piece.repeat(times)).into_bytes())
    };
    cases.extend([
        many("a division, open", "<div>", 100_000),
        many("a division, open", "<div>", 400),
        many("bold, open", "<b>", 100_000),
        many("a link, open", "<a>", 20_000),
        many("paragraphs in italics", "<i><p>", 20_000),
        many("tables, open", "<table><tr><td>", 50_000),
        many("tables in tables, without cells", "<table>", 50_000),
        many("lists, open", "<ul><li>", 50_000),
        many("formulas, open", "<math><mi>", 50_000),
        many("drawings, open", "<svg><g>", 50_000),
        many("templates, open", "<template>", 50_000),
        many("selections, open", "<select><option>", 50_000),
        many("ends of paragraphs", "</p>", 300_000),
        many("ends of bold", "<b></b>", 100_000),
        many("misnested", "<b><i></b></i>", 50_000),
        many("empty paragraphs", "<p>", 1_100_000),
        many("breaks", "<br>", 300_000),
        many("letters", "a", 8 << 20),
        many("references", "&amp;", 500_000),
        many("comments", "<!---->", 1_100_000),
        many("opening brackets", "<", 1_000_000),
        many("quotes", "<a b=\"", 500_000),
        many("tables of one cell", "<table><tr><td>7</table>", 300_000),
        many("cells outside tables", "<td>7", 1_000_000),
        many("text outside cells", "<table>7", 5_000),
        many("hidden divisions", "<div hidden>7</div>", 300_000),
        case("1 000 000 cells", || {
            body(&format!("<table>{}</table>", "<tr><td><td><td><td><td>".repeat(200_000))).into_bytes()
        }),
        case("tables of cells that span everything", || {
            let table = format!("<table><tr>{}{}</table>", "<td rowspan=0>".repeat(1000), "<tr>".repeat(190));
            body(&table.repeat(100)).into_bytes()
        }),
        case("a cell that spans 65 534 rows", || {
            body(&format!("<table><tr><td rowspan=65534>7{}</table>", "<tr><td>7".repeat(1000))).into_bytes()
        }),
        case("1 000 cells that each span 1 000 columns and rows", || {
            body(&format!(
                "<table>{}</table>",
                format!("<tr>{}", "<td colspan=1000 rowspan=1000>".repeat(10)).repeat(100)
            ))
            .into_bytes()
        }),
        case("100 000 attributes", || {
            let list: String = (0..100_000).map(|at| format!(" a{at}=1")).collect();
            body(&format!("<p{list}>")).into_bytes()
        }),
        case("100 000 style rules in one attribute", || {
            body(&format!("<p style=\"{}\">7</p>", "a:b;".repeat(100_000))).into_bytes()
        }),
        case("100 000 rules that hide", || {
            let rules: String = (0..100_000).map(|at| format!(".a{at}{{display:none}}")).collect();
            body(&format!("<style>{rules}</style>{}", "<p class=b>7</p>".repeat(1_000))).into_bytes()
        }),
        case("a rule that hides for 2 000 000 classes", || {
            body(&format!("<style>{}b{{display:none}}</style>", ".a,".repeat(2_000_000))).into_bytes()
        }),
        case("rules of ancestors, 400 deep", || {
            let rule = format!(".z {} b{{display:none}}", "b ".repeat(20));
            let page = format!("<style>{}</style>{}", rule.repeat(100), "<b>".repeat(400));
            body(&format!("{page}{}", "<b>7</b>".repeat(1_000))).into_bytes()
        }),
        case("a class of 1 MB that rules ask for", || {
            let class = "a ".repeat(1 << 19);
            let rules = ".z{display:none}".repeat(10_000);
            body(&format!("<style>{rules}</style><p class=\"{class}\">7</p>")).into_bytes()
        }),
        case("declarations of 1 MB for 10 000 elements", || {
            let rule = format!("b{{display:none;{}}}", "a:b;".repeat(1 << 18));
            body(&format!("<style>{rule}</style>{}", "<b>7</b>".repeat(10_000))).into_bytes()
        }),
        case("sheets that are never closed", || {
            body(&"<style>b{display:none}<!--".repeat(100_000)).into_bytes()
        }),
        case("a tag's name of 10 MB", || body(&format!("<{}>", "a".repeat(10 << 20))).into_bytes()),
        case("an attribute of 30 MB", || body(&format!("<p a=\"{}\">", "a".repeat(30 << 20))).into_bytes()),
        case("100 000 declarations of encodings", || {
            BASE.html.replace("<head>", &format!("<head>{}", "<meta charset=x>".repeat(100_000))).into_bytes()
        }),
        case("65 MiB", || vec![b'<'; 65 << 20]),
        case("deep, then a table outside of its place", || {
            body(&format!("{}<table>{}</table>", "<b>".repeat(400), "<p>".repeat(400))).into_bytes()
        }),
    ]);
}

fn encodings(cases: &mut Vec<Case>) {
    const DECLARED: &str = "charset=utf-8";
    assert!(BASE.html.contains(DECLARED));
    let declared = |label: &str| BASE.html.replace(DECLARED, &format!("charset={label}"));
    let (le, be) = (u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes as fn(u16) -> [u8; 2]);
    let bad = |bytes: &[u8]| {
        let at = BASE.html.find(FIGURE).unwrap() + 2;
        [&BASE.html.as_bytes()[..at], bytes, &BASE.html.as_bytes()[at..]].concat()
    };
    let big5 = BASE.html.clone();
    cases.extend([
        page("GBK, declared", GBK.encode(&declared("gbk")).0.into_owned()),
        page("GBK, declared as GB2312", GBK.encode(&declared("gb2312")).0.into_owned()),
        page("GBK, declared as UTF-8", GBK.encode(&BASE.html).0.into_owned()),
        page("GBK, declared as Latin 1", GBK.encode(&declared("iso-8859-1")).0.into_owned()),
        page("GBK, not declared", GBK.encode(&declared("")).0.into_owned()),
        page("GB18030, declared", GB18030.encode(&declared("gb18030")).0.into_owned()),
        page("UTF-8, declared as GBK", declared("gbk")),
        page("UTF-8, declared as UTF-16", declared("utf-16")),
        page("UTF-8, declared as nonsense", declared("nonsense")),
        page("UTF-8, declared as UTF-7", declared("utf-7")),
        page("UTF-8, declared as user-defined", declared("x-user-defined")),
        page("UTF-8, declared as ISO 2022", declared("iso-2022-cn")),
        page("UTF-8 with a mark, declared as GBK", format!("\u{feff}{}", declared("gbk"))),
        page("UTF-16 LE with a mark", [&[0xff, 0xfe], wide(&BASE.html, le).as_slice()].concat()),
        page("UTF-16 BE with a mark", [&[0xfe, 0xff], wide(&BASE.html, be).as_slice()].concat()),
        page("UTF-16 LE without a mark", wide(&BASE.html, le)),
        page("Big5, simplified characters lost", BIG5.encode(&big5).0.into_owned()).other(),
        page("a bad byte in the number", bad(b"\xff")),
        page("GBK's first byte in the number", bad(b"\xb0")),
        page("NUL in the number", bad(b"\0")).shows("unreadable"),
        page("a control byte in the number", bad(b"\x08")).shows("unreadable"),
        page("a surrogate in the number", bad(b"\xed\xa0\x80")),
    ]);
}
