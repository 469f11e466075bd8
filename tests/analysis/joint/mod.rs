//! Joint tables: against enumeration of finite models, closed forms, and what a run says anyway.

#![allow(clippy::disallowed_methods)]

mod draws;
mod finite;
mod forms;
mod runs;

use crate::common::finite::{random_model, settled};
use crate::common::{
    Found, assert_exact, assert_near, model, reference, run_of, settings, study, understood,
};
use foretell::analysis::Study;
use foretell::analysis::joint::{Aspect, Joint, JointFinding};
use foretell::analysis::run::{Run, RunFinding};
use foretell::design::Kind;
use foretell::model::{CategoryId, Definition, EventId, Model, Named, OutcomeId, Term, World};
use foretell::program::States;
use foretell::simulation::{Rule, Target};

// Asking.

fn joint(of: &[Aspect]) -> Joint {
    Joint { of: of.to_vec() }
}

fn asking(joints: &[Joint]) -> Run {
    Run { joint: joints.to_vec(), ..Run::default() }
}

fn found(model: &Model, joints: &[Joint], kind: Kind, rule: Rule) -> Found {
    let run = asking(joints);
    run_of(&run.compile(&study(model)).expect("a program"), kind, 1, rule)
}

fn exactly(model: &Model, of: &[Aspect]) -> RunFinding {
    found(model, &[joint(of)], Kind::Sobol, Rule::default()).finding
}

fn event(model: &Model, name: &str) -> Aspect {
    let at = model.events.iter().position(|one| one.named.id == name).expect("an event");
    Aspect::event(model, EventId(at))
}

fn category(model: &Model, name: &str) -> Aspect {
    let at = model.categories.iter().position(|one| one.named.id == name).expect("a factor with states");
    Aspect::category(model, CategoryId(at))
}

/// Everything in a model that has states.
fn aspects(model: &Model) -> Vec<Aspect> {
    let events = (0..model.events.len()).map(|at| Aspect::event(model, EventId(at)));
    let categories = (0..model.categories.len()).map(|at| Aspect::category(model, CategoryId(at)));
    let outcomes = (0..model.outcomes.len()).map(|at| Aspect::one_outcome(model, OutcomeId(at))).take(1);
    events.chain(categories).chain([Aspect::outcome(model)]).chain(outcomes).collect()
}

// An oracle: every combination of states, by the model's own definition.

/// The probability of each cell given what was learned, in the order of the finding.
fn enumerated(model: &Model, joint: &Joint, cells: &[Vec<usize>]) -> Vec<f64> {
    let counts: Vec<usize> = model.categories.iter().map(|one| one.states.len()).collect();
    let (mut states, mut total, mut sums) = (vec![0; counts.len()], 0.0, vec![0.0; cells.len()]);
    loop {
        for bits in 0..1usize << model.events.len() {
            let happens: Vec<bool> = (0..model.events.len()).map(|at| bits >> at & 1 == 1).collect();
            let definition =
                Definition::new(model, &[], World { happens: &happens, states: &states, theory: 0 });
            for k in (0..model.outcomes.len().max(1)).map(OutcomeId) {
                let holds = |term: &Term| definition.value(&settled(term, k)) == 1.0;
                let share = if model.outcomes.is_empty() { 1.0 } else { definition.outcome(k) };
                let weight = definition.chance() * share;
                if weight == 0.0 || !model.given.iter().all(holds) {
                    continue;
                }
                total += weight;
                for (sum, at) in sums.iter_mut().zip(cells) {
                    let is_so = joint.of.iter().zip(at).all(|(aspect, at)| holds(&aspect.states[*at].is_so));
                    *sum += if is_so { weight } else { 0.0 };
                }
            }
        }
        let Some(at) = (0..counts.len()).find(|at| states[*at] + 1 < counts[*at]) else { break };
        states[at] += 1;
        states[..at].fill(0);
    }
    sums.iter().map(|sum| sum / total).collect()
}

/// What sums over the states of those things that have none.
fn summed(found: &JointFinding, truth: &[f64], at: &[Option<usize>]) -> f64 {
    let is_in = |own: &[usize]| at.iter().zip(own).all(|(at, own)| at.is_none_or(|at| at == *own));
    found.cells.iter().zip(truth).filter(|(cell, _)| is_in(&cell.at)).map(|(_, one)| one).sum()
}

/// Holds every number of a table of a finite model against the probabilities of its cells.
#[track_caller]
fn assert_table(what: &str, found: &JointFinding, truth: &[f64]) {
    for margin in &found.margins {
        assert_exact(what, margin.probability.0, summed(found, truth, &margin.at));
    }
    for (cell, truth_of_cell) in found.cells.iter().zip(truth) {
        assert_exact(what, cell.probability.0, *truth_of_cell);
        let one = |own: usize| -> Vec<Option<usize>> {
            cell.at.iter().enumerate().map(|(at, state)| (at == own).then_some(*state)).collect()
        };
        let product: f64 = (0..cell.at.len()).map(|at| summed(found, truth, &one(at))).product();
        assert_exact(what, cell.beyond_independence.0, truth_of_cell - product);
        let others: Vec<Option<usize>> =
            cell.at.iter().enumerate().map(|(at, state)| (at != 1).then_some(*state)).collect();
        let row = summed(found, truth, &others);
        match row > 0.0 {
            true => assert!((cell.conditional.value - truth_of_cell / row).abs() < 1e-12, "{what}"),
            false => assert!(cell.conditional.value.is_nan(), "{what}: {:?}", cell.conditional),
        }
    }
}

fn cells(found: &JointFinding) -> Vec<Vec<usize>> {
    found.cells.iter().map(|one| one.at.clone()).collect()
}

const MIXED: &str = "[factors.x]\nvalue = 'beta(2, 3)'\n[factors.y]\nvalue = 'uniform(0, 1)'\n\
                     [factors.mood]\nstates = [\"calm\", \"tense\", \"hostile\"]\n\
                     probabilities = { calm = 'x', tense = '(1 - x) * y' }\n\
                     [events.deal]\nprobability = 'if mood == calm then 0.3 + 0.6 * y else 0.5 * y'\n\
                     [outcomes.a]\nweights = { x = 2, deal = 1.5 }\n[outcomes.b]\nweights = { y = 1 }\n[outcomes.c]\n";

/// All cells sum to 1, and those of a margin to it.
#[track_caller]
fn assert_sums(table: &JointFinding) {
    let values: Vec<f64> = table.cells.iter().map(|one| one.probability.value).collect();
    assert!((values.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    for margin in &table.margins {
        assert!((summed(table, &values, &margin.at) - margin.probability.value).abs() < 1e-12);
    }
    let rest: f64 = table.cells.iter().map(|one| one.beyond_independence.value).sum();
    assert!(rest.abs() < 1e-12, "{rest}");
}

/// Two events that share an unknown: P(a) = P(b) = 1/2, P(a b) = E x² = 1/3.
const SHARED: &str =
    "[factors.x]\nvalue = 'uniform(0, 1)'\n[events.a]\nprobability = 'x'\n[events.b]\nprobability = 'x'\n";
