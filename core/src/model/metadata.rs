//! Who reports, on which year, and what says so.

use serde::{Deserialize, Serialize};

use crate::date::Date;
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

    /// The level in Chinese.
    pub const fn name_zh(self) -> &'static str {
        match self {
            Self::Province => "省级",
            Self::Prefecture => "地级",
            Self::County => "县级",
            Self::Township => "乡级",
        }
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
