//! One column of a design.

use super::direction_numbers::direction_numbers;
use super::latin_hypercube::LatinHypercube;
use super::padding::Padding;
use super::sobol::Sobol;
use crate::kernel;
use crate::math::instruction_set::InstructionSet;
use crate::random::{Key, fill_units};

/// The uniforms of one quantity in one replicate: a pure function from an index to the open interval (0, 1).
#[derive(Clone, Debug)]
pub struct Column(Points);

#[derive(Clone, Debug)]
enum Points {
    Independent(Key),
    LatinHypercube(LatinHypercube),
    Sobol(Box<Sobol>),
    Padding(Padding),
}

impl Column {
    /// Fills `out` with the uniforms at the indices `start`, `start + 1`, …: the same bits however a range is split.
    ///
    /// A Latin hypercube read beyond its n points starts another one every n points; a Sobol sequence read beyond
    /// its 2^32 points starts another scramble of it.
    #[inline]
    pub fn fill(&self, start: u64, out: &mut [f64]) {
        self.fill_on(InstructionSet::best(), start, out);
    }

    /// As [`fill`](Column::fill), on a chosen instruction set: the same bits on each.
    pub fn fill_on(&self, set: InstructionSet, start: u64, out: &mut [f64]) {
        match &self.0 {
            Points::Independent(key) => independent(set, *key, start, out),
            Points::LatinHypercube(points) => points.fill(set, start, out),
            Points::Sobol(points) => sobol(set, points, start, out),
            Points::Padding(points) => points.fill(set, start, out),
        }
    }

    /// The uniform at `index`.
    pub fn at(&self, index: u64) -> f64 {
        let mut value = [0.0];
        self.fill(index, &mut value);
        value[0]
    }

    pub(super) fn independent(key: Key) -> Column {
        Column(Points::Independent(key))
    }

    pub(super) fn latin_hypercube(key: Key, points: u64) -> Column {
        Column(Points::LatinHypercube(LatinHypercube::new(key, points)))
    }

    pub(super) fn sobol(key: Key, dimension: u32) -> Column {
        Column(match direction_numbers(dimension) {
            Some(numbers) => Points::Sobol(Box::new(Sobol::new(key, numbers))),
            None => Points::Padding(Padding::new(key)),
        })
    }
}

kernel! {
    fn independent(key: Key, start: u64, out: &mut [f64]) {
        fill_units(key, start, out);
    }
}

kernel! {
    fn sobol(points: &Sobol, start: u64, out: &mut [f64]) {
        points.fill(start, out);
    }
}
