//! Which block of the form a stretch of printed rows is.

use super::label::{Agreement, Key};
use super::lexicon::{BlockWords, Lexicon};
use super::printed::{PrintedTable, RowClass};
use crate::model::Edition;

/// A stretch of rows that belongs together: a title, column labels, rows.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Row of the title, and its number.
    pub(super) title: Option<(usize, Option<u32>)>,
    pub(super) header: Vec<usize>,
    pub(super) data: Vec<usize>,
}

/// The block a part was found to be.
pub(super) struct Identity<'a> {
    pub(super) words: &'a BlockWords,
    /// The edition, where the words decide.
    pub(super) edition: Option<Edition>,
}

/// No header has more rows.
pub(super) const MAX_HEADER_ROWS: usize = 12;

/// Rows that tell a block; the form has 25 at the most.
const TELLING_ROWS: usize = 100;

/// Cuts a table at titles and at headers that follow rows.
pub(super) fn split(table: &PrintedTable<'_>, lexicon: &Lexicon) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for row in 0..table.rows.len() {
        let in_header = parts.last().is_none_or(|part| part.data.is_empty());
        let class = table.class(row, in_header, lexicon);
        let open = match class {
            RowClass::Title(_) => false,
            RowClass::Header => in_header,
            RowClass::Data | RowClass::Other | RowClass::Blank => true,
        };
        if !open || parts.is_empty() {
            parts.push(Part::default());
        }
        let Some(part) = parts.last_mut() else { continue };
        match class {
            RowClass::Title(number) => part.title = Some((row, number)),
            RowClass::Header => part.header.push(row),
            // A label cut in two may fill a header row of its own.
            RowClass::Other if part.data.is_empty() && (1..MAX_HEADER_ROWS).contains(&part.header.len()) => {
                part.header.push(row);
            }
            RowClass::Data | RowClass::Other => part.data.push(row),
            // The one row of section 4 may be blank altogether.
            RowClass::Blank if !part.header.is_empty() => part.data.push(row),
            RowClass::Blank => {}
        }
    }
    parts
}

/// The block whose words a part has, if it is clear.
pub(super) fn identify<'l>(
    part: &Part,
    table: &PrintedTable<'_>,
    lexicon: &'l Lexicon,
) -> Option<Identity<'l>> {
    let labels = Labelled::new(part, table);
    let mut scored: Vec<(i32, &BlockWords)> = lexicon
        .blocks
        .iter()
        .filter_map(|words| score(part, &labels, words).map(|score| (score, words)))
        .collect();
    scored.sort_by_key(|&(score, _)| std::cmp::Reverse(score));
    let &(first, words) = scored.first()?;
    let rivals: Vec<&BlockWords> =
        scored.iter().skip(1).filter(|&&(score, _)| score == first).map(|&(_, words)| words).collect();
    // Equal words in another block of the form decide nothing; equal words in the same
    // block of another edition leave only the edition open.
    if rivals.iter().any(|r| r.spec.table != words.spec.table || r.title != words.title) {
        return None;
    }
    let edition = match words.editions.as_slice() {
        [edition] if rivals.is_empty() => Some(*edition),
        _ => None,
    };
    Some(Identity { words, edition })
}

/// The words of a part, which are compared with those of every block.
struct Labelled<'t> {
    /// Of its header.
    header: Vec<&'t Key<'t>>,
    /// Of its rows, each with its row, from the last label that begins in the row.
    rows: Vec<(usize, &'t Key<'t>)>,
}

impl<'t> Labelled<'t> {
    fn new(part: &Part, table: &'t PrintedTable<'t>) -> Self {
        let begun = |row: usize| table.row(row).filter(|(slot, _)| slot.first).map(|(_, cell)| cell);
        let header = part.header.iter().take(MAX_HEADER_ROWS).flat_map(|&row| begun(row));
        let labels = |row| begun(row).rev().filter(|cell| !cell.is_value && !cell.is_blank());
        let rows = part.data.iter().take(TELLING_ROWS);
        Self {
            header: header.map(|cell| &cell.key).collect(),
            rows: rows.flat_map(|&row| labels(row).map(move |cell| (row, &cell.key))).collect(),
        }
    }
}

fn score(part: &Part, labels: &Labelled<'_>, words: &BlockWords) -> Option<i32> {
    let weight = |agreement: Agreement| match agreement {
        Agreement::Exact => 4,
        Agreement::Variant => 3,
        Agreement::Near(_) => 2,
    };
    let (mut columns, mut rows, mut total) = (0_usize, 0_usize, 0);
    // 其他 and 总计 stand in any table.
    let mut specific = 0_usize;
    let is_specific = |key: &Key<'_>| usize::from(key.bare().chars().nth(2).is_some());
    for key in &labels.header {
        if let Some((_, agreement)) = words.columns.best(key) {
            columns += 1;
            specific += is_specific(key);
            total += weight(agreement);
        }
    }
    let mut found: std::collections::BTreeSet<usize> = std::collections::BTreeSet::new();
    for row in labels.rows.chunk_by(|(one, _), (other, _)| one == other) {
        // The last label that begins in a row is its own; the others name groups.
        let matched = row.iter().find_map(|&(_, key)| Some((key, words.row(key)?)));
        if let Some((key, (index, agreement))) = matched {
            if !found.insert(index) {
                continue;
            }
            rows += 1;
            specific += is_specific(key);
            total += weight(agreement) / 2;
        }
    }
    let unlabelled = words.spec.rows().any(|row| row.label.is_empty());
    let missing = words.spec.columns.len().saturating_sub(columns);
    total -= i32::try_from(missing).unwrap_or(i32::MAX);
    let title_agrees = match (part.title.and_then(|(_, number)| number), words.title) {
        (Some(printed), Some(own)) if printed == own => {
            total += 6;
            true
        }
        (Some(_), _) => {
            total -= 6;
            false
        }
        _ => false,
    };
    let enough = if unlabelled {
        columns * 2 > words.spec.columns.len()
    } else {
        (columns > 0 && rows > 0) || rows >= 3 || (title_agrees && columns + rows > 0)
    };
    (enough && (specific > 0 || title_agrees)).then_some(total)
}
