//! Filters of PDF streams: content encoded in every way is read as the plain one, and what is
//! damaged gives typed errors.
// Test code: a panic is a failed test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::io::Write;

use gongkai::{Limits, ParseOptions, parse, parse_with_options};
use gongkai_tests::render::PdfFile;

/// A block of the form in ruled squares, after comments that no two alike long enough for
/// every width of LZW codes.
fn content() -> Vec<u8> {
    let mut content = String::new();
    for line in 0..2_500_u32 {
        content.push_str(&format!("% {:x}\n", line.wrapping_mul(2_654_435_761)));
    }
    let text = |x: i32, y: i32, text: &str| {
        let hex: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        format!("BT /F1 10 Tf 1 0 0 1 {x} {y} Tm <{hex}> Tj ET\n")
    };
    content.push_str(&text(150, 780, "青禾镇人民政府2021年政府信息公开工作年度报告"));
    content.push_str(&text(80, 740, "二、主动公开政府信息情况"));
    let rows = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "11", "22", "33"]];
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (x, y) = (60 + 100 * column as i32, 680 - 20 * row as i32);
            content.push_str(&format!("{x} {y} 100 20 re S\n{}", text(x + 5, y + 6, cell)));
        }
    }
    content.push_str(&text(80, 600, "三、收到和处理政府信息公开申请情况"));
    // As many bytes as rows of 7, of 3 times 5, and of 64 need.
    while !content.len().is_multiple_of(7 * 15 * 64) {
        content.push(' ');
    }
    content.into_bytes()
}

fn file(entries: &str, bytes: &[u8]) -> Vec<u8> {
    let mut file = PdfFile::default();
    file.object(1, "<</Type/Catalog/Pages 2 0 R>>".to_owned());
    file.object(
        2,
        "<</Type/Pages/Kids[5 0 R]/Count 1/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>>>"
            .to_owned(),
    );
    file.object(3, "<</Type/Font/Subtype/Type0/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>".to_owned());
    file.object(4, "<</Type/Font/Subtype/CIDFontType2/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>/W[1 95 500]>>".to_owned());
    file.object(5, "<</Type/Page/Parent 2 0 R/Contents 6 0 R>>".to_owned());
    file.encoded(6, entries, bytes);
    file.finish(false)
}

/// The numbers read, or kind and code of the error.
fn read(entries: &str, bytes: &[u8]) -> String {
    match parse(&file(entries, bytes)) {
        Ok(report) => {
            let facts = report.facts().filter_map(|fact| fact.value).map(|value| value.to_string());
            facts.collect::<Vec<_>>().join(" ")
        }
        Err(error) => format!("{} {}", error.kind(), error.code()),
    }
}

