//! What an honest critic could make of a model: each outcome's lowest and highest probability while every factor's mean stays within its
//! own 90 % interval and no claim fails that does not fail now.
//!
//! Factors are moved as wholes: all that is known of one is shifted, and cut off at the ends of its range. The slope at a point says to which
//! end each is to go; it is taken again there, as it may turn. Where a claim fails at the end, the farthest point of the straight way to it is
//! taken at which none does. What is found is a bound from inside, checked by a run of its own.

use super::claims::checked;
use super::finding::{End, Moved, Reach};
use super::known::Thing;
use crate::analysis::claims::{Agreement, Verdict};
use crate::analysis::estimated::Probability;
use crate::analysis::{Failure, Remodel, Shift, Study};
use crate::model::{FactorId, Model, OutcomeId};
use crate::program::{Ask, QueryId, World};
use crate::simulation::{Rule, Settings, simulate_on};
use crate::statistics::Estimate;

/// As many factors as are moved: those that move the outcome most.
const MOST: usize = 12;
/// The share of the way to an end by which factors are moved to see which way an outcome goes.
const STEP: f64 = 0.3;
/// As often as ends are chosen again.
const ROUNDS: usize = 3;
/// As often as the way is halved on which a claim fails.
const HALVINGS: usize = 5;
const DRAWS: u64 = 1 << 12;

/// Both ends for every outcome; nothing where nobody can move factors.
pub(super) fn envelope(
    study: &Study,
    things: &[Thing],
    now: &[Verdict],
) -> Result<Option<Vec<Reach>>, Failure> {
    let Some(remodel) = study.remodel else { return Ok(None) };
    let numbers: Vec<&Thing> = things.iter().filter(|one| matches!(one, Thing::Number(..))).collect();
    let numbers = &numbers;
    let reach = |outcome: usize| {
        let search = Search { study, remodel, numbers, outcome, now };
        let id = study.model.outcomes[outcome].named.id.clone();
        Ok(Reach { id, low: search.end(-1.0)?, high: search.end(1.0)? })
    };
    (0..study.model.outcomes.len()).map(reach).collect::<Result<_, _>>().map(Some)
}

struct Search<'a> {
    study: &'a Study<'a>,
    remodel: &'a dyn Remodel,
    numbers: &'a [&'a Thing],
    outcome: usize,
    now: &'a [Verdict],
}

