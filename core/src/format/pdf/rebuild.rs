//! Cross-references that do not hold, told anew from the objects of the file.
//!
//! Every viewer does this, each in its own way; what is done here is what none of them can
//! disagree with, or the file is refused:
//!
//! - Between objects stands nothing but comments, cross-references and trailers; else bytes
//!   were lost or added where objects might have been.
//! - A stream is passed over by its length, and where that is a lie, up to its keyword; where
//!   the two differ and both are possible, what looks like an object in it may be one.
//! - Of several objects with one number the last counts, if an update that is closed (one with
//!   a `startxref` after it) lies between them. Without it nothing says which one was meant:
//!   the lost references may have named the first, and viewers take the last.
//! - After the last object the file is closed. A file that was cut may have lost an update with
//!   other numbers, or the end of the pages.
//! - No object was declared free after it was written: viewers that rebuild show it all the same.
//! - One catalog alone is named.
//! - No reference leads to nothing (`File::object`): the object may be lost.

use std::collections::BTreeMap;

use memchr::memmem;

use super::filter::damaged;
use super::object::{Dict, Lexer, Object, Stream, Token};
use crate::error::Result;

/// Bytes that may stand behind the end of a file.
const REST: usize = 1024;

/// An object of the file.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) number: u32,
    pub(super) at: usize,
    /// How many times the file was closed before it.
    pub(super) revision: usize,
    /// A stream, and where its keyword `endstream` stands.
    pub(super) stream: Option<(Stream, usize)>,
}

/// What stands in a file.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) objects: Vec<Found>,
    pub(super) trailers: Vec<Dict>,
    /// Numbers declared free in tables, and where.
    pub(super) free: Vec<(u32, usize)>,
    /// How many times the file is closed.
    closed: usize,
    /// It is closed after its last object.
    is_closed: bool,
}

/// Whether nothing that could belong to an object stands from there on.
fn is_rest(bytes: &[u8], at: usize) -> bool {
    bytes.get(at..).is_some_and(|rest| rest.len() <= REST && !rest.iter().any(u8::is_ascii_alphanumeric))
}

impl Scan {
    /// Everything from an offset on; `elements` bounds the parts of objects.
    pub(super) fn new(bytes: &[u8], from: usize, elements: u64) -> Result<Self> {
        let mut scan = Self::default();
        let mut lexer = Lexer::new(bytes, from, elements);
        // The last two numbers, and where they stand.
        let mut numbers: Vec<(usize, Option<usize>)> = Vec::new();
        loop {
            lexer.skip_space();
            let at = lexer.at;
            match lexer.next(false)? {
                Token::End => return Ok(scan),
                Token::Object(number @ Object::Number(_)) if numbers.len() < 2 => {
                    numbers.push((at, number.index()));
                    continue;
                }
                Token::Word(b"obj") => scan.object(bytes, &mut lexer, &numbers)?,
                Token::Word(b"endobj") if numbers.is_empty() => {}
                Token::Word(b"xref") if numbers.is_empty() => scan.table(&mut lexer)?,
                Token::Word(b"trailer") if numbers.is_empty() => match lexer.object()? {
                    Some(Object::Dict(trailer)) => scan.trailers.push(trailer.as_ref().clone()),
                    _ => return Err(damaged("trailer")),
                },
                Token::Word(b"startxref") if numbers.is_empty() => {
                    lexer.next(false)?;
                    scan.closed += 1;
                    scan.is_closed = true;
                }
                // Behind the end of the file stands what some way of sending left there.
                _ if scan.is_closed && is_rest(bytes, at) => return Ok(scan),
                _ => return Err(damaged("something other than objects stands between them")),
            }
            numbers.clear();
        }
    }

    fn object(
        &mut self,
        bytes: &[u8],
        lexer: &mut Lexer<'_>,
        numbers: &[(usize, Option<usize>)],
    ) -> Result<()> {
        let [(at, Some(number)), (_, Some(_))] = *numbers else { return Err(damaged("object number")) };
        let number = u32::try_from(number).map_err(|_| damaged("object number"))?;
        let before = lexer.at;
        let object = lexer.object()?;
        let mut stream = None;
        match object {
            // An object of nothing.
            None => lexer.at = before,
            Some(Object::Dict(dict)) if lexer.take(b"stream") => {
                lexer.skip_line_end();
                let start = lexer.at;
                let length = dict.get(b"Length".as_slice()).and_then(Object::index);
                let end = length.and_then(|length| end_after(bytes, start, length));
                let end = end.or_else(|| Some(start + memmem::find(bytes.get(start..)?, b"endstream")?));
                let end = end.ok_or_else(|| damaged("a stream without end"))?;
                lexer.at = end + b"endstream".len();
                stream = Some((Stream { dict: dict.as_ref().clone(), start }, end));
            }
            Some(_) => {}
        }
        self.objects.push(Found { number, at, revision: self.closed, stream });
        self.is_closed = false;
        Ok(())
    }

