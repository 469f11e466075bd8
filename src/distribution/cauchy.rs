//! The Cauchy distribution.

use super::parameter::{ParameterError, finite, positive};
use super::univariate::Univariate;
use crate::math::elementary::{atan, tan};
use crate::math::special::Tails;
use std::f64::consts::PI;

/// Student's t with one degree of freedom: a median, quartiles at ± scale, and no mean.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Cauchy {
    pub(super) location: f64,
    pub(super) scale: f64,
}

impl Cauchy {
    /// A finite location and a positive scale.
    ///
    /// # Errors
    ///
    /// If the location is not finite or the scale is not positive.
    pub fn new(location: f64, scale: f64) -> Result<Cauchy, ParameterError> {
        Ok(Cauchy { location: finite("location", location)?, scale: positive("scale", scale)? })
    }
}

/// The distance from the median, in scales, beyond which a mass t ≤ ½ lies on one side.
fn reach(t: f64) -> f64 {
    if t > 0.25 { tan(PI * (0.5 - t)) } else { 1.0 / tan(PI * t) }
}

impl Univariate for Cauchy {
    fn mean(&self) -> f64 {
        f64::NAN
    }
    fn sd(&self) -> f64 {
        f64::NAN
    }
    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }
    fn tail_indices(&self) -> (f64, f64) {
        (1.0, 1.0)
    }
    fn pdf(&self, x: f64) -> f64 {
        let z = (x - self.location) / self.scale;
        1.0 / (PI * self.scale * (1.0 + z * z))
    }
    fn log_slope(&self, x: f64) -> f64 {
        let z = (x - self.location) / self.scale;
        -2.0 / self.scale * (z / (1.0 + z * z))
    }
    fn tails(&self, x: f64) -> Tails {
        let z = (x - self.location) / self.scale;
        let beyond = if z == 0.0 { 0.5 } else { atan(1.0 / z.abs()) / PI };
        if z <= 0.0 { Tails::from_lower(beyond) } else { Tails::from_upper(beyond) }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        self.location - self.scale * reach(u)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        self.location + self.scale * reach(t)
    }
}
