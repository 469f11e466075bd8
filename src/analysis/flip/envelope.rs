//! What an honest critic could make of a model: each outcome's lowest and highest probability while all that is not known is fixed within
//! its own 90 % interval and no claim fails.
//!
//! The slope at a point says to which end each number is to go; the way there is walked in steps, as the slope may turn. Where a claim fails at
//! the end, the last point of the straight way to it is taken at which none does. What is found is a bound from inside.

use super::alone::fixed;
use super::claims::checked;
use super::finding::{End, Reach};
use super::known::Thing;
use super::looking::{Looking, Point, point};
use crate::analysis::claims::{Agreement, CheckFinding};
use crate::analysis::estimated::Probability;
use crate::analysis::sensitivity::structure::change;
use crate::analysis::{Failure, Study};
use crate::math::special::normal_quantile;
use crate::simulation::{Rule, Settings};

/// As many numbers as are fixed: those that move the outcome most.
const MOST: usize = 12;
/// As often as ends are chosen again.
const ROUNDS: usize = 4;
/// As often as the way is halved on which a claim fails.
const HALVINGS: usize = 6;
const DRAWS: u64 = 1 << 13;

/// Both ends for every outcome.
pub(super) fn envelope(
    looking: Looking,
    things: &[Thing],
    now: &CheckFinding,
) -> Result<Vec<Reach>, Failure> {
    let numbers: Vec<&Thing> = things.iter().filter(|one| matches!(one, Thing::Number(..))).collect();
    let count = looking.study.model.outcomes.len();
    let reach = |outcome: usize| {
        let search = Search { looking, numbers: &numbers, outcome, now };
        let id = looking.study.model.outcomes[outcome].named.id.clone();
        Ok(Reach { id, low: search.end(-1.0)?, high: search.end(1.0)? })
    };
    (0..count).map(reach).collect()
}

struct Search<'a> {
    looking: Looking<'a>,
    numbers: &'a [&'a Thing],
    outcome: usize,
    now: &'a CheckFinding,
}

impl Search<'_> {
    /// The farthest in a direction: up or down.
    fn end(&self, sign: f64) -> Result<End, Failure> {
        let scores = self.corner(sign)?;
        let kept: Vec<usize> = (0..scores.len()).filter(|at| scores[*at] != 0.0).collect();
        let (mut whole, mut part, mut held_back) = (1.0, 0.0, false);
        let at = |part: f64| -> Vec<f64> { kept.iter().map(|at| scores[*at] * part).collect() };
        let things: Vec<&Thing> = kept.iter().map(|at| self.numbers[*at]).collect();
        if self.breaks(&point(&things, &at(1.0)))? {
            held_back = true;
            for _ in 0..HALVINGS {
                let middle = 0.5 * (whole + part);
                if self.breaks(&point(&things, &at(middle)))? { whole = middle } else { part = middle }
            }
        } else {
            part = 1.0;
        }
        let values = point(&things, &at(part));
        let model = self.looking.study.model;
        let found = self.looking.whole(&[values.clone()])?.pop().flatten();
        let probability = found.map_or_else(crate::statistics::Estimate::unknown, |all| all[self.outcome]);
        let fix = |(thing, (_, value)): (&&Thing, &(_, f64))| fixed(thing, *value, model);
        Ok(End {
            probability: Probability(probability),
            fixed: things.iter().zip(&values).map(fix).collect(),
            held_back,
        })
    }

    /// To which end each number goes; 0 for those that don't matter.
    fn corner(&self, sign: f64) -> Result<Vec<f64>, Failure> {
        let far = normal_quantile(0.95);
        let mut scores = vec![0.0; self.numbers.len()];
        let mut best = f64::NEG_INFINITY;
        for round in 0..ROUNDS {
            let moved = |(at, end): (usize, f64)| {
                let mut other = scores.clone();
                other[at] = end;
                other
            };
            let around = (0..scores.len()).flat_map(|at| [(at, -far), (at, far)]).map(moved);
            let all: Vec<Vec<f64>> = [scores.clone()].into_iter().chain(around).collect();
            let found = self.chances(&all)?;
            let mut gains: Vec<(usize, f64, f64)> = (0..scores.len())
                .map(|at| {
                    let [low, high] = [found[1 + 2 * at], found[2 + 2 * at]].map(|one| sign * one);
                    let end = if high > low { far } else { -far };
                    (at, end, (high - low).abs())
                })
                .collect();
            gains.retain(|one| one.2 > 1e-4);
            gains.sort_by(|a, b| b.2.total_cmp(&a.2));
            let mut next = vec![0.0; scores.len()];
            gains.iter().take(MOST).for_each(|(at, end, _)| next[*at] = *end);
            let value = sign * self.chances(&[next.clone()])?[0];
            if round > 0 && !(value > best + 1e-9) {
                break;
            }
            (scores, best) = (next, value);
        }
        Ok(scores)
    }

    /// The outcome's probability at some scores; what does not move stays as uncertain as it is.
    fn chances(&self, all: &[Vec<f64>]) -> Result<Vec<f64>, Failure> {
        let points = all.iter().map(|scores| {
            let moved: Vec<usize> = (0..scores.len()).filter(|at| scores[*at] != 0.0).collect();
            let things: Vec<&Thing> = moved.iter().map(|at| self.numbers[*at]).collect();
            point(&things, &moved.iter().map(|at| scores[*at]).collect::<Vec<_>>())
        });
        let looks = self.looking.quick(&points.collect::<Vec<Point>>())?;
        Ok(looks.iter().map(|look| look.as_ref().map_or(f64::NAN, |found| found[self.outcome])).collect())
    }

    /// Whether a claim fails at a point that does not fail now.
    fn breaks(&self, values: &Point) -> Result<bool, Failure> {
        let study: &Study = self.looking.study;
        let Some(remodel) = study.remodel.filter(|_| !self.now.claims.is_empty()) else { return Ok(false) };
        let name = |variable| format!("factors.{}.value", study.model.name(variable));
        let changes: Vec<_> =
            values.iter().map(|(variable, value)| change(&name(*variable), *value)).collect();
        let model = match remodel.remodel(&changes) {
            Ok(model) => model,
            Err(Failure::Interrupted) => return Err(Failure::Interrupted),
            Err(_) => return Ok(true),
        };
        let settings = Settings { rule: Rule::Draws(DRAWS), ..study.settings };
        let Some(found) = checked(study, &model, &settings)? else { return Ok(true) };
        let fails = |all: &CheckFinding, at: usize| all.claims[at].agreement == Agreement::Disagrees;
        Ok((0..found.claims.len()).any(|at| fails(&found, at) && !fails(self.now, at)))
    }
}
