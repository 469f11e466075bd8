//! The digits of a number, as Rust displays it and in a fraction of the time.

use std::fmt::Write;
use std::ops::Range;

/// The magnitudes that `zmij` writes without an exponent.
const PLAIN: Range<f64> = 1e-4..1e15;

/// Appends the fewest digits that are read back as the same number, without an exponent: what `{value}` displays.
pub(super) fn push(text: &mut String, value: f64) {
    if value == 0.0 || PLAIN.contains(&value.abs()) {
        let mut buffer = zmij::Buffer::new();
        let digits = buffer.format_finite(value);
        text.push_str(digits.strip_suffix(".0").unwrap_or(digits));
    } else {
        // A string can't refuse what is written to it.
        let _ = write!(text, "{value}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number's bits, mixed (Steele, Lea and Flood 2014, the finaliser of SplitMix).
    fn mix(number: u64) -> u64 {
        let bits = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    #[track_caller]
    fn assert_displayed(value: f64) {
        let mut text = String::from(",");
        push(&mut text, value);
        assert_eq!(text, format!(",{value}"));
    }

    #[test]
    fn numbers_are_written_as_they_are_displayed() {
        for value in
            [0.0, 1.0, 0.1, 1e15, 1e16, 123_456.5, 1e-5, 1e-7, 5e-324, f64::MAX, f64::NAN, f64::INFINITY]
        {
            assert_displayed(value);
            assert_displayed(-value);
        }
        for number in 0..100_000u64 {
            // Any bits, and then those of shares of 1 and of whole numbers.
            let bits = mix(number);
            assert_displayed(f64::from_bits(bits));
            assert_displayed((bits >> 11) as f64 / 9_007_199_254_740_992.0);
            assert_displayed((bits >> 40) as f64);
        }
    }
}
