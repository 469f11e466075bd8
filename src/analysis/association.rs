//! Correlations measured on columns of draws, each with its error by the delete-one jackknife over replicates.

use crate::scenario::CorrelationKind;
use crate::statistics::{Estimate, Tail, jackknife_variance};

/// What was drawn of a variable, one replicate after the other.
#[derive(Clone, Debug)]
pub(super) enum Drawn {
    /// Its values, levels or normals.
    Numbers(Vec<f64>),
    /// The probabilities of its states in each draw: of states 0, 1 and so on.
    States(Vec<Vec<f64>>),
}

/// Correlations of some variables on common draws.
pub(super) struct Association {
    drawn: Vec<Drawn>,
    replicates: Replicates,
    /// The scores of each variable by kind, over all replicates and without each.
    scored: Vec<((usize, CorrelationKind), Vec<Scores>)>,
}

/// How many there are, and of how many draws.
#[derive(Clone, Copy, Debug)]
struct Replicates {
    count: usize,
    draws: usize,
}

/// What is multiplied in each draw: of states the mean of their scores, whose mean square is told apart. Values and ranks are
/// taken from their means, so that no digit is lost of those that lie close together.
#[derive(Clone, Debug)]
struct Scores {
    values: Vec<f64>,
    mean_square: f64,
}

impl Replicates {
    /// No replicate, then each.
    fn left_out(self) -> impl Iterator<Item = Option<usize>> {
        std::iter::once(None).chain((0..self.count).map(Some))
    }

    /// Whether a draw is in none that is left out.
    fn has(self, draw: usize, left_out: Option<usize>) -> bool {
        Some(draw / self.draws) != left_out
    }
}

impl Association {
    /// Of replicates with so many draws each.
    pub(super) fn new(drawn: Vec<Drawn>, draws: usize) -> Association {
        let count = drawn.first().map_or(0, |one| one.len() / draws);
        Association { drawn, replicates: Replicates { count, draws }, scored: Vec::new() }
    }

    /// The correlation of two of the variables.
    pub(super) fn estimate(&mut self, kind: CorrelationKind, pair: [usize; 2]) -> Estimate {
        let results: Vec<f64> = match kind {
            CorrelationKind::Kendall => self.concordances(pair),
            _ => {
                let [a, b] = pair.map(|at| self.scores(at, kind));
                let found = |(a, b): (&Scores, &Scores)| match kind {
                    // Their means and variances are known.
                    CorrelationKind::Normal => mean_product(a, b),
                    _ => mean_product(a, b) / (a.mean_square * b.mean_square).sqrt(),
                };
                a.iter().zip(&b).map(found).collect()
            }
        };
        let (whole, left_out) = (results[0], &results[1..]);
        let tail = if kind == CorrelationKind::Pearson { self.tail(pair) } else { Tail::Bounded };
        if !tail.has_mean() {
            return Estimate::unknown();
        }
        let error = jackknife_variance(left_out).sqrt();
        Estimate::from_student(whole, error, left_out.len() as f64 - 1.0)
    }

    /// The heavier of the tails of both variables' squares, whose means Pearson's correlation rests on.
    fn tail(&self, pair: [usize; 2]) -> Tail {
        let tail = |at: usize| match &self.drawn[at] {
            Drawn::Numbers(values) => {
                let centre = mean(values.iter().copied());
                Tail::of(values.iter().map(|value| (value - centre) * (value - centre)).collect())
            }
            Drawn::States(_) => Tail::Bounded,
        };
        let [a, b] = pair.map(tail);
        if a.index() < b.index() { b } else { a }
    }

    fn scores(&mut self, at: usize, kind: CorrelationKind) -> Vec<Scores> {
        if let Some((_, known)) = self.scored.iter().find(|(key, _)| *key == (at, kind)) {
            return known.clone();
        }
        let found = match &self.drawn[at] {
            Drawn::Numbers(values) => of_numbers(values, kind, self.replicates),
            Drawn::States(draws) => of_states(draws, kind, self.replicates),
        };
        self.scored.push(((at, kind), found.clone()));
        found
    }