impl Search<'_> {
    /// The farthest in a direction: up or down.
    fn end(&self, sign: f64) -> Result<End, Failure> {
        let corner = self.corner(sign)?;
        let at = |part: f64| -> Vec<f64> { corner.iter().map(|share| share * part).collect() };
        let (mut whole, mut part) = (1.0, 0.0);
        let held_back = self.breaks(&at(1.0))?;
        if held_back {
            for _ in 0..HALVINGS {
                let middle = 0.5 * (whole + part);
                if self.breaks(&at(middle))? {
                    whole = middle;
                } else {
                    part = middle;
                }
            }
        } else {
            part = 1.0;
        }
        let shares = at(part);
        let found = self.looks(std::slice::from_ref(&shares), &self.study.settings)?.pop().flatten();
        let probability = Probability(found.unwrap_or_else(Estimate::unknown));
        Ok(End { probability, moved: self.moved(&shares), held_back })
    }

    /// To which end each factor goes; 0 of those that don't matter.
    fn corner(&self, sign: f64) -> Result<Vec<f64>, Failure> {
        let (mut shares, mut best) = (vec![0.0; self.numbers.len()], f64::NEG_INFINITY);
        for _ in (0..ROUNDS).take_while(|_| !self.study.watch.is_late()) {
            let stepped = |(at, step): (usize, f64)| {
                let mut other = shares.clone();
                other[at] = (other[at] + step).clamp(-1.0, 1.0);
                other
            };
            let around = (0..shares.len()).flat_map(|at| [(at, -STEP), (at, STEP)]).map(stepped);
            let found = self.quick(&around.collect::<Vec<_>>())?;
            let gain = |at: usize| sign * (found[2 * at + 1] - found[2 * at]);
            let mut order: Vec<usize> = (0..shares.len()).filter(|at| gain(*at).abs() > 1e-4).collect();
            order.sort_by(|a, b| gain(*b).abs().total_cmp(&gain(*a).abs()));
            let mut next = vec![0.0; shares.len()];
            order.iter().take(MOST).for_each(|at| next[*at] = gain(*at).signum());
            let value = sign * self.quick(&[next.clone()])?[0];
            let is_better = value > best + 1e-9;
            if !is_better {
                break;
            }
            (shares, best) = (next, value);
        }
        Ok(shares)
    }

    /// The outcome's probability, by few draws; not a number where a model has no answer.
    fn quick(&self, all: &[Vec<f64>]) -> Result<Vec<f64>, Failure> {
        let settings = Settings { rule: Rule::Draws(DRAWS), ..self.study.settings };
        let found = self.looks(all, &settings)?;
        Ok(found.iter().map(|one| one.map_or(f64::NAN, |one| one.value)).collect())
    }

    fn looks(&self, all: &[Vec<f64>], settings: &Settings) -> Result<Vec<Option<Estimate>>, Failure> {
        let study = self.study;
        let models: Vec<Option<Model>> = all.iter().map(|one| self.model(one)).collect::<Result<_, _>>()?;
        let mut ask = Ask::new();
        let asked: Vec<Option<QueryId>> = models
            .iter()
            .map(|model| {
                let model = model.as_ref()?;
                let world = World { states: study.states, may_be_impossible: true, ..World::of(model) };
                let world = ask.world(world);
                Some(ask.outcome(world, OutcomeId(self.outcome)))
            })
            .collect();
        if asked.iter().all(Option::is_none) {
            return Ok(vec![None; all.len()]);
        }
        let program = study.compile(&ask)?;
        let sampled = simulate_on(study.level, &program, settings, study.watch)?;
        let estimates = sampled.estimates();
        let told = |one: &Option<QueryId>| {
            let found = estimates.probability((*one)?);
            found.value.is_finite().then_some(found)
        };
        Ok(asked.iter().map(told).collect())
    }

    /// The model with factors moved; nothing if it can't be built.
    fn model(&self, shares: &[f64]) -> Result<Option<Model>, Failure> {
        match self.remodel.shifted(&self.shifts(shares)) {
            Ok(model) => Ok(Some(model)),
            Err(Failure::Interrupted) => Err(Failure::Interrupted),
            Err(_) => Ok(None),
        }
    }

    fn shifts(&self, shares: &[f64]) -> Vec<Shift> {
        let moved = self.numbers.iter().zip(shares).filter(|(_, share)| **share != 0.0);
        let shift = |(thing, share): (&&Thing, &f64)| {
            let factor = factor(thing)?;
            let ends = self.study.model.factors[factor.0].range;
            Some(Shift { factor, by: thing.shift(*share, ends), ends })
        };
        moved.filter_map(shift).collect()
    }

    fn moved(&self, shares: &[f64]) -> Vec<Moved> {
        let distances = self.numbers.iter().zip(shares).filter(|(_, share)| **share != 0.0);
        let one = |((thing, _), shift): ((&&Thing, &f64), &Shift)| {
            let named = &self.study.model.factors[shift.factor.0].named;
            let distance = thing.score(thing.value(0.0) + shift.by);
            Moved { id: named.id.clone(), label: named.label.clone(), by: shift.by, distance }
        };
        distances.zip(&self.shifts(shares)).map(one).collect()
    }

    /// Whether a claim fails that does not fail now.
    fn breaks(&self, shares: &[f64]) -> Result<bool, Failure> {
        if self.now.is_empty() {
            return Ok(false);
        }
        let Some(model) = self.model(shares)? else { return Ok(true) };
        let settings = Settings { rule: Rule::Draws(1 << 14), ..self.study.settings };
        let Some(found) = checked(self.study, &model, &settings)? else { return Ok(true) };
        let fails = |at: &usize| {
            let [then, now] = [&found[*at], &self.now[*at]].map(|one| one.agreement);
            then == Agreement::Disagrees && now != Agreement::Disagrees
        };
        Ok((0..found.len()).any(|at| fails(&at)))
    }
}

fn factor(thing: &Thing) -> Option<FactorId> {
    if let Thing::Number(id, ..) = thing { Some(*id) } else { None }
}
