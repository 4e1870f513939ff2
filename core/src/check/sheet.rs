//! The cells of a report by their positions, and the edition's edits laid out over them.

use std::ops::Range;
use std::sync::LazyLock;

use crate::model::{Decimal, Edition, Fact, Report, Role, Status};
use crate::template::{BlockSpec, ColumnSpec, Edit, RowSpec, TEMPLATES, Template, Term};

/// The cells of one edition in the order of the form, and its edits line by line.
/// Constant data, laid out once.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) template: &'static Template,
    pub(crate) cells: Vec<CellSpec>,
    pub(crate) lines: Vec<Line>,
    /// Each block with the positions of its cells.
    blocks: Vec<(&'static BlockSpec, Range<usize>)>,
    /// Each edit with the lines that it holds in.
    edits: Vec<(&'static Edit, Range<usize>)>,
}

/// A cell of the form.
#[derive(Debug)]
pub(crate) struct CellSpec {
    pub(crate) block: &'static BlockSpec,
    pub(crate) row: &'static str,
    pub(crate) column: &'static ColumnSpec,
}

impl CellSpec {
    /// Whether its row is one of those that a group of rows is divided into.
    pub(crate) fn is_part_of(&self, group: &str) -> bool {
        self.row.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'))
    }

    pub(crate) fn id(&self) -> String {
        format!("{}.{}.{}", self.block.table, self.row, self.column.id)
    }
}

/// An edit in one of the lines it holds in.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) edit: &'static Edit,
    pub(crate) block: &'static BlockSpec,
    /// Id of the row or column.
    pub(crate) line: &'static str,
    pub(crate) left: Vec<Entry>,
    pub(crate) right: Vec<Entry>,
}

impl Line {
    /// Whether a term is of the report of the year before.
    pub(crate) fn is_across_years(&self) -> bool {
        self.edit.is_across_years()
    }
}

/// A term of an edit and the position of its cell.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) term: &'static Term,
    pub(crate) cell: usize,
}

static SHEETS: LazyLock<Vec<Sheet>> = LazyLock::new(|| TEMPLATES.iter().copied().map(Sheet::new).collect());

impl Sheet {
    /// The sheets of all editions, oldest first.
    pub(crate) fn all() -> &'static [Self] {
        &SHEETS
    }

    fn new(template: &'static Template) -> Self {
        let mut cells = Vec::new();
        let mut blocks = Vec::new();
        for block in template.blocks.iter().copied() {
            let first = cells.len();
            cells.extend(block.cells().map(|(row, column)| CellSpec { block, row, column }));
            blocks.push((block, first..cells.len()));
        }
        let mut lines = Vec::new();
        let mut edits = Vec::new();
        for edit in template.edits.iter().copied() {
            let first = lines.len();
            for block in template.blocks {
                for line in edit.lines(block) {
                    let entries = |terms: &'static [Term]| -> Vec<Entry> {
                        let entry = |term| {
                            let (row, column) = edit.place(term, line);
                            let cell = cells.iter().position(|cell: &CellSpec| {
                                cell.block.table == edit.table && cell.row == row && cell.column.id == column
                            })?;
                            Some(Entry { term, cell })
                        };
                        terms.iter().filter_map(entry).collect()
                    };
                    let (left, right) = (entries(edit.left), entries(edit.right));
                    lines.push(Line { edit, block, line, left, right });
                }
            }
            edits.push((edit, first..lines.len()));
        }
        Self { template, cells, lines, blocks, edits }
    }

    /// Position of a cell.
    pub(crate) fn position(&self, table: &str, row: &str, column: &str) -> Option<usize> {
        self.cells.iter().position(|c| c.block.table == table && c.row == row && c.column.id == column)
    }
}

/// A report's facts laid into a sheet.
#[derive(Debug)]
pub(crate) struct Filled<'a> {
    pub(crate) sheet: &'static Sheet,
    /// By position; none where the document does not print the cell, or its block
    /// follows another edition.
    pub(crate) facts: Vec<Option<&'a Fact>>,
    /// Facts of rows that the report names itself.
    pub(crate) named: Vec<&'a Fact>,
    /// The blocks that the report prints in this edition, with the positions of their cells.
    blocks: Vec<&'static (&'static BlockSpec, Range<usize>)>,
}

