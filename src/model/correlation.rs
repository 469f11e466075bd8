//! Correlations of factors.

use super::id::{FactorId, QuantityId};
use crate::scenario::CorrelationKind;

/// A correlation in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlated {
    /// The factors.
    pub factors: [FactorId; 2],
    /// Which correlation it is.
    pub kind: CorrelationKind,
    /// What was asked for.
    pub asked: f64,
    /// The degrees of freedom of its t copula; `None` for a Gaussian one.
    pub degrees: Option<f64>,
    /// What the factors draw.
    pub quantities: [QuantityId; 2],
    /// −1 if the factors fall with each other's draws, else 1.
    pub sign: f64,
}
