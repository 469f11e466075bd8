//! The one place for elementary functions.
//!
//! [`exp`], [`ln`], [`logistic`] and [`logit`] are written without tables and, but for selections, without
//! branches, so that a plain loop over a slice is turned into vector instructions by the compiler. They use only
//! addition, multiplication, division and the bits of the numbers, never a fused multiply-add, so that every
//! instruction set gives the same bits. The rest come from `libm`, which is portable too.

pub use libm::{asin, atan, cos, exp2, expm1 as exp_m1, log1p as ln_1p, log2, log10, pow, sin, tan};

/// High part of ln 2; its last 20 bits are 0, so that a product with an exponent is exact.
const LN_2_HIGH: f64 = 6.931471803691238e-1;
/// ln 2 − [`LN_2_HIGH`].
const LN_2_LOW: f64 = 1.9082149292705877e-10;
/// 1.5 · 2^52: adding it rounds a number to an integer and leaves that integer in the low bits.
pub(crate) const ROUNDER: f64 = 6755399441055744.0;

/// e^x, within 1 unit in the last place (subnormal results within 1 unit of the least subnormal).
///
/// `exp(-∞)` is 0, overflow gives ∞, NaN stays NaN.
///
/// The argument is reduced to |r| ≤ ½ ln 2 after Cody and Waite (1980, chapter 6).
///
/// ```
/// use foretell::math::elementary::exp;
/// assert_eq!(exp(0.0), 1.0);
/// assert_eq!(exp(1000.0), f64::INFINITY);
/// ```
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    let x = if x > 720.0 { 720.0 } else { x };
    let x = if x < -760.0 { -760.0 } else { x };
    let shifted = x * std::f64::consts::LOG2_E + ROUNDER;
    let k = shifted - ROUNDER;
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    let exponent = shifted.to_bits().wrapping_sub(ROUNDER.to_bits()) as i64;
    let half = exponent >> 1;
    exp_reduced(r) * power_of_two(half) * power_of_two(exponent.wrapping_sub(half))
}

/// e^x for x ≤ 0, within 1 unit in the last place, and 0 below −708, where e^x is less than 3.4e-308: quicker than [`exp`] for
/// it has one end to mind.
///
/// `exp_nonpositive(-∞)` is 0, NaN stays NaN. Above 0 it holds up to 709.
///
/// ```
/// use foretell::math::elementary::{exp, exp_nonpositive};
/// assert_eq!(exp_nonpositive(0.0), 1.0);
/// assert_eq!(exp_nonpositive(-1.5), exp(-1.5));
/// assert_eq!(exp_nonpositive(-1000.0), 0.0);
/// ```
#[inline(always)]
pub fn exp_nonpositive(x: f64) -> f64 {
    /// As [`ROUNDER`], with the bias of an exponent on top, so that the low bits are an exponent.
    const BIASED: f64 = ROUNDER + 1023.0;
    let shifted = x * std::f64::consts::LOG2_E + BIASED;
    let k = shifted - BIASED;
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    let power = exp_reduced(r) * f64::from_bits(shifted.to_bits() << 52);
    if x < -708.0 { 0.0 } else { power }
}

/// e^r for |r| ≤ 0.3466: the polynomial of degree 11 with the least relative error among those that begin with 1 + r + r²/2
/// (Remez 1934), 5.7e-18 with its coefficients rounded; in Estrin's order, the two leading terms added last.
#[inline(always)]
fn exp_reduced(r: f64) -> f64 {
    let r2 = r * r;
    let r4 = r2 * r2;
    let a = (0.5 + r * 0.16666666666666433) + r2 * (0.041666666666603916 + r * 0.008333333333500129);
    let b = (0.001388888892681503 + r * 0.00019841269466071236)
        + r2 * (2.480150865638214e-5 + r * 2.755764094107737e-6);
    let c = 2.762519822874999e-7 + r * 2.4978376809865626e-8;
    1.0 + (r + r2 * (a + r4 * (b + r4 * c)))
}

/// 2^k for −1022 ≤ k ≤ 1023.
#[inline(always)]
fn power_of_two(k: i64) -> f64 {
    f64::from_bits((k.wrapping_add(1023) as u64) << 52)
}

/// The natural logarithm of x, within 1 unit in the last place.
///
/// `ln(0)` is −∞, a negative argument gives NaN, `ln(∞)` is ∞, NaN stays NaN.
///
/// The argument is split into 2^k · m with √½ ≤ m < √2, and ln m found by the odd series in (m − 1)/(m + 1) with the
/// minimax coefficients of fdlibm's `e_log.c` (Sun Microsystems, 1993).
///
/// ```
/// use foretell::math::elementary::ln;
/// assert_eq!(ln(1.0), 0.0);
/// assert_eq!(ln(0.0), f64::NEG_INFINITY);
/// ```
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    /// Bits that bring the exponent of a mantissa at or above √2 up by one.
    const ABOVE_ROOT_TWO: u64 = 0x3ff0_0000_0000_0000 - 0x3fe6_a09e_667f_3bcd;
    let subnormal = x < f64::MIN_POSITIVE;
    let scaled = if subnormal { x * 18014398509481984.0 } else { x };
    let bits = scaled.to_bits();
    let biased = bits.wrapping_add(ABOVE_ROOT_TWO) >> 52;
    let m = f64::from_bits(bits.wrapping_sub(biased << 52).wrapping_add(1023 << 52));
    // 2^52 + biased, as bits; the subtraction leaves the exponent as a number.
    let k = f64::from_bits(0x4330_0000_0000_0000 | biased) - (4503599627370496.0 + 1023.0);
    let k = if subnormal { k - 54.0 } else { k };
    let result = ln_reduced(m - 1.0, k);
    let result = if x > 0.0 { result } else { f64::NAN };
    let result = if x == 0.0 { f64::NEG_INFINITY } else { result };
    if x == f64::INFINITY { x } else { result }
}

