//! Workbooks, of both kinds: what cells, ranges, counts and places can say.

use super::{BASE, Case, FIGURE, PLANTED, case};
use crate::random::Random;
use crate::render::xls::{Records, font, look, place, row, shorts, split, text};
use crate::render::{Carrier, CsvForm, Encoding, XlsForm, XlsxForm};
use crate::{ole, package};

const SHEET: &str = "xl/sheet1.xml";
const STYLES: &str = "xl/styles.xml";
const MAIN: &str = "xl/workbook.xml";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    xlsx_cells(&mut cases);
    xlsx_sheets(&mut cases);
    xls_cells(&mut cases);
    xls_sheets(&mut cases);
    xls_streams(&mut cases);
    csv(&mut cases);
    cases
}

/// The parts of a package by name.
type Parts = Vec<(String, Vec<u8>)>;

/// The plain report as a package, after a change of its parts.
fn packed(name: &str, change: impl FnOnce(&mut Parts) + Send + 'static) -> Case {
    case(format!("xlsx: {name}"), move || {
        let bytes = Carrier::Xlsx(XlsxForm::Ruled).render(&BASE.printed, &mut Random::new(5));
        let mut parts = package::parts(&bytes).unwrap();
        change(&mut parts);
        package::zip(&parts)
    })
}

/// The same, after a change of one part.
fn part(name: &str, part: &'static str, change: impl FnOnce(&str) -> String + Send + 'static) -> Case {
    packed(name, move |parts| {
        let own = parts.iter_mut().find(|(name, _)| name == part).unwrap();
        own.1 = change(str::from_utf8(&own.1).unwrap()).into_bytes();
    })
}

/// The sheet with another cell in place of the number's, at the same place: `@` is its name.
fn cell(name: &str, new: &str) -> Case {
    let new = new.to_owned();
    part(name, SHEET, move |sheet| {
        let at = sheet.find(&format!("<v>{FIGURE}</v>")).unwrap();
        let start = sheet[..at].rfind("<c ").unwrap();
        let end = at + sheet[at..].find("</c>").unwrap() + 4;
        let own = sheet[start..].split('"').nth(1).unwrap();
        format!("{}{}{}", &sheet[..start], new.replace('@', own), &sheet[end..])
    })
}

/// The number in another format.
fn formatted(name: &str, format: &str) -> Case {
    let format = format.replace('"', "&quot;");
    packed(&format!("format {name}"), move |parts| {
        for (name, bytes) in parts {
            let text = str::from_utf8(bytes).unwrap();
            let changed = match name.as_str() {
                SHEET => {
                    text.replace(&format!("s=\"1\"><v>{FIGURE}</v>"), &format!("s=\"4\"><v>{FIGURE}</v>"))
                }
                STYLES => text
                    .replace(
                        "</numFmts>",
                        &format!("<numFmt numFmtId=\"200\" formatCode=\"{format}\"/></numFmts>"),
                    )
                    .replace("</cellXfs>", "<xf numFmtId=\"200\" borderId=\"1\"/></cellXfs>"),
                _ => continue,
            };
            *bytes = changed.into_bytes();
        }
    })
}

