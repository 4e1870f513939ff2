use super::*;
use crate::check::sheet::Sheet;

const STEPS: u32 = 20_000;

/// Repeatable numbers below a bound.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as i64 % bound
    }
}

fn requests(edition: usize) -> &'static Network {
    &Network::of(&Sheet::all()[edition])[0]
}

fn review(edition: usize) -> &'static Network {
    &Network::of(&Sheet::all()[edition])[1]
}

/// A table that adds up: random outcomes and remainders, all else from them.
fn balanced(network: &Network, most: i64, numbers: &mut Numbers) -> Vec<i64> {
    let (rows, columns) = (network.grid.rows, network.grid.columns);
    let mut table = vec![vec![0; columns]; rows];
    for column in 0..columns - 1 {
        for (row, line) in table.iter_mut().enumerate() {
            if row != 0 && row != rows - 2 {
                line[column] = if numbers.below(3) == 0 { 0 } else { numbers.below(most) };
            }
        }
        let outcomes: i64 = table[2..rows - 2].iter().map(|line| line[column]).sum();
        table[1][column] = table[1][column].min(outcomes);
        table[rows - 2][column] = outcomes;
        table[0][column] = outcomes + table[rows - 1][column] - table[1][column];
    }
    for line in &mut table {
        line[columns - 1] = line[..columns - 1].iter().sum();
    }
    table.concat()
}

fn problem(network: &Network, values: Vec<i64>) -> Problem<'_> {
    Problem::new(network, values.into_iter().map(Some).collect()).unwrap()
}

fn position(network: &Network, id: &str) -> usize {
    network.arcs.iter().position(|arc| network.sheet.cells[arc.cell].id() == id).unwrap()
}

fn set(cells: &[usize]) -> ArcSet {
    cells.iter().copied().collect()
}

#[test]
fn tables_that_add_up_have_nothing_to_locate() {
    let mut numbers = Numbers(1);
    for edition in [0, 1] {
        let network = requests(edition);
        for most in [1, 9, 1000] {
            assert!(problem(network, balanced(network, most, &mut numbers)).holds());
        }
    }
}

#[test]
fn one_wrong_cell_is_found_with_its_value() {
    let mut numbers = Numbers(2);
    for edition in [0, 1] {
        let network = requests(edition);
        for most in [2, 20, 5000] {
            let values = balanced(network, most, &mut numbers);
            for cell in 0..values.len() {
                let mut spoiled = values.clone();
                while spoiled[cell] == values[cell] {
                    spoiled[cell] = numbers.below(2 * most);
                }
                let problem = problem(network, spoiled);
                let found = problem.search(STEPS);
                assert_eq!((found.sets.as_slice(), found.complete), (&[set(&[cell])][..], true));
                let range = problem.flow(found.sets[0]).unwrap().range(cell);
                assert_eq!(range.value(), Some(values[cell]));
            }
        }
    }
}

#[test]
fn all_smallest_pairs_are_found_and_no_others() {
    let mut numbers = Numbers(3);
    let mut several = 0;
    for round in 0..40 {
        let network = requests(round % 2);
        let values = balanced(network, 3, &mut numbers);
        let mut spoiled = values.clone();
        // Errors of equal size, often in one row: the pairs most easily confounded.
        let cell = numbers.below(values.len() as i64) as usize;
        let other = if numbers.below(2) == 0 { cell / 7 * 7 } else { 0 } + numbers.below(7) as usize;
        spoiled[cell] += 1;
        spoiled[other] = (spoiled[other] - 1).max(0);
        let problem = problem(network, spoiled);
        let found = problem.search(STEPS);
        assert!(found.complete);
        let mut expected: Vec<ArcSet> = Vec::new();
        if !problem.holds() {
            expected.extend((0..values.len()).map(|a| set(&[a])).filter(|set| problem.flow(*set).is_ok()));
            if expected.is_empty() {
                let pairs = (0..values.len()).flat_map(|b| (0..b).map(move |a| set(&[a, b])));
                expected.extend(pairs.filter(|set| problem.flow(*set).is_ok()));
            }
        } else {
            expected.push(ArcSet::default());
        }
        expected.sort_unstable();
        several += usize::from(expected.len() > 1);
        assert_eq!(found.sets, expected);
    }
    assert!(several > 3, "{several}");
}

