//! Latin hypercube sampling.

use super::runs::for_aligned_runs;
use crate::kernel;
use crate::math::instruction_set::InstructionSet;
use crate::random::{Key, LARGEST_PERMUTATION, Permutation, word};

/// Places looked up at once.
const CHUNK: usize = 256;

/// One coordinate of a Latin hypercube of n points (McKay, Beckman & Conover 1979, "A comparison of three methods for
/// selecting values of input variables", Technometrics 21): point i is `(π(i) + jitter) / n`, where π is a random
/// permutation of the n strata.
#[derive(Clone, Debug)]
pub(super) struct LatinHypercube {
    points: u64,
    shuffles: Key,
    jitters: Key,
    jitter_bits: u32,
    width: f64,
}

impl LatinHypercube {
    /// The coordinate that `key` names, of `points` points, 1 to 2^40.
    pub(super) fn new(key: Key, points: u64) -> LatinHypercube {
        let points = points.clamp(1, LARGEST_PERMUTATION);
        let stratum_bits = u64::BITS - (points - 1).leading_zeros();
        // Two bits fewer than fit, so that no rounding carries a point across the edge of its stratum: it is at
        // least 2^−51 away from it, and the sum and the product below are off by at most 2^−52.
        let jitter_bits = 50 - stratum_bits;
        let width = 1.0 / (points as f64 * (1u64 << jitter_bits) as f64);
        LatinHypercube {
            points,
            shuffles: key.named("strata"),
            jitters: key.named("jitter"),
            jitter_bits,
            width,
        }
    }

    pub(super) fn fill(&self, set: InstructionSet, start: u64, out: &mut [f64]) {
        for_aligned_runs(start, out, self.points, |first, run| {
            let shuffle = Permutation::new(self.shuffles.numbered(first / self.points), self.points);
            for (chunk, values) in run.chunks_mut(CHUNK).enumerate() {
                fill_chunk(set, self, &shuffle, first + (chunk * CHUNK) as u64, values);
            }
        });
    }

    #[inline(always)]
    fn fill_chunk(&self, shuffle: &Permutation, first: u64, values: &mut [f64]) {
        let mut strata = [0; CHUNK];
        let strata = &mut strata[..values.len()];
        shuffle.fill(first % self.points, strata);
        for (i, (value, &mut stratum)) in values.iter_mut().zip(strata).enumerate() {
            *value = self.uniform(stratum, word(self.jitters, first + i as u64));
        }
    }

    /// The point of `stratum` whose jitter is the top bits of `word`, at the middle of its cell.
    #[inline(always)]
    fn uniform(&self, stratum: u64, word: u64) -> f64 {
        const TWO_TO_52: f64 = 4_503_599_627_370_496.0;
        let cell = (stratum << self.jitter_bits) | (word >> (64 - self.jitter_bits));
        // cell + ½, exactly: `cell` is below 2^50, so it can be set into the bits of 2^52.
        let middle = f64::from_bits(TWO_TO_52.to_bits() | cell) - (TWO_TO_52 - 0.5);
        middle * self.width
    }
}

kernel! {
    /// At most [`CHUNK`] points of one hypercube.
    fn fill_chunk(column: &LatinHypercube, shuffle: &Permutation, first: u64, values: &mut [f64]) {
        column.fill_chunk(shuffle, first, values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extreme_jitters_stay_in_their_stratum() {
        for points in [1, 2, 3, 1000, 4095, 999_999_937, (1 << 40) - 1, 1 << 40] {
            let column = LatinHypercube::new(Key::new(1), points);
            for stratum in [0, points / 3, points / 2, points - 1] {
                for word in [0, u64::MAX] {
                    let u = column.uniform(stratum, word);
                    assert!(0.0 < u && u < 1.0);
                    // u·n is in [stratum, stratum + 1), in whole multiples of 2^−110 or coarser.
                    let scaled = (u * 2f64.powi(64)) as u128 * u128::from(points);
                    assert_eq!((scaled >> 64) as u64, stratum, "{points} points");
                }
            }
        }
    }
}
