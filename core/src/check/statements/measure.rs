//! From the items of a sentence to clauses, and to numbers with the words beside them.

use std::ops::Range;

use super::lex::{Item, Kind};
use super::number::{Counter, Number};
use crate::template::phrases::{Columns, Quantity, Says};

/// A stretch between marks.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub(super) items: Range<usize>,
    /// The mark before it; a full stop at the beginning of the sentence.
    pub(super) mark: char,
    /// Depth of brackets.
    pub(super) depth: usize,
}

/// A number, the words before it that are its own, and those behind it.
#[derive(Debug, Clone)]
pub(super) struct Measure {
    pub(super) number: Number,
    pub(super) label: Range<usize>,
    pub(super) tail: Range<usize>,
    /// Place in the folded text.
    pub(super) span: Range<usize>,
    pub(super) mark: char,
    pub(super) depth: usize,
    pub(super) clause: usize,
    /// Of names with numbers in their order: the name that is this number's.
    pub(super) name: Option<Range<usize>>,
    /// Names and numbers do not go together.
    pub(super) torn: bool,
}

/// What the words of a stretch say together.
#[derive(Debug, Default, Clone)]
pub(super) struct Gist {
    pub(super) unknown: bool,
    pub(super) this_year: bool,
    pub(super) other_time: bool,
    pub(super) other_year: Option<i32>,
    /// A part of a year, or a year that is not named.
    pub(super) vague: bool,
    pub(super) plan: bool,
    pub(super) change: bool,
    pub(super) share: bool,
    pub(super) scope: bool,
    pub(super) territory: bool,
    pub(super) aside: bool,
    pub(super) channel: bool,
    pub(super) elsewhere: bool,
    pub(super) negations: usize,
    pub(super) absence: bool,
    pub(super) each: bool,
    pub(super) among: bool,
    pub(super) anew: bool,
    pub(super) rest: bool,
    pub(super) whole: bool,
    pub(super) open: bool,
    pub(super) disclosure: bool,
    pub(super) requests: bool,
    pub(super) numbers: usize,
    pub(super) quantities: Vec<&'static Quantity>,
    pub(super) columns: Vec<&'static Columns>,
}

impl Gist {
    pub(super) fn of<'i>(items: impl IntoIterator<Item = &'i Item>, year: Option<i32>) -> Self {
        let mut gist = Self::default();
        for (at, item) in items.into_iter().enumerate() {
            match item.kind {
                Kind::Word(says) => gist.word(says, at),
                Kind::Number(_) => gist.numbers += 1,
                Kind::Year(named) if Some(named) == year => gist.this_year = true,
                Kind::Year(named) => {
                    gist.other_time = true;
                    gist.other_year = Some(named);
                }
                Kind::Date => (gist.other_time, gist.vague) = (true, true),
                Kind::Mark(_) => {}
                Kind::Unknown => gist.unknown = true,
            }
        }
        gist
    }

    fn word(&mut self, says: Says, at: usize) {
        match says {
            Says::Filler | Says::Join | Says::Request | Says::Respectively => {}
            Says::About | Says::Over | Says::Under => {}
            Says::ThisYear => self.this_year = true,
            Says::OtherTime => (self.other_time, self.vague) = (true, true),
            Says::Since => self.vague |= self.other_year.is_some(),
            Says::Plan => self.plan = true,
            Says::Change => self.change = true,
            Says::Share => self.share = true,
            Says::Scope => self.scope = true,
            Says::Territory => self.territory = true,
            Says::Aside => (self.aside, self.unknown) = (true, true),
            Says::Channel => self.channel = true,
            Says::Elsewhere => self.elsewhere = true,
            Says::Negation => self.negations += 1,
            Says::Absence => {
                self.negations += 1;
                self.absence = true;
            }
            Says::Among => self.among = true,
            Says::Whole => self.whole = true,
            // 其他 in the middle of a label is a part of some name.
            Says::Rest if at > 0 => self.unknown = true,
            Says::Rest => self.rest = true,
            Says::Open => self.open = true,
            Says::Anew => self.anew |= at == 0,
            Says::Each => self.each = true,
            Says::Disclosure => self.disclosure = true,
            Says::Requests => self.requests = true,
            Says::Quantity(quantity) => {
                if !self.quantities.iter().any(|own| std::ptr::eq(*own, quantity)) {
                    self.quantities.push(quantity);
                }
            }
            Says::Columns(columns) => {
                if !self.columns.iter().any(|own| std::ptr::eq(*own, columns)) {
                    self.columns.push(columns);
                }
            }
        }
    }

    /// Something stands there that could change what a number or a negation means.
    pub(super) fn is_blurred(&self) -> bool {
        self.unknown || self.elsewhere || self.change || self.share || self.plan || self.vague || self.rest
    }
}

