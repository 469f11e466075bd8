//! Cells for any values.

use super::histogram::{Grid, cells_and_range};
use crate::kernel;
use crate::math::instruction_set::InstructionSet;

/// Bits of the mantissa that tell cells of one octave apart.
const CELL_BITS: u32 = 6;
const SHIFT: u32 = f64::MANTISSA_DIGITS - 1 - CELL_BITS;
/// The exponents of normal numbers.
const EXPONENTS: std::ops::RangeInclusive<i32> = -1022..=1023;
/// Cells on each side: one for what is nearest, 64 for each octave, one for the infinite.
const SIDE: u32 = 2 + (2046 << CELL_BITS);
/// Octaves below the farthest value of a sample that are told apart, at least.
const OCTAVES: i32 = 44;
/// The least exponent that is told apart where no sample says otherwise.
const USUAL: i32 = -200;

/// Cells by the sign, the exponent and the leading six bits of a value's distance from an origin.
///
/// From a nearest distance on, a cell is at most 1/64 of its distance from the origin wide; all that is nearer shares one cell
/// on each side. The origin is 0 unless values are known beforehand to lie close together around another, such as years around
/// 2024.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueGrid {
    origin: f64,
    /// The leading bits of the nearest distance that is told apart.
    first: i32,
}

impl Default for ValueGrid {
    fn default() -> ValueGrid {
        ValueGrid::around(0.0)
    }
}

impl ValueGrid {
    /// The grid that is finest around `origin`; around 0 if that is not finite.
    pub fn around(origin: f64) -> ValueGrid {
        ValueGrid { origin: if origin.is_finite() { origin } else { 0.0 }, first: leading(USUAL) }
    }

    /// The grid that suits a sample of values, of any size and unit: finest around the median if they lie close together, else
    /// around 0, and so fine there that it tells values apart that are 2^44 times nearer than the farthest, and if they are of many
    /// magnitudes, of twice as many. What is not finite does not count.
    pub fn suiting(sample: &[f64]) -> ValueGrid {
        let mut values: Vec<f64> = sample.iter().copied().filter(|value| value.is_finite()).collect();
        values.sort_unstable_by(f64::total_cmp);
        let grid = ValueGrid::around(centre(&values));
        let distances = values.iter().map(|value| (value - grid.origin).abs()).filter(|one| *one > 0.0);
        let (least, most) = distances
            .map(exponent)
            .fold((i32::MAX, i32::MIN), |(least, most), one| (least.min(one), most.max(one)));
        if least > most {
            return grid;
        }
        ValueGrid { first: leading((most - OCTAVES).min(2 * least - most)), ..grid }
    }

    /// Where the grid is finest.
    pub fn origin(&self) -> f64 {
        self.origin
    }

    /// The distance from the origin at which cell `position` of a side begins.
    fn distance(&self, position: u32) -> f64 {
        let leading = (self.first as u32 + position).saturating_sub(1);
        match position {
            0 => 0.0,
            _ if leading >= (f64::INFINITY.to_bits() >> SHIFT) as u32 => f64::INFINITY,
            _ => f64::from_bits(u64::from(leading) << SHIFT),
        }
    }
}

/// The median of values that lie close together, as years around 2024; 0 for values around it or of many magnitudes.
fn centre(sorted: &[f64]) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let (low, middle, high) = (sorted[last / 20], sorted[last / 2], sorted[last - last / 20]);
    let is_one_sided = (low > 0.0) == (high > 0.0) && low != 0.0 && high != 0.0;
    let is_far = is_one_sided && low.abs().max(high.abs()) / 2.0 < low.abs().min(high.abs());
    if is_far { middle } else { 0.0 }
}

/// The exponent of a distance.
fn exponent(distance: f64) -> i32 {
    (distance.to_bits() >> (f64::MANTISSA_DIGITS - 1)) as i32 - 1023
}

/// The leading bits of a power of two that is no subnormal number.
fn leading(exponent: i32) -> i32 {
    (1023 + exponent.clamp(*EXPONENTS.start(), *EXPONENTS.end())) << CELL_BITS
}

impl Grid for ValueGrid {
    const CELLS: usize = 2 * SIDE as usize;
    const USUAL_CELLS: usize = 160 << CELL_BITS;

    fn cells(&self, set: InstructionSet, values: &[f64], cells: &mut [u32], range: &mut [f64; 2]) {
        fill_cells(set, self, values, cells, range);
    }

    #[inline(always)]
    fn cell(&self, value: f64) -> u32 {
        let distance = value - self.origin;
        let leading = (distance.abs().to_bits() >> SHIFT) as i32;
        let position = (leading - self.first + 1).clamp(0, SIDE as i32 - 1) as u32;
        if distance < 0.0 { SIDE - 1 - position } else { SIDE + position }
    }

    fn edge(&self, cell: usize) -> f64 {
        let (cell, side) = (cell as u32, SIDE);
        if cell < side {
            self.origin - self.distance(side - cell)
        } else {
            self.origin + self.distance(cell - side)
        }
    }
}