fn xlsx_cells(cases: &mut Vec<Case>) {
    let number = |name: &str, value: &str| cell(name, &format!("<c r=\"@\" s=\"1\"><v>{value}</v></c>"));
    let inline =
        |name: &str, is: &str| cell(name, &format!("<c r=\"@\" s=\"1\" t=\"inlineStr\"><is>{is}</is></c>"));
    cases.extend([
        number("plain", FIGURE),
        number("a number with noise", "1036.9999999999999"),
        number("an exponent", "1.037E3"),
        number("a huge exponent", "1037E999999999").shows("unreadable"),
        number("no number", "1037abc").shows("unreadable"),
        number("not a number", "NaN").shows("unreadable"),
        number("many digits", &"1037".repeat(100_000)).shows("unreadable"),
        number("nothing", "").shows("unreadable"),
        number("many places", "0.1234567890123456").shows("0.123456789"),
        cell("a formula", "<c r=\"@\" s=\"1\"><f>1000+37</f><v>1037</v></c>"),
        cell("a formula without a value", "<c r=\"@\" s=\"1\"><f>1000+37</f></c>").shows("unreadable"),
        cell("a shared formula without a value", "<c r=\"@\" s=\"1\"><f t=\"shared\" si=\"0\"/></c>")
            .shows("unreadable"),
        cell("a formula that yields a text", "<c r=\"@\" s=\"1\" t=\"str\"><f>A1</f><v>1037</v></c>"),
        cell("an error", "<c r=\"@\" s=\"1\" t=\"e\"><v>#DIV/0!</v></c>").shows("unreadable"),
        cell("a truth value", "<c r=\"@\" s=\"1\" t=\"b\"><v>1</v></c>").shows("unreadable"),
        cell("an unknown type", "<c r=\"@\" s=\"1\" t=\"d\"><v>1037</v></c>").shows("unreadable"),
        cell("no value", "<c r=\"@\" s=\"1\"/>").shows("blank"),
        inline("a text", "<t>1037</t>"),
        inline("a text with spaces", "<t xml:space=\"preserve\"> 1037 </t>"),
        inline("runs", "<r><t>10</t></r><r><rPr><b/></rPr><t>37</t></r>"),
        inline("a run struck out", "<r><rPr><strike/></rPr><t>99777</t></r><r><t>1037</t></r>"),
        inline("a run not struck out", "<r><rPr><strike val=\"0\"/></rPr><t>1037</t></r>"),
        inline(
            "a raised digit",
            "<r><t>1037</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>1</t></r>",
        ),
        inline("how it is spoken", "<t>1037</t><rPh sb=\"0\" eb=\"1\"><t>99777</t></rPh>"),
        inline("escaped characters", "<t>1037_x000D_</t>"),
        cell("a shared text that is not there", "<c r=\"@\" s=\"1\" t=\"s\"><v>4000000000</v></c>"),
        cell("a shared text of negative number", "<c r=\"@\" s=\"1\" t=\"s\"><v>-1</v></c>"),
        cell("a format that is not there", "<c r=\"@\" s=\"99\"><v>1037</v></c>"),
        cell("a place that is none", "<c r=\"@@\" s=\"1\"><v>1037</v></c>"),
        cell("a column beyond the last", "<c r=\"XFE9\" s=\"1\"><v>1037</v></c>"),
        cell("twice in one place", "<c r=\"@\" s=\"1\"><v>1037</v></c><c r=\"@\" s=\"1\"><v>99777</v></c>"),
        formatted("of thousands", "#,##0"),
        formatted("of a date", "yyyy/m/d").shows("unreadable"),
        formatted("of nothing", ";;;").shows("blank"),
        formatted("without zeros", "0;-0;;@"),
        formatted("of percent", "0.00%").shows("unreadable"),
        formatted("in thousands", "0,").shows("unreadable"),
        formatted("with digits written", "0\"5\"").shows("unreadable"),
        formatted("with text alone", "\"7\"").shows("unreadable"),
        formatted("of Chinese digits", "[DBNum1]0").shows("unreadable"),
        formatted("with a condition", "[>5]0;\"无\"").shows("unreadable"),
        formatted("without an end", "0\"").shows("1037"),
        formatted("of 100 000 sections", &";".repeat(100_000)).shows("unreadable"),
    ]);
}

