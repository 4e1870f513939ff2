//! Rich Text Format: groups, lengths, characters and rows that lie.

use std::sync::LazyLock;

use super::{BASE, Case, FIGURE, PLANTED, case};
use crate::random::Random;
use crate::render::{Carrier, RtfForm};

/// The plain report; the number stands in a group of its own.
static PAGE: LazyLock<String> = LazyLock::new(|| {
    let bytes = Carrier::Rtf(RtfForm::LibreOffice).render(&BASE.printed, &mut Random::new(5));
    let page = String::from_utf8(bytes).unwrap();
    assert_eq!(page.matches(&format!("{{{FIGURE}}}")).count(), 1);
    page
});

/// The beginnings of what the body holds.
const BODY: &str = r"\pard\plain";

fn figure(name: &str, new: &str) -> Case {
    let page = PAGE.replace(&format!("{{{FIGURE}}}"), new);
    case(name, || page.into_bytes())
}

/// More before the body.
fn before(name: &str, more: &str) -> Case {
    let page = PAGE.replacen(BODY, &format!("{more}{BODY}"), 1);
    case(name, || page.into_bytes())
}

/// More after the body, inside of the document's group.
fn after(name: &str, more: impl Into<Vec<u8>>) -> Case {
    let more = more.into();
    case(name, move || {
        let end = PAGE.rfind('}').unwrap();
        [&PAGE.as_bytes()[..end], &more, b"}"].concat()
    })
}

fn every(name: &str, from: &str, to: &str) -> Case {
    let page = PAGE.replace(from, to);
    assert_ne!(page, *PAGE, "{name} changes nothing");
    case(name, || page.into_bytes())
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = vec![figure("plain", "{1037}")];
    numbers(&mut cases);
    groups(&mut cases);
    lengths(&mut cases);
    rows(&mut cases);
    damage(&mut cases);
    cases
}

fn numbers(cases: &mut Vec<Case>) {
    let hidden = format!("{{\\v {PLANTED}}}");
    cases.extend([
        figure("digits as bytes", r"{\'31\'30\'33\'37}"),
        figure("digits as Unicode", r"{\u49\'3f\u48\'3f\u51\'3f\u55\'3f}"),
        figure("Unicode without a substitute", r"{\uc0\u49\u48\u51\u55}"),
        figure("substitutes that are not there", r"{\uc5\u49 037}").shows("1"),
        figure("a substitute that is a digit", r"{\uc1\u49 7\u48 7\u51 7\u55 7}"),
        figure("a count of substitutes below zero", r"{\uc-1\u49\u48\u51\u55}"),
        figure("a vast count of substitutes", r"{10{\uc2147483647\u51}7}"),
        figure("half a pair", r"{1037\u-10240?}").shows("unreadable"),
        figure("the other half", r"{1037\u-9216?}").shows("unreadable"),
        figure("Unicode beyond its range", r"{1037\u2147483647?}").shows("unreadable"),
        figure("Unicode NUL", r"{1037\u0?}"),
        figure("half a byte", r"{1037\'3}").shows("unreadable"),
        figure("a byte that is none", r"{1037\'zz}").shows("unreadable"),
        figure("the first byte of two", r"{\f1 1037\'cb}").shows("unreadable"),
        figure("a first byte, then a digit", r"{\f1 10\'cb37}").shows("unreadable"),
        figure("runs", r"{1}{\b 0}{\i\b0 3}{7}"),
        figure("line ends", "{10\r\n37}"),
        figure("a bookmark inside", r"{10{\*\bkmkstart 99777}37{\*\bkmkend 99777}}"),
        figure("an unknown destination inside", r"{10{\*\nobodyknows 99777}37}"),
        figure("an unknown word inside", r"{10\nobodyknows99777 37}"),
        figure("hidden text inside", &format!("{{10{hidden}37}}")),
        figure("deleted text inside", r"{10{\deleted 99777}37}"),
        figure("a note inside", r"{10{\footnote\pard\plain 99777}37}"),
        figure("a picture inside", r"{10{\pict\wmetafile8 99777}37}"),
        figure("a comment inside", r"{10{\*\annotation 99777}37}"),
        figure("a field", r"{\field{\*\fldinst 99777}{\fldrslt 1037}}"),
        figure("a field without a result", r"{\field{\*\fldinst 99777}}").shows(""),
        figure(
            "a field in a field",
            r"{\field{\*\fldinst {\field{\*\fldinst 99777}{\fldrslt 99777}}}{\fldrslt 1037}}",
        ),
        figure("an optional hyphen", r"{10\-37}"),
        figure("a hyphen that does not break", r"{10\_37}").shows("unreadable"),
        figure("a tab", r"{10\tab 37}").shows("unreadable"),
        figure("a line break", r"{10\line 37}").shows("unreadable"),
        figure("a page break", r"{1037\page}"),
        figure("a paragraph inside", r"{10\par 37}").shows("unreadable"),
        figure("upper case by a word", r"{\caps 1037}"),
        figure("small digits above", r"{10\super 37}").shows("10"),
        figure("plain ends what hides", r"{\v\plain 1037}"),
    ]);
}

