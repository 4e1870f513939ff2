//! Objects of a PDF file, and the lexer for them and for content streams (ISO 32000-1,
//! 7.2 and 7.3).

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::error::{Error, Result};

/// Nested arrays and dictionaries deeper than this are no document.
const DEPTH: usize = 64;

pub(super) type Dict = BTreeMap<Vec<u8>, Object>;

/// An object. What is shared is cheap to clone.
#[derive(Debug, Clone)]
pub(super) enum Object {
    Null,
    Bool(bool),
    Number(f64),
    Name(Rc<[u8]>),
    String(Rc<[u8]>),
    Array(Rc<Vec<Self>>),
    Dict(Rc<Dict>),
    Stream(Rc<Stream>),
    /// Of the object with that number.
    Reference(u32),
}

/// A stream: its dictionary, and where its bytes begin in the file.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) dict: Dict,
    pub(super) start: usize,
}

impl Object {
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(n) if n.is_finite() => Some(*n),
            _ => None,
        }
    }

    /// A whole number that is not negative.
    pub(super) fn index(&self) -> Option<usize> {
        let n = self.number()?;
        ((0.0..=9e15).contains(&n) && n.fract() == 0.0).then_some(n as usize)
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// A dictionary, or that of a stream.
    pub(super) fn dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) => Some(dict),
            Self::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }
}

