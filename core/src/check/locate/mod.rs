//! Which cells explain sums that do not hold.
//!
//! The sums of a table are a network ([`network`]); the smallest sets of cells that
//! explain all differences are found exactly ([`search`]), ranked by how people mistype
//! ([`slip`]) and beside moves of whole rows and columns ([`blocks`]). All this is
//! proposal: no value is changed, and what cannot be found in the steps allowed is said
//! not to be found.

mod blocks;
mod flow;
mod network;
mod search;
mod sets;
mod slip;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::finding::{Finding, Message, Suggestion};
use crate::model::{Fact, Report, Status};

use super::CheckOptions;
use super::sheet::{Filled, column_label, row_label};
use blocks::{At, Move};
use flow::Range;
use network::Network;
use search::{Problem, Sets};
use sets::ArcSet;
pub(crate) use slip::Slip;
use slip::Suspect;
pub use table::Table;

/// What explains the differences of a report's tables.
#[derive(Debug, Default)]
pub(crate) struct Localisation {
    /// Differences with one likely cause each.
    pub(crate) causes: Vec<Cause>,
    /// Cells without a number whose value follows from the sums.
    pub(crate) implied: Vec<Cell>,
}

/// Differences that can be explained apart from all others.
#[derive(Debug)]
pub(crate) struct Cause {
    /// The table, and the number among its causes: `requests-1`.
    pub(crate) name: String,
    pub(crate) table: &'static str,
    /// Ways to explain them, likeliest first: as many as are to be listed, and one in any
    /// case.
    pub(crate) options: Vec<Explanation>,
    /// How many ways there are.
    ways: usize,
    /// All ways of least weight are among them.
    pub(crate) complete: bool,
    /// At least so many cells are wrong.
    pub(crate) least: u32,
    /// Nothing else in the table has to change.
    pub(crate) only: bool,
}

/// One way to explain differences.
#[derive(Debug)]
pub(crate) struct Explanation {
    /// The one move that changed the cells; none if they are wrong one by one.
    pub(crate) moved: Option<Place>,
    pub(crate) cells: Vec<Cell>,
}

/// A move, and the words of where it happened.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) slip: Slip,
    pub(crate) by: usize,
    pub(crate) zh: String,
    pub(crate) en: String,
}

/// A cell with what would mend it.
#[derive(Debug)]
pub(crate) struct Cell {
    /// Id of the fact.
    pub(crate) id: String,
    pub(crate) zh: String,
    pub(crate) written: Option<i64>,
    pub(crate) range: Range,
    pub(crate) slip: Slip,
}

impl Localisation {
    pub(crate) fn of(report: &Report, options: &CheckOptions, sheets: &[Filled<'_>]) -> Self {
        let mut all = Self::default();
        for filled in sheets {
            for network in Network::of(filled.sheet).iter().filter(|network| filled.prints(network.block)) {
                all.add(report, options, filled, network);
            }
        }
        all
    }

    fn add(&mut self, report: &Report, options: &CheckOptions, filled: &Filled<'_>, network: &Network) {
        let fact = |arc: &network::Arc| filled.fact(arc.cell);
        let values: Vec<Option<i64>> = network.arcs.iter().map(|arc| count(fact(arc))).collect();
        if values.iter().all(Option::is_none) {
            return;
        }
        let number = 1 + self.causes.iter().filter(|cause| cause.table == network.block.table).count();
        let Some(mut problem) = Problem::new(network, values) else {
            if network.contradicts(|cell| filled.fact(cell).and_then(|fact| fact.value)) {
                self.causes.push(Cause::unexplained(network, number, 1));
            }
            return;
        };
        if problem.holds() {
            if !problem.free.is_empty() {
                self.imply(filled, &problem);
            }
            return;
        }
        let having = |is: &dyn Fn(&Fact) -> bool| -> ArcSet {
            let arcs = network.arcs.iter().enumerate();
            arcs.filter(|(_, arc)| fact(arc).is_some_and(is)).map(|(index, _)| index).collect()
        };
        if !options.trusted.is_empty() {
            problem.locked = having(&|fact| options.trusted.iter().any(|id| fact.has_id(id)));
        }
        // The reader doubted these numbers itself.
        let doubted: Vec<&String> = (report.findings().iter())
            .filter(|finding| finding.code.starts_with("VAL-"))
            .flat_map(|finding| &finding.facts)
            .collect();
        if !doubted.is_empty() {
            problem.uncertain = having(&|fact| doubted.iter().any(|id| fact.has_id(id)));
        }
        let solution = Solution::of(&problem, options.search_steps);
        let listed = usize::try_from(options.alternatives).unwrap_or(usize::MAX);
        for (number, part) in (number..).zip(solution.parts(listed)) {
            self.causes.push(Cause::new(network, number, part, listed));
        }
    }

    /// Cells without a number in a table that otherwise adds up.
    fn imply(&mut self, filled: &Filled<'_>, problem: &Problem<'_>) {
        let Ok(flow) = problem.flow(ArcSet::default()) else { return };
        for index in problem.free.iter() {
            let Some(arc) = problem.network.arc(index) else { continue };
            // A mark says by itself that there is none.
            if filled.fact(arc.cell).is_some_and(|fact| fact.status == Status::NotApplicable) {
                continue;
            }
            let range = flow.range(index);
            if range.value().is_some() {
                self.implied.push(Cell::new(problem.network, Suspect::new(index, None, range)));
            }
        }
    }

    /// The explanations to be listed, each with its rank among those of its cause.
    pub(crate) fn listed(
        &self,
        options: &CheckOptions,
    ) -> impl Iterator<Item = (&Cause, usize, &Explanation)> {
        let most = usize::try_from(options.alternatives).unwrap_or(usize::MAX);
        self.causes.iter().flat_map(move |cause| {
            (1..).zip(&cause.options).take(most).map(move |(rank, way)| (cause, rank, way))
        })
    }

    /// The finding with the name of its cause, and the cells of the likeliest explanation
    /// that it concerns.
    pub(crate) fn annotate(&self, mut finding: Finding) -> Finding {
        for cause in &self.causes {
            let cells = cause.options.first().map_or(&[][..], |option| &option.cells);
            let concerned: Vec<&Cell> =
                cells.iter().filter(|cell| finding.facts.contains(&cell.id)).collect();
            let named = |id: &String| id.split_once('.').is_some_and(|(table, _)| table == cause.table);
            let unexplained = cause.options.is_empty() && finding.facts.iter().any(named);
            if !concerned.is_empty() || unexplained {
                finding.group = Some(cause.name.clone());
                finding.suggestions.extend(concerned.into_iter().map(Cell::suggestion));
                break;
            }
        }
        finding
    }
}

/// The count that a fact states. What is no count is treated as no number.
fn count(fact: Option<&Fact>) -> Option<i64> {
    let fact = fact.filter(|fact| fact.status == Status::Reported)?;
    let value = fact.value?;
    // Too great for the type is a number nevertheless: the table is then not localised.
    let beyond = if value.is_negative() { i64::MIN } else { i64::MAX };
    value.to_i64().or_else(|| (value.scale() == 0).then_some(beyond))
}

impl Cause {
    fn unexplained(network: &Network, number: usize, least: u32) -> Self {
        let table = network.block.table;
        let name = format!("{table}-{number}");
        Self { name, table, options: Vec::new(), ways: 0, complete: false, least, only: true }
    }

