//! Tables of the main part: spans, merges, rows and cells that are wrapped, hidden or missing.

use super::{BASE, Case, FIGURE, PLANTED, RUN, appended, case, docx, run, with};

fn main(name: &str, text: String) -> Case {
    case(name, move || docx(text))
}

/// The cell with another property.
fn cell(property: &str) -> String {
    with("w:tc", |cell| cell.replace("</w:tcPr>", &format!("{property}</w:tcPr>")))
}

fn planted_cell(properties: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{PLANTED}</w:t></w:r></w:p></w:tc>")
}

fn planted_row(properties: &str, cells: usize) -> String {
    format!("<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>", planted_cell("").repeat(cells))
}

/// Everything between the first of those and the last.
fn without(text: &str, start: &str, end: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once(start) {
        out.push_str(before);
        rest = tail.split_once(end).unwrap().1;
    }
    out + rest
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for span in [
        "0",
        "1",
        "-1",
        "2",
        "63",
        "1024",
        "1025",
        "2147483647",
        "2147483648",
        "4294967296",
        "9223372036854775808",
        "1e30",
        "x",
        "",
        " 1 ",
        "+1",
        "1.0",
        "0x1",
        "１",
    ] {
        let shown = cell(&format!("<w:gridSpan w:val=\"{span}\"/>"));
        cases.push(main(&format!("span {span:?}"), shown).shows(FIGURE));
    }
    for (name, before, after) in [
        ("before 1", 1, 0),
        ("after 1", 0, 1),
        ("before and after", 3, 4),
        ("before 2^31", 1_u64 << 31, 0),
        ("after 2^63", 0, 1_u64 << 63),
    ] {
        let properties =
            format!("<w:trPr><w:gridBefore w:val=\"{before}\"/><w:gridAfter w:val=\"{after}\"/></w:trPr>");
        cases.push(main(
            &format!("grid {name}"),
            with("w:tr", |row| row.replacen("<w:tr>", &format!("<w:tr>{properties}"), 1)),
        ));
    }
    spans(&mut cases);
    rows(&mut cases);
    wrapped(&mut cases);
    large(&mut cases);
    cases
}

fn spans(cases: &mut Vec<Case>) {
    let grid = without(&BASE.main, "<w:tblGrid>", "</w:tblGrid>");
    cases.extend([
        main("no grid", grid),
        main("a short grid", BASE.main.replace("<w:gridCol w:w=\"900\"/>", "").replace("<w:tblGrid>", "<w:tblGrid><w:gridCol w:w=\"1\"/>")),
        main("a long grid", BASE.main.replace("<w:tblGrid>", &format!("<w:tblGrid>{}", "<w:gridCol/>".repeat(500)))),
        main("no spans", without(&BASE.main, "<w:gridSpan", "/>")).other(),
        main("no merges", BASE.main.replace("<w:vMerge w:val=\"restart\"/>", "").replace("<w:vMerge w:val=\"continue\"/>", "")),
        main("merges without restart", BASE.main.replace("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>")),
        main("merges that always restart", BASE.main.replace("<w:vMerge w:val=\"continue\"/>", "<w:vMerge w:val=\"restart\"/>")),
        main("merges of a bogus kind", BASE.main.replace("<w:vMerge w:val=\"continue\"/>", "<w:vMerge w:val=\"bogus\"/>")),
        main("the cell continues nothing", cell("<w:vMerge/>")),
        main("the cell begins a merge of one", cell("<w:vMerge w:val=\"restart\"/>")),
        main("planted text under merges", BASE.main.replace("<w:vMerge w:val=\"continue\"/><w:tcBorders><w:left w:val=\"single\" w:sz=\"6\"/></w:tcBorders><w:vAlign w:val=\"center\"/></w:tcPr><w:p/>",
            &format!("<w:vMerge w:val=\"continue\"/></w:tcPr><w:p><w:r><w:t>{PLANTED}</w:t></w:r></w:p>"))),
        main("the cell continues sideways", cell("<w:hMerge/>")),
        main("the cell begins sideways", cell("<w:hMerge w:val=\"restart\"/>")),
        main("a merge sideways with planted text", with("w:tc", |cell| cell.replace("</w:tcPr>", "<w:hMerge w:val=\"restart\"/></w:tcPr>")
            + &planted_cell("<w:hMerge/>"))),
        main("the properties twice", with("w:tc", |cell| cell.replacen("<w:tcPr>", "<w:tcPr><w:gridSpan w:val=\"1\"/></w:tcPr><w:tcPr>", 1))),
        main("the properties behind the text", with("w:tc", |cell| cell.replace("</w:tc>", "<w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr></w:tc>"))),
        main("a deleted cell beside", with("w:tc", |cell| format!("{cell}{}", planted_cell("<w:cellDel w:id=\"1\"/>")))),
        main("an inserted cell", cell("<w:cellIns w:id=\"1\"/>")),
        main("cells merged under tracking", cell("<w:cellMerge w:id=\"1\" w:vMerge=\"rest\"/>")),
        main("earlier properties", cell("<w:tcPrChange w:id=\"1\"><w:tcPr><w:gridSpan w:val=\"4\"/><w:vMerge/></w:tcPr></w:tcPrChange>")),
        main("no cell properties", without(&BASE.main, "<w:tcPr>", "</w:tcPr>")).other(),
    ]);
}

