//! Plain text and its encodings, and files that are named as what they are not.

use encoding_rs::{BIG5, GB18030, GBK};

use super::{BASE, Case, FIGURE, case};

fn text(name: &str, bytes: impl Into<Vec<u8>>) -> Case {
    let bytes = bytes.into();
    case(name, move || bytes)
}

fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = vec![text("plain", BASE.text.clone())];
    encodings(&mut cases);
    lines(&mut cases);
    sizes(&mut cases);
    posing(&mut cases);
    cases
}

fn encodings(cases: &mut Vec<Case>) {
    let (le, be) = (u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes as fn(u16) -> [u8; 2]);
    let bad = |bytes: &[u8]| {
        let at = BASE.text.find(FIGURE).unwrap() + 2;
        [&BASE.text.as_bytes()[..at], bytes, &BASE.text.as_bytes()[at..]].concat()
    };
    let mut odd = wide(&BASE.text, le);
    odd.pop();
    let mut lone = wide(&BASE.text, le);
    let at = (lone.len() / 2) & !1;
    lone[at..at + 2].copy_from_slice(&[0x00, 0xdc]);
    let utf32: Vec<u8> = BASE.text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let mut half = GBK.encode(&BASE.text).0.into_owned();
    half.push(0xb9);
    cases.extend([
        text("UTF-8 with a mark", format!("\u{feff}{}", BASE.text)),
        text("UTF-8 with three marks", format!("\u{feff}\u{feff}\u{feff}{}", BASE.text)),
        text("a mark in the middle", BASE.text.replace(FIGURE, "10\u{feff}37")),
        text("UTF-16 LE with a mark", [&[0xff, 0xfe], wide(&BASE.text, le).as_slice()].concat()),
        text("UTF-16 BE with a mark", [&[0xfe, 0xff], wide(&BASE.text, be).as_slice()].concat()),
        text("UTF-16 LE without a mark", wide(&BASE.text, le)),
        text("UTF-16 BE without a mark", wide(&BASE.text, be)),
        text("UTF-16 of odd length", odd),
        text("UTF-16 with half a pair", lone),
        text("UTF-16 LE, marked as BE", [&[0xfe, 0xff], wide(&BASE.text, le).as_slice()].concat()),
        text("UTF-32", utf32.clone()),
        text("UTF-32 with a mark", [&[0xff, 0xfe, 0, 0], utf32.as_slice()].concat()),
        text("GBK", GBK.encode(&BASE.text).0.into_owned()),
        text(
            "GB18030 with four bytes",
            GB18030.encode(&BASE.text.replacen("自然人", "自然人\u{3400}", 1)).0.into_owned(),
        )
        .other(),
        text("GBK that ends in half a character", half),
        text("GBK with a mark of UTF-8", [b"\xef\xbb\xbf", GBK.encode(&BASE.text).0.as_ref()].concat()),
        text("Big5, simplified characters lost", BIG5.encode(&BASE.text).0.into_owned()).other(),
        text("half UTF-8, half GBK", {
            let (first, second) = BASE.text.split_at(BASE.text.find(FIGURE).unwrap());
            [first.as_bytes(), GBK.encode(second).0.as_ref()].concat()
        }),
        text("UTF-8 twice", BASE.text.bytes().map(char::from).collect::<String>()),
        text("a bad byte in the number", bad(b"\xff")),
        text("an overlong 0 in the number", bad(b"\xc0\xb0")),
        text("a surrogate in the number", bad(b"\xed\xa0\x80")),
        text("NUL in the number", bad(b"\0")).shows("unreadable"),
        text("a control byte in the number", bad(b"\x08")).shows("unreadable"),
        text("an escape in the number", bad(b"\x1b[31m")).shows("unreadable"),
        text("a lost character in the number", bad("\u{fffd}".as_bytes())).shows("unreadable"),
    ]);
}

