//! Cells for probabilities.

use super::histogram::{Grid, cells_and_range};
use crate::kernel;
use crate::math::instruction_set::InstructionSet;

/// Bits of the mantissa that tell cells of one octave apart.
const CELL_BITS: u32 = 6;
/// Octaves on each side.
const OCTAVES: u64 = 32;
/// Cells on each side: one for the rest, and 64 for each octave.
const SIDE: u32 = 1 + ((OCTAVES as u32) << CELL_BITS);
/// The leading bits of 2^−33, below which the rest begins.
const FIRST: u64 = (1023 - 1 - OCTAVES) << CELL_BITS;
const SHIFT: u32 = f64::MANTISSA_DIGITS - 1 - CELL_BITS;

/// Cells on [0, 1] that are fine near both ends.
///
/// On each side of ½ the distance t from the nearer end is divided into 32 octaves from 2^−33 to ½ with 64 equal cells
/// each, and one cell for all below. So a cell is at most t/64 wide, and 1/256 at most. Values outside [0, 1] count at
/// the nearer end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProbabilityGrid;

impl Grid for ProbabilityGrid {
    const CELLS: usize = 2 * SIDE as usize;

    fn cells(&self, set: InstructionSet, values: &[f64], cells: &mut [u32], range: &mut [f64; 2]) {
        fill_cells(set, self, values, cells, range);
    }

    #[inline(always)]
    fn cell(&self, value: f64) -> u32 {
        let from_one = 1.0 - value;
        let nearer = if value < 0.5 { value } else { from_one };
        let nearer = if nearer > 0.0 { nearer } else { 0.0 };
        // The exponent and the top bits of the mantissa count the cells; ½ itself closes the last one.
        let leading = (nearer.to_bits() >> SHIFT) as i32;
        let position = (leading - FIRST as i32 + 1).clamp(0, SIDE as i32 - 1) as u32;
        if value < 0.5 { position } else { 2 * SIDE - 1 - position }
    }

    fn end(&self, cell: usize) -> Option<f64> {
        match cell {
            0 => Some(0.0),
            _ if cell + 1 == Self::CELLS => Some(1.0),
            _ => None,
        }
    }

    fn edge(&self, cell: usize) -> f64 {
        let cell = cell as u64;
        let side = u64::from(SIDE);
        if cell <= side { distance(cell) } else { 1.0 - distance((2 * side).saturating_sub(cell)) }
    }
}

kernel! {
    fn fill_cells(grid: &ProbabilityGrid, values: &[f64], cells: &mut [u32], range: &mut [f64; 2]) {
        cells_and_range(grid, values, cells, range);
    }
}

