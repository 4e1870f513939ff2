//! Reports of the sizes that occur: from a village's two pages to a city's hundred.

use crate::form::Edition;
use crate::print::{Cell, Item, Printed, Role, Row, Style, Table, print};
use crate::prose;
use crate::random::Random;
use crate::truth::{Truth, Wishes};

/// How much stands around the statutory tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Hardly more than the tables: about four pages.
    Village,
    /// Ten pages.
    County,
    /// Thirty pages, with tables of its own.
    Bureau,
    /// A hundred pages, with tables of its own.
    City,
}

/// Characters of a page of prose: 22 lines of 28.
const PAGE: usize = 22 * 28;

/// The statutory tables take three pages and a half.
const TABLES: usize = 7 * PAGE / 2;

/// Pages between the tables that a report adds to those of the form.
const PAGES_A_TABLE: usize = 5;

impl Size {
    /// All sizes, the smallest first.
    pub const ALL: &'static [Self] = &[Self::Village, Self::County, Self::Bureau, Self::City];

    /// The name in tables of results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Village => "village",
            Self::County => "county",
            Self::Bureau => "bureau",
            Self::City => "city",
        }
    }

    /// Pages as printed.
    pub fn pages(self) -> usize {
        match self {
            Self::Village => 4,
            Self::County => 10,
            Self::Bureau => 30,
            Self::City => 100,
        }
    }

    /// A dense report of that size.
    pub fn report(self, seed: u64) -> Printed {
        let mut random = Random::new(seed);
        let wishes = Wishes { dense: true, ..Wishes::default() };
        let truth = Truth::random(Edition::Y2021, wishes, &mut random);
        let printed = print(&truth, &Style::default(), &mut random);
        self.fill(printed, &mut random)
    }

    /// Adds prose and tables to the first section until the report has its size.
    fn fill(self, mut printed: Printed, random: &mut Random) -> Printed {
        let wanted = (self.pages() * PAGE).saturating_sub(TABLES);
        let mut written = 0;
        let mut more = Vec::new();
        let mut tables = 0;
        while written < wanted {
            let text: String = (0..4).map(|_| prose::sentence(random)).collect();
            written += text.chars().count();
            more.push(Item::Paragraph(text));
            if written > (tables + 1) * PAGES_A_TABLE * PAGE {
                tables += 1;
                more.push(Item::Table(foreign(random)));
            }
        }
        let first = printed.items.iter().position(|item| matches!(item, Item::Heading(..)));
        let at = first.map_or(0, |at| at + 1);
        printed.items.splice(at..at, more);
        printed
    }
}

/// A table that is no part of the form.
fn foreign(random: &mut Random) -> Table {
    let cell = |text: String| Cell { paragraphs: vec![text], columns: 1, rows: 1, role: Role::Label };
    let header = ["序号", "责任单位", "发布条数", "上年条数", "及时率"].map(|text| cell(text.to_owned()));
    let mut rows = vec![Row { cells: header.to_vec(), block: 0 }];
    for number in 1..=12 {
        let cells = vec![
            cell(number.to_string()),
            cell(prose::place(random).to_owned()),
            cell(random.between(1, 900).to_string()),
            cell(random.between(1, 900).to_string()),
            cell(format!("{}%", random.between(80, 100))),
        ];
        rows.push(Row { cells, block: 0 });
    }
    Table { rows }
}
