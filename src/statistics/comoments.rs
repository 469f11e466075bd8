//! Means of columns and covariances of chosen pairs of them.

use std::sync::Arc;

use super::Merge;
use super::moments::{LANES, fold, sum_column, sum_ranges};
use crate::kernel;
use crate::math::instruction_set::InstructionSet;

/// Which pairs of columns a [`Comoments`] follows; a column paired with itself gives its variance.
pub type Pairs = Arc<[(usize, usize)]>;

/// The count of rows, the mean of every column, and the sum of products of deviations of chosen pairs of columns.
///
/// ```
/// use foretell::statistics::{Comoments, Pairs};
///
/// let pairs: Pairs = [(0, 0), (0, 1)].into();
/// let comoments = Comoments::of(&pairs, &[&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]]);
/// assert_eq!(comoments.covariance(1), 2.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Comoments {
    pairs: Pairs,
    count: u64,
    means: Vec<f64>,
    products: Vec<f64>,
}

impl Comoments {
    /// The comoments of `columns`, all of one length: the sums of deviations from a centre near the mean, and of their products,
    /// corrected by the deviations' sums (Chan, Golub & LeVeque 1983, equation 1.7, for two columns and any centre).
    /// Longer columns are read as far as the shortest; a pair with a column that does not exist has the product 0.
    pub fn of(pairs: &Pairs, columns: &[&[f64]]) -> Comoments {
        Comoments::of_on(InstructionSet::best(), pairs, columns)
    }

    /// As [`of`](Comoments::of), on a chosen instruction set: the same bits on each.
    pub fn of_on(set: InstructionSet, pairs: &Pairs, columns: &[&[f64]]) -> Comoments {
        let rows = columns.iter().map(|column| column.len()).min().unwrap_or(0);
        let columns: Vec<&[f64]> = columns.iter().map(|column| &column[..rows]).collect();
        let n = rows.max(1) as f64;
        let mut spreads: Vec<Option<Deviations>> = vec![None; columns.len()];
        for &(i, j) in pairs.iter().filter(|(i, j)| i.max(j) < &columns.len()) {
            for at in [i, j] {
                spreads[at].get_or_insert_with(|| Deviations::of(set, columns[at]));
            }
        }
        let mean = |(column, spread): (&&[f64], &Option<Deviations>)| match spread {
            Some(spread) => spread.centre + spread.rest / n,
            None => mean_of(set, column),
        };
        let means: Vec<f64> = columns.iter().zip(&spreads).map(mean).collect();
        let product = |&(i, j): &(usize, usize)| {
            let spread = |at: usize| spreads.get(at).copied().flatten();
            let Some((own, other)) = spread(i).zip(spread(j)) else { return 0.0 };
            if i == j {
                return own.squares - own.rest * own.rest / n;
            }
            let mut total = 0.0;
            products_of(set, columns[i], own.centre, columns[j], other.centre, &mut total);
            total - own.rest * other.rest / n
        };
        let products = pairs.iter().map(product).collect();
        Comoments { pairs: pairs.clone(), count: rows as u64, means, products }
    }

    /// The comoments of several ranges of rows, by the columns' position of their ends; the first begins at 0.
    pub fn of_each(set: InstructionSet, pairs: &Pairs, columns: &[&[f64]], ends: &[usize]) -> Vec<Comoments> {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        if !pairs.is_empty() || ends.len() < 2 {
            let rows = |(start, end): (usize, &usize)| {
                let part: Vec<&[f64]> = columns.iter().map(|column| &column[start..*end]).collect();
                Comoments::of_on(set, pairs, &part)
            };
            return starts.zip(ends).map(rows).collect();
        }
        let blank = |(start, end): (usize, &usize)| Comoments {
            pairs: pairs.clone(),
            count: (end - start) as u64,
            means: Vec::with_capacity(columns.len()),
            products: Vec::new(),
        };
        let mut each: Vec<Comoments> = starts.zip(ends).map(blank).collect();
        let mut totals = vec![0.0; ends.len()];
        for column in columns {
            sum_ranges(set, column, ends, &mut totals);
            for (one, total) in each.iter_mut().zip(&totals) {
                one.means.push(total / one.count.max(1) as f64);
            }
        }
        each
    }

