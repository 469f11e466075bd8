//! The gamma function's logarithm, the incomplete gamma function and its inverse, and the Poisson term.

use super::normal::{erfc, normal_quantile};
use super::{Tails, ln_1p_minus};
use crate::math::elementary::{exp, exp_m1, ln, ln_1p};
use crate::math::roots::{Local, halley};
use std::f64::consts::TAU;

/// ½ ln(2π).
const HALF_LN_TAU: f64 = 0.9189385332046728;
/// 1 − γ, with Euler's constant γ.
const ONE_MINUS_EULER: f64 = 0.42278433509846713;
/// A bound on sums that always end well before it.
const MOST_TERMS: usize = 20_000;

/// ln Γ(x) for x > 0; NaN for negative x and NaN.
///
/// ```
/// use foretell::math::special::ln_gamma;
/// assert!((ln_gamma(5.0) - 24f64.ln()).abs() < 1e-15);
/// ```
pub fn ln_gamma(x: f64) -> f64 {
    if x < 0.0 { f64::NAN } else { libm::lgamma(x) }
}

/// ln Γ(1 + x) for x > −1, with full relative accuracy around x = 0.
///
/// For |x| ≤ ½ the series −ln(1 + x) + (1 − γ) x + Σ (−1)^k (ζ(k) − 1) x^k / k (DLMF 5.7.3).
pub fn ln_gamma_1p(x: f64) -> f64 {
    if !(-0.5..=0.5).contains(&x) {
        return ln_gamma(1.0 + x);
    }
    let series = ZETA.iter().rev().fold(0.0, |sum, c| sum * x + c);
    -ln_1p(x) + x * (ONE_MINUS_EULER + x * series)
}

/// The logarithm of n over k, for real 0 ≤ k ≤ n; NaN outside.
///
/// ```
/// use foretell::math::special::ln_choose;
/// assert!((ln_choose(5.0, 2.0) - 10f64.ln()).abs() < 1e-15);
/// ```
pub fn ln_choose(n: f64, k: f64) -> f64 {
    let rest = n - k;
    if k == 0.0 || rest == 0.0 {
        return 0.0;
    }
    if !(k > 0.0 && rest > 0.0) {
        return f64::NAN;
    }
    let entropy = -k * ln(k / n) - rest * ln_1p(-k / n);
    entropy + 0.5 * ln(n / k / rest / TAU) + stirling_error(n) - stirling_error(k) - stirling_error(rest)
}

/// ln Γ(n + 1) − [(n + ½) ln n − n + ½ ln 2π], the error of Stirling's formula, for n > 0.
pub(super) fn stirling_error(n: f64) -> f64 {
    let halves = 2.0 * n;
    if n < 16.0 && halves.fract() == 0.0 {
        return STIRLING_ERRORS[halves as usize - 1];
    }
    if n < 16.0 {
        return ln_gamma_1p(n) - (n + 0.5) * ln(n) + n - HALF_LN_TAU;
    }
    let z = 1.0 / (n * n);
    (1.0 / 12.0 - z * (1.0 / 360.0 - z * (1.0 / 1260.0 - z * (1.0 / 1680.0 - z * (1.0 / 1188.0))))) / n
}

/// The errors at ½, 1, 1½, …, 15½, as in Loader (2000), by mpmath: shapes are often such numbers, and without this list two
/// fifths of the time of building a beta's table go here.
const STIRLING_ERRORS: [f64; 31] = [
    0.15342640972002736,
    0.08106146679532726,
    0.05481412105191765,
    0.0413406959554093,
    0.03316287351993629,
    0.02767792568499834,
    0.023746163656297496,
    0.020790672103765093,
    0.018488450532673187,
    0.016644691189821193,
    0.015134973221917378,
    0.013876128823070748,
    0.012810465242920227,
    0.01189670994589177,
    0.011104559758206917,
    0.010411265261972096,
    0.009799416126158804,
    0.009255462182712733,
    0.008768700134139386,
    0.00833056343336287,
    0.00793411456431402,
    0.007573675487951841,
    0.007244554301320383,
    0.00694284010720953,
    0.006665247032707682,
    0.006408994188004207,
    0.006171712263039458,
    0.0059513701127588475,
    0.0057462165130101155,
    0.005554733551962801,
    0.005375599032926835,
];

/// a ln(a/m) + m − a, half the deviance of a Poisson count a from mean m, without cancellation near a = m.
pub(super) fn deviance(a: f64, m: f64) -> f64 {
    let excess = (m - a) / a;
    if excess.abs() <= 0.5 {
        return -a * ln_1p_minus(excess);
    }
    let ratio = a / m;
    let ln_ratio = if ratio.is_normal() { ln(ratio) } else { ln(a) - ln(m) };
    a * ln_ratio + (m - a)
}

