//! The one evaluator of the relations that editions carry.

use crate::finding::Finding;
use crate::model::{Decimal, Fact};
use crate::template::{Axis, BlockSpec, Edit, Relation, Term};

use super::results::Results;
use super::sheet::{Entry, Filled, Line, Operand, Sum, column_label, row_label};
use super::subject::Subject;

/// Tests every edit of that code in every line it holds in. With `before`, the report of
/// the year before, those across years; without, those inside the report.
pub(super) fn evaluate<'a>(
    code: &str,
    subject: &Subject<'a>,
    before: Option<&Subject<'a>>,
    results: &mut Results<'_>,
) {
    for filled in &subject.sheets {
        for line in filled.lines(code, before.is_some()) {
            if before.is_none() && filled.named.is_empty() && holds_plainly(line, filled) {
                results.pass(|| line.line.to_owned());
                continue;
            }
            if before.is_some_and(|before| lacks_terms(before, line)) {
                continue;
            }
            if let Some(tested) = Tested::of_line(line, filled, before) {
                tested.report(line.edit, line.line, line.block, subject, before, results);
            }
            for row in named_rows(filled, line) {
                let tested = Tested::of_named(line, row, filled, before);
                tested.report(line.edit, row, line.block, subject, before, results);
            }
        }
    }
}

/// Whether all cells of a line are numbers for which the relation holds: nearly always so.
fn holds_plainly(line: &Line, filled: &Filled<'_>) -> bool {
    let side = |entries: &[Entry]| {
        let add = |sum: Sum, entry: &Entry| sum.plus(operand(entry.term, filled.fact(entry.cell)));
        entries.iter().fold(Sum::ZERO, add).known()
    };
    side(&line.left).zip(side(&line.right)).is_some_and(|sums| holds(line.edit.relation, sums))
}

fn holds(relation: Relation, (left, right): (Decimal, Decimal)) -> bool {
    match relation {
        Relation::Equal => left == right,
        Relation::AtMost => left <= right,
        Relation::AtLeast => left >= right,
    }
}

/// Whether the block of the year before follows an edition that has not those cells: there
/// is nothing to compare then. A block that is not printed at all leaves the answer open.
fn lacks_terms(before: &Subject<'_>, line: &Line) -> bool {
    let (table, title) = (line.block.table, line.block.title);
    let printed = before.report.editions().iter().any(|b| b.table == table && b.block == title);
    let mut terms = line.edit.terms().filter(|term| term.before);
    printed
        && terms.any(|term| {
            let (row, column) = line.edit.place(term, line.line);
            before.sum(table, row, column).is_none()
        })
}

/// Rows that the report itself names under the line's row.
fn named_rows<'a>(filled: &Filled<'a>, line: &Line) -> Vec<&'a str> {
    let mut rows: Vec<&str> = Vec::new();
    if line.edit.axis == Axis::Columns {
        for fact in &filled.named {
            let below = fact.row.strip_prefix(line.line).is_some_and(|rest| rest.starts_with('/'));
            if below && fact.table == line.edit.table && !rows.contains(&&*fact.row) {
                rows.push(&fact.row);
            }
        }
    }
    rows
}

/// An edit's two sides in one line.
struct Tested<'a> {
    left: Sum,
    right: Sum,
    terms: Vec<(&'static Term, Option<&'a Fact>)>,
}

impl<'a> Tested<'a> {
    /// None where the report has named rows in the place of the form's own.
    fn of_line(line: &'static Line, filled: &Filled<'a>, before: Option<&Subject<'a>>) -> Option<Self> {
        let fact = |entry: &Entry| {
            if entry.term.before {
                let (row, column) = line.edit.place(entry.term, line.line);
                before.and_then(|subject| subject.fact(line.edit.table, row, column))
            } else {
                filled.fact(entry.cell)
            }
        };
        let tested = Self::new(
            line.edit,
            line.left.iter().map(|e| (e.term, fact(e))),
            line.right.iter().map(|e| (e.term, fact(e))),
        );
        let printed = tested.terms.iter().any(|(term, fact)| !term.before && fact.is_some());
        (printed || named_rows(filled, line).is_empty()).then_some(tested)
    }

    fn of_named(line: &'static Line, row: &str, filled: &Filled<'a>, before: Option<&Subject<'a>>) -> Self {
        let find = |named: &[&'a Fact], term: &Term| {
            named.iter().copied().find(|f| f.table == line.edit.table && f.row == row && f.column == term.id)
        };
        let fact = |entry: &Entry| {
            if entry.term.before {
                before?.sheets.iter().find_map(|sheet| find(&sheet.named, entry.term))
            } else {
                find(&filled.named, entry.term)
            }
        };
        Self::new(
            line.edit,
            line.left.iter().map(|e| (e.term, fact(e))),
            line.right.iter().map(|e| (e.term, fact(e))),
        )
    }

    fn new(
        edit: &Edit,
        left: impl Iterator<Item = (&'static Term, Option<&'a Fact>)>,
        right: impl Iterator<Item = (&'static Term, Option<&'a Fact>)>,
    ) -> Self {
        let mut tested = Self {
            left: Sum::ZERO,
            right: Sum::ZERO,
            terms: Vec::with_capacity(edit.left.len() + edit.right.len()),
        };
        for (term, fact) in left {
            tested.left = tested.left.plus(operand(term, fact));
            tested.terms.push((term, fact));
        }
        for (term, fact) in right {
            tested.right = tested.right.plus(operand(term, fact));
            tested.terms.push((term, fact));
        }
        tested
    }

