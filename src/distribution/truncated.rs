//! A distribution conditional on an interval.

use super::parameter::{ParameterError, within};
use super::{Distribution, Univariate};
use crate::math::elementary::{exp, logistic};
use crate::math::quadrature::integrate;
use crate::math::special::Tails;
use std::f64::consts::PI;

/// Most atoms over which moments are summed one by one.
const MOST_ATOMS: f64 = 1e5;

/// A distribution given that it lies in [low, high], both ends included.
///
/// Masses are differences of whichever tail is small, so that an interval far out, such as [8, 9] for a standard
/// normal variable, is as accurate as one in the middle. A narrow interval in the middle costs the digits by which
/// its mass is below 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Truncated {
    inner: Box<Distribution>,
    low: f64,
    high: f64,
    /// Tails of the inner distribution below `low` and at `high`.
    below: Tails,
    through: Tails,
    mass: f64,
}

impl Truncated {
    /// The ends may be infinite.
    ///
    /// # Errors
    ///
    /// If an end is NaN, the ends are out of order, or the interval has no mass.
    ///
    /// ```
    /// use foretell::distribution::{Distribution, Family, Truncated};
    /// let tail = Truncated::new(Family::Normal.build(&[0.0, 1.0])?, 8.0, 9.0)?;
    /// assert!((Distribution::from(tail).mean() - 8.12118899).abs() < 1e-8);
    /// # Ok::<(), foretell::distribution::ParameterError>(())
    /// ```
    pub fn new(inner: Distribution, low: f64, high: f64) -> Result<Truncated, ParameterError> {
        within("low", low, !low.is_nan(), "be a number")?;
        within("high", high, low <= high, "be at least low")?;
        let (below, through) = (inner.tails_below(low), inner.tails(high));
        let mass = between(below, through);
        within("high", high, mass > 0.0, "leave some mass above low")?;
        Ok(Truncated { inner: Box::new(inner), low, high, below, through, mass })
    }

    /// Mean and standard deviation by the atoms, or by quadrature of the quantile function, within 1e-9 of the standard
    /// deviation (1e-5 for a discrete distribution with more than 100 000 atoms).
    fn moments(&self) -> (f64, f64) {
        if !self.converges(self.inner.mean()) {
            return (self.diverging_mean(), f64::NAN.max(self.diverging_mean().abs()));
        }
        let origin = self.median();
        if self.is_discrete()
            && let Some(atoms) = self.atoms()
        {
            let mean: f64 = atoms.iter().map(|(x, p)| (x - origin) * p).sum();
            let square: f64 = atoms.iter().map(|(x, p)| (x - origin - mean) * (x - origin - mean) * p).sum();
            return (origin + mean, square.sqrt());
        }
        let mean = self.expectation(|x| x - origin);
        if !self.converges(self.inner.sd()) {
            return (origin + mean, f64::INFINITY);
        }
        (origin + mean, self.expectation(|x| (x - origin - mean) * (x - origin - mean)).sqrt())
    }

    /// Whether a moment exists: it does for the inner distribution, or the interval is bounded.
    fn converges(&self, moment: f64) -> bool {
        let (low, high) = self.support();
        moment.is_finite() || (low.is_finite() && high.is_finite())
    }

    fn diverging_mean(&self) -> f64 {
        match (self.support().0.is_finite(), self.support().1.is_finite()) {
            (true, _) => f64::INFINITY,
            (_, true) => f64::NEG_INFINITY,
            _ => self.inner.mean(),
        }
    }

    fn median(&self) -> f64 {
        self.lower_quantile(0.5)
    }

    /// E f(X) = ∫ f(Q(t)) + f(Q(1 − t)) dt over 0 < t < ½, with t = ½ logistic(π sinh s), which opens up the ends.
    fn expectation(&self, f: impl Fn(f64) -> f64) -> f64 {
        let integrand = |s: f64| {
            let (up, down) = (exp(s), exp(-s));
            let v = 0.5 * PI * (up - down);
            let t = 0.5 * logistic(v);
            if t <= 0.0 {
                return 0.0;
            }
            let jacobian = t * logistic(-v) * 0.5 * PI * (up + down);
            (f(self.lower_quantile(t)) + f(self.upper_quantile(t))) * jacobian
        };
        let scale = integrand(0.0).abs().max(f64::MIN_POSITIVE);
        integrate(&integrand, -6.0, 3.2, 1e-12 * scale)
    }

    /// The points that hold mass, with their shares, from the lower and the upper end to the middle; `None` if there are
    /// too many.
    fn atoms(&self) -> Option<Vec<(f64, f64)>> {
        let middle = self.median();
        let next = self.upper_quantile(self.tails(middle).upper.next_down().max(0.0));
        let spread = self.upper_quantile(1e-17) - self.lower_quantile(1e-17);
        if spread > (next - middle) * MOST_ATOMS && next > middle {
            return None;
        }
        let mut atoms = Vec::new();
        let mut x = self.lower_quantile(1e-17);
        while x <= middle {
            atoms.push((x, self.pdf(x)));
            let tails = self.tails(x);
            let after = if tails.lower <= 0.5 {
                self.lower_quantile(tails.lower.next_up())
            } else {
                self.upper_quantile(tails.upper.next_down())
            };
            if after <= x {
                return Some(atoms);
            }
            x = after;
        }
        let last = self.upper_quantile(1e-17);
        while x <= last {
            atoms.push((x, self.pdf(x)));
            let upper = self.tails(x).upper;
            let after = if upper > 0.0 { self.upper_quantile(upper.next_down()) } else { x };
            if after <= x {
                break;
            }
            x = after;
        }
        Some(atoms)
    }
}

/// The mass between two points with these tails.
fn between(from: Tails, to: Tails) -> f64 {
    if to.lower <= 0.5 {
        to.lower - from.lower
    } else if from.upper <= 0.5 {
        from.upper - to.upper
    } else {
        1.0 - from.lower - to.upper
    }
}

impl Univariate for Truncated {
    fn mean(&self) -> f64 {
        self.moments().0
    }
    fn sd(&self) -> f64 {
        self.moments().1
    }
    fn support(&self) -> (f64, f64) {
        let (low, high) = self.inner.support();
        (low.max(self.low), high.min(self.high))
    }
    fn pdf(&self, x: f64) -> f64 {
        if x < self.low || x > self.high { 0.0 } else { self.inner.pdf(x) / self.mass }
    }
    fn tails(&self, x: f64) -> Tails {
        if x < self.low {
            return Tails::BOTTOM;
        }
        if x >= self.high {
            return Tails::TOP;
        }
        let at = self.inner.tails(x);
        let (lower, upper) = (between(self.below, at) / self.mass, between(at, self.through) / self.mass);
        if lower <= upper { Tails::from_lower(lower) } else { Tails::from_upper(upper) }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        let lower = self.below.lower + u * self.mass;
        let x = if self.below.lower <= 0.5 && lower <= 0.5 {
            self.inner.quantile(lower)
        } else {
            self.inner.quantile_upper((self.below.upper - u * self.mass).max(0.0))
        };
        x.clamp(self.low, self.high)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        let upper = self.through.upper + t * self.mass;
        let x = if self.through.upper <= 0.5 && upper <= 0.5 {
            self.inner.quantile_upper(upper)
        } else {
            self.inner.quantile((self.through.lower - t * self.mass).max(0.0))
        };
        x.clamp(self.low, self.high)
    }
    fn is_discrete(&self) -> bool {
        self.inner.is_discrete()
    }
    fn has_atoms(&self) -> bool {
        self.inner.has_atoms()
    }
}
