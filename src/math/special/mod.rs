//! Special functions: error function and normal law, gamma, incomplete gamma and incomplete beta functions with
//! their inverses, and binomial coefficients.
//!
//! Every tail probability has full relative accuracy, however small it is, and comes with its complement, so that
//! nobody needs to write 1 − p. Shapes from 1e-3 to 1e7 are tested against tables; larger ones work with the accuracy
//! that the argument's own rounding allows.
//!
//! `erf`, `erfc` and `ln_gamma` are `libm`'s, within a few units in the last place. The crate statrs is not used: its
//! values come from the platform's `ln` and `exp`, its incomplete beta function stops after 140 terms (wrong by 2 % at
//! both shapes 1e6), its incomplete gamma function cancels in the smaller tail, and its quantiles of Beta, Gamma and
//! Student's t have an absolute error, may panic and may never return.

mod beta;
mod gamma;
mod normal;

pub use beta::{
    beta_complement_regularized, beta_density, beta_pair, beta_pair_by, beta_quantile, beta_regularized,
    binomial_correction, binomial_term,
};
pub(crate) use beta::{ln_beta_leading, ln_gamma_ratio};
pub use gamma::{
    gamma_lower_regularized, gamma_pair, gamma_quantile, gamma_upper_regularized, ln_choose, ln_gamma,
    ln_gamma_1p, poisson_term,
};
pub use normal::{erf, erfc, normal_cdf, normal_level, normal_pdf, normal_quantile, normal_quantile_upper};

/// The two parts of a probability: below and above a point. They sum to 1, and the smaller has full relative accuracy.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Tails {
    /// Probability at or below the point.
    pub lower: f64,
    /// Probability above the point.
    pub upper: f64,
}

impl Tails {
    /// Nothing lies below.
    pub const BOTTOM: Tails = Tails { lower: 0.0, upper: 1.0 };
    /// Nothing lies above.
    pub const TOP: Tails = Tails { lower: 1.0, upper: 0.0 };

    /// From the lower part, which is at most about ½.
    pub fn from_lower(lower: f64) -> Tails {
        let lower = lower.clamp(0.0, 1.0);
        Tails { lower, upper: 1.0 - lower }
    }

    /// From the upper part, which is at most about ½.
    pub fn from_upper(upper: f64) -> Tails {
        Tails::from_lower(upper).swapped()
    }

    /// Below and above exchanged.
    pub fn swapped(self) -> Tails {
        Tails { lower: self.upper, upper: self.lower }
    }
}

/// ln(1 + x) − x for x > −1, with full relative accuracy also where both terms nearly cancel.
///
/// With r = x/(2 + x), ln(1 + x) = 2 (r + r³/3 + r⁵/5 + …) and 2r − x = −r x.
fn ln_1p_minus(x: f64) -> f64 {
    if !(-0.5..=1.0).contains(&x) {
        return super::elementary::ln_1p(x) - x;
    }
    let r = x / (2.0 + x);
    let square = r * r;
    let mut sum = 0.0;
    let mut power = square;
    let mut odd = 3.0;
    while power > f64::EPSILON * 0.05 * square && odd < 80.0 {
        sum += power / odd;
        power *= square;
        odd += 2.0;
    }
    r * (2.0 * sum - x)
}
