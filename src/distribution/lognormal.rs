//! The lognormal distribution.

use super::normal::standard_tails;
use super::parameter::{ParameterError, finite, positive};
use super::univariate::Univariate;
use crate::math::elementary::{exp, exp_m1, ln};
use crate::math::special::{Tails, normal_pdf, normal_quantile};

/// A positive number whose logarithm is normal with mean `mu` and standard deviation `sigma`.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct LogNormal {
    pub(super) mu: f64,
    pub(super) sigma: f64,
}

impl LogNormal {
    /// The mean and the standard deviation of the logarithm.
    ///
    /// # Errors
    ///
    /// If `mu` is not finite or `sigma` is not positive.
    pub fn new(mu: f64, sigma: f64) -> Result<LogNormal, ParameterError> {
        Ok(LogNormal { mu: finite("mu", mu)?, sigma: positive("sigma", sigma)? })
    }

    fn score(&self, x: f64) -> f64 {
        (ln(x) - self.mu) / self.sigma
    }
}

impl Univariate for LogNormal {
    fn mean(&self) -> f64 {
        exp(self.mu + 0.5 * self.sigma * self.sigma)
    }
    fn sd(&self) -> f64 {
        self.mean() * exp_m1(self.sigma * self.sigma).sqrt()
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn pdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { normal_pdf(self.score(x)) / (x * self.sigma) }
    }
    fn log_slope(&self, x: f64) -> f64 {
        -(1.0 + self.score(x) / self.sigma) / x
    }
    fn tails(&self, x: f64) -> Tails {
        if x <= 0.0 { Tails::BOTTOM } else { standard_tails(self.score(x)) }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        exp(self.mu + self.sigma * normal_quantile(u))
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        exp(self.mu - self.sigma * normal_quantile(t))
    }
}
