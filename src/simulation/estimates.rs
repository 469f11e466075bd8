//! From a tally to estimates with their errors.

use std::ops::Range;

use super::pilot;
use super::summary::{Learned, Percentiles};
use super::tally::{Column, Layout, Tally};
use crate::distribution::Distribution;
use crate::program::{Output, Program, Query};
use crate::statistics::{Comoments, Estimate, Merge, ProbabilityHistogram};

/// Standard errors of probabilities that are nothing but rounding.
const ROUNDING: f64 = 1e-14;

/// The estimates that a tally allows.
pub struct Estimates<'a> {
    program: &'a Program,
    tally: &'a Tally,
    layout: &'a Layout,
    /// The sums of each replicate that has a sound draw.
    replicates: Vec<Comoments>,
    /// The replicates that errors are told from.
    judges: Range<usize>,
}

impl<'a> Estimates<'a> {
    /// Values come from all replicates, errors from those in `judges`. A run that stops by itself lets some replicates
    /// decide when to stop and others tell the error, so that the decision can't flatter the error.
    pub(super) fn new(program: &'a Program, tally: &'a Tally, judges: Range<usize>) -> Estimates<'a> {
        let replicates: Vec<Comoments> =
            tally.sums().into_iter().flatten().filter(|sums| sums.count() > 0).collect();
        let judges = judges.start.min(replicates.len())..judges.end.min(replicates.len());
        Estimates { program, tally, layout: &tally.layout, replicates, judges }
    }

    /// The estimate of a ratio of expectations.
    pub fn query(&self, query: Query) -> Estimate {
        self.combination(0.0, &[(1.0, query)])
    }

    /// The estimate of `constant` + Σ factor × ratio, with the error of the whole: what the parts share cancels.
    pub fn combination(&self, constant: f64, parts: &[(f64, Query)]) -> Estimate {
        let columns: Vec<(f64, Ratio)> =
            parts.iter().map(|(factor, query)| (*factor, self.ratio(query))).collect();
        if let Some(value) = self.known(constant, parts) {
            return Estimate::exact(value);
        }
        self.estimate(constant, &columns)
    }

    /// A probability: as [`query`](Estimates::query), with the interval cut to [0, 1]. Where all replicates agree, as on
    /// what no draw has seen happen, the error is not 0 but what one draw more or less would change.
    pub fn probability(&self, query: Query) -> Estimate {
        let found = self.query(query);
        let found = match found.exact || found.std_error > ROUNDING {
            true => found,
            false => Estimate::from_error(found.value, self.one_draw(query), self.freedom()),
        };
        found.within(0.0, 1.0)
    }

    /// What the first probability is more than the second, on the same draws. Where all replicates agree, the error is not
    /// 0 but what one draw more or less would change.
    pub fn difference(&self, query: Query, base: Query) -> Estimate {
        if query == base {
            return Estimate::exact(0.0);
        }
        let found = self.combination(0.0, &[(1.0, query), (-1.0, base)]);
        let found = match found.exact || found.std_error > ROUNDING {
            true => found,
            false => {
                let error = self.one_draw(query).max(self.one_draw(base));
                Estimate::from_error(found.value, error, self.freedom())
            }
        };
        found.within(-1.0, 1.0)
    }

    /// What was learned: the probability of `weight` and what all draws are confined to, and how much the draws weigh.
    pub(super) fn learned(&self, weight: Option<Output>, confined_to: f64) -> Learned {
        let probability = match weight {
            Some(weight) => self.probability(Query { numerator: weight, weight: None }).scaled(confined_to),
            None => Estimate::exact(confined_to),
        };
        let found = weight.and_then(|weight| self.effective_draws(weight));
        let (effective_draws, least) = found.unwrap_or((f64::INFINITY, 1.0));
        Learned { probability, effective_draws, is_missed: least.is_nan() || least <= 0.0 }
    }

    /// What one draw more or less changes in a probability: 1/n, or 1/Σ weight. No error can be told to be smaller where
    /// the draws are too few to differ.
    pub fn one_draw(&self, query: Query) -> f64 {
        let all = 0..self.replicates.len();
        let weight = query.weight.map(|weight| self.layout.position(Column::Output(weight)));
        let mean = weight.map_or(1.0, |weight| self.pooled(weight, all, None));
        1.0 / (mean * self.replicates.iter().map(Comoments::count).sum::<u64>() as f64)
    }

    /// (ΣW)² / ΣW², the number of draws that would tell as much if each counted alike (Kong 1992), and the least share of
    /// the mean weight that a replicate has. `None` if the weight is the same in every draw.
    pub fn effective_draws(&self, weight: Output) -> Option<(f64, f64)> {
        if self.program.constant(weight).is_some() {
            return None;
        }
        let whole = 0..self.replicates.len();
        let mean = self.pooled(self.layout.position(Column::Output(weight)), whole.clone(), None);
        let square = self.pooled(self.layout.position(Column::WeightSquare(weight)), whole, None);
        let draws: u64 = self.replicates.iter().map(Comoments::count).sum();
        let at = self.layout.position(Column::Output(weight));
        let least = self.replicates.iter().map(|one| one.means()[at]).fold(f64::INFINITY, f64::min);
        Some((if square > 0.0 { draws as f64 * (mean * mean / square) } else { 0.0 }, least / mean))
    }

    /// The degrees of freedom that errors have.
    fn freedom(&self) -> u64 {
        match self.judges.len() {
            0 | 1 => self.replicates.first().map_or(0, Comoments::count).saturating_sub(1),
            judges => judges as u64 - 1,
        }
    }

    /// The mean and the standard deviation of the `at`-th tallied spread.
    pub(super) fn spread(&self, at: usize) -> (Estimate, f64) {
        let weight = self.program.answers.weight.map(|weight| self.layout.position(Column::Output(weight)));
        let ratio = Ratio { numerator: self.layout.position(Column::Mean(at)), weight };
        let (_, _, centre) = &self.layout.spreads[at];
        let mean = self.estimate(0.0, &[(1.0, ratio)]);
        let whole = 0..self.replicates.len();
        let total = weight.map_or(1.0, |weight| self.pooled(weight, whole.clone(), None));
        let square = self.pooled(self.layout.position(Column::Square(at)), whole, None) / total;
        let distance = mean.value - centre;
        (mean, (square - distance * distance).max(0.0).sqrt())
    }

    /// The percentiles of an outcome's probability over draws, with their standard errors.
    pub(super) fn percentiles(&self, outcome: usize) -> (Percentiles, Option<Percentiles>) {
        if let Some(known) = self.known_spread(outcome) {
            let at = |level: f64| known.quantile(level);
            return (Percentiles { p05: at(0.05), p50: at(0.5), p95: at(0.95) }, None);
        }
        let each = self.tally.histograms(outcome);
        let whole = self.histogram(outcome);
        let at = |level: f64| whole.quantile(level);
        let spread = Percentiles { p05: at(0.05), p50: at(0.5), p95: at(0.95) };
        let error = |level: f64| {
            let judges: Vec<f64> = each[self.judges.clone()].iter().map(|one| one.quantile(level)).collect();
            Estimate::from_replicates(&judges).std_error * self.thinning()
        };
        let has_errors = self.judges.len() > 1;
        let errors = has_errors.then(|| Percentiles { p05: error(0.05), p50: error(0.5), p95: error(0.95) });
        (spread, errors)
    }

    /// The distribution of an outcome's probability, if no draw enters it.
    fn known_spread(&self, outcome: usize) -> Option<Distribution> {
        let spread = self.program.answers.outcome_spreads.get(outcome)?;
        pilot::known(self.program, spread)
    }

    /// The distribution of an outcome's probability over all draws, or over the states of what is not known.
    pub(super) fn histogram(&self, outcome: usize) -> ProbabilityHistogram {
        let mut whole = ProbabilityHistogram::default();
        let constant = |output: Output| self.program.constant(output);
        if self.known_spread(outcome).is_some() {
            let states = &self.program.answers.outcome_spreads[outcome].states;
            let known = states
                .iter()
                .filter_map(|(value, weight)| Some((constant(*value)?, weight.map_or(Some(1.0), constant)?)));
            let (values, weights): (Vec<f64>, Vec<f64>) = known.unzip();
            let total: f64 = weights.iter().sum();
            let shares: Vec<f64> = weights.iter().map(|weight| weight / total).collect();
            whole.add_weighted_slice(&values, &shares);
            return whole;
        }
        for histogram in self.tally.histograms(outcome) {
            whole.merge(histogram);
        }
        whole
    }

    /// The value of a combination into which no draw enters.
    fn known(&self, constant: f64, parts: &[(f64, Query)]) -> Option<f64> {
        let output = |output: Output| self.program.constant(output);
        parts.iter().try_fold(constant, |sum, (factor, query)| {
            let below = match query.weight {
                Some(weight) => output(weight)?,
                None => 1.0,
            };
            Some(sum + factor * (output(query.numerator)? / below))
        })
    }

    fn ratio(&self, query: &Query) -> Ratio {
        let position = |output| self.layout.position(Column::Output(output));
        Ratio { numerator: position(query.numerator), weight: query.weight.map(position) }
    }

    fn estimate(&self, constant: f64, parts: &[(f64, Ratio)]) -> Estimate {
        let all = 0..self.replicates.len();
        let value = self.value(constant, parts, all.clone(), None);
        if self.judges.len() < 2 {
            return Estimate::from_error(value, self.delta_error(parts), self.freedom());
        }
        let error = self.jackknife_error(constant, parts) * self.thinning();
        Estimate::from_error(value, error, self.freedom())
    }

    /// From the error of the judges' own mean to that of the mean of all replicates.
    fn thinning(&self) -> f64 {
        (self.judges.len() as f64 / self.replicates.len() as f64).sqrt()
    }

    /// Pooled over replicates in `range` but `without`: Σ factor · (Σ numerator / Σ weight).
    fn value(
        &self,
        constant: f64,
        parts: &[(f64, Ratio)],
        range: Range<usize>,
        without: Option<usize>,
    ) -> f64 {
        parts.iter().fold(constant, |sum, (factor, ratio)| {
            let above = self.pooled(ratio.numerator, range.clone(), without);
            let below = ratio.weight.map_or(1.0, |weight| self.pooled(weight, range.clone(), without));
            sum + factor * (above / below)
        })
    }

    /// The mean of a column over the draws of several replicates.
    fn pooled(&self, column: usize, range: Range<usize>, without: Option<usize>) -> f64 {
        let members = range.filter(|at| Some(*at) != without).map(|at| &self.replicates[at]);
        let (sum, count) = members.fold((0.0, 0.0), |(sum, count), one| {
            let draws = one.count() as f64;
            (sum + draws * one.means()[column], count + draws)
        });
        sum / count
    }

    /// Delete-one jackknife over the judges: √((R − 1)/R · Σ (θ₍₋ᵣ₎ − mean)²) (Efron 1979).
    fn jackknife_error(&self, constant: f64, parts: &[(f64, Ratio)]) -> f64 {
        let count = self.judges.len() as f64;
        let left_out: Vec<f64> = self
            .judges
            .clone()
            .map(|one| self.value(constant, parts, self.judges.clone(), Some(one)))
            .collect();
        let mean = left_out.iter().sum::<f64>() / count;
        let squares: f64 = left_out.iter().map(|one| (one - mean) * (one - mean)).sum();
        ((count - 1.0) / count * squares).sqrt()
    }

    /// The delta method for independent draws: Var ≈ gᵀ C g / n, with g the gradient of the ratios in the columns' means.
    fn delta_error(&self, parts: &[(f64, Ratio)]) -> f64 {
        let Some(sums) = self.replicates.first() else { return f64::INFINITY };
        let mut gradient: Vec<(usize, f64)> = Vec::new();
        for (factor, ratio) in parts {
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
        (variance / sums.count() as f64).sqrt()
    }
}

/// A ratio of columns' means.
#[derive(Clone, Copy)]
struct Ratio {
    numerator: usize,
    weight: Option<usize>,
}