/// x^a e^−x / Γ(a + 1) for a ≥ 0 and x ≥ 0: the Poisson probability of a at mean x, for real a too.
///
/// By the saddle-point form of Loader (2000, "Fast and accurate computation of binomial probabilities").
pub fn poisson_term(a: f64, x: f64) -> f64 {
    if a == 0.0 {
        return exp(-x);
    }
    if x == 0.0 || x == f64::INFINITY {
        return 0.0;
    }
    exp(-stirling_error(a) - deviance(a, x)) / (TAU * a).sqrt()
}

/// P(a, x), the probability that a gamma variable of shape a and scale 1 is at most x.
///
/// ```
/// use foretell::math::special::gamma_lower_regularized;
/// assert!((gamma_lower_regularized(1.0, 2.0) - (1.0 - (-2f64).exp())).abs() < 1e-15);
/// ```
pub fn gamma_lower_regularized(a: f64, x: f64) -> f64 {
    gamma_pair(a, x).lower
}

/// Q(a, x) = 1 − P(a, x), without cancellation.
pub fn gamma_upper_regularized(a: f64, x: f64) -> f64 {
    gamma_pair(a, x).upper
}

/// P(a, x) and Q(a, x) for shape a > 0; NaN for an impossible shape or argument. Relative error at most 1e-12, and
/// 1e-14 away from the far tails of large shapes.
pub fn gamma_pair(a: f64, x: f64) -> Tails {
    if !(a > 0.0 && a < f64::INFINITY) || x.is_nan() {
        return Tails { lower: f64::NAN, upper: f64::NAN };
    }
    if x <= 0.0 {
        return Tails::BOTTOM;
    }
    if x == f64::INFINITY {
        return Tails::TOP;
    }
    let excess = (x - a) / a;
    if a >= 20.0 && (-0.6..0.95).contains(&excess) {
        return uniform_expansion(a, excess);
    }
    if a < 1.0 && x < 1.1 {
        return small_shape(a, x);
    }
    if x < a + 1.0 { series(a, x) } else { continued_fraction(a, x) }
}

/// P = x^a e^−x / Γ(a + 1) · Σ x^n / ((a + 1) … (a + n)) (DLMF 8.11.4).
fn series(a: f64, x: f64) -> Tails {
    let (mut term, mut sum, mut n) = (1.0, 1.0, a);
    for _ in 0..MOST_TERMS {
        n += 1.0;
        term *= x / n;
        sum += term;
        if term < sum * (0.1 * f64::EPSILON) {
            break;
        }
    }
    Tails::from_lower(poisson_term(a, x) * sum)
}

/// Q by Legendre's continued fraction (DLMF 8.9.2), evaluated by the modified Lentz algorithm.
fn continued_fraction(a: f64, x: f64) -> Tails {
    let mut b = x + 1.0 - a;
    let mut c = f64::INFINITY;
    let mut d = 1.0 / b;
    let mut h = d;
    for n in 1..MOST_TERMS {
        let n = n as f64;
        let numerator = n * (a - n);
        b += 2.0;
        d = 1.0 / (numerator * d + b);
        c = b + numerator / c;
        let factor = c * d;
        h *= factor;
        let moves = (factor - 1.0).abs() >= f64::EPSILON;
        if !moves {
            break;
        }
    }
    Tails::from_upper(poisson_term(a, x) * a * h)
}

/// Both tails for a < 1 and x about 1 at most, where P = x^a / Γ(a + 1) · (1 + a Σ (−x)^n / ((a + n) n!)) may be so
/// close to 1 that Q must be found from e^L − 1.
fn small_shape(a: f64, x: f64) -> Tails {
    let (mut term, mut sum) = (1.0, 0.0);
    for n in 1..40 {
        let n = f64::from(n);
        term *= -x / n;
        sum += term * (a / (a + n));
    }
    let ln_power = a * ln(x) - ln_gamma_1p(a);
    let lower = exp(ln_power) * (1.0 + sum);
    let upper = -(exp_m1(ln_power) * (1.0 + sum) + sum);
    Tails { lower: lower.clamp(0.0, 1.0), upper: upper.clamp(0.0, 1.0) }
}

/// Temme's expansion, uniform in x, for large a (Temme 1979; coefficients by the recursion of Gil, Segura and Temme
/// 2012, "Efficient and accurate algorithms for the computation and inversion of the incomplete gamma function
/// ratios", section 2.5). `excess` is x/a − 1.
fn uniform_expansion(a: f64, excess: f64) -> Tails {
    let half_square = -ln_1p_minus(excess);
    let eta = (2.0 * half_square).sqrt().copysign(excess);
    let exponent = a * half_square;
    let remainder = exp(-exponent) / (TAU * a).sqrt() * uniform_sum(a, eta);
    let main = 0.5 * erfc(exponent.sqrt());
    if excess < 0.0 { Tails::from_lower(main - remainder) } else { Tails::from_upper(main + remainder) }
}

