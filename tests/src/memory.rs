//! What a computation allocates, counted on its own thread.
// An allocator cannot be written without; it only counts, and hands on.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fmt;

/// The system's allocator, counting. To be a test binary's `#[global_allocator]`.
#[derive(Debug)]
pub struct Counting;

thread_local! {
    static NOW: Cell<u64> = const { Cell::new(0) };
    static PEAK: Cell<u64> = const { Cell::new(0) };
    static CALLS: Cell<u64> = const { Cell::new(0) };
    static BYTES: Cell<u64> = const { Cell::new(0) };
}

fn grow(size: usize) {
    let now = NOW.get() + size as u64;
    NOW.set(now);
    PEAK.set(PEAK.get().max(now));
    CALLS.set(CALLS.get() + 1);
    BYTES.set(BYTES.get() + size as u64);
}

fn shrink(size: usize) {
    NOW.set(NOW.get().saturating_sub(size as u64));
}

// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        shrink(layout.size());
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        grow(size);
        shrink(layout.size());
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// What was allocated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// The most bytes at one time.
    pub peak: u64,
    /// Calls for memory.
    pub calls: u64,
    /// Bytes asked for, over all calls.
    pub bytes: u64,
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} KiB at once, {} calls, {} KiB in all", self.peak >> 10, self.calls, self.bytes >> 10)
    }
}

/// Runs the work and says what it allocated on this thread; zero without [`Counting`].
pub fn cost<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    let before = NOW.get();
    PEAK.set(before);
    let (calls, bytes) = (CALLS.get(), BYTES.get());
    let result = work();
    let peak = PEAK.get().saturating_sub(before);
    (result, Cost { peak, calls: CALLS.get() - calls, bytes: BYTES.get() - bytes })
}
