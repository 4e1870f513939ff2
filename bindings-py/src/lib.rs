//! Python binding of `gongkai`: casts, conversions and the panic guard, no logic.
//!
//! Files are opened and exceptions defined on the Python side (`python/gongkai`); here
//! bytes become reports.
// PyO3's attributes expand to items without documentation.
#![allow(missing_docs)]

mod archive;
mod batch;
mod check;
mod convert;
mod fact;
mod finding;
mod guard;
mod limits;
mod location;
mod record;
mod records;
mod report;
mod rows;
mod table;

#[pyo3::pymodule(gil_used = false)]
mod _gongkai {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::archive::{Archive, open_archive};
    #[pymodule_export]
    use crate::batch::{Batch, Reports, read_sources};
    #[pymodule_export]
    use crate::check::{
        ReportFindings, WaivedFinding, Waivers, check_rollup, check_series, checks, compare, evaluate,
        findings_from_json, findings_view,
    };
    #[pymodule_export]
    use crate::convert::encode_gb18030;
    #[pymodule_export]
    use crate::fact::{Fact, Facts};
    #[pymodule_export]
    use crate::finding::{Finding, Message, Regrade, Suggestion, Waiver};
    #[cfg(debug_assertions)]
    #[pymodule_export]
    use crate::guard::_panic;
    #[pymodule_export]
    use crate::limits::Limits;
    #[pymodule_export]
    use crate::location::Location;
    #[pymodule_export]
    use crate::records::{Records, read_records};
    #[pymodule_export]
    use crate::report::{
        BlockEdition, Period, Report, Section, Text, balances, csv_records, extensions, format_named,
        indicators, jsonl_records, parse,
    };
    #[pymodule_export]
    use crate::table::{Schema, Table, fields};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::guard::keep_panics_off_stderr();
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("SCHEMA_VERSION", gongkai::SCHEMA_VERSION)?;
        module.add("TABLES_VERSION", gongkai::view::tables::TABLES_VERSION)?;
        let tables = gongkai::view::tables::Table::ALL.iter().map(|table| table.name());
        module.add("TABLES", pyo3::types::PyTuple::new(module.py(), tables)?)?;
        module.add("CSV_HEADER", gongkai::view::CSV_HEADER)
    }
}
