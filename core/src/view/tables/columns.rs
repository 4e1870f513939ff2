//! Columns in the layout of the Apache Arrow columnar format (version 1.5), so that a
//! binding hands them out without another copy.

use std::borrow::Cow;

use crate::model::Decimal;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// UTF-8 text: Arrow `utf8`.
    Text,
    /// A whole number: Arrow `int64`.
    Integer,
    /// An exact number: Arrow `decimal128(38, 10)`, wide enough for every
    /// [`Decimal`].
    Decimal,
    /// Yes or no: Arrow `bool`.
    Boolean,
}

impl Kind {
    /// The format string of the Arrow C data interface.
    pub const fn arrow_format(self) -> &'static str {
        match self {
            Self::Text => "u",
            Self::Integer => "l",
            Self::Decimal => "d:38,10",
            Self::Boolean => "b",
        }
    }

    /// The type in Arrow's own words.
    pub const fn arrow_name(self) -> &'static str {
        match self {
            Self::Text => "utf8",
            Self::Integer => "int64",
            Self::Decimal => "decimal128(38, 10)",
            Self::Boolean => "bool",
        }
    }

    /// Whether it holds numbers.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Decimal)
    }

    /// The type in SQL as Spark, DuckDB and most databases read it.
    pub const fn sql_name(self) -> &'static str {
        match self {
            Self::Text => "STRING",
            Self::Integer => "BIGINT",
            Self::Decimal => "DECIMAL(38,10)",
            Self::Boolean => "BOOLEAN",
        }
    }
}

/// A column's name, type and meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// ASCII, at most 32 characters.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub kind: Kind,
    /// Whether values may be absent.
    pub nullable: bool,
    /// What it means: `zh` and `en` labels, and `unit` where numbers have one.
    pub metadata: Vec<(&'static str, String)>,
}

/// A column's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// One bit a row, least significant first: set where there is a value.
    pub validity: Bits,
    /// The values; at absent ones stands zero or nothing.
    pub values: Values,
}

/// Values in Arrow's layout.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Values {
    /// Where each text begins, and where the last ends; and all texts.
    Text(Vec<i32>, Vec<u8>),
    /// Whole numbers.
    Integer(Vec<i64>),
    /// Numbers times 10^10.
    Decimal(Vec<i128>),
    /// One bit a row.
    Boolean(Bits),
}

/// A row of bits, least significant first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bits {
    /// The bits; those after the last are zero.
    pub bytes: Vec<u8>,
    /// How many.
    pub length: usize,
    /// How many are set.
    pub set: usize,
}

impl Bits {
    /// The bit at a position; None after the last.
    pub fn get(&self, at: usize) -> Option<bool> {
        let byte = self.bytes.get(at / 8).filter(|_| at < self.length)?;
        Some(byte & (1 << (at % 8)) != 0)
    }

    fn push(&mut self, bit: bool) {
        if self.length.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if bit && let Some(last) = self.bytes.last_mut() {
            *last |= 1 << (self.length % 8);
            self.set += 1;
        }
        self.length += 1;
    }
}

/// A cell to be pushed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cell<'a> {
    Absent,
    Text(&'a str),
    Integer(i64),
    Decimal(Decimal),
    Boolean(bool),
}

impl<'a> From<Option<&'a str>> for Cell<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Absent, Self::Text)
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl From<Option<i64>> for Cell<'_> {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::Absent, Self::Integer)
    }
}

impl From<Option<Decimal>> for Cell<'_> {
    fn from(number: Option<Decimal>) -> Self {
        number.map_or(Self::Absent, Self::Decimal)
    }
}

impl Column {
    pub(super) fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text => Values::Text(vec![0], Vec::new()),
            Kind::Integer => Values::Integer(Vec::new()),
            Kind::Decimal => Values::Decimal(Vec::new()),
            Kind::Boolean => Values::Boolean(Bits::default()),
        };
        Self { validity: Bits::default(), values }
    }

    /// A cell of another kind than the column's is absent: the tables' own tests see to it
    /// that there is none.
    pub(super) fn push(&mut self, cell: Cell<'_>) {
        let valid = match (&mut self.values, cell) {
            (Values::Text(offsets, bytes), Cell::Text(text)) => {
                bytes.extend_from_slice(text.as_bytes());
                push_end(offsets, bytes.len());
                true
            }
            (Values::Text(offsets, bytes), _) => {
                push_end(offsets, bytes.len());
                false
            }
            (Values::Integer(values), Cell::Integer(value)) => {
                values.push(value);
                true
            }
            (Values::Integer(values), _) => {
                values.push(0);
                false
            }
            (Values::Decimal(values), Cell::Decimal(value)) => {
                let scaled = value.scaled(Decimal::MAX_PLACES);
                values.push(scaled.unwrap_or(0));
                scaled.is_some()
            }
            (Values::Decimal(values), _) => {
                values.push(0);
                false
            }
            (Values::Boolean(bits), Cell::Boolean(bit)) => {
                bits.push(bit);
                true
            }
            (Values::Boolean(bits), _) => {
                bits.push(false);
                false
            }
        };
        self.validity.push(valid);
    }
}

impl Column {
    /// The value in a row as text, zeros at the end of decimals left out; None where it is
    /// absent.
    pub fn shown(&self, row: usize) -> Option<String> {
        if !self.validity.get(row)? {
            return None;
        }
        Some(match &self.values {
            Values::Text(offsets, bytes) => {
                let end = |at: usize| usize::try_from(*offsets.get(at)?).ok();
                String::from_utf8_lossy(bytes.get(end(row)?..end(row + 1)?)?).into_owned()
            }
            Values::Integer(values) => values.get(row)?.to_string(),
            Values::Decimal(values) => {
                let value = Decimal::new(*values.get(row)?, Decimal::MAX_PLACES)?.to_string();
                value.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
            Values::Boolean(bits) => bits.get(row)?.to_string(),
        })
    }
}

/// Texts of one table stay below [`super::Rows::FULL`], far from the end of the type.
fn push_end(offsets: &mut Vec<i32>, end: usize) {
    offsets.push(i32::try_from(end).unwrap_or(i32::MAX));
}
