//! `gongkai.Location`.

use crate::record::record;

record! {
    /// Where something stands in the carrier. What a carrier does not have is None;
    /// counts start at 1.
    Location(gongkai::Location), hash |this| this;

    /// Name of the part inside a package.
    #[getter]
    fn part(&self) -> Option<&str> {
        self.0.part.as_deref()
    }

    /// Ordinal of the paragraph or table in the body.
    #[getter]
    fn block(&self) -> Option<u32> {
        self.0.block
    }

    /// Ordinal of the table in the document.
    #[getter]
    fn table(&self) -> Option<u32> {
        self.0.table
    }

    /// Row in the table.
    #[getter]
    fn row(&self) -> Option<u32> {
        self.0.row
    }

    /// Grid column in the table; where columns are unknown, the cell's ordinal in its row.
    #[getter]
    fn column(&self) -> Option<u32> {
        self.0.column
    }

    /// Page.
    #[getter]
    fn page(&self) -> Option<u32> {
        self.0.page
    }

    /// Line of the decoded text.
    #[getter]
    fn line(&self) -> Option<u32> {
        self.0.line
    }

    /// Half-open range of UTF-8 bytes in the decoded text.
    #[getter]
    fn range(&self) -> Option<(u32, u32)> {
        self.0.range
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("<gongkai.Location {}>", self.0)
    }
}
