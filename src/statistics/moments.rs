//! Count, mean and variance.

use super::Merge;
use crate::kernel;

/// The count, mean and sum of squared deviations of some numbers.
///
/// ```
/// use foretell::statistics::{Merge, Moments};
///
/// let mut moments = Moments::of(&[1.0, 2.0]);
/// moments.merge(&Moments::of(&[3.0, 4.0]));
/// assert_eq!((moments.count(), moments.mean()), (4, 2.5));
/// assert_eq!(moments.variance(), 5.0 / 3.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    count: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// The moments of `values`, in two passes: the mean, then the squared deviations from it, corrected by the
    /// deviations' sum (Chan, Golub & LeVeque 1983, "Algorithms for computing the sample variance", Am. Stat. 37,
    /// equation 1.7).
    pub fn of(values: &[f64]) -> Moments {
        if values.is_empty() {
            return Moments::default();
        }
        let n = values.len() as f64;
        let mean = sum(values.iter().copied()) / n;
        let deviations = sum(values.iter().map(|value| value - mean));
        let squares = sum(values.iter().map(|value| (value - mean) * (value - mean)));
        let squares = (squares - deviations * deviations / n).max(0.0);
        Moments { count: values.len() as u64, mean, squares }
    }

    /// The moments with these parts, as kept by a file: count, mean, and sum of squared deviations.
    pub const fn from_parts(count: u64, mean: f64, squares: f64) -> Moments {
        Moments { count, mean, squares }
    }

    /// Takes in one more value (Welford 1962, "Note on a method for calculating corrected sums of squares and
    /// products", Technometrics 4).
    pub fn push(&mut self, value: f64) {
        self.count += 1;
        let deviation = value - self.mean;
        self.mean += deviation / self.count as f64;
        self.squares += deviation * (value - self.mean);
    }

    /// How many values there are.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Their mean; 0 if there are none.
    pub const fn mean(&self) -> f64 {
        self.mean
    }

    /// The sum of their squared deviations from the mean.
    pub const fn squares(&self) -> f64 {
        self.squares
    }

    /// The unbiased variance, with divisor n − 1; infinite for fewer than two values, which tell nothing about it.
    pub fn variance(&self) -> f64 {
        if self.count < 2 { f64::INFINITY } else { self.squares / (self.count - 1) as f64 }
    }
}

impl Merge for Moments {
    /// Chan, Golub & LeVeque 1983, equations 2.1a and 2.1b.
    fn merge(&mut self, later: &Moments) {
        if later.count == 0 {
            return;
        }
        let (m, n) = (self.count as f64, later.count as f64);
        let share = n / (m + n);
        let difference = later.mean - self.mean;
        self.count += later.count;
        self.mean += difference * share;
        self.squares += later.squares + difference * difference * (m * share);
    }
}

/// Interleaved partial sums of every sum: two vectors of AVX-512, so that one is added to while the other is still on its
/// way (0.075 against 0.093 ns a value and pass), and no more than SSE2 has registers for.
pub(super) const LANES: usize = 16;

/// The partial sums as one, in pairs.
#[inline(always)]
pub(super) fn fold(lanes: [f64; LANES]) -> f64 {
    let mut sums = lanes;
    let mut width = LANES;
    while width > 1 {
        width /= 2;
        for lane in 0..width {
            sums[lane] += sums[lane + width];
        }
    }
    sums[0]
}

/// The sum of `values` in sixteen interleaved partial sums: a fixed order that fits every width of vector register.
///
/// The relative error for n values of one sign is at most about `(n/16 + 4)·2^−53`.
#[inline(always)]
pub fn sum(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let mut lanes = [0.0; LANES];
    let mut values = values;
    for _ in 0..values.len() / LANES {
        for (lane, value) in lanes.iter_mut().zip(values.by_ref()) {
            *lane += value;
        }
    }
    for (lane, value) in lanes.iter_mut().zip(values) {
        *lane += value;
    }
    fold(lanes)
}

