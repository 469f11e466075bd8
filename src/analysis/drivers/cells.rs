//! Values in cells of about equal weight, in their order: what conditional means are told by.

use std::borrow::Cow;

use super::order::{midranks, ordinal};
use crate::kernel;
use crate::math::instruction_set::InstructionSet;

/// How many bins of equal width there are.
pub(super) const BINS: usize = 1 << 9;

/// Values, and what each weighs; 1 if nothing is said.
#[derive(Clone, Copy)]
pub(super) struct Weighed<'a> {
    pub(super) values: &'a [f64],
    pub(super) weights: Option<&'a [f64]>,
}

/// Several columns of values, dealt into bins and these into cells. Both are in the order of the values, and equal values are in
/// one cell.
pub(super) struct Cells {
    /// For each column the bin of each value.
    pub(super) bins: Vec<Vec<u32>>,
    /// The cell of each bin.
    pub(super) of_bin: Vec<u8>,
    /// How many cells there are.
    pub(super) count: usize,
    /// The weight of each bin.
    mass: Vec<f64>,
}

impl Cells {
    /// Deals values into `count` cells, of which those stay empty whose share of the weight an atom has.
    ///
    /// Bins have equal widths on the scale of the values. Where these crowd in a few of them, the bins have equal widths in the
    /// order of magnitude, and where that does not spread them either, in rank.
    pub(super) fn of(columns: &[Weighed], count: usize) -> Cells {
        let plain: Vec<Cow<[f64]>> = columns.iter().map(|one| Cow::Borrowed(one.values)).collect();
        if let Some(found) = Cells::on_scale(columns, &plain, count) {
            return found;
        }
        let magnitude = |one: &Weighed| one.values.iter().map(|value| ordinal(*value + 0.0) as f64).collect();
        let magnitudes: Vec<Cow<[f64]>> = columns.iter().map(magnitude).collect();
        if let Some(found) = Cells::on_scale(columns, &magnitudes, count) {
            return found;
        }
        let ranks = midranks(&columns.iter().map(|one| one.values).collect::<Vec<_>>());
        Cells::dealt(columns, &ranks.into_iter().map(Cow::Owned).collect::<Vec<_>>(), count)
    }

    /// The same on a scale that grows with the values, if no bin holds different values of more than half a cell's weight.
    fn on_scale(columns: &[Weighed], scale: &[Cow<[f64]>], count: usize) -> Option<Cells> {
        let found = Cells::dealt(columns, scale, count);
        let most = found.mass.iter().sum::<f64>() / (2 * count) as f64;
        let is_crowded = |bin: usize| found.mass[bin] > most;
        if !(0..BINS).any(is_crowded) {
            return Some(found);
        }
        let mut only = vec![None; BINS];
        for (column, bins) in columns.iter().zip(&found.bins) {
            for (value, bin) in column.values.iter().zip(bins) {
                let bin = *bin as usize;
                if is_crowded(bin) && *only[bin].get_or_insert(*value) != *value {
                    return None;
                }
            }
        }
        Some(found)
    }

    /// Whether a cell has several bins, so that values differ within it.
    pub(super) fn is_coarse(&self) -> bool {
        let mut filled = self.of_bin.iter().zip(&self.mass).filter(|(_, mass)| **mass > 0.0);
        let mut last = filled.next().map(|(cell, _)| *cell);
        filled.any(|(cell, _)| last.replace(*cell) == Some(*cell))
    }

    fn dealt(columns: &[Weighed], scale: &[Cow<[f64]>], count: usize) -> Cells {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        scale.iter().for_each(|one| extend(InstructionSet::best(), one, &mut low, &mut high));
        let bins: Vec<Vec<u32>> = scale.iter().map(|one| binned(one, low, high)).collect();
        let mut mass = vec![0.0; BINS];
        columns.iter().zip(&bins).for_each(|(column, bins)| add_mass(&mut mass, bins, column.weights));
        Cells { of_bin: cells_of(&mass, count), count, mass, bins }
    }
}

/// For each bin the cell in which the middle of its weight lies.
fn cells_of(mass: &[f64], count: usize) -> Vec<u8> {
    let each = mass.iter().sum::<f64>() / count as f64;
    let (mut cell, mut edge, mut before) = (0, each, 0.0);
    let own = |mass: &f64| {
        let middle = before + 0.5 * mass;
        before += mass;
        while middle >= edge && cell + 1 < count {
            (cell, edge) = (cell + 1, edge + each);
        }
        cell as u8
    };
    mass.iter().map(own).collect()
}

fn binned(values: &[f64], low: f64, high: f64) -> Vec<u32> {
    let (level, scale) = (InstructionSet::best(), (BINS - 1) as f64 / (high - low));
    let mut bins = Vec::with_capacity(values.len());
    // Piece by piece, so that nothing is written twice.
    let mut piece = [0; 128];
    for values in values.chunks(piece.len()) {
        to_bins(level, values, low, scale, &mut piece);
        bins.extend_from_slice(&piece[..values.len()]);
    }
    bins
}

