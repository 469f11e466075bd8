//! Several numbers fixed together: the nearest point at which another outcome leads.
//!
//! In standard deviations of what is known of each, u, that is the smallest |u| with g(u) = 0, g the lead of the outcome that is to lead:
//! the design point of Hasofer & Lind (1974), found by their step to the line at which the slope has g vanish (Rackwitz & Fiessler 1978),
//! u′ = (∇g · u − g) ∇g / |∇g|², shortened as long as ½ |u|² + c |g| does not fall (Zhang & Der Kiureghian 1995).

use super::alone::{fixed, is_met, leads};
use super::finding::Together;
use super::known::{FARTHEST, Thing};
use super::looking::{Goal, Looking, Point, point, short};
use crate::analysis::Failure;
use crate::analysis::estimated::Probability;

/// As many numbers as are fixed together: those that move the lead most.
const MOST: usize = 4;
/// Half the distance over which slopes are taken.
const NEAR: f64 = 0.1;
/// As many steps as are taken, and how near to 0 the lead has to come.
const STEPS: usize = 12;
const CLOSE: f64 = 2e-4;
/// Parts of a step that are tried.
const PARTS: [f64; 4] = [1.0, 0.5, 0.25, 0.1];
/// A number that moves by less stays as uncertain as it is.
const LEAST: f64 = 0.05;

/// The nearest point of several numbers at which the goal is met; nothing if none is found within reach.
pub(super) fn together(looking: Looking, things: &[Thing], goal: Goal) -> Result<Option<Together>, Failure> {
    let numbers: Vec<&Thing> = things.iter().filter(|one| matches!(one, Thing::Number(..))).collect();
    let movers = movers(looking, &numbers, goal)?;
    if movers.len() < 2 {
        return Ok(None);
    }
    let Some(scores) = nearest(looking, &movers, goal)? else { return Ok(None) };
    settled(looking, &movers, &scores, goal)
}

/// The numbers that move the lead most, each by itself from one standard deviation below its median to one above.
fn movers<'t>(looking: Looking, numbers: &[&'t Thing], goal: Goal) -> Result<Vec<&'t Thing>, Failure> {
    let ends = |one: &&'t Thing| [-1.0, 1.0].map(|score| point(&[*one], &[score]));
    let looks = looking.quick(&numbers.iter().flat_map(ends).collect::<Vec<Point>>())?;
    let swing = |pair: &[Option<Vec<f64>>]| match pair {
        [Some(low), Some(high)] => (goal.gap(high) - goal.gap(low)).abs(),
        _ => 0.0,
    };
    let mut all: Vec<(&&Thing, f64)> = numbers.iter().zip(looks.chunks(2).map(swing)).collect();
    all.retain(|(_, swing)| *swing > 1e-3);
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    Ok(all.into_iter().take(MOST).map(|(one, _)| *one).collect())
}

/// The scores of the nearest point.
fn nearest(looking: Looking, movers: &[&Thing], goal: Goal) -> Result<Option<Vec<f64>>, Failure> {
    let gaps = |points: &[Vec<f64>]| -> Result<Vec<f64>, Failure> {
        let points: Vec<Point> = points.iter().map(|scores| point(movers, scores)).collect();
        let looks = looking.quick(&points)?;
        Ok(looks.iter().map(|look| look.as_ref().map_or(f64::NAN, |found| goal.gap(found))).collect())
    };
    let mut scores = vec![0.0; movers.len()];
    for _ in 0..STEPS {
        let moved = |(at, sign): (usize, f64)| {
            let mut near = scores.clone();
            near[at] += sign * NEAR;
            near
        };
        let around = (0..movers.len()).flat_map(|at| [(at, 1.0), (at, -1.0)]).map(moved);
        let found = gaps(&[scores.clone()].into_iter().chain(around).collect::<Vec<_>>())?;
        let slopes: Vec<f64> = found[1..].chunks(2).map(|pair| (pair[0] - pair[1]) / (2.0 * NEAR)).collect();
        let square: f64 = slopes.iter().map(|one| one * one).sum();
        let gap = found[0];
        let is_sloped = square > 1e-12;
        if !gap.is_finite() || !is_sloped {
            return Ok(None);
        }
        let along: f64 = slopes.iter().zip(&scores).map(|(slope, score)| slope * score).sum();
        let aim: Vec<f64> = slopes.iter().map(|slope| (along - gap) * slope / square).collect();
        let way: f64 = aim.iter().zip(&scores).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt();
        if gap.abs() < CLOSE && way < 0.02 {
            break;
        }
        let parts: Vec<Vec<f64>> = PARTS
            .iter()
            .map(|part| {
                let step =
                    |(score, aim): (&f64, &f64)| (score + part * (aim - score)).clamp(-FARTHEST, FARTHEST);
                scores.iter().zip(&aim).map(step).collect()
            })
            .collect();
        let tried = gaps(&parts)?;
        let weight = 2.0 * length(&aim).max(1.0) / square.sqrt();
        let merit = |scores: &[f64], gap: f64| 0.5 * length(scores).powi(2) + weight * gap.abs();
        let best = (0..PARTS.len())
            .filter(|at| tried[*at].is_finite())
            .min_by(|a, b| merit(&parts[*a], tried[*a]).total_cmp(&merit(&parts[*b], tried[*b])));
        let Some(best) = best else { return Ok(None) };
        scores = parts[best].clone();
    }
    Ok((length(&scores) <= FARTHEST).then_some(scores))
}

/// The point with values that are short to write, as a whole run has it; moved outwards as long as more draws refute it.
fn settled(
    looking: Looking,
    movers: &[&Thing],
    scores: &[f64],
    goal: Goal,
) -> Result<Option<Together>, Failure> {
    let kept: Vec<usize> = (0..movers.len()).filter(|at| scores[*at].abs() >= LEAST).collect();
    let things: Vec<&Thing> = kept.iter().map(|at| movers[*at]).collect();
    if things.len() < 2 {
        return Ok(None);
    }
    let candidate = |stretch: f64| -> Point {
        let value = |at: &usize| {
            let thing = movers[*at];
            let value = thing.value((scores[*at] * stretch).clamp(-FARTHEST, FARTHEST));
            (thing.variable(), short(value, thing.value(0.0), thing.grain()))
        };
        kept.iter().map(value).collect()
    };
    let points: Vec<Point> = (0..8).map(|at| candidate(1.0 + 0.04 * f64::from(at))).collect();
    let looks = looking.whole(&points)?;
    let model = looking.study.model;
    for (point, look) in points.iter().zip(looks) {
        let Some(look) = look.filter(|look| is_met(look, goal)) else { continue };
        let mut all: Vec<_> =
            things.iter().zip(point).map(|(thing, (_, value))| fixed(thing, *value, model)).collect();
        all.sort_by(|a, b| b.distance.unwrap_or(0.0).abs().total_cmp(&a.distance.unwrap_or(0.0).abs()));
        let distances: Vec<f64> = all.iter().filter_map(|one| one.distance).collect();
        return Ok(Some(Together {
            distance: length(&distances),
            fixed: all,
            leads: leads(&look, goal, model),
            outcomes: look.into_iter().map(Probability).collect(),
        }));
    }
    Ok(None)
}

fn length(all: &[f64]) -> f64 {
    all.iter().map(|one| one * one).sum::<f64>().sqrt()
}
