//! The smallest sets of cells whose change makes all sums hold (Fellegi and Holt, 1976).
//!
//! To free a cell is to join the two sums it stands in: their imbalances add up, and the
//! cell itself is gone. A set of cells explains a table's differences if, all of them
//! freed, no imbalance is left and the cells can be filled without negative values. Every
//! such set has a cell at each node that is out of balance; so trying all cells there, by
//! depths that grow from a bound that no set can undercut, finds all sets of least weight.

use super::flow::Flow;
use super::network::Network;
use super::sets::{ArcSet, NodeSet, PerNode, nodes};

/// Weight of a cell that was read with certainty.
pub(super) const CERTAIN: u32 = 10;

/// Weight of a cell that was read with less.
pub(super) const UNCERTAIN: u32 = 5;

/// Sets kept where more are equally good.
const MOST_SETS: usize = 300;

/// Greatest value: all sums of a table of such values are exact.
const GREATEST: i64 = i64::MAX >> 12;

/// Out-of-balance nodes up to which all their groupings are looked at.
const FEW: usize = 7;

/// A table whose sums do not hold.
#[derive(Debug)]
pub(super) struct Problem<'n> {
    pub(super) network: &'n Network,
    /// By arc; none where no number is known.
    pub(super) values: Vec<Option<i64>>,
    /// Cells without a number: filled as the sums need, at no cost.
    pub(super) free: ArcSet,
    /// Cells that are known to be right.
    pub(super) locked: ArcSet,
    /// Cells that were read with less certainty.
    pub(super) uncertain: ArcSet,
}

/// The smallest sets found.
#[derive(Debug, Default)]
pub(super) struct Sets {
    /// In the order of the form.
    pub(super) sets: Vec<ArcSet>,
    /// All sets of that weight were found.
    pub(super) complete: bool,
    /// Every set has at least this many cells.
    pub(super) least: u32,
    /// Steps that it took.
    pub(super) steps: u32,
}

impl<'n> Problem<'n> {
    /// None if a value is too great for exact sums.
    pub(super) fn new(network: &'n Network, values: Vec<Option<i64>>) -> Option<Self> {
        let mut free = ArcSet::default();
        for (arc, value) in values.iter().enumerate() {
            match value {
                None => free.insert(arc),
                Some(value) if value.checked_abs().is_none_or(|size| size > GREATEST) => return None,
                Some(_) => {}
            }
        }
        let none = ArcSet::default();
        Some(Self { network, values, free, locked: none, uncertain: none })
    }

    /// Cells that hold a number below zero: wrong in any case.
    pub(super) fn negative(&self) -> ArcSet {
        let negative = |(arc, value): (usize, &Option<i64>)| value.filter(|v| *v < 0).map(|_| arc);
        self.values.iter().enumerate().filter_map(negative).collect()
    }

    /// Whether the sums can hold with the numbers as they are.
    pub(super) fn holds(&self) -> bool {
        let imbalances = self.network.imbalances(&self.values);
        if self.free.is_empty() {
            return (0..self.network.nodes).all(|node| imbalances.get(node) == 0);
        }
        Flow::new(self.network, self.free, &imbalances).is_ok()
    }

