//! How the outside follows a run, and ends it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::plan::BLOCK;
use crate::limits::Limits;

/// Shared with whoever shows progress or may interrupt.
#[derive(Debug)]
pub struct Watch {
    memory: u64,
    clock: Arc<Clock>,
    stop: Arc<AtomicBool>,
    /// The share of the time that what is watched may take.
    due: f64,
}

/// What a watch and those of its parts have in common.
#[derive(Debug, Default)]
struct Clock {
    done: AtomicU64,
    timed: AtomicBool,
    /// The bits of the share of the time that is over.
    over: AtomicU64,
}

impl Watch {
    /// A fresh one.
    pub fn new() -> Watch {
        Watch::within(u64::MAX)
    }

    /// One of work that may take so much memory, in bytes, for what grows with the file.
    pub fn within(memory: u64) -> Watch {
        Watch { memory, clock: Arc::default(), stop: Arc::default(), due: 1.0 }
    }

    /// That of the first part of some work, which may take this share of the time, so that some is left for what comes after it.
    pub fn part(&self, share: f64) -> Watch {
        Watch {
            memory: self.memory,
            clock: self.clock.clone(),
            stop: self.stop.clone(),
            due: share * self.due,
        }
    }

    /// Limits for what is done before the draws: it stops when the run does.
    pub fn limits(&self) -> Limits {
        let stop = self.stop.clone();
        Limits { stop: Arc::new(move || stop.load(Ordering::Relaxed)), memory: self.memory }
    }

    /// How many draws are done.
    pub fn done(&self) -> u64 {
        self.clock.done.load(Ordering::Relaxed)
    }

    /// Asks the run to end at the next chance.
    pub fn interrupt(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Says that time may run out, so that long work looks at the watch as it goes.
    pub fn set_time(&self) {
        self.clock.timed.store(true, Ordering::Relaxed);
    }

    /// The numbers of draws, of `all` of them, after which to see whether time has run out: ever twice as many, if it may.
    pub fn looks(&self, all: u64) -> Vec<u64> {
        let is_timed = self.clock.timed.load(Ordering::Relaxed) || self.is_late();
        let before = std::iter::successors(Some(BLOCK), |draws| draws.checked_mul(2));
        before.take_while(|draws| is_timed && *draws < all).chain([all]).collect()
    }

    /// Says what share of the time is over, at 1 all of it: whatever can end with what is known does so at the next look after its own
    /// share.
    pub fn pass(&self, share: f64) {
        self.clock.over.store(share.to_bits(), Ordering::Relaxed);
    }

    /// Says that all time is over.
    pub fn hurry(&self) {
        self.pass(1.0);
    }

    /// Whether what is watched has had its time.
    pub fn is_late(&self) -> bool {
        f64::from_bits(self.clock.over.load(Ordering::Relaxed)) >= self.due
    }

    pub(super) fn is_interrupted(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    pub(super) fn add(&self, draws: u64) {
        self.clock.done.fetch_add(draws, Ordering::Relaxed);
    }
}

impl Default for Watch {
    fn default() -> Watch {
        Watch::new()
    }
}
