//! What is known before anything is fixed: the outcomes, and what each thing may be.

use std::sync::LazyLock;

use crate::analysis::round::{Inquiry, Told, Topic};
use crate::analysis::{Chance, Study};
use crate::math::special::{normal_cdf, normal_quantile};
use crate::model::{CategoryId, EventId, FactorId, OutcomeId, Variable};
use crate::program::{Aim, QueryId, SpreadId};
use crate::statistics::Estimate;

/// How far from the median is looked, in standard deviations of what is known.
pub(super) const FARTHEST: f64 = 3.0;
/// As many quantiles of what is known, evenly in standard deviations from one end to the other.
const KNOTS: usize = 61;
/// As many values, equally probable, tell a mean that is cut off; and as often the way to it is halved.
const LEVELS: usize = 1 << 10;
const HALVINGS: usize = 40;

/// How many standard deviations these values lie from the median.
static SCORES: LazyLock<Vec<f64>> =
    LazyLock::new(|| (0..LEVELS).map(|at| normal_quantile((at as f64 + 0.5) / LEVELS as f64)).collect());

/// What is known.
pub(super) struct Known;

/// What is asked for it.
pub(super) struct KnownAsked {
    outcomes: Vec<QueryId>,
    numbers: Vec<SpreadId>,
    events: Vec<QueryId>,
    states: Vec<Vec<QueryId>>,
}

/// The outcomes' probabilities, and what can be fixed.
pub(super) struct Base {
    pub(super) outcomes: Vec<Estimate>,
    pub(super) things: Vec<Thing>,
}

/// Something that can be fixed, as it is not known yet.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Thing {
    /// A number, with its quantiles and its mean; the median in place of a mean that draws don't tell.
    Number(FactorId, Vec<f64>, f64),
    /// An event, with its probability.
    Event(EventId, f64),
    /// What has states, with their probabilities.
    States(CategoryId, Vec<f64>),
}

impl Topic for Known {
    type Asked = KnownAsked;
    type Finding = Base;

    fn ask<'m>(&self, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> KnownAsked {
        let (model, world) = (study.model, inquiry.world);
        let mut chance = |one: Chance| inquiry.ask.probability(world, one.proposition(model));
        let outcomes: Vec<QueryId> =
            (0..model.outcomes.len()).map(|at| chance(Chance::Outcome(OutcomeId(at)))).collect();
        let events = (0..model.events.len()).map(|at| chance(Chance::Event(EventId(at)))).collect();
        let categories = model.categories.iter().enumerate();
        let states = categories.map(|(at, one)| {
            (0..one.states.len()).map(|state| chance(Chance::State(CategoryId(at), state))).collect()
        });
        let states = states.collect();
        outcomes.iter().for_each(|query| inquiry.ask.aim(Aim::Probability(*query)));
        let number = |at| inquiry.ask.spread(world, model.term_of(Variable::Factor(FactorId(at))));
        let numbers = (0..model.factors.len()).map(number).collect();
        KnownAsked { outcomes, numbers, events, states }
    }

    fn find(&self, asked: &KnownAsked, told: &Told) -> Base {
        let value = |query: &QueryId| told.estimates.probability(*query).value;
        let number = |(at, spread): (usize, &SpreadId)| {
            let knot = |knot: usize| told.estimates.quantile(*spread, normal_cdf(score(knot)));
            let knots: Vec<f64> = (0..KNOTS).map(knot).collect();
            let mean = told.estimates.mean(*spread).0.value;
            let mean = if mean.is_finite() { mean } else { knots[KNOTS / 2] };
            Thing::Number(FactorId(at), knots, mean)
        };
        let numbers = asked.numbers.iter().enumerate().map(number);
        let events = asked.events.iter().enumerate().map(|(at, one)| Thing::Event(EventId(at), value(one)));
        let states = asked.states.iter().enumerate();
        let states = states.map(|(at, all)| Thing::States(CategoryId(at), all.iter().map(value).collect()));
        Base {
            outcomes: asked.outcomes.iter().map(|query| told.estimates.probability(*query)).collect(),
            things: numbers.chain(events).chain(states).filter(Thing::is_open).collect(),
        }
    }
}

/// How many standard deviations a knot lies from the median.
fn score(knot: usize) -> f64 {
    FARTHEST * (2.0 * knot as f64 / (KNOTS - 1) as f64 - 1.0)
}

impl Thing {
    /// Whether it is not known.
    fn is_open(&self) -> bool {
        let is_open = |p: &f64| *p > 0.0 && *p < 1.0;
        match self {
            Thing::Number(_, knots, _) => {
                knots.first() < knots.last() && knots.iter().all(|one| one.is_finite())
            }
            Thing::Event(_, p) => is_open(p),
            Thing::States(_, all) => all.iter().any(is_open),
        }
    }

