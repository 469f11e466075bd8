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
    tail_factor: u32,
    tail_sum: u32,
}

impl Scramble {
    /// The scramble that `key` names.
    #[inline(always)]
    pub(super) fn new(key: Key) -> Scramble {
        let (first, second) = (word(key, 0), word(key, 1));
        let odd_high_half = |word: u64| (word >> 32) as u32 | 1;
        Scramble {
            sum: first as u32,
            factor: odd_high_half(first),
            tail_factor: odd_high_half(second),
            tail_sum: second as u32,
        }
    }

    /// The first 32 digits of the scrambled number, reversed, from those of the number, reversed.
    #[inline(always)]
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
    /// alone: a multiply-shift hash (Dietzfelbinger, Hagerup, Katajainen & Penttonen 1997). The value is the middle of the cell of width 2^−52 that all the digits name.
    #[inline(always)]
    pub(super) fn unit(&self, reversed: u32) -> f64 {
        let digits = self.digits(reversed);
        let tail = digits.wrapping_mul(self.tail_factor).wrapping_add(self.tail_sum) >> 12;
        let mantissa = (u64::from(digits.reverse_bits()) << 20) | u64::from(tail);
        // A number in [1, 2), less 1 − 2^−53: nothing is rounded.
        f64::from_bits(mantissa | 0x3FF0_0000_0000_0000) - (1.0 - f64::EPSILON / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    const KEYS: u64 = 20_000;

    fn scrambles() -> impl Iterator<Item = Scramble> {
        (0..KEYS).map(|i| Scramble::new(Key::new(21).numbered(i)))
    }

    /// Whether the scramble flips the digit at `depth` after the digits `prefix` (reversed).
    fn flips(scramble: &Scramble, prefix: u32, depth: u32) -> bool {
        (scramble.digits(prefix) ^ prefix) >> depth & 1 == 1
    }

    /// How many standard errors `successes` of [`KEYS`] fair coins lie from half.
    fn z_of_half(successes: usize) -> f64 {
        (successes as f64 - KEYS as f64 / 2.0) / (KEYS as f64 / 4.0).sqrt()
    }

    /// The nodes of the tree of digits down to depth 6, and some far below.
    fn nodes() -> Vec<(u32, u32)> {
        let shallow = (0..7).flat_map(|depth| (0..1 << depth).map(move |prefix| (prefix, depth)));
        let deep = (7..32).map(|depth| (word(Key::new(22), depth.into()) as u32 & ((1 << depth) - 1), depth));
        shallow.chain(deep).collect()
    }

    #[test]
    fn equal_leading_digits_stay_equal_and_the_next_one_differs() {
        for (i, scramble) in scrambles().enumerate().take(1000) {
            let x = word(Key::new(23), i as u64) as u32;
            for k in 0..32 {
                let y = x ^ ((word(Key::new(24), (32 * i + k) as u64) as u32 | 1) << k);
                let difference = scramble.digits(x) ^ scramble.digits(y);
                assert_eq!(difference.trailing_zeros(), k as u32);
            }
        }
    }

    #[test]
    fn the_digits_below_the_thirty_second_are_fair_too() {
        for x in [0, 1, 0x8000_0000, 0x1234_5678] {
            for bit in 1..=20 {
                let value = |scramble: Scramble| (scramble.unit(x) * 2f64.powi(32 + bit)) as u64;
                let ones = scrambles().filter(|&scramble| value(scramble) & 1 == 1).count();
                assert!(z_of_half(ones).abs() < 5.0, "digit {}", 32 + bit);
            }
        }
    }

    #[test]
    fn every_digit_is_flipped_half_the_time() {
        let mut counts = vec![0; nodes().len()];
        for scramble in scrambles() {
            for (count, &(prefix, depth)) in counts.iter_mut().zip(&nodes()) {
                *count += usize::from(flips(&scramble, prefix, depth));
            }
        }
        let worst = counts.iter().map(|&count| z_of_half(count).abs()).fold(0.0, f64::max);
        assert!(worst < 5.0, "{worst}");
    }

    /// The greatest |z| of "flipped alike" over all pairs of nodes, which is a fair coin if flips are independent.
    fn worst_pair(scrambles: impl Iterator<Item = Scramble>) -> f64 {
        let nodes = nodes();
        // One bit a scramble: the flips of each node as words of 64.
        let mut flipped = vec![vec![0u64; KEYS.div_ceil(64) as usize]; nodes.len()];
        for (i, scramble) in scrambles.enumerate() {
            for (bits, &(prefix, depth)) in flipped.iter_mut().zip(&nodes) {
                bits[i / 64] |= u64::from(flips(&scramble, prefix, depth)) << (i % 64);
            }
        }
        let differ = |a: &[u64], b: &[u64]| a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones() as usize).sum();
        let pairs = (0..nodes.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
        pairs.map(|(i, j)| z_of_half(differ(&flipped[i], &flipped[j])).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn the_flips_of_any_two_nodes_are_independent() {
        // Of some 11,000 pairs the worst of a fair coin exceeds 5.5 with probability 4e-4.
        assert!(worst_pair(scrambles()) < 5.5);
        // The test sees that a sum alone, without a random factor, is not enough.
        assert!(worst_pair(scrambles().map(|scramble| Scramble { factor: 1, ..scramble })) > 20.0);
    }

    #[test]
    fn pairs_of_values_have_the_covariance_of_a_nested_uniform_scramble() {
        for shared in [0, 1, 2, 3, 6, 10] {
            // Two numbers that share `shared` digits stay in one cell of width w = 2^−shared, uniform among such
            // cells, in opposite halves of it, and uniform there: E(u − ½)(v − ½) = (1 − w²)/12 − (w/4)².
            let w = 2f64.powi(-shared);
            let expected = (1.0 - w * w) / 12.0 - w * w / 16.0;
            let (x, y) = (0x1234_5678, 0x1234_5678 ^ (0x9ABC_DEF1 << shared));
            let products = scrambles().map(|scramble| (scramble.unit(x) - 0.5) * (scramble.unit(y) - 0.5));
            let products: Vec<f64> = products.collect();
            let mean = products.iter().sum::<f64>() / KEYS as f64;
            let squares: f64 = products.iter().map(|p| (p - mean).powi(2)).sum();
            let std_error = squares.sqrt() / KEYS as f64;
            assert!((mean - expected).abs() < 5.0 * std_error, "{shared}: {mean} against {expected}");
        }
    }
}
