//! Small sets and arrays of fixed size, so that a search allocates nothing.

/// Most nodes that a network may have.
pub(super) const NODES: usize = 64;

/// Most arcs that a network may have.
pub(super) const ARCS: usize = 192;

/// A set of nodes, by bits.
pub(super) type NodeSet = u64;

/// The members of a set of nodes, in order.
pub(super) fn nodes(mut set: NodeSet) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let next = (set != 0).then_some(set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        next
    })
}

/// A value for each node.
#[derive(Debug, Clone, Copy)]
pub(super) struct PerNode<T>([T; NODES]);

impl<T: Copy + Default> PerNode<T> {
    pub(super) fn new() -> Self {
        Self([T::default(); NODES])
    }

    pub(super) fn get(&self, node: usize) -> T {
        self.0.get(node).copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, node: usize, value: T) {
        if let Some(place) = self.0.get_mut(node) {
            *place = value;
        }
    }
}

/// A set of arcs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct ArcSet([u64; ARCS / 64]);

impl ArcSet {
    pub(super) fn contains(self, arc: usize) -> bool {
        self.0.get(arc / 64).is_some_and(|word| word >> (arc % 64) & 1 == 1)
    }

    pub(super) fn insert(&mut self, arc: usize) {
        if let Some(word) = self.0.get_mut(arc / 64) {
            *word |= 1 << (arc % 64);
        }
    }

    pub(super) fn remove(&mut self, arc: usize) {
        if let Some(word) = self.0.get_mut(arc / 64) {
            *word &= !(1 << (arc % 64));
        }
    }

    fn with(self, other: Self, combine: impl Fn(u64, u64) -> u64) -> Self {
        let ([a, b, c], [x, y, z]) = (self.0, other.0);
        Self([combine(a, x), combine(b, y), combine(c, z)])
    }

    /// In one of the two, not in both.
    pub(super) fn differing(self, other: Self) -> Self {
        self.with(other, |a, b| a ^ b)
    }

    pub(super) fn common(self, other: Self) -> Self {
        self.with(other, |a, b| a & b)
    }

    pub(super) fn joined(self, other: Self) -> Self {
        self.with(other, |a, b| a | b)
    }

    pub(super) fn without(self, other: Self) -> Self {
        self.with(other, |a, b| a & !b)
    }

    pub(super) fn is_empty(self) -> bool {
        self == Self::default()
    }

    pub(super) fn len(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// The members in order.
    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(index, word)| nodes(word).map(move |bit| index * 64 + bit))
    }
}

impl FromIterator<usize> for ArcSet {
    fn from_iter<I: IntoIterator<Item = usize>>(arcs: I) -> Self {
        let mut set = Self::default();
        arcs.into_iter().for_each(|arc| set.insert(arc));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_what_was_put_in() {
        let mut set: ArcSet = [0, 63, 64, 191].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 63, 64, 191]);
        assert_eq!(set.len(), 4);
        set.remove(63);
        assert!(!set.contains(63) && set.contains(64) && !set.contains(1000));
        assert_eq!(set.differing([0, 1].into_iter().collect()).iter().collect::<Vec<_>>(), [1, 64, 191]);
        assert!(set.common([1].into_iter().collect()).is_empty());
    }
}