    pub(super) fn variable(&self) -> Variable {
        match self {
            Thing::Number(id, ..) => Variable::Factor(*id),
            Thing::Event(id, _) => Variable::Event(*id),
            Thing::States(id, _) => Variable::Category(*id),
        }
    }

    /// The value of a number so many standard deviations from its median: straight between knots.
    pub(super) fn value(&self, score: f64) -> f64 {
        let Thing::Number(_, knots, _) = self else { return f64::NAN };
        let last = (KNOTS - 1) as f64;
        let place = ((score / FARTHEST + 1.0) * 0.5 * last).clamp(0.0, last);
        let at = (place as usize).min(KNOTS - 2);
        knots[at] + (place - at as f64) * (knots[at + 1] - knots[at])
    }

    /// How many standard deviations a value of a number lies from its median.
    pub(super) fn score(&self, value: f64) -> f64 {
        let (mut low, mut high) = (-FARTHEST, FARTHEST);
        for _ in 0..50 {
            let middle = 0.5 * (low + high);
            if self.value(middle) < value { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    }

    /// By how much a number is moved, and then cut off at the `ends` of its range, so that its mean goes a share of the way to an end of
    /// its own 90 % interval: the upper one, or with a negative share the lower one.
    pub(super) fn shift(&self, share: f64, ends: (f64, f64)) -> f64 {
        let Thing::Number(_, _, mean) = self else { return 0.0 };
        let room = self.value(share.signum() * normal_quantile(0.95)) - mean;
        // A mean beyond an end has no way to go there.
        if room * share <= 0.0 {
            return 0.0;
        }
        let way = room * share.abs();
        match ends.0.is_finite() && ends.1.is_finite() {
            true => self.shift_within(way, ends),
            false => way,
        }
    }

    /// By how much values are moved so that their mean goes a `way` though they are cut off at the ends: what is cut off has to be made up
    /// for.
    fn shift_within(&self, way: f64, (low, high): (f64, f64)) -> f64 {
        let values: Vec<f64> = SCORES.iter().map(|score| self.value(*score)).collect();
        let mean =
            |by: f64| values.iter().map(|one| (one + by).clamp(low, high)).sum::<f64>() / LEVELS as f64;
        let (start, mut near, mut far) = (mean(0.0), 0.0, way.signum() * (high - low));
        for _ in 0..HALVINGS {
            let middle: f64 = 0.5 * (near + far);
            if (mean(middle) - start).abs() < way.abs() { near = middle } else { far = middle }
        }
        0.5 * (near + far)
    }

    /// About the difference that a tenth of a standard deviation makes.
    pub(super) fn grain(&self) -> f64 {
        0.05 * (self.value(1.0) - self.value(-1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::special::normal_pdf;

    /// The mean of a uniform on [0, 1] that is moved by b < 0 and cut off at 0 is (1 + b)² / 2.
    #[test]
    fn a_mean_goes_its_way_though_values_are_cut_off() {
        let knots = (0..KNOTS).map(|knot| normal_cdf(score(knot))).collect();
        let thing = Thing::Number(FactorId(0), knots, 0.5);
        let by = thing.shift(-1.0, (0.0, 1.0));
        let expected = 0.1f64.sqrt() - 1.0;
        // Between knots the level is read off a straight line: φ' is at most φ(1).
        let step = 2.0 * FARTHEST / (KNOTS - 1) as f64;
        let line = step * step / 8.0 * normal_pdf(1.0);
        // That enters the mean before and after, and the end of the interval; d mean / d b = 1 + b.
        let bound = 3.0 * (line + 1.0 / LEVELS as f64) / (1.0 + expected);
        assert!((by - expected).abs() < bound, "{by} {expected} {bound}");
        assert!(bound < 0.05, "{bound}");
        // A shift without ends would fall short.
        assert!((thing.shift(-1.0, (f64::NEG_INFINITY, 1.0)) - expected).abs() > 0.2);
    }

    #[test]
    fn scores_and_values_are_inverse() {
        let knots = (0..KNOTS).map(|knot| 5.0 + 2.0 * score(knot)).collect();
        let thing = Thing::Number(FactorId(0), knots, 5.0);
        for score in [-3.0, -1.234, 0.0, 0.5, 2.99] {
            assert!((thing.value(score) - (5.0 + 2.0 * score)).abs() < 1e-12);
            assert!((thing.score(thing.value(score)) - score).abs() < 1e-9);
        }
        assert!((thing.grain() - 0.2).abs() < 1e-12);
        assert_eq!((thing.value(9.0), thing.value(-9.0)), (11.0, -1.0));
    }
}
