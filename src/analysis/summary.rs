//! What a run found, as plain data.

use super::learned::LearnedSummary;
use super::variance::VarianceShares;
use super::variants::VariantSummary;
use super::void::VoidSummary;
use crate::simulation::Plan;
use crate::statistics::Estimate;

/// The answers of a run. Lists follow the model's, as far as they were asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// How the draws were made.
    pub plan: Plan,
    /// Whether no draw entered any answer.
    pub exact: bool,
    /// The probability of each outcome, and its spread.
    pub outcomes: Vec<OutcomeSummary>,
    /// Each theory by itself, if the file names any.
    pub theories: Vec<TheorySummary>,
    /// Each factor.
    pub factors: Vec<FactorSummary>,
    /// Each derived value.
    pub derived: Vec<DerivedSummary>,
    /// Each factor with states.
    pub categories: Vec<CategorySummary>,
    /// Each event.
    pub events: Vec<EventSummary>,
    /// What was learned, if anything was.
    pub learned: Option<LearnedSummary>,
    /// Each variant that was run beside the file.
    pub variants: Vec<VariantSummary>,
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

/// A percentile that was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Percentile {
    /// Which: above 0 and below 100.
    pub percent: f64,
    /// Its value.
    pub value: f64,
    /// Its standard error, 0 where no draw enters; `None` where it can't be told.
    pub std_error: Option<f64>,
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
    /// The percentiles of the spread that were asked for.
    pub percentiles: Vec<Percentile>,
    /// Where the variance of whether it comes true comes from, if it has any and that can be told.
    pub variance: Option<VarianceShares>,
    /// The verbal scale's words for the probability.
    pub words: &'static str,
    /// The distribution of the probability over draws, by percentage points: (lower end, upper end, share of draws).
    pub histogram: Vec<(f64, f64, f64)>,
}

/// One theory by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct TheorySummary {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// How probable it is that it is right, before anything was learned.
    pub weight: f64,
    /// The same given what was learned.
    pub posterior: Estimate,
    /// The probability of each outcome under it; empty if it can't be right.
    pub outcomes: Vec<Estimate>,
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
    /// The percentiles that were asked for.
    pub percentiles: Vec<Percentile>,
}

/// One derived value.
#[derive(Clone, Debug, PartialEq)]
pub struct DerivedSummary {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Its mean; NaN where it is known that none exists.
    pub mean: Estimate,
    /// Its standard deviation.
    pub sd: f64,
    /// Its percentiles.
    pub spread: Percentiles,
    /// The percentiles that were asked for.
    pub percentiles: Vec<Percentile>,
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

/// One factor with states.
#[derive(Clone, Debug, PartialEq)]
pub struct CategorySummary {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// How many factors with numbers come before it in the file.
    pub after: usize,
    /// Its states.
    pub states: Vec<StateSummary>,
    /// For each outcome, how much the state matters; nothing if there is one state only.
    pub swings: Vec<Swing>,
}

/// How much it matters for an outcome in which state a factor is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// Positions of the states in which the outcome is least and most probable.
    pub states: (usize, usize),
    /// Its probability in these states.
    pub ends: (f64, f64),
    /// The difference.
    pub difference: Estimate,
}

/// One state of a factor.
#[derive(Clone, Debug, PartialEq)]
pub struct StateSummary {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The probability that the factor is in it.
    pub probability: Estimate,
}
