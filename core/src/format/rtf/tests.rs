//! Every rule of the reader on the smallest document that shows it.

use crate::document::{Block, Document};
use crate::error::{ErrorKind, Result};
use crate::finding::{Finding, Findings};
use crate::format::Context;
use crate::options::Limits;

fn read_within(bytes: &[u8], limits: &Limits) -> (Result<Document>, Vec<Finding>) {
    let mut findings = Findings::new(limits.findings);
    let mut context = Context::new(limits, None, &mut findings);
    let document = super::read(bytes, &mut context);
    (document, findings.finish(&[]))
}

const FONTS: &str =
    r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset134 B;}{\f2\fcharset2 C;}}";

/// Paragraphs apart by `¶`; tables as `<row / row>` with cells apart by `|`, each with its
/// column and span, and `^` where it goes on from above. Then the codes of the findings.
fn shown(body: &str) -> String {
    let (document, findings) = read_within(format!("{FONTS}{body}}}").as_bytes(), &Limits::default());
    let text = document.map_or_else(|error| error.code().to_owned(), |document| show(&document.blocks));
    findings.iter().fold(text, |text, finding| format!("{text} {}", finding.code))
}

fn show(blocks: &[Block]) -> String {
    let block = |block: &Block| match block {
        Block::Paragraph(p) => match &p.numbering {
            Some(number) => format!("[{number}]{}", p.text),
            None => p.text.to_string(),
        },
        Block::Picture(_) => "picture".to_owned(),
        Block::Table(table) => {
            let rows = table.rows.iter().map(|row| {
                let cell = |slot: &crate::document::Slot| match slot.first {
                    true => format!(
                        "{}+{} {}",
                        slot.column(),
                        slot.span(),
                        show(&table.cells[slot.cell()].blocks)
                    ),
                    false => format!("{}+{} ^", slot.column(), slot.span()),
                };
                row.slots.iter().map(cell).collect::<Vec<_>>().join("|")
            });
            format!("<{}>", rows.collect::<Vec<_>>().join(" / "))
        }
    };
    blocks.iter().map(block).collect::<Vec<_>>().join("¶")
}

#[test]
fn text_is_what_a_person_sees() {
    let cases = [
        (r"a\par b", "a¶b"),
        ("a\r\nb\\\nc", "ab¶c"),
        (r"\pard\par", "empty"),
        (r"a\tab b\line c\~d\_e\-f\emdash g\{\}\\", "a\tb\nc\u{a0}d-ef—g{}\\"),
        (r"a\page b\page\par c", "a\nb¶c"),
        (r"a\sect b\sect\sect c", "a¶b¶c"),
        (r"{\v a}b{\super 12}\sub 3\nosupersub 4", "b¹²₃4 DOC-HIDDEN-TEXT"),
        (r"a{\v\par}b{\deleted\par}c\par d", "abc¶d DOC-TRACKED-CHANGES"),
        (r"{\deleted a\plain b}{\mvf c}{\mvt d}", "bd DOC-TRACKED-CHANGES"),
        (r"{\header a}{\footnote b}{\*\c d{\pict 00}}e{\info{\title f}}", "e"),
        (r"{\field{\*\fldinst a{\field{\*\fldinst b}{\fldrslt c}}}{\fldrslt d}}", "d"),
        (r"a{\pict\bin3 }}}}b{\*\shppict{\pict 00}}{\nonshppict{\pict 00}}", "ab¶picture¶picture"),
        (r"a{\object{\*\objdata 00}{\result b}}", "ab"),
        (r"a{\shp{\*\shpinst{\sp{\sn b}{\sv c}}{\shptxt d\par e}}{\shprslt f}}g\par h", "ag¶d¶e¶h"),
        (r"a{\v{\shp{\*\shpinst{\shptxt b\par}}}}", "a DOC-HIDDEN-TEXT"),
        (r"{\upr{a}{\*\ud{b}}}", "b"),
        (r"{\listtext\pard\f2 l\tab}a\par{\listtext 1.\tab}b\par{\pntext 2\tab}c", "a¶[1.]b¶[2 ]c"),
        (r"a}b", "a DOC-TEXT-AFTER-END"),
    ];
    for (body, expected) in cases {
        assert_eq!(shown(body), expected, "{body}");
    }
}

