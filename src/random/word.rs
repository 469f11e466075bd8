//! SplitMix64 in counter mode.

use super::key::Key;
use super::mixing::{GOLDEN_GAMMA, mixed, nth};

/// The 64 random bits of stream `key` at `index`.
///
/// SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA, fig. 17, with the
/// finaliser "mix13" of Stafford 2011) is a counter passed through a bijection of 64-bit words, so its output number
/// `index` is known without those before it: `mix13(key + (index + 1)·γ)`.
///
/// Each stream has period 2^64 and gives every word once. Two streams of length L with unrelated keys overlap with
/// probability about 2L / 2^64.
#[inline(always)]
pub const fn word(key: Key, index: u64) -> u64 {
    nth(key.bits(), index)
}

/// The uniform in the open interval (0, 1) made of the top 52 bits of `word`: `((word >> 12) + ½)·2^−52`, exactly.
///
/// The values are the midpoints of 2^52 cells of equal width, so neither 0 nor 1 occurs, and `unit(w)` and
/// `1 − unit(w)` are both exact.
#[inline(always)]
pub const fn unit(word: u64) -> f64 {
    // The bits of a number in [1, 2), less 1 − 2^−53. The difference is representable, so nothing is rounded.
    f64::from_bits((word >> 12) | ONE) - BELOW_ONE
}

/// Fills `out` with the uniforms of stream `key` at the indices `start`, `start + 1`, ….
#[inline(always)]
pub fn fill_units(key: Key, start: u64, out: &mut [f64]) {
    // The counter is added up rather than multiplied out: wide products of 64 bits are slow.
    let mut state = key.bits().wrapping_add(start.wrapping_mul(GOLDEN_GAMMA));
    for value in out {
        state = state.wrapping_add(GOLDEN_GAMMA);
        *value = unit_of_mixed(mixed(state));
    }
}

/// The uniform of a word before the last step of the mixer: that step and the shift of [`unit`] in one, which saves an
/// instruction of sixteen.
#[inline(always)]
const fn unit_of_mixed(z: u64) -> f64 {
    f64::from_bits(((z >> 12) ^ (z >> 43)) | ONE) - BELOW_ONE
}

/// The bits of 1.
const ONE: u64 = 0x3FF0_0000_0000_0000;
/// 1 − 2^−53.
const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_published_vectors_of_splitmix64() {
        // Rosetta Code, "Pseudo-random numbers/Splitmix64", seed 1234567.
        let published = [
            6457827717110365317,
            3203168211198807973,
            9817491932198370423,
            4593380528125082431,
            16408922859458223821,
        ];
        // Vigna's splitmix64.c with state 0, as used to seed the xoshiro generators.
        let vigna =
            [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F, 0xF88B_B8A8_724C_81EC];
        for (seed, vector) in [(1234567, &published[..]), (0, &vigna[..])] {
            let words: Vec<u64> = (0..vector.len() as u64).map(|i| word(Key::from_bits(seed), i)).collect();
            assert_eq!(words, vector);
        }
    }

    #[test]
    fn uniforms_are_exact_midpoints_inside_the_open_interval() {
        for w in [0, 1, 0xFFF, 0x1000, 1 << 63, u64::MAX - 0x1000, u64::MAX] {
            let expected = ((w >> 12) as f64 + 0.5) * 2f64.powi(-52);
            assert_eq!(unit(w).to_bits(), expected.to_bits());
            assert!(0.0 < unit(w) && unit(w) < 1.0);
            assert_eq!(unit(w) + unit(!w), 1.0, "complementary words give complementary uniforms");
        }
    }

    #[test]
    fn a_column_is_its_values_one_by_one() {
        let key = Key::new(3);
        let mut column = [0.0; 100];
        fill_units(key, 17, &mut column);
        for (i, value) in column.iter().enumerate() {
            assert_eq!(*value, unit(word(key, 17 + i as u64)));
        }
    }
}
