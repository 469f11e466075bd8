//! Floor 5: plans, batches, threads and tallies.
//!
//! A [`Plan`] says which draws; [`run`] computes them, block by block on all threads, and hands them to a [`Collector`]
//! in an order that does not depend on the threads. The [`Tally`] is the collector of an ordinary run; [`Kept`] holds the
//! first draws, for what needs them whole; a [`DrawSink`] passes every draw on. [`simulate`] runs until its [`Rule`] is met
//! and gives a [`Summary`].

mod collector;
mod engine;
mod estimates;
mod kept;
mod pilot;
mod plan;
mod sampling;
mod simulate;
mod summary;
mod tally;
mod watch;

pub use collector::{Batch, Collector};
pub use engine::{BLOCK, Interrupted, run};
pub use estimates::Estimates;
pub use kept::{DrawSink, Kept};
pub use plan::{Plan, REPLICATES, Range};
pub use sampling::Sampling;
pub use simulate::{FEWEST, MOST, Rule, Run, Settings, Target, simulate};
pub use summary::{
    DerivedSummary, EventSummary, FactorSummary, OutcomeSummary, Percentiles, Summary, VoidSummary,
};
pub use tally::Tally;
pub use watch::Watch;
