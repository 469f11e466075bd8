//! Floor 5: plans, batches, threads and tallies.
//!
//! A [`Plan`] says which draws; [`run`] computes them, block by block on all threads, and hands them to a [`Collector`]
//! in an order that does not depend on the threads. The [`Tally`] is the collector of an ordinary run; [`Kept`] holds the
//! first draws, for what needs them whole; a [`DrawSink`] passes every draw on. [`simulate`] runs until its [`Rule`] is met
//! and gives a [`Summary`].
//!
//! A run of a fixed number of draws can be made in [`Shard`]s, each of which leaves a [`Part`]; an [`Assembly`] of all
//! parts gives the run, to the last bit.

mod codec;
mod collector;
mod engine;
mod estimates;
mod kept;
mod part;
mod pilot;
mod plan;
mod sampling;
mod shard;
mod simulate;
mod summary;
mod tally;
mod variance;
mod variants;
mod watch;

pub use collector::{Batch, Collector};
pub use engine::{BLOCK, Interrupted, run};
pub use estimates::Estimates;
pub use kept::{DrawSink, Kept};
pub use part::{Assembly, Header, Part, PartError, simulate_shard};
pub use plan::{Plan, REPLICATES, Range};
pub use sampling::Sampling;
pub use shard::{Shard, blocks, ranges};
pub use simulate::{FEWEST, MOST, Rule, Run, Sampled, Settings, Target, sample, simulate, simulate_on};
pub use summary::{
    CategorySummary, DerivedSummary, EventSummary, FactorSummary, Learned, OutcomeSummary, Percentiles,
    StateSummary, Summary, Swing, TheorySummary, VoidSummary,
};
pub use tally::Tally;
pub use variance::VarianceShares;
pub use variants::{Changed, VariantSummary};
pub use watch::Watch;
