//! What dated evidence does to the answers, as plain data.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::analysis::estimated::{Figure, or_null};
use crate::analysis::learned::Learned;
use crate::scenario::Date;

/// What the active evidence of a model does to its answers.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UpdateFinding {
    /// What the evidence bears on.
    pub answers: Vec<Answer>,
    /// The items that count, by date.
    pub items: Vec<Item>,
    /// The probabilities at the end of each day on which there was an item, by date.
    pub timeline: Vec<Point>,
    /// How probable all items are together, as a share of the most that they could be, and how much the draws weigh under
    /// them.
    pub evidence: Learned,
}

/// An outcome; in a model without outcomes, an event or a state.
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
    /// Its probability before the evidence.
    pub prior: Figure,
    /// Its probability after all of it.
    pub posterior: Figure,
    /// By how much that is more.
    pub change: Figure,
    /// The verbal scale's words for the probability after all of it.
    pub words: &'static str,
}

/// What one item does. Lists follow the answers'.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Item {
    /// Its name.
    pub id: String,
    /// When it became known, as YYYY-MM-DD.
    #[serde(serialize_with = "as_text")]
    #[schemars(with = "String")]
    pub date: Date,
    /// What was learned, in words.
    pub text: String,
    /// Who reported it.
    pub publisher: Option<String>,
    /// Where the report can be read.
    pub url: Option<String>,
    /// `file:line:column` where it stands.
    pub place: String,
    /// Where its likelihoods come from.
    pub note: Option<String>,
    /// What its likelihoods are about: an event or a factor with states; null for the outcome.
    pub about: Option<String>,
    /// What it counts by outcome or state in the order of the file, or under false and true, as shares of the largest, beside those
    /// that come before it.
    pub likelihood: Vec<f64>,
    /// The probability that it says anything.
    pub reliability: f64,
    /// The items that share a cause with it.
    pub depends_on: Vec<String>,
    /// The share of what it says that these have said.
    pub overlap: f64,
    /// Whether it counts less because an earlier item shares its cause.
    pub overlapped: bool,
    /// By how much it raises the log-odds of each answer against all others, after the items before it.
    #[serde(rename = "log_odds_added")]
    pub added: Vec<ById>,
    /// The same by itself.
    #[serde(rename = "log_odds_alone")]
    pub alone: Vec<ById>,
    /// The probabilities after it and all before it.
    #[serde(rename = "probabilities_after")]
    pub after: Vec<ById>,
}

/// A number about an answer.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ById {
    /// The number.
    #[serde(flatten)]
    pub value: Figure,
    /// The answer's name.
    pub id: String,
}

/// The answers at the end of a day.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Point {
    /// The day, as YYYY-MM-DD.
    #[serde(serialize_with = "as_text")]
    #[schemars(with = "String")]
    pub date: Date,
    /// The items of that day, by name.
    pub evidence: Vec<String>,
    /// The probability of each answer.
    pub probabilities: Vec<ById>,
    /// (ΣW)² / ΣW² over the draws' weights W, at most the number of draws; null where no draw enters.
    #[serde(rename = "effective_sample_size", serialize_with = "or_null")]
    #[schemars(with = "Option<f64>")]
    pub effective_draws: f64,
}

fn as_text<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}