/// ln(1 + f) + k ln 2 for √½ ≤ 1 + f < √2.
#[inline(always)]
fn ln_reduced(f: f64, k: f64) -> f64 {
    let half_square = 0.5 * f * f;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * (3.999999999940942e-1 + w * (2.222219843214978e-1 + w * 1.531383769920937e-1));
    let odd = z
        * (6.666666666666735e-1
            + w * (2.857142874366239e-1 + w * (1.818357216161805e-1 + w * 1.4798198605116586e-1)));
    s * (half_square + (even + odd)) + k * LN_2_LOW - half_square + f + k * LN_2_HIGH
}

/// 1 / (1 + e^-x), with full relative accuracy where it is small.
///
/// ```
/// use foretell::math::elementary::logistic;
/// assert_eq!(logistic(0.0), 0.5);
/// assert!(logistic(-100.0) > 3.7e-44);
/// ```
#[inline(always)]
pub fn logistic(x: f64) -> f64 {
    let e = exp(-x.abs());
    let numerator = if x < 0.0 { e } else { 1.0 };
    numerator / (1.0 + e)
}

/// ln(p / (1 − p)) for p in [0, 1], −∞ and ∞ at the ends and NaN outside; full relative accuracy also around ½.
///
/// ```
/// use foretell::math::elementary::logit;
/// assert_eq!(logit(0.5), 0.0);
/// assert_eq!(logit(1.0), f64::INFINITY);
/// ```
#[inline]
pub fn logit(p: f64) -> f64 {
    if p > 0.3 && p < 0.7 { ln_1p((2.0 * p - 1.0) / (1.0 - p)) } else { ln(p / (1.0 - p)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The difference in units in the last place; 0 for two NaNs.
    fn ulps(a: f64, b: f64) -> f64 {
        if a == b || (a.is_nan() && b.is_nan()) {
            return 0.0;
        }
        (a - b).abs() / (b.abs().next_up() - b.abs())
    }

    #[test]
    fn exp_is_within_two_units_of_a_second_one_everywhere() {
        for step in 0..2_000_000 {
            let x = -746.0 + f64::from(step) * (1457.0 / 2e6);
            assert!(ulps(exp(x), libm::exp(x)) <= 2.0, "{x}");
        }
    }

    /// Places where a polynomial with six times the error is off by more than a unit. The exact powers, found with 120 bits, are
    /// the numbers below and this part of a unit in their last place.
    #[test]
    fn exp_is_within_a_unit_where_that_is_hard() {
        for (x, nearest, part) in [
            (-80.75154835313059, 8.512323990384532e-36, 0.1125),
            (-17.674460012403223, 2.1090144046299246e-8, 0.1079),
            (-491.78766901746167, 2.626207744206026e-214, 0.0705),
            (-362.8623275738805, 2.575689123732717e-158, 0.0505),
            (-354.5012982179078, 1.1016467471046655e-154, 0.0454),
            (-0.9812319559757832, 0.3748490167912119, 0.0393),
            (-152.07481197301814, 9.010488228751122e-67, 0.031),
        ] {
            let unit = f64::next_up(nearest) - nearest;
            let error = ((exp(x) - nearest) / unit - part).abs();
            assert!(error <= 1.0, "{x}: {error} units");
        }
    }

    #[test]
    fn a_nonpositive_power_is_that_of_exp_but_where_a_tie_is_rounded() {
        for step in 0..1_000_000 {
            let x = f64::from(step) * -708e-6;
            assert_eq!(exp_nonpositive(x).to_bits(), exp(x).to_bits(), "{x}");
        }
        assert_eq!([-708.1, -745.0, -1e300, f64::NEG_INFINITY].map(exp_nonpositive), [0.0; 4]);
        assert!(exp_nonpositive(f64::NAN).is_nan());
    }

    #[test]
    fn ln_is_within_two_units_of_a_second_one_everywhere() {
        for step in 0..1_000_000u64 {
            let wide = f64::from_bits(step * 9_218_868_437_227);
            let near = 0.5 + step as f64 * 1.5e-6;
            assert!(ulps(ln(wide), libm::log(wide)) <= 2.0, "{wide:e}");
            assert!(ulps(ln(near), libm::log(near)) <= 2.0, "{near:e}");
        }
    }

    #[test]
    fn ends_are_exact() {
        assert_eq!([exp(f64::NEG_INFINITY), exp(-750.0), exp(0.0), exp(-0.0)], [0.0, 0.0, 1.0, 1.0]);
        assert_eq!([exp(709.79), exp(f64::INFINITY)], [f64::INFINITY; 2]);
        assert_eq!(exp(-745.0), 5e-324);
        assert_eq!([ln(1.0), ln(0.0), ln(-0.0)], [0.0, f64::NEG_INFINITY, f64::NEG_INFINITY]);
        assert_eq!(ln(f64::INFINITY), f64::INFINITY);
        assert!(exp(f64::NAN).is_nan() && ln(f64::NAN).is_nan() && ln(-1.0).is_nan());
        assert!(ln(f64::NEG_INFINITY).is_nan() && ln(-5e-324).is_nan());
        assert_eq!([logistic(f64::NEG_INFINITY), logistic(0.0), logistic(f64::INFINITY)], [0.0, 0.5, 1.0]);
        assert!(
            logistic(f64::NAN).is_nan()
                && logit(f64::NAN).is_nan()
                && logit(-0.1).is_nan()
                && logit(1.1).is_nan()
        );
        assert_eq!([logit(0.0), logit(0.5), logit(1.0)], [f64::NEG_INFINITY, 0.0, f64::INFINITY]);
    }
}
