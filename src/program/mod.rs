//! Floor 4: what is asked of models, compiled to operations on columns.
//!
//! An [`Ask`] gathers worlds and, in each, queries. [`compile`] lowers them to a graph of operations without repetition,
//! integrates the events out, and schedules the graph into steps on a few reused columns. [`Program::evaluate`] runs the
//! steps over one batch of draws; [`Program::fault`] runs the
//! graph over one draw and finds the place where a void one went wrong.
//!
//! A program knows nothing of threads, designs or statistics: whoever runs it fills the columns of uniforms.

mod arena;
mod ask;
mod asking;
mod compile;
mod contradiction;
mod cutset;
mod drawn;
mod elimination;
mod finite;
mod formula;
mod formulas;
mod graph;
#[cfg(test)]
mod growth;
mod held;
mod input;
mod interval;
mod joints;
mod junction;
mod kernel;
mod latent;
mod lowering;
mod narrowing;
mod network;
mod outputs;
mod patience;
mod points;
mod potential;
#[allow(clippy::module_inception)]
mod program;
mod query;
mod reach;
mod remaining;
mod route;
mod scalar;
mod schedule;
mod setting;
mod smoothness;
mod tables;

pub use arena::{Arena, BATCH};
pub use ask::{Ask, Half, States, World};
pub use asking::Obstacle;
pub use compile::{CompileError, compile};
pub use held::{Held, UnknownNumber};
pub use input::Input;
pub(crate) use junction::{
    Buckets, Part, Refusal, Table as Numbers, Take, Way, most, place, product, times_power,
};
pub use network::MOST_STATES;
pub use potential::Chance as ChanceVariable;
pub use program::Program;
pub use query::{
    Aim, BeliefId, CompanyId, JointId, JointState, Learned, NetworkId, Output, Query, QueryId, Spread,
    SpreadId, ValueId, WorldId,
};
pub use scalar::Fault;
pub use setting::{Setting, Unholdable};
pub use tables::{Entry, Network, Table};
