//! Counts over cells that do not depend on the data.

use super::Merge;
use crate::distribution::Points;
use crate::math::instruction_set::InstructionSet;

/// Cells that are looked at together.
const CELLS_AT_ONCE: usize = 32;

/// How many times as dense as those beside it a cell is that may hold a lump.
const LUMP: f64 = 4.0;

/// A cell is taken for a point if all values are 2^40 times as far apart as it is wide.
const POINT: f64 = 1.0 / (1u64 << 40) as f64;
/// So far apart are values that don't all lie at an end of the grid.
const APART: f64 = 1e-6;

/// Cells for which there is room beyond the least and the greatest value: an octave.
const MARGIN: usize = 64;

/// Values indexed at once, before they are counted.
const CHUNK: usize = 1024;

/// A fixed division of the numbers into cells, in ascending order.
pub trait Grid: Clone {
    /// The number of cells.
    const CELLS: usize;

    /// The number of cells that values reach, unless they are of very many magnitudes.
    const USUAL_CELLS: usize = Self::CELLS;

    /// The cell of `value`, below [`Grid::CELLS`] for any value.
    fn cell(&self, value: f64) -> u32;

    /// The cells of several values, on a set, and `range` widened to hold the values.
    fn cells(&self, set: InstructionSet, values: &[f64], cells: &mut [u32], range: &mut [f64; 2]);

    /// The lower edge of `cell`; for [`Grid::CELLS`] itself, the upper edge of the last cell. May be infinite.
    fn edge(&self, cell: usize) -> f64;

    /// The end of all values, if it is that of a cell that is too narrow beside it to be told from it.
    fn end(&self, _cell: usize) -> Option<f64> {
        None
    }
}

/// Counts, or weights in units of 2^−32, over the cells of a grid, with the least and the greatest value.
///
/// All state is integers or order-free, so histograms merge to the same bytes in any order. A histogram holds either
/// counts or weights, not both; sums beyond 2^64 − 1 stay there. Memory is for the cells from the least value to the greatest.
///
/// ```
/// use foretell::statistics::ProbabilityHistogram;
///
/// let mut histogram = ProbabilityHistogram::default();
/// histogram.add_slice(&[0.1, 0.2, 0.2, 0.9]);
/// assert_eq!((histogram.min(), histogram.max()), (0.1, 0.9));
/// assert!((histogram.quantile(0.5) - 0.2).abs() < 1.0 / 512.0);
/// ```
#[derive(Clone, Debug)]
pub struct Histogram<G> {
    grid: G,
    /// The first cell that has a place, a multiple of [`CELLS_AT_ONCE`].
    first: usize,
    /// Those from there on, in whole groups.
    counts: Vec<u64>,
    min: f64,
    max: f64,
}

impl<G: Grid> Histogram<G> {
    /// About the memory of one.
    pub const BYTES: usize = G::USUAL_CELLS * size_of::<u64>();

    /// The empty histogram over `grid`.
    pub fn new(grid: G) -> Histogram<G> {
        Histogram { grid, first: 0, counts: Vec::new(), min: f64::INFINITY, max: f64::NEG_INFINITY }
    }

    /// Makes room for the cells from that of one value to that of another.
    #[inline]
    fn reach(&mut self, low: f64, high: f64) {
        let group = |value: f64| self.grid.cell(value) as usize / CELLS_AT_ONCE * CELLS_AT_ONCE;
        let (from, to) = (group(low), group(high) + CELLS_AT_ONCE);
        if !self.counts.is_empty() && from >= self.first && to <= self.first + self.counts.len() {
            return;
        }
        // A little more on both sides, so that it seldom has to grow.
        let (from, to) = (from.saturating_sub(MARGIN), to + MARGIN);
        let end = self.first + self.counts.len();
        if self.counts.is_empty() {
            (self.first, self.counts) = (from, vec![0; to - from]);
        } else if from < self.first || to > end {
            let first = from.min(self.first);
            let mut counts = vec![0; to.max(end) - first];
            counts[self.first - first..end - first].copy_from_slice(&self.counts);
            (self.first, self.counts) = (first, counts);
        }
    }