fn rows(cases: &mut Vec<Case>) {
    let range = super::around("w:tr");
    let row = &BASE.main[range.clone()];
    let next_end = range.end + BASE.main[range.end..].find("</w:tr>").unwrap() + "</w:tr>".len();
    let next = &BASE.main[range.end..next_end];
    let swapped = format!("{}{next}{row}{}", &BASE.main[..range.start], &BASE.main[next_end..]);
    let split = "</w:tbl><w:p/><w:tbl><w:tblPr/><w:tblGrid/>";
    cases.extend([
        main("the row is missing", with("w:tr", |_| String::new())),
        main("the row stands twice", with("w:tr", |row| row.repeat(2))),
        main(
            "the row stands twice, once with another number",
            with("w:tr", |row| format!("{row}{}", row.replace(FIGURE, "1038"))),
        )
        .other(),
        main("rows exchanged", swapped),
        main("an empty row before", with("w:tr", |row| format!("<w:tr/>{row}"))),
        main("an empty row behind", with("w:tr", |row| format!("{row}<w:tr></w:tr>"))),
        main(
            "a row of empty cells behind",
            with("w:tr", |row| format!("{row}<w:tr>{}</w:tr>", "<w:tc><w:p/></w:tc>".repeat(10))),
        ),
        main(
            "a deleted row before",
            with("w:tr", |row| format!("{}{row}", planted_row("<w:del w:id=\"1\"/>", 10))),
        ),
        main(
            "a deleted row behind",
            with("w:tr", |row| format!("{row}{}", planted_row("<w:del w:id=\"1\"/>", 10))),
        ),
        main(
            "an inserted row",
            with("w:tr", |row| row.replacen("<w:tr>", "<w:tr><w:trPr><w:ins w:id=\"1\"/></w:trPr>", 1)),
        ),
        // It hides the mark at the row's end, not the row (17.4.20).
        main(
            "a row whose mark is hidden",
            with("w:tr", |row| row.replacen("<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>", 1)),
        ),
        main("the cell is missing", with("w:tc", |_| String::new())).shows("not shown"),
        main("the cell is empty", with("w:tc", |_| "<w:tc/>".to_owned())).shows("blank"),
        main("the cell stands twice", with("w:tc", |cell| cell.repeat(2))).shows(FIGURE),
        main(
            "a cell outside a row",
            with("w:tr", |row| format!("{row}<w:tc><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc>")),
        ),
        main("text between rows", with("w:tr", |row| format!("{row}{PLANTED}"))),
        main(
            "a paragraph between rows",
            with("w:tr", |row| format!("{row}<w:p><w:r><w:t>7</w:t></w:r></w:p>")),
        ),
        main(
            "a row in a row",
            with("w:tr", |row| {
                row.replacen("<w:tr>", "<w:tr><w:tr>", 1).replace("</w:tr>", "</w:tr></w:tr>")
            }),
        ),
        main(
            "a table in a row, without a cell",
            with("w:tr", |row| {
                row.replacen("<w:tr>", "<w:tr><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", 1)
            }),
        ),
        main("the table is split above the row", with("w:tr", |row| format!("{split}{row}"))),
        main("the table is split below the row", with("w:tr", |row| format!("{row}{split}"))),
        main("all tables are one", BASE.main.replace("</w:tbl><w:p/>", "</w:tbl>")),
        main("the table stands twice", with("w:tbl", |table| format!("{table}<w:p/>{table}"))),
        main(
            "the table stands twice, once with another number",
            with("w:tbl", |table| format!("{table}<w:p/>{}", table.replace(FIGURE, "1038"))),
        )
        .other(),
        main("the row's table is missing", with("w:tbl", |_| String::new())),
    ]);
}

