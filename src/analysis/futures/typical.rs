//! How typical a future is, and how usual its numbers are, beside others of the same model.

use super::future::Future;

/// As many futures as tell what is usual.
pub(super) const REFERENCE: usize = 1 << 12;

/// What is usual: the numbers of many futures, each counting alike.
///
/// How typical a future is, is told by the smallest region that holds it and as many others as it can: the highest density region
/// (Hyndman 1996), whose level is the share of futures that lie less densely. The density is that of the standard normals that all
/// numbers are drawn from (Rosenblatt 1952), times the probability of all that chance decides in it.
pub(in crate::analysis) struct Reference {
    /// The values of each factor, then of each derived value, in ascending order.
    numbers: Vec<Vec<f64>>,
    densities: Vec<f64>,
}

impl Reference {
    pub(in crate::analysis) fn of(futures: &[Future]) -> Reference {
        let width = futures.first().map_or(0, |one| one.factors.len() + one.derived.len());
        let sorted = |value: &dyn Fn(&Future) -> f64| {
            let mut values: Vec<f64> = futures.iter().map(value).collect();
            values.sort_by(f64::total_cmp);
            values
        };
        Reference {
            numbers: (0..width).map(|at| sorted(&|one| number(one, at))).collect(),
            densities: sorted(&|one| one.log_density),
        }
    }

    /// How many futures it is of.
    pub(in crate::analysis) fn len(&self) -> usize {
        self.densities.len()
    }

    /// The share of futures in which a number is smaller, those in which it is the same counting half.
    pub(in crate::analysis) fn rank(&self, at: usize, value: f64) -> f64 {
        rank(&self.numbers[at], value)
    }

    /// The shares of futures in which a number is smaller, and in which it is larger.
    pub(in crate::analysis) fn beside(&self, at: usize, value: f64) -> [f64; 2] {
        let values = &self.numbers[at];
        let below = values.partition_point(|one| *one < value);
        let above = values.len() - values.partition_point(|one| *one <= value);
        [below, above].map(|count| count as f64 / values.len().max(1) as f64)
    }

    /// The value of a number up to which a share of futures lies.
    pub(in crate::analysis) fn quantile(&self, at: usize, level: f64) -> f64 {
        let values = &self.numbers[at];
        let place = (level * values.len() as f64) as usize;
        values.get(place.min(values.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
    }

    /// The share of futures that are less typical.
    pub(in crate::analysis) fn typical(&self, future: &Future) -> f64 {
        rank(&self.densities, future.log_density)
    }
}

/// Factors, then derived values.
fn number(future: &Future, at: usize) -> f64 {
    let derived = || future.derived.get(at - future.factors.len()).copied();
    future.factors.get(at).copied().or_else(derived).unwrap_or(f64::NAN)
}

fn rank(values: &[f64], value: f64) -> f64 {
    let below = values.partition_point(|one| *one < value);
    let through = values.partition_point(|one| *one <= value);
    (below + through) as f64 / (2 * values.len().max(1)) as f64
}
