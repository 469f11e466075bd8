//! The gamma distribution.

use super::parameter::{ParameterError, positive};
use super::univariate::Univariate;
use crate::math::special::{Tails, gamma_pair, gamma_quantile, poisson_term};

/// A positive number with density proportional to x^(shape − 1) e^(−x / scale).
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Gamma {
    pub(super) shape: f64,
    pub(super) scale: f64,
}

impl Gamma {
    /// A positive shape and a positive scale; the mean is shape · scale.
    ///
    /// # Errors
    ///
    /// If either is not positive.
    pub fn new(shape: f64, scale: f64) -> Result<Gamma, ParameterError> {
        Ok(Gamma { shape: positive("shape", shape)?, scale: positive("scale", scale)? })
    }
}

impl Univariate for Gamma {
    fn mean(&self) -> f64 {
        self.shape * self.scale
    }
    fn sd(&self) -> f64 {
        self.shape.sqrt() * self.scale
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn pdf(&self, x: f64) -> f64 {
        let z = x / self.scale;
        if z < 0.0 {
            0.0
        } else if z == 0.0 {
            if self.shape < 1.0 {
                f64::INFINITY
            } else if self.shape > 1.0 {
                0.0
            } else {
                1.0 / self.scale
            }
        } else {
            poisson_term(self.shape, z) * (self.shape / z) / self.scale
        }
    }
    fn log_slope(&self, x: f64) -> f64 {
        (self.shape - 1.0) / x - 1.0 / self.scale
    }
    fn tails(&self, x: f64) -> Tails {
        gamma_pair(self.shape, x / self.scale)
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        self.scale * gamma_quantile(self.shape, u, 1.0 - u)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        self.scale * gamma_quantile(self.shape, 1.0 - t, t)
    }
}
