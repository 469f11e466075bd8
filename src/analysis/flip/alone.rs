//! One thing fixed, all else as uncertain as it is.

use super::finding::{Fixed, Flip};
use super::known::{FARTHEST, Thing};
use super::looking::{Goal, Looking, Point, short};
use crate::analysis::Failure;
use crate::analysis::estimated::Probability;
use crate::math::special::normal_quantile;
use crate::model::Model;
use crate::statistics::Estimate;

/// Scores at which numbers are looked at first, on either side of the median.
const STEPS: usize = 6;
/// As often as the place of a change is narrowed, each time to a quarter.
const ROUNDS: usize = 4;
const PARTS: usize = 4;
/// As often as a value is moved on by a tenth of a standard deviation where more draws say that it does not do yet.
const PUSHES: usize = 5;

/// A number between a value that does not do and one that does, by their scores.
struct Bracket<'t> {
    thing: &'t Thing,
    short_of: f64,
    beyond: f64,
}

/// Every thing that makes another outcome lead by itself, the smallest change first.
pub(super) fn alone(looking: Looking, things: &[Thing], goal: Goal) -> Result<Vec<Flip>, Failure> {
    let mut found = numbers(looking, things, goal)?;
    found.extend(states(looking, things, goal)?);
    let surprise = |flip: &Flip| match (flip.fixed.distance, flip.fixed.probability) {
        (Some(distance), _) => distance.abs(),
        // A state is as far as a number that is as seldom beyond.
        (None, Some(p)) => -normal_quantile(p.clamp(1e-12, 1.0) / 2.0),
        (None, None) => f64::INFINITY,
    };
    found.sort_by(|a, b| surprise(a).total_cmp(&surprise(b)));
    Ok(found)
}

fn numbers(looking: Looking, things: &[Thing], goal: Goal) -> Result<Vec<Flip>, Failure> {
    let mut brackets = brackets(looking, things, goal)?;
    for _ in 0..ROUNDS {
        let inner = |one: &Bracket| -> Vec<Point> {
            let score = |part: usize| one.short_of + (one.beyond - one.short_of) * part as f64 / PARTS as f64;
            (1..PARTS).map(|part| at(one.thing, one.thing.value(score(part)))).collect()
        };
        let points: Vec<Point> = brackets.iter().flat_map(inner).collect();
        let looks = looking.quick(&points)?;
        for (one, looks) in brackets.iter_mut().zip(looks.chunks(PARTS - 1)) {
            let does = |look: &Option<Vec<f64>>| look.as_ref().is_some_and(|found| goal.gap(found) > 0.0);
            let first = looks.iter().position(does).map_or(PARTS, |at| at + 1);
            let (from, width) = (one.short_of, one.beyond - one.short_of);
            one.beyond = from + width * first as f64 / PARTS as f64;
            one.short_of = from + width * (first - 1) as f64 / PARTS as f64;
        }
    }
    settled(looking, &brackets, goal)
}

/// Between which scores a number changes the lead, nearest to its median.
fn brackets<'t>(looking: Looking, things: &'t [Thing], goal: Goal) -> Result<Vec<Bracket<'t>>, Failure> {
    let numbers: Vec<&Thing> = things.iter().filter(|one| matches!(one, Thing::Number(..))).collect();
    let score = |step: usize| FARTHEST * (step as f64 / STEPS as f64 - 1.0);
    let all = 2 * STEPS + 1;
    let points = numbers.iter().flat_map(|one| (0..all).map(|step| at(one, one.value(score(step)))));
    let looks = looking.quick(&points.collect::<Vec<Point>>())?;
    let mut found = Vec::new();
    for (thing, looks) in numbers.iter().zip(looks.chunks(all)) {
        let does = |step: usize| looks[step].as_ref().is_some_and(|found| goal.gap(found) > 0.0);
        let up = (STEPS..all).find(|step| does(*step));
        let down = (0..=STEPS).rev().find(|step| does(*step));
        for (step, inward) in [(up, -1.0), (down, 1.0)] {
            let Some(step) = step.filter(|step| *step != STEPS || inward < 0.0) else { continue };
            let beyond = score(step);
            let width = if step == STEPS { 0.0 } else { FARTHEST / STEPS as f64 };
            found.push(Bracket { thing, short_of: beyond + inward * width, beyond });
        }
    }
    Ok(found)
}

