//! Many reports through many carriers: what the tests assert and the accuracy table
//! counts.

use std::collections::BTreeSet;

use crate::adversary::{self, Damage, Reach};
use crate::compare::{Tally, Verdict, compare};
use crate::form::Edition;
use crate::print::{Printed, Style, print};
use crate::random::Random;
use crate::reading;
use crate::render::Carrier;
use crate::truth::{Fact, Truth, Wishes};

/// A number from the environment, for longer or repeated runs.
pub fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// The first seed of a run, set by `GONGKAI_SEED`.
pub fn first_seed() -> u64 {
    setting("GONGKAI_SEED", 1)
}

/// The number of cases of a run, set by `GONGKAI_CASES`.
pub fn cases(default: u64) -> u64 {
    setting("GONGKAI_CASES", default)
}

/// The carriers whose names contain `GONGKAI_CARRIER`; all where it is not set.
pub fn chosen(carriers: Vec<Carrier>) -> Vec<Carrier> {
    let part = std::env::var("GONGKAI_CARRIER").unwrap_or_default();
    carriers.into_iter().filter(|carrier| carrier.name().contains(&part)).collect()
}

/// The random report of a seed, in a random style.
pub fn report(seed: u64) -> Printed {
    let mut random = Random::new(seed);
    let style = Style::random(&mut random);
    let wishes = Wishes {
        hybrid: random.chance(15),
        keep_procurement: random.chance(15),
        extra_services: random.chance(20),
        dense: random.chance(50),
    };
    styled(&style, wishes, &mut random)
}

/// A random report of random edition in the given style.
pub fn styled(style: &Style, wishes: Wishes, random: &mut Random) -> Printed {
    let edition = if random.chance(50) { Edition::Y2019 } else { Edition::Y2021 };
    let truth = Truth::random(edition, wishes, random);
    print(&truth, style, random)
}

/// What came of reading many reports.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Reports read, or refused.
    pub reports: usize,
    /// Reports refused.
    pub refused: usize,
    /// Their cells.
    pub tally: Tally,
    /// Failures in words; the first are enough to reproduce.
    pub failures: Vec<String>,
}

impl Outcome {
    /// Reads one report in one carrier and counts.
    pub fn read(&mut self, name: &str, printed: &Printed, carrier: Carrier, seed: u64) {
        let bytes = carrier.render(printed, &mut Random::new(seed));
        self.reports += 1;
        match reading::named_facts(&bytes, carrier.file_name()) {
            Err(error) => {
                self.refused += 1;
                self.tally.cells += printed.facts.len();
                self.tally.missing += printed.facts.len();
                self.failures.push(format!("{name} seed {seed} {}: refused: {error}", carrier.name()));
            }
            Ok(got) => {
                let (tally, differences) = compare(&printed.facts, &got);
                self.tally.add(&tally);
                // Where a table of lines ends in a white line, its last row is in doubt.
                let doubtful = match carrier {
                    _ if carrier.is_lines() => printed.open_ends(),
                    _ if carrier.is_sheet() => printed.movable(),
                    _ => BTreeSet::new(),
                };
                let differences: Vec<_> = differences
                    .into_iter()
                    .filter(|d| {
                        !matches!(d.verdict, Verdict::Unreadable | Verdict::Missing)
                            || !doubtful.contains(d.id())
                    })
                    .collect();
                let count = differences.len();
                for difference in differences.iter().take(4) {
                    self.failures
                        .push(format!("{name} seed {seed} {} ({count} cells): {difference}", carrier.name()));
                }
            }
        }
    }

    /// Panics with the first failures, if there are any.
    pub fn assert_exact(&self) {
        assert!(self.failures.is_empty(), "{}", first(&self.failures));
    }
}

/// What came of many damages.
#[derive(Debug, Default)]
pub struct Damaged {
    /// Damages done.
    pub damages: usize,
    /// Reports refused as a whole.
    pub refused: usize,
    /// Damages after which something wrong was asserted.
    pub wrong: usize,
    /// Wrong cells that hold a number.
    pub wrong_numbers: usize,
    /// Cells far from the damage that were not read.
    pub outside: usize,
    /// Cells near the damage, and how many of them were read all the same.
    pub near: usize,
    /// See `near`.
    pub kept: usize,
    /// Failures in words.
    pub failures: Vec<String>,
}

