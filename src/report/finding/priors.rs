//! What the file states of what is not known, as a picture.

use super::bars::evened;
use super::quantities::rounded;
use super::wording::wording;
use crate::analysis::priors::{Law, Prior, PriorKind, PriorsFinding, StatePrior};
use crate::chart::{PriorCell, PriorShape, PriorState, Priors};
use crate::report::number::whole;
use crate::report::prose::{named, quoted};
use crate::report::wrapping::plain;
use crate::session::Answer;

/// As many things as stand in one picture.
const CELLS: usize = 24;

/// What the file states of each thing; where something was learned those first that moved most. `None` if there is nothing.
pub fn figure(answer: &Answer<PriorsFinding>) -> Option<Priors> {
    let mut all: Vec<&Prior> = answer.finding.factors.iter().filter(|one| is_open(one)).collect();
    let count = all.len();
    let is_learned = all.iter().any(|one| moved(one) > 0.0);
    let farthest = all.iter().copied().max_by(|a, b| moved(a).total_cmp(&moved(b)));
    if count > CELLS {
        // The sort is stable: what moved alike stays in the order of the file.
        all.sort_by(|a, b| moved(b).total_cmp(&moved(a)));
        all.truncate(CELLS);
    }
    let title = match farthest.filter(|_| is_learned).and_then(way) {
        Some(way) => way,
        None if count == 1 => "What the file states of one unknown".into(),
        None => format!("What the file states of {count} unknowns"),
    };
    let mut wording =
        wording(&answer.facts, title, "How each may lie, without what lies beyond P0.5 and P99.5");
    if count > CELLS {
        let which = if is_learned { "that moved most" } else { "that stand first" };
        wording.caption = format!("The {CELLS} {which}, and {} more · {}", count - CELLS, wording.caption);
    }
    (count > 0).then(|| Priors { wording, cells: all.into_iter().map(cell).collect() })
}

/// Whether something is not known: a number that is always the same is.
fn is_open(one: &Prior) -> bool {
    match &one.kind {
        PriorKind::Number { prior, .. } => {
            prior.histogram.first().map(|one| one.0) < prior.histogram.last().map(|one| one.1)
        }
        PriorKind::States { states } => states.iter().all(|one| one.prior < 1.0),
    }
}

/// How far something moved once something was learned: its median in its 90 % spread, or its states in probability.
fn moved(one: &Prior) -> f64 {
    let found = match &one.kind {
        PriorKind::Number { prior, posterior: Some(posterior), .. } => {
            (posterior.spread.p50 - prior.spread.p50).abs() / (prior.spread.p95 - prior.spread.p05)
        }
        PriorKind::States { states } => {
            let change =
                |one: &StatePrior| one.posterior.map_or(0.0, |posterior| (posterior - one.prior).abs());
            0.5 * states.iter().map(change).sum::<f64>()
        }
        PriorKind::Number { .. } => 0.0,
    };
    // What is always the same has no spread to move in.
    if found.is_finite() { found } else { 0.0 }
}

/// From where to where something moved, in words.
fn way(one: &Prior) -> Option<String> {
    match &one.kind {
        PriorKind::Number { prior, posterior: Some(posterior), unit, .. } => {
            let [from, to] =
                [prior, posterior].map(|law| rounded(law.spread.p50, prior.spread.p95 - prior.spread.p05));
            let unit = unit.as_deref().map(|unit| format!("\u{a0}{}", plain(unit))).unwrap_or_default();
            Some(match from == to {
                true => "What was learned hardly moves anything".into(),
                false => {
                    format!(
                        "{} moved most by what was learned: its median from {from} to {to}{unit}",
                        quoted(&one.label)
                    )
                }
            })
        }
        PriorKind::Number { .. } => None,
        PriorKind::States { states } => {
            let change =
                |one: &&StatePrior| one.posterior.map_or(0.0, |posterior| (posterior - one.prior).abs());
            let state = states.iter().max_by(|a, b| change(a).total_cmp(&change(b)))?;
            let [from, to] = [state.prior, state.posterior?].map(whole);
            Some(format!(
                "{} moved most by what was learned: from {from} to {to}",
                quoted(&format!("{}: {}", one.label, state.label))
            ))
        }
    }
}

fn cell(one: &Prior) -> PriorCell {
    let shape = match &one.kind {
        PriorKind::Number { neutral, unit, prior, posterior } => {
            let shown = posterior.as_ref().unwrap_or(prior);
            PriorShape::Number {
                prior: bars(prior),
                posterior: posterior.as_ref().map(bars).unwrap_or_default(),
                levels: shown.spread.all(),
                values: values(shown, unit.as_deref()),
                neutral: Some(*neutral),
            }
        }
        PriorKind::States { states } => PriorShape::States(states.iter().map(state).collect()),
    };
    PriorCell { label: named(&one.label), shape }
}

fn bars(law: &Law) -> Vec<(f64, f64, f64)> {
    if law.exact { law.histogram.clone() } else { evened(&law.histogram) }
}

/// The median with its unit, and where 90 % lie.
fn values(law: &Law, unit: Option<&str>) -> [String; 2] {
    let width = law.spread.p95 - law.spread.p05;
    let [low, middle, high] = law.spread.all().map(|value| rounded(value, width));
    let unit = unit.map_or(String::new(), |unit| format!("\u{a0}{}", plain(unit)));
    [format!("{middle}{unit}"), format!("{low} to {high}").replace(' ', "\u{a0}")]
}

fn state(one: &StatePrior) -> PriorState {
    let value = match one.posterior {
        Some(posterior) => format!("{} → {}", whole(one.prior), whole(posterior)),
        None => whole(one.prior),
    };
    PriorState {
        label: named(&one.label),
        prior: one.prior,
        posterior: one.posterior,
        value: value.replace(' ', "\u{a0}"),
    }
}