#[test]
fn a_review_row_has_five_options_ranked_by_typing() {
    let network = review(1);
    // 12 + 3 + 0 + 5 = 20, printed as 21, 3, 0, 5, 20.
    let problem = problem(network, vec![21, 3, 0, 5, 20]);
    let solution = Solution::of(&problem, STEPS);
    let first: Vec<_> = (solution.ways.iter())
        .map(|way| (way.suspects[0].arc, way.suspects[0].value(), way.suspects[0].slip))
        .collect();
    // Nothing negative: 3, 0 and 5 are too small to be the wrong ones.
    assert_eq!(first.len(), 2);
    assert_eq!(first[0], (0, Some(12), Slip::TransposedDigits));
    assert_eq!(first[1].1, Some(29));

    let problem = self::problem(network, vec![12, 3, 0, 5, 29]);
    let solution = Solution::of(&problem, STEPS);
    assert_eq!(solution.found.sets.len(), 5);
    let order: Vec<(usize, Slip)> =
        solution.ways.iter().map(|way| (way.suspects[0].arc, way.suspects[0].slip)).collect();
    assert_eq!(order[..2], [(0, Slip::TransposedDigits), (4, Slip::WrongDigit)]);
}

#[test]
fn trusted_cells_are_never_suspected_and_doubted_ones_first() {
    let network = review(0);
    let mut problem = problem(network, vec![1, 1, 1, 1, 5]);
    problem.locked = set(&[0, 4]);
    assert_eq!(
        problem.search(STEPS).sets,
        [set(&[3]), set(&[2]), set(&[1])].into_iter().rev().collect::<Vec<_>>()
    );
    problem.uncertain = set(&[2]);
    assert_eq!(problem.search(STEPS).sets, [set(&[2])]);
    problem.locked = set(&[0, 1, 2, 3, 4]);
    let found = problem.search(STEPS);
    assert!(found.sets.is_empty() && found.complete);
}

#[test]
fn cells_without_a_number_are_no_errors() {
    let network = requests(1);
    let values = balanced(network, 50, &mut Numbers(5));
    let at = |id: &str| position(network, id);
    let blank = [at("requests.granted.research"), at("requests.denied.state_secret.other")];
    let mut known: Vec<Option<i64>> = values.iter().copied().map(Some).collect();
    blank.iter().for_each(|cell| known[*cell] = None);
    let problem = Problem::new(network, known.clone()).unwrap();
    assert!(problem.holds());
    let flow = problem.flow(ArcSet::default()).unwrap();
    assert_eq!(blank.map(|cell| flow.range(cell).value()), blank.map(|cell| Some(values[cell])));

    // The wrong one is found all the same.
    let wrong = at("requests.received.enterprise");
    known[wrong] = Some(values[wrong] + 9);
    let problem = Problem::new(network, known).unwrap();
    assert!(!problem.holds());
    assert_eq!(problem.search(STEPS).sets, [set(&[wrong])]);
}

#[test]
fn cells_on_a_ring_have_a_range() {
    let network = requests(0);
    // The corners of a rectangle: what two gain the other two lose.
    let corner = |row, column| network.grid.at(row, column).unwrap();
    let ring = [corner(2, 0), corner(2, 1), corner(3, 1), corner(3, 0)];
    let mut wide = 0;
    for seed in 0..20 {
        let values = balanced(network, 9, &mut Numbers(seed));
        let known = values.iter().enumerate().map(|(at, value)| (!ring.contains(&at)).then_some(*value));
        let problem = Problem::new(network, known.collect()).unwrap();
        let flow = problem.flow(ArcSet::default()).unwrap();
        let [a, b, c, d] = ring.map(|cell| values[cell]);
        assert_eq!(flow.range(ring[0]), Range { low: a - a.min(c), high: Some(a + b.min(d)) });
        assert_eq!(flow.range(ring[1]), Range { low: b - b.min(d), high: Some(b + a.min(c)) });
        wide += usize::from(a.min(c) > 0 && b.min(d) > 0);
    }
    assert!(wide > 3, "{wide} rings of 20 have room on both sides");

    // Three rows and the totals without a number: nothing bounds what passes through.
    let rows: Vec<usize> = (0..network.arcs.len()).collect();
    let all = Problem::new(network, vec![None; rows.len()]).unwrap();
    let range = all.flow(ArcSet::default()).unwrap().range(0);
    assert_eq!(range, Range { low: 0, high: None });
}

