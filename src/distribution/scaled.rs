//! An affine map of a distribution.

use super::parameter::{ParameterError, finite, within};
use super::{Distribution, Univariate};
use crate::math::special::Tails;

/// scale · X + shift, for X of another distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaled {
    inner: Box<Distribution>,
    scale: f64,
    shift: f64,
}

impl Scaled {
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
    pub fn new(inner: Distribution, scale: f64, shift: f64) -> Result<Scaled, ParameterError> {
        within("scale", scale, scale != 0.0 && scale.is_finite(), "be finite and not 0")?;
        finite("shift", shift)?;
        Ok(Scaled { inner: Box::new(inner), scale, shift })
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
    fn from_above(&self, u: f64) -> f64 {
        self.inner.quantile_upper(if self.inner.has_atoms() { u.next_down() } else { u })
    }

    /// The greatest b with P(X < b) ≤ t.
    fn from_below(&self, t: f64) -> f64 {
        self.inner.quantile(if self.inner.has_atoms() { t.next_up() } else { t })
    }
}

impl Univariate for Scaled {
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
    fn tails(&self, x: f64) -> Tails {
        let back = self.back(x);
        if self.scale > 0.0 {
            return self.inner.tails(back);
        }
        // P(scale · X + shift ≤ x) = P(X ≥ back), which holds the mass of `back` itself.
        self.inner.tails_below(back).swapped()
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        let back = if self.scale > 0.0 { self.inner.quantile(u) } else { self.from_above(u) };
        self.forward(back)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        let back = if self.scale > 0.0 { self.inner.quantile_upper(t) } else { self.from_below(t) };
        self.forward(back)
    }
    fn is_discrete(&self) -> bool {
        self.inner.is_discrete()
    }
    fn has_atoms(&self) -> bool {
        self.inner.has_atoms()
    }
}
