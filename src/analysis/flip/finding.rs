//! What is found of what would change the answer.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::claims::Agreement;
use crate::analysis::estimated::Probability;

/// What would change the answer.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FlipFinding {
    /// The outcomes, in the order of the file.
    pub outcomes: Vec<Answer>,
    /// The name of the one that leads.
    pub leader: String,
    /// The name of the one that is to lead; null for any other than the leader.
    pub to: Option<String>,
    /// One thing fixed that makes another outcome lead, the smallest change first.
    pub alone: Vec<Flip>,
    /// Several things fixed together, if that takes a smaller change than any alone, or if none alone does it.
    pub together: Option<Together>,
    /// As many things as were tried alone.
    pub tried: usize,
    /// What would make each claim hold that fails.
    pub claims: Vec<ClaimFlip>,
    /// The lowest and the highest probability of each outcome while the mean of each factor stays within its own 90 % interval and no claim
    /// fails that does not fail now; null if that was not asked for.
    pub envelope: Option<Vec<Reach>>,
}

/// One outcome.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Answer {
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
}

/// One thing, and where it is fixed.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Fixed {
    /// Its name, by which `--set` fixes it.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// What it is measured in.
    pub unit: Option<String>,
    /// Its median; null of an event and of what has states.
    pub from: Option<f64>,
    /// What it is fixed at: of an event 0 or 1, of what has states the position of the state.
    pub at: f64,
    /// The state, of what has states.
    pub state: Option<String>,
    /// How far that is from its median, in its own standard deviations: the normal quantile of the share of what is
    /// known that lies below (Hasofer & Lind 1974). Of an event and of what has states null.
    pub distance: Option<f64>,
    /// How probable it is by itself, of an event and of what has states.
    pub probability: Option<f64>,
}

/// One thing fixed, and what leads then.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Flip {
    /// What is fixed, and where.
    #[serde(flatten)]
    pub fixed: Fixed,
    /// The name of the outcome that leads then.
    pub leads: String,
    /// The probability of each outcome then, in the order of the file.
    pub outcomes: Vec<Probability>,
}

/// Several things fixed together.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Together {
    /// What is fixed, the farthest first.
    pub fixed: Vec<Fixed>,
    /// The length of the way, in standard deviations: √ Σ distance².
    pub distance: f64,
    /// The name of the outcome that leads then.
    pub leads: String,
    /// The probability of each outcome then, in the order of the file.
    pub outcomes: Vec<Probability>,
}

/// What would make a claim hold.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ClaimFlip {
    /// Its position among the claims of the file, from 0.
    pub claim: usize,
    /// What it says, in words.
    pub text: String,
    /// What became of it.
    pub verdict: Agreement,
    /// Numbers of the file that would make it hold, the smallest change first.
    pub numbers: Vec<Repair>,
}

/// One number of the file that would make a claim hold.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Repair {
    /// Its address, by which `--set` replaces it.
    pub address: String,
    /// What it is.
    pub from: f64,
    /// What it would have to be.
    pub to: f64,
    /// Positions of claims that fail then and do not now.
    pub breaks: Vec<usize>,
}

/// How far an outcome's probability can be argued.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reach {
    /// The outcome's name.
    pub id: String,
    /// The lowest that was found.
    pub low: End,
    /// The highest that was found.
    pub high: End,
}

/// One end of it.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct End {
    /// The outcome's probability there.
    #[serde(flatten)]
    pub probability: Probability,
    /// What is moved for it, the farthest first.
    pub moved: Vec<Moved>,
    /// Whether a claim stood in the way of going farther.
    pub held_back: bool,
}

/// A factor that is moved as a whole: it has what it had and so much more, cut off at the ends of its range.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Moved {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What is added, in its own unit.
    pub by: f64,
    /// How far that is, in its own standard deviations.
    pub distance: f64,
}
