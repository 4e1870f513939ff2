//! Wholes with their parts, and shares.

use std::cmp::Ordering;

use super::Stated;
use super::measure::{Gist, Measure};
use super::number::Counter;
use crate::model::Decimal;

/// A measure of the sentence with what its words say.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) stated: Stated<'a>,
    pub(super) measure: Measure,
    pub(super) label: Gist,
    pub(super) tail: Gist,
    /// 其中 or the like stands before it.
    pub(super) among: bool,
    /// The words that begin the list say that it is complete.
    pub(super) complete: bool,
    /// It may begin a statement of its own.
    pub(super) anew: bool,
}

impl Entry<'_> {
    /// A share, or a comparison with another year: no part of anything.
    fn is_remark(&self) -> bool {
        self.stated.number.counter == Counter::Percent || self.label.change || self.label.share
    }
}

/// A number, and the parts that the text says it has.
#[derive(Debug)]
pub(crate) struct List<'a> {
    pub(crate) whole: Stated<'a>,
    pub(crate) parts: Vec<Stated<'a>>,
    /// After how many parts the list may have ended already.
    ends: Vec<usize>,
    /// It is left open: 等.
    open: bool,
    /// It says that it is complete.
    complete: bool,
    /// Parts of parts that cannot be told from parts.
    tangled: bool,
    /// By ways of publishing: one thing may be published in several.
    channels: bool,
}

/// What adding up the parts gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Added {
    Equal,
    /// The sum that differs.
    Differs(Decimal),
    /// Less than the whole, and nothing says that the list is complete.
    Less(Decimal),
    /// More than the whole, but by ways of publishing that may overlap.
    Overlaps(Decimal),
    /// It is open what the parts are.
    Unclear,
}

impl List<'_> {
    /// Ends the list where it has reached its whole.
    fn close(&mut self) {
        let mut sum = Some(Decimal::ZERO);
        let reached = self.parts.iter().position(|part| {
            sum = sum.and_then(|sum| sum.checked_add(part.number.value));
            sum == Some(self.whole.number.value)
        });
        if let Some(last) = reached {
            self.parts.truncate(last + 1);
        }
    }

    pub(crate) fn add(&self) -> Added {
        let exact = |stated: &Stated<'_>| stated.number.is_exact();
        if !exact(&self.whole) || !self.parts.iter().all(exact) {
            return Added::Unclear;
        }
        let whole = self.whole.number.value;
        let mut sum = Decimal::ZERO;
        let mut differs: Option<Decimal> = None;
        let mut least: Option<Decimal> = None;
        for (at, part) in self.parts.iter().enumerate() {
            let Some(next) = sum.checked_add(part.number.value) else { return Added::Unclear };
            sum = next;
            if at + 1 == self.parts.len() && sum == whole {
                return Added::Equal;
            }
            if self.ends.contains(&(at + 1)) || at + 1 == self.parts.len() {
                least = least.or(Some(sum));
                differs = Some(sum);
            }
        }
        let (Some(least), Some(sum), false) = (least, differs, self.tangled) else { return Added::Unclear };
        // A list that has reached its whole ends there, so that none of these is equal.
        match least.cmp(&whole) {
            Ordering::Greater if self.channels => Added::Overlaps(sum),
            Ordering::Greater => Added::Differs(sum),
            _ if !self.ends.is_empty() => Added::Unclear,
            _ if self.complete && !self.open => Added::Differs(sum),
            _ if self.parts.len() > 1 => Added::Less(sum),
            _ => Added::Unclear,
        }
    }
}

/// The lists of a sentence. `before` is the only number of the sentence before it.
pub(super) fn lists<'a>(entries: &[Entry<'a>], before: Option<Stated<'a>>) -> Vec<List<'a>> {
    let mut found = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if !entry.among || entry.is_remark() {
            continue;
        }
        let earlier = entries.get(..at).unwrap_or_default();
        let own = earlier.iter().rposition(|e| !e.is_remark()).and_then(|own| Some((own, earlier.get(own)?)));
        let outside = before.filter(|_| entry.measure.clause <= 1);
        let Some(whole) = own.map(|(_, e)| e.stated).or(outside) else { continue };
        if whole.number.counter == entry.stated.number.counter && whole.number.counter != Counter::None {
            // Behind the parts of a part those of the whole may go on.
            let is_part = own.is_some_and(|(own, e)| {
                let begun = earlier.iter().take(own + 1).any(|e| e.among);
                begun && !e.anew && e.measure.depth == entry.measure.depth
            });
            found.extend(list(whole, is_part, entries.get(at..).unwrap_or_default()));
        }
    }
    found
}