    /// Comoments that were taken apart into their count, means and products; `None` unless there is one product a pair, and where
    /// there are sums over no rows, which would count as soon as rows are added.
    pub fn from_sums(pairs: &Pairs, count: u64, means: Vec<f64>, products: Vec<f64>) -> Option<Comoments> {
        let is_possible = count > 0 || means.iter().chain(&products).all(|sum| *sum == 0.0);
        let fits = products.len() == pairs.len() && is_possible;
        fits.then(|| Comoments { pairs: pairs.clone(), count, means, products })
    }

    /// How many rows there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The pairs of columns whose products are kept.
    pub fn pairs(&self) -> &Pairs {
        &self.pairs
    }

    /// The mean of each column; 0 if there are no rows.
    pub fn means(&self) -> &[f64] {
        &self.means
    }

    /// The sum of the products of deviations, for each pair.
    pub fn products(&self) -> &[f64] {
        &self.products
    }

    /// The unbiased covariance of pair number `pair`, with divisor n − 1; infinite for fewer than two rows, NaN for a
    /// pair that is not followed.
    pub fn covariance(&self, pair: usize) -> f64 {
        match self.products.get(pair) {
            Some(_) if self.count < 2 => f64::INFINITY,
            Some(product) => product / (self.count - 1) as f64,
            None => f64::NAN,
        }
    }

    /// The covariance of columns `i` and `j`, or `None` if that pair is not followed.
    pub fn covariance_of(&self, i: usize, j: usize) -> Option<f64> {
        let pair = self.pairs.iter().position(|&pair| pair == (i, j) || pair == (j, i))?;
        Some(self.covariance(pair))
    }
}

impl Merge for Comoments {
    /// Chan, Golub & LeVeque 1983, equations 2.1a and 2.1b, for two columns. Both sides follow the same pairs of the
    /// same number of columns.
    fn merge(&mut self, later: &Comoments) {
        if later.count == 0 {
            return;
        }
        let (m, n) = (self.count as f64, later.count as f64);
        let share = n / (m + n);
        let differences: Vec<f64> = later.means.iter().zip(&self.means).map(|(b, a)| b - a).collect();
        for ((product, more), &(i, j)) in self.products.iter_mut().zip(&later.products).zip(self.pairs.iter())
        {
            let between = differences.get(i).zip(differences.get(j)).map_or(0.0, |(a, b)| a * b);
            *product += more + between * (m * share);
        }
        for (mean, difference) in self.means.iter_mut().zip(differences) {
            *mean += difference * share;
        }
        self.count += later.count;
    }
}

fn mean_of(set: InstructionSet, column: &[f64]) -> f64 {
    let mut total = 0.0;
    sum_column(set, column, &mut total);
    total / column.len().max(1) as f64
}

/// What one pass over a column finds.
#[derive(Clone, Copy)]
struct Deviations {
    centre: f64,
    /// Σ (x − centre).
    rest: f64,
    /// Σ (x − centre)².
    squares: f64,
}

impl Deviations {
    /// Around the mean of the first few values, which spares a pass for the mean of all; around that if they are so far off
    /// that the correction would take more than three of the 53 bits of the squares.
    fn of(set: InstructionSet, x: &[f64]) -> Deviations {
        let guess = Deviations::around(set, x, mean_of(set, &x[..x.len().min(LANES)]));
        let taken = guess.rest * guess.rest / x.len().max(1) as f64;
        if taken <= 0.875 * guess.squares { guess } else { Deviations::around(set, x, mean_of(set, x)) }
    }

