//! Sobol's sequence.

use super::owen::Scramble;
use crate::random::Key;

/// Points whose common part is computed once.
const BLOCK: usize = 64;

/// One coordinate of Sobol's sequence (1967) under a nested uniform scramble, in natural order.
///
/// Point i is the exclusive-or of the direction numbers at the set bits of i. Those of an aligned block of 64 points
/// share all but the lowest six bits: one number for the block, combined with a table of 64.
#[derive(Clone, Debug)]
pub(super) struct Sobol {
    scrambles: Key,
    reversed: [u32; 32],
    in_block: [u32; BLOCK],
}

impl Sobol {
    /// The coordinate with these direction numbers, scrambled by `key`.
    pub(super) fn new(key: Key, direction_numbers: [u32; 32]) -> Sobol {
        let reversed = direction_numbers.map(u32::reverse_bits);
        let mut in_block = [0; BLOCK];
        for i in 1..BLOCK {
            in_block[i] = in_block[i & (i - 1)] ^ reversed[i.trailing_zeros() as usize];
        }
        Sobol { scrambles: key.named("scramble"), reversed, in_block }
    }

    /// Plain loops: a closure would not be compiled for the caller's instruction set.
    #[inline(always)]
    pub(super) fn fill(&self, start: u64, out: &mut [f64]) {
        let (mut next, mut rest) = (start, out);
        while !rest.is_empty() {
            let scramble = Scramble::new(self.scrambles.numbered(next >> 32));
            let left = ((1u64 << 32) - (next & 0xFFFF_FFFF)).min(rest.len() as u64) as usize;
            let (mut sequence, later) = rest.split_at_mut(left);
            while !sequence.is_empty() {
                let count = (BLOCK - next as usize % BLOCK).min(sequence.len());
                let (values, following) = sequence.split_at_mut(count);
                self.fill_block(&scramble, next, values);
                next = next.wrapping_add(count as u64);
                sequence = following;
            }
            rest = later;
        }
    }

    /// Fills `values`, which lie within one block.
    #[inline(always)]
    fn fill_block(&self, scramble: &Scramble, first: u64, values: &mut [f64]) {
        let offset = first as usize % BLOCK;
        let base = combine(&self.reversed, first as u32 & !(BLOCK as u32 - 1));
        for (value, part) in values.iter_mut().zip(&self.in_block[offset..]) {
            *value = scramble.unit(base ^ part);
        }
    }
}

/// The exclusive-or of the numbers at the set bits of `index`.
#[inline(always)]
fn combine(numbers: &[u32; 32], index: u32) -> u32 {
    numbers
        .iter()
        .enumerate()
        .fold(0, |x, (bit, number)| x ^ (number & 0u32.wrapping_sub((index >> bit) & 1)))
}