    /// The share of pairs of draws that differ in the same direction less that of those that differ in opposite ones (Kendall
    /// 1938). What has states has none.
    fn concordances(&self, pair: [usize; 2]) -> Vec<f64> {
        let [Drawn::Numbers(a), Drawn::Numbers(b)] = pair.map(|at| &self.drawn[at]) else {
            return vec![f64::NAN; self.replicates.count + 1];
        };
        let order = order(a);
        let one = |left_out| {
            let kept = order.iter().filter(|at| self.replicates.has(**at, left_out));
            concordance(kept.map(|at| b[*at]).collect())
        };
        self.replicates.left_out().map(one).collect()
    }
}

impl Drawn {
    fn len(&self) -> usize {
        match self {
            Drawn::Numbers(values) => values.len(),
            Drawn::States(draws) => draws.len(),
        }
    }
}

fn of_numbers(values: &[f64], kind: CorrelationKind, replicates: Replicates) -> Vec<Scores> {
    let order = if kind == CorrelationKind::Rank { order(values) } else { Vec::new() };
    let one = |left_out| {
        let mut kept: Vec<f64> = match kind {
            CorrelationKind::Rank => ranks(values, &order, |at| replicates.has(at, left_out)),
            _ => values.to_vec(),
        };
        let mut at = 0..;
        kept.retain(|_| at.next().is_some_and(|at| replicates.has(at, left_out)));
        let centre = if kind == CorrelationKind::Normal { 0.0 } else { mean(kept.iter().copied()) };
        kept.iter_mut().for_each(|value| *value -= centre);
        Scores { mean_square: mean(kept.iter().map(|value| value * value)), values: kept }
    };
    replicates.left_out().map(one).collect()
}

fn of_states(draws: &[Vec<f64>], kind: CorrelationKind, replicates: Replicates) -> Vec<Scores> {
    let one = |left_out| {
        let kept = draws.iter().enumerate().filter(|(at, _)| replicates.has(*at, left_out));
        let draws: Vec<&[f64]> = kept.map(|(_, draw)| draw.as_slice()).collect();
        let points = state_points(&draws, kind == CorrelationKind::Rank);
        let expected = |power: fn(f64) -> f64| -> Vec<f64> {
            let one = |draw: &&[f64]| draw.iter().zip(&points).map(|(p, x)| p * power(*x)).sum();
            draws.iter().map(one).collect()
        };
        Scores { values: expected(|x| x), mean_square: mean(expected(|x| x * x).into_iter()) }
    };
    replicates.left_out().map(one).collect()
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

fn mean_product(a: &Scores, b: &Scores) -> f64 {
    mean(a.values.iter().zip(&b.values).map(|(a, b)| a * b))
}

/// The draws by their values.
fn order(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|i, j| values[*i].total_cmp(&values[*j]));
    order
}

/// The share of those that are in it below each value and half of that of its ties; 0 of those that are not.
fn ranks(values: &[f64], order: &[usize], is_in: impl Fn(usize) -> bool) -> Vec<f64> {
    let kept: Vec<usize> = order.iter().copied().filter(|at| is_in(*at)).collect();
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for ties in kept.chunk_by(|i, j| values[*i] == values[*j]) {
        let rank = (before as f64 + 0.5 * ties.len() as f64) / kept.len() as f64;
        ties.iter().for_each(|at| ranks[*at] = rank);
        before += ties.len();
    }
    ranks
}

/// The scores of states, from their mean: their positions, or what [`ranks`] says of their mean probabilities.
fn state_points(draws: &[&[f64]], is_ranked: bool) -> Vec<f64> {
    let count = draws.first().map_or(0, |draw| draw.len());
    let shares: Vec<f64> = (0..count).map(|at| mean(draws.iter().map(|draw| draw[at]))).collect();
    let mut below = 0.0;
    let rank = |share: &f64| {
        below += share;
        below - 0.5 * share
    };
    let points: Vec<f64> = match is_ranked {
        true => shares.iter().map(rank).collect(),
        false => (0..count).map(|at| at as f64).collect(),
    };
    let centre: f64 = points.iter().zip(&shares).map(|(point, share)| point * share).sum();
    points.into_iter().map(|point| point - centre).collect()
}

