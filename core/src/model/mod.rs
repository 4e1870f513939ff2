//! The report: what one document says, with the place of everything it says.

mod decimal;
mod metadata;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use decimal::Decimal;
pub use metadata::{Agency, Evidence, Level, Period};

use crate::date::Date;
use crate::finding::Finding;
use crate::format::Format;
use crate::location::Location;

/// Version of the JSON form. It grows when a field changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;

/// One report.
///
/// What the document does not say is absent, never guessed. Everything inferred
/// carries its evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub(crate) schema_version: u32,
    pub(crate) format: Format,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) encoding: Option<Cow<'static, str>>,
    pub(crate) title: Option<Evidence<String>>,
    pub(crate) agency: Option<Agency>,
    pub(crate) year: Option<Evidence<i32>>,
    pub(crate) period: Option<Evidence<Period>>,
    pub(crate) published: Option<Evidence<Date>>,
    pub(crate) signed: Option<Evidence<Date>>,
    pub(crate) document_number: Option<Evidence<String>>,
    pub(crate) editions: Vec<BlockEdition>,
    pub(crate) preamble: Vec<Text>,
    pub(crate) sections: Vec<Section>,
    pub(crate) closing: Vec<Text>,
    pub(crate) facts: Vec<Fact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) subtotals: Vec<Fact>,
    pub(crate) findings: Vec<Finding>,
}

impl Report {
    /// The carrier the report was read from.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The text encoding the report was decoded from (a name of the WHATWG Encoding
    /// Standard); absent for carriers that are no text.
    pub fn encoding(&self) -> Option<&str> {
        self.encoding.as_deref()
    }

    /// The title as printed, lines joined.
    pub fn title(&self) -> Option<&Evidence<String>> {
        self.title.as_ref()
    }

    /// The organ that reports, as printed.
    pub fn agency(&self) -> Option<&Agency> {
        self.agency.as_ref()
    }

    /// The year reported on.
    pub fn year(&self) -> Option<i32> {
        self.year.as_ref().map(|year| year.value)
    }

    /// The year reported on, with what says so.
    pub fn year_evidence(&self) -> Option<&Evidence<i32>> {
        self.year.as_ref()
    }

    /// The period the numbers cover, where the report states it.
    pub fn period(&self) -> Option<&Evidence<Period>> {
        self.period.as_ref()
    }

    /// The date of publication, as the page around the report states it.
    pub fn published(&self) -> Option<&Evidence<Date>> {
        self.published.as_ref()
    }

    /// The date under the report.
    pub fn signed(&self) -> Option<&Evidence<Date>> {
        self.signed.as_ref()
    }

    /// The document number above or below the title.
    pub fn document_number(&self) -> Option<&Evidence<String>> {
        self.document_number.as_ref()
    }

    /// The edition of the form, where all blocks agree on one. Absent for hybrids:
    /// ask [`Report::editions`] or the single fact.
    pub fn edition(&self) -> Option<Edition> {
        let mut editions = self.editions.iter().filter_map(|block| block.edition);
        let first = editions.next()?;
        editions.all(|edition| edition == first).then_some(first)
    }

    /// The edition of each block of the statutory tables, with its evidence.
    pub fn editions(&self) -> &[BlockEdition] {
        &self.editions
    }

    /// Paragraphs before the first heading, the title left out.
    pub fn preamble(&self) -> &[Text] {
        &self.preamble
    }

    /// Sections in printed order.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// Signature and date lines under the report.
    pub fn closing(&self) -> &[Text] {
        &self.closing
    }

    /// The fact of that id, for example `requests.received.total`. Absent where the
    /// document does not print the cell.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.has_id(id))
    }

    /// All facts in the order of the form.
    pub fn facts(&self) -> std::slice::Iter<'_, Fact> {
        self.facts.iter()
    }

    /// Values that the report prints for a group of rows, for example `requests.denied`:
    /// the form has no such cells, and they are in no sum.
    pub fn subtotals(&self) -> &[Fact] {
        &self.subtotals
    }

    /// What is irregular in the document.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// An edition of the form, named by its year of issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Edition(pub(crate) u16);

impl Edition {
    /// The year the form was issued.
    pub const fn year(self) -> u16 {
        self.0
    }

    /// The notice that issued the form.
    pub fn issued_by(self) -> &'static str {
        crate::template::TEMPLATES.iter().find(|t| t.edition == self).map_or("", |t| t.issued_by)
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which edition a block of the statutory tables follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockEdition {
    /// The table: `proactive`, `requests` or `review`.
    pub table: Cow<'static, str>,
    /// The block as the form titles it; empty where a table is one block.
    pub block: Cow<'static, str>,
    /// The edition. Absent where the block's words fit several and nothing else decides.
    pub edition: Option<Edition>,
    /// The printed words that decided.
    pub evidence: String,
    /// Where they stand.
    pub location: Location,
}

/// One cell of a statutory table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Fact {
    /// `proactive`, `requests` or `review`.
    pub table: Cow<'static, str>,
    /// Row, for example `denied.state_secret`; a row the form does not name but the
    /// report prints under a named one is `other_services/行政检查`.
    pub row: Cow<'static, str>,
    /// Column, for example `natural_person`.
    pub column: Cow<'static, str>,
    /// Edition of the block the cell stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<Edition>,
    /// The number, exactly as printed. Absent unless `status` is `Reported`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Decimal>,
    /// The unit printed in the cell or its header. Absent where none is printed; what
    /// the form then means is [`Fact::form_unit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// What kind of cell it is.
    pub status: Status,
    /// The cell's own characters. For a row whose values cannot be placed: all of
    /// them, separated by TAB.
    pub text: String,
    /// Where the cell stands.
    pub location: Location,
}