fn xlsx_sheets(cases: &mut Vec<Case>) {
    let sheet = |name: &str, from: &'static str, to: &str| {
        let to = to.to_owned();
        part(name, SHEET, move |sheet| {
            assert!(sheet.contains(from));
            sheet.replacen(from, &to, 1)
        })
    };
    let merged = |name: &str, ranges: String| sheet(name, "</mergeCells>", &format!("{ranges}</mergeCells>"));
    let view = |name: &str, view: &str| {
        sheet(name, "<cols>", &format!("<sheetViews><sheetView {view}/></sheetViews><cols>"))
    };
    // The row that the number stands in.
    let own_row = |name: &str, attribute: &'static str| {
        part(name, SHEET, move |sheet| {
            let at = sheet.find(&format!("<v>{FIGURE}</v>")).unwrap();
            let at = sheet[..at].rfind("<row ").unwrap() + 5;
            format!("{}{attribute} {}", &sheet[..at], &sheet[at..])
        })
    };
    cases.extend([
        packed("names with backslashes", |parts| {
            parts.iter_mut().for_each(|(name, _)| *name = name.replace('/', "\\"));
        }),
        packed("parts elsewhere", |parts| {
            for (name, bytes) in parts {
                *name = name.replace("xl/", "book/");
                if name.ends_with(".rels") || name == package::CONTENT_TYPES {
                    *bytes = str::from_utf8(bytes).unwrap().replace("xl/", "book/").into_bytes();
                }
            }
        }),
        own_row("a hidden row", "hidden=\"1\""),
        own_row("a row of no height", "ht=\"0\" customHeight=\"1\""),
        own_row("a row of little height", "ht=\"0.75\""),
        sheet("hidden columns", "<cols>", "<cols><col min=\"1\" max=\"16384\" hidden=\"1\"/>").other(),
        sheet("columns of no width", "<cols>", "<cols><col min=\"4\" max=\"5\" width=\"0\"/>").other(),
        sheet("columns out of order", "<cols>", "<cols><col min=\"5\" max=\"4\" hidden=\"1\"/>"),
        sheet("columns beyond the last", "<cols>", "<cols><col min=\"5\" max=\"99999\" hidden=\"1\"/>"),
        sheet("rows hidden that are not written", "<cols>", "<sheetFormatPr zeroHeight=\"1\"/><cols>"),
        sheet("a huge dimension", "<cols>", "<dimension ref=\"A1:XFD1048576\"/><cols>"),
        sheet("a last row", "</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\"/></row></sheetData>"),
        sheet("a row beyond the last", "</sheetData>", "<row r=\"1048577\"/></sheetData>"),
        sheet("rows out of order", "</sheetData>", "<row r=\"1\"/></sheetData>"),
        sheet(
            "a header and a footer",
            "</worksheet>",
            "<headerFooter><oddHeader>99777</oddHeader></headerFooter></worksheet>",
        ),
        view("no zeros", "showZeros=\"0\"").other(),
        view("formulas shown", "showFormulas=\"1\""),
        merged("a range of the whole sheet", "<mergeCell ref=\"A1:XFD1048576\"/>".to_owned()),
        merged("a range of all columns", "<mergeCell ref=\"A1:XFD1\"/>".to_owned()),
        merged("a range of all rows", "<mergeCell ref=\"XFD1:XFD1048576\"/>".to_owned()),
        merged(
            "ranges within the last columns",
            (1..=100_000).map(|row| format!("<mergeCell ref=\"XA{row}:XB{row}\"/>")).collect(),
        ),
        merged("the same range 100 000 times", "<mergeCell ref=\"XA1:XB2\"/>".repeat(100_000)),
        merged("a million ranges", "<mergeCell ref=\"XA1:XB2\"/>".repeat(1_000_000)),
        merged("a range upside down", "<mergeCell ref=\"B2:A1\"/>".to_owned()),
        merged("a range that is none", "<mergeCell ref=\"A1:\"/>".to_owned()),
        part("a million cells", SHEET, |sheet| {
            sheet.replace(
                "</sheetData>",
                &format!("<row r=\"9999\">{}</row></sheetData>", "<c/>".repeat(1_000_000)),
            )
        }),
        part("a million rows", SHEET, |sheet| {
            sheet.replace("</sheetData>", &format!("{}</sheetData>", "<row/>".repeat(1_000_000)))
        }),
        part("long texts shared by many cells", SHEET, |sheet| {
            let cells: String = (0..2000).map(|_| "<row><c t=\"s\"><v>0</v></c></row>").collect();
            sheet.replace("</sheetData>", &format!("{cells}</sheetData>"))
        })
        .other(),
        part("a hidden workbook", MAIN, |main| {
            main.replace("sheetId=\"1\"", "sheetId=\"1\" state=\"veryHidden\"")
        }),
        part("dates from 1904", MAIN, |main| {
            main.replace("<sheets>", "<workbookPr date1904=\"1\"/><sheets>")
        }),
        part("to be computed anew", MAIN, |main| {
            main.replace("</workbook>", "<calcPr fullCalcOnLoad=\"1\"/></workbook>")
        }),
        part("one part for many sheets", MAIN, |main| {
            let at = main.find("<sheet ").unwrap();
            let end = at + main[at..].find("/>").unwrap() + 2;
            main.replace("</sheets>", &format!("{}</sheets>", main[at..end].repeat(300)))
        })
        .other(),
        part("a sheet without a part", MAIN, |main| main.replace("r:id=\"sheet1\"", "r:id=\"none\"")),
        part("a module of macros, which has no part", MAIN, |main| {
            main.replace("</sheets>", "<sheet name=\"Module\" sheetId=\"99\" r:id=\"\"/></sheets>")
        }),
        part("no sheets", MAIN, |main| main.replace("sheet name", "sheeet name")),
        part("a struck font", STYLES, |styles| {
            styles.replace("</font></fonts>", "</font><font><strike/></font></fonts>").replace(
                "<xf numFmtId=\"0\" borderId=\"1\"/>",
                "<xf numFmtId=\"0\" borderId=\"1\" fontId=\"1\"/>",
            )
        })
        .other(),
        alternatives("", "<mc:Fallback>@</mc:Fallback>"),
        alternatives("in each other", "<mc:Fallback><mc:AlternateContent><mc:Choice Requires=\"b\">@@</mc:Choice><mc:Fallback>@</mc:Fallback></mc:AlternateContent></mc:Fallback>"),
        alternatives("without a fallback", ""),
        alternatives("with two fallbacks", "<mc:Fallback>@</mc:Fallback><mc:Fallback>@</mc:Fallback>"),
        alternatives("of other names", "<mc:Other>@</mc:Other>"),
        case("xlsx: alternatives among shared strings", || {
            let bytes = Carrier::Xlsx(XlsxForm::Ruled).render(&BASE.printed, &mut Random::new(5));
            let mut parts = package::parts(&bytes).unwrap();
            let own = parts.iter_mut().find(|(name, _)| name == "xl/sharedStrings.xml").unwrap();
            let text = str::from_utf8(&own.1).unwrap().replacen("<si>", &format!("{ALTERNATIVES}<mc:Fallback><si><t>甲</t></si></mc:Fallback></mc:AlternateContent><si>"), 1);
            own.1 = text.into_bytes();
            package::zip(&parts)
        }),
    ]);
}

