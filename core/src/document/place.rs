//! Locations as documents hold them.

use std::rc::Rc;
use std::sync::Arc;

use crate::location::Location;

/// A location in half the room, since a document has one for each paragraph and cell. No
/// carrier has both parts or pages and lines.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    // Counts start at 1: 0 is none.
    block: u32,
    table: u32,
    row: u32,
    column: u32,
    within: Within,
}

const _: () = assert!(size_of::<Place>() == 32);

#[derive(Debug, Clone)]
enum Within {
    /// A document stays in one thread, where counting is quicker.
    Pages {
        part: Option<Rc<Arc<str>>>,
        page: u32,
    },
    Lines {
        line: u32,
        range: (u32, u32),
    },
}

/// No range ends before it begins.
const NO_RANGE: (u32, u32) = (1, 0);

impl Default for Within {
    fn default() -> Self {
        Self::Pages { part: None, page: 0 }
    }
}

fn count(number: u32) -> Option<u32> {
    (number > 0).then_some(number)
}

impl Place {
    pub(crate) fn location(&self) -> Location {
        let (part, page, line, range) = match &self.within {
            Within::Pages { part, page } => (part.as_deref().cloned(), *page, 0, NO_RANGE),
            Within::Lines { line, range } => (None, 0, *line, *range),
        };
        Location {
            part,
            block: count(self.block),
            table: count(self.table),
            row: count(self.row),
            column: count(self.column),
            page: count(page),
            line: count(line),
            range: (range != NO_RANGE).then_some(range),
        }
    }

    pub(crate) fn table(&self) -> Option<u32> {
        count(self.table)
    }

    pub(crate) fn has_page(&self) -> bool {
        matches!(self.within, Within::Pages { page: 1.., .. })
    }

    /// A part of a package.
    pub(crate) fn of_part(part: Arc<str>) -> Self {
        Self { within: Within::Pages { part: Some(Rc::new(part)), page: 0 }, ..Self::default() }
    }

    pub(crate) fn set_block(&mut self, block: Option<u32>) {
        self.block = block.unwrap_or(0);
    }

    pub(crate) fn set_table(&mut self, table: Option<u32>) {
        self.table = table.unwrap_or(0);
    }

    pub(crate) fn set_row(&mut self, row: Option<u32>) {
        self.row = row.unwrap_or(0);
    }

    pub(crate) fn set_column(&mut self, column: Option<u32>) {
        self.column = column.unwrap_or(0);
    }
}

impl From<Location> for Place {
    fn from(location: Location) -> Self {
        let Location { part, block, table, row, column, page, line, range } = location;
        debug_assert!(
            (part.is_none() && page.is_none()) || (line.is_none() && range.is_none()),
            "a carrier has either parts and pages or lines"
        );
        let [block, table, row, column] = [block, table, row, column].map(|count| count.unwrap_or(0));
        let within = match (line, range) {
            (None, None) => Within::Pages { part: part.map(Rc::new), page: page.unwrap_or(0) },
            _ => Within::Lines { line: line.unwrap_or(0), range: range.unwrap_or(NO_RANGE) },
        };
        Self { block, table, row, column, within }
    }
}

impl From<&Location> for Place {
    fn from(location: &Location) -> Self {
        location.clone().into()
    }
}
