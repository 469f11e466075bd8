//! Quantiles of counts: a good guess, then a search among whole numbers.

use crate::math::special::normal_quantile;

/// Cornish and Fisher's (1938) second-order guess of a quantile from the first three moments; `z` is the standard
/// normal quantile.
pub(super) fn cornish_fisher(mean: f64, sd: f64, skewness: f64, z: f64) -> f64 {
    mean + sd * (z + skewness * (z * z - 1.0) / 6.0)
}

/// The standard normal quantile that belongs to a tail mass below, or above.
pub(super) fn normal_score(u: f64, upper: bool) -> f64 {
    if upper { -normal_quantile(u) } else { normal_quantile(u) }
}

/// The least whole number in `support` for which `reached` holds, where `reached` turns from false to true once; the
/// upper end if it never does. Steps double away from the guess, then the bracket is halved.
pub(super) fn least(guess: f64, support: (f64, f64), reached: impl Fn(f64) -> bool) -> f64 {
    let (bottom, top) = support;
    let mut k = if guess.is_nan() { bottom } else { guess.floor().clamp(bottom, top.min(1e300)) };
    let mut step = 1.0;
    let (mut below, mut above);
    if reached(k) {
        above = k;
        loop {
            if k <= bottom {
                return bottom;
            }
            k = (k - step).max(bottom);
            if !reached(k) {
                below = k;
                break;
            }
            above = k;
            step *= 2.0;
        }
    } else {
        below = k;
        loop {
            if k >= top || k >= 1e300 {
                return top;
            }
            k = (k + step).max(k.next_up()).min(top);
            if reached(k) {
                above = k;
                break;
            }
            below = k;
            step *= 2.0;
        }
    }
    while above - below > 1.0 {
        let middle = (0.5 * (below + above)).floor();
        if middle <= below || middle >= above {
            break;
        }
        if reached(middle) { above = middle } else { below = middle }
    }
    above
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_step_from_every_guess() {
        for target in [0.0, 1.0, 7.0, 1000.0] {
            for guess in [f64::NAN, -5.0, 0.0, 6.9, 7.0, 8.0, 1e9, f64::INFINITY] {
                assert_eq!(least(guess, (0.0, f64::INFINITY), |k| k >= target), target);
            }
        }
        assert_eq!(least(3.0, (0.0, 9.0), |_| false), 9.0);
        assert_eq!(least(3.0, (0.0, 9.0), |_| true), 0.0);
    }
}