/// S_a(η) of the same source: Σ β_m η^m / (1 + β_1 / a), with β_{m−1} = d_m + (m + 1) β_{m+1} / a.
fn uniform_sum(a: f64, eta: f64) -> f64 {
    const LAST: usize = UNIFORM.len() - 1;
    let (mut above, mut current) = (UNIFORM[LAST], UNIFORM[LAST - 1]);
    let mut sum = above * eta + current;
    let mut first = current;
    for m in (1..LAST - 1).rev() {
        let below = UNIFORM[m] + (m + 1) as f64 * above / a;
        (above, current, first) = (current, below, current);
        sum = sum * eta + below;
    }
    sum / (1.0 + first / a)
}

/// The x at which P(a, x) = p and Q(a, x) = q, where p + q = 1 and the smaller of them is given accurately.
///
/// Halley's method in ln x on the logarithm of the smaller tail; directly from the leading term where x is tiny.
pub fn gamma_quantile(a: f64, p: f64, q: f64) -> f64 {
    let ln_least = (ln(p) + ln_gamma_1p(a)) / a;
    if ln_least < -40.0 {
        return exp(ln_least);
    }
    halley(gamma_guess(a, p, q, ln_least), |x| {
        let tails = gamma_pair(a, x);
        let density = poisson_term(a, x) * a;
        if p <= q {
            let slope = density / tails.lower;
            Local { value: ln(tails.lower / p), slope, bend: a - x - slope }
        } else {
            let slope = density / tails.upper;
            Local { value: ln(q / tails.upper), slope, bend: a - x + slope }
        }
    })
}

/// A start for [`gamma_quantile`]: the leading terms of the lower tail, Wilson and Hilferty's cube (1931), or the
/// leading terms of the upper tail.
fn gamma_guess(a: f64, p: f64, q: f64, ln_least: f64) -> f64 {
    let least = exp(ln_least.min(700.0));
    if least < 0.3 * (a + 1.0) {
        return least * exp(least / (a + 1.0));
    }
    if a > 0.3 {
        let z = if p <= q { normal_quantile(p) } else { -normal_quantile(q) };
        let root = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * a.sqrt());
        return a * root * root * root;
    }
    let l = ln(a / q) - ln_gamma_1p(a);
    if l > 2.0 { l - (1.0 - a) * ln(l) } else { 0.5 }
}

/// (−1)^k (ζ(k) − 1) / k for k = 2, 3, ….
const ZETA: [f64; 28] = [
    0.3224670334241132,
    -0.0673523010531981,
    0.020580808427784546,
    -0.007385551028673986,
    0.0028905103307415234,
    -0.001192753911703261,
    0.0005096695247430425,
    -0.00022315475845357939,
    9.945751278180853e-05,
    -4.492623673813314e-05,
    2.050721277567069e-05,
    -9.439488275268397e-06,
    4.374866789907488e-06,
    -2.039215753801366e-06,
    9.55141213040742e-07,
    -4.492469198764566e-07,
    2.1207184805554665e-07,
    -1.0043224823968099e-07,
    4.7698101693639804e-08,
    -2.2711094608943164e-08,
    1.0838659214896955e-08,
    -5.183475041970047e-09,
    2.4836745438024785e-09,
    -1.1921401405860912e-09,
    5.731367241678862e-10,
    -2.7595228851242334e-10,
    1.330476437424449e-10,
    -6.4229645638381e-11,
];

/// The coefficients d_n of η / (λ − 1) = Σ d_n η^n, where η² / 2 = λ − 1 − ln λ.
const UNIFORM: [f64; 30] = [
    1.0,
    -0.3333333333333333,
    0.08333333333333333,
    -0.014814814814814815,
    0.0011574074074074073,
    0.0003527336860670194,
    -0.0001787551440329218,
    3.919263178522438e-05,
    -2.185448510679992e-06,
    -1.85406221071516e-06,
    8.296711340953087e-07,
    -1.7665952736826078e-07,
    6.707853543401498e-09,
    1.0261809784240309e-08,
    -4.382036018453353e-09,
    9.14769958223679e-10,
    -2.5514193994946248e-11,
    -5.830772132550426e-11,
    2.4361948020667415e-11,
    -5.0276692801141755e-12,
    1.1004392031956135e-13,
    3.371763262400985e-13,
    -1.392388722418162e-13,
    2.8534893807047445e-14,
    -5.139111834242572e-16,
    -1.9752288294349442e-15,
    8.099521156704561e-16,
    -1.6522531216398162e-16,
    2.5305430097478883e-18,
    1.1686939738559576e-17,
];