    /// A histogram that was taken apart into its [filled](Histogram::filled) cells in ascending order, its least and its greatest
    /// value; `None` if a cell holds nothing, or these values do not lie in the first and in the last of them; without cells, if they
    /// are not those of no values.
    pub fn from_cells(grid: G, cells: &[(usize, u64)], min: f64, max: f64) -> Option<Histogram<G>> {
        let mut found = Histogram { min, max, ..Histogram::new(grid) };
        if cells.is_empty() {
            return (min == f64::INFINITY && max == f64::NEG_INFINITY).then_some(found);
        }
        if min > max || min.is_nan() || max.is_nan() {
            return None;
        }
        found.reach(min, max);
        for (cell, count) in cells {
            let place = cell.checked_sub(found.first).and_then(|at| found.counts.get_mut(at));
            *place.filter(|_| *count > 0)? = *count;
        }
        let ends = [cells.first(), cells.last()].map(|end| end.map(|(cell, _)| *cell));
        let own = [min, max].map(|value| Some(found.grid.cell(value) as usize));
        (ends == own).then_some(found)
    }

    /// Counts each of `values`, none of them NaN.
    #[inline]
    pub fn add_slice(&mut self, values: &[f64]) {
        self.add_slice_on(InstructionSet::best(), values);
    }

    /// As [`add_slice`](Histogram::add_slice), on a chosen instruction set: the same counts on each.
    #[inline]
    pub fn add_slice_on(&mut self, set: InstructionSet, values: &[f64]) {
        let mut cells = [0; CHUNK];
        for chunk in values.chunks(CHUNK) {
            let mut range = [self.min, self.max];
            self.grid.cells(set, chunk, &mut cells[..chunk.len()], &mut range);
            [self.min, self.max] = range;
            self.reach(range[0], range[1]);
            // Borrowed once, or its place is read again for every value.
            let (first, counts) = (self.first, &mut *self.counts);
            for &cell in &cells[..chunk.len()] {
                // No run has 2^64 draws.
                let count = &mut counts[cell as usize - first];
                *count = count.wrapping_add(1);
            }
        }
    }

    /// Adds to each value's cell its weight, in [0, 2^32), rounded to the nearest multiple of 2^−32 (half upwards). A
    /// negative or NaN weight counts as 0. A value whose weight rounds to 0 does not count for the range either.
    ///
    /// Rounding moves the weight of a cell with k draws by at most k·2^−33.
    #[inline]
    pub fn add_weighted_slice(&mut self, values: &[f64], weights: &[f64]) {
        self.add_weighted_slice_on(InstructionSet::best(), values, weights);
    }

    /// As [`add_weighted_slice`](Histogram::add_weighted_slice), on a chosen instruction set: the same weights on each.
    #[inline]
    pub fn add_weighted_slice_on(&mut self, set: InstructionSet, values: &[f64], weights: &[f64]) {
        let mut cells = [0; CHUNK];
        for (chunk, weights) in values.chunks(CHUNK).zip(weights.chunks(CHUNK)) {
            self.grid.cells(set, chunk, &mut cells[..chunk.len()], &mut [0.0; 2]);
            let weighted = chunk.iter().zip(weights).filter(|(_, weight)| weight_units(**weight) > 0);
            self.extend_range(weighted.map(|(value, _)| *value));
            if self.min <= self.max {
                self.reach(self.min, self.max);
            }
            for (&cell, &weight) in cells[..chunk.len()].iter().zip(weights) {
                let units = weight_units(weight);
                if units > 0 {
                    let count = &mut self.counts[cell as usize - self.first];
                    *count = count.saturating_add(units);
                }
            }
        }
    }

