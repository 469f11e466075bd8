//! Correlations of factors and events.

use super::id::{QuantityId, Variable};
use super::latent::Latent;
use crate::scenario::CorrelationKind;

/// A correlation in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlated {
    /// What is correlated.
    pub between: [Variable; 2],
    /// Which correlation it is.
    pub kind: CorrelationKind,
    /// What was asked for.
    pub asked: f64,
    /// The degrees of freedom of its t copula; `None` for a Gaussian one.
    pub degrees: Option<f64>,
    /// What the two are drawn by.
    pub draws: [Draw; 2],
}

/// What a correlated variable is drawn by.
#[derive(Clone, Debug, PartialEq)]
pub enum Draw {
    /// A number, by a quantity that it rises (1) or falls (−1) with.
    Number(QuantityId, f64),
    /// States, by their normal, with the probability of each; with none where these depend on other things.
    States(Latent, Vec<f64>),
}