#[test]
fn a_cut_makes_more_cells_change_where_a_value_would_be_negative() {
    let network = review(0);
    // The parts exceed the total by more than any of them holds.
    let problem = problem(network, vec![2, 2, 2, 2, 1]);
    problem.search(STEPS).sets.iter().for_each(|cells| assert_eq!(*cells, set(&[4])));
    let mut problem = problem;
    problem.locked = set(&[4]);
    let found = problem.search(STEPS);
    assert_eq!((found.least, found.complete), (4, true));
    assert_eq!(found.sets, [set(&[0, 1, 2, 3])]);
    let flow = problem.flow(found.sets[0]).unwrap();
    assert_eq!(flow.range(0), Range { low: 0, high: Some(1) });
}

#[test]
fn negative_numbers_are_wrong_in_any_case() {
    let network = review(0);
    let mut problem = problem(network, vec![-1, 2, 0, 0, 4]);
    assert_eq!(problem.search(STEPS).sets, [set(&[0])]);
    // Where one is known to be right, nothing explains the table, and that is certain.
    problem.locked = set(&[0]);
    let found = problem.search(STEPS);
    assert_eq!((found.sets.as_slice(), found.complete, found.least), (&[][..], true, 1));
}

#[test]
fn a_negative_number_stands_nowhere_else_rightly() {
    let network = requests(1);
    let width = network.grid.columns;
    // What was received, moved round by one column: moved back, all sums would hold.
    let shifted = |first: i64| {
        let before = (-first).max(0);
        let mut values = vec![0; network.arcs.len()];
        for (row, [first, total]) in [
            (0, [first, first + 6]),
            (1, [before, before]),
            (network.grid.rows - 1, [first + before, first + before + 6]),
        ] {
            let second = total - first;
            for (column, value) in [(0, first), (1, second), (width - 1, total)] {
                values[network.grid.at(row, column).unwrap()] = value;
            }
        }
        let row: Vec<usize> = (0..width).map(|column| network.grid.at(0, column).unwrap()).collect();
        let written: Vec<i64> = row.iter().map(|arc| values[*arc]).collect();
        for (place, arc) in row.iter().enumerate() {
            values[*arc] = written[(place + width - 1) % width];
        }
        blocks::moves(&problem(network, values)).iter().map(|(_, moved, _)| moved.slip).collect::<Vec<_>>()
    };
    assert!(shifted(3).contains(&Slip::RowShifted));
    assert!(!shifted(-3).contains(&Slip::RowShifted));
}

#[test]
fn what_is_beyond_exact_sums_is_not_searched() {
    assert!(Problem::new(review(0), vec![Some(i64::MAX), Some(0), Some(0), Some(0), Some(0)]).is_none());
    assert!(Problem::new(review(0), vec![Some(i64::MIN), Some(0), Some(0), Some(0), Some(0)]).is_none());
}

#[test]
fn a_search_without_end_says_what_is_certain() {
    let network = requests(1);
    let mut numbers = Numbers(7);
    let mut values = balanced(network, 1000, &mut numbers);
    for cell in (0..values.len()).step_by(5) {
        values[cell] += 1 + numbers.below(500);
    }
    let problem = problem(network, values);
    let found = problem.search(STEPS);
    assert!(!found.complete && found.sets.is_empty() && found.steps == STEPS);
    assert!((6..=35).contains(&found.least), "{}", found.least);
    // As many steps, the same answer.
    assert_eq!(problem.search(STEPS).least, found.least);
}

