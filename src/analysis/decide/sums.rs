//! What knowing a state is worth: the gains of the best option in each, summed, less those of the best option without.
//!
//! With the same draws for both, the most of several estimates is more than the estimate of the most: of options that are equal it
//! is the luckier. So each replicate's gains are those of the options that the other replicates choose (cross-fitting;
//! Chernozhukov et al. 2018, "Double/debiased machine learning", Econometrics Journal 21).

use crate::analysis::round::Told;
use crate::program::QueryId;
use crate::statistics::Estimate;

/// For each option: an expectation, with what each replicate says of it.
struct Gains {
    values: Vec<f64>,
    each: Vec<Vec<f64>>,
}

impl Gains {
    fn of(queries: &[QueryId], told: &Told) -> Gains {
        let values = queries.iter().map(|one| told.estimates.query(*one).value).collect();
        Gains { values, each: queries.iter().map(|one| told.estimates.of_each(*one)).collect() }
    }

    /// The option that gains most in all replicates but one, or in all.
    fn best_without(&self, replicate: Option<usize>) -> usize {
        let Some(left_out) = replicate else { return best(&self.values) };
        let count = self.each[0].len() as f64;
        let rest = |(value, each): (&f64, &Vec<f64>)| count * value - each[left_out];
        best(&self.values.iter().zip(&self.each).map(rest).collect::<Vec<f64>>())
    }

    /// Whether all but any one replicate tell the same best option.
    fn is_sure(&self) -> bool {
        (0..self.each[0].len()).all(|at| self.best_without(Some(at)) == self.best_without(None))
    }
}

/// The position of the greatest, the first of those that are equal.
pub(super) fn best(values: &[f64]) -> usize {
    let better = |one: usize, other: usize| if values[other] > values[one] { other } else { one };
    (1..values.len()).fold(0, better)
}

/// What it is worth to know everything: what is regretted of the best option, where it is clear which that is. One by one, `most` and
/// `whole` may have heavier tails than what they differ by; or regrets, which are seldom large, may seem heavier than both.
pub(super) fn perfect(most: QueryId, whole: &[QueryId], regrets: &[QueryId], told: &Told) -> Estimate {
    let before = Gains::of(whole, told);
    let is_sure = before.values.iter().all(|one| one.is_finite()) && before.is_sure();
    let regret = is_sure.then(|| told.estimates.query(regrets[before.best_without(None)]));
    regret.filter(|one| one.value.is_finite()).unwrap_or_else(|| worth(&[vec![most]], whole, told))
}

/// Σ over states of the gain of the best option there, less the gain of the best option; `states` holds each option's gain in
/// each state, times its probability, and `whole` each option's gain.
pub(super) fn worth(states: &[Vec<QueryId>], whole: &[QueryId], told: &Told) -> Estimate {
    let before = Gains::of(whole, told);
    let after: Vec<Gains> = states.iter().map(|one| Gains::of(one, told)).collect();
    let taken = |at: usize| after[at].best_without(None);
    let chosen: Vec<(f64, QueryId)> =
        states.iter().enumerate().map(|(at, own)| (1.0, own[taken(at)])).collect();
    let plain: Vec<(f64, QueryId)> =
        chosen.into_iter().chain([(-1.0, whole[before.best_without(None)])]).collect();
    let found = told.estimates.combination(0.0, &plain);
    if found.exact || !found.value.is_finite() {
        return found;
    }
    let replicates = 0..before.each[0].len();
    if replicates.len() < 2 || after.iter().chain([&before]).all(Gains::is_sure) {
        return found;
    }
    let gain = |replicate: usize| -> f64 {
        let own = |one: &Gains| one.each[one.best_without(Some(replicate))][replicate];
        after.iter().map(own).sum::<f64>() - own(&before)
    };
    Estimate::from_replicates(&replicates.map(gain).collect::<Vec<f64>>())
}
