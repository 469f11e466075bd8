//! The uniform distribution.

use super::parameter::{ParameterError, finite, within};
use super::univariate::Univariate;
use crate::math::special::Tails;

/// Equally likely everywhere between `low` and `high`.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Uniform {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Uniform {
    /// Two finite ends, the first below the second.
    ///
    /// # Errors
    ///
    /// If an end is not finite, or `high` is not above `low`.
    pub fn new(low: f64, high: f64) -> Result<Uniform, ParameterError> {
        finite("low", low)?;
        finite("high", high)?;
        within("high", high, low < high, "be above low")?;
        within("high", high, (high - low).is_finite(), "be nearer to low")?;
        Ok(Uniform { low, high })
    }
}

impl Univariate for Uniform {
    fn mean(&self) -> f64 {
        self.low + 0.5 * (self.high - self.low)
    }
    fn sd(&self) -> f64 {
        (self.high - self.low) / 12f64.sqrt()
    }
    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }
    fn pdf(&self, x: f64) -> f64 {
        if x < self.low || x > self.high { 0.0 } else { 1.0 / (self.high - self.low) }
    }
    fn log_slope(&self, _x: f64) -> f64 {
        0.0
    }
    fn tails(&self, x: f64) -> Tails {
        let x = x.clamp(self.low, self.high);
        let width = self.high - self.low;
        Tails { lower: (x - self.low) / width, upper: (self.high - x) / width }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        self.low + u * (self.high - self.low)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        self.high - t * (self.high - self.low)
    }
}