impl Damaged {
    /// Does each damage to the report, by itself, and judges what is read.
    pub fn read(&mut self, printed: &Printed, damages: &[Damage], carrier: Carrier, seed: u64) {
        let bytes = carrier.render(printed, &mut Random::new(seed));
        // A report that is refused undamaged fails elsewhere.
        let before = reading::named_facts(&bytes, carrier.file_name()).unwrap_or_default();
        for &damage in damages.iter().filter(|&&own| !adversary::is_unseen(carrier, printed, own)) {
            self.read_damaged(printed, damage, carrier, seed, &before);
        }
    }

    fn read_damaged(
        &mut self,
        printed: &Printed,
        damage: Damage,
        carrier: Carrier,
        seed: u64,
        before: &[Fact],
    ) {
        let damaged = adversary::apply(printed, damage);
        let bytes = carrier.render(&damaged, &mut Random::new(seed));
        self.damages += 1;
        let place = || format!("seed {seed} {}: {}", carrier.name(), adversary::describe(printed, damage));
        let got = match reading::named_facts(&bytes, carrier.file_name()) {
            Ok(got) => got,
            Err(error) => {
                self.refused += 1;
                self.failures.push(format!("{}: refused: {error}", place()));
                return;
            }
        };
        let judgement = adversary::judge(printed, damage, Reach::of(carrier, printed, damage), before, &got);
        self.near += judgement.near;
        self.kept += judgement.kept;
        self.outside += judgement.outside.len();
        self.wrong += usize::from(!judgement.wrong.is_empty());
        self.wrong_numbers += judgement
            .wrong
            .iter()
            .filter(|d| {
                d.verdict == Verdict::Wrong && d.got.as_ref().is_some_and(|fact| fact.value.is_some())
            })
            .count();
        if let Some(difference) = judgement.wrong.first() {
            let count = judgement.wrong.len();
            self.failures.push(format!("{}: {count} wrong: {difference}", place()));
        } else if let Some(difference) = judgement.outside.first() {
            let count = judgement.outside.len();
            self.failures.push(format!("{}: {count} outside: {difference}", place()));
        }
    }

    /// Adds the counts of another run.
    pub fn add(&mut self, other: Self) {
        self.damages += other.damages;
        self.refused += other.refused;
        self.wrong += other.wrong;
        self.wrong_numbers += other.wrong_numbers;
        self.outside += other.outside;
        self.near += other.near;
        self.kept += other.kept;
        self.failures.extend(other.failures);
    }

    /// Panics with the first failures, if there are any.
    pub fn assert_harmless(&self) {
        assert!(
            self.failures.is_empty(),
            "{} damages: {} with wrong cells ({} wrong numbers), {} cells outside the scope, {} refused\n{}",
            self.damages,
            self.wrong,
            self.wrong_numbers,
            self.outside,
            self.refused,
            first(&self.failures)
        );
    }
}

/// The first ten failures, the worst kind first.
pub fn first(failures: &[String]) -> String {
    let shown = setting("GONGKAI_SHOWN", 10) as usize;
    let weight = |text: &String| {
        let kinds = [" wrong: ", "): Wrong", " outside: ", "): "];
        kinds.iter().position(|kind| text.contains(kind)).unwrap_or(kinds.len())
    };
    let mut sorted: Vec<&String> = failures.iter().collect();
    sorted.sort_by_key(|text| weight(text));
    sorted.truncate(shown);
    let lines: Vec<&str> = sorted.into_iter().map(String::as_str).collect();
    format!(
        "{} failures:
{}",
        failures.len(),
        lines.join(
            "
"
        )
    )
}

/// A sample of a report's damages: every `step`-th, beginning at a random one.
pub fn sampled(printed: &Printed, step: usize, random: &mut Random) -> Vec<Damage> {
    let all = adversary::damages(printed);
    let start = random.below(step);
    all.into_iter().skip(start).step_by(step).collect()
}
