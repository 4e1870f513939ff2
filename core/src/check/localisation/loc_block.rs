//! LOC-BLOCK: one move of a row or a column that makes all sums of a table hold.
//!
//! # What it checks
//!
//! Where sums of the requests table do not hold: whether all of them would if one row is
//! taken for shifted by some columns, for having lost a zero cell or printed one twice; if
//! two neighbouring rows or any two columns are taken for exchanged; if a part of a column
//! slipped by one row; if the row of totals was left at zero.
//!
//! # Why
//!
//! Copying a table moves many numbers at once. That is one slip, though it changes more
//! cells than the smallest set that would explain the differences as well (Scholtus,
//! 2016). Moves are ranked together with the sets of LOC-CELLS.
//!
//! # Example
//!
//! `（一）予以公开` reads 0, 3, 1, 0, 0, 0, 0 where 3, 1, 0, 0, 0, 0, 4 would make its row
//! and all columns add up: row shifted by one column.
//!
//! # When it cannot tell
//!
//! Some moves change no sum: two outcome rows exchanged look as well as before.

use crate::check::locate::Slip;
use crate::check::results::Results;
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;

use super::loc_cells::suspects;

pub(in crate::check) const CHECK: Check = Check {
    code: "LOC-BLOCK",
    version: 1,
    severity: Severity::Info,
    level: 1,
    title_zh: "整行整列错位的迹象",
    title_en: "one move of a row or column explains all differences",
    clause: "",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let mut found = false;
    for (cause, rank, option) in subject.localisation().listed(subject.options) {
        let Some(place) = &option.moved else { continue };
        found = true;
        let n = cause.count();
        let (mut zh, mut en) = (place.slip.words().0.to_owned(), place.slip.words().1.to_owned());
        if place.slip == Slip::RowShifted {
            zh = format!("{zh}{}格", place.by);
            let columns = if place.by == 1 { "column" } else { "columns" };
            en = format!("{en} by {} {columns}", place.by);
        }
        let finding = results.finding(
            format!("疑似{zh}：{}（共{n}种方案，列为第{rank}）", place.zh),
            format!("Looks like {en}: {} (option {rank} of {n})", place.en),
        );
        results.push(
            || format!("{}/{rank}", cause.name),
            suspects(subject, finding, &option.cells, &cause.name),
        );
    }
    if !found {
        results.pass(String::new);
    }
}