const ALTERNATIVES: &str = "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:a=\"urn:a\" xmlns:b=\"urn:b\"><mc:Choice Requires=\"a\"><xf/><xf/></mc:Choice>";

/// Cell formats of which one is written for programs of one maker, and as `rest` says for
/// others: `@` is the format.
fn alternatives(name: &str, rest: &'static str) -> Case {
    part(format!("alternatives among cell formats {name}").trim_end(), STYLES, move |styles| {
        let format = "<xf numFmtId=\"0\" borderId=\"0\"/>";
        assert!(styles.contains(format));
        let all = format!("{ALTERNATIVES}{}</mc:AlternateContent>", rest.replace('@', format));
        styles.replacen(format, &all, 1)
    })
}

type Stream = Vec<(u16, Vec<u8>)>;

/// The plain report as records, after a change of them; the second argument is where the
/// number's cell stands. Places of sheets are set right.
fn xls(name: &str, change: impl FnOnce(&mut Stream, usize) + Send + 'static) -> Case {
    stream(name, |_| {}, change)
}

/// The same, the stream changed in the end.
fn stream(
    name: &str,
    spoil: impl FnOnce(&mut Vec<u8>) + Send + 'static,
    change: impl FnOnce(&mut Stream, usize) + Send + 'static,
) -> Case {
    case(format!("xls: {name}"), move || {
        let mut bytes = placed(change);
        spoil(&mut bytes);
        ole::write(&[("Workbook", bytes)])
    })
}

fn placed(change: impl FnOnce(&mut Stream, usize)) -> Vec<u8> {
    let mut records = split(&crate::render::xls::stream(&BASE.printed, XlsForm::Bare));
    let figure = 1037_f64.to_le_bytes();
    let at = records.iter().position(|(kind, data)| *kind == 6 && data[6..14] == figure).unwrap();
    change(&mut records, at);
    // The first stream of records are the globals; each that follows is a sheet's.
    let (mut places, mut depth, mut length) = (Vec::new(), 0_usize, 0);
    for (kind, data) in &records {
        if *kind == 0x0809 && depth == 0 {
            places.push(length);
        }
        match kind {
            0x0809 => depth += 1,
            0x000a => depth = depth.saturating_sub(1),
            _ => {}
        }
        length += 4 + data.len();
    }
    let mut places = places.into_iter().skip(1);
    let mut out = Records::default();
    for (kind, mut data) in records {
        if kind == 0x0085 {
            let place = places.next().unwrap_or(usize::from(u16::MAX));
            data[..4].copy_from_slice(&(place as u32).to_le_bytes());
        }
        out.add(kind, &data);
    }
    out.0
}

