//! A distribution conditional on an interval.

use super::parameter::{ParameterError, within};
use super::univariate::Univariate;
use crate::math::elementary::{exp, logistic};
use crate::math::quadrature::integrate;
use crate::math::special::Tails;
use std::f64::consts::PI;

/// Most atoms over which moments are summed one by one.
const MOST_ATOMS: usize = 1_000_000;
/// Most steps of a lattice whose atoms are summed one by one.
const MOST_STEPS: f64 = 5e3;

/// A distribution given that it lies in [low, high], both ends included.
///
/// Masses are differences of whichever tail is small, so that an interval far out, such as [8, 9] for a standard
/// normal variable, is as accurate as one in the middle. A narrow interval in the middle costs the digits by which
/// its mass is below 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Truncated<D> {
    pub(super) inner: Box<D>,
    pub(super) low: f64,
    pub(super) high: f64,
    /// Tails of the inner distribution below `low` and at `high`.
    below: Tails,
    through: Tails,
    mass: f64,
}

impl<D: Univariate> Truncated<D> {
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
    pub fn new(inner: D, low: f64, high: f64) -> Result<Truncated<D>, ParameterError> {
        within("low", low, !low.is_nan(), "be a number")?;
        within("high", high, low <= high, "be at least low")?;
        let (below, through) = (inner.tails_below(low), inner.tails(high));
        let mass = between(below, through);
        within("high", high, mass > 0.0, "leave some of the distribution above low")?;
        Ok(Truncated { inner: Box::new(inner), low, high, below, through, mass })
    }

    /// What is cut.
    pub fn inner(&self) -> &D {
        &self.inner
    }

    /// Mean and standard deviation by the atoms, or by quadrature of the quantile function, within 1e-9 of the standard
    /// deviation (1e-8 for counts that spread over thousands, 1e-6 for more than a million atoms off a lattice).
    fn moments(&self) -> (f64, f64) {
        if !self.converges(self.inner.mean()) {
            let mean = self.diverging_mean();
            return (mean, mean.abs());
        }
        let origin = self.lower_quantile(0.5);
        let between = |t: f64| self.upper_quantile(t) - self.lower_quantile(t);
        let spread = between(0.25).max(1e-3 * between(1e-3));
        let floor = if self.smoothed_step().is_some() { 1e-11 } else { 1e-12 };
        // Relative error of the quadrature; differences from the origin are no better than its own rounding.
        let error = (8.0 * f64::EPSILON * origin.abs() / spread).clamp(floor, 1e-6);
        let atoms = self.atoms();
        let expectation = |f: &dyn Fn(f64) -> f64, scale: f64| match &atoms {
            Some(atoms) => atoms.iter().map(|(x, p)| f(*x) * p).sum(),
            None => self.quadrature(f, error * scale),
        };
        let mean = expectation(&|x| x - origin, spread);
        if !self.converges(self.inner.sd()) {
            return (origin + mean, f64::INFINITY);
        }
        let square = expectation(&|x| (x - origin - mean) * (x - origin - mean), spread * spread);
        // Sheppard's correction: atoms that were spread over their steps.
        let step = self.smoothed_step().unwrap_or(0.0);
        (origin + mean, (square - step * step / 12.0).max(0.0).sqrt())
    }