    fn new(network: &Network, number: usize, part: Part, listed: usize) -> Self {
        let mut cause = Self::unexplained(network, number, part.least);
        cause.complete = part.complete;
        cause.only = part.only;
        cause.ways = part.ways.len();
        cause.options = (part.ways.into_iter().take(listed.max(1)))
            .map(|way| Explanation {
                moved: way.moved.map(|moved| Place::new(network, &moved)),
                cells: way.suspects.into_iter().map(|suspect| Cell::new(network, suspect)).collect(),
            })
            .collect();
        cause
    }

    /// How many ways there are, as far as is known.
    pub(crate) fn count(&self) -> String {
        format!("{}{}", self.ways, if self.complete { "" } else { "+" })
    }
}

impl Place {
    fn new(network: &Network, moved: &Move) -> Self {
        let block = network.block;
        let ids = |row: usize, column: usize| {
            let arc = network.grid.at(row, column).and_then(|arc| network.arc(arc));
            let cell = arc.and_then(|arc| network.sheet.cells.get(arc.cell));
            cell.map_or(("", ""), |cell| (cell.row, cell.column.id))
        };
        let row = |row: usize| ids(row, 0).0;
        let column = |column: usize| ids(0, column).1;
        let (zh, en) = match moved.at {
            At::Row(at) => (row_label(block, row(at)), row(at).to_owned()),
            At::Rows(a, b) => (
                format!("{}、{}", row_label(block, row(a)), row_label(block, row(b))),
                format!("{}, {}", row(a), row(b)),
            ),
            At::Columns(a, b) => (
                format!("{}、{}", column_label(block, column(a)), column_label(block, column(b))),
                format!("{}, {}", column(a), column(b)),
            ),
            At::Part(at, a, b) => (
                format!(
                    "{}列，自{}至{}",
                    column_label(block, column(at)),
                    row_label(block, row(a)),
                    row_label(block, row(b))
                ),
                format!("{}, from {} to {}", column(at), row(a), row(b)),
            ),
        };
        Self { slip: moved.slip, by: moved.by, zh, en }
    }
}

impl Cell {
    fn new(network: &Network, suspect: Suspect) -> Self {
        let spec = network.arc(suspect.arc).and_then(|arc| network.sheet.cells.get(arc.cell));
        let (id, zh) = spec.map_or_else(Default::default, |spec| {
            let (row, column) = (spec.row, spec.column.id);
            (spec.id(), format!("{}·{}", row_label(spec.block, row), column_label(spec.block, column)))
        });
        Self { id, zh, written: suspect.written, range: suspect.range, slip: suspect.slip }
    }

    /// The value or the values that would mend it, as text.
    pub(crate) fn wanted(&self) -> String {
        match (self.range.value(), self.range.high) {
            (Some(value), _) => value.to_string(),
            (None, Some(high)) => format!("{}–{high}", self.range.low),
            (None, None) => format!("≥{}", self.range.low),
        }
    }

