//! Hostile files: each ends as its line in `tests/hostile` says, on a small stack and
//! within bounded memory. `GONGKAI_UPDATE=1` rewrites the lines: read the difference as if
//! the number were yours. `GONGKAI_CASE` names a part of the cases to be run, and then what
//! they cost is printed.
// Test code: a panic is a failed test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::thread;

use gongkai_tests::golden;
use gongkai_tests::hostile::{self, GROUPS};
use gongkai_tests::memory::{self, Cost, Counting};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What a thread of the bindings may have left; in unoptimized code.
const STACK: usize = 512 << 10;

macro_rules! groups {
    ($($name:ident)+) => {
        $(#[test]
        fn $name() {
            settle(stringify!($name));
        })+

        #[test]
        fn every_group_is_run() {
            let run = [$(stringify!($name)),+];
            assert_eq!(GROUPS.iter().map(|group| group.name).collect::<Vec<_>>(), run);
        }
    };
}

groups! { zip damage xml table text html format doc rtf odt mhtml flatopc sheet fixed }

fn settle(name: &str) {
    let group = GROUPS.iter().find(|group| group.name == name).unwrap();
    let wanted = std::env::var("GONGKAI_CASE").ok();
    let (mut lines, mut failures) = (String::new(), Vec::new());
    let mut names = BTreeSet::new();
    for case in (group.cases)() {
        if wanted.as_ref().is_some_and(|wanted| !case.name.contains(wanted.as_str())) {
            continue;
        }
        assert!(names.insert(case.name.clone()), "{name} has two cases named {}", case.name);
        let (bytes, judge) = case.make();
        let length = bytes.len() as u64;
        // A panic, or a stack that is too small, ends the test with the name of the case.
        let started = std::time::Instant::now();
        let (read, cost) = thread::Builder::new()
            .name(judge.name.clone())
            .stack_size(STACK)
            .spawn(move || memory::cost(|| gongkai::parse(&bytes)))
            .unwrap()
            .join()
            .unwrap_or_else(|_| panic!("{name}: {} panicked", judge.name));
        if wanted.is_some() {
            println!("{}: {length} bytes, {cost}, {:?}", judge.name, started.elapsed());
        }
        let Cost { peak, .. } = cost;
        // The words of a page are looked for in a copy of eight bytes a character.
        let allowed = hostile::memory() + length * 8;
        if peak > allowed {
            failures.push(format!("{}: {} MiB at once", judge.name, peak >> 20));
        }
        let outcome = judge.outcome(&read);
        lines.push_str(&outcome.line);
        lines.push('\n');
        failures.extend(outcome.broken);
    }
    if wanted.is_some() {
        print!("{lines}");
    } else {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("hostile").join(format!("{name}.txt"));
        failures.extend(golden::settle(&file, Some(&lines)));
    }
    assert!(failures.is_empty(), "{name}:\n{}", failures.join("\n"));
}