fn groups(cases: &mut Vec<Case>) {
    let deep = |depth: usize| format!("{}{}", "{".repeat(depth), "}".repeat(depth));
    cases.extend([
        before("groups, 100 deep", &deep(100)),
        before("groups, 1 000 deep", &deep(1_000)),
        before("groups, 1 000 000 deep", &deep(1_000_000)),
        before("groups left open, 100 000", &"{".repeat(100_000)),
        before("groups skipped, 1 000 000 deep", &format!("{{\\*\\a{}}}", deep(1_000_000))),
        before("empty groups, 1 000 000", &"{}".repeat(1_000_000)),
        before("destinations, 200 000", &"{\\*\\a b}".repeat(200_000)),
        before(
            "fields, 1 000 deep",
            &format!("{}{}", r"{\field{\fldrslt ".repeat(1_000), "}}".repeat(1_000)),
        ),
        before("one group closed too many", "}").other(),
        before("a group left open", "{"),
        after("a second document", r"}{\rtf1 99777}{").other(),
        after("text behind the end", "}99777").other(),
        every("no header", r"{\rtf1", r"{\rtf"),
        every("another version", r"{\rtf1", r"{\rtf99"),
        every("no charset", r"\ansi\ansicpg936", ""),
        every("a code page that is none", r"\ansicpg936", r"\ansicpg99999"),
        every("a code page below zero", r"\ansicpg936", r"\ansicpg-936"),
        every("no fonts", r"{\fonttbl", r"{\*\fonttbx"),
        every("a font that is none", r"\pard\plain", r"\pard\plain\f2147483647"),
        before("100 000 fonts", &format!("{{\\fonttbl{}}}", r"{\f7\fcharset134 a;}".repeat(100_000))),
        before("100 000 styles", &format!("{{\\stylesheet{}}}", r"{\s7\sbasedon7 a;}".repeat(100_000))),
        before(
            "100 000 lists",
            &format!("{{\\*\\listtable{}}}", r"{\list\listid1{\listlevel}}".repeat(100_000)),
        ),
        before("a style based on itself", r"{\stylesheet{\s9\sbasedon9\v a;}}"),
        before("hidden for all", r"\v "),
        before("a number of 100 000 digits", &format!("\\a{} ", "9".repeat(100_000))),
        before("a word of 1 000 000 letters", &format!("\\{} ", "a".repeat(1_000_000))),
    ]);
}

fn lengths(cases: &mut Vec<Case>) {
    cases.extend([
        figure("data of length 0", r"{10\bin0 37}"),
        figure("data", r"{10\bin5 9977737}"),
        figure("data that holds braces", "{10\\bin5 }}{{\\37}"),
        figure("data of a length below zero", r"{10\bin-5 37}"),
        figure("data longer than the file", r"{10\bin999999 37}"),
        figure("data longer than memory", r"{10\bin99999999999999999999 37}"),
        figure("data without a length", r"{10\bin 37}"),
        after("data at the end, of length 1", r"\bin1"),
        after("data at the end, of length 2147483647", r"\bin2147483647"),
        after("half a byte at the end", r"\'"),
        after("a digit of a byte at the end", r"\'3"),
        after("a backslash at the end", "\\"),
        after("NUL bytes, 1 000 000", vec![0; 1_000_000]),
        after("bytes 0xff, 1 000 000", vec![0xff; 1_000_000]),
        after("paragraphs, 300 000", "a\\par\n".repeat(300_000)),
        after("paragraphs, 2 000 000", "a\\par\n".repeat(2_000_000)),
        after("characters, 3 000 000", "\\u20320?".repeat(3_000_000)),
        after("tabs, 3 000 000", "\\tab".repeat(3_000_000)),
    ]);
}