impl<'a> Filled<'a> {
    /// One sheet for each edition that a block of the report follows. A block whose
    /// edition is open stands in the newest: what the editions share is there, and what
    /// they do not share is missing and so unknown.
    pub(crate) fn of(report: &'a Report) -> Vec<Self> {
        let newest = Sheet::all().last().map(|sheet| sheet.template.edition);
        let mut all = Vec::new();
        for sheet in Sheet::all() {
            let own = |edition: Option<Edition>| {
                edition == Some(sheet.template.edition)
                    || edition.is_none() && newest == Some(sheet.template.edition)
            };
            let printed = |(block, _): &&'static (&'static BlockSpec, Range<usize>)| {
                report
                    .editions()
                    .iter()
                    .any(|b| own(b.edition) && b.table == block.table && b.block == block.title)
            };
            let blocks: Vec<_> = sheet.blocks.iter().filter(printed).collect();
            if blocks.is_empty() {
                continue;
            }
            let mut filled = Self { sheet, facts: vec![None; sheet.cells.len()], named: Vec::new(), blocks };
            filled.lay(report.facts().filter(|fact| own(fact.edition)));
            all.push(filled);
        }
        all
    }

    /// Facts and cells are both in the order of the form, so that the next cell is
    /// nearly always the one.
    fn lay(&mut self, facts: impl Iterator<Item = &'a Fact>) {
        let mut next = 0;
        let count = self.sheet.cells.len();
        for fact in facts {
            if fact.row.contains('/') {
                self.named.push(fact);
                continue;
            }
            let is = |cell: &CellSpec| {
                cell.column.id == fact.column && cell.row == fact.row && cell.block.table == fact.table
            };
            let found = (next..count).chain(0..next).find(|&at| self.sheet.cells.get(at).is_some_and(is));
            if let Some(at) = found {
                if let Some(place) = self.facts.get_mut(at) {
                    *place = Some(fact);
                }
                next = at + 1;
            }
        }
    }

    pub(crate) fn prints(&self, block: &BlockSpec) -> bool {
        self.blocks.iter().any(|(own, _)| std::ptr::eq(*own, block))
    }

    /// The cells of the blocks that the report prints: of one table, or of all.
    pub(crate) fn cells(
        &self,
        table: Option<&str>,
    ) -> impl Iterator<Item = (&'static CellSpec, Option<&'a Fact>)> {
        let blocks = self.blocks.iter().filter(move |(block, _)| table.is_none_or(|own| block.table == own));
        blocks.flat_map(|(_, range)| {
            let specs = self.sheet.cells.get(range.clone()).unwrap_or_default();
            let facts = self.facts.get(range.clone()).unwrap_or_default();
            specs.iter().zip(facts.iter().copied())
        })
    }

    pub(crate) fn fact(&self, cell: usize) -> Option<&'a Fact> {
        self.facts.get(cell).copied().flatten()
    }

    /// The lines of the edits of that code whose block the report prints.
    pub(crate) fn lines(&self, code: &str, across_years: bool) -> impl Iterator<Item = &'static Line> {
        let edits = self.sheet.edits.iter();
        let wanted =
            edits.filter(move |(edit, _)| edit.code == code && edit.is_across_years() == across_years);
        let lines = wanted.flat_map(|(_, range)| self.sheet.lines.get(range.clone()).unwrap_or_default());
        lines.filter(|line| self.prints(line.block))
    }
}

/// What a cell gives to a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operand {
    Number(Decimal),
    /// Nothing or a mark is printed, or the cell is not there: zero perhaps.
    Nothing,
    /// Something is printed that is no number.
    Unreadable,
}

