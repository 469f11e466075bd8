//! Floor 0: how long a piece of work may go on, and how much memory it may take.
//!
//! Whoever starts the work gives its [`Limits`]; the work asks its [`Meter`] wherever it loops over what can be large, stops
//! early once that says no, and [ends](Meter::end) with the reason in place of a result.

use std::cell::Cell;
use std::sync::Arc;

/// What a piece of work may take. Limits only refuse: they never change what is computed.
///
/// ```
/// use foretell::limits::Limits;
/// let limits = Limits { memory: 1000, ..Limits::none() };
/// assert!(!limits.is_stopped() && limits.allows(1000) && !limits.allows(1001));
/// ```
#[derive(Clone)]
pub struct Limits {
    /// Whether to stop: asked again and again, and cheap to ask, such as a flag that an interrupt sets.
    pub stop: Arc<dyn Fn() -> bool + Send + Sync>,
    /// The most memory for what grows with the input, in bytes.
    pub memory: u64,
}

impl Limits {
    /// As long and as large as it takes.
    pub fn none() -> Limits {
        Limits { stop: Arc::new(|| false), memory: u64::MAX }
    }

    /// Whether the work is to stop.
    pub fn is_stopped(&self) -> bool {
        (self.stop)()
    }

    /// Whether so many bytes may be taken at once.
    pub fn allows(&self, bytes: u64) -> bool {
        bytes <= self.memory
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits::none()
    }
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Limits").field("memory", &self.memory).finish_non_exhaustive()
    }
}

/// Which limit was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exceeded {
    /// The work was to stop.
    Stopped,
    /// It would have taken more memory than allowed.
    Memory {
        /// What it would have taken by then, in bytes.
        wanted: u64,
        /// What it may take, in bytes.
        allowed: u64,
    },
}

impl std::fmt::Display for Exceeded {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Exceeded::Stopped => f.write_str("stopped before the end"),
            Exceeded::Memory { wanted, allowed } => {
                write!(f, "needs {wanted} bytes of memory or more, of which {allowed} are allowed")
            }
        }
    }
}

impl std::error::Error for Exceeded {}

/// The account of a piece of work: what it took, and the first limit that it reached.
///
/// ```
/// use foretell::limits::{Exceeded, Limits, Meter};
/// let meter = Meter::new(Limits { memory: 100, ..Limits::none() });
/// assert!(meter.takes(60) && meter.goes_on());
/// assert!(!meter.takes(60) && !meter.goes_on());
/// assert_eq!(meter.end(()), Err(Exceeded::Memory { wanted: 120, allowed: 100 }));
/// ```
pub struct Meter {
    limits: Limits,
    taken: Cell<u64>,
    reached: Cell<Option<Exceeded>>,
}

impl Meter {
    /// An account of work that has taken nothing yet.
    pub fn new(limits: Limits) -> Meter {
        Meter { limits, taken: Cell::new(0), reached: Cell::new(None) }
    }

    /// Whether the work may go on.
    pub fn goes_on(&self) -> bool {
        if self.reached.get().is_none() && self.limits.is_stopped() {
            self.reached.set(Some(Exceeded::Stopped));
        }
        self.reached.get().is_none()
    }

    /// Puts `bytes` of memory down; whether the work may take them and go on.
    pub fn takes(&self, bytes: u64) -> bool {
        let wanted = self.taken.get().saturating_add(bytes);
        self.taken.set(wanted);
        if self.reached.get().is_none() && wanted > self.limits.memory {
            self.reached.set(Some(Exceeded::Memory { wanted, allowed: self.limits.memory }));
        }
        self.goes_on()
    }

    /// The result of the work.
    ///
    /// # Errors
    /// The first limit that was reached.
    pub fn end<T>(&self, result: T) -> Result<T, Exceeded> {
        self.reached.get().map_or(Ok(result), Err)
    }
}
