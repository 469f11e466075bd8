//! The geometric distribution.

use super::parameter::{ParameterError, positive_probability};
use super::search::least;
use super::univariate::Univariate;
use crate::math::elementary::{exp, exp_m1, ln, ln_1p};
use crate::math::special::Tails;

/// Failures before the first success in independent trials: 0, 1, 2, ….
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Geometric {
    pub(super) p: f64,
}

impl Geometric {
    /// The probability of success in a trial, above 0.
    ///
    /// # Errors
    ///
    /// If `p` is not above 0 and at most 1.
    pub fn new(p: f64) -> Result<Geometric, ParameterError> {
        Ok(Geometric { p: positive_probability("p", p)? })
    }

    /// ln(1 − p), the logarithm of the probability of a failure.
    fn ln_failure(&self) -> f64 {
        ln_1p(-self.p)
    }
}

impl Univariate for Geometric {
    fn mean(&self) -> f64 {
        (1.0 - self.p) / self.p
    }
    fn sd(&self) -> f64 {
        (1.0 - self.p).sqrt() / self.p
    }
    fn support(&self) -> (f64, f64) {
        (0.0, if self.p < 1.0 { f64::INFINITY } else { 0.0 })
    }
    fn pdf(&self, x: f64) -> f64 {
        if x < 0.0 || x != x.floor() {
            0.0
        } else if x == 0.0 {
            self.p
        } else {
            self.p * exp(x * self.ln_failure())
        }
    }
    fn tails(&self, x: f64) -> Tails {
        if x < 0.0 {
            return Tails::BOTTOM;
        }
        let ln_survival = (x.floor() + 1.0) * self.ln_failure();
        Tails { lower: -exp_m1(ln_survival), upper: exp(ln_survival) }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        let guess = ln_1p(-u) / self.ln_failure() - 0.5;
        least(guess, self.support(), |k| self.tails(k).lower >= u)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        let guess = ln(t) / self.ln_failure() - 0.5;
        least(guess, self.support(), |k| self.tails(k).upper <= t)
    }
    fn is_discrete(&self) -> bool {
        true
    }
    fn step(&self) -> Option<f64> {
        Some(1.0)
    }
}
