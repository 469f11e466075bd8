//! What a run found, as plain data.

use super::plan::Plan;
use crate::diagnostic::Span;
use crate::statistics::Estimate;

/// The answers of a run. Lists follow the model's.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// How the draws were made.
    pub plan: Plan,
    /// Whether no draw entered any answer.
    pub exact: bool,
    /// The probability of each outcome, and its spread.
    pub outcomes: Vec<OutcomeSummary>,
    /// Each factor.
    pub factors: Vec<FactorSummary>,
    /// Each derived value.
    pub derived: Vec<DerivedSummary>,
    /// Each event.
    pub events: Vec<EventSummary>,
    /// The answers to the questions that the program was compiled with, in their order.
    pub questions: Vec<Estimate>,
    /// Draws that were left out.
    pub void: VoidSummary,
}

/// Three percentiles of a spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Percentiles {
    /// 5th percentile.
    pub p05: f64,
    /// Median.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
}

/// One outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeSummary {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Its probability: the mean, over what is not known, of the probability given what is not known.
    pub probability: Estimate,
    /// The spread: percentiles of the probability given what is not known.
    pub spread: Percentiles,
    /// Standard errors of these percentiles, if the design has replicates to tell them from.
    pub spread_error: Option<Percentiles>,
    /// The verbal scale's words for the probability.
    pub words: &'static str,
    /// The distribution of the probability over draws: (lower end, upper end, draws).
    pub histogram: Vec<(f64, f64, f64)>,
}

/// One factor.
#[derive(Clone, Debug, PartialEq)]
pub struct FactorSummary {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Its mean; NaN where none exists.
    pub mean: f64,
    /// Its standard deviation; NaN where none exists.
    pub sd: f64,
    /// Its percentiles.
    pub spread: Percentiles,
}

/// One derived value.
#[derive(Clone, Debug, PartialEq)]
pub struct DerivedSummary {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Its mean.
    pub mean: Estimate,
    /// Its standard deviation.
    pub sd: f64,
    /// Its percentiles.
    pub spread: Percentiles,
    /// Its mean given each outcome.
    pub by_outcome: Vec<Estimate>,
}

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventSummary {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The probability that it happens.
    pub probability: Estimate,
}

/// Draws that gave no number and were left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VoidSummary {
    /// How many.
    pub draws: u64,
    /// The formula that first gave no number in the first of them.
    pub place: Option<Span>,
    /// The factors' values in it, by name.
    pub example: Vec<(String, f64)>,
}

impl VoidSummary {
    /// The share of void draws above which a run is refused.
    pub const MOST: f64 = 0.001;

    /// The share of void draws.
    pub fn share(&self, draws: u64) -> f64 {
        self.draws as f64 / draws.max(1) as f64
    }
}