#[test]
fn bytes_and_units_become_characters() {
    let cases = [
        // Code pages: of the font, of the document, of a font of pictures.
        (r"{\f1\'b9\'e6}{\f0\'e9}{\f9\'b9\'e6}{\f2 4}", "规é规\u{f034}"),
        // The second byte as it stands, or escaped.
        (r"{\f1\'98\\\'98\'7d\'98@}", "榎榼楡"),
        // A font for each kind of characters.
        (r"\loch\af0\hich\af0\dbch\af1 \'b9\'e6\hich\af0\dbch\af1\loch\f0 \'e9", "规é"),
        (r"{\f1\'81\'30\'81\'301\'ff2}", "\u{80}1\u{fffd}2 DOC-ENCODING"),
        (r"1\'zz2", "1\u{fffd}zz2 DOC-ENCODING"),
        (r"\u-30268?\u31456\'d5", "规章"),
        (r"\uc2\u-30268\'b9\'e6\uc0\u31456{\uc1 \u97\~}b", "规章ab"),
        (r"{\uc9\u97 b}c{\uc9\u101 f\par g}", "ace¶g"),
        (r"\u-10179?\u-8704?\u128512?", "😀😀"),
        (r"1\u-10179?2", "1\u{fffd}2 DOC-ENCODING"),
        (r"\uc1\u97\emdash b", "ab"),
    ];
    for (body, expected) in cases {
        assert_eq!(shown(body), expected, "{body}");
    }
}

#[test]
fn rows_get_the_columns_of_their_edges() {
    let cases = [
        (r"\trowd\cellx10\cellx20 a\cell b\cell\row\pard c", "<0+1 a|1+1 b>¶c"),
        // Definitions hold on, and may come late.
        (r"\intbl a\cell b\cell{\trowd\cellx10\cellx20\row}c\cell d\cell\row", "<0+1 a|1+1 b / 0+1 c|1+1 d>"),
        (
            r"\trowd\cellx10\cellx30 a\cell b\cell\row\trowd\cellx20\cellx30 c\cell d\cell\row",
            "<0+1 a|1+2 b / 0+2 c|2+1 d>",
        ),
        (
            r"\trowd\clvmgf\cellx10\cellx20 a\cell b\cell\row\trowd\clvmrg\cellx10\cellx20\cell c\cell\row",
            "<0+1 a|1+1 b / 0+1 ^|1+1 c>",
        ),
        (
            r"\trowd\clmgf\cellx10\clmrg\cellx20\cellx30 a\cell\cell b\cell\row\trowd\cellx10\cellx20\cellx30 c\cell d\cell e\cell\row",
            "<0+2 a|2+1 b / 0+1 c|1+1 d|2+1 e>",
        ),
        (r"\trowd\clmgf\cellx10\clmrg\cellx20 a\cell b\cell\row", "<0+2 a> DOC-HIDDEN-TEXT"),
        (r"\trowd\clvmrg\cellx10 a\cell\row", "<0+1 a> DOC-MERGE-ORPHAN"),
        (r"\trowd\trleft5\cellx10 a\cell\row\trowd\trleft0\cellx10 b\cell\row", "<1+1 a / 0+2 b>"),
        (r"\trowd\cellx10\cldel\cellx20 a\cell b\cell\row", "<0+1 a> DOC-TRACKED-CHANGES"),
        (
            r"\trowd\cellx10 a\cell\row{\trowd\cellx10{\deleted b\cell}\deleted\row}",
            "<0+1 a> DOC-TRACKED-CHANGES",
        ),
        // Rows that do not say where their cells stand.
        (r"\trowd\cellx10 a\cell b\cell\row", "<0+1 a|1+1 b> DOC-TABLE-COLUMNS"),
        (r"\trowd\cellx10\cellx5 a\cell b\cell\row", "<0+1 a|1+1 b> DOC-TABLE-COLUMNS"),
        (r"\trowd\cellx10 a\cell b\row", "<0+1 a|1+1 b> DOC-TABLE-COLUMNS"),
        (r"\trowd\cellx10 a\cell\row\intbl b\cell\pard c", "<0+1 a>¶b¶c DOC-TABLE-OPEN"),
        // A mark of a cell too many is passed over after a nested table only.
        (
            r"\trowd\cellx90\cellx99\intbl\itap2 a\nestcell{\*\nesttableprops\trowd\cellx10\nestrow}\pard\intbl\cell\pard\intbl b\cell\cell\row",
            "<0+1 <0+1 a>¶|1+1 b> DOC-CELL-SURPLUS",
        ),
        (r"\trowd\cellx10 a\cell\cell\row", "<0+1 a|1+1 > DOC-TABLE-COLUMNS"),
        // Tables in tables.
        (
            r"\trowd\cellx90\intbl a\par\itap2 b\nestcell{\nonesttables\par}c\nestcell{\*\nesttableprops\trowd\cellx10\cellx20\nestrow}\itap1 d\cell\row",
            "<0+1 a¶<0+1 b|1+1 c>¶d>",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(shown(body), expected, "{body}");
    }
}

#[test]
fn cells_have_their_places() {
    let body = r"\pard a\par\trowd\cellx10\cellx30\intbl b\cell c\cell\row\trowd\cellx20\cellx30\intbl d\cell\intbl\itap2 e\nestcell{\*\nesttableprops\trowd\cellx5\nestrow}\itap1\cell\row\pard f\par";
    let (document, _) = read_within(format!("{FONTS}{body}}}").as_bytes(), &Limits::default());
    let mut places = Vec::new();
    fn collect(blocks: &[Block], places: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Paragraph(p) if p.text.is_empty() => {}
                Block::Paragraph(p) => places.push(format!("{} {}", p.text, p.location.location())),
                Block::Table(t) => t.cells.iter().for_each(|cell| collect(&cell.blocks, places)),
                Block::Picture(_) => {}
            }
        }
    }
    collect(&document.unwrap().blocks, &mut places);
    assert_eq!(
        places,
        [
            "a block 1",
            "b table 1, row 1, column 1",
            "c table 1, row 1, column 2",
            "d table 1, row 2, column 1",
            "e table 2, row 1, column 1",
            "f block 3"
        ]
    );
}

