//! Coordinates beyond the table of direction numbers.

use super::owen::Scramble;
use super::runs::for_aligned_runs;
use crate::kernel;
use crate::math::instruction_set::InstructionSet;
use crate::random::{Key, Permutation};

/// Places looked up at once.
const CHUNK: usize = 256;

/// A coordinate that is stratified in itself and in random order against all others.
///
/// The first coordinate of Sobol's sequence (van der Corput's) is visited in an order of its own: the indices from
/// 2^k up to 2^(k+1) are shuffled among themselves, then the values scrambled. So the first 2^m points have one point
/// in each interval of width 2^−m, for every m, while pairs of such coordinates are as uneven as a Latin hypercube's:
/// the "padding" of a net with Latin hypercube samples (Owen 1998, "Latin supercube sampling for very
/// high-dimensional simulations", ACM TOMACS 8), in a form that can be extended.
#[derive(Clone, Debug)]
pub(super) struct Padding {
    scrambles: Key,
    orders: Key,
}

impl Padding {
    /// The coordinate that `key` names.
    pub(super) fn new(key: Key) -> Padding {
        Padding { scrambles: key.named("scramble"), orders: key.named("order") }
    }

    pub(super) fn fill(&self, set: InstructionSet, start: u64, out: &mut [f64]) {
        for_aligned_runs(start, out, 1 << 32, |start, run| {
            let (round, mut first) = (start >> 32, start & 0xFFFF_FFFF);
            let scramble = Scramble::new(self.scrambles.numbered(round));
            let mut rest = run;
            while !rest.is_empty() {
                // Index 0 stands alone; the others belong to the octave from their highest bit on.
                let octave = if first == 0 { 0 } else { 1 << first.ilog2() };
                let size = octave.max(1);
                let (values, later) =
                    rest.split_at_mut((octave + size - first).min(rest.len() as u64) as usize);
                let order = Permutation::new(self.orders.numbered(round).numbered(octave), size);
                let length = values.len() as u64;
                for (chunk, values) in values.chunks_mut(CHUNK).enumerate() {
                    fill_chunk(set, &scramble, &order, octave, first + (chunk * CHUNK) as u64, values);
                }
                (first, rest) = (first + length, later);
            }
        });
    }
}

kernel! {
    /// At most [`CHUNK`] points of one octave, which starts at index `octave`.
    fn fill_chunk(scramble: &Scramble, order: &Permutation, octave: u64, first: u64, values: &mut [f64]) {
        let mut places = [0; CHUNK];
        let places = &mut places[..values.len()];
        order.fill(first - octave, places);
        for (value, place) in values.iter_mut().zip(places) {
            // The digits of van der Corput's number i are those of i, reversed.
            *value = scramble.unit((octave + *place) as u32);
        }
    }
}