fn rows(cases: &mut Vec<Case>) {
    let edges: String = (1..=5_000).map(|edge| format!("\\cellx{edge}")).collect();
    let row = |definition: &str, cells: usize| {
        format!("\\trowd{definition}\\intbl {}\\row\\pard\\par\n", "7\\cell ".repeat(cells))
    };
    let table = |name: &str, rows: String| after(name, rows).other();
    cases.extend([
        table("a row of 5 000 cells", row(&edges, 5_000)),
        table("5 000 edges, one cell", row(&edges, 1)),
        table("one edge, 5 000 cells", row("\\cellx9", 5_000)),
        table("no edge", row("", 3)),
        table("edges that fall", row("\\cellx900\\cellx600\\cellx300", 3)),
        table("equal edges", row("\\cellx900\\cellx900\\cellx900", 3)),
        table("edges at the ends of numbers", row("\\cellx-2147483648\\cellx2147483647", 2)),
        table("a left edge beyond the right", row("\\trleft99999\\cellx9", 1)),
        table("merged without a first", row("\\clmrg\\cellx1\\clvmrg\\cellx2", 2)),
        table("merged as first and as next", row("\\clmgf\\clmrg\\cellx1\\clvmgf\\clvmrg\\cellx2", 2)),
        table("a million rows", row("\\cellx9", 1).repeat(100_000)),
        table("200 000 rows of one table", "\\trowd\\cellx9\\intbl\\cell\\row".repeat(200_000)),
        table("edges all different", {
            let row = |n: usize| row(&format!("\\cellx{n}\\cellx{}", 900_000 - n), 2);
            (1..4_000).map(row).collect()
        }),
        table("a row that never ends", format!("\\trowd\\cellx9\\intbl {}", "7\\cell ".repeat(1_000))),
        table("rows without cells", "\\trowd\\row".repeat(100_000)),
        table("cells outside of rows", "\\pard 7\\cell ".repeat(1_000)),
        table("tables, 40 deep", {
            let open: String = (1..=40).map(|depth| format!("\\pard\\intbl\\itap{depth} 7")).collect();
            format!("{open}{}", "\\nestcell{\\*\\nesttableprops\\trowd\\cellx9\\nestrow}".repeat(40))
        }),
        table("a depth of 2147483647", "\\pard\\intbl\\itap2147483647 7\\nestcell\\cell\\row".to_owned()),
        table("a depth below zero", "\\pard\\intbl\\itap-1 7\\cell\\row".to_owned()),
        table("definitions, 300 000", "\\trowd\\cellx9".repeat(300_000)),
        every("no definitions", r"\trowd", r"\trowx"),
        every("no ends of rows", r"\row\pard", r"\pard"),
        every("no ends of cells", r"\cell ", r"\par "),
        every("edges of no row", r"\cellx", r"\cellz"),
    ]);
}

fn damage(cases: &mut Vec<Case>) {
    for percent in (0..100).step_by(5) {
        cases.push(
            case(format!("cut at {percent} %"), move || {
                PAGE.as_bytes()[..PAGE.len() * percent / 100].to_vec()
            })
            .other(),
        );
    }
    for seed in 0..60 {
        cases.push(
            case(format!("byte {seed}"), move || {
                let mut bytes = PAGE.clone().into_bytes();
                let mut random = Random::new(seed);
                let at = random.below(bytes.len());
                bytes[at] = random.pick_copy(b"{}\\'*;- a\0\xff");
                bytes
            })
            .other(),
        );
    }
}
