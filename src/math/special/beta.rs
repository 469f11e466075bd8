//! The incomplete beta function and its inverse, and the binomial term.
//!
//! Arguments come as the pair x and y = 1 − x, so that neither end loses digits.

use super::gamma::{deviance, ln_gamma_1p, stirling_error};
use super::normal::normal_quantile;
use super::{Tails, ln_1p_minus, ln_gamma};
use crate::math::elementary::{exp, exp_m1, ln, ln_1p};
use crate::math::roots::{Local, halley};
use std::f64::consts::TAU;

/// A bound on continued fractions that always end well before it.
const MOST_TERMS: usize = 20_000;
/// Least shape for which quadrature beats the continued fraction.
const LARGE: f64 = 1500.0;

/// Γ(a + b + 1) / (Γ(a + 1) Γ(b + 1)) x^a y^b for a, b ≥ 0 and x + y = 1: the binomial probability of a successes and b
/// failures, for real a and b too. By the saddle-point form of Loader (2000).
pub fn binomial_term(a: f64, b: f64, x: f64, y: f64) -> f64 {
    binomial_term_by(|| binomial_correction(a, b), a, b, x, y)
}

/// What [`binomial_term`] has of a and b alone, for whoever needs it at many places.
pub fn binomial_correction(a: f64, b: f64) -> f64 {
    stirling_error(a + b) - stirling_error(a) - stirling_error(b)
}

/// [`binomial_term`], by its correction.
fn binomial_term_by(correction: impl Fn() -> f64, a: f64, b: f64, x: f64, y: f64) -> f64 {
    if a == 0.0 {
        return power(y, x, b);
    }
    if b == 0.0 {
        return power(x, y, a);
    }
    if x == 0.0 || y == 0.0 {
        return 0.0;
    }
    let n = a + b;
    exp(correction() - deviance(a, n * x) - deviance(b, n * y)) * (n / a / b / TAU).sqrt()
}

/// x^n, where y = 1 − x.
fn power(x: f64, y: f64, n: f64) -> f64 {
    if n == 0.0 {
        return 1.0;
    }
    exp(n * if y < 0.5 { ln_1p(-y) } else { ln(x) })
}

/// x^a y^b / B(a, b): the density of the logit of a beta variable.
fn logit_density(correction: impl Fn() -> f64, a: f64, b: f64, x: f64, y: f64) -> f64 {
    binomial_term_by(correction, a, b, x, y) * (a / (a + b) * b)
}

/// The density of a beta variable at x, where y = 1 − x, by its [correction](binomial_correction).
pub fn beta_density(correction: f64, (a, b): (f64, f64), x: f64, y: f64) -> f64 {
    logit_density(|| correction, a, b, x, y) / x / y
}

/// I_x(a, b), the probability that a beta variable with shapes a and b is at most x.
///
/// ```
/// use foretell::math::special::beta_regularized;
/// assert!((beta_regularized(2.0, 1.0, 0.3) - 0.09).abs() < 1e-16);
/// assert_eq!(beta_regularized(1e6, 1e6, 0.5), 0.5);
/// ```
pub fn beta_regularized(a: f64, b: f64, x: f64) -> f64 {
    beta_pair(a, b, x, 1.0 - x).lower
}

/// 1 − I_x(a, b), without cancellation.
pub fn beta_complement_regularized(a: f64, b: f64, x: f64) -> f64 {
    beta_pair(a, b, x, 1.0 - x).upper
}

/// Both tails of a beta variable with shapes a, b > 0 at x, where y = 1 − x; NaN for impossible shapes. Relative
/// error at most 1e-12, and 1e-14 away from the far tails of large shapes.
pub fn beta_pair(a: f64, b: f64, x: f64, y: f64) -> Tails {
    beta_pair_by(|| binomial_correction(a, b), a, b, x, y)
}

/// [`beta_pair`], by its [correction](binomial_correction), which is the same with a and b exchanged.
pub fn beta_pair_by(correction: impl Fn() -> f64, a: f64, b: f64, x: f64, y: f64) -> Tails {
    let possible = a > 0.0 && b > 0.0 && a + b < f64::INFINITY && !x.is_nan() && !y.is_nan();
    if !possible {
        return Tails { lower: f64::NAN, upper: f64::NAN };
    }
    if x <= 0.0 {
        return Tails::BOTTOM;
    }
    if y <= 0.0 {
        return Tails::TOP;
    }
    if a < 1.0 && x * b.max(1.0) <= 0.7 {
        return small_shape(a, b, x);
    }
    if b < 1.0 && y * a.max(1.0) <= 0.7 {
        return small_shape(b, a, y).swapped();
    }
    // Above the mean the other tail is the smaller one.
    match a * y >= b * x {
        true => lower_tail(correction, a, b, x, y),
        false => lower_tail(correction, b, a, y, x).swapped(),
    }
}

