//! What the answers are along one number or two, as plain data.

use schemars::JsonSchema;
use serde::Serialize;

use super::gap::Gap;
use crate::analysis::estimated::{Difference, Figure};

/// What the answers are as one number of the file, or two, go from one value to another.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SweepFinding {
    /// The numbers that are varied, one or two.
    pub axes: Vec<AxisFinding>,
    /// What is held besides, each value in its turn; null if nothing is.
    pub also: Option<FacetFinding>,
    /// What is looked at.
    pub answers: Vec<Swept>,
    /// Along one number: the answers at each of its values; empty along two.
    pub points: Vec<Point>,
    /// Along one number: who leads from where to where; empty unless one answer must come true.
    pub leads: Vec<Lead>,
    /// Along one number: where the lead changes.
    pub crossings: Vec<Crossing>,
    /// Where the lead is smallest; null unless one answer must come true.
    pub closest: Option<Closest>,
    /// Along two numbers: the answers at each pair of their values, the second number within the first.
    pub cells: Vec<Cell>,
    /// Along two numbers: over which share of the map each answer leads.
    pub areas: Vec<Area>,
}

/// A number that is varied.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AxisFinding {
    /// As it was asked for.
    pub name: String,
    /// Its address in the file.
    pub address: String,
    /// What people call it.
    pub label: String,
    /// What it is measured in, if the file says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Its first value.
    pub from: f64,
    /// Its last value.
    pub to: f64,
    /// What it is in the file; null if that is no plain number.
    pub own: Option<f64>,
    /// Its values, which ascend; also what it is in the file, if that lies between.
    pub values: Vec<f64>,
    /// What the values are called, where they stand for states.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<String>,
    /// Whether it is made so, cut from its causes, and no part of a formula.
    pub is_made: bool,
}

/// What is held besides.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FacetFinding {
    /// As it was asked for.
    pub name: String,
    /// Its address in the file.
    pub address: String,
    /// What people call it.
    pub label: String,
    /// Its values.
    pub values: Vec<f64>,
    /// What each value is called.
    pub labels: Vec<String>,
}

/// An answer that is looked at.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Swept {
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
    /// What it is.
    pub kind: Kind,
}

/// What an answer is: the probability of an outcome, a state or an event, or the mean of a quantity.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// The probability of an outcome.
    Outcome,
    /// The probability of a state.
    State,
    /// The probability of an event.
    Event,
    /// The mean of a quantity.
    Mean,
}

impl Swept {
    /// Whether it is the mean of a quantity, and no probability.
    pub fn is_mean(&self) -> bool {
        self.kind == Kind::Mean
    }
}

/// The answers at one value.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Point {
    /// The value of what is varied.
    pub at: f64,
    /// The value of what is held besides; null if nothing is.
    pub also: Option<f64>,
    /// Which answer leads, by name; null unless one answer must come true.
    pub leads: Option<String>,
    /// Why there is no answer: what was learned is impossible there, or too rare for the draws, or too many draws gave no number;
    /// null if there is one.
    pub gap: Option<Gap>,
    /// Each answer, in the order of `answers`; null where there is none.
    #[serde(rename = "values")]
    pub answers: Vec<Figure>,
}

/// Who leads from where to where.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Lead {
    /// The answer, by name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// The value of what is held besides; null if nothing is.
    pub also: Option<f64>,
    /// From this value.
    pub from: f64,
    /// To this value.
    pub to: f64,
}

/// Where the lead changes.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Crossing {
    /// The value of what is varied.
    pub at: f64,
    /// The ends of the confidence interval: between them the draws leave open which of the two leads.
    pub interval: [f64; 2],
    /// The level of the interval, a share of 1.
    pub interval_level: f64,
    /// Who leads before, by name.
    pub from: String,
    /// Who leads after, by name.
    pub to: String,
    /// Whether no draw entered.
    pub exact: bool,
    /// The value of what is held besides; null if nothing is.
    pub also: Option<f64>,
}

/// Where the lead is smallest.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Closest {
    /// The value of each number that is varied.
    pub at: Vec<f64>,
    /// The value of what is held besides; null if nothing is.
    pub also: Option<f64>,
    /// Who leads there, by name.
    pub first: String,
    /// Who comes next, by name.
    pub second: String,
    /// By how much the first leads.
    #[serde(flatten)]
    pub lead: Difference,
}

/// The answers at a pair of values.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Cell {
    /// The values of both numbers.
    pub at: [f64; 2],
    /// Which answer leads, by name; null unless one answer must come true.
    pub leads: Option<String>,
    /// Who comes next, by name; null unless one answer must come true.
    pub second: Option<String>,
    /// By how much the first leads the second.
    #[serde(flatten)]
    pub lead: Difference,
    /// Why there is no answer, as of points; null if there is one.
    pub gap: Option<Gap>,
    /// Each answer, in the order of `answers`; null where there is none.
    #[serde(rename = "values")]
    pub answers: Vec<Figure>,
}

/// Over which share of the map an answer leads.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Area {
    /// The answer, by name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The share of the map where it leads, 0 to 1.
    pub share: f64,
    /// The share of the map where it leads and the draws tell that it does, 0 to 1.
    pub told: f64,
}