/// The cell by other records; each gets its place.
fn record(name: &str, kind: u16, rest: impl Into<Vec<u8>>) -> Case {
    let rest = rest.into();
    xls(name, move |records, at| {
        let place = records[at].1[..6].to_vec();
        records[at] = (kind, [place, rest].concat());
    })
}

/// The cell as a formula that yields those eight bytes, with flags.
fn formula(name: &str, value: [u8; 8], flags: u16) -> Case {
    record(name, 0x0006, [value.to_vec(), shorts(&[flags, 0, 0]), vec![3, 0, 0x1e, 7, 0]].concat())
}

/// The cell in another format, or font.
fn looking(name: &str, font: u16, format: &'static str) -> Case {
    xls(name, move |records, at| {
        let looks = records.iter().filter(|(kind, _)| *kind == 0x00e0).count() as u16;
        records[at].1[4..6].copy_from_slice(&looks.to_le_bytes());
        let end = records.iter().position(|(kind, _)| *kind == 0x000a).unwrap();
        records.insert(end, (0x00e0, look(font, 200, true)));
        records.insert(end, (0x041e, [shorts(&[200]), text(format)].concat()));
    })
}

fn xls_cells(cases: &mut Vec<Case>) {
    let float = |name: &str, value: f64| record(name, 0x0203, value.to_le_bytes());
    let packed = |name: &str, bits: u32| record(name, 0x027e, bits.to_le_bytes());
    cases.extend([
        xls("plain", |_, _| {}),
        float("a number", 1037.0),
        float("a number with noise", 1_036.999_999_999_999_9),
        float("not a number", f64::NAN).shows("unreadable"),
        float("infinity", f64::INFINITY).shows("unreadable"),
        float("a tiny number", f64::MIN_POSITIVE).shows("unreadable"),
        float("a huge number", 1e300).shows("unreadable"),
        float("a zero with a sign", -0.0).shows("0"),
        float("a fraction", 0.1).shows("0.1"),
        packed("packed, whole", (1037 << 2) | 2),
        packed("packed, hundredths", (103_700 << 2) | 3),
        packed("packed, a fraction of hundredths", (103_712 << 2) | 3).shows("1037.12"),
        packed("packed, binary", (1037_f64.to_bits() >> 32) as u32 & !3),
        packed("packed, below zero", ((-1037_i32) << 2) as u32 | 2).shows("-1037"),
        record("a text", 0x0204, text("1037")),
        record("a wide text", 0x0204, text("１０３７")),
        record("a text that lies about its length", 0x0204, [shorts(&[60_000]), vec![0, b'1']].concat()),
        record(
            "a text with runs that are not there",
            0x0204,
            vec![4, 0, 8, 255, 255, b'1', b'0', b'3', b'7'],
        ),
        record("a text with further bytes without end", 0x0204, vec![1, 0, 4, 255, 255, 255, 255, b'1']),
        record("half a pair", 0x0204, [shorts(&[1]), vec![1], shorts(&[0xdc00])].concat())
            .shows("unreadable"),
        record("an error", 0x0205, vec![7, 1]).shows("unreadable"),
        record("a truth value", 0x0205, vec![1, 0]).shows("unreadable"),
        record("nothing", 0x0201, vec![]).shows("blank"),
        record("a cut number", 0x0203, vec![0, 0]),
        record("a shared text that is not there", 0x00fd, 7_u32.to_le_bytes()),
        formula("a formula", 1037_f64.to_le_bytes(), 0),
        formula("a formula of a changing value", 1037_f64.to_le_bytes(), 1).shows("unreadable"),
        formula("a formula to be computed", 99777_f64.to_le_bytes(), 2).shows("unreadable"),
        formula("a formula with an error", [2, 0, 0x2a, 0, 0, 0, 255, 255], 0).shows("unreadable"),
        formula("a formula of nothing", [3, 0, 0, 0, 0, 0, 255, 255], 0).shows("unreadable"),
        formula("a formula of a text that does not come", [0, 0, 0, 0, 0, 0, 255, 255], 0)
            .shows("unreadable"),
        formula("a formula of an unknown kind", [9, 0, 0, 0, 0, 0, 255, 255], 0).shows("unreadable"),
        xls("a formula of a text", |records, at| {
            records[at].1[6..14].copy_from_slice(&[0, 0, 0, 0, 0, 0, 255, 255]);
            records.insert(at + 1, (0x04bc, vec![0; 10]));
            records.insert(at + 2, (0x0207, text("1037")));
        }),
        xls("a text of a formula that is not there", |records, at| {
            records.insert(at + 1, (0x0207, text(PLANTED)));
        }),
        xls("twice in one place", |records, at| records.insert(at, records[at].clone())),
        xls("in place of a blank", |records, at| {
            records.insert(at, (0x0201, records[at].1[..6].to_vec()));
        }),
        xls("in place of two blanks", |records, at| {
            let blank = (0x0201, records[at].1[..6].to_vec());
            records.insert(at, blank.clone());
            records.insert(at, blank);
        }),
        xls("twice in place of a blank", |records, at| {
            records.insert(at, records[at].clone());
            records.insert(at, (0x0201, records[at].1[..6].to_vec()));
        }),
        xls("before a blank in its place", |records, at| {
            records.insert(at + 1, (0x0201, records[at].1[..6].to_vec()));
        }),
        xls("a format that is not there", |records, at| records[at].1[4] = 200),
        xls("a column beyond the last", |records, at| records[at].1[3] = 1),
        looking("of thousands", 0, "#,##0"),
        looking("of a date", 0, "yyyy/m/d").shows("unreadable"),
        looking("of nothing", 0, ";;;").shows("blank"),
        looking("of percent", 0, "0%").shows("unreadable"),
        looking("struck out", 1, "General").shows("blank"),
    ]);
}