    pub(crate) fn suggestion(&self) -> Suggestion {
        let (low, high) = (self.range.low.to_string(), self.range.high.map(|high| high.to_string()));
        let value = self.range.value().map(|value| value.to_string());
        let (zh, en) = self.slip.words();
        let wanted = self.wanted();
        let reason = match self.written {
            Some(written) => Message {
                zh: format!("“{written}”应为“{wanted}”：{zh}"),
                en: format!("{written} written for {wanted}: {en}"),
            },
            None => {
                Message { zh: format!("应为“{wanted}”"), en: format!("{wanted} follows from the sums") }
            }
        };
        Suggestion {
            fact: self.id.clone(),
            range: value.is_none().then_some((low, high)),
            value,
            code: self.written.map(|_| self.slip.code().to_owned()),
            reason,
        }
    }
}

/// One way to explain the differences of a table or of a part of it.
#[derive(Debug, Clone)]
struct Way {
    cost: u32,
    moved: Option<Move>,
    suspects: Vec<Suspect>,
}

/// All ways to explain the differences of a table, likeliest first.
#[derive(Debug)]
struct Solution<'p> {
    problem: &'p Problem<'p>,
    found: Sets,
    ways: Vec<Way>,
}

/// A part of a table whose differences can be explained apart from the rest.
#[derive(Debug)]
struct Part {
    ways: Vec<Way>,
    complete: bool,
    least: u32,
    only: bool,
}

impl<'p> Solution<'p> {
    fn of(problem: &'p Problem<'p>, steps: u32) -> Self {
        let found = problem.search(steps);
        let mut ways: Vec<Way> = Vec::with_capacity(found.sets.len());
        for set in &found.sets {
            let Ok(flow) = problem.flow(*set) else { continue };
            let suspect =
                |arc| Suspect::new(arc, problem.values.get(arc).copied().flatten(), flow.range(arc));
            let mut suspects: Vec<Suspect> = set.iter().map(suspect).collect();
            let cost = slip::explain(problem.network, &mut suspects);
            ways.push(Way { cost, moved: None, suspects });
        }
        for (cost, moved, suspects) in blocks::moves(problem) {
            // The same cells with the same values are listed once, by what is likelier.
            let same = |way: &Way| {
                way.suspects.len() == suspects.len()
                    && way.suspects.iter().zip(&suspects).all(|(a, b)| a.arc == b.arc && a.range == b.range)
            };
            match ways.iter_mut().find(|way| same(way)) {
                Some(way) if way.cost <= cost => {}
                Some(way) => *way = Way { cost, moved: Some(moved), suspects },
                None => ways.push(Way { cost, moved: Some(moved), suspects }),
            }
        }
        ways.sort_by_key(|way| way.cost);
        Self { problem, found, ways }
    }

    /// The ways, apart for differences that have nothing to do with each other. Beside a
    /// move among those to be listed, the table stays whole: the move explains all of it.
    fn parts(self, listed: usize) -> Vec<Part> {
        let (least, complete) = (self.found.least, self.found.complete);
        let components = self.components();
        if components.len() < 2 || self.ways.iter().take(listed).any(|way| way.moved.is_some()) {
            return vec![Part { ways: self.ways, complete, least, only: true }];
        }
        let mut parts = Vec::new();
        for component in components {
            let mut seen = BTreeSet::new();
            let mut ways = Vec::new();
            for way in self.ways.iter().filter(|way| way.moved.is_none()) {
                let mut suspects = way.suspects.clone();
                suspects.retain(|suspect| component.contains(suspect.arc));
                if seen.insert(suspects.iter().map(|suspect| suspect.arc).collect::<ArcSet>()) {
                    let cost = slip::explain(self.problem.network, &mut suspects);
                    ways.push(Way { cost, moved: None, suspects });
                }
            }
            ways.sort_by_key(|way| way.cost);
            let least = ways.iter().map(|way| way.suspects.len()).min().unwrap_or(0);
            let least = u32::try_from(least).unwrap_or(u32::MAX);
            parts.push(Part { ways, complete, least, only: false });
        }
        parts
    }

    /// Cells of the smallest sets that hang together, by the sums they stand in. Any way
    /// to explain the one part goes with any way to explain the other: both are smallest.
    fn components(&self) -> Vec<ArcSet> {
        let all = self.found.sets.iter().fold(ArcSet::default(), |all, set| all.joined(*set));
        let mut rest = all.joined(self.problem.free);
        let mut components = Vec::new();
        while let Some(first) = rest.iter().next() {
            let mut own: ArcSet = [first].into_iter().collect();
            loop {
                let network = self.problem.network;
                let near = (own.iter().filter_map(|arc| network.arc(arc)))
                    .flat_map(|ends| [ends.plus, ends.minus])
                    .fold(own, |set, node| set.joined(network.incident.get(node).common(rest)));
                if near == own {
                    break;
                }
                own = near;
            }
            rest = rest.without(own);
            if !own.common(all).is_empty() {
                components.push(own.common(all));
            }
        }
        components
    }
}