    /// The flow through a set of cells and those without a number.
    pub(super) fn flow(&self, set: ArcSet) -> Result<Flow<'n>, NodeSet> {
        let mut imbalances = self.network.imbalances(&self.values);
        for arc in set.iter() {
            if let (Some(ends), Some(Some(value))) = (self.network.arc(arc), self.values.get(arc)) {
                imbalances.set(ends.plus, imbalances.get(ends.plus) - value);
                imbalances.set(ends.minus, imbalances.get(ends.minus) + value);
            }
        }
        Flow::new(self.network, set.joined(self.free), &imbalances)
    }

    /// All sets of least weight, unless the steps do not suffice.
    pub(super) fn search(&self, steps: u32) -> Sets {
        let mut search = Search::new(self, steps);
        let forced = self.negative();
        if !forced.common(self.locked).is_empty() {
            return Sets { complete: true, least: forced.len(), ..Sets::default() };
        }
        let spent = forced.iter().map(|arc| search.weight(arc)).sum();
        for arc in self.free.joined(forced).iter() {
            search.join(arc);
        }
        search.chosen = forced;
        search.bound = spent;
        loop {
            search.next = None;
            search.visit(spent, self.locked);
            if !search.found.is_empty() || search.stopped {
                break;
            }
            match search.next {
                Some(next) => search.bound = next,
                // No set at all: what is locked cannot be right.
                None => break,
            }
        }
        search.found.sort_unstable();
        Sets {
            least: search.bound.div_ceil(CERTAIN),
            complete: !search.stopped,
            steps: steps - search.steps,
            sets: search.found,
        }
    }
}

/// A search under way.
#[derive(Debug)]
struct Search<'p> {
    problem: &'p Problem<'p>,
    /// Which joined node each node belongs to, and the nodes of each.
    owner: PerNode<u8>,
    members: PerNode<NodeSet>,
    /// The arcs that leave each joined node.
    leaving: PerNode<ArcSet>,
    imbalance: PerNode<i64>,
    /// Joined nodes that are out of balance.
    open: NodeSet,
    chosen: ArcSet,
    /// Weight up to which sets are looked for, and the least weight beyond it.
    bound: u32,
    next: Option<u32>,
    steps: u32,
    stopped: bool,
    found: Vec<ArcSet>,
}

/// What is needed to part two nodes again.
#[derive(Debug)]
struct Joined {
    kept: usize,
    gone: usize,
    leaving: ArcSet,
    imbalance: i64,
    open: NodeSet,
}

impl<'p> Search<'p> {
    fn new(problem: &'p Problem<'p>, steps: u32) -> Self {
        let network = problem.network;
        let imbalance = network.imbalances(&problem.values);
        let (mut owner, mut members, mut open) = (PerNode::new(), PerNode::new(), 0);
        for (node, index) in (0..network.nodes).zip(0..) {
            owner.set(node, index);
            members.set(node, 1 << node);
            open |= u64::from(imbalance.get(node) != 0) << node;
        }
        Self {
            problem,
            owner,
            members,
            leaving: network.incident,
            imbalance,
            open,
            chosen: ArcSet::default(),
            bound: 0,
            next: None,
            steps,
            stopped: false,
            found: Vec::new(),
        }
    }

    fn weight(&self, arc: usize) -> u32 {
        if self.problem.uncertain.contains(arc) { UNCERTAIN } else { CERTAIN }
    }

    /// Weight of the lightest of those arcs.
    fn lightest(&self, arcs: ArcSet) -> Option<u32> {
        if arcs.is_empty() {
            None
        } else if arcs.common(self.problem.uncertain).is_empty() {
            Some(CERTAIN)
        } else {
            Some(UNCERTAIN)
        }
    }

    /// Joins the ends of an arc; none if they are joined already.
    fn join(&mut self, arc: usize) -> Option<Joined> {
        let ends = self.problem.network.arc(arc)?;
        let (kept, gone) = (usize::from(self.owner.get(ends.plus)), usize::from(self.owner.get(ends.minus)));
        if kept == gone {
            return None;
        }
        let (leaving, imbalance) = (self.leaving.get(kept), self.imbalance.get(kept));
        let undo = Joined { kept, gone, leaving, imbalance, open: self.open };
        // Arcs between the two leave neither: they are in both sets.
        self.leaving.set(kept, leaving.differing(self.leaving.get(gone)));
        let sum = imbalance + self.imbalance.get(gone);
        self.imbalance.set(kept, sum);
        self.open &= !(1 << kept | 1 << gone);
        self.open |= u64::from(sum != 0) << kept;
        self.own(gone, kept);
        self.members.set(kept, self.members.get(kept) | self.members.get(gone));
        Some(undo)
    }

