//! Numbers compared with the year before.

use super::Stated;
use super::lists::{Entry, is_share};
use super::measure::Gist;
use super::number::Counter;
use crate::model::Decimal;

/// A number, its difference from the year before or that year's number, and the rate.
#[derive(Debug)]
pub(crate) struct Growth<'a> {
    pub(crate) now: Stated<'a>,
    pub(crate) other: Stated<'a>,
    pub(crate) rate: Stated<'a>,
}

/// Rates that follow on both numbers: 12件，比上年增加2件，增长20%.
pub(super) fn growths<'a>(entries: &[Entry<'a>]) -> Vec<Growth<'a>> {
    let mut found = Vec::new();
    for three in entries.windows(3) {
        let [now, other, rate] = three else { continue };
        let counter = now.stated.number.counter;
        // Words of weight tell of something else that grew.
        let plain = |label: &Gist| label.change && label.is_empty() && !label.channel && !label.scope;
        let compared = plain(&other.label) && other.label.other_time;
        let rated = plain(&rate.label) && rate.label.other_year.is_none();
        let alike = matches!(counter, Counter::Piece(_)) && other.stated.number.counter == counter;
        let exact = three.iter().all(|entry| entry.stated.number.is_exact());
        if alike && exact && compared && rated && rate.stated.number.counter == Counter::Percent {
            found.push(Growth { now: now.stated, other: other.stated, rate: rate.stated });
        }
    }
    found
}

impl Growth<'_> {
    /// Whether the rate is that of the two numbers in any way they can be meant.
    pub(crate) fn holds(&self) -> Option<bool> {
        let now = self.now.number.value;
        let other = self.other.number.value;
        let more = now.checked_add(other)?;
        let less = now.checked_add(-other)?;
        let size = |d: Decimal| if d.is_negative() { -d } else { d };
        let rate = self.rate.number.value;
        let ways = [(other, less), (other, more), (size(less), other)];
        let answers: Vec<bool> = ways
            .into_iter()
            .filter(|(_, base)| !base.is_negative())
            .filter_map(|(change, base)| is_share(change, base, rate))
            .collect();
        (!answers.is_empty()).then(|| answers.contains(&true))
    }
}