/// The first sheet of more than one cell begins there.
fn inside(records: &Stream, at: usize) -> usize {
    records[..at].iter().rposition(|(kind, _)| *kind == 0x0809).unwrap() + 1
}

fn xls_sheets(cases: &mut Vec<Case>) {
    let added = |name: &str, kind: u16, data: Vec<u8>| {
        xls(name, move |records, at| records.insert(inside(records, at), (kind, data)))
    };
    let ranges = |ranges: &[[u16; 4]]| {
        let mut data = vec![ranges.len() as u16];
        data.extend(ranges.iter().flatten());
        shorts(&data)
    };
    let own_row = |name: &str, change: fn(&mut Vec<u8>)| {
        xls(name, move |records, at| {
            let at = records[..at].iter().rposition(|(kind, _)| *kind == 0x0208).unwrap();
            change(&mut records[at].1);
        })
    };
    cases.extend([
        own_row("a hidden row", |row| row[12] |= 0x20),
        own_row("a row of no height", |row| row[6..8].fill(0)),
        added("hidden columns", 0x007d, shorts(&[0, 256, 2304, 15, 1, 0])).other(),
        added("columns of no width", 0x007d, shorts(&[3, 4, 0, 15, 0, 0])).other(),
        added("columns out of order", 0x007d, shorts(&[4, 3, 0, 15, 1, 0])),
        added("columns beyond the last", 0x007d, shorts(&[300, 400, 0, 15, 1, 0])),
        added("all rows hidden that do not say otherwise", 0x0225, shorts(&[2, 0])),
        added("a huge dimension", 0x0200, [vec![0; 4], vec![255; 4], shorts(&[0, 256, 0])].concat()),
        added("a range of the whole sheet", 0x00e5, ranges(&[[0, 65_535, 0, 255]])),
        added("a range of all columns", 0x00e5, ranges(&[[40_000, 40_000, 0, 255]])),
        added("a range upside down", 0x00e5, ranges(&[[5, 4, 0, 1]])),
        added("a range beyond the columns", 0x00e5, ranges(&[[5, 6, 0, 256]])),
        added("a count of ranges that lies", 0x00e5, shorts(&[65_535, 1, 2])),
        added("a cut row", 0x0208, vec![1, 0]),
        added("a comment", 0x001c, [shorts(&[1, 1, 0, 1]), text(PLANTED)].concat()),
        added("to be computed", 0x005e, vec![0, 0]).other(),
        added("no zeros", 0x023e, shorts(&[0x06a6, 0, 0, 0, 0, 0, 0, 0, 0])).other(),
        added("formulas shown", 0x023e, shorts(&[0x06b7, 0, 0, 0, 0, 0, 0, 0, 0])).other(),
        added("a last row", 0x0208, row(65_535, false)),
        xls("the same range 100 000 times", move |records, at| {
            let range = shorts(&[[100].as_slice(), &[50_000, 50_001, 200, 201].repeat(100)].concat());
            let at = inside(records, at);
            records.splice(at..at, std::iter::repeat_n((0x00e5, range), 1000));
        }),
        xls("a million cells in one record after another", |records, at| {
            let at = inside(records, at);
            let cells = |row: usize| {
                let looks = shorts(&[vec![row as u16, 0], vec![0; 256], vec![255]].concat());
                (0x00be, looks)
            };
            records.splice(at..at, (20_000..24_000).map(cells));
        }),
        xls("several numbers without end", |records, at| {
            let data = [shorts(&[30_000, 0]), vec![0; 6 * 300], shorts(&[255])].concat();
            records.insert(inside(records, at), (0x00bd, data));
        }),
        xls("a chart in the sheet", |records, at| {
            let at = inside(records, at);
            let mut chart = Records::default();
            chart.begin(0x20).add(0x0204, &[place(0, 9, 0), text(PLANTED)].concat()).end();
            records.splice(at..at, split(&chart.0));
        }),
        xls("a chart that does not end", |records, at| {
            let mut chart = Records::default();
            chart.begin(0x20);
            let at = inside(records, at);
            records.splice(at..at, split(&chart.0));
        }),
    ]);
}

