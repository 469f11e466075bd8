//! What is found of decisions.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::estimated::{Figure, Mean, Probability};
use crate::analysis::spread::Percentiles;

/// Every decision of a file.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DecideFinding {
    /// In the order of the file.
    pub decisions: Vec<DecisionFinding>,
}

/// One decision.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DecisionFinding {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What payoffs are measured in, if the file says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whether payoffs are costs, of which less is better.
    pub is_cost: bool,
    /// The option with the best expected payoff; null where the draws don't tell expectations.
    pub best: Option<String>,
    /// By how much it is better than the second best in expectation.
    pub lead: Figure,
    /// The options, in the order of the file.
    pub options: Vec<OptionFinding>,
    /// The expected value of perfect information: what it would be worth to know everything before an option is taken.
    pub perfect_information: Figure,
    /// What it would be worth to know one thing, or several together; the most valuable first.
    pub information: Vec<InformationFinding>,
    /// The tests that can be made first, in the order of the file.
    pub tests: Vec<TestFinding>,
    /// The test with which it is best to begin; null where it is best to make none.
    pub first: Option<String>,
    /// Names of what has several values in a draw, of which it is not told what it is worth to know them.
    pub untold: Vec<String>,
}

/// One option.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OptionFinding {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// Its payoff in expectation, over all that is not known; null where it has none, or where draws don't tell it.
    #[serde(flatten)]
    pub expected: Mean,
    /// The standard deviation of its payoff.
    #[schemars(with = "Option<f64>")]
    pub sd: f64,
    /// The percentiles of its payoff.
    #[serde(flatten)]
    pub spread: Percentiles,
    /// The probability that no other option will turn out to have paid more; shared among those that pay alike.
    pub best: Probability,
    /// How much better the best option turns out to have been, in expectation: the expected opportunity loss.
    pub regret: Figure,
}

/// What it would be worth to know something.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InformationFinding {
    /// Its name; of the outcome `outcome`, of the theory `theory`.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// What it is.
    pub kind: KnowableKind,
    /// What a group is made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<String>,
    /// The expected value of perfect information about it, in the unit of payoffs: 0 or more.
    #[serde(flatten)]
    pub value: Figure,
    /// How it was found.
    pub method: Method,
}

/// What could be known.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum KnowableKind {
    /// A number that is not known.
    Factor,
    /// Something not known that is in one of several states.
    States,
    /// Something that happens or not.
    Event,
    /// Which outcome comes true.
    Outcome,
    /// Which theory is right.
    Theory,
    /// Several things together.
    Group,
}

/// How a value of information was found.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Method {
    /// The expected payoffs in each state, summed.
    Sums,
    /// Expected payoffs given the numbers by formulas, up to the means of what is independent of the numbers.
    Formulas,
    /// Options chosen by a regression of payoffs on the numbers, on draws that had no part in it.
    Regression,
}

/// A test that can be made first.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TestFinding {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// The names of what it tells.
    pub of: Vec<String>,
    /// What it costs.
    pub cost: f64,
    /// The expected value of its information, before its cost.
    pub value: Figure,
    /// The same after its cost: made if more than 0.
    pub net: Figure,
    /// What it would be worth to know for certain what the test depends on, which no test is worth more than; nothing where what
    /// the test tells has a part in more than the test.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<LimitFinding>,
    /// What is best after each result; empty where it tells a number, or has too many results.
    pub results: Vec<ResultFinding>,
    /// How its value was found.
    pub method: Method,
}

/// The most that a test can be worth.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LimitFinding {
    /// What the test depends on.
    pub of: Vec<String>,
    /// What it would be worth to know it.
    #[serde(flatten)]
    pub value: Figure,
}

/// A result of a test.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ResultFinding {
    /// What it says, by the names of states; of an event `true` or `false`.
    pub states: Vec<String>,
    /// The same in words.
    #[serde(skip)]
    pub label: String,
    /// How probable it is.
    #[serde(flatten)]
    pub probability: Probability,
    /// The option that is best then.
    pub then: Option<String>,
    /// What that pays in expectation, before the test's cost.
    pub expected: Figure,
}
