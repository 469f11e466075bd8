//! The Bernoulli distribution.

use super::parameter::{ParameterError, probability};
use super::univariate::Univariate;
use crate::math::special::Tails;

/// 1 with probability `p`, else 0.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Bernoulli {
    pub(super) p: f64,
}

impl Bernoulli {
    /// A probability, 0 and 1 included.
    ///
    /// # Errors
    ///
    /// If `p` lies outside [0, 1].
    pub fn new(p: f64) -> Result<Bernoulli, ParameterError> {
        Ok(Bernoulli { p: probability("p", p)? })
    }
}

impl Univariate for Bernoulli {
    fn mean(&self) -> f64 {
        self.p
    }
    fn sd(&self) -> f64 {
        (self.p * (1.0 - self.p)).sqrt()
    }
    fn support(&self) -> (f64, f64) {
        (if self.p < 1.0 { 0.0 } else { 1.0 }, if self.p > 0.0 { 1.0 } else { 0.0 })
    }
    fn pdf(&self, x: f64) -> f64 {
        if x == 0.0 {
            1.0 - self.p
        } else if x == 1.0 {
            self.p
        } else {
            0.0
        }
    }
    fn tails(&self, x: f64) -> Tails {
        if x < 0.0 {
            Tails::BOTTOM
        } else if x < 1.0 {
            Tails { lower: 1.0 - self.p, upper: self.p }
        } else {
            Tails::TOP
        }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        if u <= 1.0 - self.p { 0.0 } else { 1.0 }
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        if t >= self.p { 0.0 } else { 1.0 }
    }
    fn is_discrete(&self) -> bool {
        true
    }
}