/// Kendall's correlation, from the values of one variable in the order of the other's: by merging (Knight 1966).
fn concordance(mut values: Vec<f64>) -> f64 {
    let count = values.len() as f64;
    1.0 - 4.0 * inversions(&mut values) as f64 / (count * (count - 1.0))
}

/// Sorts, and counts the pairs that stood in the wrong order.
fn inversions(values: &mut [f64]) -> u64 {
    let middle = values.len() / 2;
    if middle == 0 {
        return 0;
    }
    let (left, right) = values.split_at_mut(middle);
    let mut count = inversions(left) + inversions(right);
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if left[i] <= right[j] {
            merged.push(left[i]);
            i += 1;
        } else {
            merged.push(right[j]);
            j += 1;
            count += (left.len() - i) as u64;
        }
    }
    merged.extend_from_slice(&left[i..]);
    merged.extend_from_slice(&right[j..]);
    values.copy_from_slice(&merged);
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(pair: [Drawn; 2], kind: CorrelationKind) -> f64 {
        let draws = pair[0].len() / 2;
        Association::new(pair.into(), draws).estimate(kind, [0, 1]).value
    }

    #[test]
    fn each_kind_is_that_of_its_definition() {
        let of = |kind| {
            whole([[3.0, 1.0, 4.0, 2.0], [3.0, 1.0, 16.0, 4.0]].map(|one| Drawn::Numbers(one.to_vec())), kind)
        };
        // Five pairs in the same direction, one in the opposite.
        assert!((of(CorrelationKind::Kendall) - 4.0 / 6.0).abs() < 1e-15);
        // 1 − 6 · 2 / (4 · 15).
        assert!((of(CorrelationKind::Rank) - 0.8).abs() < 1e-15);
        // Σ (a − 5/2)(b − 6) = 22, Σ (a − 5/2)² = 5, Σ (b − 6)² = 138.
        assert!((of(CorrelationKind::Pearson) - 22.0 / (5.0f64 * 138.0).sqrt()).abs() < 1e-15);
        // Σ a b / 4.
        assert!((of(CorrelationKind::Normal) - 20.5).abs() < 1e-15);
    }

    #[test]
    fn ties_have_the_mean_of_their_ranks() {
        let values = [5.0, 1.0, 5.0, 9.0];
        assert_eq!(ranks(&values, &order(&values), |_| true), [0.5, 0.125, 0.5, 0.875]);
        assert_eq!(ranks(&values, &order(&values), |at| at != 1), [1.0 / 3.0, 0.0, 1.0 / 3.0, 2.5 / 3.0]);
    }

    #[test]
    fn states_that_are_certain_are_values() {
        let truths = [0.0, 1.0, 1.0, 0.0];
        let states = || Drawn::States(truths.iter().map(|truth| vec![1.0 - truth, *truth]).collect());
        let others = || Drawn::Numbers(vec![1.0, 5.0, 2.0, 3.0]);
        for kind in [CorrelationKind::Pearson, CorrelationKind::Rank] {
            let one = whole([states(), others()], kind);
            let other = whole([Drawn::Numbers(truths.to_vec()), others()], kind);
            assert!((one - other).abs() < 1e-15 && one != 0.0, "{one} {other}");
        }
    }

    /// The error of a mean of products is that of eight replicates' means.
    #[test]
    fn the_error_is_that_of_replicates() {
        let a: Vec<f64> = (1..=16).map(|at| (f64::from(at) * 0.618).fract()).collect();
        let b: Vec<f64> = (1..=16).map(|at| (f64::from(at) * 0.414).fract()).collect();
        let means: Vec<f64> =
            a.chunks(2).zip(b.chunks(2)).map(|(a, b)| 0.5 * (a[0] * b[0] + a[1] * b[1])).collect();
        let own = Association::new(vec![Drawn::Numbers(a), Drawn::Numbers(b)], 2)
            .estimate(CorrelationKind::Normal, [0, 1]);
        let exact = Estimate::from_replicates(&means);
        assert!((own.value - exact.value).abs() < 1e-15);
        assert!((own.std_error - exact.std_error).abs() < 1e-15);
        assert!((own.half_width() - exact.half_width()).abs() < 1e-14);
    }
}
