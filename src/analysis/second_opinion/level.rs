//! How far up a distribution something lies, told from both of its ends.

use rand::{Rng, RngExt};

use crate::math::elementary::ln;

/// How much lies at or below a point, and how much above it: what is small has all its digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Level {
    pub(super) lower: f64,
    pub(super) upper: f64,
    /// The standard normal that lies as far up, where it is known.
    pub(super) normal: Option<f64>,
}

impl Level {
    /// From what lies below.
    pub(super) fn from_lower(lower: f64) -> Level {
        Level { lower, upper: 1.0 - lower, normal: None }
    }

    /// From what lies above.
    pub(super) fn from_upper(upper: f64) -> Level {
        Level { lower: 1.0 - upper, upper, normal: None }
    }

    /// Of a standard normal: Φ(w) and Φ(−w).
    pub(super) fn of_normal(w: f64) -> Level {
        let half = |x: f64| 0.5 * libm::erfc(x * std::f64::consts::FRAC_1_SQRT_2);
        Level { lower: half(-w), upper: half(w), normal: Some(w) }
    }

    /// Any, as likely as any other.
    pub(super) fn draw(rng: &mut impl Rng) -> Level {
        Level::from_lower(rng.random::<f64>())
    }

    /// Seen from the other end.
    pub(super) fn turned(self) -> Level {
        Level { lower: self.upper, upper: self.lower, normal: self.normal.map(|w| -w) }
    }

    /// Whether a point with these tails reaches up to this level.
    pub(super) fn is_reached(self, at: Level) -> bool {
        if self.lower <= 0.5 { at.lower >= self.lower } else { at.upper <= self.upper }
    }

    /// ln(lower / upper).
    pub(super) fn log_odds(self) -> f64 {
        ln(self.lower) - ln(self.upper)
    }
}

/// The least number in [low, high] that reaches a level, by halves in the order of floating-point numbers: each step takes one of
/// their 64 digits.
pub(super) fn least(low: f64, high: f64, level: Level, tails: &dyn Fn(f64) -> Level) -> f64 {
    let (mut below, mut above) = (order(low), order(high));
    if level.is_reached(tails(low)) {
        return low;
    }
    while above - below > 1 {
        let middle = below + (above - below) / 2;
        match level.is_reached(tails(number(middle))) {
            true => above = middle,
            false => below = middle,
        }
    }
    number(above)
}

/// The number in [low, high] at which a distribution function without jumps has a level, within 1e-11 of its size: false position on
/// log-odds (the Illinois variant; Dowell & Jarratt 1971), and a half of the numbers at every third step.
pub(super) fn crossing(low: f64, high: f64, level: Level, tails: &dyn Fn(f64) -> Level) -> f64 {
    let wanted = level.log_odds();
    let far = |x: f64| (tails(x).log_odds() - wanted).clamp(-1e3, 1e3);
    let (mut below, mut above) = ((low, far(low)), (high, far(high)));
    for round in 0..200 {
        if above.0 - below.0 <= 1e-11 * above.0.abs().max(below.0.abs()).max(1e-250) {
            break;
        }
        let straight = below.0 + (above.0 - below.0) * (below.1 / (below.1 - above.1));
        let is_inside = straight > below.0 && straight < above.0 && round % 3 != 2;
        let middle = || number(order(below.0) + (order(above.0) - order(below.0)) / 2);
        let x = if is_inside { straight } else { middle() };
        let y = far(x);
        match y >= 0.0 {
            true => (above, below.1) = ((x, y), 0.5 * below.1),
            false => (below, above.1) = ((x, y), 0.5 * above.1),
        }
        if y == 0.0 {
            return x;
        }
    }
    above.0
}

/// The least whole number from `low` on that reaches a level: twice as far until one does, then by halves.
pub(super) fn least_whole(low: f64, high: f64, level: Level, tails: &dyn Fn(f64) -> Level) -> f64 {
    let is_reached = |k: f64| k >= high || level.is_reached(tails(k));
    if is_reached(low) {
        return low;
    }
    let mut step = 1.0;
    while !is_reached(low + step) {
        step *= 2.0;
    }
    let (mut below, mut above) = (if step > 1.0 { low + 0.5 * step } else { low }, (low + step).min(high));
    while above - below > 1.0 {
        let middle = (below + 0.5 * (above - below)).floor();
        if is_reached(middle) { above = middle } else { below = middle }
    }
    above
}

/// The place of a number among all numbers.
fn order(x: f64) -> i128 {
    let bits = i128::from(x.to_bits() & (u64::MAX >> 1));
    if x.is_sign_negative() { -bits } else { bits }
}

/// The number at a place.
fn number(place: i128) -> f64 {
    let size = f64::from_bits(place.unsigned_abs() as u64);
    if place < 0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_find_the_normal_quantile() {
        for (p, z) in [(0.975, 1.959_963_984_540_054), (0.5, 0.0), (1e-10, -6.361_340_902_404_056)] {
            let found = least(-40.0, 40.0, Level::from_lower(p), &Level::of_normal);
            assert!((found - z).abs() < 1e-12, "{p}: {found}");
        }
        let above = least(-40.0, 40.0, Level::from_upper(1e-20), &Level::of_normal);
        assert!((above - 9.262_340_089_798_408).abs() < 1e-12, "{above}");
        for level in [1e-300, 1e-20, 0.1, 0.5].map(Level::from_upper) {
            let [slow, quick] = [
                least(-40.0, 40.0, level, &Level::of_normal),
                crossing(-40.0, 40.0, level, &Level::of_normal),
            ];
            assert!((slow - quick).abs() <= 1e-10 * slow.abs() + 1e-12, "{level:?}: {slow} and {quick}");
        }
    }

    #[test]
    fn whole_numbers_are_the_least() {
        // P(K ≤ k) = 1 − 2^−(k + 1).
        let tails = |k: f64| Level::from_upper(0.5f64.powi(k as i32 + 1));
        for (upper, k) in
            [(0.6, 0.0), (0.5, 0.0), (0.4, 1.0), (0.13, 2.0), (0.125, 2.0), (0.12, 3.0), (1e-3, 9.0)]
        {
            assert_eq!(least_whole(0.0, f64::INFINITY, Level::from_upper(upper), &tails), k, "{upper}");
        }
        assert_eq!(least_whole(2.0, 5.0, Level::from_upper(0.0), &tails), 5.0);
    }

    #[test]
    fn numbers_stand_in_their_order() {
        for x in [-f64::MAX, -1.5, -0.0, 0.0, 1e-300, 2.5, f64::MAX] {
            assert_eq!(number(order(x)), x);
        }
        assert!(order(-1.0) < order(-0.5) && order(-0.5) < order(0.5) && order(0.5) < order(1.0));
    }
}
