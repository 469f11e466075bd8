//! How the outside follows a run, and ends it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::plan::BLOCK;
use crate::limits::Limits;

/// Shared with whoever shows progress or may interrupt.
#[derive(Debug)]
pub struct Watch {
    memory: u64,
    done: AtomicU64,
    stop: Arc<AtomicBool>,
    timed: AtomicBool,
    late: AtomicBool,
}

impl Watch {
    /// A fresh one.
    pub fn new() -> Watch {
        Watch::within(u64::MAX)
    }

    /// One of work that may take so much memory, in bytes, for what grows with the file.
    pub fn within(memory: u64) -> Watch {
        let (stop, done) = (Arc::default(), AtomicU64::new(0));
        Watch { memory, done, stop, timed: AtomicBool::new(false), late: AtomicBool::new(false) }
    }

    /// Limits for what is done before the draws: it stops when the run does.
    pub fn limits(&self) -> Limits {
        let stop = self.stop.clone();
        Limits { stop: Arc::new(move || stop.load(Ordering::Relaxed)), memory: self.memory }
    }

    /// How many draws are done.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Asks the run to end at the next chance.
    pub fn interrupt(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Says that time may run out, so that long work looks at the watch as it goes.
    pub fn set_time(&self) {
        self.timed.store(true, Ordering::Relaxed);
    }

    /// The numbers of draws, of `all` of them, after which to see whether time has run out: ever twice as many, if it may.
    pub fn looks(&self, all: u64) -> Vec<u64> {
        let is_timed = self.timed.load(Ordering::Relaxed) || self.is_late();
        let before = std::iter::successors(Some(BLOCK), |draws| draws.checked_mul(2));
        before.take_while(|draws| is_timed && *draws < all).chain([all]).collect()
    }

    /// Asks whatever can end with what is known to do so at its next look.
    pub fn hurry(&self) {
        self.late.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to.
    pub fn is_late(&self) -> bool {
        self.late.load(Ordering::Relaxed)
    }

    pub(super) fn is_interrupted(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    pub(super) fn add(&self, draws: u64) {
        self.done.fetch_add(draws, Ordering::Relaxed);
    }
}

impl Default for Watch {
    fn default() -> Watch {
        Watch::new()
    }
}
