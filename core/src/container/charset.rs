//! Bytes to text: Unicode, GB18030 with its subsets, and what else a caller or a page
//! names (labels as in the WHATWG Encoding Standard).
//!
//! Decoding is strict. A malformed byte is an error and never U+FFFD, since it may stand
//! inside a number. GB18030 is read with the mapping of its 2022 edition. Finding the
//! declaration inside a carrier (`meta`, XML declaration) is the carrier's business.

use std::borrow::Cow;

use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Finding, Findings, Severity};

/// Bytes looked at where a part of the input decides.
const SAMPLE: usize = 4 << 10;
/// Bytes given to the statistical detector, which is slow.
const DETECTION_SAMPLE: usize = 64 << 10;

/// How an encoding was chosen, from the strongest reason to the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// The caller demanded it.
    Demand,
    /// A byte order mark.
    Mark,
    /// UTF-16 without a mark, told by its zero bytes.
    Pattern,
    /// The carrier declared it.
    Declaration,
    /// The bytes decode without an error, and little else would.
    Strict,
    /// Letter statistics.
    Detection,
}

/// Decoded text without byte order mark.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Name as in the Encoding Standard.
    pub(crate) encoding: &'static str,
    #[cfg_attr(not(test), expect(dead_code, reason = "tests tell the reasons apart"))]
    pub(crate) chosen: Chosen,
}

/// Decodes `bytes`: as the caller demands, else by byte order mark, zero bytes, the
/// carrier's declaration, strict UTF-8, strict GB18030, statistics, in this order.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    demanded: Option<&str>,
    declared: Option<&str>,
    findings: &mut Findings,
) -> Result<Decoded<'a>> {
    let (text, encoding, chosen) = match demanded {
        Some(label) => on_demand(bytes, label)?,
        None => detect(bytes, declared, findings)?,
    };
    if is_binary(text.as_bytes(), text.chars().count()) {
        return Err(binary());
    }
    report_damage(&text, findings);
    Ok(Decoded { text: without_mark(text), encoding: encoding.name(), chosen })
}

type Choice<'a> = (Cow<'a, str>, &'static Encoding, Chosen);

fn on_demand<'a>(bytes: &'a [u8], label: &str) -> Result<Choice<'a>> {
    let Some(mut encoding) = named(label) else {
        return Err(Error::new(
            ErrorKind::Caller,
            "unknown-encoding",
            format!("未知的编码名称“{label}”"),
            format!("unknown encoding label \"{label}\""),
        ));
    };
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        if label.trim().eq_ignore_ascii_case("utf-16") && marked == UTF_16BE {
            // The bare label leaves the byte order to the mark.
            encoding = UTF_16BE;
        }
        if marked != encoding {
            let (is, asked) = (marked.name(), encoding.name());
            return Err(Error::input(
                "encoding",
                format!("字节顺序标记表明编码为{is}，与指定的{asked}不符"),
                format!("the byte order mark says {is}, but {asked} was demanded"),
            ));
        }
    }
    let text = strict(bytes, encoding).ok_or_else(|| undecodable(bytes, encoding))?;
    Ok((text, encoding, Chosen::Demand))
}

fn detect<'a>(bytes: &'a [u8], declared: Option<&str>, findings: &mut Findings) -> Result<Choice<'a>> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let text = strict(bytes, encoding).ok_or_else(|| undecodable(bytes, encoding))?;
        return Ok((text, encoding, Chosen::Mark));
    }
    if let Some(encoding) = utf16_by_pattern(bytes) {
        let text = strict(bytes, encoding).ok_or_else(|| undecodable(bytes, encoding))?;
        return Ok((text, encoding, Chosen::Pattern));
    }
    if is_binary(bytes, bytes.len()) {
        return Err(binary());
    }
    let Some(label) = declared else {
        return undeclared(bytes, findings);
    };
    let Some(encoding) = named(label) else {
        let choice = undeclared(bytes, findings)?;
        contradict(findings, Severity::Info, label, choice.1);
        return Ok(choice);
    };
    // A page that can be read far enough to find its declaration is not UTF-16.
    let meant = if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding };
    match strict(bytes, meant) {
        Some(text) => {
            if let Some((better, other)) = contradiction(bytes, meant) {
                contradict(findings, Severity::Info, label, other);
                return Ok((better, other, Chosen::Strict));
            }
            Ok((text, meant, Chosen::Declaration))
        }
        None => match unicode_or_gb(bytes) {
            Some((text, other)) => {
                contradict(findings, Severity::Warning, label, other);
                Ok((text, other, Chosen::Strict))
            }
            None => Err(undecodable(bytes, meant)),
        },
    }
}

