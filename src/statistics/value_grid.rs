//! Cells for any values.

use super::histogram::{Grid, cells_and_range};
use crate::kernel;
use crate::math::instruction_set::InstructionSet;

/// Bits of the mantissa that tell cells of one octave apart.
const CELL_BITS: u32 = 6;
/// The exponents of the least and the greatest distance that are told apart.
const EXPONENTS: std::ops::Range<i32> = -40..40;
/// Cells on each side: one below, 64 for each octave, one above.
const SIDE: u32 = 2 + (((EXPONENTS.end - EXPONENTS.start) as u32) << CELL_BITS);
/// The leading bits of 2^−40.
const FIRST: i32 = (1023 + EXPONENTS.start) << CELL_BITS;
const SHIFT: u32 = f64::MANTISSA_DIGITS - 1 - CELL_BITS;

/// Cells by the sign, the exponent and the leading six bits of a value's distance from an origin.
///
/// Between 2^−40 and 2^40 a cell is at most 1/64 of its distance from the origin wide; all that is nearer or farther
/// shares one cell on each side. The origin is 0 unless values are known beforehand to lie close together around
/// another, such as years around 2024. A histogram takes 82 kB.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ValueGrid {
    origin: f64,
}

impl ValueGrid {
    /// The grid that is finest around `origin`; around 0 if that is not finite.
    pub fn around(origin: f64) -> ValueGrid {
        ValueGrid { origin: if origin.is_finite() { origin } else { 0.0 } }
    }

    /// Where the grid is finest.
    pub fn origin(&self) -> f64 {
        self.origin
    }
}

impl Grid for ValueGrid {
    const CELLS: usize = 2 * SIDE as usize;

    fn cells(&self, set: InstructionSet, values: &[f64], cells: &mut [u32], range: &mut [f64; 2]) {
        fill_cells(set, self, values, cells, range);
    }

    #[inline(always)]
    fn cell(&self, value: f64) -> u32 {
        let distance = value - self.origin;
        let leading = (distance.abs().to_bits() >> SHIFT) as i32;
        let position = (leading - FIRST + 1).clamp(0, SIDE as i32 - 1) as u32;
        if distance < 0.0 { SIDE - 1 - position } else { SIDE + position }
    }

    fn edge(&self, cell: usize) -> f64 {
        let (cell, side) = (cell as u32, SIDE);
        if cell < side { self.origin - distance(side - cell) } else { self.origin + distance(cell - side) }
    }
}

kernel! {
    fn fill_cells(grid: &ValueGrid, values: &[f64], cells: &mut [u32], range: &mut [f64; 2]) {
        cells_and_range(grid, values, cells, range);
    }
}

/// The distance from the origin at which cell `position` of a side begins.
fn distance(position: u32) -> f64 {
    match position {
        0 => 0.0,
        SIDE.. => f64::INFINITY,
        _ => f64::from_bits(u64::from(FIRST as u32 + position - 1) << SHIFT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, unit, word};
    use crate::statistics::{Merge, ValueHistogram};

    #[test]
    fn every_edge_bounds_its_cell() {
        let grid = ValueGrid::default();
        assert_eq!(grid.edge(0), f64::NEG_INFINITY);
        assert_eq!(grid.edge(SIDE as usize), 0.0);
        assert_eq!(grid.edge(ValueGrid::CELLS), f64::INFINITY);
        assert_eq!(grid.edge(SIDE as usize + 1), 2f64.powi(-40));
        assert_eq!(grid.edge(ValueGrid::CELLS - 1), 2f64.powi(40));
        for cell in 1..ValueGrid::CELLS - 1 {
            let (low, high) = (grid.edge(cell), grid.edge(cell + 1));
            assert_eq!(grid.cell(low / 2.0 + high / 2.0) as usize, cell);
            assert!(low == 0.0 || high == 0.0 || high - low <= low.abs().min(high.abs()) / 64.0);
        }
    }

    #[test]
    fn any_value_has_a_cell() {
        for origin in [0.0, 2024.0, -1e300, f64::INFINITY] {
            let grid = ValueGrid::around(origin);
            for value in
                [0.0, -0.0, 1.0, -1.0, f64::MAX, f64::MIN, f64::INFINITY, f64::NEG_INFINITY, f64::NAN]
            {
                assert!((grid.cell(value) as usize) < ValueGrid::CELLS);
            }
        }
    }

    #[test]
    fn quantiles_are_within_the_stated_relative_error() {
        for origin in [0.0, 2024.0] {
            let mut values: Vec<f64> =
                (0..20_001).map(|i| origin + (unit(word(Key::new(5), i)) - 0.3).powi(3) * 1e3).collect();
            let mut histogram = ValueHistogram::new(ValueGrid::around(origin));
            histogram.add_slice(&values);
            values.sort_by(f64::total_cmp);
            for (q, i) in
                [(0.01, 200), (0.05, 1000), (0.1, 2000), (0.5, 10_000), (0.9, 18_000), (0.95, 19_000)]
            {
                // The draw of that rank lies in the cell of the quantile or in the next one.
                let error = (histogram.quantile(q) - values[i]).abs();
                assert!(error <= 2.0 / 64.0 * (values[i] - origin).abs(), "{q}: {error}");
            }
            assert_eq!((histogram.quantile(0.0), histogram.quantile(1.0)), (values[0], values[20_000]));
        }
    }

    #[test]
    fn whole_weights_are_repetitions() {
        let values: Vec<f64> = (0..600).map(|i| unit(word(Key::new(9), i)) * 100.0).collect();
        let weights: Vec<f64> = (0..600).map(|i| f64::from(i % 4)).collect();
        let mut weighted = ValueHistogram::default();
        weighted.add_weighted_slice(&values, &weights);
        let mut repeated = ValueHistogram::default();
        for (value, weight) in values.iter().zip(&weights) {
            repeated.add_slice(&vec![*value; *weight as usize]);
        }
        assert_eq!(weighted.total(), repeated.total() << 32);
        assert_eq!((weighted.min(), weighted.max()), (repeated.min(), repeated.max()));
        for q in [0.05, 0.3, 0.5, 0.95] {
            assert!((weighted.quantile(q) / repeated.quantile(q) - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn weights_are_rounded_to_the_nearest_unit_and_never_negative() {
        let mut histogram = ValueHistogram::default();
        let unit = 2f64.powi(-32);
        histogram.add_weighted_slice(&[1.0; 6], &[unit, 1.49 * unit, 1.5 * unit, 0.4 * unit, -1.0, f64::NAN]);
        assert_eq!(histogram.total(), 1 + 1 + 2);
    }

    #[test]
    fn weighted_parts_merge_to_the_whole() {
        let values: Vec<f64> = (0..1000).map(|i| unit(word(Key::new(9), i)).powi(8) - 0.1).collect();
        let of = |range: std::ops::Range<usize>| {
            let mut histogram = ValueHistogram::default();
            histogram.add_weighted_slice(&values[range.clone()], &values[range]);
            histogram
        };
        for split in [0, 1, 256, 700, 1000] {
            let mut merged = of(split..1000);
            merged.merge(&of(0..split));
            assert_eq!(merged, of(0..1000));
        }
    }
}
