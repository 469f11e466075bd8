//! Nested uniform scrambling by hashing.

use crate::random::{Key, word};

/// A nested uniform scramble of base 2 (Owen 1995, "Randomly permuted (t,m,s)-nets and (t,s)-sequences"), which flips
/// each digit of a number by a random bit that depends on the digits before it.
///
/// The random bits come from a hash: on a number with its digits reversed, sums and products carry only from the more
/// significant digits to the less significant (Laine & Karras 2011, "Stratified sampling for stochastic transparency",
/// CGF 30; Burley 2020, "Practical hash-based Owen scrambling", JCGT 9(4)). The constants are Vegdahl's (2021,
/// "Building a better LK hash"); the sum and the product have each a key of 32 bits, where his share 32 bits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scramble {
    sum: u32,
    factor: u32,
    tail: u32,
}

impl Scramble {
    /// The scramble that `key` names.
    #[inline]
    pub(super) fn new(key: Key) -> Scramble {
        let (first, second) = (word(key, 0), word(key, 1));
        Scramble { sum: first as u32, factor: (first >> 32) as u32 | 1, tail: second as u32 }
    }

    /// The first 32 digits of the scrambled number, reversed, from those of the number, reversed.
    #[inline]
    pub(super) fn digits(&self, reversed: u32) -> u32 {
        let mut x = reversed;
        x ^= x.wrapping_mul(0x3d20_adea);
        x = x.wrapping_add(self.sum);
        x = x.wrapping_mul(self.factor);
        x ^= x.wrapping_mul(0x0552_6c56);
        x ^ x.wrapping_mul(0x53a2_2864)
    }

    /// The scrambled number in the open interval (0, 1), from the first 32 digits of the number, reversed.
    ///
    /// Digits 33 to 52 of the number are 0, so their scrambles are random bits that depend on the first 32 digits
    /// alone. The value is the middle of the cell of width 2^−52 that all the digits name.
    #[inline]
    pub(super) fn unit(&self, reversed: u32) -> f64 {
        let digits = self.digits(reversed);
        let tail = hash(digits ^ self.tail) >> 12;
        let mantissa = (u64::from(digits.reverse_bits()) << 20) | u64::from(tail);
        // A number in [1, 2), less 1 − 2^−53: nothing is rounded.
        f64::from_bits(mantissa | 0x3FF0_0000_0000_0000) - (1.0 - f64::EPSILON / 2.0)
    }
}

/// A bijective hash of 32 bits ("lowbias32" of Wellons 2018, "Prospecting for hash functions").
#[inline]
fn hash(mut x: u32) -> u32 {
    x = (x ^ (x >> 16)).wrapping_mul(0x7feb_352d);
    x = (x ^ (x >> 15)).wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}
