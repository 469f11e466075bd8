//! The logistic distribution.

use super::parameter::{ParameterError, finite, positive};
use super::univariate::Univariate;
use crate::math::elementary::{logistic, logit};
use crate::math::special::Tails;
use std::f64::consts::PI;

/// The law whose distribution function is the logistic curve 1 / (1 + e^−((x − location) / scale)).
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Logistic {
    pub(super) location: f64,
    pub(super) scale: f64,
}

impl Logistic {
    /// A finite location and a positive scale.
    ///
    /// # Errors
    ///
    /// If the location is not finite or the scale is not positive.
    pub fn new(location: f64, scale: f64) -> Result<Logistic, ParameterError> {
        Ok(Logistic { location: finite("location", location)?, scale: positive("scale", scale)? })
    }

    fn score(&self, x: f64) -> f64 {
        (x - self.location) / self.scale
    }
}

impl Univariate for Logistic {
    fn mean(&self) -> f64 {
        self.location
    }
    fn sd(&self) -> f64 {
        self.scale * (PI / 3f64.sqrt())
    }
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }
    fn pdf(&self, x: f64) -> f64 {
        let z = self.score(x);
        logistic(z) * logistic(-z) / self.scale
    }
    fn log_slope(&self, x: f64) -> f64 {
        let z = self.score(x);
        (logistic(-z) - logistic(z)) / self.scale
    }
    fn tails(&self, x: f64) -> Tails {
        let z = self.score(x);
        Tails { lower: logistic(z), upper: logistic(-z) }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        self.location + self.scale * logit(u)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        self.location - self.scale * logit(t)
    }
}
