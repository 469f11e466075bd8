//! Shares of a variance, with errors from replicates and the nets nested in them.

use super::paired::{Places, Sums};
use crate::statistics::{Estimate, LEVELS, NORMAL, Nested, jackknife_variance, student_t_quantile};

/// A part of an answer's variance: Σ coefficient × sum, over the weight.
pub(super) type Above = Vec<(usize, f64)>;

/// Shares of the variance of one answer.
pub(super) struct Shares<'s> {
    sums: &'s Sums,
    answer: usize,
    /// The totals of each replicate.
    totals: Vec<Vec<f64>>,
    /// Whether the answer may change by a step.
    jumps: bool,
}

impl<'s> Shares<'s> {
    pub(super) fn new(sums: &'s Sums, answer: usize, jumps: bool) -> Shares<'s> {
        let total = |leaves: &Vec<Vec<f64>>| {
            let mut total = vec![0.0; sums.places.count()];
            leaves.iter().for_each(|leaf| add(&mut total, leaf));
            total
        };
        Shares { sums, answer, totals: sums.leaves.iter().map(total).collect(), jumps }
    }

    pub(super) fn places(&self) -> Places {
        self.sums.places
    }

    /// The variance of the answer over what is not known.
    pub(super) fn variance(&self) -> f64 {
        self.variance_of(&self.pooled())
    }

    /// The share that a part is, and `constant` more.
    pub(super) fn share(&self, constant: f64, above: &Above) -> Estimate {
        let pooled = self.pooled();
        let value = self.value(&pooled, above);
        let error = self.std_error(&pooled, above, value);
        Estimate::from_error(constant + value, error)
    }

    /// The value of the share alone.
    pub(super) fn value_of(&self, constant: f64, above: &Above) -> f64 {
        constant + self.value(&self.pooled(), above)
    }

    fn pooled(&self) -> Vec<f64> {
        let mut pooled = vec![0.0; self.places().count()];
        self.totals.iter().for_each(|one| add(&mut pooled, one));
        pooled
    }

    fn variance_of(&self, sums: &[f64]) -> f64 {
        let mean = sums[self.places().mean(self.answer)] / sums[0];
        sums[self.places().square(self.answer)] / sums[0] - mean * mean
    }

    fn value(&self, sums: &[f64], above: &Above) -> f64 {
        linear(sums, above) / sums[0] / self.variance_of(sums)
    }

    /// The half-width of the 90 % interval over that of a normal: see `simulation::nets`, whose rule for ratios it follows.
    fn std_error(&self, pooled: &[f64], above: &Above, value: f64) -> f64 {
        let count = self.totals.len() as f64;
        let without = |one: &Vec<f64>| {
            let rest: Vec<f64> = pooled.iter().zip(one).map(|(all, own)| all - own).collect();
            self.value(&rest, above)
        };
        let left_out: Vec<f64> = self.totals.iter().map(without).collect();
        let between = count * jackknife_variance(&left_out);
        let halves = self.halves(pooled, above, value);
        let freedom = if halves.is_empty() { count - 1.0 } else { 1.5 * (count - 1.0) };
        let variance = Nested { between, halves }.variance().max(self.least_variance(pooled));
        (variance / count).sqrt() * (student_t_quantile(0.95, freedom) / NORMAL)
    }

    /// The least that the variance of one replicate's result can be: a draw more or less before a step, which is as large as all
    /// values are apart, or three deviations.
    fn least_variance(&self, pooled: &[f64]) -> f64 {
        if !self.jumps {
            return 0.0;
        }
        let variance = self.variance_of(pooled);
        let [low, high] = self.sums.ranges[self.answer];
        let step = (high - low).min(3.0 * variance.sqrt());
        let one = 0.5 * step * step / (self.sums.draws as f64 * variance);
        one * one
    }

    /// The mean squares of half the differences between the halves of nested nets, of the share's linear part in the sums.
    fn halves(&self, pooled: &[f64], above: &Above, value: f64) -> Vec<f64> {
        let places = self.places();
        let mean = pooled[places.mean(self.answer)] / pooled[0];
        let variance = self.variance_of(pooled);
        let influence = |leaf: &Vec<f64>| {
            let (first, second) = (leaf[places.mean(self.answer)], leaf[places.square(self.answer)]);
            let spread = second - 2.0 * mean * first + (mean * mean - variance) * leaf[0];
            let part = linear(leaf, above) - value * variance * leaf[0];
            (part - value * spread) / variance
        };
        let leaves = 1usize << LEVELS;
        let draws = self.totals.iter().map(|one| one[0]).sum::<f64>() / (self.totals.len() * leaves) as f64;
        let mut squares = [0.0; LEVELS];
        for replicate in &self.sums.leaves {
            let mut values: Vec<f64> = replicate.iter().map(|leaf| influence(leaf) / draws).collect();
            if values.len() != leaves {
                return Vec::new();
            }
            while values.len() > 1 {
                let level = values.len().ilog2() as usize;
                let square = |two: &[f64]| (two[0] - two[1]) * (two[0] - two[1]);
                squares[level - 1] += values.chunks_exact(2).map(square).sum::<f64>();
                values = values.chunks_exact(2).map(|two| 0.5 * (two[0] + two[1])).collect();
            }
        }
        let pairs = |level: usize| (self.totals.len() << level) as f64;
        (0..LEVELS).map(|level| 0.25 * squares[level] / pairs(level)).collect()
    }
}

fn linear(sums: &[f64], above: &Above) -> f64 {
    above.iter().map(|(place, coefficient)| coefficient * sums[*place]).sum()
}

fn add(sums: &mut [f64], more: &[f64]) {
    sums.iter_mut().zip(more).for_each(|(sum, one)| *sum += one);
}
