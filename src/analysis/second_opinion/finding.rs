//! What a second, plain simulation found.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::estimated::{Integrated, Plain, or_null};

/// Every answer a second time, from worlds that were drawn, held against the engine's.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SecondOpinion {
    /// Worlds that were drawn.
    pub worlds: u64,
    /// How many of them gave no number and were left out.
    pub void: u64,
    /// How many of the others are as what was learned says.
    pub matching: u64,
    /// What the generator was seeded with.
    pub seed: u64,
    /// The generator.
    pub generator: &'static str,
    /// How many answers were compared.
    pub compared: usize,
    /// How many of them lie within chance.
    pub agree: usize,
    /// How many lie further apart than chance has them.
    pub disagree: usize,
    /// The largest distance from 0 of any z-score; null if nothing was compared, or if it has no end.
    #[serde(serialize_with = "or_null")]
    #[schemars(with = "Option<f64>")]
    pub largest_z: f64,
    /// The probability with which at least one answer is said to disagree although both are right.
    pub familywise_error: f64,
    /// The z-score up to which every answer lies within chance.
    pub critical_z: f64,
    /// One for each answer, in the order of the run's.
    pub answers: Vec<Twice>,
}

/// One answer, twice.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Twice {
    /// What kind of answer it is.
    pub kind: Kind,
    /// What it is, as in `P(rain)`, `mean of price` or `P95 of price`.
    pub what: String,
    /// Where a percentile lies; the shares of it are those of values at or below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<f64>,
    /// What the engine says; of a percentile its level.
    #[serde(flatten)]
    pub integrated: Integrated,
    /// What the worlds say.
    #[serde(flatten)]
    pub plain: Plain,
    /// The difference in standard errors; null where nothing was compared, or where it has no end.
    #[serde(serialize_with = "or_null")]
    #[schemars(with = "Option<f64>")]
    pub z: f64,
    /// How often chance alone has them as far apart; null where nothing was compared.
    #[serde(serialize_with = "or_null")]
    #[schemars(with = "Option<f64>")]
    pub p_value: f64,
    /// Whether they lie within chance; null where nothing was compared.
    pub agrees: Option<bool>,
    /// Why nothing was compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
}

/// Kinds of answers.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// The probability of an outcome.
    Outcome,
    /// The probability of an event.
    Event,
    /// The probability that a factor is in a state.
    State,
    /// The probability that a theory is the right one.
    Theory,
    /// The probability of an outcome under a theory.
    OutcomeUnderTheory,
    /// The probability of what was learned.
    Evidence,
    /// The mean of a factor or a derived value.
    Mean,
    /// The mean of a derived value given an outcome.
    MeanGivenOutcome,
    /// A percentile of a factor or a derived value.
    Percentile,
}

impl Kind {
    /// Whether it is a number in its own unit, and no probability.
    pub fn is_mean(self) -> bool {
        matches!(self, Kind::Mean | Kind::MeanGivenOutcome)
    }
}