    fn around(set: InstructionSet, x: &[f64], centre: f64) -> Deviations {
        let mut spread = Deviations { centre, rest: 0.0, squares: 0.0 };
        deviations_of(set, x, centre, &mut spread);
        spread
    }
}

kernel! {
    /// The deviations and their squares in interleaved partial sums.
    fn deviations_of(x: &[f64], centre: f64, spread: &mut Deviations) {
        let (mut rests, mut squares) = ([0.0; LANES], [0.0; LANES]);
        let chunks = x.chunks_exact(LANES);
        let rest = chunks.remainder();
        for chunk in chunks {
            for lane in 0..LANES {
                let deviation = chunk[lane] - centre;
                rests[lane] += deviation;
                squares[lane] += deviation * deviation;
            }
        }
        for ((lane, square), x) in rests.iter_mut().zip(&mut squares).zip(rest) {
            let deviation = x - centre;
            *lane += deviation;
            *square += deviation * deviation;
        }
        *spread = Deviations { centre, rest: fold(rests), squares: fold(squares) };
    }
}

kernel! {
    /// The sum of the products of deviations from two centres, in interleaved partial sums.
    fn products_of(x: &[f64], x_centre: f64, y: &[f64], y_centre: f64, total: &mut f64) {
        let mut lanes = [0.0; LANES];
        let rows = x.len().min(y.len());
        let whole = rows / LANES * LANES;
        for (x, y) in x[..whole].chunks_exact(LANES).zip(y[..whole].chunks_exact(LANES)) {
            for lane in 0..LANES {
                lanes[lane] += (x[lane] - x_centre) * (y[lane] - y_centre);
            }
        }
        for (lane, (x, y)) in lanes.iter_mut().zip(x[whole..rows].iter().zip(&y[whole..rows])) {
            *lane += (x - x_centre) * (y - y_centre);
        }
        *total = fold(lanes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, word};
    use crate::statistics::Moments;

    /// Three columns of whole numbers, the second correlated with the first.
    fn columns(rows: u64) -> [Vec<i128>; 3] {
        let draw = |column, row| (word(Key::new(3).numbered(column), row) >> 44) as i128;
        let first: Vec<i128> = (0..rows).map(|row| 1_000_000 + draw(0, row)).collect();
        let second = (0..rows).map(|row| -first[row as usize] + draw(1, row) / 2).collect();
        [first, second, (0..rows).map(|row| draw(2, row)).collect()]
    }

    /// Σ(x − x̄)(y − ȳ) = Σxy − Σx·Σy / n, in integers.
    fn exact_product(x: &[i128], y: &[i128]) -> f64 {
        let n = x.len() as i128;
        let products: i128 = x.iter().zip(y).map(|(x, y)| x * y).sum();
        (n * products - x.iter().sum::<i128>() * y.iter().sum::<i128>()) as f64 / n as f64
    }

    #[test]
    fn no_rows_have_no_sums() {
        let pairs: Pairs = [(0, 0)].into();
        let of = |count, mean, product| Comoments::from_sums(&pairs, count, vec![mean], vec![product]);
        let mut nothing = of(0, 0.0, 0.0).expect("the sums of no rows");
        nothing.merge(&of(2, 3.0, 0.5).expect("the sums of two"));
        assert_eq!((nothing.count(), nothing.means(), nothing.products()), (2, &[3.0][..], &[0.5][..]));
        for (mean, product) in [(f64::NAN, 0.0), (1.0, 0.0), (0.0, f64::NAN), (0.0, 1.0)] {
            assert!(of(0, mean, product).is_none(), "{mean}, {product}");
        }
    }

    #[test]
    fn every_split_merges_to_the_exact_comoments() {
        let exact = columns(101);
        let floats = exact.each_ref().map(|column| column.iter().map(|&x| x as f64).collect::<Vec<f64>>());
        let pairs: Pairs = [(0, 0), (0, 1), (2, 1), (2, 2)].into();
        let part = |from: usize, to: usize| Comoments::of(&pairs, &floats.each_ref().map(|c| &c[from..to]));
        for split in 0..=101 {
            let mut merged = part(0, split);
            merged.merge(&part(split, 101));
            for (&(i, j), &product) in pairs.iter().zip(merged.products()) {
                // Rounding errors are some units of 2^−53 of √(Sxx·Syy), times mean / deviation ≈ 5.
                let scale =
                    (exact_product(&exact[i], &exact[i]) * exact_product(&exact[j], &exact[j])).sqrt();
                let error = (product - exact_product(&exact[i], &exact[j])).abs();
                assert!(error < 100.0 * f64::EPSILON * scale, "pair {i}, {j} split at {split}");
            }
            for (mean, column) in merged.means().iter().zip(&exact) {
                let expected = column.iter().sum::<i128>() as f64 / 101.0;
                assert!((mean / expected - 1.0).abs() < 4.0 * f64::EPSILON);
            }
        }
    }

    #[test]
    fn the_diagonal_is_the_variance() {
        let column = [0.3, 1.7, -2.0, 5.5, 0.0, 1e-3, 7.25, 1.0, 2.0];
        let comoments = Comoments::of(&[(0, 0)].into(), &[&column]);
        let moments = Moments::of(&column);
        assert_eq!(comoments.means()[0], moments.mean());
        assert_eq!(comoments.covariance(0), moments.variance());
        assert_eq!(comoments.covariance_of(0, 0), Some(moments.variance()));
        assert_eq!(comoments.covariance_of(0, 1), None);
    }

    /// Around a centre that is far from all but the first values, the variance would be the difference of two sums that agree in
    /// their first twelve bits.
    #[test]
    fn first_values_that_are_far_off_cost_no_digits() {
        let rows = 1 << 16;
        let far = |row: u64| if row < LANES as u64 { 1.0 } else { 0.0 };
        let column: Vec<f64> = (0..rows).map(|row| far(row) * 1e3 + (row % 7) as f64 * 0.1).collect();
        let spread = Deviations::of(InstructionSet::best(), &column);
        assert!(spread.rest * spread.rest / rows as f64 <= 0.875 * spread.squares, "{}", spread.centre);
        let guess = Deviations::around(
            InstructionSet::best(),
            &column,
            mean_of(InstructionSet::best(), &column[..LANES]),
        );
        assert!(guess.rest * guess.rest / rows as f64 > 0.999 * guess.squares);
    }

    #[test]
    fn ranges_of_rows_are_what_their_slices_are() {
        let exact = columns(101);
        let floats = exact.each_ref().map(|column| column.iter().map(|&x| x as f64).collect::<Vec<f64>>());
        let floats: Vec<&[f64]> = floats.iter().map(|column| &column[..]).collect();
        let ends = [16, 16, 50, 101];
        for pairs in [Pairs::default(), [(0, 1)].into()] {
            let each = Comoments::of_each(InstructionSet::best(), &pairs, &floats, &ends);
            for (one, (from, to)) in each.iter().zip([(0, 16), (16, 16), (16, 50), (50, 101)]) {
                let rows: Vec<&[f64]> = floats.iter().map(|column| &column[from..to]).collect();
                assert_eq!(*one, Comoments::of(&pairs, &rows));
            }
        }
    }

    #[test]
    fn empty_and_unequal_columns_are_harmless() {
        let pairs: Pairs = [(0, 1), (0, 7)].into();
        let mut none = Comoments::of(&pairs, &[&[], &[1.0]]);
        assert_eq!((none.count(), none.covariance(0)), (0, f64::INFINITY));
        let some = Comoments::of(&pairs, &[&[1.0, 2.0], &[3.0, 5.0, 9.0]]);
        none.merge(&some);
        assert_eq!(none, some);
        assert_eq!(some.covariance(0), 1.0);
    }
}
