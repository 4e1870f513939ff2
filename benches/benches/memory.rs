//! How much memory reading takes: allocations, and the most bytes held at once beside the
//! file itself, against the part with the text inflated, or the text decoded.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]
#![allow(unsafe_code, reason = "an allocator that counts cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use gongkai::{CheckOptions, bench_support, check, parse};
use gongkai_benches::{floor, samples};

struct Counting;

static CALLS: AtomicUsize = AtomicUsize::new(0);
static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

fn took(bytes: usize) {
    CALLS.fetch_add(1, Relaxed);
    PEAK.fetch_max(HELD.fetch_add(bytes, Relaxed) + bytes, Relaxed);
}

// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        took(layout.size());
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(memory, layout) }
    }
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        took(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // What grows may move, so that both are held for a while; what shrinks stays.
        let (old, grows) = (layout.size(), size > layout.size());
        took(if grows { size } else { 0 });
        HELD.fetch_sub(if grows { old } else { old - size }, Relaxed);
        unsafe { System.realloc(memory, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What some work takes of memory.
struct Taken {
    /// Allocations.
    calls: usize,
    /// The most bytes held at once.
    peak: usize,
    /// Bytes that its result holds.
    result: usize,
}

/// Counts some work. What happens once in a process is left out.
fn count<T>(work: impl Fn() -> T) -> Taken {
    drop(black_box(work()));
    let (calls, held) = (CALLS.load(Relaxed), HELD.load(Relaxed));
    PEAK.store(held, Relaxed);
    let result = black_box(work());
    let taken = Taken {
        calls: CALLS.load(Relaxed) - calls,
        peak: PEAK.load(Relaxed) - held,
        result: HELD.load(Relaxed) - held,
    };
    drop(result);
    taken
}

/// How many times the part the peak should be at most.
const GOAL: usize = 3;

const COLUMNS: [&str; 12] = [
    "part, KB",
    "allocations: parser",
    "reader",
    "matching",
    "facts",
    "checks",
    "JSON",
    "peak, KB: reader",
    "facts",
    "÷ part",
    "report, KB",
    "peak without it ÷ part",
];

fn main() {
    println!("| file | {} |", COLUMNS.join(" | "));
    println!("|---|{}", "--:|".repeat(COLUMNS.len()));
    let samples = samples::chosen();
    let mut above = Vec::new();
    for sample in &samples {
        let (bytes, format) = (sample.bytes.as_slice(), sample.format);
        let part = floor::size(bytes, format);
        let read = bench_support::read(bytes, format).unwrap();
        let report = parse(bytes).unwrap();
        let parser = count(|| floor::tokens(bytes, format));
        let reader = count(|| bench_support::read(bytes, format).unwrap());
        let matching = count(|| read.report().unwrap());
        let facts = count(|| parse(bytes).unwrap());
        let checks = count(|| check(&report, &CheckOptions::default()));
        let json = count(|| report.to_json());
        let kilobytes = |bytes: usize| (bytes / 1000).to_string();
        let ratio = |bytes: usize| format!("{:.1}", bytes as f64 / part as f64);
        let cells = [
            kilobytes(part),
            parser.calls.to_string(),
            reader.calls.to_string(),
            matching.calls.to_string(),
            facts.calls.to_string(),
            checks.calls.to_string(),
            json.calls.to_string(),
            kilobytes(reader.peak),
            kilobytes(facts.peak),
            ratio(facts.peak),
            kilobytes(facts.result),
            ratio(facts.peak - facts.result),
        ];
        println!("| {} | {} |", sample.line(), cells.join(" | "));
        if facts.peak > GOAL * part {
            above.push(format!("{} ({})", sample.line(), ratio(facts.result)));
        }
    }
    println!();
    println!("At most {GOAL} times the part: {} of {}.", samples.len() - above.len(), samples.len());
    println!("More, with what the report alone is of the part: {}.", above.join("; "));
}
