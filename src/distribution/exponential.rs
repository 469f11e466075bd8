//! The exponential distribution.

use super::parameter::{ParameterError, positive};
use super::univariate::Univariate;
use crate::math::elementary::{exp, exp_m1, ln, ln_1p};
use crate::math::special::Tails;

/// The waiting time for an event that comes at a constant rate.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Exponential {
    pub(super) rate: f64,
}

impl Exponential {
    /// A positive rate, per unit of the variable; the mean is 1 / rate.
    ///
    /// # Errors
    ///
    /// If the rate is not positive.
    pub fn new(rate: f64) -> Result<Exponential, ParameterError> {
        Ok(Exponential { rate: positive("rate", rate)? })
    }
}

impl Univariate for Exponential {
    fn mean(&self) -> f64 {
        1.0 / self.rate
    }
    fn sd(&self) -> f64 {
        1.0 / self.rate
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn pdf(&self, x: f64) -> f64 {
        if x < 0.0 { 0.0 } else { self.rate * exp(-self.rate * x) }
    }
    fn log_slope(&self, _x: f64) -> f64 {
        -self.rate
    }
    fn tails(&self, x: f64) -> Tails {
        if x <= 0.0 {
            return Tails::BOTTOM;
        }
        Tails { lower: -exp_m1(-self.rate * x), upper: exp(-self.rate * x) }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        -ln_1p(-u) / self.rate
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        -ln(t) / self.rate
    }
}
