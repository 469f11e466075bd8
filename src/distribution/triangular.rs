//! The triangular distribution.

use super::parameter::{ParameterError, finite, within};
use super::univariate::Univariate;
use crate::kernel;
use crate::math::special::Tails;

/// A density that rises in a straight line from `low` to `mode` and falls to `high`.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Triangular {
    pub(super) low: f64,
    pub(super) mode: f64,
    pub(super) high: f64,
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

impl Triangular {
    /// The widths of the whole, the rising and the falling side.
    fn sides(&self) -> (f64, f64, f64) {
        (self.high - self.low, self.mode - self.low, self.high - self.mode)
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
    fn log_slope(&self, x: f64) -> f64 {
        if x < self.mode { 1.0 / (x - self.low) } else { -1.0 / (self.high - x) }
    }
    fn tails(&self, x: f64) -> Tails {
        let x = x.clamp(self.low, self.high);
        let (width, rise, fall) = self.sides();
        let (lower, upper) = if x < self.mode {
            let (from_low, to_mode) = (x - self.low, self.mode - x);
            (
                from_low / width * (from_low / rise),
                fall / width + to_mode / width * ((rise + from_low) / rise),
            )
        } else if fall > 0.0 {
            let (to_high, from_mode) = (self.high - x, x - self.mode);
            (rise / width + from_mode / width * ((fall + to_high) / fall), to_high / width * (to_high / fall))
        } else {
            (1.0, 0.0)
        };
        if lower <= upper { Tails::from_lower(lower) } else { Tails::from_upper(upper) }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        let (width, rise, fall) = self.sides();
        self.low + reach(u, width, rise, fall)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        let (width, rise, fall) = self.sides();
        self.high - reach(t, width, fall, rise)
    }
}

/// The distance from an end that holds the mass u ≤ ½, where the density first rises over `near` and then falls over
/// `far`.
fn reach(u: f64, width: f64, near: f64, far: f64) -> f64 {
    if u * width <= near {
        return (u * width).sqrt() * near.sqrt();
    }
    let beyond = (u - near / width) * (width / far);
    near + far * (beyond / (1.0 + (1.0 - beyond).sqrt()))
}

impl Triangular {
    /// The quantile at u strictly between 0 and 1 by the textbook's closed form with one root (Kotz & van Dorp 2004,
    /// eq. 1.10): quick in a loop, and as accurate as u and 1 − u are.
    #[inline(always)]
    pub fn draw(&self, u: f64) -> f64 {
        let (width, rise, fall) = self.sides();
        // All that is chosen is chosen before the root, so that a loop takes one root and not one for each side.
        let (end, sign, side, tail) =
            if u * width > rise { (self.high, -1.0, fall, 1.0 - u) } else { (self.low, 1.0, rise, u) };
        end + sign * (tail * side * width).sqrt()
    }
}

kernel! {
    /// [`Triangular::draw`] at each u.
    pub fn fill_triangular(of: &Triangular, u: &[f64], out: &mut [f64]) {
        for (out, u) in out.iter_mut().zip(u) {
            *out = of.draw(*u);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::Distribution;
    use crate::math::instruction_set::InstructionSet;

    #[test]
    fn draws_are_quantiles_and_the_same_on_every_level() {
        let u: Vec<f64> =
            (1..1000).map(|i| f64::from(i) / 1000.0).chain([1e-300, 0.5, 1.0 - 1e-16]).collect();
        for (low, mode, high) in [(0.2, 0.6, 0.95), (0.0, 0.0, 1.0), (-3.0, 2.0, 2.0), (1.0, 1.5, 9.0)] {
            let one = Triangular::new(low, mode, high).unwrap();
            for set in InstructionSet::all() {
                let mut out = vec![0.0; u.len()];
                fill_triangular(set, &one, &u, &mut out);
                for (u, x) in u.iter().zip(&out) {
                    assert_eq!(one.draw(*u).to_bits(), x.to_bits(), "{u} on {}", set.name());
                    // A few roundings of values as large as the ends.
                    let exact = Distribution::from(one).quantile(*u);
                    assert!(
                        (exact - x).abs() <= 8.0 * f64::EPSILON * low.abs().max(high.abs()),
                        "{u}: {x} {exact}"
                    );
                }
            }
        }
    }
}
