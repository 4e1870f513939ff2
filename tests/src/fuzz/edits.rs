//! Documents and reports changed step by step, as a program says, from a plain one.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::program::{NUMBERS, Program, WORDS};
use super::seeds::{self, plain};
use crate::package;
use crate::random::Random;
use crate::render::{Carrier, DocxForm, HtmlForm};

/// Longer programs add nothing but time.
const STEPS: usize = 100;

static MAIN: LazyLock<String> = LazyLock::new(|| {
    let bytes = seeds::small(Carrier::Docx(DocxForm::LibreOffice));
    let parts = package::parts(&bytes).unwrap();
    let main = parts.into_iter().find(|(name, _)| name == package::MAIN).unwrap();
    String::from_utf8(main.1).unwrap()
});

static REPORT: LazyLock<Value> = LazyLock::new(|| {
    let bytes = Carrier::Html(HtmlForm::Clean).render(&plain(), &mut Random::new(1));
    serde_json::from_str(&gongkai::parse(&bytes).unwrap().to_json()).unwrap()
});

/// A start tag, end tag or text, and for tags where the partner stands.
struct Piece {
    text: String,
    partner: usize,
}

/// The main part as pieces; every start tag knows its end tag.
fn pieces() -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open = Vec::new();
    let mut rest = MAIN.as_str();
    while !rest.is_empty() {
        let length = match rest.strip_prefix('<') {
            Some(tag) => tag.find('>').unwrap_or(0) + 2,
            None => rest.find('<').unwrap_or(rest.len()),
        };
        let (text, after) = rest.split_at(length);
        let at = pieces.len();
        let mut partner = at;
        if text.starts_with("</") {
            partner = open.pop().unwrap_or(at);
            pieces[partner].partner = at;
        } else if text.starts_with('<') && !text.ends_with("/>") && !text.starts_with("<?") {
            open.push(at);
        }
        pieces.push(Piece { text: text.to_owned(), partner });
        rest = after;
    }
    pieces
}

/// What a span of pieces may be put into.
const WRAPPERS: &[(&str, &str)] = &[
    ("<w:ins w:id=\"1\">", "</w:ins>"),
    ("<w:del w:id=\"1\">", "</w:del>"),
    ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    ("<w:customXml>", "</w:customXml>"),
    ("<w:hyperlink>", "</w:hyperlink>"),
    ("<w:smartTag>", "</w:smartTag>"),
    ("<w:p>", "</w:p>"),
    ("<w:r>", "</w:r>"),
    ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    ("<w:tc>", "</w:tc>"),
    ("<w:tr>", "</w:tr>"),
    ("<w:pict><w:txbxContent>", "</w:txbxContent></w:pict>"),
    ("<x:y xmlns:x=\"urn:x\">", "</x:y>"),
    (
        "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Fallback>",
        "</mc:Fallback></mc:AlternateContent>",
    ),
];

/// What may be put in between.
const INSERTS: &[&str] = &[
    "<w:r><w:t>7</w:t></w:r>",
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>7</w:t></w:r>",
    "<w:tc><w:p/></w:tc>",
    "<w:tr/>",
    "<w:tbl/>",
    "<w:p/>",
    "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
    "<w:trPr><w:gridBefore w:val=\"2\"/><w:gridAfter w:val=\"9\"/></w:trPr>",
    "<w:trPr><w:del/></w:trPr>",
    "<w:tcPr><w:gridSpan w:val=\"3\"/><w:vMerge/></w:tcPr>",
    "<w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>",
    "<w:tcPr><w:hMerge w:val=\"restart\"/></w:tcPr>",
    "<w:tcPr><w:hMerge/></w:tcPr>",
    "<w:tcPr><w:gridSpan w:val=\"4294967296\"/></w:tcPr>",
    "<w:tcPr><w:gridSpan w:val=\"-1\"/></w:tcPr>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:fldChar w:fldCharType=\"separate\"/>",
    "<w:fldChar w:fldCharType=\"end\"/>",
    "<w:t>3<!-- -->7</w:t>",
    "<w:t>&#x31;<![CDATA[2]]></w:t>",
    "<w:br/>",
    "<w:br w:type=\"page\"/>",
    "<w:tab/>",
    "<w:noBreakHyphen/>",
    "<w:sym w:char=\"F031\"/>",
    "<w:drawing/>",
    "<w:pPr><w:numPr><w:ilvl w:val=\"9\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>",
    "<?pi?>",
];