kernel! {
    /// The [`sum`] of a column.
    pub(super) fn sum_column(column: &[f64], total: &mut f64) {
        let mut lanes = [0.0; LANES];
        let chunks = column.chunks_exact(LANES);
        let rest = chunks.remainder();
        for chunk in chunks {
            for lane in 0..LANES {
                lanes[lane] += chunk[lane];
            }
        }
        for (lane, value) in lanes.iter_mut().zip(rest) {
            *lane += value;
        }
        *total = fold(lanes);
    }
}

kernel! {
    /// The [`sum`] of each of several ranges of a column, which end where `ends` says; the first begins at 0.
    pub(super) fn sum_ranges(column: &[f64], ends: &[usize], totals: &mut [f64]) {
        let mut start = 0;
        for (end, total) in ends.iter().zip(totals) {
            let mut lanes = [0.0; LANES];
            let chunks = column[start..*end].chunks_exact(LANES);
            let rest = chunks.remainder();
            for chunk in chunks {
                for lane in 0..LANES {
                    lanes[lane] += chunk[lane];
                }
            }
            for (lane, value) in lanes.iter_mut().zip(rest) {
                *lane += value;
            }
            *total = fold(lanes);
            start = *end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, word};

    /// Whole numbers far from 0, whose moments are known exactly from integers.
    fn data(count: u64) -> (Vec<f64>, f64, f64) {
        let integers: Vec<i128> =
            (0..count).map(|i| 1_000_000_000 + (word(Key::new(2), i) >> 44) as i128).collect();
        let (n, total) = (count as i128, integers.iter().sum::<i128>());
        // n·Σ(x − x̄)² = n·Σx² − (Σx)².
        let scaled = n * integers.iter().map(|x| x * x).sum::<i128>() - total * total;
        let values = integers.iter().map(|&x| x as f64).collect();
        (values, total as f64 / n as f64, scaled as f64 / n as f64)
    }

    fn assert_close(moments: Moments, mean: f64, squares: f64) {
        // Chan, Golub & LeVeque's bound for pairwise merging: a few units of 2^−53 times the condition number,
        // which is mean / deviation ≈ 3300 here.
        assert!((moments.mean() / mean - 1.0).abs() < 4.0 * f64::EPSILON);
        assert!((moments.squares() / squares - 1.0).abs() < 16.0 * 3300.0 * f64::EPSILON);
    }

    #[test]
    fn every_split_merges_to_the_exact_moments() {
        let (values, mean, squares) = data(101);
        assert_close(Moments::of(&values), mean, squares);
        for split in 0..=values.len() {
            let mut merged = Moments::of(&values[..split]);
            merged.merge(&Moments::of(&values[split..]));
            assert_eq!(merged.count(), 101);
            assert_close(merged, mean, squares);

            let mut pushed = Moments::of(&values[..split]);
            values[split..].iter().for_each(|&value| pushed.push(value));
            assert_close(pushed, mean, squares);
        }
    }

    #[test]
    fn the_sum_of_squares_alone_would_not_do() {
        let (values, mean, squares) = data(101);
        let naive = values.iter().map(|x| x * x).sum::<f64>() - 101.0 * mean * mean;
        assert!((naive / squares - 1.0).abs() > 16.0 * 3300.0 * f64::EPSILON);
    }

    #[test]
    fn sums_of_whole_numbers_are_exact_for_every_length() {
        for length in 0..40u32 {
            assert_eq!(sum((0..length).map(f64::from)), f64::from(length * length.saturating_sub(1) / 2));
        }
    }

    #[test]
    fn one_value_tells_nothing_about_the_variance() {
        assert_eq!(Moments::of(&[3.0]).variance(), f64::INFINITY);
        assert_eq!(Moments::of(&[3.0, 3.0]).variance(), 0.0);
        assert_eq!(Moments::of(&[]), Moments::default());
    }
}