    /// The sum of all counts or weights, in the same units.
    pub fn total(&self) -> u128 {
        self.counts.chunks(CELLS_AT_ONCE).map(total).sum()
    }

    /// The least value; infinite if there are none.
    pub fn min(&self) -> f64 {
        // Of 0 and −0, neither of which is less, the order of draws would tell.
        self.min + 0.0
    }

    /// The greatest value; negatively infinite if there are none.
    pub fn max(&self) -> f64 {
        self.max + 0.0
    }

    /// The quantile at `q`, taken as if the values of a cell lay evenly in it: 0 gives the least value, 1 the
    /// greatest. NaN for an empty histogram.
    ///
    /// The true quantile lies in the same cell or on its edge, so the error is at most the width of that cell.
    pub fn quantile(&self, q: f64) -> f64 {
        match self.place(q) {
            Some((cell, share)) => {
                let (low, high) = self.occupied(cell);
                match self.point(cell) {
                    Some(point) => point,
                    None if low < high => low + (high - low) * share,
                    None => low,
                }
            }
            None if self.total() == 0 => f64::NAN,
            None => self.max,
        }
    }

    /// The quantile at `q` of values that all lie on some points, if these are known: one of them. Of a cell that holds several
    /// it is taken as if its values lay on them evenly, so that it is right where a cell holds one.
    pub fn quantile_among(&self, points: Option<&Points>, q: f64) -> f64 {
        let Some(points) = points else { return self.quantile(q) };
        let Some((cell, share)) = self.place(q) else { return self.quantile(q) };
        let (low, high) = self.occupied(cell);
        let is_in = |x: f64| self.grid.cell(x) as usize == cell;
        points.at(low, high, share, is_in).unwrap_or_else(|| self.quantile(q))
    }

    /// The share of the values up to `x`, taken as if those of a cell lay evenly in it. NaN for an empty histogram.
    pub fn share_up_to(&self, x: f64) -> f64 {
        let own = self.grid.cell(x) as usize;
        let below = own.saturating_sub(self.first).min(self.counts.len());
        let (low, high) = self.occupied(own);
        let is_all = self.point(own) == Some(x) || low >= high;
        let part = if is_all { 1.0 } else { ((x - low) / (high - low)).clamp(0.0, 1.0) };
        let within =
            if own < self.first { 0.0 } else { self.counts.get(below).map_or(0.0, |one| *one as f64) };
        let up_to = self.counts[..below].chunks(CELLS_AT_ONCE).map(total).sum::<u128>();
        (up_to as f64 + within * part) / self.total() as f64
    }

    /// How far a quantile may be off because values are taken to lie evenly in their cell: an eighth of the cell's width, times
    /// the share by which the density changes across it, as the cells beside it tell.
    pub fn blur(&self, q: f64) -> f64 {
        let Some((cell, _)) = self.place(q) else { return 0.0 };
        let (low, high) = self.occupied(cell);
        if self.is_end(cell) {
            return high - low;
        }
        let (own, beside) = self.densities(cell);
        let change = (beside[1] - beside[0]).abs() / (2.0 * own);
        if high > low && change.is_finite() { (high - low) / 8.0 * change.min(1.0) } else { 0.0 }
    }

    /// How far a quantile may be off because its cell holds a lump, which may be anywhere in it: the cell's width if it holds far more than
    /// the cells beside it, else nothing.
    pub fn lump(&self, q: f64) -> f64 {
        let Some((cell, _)) = self.place(q) else { return 0.0 };
        if self.is_end(cell) {
            return 0.0;
        }
        let (low, high) = self.occupied(cell);
        let (own, beside) = self.densities(cell);
        if own > LUMP * beside[0].max(beside[1]) { (high - low).max(0.0) } else { 0.0 }
    }