/// A main part, well-formed whatever the program says.
pub(super) fn document(program: &[u8]) -> String {
    let mut program = Program(program);
    let mut pieces = pieces();
    for _ in 0..STEPS {
        if program.is_over() {
            break;
        }
        // Neither the declaration nor the root.
        let at = 2 + program.below(pieces.len() - 4);
        let partner = pieces[at].partner;
        let (first, last) = (at.min(partner), at.max(partner));
        match program.byte() % 8 {
            // Empties, deletes, doubles an element or text, or puts it into another.
            0 => pieces[first..=last].iter_mut().for_each(|piece| piece.text.clear()),
            1 if first < last => pieces[first + 1..last].iter_mut().for_each(|piece| piece.text.clear()),
            2 => {
                let copy: String = pieces[first..=last].iter().map(|piece| piece.text.as_str()).collect();
                if copy.len() < 1 << 16 {
                    pieces[last].text.push_str(&copy);
                }
            }
            3 => {
                let (open, close) = WRAPPERS[program.below(WRAPPERS.len())];
                pieces[first].text.insert_str(0, open);
                pieces[last].text.push_str(close);
            }
            4 if first == last && !pieces[at].text.starts_with('<') => {
                pieces[at].text = if program.byte().is_multiple_of(2) {
                    program.pick(NUMBERS)
                } else {
                    program.pick(WORDS)
                }
                .to_owned();
            }
            // Takes the tags away, not what is between them.
            5 if first < last => {
                pieces[first].text.clear();
                pieces[last].text.clear();
            }
            _ => pieces[last].text.push_str(program.pick(INSERTS)),
        }
    }
    pieces.into_iter().map(|piece| piece.text).collect()
}

/// A report in JSON form with other numbers, statuses, units, years and sentences.
pub(super) fn report(program: &[u8]) -> String {
    let mut program = Program(program);
    let mut report = REPORT.clone();
    for _ in 0..STEPS {
        if program.is_over() {
            break;
        }
        step(&mut report, &mut program);
    }
    report.to_string()
}

fn step(report: &mut Value, program: &mut Program<'_>) {
    let kind = program.byte() % 12;
    if kind < 8 {
        let Some(facts) = report["facts"].as_array_mut().filter(|facts| !facts.is_empty()) else { return };
        let at = program.below(facts.len());
        match kind {
            0..=2 => facts[at]["value"] = json!(program.pick(NUMBERS)),
            3 => {
                facts[at]["status"] =
                    json!(program.pick(&["blank", "not_applicable", "unreadable", "reported"]));
                if let Some(fact) = facts[at].as_object_mut() {
                    fact.remove("value");
                }
            }
            4 => facts[at]["unit"] = json!(program.pick(&["件", "项", "万元", "元"])),
            5 => drop(facts.remove(at)),
            6 => {
                let copy = facts[at].clone();
                facts.push(copy);
            }
            _ => {
                let other = program.below(facts.len());
                facts.swap(at, other);
            }
        }
        return;
    }
    match kind {
        8 => {
            report["year"]["value"] =
                json!(i64::from(program.byte()) * 9_000_000 + 2000 - i64::from(program.byte()) * 9_000_000)
        }
        9 => report["agency"] = Value::Null,
        10 => {
            let Some(sections) = report["sections"].as_array_mut().filter(|list| !list.is_empty()) else {
                return;
            };
            let at = program.below(sections.len());
            let text: String = (0..program.byte() % 8)
                .map(|_| {
                    if program.byte().is_multiple_of(2) { program.pick(WORDS) } else { program.pick(NUMBERS) }
                })
                .collect();
            if let Some(paragraphs) = sections[at]["paragraphs"].as_array_mut() {
                paragraphs.push(json!({ "text": text, "location": {} }));
            }
        }
        _ => {
            let Some(facts) = report["facts"].as_array().filter(|list| !list.is_empty()) else { return };
            let copy = facts[program.below(facts.len())].clone();
            report["subtotals"] = json!([copy]);
        }
    }
}
