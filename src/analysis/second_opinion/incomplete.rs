//! The incomplete gamma and beta functions, by textbook series and continued fractions.
//!
//! Press, Teukolsky, Vetterling & Flannery (2007), "Numerical recipes", third edition, sections 6.2 and 6.4. Nothing of the engine's own
//! functions is in them: a mistake there would show.

use super::level::Level;
use crate::math::elementary::{exp, ln, ln_1p};

/// Terms after which a series is given up; the largest shapes need about √shape · 10.
const MOST: usize = 100_000;

/// The smallest number that a continued fraction divides by (Lentz 1976).
const TINY: f64 = 1e-300;

/// P(G ≤ x) and P(G > x) for a gamma variable of shape a and scale 1.
pub(super) fn gamma(a: f64, x: f64) -> Level {
    if x <= 0.0 {
        return Level::from_lower(0.0);
    }
    if x == f64::INFINITY {
        return Level::from_upper(0.0);
    }
    let front = exp(a * ln(x) - x - libm::lgamma(a));
    if x < a + 1.0 {
        Level::from_lower(front * gamma_series(a, x))
    } else {
        Level::from_upper(front * gamma_fraction(a, x))
    }
}

/// Σ x^n / (a (a + 1) … (a + n)).
fn gamma_series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    for n in 1..MOST {
        term *= x / (a + n as f64);
        sum += term;
        if term < sum * f64::EPSILON {
            break;
        }
    }
    sum
}

/// 1 / (x + 1 − a − 1 (1 − a) / (x + 3 − a − …)).
fn gamma_fraction(a: f64, x: f64) -> f64 {
    let step = |n: usize| {
        let n = n as f64;
        (-n * (n - a), x + 1.0 - a + 2.0 * n)
    };
    1.0 / lentz(x + 1.0 - a, step)
}

/// P(B ≤ x) and P(B > x) for a beta variable of shapes a and b; y = 1 − x.
pub(super) fn beta(a: f64, b: f64, x: f64, y: f64) -> Level {
    if x <= 0.0 {
        return Level::from_lower(0.0);
    }
    if y <= 0.0 {
        return Level::from_upper(0.0);
    }
    let ln_x = if x > 0.5 { ln_1p(-y) } else { ln(x) };
    let ln_y = if y > 0.5 { ln_1p(-x) } else { ln(y) };
    let front = exp(libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * ln_x + b * ln_y);
    match x < (a + 1.0) / (a + b + 2.0) {
        true => Level::from_lower(front * beta_fraction(a, b, x) / a),
        false => Level::from_upper(front * beta_fraction(b, a, y) / b),
    }
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let step = |n: usize| {
        let m = (n / 2) as f64;
        let numerator = match n % 2 {
            0 => m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            _ => -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        };
        (numerator, 1.0)
    };
    1.0 / lentz(1.0, step)
}

/// b₀ + a₁ / (b₁ + a₂ / (b₂ + …)) by the modified method of Lentz (Thompson & Barnett 1986).
fn lentz(first: f64, step: impl Fn(usize) -> (f64, f64)) -> f64 {
    let away = |x: f64| if x.abs() < TINY { TINY } else { x };
    let mut value = away(first);
    let (mut c, mut d) = (value, 0.0);
    for n in 1..MOST {
        let (a, b) = step(n);
        d = 1.0 / away(b + a * d);
        c = away(b + a / c);
        value *= c * d;
        if (c * d - 1.0).abs() < 4.0 * f64::EPSILON {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_forms_come_out() {
        for x in [0.01, 0.7, 1.0, 3.0, 40.0] {
            // Shape 1: 1 − e^−x; shape 2: 1 − (1 + x) e^−x.
            let (one, two) = (gamma(1.0, x), gamma(2.0, x));
            assert!(
                (one.upper / exp(-x) - 1.0).abs() < 1e-12
                    && (two.upper / ((1.0 + x) * exp(-x)) - 1.0).abs() < 1e-12
            );
        }
        for x in [1e-9, 0.2, 0.5, 0.9] {
            let found = beta(2.0, 1.0, x, 1.0 - x);
            assert!((found.lower / (x * x) - 1.0).abs() < 1e-12, "{x}: {found:?}");
            let half = beta(0.5, 0.5, x, 1.0 - x).lower;
            assert!((half - 2.0 / std::f64::consts::PI * x.sqrt().asin()).abs() < 1e-13);
        }
    }

    /// Where statrs' continued fraction ends too early.
    #[test]
    fn large_shapes_have_their_middle() {
        assert!((beta(1e6, 1e6, 0.5, 0.5).lower - 0.5).abs() < 1e-7);
        // The median of a gamma variable of shape a lies at a − 1/3 + 8/(405 a) (Ramanujan 1911).
        assert!((gamma(1e6, 1e6 - 1.0 / 3.0).lower - 0.5).abs() < 1e-7);
    }
}
