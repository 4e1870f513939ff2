//! Groups, control words, control symbols and text ("RTF Syntax").

/// What the file is made of. Line ends are no text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// A control word without its backslash, and its number. Numbers beyond 32 bits
    /// become the nearest.
    Word(&'a [u8], Option<i32>),
    Symbol(u8),
    /// `\'hh`; nothing where no two digits follow.
    Hex(Option<u8>),
    Text(&'a [u8]),
    /// `\bin` with its data.
    Binary,
    End,
}

#[derive(Debug)]
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// What was not read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The bytes from here on of which the test holds.
    fn while_(&mut self, test: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().position(|&b| !test(b)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    pub(super) fn next(&mut self) -> Token<'a> {
        self.while_(|b| matches!(b, b'\r' | b'\n'));
        match self.rest().first() {
            None => Token::End,
            Some(b'{') => {
                self.at += 1;
                Token::Open
            }
            Some(b'}') => {
                self.at += 1;
                Token::Close
            }
            Some(b'\\') => {
                self.at += 1;
                self.control()
            }
            Some(_) => Token::Text(self.while_(|b| !matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n'))),
        }
    }

    fn control(&mut self) -> Token<'a> {
        let word = self.while_(|b| b.is_ascii_alphabetic());
        if !word.is_empty() {
            return self.word(word);
        }
        let Some(&symbol) = self.rest().first() else { return Token::End };
        self.at += 1;
        if symbol != b'\'' {
            return Token::Symbol(symbol);
        }
        let digit = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
        match self.rest() {
            [high, low, ..] if digit(high).is_some() && digit(low).is_some() => {
                self.at += 2;
                Token::Hex(digit(high).zip(digit(low)).map(|(high, low)| high << 4 | low))
            }
            _ => Token::Hex(None),
        }
    }

    fn word(&mut self, word: &'a [u8]) -> Token<'a> {
        let negative = matches!(self.rest(), [b'-', digit, ..] if digit.is_ascii_digit());
        self.at += usize::from(negative);
        let digits = self.while_(|b| b.is_ascii_digit());
        let value = digits
            .iter()
            .fold(0_i64, |value, digit| (value * 10 + i64::from(digit - b'0')).min(i64::from(i32::MAX) + 1));
        let value = if negative { -value } else { value.min(i64::from(i32::MAX)) };
        let number = (!digits.is_empty()).then_some(value).and_then(|value| i32::try_from(value).ok());
        if self.rest().first() == Some(&b' ') {
            self.at += 1;
        }
        if word == b"bin" {
            let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            // Data that is cut leaves the group open, which is an error.
            self.at = self.at.saturating_add(length).min(self.bytes.len());
            return Token::Binary;
        }
        Token::Word(word, number)
    }

    /// Passes over the rest of the open group, its end included. Whether it has one.
    pub(super) fn skip_group(&mut self) -> bool {
        let mut depth = 1_u64;
        loop {
            let Some(next) = memchr::memchr3(b'{', b'}', b'\\', self.rest()) else {
                self.at = self.bytes.len();
                return false;
            };
            self.at += next;
            match self.next() {
                Token::Open => depth += 1,
                Token::Close => depth -= 1,
                Token::End => return false,
                _ => {}
            }
            if depth == 0 {
                return true;
            }
        }
    }
}
