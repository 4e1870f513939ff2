//! Through the paragraphs, sentence by sentence.

use std::ops::Range;

use super::growth::growths;
use super::lex::{self, Item, Kind, Names};
use super::lists::{Entry, lists, shares};
use super::meaning::{self, Context};
use super::measure::{self, Clause, Gist, Measure};
use super::number::{Counter, Number, Precision};
use super::text::{Folded, Quote};
use super::{Narrative, Stated, Statement};
use crate::document::fold::{fold, split_number};
use crate::model::{Decimal, Level, Report, Role, Text};
use crate::template::phrases::{RECEIVED, Says};

pub(super) fn read(report: &Report) -> Narrative<'_> {
    let mut reader = Reader {
        year: report.year(),
        names: Names::new(names(report)),
        territory: report
            .agency()
            .and_then(|agency| agency.level)
            .is_some_and(|level| level != Level::Township),
        folded: Folded::default(),
        items: Vec::new(),
        base: Context::default(),
        own: Context::default(),
        context: Context::default(),
        carried: false,
        before: None,
        out: Narrative::default(),
    };
    reader.section(&[], report.preamble());
    for section in report.sections() {
        // Plans and shortcomings: their numbers are not the year's.
        if !section.roles.contains(&Role::Problems) {
            reader.section(&section.roles, &section.paragraphs);
        }
    }
    reader.out
}

/// How the report's organ may be named, the longest first.
fn names(report: &Report) -> Vec<String> {
    let Some(agency) = report.agency() else { return Vec::new() };
    let full = fold(&agency.name).into_owned();
    let short = full.trim_end_matches("人民政府").to_owned();
    let mut names = Vec::new();
    for name in [full, short] {
        let count = name.chars().count();
        let ends = name.char_indices().take(count.saturating_sub(1)).filter_map(|(at, _)| name.get(at..));
        names.extend(ends.map(str::to_owned));
    }
    names.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    names.dedup();
    names
}

/// What ends a sentence, folded.
const ENDS: [char; 3] = ['。', '!', '?'];

/// Whether a stretch can state a number at all.
fn may_state(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit() || matches!(c, '无' | '未' | '没' | '零' | '两' | '０'..='９'))
        || ["不存在", "一件", "三件", "四件", "五件", "六件", "七件", "八件", "九件", "十件"]
            .iter()
            .any(|word| text.contains(word))
}

struct Reader<'a> {
    year: Option<i32>,
    names: Names,
    /// The organ's own territory is what 我县 means.
    territory: bool,
    folded: Folded,
    items: Vec<Item>,
    /// What the section is about, and what its last sub-heading is about.
    base: Context,
    own: Context,
    context: Context,
    /// The sentence before made a statement about requests or cases.
    carried: bool,
    /// The only number of the sentence before.
    before: Option<Stated<'a>>,
    out: Narrative<'a>,
}

impl<'a> Reader<'a> {
    fn section(&mut self, roles: &[Role], paragraphs: &'a [Text]) {
        self.base = Context {
            requests: roles.contains(&Role::Requests),
            cases: roles.contains(&Role::Review),
            ..Context::default()
        };
        self.own = self.base.clone();
        for (at, paragraph) in paragraphs.iter().enumerate() {
            let numbered = paragraph
                .text
                .starts_with(|c: char| c.is_ascii_digit() || "(（一二三四五六七八九十第".contains(c));
            if !numbered && !may_state(&paragraph.text) {
                continue;
            }
            self.folded.take(&paragraph.text);
            if at == 0 && roles.contains(&Role::Overview) {
                self.opening(paragraph);
            }
            self.paragraph(paragraph, numbered);
        }
    }

    fn paragraph(&mut self, paragraph: &'a Text, numbered: bool) {
        let text = std::mem::take(&mut self.folded.text);
        let mut start = 0;
        if numbered {
            let (number, rest) = split_number(&text);
            if number.is_some() {
                start = text.len() - rest.len();
                self.heading(rest);
            }
        }
        self.context = self.own.clone();
        self.carried = false;
        self.before = None;
        for sentence in text.get(start..).unwrap_or_default().split_inclusive(ENDS) {
            let words = sentence.strip_suffix(ENDS).unwrap_or(sentence);
            if may_state(words) {
                lex::split(words, start, &self.names, &mut self.items);
                self.sentence(paragraph);
            } else {
                self.carried = false;
                self.before = None;
            }
            start += sentence.len();
        }
        self.folded.text = text;
    }

