//! The answers under small changes of the numbers that the file states: often it is a weight, not a factor, that decides.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::chances::Chances;
use crate::analysis::estimated::{Figure, Swing};
use crate::analysis::{Failure, Study};
use crate::diagnostic::Span;
use crate::expression::{Expr, Ident, Node};
use crate::model::{Model, Outcomes};
use crate::program::{Ask, Held, QueryId, Setting, World, WorldId};
use crate::scenario::Override;
use crate::simulation::{Estimates, Rule, Settings, Void, simulate_on};

/// What an answer becomes as one number of the file is a little less and a little more.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Nudged {
    /// The number's address.
    pub id: String,
    /// What it is in the file.
    pub at: f64,
    /// What it is put at: less, and more.
    pub between: [f64; 2],
    /// The answer with less.
    pub less: Figure,
    /// The answer with more.
    pub more: Figure,
    /// What the answer is more with more than with less.
    #[serde(flatten)]
    pub swing: Swing,
}

/// Some numbers that are moved, with what becomes of each answer.
pub(super) struct Structure {
    /// For each answer, greatest first.
    pub(super) all: Vec<Vec<Nudged>>,
    /// The addresses of numbers that can't be moved alone.
    pub(super) fixed: Vec<String>,
}

/// As many addresses as are named.
const NAMED: usize = 4;

impl Structure {
    /// Which numbers can't be moved alone, if any can't.
    pub(super) fn note(&self) -> Option<String> {
        let named = self.fixed[..self.fixed.len().min(NAMED)].join(", ");
        let rest = self.fixed.len().saturating_sub(NAMED);
        let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        (!self.fixed.is_empty()).then(|| format!("Numbers that can't be moved alone: {named}{rest}."))
    }
}

/// A number that the file states.
pub(in crate::analysis) struct Stated {
    pub(in crate::analysis) address: String,
    pub(in crate::analysis) value: f64,
    /// What holds it, if a world can; else the model is built again.
    held: Option<Held>,
}

/// A number that is moved, with the queries of all answers at both ends.
struct Moved {
    address: String,
    at: f64,
    between: [f64; 2],
    worlds: [WorldId; 2],
    queries: [Vec<QueryId>; 2],
}

/// What becomes of each answer as each number of the file is moved by a share of itself.
///
/// # Errors
/// See [`compile`](crate::program::compile); an interruption.
pub(super) fn nudged(study: &Study, chances: &Chances, share: f64, draws: u64) -> Result<Structure, Failure> {
    let all = stated(study);
    let models = models(study, &all, share)?;
    let mut ask = Ask::new();
    let (mut moved, mut fixed): (Vec<Moved>, Vec<String>) = (Vec::new(), Vec::new());
    for (one, built) in all.iter().zip(&models) {
        let worlds = match (one.held, built) {
            (Some(held), _) => held_at(study, held, ends(one.value, share, held.is_share())),
            (None, Some((between, [less, more]))) => {
                Some((*between, [study.world_of(less), study.world_of(more)]))
            }
            (None, None) => None,
        };
        let Some((between, worlds)) = worlds else {
            fixed.push(one.address.clone());
            continue;
        };
        let worlds = worlds.map(|world| ask.world(World { may_be_impossible: true, ..world }));
        let queries = worlds.map(|world| chances.ask(&mut ask, world, study.model));
        queries[0].iter().zip(&queries[1]).for_each(|(less, more)| ask.compare(&[*less, *more]));
        moved.push(Moved { address: one.address.clone(), at: one.value, between, worlds, queries });
    }
    let program = study.compile(&ask)?;
    let settings = Settings { rule: Rule::Draws(draws), ..study.settings };
    let sampled = simulate_on(study.level, &program, &settings, study.watch)?;
    // What no run would tell is not told here.
    let is_told = |one: &Moved| {
        let void = |world: &WorldId| sampled.sampling.void(*world).draws as f64;
        let most = Void::MOST * sampled.sampling.plan().draws() as f64;
        one.worlds.iter().all(|world| program.learned(*world).is_possible && void(world) <= most)
    };
    let (moved, silent): (Vec<Moved>, Vec<Moved>) = moved.into_iter().partition(is_told);
    fixed.extend(silent.into_iter().map(|one| one.address));
    let estimates = sampled.estimates();
    let all = (0..chances.all().len()).map(|answer| told(&estimates, chances, &moved, answer)).collect();
    Ok(Structure { all, fixed })
}

