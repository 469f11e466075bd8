//! Values in their order: what ranks and fifths are made of.

use std::ops::Range;

use crate::kernel;
use crate::math::instruction_set::InstructionSet;

/// The order of some values.
pub(super) struct Ranking {
    /// Positions, the smallest value first.
    order: Vec<u32>,
    /// Twice the distances of the values' ranks from the mean rank, ties sharing the mean of theirs: whole numbers.
    ranks: Vec<i32>,
    /// The runs of several equal values in `order`.
    ties: Vec<Range<usize>>,
    /// The sum of the squares of `ranks`.
    squares: i64,
}

impl Ranking {
    pub(super) fn of(values: &[f64]) -> Ranking {
        let sorted = sorted(values);
        let (count, ties) = (sorted.len() as i32, ties(&sorted));
        let (mut ranks, mut order) = (vec![0; values.len()], vec![0; values.len()]);
        let mut rank = 1 - count;
        for ((_, place), own) in sorted.iter().zip(&mut order) {
            *own = *place;
            ranks[*place as usize] = rank;
            rank += 2;
        }
        for tie in &ties {
            let shared = (tie.start + tie.end) as i32 - count;
            sorted[tie.clone()].iter().for_each(|(_, place)| ranks[*place as usize] = shared);
        }
        let squares = match ties.is_empty() {
            // Σ (2 at + 1 − n)² over at = 0 … n − 1.
            true => i64::from(count) * (i64::from(count) * i64::from(count) - 1) / 3,
            false => products(&ranks, &ranks),
        };
        Ranking { order, ranks, ties, squares }
    }

    /// The means of `others` over the lowest and the highest fifth, of which the draw at the edge may be a part; values
    /// that are equal stand for each other.
    pub(super) fn fifths(&self, others: &[f64]) -> (f64, f64) {
        let count = self.order.len() as f64;
        let fifth = count / 5.0;
        let low = self.sum_within(others, 0.0, fifth);
        (low / fifth, self.sum_within(others, count - fifth, count) / fifth)
    }

    /// The same where each draw has a weight: Σ `joint` / Σ `weights` over the lowest and the highest fifth of the weight.
    pub(super) fn weighted_fifths(&self, joint: &[f64], weights: &[f64]) -> (f64, f64) {
        let runs = self.runs();
        let total: f64 = weights.iter().sum();
        let fifth = total / 5.0;
        let low = mean_of_first(runs.iter().cloned(), &self.order, (joint, weights), fifth);
        (low, mean_of_first(runs.into_iter().rev(), &self.order, (joint, weights), fifth))
    }

    /// The runs of equal values in the order; what stands alone is a run of one.
    fn runs(&self) -> Vec<Range<usize>> {
        let mut runs = Vec::with_capacity(self.order.len());
        let mut at = 0;
        for tie in &self.ties {
            runs.extend((at..tie.start).map(|one| one..one + 1));
            runs.push(tie.clone());
            at = tie.end;
        }
        runs.extend((at..self.order.len()).map(|one| one..one + 1));
        runs
    }

    /// Pearson's correlation of the ranks that values have by weight, equal ones sharing the mean of theirs.
    pub(super) fn weighted_correlation(&self, other: &Ranking, weights: &[f64]) -> f64 {
        let (a, b) = (self.weighted_ranks(weights), other.weighted_ranks(weights));
        let sum = |x: &[f64], y: &[f64]| -> f64 {
            x.iter().zip(y).zip(weights).map(|((x, y), weight)| weight * x * y).sum()
        };
        let scale = (sum(&a, &a) * sum(&b, &b)).sqrt();
        if scale > 0.0 { sum(&a, &b) / scale } else { 0.0 }
    }

    /// For each draw, how much weight lies below its value, less how much lies above.
    fn weighted_ranks(&self, weights: &[f64]) -> Vec<f64> {
        let mut ranks = vec![0.0; self.order.len()];
        let total: f64 = weights.iter().sum();
        let mut below = 0.0;
        for run in self.runs() {
            let own: f64 = self.order[run.clone()].iter().map(|place| weights[*place as usize]).sum();
            let rank = 2.0 * below + own - total;
            self.order[run].iter().for_each(|place| ranks[*place as usize] = rank);
            below += own;
        }
        ranks
    }

