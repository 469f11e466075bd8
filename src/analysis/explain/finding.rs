//! What is found: the story of each outcome.

use schemars::JsonSchema;
use serde::Serialize;

use super::followed::Followed;
use crate::analysis::combination::Combination;
use crate::analysis::estimated::{Conditional, Difference, Figure, Probability};
use crate::analysis::variance::VarianceShares;
use crate::analysis::worlds::FutureFinding;

/// The story of a model's outcomes, or one draw of it.
#[derive(Clone, Debug, Default, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ExplainFinding {
    /// Each outcome; none where one draw was asked for.
    pub outcomes: Vec<OutcomeStory>,
    /// The nearest world in which the runner-up wins; null where there is none among the draws.
    pub nearest: Option<NearestFinding>,
    /// Whether it was looked for: time may have run out before.
    #[serde(skip)]
    pub is_whole: bool,
    /// One draw, step by step, if it was asked for.
    pub draw: Option<Followed>,
}

/// One outcome.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OutcomeStory {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// How probable it is.
    #[serde(flatten)]
    pub probability: Probability,
    /// How far each number shifts once it is known that this outcome comes true, farthest first.
    pub shifts: Vec<Shift>,
    /// How probable events and states are then, those that change most first.
    pub tilts: Vec<Tilt>,
    /// The most probable combination of states and events given this outcome; null where nothing has states.
    pub combination: Option<Combination>,
    /// Where the variance of whether it comes true comes from, if it has any and that can be told.
    pub variance: Option<VarianceShares>,
}

/// How far a number shifts.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Shift {
    /// The number's name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// What it is measured in, if the file says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whether it is a derived value; else it is a factor.
    pub is_derived: bool,
    /// Its mean, whatever comes true.
    pub usual: Option<f64>,
    /// Its mean if this outcome comes true.
    pub given: Option<f64>,
    /// What the second is more than the first, in standard deviations of the number.
    #[serde(flatten)]
    pub shift: Figure,
}

/// How probable something is once an outcome is known to come true.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Tilt {
    /// The name of an event, or of a factor and its state with a full stop between.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// How probable it is, whatever comes true.
    #[serde(flatten)]
    pub probability: Probability,
    /// How probable it is if this outcome comes true.
    #[serde(flatten)]
    pub given: Conditional,
    /// What the second is more than the first.
    #[serde(flatten)]
    pub difference: Difference,
}

/// The nearest world in which the runner-up wins.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NearestFinding {
    /// The most probable outcome of all, and how probable it is in that world.
    pub leader: Leader,
    /// The second, likewise.
    pub runner_up: Leader,
    /// How far the world is from the middle, in standard deviations of the normals that it is drawn from: the reliability index
    /// (Hasofer & Lind 1974) of the nearest of the draws; null where numbers have no part in it.
    pub distance: Option<f64>,
    /// How many numbers have a part in it.
    pub numbers: usize,
    /// The share of draws, by weight, in which the runner-up is ahead.
    pub share: f64,
    /// How many draws were looked at.
    pub among: u64,
    /// The world.
    pub world: FutureFinding,
}

/// An outcome in one world.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Leader {
    /// Its name.
    pub id: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// How probable it is in that world.
    pub probability: f64,
}
