//! How much memory reading takes: allocations, and the most bytes held at once beside the
//! file itself, against its largest part inflated, or its text decoded.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
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
        took(size);
        HELD.fetch_sub(layout.size(), Relaxed);
        unsafe { System.realloc(memory, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Allocations, and the most bytes held at once. What happens once in a process is left out.
fn count<T>(work: impl Fn() -> T) -> (usize, usize) {
    drop(black_box(work()));
    let (calls, held) = (CALLS.load(Relaxed), HELD.load(Relaxed));
    PEAK.store(held, Relaxed);
    let result = black_box(work());
    let counts = (CALLS.load(Relaxed) - calls, PEAK.load(Relaxed) - held);
    drop(result);
    counts
}

fn main() {
    println!(
        "| file | part, KB | allocations: reader | matching | facts | checks | JSON | peak of facts, KB | ÷ part |"
    );
    println!("|---|{}", "--:|".repeat(8));
    for sample in samples::all() {
        let (bytes, format) = (sample.bytes.as_slice(), sample.format);
        let part = floor::content(bytes, format).len();
        let read = bench_support::read(bytes, format).unwrap();
        let report = parse(bytes).unwrap();
        let (reader, _) = count(|| bench_support::read(bytes, format).unwrap());
        let (matching, _) = count(|| read.report().unwrap());
        let (facts, peak) = count(|| parse(bytes).unwrap());
        let (checks, _) = count(|| check(&report, &CheckOptions::default()));
        let (json, _) = count(|| report.to_json());
        println!(
            "| {} {} | {} | {reader} | {matching} | {facts} | {checks} | {json} | {} | {:.1} |",
            format.name(),
            sample.name,
            part / 1000,
            peak / 1000,
            peak as f64 / part as f64
        );
    }
}
