//! How far an answer goes along with a value in the draws of the ordinary run, at no draws of its own: valid whatever depends on
//! what.

use std::borrow::Cow;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::estimated::Figure;
use crate::analysis::round::Told;
use crate::program::{Output, Query, WorldId};
use crate::random::{Key, word};
use crate::simulation::Kept;
use crate::statistics::{Estimate, jackknife_variance, moderating};

/// How far an answer goes along with a value.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Goes {
    /// The name of a factor or a derived value, or the address of a weight or base.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The share of the answer's variance that goes away once the value is known (the correlation ratio; Pearson 1905), by 40
    /// cells of the value: Sobol's first-order index where values do not depend on each other, and neither states nor theories are
    /// among what is not known, which are averaged over here.
    pub share: Figure,
    /// Spearman's rank correlation.
    pub rank_correlation: Figure,
    /// Chatterjee's ξ (2021): 0 if the answer does not depend on the value, 1 if it is a function of it. Null where something was
    /// learned by weights.
    pub xi: Figure,
}

/// A value whose draws were kept.
pub(super) struct Values<'a> {
    pub(super) id: &'a str,
    pub(super) label: &'a str,
    pub(super) output: Output,
}

/// As many cells as values are dealt into; at least so many draws are in each.
const CELLS: usize = 40;
const DRAWS: usize = 8;

/// As many draws as enter: twice as many would shrink errors by a third.
const MOST: usize = 1 << 11;

/// As many groups of draws as errors are told from.
const GROUPS: usize = 16;

/// For each answer how far it goes along with each value, closest first; `is_same` says of an answer and the name of a value that they
/// are one thing.
pub(super) fn associations(
    told: &Told,
    answers: &[Output],
    values: &[Values],
    is_same: impl Fn(usize, &str) -> bool,
) -> Vec<Vec<Goes>> {
    let draws = Draws::of(told, told.world, answers);
    let sorted: Vec<Ranked> = values.iter().map(|one| Ranked::of(draws.column(one.output))).collect();
    let of_answer = |(at, output): (usize, &Output)| {
        let Some(y) = draws.varying(*output, told) else { return Vec::new() };
        let others = values.iter().zip(&sorted).filter(|(one, x)| !is_same(at, one.id) && x.varies());
        let mut all: Vec<Goes> = others.map(|(one, x)| draws.goes(one, x, &y)).collect();
        all.sort_by(|a, b| b.share.value.total_cmp(&a.share.value));
        all
    };
    answers.iter().enumerate().map(of_answer).collect()
}

/// The draws that enter.
pub(in crate::analysis) struct Draws<'k> {
    kept: Cow<'k, Kept>,
    groups: Vec<Range<usize>>,
    /// The group of each draw that enters.
    group_of: Vec<usize>,
    /// What was learned, if draws weigh differently under it.
    weight: Option<Output>,
}

/// Which variance of y a share is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analysis) enum Whole {
    /// That of the values themselves.
    Values,
    /// That of whether something happens whose probabilities they are.
    Chance,
}

/// Of each group of draws the first that enter.
fn chosen(kept: &Kept) -> Vec<Range<usize>> {
    let groups = kept.groups(GROUPS);
    let each = (MOST / groups.len().max(1)).max(1);
    groups.into_iter().map(|group| group.start..group.end.min(group.start + each)).collect()
}

/// A column with the order and the ranks of its values.
pub(in crate::analysis) struct Ranked {
    values: Vec<f64>,
    order: Vec<usize>,
    /// From 1 on; those of equal values are their mean.
    ranks: Vec<f64>,
}

