//! The digits of a number: as many as Rust displays, in a fraction of the time.

use std::fmt::Write;
use std::ops::Range;

/// The magnitudes that `zmij` writes without an exponent.
const PLAIN: Range<f64> = 1e-5..1e16;

/// Appends the fewest digits that are read back as the same number, without an exponent. Where the number lies in the middle of two such
/// texts, it may be the other one than `{value}` displays.
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

    /// It is read back as the same number, has no exponent, and no more digits than what is displayed.
    #[track_caller]
    fn assert_shortest(value: f64) {
        let mut text = String::new();
        push(&mut text, value);
        assert_eq!(text.parse::<f64>().map(f64::to_bits), Ok(value.to_bits()), "{text}");
        assert!(text.bytes().all(|one| one.is_ascii_digit() || b"-.".contains(&one)), "{text}");
        assert_eq!(text.len(), value.to_string().len(), "{text} in place of {value}");
    }

    #[test]
    fn numbers_have_the_fewest_digits_that_are_read_back() {
        for value in [0.0, 1.0, 0.1, 1e16, 123_456.5, 1e-7, 5e-324, f64::MAX] {
            assert_shortest(value);
            assert_shortest(-value);
        }
        for end in [PLAIN.start, PLAIN.end] {
            [end.next_down(), end, end.next_up()].into_iter().for_each(assert_shortest);
        }
        for number in 0..100_000u64 {
            // Any finite bits, and then those of shares of 1, of coarse shares, which lie in the middle of two texts, and of counts.
            let bits = mix(number);
            let any = f64::from_bits(bits);
            assert_shortest(if any.is_finite() { any } else { 0.5 });
            assert_shortest((bits >> 11) as f64 / 9_007_199_254_740_992.0);
            assert_shortest((bits >> 47) as f64 / 131_072.0);
            assert_shortest((bits >> 40) as f64);
        }
    }

    #[test]
    fn what_is_no_number_is_displayed() {
        for (value, shown) in [(f64::NAN, "NaN"), (f64::INFINITY, "inf"), (f64::NEG_INFINITY, "-inf")] {
            let mut text = String::new();
            push(&mut text, value);
            assert_eq!(text, shown);
        }
    }
}
