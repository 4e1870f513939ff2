//! The number in the main part: split, marked, written otherwise, deleted, hidden, in fields.

use super::{BASE, Case, FIGURE, PLANTED, RUN, case, docx, docx_with, figure, run, with};

fn main(name: &str, text: String) -> Case {
    case(name, move || docx(text))
}

fn of(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn field(kind: &str) -> String {
    format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>")
}

fn instruction(text: &str) -> String {
    format!("<w:r><w:instrText>{text}</w:instrText></w:r>")
}

const HIDDEN: &str = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>99777</w:t></w:r>";
const DELETED: &str = "<w:del w:id=\"1\"><w:r><w:delText>99777</w:delText></w:r></w:del>";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    runs(&mut cases);
    writings(&mut cases);
    tracked(&mut cases);
    hidden(&mut cases);
    fields(&mut cases);
    notes(&mut cases);
    labels(&mut cases);
    cases
}

fn runs(cases: &mut Vec<Case>) {
    let between = |inner: &str| run(&format!("{}{inner}{}", of("10"), of("37")));
    let each: String = FIGURE.chars().map(|c| of(&c.to_string())).collect();
    cases.extend([
        main("a run for each digit", run(&each)),
        main("a text for each digit", run("<w:r><w:t>1</w:t><w:t>0</w:t><w:t>3</w:t><w:t>7</w:t></w:r>")),
        main("bookmarks between", between("<w:bookmarkStart w:id=\"1\" w:name=\"a\"/><w:bookmarkEnd w:id=\"1\"/>")),
        main("spelling marks between", between("<w:proofErr w:type=\"spellStart\"/>")),
        main("a comment's range between", between("<w:commentRangeStart w:id=\"1\"/><w:commentRangeEnd w:id=\"1\"/>")),
        main("permissions between", between("<w:permStart w:id=\"1\"/><w:permEnd w:id=\"1\"/>")),
        main("a last page break between", between("<w:r><w:lastRenderedPageBreak/></w:r>")),
        main("a smart tag round a part", run(&format!("<w:smartTag w:element=\"a\"><w:smartTagPr><w:attr w:name=\"a\" w:val=\"99777\"/></w:smartTagPr>{}</w:smartTag>{}", of("10"), of("37")))),
        main("a link round a part", run(&format!("<w:hyperlink w:anchor=\"a\">{}</w:hyperlink>{}", of("10"), of("37")))),
        main("a content control round a part", run(&format!("<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>{}", of("10"), of("37")))),
        main("right to left", run(&format!("<w:bdo w:val=\"rtl\">{}</w:bdo>", of(FIGURE)))),
        main("an empty run between", between("<w:r/>")),
        main("a soft hyphen between", between("<w:r><w:softHyphen/></w:r>")),
        main("a hyphen between", between("<w:r><w:noBreakHyphen/></w:r>")).shows("unreadable"),
        main("a tab between", between("<w:r><w:tab/></w:r>")).shows("unreadable"),
        main("a line break between", between("<w:r><w:br/></w:r>")).shows("unreadable"),
        main("a page break before", run(&format!("<w:r><w:br w:type=\"page\"/></w:r>{RUN}"))),
        main("two paragraphs", with("w:tc", |cell| cell.replace(RUN, &format!("{}</w:p><w:p>{}", of("10"), of("37"))))).shows("unreadable"),
        main("an empty paragraph before", with("w:tc", |cell| cell.replacen("<w:p>", "<w:p/><w:p>", 1))),
        main("an empty paragraph behind", with("w:tc", |cell| cell.replace("</w:p>", "</w:p><w:p/>"))),
        main("white space round, not preserved", run("<w:r><w:t> 1037 </w:t></w:r>")),
        main("line ends round", run("<w:r><w:t>\n1037\n</w:t></w:r>")),
        main("a space inside", run(&of("10 37"))).shows("unreadable"),
        main("text outside of runs", run("<w:t>1037</w:t>")),
        main("a symbol for a digit", run(&format!("{}<w:r><w:sym w:font=\"Symbol\" w:char=\"F030\"/></w:r>{}", of("1"), of("37")))).shows("unreadable"),
        main("a symbol of plain digits", run(&format!("{}<w:r><w:sym w:font=\"SimSun\" w:char=\"0030\"/></w:r>{}", of("1"), of("37")))),
        main("a symbol beyond Unicode", between("<w:r><w:sym w:char=\"FFFFFFFF\"/></w:r>")).shows("unreadable"),
        main("a picture behind", run(&format!("{RUN}<w:r><w:drawing><a:blip xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"/></w:drawing></w:r>"))),
    ]);
}

/// The cell's text written in another way, and what it then shows.
const WRITINGS: &[(&str, &str)] = &[
    ("１０３７", "1037"),
    ("1,037", "1037"),
    ("1，037", "1037"),
    ("1037件", "1037"),
    (" 1037　", "1037"),
    ("\u{a0}1037\u{a0}", "1037"),
    ("+1037", "1037"),
    ("1037.0", "1037.0"),
    ("1037.", "unreadable"),
    (".1037", "unreadable"),
    ("01037", "1037"),
    ("-1037", "-1037"),
    ("－1037", "-1037"),
    ("−1037", "-1037"),
    ("(1037)", "unreadable"),
    ("1 037", "unreadable"),
    ("1\u{202f}037", "unreadable"),
    ("1'037", "unreadable"),
    ("1.037", "1.037"),
    ("1,03", "unreadable"),
    ("10,37", "unreadable"),
    ("1,0,3,7", "unreadable"),
    ("1037,", "unreadable"),
    (",1037", "unreadable"),
    ("1,037,", "unreadable"),
    ("1e3", "unreadable"),
    ("1037e0", "unreadable"),
    ("0x40D", "unreadable"),
    ("1037%", "unreadable"),
    ("约1037", "unreadable"),
    ("1037余", "unreadable"),
    ("1037-1038", "unreadable"),
    ("1037/1038", "unreadable"),
    ("1037+1", "unreadable"),
    ("一千零三十七", "unreadable"),
    ("壹仟零叁拾柒", "unreadable"),
    ("①", "unreadable"),
    ("Ⅻ", "unreadable"),
    ("١٠٣٧", "unreadable"),
    ("१०३७", "unreadable"),
    ("𝟏𝟎𝟑𝟕", "1037"),
    ("¹⁰³⁷", "unreadable"),
    ("₁₀₃₇", "unreadable"),
    ("10³7", "unreadable"),
    ("1O37", "unreadable"),
    ("l037", "unreadable"),
    ("IO37", "unreadable"),
    ("1〇37", "unreadable"),
    ("1０3７", "1037"),
    ("1037 1037", "unreadable"),
    ("1037；1038", "unreadable"),
    ("10\u{200b}37", "1037"),
    ("10\u{feff}37", "1037"),
    ("10\u{2060}37", "1037"),
    ("10\u{200d}37", "1037"),
    ("10\u{ad}37", "1037"),
    ("\u{200e}1037\u{200f}", "1037"),
    ("\u{202e}1037\u{202c}", "unreadable"),
    ("10\u{034f}37", "unreadable"),
    ("10\u{0301}37", "unreadable"),
    ("10\u{20dd}37", "unreadable"),
    ("10\u{fe0f}37", "unreadable"),
    ("10\u{fffd}37", "unreadable"),
    ("10\u{e000}37", "unreadable"),
    ("10\u{180e}37", "1037"),
    ("10\u{3164}37", "unreadable"),
    ("10\u{115f}37", "unreadable"),
    ("10\u{2028}37", "unreadable"),
    ("10\u{85}37", "unreadable"),
    ("10\u{1f}37", "refused"),
    ("1037\u{e0031}", "unreadable"),
    ("1037*", "1037"),
    ("*1037", "unreadable"),
    ("1037[1]", "1037"),
    ("1037（注）", "1037"),
    ("1037#", "1037"),
    ("$1037", "unreadable"),
    ("￥1037", "unreadable"),
    ("1037万", "unreadable"),
    ("1037人次", "unreadable"),
    ("0.1037万", "unreadable"),
    ("NaN", "unreadable"),
    ("inf", "unreadable"),
    ("-0", "0"),
    ("--1037", "unreadable"),
    ("", "blank"),
    ("/", "not applicable"),
    ("／", "not applicable"),
    ("—", "not applicable"),
    ("——", "not applicable"),
    ("无", "not applicable"),
    ("未统计", "unreadable"),
    ("见附件", "unreadable"),
    ("空", "unreadable"),
    (".", "unreadable"),
    ("…", "unreadable"),
    ("?", "unreadable"),
    ("0", "0"),
    ("000", "0"),
    ("99999999999999999999999999999999999999999999", "unreadable"),
    ("9223372036854775808", "9223372036854775808"),
    ("0.00000000000000000000000000000000000000000001", "unreadable"),
];

fn writings(cases: &mut Vec<Case>) {
    for &(text, shown) in WRITINGS {
        // Names with marks that nobody sees are told apart by their codes.
        let name = format!("reads {}", text.escape_default());
        cases.push(main(&name, figure(text)).shows(shown));
    }
    for (name, text) in [
        ("a million digits", "7".repeat(1_000_000)),
        ("a million zeros before", "0".repeat(1_000_000) + FIGURE),
        ("a million combining marks", format!("10{}37", "\u{301}".repeat(1_000_000))),
    ] {
        cases.push(main(name, figure(&text)).shows("unreadable or 1037"));
    }
}

fn tracked(cases: &mut Vec<Case>) {
    let around = |before: &str, behind: &str| run(&format!("{before}{RUN}{behind}"));
    cases.extend([
        main("deleted before", around(DELETED, "")),
        main("deleted behind", around("", DELETED)),
        main("deleted in the middle", run(&format!("{}{DELETED}{}", of("10"), of("37")))),
        main("a deletion with plain text", around(&format!("<w:del w:id=\"1\">{}</w:del>", of(PLANTED)), "")),
        main("an insertion that was deleted", around(&format!("<w:ins w:id=\"1\">{DELETED}</w:ins>"), "")),
        main("a deletion of an insertion", around(&format!("<w:del w:id=\"1\"><w:ins w:id=\"2\">{}</w:ins></w:del>", of(PLANTED)), "")),
        main("inserted", run(&format!("<w:ins w:id=\"1\">{RUN}</w:ins>"))),
        main("inserted in part", run(&format!("{}<w:ins w:id=\"1\">{}</w:ins>", of("10"), of("37")))),
        main("moved away", around(&format!("<w:moveFrom w:id=\"1\">{}</w:moveFrom>", of(PLANTED)), "")),
        main("moved here", run(&format!("<w:moveTo w:id=\"1\">{RUN}</w:moveTo>"))),
        main("a run marked as deleted", around("<w:r><w:rPr><w:del w:id=\"1\"/></w:rPr><w:delText>99777</w:delText></w:r>", "")),
        main("deleted text outside of a deletion", around("<w:r><w:delText>99777</w:delText></w:r>", "")),
        main("a deleted paragraph mark", with("w:tc", |cell| cell.replacen("<w:p>", &format!("<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>{DELETED}</w:p><w:p>"), 1))),
        main("the properties of before", run("<w:r><w:rPr><w:rPrChange w:id=\"1\"><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>1037</w:t></w:r>")),
    ]);
}

fn hidden(cases: &mut Vec<Case>) {
    let styles = |style: &str| {
        let styles = format!(
            "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{style}</w:styles>"
        );
        let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";
        (styles, relations)
    };
    let with_styles = |name: &str, style: &str, text: String| {
        let (styles, relations) = styles(style);
        case(name, move || {
            docx_with(
                text,
                &[
                    ("word/styles.xml", styles.as_bytes()),
                    ("word/_rels/document.xml.rels", relations.as_bytes()),
                ],
            )
        })
    };
    let hidden_style = "<w:style w:type=\"character\" w:styleId=\"h\"><w:rPr><w:vanish/></w:rPr></w:style>";
    let styled = run(&format!("<w:r><w:rPr><w:rStyle w:val=\"h\"/></w:rPr><w:t>{PLANTED}</w:t></w:r>{RUN}"));
    let struck_style = hidden_style.replace("vanish", "strike");
    let circle = "<w:style w:type=\"character\" w:styleId=\"h\"><w:basedOn w:val=\"g\"/></w:style><w:style w:type=\"character\" w:styleId=\"g\"><w:basedOn w:val=\"h\"/></w:style>";
    let long: String = (0..20_000)
        .map(|at| {
            format!(
                "<w:style w:type=\"character\" w:styleId=\"s{at}\"><w:basedOn w:val=\"s{}\"/></w:style>",
                at + 1
            )
        })
        .collect();
    cases.extend([
        main("hidden before", run(&format!("{HIDDEN}{RUN}"))),
        main("hidden behind", run(&format!("{RUN}{HIDDEN}"))),
        main("hidden in the middle", run(&format!("{}{HIDDEN}{}", of("10"), of("37")))),
        main("hidden, said with 1", run(&format!("{}{RUN}", HIDDEN.replace("<w:vanish/>", "<w:vanish w:val=\"1\"/>")))),
        main("hidden, said with on", run(&format!("{}{RUN}", HIDDEN.replace("<w:vanish/>", "<w:vanish w:val=\"on\"/>")))),
        main("not hidden, said with 0", run("<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>1037</w:t></w:r>")),
        main("not hidden, said with false", run("<w:r><w:rPr><w:vanish w:val=\"false\"/></w:rPr><w:t>1037</w:t></w:r>")),
        main("hidden on the web only", run("<w:r><w:rPr><w:webHidden/></w:rPr><w:t>1037</w:t></w:r>")),
        main("a hidden text box", run(&format!("<w:r><w:rPr><w:vanish/></w:rPr><w:pict><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:pict></w:r>{RUN}", of(PLANTED)))),
        with_styles("hidden by a style", hidden_style, styled.clone()),
        with_styles("struck by a style", &struck_style, styled.clone()),
        with_styles("struck twice by a style", &struck_style.replace("strike", "dstrike"), styled.clone()),
        with_styles(
            "struck by a style, but not this run",
            &struck_style,
            run("<w:r><w:rPr><w:rStyle w:val=\"h\"/><w:strike w:val=\"0\"/></w:rPr><w:t>1037</w:t></w:r>"),
        ),
        with_styles("hidden by a style a style rests on", &format!("{hidden_style}{}", hidden_style.replace("\"h\"", "\"g\"").replace("<w:rPr>", "<w:basedOn w:val=\"h\"/><w:rPr>")), styled.replace("\"h\"", "\"g\"")),
        with_styles("styles that rest on each other", circle, run("<w:r><w:rPr><w:rStyle w:val=\"h\"/></w:rPr><w:t>1037</w:t></w:r>")),
        with_styles("20 000 styles that rest on each other", &long, run("<w:r><w:rPr><w:rStyle w:val=\"s0\"/></w:rPr><w:t>1037</w:t></w:r>")),
        main("a raised note behind", run(&format!("{RUN}<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>1</w:t></w:r>"))),
        main("white on white", run(&format!("<w:r><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr><w:t>5</w:t></w:r>{RUN}"))).shows("51037"),
    ]);
}

fn fields(cases: &mut Vec<Case>) {
    let (begin, separate, end) = (field("begin"), field("separate"), field("end"));
    cases.extend([
        main("a field's result", run(&format!("{begin}{}{separate}{RUN}{end}", instruction("=99777")))),
        main("a field without a result", run(&format!("{begin}{}{end}{RUN}", instruction("=99777")))),
        main("a field inside an instruction", run(&format!("{begin}{}{begin}{}{separate}{}{end}{separate}{RUN}{end}", instruction("="), instruction("x"), of(PLANTED)))),
        main("text as instruction", run(&format!("{begin}{}{separate}{RUN}{end}", of(PLANTED)))),
        main("a field without an end", run(&format!("{begin}{}{separate}{RUN}", instruction("=99777")))),
        main("a field without a separator and an end", run(&format!("{begin}{RUN}"))),
        main("an end without a field", run(&format!("{end}{RUN}"))),
        main("a separator without a field", run(&format!("{separate}{RUN}"))),
        main("two separators", run(&format!("{begin}{separate}{}{separate}{}{end}", of("10"), of("37")))),
        main("a simple field", run(&format!("<w:fldSimple w:instr=\"=99777\">{RUN}</w:fldSimple>"))),
        main("a field that ends in the next cell", with("w:tc", |cell| cell.replace(RUN, &format!("{begin}{separate}{RUN}")))),
        main("a form field", run(&format!("<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:textInput><w:default w:val=\"99777\"/></w:textInput></w:ffData></w:fldChar></w:r>{separate}{RUN}{end}"))),
        main("a field of an unknown kind", run(&format!("<w:r><w:fldChar w:fldCharType=\"x\"/></w:r>{RUN}"))),
    ]);
}

fn notes(cases: &mut Vec<Case>) {
    let ruby = format!(
        "<w:r><w:ruby><w:rubyPr/><w:rt>{}</w:rt><w:rubyBase>{RUN}</w:rubyBase></w:ruby></w:r>",
        of(PLANTED)
    );
    let math = |inner: &str| {
        format!(
            "<m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\">{inner}</m:oMath>"
        )
    };
    cases.extend([
        main("a footnote behind", run(&format!("{RUN}<w:r><w:footnoteReference w:id=\"1\"/></w:r>"))),
        main("an endnote behind", run(&format!("{RUN}<w:r><w:endnoteReference w:id=\"1\"/></w:r>"))),
        main("a comment behind", run(&format!("{RUN}<w:r><w:commentReference w:id=\"1\"/></w:r>"))),
        main("an annotation of how to say it", run(&ruby)),
        main("a formula", run(&math("<m:r><m:t>1037</m:t></m:r>"))),
        main(
            "a fraction",
            run(&math(
                "<m:f><m:num><m:r><m:t>10</m:t></m:r></m:num><m:den><m:r><m:t>37</m:t></m:r></m:den></m:f>",
            )),
        )
        .shows("unreadable"),
        main(
            "a power",
            run(&math(
                "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup>",
            )),
        )
        .shows("unreadable"),
        case("notes with the planted number", || {
            let notes = BASE.main.replace("w:document", "w:footnotes").replace(FIGURE, PLANTED);
            docx_with(
                BASE.main.clone(),
                &[("word/footnotes.xml", notes.as_bytes()), ("word/header1.xml", notes.as_bytes())],
            )
        }),
    ]);
}

fn labels(cases: &mut Vec<Case>) {
    const LABEL: &str = "自然人";
    let label = |text: &str| {
        assert!(BASE.main.contains(&format!(">{LABEL}<")));
        BASE.main.replace(&format!(">{LABEL}<"), &format!(">{text}<"))
    };
    for (name, text) in [
        ("radicals", "\u{2f83}然\u{2f08}".to_owned()),
        ("spaces", "自 然　人".to_owned()),
        ("marks nobody sees", "自\u{200b}然\u{feff}人".to_owned()),
        ("combining marks", "自\u{301}然人".to_owned()),
        ("a character of plane 2", "自然\u{20000}".to_owned()),
        ("characters that mean something to patterns", ".*[自然人](?:+$".to_owned()),
        ("100 000 combining marks", format!("自{}然人", "\u{301}".repeat(100_000))),
        ("1 MB", "自然人".repeat(120_000)),
        ("1 MB of brackets", "（".repeat(300_000)),
        ("1 MB of digits", "7".repeat(1_000_000)),
        ("nothing", String::new()),
        ("another column's", "总计".to_owned()),
    ] {
        cases.push(main(&format!("a label of {name}"), label(&text)));
    }
}