impl Operand {
    pub(crate) fn of(fact: Option<&Fact>) -> Self {
        match fact {
            None => Self::Nothing,
            Some(fact) => match (fact.status, fact.value) {
                (Status::Reported, Some(value)) => Self::Number(value),
                (Status::Blank | Status::NotApplicable, _) => Self::Nothing,
                _ => Self::Unreadable,
            },
        }
    }
}

impl Operand {
    /// The value of an amount of money in yuan.
    pub(crate) fn in_yuan(fact: Option<&Fact>) -> Self {
        match (Self::of(fact), fact) {
            (Self::Number(_), Some(fact)) => fact.in_yuan().map_or(Self::Unreadable, Self::Number),
            (operand, _) => operand,
        }
    }
}

/// A sum of cells, three-valued.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sum {
    /// Of the numbers among them; none once it is too long to stay exact.
    total: Option<Decimal>,
    blank: bool,
    unreadable: bool,
}

impl Sum {
    pub(crate) const ZERO: Self = Self { total: Some(Decimal::ZERO), blank: false, unreadable: false };

    pub(crate) fn of(fact: Option<&Fact>) -> Self {
        Self::ZERO.plus(Operand::of(fact))
    }

    pub(crate) fn plus(mut self, operand: Operand) -> Self {
        match operand {
            Operand::Number(value) => self.total = self.total.and_then(|sum| sum.checked_add(value)),
            Operand::Nothing => self.blank = true,
            Operand::Unreadable => self.unreadable = true,
        }
        self
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            total: self.total.zip(other.total).and_then(|(a, b)| a.checked_add(b)),
            blank: self.blank || other.blank,
            unreadable: self.unreadable || other.unreadable,
        }
    }

    /// The sum, if every cell is a number.
    pub(crate) fn known(self) -> Option<Decimal> {
        self.total.filter(|_| !self.blank && !self.unreadable)
    }

    /// The sum with blank and missing cells as zeros; none if a cell is unreadable.
    pub(crate) fn as_zero(self) -> Option<Decimal> {
        self.total.filter(|_| !self.unreadable)
    }
}

/// The words of a cell: row, then column.
pub(crate) fn cell_label(block: &BlockSpec, row: &str, column: &str) -> String {
    format!("{}·{}", row_label(block, row), column_label(block, column))
}

/// The words of a column, its groups first.
pub(crate) fn column_label(block: &BlockSpec, column: &str) -> String {
    let spec = block.columns.iter().find(|spec| spec.id == column);
    spec.map_or_else(|| column.to_owned(), |spec| spec.label.to_owned())
}

/// The words of a row, the group it stands in first.
pub(crate) fn row_label(block: &BlockSpec, row: &str) -> String {
    // The review table names its rows by groups of columns.
    if let Some(column) = block.columns.iter().find(|column| column.row == Some(row)) {
        return column.group.join("·");
    }
    let (parent, named) = row.split_once('/').map_or((row, None), |(parent, named)| (parent, Some(named)));
    let Some(spec) = block.rows().find(|spec| spec.id == parent) else { return row.to_owned() };
    let short = |label: &'static str| {
        // The form explains some rows in brackets after their words.
        label
            .char_indices()
            .skip(1)
            .find(|(at, c)| *c == '（' && *at > 12)
            .map_or(label, |(at, _)| label.get(..at).unwrap_or(label))
    };
    let group = spec.group.last().filter(|group| group.starts_with('（'));
    group.copied().into_iter().chain([short(spec.label)]).chain(named).collect::<Vec<_>>().join("·")
}

/// The words of a group of rows by the beginning of its rows' ids.
pub(crate) fn group_label(block: &BlockSpec, id: &str) -> String {
    let is_in = |row: &&RowSpec| row.id.strip_prefix(id).is_some_and(|rest| rest.starts_with('.'));
    let group = block.rows().find(is_in).and_then(|row| row.group.last());
    group.map_or_else(|| id.to_owned(), |group| (*group).to_owned())
}

/// A statutory table by the section that it stands in.
pub(crate) fn table_label(table: &str) -> &str {
    Role::ALL.iter().find(|role| role.name() == table).map_or(table, |role| role.heading())
}
