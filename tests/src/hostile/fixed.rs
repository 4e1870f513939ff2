//! Fixed layouts: the structure of PDF files, and the parts of OFD packages.

use super::{BASE, Case, PLANTED, case};
use crate::package;
use crate::random::Random;
use crate::render::{Carrier, OfdForm, PdfFile, PdfForm};

fn pdf(form: PdfForm) -> Vec<u8> {
    Carrier::Pdf(form).render(&BASE.printed, &mut Random::new(5))
}

/// The file with the last of these bytes replaced by others, as many.
fn changed(from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = pdf(PdfForm::Gbk);
    let at = bytes.windows(from.len()).rposition(|window| window == from.as_bytes()).unwrap();
    bytes[at..at + from.len()].copy_from_slice(to.as_bytes());
    bytes
}

fn start_of_references(bytes: &[u8]) -> usize {
    bytes
        .windows(5)
        .rposition(|window| window == b"xref\n")
        .unwrap()
        .min(bytes.windows(7).rposition(|window| window == b"\nxref\n0").map_or(usize::MAX, |at| at + 1))
}

/// The file with an update: objects that count instead of those of the same number.
fn updated(objects: &[(usize, Vec<u8>)], trailer: &str) -> Vec<u8> {
    let mut bytes = pdf(PdfForm::Gbk);
    let before = start_of_references(&bytes);
    let mut table = String::from("xref\n");
    for (id, body) in objects {
        table.push_str(&format!("{id} 1\n{:010} 00000 n \n", bytes.len()));
        bytes.extend(format!("{id} 0 obj\n").bytes());
        bytes.extend(body);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(table.bytes());
    bytes.extend(
        format!("trailer\n<</Size 99/Root 1 0 R/Prev {before}{trailer}>>\nstartxref\n{start}\n%%EOF\n")
            .bytes(),
    );
    bytes
}

/// The body of a stream object.
fn stream(bytes: &[u8]) -> Vec<u8> {
    let mut file = PdfFile::default();
    file.stream(1, bytes);
    let whole = file.finish(false);
    let start = whole.windows(2).position(|window| window == b"<<").unwrap();
    let end = whole.windows(9).position(|window| window == b"endstream").unwrap() + 9;
    whole[start..end].to_vec()
}

fn text(name: &str, objects: &[(usize, &str)]) -> Case {
    let objects: Vec<(usize, Vec<u8>)> =
        objects.iter().map(|(id, body)| (*id, body.as_bytes().to_vec())).collect();
    case(name, move || updated(&objects, ""))
}

/// The file with its last offset leading nowhere.
fn astray(mut bytes: Vec<u8>) -> Vec<u8> {
    let mark = b"startxref\n";
    let at = bytes.windows(mark.len()).rposition(|window| window == mark).unwrap() + mark.len();
    bytes.insert(at, b'9');
    bytes
}

/// The file with bytes put before the first of a mark.
fn inserted(mut bytes: Vec<u8>, before: &str, more: &[u8]) -> Vec<u8> {
    let at = bytes.windows(before.len()).position(|window| window == before.as_bytes()).unwrap();
    bytes.splice(at..at, more.iter().copied());
    bytes
}

/// The page's content with a text nobody may read as its own.
fn planted() -> Vec<u8> {
    let units: String = PLANTED.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    stream(format!("BT /F2 9 Tf 90 700 Td <{units}> Tj ET").as_bytes())
}

/// The body of an object of the file as written.
fn body(bytes: &[u8], id: usize) -> Vec<u8> {
    let find = |from: usize, mark: &str| {
        from + bytes[from..].windows(mark.len()).position(|window| window == mark.as_bytes()).unwrap()
    };
    let mark = format!("\n{id} 0 obj\n");
    let start = find(0, &mark) + mark.len();
    bytes[start..find(start, "\nendobj\n")].to_vec()
}

/// The first page's content replaced by an update, and put back by another, closed by this.
fn replaced_twice(close: &str) -> Vec<u8> {
    let mut bytes = updated(&[(21, planted())], "");
    let own = body(&bytes, 21);
    bytes.extend(b"21 0 obj\n");
    bytes.extend(own);
    bytes.extend(format!("\nendobj\n{close}").bytes());
    bytes
}

const CLOSE: &str = "xref\n0 0\ntrailer\n<</Size 99/Root 1 0 R>>\nstartxref\n9\n%%EOF\n";

/// Files whose references lead astray.
fn rebuilt() -> Vec<Case> {
    let again =
        |name: &str| [format!("{name} 0 obj\n").into_bytes(), planted(), b"\nendobj\n".to_vec()].concat();
    let (twice, dead) = (again("21"), again("98"));
    let after = dead.clone();
    vec![
        case("pdf, references astray", || astray(pdf(PdfForm::Gbk))),
        case("pdf, objects in streams, references astray", || astray(pdf(PdfForm::ToUnicode))),
        case("pdf, objects moved", || inserted(pdf(PdfForm::Gbk), "21 0 obj", b"\n\n\n")),
        case("pdf, references astray, two objects with one number", move || {
            astray(inserted(pdf(PdfForm::Gbk), "xref\n0 ", &twice))
        }),
        case("pdf, references astray, an object nobody names", move || {
            astray(inserted(pdf(PdfForm::Gbk), "xref\n0 ", &dead))
        }),
        case("pdf, references astray, an object replaced and put back", || replaced_twice(CLOSE)),
        case("pdf, references astray, an update that was cut", || replaced_twice("")),
        case("pdf, an update that was cut", || {
            let whole = updated(&[(21, planted())], "");
            let end = whole.windows(5).rposition(|window| window == b"xref\n").unwrap();
            let end = whole[..end].windows(6).rposition(|window| window == b"\nxref\n").unwrap_or(end);
            whole[..end].to_vec()
        }),
        case("pdf, references astray, an object declared free", || {
            let free = "xref\n21 1\n0000000000 00001 f \ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";
            [pdf(PdfForm::Gbk), free.as_bytes().to_vec()].concat()
        }),
        case("pdf, references astray, an object in a stream", move || {
            let inside = [b"\nendstream\nendobj\n".to_vec(), after.clone()].concat();
            let length = inside.len().to_string().into_bytes();
            let whole = [b"<</Length 98 0 R>>stream\n".to_vec(), inside, b"\nendstream".to_vec()].concat();
            astray(updated(&[(97, whole), (98, length)], ""))
        }),
        case("pdf, references astray, words between objects", || {
            astray(inserted(pdf(PdfForm::Gbk), "21 0 obj", b"(\n"))
        }),
        case("pdf, references astray, an object lost", || {
            astray(inserted(pdf(PdfForm::Gbk), "21 0 obj", b"% "))
        }),
        case("pdf, cut in half", || {
            let whole = pdf(PdfForm::Gbk);
            whole[..whole.len() / 2].to_vec()
        }),
        case("pdf, references astray, numbers without end", || {
            astray(inserted(pdf(PdfForm::Gbk), "21 0 obj", &b"1 ".repeat(1_000_000)))
        }),
    ]
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = vec![
        case("pdf", || pdf(PdfForm::Gbk)),
        case("pdf, objects in streams", || pdf(PdfForm::ToUnicode)),
        case("pdf, rows cut by pages", || pdf(PdfForm::Cut)),
        case("pdf behind a mail header", || {
            [b"Content-Type: application/pdf\r\n\r\n".to_vec(), pdf(PdfForm::Gbk)].concat()
        }),
        case("pdf, more behind its end", || {
            [pdf(PdfForm::Gbk), format!("\n{PLANTED}\n%%EOF\n").into_bytes()].concat()
        }),
        case("pdf, an update of nothing", || updated(&[], "")),
        case("pdf, an update that leads to itself", || updated(&[], " /Prev 9999999")),
        case("pdf, encrypted by an update", || updated(&[], "/Encrypt<</Filter/Standard>>")),
        case("pdf, a length that lies", || {
            let bytes = pdf(PdfForm::Gbk);
            let at = bytes.windows(8).rposition(|window| window == b"/Length ").unwrap() + 8;
            let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            let mut bytes = bytes;
            bytes[at..at + digits].fill(b'9');
            bytes
        }),
        case("pdf, references that lead elsewhere", || changed("xref\n0 ", "xref\n1 ")),
        case("pdf, no end", || changed("startxref", "startxxxx")),
        text("pdf, a page that is its parent", &[(20, "<</Type/Pages/Kids[2 0 R]>>")]),
        text("pdf, a page twice", &[(22, "<</Type/Pages/Kids[20 0 R 20 0 R]>>")]),
        text("pdf, a page that is missing", &[(22, "null")]),
        text("pdf, a page of references", &[(22, "22 0 R")]),
        text("pdf, a font that is missing", &[(6, "null")]),
        text("pdf, a font of itself", &[(7, "<</DescendantFonts[7 0 R]/CIDSystemInfo 7 0 R/W 7 0 R>>")]),
        text(
            "pdf, an encoding that nobody knows",
            &[(6, "<</Type/Font/Subtype/Type0/Encoding/Private-H/DescendantFonts[7 0 R]>>")],
        ),
        text("pdf, content of itself", &[(21, "[21 0 R]")]),
    ];
    let nested = |open: &str, name: &str| {
        let body = open.repeat(100_000).into_bytes();
        case(format!("pdf, nested {name}"), move || updated(&[(20, body)], ""))
    };
    cases.extend([nested("[", "arrays"), nested("<</A", "dictionaries"), nested("(", "strings")]);
    cases.extend([
        case("pdf, a flate bomb", || updated(&[(21, stream(&vec![b' '; 80 << 20]))], "")),
        case("pdf, saved states", || updated(&[(21, stream(&b"q ".repeat(100_000)))], "")),
        case("pdf, marked content", || updated(&[(21, stream(&b"/A BMC ".repeat(100_000)))], "")),
        case("pdf, labels below labels", || {
            // Each line could be labels of columns, and a row of all those above.
            let line = |at: usize| {
                let x = 89_000.0 - at as f64 * 1.2;
                format!("BT /F2 0.6 Tf {x} {} Td <89c4> Tj 3 0 Td <7ae0> Tj ET\n", 800.0 - at as f64)
            };
            let text: String = (0..60_000).map(line).collect();
            let page = b"<</Type/Page/Parent 2 0 R/Contents 21 0 R/MediaBox[0 -90000 90000 900]>>".to_vec();
            updated(&[(20, page), (21, stream(text.as_bytes()))], "")
        }),
        case("pdf, values below labels", || {
            // Lines so close that they could be lines of one label, and some are rows.
            let line = |at: usize| {
                let (x, y) = (89_000.0 - at as f64 * 1.2, 800.0 - at as f64 * 0.95);
                let second = if at % 50 == 49 { "0031" } else { "7ae0" };
                format!("BT /F2 0.6 Tf {x} {y} Td <89c4> Tj 3 0 Td <{second}> Tj ET\n")
            };
            let text: String = (0..60_000).map(line).collect();
            let page = b"<</Type/Page/Parent 2 0 R/Contents 21 0 R/MediaBox[0 -90000 90000 900]>>".to_vec();
            updated(&[(20, page), (21, stream(text.as_bytes()))], "")
        }),
        case("pdf, labels beside rows", || {
            // Tables of which every row has so many words beside it that each could be its label.
            let show = |x: usize, y: f64, text: &str| format!("BT /F2 4 Tf {x} {y} Td <{text}> Tj ET\n");
            let row = |y: f64| {
                let beside = (0..8).map(|at| show(10 + at * 12, y - (at % 2) as f64 * 2.4, "89c4"));
                beside.chain([show(300, y, "0031"), show(320, y, "0032")]).collect::<String>()
            };
            let table = |top: f64| {
                let labels = show(300, top, "7ae0") + &show(320, top, "89c4");
                labels + &(1..=60).map(|at| row(top - at as f64 * 6.0)).collect::<String>()
            };
            let text: String = (0..100).map(|at| table(800.0 - at as f64 * 400.0)).collect();
            let page = b"<</Type/Page/Parent 2 0 R/Contents 21 0 R/MediaBox[0 -90000 600 900]>>".to_vec();
            updated(&[(20, page), (21, stream(text.as_bytes()))], "")
        }),
        case("pdf, covers", || {
            let text = "BT /F1 9 Tf 9 9 Td <31> Tj ET ".repeat(20_000);
            updated(&[(21, stream(format!("{text}{}", "0 20 90 90 re f ".repeat(90_000)).as_bytes()))], "")
        }),
    ]);
    cases.extend(rebuilt());
    ofd(&mut cases);
    cases
}

fn parts() -> Vec<(String, Vec<u8>)> {
    package::parts(&Carrier::Ofd(OfdForm::Plain).render(&BASE.printed, &mut Random::new(5))).unwrap()
}

/// The package with each part put through a function that may take it out.
fn ofd_with(change: impl Fn(&str, String) -> Option<String>) -> Vec<u8> {
    let parts: Vec<(String, Vec<u8>)> = parts()
        .into_iter()
        .filter_map(|(name, bytes)| {
            let text = change(&name, String::from_utf8(bytes).unwrap())?;
            Some((name, text.into_bytes()))
        })
        .collect();
    package::zip(&parts)
}

const FIRST: &str = "Doc_0/Pages/Page_0/Content.xml";

/// The package with more on its first page, and resources of that page.
fn ofd_drawn(more: &str, resources: &str) -> Vec<u8> {
    let own = "<ofd:PageRes>Res.xml</ofd:PageRes><ofd:Content><ofd:Layer DrawParam=\"7\"/>";
    let mut parts = parts();
    for (_, text) in parts.iter_mut().filter(|(name, _)| name == FIRST) {
        let page = String::from_utf8(text.clone()).unwrap();
        let page = page.replacen("<ofd:Content>", own, 1);
        *text = page
            .replacen("</ofd:Layer></ofd:Content>", &format!("{more}</ofd:Layer></ofd:Content>"), 1)
            .into_bytes();
    }
    let resources = format!("<ofd:Res xmlns:ofd=\"http://www.ofdspec.org/2016\">{resources}</ofd:Res>");
    parts.push(("Doc_0/Pages/Page_0/Res.xml".to_owned(), resources.into_bytes()));
    package::zip(&parts)
}

fn ofd(cases: &mut Vec<Case>) {
    let on_page = |name: &str, more: &str| {
        let more = more.to_owned();
        case(name, move || {
            ofd_with(|part, text| {
                let own = if part == FIRST {
                    text.replacen("</ofd:Layer>", &format!("{more}</ofd:Layer>"), 1)
                } else {
                    text
                };
                Some(own)
            })
        })
    };
    let object = |attributes: &str, inside: &str| {
        format!(
            "<ofd:TextObject ID=\"9\" Boundary=\"20 20 90 9\" Size=\"4\" {attributes}>{inside}<ofd:TextCode X=\"0\" Y=\"4\">{PLANTED}</ofd:TextCode></ofd:TextObject>"
        )
    };
    let white = object("DrawParam=\"8\"", "");
    cases.extend([
        case("ofd", || package::zip(&parts())),
        case("ofd, a page that is missing", || ofd_with(|name, text| (name != FIRST).then_some(text))),
        case("ofd, a template that is missing", || {
            ofd_with(|name, text| (!name.contains("Tpls")).then_some(text))
        }),
        case("ofd, a template of itself", || {
            ofd_with(|_, text| Some(text.replace("Tpls/Tpl_0/Content.xml", "Pages/Page_0/Content.xml")))
        }),
        case("ofd, templates without end", || {
            ofd_with(|_, text| {
                Some(text.replace(
                    "<ofd:Template TemplateID=\"1\"/>",
                    &"<ofd:Template TemplateID=\"1\"/>".repeat(999),
                ))
            })
        }),
        case("ofd, a page beyond the package", || {
            ofd_with(|_, text| Some(text.replace("Pages/Page_0", "../../../Page_0")))
        }),
        case("ofd, the document is the package", || {
            ofd_with(|_, text| Some(text.replace("Doc_0/Document.xml", "OFD.xml")))
        }),
        case("ofd, pages repeated", || {
            ofd_with(|_, text| {
                let page = "<ofd:Page ID=\"100\" BaseLoc=\"Pages/Page_0/Content.xml\"/>";
                Some(text.replace(page, &page.repeat(5_000)))
            })
        }),
        case("ofd, a bomb of spaces", || {
            ofd_with(|name, text| Some(if name == FIRST { text + &" ".repeat(80 << 20) } else { text }))
        }),
        on_page("ofd, nested layers", &"<ofd:PageBlock>".repeat(100_000)),
        on_page(
            "ofd, steps without end",
            &object("", "").replace("Y=\"4\"", "Y=\"4\" DeltaX=\"g 4000000000 1\"").replace(PLANTED, "　"),
        ),
        on_page("ofd, hidden text", &object("Visible=\"false\"", "")),
        on_page("ofd, clear text", &object("Alpha=\"0\"", "")),
        on_page("ofd, white text", &object("", "<ofd:FillColor Value=\"255 255 255\"/>")),
        on_page("ofd, text beyond the page", &object("", "").replace("20 20 90 9", "20 900 90 9")),
        on_page(
            "ofd, text outside its clip",
            &object("", "<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary=\"0 0 9 9\"><ofd:AbbreviatedData>M -9 0 L -1 0 L -1 9 L -9 9 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>"),
        ),
        on_page(
            "ofd, a path without end",
            &format!(
                "<ofd:PathObject ID=\"9\" Boundary=\"0 0 9 9\"><ofd:AbbreviatedData>{}</ofd:AbbreviatedData></ofd:PathObject>",
                "M 0 0 ".repeat(1_000_001)
            ),
        ),
        case("ofd, white text by a drawing parameter of the page", move || {
            ofd_drawn(&white, "<ofd:DrawParam ID=\"7\"><ofd:FillColor Value=\"255 255 255\"/></ofd:DrawParam><ofd:DrawParam ID=\"8\" Relative=\"7\"/>")
        }),
        case("ofd, drawing parameters of each other", || {
            ofd_drawn("", "<ofd:DrawParam ID=\"7\" Relative=\"8\"/><ofd:DrawParam ID=\"8\" Relative=\"7\"/>")
        }),
        case("ofd, drawing parameters without end", || {
            let many: String = (0..=1_000_000).map(|id| format!("<ofd:DrawParam ID=\"{id}\"/>")).collect();
            ofd_drawn("", &many)
        }),
        on_page("ofd, text without size", &object("", "").replace("Size", "Sise")),
        on_page("ofd, slanting text", &object("CTM=\"0.7 0.7 -0.7 0.7 0 0\"", "").replace("20 20", "40 60")),
        on_page(
            "ofd, a composite object that shows nothing known",
            "<ofd:CompositeObject ID=\"9\" Boundary=\"0 0 9 9\" ResourceID=\"9\"/>",
        ),
    ]);
    let shown = |id: usize, content: &str| {
        format!(
            "<ofd:CompositeGraphicUnit ID=\"{id}\" Width=\"200\" Height=\"200\"><ofd:Content>{content}</ofd:Content></ofd:CompositeGraphicUnit>"
        )
    };
    let shows = |id: usize, attributes: &str| {
        format!("<ofd:CompositeObject ID=\"9\" Boundary=\"0 0 200 200\" {attributes} ResourceID=\"{id}\"/>")
    };
    let plain = object("", "");
    let beyond = shows(1, "").replace("0 0 200 200", "0 0 10 10");
    let sixteen: String = (1..17).map(|id| shown(id, &shows(id + 1, "").repeat(10))).collect();
    let deep: String = (1..40).map(|id| shown(id, &shows(id + 1, ""))).collect();
    for (name, page, resources) in [
        ("ofd, a composite object", shows(1, ""), shown(1, &plain.replace(PLANTED, "一"))),
        ("ofd, a composite object that is hidden", shows(1, "Visible=\"false\""), shown(1, &plain)),
        ("ofd, a composite object that is clear", shows(1, "Alpha=\"0\""), shown(1, &plain)),
        ("ofd, a composite object whose text lies beyond it", beyond.clone(), shown(1, &plain)),
        (
            "ofd, a composite object whose text lies beyond its content's size",
            shows(1, ""),
            shown(1, &plain).replace("Width=\"200\"", "Width=\"9\""),
        ),
        (
            "ofd, a composite object whose lines lie beyond it",
            beyond,
            shown(
                1,
                "<ofd:PathObject Boundary=\"0 0 90 90\"><ofd:AbbreviatedData>M 0 0 L 90 0</ofd:AbbreviatedData></ofd:PathObject>",
            ),
        ),
        (
            "ofd, a composite object turned inside out",
            shows(1, "CTM=\"0 0 0 0 0 0\"").replace("0 0 200 200", "20 20 -90 -9"),
            shown(1, &plain),
        ),
        (
            "ofd, a composite object with a transformation beyond numbers",
            shows(1, "CTM=\"1e308 0 0 1e308 1e308 1e308\""),
            shown(1, &plain),
        ),
        ("ofd, a composite object that is part of itself", shows(1, ""), shown(1, &shows(1, ""))),
        (
            "ofd, composite objects in a circle",
            shows(1, ""),
            shown(1, &shows(2, "")) + &shown(2, &shows(1, "")),
        ),
        ("ofd, composite objects without end", shows(1, ""), deep + &shown(40, &plain)),
        ("ofd, composite objects that multiply", shows(4, ""), sixteen.clone() + &shown(17, "")),
        ("ofd, composite objects that multiply text", shows(4, ""), sixteen + &shown(17, &plain)),
        ("ofd, a composite object named twice", shows(1, ""), shown(1, &plain) + &shown(1, "")),
        ("ofd, a composite object named twice alike", shows(1, ""), shown(1, "").repeat(2)),
        (
            "ofd, a composite object without size",
            shows(1, ""),
            shown(1, &plain).replace("Height=\"200\"", ""),
        ),
        ("ofd, a composite object with two contents", shows(1, ""), shown(1, "</ofd:Content><ofd:Content>")),
        (
            "ofd, a composite object without content",
            shows(1, ""),
            shown(1, "").replace("ofd:Content", "ofd:Other"),
        ),
        (
            "ofd, composite objects that nothing shows",
            String::new(),
            shown(1, "").replace("ofd:Content", "ofd:Other"),
        ),
        (
            "ofd, too many composite objects",
            String::new(),
            (0..=1_000_000)
                .map(|id| format!("<CompositeGraphicUnit ID=\"{id}\"><a/></CompositeGraphicUnit>"))
                .collect(),
        ),
    ] {
        cases.push(case(name, move || ofd_drawn(&page, &resources)));
    }
    cases.push(case("ofd, annotations", move || {
        let mut parts = parts();
        let annotation = format!("<ofd:PageAnnot xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:Annot><ofd:Appearance Boundary=\"20 20 90 9\">{}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>", object("", ""));
        parts.push(("Doc_0/Annots/Page_0/Annotation.xml".to_owned(), annotation.into_bytes()));
        package::zip(&parts)
    }));
    cases.push(case("ofd, encrypted", || {
        let mut parts = parts();
        parts.push(("Encryptions.xml".to_owned(), b"<a/>".to_vec()));
        package::zip(&parts)
    }));
}