    fn report(
        &self,
        edit: &'static Edit,
        line: &str,
        block: &'static BlockSpec,
        subject: &Subject<'_>,
        before: Option<&Subject<'a>>,
        results: &mut Results<'_>,
    ) {
        let sums = self.left.known().zip(self.right.known());
        if sums.is_some_and(|sums| holds(edit.relation, sums)) {
            results.pass(|| line.to_owned());
            return;
        }
        let label = line_label(edit, line, block);
        let finding = match sums {
            Some((left, right)) => {
                let values = Values { label, left, right, terms: &self.terms, before };
                // The side that is tested against the other: by default the right one.
                let last_year = edit.right.first().is_some_and(|term| term.before);
                let reversed = edit.relation == Relation::AtLeast || last_year;
                let (expected, actual) = if reversed { (right, left) } else { (left, right) };
                results
                    .finding_graded(
                        edit.severity,
                        values.fill(edit.message.zh, true),
                        values.fill(edit.message.en, false),
                    )
                    .expected(expected.to_string())
                    .actual(actual.to_string())
            }
            None => {
                let (zh, en) = label;
                let of = if edit.axis == Axis::Rows { "列" } else { "" };
                let (cells_zh, cells_en) = self.open_cells(edit, block);
                results
                    .finding_graded(
                        edit.severity,
                        format!("“{zh}”{of}：{cells_zh}空缺或无法识别，不能判断"),
                        format!("{en}: {cells_en} blank, missing or unreadable, which forbids an answer"),
                    )
                    .unknown(
                        self.left.as_zero().zip(self.right.as_zero()).map(|sums| holds(edit.relation, sums)),
                    )
            }
        };
        let mut finding = self.cells(edit, line, finding);
        if sums.is_some() && edit.relation == Relation::Equal && before.is_none() {
            finding = subject.localisation().annotate(finding);
        }
        results.push(|| line.to_owned(), finding);
    }

    /// Names the cells that have no number, the first of many.
    fn open_cells(&self, edit: &Edit, block: &BlockSpec) -> (String, String) {
        let open = self.terms.iter().filter(|(_, fact)| !matches!(Operand::of(*fact), Operand::Number(_)));
        let names: Vec<(String, String)> = open
            .map(|(term, _)| {
                let words = match edit.axis {
                    Axis::Rows => row_label(block, term.id),
                    Axis::Columns => column_label(block, term.id),
                };
                let (year_zh, year_en) = if term.before { ("上年", " of last year") } else { ("", "") };
                (format!("{year_zh}“{words}”"), format!("{}{year_en}", term.id))
            })
            .collect();
        let list = |name: fn(&(String, String)) -> &str, between: &str| {
            names.iter().take(3).map(name).collect::<Vec<_>>().join(between)
        };
        let (zh, en) = (list(|name| &name.0, "、"), list(|name| &name.1, ", "));
        match names.len() {
            // A sum too long to stay exact.
            0 => ("有数字".to_owned(), "a number is".to_owned()),
            1 => (zh, format!("{en} is")),
            2 | 3 => (zh, format!("{en} are")),
            more => (format!("{zh}等{more}格"), format!("{en} and {} more are", more - 3)),
        }
    }

    /// The finding with the cells of the report itself.
    fn cells(&self, edit: &Edit, line: &str, mut finding: Finding) -> Finding {
        for (term, fact) in &self.terms {
            if term.before {
                continue;
            }
            let (row, column) = match edit.axis {
                Axis::Rows => (term.id, line),
                Axis::Columns => (line, term.id),
            };
            finding = finding.fact(format!("{}.{row}.{column}", edit.table));
            if let Some(fact) = fact {
                finding = finding.at(&fact.location);
            }
        }
        finding
    }
}

/// What a term gives to its side.
fn operand(term: &Term, fact: Option<&Fact>) -> Operand {
    match Operand::of(fact) {
        Operand::Number(value) if term.negative => Operand::Number(-value),
        operand => operand,
    }
}

/// What a message's placeholders stand for.
struct Values<'v, 'a> {
    label: (String, String),
    left: Decimal,
    right: Decimal,
    terms: &'v [(&'static Term, Option<&'a Fact>)],
    before: Option<&'v Subject<'a>>,
}

impl Values<'_, '_> {
    fn fill(&self, pattern: &str, chinese: bool) -> String {
        fill(pattern, |name| match name {
            "line" => {
                if chinese {
                    self.label.0.clone()
                } else {
                    self.label.1.clone()
                }
            }
            "lhs" => self.left.to_string(),
            "rhs" => self.right.to_string(),
            "diff" => self.left.checked_add(-self.right).map(|diff| diff.to_string()).unwrap_or_default(),
            "previous" => {
                self.before.and_then(|b| b.report.year()).map(|y| y.to_string()).unwrap_or_default()
            }
            _ => {
                let (before, id) = name.strip_prefix("before.").map_or((false, name), |id| (true, id));
                let term = self.terms.iter().find(|(term, _)| term.id == id && term.before == before);
                term.and_then(|(_, fact)| fact.as_ref()?.value).map(|v| v.to_string()).unwrap_or_default()
            }
        })
    }
}

/// Replaces each `{name}`.
fn fill(pattern: &str, value: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((text, after)) = rest.split_once('{') {
        out.push_str(text);
        match after.split_once('}') {
            Some((name, after)) => {
                out.push_str(&value(name));
                rest = after;
            }
            None => rest = after,
        }
    }
    out.push_str(rest);
    out
}

/// The line's words in Chinese, its id in English.
fn line_label(edit: &Edit, line: &str, block: &BlockSpec) -> (String, String) {
    let zh = match edit.axis {
        Axis::Rows => column_label(block, line),
        Axis::Columns => row_label(block, line),
    };
    (zh, line.to_owned())
}