impl Fact {
    /// `table.row.column`.
    pub fn id(&self) -> String {
        format!("{}.{}.{}", self.table, self.row, self.column)
    }

    pub(crate) fn has_id(&self, id: &str) -> bool {
        id.strip_prefix(&*self.table)
            .and_then(|rest| rest.strip_prefix('.'))
            .and_then(|rest| rest.strip_prefix(&*self.row))
            .and_then(|rest| rest.strip_prefix('.'))
            .is_some_and(|rest| rest == self.column)
    }

    /// The unit the form defines for this cell, whatever is printed. A derived
    /// reading: it never enters the fact.
    pub fn form_unit(&self) -> Option<Unit> {
        crate::template::form_unit(self.edition, &self.table, &self.row, &self.column)
    }

    /// The unit the number is in: the printed one, else the form's.
    pub(crate) fn meant_unit(&self) -> Option<Unit> {
        self.unit.or_else(|| self.form_unit())
    }

    /// The value of an amount of money in yuan, if it stays exact. A derived reading: it
    /// never enters the fact.
    pub(crate) fn in_yuan(&self) -> Option<Decimal> {
        match self.meant_unit() {
            Some(Unit::TenThousandYuan) => self.value?.checked_shift(4),
            _ => self.value,
        }
    }
}

/// What kind of cell it is. Blank is never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Status {
    /// A number.
    Reported,
    /// An empty cell.
    Blank,
    /// A mark that stands for "none": "/", "—", "-", "无".
    NotApplicable,
    /// Something is there that is no number, or cannot be placed with certainty.
    Unreadable,
}

impl Status {
    /// The status's stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Blank => "blank",
            Self::NotApplicable => "not_applicable",
            Self::Unreadable => "unreadable",
        }
    }
}

/// A unit as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// 件: pieces, cases.
    Piece,
    /// 项: items.
    Item,
    /// 万元: ten thousand yuan.
    TenThousandYuan,
    /// 元: yuan.
    Yuan,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 4] = [Self::Piece, Self::Item, Self::TenThousandYuan, Self::Yuan];

    /// The unit as printed.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Piece => "件",
            Self::Item => "项",
            Self::TenThousandYuan => "万元",
            Self::Yuan => "元",
        }
    }

    /// Whether it measures money.
    pub const fn is_money(self) -> bool {
        matches!(self, Self::TenThousandYuan | Self::Yuan)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.symbol())
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let symbol = Cow::<str>::deserialize(deserializer)?;
        Self::ALL
            .into_iter()
            .find(|unit| unit.symbol() == symbol)
            .ok_or_else(|| serde::de::Error::custom(format!("expected a unit, found {symbol:?}")))
    }
}

/// A section of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What the section is about, told by its words; two where one heading names two;
    /// none for sections the form does not have.
    pub roles: Vec<Role>,
    /// The heading as printed, its number included.
    pub heading: String,
    /// Where the heading stands.
    pub location: Location,
    /// The narrative in order; tables are in the facts.
    pub paragraphs: Vec<Text>,
}

/// A paragraph of narrative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The characters, white space at both ends removed.
    pub text: String,
    /// Where it stands.
    pub location: Location,
}

/// The six sections of the form (Regulations, article 50).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// 总体情况
    Overview,
    /// 主动公开政府信息情况
    Proactive,
    /// 收到和处理政府信息公开申请情况
    Requests,
    /// 政府信息公开行政复议、行政诉讼情况
    Review,
    /// 存在的主要问题及改进情况
    Problems,
    /// 其他需要报告的事项
    OtherMatters,
}

impl Role {
    /// All roles in the order of the form.
    pub const ALL: [Self; 6] =
        [Self::Overview, Self::Proactive, Self::Requests, Self::Review, Self::Problems, Self::OtherMatters];

    /// The role's stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Proactive => "proactive",
            Self::Requests => "requests",
            Self::Review => "review",
            Self::Problems => "problems",
            Self::OtherMatters => "other_matters",
        }
    }

    /// The heading the form gives the section (edition 2021).
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Overview => "总体情况",
            Self::Proactive => "主动公开政府信息情况",
            Self::Requests => "收到和处理政府信息公开申请情况",
            Self::Review => "政府信息公开行政复议、行政诉讼情况",
            Self::Problems => "存在的主要问题及改进情况",
            Self::OtherMatters => "其他需要报告的事项",
        }
    }
}