#[test]
fn differences_apart_are_explained_apart() {
    let network = requests(1);
    let mut values = balanced(network, 90, &mut Numbers(8));
    values[position(network, "requests.granted.research")] += 40;
    values[position(network, "requests.brought_forward.enterprise")] += 7;
    let problem = problem(network, values);
    let parts = Solution::of(&problem, STEPS).parts(3);
    let cells: Vec<Vec<usize>> = (parts.iter())
        .map(|part| part.ways[0].suspects.iter().map(|suspect| suspect.arc).collect())
        .collect();
    assert_eq!(cells.len(), 2);
    assert!(parts.iter().all(|part| part.ways.len() == 1 && part.least == 1 && !part.only));
}

#[test]
fn bounds_of_the_search_lose_no_smallest_set() {
    let mut numbers = Numbers(10);
    let mut sizes = [0; 5];
    for round in 0..60 {
        let network = requests(round % 2);
        let mut values = balanced(network, 4, &mut numbers);
        // A few rows and columns, so that cells share sums; all other cells are right.
        let rows = [0, 2, 3, 4 + round % 3, network.grid.rows - 2];
        let cells: Vec<usize> =
            rows.into_iter().flat_map(|row| [0, 1, 6].map(|column| row * 7 + column)).collect();
        for _ in 0..1 + round % 4 {
            let cell = cells[numbers.below(cells.len() as i64) as usize];
            values[cell] = numbers.below(6);
        }
        let mut problem = problem(network, values);
        problem.locked = (0..network.arcs.len()).filter(|arc| !cells.contains(arc)).collect();
        let mut expected: Vec<ArcSet> = Vec::new();
        for size in 0..=4_u32 {
            let sets = (0_u32..1 << cells.len()).filter(|bits| bits.count_ones() == size);
            let chosen = |bits: u32| {
                let own = cells.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
                own.map(|(_, cell)| *cell).collect::<ArcSet>()
            };
            expected = sets.map(chosen).filter(|set| problem.flow(*set).is_ok()).collect();
            if !expected.is_empty() {
                sizes[size as usize] += 1;
                break;
            }
        }
        expected.sort_unstable();
        let found = problem.search(STEPS);
        assert!(found.complete);
        assert_eq!(found.sets, expected, "{round}");
    }
    assert!(sizes[2] > 3 && sizes[3] > 3, "{sizes:?}");
}

/// What is said of cells with their printed numbers and those that would mend them.
fn explained(cells: &[(usize, i64, i64)]) -> (Vec<Slip>, u32) {
    let suspect = |&(arc, written, value): &(usize, i64, i64)| {
        Suspect::new(arc, Some(written), Range { low: value, high: Some(value) })
    };
    let mut suspects: Vec<Suspect> = cells.iter().map(suspect).collect();
    let cost = slip::explain(requests(1), &mut suspects);
    (suspects.iter().map(|suspect| suspect.slip).collect(), cost)
}

#[test]
fn two_numbers_in_each_others_places_were_exchanged() {
    let at = |row: usize, column: usize| row * 7 + column;
    let (slips, near) = explained(&[(at(3, 1), 50, 30), (at(3, 2), 30, 50)]);
    assert_eq!(slips, [Slip::MovedInRow; 2]);
    let (slips, far) = explained(&[(at(3, 1), 50, 30), (at(3, 4), 30, 50)]);
    assert_eq!(slips, [Slip::MovedInRow; 2]);
    assert!(near < far);
    let (slips, below) = explained(&[(at(3, 1), 50, 30), (at(4, 1), 30, 50)]);
    assert_eq!((slips, below), (vec![Slip::MovedInColumn; 2], near));
    // Neither in one row nor in one column, or another number: each by itself.
    for other in [(at(4, 2), 30, 50), (at(3, 2), 30, 51), (at(3, 2), 31, 50)] {
        let (slips, apart) = explained(&[(at(3, 1), 50, 30), other]);
        assert_eq!(slips[0], Slip::WrongDigit, "{other:?}");
        assert_eq!(apart, explained(&[(at(3, 1), 50, 30)]).1 + explained(&[other]).1);
    }
    // A cell is exchanged with one other at most.
    let (slips, all) = explained(&[(at(3, 1), 50, 30), (at(3, 2), 30, 50), (at(3, 3), 50, 30)]);
    assert_eq!(slips, [Slip::MovedInRow, Slip::MovedInRow, Slip::WrongDigit]);
    assert_eq!(all, near + explained(&[(at(3, 3), 50, 30)]).1);
}

