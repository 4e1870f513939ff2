//! Stream filters (ISO 32000-1, 7.4), each bounded by what it may yield.

use std::io::Read;

use super::object::{Dict, Object, is_space};
use crate::error::{Error, Result};

/// Undoes one filter; nothing where more than `most` bytes would come of it.
pub(super) fn undo(name: &[u8], params: Option<&Dict>, bytes: &[u8], most: u64) -> Result<Option<Vec<u8>>> {
    let plain = match name {
        b"FlateDecode" | b"Fl" => inflate(bytes, most)?,
        b"LZWDecode" | b"LZW" => {
            let early = params.and_then(|p| p.get(b"EarlyChange".as_slice())).and_then(Object::index);
            lzw(bytes, early != Some(0), most)?
        }
        b"ASCIIHexDecode" | b"AHx" => return Ok(Some(ascii_hex(bytes))),
        b"ASCII85Decode" | b"A85" => return Ok(Some(ascii_85(bytes))),
        b"RunLengthDecode" | b"RL" => return Ok(run_length(bytes, most)),
        _ => {
            let name = String::from_utf8_lossy(name);
            return Err(Error::unsupported(
                "compression",
                format!("压缩方式不受支持：{name}"),
                format!("unsupported filter: {name}"),
            ));
        }
    };
    match (plain, params) {
        (Some(plain), Some(params)) => predicted(plain, params).map(Some),
        (plain, _) => Ok(plain),
    }
}

/// As much as can be inflated: writers leave checksums out, and files are cut.
fn inflate(bytes: &[u8], most: u64) -> Result<Option<Vec<u8>>> {
    let mut plain = Vec::new();
    let inflater = flate2::bufread::ZlibDecoder::new(bytes);
    let outcome = inflater.take(most.saturating_add(1)).read_to_end(&mut plain);
    match outcome {
        _ if plain.len() as u64 > most => Ok(None),
        Err(error) if plain.is_empty() && !bytes.is_empty() => Err(damaged(&error.to_string())),
        _ => Ok(Some(plain)),
    }
}

pub(super) fn damaged(why: &str) -> Error {
    Error::input("damaged", format!("PDF文件损坏：{why}"), format!("damaged PDF: {why}"))
}

fn lzw(bytes: &[u8], early: bool, most: u64) -> Result<Option<Vec<u8>>> {
    let mut plain: Vec<u8> = Vec::new();
    // Codes from 258 on: where in `plain` their text stands.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    let mut width = 9;
    for &byte in bytes {
        buffer = buffer << 8 | u32::from(byte);
        bits += 8;
        if bits < width {
            continue;
        }
        let code = (buffer >> (bits - width)) as usize & ((1 << width) - 1);
        bits -= width;
        buffer &= (1 << bits) - 1;
        match code {
            256 => {
                table.clear();
                last = None;
                width = 9;
                continue;
            }
            257 => break,
            _ => {}
        }
        let start = plain.len();
        if let Ok(byte) = u8::try_from(code) {
            plain.push(byte);
        } else {
            let (from, length) = match (table.get(code - 258), last) {
                (Some(&entry), _) => entry,
                // The entry about to be made: the last text and its first byte.
                (None, Some((from, length))) if code - 258 == table.len() => (from, length + 1),
                _ => return Err(damaged("LZW code out of its table")),
            };
            for offset in 0..length {
                let Some(&byte) = plain.get(from + offset) else { break };
                plain.push(byte);
            }
        }
        if plain.len() as u64 > most {
            return Ok(None);
        }
        if let Some((from, length)) = last
            && table.len() < 4096 - 258
        {
            table.push((from, length + 1));
        }
        last = Some((start, plain.len() - start));
        // Encoders of the usual kind widen their codes one code early.
        width = match 258 + table.len() + usize::from(early) {
            0..=511 => 9,
            512..=1023 => 10,
            1024..=2047 => 11,
            _ => 12,
        };
    }
    Ok(Some(plain))
}