    /// A numbered beginning says what the paragraphs up to the next one are about.
    fn heading(&mut self, text: &str) {
        let end = text.find(|c: char| c.is_ascii_digit() || "。,;:".contains(c)).unwrap_or(text.len());
        lex::split(text.get(..end).unwrap_or_default(), 0, &self.names, &mut self.items);
        let gist = Gist::of(&self.items, self.year);
        self.own = self.base.clone();
        self.own.requests |= gist.requests;
        self.own.cases |= gist.quantities.iter().any(|quantity| quantity.table == "review");
    }

    /// The first sentence of the overview says which year it tells of.
    fn opening(&mut self, paragraph: &'a Text) {
        let Some(year) = self.year else { return };
        let text = &self.folded.text;
        let sentence = text.split('。').next().unwrap_or_default();
        let own = year.to_string();
        let Some((first, rest)) = sentence.split_at_checked(4) else { return };
        let Ok(named) = first.parse::<i32>() else { return };
        let Some(rest) = rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')) else { return };
        let plain = rest.starts_with([',', '我', '本', '全']) || self.names.begins(rest);
        if plain && (named - year).abs() == 1 && !text.contains(&own) {
            let quote = Quote::new(paragraph, self.folded.origin(0, sentence.len()));
            self.out.openings.push((named, quote));
        }
    }

    fn sentence(&mut self, paragraph: &'a Text) {
        let items = std::mem::take(&mut self.items);
        let clauses = measure::clauses(&items);
        let first = clauses.first().and_then(|clause| items.get(clause.items.start));
        let goes_on = self.carried && first.is_some_and(|item| matches!(item.kind, Kind::Word(Says::Among)));
        self.begin(goes_on);
        let first_statement = self.out.statements.len();
        let mut entries: Vec<Entry<'a>> = Vec::new();
        let mut measures: Vec<Measure> = Vec::new();
        for (ordinal, clause) in clauses.iter().enumerate() {
            let own = items.get(clause.items.clone()).unwrap_or_default();
            let gist = Gist::of(own, self.year);
            self.enter(&gist, clause);
            if gist.numbers == 0 {
                self.none(&gist, paragraph, &items, clause);
                continue;
            }
            measures.clear();
            measure::measures(&items, clause, ordinal, &mut measures);
            let led = ordinal.checked_sub(1).and_then(|before| clauses.get(before)).is_some_and(|before| {
                let gist = Gist::of(items.get(before.items.clone()).unwrap_or_default(), self.year);
                before.items.len() == 1 && (gist.among || gist.whole)
            });
            for (nth, measure) in measures.drain(..).enumerate() {
                let entry = self.entry(measure, paragraph, &items, led && nth == 0);
                self.state(&entry, &items);
                entries.push(entry);
            }
        }
        if self.context.aside {
            for statement in self.out.statements.iter_mut().skip(first_statement) {
                statement.blurred = true;
            }
        }
        self.out.lists.extend(lists(&entries, self.before));
        self.out.shares.extend(shares(&entries, self.before));
        self.out.growths.extend(growths(&entries));
        let mut counts = entries.iter().filter(|entry| entry.stated.number.counter != Counter::Percent);
        self.before = counts.next().map(|entry| entry.stated).filter(|_| counts.next().is_none());
        self.items = items;
    }

    fn begin(&mut self, goes_on: bool) {
        let last = std::mem::take(&mut self.context);
        self.context = self.own.clone();
        // A year holds until another is named.
        self.context.year = last.year;
        self.context.other_time = last.year.is_some();
        if self.carried {
            self.context.requests |= last.requests;
            self.context.cases |= last.cases;
            self.context.scope |= last.scope;
            if goes_on {
                self.context.flows = last.flows;
                self.context.case = last.case;
                self.context.counter = last.counter;
            }
        }
        self.carried = false;
    }

    /// Takes up what a clause says about time, scope and matter.
    fn enter(&mut self, gist: &Gist, clause: &Clause) {
        let context = &mut self.context;
        if clause.depth == 0 {
            if gist.this_year {
                context.other_time = false;
                context.year = None;
            }
            if gist.other_time && !gist.change {
                context.other_time = true;
                context.year = gist.other_year.filter(|_| !gist.vague);
            }
        }
        context.plan |= gist.plan;
        context.scope |= gist.scope || gist.territory && !self.territory;
        context.channel |= gist.channel;
        context.elsewhere |= gist.elsewhere;
        context.aside |= gist.aside;
        // 依申请公开20件 beside 主动公开120件 is a kind of document.
        let flows = gist.quantities.iter().any(|quantity| quantity.table == "requests");
        context.requests |= gist.requests && (gist.numbers == 0 || flows);
        context.cases |= gist.requests || gist.disclosure;
    }

