//! The requests table by itself: for benches and oracles.

use serde_json::{Value, json};

use crate::check::sheet::Sheet;

use super::Solution;
use super::network::Network;
use super::search::Problem;
use super::sets::ArcSet;

/// A requests table that perhaps does not add up.
#[derive(Debug)]
pub struct Table {
    problem: Problem<'static>,
}

impl Table {
    /// A table of that edition with its values, row by row; none if there is no such table
    /// or a value is too great.
    pub fn new(edition: u16, values: &[Option<i64>]) -> Option<Self> {
        let network = Self::network(edition)?;
        let fits = values.len() == network.arcs.len();
        fits.then(|| Problem::new(network, values.to_vec())).flatten().map(|problem| Self { problem })
    }

    fn network(edition: u16) -> Option<&'static Network> {
        let sheet = Sheet::all().iter().find(|sheet| sheet.template.edition.0 == edition)?;
        Network::of(sheet).iter().find(|network| network.block.table == "requests")
    }

    /// Ids of the cells of that edition's table, row by row.
    pub fn cells(edition: u16) -> Vec<String> {
        Self::network(edition)
            .into_iter()
            .flat_map(|network| network.arcs.iter().filter_map(|arc| network.sheet.cells.get(arc.cell)))
            .map(|cell| cell.id())
            .collect()
    }

    /// Cells that are known to be right, and cells that were read with less certainty, by
    /// their positions.
    #[must_use]
    pub fn weighted(mut self, trusted: &[usize], uncertain: &[usize]) -> Self {
        let set = |cells: &[usize]| cells.iter().copied().collect::<ArcSet>();
        (self.problem.locked, self.problem.uncertain) = (set(trusted), set(uncertain));
        self
    }

    /// Whether its sums hold.
    pub fn holds(&self) -> bool {
        self.problem.holds()
    }

    /// Searches, and says how many smallest sets there are.
    pub fn search(&self, steps: u32) -> usize {
        self.problem.search(steps).sets.len()
    }

    /// Searches, ranks and tries moves, and says how many ways there are to explain the
    /// differences.
    pub fn explain(&self, steps: u32) -> usize {
        Solution::of(&self.problem, steps).ways.len()
    }

    /// The smallest sets of cells, and all ways to explain the differences in the order of
    /// their likelihood, with the values each gives its cells.
    pub fn locate(&self, steps: u32) -> Value {
        let solution = Solution::of(&self.problem, steps);
        let way = |way: &super::Way| {
            let cells: Vec<Value> =
                way.suspects.iter().map(|s| json!([s.arc, s.range.low, s.range.high])).collect();
            let code = way.moved.as_ref().map(|moved| moved.slip.code());
            json!({ "cost": way.cost, "move": code, "cells": cells })
        };
        json!({
            "sets": solution.found.sets.iter().map(|set| set.iter().collect::<Vec<_>>()).collect::<Vec<_>>(),
            "complete": solution.found.complete,
            "least": solution.found.least,
            "steps": solution.found.steps,
            "ways": solution.ways.iter().map(way).collect::<Vec<_>>(),
        })
    }
}