fn told(estimates: &Estimates, chances: &Chances, moved: &[Moved], answer: usize) -> Vec<Nudged> {
    let value = |query: QueryId| match chances.is_probability(answer) {
        true => estimates.probability(query),
        false => estimates.query(query),
    };
    let one = |one: &Moved| {
        let [less, more] = [0, 1].map(|at| one.queries[at][answer]);
        Nudged {
            id: one.address.clone(),
            at: one.at,
            between: one.between,
            less: value(less).into(),
            more: value(more).into(),
            swing: estimates.difference(more, less).into(),
        }
    };
    let mut all: Vec<Nudged> = moved.iter().map(one).collect();
    all.retain(|one| one.swing.value.is_finite() && one.swing.value != 0.0);
    all.sort_by(|a, b| b.swing.value.abs().total_cmp(&a.swing.value.abs()));
    all
}

/// The numbers that the file states, but 0, which has no share: first those that a world can hold.
pub(in crate::analysis) fn stated(study: &Study) -> Vec<Stated> {
    let model = study.model;
    let can_hold = |held: &Held| study.remodel.is_none() || !held.moves_correlations(model);
    let held = Held::all(model).into_iter().filter(can_hold).filter_map(|held| {
        Some(Stated { address: held.address(model), value: value(model, held)?, held: Some(held) })
    });
    let mut all: Vec<Stated> = held.collect();
    let known: BTreeSet<String> = all.iter().map(|one| one.address.clone()).collect();
    let others = study.remodel.map_or(Vec::new(), |one| one.numbers()).into_iter();
    let others = others.filter(|(address, _)| !known.contains(address));
    all.extend(others.map(|(address, value)| Stated { address, value, held: None }));
    all.retain(|one| one.value != 0.0);
    all
}

/// The value of a number that can be held, if the file states it.
fn value(model: &Model, held: Held) -> Option<f64> {
    match held {
        Held::Variable(_) => None,
        Held::Probability(id) => model.events[id.0].probability.as_constant(),
        Held::Share(id, state) => model.categories[id.0].probabilities[state].as_constant(),
        Held::Theory(id) => Some(model.theories[id.0].weight),
        Held::Base(theory, outcome) => match &model.theories[theory.0].form {
            Outcomes::Weighted { bases, .. } => bases[outcome.0].as_constant(),
            _ => None,
        },
        Held::Weight(theory, outcome, at) => match &model.theories[theory.0].form {
            Outcomes::Weighted { weights, .. } => weights[outcome.0][at].value.as_constant(),
            _ => None,
        },
    }
}

/// What a number is put at: less, and more; a share of a whole by a share of what is nearer, it or its complement, so that it stays
/// one.
fn ends(value: f64, share: f64, is_share: bool) -> [f64; 2] {
    let step = share * if is_share { value.min(1.0 - value) } else { value.abs() };
    [value - step, value + step]
}

/// The worlds in which a number is held at both ends.
fn held_at<'m>(study: &Study<'m>, held: Held, between: [f64; 2]) -> Option<([f64; 2], [World<'m>; 2])> {
    let settings = between.map(|end| Setting::new().hold(study.model, held, end).ok());
    let [Some(less), Some(more)] = settings else { return None };
    Some((between, [less, more].map(|setting| World { setting, ..study.world() })))
}

/// Where a number is put, and the model built again with it there.
type Built = ([f64; 2], [Model; 2]);

/// The models of the numbers that no world can hold; none of those that can't be built.
fn models(study: &Study, all: &[Stated], share: f64) -> Result<Vec<Option<Built>>, Failure> {
    let one = |one: &Stated| {
        let Some(remodel) = study.remodel.filter(|_| one.held.is_none() && !study.watch.is_late()) else {
            return Ok(None);
        };
        let is_inside = one.value > 0.0 && one.value < 1.0;
        for between in [ends(one.value, share, false), ends(one.value, share, true)] {
            let models = between.map(|value| remodel.remodel(&[change(&one.address, value)]));
            match models {
                [Ok(less), Ok(more)] => return Ok(Some((between, [less, more]))),
                [Err(Failure::Interrupted), _] | [_, Err(Failure::Interrupted)] => {
                    return Err(Failure::Interrupted);
                }
                _ if is_inside => continue,
                _ => break,
            }
        }
        Ok(None)
    };
    all.iter().map(one).collect()
}

/// A number in the place of one of the file.
pub(in crate::analysis) fn change(address: &str, value: f64) -> Override {
    let span = Span::default();
    Override { address: Ident { text: address.into(), span }, expr: Expr { node: Node::Number(value), span } }
}
