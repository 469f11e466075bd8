//! The negative binomial distribution.

use super::parameter::{ParameterError, positive, positive_probability};
use super::search::{cornish_fisher, least, normal_score};
use super::univariate::Univariate;
use crate::math::special::{Tails, beta_pair, binomial_term};

/// Failures before the r-th success in independent trials; a Poisson count whose rate is gamma distributed.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct NegativeBinomial {
    pub(super) r: f64,
    pub(super) p: f64,
}

impl NegativeBinomial {
    /// A positive (not necessarily whole) number of successes and the probability of success in a trial.
    ///
    /// # Errors
    ///
    /// If `r` is not positive, or `p` is not above 0 and at most 1.
    pub fn new(r: f64, p: f64) -> Result<NegativeBinomial, ParameterError> {
        Ok(NegativeBinomial { r: positive("r", r)?, p: positive_probability("p", p)? })
    }

    fn guess(&self, mass: f64, upper: bool) -> f64 {
        let q = 1.0 - self.p;
        let skewness = (1.0 + q) / (self.r * q).sqrt();
        cornish_fisher(self.mean(), self.sd(), skewness, normal_score(mass, upper))
    }
}

impl Univariate for NegativeBinomial {
    fn mean(&self) -> f64 {
        self.r * (1.0 - self.p) / self.p
    }
    fn sd(&self) -> f64 {
        (self.r * (1.0 - self.p)).sqrt() / self.p
    }
    fn support(&self) -> (f64, f64) {
        (0.0, if self.p < 1.0 { f64::INFINITY } else { 0.0 })
    }
    fn pdf(&self, x: f64) -> f64 {
        if x < 0.0 || x != x.floor() || x == f64::INFINITY {
            return 0.0;
        }
        self.r / (self.r + x) * binomial_term(self.r, x, self.p, 1.0 - self.p)
    }
    fn tails(&self, x: f64) -> Tails {
        if x < 0.0 {
            return Tails::BOTTOM;
        }
        if x == f64::INFINITY {
            return Tails::TOP;
        }
        beta_pair(self.r, x.floor() + 1.0, self.p, 1.0 - self.p)
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