    /// Σ of `others` from one place in the order to another.
    fn sum_within(&self, others: &[f64], from: f64, to: f64) -> f64 {
        if self.ties.is_empty() {
            let (first, last) = (from as usize, (to.ceil() as usize).min(self.order.len()));
            let own = self.order[first..last].iter().map(|place| others[*place as usize]);
            // The draws at the edges may be there in part.
            let part = |at: usize| overlap(&(at..at + 1), from, to);
            let edges = [first, last.saturating_sub(1)];
            return own.enumerate().fold(0.0, |sum, (at, other)| {
                let at = first + at;
                sum + if edges.contains(&at) { other * part(at) } else { other }
            });
        }
        let mut ties =
            self.ties.iter().skip(self.ties.partition_point(|tie| tie.end as f64 <= from)).peekable();
        let mut at = ties.peek().map_or(from as usize, |tie| tie.start.min(from as usize));
        let mut sum = 0.0;
        while (at as f64) < to && at < self.order.len() {
            let run = ties.next_if(|tie| tie.start == at).cloned().unwrap_or(at..at + 1);
            let total: f64 = self.order[run.clone()].iter().map(|place| others[*place as usize]).sum();
            sum += total / run.len() as f64 * overlap(&run, from, to);
            at = run.end;
        }
        sum
    }

    /// Pearson's correlation of the ranks.
    pub(super) fn correlation(&self, other: &Ranking) -> f64 {
        let scale = (self.squares as f64 * other.squares as f64).sqrt();
        if scale > 0.0 { products(&self.ranks, &other.ranks) as f64 / scale } else { 0.0 }
    }
}

/// Σ joint / Σ weights over the first runs that have `wanted` weight together, of which the last may be there in part.
fn mean_of_first(
    runs: impl Iterator<Item = Range<usize>>,
    order: &[u32],
    (joint, weights): (&[f64], &[f64]),
    wanted: f64,
) -> f64 {
    let (mut above, mut left) = (0.0, wanted);
    for run in runs {
        let sum = |column: &[f64]| -> f64 { order[run.clone()].iter().map(|at| column[*at as usize]).sum() };
        let weight = sum(weights);
        if weight <= 0.0 {
            continue;
        }
        let part = (left / weight).min(1.0);
        above += part * sum(joint);
        left -= part * weight;
        if left <= 0.0 {
            break;
        }
    }
    above / (wanted - left.max(0.0))
}

/// The sum of the products of two rankings: whole numbers, so that nothing is rounded.
fn products(a: &[i32], b: &[i32]) -> i64 {
    let mut total = 0;
    add_products(InstructionSet::best(), a, b, &mut total);
    total
}

kernel! {
    fn add_products(a: &[i32], b: &[i32], total: &mut i64) {
        *total += a.iter().zip(b).map(|(a, b)| i64::from(*a) * i64::from(*b)).sum::<i64>();
    }
}

/// The runs of several equal values among sorted ones.
fn ties(sorted: &[(i64, u32)]) -> Vec<Range<usize>> {
    // Both zeros are one value.
    let is_same = |one: i64, next: i64| one == next || (one, next) == (-1, 0);
    if sorted.windows(2).all(|pair| !is_same(pair[0].0, pair[1].0)) {
        return Vec::new();
    }
    let mut ties = Vec::new();
    let mut start = 0;
    for at in 1..=sorted.len() {
        if at == sorted.len() || !is_same(sorted[at - 1].0, sorted[at].0) {
            if at - start > 1 {
                ties.push(start..at);
            }
            start = at;
        }
    }
    ties
}

/// Finite values as whole numbers in their order, each with its place, the smallest first, equal ones by place.
///
/// Values are dealt into as many cells of equal width as there are values, in their order, and each cell is sorted: of values that
/// lie anyhow evenly, a fraction of the instructions of sorting them all at once.
fn sorted(values: &[f64]) -> Vec<(i64, u32)> {
    let mut cells = vec![0; values.len()];
    to_cells(InstructionSet::best(), values, &mut cells);
    let mut ends = vec![0u32; values.len()];
    cells.iter().for_each(|cell| ends[*cell as usize] += 1);
    let (mut before, mut fullest) = (0, 0);
    for end in &mut ends {
        fullest = fullest.max(*end);
        (*end, before) = (before, before + *end);
    }
    let mut pairs = vec![(0, 0); values.len()];
    for (place, (value, cell)) in values.iter().zip(&cells).enumerate() {
        let end = &mut ends[*cell as usize];
        pairs[*end as usize] = (ordinal(*value), place as u32);
        *end += 1;
    }
    if fullest > FEW {
        sort_cells(&mut pairs, &ends);
    } else {
        insert(&mut pairs);
    }
    pairs
}