fn lines(cases: &mut Vec<Case>) {
    let figure = |new: &str| BASE.text.replace(FIGURE, new);
    cases.extend([
        text("line ends of DOS", BASE.text.replace('\n', "\r\n")),
        text("line ends of old Macs", BASE.text.replace('\n', "\r")),
        text("line ends of both kinds", BASE.text.replacen('\n', "\r\n", 20)),
        text("Unicode line ends", BASE.text.replace('\n', "\u{2028}")).other(),
        text("form feeds", BASE.text.replace("\n\n", "\n\x0c\n")),
        text("no last line end", BASE.text.trim_end().to_owned()),
        text("spaces at line ends", BASE.text.replace('\n', "  \n")),
        text("the number in two lines", figure("10\n37")).other(),
        text("the number with a tab", figure("10\t37")).shows("unreadable"),
        text("the number with a bar", figure("10|37")).shows("unreadable"),
        text("no bars", BASE.text.replace('|', " ")).other(),
        text("wide bars", BASE.text.replace('|', "｜")),
        text("quotes", figure("\"1037\"")).shows("unreadable"),
        text("a mark of direction", figure("\u{202e}1037")).shows("unreadable"),
        text("nothing but the number", FIGURE),
        text("nothing but white space", " \n\t\u{3000}\n"),
    ]);
}

fn sizes(cases: &mut Vec<Case>) {
    let many = |name: &str, piece: &'static str, times: usize| {
        case(format!("{times} times {name}"), move || {
            format!("{}{}", BASE.text, piece.repeat(times)).into_bytes()
        })
    };
    cases.extend([
        many("empty lines", "\n", 60 << 20),
        many("lines", "7\n", 20 << 20),
        many("lines of blanks", " \n", 3_000_000),
        many("lines behind a tab", "\t7\n", 3_000_000),
        many("rows of two", "7|7\n", 1_000_000),
        many("rows of one and rows of two", "7|\n7|7|\n", 90_000),
        many("rows between tabs", "7\t7\n", 1_000_000),
        many("bars", "|", 20 << 20),
        many("tabs", "\t", 8 << 20),
        many("letters", "a", 8 << 20),
        many("spaces", " ", 8 << 20),
        many("headings", "一、总体情况\n", 100_000),
        many("labels", "自然人\n", 300_000),
        many("opening brackets", "（", 1_000_000),
        many("combining marks", "\u{301}", 3_000_000),
        many("ligatures that fold to eighteen characters", "\u{fdfa}", 1_000_000),
        many("marks of emphasis", "#", 3_000_000),
        many("breaks", "<br>", 1_000_000),
        many("dates", "2021年12月31日", 300_000),
        many("agencies", "人民政府", 300_000),
        many("numbers", "收到申请37件，", 100_000),
        case("65 MiB", || vec![b'7'; 65 << 20]),
    ]);
}

fn posing(cases: &mut Vec<Case>) {
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("flat OPC", b"<?xml version=\"1.0\"?><pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\"></pkg:package>".to_vec()),
        ("Word 2003 XML", b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\"/>".to_vec()),
        ("MHTML", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"a\"\n\n--a\nContent-Type: text/html\n\n<html><body>7</body></html>\n--a--\n".to_vec()),
        ("RTF", b"{\\rtf1\\ansi 7}".to_vec()),
        ("RTF, 100 000 groups deep", format!("{{\\rtf1{}", "{".repeat(100_000)).into()),
        ("RTF with a length that overflows", b"{\\rtf1\\bin99999999999999999999 x}".to_vec()),
        ("JSON", b"{\"a\": 1}".to_vec()),
        ("a mail", b"From: a\nTo: b\n\ntext".to_vec()),
        ("an executable", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec()),
        ("zeros", vec![0; 4096]),
        ("random bytes", {
            let mut random = crate::random::Random::new(7);
            (0..65_536).map(|_| random.bits() as u8).collect()
        }),
        ("every byte", (0..=255).collect()),
        ("a vast run of 0xff", vec![0xff; 1 << 20]),
    ];
    cases.extend(files.into_iter().map(|(name, bytes)| case(format!("poses: {name}"), || bytes).other()));
}
