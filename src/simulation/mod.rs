//! Floor 5: plans, layouts, batches, threads and tallies of whatever a program was asked.
//!
//! A [`Plan`] says which draws, a [`Layout`] which columns of the design they are made of; [`run`] computes them, block by block
//! on all threads, and hands them to a [`Collector`] in an order that does not depend on the threads. The [`Tally`] is the
//! collector of the queries; [`Kept`] holds the first draws, for what needs them whole. [`simulate`] draws until its [`Rule`] is
//! met, and [`Estimates`] say what came out.
//!
//! A run of a fixed number of draws can be made in [`Shard`]s, each of which leaves a [`Part`]; an [`Assembly`] of all
//! parts gives the run, to the last bit, and one of some parts a part.

mod assembly;
mod belief;
mod codec;
mod collected;
mod collector;
mod columns;
mod consistency;
mod engine;
mod estimates;
mod kept;
mod layout;
mod nets;
mod part;
mod part_content;
mod part_error;
mod pilot;
mod plan;
mod quantiles;
mod resampling;
mod sampling;
mod shard;
mod shards;
mod simulate;
mod soundness;
mod sums;
mod tally;
mod watch;

pub use assembly::Assembly;
pub use belief::Belief;
pub use collector::{Batch, Collector, SoundDraws};
pub use columns::mean_column;
pub use engine::{Interrupted, run};
pub use estimates::Estimates;
pub use kept::Kept;
pub use layout::{Layout, Seat};
pub use part::{BUILD, Header, Part, TARGET, simulate_shard, simulate_shard_on};
pub use part_error::{Missing, PartError};
pub use pilot::constant_states;
pub use plan::{BLOCK, Plan, REPLICATES, Range};
pub use resampling::copies;
pub use sampling::Sampling;
pub use shard::{Shard, blocks, ranges};
pub use shards::{Row, Shards};
pub use simulate::{FEWEST, MOST, Rule, Sampled, Settings, Target, simulate, simulate_on};
pub use tally::{Tally, Void};
pub use watch::Watch;
