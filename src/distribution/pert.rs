//! The PERT distribution.

use super::parameter::{ParameterError, positive};
use super::triangular::ordered;
use super::{Beta, Univariate};
use crate::math::special::Tails;

/// A beta distribution stretched over [low, high], with mean (low + lambda · mode + high) / (lambda + 2).
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Pert {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) beta: Beta,
}

impl Pert {
    /// low < high with the mode between them, and a positive weight `lambda` of the mode (usually 4).
    ///
    /// # Errors
    ///
    /// If a value is not finite or out of order, or `lambda` is not positive.
    pub fn new(low: f64, mode: f64, high: f64, lambda: f64) -> Result<Pert, ParameterError> {
        ordered(low, mode, high)?;
        positive("lambda", lambda)?;
        let width = high - low;
        let beta = Beta::new(1.0 + lambda * ((mode - low) / width), 1.0 + lambda * ((high - mode) / width))?;
        Ok(Pert { low, high, beta })
    }

    /// low, mode, high and lambda, but for rounding: alpha + beta is 2 + lambda.
    pub(super) fn parameters(&self) -> Vec<f64> {
        let lambda = self.beta.alpha + self.beta.beta - 2.0;
        let mode = self.low + self.width() * ((self.beta.alpha - 1.0) / lambda);
        vec![self.low, mode.clamp(self.low, self.high), self.high, lambda]
    }

    fn width(&self) -> f64 {
        self.high - self.low
    }

    /// From either end, whichever is nearer.
    fn place(&self, (x, y): (f64, f64)) -> f64 {
        if x <= y { self.low + x * self.width() } else { self.high - y * self.width() }
    }
}

impl Univariate for Pert {
    fn mean(&self) -> f64 {
        self.low + self.width() * self.beta.mean()
    }
    fn sd(&self) -> f64 {
        self.width() * self.beta.sd()
    }
    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }
    fn pdf(&self, x: f64) -> f64 {
        let width = self.width();
        self.beta.density((x - self.low) / width, (self.high - x) / width) / width
    }
    fn log_slope(&self, x: f64) -> f64 {
        self.beta.log_slope((x - self.low) / self.width()) / self.width()
    }
    fn tails(&self, x: f64) -> Tails {
        let width = self.width();
        self.beta.tails_at((x - self.low) / width, (self.high - x) / width)
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        self.place(self.beta.lower_pair(u))
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        self.place(self.beta.upper_pair(t))
    }
}
