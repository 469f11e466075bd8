//! The error function and the standard normal law.

use crate::math::elementary::{exp, ln};
use std::f64::consts::FRAC_1_SQRT_2;

pub use libm::{erf, erfc};

/// 1/√(2π).
const INVERSE_ROOT_TWO_PI: f64 = 0.3989422804014327;
/// 1/√2 − [`FRAC_1_SQRT_2`].
const FRAC_1_SQRT_2_LOW: f64 = -4.833646656726457e-17;

/// The standard normal density at x.
///
/// The square of x is taken in two parts, so that the rounding of x² is not magnified far out.
pub fn normal_pdf(x: f64) -> f64 {
    if x.abs() > 40.0 {
        return 0.0;
    }
    let (high, low) = split(x);
    INVERSE_ROOT_TWO_PI * exp(-0.5 * high * high) * exp(-0.5 * low * (x + high))
}

/// Φ(x), the standard normal distribution function, with full relative accuracy in the lower tail.
///
/// ```
/// use foretell::math::special::normal_cdf;
/// assert_eq!(normal_cdf(0.0), 0.5);
/// assert!((normal_cdf(-37.0) / 5.725571222524577e-300 - 1.0).abs() < 1e-14);
/// ```
pub fn normal_cdf(x: f64) -> f64 {
    let scaled = -x * FRAC_1_SQRT_2;
    let value = 0.5 * erfc(scaled);
    if !(1.0..40.0).contains(&scaled) {
        return value;
    }
    // erfc was taken at a rounded argument; its logarithm falls by about 2 · scaled for each unit of it.
    value * (1.0 - rounding_of_scaled(-x, scaled) * (2.0 * scaled + 1.0 / scaled))
}

/// Φ(x) for columns: no table and, but for selections, no branch, so that loops over it are vectorised (1.2 ns in place of
/// the 8 ns of [`normal_cdf`] with AVX-512). Relative error in the nearer tail below 2e-14 for |x| ≤ 37.
///
/// With y = |x|, Φ(−y) is e^(−y²/2) / (1 + y) times a smooth function of (y − 4)/(y + 4) (Shepherd & Laframboise 1981),
/// here the interpolant at 64 Chebyshev nodes, cut at degree 20, where its error is 4e-15.
///
/// ```
/// use foretell::math::special::{normal_cdf, normal_level};
/// assert!((normal_level(-3.0) / normal_cdf(-3.0) - 1.0).abs() < 2e-14);
/// ```
#[inline(always)]
pub fn normal_level(x: f64) -> f64 {
    let y = if x.abs() > 40.0 { 40.0 } else { x.abs() };
    // y² in two parts, the first exact, so that its rounding is not magnified.
    let high = f64::from_bits(y.to_bits() & 0xffff_ffff_f800_0000);
    let low = 0.5 * (y - high) * (y + high);
    let bell = exp(-0.5 * high * high) * (1.0 - low * (1.0 - 0.5 * low));
    // One division for both quotients.
    let inverse = 1.0 / ((y + 4.0) * (1.0 + y));
    let t = (y - 4.0) * ((1.0 + y) * inverse);
    // Four sums side by side: one alone would wait for itself twenty times.
    let t2 = t * t;
    let t4 = t2 * t2;
    let mut sums = [SCALED_TAIL[20], 0.0, 0.0, 0.0];
    let mut at = 20;
    while at > 0 {
        at -= 4;
        for (lane, sum) in sums.iter_mut().enumerate() {
            *sum = *sum * t4 + SCALED_TAIL[at + lane];
        }
    }
    let sum = (sums[0] + sums[1] * t) + t2 * (sums[2] + sums[3] * t);
    let tail = bell * sum * ((y + 4.0) * inverse);
    if x > 0.0 { 1.0 - tail } else { tail }
}

/// The coefficients of (1 + y) e^(y²/2) Φ(−y) in (y − 4)/(y + 4), from the constant upwards.
const SCALED_TAIL: [f64; 21] = [
    0.47205320650984395,
    -0.09670347732656154,
    0.013999634724608825,
    0.0286003640562329,
    -0.03219783743544878,
    0.01793609742007571,
    -0.005002378475757048,
    -0.00028562248670064736,
    0.0006948961789017062,
    -9.443373115513152e-05,
    -8.784884943485594e-05,
    2.1262090085665345e-05,
    1.3614227944303727e-05,
    -3.458815366831003e-06,
    -2.5892658602758174e-06,
    4.427023229772857e-07,
    5.236781080471638e-07,
    -3.38239002529617e-08,
    -9.003385067481538e-08,
    1.1568212491132488e-10,
    8.941661885440675e-09,
];