    /// A table of cross-references, of which only what is free is of use.
    fn table(&mut self, lexer: &mut Lexer<'_>) -> Result<()> {
        let mut numbers: Vec<usize> = Vec::new();
        let mut next = 0_usize;
        loop {
            let before = lexer.at;
            match lexer.next(false)? {
                Token::Object(number) if numbers.len() < 4 => numbers.extend(number.index()),
                Token::Word(word @ (b"n" | b"f")) => {
                    if let [first, _, _, _] = *numbers {
                        next = first;
                    }
                    // The head of the list of free objects, which is none itself.
                    let is_head = numbers.last() == Some(&65_535);
                    if word == b"f" && !is_head {
                        self.free.extend(u32::try_from(next).ok().map(|number| (number, before)));
                    }
                    next = next.saturating_add(1);
                    numbers.clear();
                }
                _ => {
                    lexer.at = before;
                    return Ok(());
                }
            }
        }
    }

    /// Refuses files that were cut.
    pub(super) fn check_end(&self) -> Result<()> {
        if self.is_closed {
            Ok(())
        } else {
            Err(damaged("the file ends without cross-references: it was cut"))
        }
    }

    /// The trailer that counts: the last one that names the catalog, which all agree upon.
    pub(super) fn trailer(&self) -> Result<Dict> {
        let streams = self.objects.iter().filter_map(|found| found.stream.as_ref());
        let of_streams = streams.map(|(stream, _)| &stream.dict).filter(|dict| is_type(dict, b"XRef"));
        let mut all = self.trailers.iter().chain(of_streams);
        let encrypted = all.clone().find(|dict| dict.contains_key(b"Encrypt".as_slice()));
        let root = |dict: &Dict| match dict.get(b"Root".as_slice()) {
            Some(Object::Reference(number)) => Some(*number),
            _ => None,
        };
        let first = all.clone().find_map(root).ok_or_else(|| damaged("no trailer"))?;
        if all.clone().filter_map(root).any(|other| other != first) {
            return Err(damaged("several catalogs"));
        }
        let own = encrypted.or_else(|| all.find(|dict| root(dict).is_some()));
        own.cloned().ok_or_else(|| damaged("no trailer"))
    }
}

/// Where a stream's keyword stands, if its length is true.
pub(super) fn end_after(bytes: &[u8], start: usize, length: usize) -> Option<usize> {
    let mut lexer = Lexer::new(bytes, start.checked_add(length)?, 1);
    lexer.take(b"endstream").then(|| lexer.at - b"endstream".len())
}

/// Whether a line begins an object.
pub(super) fn holds_objects(bytes: &[u8]) -> bool {
    bytes.split(|byte| matches!(byte, b'\n' | b'\r')).any(|line| {
        let mut lexer = Lexer::new(line, 0, 2);
        let is_number = |token| matches!(token, Ok(Token::Object(Object::Number(_))));
        is_number(lexer.next(false)) && is_number(lexer.next(false)) && lexer.take(b"obj")
    })
}

pub(super) fn is_type(dict: &Dict, name: &[u8]) -> bool {
    dict.get(b"Type".as_slice()).and_then(Object::name) == Some(name)
}

/// Of definitions (revision, number, where) the last of each number; an error where two stand
/// in one revision.
pub(super) fn last_of_each<T: Copy>(mut all: Vec<(usize, u32, T)>) -> Result<BTreeMap<u32, T>> {
    all.sort_by_key(|&(revision, ..)| revision);
    let mut last: BTreeMap<u32, (usize, T)> = BTreeMap::new();
    for (revision, number, place) in all {
        if last.insert(number, (revision, place)).is_some_and(|(before, _)| before == revision) {
            return Err(damaged("two objects with one number, and no update between them"));
        }
    }
    Ok(last.into_iter().map(|(number, (_, place))| (number, place)).collect())
}