#[test]
fn slips_are_ranked_by_what_people_mistype() {
    let cost = |written, value| explained(&[(3 * 7, written, value)]).1;
    // Exchanged digits, one wrong digit, a lost or added one, two wrong ones, three.
    let ranks = [(63, 36), (63, 65), (63, 6), (635, 144)].map(|(written, value)| cost(written, value));
    assert!(ranks.windows(2).all(|two| two[0] < two[1]), "{ranks:?}");
    assert!(cost(6355, 1444) > cost(635, 144));
    assert_eq!(cost(63, 6), cost(6, 63));
    // In a number of one digit nothing is left of the right one.
    assert!(cost(3, 5) > cost(63, 65) && cost(10, 11) == cost(63, 65));
    // A number that was left out, the likelier the smaller; and one that stands in an empty cell.
    assert!(cost(0, 5) < cost(0, 5000) && cost(0, 5) < cost(5, 0));
    let slip = |arc, written, value| explained(&[(arc, written, value)]).0[0];
    assert_eq!(slip(3 * 7, 635, 144), Slip::Other);
    assert_eq!(slip(3 * 7 + 6, 635, 144), Slip::TotalOnly);
    assert_eq!([slip(3 * 7, 0, 4), slip(3 * 7, 4, 0)], [Slip::Omitted, Slip::Spurious]);
}

#[test]
fn moves_say_from_where_and_by_how_much() {
    let network = requests(1);
    let values = balanced(network, 900, &mut Numbers(11));
    let first = |spoiled: &[i64], locked: &[usize]| {
        let mut problem = problem(network, spoiled.to_vec());
        problem.locked = set(locked);
        let solution = Solution::of(&problem, STEPS);
        let moved = solution.ways.iter().find_map(|way| way.moved.as_ref());
        moved.map(|moved| (moved.slip, moved.at, moved.by))
    };
    let row = |row: usize| row * 7..row * 7 + 7;
    for by in 1..4 {
        let mut spoiled = values.clone();
        spoiled[row(4)].rotate_right(by);
        assert_eq!(first(&spoiled, &[]), Some((Slip::RowShifted, At::Row(4), by)));
        // Not where a cell that would move is known to be right.
        assert_eq!(first(&spoiled, &[4 * 7 + 2]), None);
    }
    for column in 0..6 {
        let mut spoiled = values.clone();
        (0..25).for_each(|row| spoiled.swap(row * 7 + column, row * 7 + 6));
        let exchanged = (Slip::ColumnsExchanged, At::Columns(column, 6), 6 - column);
        assert_eq!(first(&spoiled, &[]), Some(exchanged));
    }
    for upper in [1, 22, 23] {
        let mut spoiled = values.clone();
        (0..7).for_each(|column| spoiled.swap(upper * 7 + column, (upper + 1) * 7 + column));
        assert_eq!(first(&spoiled, &[]), Some((Slip::RowsExchanged, At::Rows(upper, upper + 1), 1)));
    }
    for doubled in 0..5 {
        let mut spoiled = values.clone();
        spoiled.copy_within(4 * 7 + doubled..4 * 7 + 6, 4 * 7 + doubled + 1);
        assert_eq!(first(&spoiled, &[]), Some((Slip::CellDoubled, At::Row(4), 1)), "{doubled}");
    }
    // A part of a column that stands a row too low, between zeros: from its first cell to its last.
    let column = |rows: [i64; 6]| {
        let mut table = values.clone();
        for (row, value) in (4..).zip(rows) {
            let change = value - table[row * 7 + 2];
            for at in [row * 7 + 2, row * 7 + 6, 23 * 7 + 2, 23 * 7 + 6, 2, 6] {
                table[at] += change;
            }
        }
        table
    };
    let (right, low) = (column([0, 35, 263, 436, 0, 0]), [0, 0, 35, 263, 436, 0]);
    let mut spoiled = right;
    (4..).zip(low).for_each(|(row, value)| spoiled[row * 7 + 2] = value);
    assert_eq!(first(&spoiled, &[]), Some((Slip::ColumnSlipped, At::Part(2, 5, 8), 1)));
}