fn undeclared<'a>(bytes: &'a [u8], findings: &mut Findings) -> Result<Choice<'a>> {
    if let Some((text, encoding)) = unicode_or_gb(bytes) {
        return Ok((text, encoding, Chosen::Strict));
    }
    if let Some((text, encoding)) = by_statistics(bytes) {
        let name = encoding.name();
        findings.push(Finding::new(
            "DOC-ENCODING",
            Severity::Warning,
            format!("未声明编码，按统计特征判定为{name}"),
            format!("no encoding is declared; {name} was told by letter statistics"),
        ));
        return Ok((text, encoding, Chosen::Detection));
    }
    // Whichever explains the longer beginning is the one that was meant.
    let meant = if first_bad(bytes, UTF_8) >= first_bad(bytes, GB18030) { UTF_8 } else { GB18030 };
    Err(undecodable(bytes, meant))
}

fn unicode_or_gb(bytes: &[u8]) -> Option<(Cow<'_, str>, &'static Encoding)> {
    if let Some(text) = strict(bytes, UTF_8) {
        return Some((text, UTF_8));
    }
    if is_plausible_gb(bytes) { Some((strict(bytes, GB18030)?, GB18030)) } else { None }
}

/// A declaration may be wrong and still decode: single-byte encodings take anything, and
/// short UTF-8 passes as GB18030. Text that is Chinese when read otherwise wins.
fn contradiction<'a>(
    bytes: &'a [u8],
    declared: &'static Encoding,
) -> Option<(Cow<'a, str>, &'static Encoding)> {
    if declared == UTF_8 || bytes.is_ascii() {
        return None;
    }
    if let Some(text) = strict(bytes, UTF_8) {
        return is_plausible(text.chars().filter(|c| !c.is_ascii()), 80).then_some((text, UTF_8));
    }
    if declared.is_single_byte() && is_plausible_gb(bytes) {
        return Some((strict(bytes, GB18030)?, GB18030));
    }
    None
}

fn by_statistics(bytes: &[u8]) -> Option<(Cow<'_, str>, &'static Encoding)> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(head(bytes, DETECTION_SAMPLE), bytes.len() <= DETECTION_SAMPLE);
    let guess = widest(detector.guess(None, chardetng::Utf8Detection::Deny));
    // Any other guess would be no Chinese text, whatever it is.
    if guess != BIG5 && guess != GB18030 {
        return None;
    }
    let text = strict(bytes, guess)?;
    is_plausible(text.chars().filter(|c| !c.is_ascii()), 80).then_some((text, guess))
}

fn named(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label_no_replacement(label.as_bytes()).map(widest)
}

/// GB2312 and GBK are subsets of GB18030, and pages that name them use all of it.
fn widest(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

fn strict<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Option<Cow<'a, str>> {
    if encoding == UTF_8 || (encoding.is_ascii_compatible() && bytes.is_ascii()) {
        return str::from_utf8(bytes).ok().map(Cow::Borrowed);
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // What Chinese needs: two bytes become three. The least that is always enough is twice that.
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 8);
    let mut rest = bytes;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = rest.get(read..)?;
        match result {
            DecoderResult::InputEmpty => return Some(Cow::Owned(text)),
            DecoderResult::OutputFull => text.reserve(rest.len() + 8),
            DecoderResult::Malformed(..) => return None,
        }
    }
}

/// Offset of the first malformed sequence, or the length where there is none.
fn first_bad(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = [0; 4096];
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(rest, &mut buffer, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return bytes.len(),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bad, after) => {
                return at.saturating_sub(usize::from(bad) + usize::from(after));
            }
        }
    }
}

fn undecodable(bytes: &[u8], encoding: &'static Encoding) -> Error {
    let (offset, name) = (first_bad(bytes, encoding), encoding.name());
    Error::input(
        "encoding",
        format!("无法按{name}解码：第{offset}字节（从0计）起有误"),
        format!("not valid {name}: malformed at byte offset {offset}"),
    )
}

