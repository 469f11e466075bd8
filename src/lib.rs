//! `foretell` turns a qualitative text about the future into a probability model that can be run, questioned
//! and checked against the text.

#![cfg_attr(test, allow(clippy::disallowed_methods))]

// Floor 0: ground.
pub mod diagnostic;
pub mod limits;
pub mod math;
// Floor 1: chance.
pub mod design;
pub mod distribution;
pub mod random;
pub mod statistics;
// Floor 2: language.
pub mod expression;
pub mod interchange;
pub mod scenario;
// Floor 3: meaning.
pub mod build;
pub mod model;
// Floor 4: machine.
pub mod program;
// Floor 5: engine.
pub mod simulation;
// Floor 6: questions.
pub mod analysis;
// Floor 7: pages.
#[cfg(feature = "charts")]
pub mod chart;
pub mod report;
// Floor 8: doors.
#[cfg(feature = "cli")]
pub mod cli;
