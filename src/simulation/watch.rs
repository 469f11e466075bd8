//! How the outside follows a run, and ends it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crate::limits::Limits;

/// Shared with whoever shows progress or may interrupt.
#[derive(Debug, Default)]
pub struct Watch {
    done: AtomicU64,
    stop: Arc<AtomicBool>,
    allowed: OnceLock<Allowed>,
}

/// Time that may be taken.
#[derive(Clone, Copy, Debug)]
struct Allowed {
    from: Instant,
    time: Duration,
}

impl Watch {
    /// A fresh one.
    pub fn new() -> Watch {
        Watch::default()
    }

    /// Limits for what is done before the draws: it stops when the run does.
    pub fn limits(&self) -> Limits {
        let stop = self.stop.clone();
        Limits { stop: Arc::new(move || stop.load(Ordering::Relaxed)), ..Limits::none() }
    }

    /// How many draws are done.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Asks the run to end at the next chance.
    pub fn interrupt(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Asks whatever can end with what is known to do so after this time, from now on; the first one to ask is heard.
    pub fn end_within(&self, time: Duration) {
        let _ = self.allowed.set(Allowed { from: Instant::now(), time });
    }

    /// Whether the allowed time is over, or would be if as much were done again as was done in it.
    pub fn is_late(&self) -> bool {
        self.allowed.get().is_some_and(|allowed| allowed.from.elapsed() * 2 > allowed.time)
    }

    pub(super) fn is_interrupted(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    pub(super) fn add(&self, draws: u64) {
        self.done.fetch_add(draws, Ordering::Relaxed);
    }
}
