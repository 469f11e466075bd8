//! From a tally to estimates with their errors.

use std::cell::OnceCell;
use std::ops::Range;

use super::belief::Belief;
use super::columns::{Column, Columns};
use super::kept::Kept;
use super::nets::{Draws, Ratio, Replicates, Summand, replicates};
use super::pilot;
use super::quantiles::Quantiles;
use super::tally::Tally;
use crate::distribution::TAIL;
use crate::program::{BeliefId, CompanyId, Output, Program, Query, QueryId, SpreadId, WorldId};
use crate::statistics::{Estimate, NORMAL, Tail, ValueGrid};

/// Standard errors of probabilities that are nothing but rounding.
const ROUNDING: f64 = 1e-14;

/// As many draws apart from all others tell how often that happens.
const SEEN: f64 = 24.0;

/// The estimates that a tally allows.
pub struct Estimates<'a> {
    program: &'a Program,
    tally: &'a Tally,
    kept: &'a Kept,
    columns: &'a Columns,
    /// For each company of worlds, or for all, the sums of each replicate that has a sound draw.
    replicates: Vec<Replicates<'a>>,
    /// The distributions of quantities, merged when they are asked for.
    values: Vec<OnceCell<Quantiles<'a, ValueGrid>>>,
    /// The replicates that errors are told from.
    judges: Range<usize>,
}

