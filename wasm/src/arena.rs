//! The module's memory: taken piece by piece, and given back as a whole when a call is over.
//!
//! Nothing is given back by itself, so that the code for it, a twelfth of the module, is not there. The only unsafe code
//! there is, and the reasons why it is sound.

#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout};
use std::arch::wasm32::{memory_grow, memory_size};
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

struct Arena;

#[global_allocator]
static ARENA: Arena = Arena;

/// Where the next piece begins; behind all that the module was made with.
static NEXT: AtomicUsize = AtomicUsize::new(0);
/// Where the memory ends.
static END: AtomicUsize = AtomicUsize::new(0);

const PAGE: usize = 1 << 16;
/// So many pages leave every address behind them a number that there is.
const MOST: usize = usize::MAX / PAGE;

/// A point in time, as far as memory goes.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub(crate) struct Mark(usize);

impl Mark {
    /// Before all others.
    pub(crate) const START: Self = Self(0);
}

/// This point in time, which is after the start.
pub(crate) fn mark() -> Mark {
    if END.load(Relaxed) == 0 {
        grow(0);
    }
    Mark(NEXT.load(Relaxed))
}

/// Gives back all that was taken since then.
///
/// # Safety
/// Nothing that was taken since then may be used any more, not even to be dropped.
pub(crate) unsafe fn rewind(to: Mark) {
    NEXT.store(to.0, Relaxed);
}

// SAFETY: pieces lie behind one another in memory that nobody else has, since it was asked for here.
unsafe impl GlobalAlloc for Arena {
    #[inline(never)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let at = (NEXT.load(Relaxed) + layout.align() - 1) & !(layout.align() - 1);
        let end = at.saturating_add(layout.size());
        if end <= END.load(Relaxed) {
            NEXT.store(end, Relaxed);
            return ptr::with_exposed_provenance_mut(at);
        }
        if !grow(end) {
            return ptr::null_mut();
        }
        // SAFETY: the same demand as was made of this call.
        unsafe { self.alloc(layout) }
    }

    #[inline(always)]
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    #[inline(never)]
    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let start = old.expose_provenance();
        // What was taken last grows where it is.
        if start + layout.size() == NEXT.load(Relaxed) && start.saturating_add(size) <= END.load(Relaxed) {
            NEXT.store(start + size, Relaxed);
            return old;
        }
        // SAFETY: the caller sees to it that the size is none that a layout refuses.
        let new = unsafe { self.alloc(Layout::from_size_align_unchecked(size, layout.align())) };
        if !new.is_null() {
            // SAFETY: both pieces have this length at least, and the new one lies behind the old one.
            unsafe { ptr::copy_nonoverlapping(old, new, layout.size().min(size)) };
        }
        new
    }
}

/// Asks for memory up to this address at least.
#[cold]
fn grow(end: usize) -> bool {
    let old = memory_size(0);
    let more = end.saturating_sub(old * PAGE).div_ceil(PAGE).max(16);
    if more > MOST.saturating_sub(old) || memory_grow(0, more) == usize::MAX {
        return false;
    }
    if END.load(Relaxed) == 0 {
        NEXT.store(old * PAGE, Relaxed);
    }
    END.store((old + more) * PAGE, Relaxed);
    true
}