fn wrapped(cases: &mut Vec<Case>) {
    const WRAPS: &[(&str, &str, &str)] = &[
        (
            "a content control",
            "<w:sdt><w:sdtPr><w:alias w:val=\"99777\"/></w:sdtPr><w:sdtContent>",
            "</w:sdtContent></w:sdt>",
        ),
        ("custom XML", "<w:customXml w:element=\"a\"><w:customXmlPr/>", "</w:customXml>"),
        ("an insertion", "<w:ins w:id=\"1\">", "</w:ins>"),
        ("a move", "<w:moveTo w:id=\"1\">", "</w:moveTo>"),
        ("an unknown element", "<x:a xmlns:x=\"urn:x\">", "</x:a>"),
        (
            "a fallback",
            "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice Requires=\"q\"/><mc:Fallback>",
            "</mc:Fallback></mc:AlternateContent>",
        ),
    ];
    for &(name, open, close) in WRAPS {
        for element in ["w:tbl", "w:tr", "w:tc"] {
            cases.push(main(
                &format!("{name} round {element}"),
                with(element, |inner| format!("{open}{inner}{close}")),
            ));
        }
        cases.push(main(&format!("{name} round the run"), run(&format!("{open}{RUN}{close}"))));
    }
    let nested = |inner: &str| {
        format!("<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p>{inner}</w:p></w:tc></w:tr></w:tbl>")
    };
    let shape = |text: &str| format!("<w:txbxContent><w:p>{text}</w:p></w:txbxContent>");
    let choice = format!(
        "<w:r><mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><mc:Choice Requires=\"wps\"><w:drawing>{}</w:drawing></mc:Choice><mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        shape(RUN),
        shape(RUN)
    );
    let strange = choice.replace("Requires=\"wps\"", "Requires=\"unknown\"").replacen(FIGURE, PLANTED, 1);
    cases.extend([
        main("no number", run("")).shows("blank"),
        main("the number in a nested table", with("w:tc", |cell| cell.replace(RUN, "").replace("</w:tc>", &format!("{}<w:p/></w:tc>", nested(RUN))))),
        main("a nested table beside the number", with("w:tc", |cell| cell.replace("</w:tc>", &format!("{}<w:p/></w:tc>", nested("<w:r><w:t>5</w:t></w:r>"))))).shows("unreadable"),
        main("a text box, twice for old and new readers", run(&choice)),
        main("a choice nobody understands", run(&strange)),
        main("two fallbacks", run(&format!("<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Fallback>{RUN}</mc:Fallback><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>", RUN.replace(FIGURE, PLANTED)))),
        main("a fallback before the choice", run(&format!("<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"><mc:Fallback>{RUN}</mc:Fallback><mc:Choice Requires=\"w14\">{}</mc:Choice></mc:AlternateContent>", RUN.replace(FIGURE, PLANTED)))),
        main("another file included", run("<w:altChunk xmlns:r=\"urn:r\" r:id=\"a\"/>")).shows("unreadable"),
        main("the report in a table that serves as layout", format!("{}</w:body></w:document>",
            BASE.main.replace("<w:body>", "<w:body><w:tbl><w:tr><w:tc>").replace("<w:sectPr/></w:body></w:document>", "<w:p/></w:tc></w:tr></w:tbl><w:sectPr/>"))),
    ]);
}

fn large(cases: &mut Vec<Case>) {
    let table = |rows: usize, cells: usize| {
        let row = format!("<w:tr>{}</w:tr>", "<w:tc><w:p/></w:tc>".repeat(cells));
        format!("<w:tbl>{}</w:tbl>", row.repeat(rows))
    };
    cases.extend([
        case("1 000 000 cells in one row", move || docx(appended(&table(1, 1_000_000)))),
        case("1 000 000 rows of one cell", move || docx(appended(&table(1_000_000, 1)))),
        case("1 000 rows of 1 000 cells", move || docx(appended(&table(1_000, 1_000)))),
        case("1 000 000 tables of one cell", move || docx(appended(&table(1, 1).repeat(1_000_000)))),
        case("1 000 000 cells in tables that are each allowed", move || {
            docx(appended(&format!("{}<w:p/>", table(10, 10_000)).repeat(10)))
        }),
        case("1 000 000 cells one inside the other, 20 deep", move || {
            let mut inner = "<w:p/>".to_owned();
            for _ in 0..20 {
                inner = format!("<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>");
            }
            docx(appended(&inner.repeat(8_000)))
        }),
        case("10 000 cells that span 1 024", move || {
            let cell = "<w:tc><w:tcPr><w:gridSpan w:val=\"1024\"/></w:tcPr><w:p/></w:tc>";
            docx(appended(&format!(
                "<w:tbl>{}</w:tbl>",
                format!("<w:tr>{}</w:tr>", cell.repeat(100)).repeat(100)
            )))
        }),
        case("rows of merged cells, a thousand by a thousand", move || {
            let cell = "<w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc>";
            docx(appended(&format!(
                "<w:tbl>{}</w:tbl>",
                format!("<w:tr>{}</w:tr>", cell.repeat(1000)).repeat(150)
            )))
        }),
        case("20 000 spans beyond the limit", move || {
            let cell = "<w:tc><w:tcPr><w:gridSpan w:val=\"5000\"/></w:tcPr><w:p/></w:tc>";
            docx(appended(&format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{cell}</w:tr>").repeat(20_000))))
        }),
    ]);
}
