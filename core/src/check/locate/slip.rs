//! How people mistype numbers: what likely happened where one number stands in the place
//! of another, and how likely it is beside other explanations. Costs are thousandths;
//! lower is likelier.

use super::flow::Range;
use super::network::Network;

/// What likely happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slip {
    TransposedDigits,
    WrongDigit,
    LostDigit,
    AddedDigit,
    Omitted,
    Spurious,
    MovedInRow,
    MovedInColumn,
    RowShifted,
    CellLost,
    CellDoubled,
    RowsExchanged,
    ColumnsExchanged,
    ColumnSlipped,
    TotalOnly,
    TotalRowEmpty,
    Other,
}

impl Slip {
    /// Stable code.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::TransposedDigits => "TRANSPOSED_DIGITS",
            Self::WrongDigit => "WRONG_DIGIT",
            Self::LostDigit => "LOST_DIGIT",
            Self::AddedDigit => "ADDED_DIGIT",
            Self::Omitted => "OMITTED",
            Self::Spurious => "SPURIOUS",
            Self::MovedInRow => "MOVED_IN_ROW",
            Self::MovedInColumn => "MOVED_IN_COLUMN",
            Self::RowShifted => "ROW_SHIFTED",
            Self::CellLost => "CELL_LOST",
            Self::CellDoubled => "CELL_DOUBLED",
            Self::RowsExchanged => "ROWS_EXCHANGED",
            Self::ColumnsExchanged => "COLUMNS_EXCHANGED",
            Self::ColumnSlipped => "COLUMN_SLIPPED",
            Self::TotalOnly => "TOTAL_ONLY",
            Self::TotalRowEmpty => "TOTAL_ROW_EMPTY",
            Self::Other => "OTHER",
        }
    }

    /// In Chinese and in English.
    pub(crate) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::TransposedDigits => ("数字颠倒", "digits exchanged"),
            Self::WrongDigit => ("错一位数字", "one wrong digit"),
            Self::LostDigit => ("漏写一位数字", "a digit lost"),
            Self::AddedDigit => ("多写一位数字", "a digit added"),
            Self::Omitted => ("漏填", "left out"),
            Self::Spurious => ("多填", "should be zero"),
            Self::MovedInRow => ("填错列", "put into another column"),
            Self::MovedInColumn => ("填错行", "put into another row"),
            Self::RowShifted => ("整行错列", "row shifted"),
            Self::CellLost => ("漏填一格，其后各格前移", "a zero cell lost, the rest of the row moved up"),
            Self::CellDoubled => ("重复一格，其后各格后移", "a cell doubled, the rest of the row moved on"),
            Self::RowsExchanged => ("相邻两行互换", "neighbouring rows exchanged"),
            Self::ColumnsExchanged => ("两列互换", "two columns exchanged"),
            Self::ColumnSlipped => ("一列中数字错位一行", "column slipped by one row"),
            Self::TotalOnly => ("仅总计有误", "only the total is wrong"),
            Self::TotalRowEmpty => ("总计行未填", "the row of totals was left at zero"),
            Self::Other => ("与勾稽关系不符", "contradicts the sums"),
        }
    }
}

/// A cell that is suspected, with what would mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Suspect {
    pub(super) arc: usize,
    pub(crate) written: Option<i64>,
    pub(crate) range: Range,
    pub(crate) slip: Slip,
}

impl Suspect {
    pub(super) fn new(arc: usize, written: Option<i64>, range: Range) -> Self {
        Self { arc, written, range, slip: Slip::Other }
    }

    /// The one value that would mend it.
    pub(crate) fn value(&self) -> Option<i64> {
        self.range.value()
    }
}

impl Range {
    pub(crate) fn value(self) -> Option<i64> {
        (self.high == Some(self.low)).then_some(self.low)
    }
}

