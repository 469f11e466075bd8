//! The binomial distribution.

use super::parameter::{ParameterError, count, probability};
use super::search::{cornish_fisher, least, normal_score};
use super::univariate::Univariate;
use crate::math::special::{Tails, beta_pair, binomial_term};

/// Successes in `n` independent trials, each with probability `p`.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Binomial {
    pub(super) n: f64,
    pub(super) p: f64,
}

impl Binomial {
    /// A whole number of trials and a probability.
    ///
    /// # Errors
    ///
    /// If `n` is no whole number or negative, or `p` lies outside [0, 1].
    pub fn new(n: f64, p: f64) -> Result<Binomial, ParameterError> {
        Ok(Binomial { n: count("n", n)?, p: probability("p", p)? })
    }

    fn guess(&self, mass: f64, upper: bool) -> f64 {
        let sd = self.sd();
        cornish_fisher(self.mean(), sd, (1.0 - 2.0 * self.p) / sd, normal_score(mass, upper))
    }
}

impl Univariate for Binomial {
    fn mean(&self) -> f64 {
        self.n * self.p
    }
    fn sd(&self) -> f64 {
        (self.n * self.p * (1.0 - self.p)).sqrt()
    }
    fn support(&self) -> (f64, f64) {
        (if self.p < 1.0 { 0.0 } else { self.n }, if self.p > 0.0 { self.n } else { 0.0 })
    }
    fn pdf(&self, x: f64) -> f64 {
        if x < 0.0 || x > self.n || x != x.floor() {
            return 0.0;
        }
        binomial_term(x, self.n - x, self.p, 1.0 - self.p)
    }
    fn tails(&self, x: f64) -> Tails {
        let k = x.floor();
        if k < 0.0 {
            Tails::BOTTOM
        } else if k >= self.n {
            Tails::TOP
        } else {
            beta_pair(k + 1.0, self.n - k, self.p, 1.0 - self.p).swapped()
        }
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
