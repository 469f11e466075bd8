//! The normal distribution.

use super::parameter::{ParameterError, finite, positive};
use super::univariate::Univariate;
use crate::math::special::{Tails, normal_cdf, normal_pdf, normal_quantile};

/// Normal with a mean and a standard deviation.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Normal {
    pub(super) mean: f64,
    pub(super) sd: f64,
}

impl Normal {
    /// Mean 0 and standard deviation 1.
    pub const STANDARD: Normal = Normal { mean: 0.0, sd: 1.0 };

    /// A finite mean and a positive standard deviation.
    ///
    /// # Errors
    ///
    /// If the mean is not finite or `sd` is not positive.
    pub fn new(mean: f64, sd: f64) -> Result<Normal, ParameterError> {
        Ok(Normal { mean: finite("mean", mean)?, sd: positive("sd", sd)? })
    }
}

/// Both tails of the standard normal law.
pub(super) fn standard_tails(z: f64) -> Tails {
    if z <= 0.0 { Tails::from_lower(normal_cdf(z)) } else { Tails::from_upper(normal_cdf(-z)) }
}

impl Univariate for Normal {
    fn mean(&self) -> f64 {
        self.mean
    }
    fn sd(&self) -> f64 {
        self.sd
    }
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }
    fn pdf(&self, x: f64) -> f64 {
        normal_pdf((x - self.mean) / self.sd) / self.sd
    }
    fn log_slope(&self, x: f64) -> f64 {
        -(x - self.mean) / self.sd / self.sd
    }
    fn tails(&self, x: f64) -> Tails {
        standard_tails((x - self.mean) / self.sd)
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        self.mean + self.sd * normal_quantile(u)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        self.mean - self.sd * normal_quantile(t)
    }
}
