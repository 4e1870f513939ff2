//! The sums of a form as a network: its nodes are sums, its arcs cells.
//!
//! A sum over all rows follows from the sums of its parts where each of its cells stands
//! in two more: such redundant sums are left out. Then each cell stands in two sums, and
//! after turning some of them round, with + in the one and − in the other. The values of a
//! table that adds up are then a flow that neither gains nor loses at any node. A cell
//! that stands in one sum only ends in an added node, the ground.

use std::sync::LazyLock;

use crate::check::sheet::Sheet;
use crate::model::Decimal;
use crate::template::{BlockSpec, Relation};

use super::sets::{ARCS, ArcSet, NODES, NodeSet, PerNode};

/// Connected sums of one edition of the form. Constant data, made once.
#[derive(Debug)]
pub(crate) struct Network {
    pub(super) sheet: &'static Sheet,
    pub(super) block: &'static BlockSpec,
    pub(super) nodes: usize,
    pub(super) arcs: Vec<Arc>,
    /// The arcs at each node.
    pub(super) incident: PerNode<ArcSet>,
    /// Arcs by printed row and column.
    pub(super) grid: Grid,
    /// Rows that are the totals of sums over rows.
    pub(super) total_rows: Vec<usize>,
}

/// A cell between the two sums it stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    /// Position in the sheet.
    pub(super) cell: usize,
    /// Node in which the cell is added.
    pub(super) plus: usize,
    /// Node in which it is subtracted.
    pub(super) minus: usize,
    pub(super) row: usize,
    pub(super) column: usize,
    /// It is the total of a sum.
    pub(super) is_total: bool,
}

/// The cells as they are printed.
#[derive(Debug)]
pub(super) struct Grid {
    pub(super) rows: usize,
    pub(super) columns: usize,
    arcs: Vec<Option<usize>>,
    /// The nodes that the cells of each row, and those of each column, touch.
    row_nodes: Vec<NodeSet>,
    column_nodes: Vec<NodeSet>,
}

impl Grid {
    pub(super) fn at(&self, row: usize, column: usize) -> Option<usize> {
        self.arcs.get(row * self.columns + column).copied().flatten()
    }

    pub(super) fn nodes_of_row(&self, row: usize) -> NodeSet {
        self.row_nodes.get(row).copied().unwrap_or_default()
    }

    pub(super) fn nodes_of_column(&self, column: usize) -> NodeSet {
        self.column_nodes.get(column).copied().unwrap_or_default()
    }
}

/// A sum: cells that are added and cells that are subtracted.
#[derive(Debug, Clone)]
struct Sum {
    terms: Vec<(usize, bool)>,
    /// The total, where one side is one cell.
    total: Option<usize>,
    over_rows: bool,
}

static NETWORKS: LazyLock<Vec<Vec<Network>>> =
    LazyLock::new(|| Sheet::all().iter().map(Network::of_sheet).collect());

impl Network {
    /// The networks of a sheet, in the order of the form.
    pub(crate) fn of(sheet: &'static Sheet) -> &'static [Self] {
        let at = Sheet::all().iter().position(|own| std::ptr::eq(own, sheet));
        at.and_then(|at| NETWORKS.get(at)).map_or(&[], Vec::as_slice)
    }

    fn of_sheet(sheet: &'static Sheet) -> Vec<Self> {
        let mut networks = Vec::new();
        for block in sheet.template.blocks {
            let sums: Vec<Sum> = sheet
                .lines
                .iter()
                .filter(|line| std::ptr::eq(line.block, *block))
                .filter(|line| line.edit.relation == Relation::Equal && !line.is_across_years())
                .map(|line| Sum {
                    terms: (line.left.iter().map(|entry| (entry.cell, !entry.term.negative)))
                        .chain(line.right.iter().map(|entry| (entry.cell, entry.term.negative)))
                        .collect(),
                    total: match line.right.as_slice() {
                        [entry] => Some(entry.cell),
                        _ => None,
                    },
                    over_rows: line.edit.axis == crate::template::Axis::Rows,
                })
                .collect();
            let sums = without_redundant(sums);
            networks.extend(components(sums).into_iter().filter_map(|sums| Self::new(sheet, block, sums)));
        }
        networks
    }

    /// None if the sums form no network: their cells then go without localisation.
    fn new(sheet: &'static Sheet, block: &'static BlockSpec, sums: Vec<Sum>) -> Option<Self> {
        let turned = orientation(&sums)?;
        let ground = sums.len();
        let mut cells: Vec<usize> = sums.iter().flat_map(|sum| &sum.terms).map(|(cell, _)| *cell).collect();
        cells.sort_unstable();
        cells.dedup();

        let mut rows: Vec<&str> = Vec::new();
        let mut columns: Vec<&str> = Vec::new();
        let mut arcs = Vec::with_capacity(cells.len());
        for cell in cells {
            let (mut plus, mut minus) = (ground, ground);
            for (node, (sum, turned)) in sums.iter().zip(&turned).enumerate() {
                if let Some((_, added)) = sum.terms.iter().find(|(own, _)| *own == cell) {
                    if added == turned { minus = node } else { plus = node }
                }
            }
            let spec = sheet.cells.get(cell)?;
            let index = |list: &mut Vec<&'static str>, id| {
                list.iter().position(|own| *own == id).unwrap_or_else(|| {
                    list.push(id);
                    list.len() - 1
                })
            };
            let row = index(&mut rows, spec.row);
            let column = index(&mut columns, spec.column.id);
            let is_total = sums.iter().any(|sum| sum.total == Some(cell));
            arcs.push(Arc { cell, plus, minus, row, column, is_total });
        }

        let grounded = arcs.iter().any(|arc| arc.plus == ground || arc.minus == ground);
        let nodes = ground + usize::from(grounded);
        if nodes > NODES || arcs.len() > ARCS {
            return None;
        }
        let mut incident = PerNode::<ArcSet>::new();
        let mut grid = Grid {
            rows: rows.len(),
            columns: columns.len(),
            arcs: vec![None; rows.len() * columns.len()],
            row_nodes: vec![0; rows.len()],
            column_nodes: vec![0; columns.len()],
        };
        for (index, arc) in arcs.iter().enumerate() {
            for node in [arc.plus, arc.minus] {
                let mut set = incident.get(node);
                set.insert(index);
                incident.set(node, set);
            }
            *grid.arcs.get_mut(arc.row * columns.len() + arc.column)? = Some(index);
            let ends: NodeSet = 1 << arc.plus | 1 << arc.minus;
            *grid.row_nodes.get_mut(arc.row)? |= ends;
            *grid.column_nodes.get_mut(arc.column)? |= ends;
        }
        let mut total_rows: Vec<usize> = sums
            .iter()
            .filter(|sum| sum.over_rows)
            .filter_map(|sum| arcs.iter().find(|arc| Some(arc.cell) == sum.total))
            .map(|arc| arc.row)
            .collect();
        total_rows.dedup();
        Some(Self { sheet, block, nodes, arcs, incident, grid, total_rows })
    }