/// Names what likely happened to each cell of a set, and says what that costs.
pub(super) fn explain(network: &Network, suspects: &mut [Suspect]) -> u32 {
    let single: Vec<(Slip, u32)> = suspects.iter().map(|suspect| alone(network, suspect)).collect();
    let mut pairs = Vec::new();
    for (second, b) in suspects.iter().enumerate() {
        for (first, a) in suspects.iter().enumerate().take(second) {
            if let Some((slip, cost)) = exchanged(network, a, b) {
                pairs.push((first, second, slip, cost));
            }
        }
    }
    let mut costs: u32 = 0;
    for (suspect, (slip, cost)) in suspects.iter_mut().zip(&single) {
        suspect.slip = *slip;
        costs += cost;
    }
    // Pairs by what they save; each cell in one pair at most.
    let alone = |at: usize| single.get(at).map_or(0, |(_, cost)| *cost);
    let saved = |&(a, b, _, cost): &(usize, usize, Slip, u32)| (alone(a) + alone(b)).saturating_sub(cost);
    pairs.sort_by_key(|pair| std::cmp::Reverse(saved(pair)));
    let mut paired = Vec::new();
    for pair in &pairs {
        let (a, b, slip, _) = *pair;
        if saved(pair) > 0 && !paired.contains(&a) && !paired.contains(&b) {
            costs -= saved(pair);
            for at in [a, b] {
                paired.push(at);
                if let Some(suspect) = suspects.get_mut(at) {
                    suspect.slip = slip;
                }
            }
        }
    }
    costs
}

/// Each of two cells of one row or column holds the other's number.
fn exchanged(network: &Network, a: &Suspect, b: &Suspect) -> Option<(Slip, u32)> {
    if a.value() != b.written || b.value() != a.written || a.written.is_none() || b.written.is_none() {
        return None;
    }
    let (from, to) = (network.arc(a.arc)?, network.arc(b.arc)?);
    let (slip, distance) = if from.row == to.row {
        (Slip::MovedInRow, from.column.abs_diff(to.column))
    } else if from.column == to.column {
        (Slip::MovedInColumn, from.row.abs_diff(to.row))
    } else {
        return None;
    };
    Some((slip, 1200 + 250 * (u32::try_from(distance).ok()? - 1)))
}

fn alone(network: &Network, suspect: &Suspect) -> (Slip, u32) {
    let other = match network.arc(suspect.arc) {
        Some(arc) if arc.is_total => Slip::TotalOnly,
        _ => Slip::Other,
    };
    match (suspect.written, suspect.value()) {
        (Some(0), Some(value)) => {
            // 300 for each power of ten.
            (Slip::Omitted, 1500 + 90 * value.checked_ilog2().unwrap_or(0))
        }
        (Some(_), Some(0)) => (Slip::Spurious, 3000),
        (Some(written), Some(value)) => match distance(written, value) {
            (1, Some(Slip::TransposedDigits)) => (Slip::TransposedDigits, 1000),
            (1, Some(Slip::WrongDigit)) if value < 10 => (Slip::WrongDigit, 2000),
            (1, Some(Slip::WrongDigit)) => (Slip::WrongDigit, 1400),
            (1, Some(slip)) => (slip, 1600),
            (distance, _) => (other, 2000 + 1000 * distance),
        },
        // Several values would do: as unlikely as a number that shares no digit.
        _ => (other, 4000),
    }
}