fn binary() -> Error {
    Error::input("binary", "内容不是文本", "the bytes are not text")
}

fn contradict(findings: &mut Findings, severity: Severity, label: &str, used: &'static Encoding) {
    // The label is the page's own; a long one says nothing more.
    let label: String = label.trim().chars().take(40).collect();
    let used = used.name();
    findings.push(
        Finding::new(
            "DOC-ENCODING",
            severity,
            format!("声明的编码“{label}”与内容不符，按{used}解码"),
            format!("the declared encoding \"{label}\" does not fit; decoded as {used}"),
        )
        .expected(label)
        .actual(used),
    );
}

/// What an earlier conversion has already destroyed.
fn report_damage(text: &str, findings: &mut Findings) {
    let lost = memchr::memmem::find_iter(text.as_bytes(), "\u{fffd}").count();
    if lost > 0 {
        findings.push(Finding::new(
            "DOC-ENCODING",
            Severity::Warning,
            format!("文本中有{lost}个替换符（U+FFFD），原字符在此前的转换中已丢失"),
            format!("{lost} replacement characters (U+FFFD): an earlier conversion lost the originals"),
        ));
    }
    let zeros = memchr::memchr_iter(0, text.as_bytes()).count();
    if zeros > 0 {
        findings.push(Finding::new(
            "DOC-ENCODING",
            Severity::Warning,
            format!("文本中有{zeros}个空字符（U+0000）"),
            format!("{zeros} NUL characters in the text"),
        ));
    }
}

fn without_mark(text: Cow<'_, str>) -> Cow<'_, str> {
    const MARK: char = '\u{feff}';
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches(MARK)),
        Cow::Owned(mut text) => {
            let length = text.len() - text.trim_start_matches(MARK).len();
            text.drain(..length);
            Cow::Owned(text)
        }
    }
}