    pub(super) fn arc(&self, index: usize) -> Option<&Arc> {
        self.arcs.get(index)
    }

    /// Whether a sum whose cells are all known does not hold: exact for numbers of any size
    /// that a report can state.
    pub(super) fn contradicts(&self, value: impl Fn(usize) -> Option<Decimal>) -> bool {
        (0..self.nodes).any(|node| {
            let arcs = self.incident.get(node);
            let mut arcs = arcs.iter().filter_map(|index| self.arcs.get(index));
            let sum = arcs.try_fold(Decimal::ZERO, |sum, arc| {
                let value = value(arc.cell)?;
                sum.checked_add(if arc.plus == node { value } else { -value })
            });
            sum.is_some_and(|sum| sum != Decimal::ZERO)
        })
    }

    /// What each sum lacks, from the values that are known.
    pub(super) fn imbalances(&self, values: &[Option<i64>]) -> PerNode<i64> {
        let mut sums = PerNode::<i64>::new();
        for (arc, value) in self.arcs.iter().zip(values) {
            // Values are small enough: see `Problem::new`.
            if let Some(value) = value {
                sums.set(arc.plus, sums.get(arc.plus).saturating_add(*value));
                sums.set(arc.minus, sums.get(arc.minus).saturating_sub(*value));
            }
        }
        sums
    }
}

/// Leaves out sums whose every cell stands in more sums than two.
fn without_redundant(mut sums: Vec<Sum>) -> Vec<Sum> {
    let mut at = 0;
    while let Some(sum) = sums.get(at) {
        let count =
            |cell: usize| sums.iter().filter(|other| other.terms.iter().any(|(own, _)| *own == cell)).count();
        if sum.terms.iter().all(|(cell, _)| count(*cell) > 2) {
            sums.remove(at);
        } else {
            at += 1;
        }
    }
    sums
}

/// Sums that share cells, together.
fn components(mut sums: Vec<Sum>) -> Vec<Vec<Sum>> {
    let mut all = Vec::new();
    while !sums.is_empty() {
        let mut own = vec![sums.remove(0)];
        let mut at = 0;
        while let Some(sum) = own.get(at) {
            let shares =
                |other: &Sum| other.terms.iter().any(|(cell, _)| sum.terms.iter().any(|(c, _)| c == cell));
            let (near, far): (Vec<Sum>, Vec<Sum>) = sums.into_iter().partition(shares);
            own.extend(near);
            sums = far;
            at += 1;
        }
        all.push(own);
    }
    all
}