/// Both tails for x below the mean.
fn lower_tail(correction: impl Fn() -> f64, a: f64, b: f64, x: f64, y: f64) -> Tails {
    let density = logit_density(correction, a, b, x, y);
    if density == 0.0 {
        return Tails::BOTTOM;
    }
    if a == b && x == y {
        return Tails::from_lower(0.5);
    }
    let ratio =
        if a.min(b) > LARGE { tail_integral(a, b, x, y) } else { 1.0 / continued_fraction(a, b, x, y) };
    Tails::from_lower(density * ratio)
}

/// The continued fraction F with I_x(a, b) = x^a y^b / (B(a, b) F) (Didonato and Morris 1992, equation 9), evaluated by
/// the modified Lentz algorithm.
fn continued_fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let excess = a * y - b * x + 1.0;
    let denominator = |m: f64, step: f64| {
        let odd = a + 2.0 * m;
        m + m * (b - m) * x / step + (a + m) * (excess + m * (1.0 + y)) / (odd + 1.0)
    };
    let mut f = a * excess / (a + 1.0);
    let mut c = f;
    let mut d = 0.0;
    for m in 1..MOST_TERMS {
        let m = m as f64;
        let step = a + 2.0 * m - 1.0;
        let numerator = ((a + m - 1.0) / step) * ((a + b + m - 1.0) * x / step) * (m * (b - m) * x);
        let below = denominator(m, step);
        d = 1.0 / (below + numerator * d);
        c = below + numerator / c;
        let factor = c * d;
        f *= factor;
        let moves = (factor - 1.0).abs() >= f64::EPSILON;
        if !moves {
            break;
        }
    }
    f
}

/// ∫ of the logit's density below x, divided by that density at x, for large shapes.
///
/// With t = logit(x) − r, the density at t is e^h(r) times that at x, where h(r) = −(a y − b x) r − (a + b) [ln(1 + w) −
/// z s r], w = z (e^{s r} − 1), and (z, s) is (x, −1) or (y, 1), whichever z is smaller. h is concave; where it has
/// fallen by 40, nothing is left, and up to there 32 Gauss–Legendre nodes are exact to rounding.
fn tail_integral(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    let drift = a * y - b * x;
    let (z, sign) = if x <= y { (x, -1.0) } else { (y, 1.0) };
    let end = 80.0 / (drift + (drift * drift + 80.0 * n * x * y).sqrt());
    let density = |r: f64| {
        let w = z * exp_m1(sign * r);
        exp(-drift * r - n * (ln_1p_minus(w) + z * exp_m1_minus(sign * r)))
    };
    let half = 0.5 * end;
    LEGENDRE
        .iter()
        .map(|&(node, weight)| weight * (density(half * (1.0 - node)) + density(half * (1.0 + node))))
        .sum::<f64>()
        * half
}

/// e^x − 1 − x, without cancellation near 0.
fn exp_m1_minus(x: f64) -> f64 {
    if x.abs() > 0.5 {
        return exp_m1(x) - x;
    }
    let (mut term, mut sum) = (0.5 * x * x, 0.0);
    for n in 3..20 {
        sum += term;
        term *= x / f64::from(n);
    }
    sum
}

/// Both tails for a < 1 and small x, by I_x(a, b) = x^a / (a B(a, b)) · (1 + a Σ (1 − b) … (n − b) x^n / (n! (a + n)))
/// (DLMF 8.17.7); the lower one may be so close to 1 that the upper must be found from e^L − 1.
fn small_shape(a: f64, b: f64, x: f64) -> Tails {
    let (mut term, mut sum) = (1.0, 0.0);
    for n in 1..200 {
        let n = f64::from(n);
        term *= (n - b) / n * x;
        let add = term * (a / (a + n));
        sum += add;
        if add.abs() <= f64::EPSILON * 0.1 * sum.abs() {
            break;
        }
    }
    let ln_power = a * ln(x) - ln_beta_leading(a, b);
    let lower = exp(ln_power) * (1.0 + sum);
    let upper = -(exp_m1(ln_power) * (1.0 + sum) + sum);
    Tails { lower: lower.clamp(0.0, 1.0), upper: upper.clamp(0.0, 1.0) }
}

/// ln(a B(a, b)), so that I_x(a, b) ≈ x^a / (a B(a, b)) for small x.
pub(crate) fn ln_beta_leading(a: f64, b: f64) -> f64 {
    if b < 1.0 {
        // Γ(b) / Γ(a + b) = (a + b) / b · Γ(1 + b) / Γ(1 + a + b)
        return ln_gamma_1p(a) + ln_gamma_1p(b) - ln_gamma_1p(a + b) + ln_1p(a / b);
    }
    ln_gamma_1p(a) - ln_gamma_ratio(b, a)
}

