//! What every distribution on the real line can be asked.

use crate::math::special::Tails;

/// What every distribution on the real line can be asked.
///
/// [`quantile`](Self::quantile) and [`quantile_upper`](Self::quantile_upper) check the arguments and choose the tail;
/// [`lower_quantile`](Self::lower_quantile) and [`upper_quantile`](Self::upper_quantile) see only tail masses strictly
/// between 0 and 1, and for continuous distributions at most ½.
pub trait Univariate {
    /// The mean; NaN where it does not exist, infinite where it diverges.
    fn mean(&self) -> f64;
    /// The standard deviation; NaN where there is no mean, infinite where it diverges.
    fn sd(&self) -> f64;
    /// The least closed interval that holds all mass.
    fn support(&self) -> (f64, f64);
    /// The density at x, or the mass of x for a discrete distribution.
    fn pdf(&self, x: f64) -> f64;
    /// The derivative of the logarithm of the density at x, inside the support; NaN for a discrete distribution.
    fn log_slope(&self, _x: f64) -> f64 {
        f64::NAN
    }
    /// The probabilities of at most x and of more than x.
    fn tails(&self, x: f64) -> Tails;
    /// The least x with a probability of at least `u` at or below it.
    fn lower_quantile(&self, u: f64) -> f64;
    /// The least x with a probability of at most `t` above it.
    fn upper_quantile(&self, t: f64) -> f64;
    /// Whether all mass lies on single points.
    fn is_discrete(&self) -> bool {
        false
    }
    /// The indices of the lower and the upper tail: P(X > x) falls as x^(−1/index). 0 where it falls faster than any power.
    fn tail_indices(&self) -> (f64, f64) {
        (0.0, 0.0)
    }
    /// Whether some mass lies on single points.
    fn has_atoms(&self) -> bool {
        self.is_discrete()
    }
    /// The distance between neighbouring atoms of a count or a scaled count; `None` for others.
    fn step(&self) -> Option<f64> {
        None
    }
    /// The probabilities of less than x and of at least x.
    fn tails_below(&self, x: f64) -> Tails {
        if self.has_atoms() { self.tails(x.next_down()) } else { self.tails(x) }
    }

    /// The least x with `cdf(x) >= u`, for u in [0, 1]: 0 and 1 give the ends of the support. NaN outside, and for NaN.
    ///
    /// Accurate for small u; for u next to 1 the resolution of u itself is the limit, see
    /// [`quantile_upper`](Self::quantile_upper).
    fn quantile(&self, u: f64) -> f64 {
        if u == 0.0 {
            self.support().0
        } else if u == 1.0 {
            self.support().1
        } else if !(u > 0.0 && u < 1.0) {
            f64::NAN
        } else if u <= 0.5 || self.is_discrete() {
            self.lower_quantile(u)
        } else {
            self.upper_quantile(1.0 - u)
        }
    }

    /// The least x with `survival(x) <= t`, for t in [0, 1]: accurate far into the upper tail. NaN outside, and for NaN.
    fn quantile_upper(&self, t: f64) -> f64 {
        if t == 0.0 {
            self.support().1
        } else if t == 1.0 {
            self.support().0
        } else if !(t > 0.0 && t < 1.0) {
            f64::NAN
        } else if t <= 0.5 || self.is_discrete() {
            self.upper_quantile(t)
        } else {
            self.lower_quantile(1.0 - t)
        }
    }
}
