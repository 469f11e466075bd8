//! What was asked of a program and which of its outputs answer it, as plain data.

use std::collections::BTreeMap;

use super::variants::VariantAnswers;

use crate::model::{OutcomeId, Probability, TheoryId, Variable};

/// Position of an output of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Output(pub usize);

/// A ratio of expectations: E(numerator) / E(weight), or E(numerator) if there is no weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query {
    /// The column above.
    pub numerator: Output,
    /// The column below.
    pub weight: Option<Output>,
}

/// The values of a variable in a draw: one for each state of the events that it depends on, with the probability of
/// that state where there are several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// Value and probability.
    pub states: Vec<(Output, Option<Output>)>,
}

/// Variables that are cut from their causes and held at a value.
pub type Setting = BTreeMap<Variable, f64>;

/// Something asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The probability that is asked for.
    pub probability: Probability,
    /// In which setting.
    pub setting: Setting,
}

/// Which outputs answer what. All lists follow the model's. Where something was learned, outputs that are probabilities are
/// those of it and of what was learned together, and [`weight`](Answers::weight) is that of the latter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// The probability of what was learned, given the factors, as far as the draws are not confined to it; `None` if
    /// nothing else was learned.
    pub weight: Option<Output>,
    /// The probability of that part of what was learned to which all draws are confined; 1 if there is none.
    pub confined_to: f64,
    /// Whether anything was learned.
    pub is_conditional: bool,
    /// The probability of each outcome, given the factors.
    pub outcomes: Vec<Output>,
    /// The values of each outcome's probability over what is not known: one for each combination of states of the factors
    /// that have states, and of theories. Empty if there are too many of these.
    pub outcome_spreads: Vec<Spread>,
    /// Each theory by itself, if the file names any.
    pub theories: Vec<ByTheory>,
    /// The probability of each event, given the factors.
    pub events: Vec<Output>,
    /// The probabilities of the states of each factor with states, given the other factors.
    pub categories: Vec<Vec<Output>>,
    /// For each factor with states and each of its states, the probability of the state and of each outcome together.
    pub by_state: Vec<Vec<Vec<Output>>>,
    /// The values of each factor.
    pub factors: Vec<Spread>,
    /// The values of each derived value.
    pub derived: Vec<Spread>,
    /// For each derived value and outcome, its value times the outcome's probability: the expectation divided by the
    /// outcome's probability is the mean given that outcome.
    pub by_outcome: Vec<Vec<Output>>,
    /// The uncertain weights and bases.
    pub weights: Vec<UncertainWeight>,
    /// The questions asked, in their order.
    pub questions: Vec<Query>,
    /// What answers for each variant that the program was compiled with, in their order.
    pub variants: Vec<VariantAnswers>,
    /// The answers where other items of the evidence count, in the order in which they were asked for.
    pub updates: Vec<Update>,
}

/// What becomes of the answers where certain items of the evidence count.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Update {
    /// As [`Answers::weight`].
    pub weight: Option<Output>,
    /// The probability of each outcome; in a model without outcomes, of each event and then of each state of each factor
    /// that has states.
    pub values: Vec<Output>,
}

impl Update {
    /// The probability of the `at`-th answer.
    pub fn query(&self, at: usize) -> Query {
        Query { numerator: self.values[at], weight: self.weight }
    }
}

impl Answers {
    /// The probability that an output is, given what was learned.
    pub fn probability(&self, output: Output) -> Query {
        Query { numerator: output, weight: self.weight }
    }
}

/// What a theory says, all else being the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByTheory {
    /// The probability, under it, of what was learned; `None` if nothing was.
    pub weight: Option<Output>,
    /// The probability of each outcome under it, with what was learned. Empty if the theory, or what was learned under it,
    /// is impossible.
    pub outcomes: Vec<Output>,
}

/// A weight or a base that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UncertainWeight {
    /// The theory that it belongs to; `None` if it stands in `[outcomes]`.
    pub theory: Option<TheoryId>,
    /// The outcome that it belongs to.
    pub outcome: OutcomeId,
    /// What it weighs; `None` for the base.
    pub variable: Option<Variable>,
    /// The state that it weighs, of a factor with states.
    pub state: Option<usize>,
    /// Its value.
    pub output: Output,
}
