//! The beta distribution.

use super::parameter::{ParameterError, positive};
use super::univariate::Univariate;
use crate::math::special::{Tails, beta_density, beta_pair_by, beta_quantile, binomial_correction};

/// A share between 0 and 1 with density proportional to x^(alpha − 1) (1 − x)^(beta − 1).
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Beta {
    pub(super) alpha: f64,
    pub(super) beta: f64,
    /// What density and tails have of both alone.
    correction: f64,
}

impl Beta {
    /// Two positive shapes; the mean is alpha / (alpha + beta).
    ///
    /// # Errors
    ///
    /// If a shape is not positive.
    pub fn new(alpha: f64, beta: f64) -> Result<Beta, ParameterError> {
        let (alpha, beta) = (positive("alpha", alpha)?, positive("beta", beta)?);
        Ok(Beta { alpha, beta, correction: binomial_correction(alpha, beta) })
    }

    /// The density at x, where y = 1 − x.
    pub(super) fn density(&self, x: f64, y: f64) -> f64 {
        let (a, b) = (self.alpha, self.beta);
        if x < 0.0 || y < 0.0 {
            return 0.0;
        }
        if x == 0.0 || y == 0.0 {
            let (at, other) = if x == 0.0 { (a, b) } else { (b, a) };
            return if at < 1.0 {
                f64::INFINITY
            } else if at > 1.0 {
                0.0
            } else {
                other
            };
        }
        beta_density(self.correction, (a, b), x, y)
    }

    /// Both tails at x, where y = 1 − x.
    pub(super) fn tails_at(&self, x: f64, y: f64) -> Tails {
        beta_pair_by(|| self.correction, self.alpha, self.beta, x, y)
    }

    /// The x, and 1 − x, with mass u below.
    pub(super) fn lower_pair(&self, u: f64) -> (f64, f64) {
        beta_quantile(self.alpha, self.beta, u, 1.0 - u)
    }

    /// The x, and 1 − x, with mass t above.
    pub(super) fn upper_pair(&self, t: f64) -> (f64, f64) {
        beta_quantile(self.alpha, self.beta, 1.0 - t, t)
    }
}

impl Univariate for Beta {
    fn mean(&self) -> f64 {
        self.alpha / (self.alpha + self.beta)
    }
    fn sd(&self) -> f64 {
        let n = self.alpha + self.beta;
        (self.alpha / n * (self.beta / n) / (n + 1.0)).sqrt()
    }
    fn support(&self) -> (f64, f64) {
        (0.0, 1.0)
    }
    fn pdf(&self, x: f64) -> f64 {
        self.density(x, 1.0 - x)
    }
    fn log_slope(&self, x: f64) -> f64 {
        (self.alpha - 1.0) / x - (self.beta - 1.0) / (1.0 - x)
    }
    fn tails(&self, x: f64) -> Tails {
        self.tails_at(x, 1.0 - x)
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        self.lower_pair(u).0
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        self.upper_pair(t).0
    }
}