fn ascii_hex(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut high = None;
    for &byte in bytes.iter().take_while(|&&b| b != b'>') {
        let Some(digit) = char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok()) else { continue };
        match high.take() {
            Some(h) => plain.push(h << 4 | digit),
            None => high = Some(digit),
        }
    }
    plain.extend(high.map(|h: u8| h << 4));
    plain
}

fn ascii_85(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut group: Vec<u32> = Vec::with_capacity(5);
    let mut flush = |group: &mut Vec<u32>| {
        let missing = 5 - group.len();
        group.resize(5, 84);
        let value = group.iter().fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(*digit));
        plain.extend(value.to_be_bytes().iter().take(4 - missing));
        group.clear();
    };
    for &byte in bytes.iter().take_while(|&&b| b != b'~') {
        match byte {
            b'z' if group.is_empty() => {
                group.extend([0; 5]);
                flush(&mut group);
            }
            b'!'..=b'u' => {
                group.push(u32::from(byte - b'!'));
                if group.len() == 5 {
                    flush(&mut group);
                }
            }
            _ if is_space(byte) => {}
            _ => break,
        }
    }
    if group.len() > 1 {
        flush(&mut group);
    }
    plain
}

fn run_length(bytes: &[u8], most: u64) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let mut rest = bytes;
    while let Some((&length, after)) = rest.split_first() {
        match length {
            128 => break,
            0..=127 => {
                let (run, after) = after.split_at(after.len().min(usize::from(length) + 1));
                plain.extend_from_slice(run);
                rest = after;
            }
            _ => {
                let Some((&byte, after)) = after.split_first() else { break };
                plain.extend(std::iter::repeat_n(byte, 257 - usize::from(length)));
                rest = after;
            }
        }
        if plain.len() as u64 > most {
            return None;
        }
    }
    Some(plain)
}

/// Undoes the predictors of PNG, and that of TIFF for whole bytes.
fn predicted(bytes: Vec<u8>, params: &Dict) -> Result<Vec<u8>> {
    let value = |key: &[u8], default: usize| params.get(key).and_then(Object::index).unwrap_or(default);
    match value(b"Predictor", 1) {
        1 => return Ok(bytes),
        2 | 10..=15 => {}
        _ => return Err(damaged("predictor")),
    }
    let (colors, bits, columns) = (value(b"Colors", 1), value(b"BitsPerComponent", 8), value(b"Columns", 1));
    if colors > 32 || bits > 16 || columns > 1 << 20 {
        return Err(damaged("predictor"));
    }
    let step = (colors * bits).div_ceil(8).max(1);
    let width = (colors * bits * columns).div_ceil(8).max(1);
    if value(b"Predictor", 1) == 2 {
        if bits != 8 {
            return Err(damaged("predictor"));
        }
        return Ok(bytes.chunks(width).flat_map(|row| summed(row, step)).collect());
    }
    let mut plain: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut above = vec![0_u8; width];
    for row in bytes.chunks(width + 1) {
        let Some((&kind, row)) = row.split_first() else { break };
        let mut line: Vec<u8> = Vec::with_capacity(width);
        for (index, &byte) in row.iter().enumerate() {
            let before =
                |line: &[u8]| index.checked_sub(step).and_then(|i| line.get(i)).copied().unwrap_or(0);
            let (left, up, corner) = (before(&line), above.get(index).copied().unwrap_or(0), before(&above));
            let guess = match kind {
                1 => left,
                2 => up,
                3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                4 => paeth(left, up, corner),
                _ => 0,
            };
            line.push(byte.wrapping_add(guess));
        }
        plain.extend_from_slice(&line);
        line.resize(width, 0);
        above = line;
    }
    Ok(plain)
}

/// A row of differences between neighbours, `step` bytes apart, as a row of values.
fn summed(row: &[u8], step: usize) -> Vec<u8> {
    let mut line: Vec<u8> = Vec::with_capacity(row.len());
    for (index, &byte) in row.iter().enumerate() {
        let before = index.checked_sub(step).and_then(|i| line.get(i)).copied().unwrap_or(0);
        line.push(byte.wrapping_add(before));
    }
    line
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let guess = a + b - c;
    let (da, db, dc) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if da <= db && da <= dc {
        left
    } else if db <= dc {
        up
    } else {
        corner
    }
}
