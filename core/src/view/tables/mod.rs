//! Tables for statistics programs: facts, findings, reports, and the wide panel, as
//! columns in Arrow's layout. They arrange what reports say, and never compute.
//!
//! A new table is one file in this folder and one line in [`tables!`]. The fields of all
//! tables are published in `core/schema/tables.json`.

mod columns;
mod facts;
mod findings;
mod panel;
mod reports;

use std::sync::LazyLock;

use columns::Cell;
pub use columns::{Bits, Column, Field, Kind, Values};

use crate::finding::Finding;
use crate::model::Report;

/// Version of the tables' fields. It grows when a field changes its meaning or goes away.
pub const TABLES_VERSION: u32 = 1;

/// One source: its report with its findings, or why there is none.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The file as the caller knows it.
    pub source: &'a str,
    /// The report, or what went wrong.
    pub report: Result<&'a Report, Failure<'a>>,
    /// The reader's findings and those of the checks.
    pub findings: &'a [Finding],
}

/// Why a source gave no report: an error of the library, or of the one who opens files.
#[derive(Debug, Clone, Copy)]
pub struct Failure<'a> {
    /// Who is at fault: the name of an [`crate::ErrorKind`], or `internal`.
    pub kind: &'a str,
    /// Stable identifier of the reason.
    pub code: &'a str,
    /// In English.
    pub message: &'a str,
}

/// What a table is made of.
struct Spec {
    name: &'static str,
    fields: fn() -> Vec<Field>,
    push: fn(&Entry<'_>, &mut [Column]),
}

macro_rules! tables {
    ($($(#[$doc:meta])* $variant:ident => $spec:path;)+) => {
        /// A table of records about reports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Table {
            $($(#[$doc])* $variant,)+
        }

        impl Table {
            /// Every table.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            fn spec(self) -> &'static Spec {
                match self {
                    $(Self::$variant => &$spec,)+
                }
            }

            /// Its fields, in order.
            pub fn fields(self) -> &'static [Field] {
                match self {
                    $(Self::$variant => {
                        static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| ($spec.fields)());
                        &FIELDS
                    })+
                }
            }
        }
    };
}

tables! {
    /// One record a cell of the statutory tables, as [`super::csv`].
    Facts => facts::SPEC;
    /// One record a finding.
    Findings => findings::SPEC;
    /// One record a source: what is known of the report, or why it could not be read.
    Reports => reports::SPEC;
    /// One record a report, one column a cell of the form: its number.
    Panel => panel::NUMBERS;
    /// The same columns: what each cell is, so that blanks, marks and zeros stay apart.
    PanelStatus => panel::STATUSES;
}

impl Table {
    /// The table's stable name.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// The table of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|table| table.name() == name)
    }
}

/// Records of one table, in columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// The table.
    pub table: Table,
    /// One for each of the table's fields.
    pub columns: Vec<Column>,
}

impl Rows {
    /// Bytes of text after which rows should be handed on and new ones begun: a record's
    /// texts are a small part of it.
    pub const FULL: usize = 16 << 20;

    /// No records.
    pub fn new(table: Table) -> Self {
        Self { table, columns: table.fields().iter().map(|field| Column::new(field.kind)).collect() }
    }

    /// Adds the records of a source.
    pub fn push(&mut self, entry: &Entry<'_>) {
        (self.table.spec().push)(entry, &mut self.columns);
    }

    /// How many records.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |column| column.validity.length)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of text in the longest column; one column holds at most 2^31.
    pub fn text_bytes(&self) -> usize {
        let text = |column: &Column| match &column.values {
            Values::Text(_, bytes) => bytes.len(),
            Values::Integer(_) | Values::Decimal(_) | Values::Boolean(_) => 0,
        };
        self.columns.iter().map(text).max().unwrap_or(0)
    }

    /// Whether it is time to hand them on.
    pub fn is_full(&self) -> bool {
        self.len() >= 1 << 16 || self.text_bytes() >= Self::FULL
    }
}

/// Pushes one record: a cell for each column.
fn push_record<const N: usize>(columns: &mut [Column], cells: [Cell<'_>; N]) {
    debug_assert_eq!(columns.len(), N);
    for (column, cell) in columns.iter_mut().zip(cells) {
        column.push(cell);
    }
}

/// Fields from name, type, whether values may be absent, and what they mean in Chinese and
/// English.
fn fields(list: &[(&'static str, Kind, bool, &str, &str)]) -> Vec<Field> {
    let field = |&(name, kind, nullable, zh, en): &(&'static str, Kind, bool, &str, &str)| Field {
        name: name.into(),
        kind,
        nullable,
        metadata: vec![("zh", zh.to_owned()), ("en", en.to_owned())],
    };
    list.iter().map(field).collect()
}