fn hex(bytes: &[u8]) -> Vec<u8> {
    let lines =
        bytes.chunks(30).map(|line| line.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    (lines.collect::<Vec<_>>().join("\n") + ">").into_bytes()
}

fn base_85(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for chunk in bytes.chunks(4) {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        let mut value = u32::from_be_bytes(word);
        if value == 0 && chunk.len() == 4 {
            out.push(b'z');
            continue;
        }
        let mut digits = [0; 5];
        for digit in digits.iter_mut().rev() {
            *digit = b'!' + (value % 85) as u8;
            value /= 85;
        }
        out.extend(&digits[..=chunk.len()]);
        if out.len() % 71 < 5 {
            out.push(b'\n');
        }
    }
    out.extend(b"~>");
    out
}

fn run_length(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while let Some(&first) = rest.first() {
        let run = rest.iter().take(128).take_while(|&&byte| byte == first).count();
        if run > 1 {
            out.extend([(257 - run) as u8, first]);
            rest = &rest[run..];
        } else {
            let alone = rest.windows(2).take(127).take_while(|pair| pair[0] != pair[1]).count().max(1);
            out.push((alone - 1) as u8);
            out.extend(&rest[..alone]);
            rest = &rest[alone..];
        }
    }
    out.push(128);
    out
}

fn lzw(bytes: &[u8], early: usize) -> Vec<u8> {
    let (mut out, mut buffer, mut bits) = (Vec::new(), 0_u64, 0);
    let mut put = |code: usize, width: u32| {
        buffer = buffer << width | code as u64;
        bits += width;
        while bits >= 8 {
            bits -= 8;
            out.push((buffer >> bits) as u8);
            buffer &= (1 << bits) - 1;
        }
    };
    let mut table: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    let code_of = |table: &BTreeMap<Vec<u8>, usize>, text: &[u8]| match text {
        [byte] => usize::from(*byte),
        _ => table[text],
    };
    let mut width = 9;
    put(256, width);
    let mut open: Vec<u8> = Vec::new();
    for &byte in bytes {
        let mut longer = open.clone();
        longer.push(byte);
        if longer.len() == 1 || table.contains_key(&longer) {
            open = longer;
            continue;
        }
        put(code_of(&table, &open), width);
        table.insert(longer, 258 + table.len());
        open = vec![byte];
        // The reader is one entry behind.
        let next = 257 + table.len() + early;
        width = [512, 1024, 2048].iter().fold(9, |width, &at| width + u32::from(next >= at));
        if table.len() == 4096 - 258 {
            put(256, width);
            table.clear();
            width = 9;
        }
    }
    put(code_of(&table, &open), width);
    let next = 258 + table.len() + early;
    put(257, [512, 1024, 2048].iter().fold(9, |width, &at| width + u32::from(next >= at)));
    put(0, 7);
    out
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Rows with a filter of PNG each: this one, or one after the other.
fn png(bytes: &[u8], filter: Option<u8>, width: usize, step: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut above = vec![0; width];
    for (index, row) in bytes.chunks(width).enumerate() {
        let kind = filter.unwrap_or((index % 5) as u8);
        out.push(kind);
        for at in 0..row.len() {
            let before = |line: &[u8]| if at < step { 0 } else { i32::from(line[at - step]) };
            let (left, up, corner) = (before(row), i32::from(above[at]), before(&above));
            let paeth =
                [left, up, corner].into_iter().min_by_key(|n| (left + up - corner - n).abs()).unwrap();
            let guess = [0, left, up, (left + up) / 2, paeth][usize::from(kind)];
            out.push(row[at].wrapping_sub(guess as u8));
        }
        above = row.to_vec();
    }
    out
}

fn tiff(bytes: &[u8], width: usize, step: usize) -> Vec<u8> {
    let differences = |row: &[u8]| -> Vec<u8> {
        (0..row.len()).map(|at| row[at].wrapping_sub(if at < step { 0 } else { row[at - step] })).collect()
    };
    bytes.chunks(width).flat_map(differences).collect()
}

#[test]
fn every_filter_gives_the_content_again() {
    let plain = content();
    let expected = "11 22 33";
    for (entries, bytes) in [
        ("", plain.clone()),
        ("/Filter/ASCIIHexDecode", hex(&plain)),
        ("/Filter[/AHx]", hex(&plain[..plain.len() - 1])),
        ("/Filter/ASCII85Decode", base_85(&plain)),
        ("/Filter/A85", base_85(&plain[..plain.len() - 1])),
        ("/Filter/RunLengthDecode", run_length(&plain)),
        ("/Filter/RL", run_length(&plain)),
        ("/Filter/LZWDecode", lzw(&plain, 1)),
        ("/Filter/LZW/DecodeParms<</EarlyChange 1>>", lzw(&plain, 1)),
        ("/Filter/LZWDecode/DecodeParms<</EarlyChange 0>>", lzw(&plain, 0)),
        ("/Filter/FlateDecode", deflate(&plain)),
        ("/Filter/Fl/DecodeParms null", deflate(&plain)),
        ("/Filter[/ASCII85Decode/FlateDecode]", base_85(&deflate(&plain))),
        ("/Filter[/AHx/LZW]/DecodeParms[null<</EarlyChange 0>>]", hex(&lzw(&plain, 0))),
        // Zeros have a sign of their own.
        ("/Filter/A85", base_85(&[&[0; 40], &plain[..]].concat())),
    ] {
        assert_eq!(read(entries, &bytes), expected, "{entries}");
    }
    for filter in [Some(0), Some(1), Some(2), Some(3), Some(4), None] {
        for (columns, colors) in [(64, 1), (5, 3), (1, 7)] {
            let predictor = filter.map_or(15, |filter| filter + 10);
            let own = format!("/DecodeParms<</Predictor {predictor}/Columns {columns}/Colors {colors}>>");
            let rows = png(&plain, filter, columns * colors, colors);
            assert_eq!(read(&format!("/Filter/FlateDecode{own}"), &deflate(&rows)), expected, "{own}");
            assert_eq!(read(&format!("/Filter/LZWDecode{own}"), &lzw(&rows, 1)), expected, "{own}");
        }
    }
    for (columns, colors) in [(64, 1), (5, 3), (1, 7)] {
        let own =
            format!("/Filter/FlateDecode/DecodeParms<</Predictor 2/Columns {columns}/Colors {colors}>>");
        let rows = tiff(&plain, columns * colors, colors);
        assert_eq!(read(&own, &deflate(&rows)), expected, "{own}");
    }
}

#[test]
fn bytes_beside_the_code_are_passed_over_and_a_cut_end_is_an_end() {
    let plain = content();
    let spaced = |bytes: &[u8]| bytes.chunks(9).collect::<Vec<_>>().join(&b" \r\n"[..]);
    assert_eq!(read("/Filter/AHx", &spaced(&hex(&plain))), "11 22 33");
    assert_eq!(read("/Filter/A85", &spaced(&base_85(&plain))), "11 22 33");
    // Without the sign of the end.
    let cut = |bytes: Vec<u8>, by: usize| bytes[..bytes.len() - by].to_vec();
    assert_eq!(read("/Filter/AHx", &cut(hex(&plain), 1)), "11 22 33");
    assert_eq!(read("/Filter/A85", &cut(base_85(&plain), 2)), "11 22 33");
    assert_eq!(read("/Filter/RL", &cut(run_length(&plain), 1)), "11 22 33");
    // Without the checksum.
    assert_eq!(read("/Filter/Fl", &cut(deflate(&plain), 4)), "11 22 33");
    // What stands after the end is nothing.
    let more = |mut bytes: Vec<u8>| {
        bytes.extend(b"ffff 1 0 0 rg");
        bytes
    };
    for (entries, bytes) in [("/Filter/AHx", hex(&plain)), ("/Filter/RL", run_length(&plain))] {
        assert_eq!(read(entries, &more(bytes)), "11 22 33", "{entries}");
    }
}

#[test]
fn damaged_codes_give_typed_errors() {
    let plain = content();
    let deflated = deflate(&plain);
    for (entries, bytes, expected) in [
        ("/Filter/FlateDecode", b"no zlib stream".to_vec(), "input damaged"),
        ("/Filter/JBIG2Decode", plain.clone(), "unsupported compression"),
        ("/Filter/Crypt", plain.clone(), "unsupported compression"),
        ("/Filter[/AHx/AHx/AHx/AHx/AHx/AHx/AHx/AHx/AHx]", plain.clone(), "input damaged"),
        // A code before there is a text it could repeat, and one far out of its table.
        ("/Filter/LZWDecode", vec![0x80, 0x60, 0x40], "input damaged"),
        ("/Filter/LZWDecode", vec![0x80, 0x0b, 0x7f, 0xff, 0xff], "input damaged"),
        ("/Filter/Fl/DecodeParms<</Predictor 3>>", deflated.clone(), "input damaged"),
        ("/Filter/Fl/DecodeParms<</Predictor 2/BitsPerComponent 4>>", deflated.clone(), "input damaged"),
        ("/Filter/Fl/DecodeParms<</Predictor 12/Colors 99>>", deflated.clone(), "input damaged"),
        ("/Filter/Fl/DecodeParms<</Predictor 12/Columns 9999999>>", deflated, "input damaged"),
    ] {
        assert_eq!(read(entries, &bytes), expected, "{entries}");
    }
}

#[test]
fn what_would_not_end_is_limited() {
    let zeros = vec![0; 40 << 20];
    let limits = Limits { part_bytes: 1 << 20, ..Limits::default() };
    for (entries, bytes) in [
        ("/Filter/FlateDecode", deflate(&zeros)),
        ("/Filter/RunLengthDecode", [129, 0].repeat(20_000)),
        ("/Filter[/RL/RL]", run_length(&[129, 0].repeat(20_000))),
        ("/Filter/LZWDecode", lzw(&zeros[..4 << 20], 1)),
    ] {
        let options = ParseOptions { limits: limits.clone(), ..ParseOptions::default() };
        let error = parse_with_options(&file(entries, &bytes), &options).unwrap_err();
        assert_eq!(error.code(), "limit", "{entries}: {error}");
    }
}