    /// The density in a cell, and in those before and behind it.
    fn densities(&self, cell: usize) -> (f64, [f64; 2]) {
        let density = |cell: usize| {
            let width = self.grid.edge(cell + 1) - self.grid.edge(cell);
            let place = cell.checked_sub(self.first).and_then(|at| self.counts.get(at));
            place.map_or(0.0, |count| *count as f64 / width)
        };
        // Nothing lies before the first cell.
        (density(cell), [cell.checked_sub(1).map_or(0.0, density), density(cell + 1)])
    }

    /// The cell of a quantile, and the share of the cell that lies below it.
    fn place(&self, q: f64) -> Option<(usize, f64)> {
        let target = q.clamp(0.0, 1.0) * self.total() as f64;
        // A whole number reaches the target if it reaches the next whole number.
        let whole = target.ceil() as u128;
        let mut below = 0u128;
        for (group, counts) in self.counts.chunks(CELLS_AT_ONCE).enumerate() {
            let own = total(counts);
            if below + own < whole || own == 0 {
                below += own;
                continue;
            }
            for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                if below + u128::from(*count) >= whole {
                    let cell = self.first + group * CELLS_AT_ONCE + at;
                    return Some((cell, (target - below as f64) / *count as f64));
                }
                below += u128::from(*count);
            }
        }
        None
    }

    /// The shares of the total in `cells` intervals of equal width from `low` to `high`, for plotting.
    ///
    /// A histogram cell that straddles an interval's edge is divided in proportion to width, so the shares are exact
    /// where edges agree. What lies outside `low..high` belongs to no interval. All 0 for an empty histogram.
    pub fn shares(&self, low: f64, high: f64, cells: usize) -> Vec<f64> {
        let mut shares = vec![0.0; cells];
        let total = self.total() as f64;
        let width = (high - low) / cells as f64;
        for (cell, count) in self.filled() {
            let (from, to) = self.occupied(cell);
            let position = |x: f64| ((x - low) / width).clamp(0.0, cells as f64);
            let first = (position(from) as usize).min(cells.saturating_sub(1));
            for (i, share) in shares.iter_mut().enumerate().skip(first) {
                let (left, right) = (low + i as f64 * width, low + (i + 1) as f64 * width);
                if left > to {
                    break;
                }
                *share += count as f64 / total * share_between(from, to, left, right, i + 1 == cells);
            }
        }
        shares
    }

    /// The cells that hold something, with their count, or their weight in units of 2^−32.
    pub fn filled(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        let cells = (self.first..).zip(self.counts.iter().copied());
        cells.filter(|(_, count)| *count > 0)
    }

    /// The value that stands for all of a cell. In one that is a point beside all others most values are that point, as in
    /// `max(x, 0)`; and in one at an end of the grid that some value lies on.
    fn point(&self, cell: usize) -> Option<f64> {
        let (low, high) = self.occupied(cell);
        let nearer = if low.abs() < high.abs() { low } else { high };
        let is_point = low < high && high - low <= POINT * self.max - POINT * self.min;
        is_point.then_some(nearer).or_else(|| self.grid.end(cell).filter(|_| self.is_end(cell)))
    }

    /// Whether a cell is at an end of the grid that some value lies on, beside values elsewhere.
    fn is_end(&self, cell: usize) -> bool {
        let (low, high) = self.occupied(cell);
        let is_wide = self.max - self.min > APART;
        low < high && is_wide && self.grid.end(cell).is_some_and(|end| end == low || end == high)
    }

    /// The part of `cell` between the least and the greatest value.
    fn occupied(&self, cell: usize) -> (f64, f64) {
        (self.grid.edge(cell).max(self.min), self.grid.edge(cell + 1).min(self.max))
    }

    #[inline]
    fn extend_range(&mut self, values: impl Iterator<Item = f64>) {
        for value in values {
            self.min = if value < self.min { value } else { self.min };
            self.max = if value > self.max { value } else { self.max };
        }
    }
}