pub(super) fn clauses(items: &[Item]) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let (mut from, mut mark, mut depth) = (0, '。', 0_usize);
    for at in 0..=items.len() {
        let sign = match items.get(at).map(|item| item.kind) {
            Some(Kind::Mark(sign)) => sign,
            Some(_) => continue,
            None => '。',
        };
        if from < at {
            clauses.push(Clause { items: from..at, mark, depth });
        }
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        mark = sign;
        from = at + 1;
    }
    clauses
}

/// The numbers of a clause with their words.
pub(super) fn measures(items: &[Item], clause: &Clause, ordinal: usize, out: &mut Vec<Measure>) {
    let own = items.get(clause.items.clone()).unwrap_or_default();
    let base = clause.items.start;
    let numbers: Vec<(usize, Number)> = own
        .iter()
        .enumerate()
        .filter_map(
            |(at, item)| if let Kind::Number(number) = item.kind { Some((base + at, number)) } else { None },
        )
        .collect();
    let is_join = |at: &usize| matches!(items.get(*at).map(|item| item.kind), Some(Kind::Word(Says::Join)));
    let first = out.len();
    let mut label = clause.items.start;
    for (ordinal_in, (at, number)) in numbers.iter().copied().enumerate() {
        let next = numbers.get(ordinal_in + 1).copied();
        let behind = at + 1..next.map_or(clause.items.end, |(next, _)| next);
        // Words between two numbers: those before the last joining word belong to the
        // first number, the others to the second; all of them where it stands first.
        let join = if is_join(&behind.start) { Some(behind.start) } else { behind.clone().rfind(is_join) };
        let (tail, next_label) = match (next, join) {
            (None, _) => (behind.clone(), behind.end),
            (Some(_), Some(join)) => (behind.start..join, join + 1),
            (Some(_), None) => (behind.start..behind.start, behind.start),
        };
        let mut number = number;
        if let (Counter::None, Some((next, following))) = (number.counter, next) {
            // 156和70条
            if join == Some(behind.start) && next == next_label {
                number.counter = following.counter;
            }
        }
        let place = |at: usize| items.get(at);
        let start = place(label).map_or(0, |item| item.start);
        let end = place(tail.end - 1).map_or(start, |item| item.end);
        out.push(Measure {
            number,
            label: label..at,
            tail,
            span: start..end,
            mark: if ordinal_in == 0 { clause.mark } else { '、' },
            depth: clause.depth,
            clause: ordinal,
            name: None,
            torn: false,
        });
        label = next_label;
    }
    if let Some(measures) = out.get_mut(first..) {
        distribute(items, measures);
    }
}

/// A、B分别为2件和3件: the names go with the numbers in their order.
fn distribute(items: &[Item], measures: &mut [Measure]) {
    let Some(label) = measures.first().map(|first| first.label.clone()) else { return };
    let kind = |at: usize| items.get(at).map(|item| item.kind);
    let Some(respectively) =
        label.clone().find(|&at| matches!(kind(at), Some(Kind::Word(Says::Respectively))))
    else {
        return;
    };
    // 分别为A 5件、B 3件: no names before it.
    if respectively == label.start {
        return;
    }
    let is_join = |at: &usize| matches!(kind(*at), Some(Kind::Word(Says::Join)));
    let joins: Vec<usize> = (label.start..respectively).filter(is_join).collect();
    let starts = std::iter::once(label.start).chain(joins.iter().map(|at| at + 1));
    let ends = joins.iter().copied().chain([respectively]);
    let names: Vec<Range<usize>> = starts.zip(ends).map(|(start, end)| start..end).collect();
    let fits = names.len() == measures.len() && measures.iter().skip(1).all(|m| m.label.is_empty());
    for (measure, name) in measures.iter_mut().zip(names) {
        measure.name = fits.then_some(name);
    }
    measures.iter_mut().for_each(|measure| measure.torn = !fits);
}
