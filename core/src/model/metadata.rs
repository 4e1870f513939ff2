//! Who reports, on which year, and what says so.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::location::Location;

/// Something inferred, with the printed text it rests on and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence<T> {
    /// What was inferred.
    pub value: T,
    /// The printed text.
    pub text: String,
    /// Where it stands.
    pub location: Location,
}

/// The organ that reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// The name as printed, white space removed.
    pub name: String,
    /// Its level, where the name tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// The printed text the name was taken from.
    pub text: String,
    /// Where it stands.
    pub location: Location,
}

/// Level of a people's government. Departments have none of their own, and 市 alone
/// does not tell a prefecture from a county-level city.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Level {
    /// 省、自治区
    Province,
    /// 自治州、地区、盟
    Prefecture,
    /// 县、区、旗
    County,
    /// 乡、镇、街道
    Township,
}

impl Level {
    /// The level's stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::Prefecture => "prefecture",
            Self::County => "county",
            Self::Township => "township",
        }
    }
}

/// A calendar date. It prints as `2021-01-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// The date, if there is such a day in the Gregorian calendar (years 1 to 9999).
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 0,
        };
        ((1..=9999).contains(&year) && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// Year, month and day.
    pub const fn ymd(self) -> (i32, u8, u8) {
        (self.year, self.month, self.day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for Date {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mut parts = text.splitn(3, '-');
        let mut part = || parts.next().and_then(|p| p.parse::<u16>().ok());
        (|| {
            let (year, month, day) = (part()?, part()?, part()?);
            Self::new(i32::from(year), u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        })()
        .ok_or_else(|| format!("expected a date YYYY-MM-DD, found {text:?}"))
    }
}

/// The period the numbers cover. A report may state only its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// Last day.
    pub end: Date,
}