/// The cell of each value, and `range` widened to hold all values, in one pass.
#[inline(always)]
pub(super) fn cells_and_range<G: Grid>(grid: &G, values: &[f64], cells: &mut [u32], range: &mut [f64; 2]) {
    const LANES: usize = 32;
    let (mut low, mut high) = ([range[0]; LANES], [range[1]; LANES]);
    let (chunks, rest) = values.as_chunks::<LANES>();
    let (cell_chunks, more) = cells[..values.len()].as_chunks_mut::<LANES>();
    for (cells, values) in cell_chunks.iter_mut().zip(chunks) {
        for lane in 0..LANES {
            let value = values[lane];
            cells[lane] = grid.cell(value);
            low[lane] = if value < low[lane] { value } else { low[lane] };
            high[lane] = if value > high[lane] { value } else { high[lane] };
        }
    }
    more.iter_mut().zip(rest).for_each(|(cell, value)| *cell = grid.cell(*value));
    range[0] = low.iter().chain(rest).fold(range[0], |a, b| if *b < a { *b } else { a });
    range[1] = high.iter().chain(rest).fold(range[1], |a, b| if *b > a { *b } else { a });
}

impl<G: Grid + PartialEq> PartialEq for Histogram<G> {
    /// However much room there is for more.
    fn eq(&self, other: &Histogram<G>) -> bool {
        let ranges = [self, other].map(|one| (one.min, one.max));
        self.grid == other.grid && ranges[0] == ranges[1] && self.filled().eq(other.filled())
    }
}

impl<G: Grid + Default> Default for Histogram<G> {
    fn default() -> Histogram<G> {
        Histogram::new(G::default())
    }
}

impl<G: Grid> Merge for Histogram<G> {
    /// Adds the counts of `later`, a histogram over the same grid. The order of merges does not matter.
    fn merge(&mut self, later: &Histogram<G>) {
        self.extend_range([later.min, later.max].into_iter().filter(|value| value.is_finite()));
        if !later.counts.is_empty() {
            self.reach(later.min, later.max);
            self.add_counts(later);
        }
    }
}

impl<G: Grid> Histogram<G> {
    /// As [`merge`](Merge::merge), of one that is not needed any more.
    pub fn absorb(&mut self, later: Histogram<G>) {
        if self.counts.is_empty() && self.min > self.max {
            *self = later;
        } else {
            self.merge(&later);
        }
    }

    /// Many cells are empty: whole groups of them are passed over.
    fn add_counts(&mut self, later: &Histogram<G>) {
        let groups = later.counts.chunks(CELLS_AT_ONCE).enumerate();
        for (group, more) in groups.filter(|(_, more)| is_filled(more)) {
            let from = later.first + group * CELLS_AT_ONCE - self.first;
            for (count, more) in self.counts[from..].iter_mut().zip(more) {
                *count = count.saturating_add(*more);
            }
        }
    }
}

/// The sum of a few counts.
fn total(counts: &[u64]) -> u128 {
    // Sums of halves don't reach beyond 64 bits.
    let halves = counts
        .iter()
        .fold([0u64; 2], |[low, high], count| [low + (count & 0xffff_ffff), high + (count >> 32)]);
    u128::from(halves[0]) + (u128::from(halves[1]) << 32)
}

/// Whether any of some cells holds something.
fn is_filled(cells: &[u64]) -> bool {
    cells.iter().fold(0, |any, count| any | count) != 0
}

/// A weight in units of 2^−32, rounded half upwards.
#[inline]
fn weight_units(weight: f64) -> u64 {
    (weight * 4_294_967_296.0 + 0.5) as u64
}

/// Which share of the values that lie evenly from `from` to `to` lies in `left..right`, or in `left..=right` if the
/// interval is the `last`.
fn share_between(from: f64, to: f64, left: f64, right: f64, last: bool) -> f64 {
    if from < to {
        (to.min(right) - from.max(left)).max(0.0) / (to - from)
    } else {
        f64::from(left <= from && (from < right || (last && from == right)))
    }
}
