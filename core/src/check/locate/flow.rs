//! Whether cells can be filled so that all sums hold and nothing is negative, and within
//! which bounds: flows through the cells that may change.

use super::network::Network;
use super::sets::{ArcSet, NodeSet, PerNode, nodes};

/// A cell carries its value from the node that subtracts it to the node that adds it.
#[derive(Debug, Clone)]
pub(super) struct Flow<'n> {
    network: &'n Network,
    open: ArcSet,
    /// By arc; zero for arcs that are not open.
    carried: Vec<i64>,
    /// The nodes that an open arc touches.
    touching: NodeSet,
}

/// The values that a cell may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) low: i64,
    /// None where nothing bounds it.
    pub(crate) high: Option<i64>,
}

impl<'n> Flow<'n> {
    /// Fills the open cells; the rest of the table leaves those imbalances. If it cannot be
    /// done, a set of nodes whose surplus no open cell can carry away.
    pub(super) fn new(
        network: &'n Network,
        open: ArcSet,
        imbalances: &PerNode<i64>,
    ) -> Result<Self, NodeSet> {
        let touching = open
            .iter()
            .filter_map(|arc| network.arc(arc))
            .fold(0, |set: NodeSet, arc| set | 1 << arc.plus | 1 << arc.minus);
        let mut flow = Self { network, open, carried: vec![0; network.arcs.len()], touching };
        let mut rest = *imbalances;
        for start in 0..network.nodes {
            while rest.get(start) > 0 {
                let (reached, path) = flow.walk(start, ArcSet::default(), |node| rest.get(node) < 0);
                let Some(end) = path.end else { return Err(reached) };
                let amount = flow.room(&path, start, end).unwrap_or(i64::MAX);
                let amount = amount.min(rest.get(start)).min(-rest.get(end));
                flow.push(&path, start, end, amount);
                rest.set(start, rest.get(start) - amount);
                rest.set(end, rest.get(end) + amount);
            }
        }
        // All imbalances together are zero: no surplus is left, so no shortfall either.
        Ok(flow)
    }

    /// The values that an open cell may take while all others stay within theirs.
    pub(super) fn range(&self, arc: usize) -> Range {
        let Some(ends) = self.network.arc(arc) else { return Range { low: 0, high: None } };
        let value = self.carried.get(arc).copied().unwrap_or_default();
        let but: ArcSet = [arc].into_iter().collect();
        let more = self.spare(ends.plus, ends.minus, but, None);
        let less = self.spare(ends.minus, ends.plus, but, Some(value));
        Range {
            low: value - less.unwrap_or(value).min(value),
            high: more.map(|more| value.saturating_add(more)),
        }
    }

    /// How much can still be carried between two nodes without those arcs, at most as
    /// much as is asked for; none if there is no bound.
    fn spare(&self, from: usize, to: usize, but: ArcSet, most: Option<i64>) -> Option<i64> {
        if self.walk(from, but, |node| node == to).1.end.is_none() {
            return Some(0);
        }
        let mut flow = self.clone();
        let mut sum = 0_i64;
        while most.is_none_or(|most| sum < most) {
            let (_, path) = flow.walk(from, but, |node| node == to);
            if path.end.is_none() {
                return Some(sum);
            }
            let amount = flow.room(&path, from, to)?;
            flow.push(&path, from, to, amount);
            sum = sum.saturating_add(amount);
        }
        Some(sum)
    }

    /// Breadth first over what can carry more, from one node to the first that is wanted.
    fn walk(&self, start: usize, but: ArcSet, wanted: impl Fn(usize) -> bool) -> (NodeSet, Path) {
        let mut path = Path { by: PerNode::new(), end: None };
        let mut reached: NodeSet = 1 << start;
        let mut front: NodeSet = reached & self.touching;
        while front != 0 {
            let mut next: NodeSet = 0;
            for node in nodes(front) {
                let arcs = self.network.incident.get(node).common(self.open).without(but);
                for arc in arcs.iter() {
                    let Some(ends) = self.network.arc(arc) else { continue };
                    let forward = ends.minus == node;
                    let other = if forward { ends.plus } else { ends.minus };
                    let passable = forward || self.carried.get(arc).is_some_and(|carried| *carried > 0);
                    if passable && reached >> other & 1 == 0 {
                        reached |= 1 << other;
                        next |= 1 << other;
                        path.by.set(other, Some((arc, node)));
                        if wanted(other) {
                            path.end = Some(other);
                            return (reached, path);
                        }
                    }
                }
            }
            front = next;
        }
        (reached, path)
    }

    /// The most that a path can take: bounded by the values it would lower.
    fn room(&self, path: &Path, start: usize, end: usize) -> Option<i64> {
        let lowered = path.steps(start, end).filter(|(arc, from)| self.lowers(*arc, *from));
        lowered.filter_map(|(arc, _)| self.carried.get(arc).copied()).min()
    }

    fn push(&mut self, path: &Path, start: usize, end: usize, amount: i64) {
        for (arc, from) in path.steps(start, end) {
            let change = if self.lowers(arc, from) { -amount } else { amount };
            if let Some(carried) = self.carried.get_mut(arc) {
                *carried = carried.saturating_add(change);
            }
        }
    }

    /// Passing the arc from there lowers its value.
    fn lowers(&self, arc: usize, from: usize) -> bool {
        self.network.arc(arc).is_some_and(|ends| ends.plus == from)
    }
}

/// A way through the network, by the arc that leads to each node.
#[derive(Debug)]
struct Path {
    by: PerNode<Option<(usize, usize)>>,
    end: Option<usize>,
}

impl Path {
    /// Its arcs from the end back to the start, each with the node it is passed from.
    fn steps(&self, start: usize, end: usize) -> impl Iterator<Item = (usize, usize)> {
        let mut node = end;
        std::iter::from_fn(move || {
            let (arc, before) = self.by.get(node).filter(|_| node != start)?;
            node = before;
            Some((arc, before))
        })
    }
}