    fn entry(&self, measure: Measure, paragraph: &'a Text, items: &[Item], led: bool) -> Entry<'a> {
        let words = |range: Range<usize>| Gist::of(items.get(range).unwrap_or_default(), self.year);
        let label = words(measure.name.clone().unwrap_or_else(|| measure.label.clone()));
        let tail = words(measure.tail.clone());
        let first =
            items.get(measure.label.start).filter(|_| !measure.label.is_empty()).map(|item| item.kind);
        let respectively = matches!(first, Some(Kind::Word(Says::Respectively)));
        let quote = Quote::new(paragraph, self.folded.origin(measure.span.start, measure.span.end));
        Entry {
            stated: Stated { number: measure.number, quote },
            among: led || label.among || label.whole || respectively,
            complete: label.whole || respectively,
            anew: label.anew || label.quantities.iter().any(|quantity| meaning::begins(quantity)),
            measure,
            label,
            tail,
        }
    }

    /// The statement that a number makes with its words, if it makes one.
    fn state(&mut self, entry: &Entry<'a>, items: &[Item]) {
        let measure = &entry.measure;
        let own = |range: Range<usize>| items.get(range).unwrap_or_default();
        let label = measure.name.clone().unwrap_or_else(|| measure.label.clone());
        let gist = Gist::of(own(label).iter().chain(own(measure.tail.clone())), self.year);
        let money = matches!(measure.number.counter, Counter::Yuan { .. });
        let usable = !measure.torn && (measure.number.counts() || money);
        if gist.is_blurred() || gist.negations > 0 || !usable || self.context.plan {
            return;
        }
        if self.context.channel || money != is_money(&gist) || !self.is_dated(&gist) {
            return;
        }
        let zero = measure.number.is_zero();
        let targets = meaning::targets(&gist, &self.context, gist.each || zero);
        let requests = targets.iter().any(|target| target.table == "requests");
        // 7件, and 9项 of what they ask for.
        let alike = self.context.counter.is_none_or(|counter| counter == measure.number.counter);
        if targets.is_empty() || requests && !alike && !zero {
            return;
        }
        if requests && !zero {
            self.context.counter = Some(measure.number.counter);
        }
        self.remember(&gist);
        for target in targets {
            self.push(target, measure.number, entry.stated.quote, zero);
        }
    }

    /// The statement of a clause without a number that there is none of something.
    fn none(&mut self, gist: &Gist, paragraph: &'a Text, items: &[Item], clause: &Clause) {
        if gist.negations != 1 || gist.is_blurred() || self.context.plan {
            return;
        }
        if !self.is_dated(gist) {
            return;
        }
        let mut gist = gist.clone();
        if gist.quantities.is_empty() && gist.requests {
            gist.quantities.push(&RECEIVED);
        }
        if !gist.quantities.iter().all(|quantity| meaning::can_be_none(quantity, gist.absence)) {
            return;
        }
        let targets = meaning::targets(&gist, &self.context, true);
        let own = items.get(clause.items.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (own.first(), own.last()) else { return };
        let quote = Quote::new(paragraph, self.folded.origin(first.start, last.end));
        let zero = Number { value: Decimal::ZERO, precision: Precision::Exact, counter: Counter::None };
        for target in targets {
            self.push(target, zero, quote, true);
        }
    }

    /// Whether it is plain of which year the words tell.
    fn is_dated(&self, gist: &Gist) -> bool {
        match (self.context.other_time, self.context.year) {
            (true, year) => year.is_some(),
            // A year in brackets, or compared with.
            (false, _) => gist.other_year.is_none(),
        }
    }

    /// What later parts of the sentence may refer to.
    fn remember(&mut self, gist: &Gist) {
        let context = &mut self.context;
        let flows = gist.quantities.iter().filter(|quantity| meaning::is_flow(quantity));
        context.flows.extend(flows);
        let cases: Vec<_> = gist.quantities.iter().filter(|q| q.table == "review").copied().collect();
        if !cases.is_empty() {
            context.case = cases;
        }
        if gist.quantities.is_empty() {
            context.columns.extend(gist.columns.iter().filter(|columns| columns.table == "requests"));
        }
    }

    fn push(&mut self, target: super::Target, number: Number, quote: Quote<'a>, none: bool) {
        self.carried |= target.table != "proactive";
        let year = self.context.year.filter(|_| self.context.other_time);
        let blurred = self.context.scope || self.context.channel;
        self.out.statements.push(Statement { target, number, quote, none, blurred, year });
    }
}

/// Words that name an amount of money.
fn is_money(gist: &Gist) -> bool {
    gist.quantities.iter().any(|quantity| quantity.columns == [["amount"]])
}