/// UTF-16 of either byte order, if only one of them makes sense of the beginning. Zero
/// bytes alone do not tell: "一" has its own on the other side.
fn utf16_by_pattern(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = head(bytes, SAMPLE);
    memchr::memchr(0, sample)?;
    let reads = |unit: fn([u8; 2]) -> u16| {
        let (pairs, _) = sample.as_chunks::<2>();
        let chars = char::decode_utf16(pairs.iter().map(|&pair| unit(pair)));
        is_plausible(chars.map(|c| c.unwrap_or('\0')), 90)
    };
    match (reads(u16::from_le_bytes), reads(u16::from_be_bytes)) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether at least `percent` of the characters occur in Chinese documents.
fn is_plausible(chars: impl Iterator<Item = char>, percent: usize) -> bool {
    let (mut ordinary, mut all) = (0_usize, 0_usize);
    for c in chars {
        all += 1;
        ordinary += usize::from(is_ordinary(c));
    }
    all > 0 && ordinary * 100 >= all * percent
}

fn is_ordinary(c: char) -> bool {
    matches!(c,
        '\t' | '\n' | '\r' | ' '..='~'
        | '\u{a0}' | '°' | '±' | '·' | '×' | '÷'
        | '\u{2000}'..='\u{206f}' | '\u{2100}'..='\u{27bf}'
        | '\u{3000}'..='\u{303f}' | '\u{3200}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe10}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether the double bytes are mostly what GB2312 has in its rows of symbols and of
/// frequent Han characters. Other encodings' bytes also pass as GB18030, but as rare ones.
fn is_plausible_gb(bytes: &[u8]) -> bool {
    let (mut frequent, mut all) = (0_usize, 0_usize);
    let mut bytes = bytes.iter().copied();
    while let Some(lead) = bytes.next() {
        if lead < 0x80 {
            continue;
        }
        all += 1;
        let Some(trail) = bytes.next() else { break };
        if trail.is_ascii_digit() {
            bytes.nth(1);
        } else {
            frequent += usize::from(trail >= 0xa1 && matches!(lead, 0xa1..=0xa9 | 0xb0..=0xd7));
        }
    }
    all > 0 && frequent * 100 >= all * 80
}

/// Whether control characters that no text has make up a twentieth or more of so many.
fn is_binary(bytes: &[u8], all: usize) -> bool {
    // Bell, line breaks, end-of-file and separators are left behind by converters. Without
    // branches, and in pieces of which the count is a byte, many are looked at in one step.
    let is_control = |b: u8| (b <= 6) | (b == 8) | (0x0e..=0x19).contains(&b) | (b == 0x1b) | (b == 0x7f);
    let count = |piece: &[u8]| piece.iter().map(|&b| u8::from(is_control(b))).sum::<u8>();
    let control: usize = bytes.chunks(255).map(|piece| usize::from(count(piece))).sum();
    control >= 4 && control * 20 >= all
}

fn head(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(..length).unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Label = Option<&'static str>;

    const SENTENCE: &str = "一、总体情况\n2020年，我镇共公开政府信息113条，其中“专栏”25条。\n";

    fn try_decode<'a>(
        bytes: &'a [u8],
        demanded: Option<&str>,
        declared: Option<&str>,
    ) -> Result<(Decoded<'a>, Vec<Finding>)> {
        let mut findings = Findings::new(100);
        let decoded = decode(bytes, demanded, declared, &mut findings)?;
        Ok((decoded, findings.finish(&[])))
    }

    fn gb(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let utf8 = SENTENCE.as_bytes().to_vec();
        let big5 = BIG5
            .encode("政府資訊公開工作年度報告，一、總體情況。本年新收政府資訊公開申請數量")
            .0
            .into_owned();
        /// Name, bytes, demanded, declared; encoding, reason, findings.
        type Case = (&'static str, Vec<u8>, Label, Label, &'static str, Chosen, usize);
        let cases: Vec<Case> = vec![
            ("utf-8", utf8.clone(), None, None, "UTF-8", Chosen::Strict, 0),
            ("utf-8 mark", marked(b"\xef\xbb\xbf", utf8.clone()), None, None, "UTF-8", Chosen::Mark, 0),
            (
                "utf-16le mark",
                marked(b"\xff\xfe", utf16(SENTENCE, false)),
                None,
                None,
                "UTF-16LE",
                Chosen::Mark,
                0,
            ),
            (
                "utf-16be mark",
                marked(b"\xfe\xff", utf16(SENTENCE, true)),
                None,
                None,
                "UTF-16BE",
                Chosen::Mark,
                0,
            ),
            ("utf-16le bare", utf16(SENTENCE, false), None, None, "UTF-16LE", Chosen::Pattern, 0),
            ("utf-16be bare", utf16(SENTENCE, true), None, None, "UTF-16BE", Chosen::Pattern, 0),
            ("gbk undeclared", gb(SENTENCE), None, None, "gb18030", Chosen::Strict, 0),
            ("gbk declared", gb(SENTENCE), None, Some("gb2312"), "gb18030", Chosen::Declaration, 0),
            ("gbk demanded", gb(SENTENCE), Some("GBK"), None, "gb18030", Chosen::Demand, 0),
            ("gbk said utf-8", gb(SENTENCE), None, Some("utf-8"), "gb18030", Chosen::Strict, 1),
            ("gbk said latin", gb(SENTENCE), None, Some("iso-8859-1"), "gb18030", Chosen::Strict, 1),
            ("utf-8 said gbk", utf8.clone(), None, Some("gbk"), "UTF-8", Chosen::Strict, 1),
            ("utf-8 said latin", utf8.clone(), None, Some("windows-1252"), "UTF-8", Chosen::Strict, 1),
            ("utf-8 said utf-16", utf8.clone(), None, Some("utf-16"), "UTF-8", Chosen::Declaration, 0),
            ("utf-8 said nonsense", utf8.clone(), None, Some("x-none"), "UTF-8", Chosen::Strict, 1),
            (
                "utf-16be demanded",
                marked(b"\xfe\xff", utf16(SENTENCE, true)),
                Some("utf-16"),
                None,
                "UTF-16BE",
                Chosen::Demand,
                0,
            ),
            ("big5 declared", big5.clone(), None, Some("big5"), "Big5", Chosen::Declaration, 0),
            ("big5 undeclared", big5, None, None, "Big5", Chosen::Detection, 1),
        ];
        for (name, bytes, demanded, declared, encoding, chosen, findings) in cases {
            let (decoded, list) = try_decode(&bytes, demanded, declared).expect(name);
            assert_eq!((decoded.encoding, decoded.chosen), (encoding, chosen), "{name}");
            assert_eq!(list.len(), findings, "{name}: {list:?}");
            assert!(list.iter().all(|f| f.code == "DOC-ENCODING"), "{name}");
            if encoding != "Big5" {
                assert_eq!(decoded.text, SENTENCE, "{name}");
            } else {
                assert!(decoded.text.starts_with("政府資訊"), "{name}");
            }
        }
    }

    #[test]
    fn short_utf8_that_passes_as_gb_is_utf8() {
        // Six bytes: two characters of UTF-8, or three rare ones of GB18030.
        let (decoded, list) = try_decode("你好".as_bytes(), None, Some("gb2312")).unwrap();
        assert_eq!((decoded.text.as_ref(), list.len()), ("你好", 1));
        // And GBK that happens to be valid UTF-8 keeps its declaration.
        let (decoded, list) = try_decode(b"\xc1\xaa\xcd\xa8", None, Some("gbk")).unwrap();
        assert_eq!((decoded.text.as_ref(), list.len()), ("联通", 0));
    }

    #[test]
    fn the_2022_mapping_is_used() {
        let (decoded, _) = try_decode(b"\xa6\xd9\xfe\x59", Some("gb18030"), None).unwrap();
        assert_eq!(decoded.text, "\u{fe10}\u{9fb4}");
        for c in "㙟𠮷䶮鿴".chars() {
            let bytes = gb(&c.to_string());
            let (decoded, _) = try_decode(&bytes, Some("gb2312"), None).unwrap();
            assert_eq!(decoded.text, c.to_string());
        }
    }

    #[test]
    fn what_does_not_decode_is_an_error_with_its_offset() {
        let mut utf8 = "申请1".as_bytes().to_vec();
        utf8.push(0xff);
        utf8.extend_from_slice("2件".as_bytes());
        let mut cut = gb(SENTENCE);
        cut.push(0xb0);
        /// Name, bytes, demanded, declared; code, part of the message.
        type Case<'a> = (&'a str, &'a [u8], Label, Label, &'a str, &'a str);
        let cases: [Case<'_>; 7] = [
            ("bad byte", &utf8, None, None, "encoding", "offset 7"),
            ("bad byte, declared", &utf8, None, Some("utf-8"), "encoding", "offset 7"),
            ("bad byte, demanded", &utf8, Some("utf-8"), None, "encoding", "offset 7"),
            ("cut gbk", &cut, None, Some("gbk"), "encoding", &format!("offset {}", cut.len() - 1)),
            ("wrong demand", &gb(SENTENCE), Some("utf-8"), None, "encoding", "offset 2"),
            ("mark against demand", b"\xef\xbb\xbf1", Some("gbk"), None, "encoding", "UTF-8"),
            ("odd utf-16", b"\xff\xfe1\x002", None, None, "encoding", "offset 4"),
        ];
        for (name, bytes, demanded, declared, code, part) in cases {
            let error = try_decode(bytes, demanded, declared).expect_err(name);
            assert_eq!((error.kind(), error.code()), (ErrorKind::Input, code), "{name}");
            assert!(error.message().contains(part), "{name}: {error}");
        }
        let error = try_decode(b"1", Some("gb-none"), None).unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Caller, "unknown-encoding"));
    }

    #[test]
    fn binary_junk_is_told_from_text() {
        let junk: Vec<u8> = (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for bytes in [
            &junk[..],
            &[0; 64],
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01",
            b"\xff\xfe\0\0<\0\0\0h\0\0\0t\0\0\0",
        ] {
            let error = try_decode(bytes, None, None).unwrap_err();
            assert_eq!(error.code(), "binary");
        }
        assert_eq!(try_decode(b"", None, None).unwrap().0.text, "");
    }

    #[test]
    fn damage_done_before_is_reported() {
        let (_, list) = try_decode("申请\u{fffd}件\u{fffd}".as_bytes(), None, None).unwrap();
        assert!(list.len() == 1 && list[0].message.en.starts_with("2 replacement"));
        let (_, list) = try_decode("本年新收申请1\0件，上年结转0件".as_bytes(), None, None).unwrap();
        assert!(list.len() == 1 && list[0].message.en.starts_with("1 NUL"));
    }
}
