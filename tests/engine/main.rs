//! How draws are made, and how right and how honest what is estimated from them is.

#![allow(clippy::disallowed_methods)]

mod accuracy;
mod atoms;
#[path = "../common/mod.rs"]
mod common;
mod convergence;
mod coverage;
mod coverage_of_estimates;
mod designs;
mod determinism;
mod distributions;
mod instruction_sets;
mod limits;
mod magnitudes;
mod metamorphic;
mod moments;
mod session;
mod tails;
mod time;
