//! The Poisson distribution.

use super::parameter::{ParameterError, within};
use super::search::{cornish_fisher, least, normal_score};
use super::univariate::Univariate;
use crate::math::special::{Tails, gamma_pair, poisson_term};

/// The count of events that come independently at a constant rate.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Poisson {
    pub(super) mean: f64,
}

impl Poisson {
    /// The expected count, 0 or more.
    ///
    /// # Errors
    ///
    /// If the mean is negative or not finite.
    pub fn new(mean: f64) -> Result<Poisson, ParameterError> {
        let holds = (0.0..f64::INFINITY).contains(&mean);
        Ok(Poisson { mean: within("mean", mean, holds, "be finite, and 0 or more")? })
    }

    fn guess(&self, mass: f64, upper: bool) -> f64 {
        let sd = self.mean.sqrt();
        cornish_fisher(self.mean, sd, 1.0 / sd, normal_score(mass, upper))
    }
}

impl Univariate for Poisson {
    fn mean(&self) -> f64 {
        self.mean
    }
    fn sd(&self) -> f64 {
        self.mean.sqrt()
    }
    fn support(&self) -> (f64, f64) {
        (0.0, if self.mean > 0.0 { f64::INFINITY } else { 0.0 })
    }
    fn pdf(&self, x: f64) -> f64 {
        if x < 0.0 || x != x.floor() || x == f64::INFINITY { 0.0 } else { poisson_term(x, self.mean) }
    }
    fn tails(&self, x: f64) -> Tails {
        if x < 0.0 {
            return Tails::BOTTOM;
        }
        if x == f64::INFINITY {
            return Tails::TOP;
        }
        gamma_pair(x.floor() + 1.0, self.mean).swapped()
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        least(self.guess(u, false), self.support(), |k| self.tails(k).lower >= u)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        least(self.guess(t, true), self.support(), |k| self.tails(k).upper <= t)
    }
    fn is_discrete(&self) -> bool {
        true
    }
    fn step(&self) -> Option<f64> {
        Some(1.0)
    }
}
