//! What drives each outcome: how its probability differs between the lowest and the highest fifth of each factor.

use crate::statistics::Estimate;

/// The drivers of every outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Drivers {
    /// How many draws entered: the first of the run.
    pub draws: u64,
    /// For each outcome, its drivers, strongest first.
    pub outcomes: Vec<Vec<Driver>>,
}

/// What one uncertain quantity does to an outcome's probability.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// The factor's name, or the address of an uncertain weight or base.
    pub id: String,
    /// In words.
    pub label: String,
    /// The outcome's probability when the factor is in its lowest fifth.
    pub low: f64,
    /// The outcome's probability when the factor is in its highest fifth.
    pub high: f64,
    /// `high` − `low`.
    pub swing: Estimate,
    /// The rank correlation (Spearman) of factor and probability.
    pub correlation: f64,
}
