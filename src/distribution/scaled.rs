//! An affine map of a distribution.

use super::parameter::{ParameterError, finite, within};
use super::univariate::Univariate;
use crate::math::special::Tails;

/// scale · X + shift, for X of another distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaled<D> {
    pub(super) inner: Box<D>,
    pub(super) scale: f64,
    pub(super) shift: f64,
}

impl<D: Univariate> Scaled<D> {
    /// A finite scale other than 0, which may be negative, and a finite shift.
    ///
    /// # Errors
    ///
    /// If the scale is 0 or not finite, or the shift is not finite.
    ///
    /// ```
    /// use foretell::distribution::{Distribution, Family, Scaled};
    /// let wait = Family::Exponential.build(&[1.0])?;
    /// let debt = Distribution::from(Scaled::new(wait, -2.0, 1.0)?);
    /// assert_eq!((debt.mean(), debt.support()), (-1.0, (f64::NEG_INFINITY, 1.0)));
    /// # Ok::<(), foretell::distribution::ParameterError>(())
    /// ```
    pub fn new(inner: D, scale: f64, shift: f64) -> Result<Scaled<D>, ParameterError> {
        within("scale", scale, scale != 0.0 && scale.is_finite(), "be finite and not 0")?;
        finite("shift", shift)?;
        Ok(Scaled { inner: Box::new(inner), scale, shift })
    }

    /// What is scaled.
    pub fn inner(&self) -> &D {
        &self.inner
    }

    fn forward(&self, x: f64) -> f64 {
        self.scale * x + self.shift
    }

    /// The point that is mapped to x. If rounding puts it beside an atom that is mapped to x, that atom.
    fn back(&self, x: f64) -> f64 {
        let back = (x - self.shift) / self.scale;
        if !self.inner.has_atoms() {
            return back;
        }
        let near = [back, back.round(), back.next_up(), back.next_down()];
        near.into_iter().find(|&k| self.forward(k) == x && self.inner.pdf(k) > 0.0).unwrap_or(back)
    }

    /// The greatest b with P(X ≥ b) ≥ u.
    fn greatest_from_above(&self, u: f64) -> f64 {
        self.inner.quantile_upper(if self.inner.has_atoms() { u.next_down() } else { u })
    }

    /// The greatest b with P(X < b) ≤ t.
    fn greatest_from_below(&self, t: f64) -> f64 {
        self.inner.quantile(if self.inner.has_atoms() { t.next_up() } else { t })
    }
}

impl<D: Univariate> Univariate for Scaled<D> {
    fn mean(&self) -> f64 {
        self.forward(self.inner.mean())
    }
    fn sd(&self) -> f64 {
        self.scale.abs() * self.inner.sd()
    }
    fn support(&self) -> (f64, f64) {
        let (low, high) = self.inner.support();
        let (a, b) = (self.forward(low), self.forward(high));
        (a.min(b), a.max(b))
    }
    fn pdf(&self, x: f64) -> f64 {
        let density = self.inner.pdf(self.back(x));
        if self.is_discrete() { density } else { density / self.scale.abs() }
    }
    fn log_slope(&self, x: f64) -> f64 {
        self.inner.log_slope(self.back(x)) / self.scale
    }
    fn tails(&self, x: f64) -> Tails {
        let back = self.back(x);
        if self.scale > 0.0 {
            return self.inner.tails(back);
        }
        // P(scale · X + shift ≤ x) = P(X ≥ back), which holds the mass of `back` itself.
        self.inner.tails_below(back).swapped()
    }
    fn tails_below(&self, x: f64) -> Tails {
        // Of the point itself: the number next to x may be mapped to the same point.
        let back = self.back(x);
        if self.scale > 0.0 { self.inner.tails_below(back) } else { self.inner.tails(back).swapped() }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        let back = if self.scale > 0.0 { self.inner.quantile(u) } else { self.greatest_from_above(u) };
        self.forward(back)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        let back = if self.scale > 0.0 { self.inner.quantile_upper(t) } else { self.greatest_from_below(t) };
        self.forward(back)
    }
    fn is_discrete(&self) -> bool {
        self.inner.is_discrete()
    }
    fn tail_indices(&self) -> (f64, f64) {
        let (low, high) = self.inner.tail_indices();
        if self.scale > 0.0 { (low, high) } else { (high, low) }
    }
    fn has_atoms(&self) -> bool {
        self.inner.has_atoms()
    }
    fn step(&self) -> Option<f64> {
        self.inner.step().map(|step| step * self.scale.abs())
    }
}

#[cfg(test)]
mod tests {
    use crate::distribution::{Distribution, Family, Scaled};

    /// Between 0 and the number next to it nothing lies that a scale of 2 does not map to 0; 1000 k has such neighbours too.
    #[test]
    fn what_lies_below_an_atom_is_not_what_lies_at_its_neighbour() {
        for scale in [2.0, -2.0, 1000.0, -1000.0, 0.1] {
            let geometric = Family::Geometric.build(&[0.4]).unwrap();
            let law = Distribution::from(Scaled::new(geometric, scale, 0.0).unwrap());
            for k in 0..2000 {
                let (below, through) =
                    (law.tails_below(scale * f64::from(k)), law.tails(scale * f64::from(k)));
                let mass = if through.lower <= 0.5 {
                    through.lower - below.lower
                } else {
                    below.upper - through.upper
                };
                let exact = 0.4 * libm::pow(0.6, f64::from(k));
                assert!((mass - exact).abs() < 1e-12 * exact + 1e-16, "{scale} {k}: {mass} for {exact}");
            }
        }
    }

    #[test]
    fn a_mirrored_count_keeps_its_atoms() {
        let mirrored =
            Distribution::from(Scaled::new(Family::Binomial.build(&[3.0, 0.5]).unwrap(), -0.1, 0.3).unwrap());
        // −0.1 k + 0.3 for k = 3, 2, 1, 0 with masses 1, 3, 3, 1 of 8.
        let at = |k: f64| -0.1 * k + 0.3;
        assert_eq!(mirrored.support(), (at(3.0), at(0.0)));
        for (k, mass, below) in
            [(3.0, 0.125, 0.125), (2.0, 0.375, 0.5), (1.0, 0.375, 0.875), (0.0, 0.125, 1.0)]
        {
            assert!((mirrored.pdf(at(k)) - mass).abs() < 1e-15);
            assert_eq!(mirrored.cdf(at(k)), below);
            assert_eq!(mirrored.quantile(below), at(k));
            assert_eq!(mirrored.quantile_upper(1.0 - below), at(k));
            assert_eq!(mirrored.quantile(below - 0.01), at(k));
        }
        assert!(
            (mirrored.mean() - 0.15).abs() < 1e-16 && (mirrored.sd() - 0.75f64.sqrt() * 0.1).abs() < 1e-16
        );
    }

    #[test]
    fn a_mirrored_tail_keeps_its_digits() {
        let wait = Family::Exponential.build(&[1.0]).unwrap();
        let debt = Distribution::from(Scaled::new(wait.clone(), -2.0, 0.0).unwrap());
        for u in [1e-300, 1e-9, 0.3] {
            assert_eq!(debt.quantile(u), -2.0 * wait.quantile_upper(u));
            assert_eq!(debt.quantile_upper(u), -2.0 * wait.quantile(u));
            assert_eq!(debt.cdf(-4.0), wait.survival(2.0));
        }
        assert_eq!(debt.pdf(-2.0), 0.5 * wait.pdf(1.0));
    }
}