    /// The tails at a point inside, from those of the inner distribution.
    fn shares(&self, at: Tails) -> Tails {
        let (lower, upper) = (between(self.below, at) / self.mass, between(at, self.through) / self.mass);
        if lower <= upper { Tails::from_lower(lower) } else { Tails::from_upper(upper) }
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

    /// The step of a lattice with so many atoms that they are spread evenly over their steps.
    pub(super) fn smoothed_step(&self) -> Option<f64> {
        let spread = self.upper_quantile(1e-17) - self.lower_quantile(1e-17);
        self.inner.step().filter(|step| spread > step * MOST_STEPS)
    }

    /// The point with mass t below, or above: its atom spread over its step.
    pub(super) fn smoothed_quantile(&self, t: f64, upper: bool, step: f64) -> f64 {
        let x = if upper { self.upper_quantile(t) } else { self.lower_quantile(t) };
        let beyond = if upper { self.tails(x).upper } else { self.tails(x - 0.5 * step).lower };
        let share = (t - beyond) / self.pdf(x) - 0.5;
        if upper { x - step * share } else { x + step * share }
    }

    /// E f(X) = ∫ f(Q(t)) + f(Q(1 − t)) dt over 0 < t < ½, with t = ½ logistic(π sinh s), which opens up the ends.
    fn quadrature(&self, f: &dyn Fn(f64) -> f64, tolerance: f64) -> f64 {
        let step = self.smoothed_step();
        let at = |t: f64, upper: bool| match step {
            Some(step) => self.smoothed_quantile(t, upper, step),
            None if upper => self.upper_quantile(t),
            None => self.lower_quantile(t),
        };
        let integrand = |s: f64| {
            let (up, down) = (exp(s), exp(-s));
            let v = 0.5 * PI * (up - down);
            let t = 0.5 * logistic(v);
            if t <= 0.0 {
                return 0.0;
            }
            let jacobian = t * logistic(-v) * 0.5 * PI * (up + down);
            (f(at(t, false)) + f(at(t, true))) * jacobian
        };
        integrate(integrand, -6.0, 3.2, tolerance)
    }

    /// The points that hold mass, with their shares; `None` if the distribution is not discrete or they are too many.
    pub(super) fn atoms(&self) -> Option<Vec<(f64, f64)>> {
        if !self.is_discrete() || self.smoothed_step().is_some() {
            return None;
        }
        let last = self.upper_quantile(1e-17);
        let mut x = self.lower_quantile(1e-17);
        let mut atoms = vec![(x, self.pdf(x))];
        while x < last {
            x = self.next_atom(x)?;
            if atoms.len() == MOST_ATOMS {
                return None;
            }
            atoms.push((x, self.pdf(x)));
        }
        Some(atoms)
    }

    /// The atom after x: the quantile just beyond the mass through x, where rounding may hide a step of that mass.
    fn next_atom(&self, x: f64) -> Option<f64> {
        let tails = self.tails(x);
        let beyond = |nudge: f64| match tails.lower <= 0.5 {
            true => self.lower_quantile(tails.lower * (1.0 + nudge)),
            false => self.upper_quantile(tails.upper * (1.0 - nudge)),
        };
        (0..16).map(|power| beyond(f64::EPSILON * f64::from(1 << power))).find(|&next| next > x)
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

impl<D: Univariate> Univariate for Truncated<D> {
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
    fn tail_indices(&self) -> (f64, f64) {
        let (low, high) = self.inner.tail_indices();
        let side = |end: f64, index: f64| if end.is_finite() { 0.0 } else { index };
        (side(self.low, low), side(self.high, high))
    }
    fn pdf(&self, x: f64) -> f64 {
        if x < self.low || x > self.high { 0.0 } else { self.inner.pdf(x) / self.mass }
    }
    fn log_slope(&self, x: f64) -> f64 {
        self.inner.log_slope(x)
    }
    fn tails(&self, x: f64) -> Tails {
        if x < self.low {
            return Tails::BOTTOM;
        }
        if x >= self.high {
            return Tails::TOP;
        }
        self.shares(self.inner.tails(x))
    }
    fn tails_below(&self, x: f64) -> Tails {
        if x <= self.low {
            return Tails::BOTTOM;
        }
        if x > self.high {
            return Tails::TOP;
        }
        self.shares(self.inner.tails_below(x))
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        // Beyond the mass below `low`, however small u is, or an atom below would answer.
        let lower = (self.below.lower + u * self.mass).max(self.below.lower.next_up());
        let x = if self.below.lower <= 0.5 && lower <= 0.5 {
            self.inner.quantile(lower)
        } else {
            let upper = (self.below.upper - u * self.mass).min(self.below.upper.next_down());
            self.inner.quantile_upper(upper.max(0.0))
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
    fn step(&self) -> Option<f64> {
        self.inner.step()
    }
}

#[cfg(test)]
mod tests {
    use crate::distribution::{Distribution, Family, Mixture, Scaled, Truncated};

    fn cut(family: Family, parameters: &[f64], low: f64, high: f64) -> Distribution {
        Truncated::new(family.build(parameters).unwrap(), low, high).unwrap().into()
    }

    #[test]
    fn quantiles_invert_wherever_the_interval_lies() {
        for (low, high) in
            [(8.0, 9.0), (-9.0, -8.0), (-1.0, 30.0), (30.0, f64::INFINITY), (f64::NEG_INFINITY, -37.0)]
        {
            let tail = cut(Family::Normal, &[0.0, 1.0], low, high);
            for u in [1e-12, 1e-3, 0.3, 0.5, 0.9] {
                let x = tail.quantile(u);
                let slack = 8.0 * f64::EPSILON * x.abs() * tail.pdf(x);
                assert!((tail.cdf(x) - u).abs() <= 1e-12 * u + slack, "[{low}, {high}] at {u}: {x}");
                assert!(x >= low && x <= high);
            }
            assert_eq!((tail.quantile(0.0), tail.quantile(1.0)), (low, high));
        }
    }

    #[test]
    fn ends_of_a_discrete_interval_belong_to_it() {
        let die = cut(Family::Binomial, &[10.0, 0.5], 3.0, 5.0);
        // Binomial coefficients 120, 210, 252.
        for (k, share) in [(3.0, 120.0), (4.0, 210.0), (5.0, 252.0)] {
            assert!((die.pdf(k) - share / 582.0).abs() < 1e-15);
        }
        assert!((die.mean() - (360.0 + 840.0 + 1260.0) / 582.0).abs() < 1e-14);
        assert_eq!([0.1, 0.21, 0.5, 0.6, 1.0].map(|u| die.quantile(u)), [3.0, 4.0, 4.0, 5.0, 5.0]);
        assert_eq!(die.cdf(2.9), 0.0);
    }

    #[test]
    fn counts_beyond_summing_have_the_moments_of_the_whole() {
        let whole = cut(Family::Poisson, &[1e12], 0.0, f64::INFINITY);
        assert!((whole.mean() - 1e12).abs() < 1e-8 * 1e6, "{}", whole.mean() - 1e12);
        assert!((whole.sd() / 1e6 - 1.0).abs() < 1e-8, "{}", whole.sd());
        let middle = cut(Family::Binomial, &[1e6, 0.5], 0.0, 1e6);
        assert!((middle.mean() - 5e5).abs() < 1e-8 * 500.0 && (middle.sd() / 500.0 - 1.0).abs() < 1e-8);
        let few = cut(Family::Poisson, &[3.0], 0.0, f64::INFINITY);
        assert!((few.mean() - 3.0).abs() < 1e-13 && (few.sd() - 3f64.sqrt()).abs() < 1e-13);
    }

    #[test]
    fn kinks_jumps_and_maps_inside_keep_the_moments() {
        let triangle = cut(Family::Triangular, &[0.0, 1.0, 4.0], -1.0, 5.0);
        assert!((triangle.mean() - 5.0 / 3.0).abs() < 1e-10);
        let parts = vec![
            (1.0, Family::Uniform.build(&[0.0, 1.0]).unwrap()),
            (1.0, Family::Bernoulli.build(&[0.5]).unwrap()),
        ];
        let mixed = Distribution::from(Mixture::new(parts).unwrap());
        let all = Distribution::from(Truncated::new(mixed.clone(), -1.0, 2.0).unwrap());
        assert!((all.mean() - 0.5).abs() < 1e-10 && (all.sd() - mixed.sd()).abs() < 1e-10);
        let upper = Distribution::from(Truncated::new(mixed, 0.5, 2.0).unwrap());
        assert!((upper.mean() - (0.25 * 0.75 + 0.25) / 0.5).abs() < 1e-10);
        let steps = Scaled::new(Family::Poisson.build(&[2.0]).unwrap(), -0.1, 0.3).unwrap();
        let steps = Distribution::from(Truncated::new(steps.into(), 0.05, 0.3).unwrap());
        // Counts 0, 1, 2 with weights 1, 2, 2.
        assert!((steps.mean() - (0.3 + 2.0 * 0.2 + 2.0 * 0.1) / 5.0).abs() < 1e-15);
    }

    #[test]
    fn moments_diverge_only_towards_an_open_end() {
        assert_eq!(cut(Family::Cauchy, &[0.0, 1.0], 0.0, f64::INFINITY).mean(), f64::INFINITY);
        assert_eq!(cut(Family::Cauchy, &[0.0, 1.0], f64::NEG_INFINITY, 0.0).mean(), f64::NEG_INFINITY);
        assert!(cut(Family::Cauchy, &[0.0, 1.0], f64::NEG_INFINITY, f64::INFINITY).mean().is_nan());
        assert_eq!(cut(Family::StudentT, &[1.5, 0.0, 1.0], 0.0, f64::INFINITY).sd(), f64::INFINITY);
        assert!(cut(Family::Cauchy, &[0.0, 1.0], -5.0, 5.0).mean().abs() < 1e-10);
    }

    #[test]
    fn no_mass_is_an_error() {
        let normal = || Family::Normal.build(&[0.0, 1.0]).unwrap();
        assert!(Truncated::new(normal(), 50.0, 60.0).is_err());
        assert!(Truncated::new(normal(), 1.0, 0.0).is_err());
        assert!(Truncated::new(normal(), f64::NAN, 0.0).is_err());
        assert!(Truncated::new(Family::Poisson.build(&[2.0]).unwrap(), 0.2, 0.8).is_err());
    }
}