fn xls_streams(cases: &mut Vec<Case>) {
    let global =
        |name: &str, kind: u16, data: Vec<u8>| xls(name, move |records, _| records.insert(1, (kind, data)));
    let cut = |part: usize| {
        let change = move |stream: &mut Vec<u8>| stream.truncate(stream.len() * part / 8);
        stream(&format!("cut after {part}/8"), change, |_, _| {})
    };
    let shared = |name: &str, data: Vec<u8>| {
        global(&format!("shared texts: {name}"), 0x00fc, [vec![0; 8], data].concat())
    };
    let places = |name: &str, place: u32| {
        let change = move |stream: &mut Vec<u8>| {
            let mut at = 0;
            for (kind, data) in split(stream) {
                if kind == 0x0085 {
                    stream[at + 4..at + 8].copy_from_slice(&place.to_le_bytes());
                }
                at += 4 + data.len();
            }
        };
        stream(&format!("sheets that begin {name}"), change, |_, _| {})
    };
    cases.extend((0..8).map(cut));
    cases.extend([
        global("a password", 0x002f, shorts(&[1, 1, 1])),
        global("dates from 1904", 0x0022, shorts(&[1])),
        global("a format without a text", 0x041e, shorts(&[200, 65_535])),
        global("a cut cell format", 0x00e0, vec![0; 7]),
        shared("a count that lies", [shorts(&[65_535]), vec![1, 0x31, 0]].concat()),
        shared("runs that lie", vec![1, 0, 8, 255, 255, 0x31]),
        shared("further bytes that lie", vec![1, 0, 4, 255, 255, 255, 255, 0x31]),
        shared("half a character", vec![2, 0, 1, 0x31, 0, 0x32]),
        shared("a million empty ones", vec![]),
        places("in the globals", 0),
        places("beyond the end", u32::MAX),
        places("within a record", 7),
        xls("a million shared texts", |records, _| {
            let texts = [0_u8, 0, 0].repeat(2000);
            records.insert(1, (0x00fc, [vec![0; 8], texts.clone()].concat()));
            records.splice(2..2, std::iter::repeat_n((0x003c, texts), 600));
        }),
        xls("empty records that continue, a million of them", |records, _| {
            records.insert(1, (0x00fc, [vec![0; 8], vec![9, 0, 0]].concat()));
            records.splice(2..2, std::iter::repeat_n((0x003c, Vec::new()), 1_000_000));
        }),
        xls("one long text shared by many cells", |records, at| {
            let rows = (30_000..60_000)
                .map(|row| (0x00fd, [place(row, 0, 0), 0_u32.to_le_bytes().to_vec()].concat()));
            let at = inside(records, at);
            records.splice(at..at, rows);
            let long = [vec![0; 8], shorts(&[8000]), vec![0], vec![b'7'; 8000]].concat();
            records.insert(1, (0x00fc, long));
        }),
        xls("hidden sheets", |records, _| {
            for (_, data) in records.iter_mut().filter(|(kind, _)| *kind == 0x0085) {
                data[4] = 2;
            }
        }),
        xls("charts for sheets", |records, _| {
            for (_, data) in records.iter_mut().filter(|(kind, _)| *kind == 0x0085) {
                data[5] = 2;
            }
        }),
        xls("records of no meaning, a million of them", |records, at| {
            let at = inside(records, at);
            records.splice(at..at, std::iter::repeat_n((0x7777, Vec::new()), 1_000_000));
        }),
        stream(
            "ten thousand sheets in one place",
            |stream| {
                let place = split(stream).iter().position(|(kind, _)| *kind == 0x0085).unwrap();
                let at: usize = split(stream)[..place].iter().map(|(_, data)| 4 + data.len()).sum();
                let own = stream[at + 4..at + 8].to_vec();
                let mut at = 0;
                for (kind, data) in split(stream) {
                    if kind == 0x0085 {
                        stream[at + 4..at + 8].copy_from_slice(&own);
                    }
                    at += 4 + data.len();
                }
            },
            |records, _| {
                let at = records.iter().position(|(kind, _)| *kind == 0x0085).unwrap();
                let sheet = records[at].clone();
                records.splice(at..at, std::iter::repeat_n(sheet, 10_000));
            },
        ),
        stream("no end of the last sheet", |stream| stream.truncate(stream.len() - 4), |_, _| {}),
        stream("another version", |stream| stream[5] = 5, |_, _| {}),
        stream("no beginning", |stream| stream[0] = 0, |_, _| {}),
        case("xls: of Excel 95", || {
            let mut stream = placed(|_, _| {});
            stream[5] = 5;
            ole::write(&[("Book", stream)])
        }),
        case("xls: beside a Word document", || {
            ole::write(&[("Workbook", placed(|_, _| {})), ("WordDocument", vec![0; 5000])])
        })
        .other(),
        case("xls: a stream in capitals", || ole::write(&[("WORKBOOK", placed(|_, _| {}))])),
        case("xls: an empty stream", || ole::write(&[("Workbook", Vec::new())])),
        xls("a font that is struck out, of a number that is not there", |records, _| {
            records.insert(1, (0x0031, font(true)));
        }),
    ]);
}