/// The list that begins with the first entry; that of a part may end anywhere.
fn list<'a>(whole: Stated<'a>, is_part: bool, entries: &[Entry<'a>]) -> Option<List<'a>> {
    let first = entries.first()?;
    let mut list = List {
        whole,
        parts: Vec::new(),
        ends: Vec::new(),
        open: false,
        complete: first.complete,
        tangled: false,
        channels: false,
    };
    // How many parts stand before each semicolon.
    let mut semicolons: Vec<usize> = Vec::new();
    // A list below a part: what is still missing of it.
    let mut inner: Option<Decimal> = None;
    for (at, entry) in entries.iter().enumerate() {
        let deeper = entry.measure.depth > first.measure.depth;
        if entry.is_remark() || deeper {
            continue;
        }
        if entry.measure.depth < first.measure.depth {
            break;
        }
        if entry.stated.number.counter != whole.number.counter {
            // Zero is often stated without a counter.
            if entry.stated.number.is_zero() {
                continue;
            }
            break;
        }
        let value = entry.stated.number.value;
        if entry.among {
            inner = list.parts.last().map(|part| part.number.value);
        }
        if let Some(missing) = inner {
            let closed = entry.measure.mark == ';' && !entry.among;
            match missing.checked_add(-value) {
                _ if closed => {
                    list.tangled = true;
                    inner = None;
                }
                Some(rest) if !rest.is_negative() => {
                    inner = (rest != Decimal::ZERO).then_some(rest);
                    continue;
                }
                _ => {
                    list.tangled = true;
                    continue;
                }
            }
        }
        let follows = entries.get(at + 1).is_some_and(|next| next.among && !next.is_remark());
        let other_way = entry.label.channel && !first.label.channel;
        if at > 0 && (entry.anew || entry.measure.mark == ';' && (follows || other_way)) {
            list.ends.push(list.parts.len());
        }
        if at > 0 && entry.measure.mark == ';' {
            semicolons.push(list.parts.len());
        }
        list.complete |= entry.label.rest;
        list.open |= entry.tail.open;
        let each = if entry.label.each { entry.measure.label.len() } else { 1 };
        // 各3件: how many names have the number is not counted.
        list.tangled |= each > 1 && !entry.stated.number.is_zero();
        list.channels |= entry.label.channel;
        list.parts.push(entry.stated);
    }
    list.tangled |= inner.is_some();
    // One semicolon after several parts may end the list; more of them, or one after a
    // single part, divide it.
    if let [before] = semicolons.as_slice()
        && *before > 1
        && !list.ends.contains(before)
    {
        list.ends.push(*before);
    }
    if is_part {
        list.ends.extend(1..list.parts.len());
    }
    list.close();
    (!list.parts.is_empty()).then_some(list)
}

/// A part's share of a whole, as stated.
#[derive(Debug)]
pub(crate) struct Share<'a> {
    pub(crate) part: Stated<'a>,
    /// What it may be a share of.
    pub(crate) wholes: Vec<Stated<'a>>,
    pub(crate) percent: Stated<'a>,
}

/// Shares of parts whose whole is stated in the same sentence.
pub(super) fn shares<'a>(entries: &[Entry<'a>], before: Option<Stated<'a>>) -> Vec<Share<'a>> {
    let mut found = Vec::new();
    for (at, pair) in entries.windows(2).enumerate() {
        let [part, percent] = pair else { continue };
        let label = &percent.label;
        let plain = label.share && !label.unknown && !label.elsewhere && !label.change && !label.other_time;
        let words = label.quantities.is_empty() && label.columns.is_empty() && percent.tail.is_empty();
        if percent.stated.number.counter != Counter::Percent || !plain || !words || part.is_remark() {
            continue;
        }
        let listed = entries.get(..=at).unwrap_or_default().iter().any(|entry| entry.among);
        let same = |stated: &Stated<'_>| stated.number.counter == part.stated.number.counter;
        let wholes: Vec<Stated<'a>> =
            before.into_iter().chain(entries.iter().take(at).map(|e| e.stated)).filter(|s| same(s)).collect();
        if listed && !wholes.is_empty() && matches!(part.stated.number.counter, Counter::Piece(_)) {
            found.push(Share { part: part.stated, wholes, percent: percent.stated });
        }
    }
    found
}

impl Gist {
    /// No word of weight.
    pub(super) fn is_empty(&self) -> bool {
        !self.unknown && self.quantities.is_empty() && self.columns.is_empty() && !self.elsewhere
    }
}

/// Whether `percent` is `part` of `whole` to the places printed, rounded or cut off.
pub(crate) fn is_share(part: Decimal, whole: Decimal, percent: Decimal) -> Option<bool> {
    let (part, whole) = (i128::from(part.to_i64()?), i128::from(whole.to_i64()?));
    if whole == 0 {
        return None;
    }
    // All by 2 × whole × 10^places, so that nothing is divided.
    let places = 10_i128.checked_pow(u32::from(percent.scale()))?;
    let exact = part.checked_mul(200)?.checked_mul(places)?;
    let stated = percent.coefficient().checked_mul(2)?.checked_mul(whole)?;
    let difference = exact.checked_sub(stated)?;
    Some((-whole..whole.checked_mul(2)?).contains(&difference))
}