/// Optimal string alignment: changes of one digit, and exchanges of two neighbours, from
/// the one number to the other; if it is one, which.
fn distance(written: i64, value: i64) -> (u32, Option<Slip>) {
    let (from, to) = (written.to_string(), value.to_string());
    let (from, to) = (from.as_bytes(), to.as_bytes());
    let lengths = from.len().cmp(&to.len());
    let mut before: Vec<u32> = Vec::new();
    let mut above: Vec<u32> = (0..=to.len()).zip(0..).map(|(_, n)| n).collect();
    for (row, own) in from.iter().enumerate() {
        let mut line = vec![above.first().map_or(0, |first| first + 1)];
        for (column, other) in to.iter().enumerate() {
            let at = |list: &[u32], index: usize| list.get(index).copied().unwrap_or(u32::MAX / 2);
            let mut least = (at(&above, column) + u32::from(own != other))
                .min(at(&above, column + 1) + 1)
                .min(at(&line, column) + 1);
            let crossed =
                row > 0 && column > 0 && from.get(row - 1) == Some(other) && to.get(column - 1) == Some(own);
            if crossed {
                least = least.min(at(&before, column - 1) + 1);
            }
            line.push(least);
        }
        before = std::mem::replace(&mut above, line);
    }
    let distance = above.last().copied().unwrap_or(0);
    let slip = match lengths {
        std::cmp::Ordering::Less => Slip::LostDigit,
        std::cmp::Ordering::Greater => Slip::AddedDigit,
        std::cmp::Ordering::Equal => {
            let differing = from.iter().zip(to).filter(|(a, b)| a != b).count();
            if differing == 1 { Slip::WrongDigit } else { Slip::TransposedDigits }
        }
    };
    // A sign is no digit.
    (distance, (distance == 1 && written >= 0).then_some(slip))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_compared_as_people_mistype_them() {
        for (written, value, expected) in [
            (36, 63, (1, Some(Slip::TransposedDigits))),
            (36, 37, (1, Some(Slip::WrongDigit))),
            (36, 361, (1, Some(Slip::LostDigit))),
            (361, 36, (1, Some(Slip::AddedDigit))),
            (9, 10, (2, None)),
            (123, 231, (2, None)),
            (1234, 2143, (2, None)),
            (-5, 5, (1, None)),
        ] {
            assert_eq!(distance(written, value), expected, "{written} for {value}");
        }
    }

    /// What is said of numbers that were written, at rows and columns, in place of others.
    fn told(slips: &[(usize, usize, i64, i64)]) -> (Vec<Slip>, u32) {
        let network = &Network::of(&crate::check::sheet::Sheet::all()[0])[0];
        let suspect = |&(row, column, written, value): &(usize, usize, i64, i64)| {
            let range = Range { low: value, high: Some(value) };
            Suspect::new(network.grid.at(row, column).unwrap(), Some(written), range)
        };
        let mut suspects: Vec<Suspect> = slips.iter().map(suspect).collect();
        let cost = explain(network, &mut suspects);
        (suspects.iter().map(|suspect| suspect.slip).collect(), cost)
    }

    #[test]
    fn likelier_slips_cost_less() {
        let cost = |slips: &[(usize, usize, i64, i64)]| told(slips).1;
        // Numbers in each other's cells: the farther apart, the less likely.
        let wrong_digit = cost(&[(2, 0, 36, 37)]);
        let beside = cost(&[(2, 0, 40, 71), (2, 1, 71, 40)]);
        assert!(beside < wrong_digit);
        assert!(wrong_digit < cost(&[(2, 0, 40, 71), (2, 2, 71, 40)]));
        // A great number is less likely to be left out than a small one.
        let one_of_one = cost(&[(2, 0, 7, 8)]);
        assert!(cost(&[(2, 0, 0, 5)]) < one_of_one && one_of_one < cost(&[(2, 0, 0, 1000)]));
        // Of two digits one is as easily mistyped whatever they are.
        assert_eq!(cost(&[(2, 0, 11, 10)]), cost(&[(2, 0, 11, 12)]));
        // The more digits differ, the less likely; a number that shares none is as good as any.
        assert!(cost(&[(2, 0, 12, 34)]) < cost(&[(2, 0, 123, 456)]));
        let any = Suspect::new(0, Some(12), Range { low: 0, high: None });
        let network = &Network::of(&crate::check::sheet::Sheet::all()[0])[0];
        assert_eq!(alone(network, &any).1, cost(&[(2, 0, 12, 34)]));
    }

    #[test]
    fn a_pair_is_told_only_where_that_is_likelier() {
        assert_eq!(told(&[(2, 0, 12, 21), (2, 1, 21, 12)]).0, [Slip::MovedInRow; 2]);
        assert_eq!(told(&[(2, 0, 12, 21), (2, 5, 21, 12)]).0, [Slip::TransposedDigits; 2]);
    }
}