impl<'a> Estimates<'a> {
    /// Values come from all replicates, errors from those in `judges`: of independent draws, from none. A run that stops by
    /// itself lets some replicates decide when to stop, and tells the error from all.
    pub(super) fn new(
        program: &'a Program,
        tally: &'a Tally,
        kept: &'a Kept,
        judges: Range<usize>,
    ) -> Estimates<'a> {
        let (columns, replicates) = (&tally.columns, replicates(tally));
        let values = columns.spreads.iter().map(|_| OnceCell::new()).collect();
        Estimates { program, tally, kept, columns, replicates, values, judges }
    }

    /// The same, with errors told from other replicates.
    pub(super) fn judged_by(self, judges: Range<usize>) -> Estimates<'a> {
        let values = self.columns.spreads.iter().map(|_| OnceCell::new()).collect();
        Estimates { judges, values, ..self }
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
        let summands: Vec<Summand> = parts.iter().map(|(factor, id)| self.summand(*factor, *id)).collect();
        self.estimate(&self.draws(&ids), constant, &summands)
    }

    /// What each replicate says of a ratio of expectations: as many independent results, of equal weight, whose mean is the
    /// estimate. They are the linear parts (the delta method): above and below are those of the replicate, the slope is that of
    /// all. One result, or none, where the draws are in one piece.
    pub fn of_each(&self, query: QueryId) -> Vec<f64> {
        let ratio = self.ratio(&self.program.query(query));
        self.draws(&[query]).of_each(&ratio)
    }

    /// A probability: as [`query`](Estimates::query), with the interval cut to [0, 1]. Where all replicates agree, as on
    /// what no draw has seen happen, the error is not 0 but what one draw more or less would change. Of independent draws it is
    /// the [share](Estimate::of_share) of as many draws of what happens or does not as would tell as much.
    pub fn probability(&self, query: QueryId) -> Estimate {
        let found = self.query(query);
        let draws = self.draws(&[query]);
        let found = match found.exact || found.std_error > ROUNDING {
            true if found.exact || !draws.are_independent() => found,
            true => {
                let variance = found.std_error * found.std_error;
                let draws = found.value * (1.0 - found.value) / variance;
                let is_few = self.kept.rests_on_few(self.program, query);
                // What few draws tell, no more tell than there are.
                let most = if is_few { 1.0 / self.one_draw(query) } else { f64::INFINITY };
                Estimate::of_share(found.value, draws.min(most))
            }
            false if draws.are_independent() => Estimate::of_share(found.value, 1.0 / self.one_draw(query)),
            false => Estimate::from_error(found.value, self.one_draw(query)),
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
        let is_few = || [query, base].iter().any(|one| self.kept.rests_on_few(self.program, *one));
        match found.exact || found.std_error > ROUNDING {
            true if found.exact || !self.draws(&[query, base]).are_independent() || !is_few() => found,
            // As no draw of n tells that something is rarer than 3/n.
            true => {
                let unseen = 3.0 / NORMAL * self.one_draw(query).max(self.one_draw(base));
                Estimate::from_error(found.value, libm::hypot(found.std_error, unseen))
            }
            false => Estimate::from_error(found.value, self.one_draw(query).max(self.one_draw(base))),
        }
    }

    /// What the first is more than the product of others, on the same draws: 0 of what is independent. The error is that of its
    /// linear part (the delta method), in which what the draws have in common cancels: the slope in one of the others is the
    /// product of the rest. Where all replicates agree, or few draws tell it, the error is as in a
    /// [`difference`](Estimates::difference).
    pub fn beyond_product(&self, query: QueryId, others: &[QueryId]) -> Estimate {
        let values: Vec<f64> = others.iter().map(|one| self.query(*one).value).collect();
        let product = |without: Option<usize>| -> f64 {
            values.iter().enumerate().filter(|(at, _)| Some(*at) != without).map(|(_, value)| value).product()
        };
        let slopes = others.iter().enumerate().map(|(at, one)| (-product(Some(at)), *one));
        let parts: Vec<(f64, QueryId)> = [(1.0, query)].into_iter().chain(slopes).collect();
        let value = self.query(query).value - product(None);
        let linear = self.combination(0.0, &parts);
        if linear.exact {
            return Estimate::exact(but_for_rounding(value, value.abs() + 2.0 * product(None).abs()));
        }
        let all = || [query].into_iter().chain(others.iter().copied());
        let is_few = || all().any(|one| self.kept.rests_on_few(self.program, one));
        match linear.std_error > ROUNDING {
            true if self.draws(&[query]).are_independent() && is_few() => {
                let unseen = 3.0 / NORMAL * self.one_draw(query);
                Estimate::from_error(value, libm::hypot(linear.std_error, unseen))
            }
            true => Estimate::from_error(value, linear.std_error),
            false => Estimate::from_error(value, self.one_draw(query)),
        }
    }

    /// What one draw more or less changes in a probability: 1/n, or 1/Σ weight. No error can be told to be smaller where
    /// the draws are too few to differ.
    pub fn one_draw(&self, query: QueryId) -> f64 {
        let weight = self.program.query(query).weight.map(|weight| self.position(weight));
        let draws = self.draws(&[query]);
        let mean = weight.map_or(1.0, |weight| draws.mean(weight));
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
        let mean = draws.mean(at);
        let square = draws.mean(self.columns.position(Column::WeightSquare(weight)));
        let least = draws.least(at);
        let effective = if square > 0.0 { draws.count() as f64 * (mean * mean / square) } else { 0.0 };
        Some((effective, least / mean))
    }

    // Quantities.

    /// The mean and the standard deviation of a quantity; unknown where the tail of its draws says that they don't tell it.
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
        let part = self.of_values(id, ratio, tallied.scale);
        let mean = self.estimate(&draws, 0.0, &[part]).scaled(1.0 / tallied.scale);
        let has_deviation = self.tail_of(id).has_deviation();
        (mean, if has_deviation { self.deviation(id) } else { f64::NAN })
    }

    /// The mean of a quantity given something: a query that is its expectation.
    pub fn expectation(&self, query: QueryId, id: SpreadId) -> Estimate {
        match self.known(0.0, &[(1.0, query)]) {
            Some(value) => Estimate::exact(value),
            None => {
                let ratio = self.ratio(&self.program.query(query));
                self.estimate(&self.draws(&[query]), 0.0, &[self.of_values(id, ratio, 1.0)])
            }
        }
    }

    /// How heavy the tail of a quantity's values is; `None` if no draw enters.
    pub fn tail(&self, id: SpreadId) -> Option<Tail> {
        self.columns.spread(id).map(|_| self.tail_of(id))
    }

    /// The same, with what formulas say of it.
    fn tail_of(&self, id: SpreadId) -> Tail {
        let drawn = self.kept.tail(self.program, id);
        self.program.index(id).map_or(drawn, |(index, may_be_cut)| drawn.known(index, may_be_cut))
    }

    fn tail_of_query(&self, id: QueryId) -> Tail {
        let drawn = self.kept.tail_of_query(self.program, id);
        self.program.index_of_query(id).map_or(drawn, |(index, may_be_cut)| drawn.known(index, may_be_cut))
    }

    /// The standard deviation of the draws, whatever they tell of that of the quantity.
    pub(super) fn deviation(&self, id: SpreadId) -> f64 {
        let Some((_, tallied)) = self.columns.spread(id) else { return f64::NAN };
        let draws = self.draws_of(tallied.company.position());
        let total = tallied.weight.map_or(1.0, |weight| draws.mean(self.position(weight)));
        let mean = draws.mean(self.columns.position(Column::Mean(id))) / total;
        let square = draws.mean(self.columns.position(Column::Square(id))) / total;
        let distance = mean - tallied.grid.origin() * tallied.scale;
        (square - distance * distance).max(0.0).sqrt() / tallied.scale
    }

    /// The mean of a quantity's values, times `scale`, as a part of a sum. A step is as large as all values are apart, or three deviations where
    /// these are known: not where few draws lie apart from the others. Where none does, it is as large as formulas allow.
    fn of_values(&self, id: SpreadId, ratio: Ratio, scale: f64) -> Summand {
        let tail = self.tail_of(id);
        let step = if self.program.spread_jumps(id) { self.step(id, tail) } else { 0.0 };
        Summand { factor: 1.0, ratio, tail: tail.scaled(scale), step: scale * step }
    }

    /// By how much the values of a quantity that jumps do so.
    fn step(&self, id: SpreadId, tail: Tail) -> f64 {
        let Some((at, tallied)) = self.columns.spread(id) else { return 0.0 };
        let range = self.range(at);
        if range == 0.0 {
            return Some(self.program.spread_range(id)).filter(|known| known.is_finite()).unwrap_or(0.0);
        }
        let deviation = self.deviation(id);
        let share = deviation / range;
        let is_seen = || share * share * self.draws_that_count(tallied.company, tallied.weight) >= SEEN;
        match tail {
            Tail::Rare => range,
            _ if is_seen() => range.min(3.0 * deviation),
            _ => range,
        }
    }

    /// How far the values of the quantity at a position are apart.
    fn range(&self, at: usize) -> f64 {
        let values = || self.tally.replicates.iter().map(|one| &one.values[at]);
        let greatest = values().map(|one| one.max()).fold(f64::NEG_INFINITY, f64::max);
        greatest - values().map(|one| one.min()).fold(f64::INFINITY, f64::min)
    }

    /// A query as a part of a sum.
    fn summand(&self, factor: f64, id: QueryId) -> Summand {
        let ratio = self.ratio(&self.program.query(id));
        let range = || match self.program.range(id) {
            known if known.is_finite() => known,
            _ => self.kept.range(self.program, id),
        };
        let has_step = self.program.jumps(id) || self.kept.rests_on_few(self.program, id);
        let step = if has_step { range() } else { 0.0 };
        let tail = self.tail_of_query(id);
        Summand { factor, ratio, tail, step }
    }

    fn estimate(&self, draws: &Draws, constant: f64, parts: &[Summand]) -> Estimate {
        if parts.iter().any(|part| part.factor != 0.0 && !part.tail.has_mean()) {
            return Estimate::unknown();
        }
        Estimate::from_error(draws.value(constant, parts), draws.std_error(parts))
    }

    /// A quantile of a quantity, at a level in (0, 1).
    pub fn quantile(&self, id: SpreadId, level: f64) -> f64 {
        if let Some(known) = pilot::known(self.program, self.program.spread(id)) {
            return known.quantile(level);
        }
        let Some(values) = self.values(id) else { return f64::NAN };
        values.whole.quantile_among(self.program.points(id), level)
    }

    /// The standard error of a quantile; `None` if no draw enters it.
    pub fn quantile_error(&self, id: SpreadId, level: f64) -> Option<f64> {
        let values = self.values(id)?;
        let points = self.program.points(id);
        // Where all values lie on known points, a lump is one of them.
        let lump = if points.is_none() { values.whole.lump(level) } else { 0.0 };
        Some(values.error(level, lump, |level| values.whole.quantile_among(points, level)))
    }

    /// Whether no draw enters the distribution of a quantity.
    pub fn is_known(&self, id: SpreadId) -> bool {
        pilot::known(self.program, self.program.spread(id)).is_some()
    }

    /// How a quantity's values lie, as at most `most` bars: see [`Distribution::bars`](crate::distribution::Distribution::bars), which
    /// it is where no draw enters. The shares are of draws, by their weights.
    pub fn bars(&self, id: SpreadId, most: usize) -> Vec<(f64, f64, f64)> {
        if let Some(known) = pilot::known(self.program, self.program.spread(id)) {
            return known.bars(most);
        }
        let Some(values) = self.values(id) else { return Vec::new() };
        let [low, high] = [TAIL, 1.0 - TAIL].map(|level| self.quantile(id, level));
        let points = self.program.points(id).and_then(|points| points.between(low, high, most));
        values.bars((low, high), points, most)
    }

    /// The distribution of a quantity's values over the draws, merged once; `None` if no draw enters.
    fn values(&self, id: SpreadId) -> Option<&Quantiles<'a, ValueGrid>> {
        let (at, tallied) = self.columns.spread(id)?;
        let new = || {
            let all = self.tally.replicates.iter().map(|one| &one.values[at]);
            let draws = self.draws_that_count(tallied.company, tallied.weight);
            Quantiles::new(tallied.grid, all, self.judges.clone(), draws)
        };
        Some(self.values[at].get_or_init(new))
    }

    /// How many of a company's draws would tell as much if each counted alike.
    fn draws_that_count(&self, company: CompanyId, weight: Option<Output>) -> f64 {
        let draws = self.draws_of(company.position());
        let share = weight.filter(|weight| self.program.constant(*weight).is_none()).map_or(1.0, |weight| {
            let mean = draws.mean(self.position(weight));
            mean * mean / draws.mean(self.columns.position(Column::WeightSquare(weight)))
        });
        share * draws.count() as f64
    }

    /// The distribution of an outcome's probability over what is not known.
    pub fn belief(&self, id: BeliefId) -> Belief<'_> {
        let world = self.program.belief_world(id);
        let draws = self.draws_that_count(self.program.alone(world), self.program.learned(world).weight);
        Belief::new(self.program, self.tally, id, self.judges.clone(), draws)
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
        let replicates: &[_] = self.replicates.get(company).unwrap_or(&self.replicates[0]);
        let judges = self.judges.start.min(replicates.len())..self.judges.end.min(replicates.len());
        Draws { replicates, judges }
    }

    /// The value of a combination into which no draw enters.
    fn known(&self, constant: f64, parts: &[(f64, QueryId)]) -> Option<f64> {
        let part = |(factor, id): &(f64, QueryId)| Some(factor * self.program.proven(*id)?);
        let all: Vec<f64> = parts.iter().map(part).collect::<Option<Vec<f64>>>()?;
        let size = all.iter().fold(constant.abs(), |size, one| size + one.abs());
        Some(but_for_rounding(all.iter().fold(constant, |sum, one| sum + one), size))
    }

    fn ratio(&self, query: &Query) -> Ratio {
        Ratio {
            numerator: self.position(query.numerator),
            weight: query.weight.map(|weight| self.position(weight)),
        }
    }
}

/// Of numbers that are exact but for rounding: a few hundred operations at 2^-53 each.
const ROUNDED: f64 = 1e-13;

/// A sum of exact numbers, which are `size` together; where it is less than the rounding of these it is nothing, and no sign of anything.
fn but_for_rounding(sum: f64, size: f64) -> f64 {
    if sum.abs() < ROUNDED * size { 0.0 } else { sum }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rounding_leaves_is_nothing_and_what_is_more_stays() {
        assert_eq!(but_for_rounding(0.1 + 0.2 - 0.3, 0.6), 0.0);
        assert_eq!(but_for_rounding(1e-12, 0.6), 1e-12);
        // What is small by itself is no rounding of anything larger.
        assert_eq!(but_for_rounding(1e-300, 1e-300), 1e-300);
    }
}