fn csv(cases: &mut Vec<Case>) {
    let render = |form: CsvForm| {
        let bytes = Carrier::Csv(form, Encoding::Utf8).render(&BASE.printed, &mut Random::new(5));
        String::from_utf8(bytes).unwrap()
    };
    let file = |name: &str, change: &dyn Fn(&str) -> String| {
        let text = change(&render(CsvForm::Padded));
        case(format!("csv: {name}"), move || text.into_bytes())
    };
    let figure = |name: &str, new: &str| {
        let new = new.to_owned();
        file(name, &move |text: &str| text.replace(FIGURE, &new))
    };
    cases.extend([
        file("plain", &str::to_owned),
        figure("in quotes", "\"1037\""),
        figure("thousands in quotes", "\"1,037\""),
        figure("thousands without quotes", "1,037").shows("unreadable"),
        figure("a line end in quotes", "\"1037\r\n\""),
        figure("two lines in quotes", "\"10\n37\"").shows("unreadable"),
        figure("more behind the quotes", "\"10\"37").shows("unreadable"),
        figure("a quote within", "10\"37").shows("unreadable"),
        figure("doubled quotes", "\"\"\"1037\"\"\"").shows("unreadable"),
        figure("a quote that is never closed", "\"1037"),
        figure("a space before the quotes", " \"1037\"").shows("unreadable"),
        figure("a formula", "=1000+37").shows("unreadable"),
        figure("a formula that keeps a text", "\"=\"\"1037\"\"\"").shows("unreadable"),
        figure("no cell", "").shows("blank"),
        file("a cell less", &|text| text.replace("1037,", "")),
        file("a cell more", &|text| text.replace("1037,", "1037,1037,")),
        file("a separator told", &|text| format!("sep=,\r\n{text}")),
        file("another separator told", &|text| format!("sep=;\r\n{text}")).other(),
        file("line feeds", &|text| text.replace("\r\n", "\n")),
        file("carriage returns", &|text| text.replace("\r\n", "\r")),
        file("rows without end", &|text| text.replace("\r\n", ",")).other(),
        file("ten million separators", &|text| format!("{text}{}", ",".repeat(10_000_000))),
        file("a million quotes", &|text| format!("{text}{}", "\"\"".repeat(500_000))),
        file("a million rows", &|text| format!("{text}{}", "7,7,7\n".repeat(350_000))),
    ]);
}