/// The distance from the nearer end at which cell `position` of a side begins.
fn distance(position: u64) -> f64 {
    if position == 0 { 0.0 } else { f64::from_bits((FIRST + position - 1) << SHIFT) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, unit, word};
    use crate::statistics::{Merge, ProbabilityHistogram};

    #[test]
    fn every_edge_bounds_its_cell() {
        let grid = ProbabilityGrid;
        assert_eq!((grid.edge(0), grid.edge(SIDE as usize), grid.edge(2 * SIDE as usize)), (0.0, 0.5, 1.0));
        for cell in 0..ProbabilityGrid::CELLS {
            let (low, high) = (grid.edge(cell), grid.edge(cell + 1));
            assert!(low < high);
            assert_eq!(grid.cell(low + (high - low) / 2.0) as usize, cell);
            let distance = if low < 0.5 { low } else { 1.0 - high };
            assert!(distance == 0.0 || high - low <= distance / 64.0, "{low} {high}");
        }
    }

    #[test]
    fn any_value_has_a_cell() {
        let last = 2 * SIDE - 1;
        let cases = [
            (0.0, 0),
            (-0.0, 0),
            (-7.0, 0),
            (f64::NEG_INFINITY, 0),
            (5e-324, 0),
            (0.5, SIDE),
            (1.0, last),
            (1.0 - f64::EPSILON / 2.0, last),
            (2.0, last),
            (f64::INFINITY, last),
        ];
        for (value, cell) in cases {
            assert_eq!(ProbabilityGrid.cell(value), cell, "{value}");
        }
        assert!((ProbabilityGrid.cell(f64::NAN) as usize) < ProbabilityGrid::CELLS);
    }

    /// Draws of u⁴, whose quantile function is q⁴.
    fn draws(n: u64) -> Vec<f64> {
        (0..n).map(|i| unit(word(Key::new(6), i)).powi(4)).collect()
    }

    #[test]
    fn quantiles_keep_to_the_bound_of_dvoretzky_kiefer_and_wolfowitz() {
        let n = 100_000;
        let mut histogram = ProbabilityHistogram::default();
        histogram.add_slice(&draws(n));
        // P(sup |Fₙ − F| > ε) ≤ 2·exp(−2nε²) (Massart 1990) = 1e-9 at this ε; then one cell's width.
        let epsilon = ((2e9f64).ln() / (2.0 * n as f64)).sqrt();
        for q in [0.02, 0.05, 0.25, 0.5, 0.75, 0.95, 0.98] {
            let value = histogram.quantile(q);
            let cell = ProbabilityGrid.cell(value) as usize;
            let (low, high) = (ProbabilityGrid.edge(cell - 1), ProbabilityGrid.edge(cell + 2));
            assert!(low.powf(0.25) - epsilon < q && q < high.powf(0.25) + epsilon, "{q}: {value}");
        }
        // The same bound sees draws of u^4.2 for what they are.
        let mut other = ProbabilityHistogram::default();
        other.add_slice(&draws(n).iter().map(|u| u.powf(1.05)).collect::<Vec<f64>>());
        let far = |q: f64| (other.quantile(q).powf(0.25) - q).abs() > epsilon + 1.0 / 64.0 / 4.0;
        assert!(far(0.25) || far(0.5));
    }

    #[test]
    fn quantiles_lie_within_a_cell_of_the_sorted_draws() {
        let mut sorted = draws(10_000);
        let mut histogram = ProbabilityHistogram::default();
        histogram.add_slice(&sorted);
        sorted.sort_by(f64::total_cmp);
        for i in (0..=10_000).step_by(7) {
            let cell = |x: f64| i64::from(ProbabilityGrid.cell(x));
            let value = cell(histogram.quantile(i as f64 / 10_000.0));
            let (below, above) = (sorted[(i as usize).saturating_sub(1)], sorted[(i as usize).min(9_999)]);
            assert!(cell(below) - 1 <= value && value <= cell(above) + 1);
        }
        assert_eq!((histogram.quantile(0.0), histogram.quantile(1.0)), (sorted[0], sorted[9_999]));
    }

    #[test]
    fn parts_merge_to_the_whole_in_any_order() {
        let draws = draws(3000);
        let of = |values: &[f64]| {
            let mut histogram = ProbabilityHistogram::default();
            histogram.add_slice(values);
            histogram
        };
        for split in [0, 1, 255, 256, 1000, 3000] {
            let (mut one, mut two) = (of(&draws[..split]), of(&draws[split..]));
            let (first, second) = (one.clone(), two.clone());
            one.merge(&second);
            two.merge(&first);
            assert_eq!(one, of(&draws));
            assert_eq!(two, one);
        }
    }

    #[test]
    fn shares_are_exact_where_edges_agree_and_keep_the_total() {
        let draws = draws(5000);
        let mut histogram = ProbabilityHistogram::default();
        histogram.add_slice(&draws);
        let shares = histogram.shares(0.0, 1.0, 8);
        for (i, share) in shares.iter().enumerate().skip(1).take(6) {
            let inside = |u: &&f64| (i as f64 / 8.0) <= **u && **u < (i + 1) as f64 / 8.0;
            let expected = draws.iter().filter(inside).count() as f64 / 5000.0;
            assert!((share - expected).abs() < 1e-12, "{i}");
        }
        for cells in [1, 7, 100, 1000] {
            let total: f64 = histogram.shares(0.0, 1.0, cells).iter().sum();
            assert!((total - 1.0).abs() < 1e-10);
        }
    }

    #[test]
    fn a_single_value_is_its_own_quantile() {
        let mut histogram = ProbabilityHistogram::default();
        assert!(histogram.quantile(0.5).is_nan());
        histogram.add_slice(&[0.3; 10]);
        assert_eq!(histogram.quantile(0.05), 0.3);
        assert_eq!(histogram.shares(0.0, 1.0, 10).iter().sum::<f64>(), 1.0);
    }

    /// What lies in one point belongs to the interval that begins there, and to the last one where that ends there.
    #[test]
    fn a_point_belongs_to_one_interval() {
        let mut histogram = ProbabilityHistogram::default();
        histogram.add_slice(&[0.5; 4]);
        for (low, high, expected) in [
            (0.0, 1.0, [0.0, 1.0]),
            (0.0, 0.5, [0.0, 1.0]),
            (0.5, 1.0, [1.0, 0.0]),
            (0.25, 0.75, [0.0, 1.0]),
            (0.0, 0.4, [0.0, 0.0]),
            (0.6, 1.0, [0.0, 0.0]),
        ] {
            assert_eq!(histogram.shares(low, high, 2), expected, "{low} to {high}");
        }
    }

    /// Of a cell that an edge divides each part has its share of the width.
    #[test]
    fn a_cell_is_divided_in_proportion() {
        let mut histogram = ProbabilityHistogram::default();
        histogram.add_slice(&[0.4001, 0.4009]);
        for edge in [0.4, 0.4002, 0.4005, 0.4009, 0.41] {
            let below = ((edge - 0.4001) / 0.0008f64).clamp(0.0, 1.0);
            let [left, right] =
                [(0.3, edge), (edge, 0.5)].map(|(low, high)| histogram.shares(low, high, 1)[0]);
            assert!(
                (left - below).abs() < 1e-9 && (right - (1.0 - below)).abs() < 1e-9,
                "{edge}: {left} {right}"
            );
        }
    }

    /// What is 0 or 1 in many draws has that as its quantile, and all of it lies at or below it.
    #[test]
    fn an_end_that_is_reached_is_told_as_it_is() {
        let mut values: Vec<f64> = (0..940).map(|i| 0.1 + 0.0005 * i as f64).collect();
        values.extend([0.0; 60]);
        let turned: Vec<f64> = values.iter().map(|value| 1.0 - value).collect();
        let of = |values: &[f64]| {
            let mut histogram = ProbabilityHistogram::default();
            histogram.add_slice(values);
            histogram
        };
        let (low, high) = (of(&values), of(&turned));
        assert_eq!((low.quantile(0.02), low.quantile(0.05), low.share_up_to(0.0)), (0.0, 0.0, 0.06));
        assert_eq!((high.quantile(0.98), high.quantile(0.95)), (1.0, 1.0));
        assert!(low.blur(0.05) > 0.0 && low.blur(0.05) < 2e-10);
        // Small values that are not 0 stay what they are.
        let small: Vec<f64> = values.iter().map(|value| value.max(1e-5)).collect();
        assert!((of(&small).quantile(0.05) / 1e-5 - 1.0).abs() < 1.0 / 64.0);
    }
}
