//! A run from first draw to summary.

use super::engine::Interrupted;
use super::kept::Kept;
use super::summary::Summary;
use super::watch::Watch;
use crate::design::Kind;
use crate::model::Model;
use crate::program::Program;

/// The fewest draws of a run that stops by itself, so that spread and charts are smooth.
pub const FEWEST: u64 = 1 << 14;

/// The most draws of a run that stops by itself, unless told otherwise.
pub const MOST: u64 = 1 << 24;

/// How the draws are made and when they are enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The kind of design.
    pub kind: Kind,
    /// The seed.
    pub seed: u64,
    /// Threads; 0 for one a core.
    pub threads: usize,
    /// When to stop.
    pub rule: Rule,
}

/// When a run stops.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// After this many draws.
    Draws(u64),
    /// When the error of every outcome's probability is small enough, or after so many draws.
    Until {
        /// What is small enough.
        target: Target,
        /// The most draws.
        most: u64,
    },
}

/// What error is small enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// The half-width of every 90 % interval, as a probability.
    HalfWidth(f64),
    /// Every standard error, as a probability.
    StandardError(f64),
}

impl Default for Rule {
    /// Tenths of a percentage point are right: every 90 % half-width is at most 0.05 points.
    fn default() -> Rule {
        Rule::Until { target: Target::HalfWidth(0.0005), most: MOST }
    }
}

/// A run and what it left.
#[derive(Clone, Debug)]
pub struct Run {
    /// What it found.
    pub summary: Summary,
    /// The first draws, whole.
    pub kept: Kept,
    /// Whether the target was reached; true where there was none.
    pub reached: bool,
}