kernel! {
    fn fill_cells(grid: &ValueGrid, values: &[f64], cells: &mut [u32], range: &mut [f64; 2]) {
        cells_and_range(grid, values, cells, range);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, unit, word};
    use crate::statistics::{Histogram, Merge, ValueHistogram};

    #[test]
    fn every_edge_bounds_its_cell() {
        for grid in
            [ValueGrid::default(), ValueGrid::suiting(&[1e-300, 1e-20]), ValueGrid::suiting(&[1e307, 1e308])]
        {
            assert_eq!(grid.edge(0), f64::NEG_INFINITY);
            assert_eq!(grid.edge(SIDE as usize), 0.0);
            assert_eq!(grid.edge(ValueGrid::CELLS), f64::INFINITY);
            let (least, most) = (grid.cell(f64::MIN) as usize, grid.cell(f64::MAX) as usize);
            assert_eq!((grid.edge(least), grid.edge(most + 1)), (f64::NEG_INFINITY, f64::INFINITY));
            for cell in least + 1..most {
                let (low, high) = (grid.edge(cell), grid.edge(cell + 1));
                assert_eq!(grid.cell(low / 2.0 + high / 2.0) as usize, cell);
                assert!(low == 0.0 || high == 0.0 || high - low <= low.abs().min(high.abs()) / 64.0);
            }
        }
        assert_eq!(ValueGrid::default().edge(SIDE as usize + 1), 2f64.powi(USUAL));
    }

    #[test]
    fn only_values_close_together_move_the_origin() {
        let line =
            |from: f64, step: f64| (0..100).map(|at| from + step * f64::from(at)).collect::<Vec<f64>>();
        let origin = |values: Vec<f64>| ValueGrid::suiting(&values).origin();
        assert_eq!(origin(line(2000.0, 1.0)), 2049.0);
        assert_eq!(origin(line(2e-200, 1e-203)), 2e-200 + 1e-203 * 49.0);
        assert_eq!(origin(line(-2000.0, 0.01)), -2000.0 + 0.01 * 49.0);
        assert_eq!(origin(line(-1.0, 1.0)), 0.0);
        assert_eq!(origin(line(1.0, 1.0)), 0.0);
        assert_eq!(origin(vec![f64::NAN, f64::INFINITY]), 0.0);
    }

    /// Of u and of u^k, in any unit: the quantile function is known.
    #[test]
    fn quantiles_are_right_in_any_unit() {
        for (unit_size, power) in
            [(1e14, 1), (1e-20, 1), (1e300, 1), (1e-290, 1), (-1e14, 3), (1.0, 60), (1e-100, 60)]
        {
            let values: Vec<f64> =
                (0..20_001).map(|i| unit_size * ((i as f64 + 0.5) / 20_001.0).powi(power)).collect();
            let sample: Vec<f64> = values.iter().step_by(311).copied().collect();
            let mut histogram = ValueHistogram::new(ValueGrid::suiting(&sample));
            histogram.add_slice(&values);
            for q in [0.05, 0.25, 0.5, 0.75, 0.95] {
                let level: f64 = if unit_size < 0.0 { 1.0 - q } else { q };
                let ratio = histogram.quantile(q) / (unit_size * level.powi(power));
                // A cell is 1/64 of the distance wide, and half a step of u between values counts `power` times.
                let bound = 1.0 / 64.0 + f64::from(power) / 20_001.0 / level;
                assert!((ratio - 1.0).abs() < bound, "{unit_size} {power} {q}: {ratio}");
            }
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

    #[test]
    fn no_values_have_no_range() {
        let of =
            |cells: &[(usize, u64)], min, max| Histogram::from_cells(ValueGrid::default(), cells, min, max);
        let nothing = of(&[], f64::INFINITY, f64::NEG_INFINITY).expect("that of no values");
        assert!(nothing.total() == 0 && nothing.min() > nothing.max());
        for (min, max) in [(-5.0, 9.0), (f64::NAN, f64::NAN), (f64::NEG_INFINITY, f64::INFINITY), (0.0, 0.0)]
        {
            assert!(of(&[], min, max).is_none(), "{min} to {max}");
        }
    }

    /// The cell of 10 reaches to 10.125: a thousand values lie evenly in it, one is at 5 and one at 20.
    #[test]
    fn values_of_a_cell_lie_evenly_in_it_and_lumps_are_as_wide_as_it() {
        let mut lumped = ValueHistogram::default();
        lumped.add_slice(&(0..1000).map(|at| 10.0 + f64::from(at) / 8000.0).collect::<Vec<f64>>());
        lumped.add_slice(&[5.0, 20.0]);
        let below = [
            (0.001, 0.0),
            (4.0, 0.0),
            (10.0625, 501.0),
            (10.125, 1001.0),
            (15.0, 1001.0),
            (20.0, 1002.0),
            (1e9, 1002.0),
        ];
        for (x, up_to) in below {
            assert_eq!(lumped.share_up_to(x), up_to / 1002.0, "{x}");
        }
        assert_eq!(lumped.lump(0.5), 0.125);
        let mut even = ValueHistogram::default();
        even.add_slice(&(5000..20_000).map(|at| f64::from(at) / 1000.0).collect::<Vec<f64>>());
        assert_eq!(even.lump(0.5), 0.0);
        // Values that are all the same are all up to it.
        let mut same = ValueHistogram::default();
        same.add_slice(&[3.0; 7]);
        assert_eq!((same.share_up_to(3.0), same.share_up_to(2.0)), (1.0, 0.0));
    }

    /// 44 octaves below the farthest value, or twice as many as the sample has.
    #[test]
    fn the_nearest_distance_is_told_by_the_sample() {
        let nearest = |sample: &[f64]| ValueGrid::suiting(sample).edge(SIDE as usize + 1);
        assert_eq!(nearest(&[-1.0, 1.0, 3.0]), 2f64.powi(1 - 44));
        assert_eq!(nearest(&[-1.0, 2f64.powi(-60), 1.5]), 2f64.powi(-120));
    }
}