#[test]
fn what_cannot_be_read_is_refused() {
    let cases: [(&[u8], &str); 8] = [
        (b"{\\rtf1 1", "damaged"),
        (b"{\\rtf1 1{\\pict 00", "damaged"),
        (b"{\\rtf1 1{\\bin9999999999 }}", "damaged"),
        (b"{\\rtf1\\bin-5 1}", "document"),
        (b"{\\rtf1 1\\", "damaged"),
        (b"{\\rtf1 {\\header 1}}", "empty"),
        (b"{\\rtf1\\header 1}", "damaged"),
        (b"\xef\xbb\xbf\n{\\rtf1 1}", "document"),
    ];
    for (bytes, expected) in cases {
        let (document, _) = read_within(bytes, &Limits::default());
        assert_eq!(document.map_or_else(|error| error.code(), |_| "document"), expected, "{bytes:?}");
    }
}

#[test]
fn every_limit_holds() {
    let small = Limits {
        depth: 8,
        elements: 50,
        span: 4,
        table_cells: 10,
        tables: 3,
        nested_tables: 2,
        text_bytes: 100,
        entries: 4,
        ..Limits::default()
    };
    let cases = [
        ("depth", "{".repeat(20)),
        ("elements", r"\par".repeat(60)),
        ("table_cells", format!(r"\trowd\cellx1{}", r"\cell\row".repeat(20))),
        ("tables", r"\cell\row\pard\par".repeat(5)),
        ("nested_tables", r"\intbl\itap1000000\par".to_owned()),
        ("text_bytes", "a".repeat(200)),
        ("entries", format!("{{\\fonttbl{}}}", (0..9).map(|n| format!(r"\f{n}")).collect::<String>())),
    ];
    for (name, body) in cases {
        let (document, _) = read_within(format!("{{\\rtf1 {body}}}").as_bytes(), &small);
        let error = document.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit, "{name}: {error}");
        assert!(error.message().contains(name), "{name}: {error}");
    }
    // Cells that are not kept leave their row undefined.
    let (document, findings) =
        read_within(br"{\rtf1\trowd\cellx1\cellx2\cellx3\cellx4\cellx5 a\cell\row}", &small);
    assert_eq!((document.is_ok(), findings.len()), (true, 1));
}
