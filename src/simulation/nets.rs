//! The sums of replicates, and of the nets nested in them, over the draws that are sound in some worlds.

use std::ops::Range;

use super::tally::Tally;
use crate::statistics::{Comoments, LEVELS, NORMAL, Nested, Tail, jackknife_variance, student_t_quantile};

/// The sums of one replicate.
pub(super) struct Replicate<'a> {
    whole: Comoments,
    /// Those of the nets nested in it, from the first to the last: a power of two of them, or none.
    parts: Vec<&'a Comoments>,
}

/// The sums of all replicates that have a sound draw.
pub(super) type Replicates<'a> = Vec<Replicate<'a>>;

/// For each company of worlds, or once for all, the sums of each replicate.
pub(super) fn replicates(tally: &Tally) -> Vec<Replicates<'_>> {
    let whole: Vec<_> = tally.replicates.iter().map(|one| (one, one.tree.folded())).collect();
    let is_split = whole.iter().any(|(_, sums)| sums.as_ref().is_some_and(|one| one.each().len() > 1));
    let of = |company: usize| {
        let own = whole.iter().filter_map(|(one, sums)| {
            let whole = sums.as_ref()?.at(company).clone();
            let nets = one.tree.subtrees();
            let level = nets.first().map_or(0, |(level, _)| *level);
            let is_even = nets.len().is_power_of_two()
                && nets.len() <= 1 << LEVELS
                && nets.iter().all(|(own, sums)| *own == level && sums.at(company).count() > 0);
            let parts =
                if is_even { nets.iter().map(|(_, sums)| sums.at(company)).collect() } else { vec![] };
            (whole.count() > 0).then_some(Replicate { whole, parts })
        });
        own.collect()
    };
    (0..if is_split { tally.companies } else { 1 }).map(of).collect()
}

/// A ratio of columns' means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ratio {
    pub(super) numerator: usize,
    pub(super) weight: Option<usize>,
}

/// A part of a sum of ratios.
#[derive(Clone, Copy, Debug)]
pub(super) struct Summand {
    pub(super) factor: f64,
    pub(super) ratio: Ratio,
    /// The tail of the values above.
    pub(super) tail: Tail,
    /// By how much the column above can change by a step; 0 if it does not.
    pub(super) step: f64,
}

/// The draws that are sound in some worlds.
pub(super) struct Draws<'a> {
    pub(super) replicates: &'a [Replicate<'a>],
    /// The replicates that errors are told from.
    pub(super) judges: Range<usize>,
}