fn add_mass(mass: &mut [f64], bins: &[u32], weights: Option<&[f64]>) {
    match weights {
        Some(weights) => {
            bins.iter().zip(weights).for_each(|(bin, weight)| mass[*bin as usize] += weight);
        }
        None => {
            let mut counts = [0u32; BINS];
            let eights = bins.chunks_exact(8);
            eights.remainder().iter().for_each(|bin| counts[*bin as usize % BINS] += 1);
            eights.for_each(|eight| (0..8).for_each(|at| counts[eight[at] as usize % BINS] += 1));
            mass.iter_mut().zip(counts).for_each(|(mass, count)| *mass += f64::from(count));
        }
    }
}

kernel! {
    /// Extends the range from `low` to `high` to hold the values.
    fn extend(values: &[f64], low: &mut f64, high: &mut f64) {
        let (mut lows, mut highs) = ([*low; 8], [*high; 8]);
        let eights = values.chunks_exact(8);
        for value in eights.remainder() {
            lows[0] = if *value < lows[0] { *value } else { lows[0] };
            highs[0] = if *value > highs[0] { *value } else { highs[0] };
        }
        for eight in eights {
            for lane in 0..8 {
                lows[lane] = if eight[lane] < lows[lane] { eight[lane] } else { lows[lane] };
                highs[lane] = if eight[lane] > highs[lane] { eight[lane] } else { highs[lane] };
            }
        }
        *low = lows.into_iter().fold(*low, f64::min);
        *high = highs.into_iter().fold(*high, f64::max);
    }
}

kernel! {
    /// For each value the number of its bin. What is not a number comes into the first, as do all where the range is none.
    fn to_bins(values: &[f64], low: f64, scale: f64, bins: &mut [u32]) {
        let last = (BINS - 1) as f64;
        for (bin, value) in bins.iter_mut().zip(values) {
            let place = (*value - low) * scale;
            // Beside 2^52 a double has no room for fractions: its lowest bits are the whole number.
            let place = if place > 0.0 { place } else { 0.0 };
            let place = if place < last { place } else { last };
            *bin = (place + 4_503_599_627_370_496.0).to_bits() as u32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The weights of the cells of some values.
    fn weights(values: &[f64], weights: Option<&[f64]>, count: usize) -> Vec<f64> {
        let found = Cells::of(&[Weighed { values, weights }], count);
        let mut sums = vec![0.0; count];
        for (at, bin) in found.bins[0].iter().enumerate() {
            sums[usize::from(found.of_bin[*bin as usize])] += weights.map_or(1.0, |weights| weights[at]);
        }
        sums
    }

    #[test]
    fn cells_have_about_equal_weights_however_the_values_lie() {
        let even: Vec<f64> = (0..9973).map(|i| f64::from(i * 613 % 9973) * 0.1 - 400.0).collect();
        let powers = [1, 3, 21].map(|power| even.iter().map(|x| x.powi(power)).collect::<Vec<f64>>());
        let exponential: Vec<f64> = even.iter().map(|x| libm::exp(*x)).collect();
        let close: Vec<f64> = even.iter().map(|x| 1e9 + x * 1e-3).chain([0.0]).collect();
        for values in powers.into_iter().chain([exponential, close]) {
            let each = values.len() as f64 / 40.0;
            for sum in weights(&values, None, 40) {
                assert!((sum / each - 1.0).abs() < 0.5, "{sum} of {each}");
            }
        }
    }

    #[test]
    fn cells_are_of_the_weight_and_not_of_the_draws() {
        let values: Vec<f64> = (0..8000).map(|i| f64::from(i) / 8000.0).collect();
        let own: Vec<f64> = values.iter().map(|x| x * x).collect();
        let each = own.iter().sum::<f64>() / 20.0;
        let sums = weights(&values, Some(&own), 20);
        assert!(sums.iter().all(|sum| (sum / each - 1.0).abs() < 0.1), "{sums:?}");
    }

    #[test]
    fn equal_values_stay_together_and_the_order_is_that_of_the_values() {
        for values in [vec![3.0; 5], vec![1.0], vec![], vec![f64::MAX, -f64::MAX, 0.0, -0.0, 1.0, 5e-324]] {
            let found = Cells::of(&[Weighed { values: &values, weights: None }], 10);
            let cell = |at: usize| found.of_bin[found.bins[0][at] as usize];
            for (a, b) in (0..values.len()).flat_map(|a| (0..values.len()).map(move |b| (a, b))) {
                assert!(values[a] > values[b] || cell(a) <= cell(b), "{values:?}");
            }
        }
        let coin: Vec<f64> = (0..1000).map(|i| f64::from(i32::from(i % 10 < 7))).collect();
        let sums = weights(&coin, None, 10);
        assert_eq!(sums.iter().filter(|sum| **sum > 0.0).count(), 2, "{sums:?}");
    }
}