kernel! {
    /// For each value the number of its cell. What is not a number comes into the first, as do all where the ends are none.
    fn to_cells(values: &[f64], cells: &mut [u32]) {
        let (mut low, mut high) = ([f64::INFINITY; 4], [f64::NEG_INFINITY; 4]);
        for four in values.chunks(4) {
            for ((low, high), value) in low.iter_mut().zip(&mut high).zip(four) {
                *low = if *value < *low { *value } else { *low };
                *high = if *value > *high { *value } else { *high };
            }
        }
        let low = low.into_iter().fold(f64::INFINITY, f64::min);
        let high = high.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let last = values.len().saturating_sub(1) as f64;
        let scale = last / (high - low);
        for (cell, value) in cells.iter_mut().zip(values) {
            let place = (*value - low) * scale;
            // Beside 2^52 a double has no room for fractions: its lowest bits are the whole number.
            let place = if place >= 0.0 && place <= last { place } else { 0.0 };
            *cell = (place + 4_503_599_627_370_496.0).to_bits() as u32;
        }
    }
}

/// The most values in a cell for which insertion is the quickest way to sort.
const FEW: u32 = 16;

/// Sorts each cell; `ends` are one past their last values.
fn sort_cells(pairs: &mut [(i64, u32)], ends: &[u32]) {
    let mut start = 0;
    for end in ends {
        pairs[start as usize..*end as usize].sort_unstable();
        start = *end;
    }
}

/// Sorts what is out of place within its cell at most, equal values staying in their order.
fn insert(pairs: &mut [(i64, u32)]) {
    for next in 1..pairs.len() {
        let own = pairs[next];
        let mut at = next;
        while at > 0 && pairs[at - 1].0 > own.0 {
            pairs[at] = pairs[at - 1];
            at -= 1;
        }
        if at < next {
            pairs[at] = own;
        }
    }
}

/// A whole number that grows as the value does, in the order of [`f64::total_cmp`].
fn ordinal(value: f64) -> i64 {
    let bits = value.to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

/// How much of `low..high` a run of draws covers.
fn overlap(run: &Range<usize>, low: f64, high: f64) -> f64 {
    ((run.end as f64).min(high) - (run.start as f64).max(low)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifths_are_means_of_the_extremes() {
        let values: Vec<f64> = (0..10).map(f64::from).collect();
        let squares: Vec<f64> = values.iter().map(|x| x * x).collect();
        assert_eq!(Ranking::of(&values).fifths(&squares), (0.5, 72.5));
    }

    #[test]
    fn equal_values_stand_for_each_other() {
        let truths = [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0];
        let others = [1.0, 7.0, 3.0, 1.0, 3.0, 1.0, 3.0, 1.0, 9.0, 3.0];
        assert_eq!(Ranking::of(&truths).fifths(&others), (2.0, 8.0));
    }

    #[test]
    fn the_order_is_that_of_sorting() {
        let even: Vec<f64> = (0..997).map(|i| f64::from(i * 613 % 997) * 0.1 - 40.0).collect();
        let heavy: Vec<f64> = even.iter().map(|x| x.powi(21)).collect();
        let few: Vec<f64> = even.iter().map(|x| (x / 20.0).round()).collect();
        let wide = vec![f64::MAX, -f64::MAX, 0.0, -0.0, 1.0, f64::MIN_POSITIVE];
        for values in [even, heavy, few, wide, vec![3.0; 5], vec![1.0], vec![]] {
            let mut sorted: Vec<u32> = (0..values.len() as u32).collect();
            sorted.sort_by(|a, b| values[*a as usize].total_cmp(&values[*b as usize]));
            let order: Vec<u32> = super::sorted(&values).into_iter().map(|(_, place)| place).collect();
            assert_eq!(order, sorted, "{values:?}");
        }
    }

    #[test]
    fn correlation_is_that_of_ranks() {
        let values = [1.0, 2.0, 3.0, 4.0, 100.0];
        let falling = [9.0, 7.0, 5.0, 3.0, -50.0];
        let ranking = Ranking::of(&values);
        assert_eq!(ranking.correlation(&Ranking::of(&values)), 1.0);
        assert_eq!(ranking.correlation(&Ranking::of(&falling)), -1.0);
        // Spearman's ρ of a textbook swap of neighbours: 1 − 6 Σd² / (n (n² − 1)) = 1 − 6·2/120.
        assert_eq!(ranking.correlation(&Ranking::of(&[1.0, 3.0, 2.0, 4.0, 5.0])), 0.9);
    }
}