/// The first explanation, and what it makes of the table.
fn mended(network: &Network, spoiled: &[i64]) -> (Option<Slip>, Vec<i64>) {
    let problem = problem(network, spoiled.to_vec());
    let solution = Solution::of(&problem, STEPS);
    let first = &solution.ways[0];
    let mut values = spoiled.to_vec();
    for suspect in &first.suspects {
        values[suspect.arc] = suspect.value().unwrap();
    }
    (first.moved.as_ref().map(|moved| moved.slip), values)
}

#[test]
fn moves_of_rows_and_columns_are_recognised() {
    let network = requests(1);
    let values = balanced(network, 900, &mut Numbers(9));
    let row = |row: usize| row * 7..row * 7 + 7;
    type Spoil<'a> = &'a dyn Fn(&mut Vec<i64>);
    let cases: [(Slip, Spoil<'_>); 9] = [
        (Slip::RowShifted, &|v| {
            v[row(4)].rotate_right(1);
            v[row(4).start] = 0;
        }),
        (Slip::RowShifted, &|v| {
            v[row(4)].rotate_left(2);
            v[row(4).end - 1] = 0;
            v[row(4).end - 2] = 0;
        }),
        (Slip::CellDoubled, &|v| {
            v[row(4)].copy_within(1..6, 2);
        }),
        (Slip::RowsExchanged, &|v| {
            for column in 0..7 {
                v.swap(23 * 7 + column, 24 * 7 + column);
            }
        }),
        (Slip::ColumnsExchanged, &|v| {
            for row in 0..25 {
                v.swap(row * 7 + 4, row * 7 + 6);
            }
        }),
        (Slip::ColumnSlipped, &|v| {
            for row in (5..9).rev() {
                v[(row + 1) * 7 + 2] = v[row * 7 + 2];
            }
            v[5 * 7 + 2] = 0;
        }),
        // The column of totals, downwards and upwards.
        (Slip::ColumnSlipped, &|v| {
            for row in (5..9).rev() {
                v[(row + 1) * 7 + 6] = v[row * 7 + 6];
            }
            v[5 * 7 + 6] = 0;
        }),
        (Slip::ColumnSlipped, &|v| {
            for row in 5..9 {
                v[row * 7 + 6] = v[(row + 1) * 7 + 6];
            }
            v[9 * 7 + 6] = 0;
        }),
        (Slip::TotalRowEmpty, &|v| v[row(23)].fill(0)),
    ];
    for (slip, spoil) in cases {
        let mut spoiled = values.clone();
        spoil(&mut spoiled);
        assert_eq!(mended(network, &spoiled), (Some(slip), values.clone()), "{slip:?}");
    }

    // A zero that is not printed: what follows moves up.
    let mut values = values;
    let lost = values[4 * 7 + 2];
    for cell in [4 * 7 + 2, 4 * 7 + 6, 23 * 7 + 2, 23 * 7 + 6, 2, 6] {
        values[cell] -= lost;
    }
    let mut spoiled = values.clone();
    spoiled[4 * 7 + 2..4 * 7 + 7].rotate_left(1);
    assert_eq!(mended(network, &spoiled), (Some(Slip::CellLost), values));
}
