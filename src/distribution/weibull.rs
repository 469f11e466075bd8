//! The Weibull distribution.

use super::parameter::{ParameterError, positive};
use super::univariate::Univariate;
use crate::math::elementary::{exp, exp_m1, ln, ln_1p, pow};
use crate::math::special::{Tails, ln_gamma_1p};

/// A waiting time x with survival e^(−(x / scale)^shape).
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Weibull {
    pub(super) shape: f64,
    pub(super) scale: f64,
}

impl Weibull {
    /// A positive shape (below 1 the rate falls with time, above 1 it rises) and a positive scale.
    ///
    /// # Errors
    ///
    /// If either is not positive.
    pub fn new(shape: f64, scale: f64) -> Result<Weibull, ParameterError> {
        Ok(Weibull { shape: positive("shape", shape)?, scale: positive("scale", scale)? })
    }

    /// (x / scale)^shape, the cumulated hazard.
    fn hazard(&self, x: f64) -> f64 {
        pow(x / self.scale, self.shape)
    }

    fn at_hazard(&self, hazard: f64) -> f64 {
        self.scale * pow(hazard, 1.0 / self.shape)
    }
}

impl Univariate for Weibull {
    fn mean(&self) -> f64 {
        self.scale * exp(ln_gamma_1p(1.0 / self.shape))
    }
    fn sd(&self) -> f64 {
        let inverse = 1.0 / self.shape;
        let relative_variance = exp_m1(ln_gamma_1p(2.0 * inverse) - 2.0 * ln_gamma_1p(inverse));
        self.mean() * relative_variance.sqrt()
    }
    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }
    fn pdf(&self, x: f64) -> f64 {
        if x < 0.0 || x == f64::INFINITY {
            return 0.0;
        }
        let z = x / self.scale;
        self.shape / self.scale * pow(z, self.shape - 1.0) * exp(-self.hazard(x))
    }
    fn log_slope(&self, x: f64) -> f64 {
        (self.shape - 1.0 - self.shape * self.hazard(x)) / x
    }
    fn tails(&self, x: f64) -> Tails {
        if x <= 0.0 {
            return Tails::BOTTOM;
        }
        let hazard = self.hazard(x);
        Tails { lower: -exp_m1(-hazard), upper: exp(-hazard) }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        self.at_hazard(-ln_1p(-u))
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        self.at_hazard(-ln(t))
    }
}