/// x/√2 minus its rounded value, by Dekker's (1971) exact product.
fn rounding_of_scaled(x: f64, scaled: f64) -> f64 {
    let (x_high, x_low) = split(x);
    let (c_high, c_low) = split(FRAC_1_SQRT_2);
    let product_error = ((x_high * c_high - scaled) + x_high * c_low + x_low * c_high) + x_low * c_low;
    product_error + x * FRAC_1_SQRT_2_LOW
}

/// x as the sum of two numbers with at most 26 significant bits each. NaN and infinities give themselves and 0.
fn split(x: f64) -> (f64, f64) {
    let high = f64::from_bits(x.to_bits() & 0xffff_ffff_f800_0000);
    if x.is_finite() { (high, x - high) } else { (x, 0.0) }
}

/// The standard normal quantile of u in [0, 1]; NaN outside. Relative error below 1e-15 down to the least u.
///
/// Algorithm AS 241, routine PPND16 (Wichura 1988). For the upper tail use [`normal_quantile_upper`].
///
/// ```
/// use foretell::math::special::normal_quantile;
/// assert_eq!(normal_quantile(0.5), 0.0);
/// assert!((normal_quantile(0.05) + 1.6448536269514722).abs() < 1e-15);
/// ```
pub fn normal_quantile(u: f64) -> f64 {
    let q = u - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * ratio(r, &CENTRE_TOP, &CENTRE_BOTTOM);
    }
    if q < 0.0 { tail(u) } else { -tail(1.0 - u) }
}

/// The point above which a standard normal variable lies with probability t.
pub fn normal_quantile_upper(t: f64) -> f64 {
    -normal_quantile(t)
}

/// The quantile for u at most 0.075.
fn tail(u: f64) -> f64 {
    if u == 0.0 {
        return f64::NEG_INFINITY;
    }
    let r = (-ln(u)).sqrt();
    if r <= 5.0 { -ratio(r - 1.6, &TAIL_TOP, &TAIL_BOTTOM) } else { -ratio(r - 5.0, &FAR_TOP, &FAR_BOTTOM) }
}

/// A rational function, coefficients from the constant upwards.
fn ratio(x: f64, top: &[f64; 8], bottom: &[f64; 8]) -> f64 {
    let polynomial = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, c| sum * x + c);
    polynomial(top) / polynomial(bottom)
}

const CENTRE_TOP: [f64; 8] = [
    3.3871328727963665,
    133.14166789178438,
    1971.5909503065513,
    13731.69376550946,
    45921.95393154987,
    67265.7709270087,
    33430.57558358813,
    2509.0809287301227,
];
const CENTRE_BOTTOM: [f64; 8] = [
    1.0,
    42.31333070160091,
    687.1870074920579,
    5394.196021424751,
    21213.794301586597,
    39307.89580009271,
    28729.085735721943,
    5226.495278852854,
];
const TAIL_TOP: [f64; 8] = [
    1.4234371107496835,
    4.630337846156546,
    5.769497221460691,
    3.6478483247632045,
    1.2704582524523684,
    0.2417807251774506,
    0.022723844989269184,
    0.0007745450142783414,
];
const TAIL_BOTTOM: [f64; 8] = [
    1.0,
    2.053191626637759,
    1.6763848301838038,
    0.6897673349851,
    0.14810397642748008,
    0.015198666563616457,
    0.0005475938084995345,
    1.0507500716444169e-09,
];
const FAR_TOP: [f64; 8] = [
    6.657904643501103,
    5.463784911164114,
    1.7848265399172913,
    0.29656057182850487,
    0.026532189526576124,
    0.0012426609473880784,
    2.7115555687434876e-05,
    2.0103343992922881e-07,
];
const FAR_BOTTOM: [f64; 8] = [
    1.0,
    0.599832206555888,
    0.1369298809227358,
    0.014875361290850615,
    0.0007868691311456133,
    1.8463183175100548e-05,
    1.421511758316446e-07,
    2.0442631033899397e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_of_columns_is_the_distribution_function() {
        for step in -37_000..=37_000 {
            let x = f64::from(step) * 1e-3 + 1.3e-7;
            let (nearer, exact) = match x > 0.0 {
                true => (1.0 - normal_level(x), 1.0 - (1.0 - normal_cdf(-x))),
                false => (normal_level(x), normal_cdf(x)),
            };
            assert!((nearer - exact).abs() <= 2e-14 * exact + f64::from(x > 0.0) * f64::EPSILON, "{x}");
        }
        assert_eq!([f64::NEG_INFINITY, f64::INFINITY].map(normal_level), [0.0, 1.0]);
        assert!(normal_level(f64::NAN).is_nan() && normal_level(-50.0) < 1e-300);
    }
}
