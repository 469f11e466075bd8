//! What moves the answers, as plain data.

use schemars::JsonSchema;
use serde::Serialize;

use super::tornado::{Lever, Others};
use crate::analysis::estimated::{Figure, First, Interaction, ShapleyEffect, Share, Total};
use crate::statistics::Estimate;

/// What moves each answer.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SensitivityFinding {
    /// The outcomes, events and derived values, in the order of the file.
    pub answers: Vec<Answer>,
    /// Where the others are while one thing is moved.
    pub others: Others,
    /// How the shares of variance were found.
    pub method: Method,
    /// The base points of the design that they were found on; 0 where no draw enters.
    pub points: u64,
    /// Why no answer has shares of its own for everything, if that is so.
    pub notes: Vec<String>,
}

/// How shares of variance were found.
#[derive(Clone, Copy, Debug, Default, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Method {
    /// Every combination of states was listed.
    Exact,
    /// On pairs of draws.
    #[default]
    Sampled,
    /// By elementary effects: there is too much that is not known for shares.
    Screened,
    /// Nothing that is not known enters any answer.
    None,
    /// Time ran out before they were looked for.
    Late,
}

/// What moves one answer.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Answer {
    /// Its name; of a state, the factor's and the state's with a full stop between.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// What it is measured in, if the file says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whether it is the mean of a derived value, and no probability.
    pub is_mean: bool,
    /// Whether it is an outcome.
    #[serde(skip)]
    pub is_outcome: bool,
    /// The probability, or the mean.
    #[serde(flatten)]
    pub value: Figure,
    /// What it becomes with one thing moved, strongest first.
    pub levers: Vec<Lever>,
    /// Where the variance of what it would be comes from, if all that is not known were known; greatest total first. Nothing where
    /// it has none, or none that can be told.
    pub indices: Vec<Index>,
    /// The same shared out so that the shares sum to 1, if that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shapley: Vec<Effect>,
    /// How far it goes along with each value in the draws of the ordinary run, closest first.
    pub associations: Vec<super::associations::Goes>,
    /// Elementary effects, where there is too much that is not known for shares; greatest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub screening: Vec<super::screening::Screened>,
    /// Its moves under small changes of the numbers that the file states, if that was asked for; greatest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub structure: Vec<super::structure::Nudged>,
    /// Events and derived values, which follow from what is not known and from chance, with the share of whether the outcome comes
    /// true that knowing them takes away, as drivers have it; greatest first. Nothing of what is no outcome.
    pub followers: Vec<Follower>,
    /// Why it has no shares of variance.
    pub without: Option<String>,
}

/// The share of an answer's variance that one input has.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Index {
    /// The name of a factor, the address of a weight or base, `theory`; of several that depend on each other, all names.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What belongs to it.
    pub members: Vec<String>,
    /// The first-order index: the share that goes away on average once it is known.
    #[serde(flatten)]
    pub first: First,
    /// The total index: the share that stays on average while all else is known.
    #[serde(flatten)]
    pub total: Total,
    /// Total less first: what it does only together with others.
    #[serde(flatten)]
    pub interaction: Interaction,
}

/// The share of an answer's variance that one input has, all shares summing to 1.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Effect {
    /// The name of a factor, the address of a weight or base, or `theory`.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Shapley's value of it in the game whose worth is the variance explained.
    #[serde(flatten)]
    pub share: ShapleyEffect,
}

/// Something that follows from what is not known and from chance.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Follower {
    /// The name of an event or a derived value.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// How much of the variance of whether the outcome comes true is taken away by knowing it.
    #[serde(flatten)]
    pub share: Share,
}

impl Index {
    /// An index with what is impossible cut off: shares lie between 0 and 1.
    pub(super) fn new(id: String, label: String, members: Vec<String>, parts: [Estimate; 3]) -> Index {
        let [first, total, interaction] = parts.map(|one| one.within(0.0, 1.0));
        Index {
            id,
            label,
            members,
            first: First(first),
            total: Total(total),
            interaction: Interaction(interaction),
        }
    }

    /// Whether it does more together with others than alone, as far as the draws can tell.
    pub fn interacts(&self) -> bool {
        self.interaction.value > 0.01 && self.interaction.interval.0 > 0.0
    }
}