/// Which sums to turn round so that each cell has opposite signs in its two sums. None
/// if no choice does: of three sums with one cell two always agree.
fn orientation(sums: &[Sum]) -> Option<Vec<bool>> {
    let mut turned: Vec<Option<bool>> = vec![None; sums.len()];
    *turned.first_mut()? = Some(false);
    let mut open = vec![0];
    while let Some(node) = open.pop() {
        let own = turned.get(node).copied().flatten()?;
        for (cell, added) in &sums.get(node)?.terms {
            for (other, sum) in sums.iter().enumerate().filter(|(other, _)| *other != node) {
                let Some((_, there)) = sum.terms.iter().find(|(c, _)| c == cell) else { continue };
                let needed = own ^ (added == there);
                match turned.get_mut(other)? {
                    Some(turned) if *turned != needed => return None,
                    Some(_) => {}
                    place => {
                        *place = Some(needed);
                        open.push(other);
                    }
                }
            }
        }
    }
    turned.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_that_form_no_network_are_told() {
        let sum = |terms: &[(usize, bool)]| Sum { terms: terms.to_vec(), total: None, over_rows: false };
        let turned =
            |sums: &[&[(usize, bool)]]| orientation(&sums.iter().map(|terms| sum(terms)).collect::<Vec<_>>());
        // Added here and subtracted there, or the one sum turned round.
        assert_eq!(turned(&[&[(0, true), (1, false)], &[(0, false)]]), Some(vec![false, false]));
        assert_eq!(turned(&[&[(0, true), (1, false)], &[(0, true)]]), Some(vec![false, true]));
        // Two cells that ask for different turns.
        assert_eq!(turned(&[&[(0, true), (1, false)], &[(0, true), (1, true)]]), None);
        // A cell in three sums.
        assert_eq!(turned(&[&[(0, true)], &[(0, false)], &[(0, false)]]), None);
    }

    /// Exact rank of integer rows, by elimination without fractions.
    fn rank(mut rows: Vec<Vec<i128>>) -> usize {
        let columns = rows.first().map_or(0, Vec::len);
        let mut rank = 0;
        for column in 0..columns {
            let Some(pivot) = (rank..rows.len()).find(|&row| rows[row][column] != 0) else { continue };
            rows.swap(rank, pivot);
            let pivot = rows[rank].clone();
            for row in rows.iter_mut().skip(rank + 1) {
                let factor = row[column];
                if factor != 0 {
                    for (own, above) in row.iter_mut().zip(&pivot) {
                        *own = *own * pivot[column] - above * factor;
                    }
                    let common = row.iter().fold(0_i128, |a, b| gcd(a, b.abs()));
                    if common > 1 {
                        row.iter_mut().for_each(|own| *own /= common);
                    }
                }
            }
            rank += 1;
        }
        rank
    }

    fn gcd(a: i128, b: i128) -> i128 {
        if b == 0 { a } else { gcd(b, a % b) }
    }

    #[test]
    fn the_requests_table_is_a_network() {
        for (sheet, (cells, sums, rank_of_all)) in Sheet::all().iter().zip([(161, 37, 35), (175, 39, 37)]) {
            let all: Vec<Vec<i128>> = sheet
                .lines
                .iter()
                .filter(|line| line.block.table == "requests" && line.edit.relation == Relation::Equal)
                .filter(|line| !line.is_across_years())
                .map(|line| {
                    let mut row = vec![0; sheet.cells.len()];
                    line.left.iter().for_each(|entry| row[entry.cell] += 1);
                    line.right.iter().for_each(|entry| row[entry.cell] -= 1);
                    row
                })
                .collect();
            assert_eq!(all.len(), sums);
            assert_eq!(rank(all), rank_of_all);

            let network = &Network::of(sheet)[0];
            assert_eq!((network.block.table, network.arcs.len()), ("requests", cells));
            assert_eq!(network.nodes, sums - 1, "one redundant sum is left out, there is no ground");
            let kept: Vec<Vec<i128>> = (0..network.nodes)
                .map(|node| {
                    let sign = |arc: &Arc| i128::from(arc.plus == node) - i128::from(arc.minus == node);
                    network.arcs.iter().map(sign).collect()
                })
                .collect();
            for arc in 0..cells {
                let signs: Vec<i128> = kept.iter().map(|row| row[arc]).filter(|sign| *sign != 0).collect();
                assert!(signs == [1, -1] || signs == [-1, 1]);
            }
            assert_eq!(rank(kept), rank_of_all, "what is left out follows from the rest");
            let mut ends: Vec<(usize, usize)> =
                network.arcs.iter().map(|arc| (arc.plus.min(arc.minus), arc.plus.max(arc.minus))).collect();
            ends.sort_unstable();
            ends.dedup();
            assert_eq!(ends.len(), cells, "no parallel arcs");
            // The rank of a connected network is one below its nodes.
            assert_eq!(rank_of_all, network.nodes - 1);
            assert_eq!((network.grid.rows, network.grid.columns), (cells / 7, 7));
            let total = network.grid.at(network.total_rows[0], 0).unwrap();
            assert_eq!(sheet.cells[network.arcs[total].cell].id(), "requests.total.natural_person");
            assert_eq!(network.total_rows.len(), 1);
        }
    }

    #[test]
    fn each_row_of_the_review_table_is_a_star() {
        for sheet in Sheet::all() {
            let stars = &Network::of(sheet)[1..];
            assert_eq!(stars.len(), 3);
            for star in stars {
                assert_eq!((star.block.table, star.nodes, star.arcs.len()), ("review", 2, 5));
            }
        }
    }
}
