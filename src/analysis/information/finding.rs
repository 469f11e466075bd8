//! What is found of what to find out.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::estimated::{Bits, BitsBetween, Brier, LeaderChanges, Probability};

/// What finding each thing out would change.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InformationFinding {
    /// What is to be told: `outcome`, or the name of an event or a factor with states.
    pub of: String,
    /// What people call it.
    pub label: String,
    /// Its answers, in the order of the file.
    pub answers: Vec<Answer>,
    /// The entropy of the answer, in bits: 0 if it is certain, 1 for a fair coin.
    pub entropy: f64,
    /// The Brier score that is expected of these probabilities, 0 to 2.
    pub brier: f64,
    /// The two most probable answers, by name.
    pub top: Option<[String; 2]>,
    /// What can be found out, the most telling first.
    pub items: Vec<Item>,
    /// Reports that do not count yet and are not among these: the file has a ratio of their likelihoods alone, which does not say how
    /// probable it is that they come.
    pub untold: Vec<Untold>,
}

/// A report that is not told of.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Untold {
    /// Its name.
    pub id: String,
    /// What it says.
    pub label: String,
}

/// One answer.
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

/// One thing that can be found out.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Item {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// What it is.
    pub kind: ItemKind,
    /// The expected drop of the answer's entropy, in bits: the mutual information.
    #[serde(flatten)]
    pub bits: Bits,
    /// The expected drop of the Brier score.
    #[serde(flatten)]
    pub brier: Brier,
    /// The probability that another answer would lead.
    #[serde(flatten)]
    pub changes: LeaderChanges,
    /// The expected drop of the entropy between the two most probable answers, given that one of them comes true.
    #[serde(flatten)]
    pub between: BitsBetween,
    /// What finding it out costs, as the file has it.
    pub cost: Option<f64>,
    /// Bits for each unit of cost; null without a cost.
    pub bits_per_cost: Option<f64>,
}

/// What a thing that can be found out is.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ItemKind {
    /// A number that is not known.
    Factor,
    /// Something that is in one of several states.
    States,
    /// Something that happens or not.
    Event,
    /// A report of the file that does not count yet: whether it comes.
    Evidence,
}