/// What the lexer finds next.
#[derive(Debug)]
pub(super) enum Token<'a> {
    Object(Object),
    /// A keyword or an operator.
    Word(&'a [u8]),
    End,
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    /// Objects still allowed.
    left: u64,
    limit: u64,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, elements: u64) -> Self {
        Self { bytes, at, left: elements, limit: elements }
    }

    /// Sets how many objects may be read.
    pub(super) fn allow(&mut self, elements: u64) {
        self.left = elements;
    }

    /// How many objects may still be read.
    pub(super) fn allowed(&self) -> u64 {
        self.left
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => {
                    while self.peek().is_some_and(|b| b != b'\n' && b != b'\r') {
                        self.at += 1;
                    }
                }
                _ if is_space(byte) => self.at += 1,
                _ => return,
            }
        }
    }

    /// Passes over the end of the line after `stream`.
    pub(super) fn skip_line_end(&mut self) {
        match self.peek() {
            Some(b'\r') if self.bytes.get(self.at + 1) == Some(&b'\n') => self.at += 2,
            Some(b'\n' | b'\r') => self.at += 1,
            _ => {}
        }
    }

    /// The next object or word; references are read only in files, since content streams
    /// have none.
    pub(super) fn next(&mut self, references: bool) -> Result<Token<'a>> {
        self.token(references, 0)
    }

    /// The next object, if there is one.
    pub(super) fn object(&mut self) -> Result<Option<Object>> {
        Ok(match self.next(true)? {
            Token::Object(object) => Some(object),
            _ => None,
        })
    }

    /// Takes a keyword if it comes next.
    pub(super) fn take(&mut self, word: &[u8]) -> bool {
        self.skip_space();
        let found = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        if found {
            self.at += word.len();
        }
        found
    }

    fn token(&mut self, references: bool, depth: usize) -> Result<Token<'a>> {
        self.left = self.left.checked_sub(1).ok_or_else(|| Error::limit("elements", self.limit))?;
        self.skip_space();
        let Some(byte) = self.peek() else { return Ok(Token::End) };
        if depth > DEPTH {
            return Err(Error::limit("depth", DEPTH as u64));
        }
        let object = match byte {
            b'/' => self.name(),
            b'(' => self.string(),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                self.dict(references, depth)?
            }
            b'<' => self.hex_string(),
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.skip_space();
                    match self.peek() {
                        None => break,
                        Some(b']') => {
                            self.at += 1;
                            break;
                        }
                        _ => {}
                    }
                    match self.token(references, depth + 1)? {
                        Token::Object(object) => items.push(object),
                        Token::Word(_) => {}
                        Token::End => break,
                    }
                }
                Object::Array(Rc::new(items))
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(references),
            b')' | b'>' | b']' | b'{' | b'}' => {
                let start = self.at;
                self.at += 1;
                return Ok(Token::Word(self.bytes.get(start..self.at).unwrap_or_default()));
            }
            _ => {
                let start = self.at;
                while self.peek().is_some_and(|b| !is_space(b) && !is_delimiter(b)) {
                    self.at += 1;
                }
                match self.bytes.get(start..self.at).unwrap_or_default() {
                    b"true" => Object::Bool(true),
                    b"false" => Object::Bool(false),
                    b"null" => Object::Null,
                    word => return Ok(Token::Word(word)),
                }
            }
        };
        Ok(Token::Object(object))
    }

    fn dict(&mut self, references: bool, depth: usize) -> Result<Object> {
        let mut dict = Dict::new();
        loop {
            self.skip_space();
            if self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(b">>")) {
                self.at += 2;
                break;
            }
            let key = match self.token(false, depth + 1)? {
                Token::Object(Object::Name(name)) => name,
                Token::Object(_) => continue,
                // A keyword inside a dictionary: its end is lost.
                Token::Word(_) | Token::End => break,
            };
            self.skip_space();
            if self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(b">>")) {
                continue;
            }
            match self.token(references, depth + 1)? {
                Token::Object(value) => {
                    dict.insert(key.to_vec(), value);
                }
                Token::Word(_) | Token::End => break,
            }
        }
        Ok(Object::Dict(Rc::new(dict)))
    }

    fn name(&mut self) -> Object {
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|&b| !is_space(b) && !is_delimiter(b)) {
            self.at += 1;
            let escaped = (byte == b'#')
                .then(|| {
                    let high = hex(*self.bytes.get(self.at)?)?;
                    let low = hex(*self.bytes.get(self.at + 1)?)?;
                    Some(high << 4 | low)
                })
                .flatten();
            match escaped {
                Some(escaped) => {
                    self.at += 2;
                    name.push(escaped);
                }
                None => name.push(byte),
            }
        }
        Object::Name(name.into())
    }

    fn number(&mut self, references: bool) -> Object {
        let start = self.at;
        self.at += 1;
        while self.peek().is_some_and(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-')) {
            self.at += 1;
        }
        let digits = self.bytes.get(start..self.at).unwrap_or_default();
        let text = std::str::from_utf8(digits).unwrap_or_default();
        if references && !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) {
            let after = self.at;
            if let (Ok(number), true) = (text.parse::<u32>(), self.generation()) {
                return Object::Reference(number);
            }
            self.at = after;
        }
        // Writers produce "--5" and "1.2-3"; the first sign and the first part count.
        let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
        let plain = text.trim_start_matches(['-', '+']);
        let plain = plain.split('-').next().unwrap_or_default();
        Object::Number(plain.parse::<f64>().map_or(0.0, |n| sign * n))
    }

    /// Reads " 0 R".
    fn generation(&mut self) -> bool {
        let spaces = |lexer: &mut Self| {
            let start = lexer.at;
            while lexer.peek().is_some_and(is_space) {
                lexer.at += 1;
            }
            lexer.at > start
        };
        if !spaces(self) {
            return false;
        }
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start || self.at > start + 5 || !spaces(self) || self.peek() != Some(b'R') {
            return false;
        }
        let ends = self.bytes.get(self.at + 1).is_none_or(|&b| is_space(b) || is_delimiter(b));
        if ends {
            self.at += 1;
        }
        ends
    }

    fn string(&mut self) -> Object {
        self.at += 1;
        let mut string = Vec::new();
        let mut open = 1_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                b'\\' => {
                    if let Some(byte) = self.escape() {
                        string.push(byte);
                    }
                    continue;
                }
                // Ends of lines are one line feed.
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    string.push(b'\n');
                    continue;
                }
                _ => {}
            }
            string.push(byte);
        }
        Object::String(string.into())
    }

    fn escape(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            value = value * 8 + u32::from(digit - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                u8::try_from(value & 0xff).ok()?
            }
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                return None;
            }
            b'\n' => return None,
            other => other,
        })
    }

    fn hex_string(&mut self) -> Object {
        self.at += 1;
        let mut string = Vec::new();
        let mut high: Option<u8> = None;
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            let Some(digit) = hex(byte) else { continue };
            match high.take() {
                Some(h) => string.push(h << 4 | digit),
                None => high = Some(digit),
            }
        }
        string.extend(high.map(|h| h << 4));
        Object::String(string.into())
    }
}