/// ln(Γ(b + a) / Γ(b)) by Stirling's formula, so that the digits of a small a survive; for small b, by way of
/// Γ(b + a) / Γ(b) = Γ(b + 1 + a) / Γ(b + 1) / (1 + a/b), as often as needed.
pub(crate) fn ln_gamma_ratio(b: f64, a: f64) -> f64 {
    if b < 16.0 && a > 1.0 {
        return ln_gamma(b + a) - ln_gamma(b);
    }
    let (mut b, mut excess) = (b, 0.0);
    while b < 16.0 {
        let factor = a / b;
        excess += factor + excess * factor;
        b += 1.0;
    }
    // Γ(n) = Γ(n + 1) / n, and ln Γ(n + 1) is (n + ½) ln n − n + ½ ln 2π with Stirling's error.
    let stirling = (b - 0.5) * ln_1p(a / b) + a * ln(b + a) - a;
    stirling + (stirling_error(b + a) - stirling_error(b)) - ln_1p(excess)
}

/// The x, and y = 1 − x, at which I_x(a, b) = p and 1 − I_x(a, b) = q, where p + q = 1 and the smaller of them is given
/// accurately.
///
/// Halley's method in ln(x/y) on the logarithm of the smaller tail; directly from the leading term where x or y is tiny.
pub fn beta_quantile(a: f64, b: f64, p: f64, q: f64) -> (f64, f64) {
    let ln_least = (ln(p) + ln_beta_leading(a, b)) / a;
    if ln_least + ln(b.max(1.0)) < -40.0 {
        return (exp(ln_least), 1.0);
    }
    let ln_most = (ln(q) + ln_beta_leading(b, a)) / b;
    if ln_most + ln(a.max(1.0)) < -40.0 {
        return (1.0, exp(ln_most));
    }
    let odds = halley(odds_guess(a, b, p, q, ln_least, ln_most), |odds| {
        let (x, y) = (odds / (1.0 + odds), 1.0 / (1.0 + odds));
        let tails = beta_pair(a, b, x, y);
        let density = logit_density(|| binomial_correction(a, b), a, b, x, y);
        let drift = a * y - b * x;
        if p <= q {
            let slope = density / tails.lower;
            Local { value: ln(tails.lower / p), slope, bend: drift - slope }
        } else {
            let slope = density / tails.upper;
            Local { value: ln(q / tails.upper), slope, bend: drift + slope }
        }
    });
    (odds / (1.0 + odds), 1.0 / (1.0 + odds))
}

/// A start for [`beta_quantile`]: the leading terms at either end, or Carter's normal approximation (Abramowitz and
/// Stegun 26.5.22).
fn odds_guess(a: f64, b: f64, p: f64, q: f64, ln_least: f64, ln_most: f64) -> f64 {
    let corrected = |ln_end: f64, a: f64, b: f64| {
        let end = exp(ln_end.min(0.0));
        let first_term = (b - 1.0) * end;
        (first_term.abs() < 0.5 && end < 0.5).then_some(end * exp(first_term / (a + 1.0)))
    };
    if let Some(x) = corrected(ln_least, a, b) {
        return x / (1.0 - x);
    }
    if let Some(y) = corrected(ln_most, b, a) {
        return (1.0 - y) / y;
    }
    let z = if p <= q { -normal_quantile(p) } else { normal_quantile(q) };
    let (u, v) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
    let h = 2.0 / (u + v);
    let lambda = (z * z - 3.0) / 6.0;
    if a > 0.6 && b > 0.6 && h + lambda > 0.0 {
        let w = z * (h + lambda).sqrt() / h - (v - u) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
        return a / b * exp(-2.0 * w);
    }
    a / b
}

/// The positive nodes of the 32-point Gauss–Legendre rule on [−1, 1], each with its weight.
const LEGENDRE: [(f64, f64); 16] = [
    (0.04830766568773832, 0.0965400885147278),
    (0.1444719615827965, 0.09563872007927486),
    (0.23928736225213706, 0.09384439908080457),
    (0.33186860228212767, 0.09117387869576389),
    (0.42135127613063533, 0.08765209300440381),
    (0.5068999089322294, 0.08331192422694675),
    (0.5877157572407623, 0.07819389578707031),
    (0.6630442669302152, 0.0723457941088485),
    (0.7321821187402897, 0.06582222277636185),
    (0.7944837959679424, 0.058684093478535544),
    (0.84936761373257, 0.050998059262376175),
    (0.8963211557660521, 0.04283589802222668),
    (0.9349060759377397, 0.03427386291302143),
    (0.9647622555875064, 0.02539206530926206),
    (0.9856115115452684, 0.01627439473090567),
    (0.9972638618494816, 0.007018610009470096),
];
