//! The triangular distribution.

use super::Univariate;
use super::parameter::{ParameterError, finite, within};
use crate::math::special::Tails;

/// A density that rises in a straight line from `low` to `mode` and falls to `high`.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Triangular {
    low: f64,
    mode: f64,
    high: f64,
}

impl Triangular {
    /// low < high, with the mode between them or at one of them.
    ///
    /// # Errors
    ///
    /// If a value is not finite or out of order.
    pub fn new(low: f64, mode: f64, high: f64) -> Result<Triangular, ParameterError> {
        ordered(low, mode, high)?;
        Ok(Triangular { low, mode, high })
    }
}

/// Checks low < high and low ≤ mode ≤ high.
pub(super) fn ordered(low: f64, mode: f64, high: f64) -> Result<(), ParameterError> {
    finite("low", low)?;
    finite("mode", mode)?;
    finite("high", high)?;
    within("high", high, low < high, "be above low")?;
    within("high", high, (high - low).is_finite(), "be nearer to low")?;
    within("mode", mode, low <= mode && mode <= high, "lie between low and high")?;
    Ok(())
}

impl Univariate for Triangular {
    fn mean(&self) -> f64 {
        self.low + ((self.mode - self.low) + (self.high - self.low)) / 3.0
    }
    fn sd(&self) -> f64 {
        let (rise, fall) = (self.mode - self.low, self.high - self.mode);
        ((rise * rise + rise * fall + fall * fall) / 18.0).sqrt()
    }
    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }
    fn pdf(&self, x: f64) -> f64 {
        let peak = 2.0 / (self.high - self.low);
        if x < self.low || x > self.high {
            0.0
        } else if x == self.mode {
            peak
        } else if x < self.mode {
            peak * ((x - self.low) / (self.mode - self.low))
        } else {
            peak * ((self.high - x) / (self.high - self.mode))
        }
    }
    fn tails(&self, x: f64) -> Tails {
        let x = x.clamp(self.low, self.high);
        let width = self.high - self.low;
        if x < self.mode {
            Tails::from_lower((x - self.low) / width * ((x - self.low) / (self.mode - self.low)))
        } else if x < self.high {
            Tails::from_upper((self.high - x) / width * ((self.high - x) / (self.high - self.mode)))
        } else {
            Tails::TOP
        }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        let (width, rise, fall) = (self.high - self.low, self.mode - self.low, self.high - self.mode);
        if u * width <= rise {
            self.low + (u * width).sqrt() * rise.sqrt()
        } else {
            self.high - ((1.0 - u) * width).sqrt() * fall.sqrt()
        }
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        let (width, rise, fall) = (self.high - self.low, self.mode - self.low, self.high - self.mode);
        if t * width <= fall {
            self.high - (t * width).sqrt() * fall.sqrt()
        } else {
            self.low + ((1.0 - t) * width).sqrt() * rise.sqrt()
        }
    }
}