/// The values, short to write, as a whole run has them; those that more draws refute are moved on or left out.
fn settled(looking: Looking, brackets: &[Bracket], goal: Goal) -> Result<Vec<Flip>, Failure> {
    let model = looking.study.model;
    let outward = |one: &Bracket| if one.beyond < 0.0 { -1.0 } else { 1.0 };
    let mut open: Vec<(&Bracket, f64)> = brackets.iter().map(|one| (one, one.beyond)).collect();
    let mut found = Vec::new();
    for _ in 0..PUSHES {
        let value = |(one, score): &(&Bracket, f64)| {
            short(one.thing.value(*score), one.thing.value(0.0), one.thing.grain())
        };
        let points: Vec<Point> = open.iter().map(|one| at(one.0.thing, value(one))).collect();
        let looks = if points.is_empty() { Vec::new() } else { looking.whole(&points)? };
        let mut rest = Vec::new();
        for ((one, look), point) in open.into_iter().zip(looks).zip(&points) {
            match look.filter(|look| is_met(look, goal)) {
                Some(look) => {
                    let [(_, value)] = point[..] else { continue };
                    found.push(flip(fixed(one.0.thing, value, model), &look, goal, model));
                }
                None if (one.1 + 0.1 * outward(one.0)).abs() <= FARTHEST => {
                    rest.push((one.0, one.1 + 0.1 * outward(one.0)));
                }
                None => {}
            }
        }
        open = rest;
    }
    Ok(found)
}

/// Events that happen or don't, and things in each of their states.
fn states(looking: Looking, things: &[Thing], goal: Goal) -> Result<Vec<Flip>, Failure> {
    let model = looking.study.model;
    let mut all: Vec<(&Thing, f64)> = Vec::new();
    for thing in things {
        match thing {
            Thing::Number(..) => {}
            Thing::Event(..) => all.extend([(thing, 0.0), (thing, 1.0)]),
            Thing::States(_, states) => {
                let open = (0..states.len()).filter(|at| states[*at] > 0.0);
                all.extend(open.map(|at| (thing, at as f64)));
            }
        }
    }
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let points: Vec<Point> = all.iter().map(|(thing, value)| at(thing, *value)).collect();
    let looks = looking.whole(&points)?;
    let met = |((thing, value), look): (&(&Thing, f64), Option<Vec<Estimate>>)| {
        let look = look.filter(|look| is_met(look, goal))?;
        Some(flip(fixed(thing, *value, model), &look, goal, model))
    };
    Ok(all.iter().zip(looks).filter_map(met).collect())
}

/// Whether a goal is met, as far as the errors allow to tell.
pub(super) fn is_met(look: &[Estimate], goal: Goal) -> bool {
    let values: Vec<f64> = look.iter().map(|one| one.value).collect();
    let error = look.iter().map(|one| one.std_error).fold(0.0, f64::max);
    goal.gap(&values) > 2.0 * error
}

pub(super) fn at(thing: &Thing, value: f64) -> Point {
    vec![(thing.variable(), value)]
}

fn flip(fixed: Fixed, look: &[Estimate], goal: Goal, model: &Model) -> Flip {
    Flip {
        fixed,
        leads: leads(look, goal, model),
        outcomes: look.iter().map(|one| Probability(*one)).collect(),
    }
}

/// The name of the outcome that leads.
pub(super) fn leads(look: &[Estimate], goal: Goal, model: &Model) -> String {
    let values: Vec<f64> = look.iter().map(|one| one.value).collect();
    model.outcomes[goal.met_by(&values)].named.id.clone()
}

/// A thing fixed at a value.
pub(super) fn fixed(thing: &Thing, value: f64, model: &Model) -> Fixed {
    let variable = thing.variable();
    let named = model.named(variable);
    let (from, distance) = match thing {
        Thing::Number(..) => (Some(thing.value(0.0)), Some(thing.score(value))),
        _ => (None, None),
    };
    let (state, probability) = match thing {
        Thing::Number(..) => (None, None),
        Thing::Event(_, p) => (None, Some(if value == 1.0 { *p } else { 1.0 - p })),
        Thing::States(id, all) => {
            let state = &model.categories[id.0].states[value as usize];
            (Some(state.named.label.clone()), all.get(value as usize).copied())
        }
    };
    Fixed {
        id: named.id.clone(),
        label: named.label.clone(),
        short: named.short.clone().unwrap_or_else(|| named.label.clone()),
        unit: model.unit(&named.id).map(String::from),
        from,
        at: value,
        state,
        distance,
        probability,
    }
}