impl Ranked {
    pub(in crate::analysis) fn of(values: Vec<f64>) -> Ranked {
        let mut order: Vec<usize> = (0..values.len()).collect();
        // Equal values stand in an order of chance, not in that of the design: Chatterjee's ξ breaks ties so.
        let chance = |at: usize| word(Key::new(1), at as u64);
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then_with(|| chance(*a).cmp(&chance(*b))));
        let mut ranks = vec![0.0; values.len()];
        let mut start = 0;
        for run in order.chunk_by(|a, b| values[*a] == values[*b]) {
            let mean = start as f64 + (run.len() + 1) as f64 / 2.0;
            run.iter().for_each(|at| ranks[*at] = mean);
            start += run.len();
        }
        Ranked { values, order, ranks }
    }

    /// The mean of the values.
    pub(in crate::analysis) fn mean(&self) -> f64 {
        self.values.iter().sum::<f64>() / self.values.len() as f64
    }

    pub(in crate::analysis) fn varies(&self) -> bool {
        let ends = self.order.first().zip(self.order.last());
        ends.is_some_and(|(first, last)| self.values[*first] < self.values[*last])
    }
}

impl<'k> Draws<'k> {
    /// Those of a world that were kept, each as often as what was learned there gives it weight; `shares` are joint with that.
    pub(in crate::analysis) fn of(told: &Told<'k>, world: WorldId, shares: &[Output]) -> Draws<'k> {
        let weight = told.program.learned(world).weight.filter(|one| told.program.constant(*one).is_none());
        let kept = match weight {
            Some(weight) => Cow::Owned(told.kept().clone().resampled(weight, shares)),
            None => Cow::Borrowed(told.kept()),
        };
        let groups = chosen(&kept);
        let group_of = groups.iter().enumerate().flat_map(|(at, group)| group.clone().map(move |_| at));
        Draws { group_of: group_of.collect(), kept, groups, weight }
    }

    /// The probabilities in a column, unless they are known whatever is drawn, or the draws are too few.
    pub(in crate::analysis) fn varying(&self, output: Output, told: &Told) -> Option<Ranked> {
        let is_known = told.program.known(Query { numerator: output, weight: self.weight }).is_some();
        (!is_known).then(|| self.ranked(output)).flatten()
    }

    /// The values of a column; `None` if it was not kept, or the draws are too few.
    pub(in crate::analysis) fn ranked(&self, output: Output) -> Option<Ranked> {
        let column = self.column(output);
        (column.len() >= GROUPS * DRAWS).then(|| Ranked::of(column))
    }

    /// The share of a variance of y that goes away once x is known.
    pub(in crate::analysis) fn share(&self, x: &Ranked, y: &Ranked, of: Whole) -> Estimate {
        share(x, y, &self.group_of, self.groups.len(), of).within(0.0, 1.0)
    }

    /// The correlation of the ranks of x and y.
    pub(in crate::analysis) fn rank_correlation(&self, x: &Ranked, y: &Ranked) -> Estimate {
        told(&correlation(x, y, &self.group_of, self.groups.len())).within(-1.0, 1.0)
    }

    fn column(&self, output: Output) -> Vec<f64> {
        let column = self.kept.column(output);
        if column.is_empty() {
            return Vec::new();
        }
        self.groups.iter().flat_map(|group| column[group.clone()].iter().copied()).collect()
    }

    fn goes(&self, one: &Values, x: &Ranked, y: &Ranked) -> Goes {
        let groups = self.groups.len();
        let xi = match self.weight {
            Some(_) => Estimate::unknown(),
            None => told(&xi(x, y, &self.group_of, groups)).within(-1.0, 1.0),
        };
        Goes {
            id: one.id.into(),
            label: one.label.into(),
            share: self.share(x, y, Whole::Values).into(),
            rank_correlation: self.rank_correlation(x, y).into(),
            xi: xi.into(),
        }
    }
}

/// A statistic of all draws, and without each group of them.
struct Jackknifed {
    whole: f64,
    without: Vec<f64>,
}

impl Jackknifed {
    /// With what shrinks as one over the number of groups taken off (Quenouille 1956).
    fn without_bias(self) -> Jackknifed {
        let count = self.without.len() as f64;
        let mean = self.without.iter().sum::<f64>() / count;
        Jackknifed { whole: count * self.whole - (count - 1.0) * mean, ..self }
    }
}

/// With the error that leaving out each group tells (Miller 1974).
fn told(found: &Jackknifed) -> Estimate {
    let error = jackknife_variance(&found.without).sqrt();
    Estimate::from_student(found.whole, error, found.without.len() as f64 - 1.0)
}

/// Sums by group, and a statistic of them: of all, and without each.
fn jackknifed<const N: usize>(groups: &[[f64; N]], statistic: impl Fn(&[f64; N]) -> f64) -> Jackknifed {
    let mut whole = [0.0; N];
    groups.iter().for_each(|one| (0..N).for_each(|at| whole[at] += one[at]));
    let without = |one: &[f64; N]| statistic(&std::array::from_fn(|at| whole[at] - one[at]));
    Jackknifed { whole: statistic(&whole), without: groups.iter().map(without).collect() }
}

/// The variance between cells of x over the whole. What the errors of the cells' means add to it is taken off by leaving out each
/// group (Quenouille 1956), whatever the design; what x tells within a cell, by what pairs of cells lose beside cells, as drivers
/// do it.
fn share(x: &Ranked, y: &Ranked, group_of: &[usize], groups: usize, of: Whole) -> Estimate {
    let draws = x.order.len();
    let cells = (CELLS.min(draws / DRAWS).max(2)) & !1;
    let centre = y.mean();
    let by = match of {
        Whole::Values => moderating(y.values.iter().map(|value| (value - centre).abs())),
        Whole::Chance => 1.0,
    };
    // By cell and group: count, sum, sum of squares.
    let mut sums = vec![[0.0; 3]; cells * groups];
    for (place, at) in x.order.iter().enumerate() {
        let own = &mut sums[(place * cells / draws) * groups + group_of[*at]];
        let value = (y.values[*at] - centre) * by;
        (own[0], own[1], own[2]) = (own[0] + 1.0, own[1] + value, own[2] + value * value);
    }
    let between = |joined: usize, left_out: Option<usize>| {
        let (mut whole, mut within) = ([0.0; 3], 0.0);
        for some in sums.chunks(groups * joined) {
            let mut own = [0.0; 3];
            let rest = some.iter().enumerate().filter(|(at, _)| Some(at % groups) != left_out);
            rest.for_each(|(_, one)| (0..3).for_each(|at| own[at] += one[at]));
            within += squares(&own);
            (0..3).for_each(|at| whole[at] += own[at]);
        }
        let all = squares(&whole);
        (all - within)
            / match of {
                Whole::Values => all,
                Whole::Chance => {
                    let p = centre + whole[1] / whole[0];
                    whole[0] * p * (1.0 - p)
                }
            }
    };
    let by = |joined: usize| {
        let without = (0..groups).map(|group| between(joined, Some(group))).collect();
        Jackknifed { whole: between(joined, None), without }.without_bias()
    };
    let (fine, coarse) = (by(1), by(2));
    let lost = fine.whole - coarse.whole;
    let error = told(&fine);
    let error = (error.std_error * error.std_error + 0.25 * lost * lost).sqrt();
    Estimate::from_student(fine.whole + 2.0 * lost / 3.0, error, groups as f64 - 1.0)
}

/// The sum of the squares of the distances from their mean, from count, sum and sum of squares.
fn squares([count, sum, square]: &[f64; 3]) -> f64 {
    if *count > 0.0 { square - sum * sum / count } else { 0.0 }
}

/// The correlation of ranks (Spearman 1904).
fn correlation(x: &Ranked, y: &Ranked, group_of: &[usize], groups: usize) -> Jackknifed {
    let centre = (x.ranks.len() + 1) as f64 / 2.0;
    let mut sums = vec![[0.0; 6]; groups];
    for ((x, y), group) in x.ranks.iter().zip(&y.ranks).zip(group_of) {
        let (a, b) = (x - centre, y - centre);
        let terms = [1.0, a, b, a * b, a * a, b * b];
        (0..6).for_each(|at| sums[*group][at] += terms[at]);
    }
    jackknifed(&sums, |[n, a, b, ab, aa, bb]| (ab - a * b / n) / ((aa - a * a / n) * (bb - b * b / n)).sqrt())
}

/// 1 − n Σ |r_(i+1) − r_i| / (2 Σ l_i (n − l_i)), with the draws in the order of x, r_i how many have a y that is not larger, and l_i
/// how many have one that is not smaller (Chatterjee 2021, "A new coefficient of correlation", J. Am. Stat. Assoc. 116). Without a
/// group, r and l stay those of all draws.
fn xi(x: &Ranked, y: &Ranked, group_of: &[usize], groups: usize) -> Jackknifed {
    let n = x.order.len() as f64;
    let (mut below, mut seen) = (vec![0.0; x.order.len()], 0.0);
    let mut above = vec![[0.0]; groups];
    for run in y.order.chunk_by(|a, b| y.values[*a] == y.values[*b]) {
        let not_smaller = n - seen;
        seen += run.len() as f64;
        for at in run {
            below[*at] = seen;
            above[group_of[*at]][0] += not_smaller * (n - not_smaller);
        }
    }
    // The last draw of all but each group, and of all.
    let (mut last, mut steps) = (vec![f64::NAN; groups + 1], vec![0.0; groups + 1]);
    for at in &x.order {
        for (group, (last, steps)) in last.iter_mut().zip(&mut steps).enumerate() {
            if group != group_of[*at] {
                *steps += if last.is_nan() { 0.0 } else { (below[*at] - *last).abs() };
                *last = below[*at];
            }
        }
    }
    let all: f64 = above.iter().map(|one| one[0]).sum();
    let value = |steps: f64, above: f64| 1.0 - n * steps / (2.0 * above);
    let without = above.iter().zip(&steps).map(|(own, steps)| value(*steps, all - own[0]));
    Jackknifed { whole: value(steps[groups], all), without: without.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(statistic: impl Fn(&Ranked, &Ranked, &[usize], usize) -> Jackknifed, x: &[f64], y: &[f64]) -> f64 {
        let groups: Vec<usize> = (0..x.len()).map(|at| at % 4).collect();
        statistic(&Ranked::of(x.to_vec()), &Ranked::of(y.to_vec()), &groups, 4).whole
    }

    #[test]
    fn xi_is_that_of_its_paper() {
        // Without ties it is 1 − 3 Σ |r_(i+1) − r_i| / (n² − 1).
        let x = [1.0, 2.0, 3.0, 4.0, 5.0];
        assert!((all(xi, &x, &[1.0, 2.0, 3.0, 4.0, 5.0]) - (1.0 - 3.0 * 4.0 / 24.0)).abs() < 1e-15);
        let steps = 4.0 + 3.0 + 2.0 + 1.0;
        assert!((all(xi, &x, &[1.0, 5.0, 2.0, 4.0, 3.0]) - (1.0 - 3.0 * steps / 24.0)).abs() < 1e-15);
    }

    #[test]
    fn a_function_that_is_not_monotone_has_no_rank_correlation_and_all_of_the_variance() {
        let x: Vec<f64> = (0..1024).map(|at| f64::from(at) - 511.5).collect();
        let y: Vec<f64> = x.iter().map(|x| x * x).collect();
        assert!(all(correlation, &x, &y).abs() < 1e-12);
        let groups: Vec<usize> = (0..x.len()).map(|at| at % 4).collect();
        let found = share(&Ranked::of(x.clone()), &Ranked::of(y.clone()), &groups, 4, Whole::Values);
        assert!(found.value > 0.99 && all(xi, &x, &y) > 0.98, "{found:?}");
    }
}
