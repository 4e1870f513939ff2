//! The numbers of a report by the kind of their cells.

use crate::finding::Finding;
use crate::model::{Decimal, Fact, Status};
use crate::template::{BlockSpec, Kind};

use super::results::Results;
use super::subject::Subject;

/// Cells of some kinds: those with numbers, and those where something else is printed.
pub(crate) struct Numbers<'a> {
    pub(crate) known: Vec<(&'static BlockSpec, &'a Fact, Decimal)>,
    pub(crate) unreadable: Unreadable<'a>,
}

/// Cells of which a check of single values cannot say anything.
pub(crate) struct Unreadable<'a>(Vec<&'a Fact>);

pub(crate) fn numbers<'a>(subject: &Subject<'a>, wanted: impl Fn(Kind) -> bool) -> Numbers<'a> {
    let mut numbers = Numbers { known: Vec::new(), unreadable: Unreadable(Vec::new()) };
    let named = subject.sheets.iter().flat_map(|filled| &filled.named).filter_map(|fact| {
        let block = subject.block_of(fact)?;
        Some((block, block.columns.iter().find(|column| column.id == fact.column)?.kind, *fact))
    });
    let cells = subject.cells().filter_map(|(cell, fact)| Some((cell.block, cell.column.kind, fact?)));
    for (block, kind, fact) in cells.chain(named) {
        match (fact.status, fact.value) {
            _ if !wanted(kind) => {}
            (Status::Reported, Some(value)) => numbers.known.push((block, fact, value)),
            (Status::Unreadable, _) => numbers.unreadable.0.push(fact),
            _ => {}
        }
    }
    numbers
}

impl Unreadable<'_> {
    /// Ends a check of single values: one answer for all that is unreadable, and that all
    /// is well if nothing is and nothing failed.
    pub(crate) fn close(self, failed: bool, results: &mut Results<'_>) {
        if self.0.is_empty() {
            if !failed {
                results.pass(String::new);
            }
            return;
        }
        let start: Finding = results
            .finding(
                "有单元格无法识别，不能判断其数值",
                "some cells are unreadable, so their values are open",
            )
            .unknown(None);
        let finding = self.0.iter().fold(start, |finding, fact| finding.fact(fact.id()).at(&fact.location));
        results.push(String::new, finding);
    }
}