    fn part(&mut self, undo: &Joined) {
        self.leaving.set(undo.kept, undo.leaving);
        self.imbalance.set(undo.kept, undo.imbalance);
        self.open = undo.open;
        self.members.set(undo.kept, self.members.get(undo.kept) & !self.members.get(undo.gone));
        self.own(undo.gone, undo.gone);
    }

    /// The members of the one belong to the other from now on.
    fn own(&mut self, gone: usize, kept: usize) {
        if let Ok(kept) = u8::try_from(kept) {
            nodes(self.members.get(gone)).for_each(|member| self.owner.set(member, kept));
        }
    }

    fn beyond(&mut self, weight: u32) {
        self.next = Some(self.next.map_or(weight, |next| next.min(weight)));
    }

    /// Looks at all sets that hold what is chosen and nothing that is excluded.
    fn visit(&mut self, spent: u32, mut excluded: ArcSet) {
        if self.steps == 0 {
            self.stopped = true;
            return;
        }
        self.steps -= 1;
        let Some(least) = self.least_rest(excluded) else { return };
        if spent + least > self.bound {
            self.beyond(spent + least);
            return;
        }
        let branches = if self.open == 0 {
            match self.problem.flow(self.chosen) {
                Ok(_) if self.found.len() == MOST_SETS => {
                    self.stopped = true;
                    return;
                }
                Ok(_) => {
                    self.found.push(self.chosen);
                    return;
                }
                // Some cell that enters or leaves those nodes has to change as well.
                Err(cut) => nodes(cut)
                    .fold(ArcSet::default(), |arcs, node| {
                        arcs.differing(self.problem.network.incident.get(node))
                    })
                    .without(self.chosen)
                    .without(self.problem.free),
            }
        } else {
            let leaving = |node: usize| self.leaving.get(node).without(excluded);
            let Some(node) = nodes(self.open).min_by_key(|node| leaving(*node).len()) else { return };
            leaving(node)
        };
        for arc in branches.without(excluded).iter() {
            let spent = spent + self.weight(arc);
            if spent > self.bound {
                self.beyond(spent);
            } else {
                let joined = self.join(arc);
                self.chosen.insert(arc);
                self.visit(spent, excluded);
                self.chosen.remove(arc);
                if let Some(joined) = joined {
                    self.part(&joined);
                }
                if self.stopped {
                    return;
                }
            }
            // Sets with this cell are done: what follows is without it.
            excluded.insert(arc);
        }
    }

    /// A weight that whatever brings the open nodes into balance cannot undercut; none if
    /// nothing can. The cells of a set join nodes to groups without imbalance, so the open
    /// nodes fall into groups whose imbalances cancel.
    fn least_rest(&self, excluded: ArcSet) -> Option<u32> {
        let count = self.open.count_ones() as usize;
        if count == 0 {
            return Some(0);
        }
        if count > FEW {
            return self.least_of_many(excluded);
        }
        let mut groups = Groups::default();
        let mut sums = [0_i64; 1 << FEW];
        for (own, node) in nodes(self.open).enumerate() {
            let leaving = self.leaving.get(node).without(excluded);
            groups.lightest_of(own, self.lightest(leaving)?);
            for (other, before) in nodes(self.open).take(own).enumerate() {
                if let Some(weight) = self.lightest(leaving.common(self.leaving.get(before))) {
                    groups.adjoin(own, other, weight);
                }
            }
            let imbalance = self.imbalance.get(node);
            let (done, rest) = sums.split_at_mut(1 << own);
            done.iter().zip(rest).for_each(|(without, with)| *with = without + imbalance);
        }
        for (set, sum) in (0_u8..1 << count).zip(sums).skip(1) {
            if sum == 0 {
                groups.add(set);
            }
        }
        groups.least(((1_u16 << count) - 1) as u8)
    }

