//! Headers, parts and transfer encodings of MIME (RFC 2045, 2046). Strict: a malformed
//! byte is an error, since it may stand inside a number.

use memchr::memmem;

use super::damaged;
use crate::error::{Error, Result};
use crate::options::Limits;

/// A header with its body.
#[derive(Debug)]
pub(super) struct Entity<'a> {
    /// Names in lower case, and unfolded values, of fields about the content.
    fields: Vec<(String, String)>,
    body: &'a [u8],
}

/// The value of `Content-Type`.
#[derive(Debug, Default)]
pub(super) struct MediaType {
    /// In lower case.
    pub(super) name: String,
    parameters: Vec<(String, String)>,
}

impl MediaType {
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

impl<'a> Entity<'a> {
    /// The header ends with an empty line.
    pub(super) fn read(mut bytes: &'a [u8]) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        // Lines of fields that do not matter.
        let mut passed = true;
        while let Some((line, rest)) = line(bytes) {
            bytes = rest;
            let text = String::from_utf8_lossy(line);
            if text.trim().is_empty() {
                break;
            }
            if text.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut().filter(|_| !passed) {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                continue;
            }
            let (name, value) = text.split_once(':').unwrap_or_default();
            let name = name.trim().to_ascii_lowercase();
            passed = !matches!(name.as_str(), "content-type" | "content-transfer-encoding" | "content-id")
                || fields.iter().any(|(own, _)| *own == name);
            if !passed {
                fields.push((name, value.trim().to_owned()));
            }
        }
        Self { fields, body: bytes }
    }

    pub(super) fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn media_type(&self) -> MediaType {
        let mut pieces = outside_quotes(self.field("content-type").unwrap_or("text/plain")).into_iter();
        let name = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let parameters = pieces.filter_map(|piece| {
            let (name, value) = piece.split_once('=')?;
            let value = value.trim();
            let value = match value.strip_prefix('"') {
                Some(quoted) => quoted.strip_suffix('"').unwrap_or(quoted).replace('\\', ""),
                None => value.to_owned(),
            };
            Some((name.trim().to_ascii_lowercase(), value))
        });
        MediaType { name, parameters: parameters.collect() }
    }

    /// The parts of a multipart entity (RFC 2046, 5.1.1). Each must have its end.
    pub(super) fn parts(&self, boundary: &str, limits: &Limits) -> Result<Vec<Entity<'a>>> {
        if boundary.is_empty() {
            return Err(damaged("its parts have no boundary"));
        }
        let mark = format!("--{boundary}");
        let mut parts = Vec::new();
        // Where the open part begins.
        let mut begin = None;
        for at in memmem::find_iter(self.body, mark.as_bytes()) {
            let before = self.body.get(..at).unwrap_or_default();
            let after = self.body.get(at + mark.len()..).unwrap_or_default();
            let (end, rest) = line(after).unwrap_or_default();
            let closes = end.starts_with(b"--");
            let own = end.strip_prefix(b"--").unwrap_or(end);
            if !(before.is_empty() || before.ends_with(b"\n")) || !own.trim_ascii().is_empty() {
                continue;
            }
            if let Some(begin) = begin {
                // The line end before a boundary belongs to it.
                let part = self.body.get(begin..at).unwrap_or_default();
                let part = part.strip_suffix(b"\n").unwrap_or(part);
                parts.push(Self::read(part.strip_suffix(b"\r").unwrap_or(part)));
                if parts.len() as u64 > limits.entries {
                    return Err(Error::limit("entries", limits.entries));
                }
            }
            begin = Some(self.body.len() - rest.len());
            if closes {
                break;
            }
        }
        if parts.is_empty() { Err(damaged("a part has no end")) } else { Ok(parts) }
    }

    /// The body as it was before it was made fit for mail (RFC 2045, 6).
    pub(super) fn decode(&self) -> Result<Vec<u8>> {
        let encoding = self.field("content-transfer-encoding").unwrap_or("7bit").to_ascii_lowercase();
        match encoding.trim() {
            "7bit" | "8bit" | "binary" => Ok(self.body.to_vec()),
            "quoted-printable" => quoted_printable(self.body),
            "base64" => base64(self.body),
            _ => Err(Error::unsupported(
                "unsupported-format",
                "MIME文件的传输编码不受支持",
                "unsupported transfer encoding of a MIME message",
            )),
        }
    }
}

/// The first line without its end, and what follows it.
fn line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    if bytes.is_empty() {
        return None;
    }
    let length = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
    let line = bytes.get(..length).unwrap_or_default();
    Some((line.strip_suffix(b"\r").unwrap_or(line), bytes.get(length + 1..).unwrap_or_default()))
}

/// The pieces between semicolons that stand outside quotes.
fn outside_quotes(text: &str) -> Vec<&str> {
    let mut quoted = false;
    text.split(|c| {
        quoted ^= c == '"';
        c == ';' && !quoted
    })
    .collect()
}

/// RFC 2045, 6.7.
fn quoted_printable(body: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((text, after)) = line(rest) {
        let ended = rest.len() > after.len() + text.len();
        rest = after;
        // White space at the end of a line was added on the way.
        let text = text.trim_ascii_end();
        let mut bytes = text.iter().copied();
        let mut soft = false;
        while let Some(byte) = bytes.next() {
            if byte != b'=' {
                out.push(byte);
                continue;
            }
            match (bytes.next(), bytes.next()) {
                (None, _) => soft = true,
                (Some(high), Some(low)) => match (hex(high), hex(low)) {
                    (Some(high), Some(low)) => out.push(high << 4 | low),
                    _ => return Err(damaged("malformed quoted-printable")),
                },
                _ => return Err(damaged("malformed quoted-printable")),
            }
        }
        if !soft && ended {
            out.push(b'\n');
        }
    }
    // A character takes three where it is not ASCII.
    out.shrink_to_fit();
    Ok(out)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

/// RFC 2045, 6.8.
fn base64(body: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count, mut ended) = (0_u32, 0_u32, false);
    for &byte in body.iter().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                ended = true;
                continue;
            }
            _ => return Err(damaged("malformed base64")),
        };
        if ended {
            return Err(damaged("malformed base64"));
        }
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff).to_le_bytes().first().copied().unwrap_or(0));
        }
    }
    // Six bits left are a character cut off.
    if count == 6 { Err(damaged("malformed base64")) } else { Ok(out) }
}
