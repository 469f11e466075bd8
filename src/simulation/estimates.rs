//! From a tally to estimates with their errors.

use std::ops::Range;

use super::belief::Belief;
use super::columns::{Column, Columns};
use super::pilot;
use super::tally::Tally;
use crate::program::{BeliefId, Output, Program, Query, QueryId, SpreadId, WorldId};
use crate::statistics::{Comoments, Estimate};

/// Standard errors of probabilities that are nothing but rounding.
const ROUNDING: f64 = 1e-14;

/// The estimates that a tally allows.
pub struct Estimates<'a> {
    program: &'a Program,
    tally: &'a Tally,
    columns: &'a Columns,
    /// For each company of worlds, or for all, the sums of each replicate that has a sound draw.
    replicates: Vec<Vec<Comoments>>,
    /// The replicates that errors are told from.
    judges: Range<usize>,
}

impl<'a> Estimates<'a> {
    /// Values come from all replicates, errors from those in `judges`. A run that stops by itself lets some replicates
    /// decide when to stop and others tell the error, so that the decision can't flatter the error.
    pub(super) fn new(program: &'a Program, tally: &'a Tally, judges: Range<usize>) -> Estimates<'a> {
        let sums: Vec<_> = tally.sums().into_iter().flatten().collect();
        let is_split = sums.iter().any(|one| one.each().len() > 1);
        let of = |company: usize| -> Vec<Comoments> {
            sums.iter().map(|one| one.at(company)).filter(|one| one.count() > 0).cloned().collect()
        };
        let replicates = (0..if is_split { tally.companies } else { 1 }).map(of).collect();
        Estimates { program, tally, columns: &tally.columns, replicates, judges }
    }

    /// The estimate of a ratio of expectations.
    pub fn query(&self, query: QueryId) -> Estimate {
        self.combination(0.0, &[(1.0, query)])
    }

    /// The estimate of `constant` + Σ factor × ratio, with the error of the whole: what the parts share cancels. It is over the
    /// draws that are sound in the world of each part.
    pub fn combination(&self, constant: f64, parts: &[(f64, QueryId)]) -> Estimate {
        if let Some(value) = self.known(constant, parts) {
            return Estimate::exact(value);
        }
        let ids: Vec<QueryId> = parts.iter().map(|(_, id)| *id).collect();
        let columns: Vec<(f64, Ratio)> =
            parts.iter().map(|(factor, id)| (*factor, self.ratio(&self.program.query(*id)))).collect();
        self.draws(&ids).estimate(constant, &columns)
    }

    /// A probability: as [`query`](Estimates::query), with the interval cut to [0, 1]. Where all replicates agree, as on
    /// what no draw has seen happen, the error is not 0 but what one draw more or less would change.
    pub fn probability(&self, query: QueryId) -> Estimate {
        let found = self.query(query);
        let found = match found.exact || found.std_error > ROUNDING {
            true => found,
            false => Estimate::from_error(found.value, self.one_draw(query), self.draws(&[query]).freedom()),
        };
        found.within(0.0, 1.0)
    }

    /// Whether two queries are one: nothing that they differ in matters.
    pub fn is_same(&self, one: QueryId, other: QueryId) -> bool {
        self.program.query(one) == self.program.query(other)
    }

    /// What the first is more than the second, on the same draws. Where all replicates agree, the error is not 0 but what one
    /// draw more or less would change.
    pub fn difference(&self, query: QueryId, base: QueryId) -> Estimate {
        if self.is_same(query, base) {
            return Estimate::exact(0.0);
        }
        let found = self.combination(0.0, &[(1.0, query), (-1.0, base)]);
        match found.exact || found.std_error > ROUNDING {
            true => found,
            false => {
                let error = self.one_draw(query).max(self.one_draw(base));
                Estimate::from_error(found.value, error, self.draws(&[query, base]).freedom())
            }
        }
    }

    /// What one draw more or less changes in a probability: 1/n, or 1/Σ weight. No error can be told to be smaller where
    /// the draws are too few to differ.
    pub fn one_draw(&self, query: QueryId) -> f64 {
        let weight = self.program.query(query).weight.map(|weight| self.position(weight));
        let draws = self.draws(&[query]);
        let mean = weight.map_or(1.0, |weight| draws.pooled_all(weight));
        1.0 / (mean * draws.count() as f64)
    }

    /// (ΣW)² / ΣW² over the weights W that what was learned in a world gives the draws: the number of draws that would tell as much
    /// if each counted alike (Kong 1992); and the least share of the mean weight that a replicate has. `None` if the weight is
    /// the same in every draw.
    pub fn effective_draws(&self, world: WorldId) -> Option<(f64, f64)> {
        let weight = self.program.learned(world).weight?;
        if self.program.constant(weight).is_some() {
            return None;
        }
        let draws = self.draws_of(self.program.alone(world).position());
        let at = self.position(weight);
        let mean = draws.pooled_all(at);
        let square = draws.pooled_all(self.columns.position(Column::WeightSquare(weight)));
        let least = draws.replicates.iter().map(|one| one.means()[at]).fold(f64::INFINITY, f64::min);
        let effective = if square > 0.0 { draws.count() as f64 * (mean * mean / square) } else { 0.0 };
        Some((effective, least / mean))
    }

    // Quantities.

    /// The mean and the standard deviation of a quantity.
    pub fn mean(&self, id: SpreadId) -> (Estimate, f64) {
        if let Some(known) = pilot::known(self.program, self.program.spread(id)) {
            return (Estimate::exact(known.mean()), known.sd());
        }
        let Some((_, tallied)) = self.columns.spread(id) else {
            return (Estimate::exact(f64::NAN), f64::NAN);
        };
        let weight = tallied.weight.map(|weight| self.position(weight));
        let ratio = Ratio { numerator: self.columns.position(Column::Mean(id)), weight };
        let draws = self.draws_of(tallied.company.position());
        let mean = self.floored(draws.estimate(0.0, &[(1.0, ratio)]), id, &draws, weight);
        let total = weight.map_or(1.0, |weight| draws.pooled_all(weight));
        let square = draws.pooled_all(self.columns.position(Column::Square(id))) / total;
        let distance = mean.value - tallied.centre;
        (mean, (square - distance * distance).max(0.0).sqrt())
    }

    /// The mean of a quantity given something: a query that is its expectation.
    pub fn expectation(&self, query: QueryId, id: SpreadId) -> Estimate {
        let weight = self.program.query(query).weight.map(|weight| self.position(weight));
        self.floored(self.query(query), id, &self.draws(&[query]), weight)
    }

    /// The estimate of a mean. Where all replicates agree, as they do on a share of draws that every one of them has, the error
    /// is not 0 but what one draw more or less would change: the range of the values over the number of draws. It is 0 of
    /// values that are all the same.
    fn floored(&self, mean: Estimate, id: SpreadId, draws: &Draws, weight: Option<usize>) -> Estimate {
        let Some((at, _)) = self.columns.spread(id) else { return mean };
        let (low, high) = (self.tally.values[at].min(), self.tally.values[at].max());
        let is_rounding = mean.std_error <= ROUNDING * low.abs().max(high.abs());
        if mean.exact || !is_rounding {
            return mean;
        }
        let weight = weight.map_or(1.0, |weight| draws.pooled_all(weight));
        Estimate::from_error(mean.value, (high - low) / (weight * draws.count() as f64), draws.freedom())
    }

    /// A quantile of a quantity, at a level in (0, 1).
    pub fn quantile(&self, id: SpreadId, level: f64) -> f64 {
        if let Some(known) = pilot::known(self.program, self.program.spread(id)) {
            return known.quantile(level);
        }
        let Some((at, _)) = self.columns.spread(id) else { return f64::NAN };
        self.tally.values[at].quantile_among(self.program.points(id), level)
    }

    /// The distribution of an outcome's probability over what is not known.
    pub fn belief(&self, id: BeliefId) -> Belief<'_> {
        Belief::new(self.program, self.tally, id, self.judges.clone())
    }

    // Sums.

    fn position(&self, output: Output) -> usize {
        self.columns.position(Column::Output(output))
    }

    /// The draws that are sound in the worlds of some queries.
    fn draws(&self, queries: &[QueryId]) -> Draws<'_> {
        self.draws_of(self.program.company(queries).position())
    }

    fn draws_of(&self, company: usize) -> Draws<'_> {
        let replicates = self.replicates.get(company).unwrap_or(&self.replicates[0]);
        let judges = self.judges.start.min(replicates.len())..self.judges.end.min(replicates.len());
        Draws { replicates, judges }
    }

    /// The value of a combination into which no draw enters.
    fn known(&self, constant: f64, parts: &[(f64, QueryId)]) -> Option<f64> {
        let part = |(factor, id): &(f64, QueryId)| Some(factor * self.known_ratio(&self.program.query(*id))?);
        parts.iter().try_fold(constant, |sum, one| Some(sum + part(one)?))
    }

    /// The value of a ratio into which no draw enters: also of what can't be and of what was learned itself, however probable
    /// that was.
    fn known_ratio(&self, query: &Query) -> Option<f64> {
        let above = self.program.constant(query.numerator);
        let Some(weight) = query.weight else { return above };
        match (above, self.program.constant(weight)) {
            (Some(above), Some(below)) => Some(above / below),
            (Some(0.0), None) => Some(0.0),
            (None, None) if query.numerator == weight => Some(1.0),
            _ => None,
        }
    }

    fn ratio(&self, query: &Query) -> Ratio {
        Ratio {
            numerator: self.position(query.numerator),
            weight: query.weight.map(|weight| self.position(weight)),
        }
    }
}

/// The draws that are sound in some worlds.
struct Draws<'a> {
    replicates: &'a [Comoments],
    judges: Range<usize>,
}

impl Draws<'_> {
    fn count(&self) -> u64 {
        self.replicates.iter().map(Comoments::count).sum()
    }

    /// The degrees of freedom that errors have.
    fn freedom(&self) -> u64 {
        match self.judges.len() {
            0 | 1 => self.replicates.first().map_or(0, Comoments::count).saturating_sub(1),
            judges => judges as u64 - 1,
        }
    }

    fn pooled_all(&self, column: usize) -> f64 {
        self.pooled(column, 0..self.replicates.len(), None)
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