    /// A rougher bound: pairs that one cell joins cost one cell for two nodes, all other
    /// groups at least two cells for three.
    fn least_of_many(&self, excluded: ArcSet) -> Option<u32> {
        let mut lightest = CERTAIN;
        // How many nodes of each sign and value have a partner next to them.
        let mut pairs = 0;
        let mut seen: NodeSet = 0;
        for node in nodes(self.open) {
            let leaving = self.leaving.get(node).without(excluded);
            lightest = lightest.min(self.lightest(leaving)?);
            let value = self.imbalance.get(node);
            if seen >> node & 1 == 1 || value < 0 {
                continue;
            }
            let (mut here, mut there): (NodeSet, NodeSet) = (0, 0);
            for own in nodes(self.open).filter(|own| self.imbalance.get(*own) == value) {
                seen |= 1 << own;
                let leaving = self.leaving.get(own).without(excluded);
                for other in nodes(self.open).filter(|other| self.imbalance.get(*other) == -value) {
                    if !leaving.common(self.leaving.get(other)).is_empty() {
                        here |= 1 << own;
                        there |= 1 << other;
                    }
                }
            }
            pairs += here.count_ones().min(there.count_ones());
        }
        let count = self.open.count_ones();
        Some(lightest * (count - pairs - (count - 2 * pairs) / 3))
    }
}

/// Groups of open nodes whose imbalances cancel, as bits.
#[derive(Debug, Default)]
struct Groups {
    /// Lightest arc at each node.
    lightest: [u32; FEW],
    /// Lightest arc between two nodes; 0 if there is none.
    direct: [[u32; FEW]; FEW],
    neighbours: [u8; FEW],
    list: Vec<(u8, u32)>,
}

impl Groups {
    fn lightest_of(&mut self, node: usize, weight: u32) {
        if let Some(place) = self.lightest.get_mut(node) {
            *place = weight;
        }
    }

    fn adjoin(&mut self, a: usize, b: usize, weight: u32) {
        if let Some(place) = self.direct.get_mut(a).and_then(|row| row.get_mut(b)) {
            *place = weight;
        }
        for (own, other) in [(a, b), (b, a)] {
            if let Some(set) = self.neighbours.get_mut(own) {
                *set |= 1 << other;
            }
        }
    }

    /// Adds a group with the least weight that brings it into balance.
    fn add(&mut self, group: u8) {
        let members = || (0..FEW).filter(move |node| group >> node & 1 == 1);
        let weights = || members().filter_map(|node| self.lightest.get(node));
        let sum: u32 = weights().sum();
        let weight = if !self.is_connected(group) {
            // Some node from outside lies between: each member has a cell of its own on
            // the way to it.
            sum
        } else if group.count_ones() == 2 {
            let mut pair = members();
            let (a, b) = (pair.next().unwrap_or(0), pair.next().unwrap_or(0));
            let direct = self.direct.get(b).and_then(|row| row.get(a)).copied().unwrap_or(sum);
            direct.min(sum)
        } else {
            // A cell serves two nodes at most; and all but one have a cell of their own.
            sum.div_ceil(2).max(sum - weights().max().copied().unwrap_or(0))
        };
        self.list.push((group, weight));
    }

    fn is_connected(&self, group: u8) -> bool {
        let mut reached = group & group.wrapping_neg();
        loop {
            let next = (0..FEW)
                .filter(|node| reached >> node & 1 == 1)
                .filter_map(|node| self.neighbours.get(node))
                .fold(reached, |all, neighbours| all | neighbours & group);
            if next == reached {
                return reached == group;
            }
            reached = next;
        }
    }

    /// Least weight of a partition of those nodes into groups.
    fn least(&self, rest: u8) -> Option<u32> {
        if rest == 0 {
            return Some(0);
        }
        let first = rest & rest.wrapping_neg();
        let fits = |group: u8| group & first != 0 && group & !rest == 0;
        let groups = self.list.iter().filter(|(group, _)| fits(*group));
        groups.filter_map(|(group, weight)| Some(weight + self.least(rest & !group)?)).min()
    }
}
