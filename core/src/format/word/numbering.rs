//! Automatic numbering: the counters that run through the document (ECMA-376 part 1,
//! 17.9).

use std::collections::{BTreeMap, BTreeSet};

use super::number_format;

/// Levels of a list.
pub(crate) const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
pub(crate) struct Level {
    pub(crate) start: u32,
    pub(crate) format: String,
    pub(crate) text: String,
    pub(crate) suffix: String,
    /// Restarts after a level above this one, counted from 1; 0 never.
    pub(crate) restart: Option<usize>,
    pub(crate) legal: bool,
    /// The paragraph style the level belongs to.
    pub(crate) style: Option<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Abstract {
    pub(crate) levels: [Option<Level>; LEVELS],
    /// Name of the numbering style this definition is the body of.
    pub(crate) defines: Option<String>,
    /// Name of the numbering style whose definition is meant.
    pub(crate) follows: Option<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Instance {
    pub(crate) definition: Option<u32>,
    pub(crate) starts: [Option<u32>; LEVELS],
    pub(crate) levels: [Option<Level>; LEVELS],
}

/// A number as printed, or why there is none.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Printed {
    Number(String),
    Nothing,
    /// The list uses a format that is not known.
    UnknownFormat(String),
}

#[derive(Debug, Default)]
pub(crate) struct Numbering {
    pub(crate) abstracts: BTreeMap<u32, Abstract>,
    pub(crate) instances: BTreeMap<u32, Instance>,
    /// By abstract definition: lists that share one count on together.
    counters: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// Start overrides already applied, by list and level.
    started: BTreeSet<(u32, usize)>,
}

impl Numbering {
    /// Counts a paragraph of a list and says what is printed before it. `level` is
    /// what the paragraph or its style says; `style` the style that gives the list.
    pub(crate) fn count(&mut self, list: u32, level: Option<u8>, style: Option<&str>) -> Printed {
        let Some(instance) = self.instances.get(&list) else { return Printed::Nothing };
        let Some(key) = instance.definition.map(|id| self.followed(id)) else { return Printed::Nothing };
        let Some(definition) = self.abstracts.get(&key) else { return Printed::Nothing };
        let of_style = style.and_then(|style| {
            definition
                .levels
                .iter()
                .position(|l| l.as_ref().is_some_and(|l| l.style.as_deref() == Some(style)))
        });
        let at = of_style.unwrap_or_else(|| usize::from(level.unwrap_or(0)));
        let find = |i: usize| {
            let own = instance.levels.get(i).and_then(Option::as_ref);
            own.or_else(|| definition.levels.get(i).and_then(Option::as_ref))
        };
        let Some(here) = find(at) else { return Printed::Nothing };
        let start_of = |i: usize| {
            let own = instance.starts.get(i).copied().flatten();
            own.or_else(|| find(i).map(|l| l.start)).unwrap_or(1)
        };

        let counters = self.counters.entry(key).or_default();
        for (i, counter) in counters.iter_mut().enumerate() {
            if i == at {
                let overridden = instance.starts.get(i).copied().flatten().is_some();
                let restarts = overridden && self.started.insert((list, i));
                *counter = Some(match *counter {
                    Some(n) if !restarts => n.saturating_add(1),
                    _ => start_of(i),
                });
            } else if i > at && find(i).is_none_or(|l| at < l.restart.unwrap_or(i)) {
                *counter = None;
            }
        }
        let current = |i: usize| counters.get(i).copied().flatten().unwrap_or_else(|| start_of(i));

        if here.format == "bullet" {
            return Printed::Nothing;
        }
        let mut printed = String::new();
        let mut rest = here.text.chars().peekable();
        while let Some(c) = rest.next() {
            let reference = (c == '%').then(|| rest.peek().and_then(|d| d.to_digit(10))).flatten();
            match reference {
                Some(n @ 1..=9) => {
                    rest.next();
                    let i = n as usize - 1;
                    let format =
                        if here.legal { "decimal" } else { find(i).map_or("decimal", |l| &l.format) };
                    match number_format::format(format, current(i)) {
                        Some(number) => printed.push_str(&number),
                        None if format == "bullet" => {}
                        None => return Printed::UnknownFormat(format.to_owned()),
                    }
                }
                _ => printed.push(c),
            }
        }
        if printed.is_empty() {
            return Printed::Nothing;
        }
        // A tab keeps apart what would else read on: "1" and "0", 一 and 二.
        let open_ended = printed.ends_with(char::is_alphanumeric);
        if here.suffix == "space" || (here.suffix != "nothing" && open_ended) {
            printed.push(' ');
        }
        Printed::Number(printed)
    }

    /// The definition meant where one only names a numbering style.
    fn followed(&self, id: u32) -> u32 {
        let Some(name) = self.abstracts.get(&id).and_then(|a| a.follows.as_ref()) else { return id };
        self.abstracts.iter().find(|(_, a)| a.defines.as_ref() == Some(name)).map_or(id, |(id, _)| *id)
    }
}