impl Draws<'_> {
    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.replicates.iter().map(|one| one.whole.count()).sum()
    }

    /// The mean of a column.
    pub(super) fn mean(&self, column: usize) -> f64 {
        let (sum, count) = self.replicates.iter().fold((0.0, 0.0), |(sum, count), one| {
            let draws = one.whole.count() as f64;
            (sum + draws * one.whole.means()[column], count + draws)
        });
        sum / count
    }

    /// The least mean that a column has in a replicate.
    pub(super) fn least(&self, column: usize) -> f64 {
        self.replicates.iter().map(|one| one.whole.means()[column]).fold(f64::INFINITY, f64::min)
    }

    /// Whether errors are told from one set of independent draws.
    pub(super) fn are_independent(&self) -> bool {
        self.judges.len() < 2
    }

    /// `constant` + Σ factor × ratio.
    pub(super) fn value(&self, constant: f64, parts: &[Summand]) -> f64 {
        let value = |part: &Summand| self.mean(part.ratio.numerator) / self.below(&part.ratio);
        parts.iter().fold(constant, |sum, part| sum + part.factor * value(part))
    }

    /// What each replicate says of a ratio, by its linear part.
    pub(super) fn of_each(&self, ratio: &Ratio) -> Vec<f64> {
        let below = self.below(ratio);
        let value = self.mean(ratio.numerator) / below;
        let each = self.replicates.iter().map(|one| {
            let means = one.whole.means();
            let own = ratio.weight.map_or(1.0, |weight| means[weight]);
            value + (means[ratio.numerator] - value * own) / below
        });
        each.collect()
    }

    /// The standard error of the value: the half-width of the 90 % interval over that of a normal, so that a reader who takes
    /// ± 1.645 of it has the interval.
    pub(super) fn std_error(&self, parts: &[Summand]) -> f64 {
        if self.are_independent() {
            let variance = self.delta_variance(parts) * self.widening(parts);
            return variance.sqrt() * self.student(self.count() as f64 - 1.0);
        }
        let judges = self.judges.len() as f64;
        // Levels tell about half as much as the replicates do.
        let freedom = if self.has_nets() { 1.5 * (judges - 1.0) } else { judges - 1.0 };
        let variance = (self.variance(parts) * self.widening(parts)).max(self.least_variance(parts));
        (variance / self.replicates.len() as f64).sqrt() * self.student(freedom)
    }

    /// How much wider the 90 % interval of Student's t is than that of a normal.
    fn student(&self, freedom: f64) -> f64 {
        student_t_quantile(0.95, freedom) / NORMAL
    }

    fn has_nets(&self) -> bool {
        self.replicates[self.judges.clone()].iter().all(|one| one.parts.len() > 1)
    }

    /// By how much the variance is greater than it looks, for the heaviest of the parts' tails.
    fn widening(&self, parts: &[Summand]) -> f64 {
        parts.iter().map(|part| part.tail.widening()).fold(1.0, f64::max)
    }

    /// The least that the variance of one replicate's result can be, however well replicates agree: a draw more or less before a
    /// step counts half its height, and the draw that lies farthest out in a tail varies as the tail does. What several parts add
    /// is as likely to cancel as to add up.
    fn least_variance(&self, parts: &[Summand]) -> f64 {
        let n = self.count() as f64 / self.replicates.len() as f64;
        let one = |part: &Summand| {
            let size = (0.5 * part.step).max(part.tail.last(n));
            square(part.factor * size / (n * self.below(&part.ratio)))
        };
        parts.iter().map(one).sum()
    }

    /// The mean below a ratio.
    fn below(&self, ratio: &Ratio) -> f64 {
        ratio.weight.map_or(1.0, |weight| self.mean(weight))
    }

    /// The variance of one replicate's result.
    fn variance(&self, parts: &[Summand]) -> f64 {
        let between = self.judges.len() as f64 * jackknife_variance(&self.left_out(parts));
        let halves = if self.has_nets() { self.halves(parts) } else { Vec::new() };
        Nested { between, halves }.variance()
    }

    /// The mean squares of half the differences between the halves of nested nets, of the sum's linear part in the columns' means.
    fn halves(&self, parts: &[Summand]) -> Vec<f64> {
        let weights: Vec<(f64, f64)> = parts
            .iter()
            .map(|part| {
                let below = self.below(&part.ratio);
                (part.factor / below, self.mean(part.ratio.numerator) / below)
            })
            .collect();
        let linear = |sums: &&Comoments| -> f64 {
            let means = sums.means();
            let one = |(part, (factor, ratio)): (&Summand, &(f64, f64))| {
                let below = part.ratio.weight.map_or(0.0, |weight| ratio * means[weight]);
                factor * (means[part.ratio.numerator] - below)
            };
            parts.iter().zip(&weights).map(one).sum()
        };
        let mut squares = [0.0; LEVELS];
        let mut depth = LEVELS;
        for replicate in &self.replicates[self.judges.clone()] {
            let mut values: Vec<f64> = replicate.parts.iter().map(linear).collect();
            depth = depth.min(values.len().ilog2() as usize);
            while values.len() > 1 {
                let level = values.len().ilog2() as usize;
                squares[level - 1] += values.chunks_exact(2).map(|two| square(two[0] - two[1])).sum::<f64>();
                values = values.chunks_exact(2).map(|two| 0.5 * (two[0] + two[1])).collect();
            }
        }
        let pairs = |level: usize| (self.judges.len() << level) as f64;
        (0..depth).map(|level| 0.25 * squares[level] / pairs(level)).collect()
    }

    /// Of each judge, the mean of a column over the draws of all other judges.
    fn without_each(&self, column: usize) -> Vec<f64> {
        let judges = &self.replicates[self.judges.clone()];
        let own = |one: &Replicate| {
            let draws = one.whole.count() as f64;
            (draws * one.whole.means()[column], draws)
        };
        let (sum, count) = judges.iter().map(own).fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
        judges.iter().map(own).map(|(part, draws)| (sum - part) / (count - draws)).collect()
    }

    /// The result without each of the judges.
    fn left_out(&self, parts: &[Summand]) -> Vec<f64> {
        let mut left_out = vec![0.0; self.judges.len()];
        for part in parts {
            let above = self.without_each(part.ratio.numerator);
            let below = part.ratio.weight.map(|weight| self.without_each(weight));
            for (at, sum) in left_out.iter_mut().enumerate() {
                *sum += part.factor * (above[at] / below.as_ref().map_or(1.0, |below| below[at]));
            }
        }
        left_out
    }

    /// The delta method for independent draws: Var ≈ gᵀ C g / n, with g the gradient of the ratios in the columns' means.
    fn delta_variance(&self, parts: &[Summand]) -> f64 {
        let Some(Replicate { whole: sums, .. }) = self.replicates.first() else { return f64::INFINITY };
        let mut gradient: Vec<(usize, f64)> = Vec::new();
        for Summand { factor, ratio, .. } in parts {
            let above = sums.means()[ratio.numerator];
            let below = ratio.weight.map_or(1.0, |weight| sums.means()[weight]);
            gradient.push((ratio.numerator, factor / below));
            gradient.extend(ratio.weight.map(|weight| (weight, -factor * above / (below * below))));
        }
        let mut variance = 0.0;
        for (a, ga) in &gradient {
            for (b, gb) in &gradient {
                variance += ga * gb * sums.covariance_of(*a, *b).unwrap_or(f64::NAN);
            }
        }
        // Rounding may leave it a little below 0. A variance that is not known stays NaN, so that the error is infinite.
        let variance = if variance < 0.0 { 0.0 } else { variance };
        variance / sums.count() as f64
    }
}

fn square(x: f64) -> f64 {
    x * x
}
