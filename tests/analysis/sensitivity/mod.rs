//! What moves the answers, against closed forms: published indices, Shapley effects, single runs, enumeration.

#![allow(clippy::disallowed_methods)]

mod coverage;
mod finite;
mod published;
mod ways;

use crate::common::study;
use foretell::analysis::sensitivity::{Answer, Sensitivity, SensitivityFinding};
use foretell::analysis::{Question, Study};
use foretell::design::Kind;
use foretell::model::Model;
use foretell::simulation::{Rule, Settings};
use foretell::statistics::Estimate;

/// What moves the answers of a model on so many base points.
fn moved(model: &Model, question: &Sensitivity, kind: Kind, seed: u64, draws: u64) -> SensitivityFinding {
    let settings = Settings { kind, seed, threads: 1, rule: Rule::Draws(draws) };
    question.answer(&Study { settings, ..study(model) }).expect("an answer").finding
}

fn of(name: &str) -> Sensitivity {
    Sensitivity { of: vec![name.into()], ..Sensitivity::default() }
}

fn answer<'f>(found: &'f SensitivityFinding, id: &str) -> &'f Answer {
    found.answers.iter().find(|one| one.id == id).expect("an answer of this name")
}

/// The first-order and the total index of an input.
fn index(answer: &Answer, id: &str) -> [Estimate; 2] {
    let one = answer
        .indices
        .iter()
        .find(|one| one.id == id)
        .unwrap_or_else(|| panic!("{id}: {:?}", answer.indices));
    [one.first.0, one.total.0]
}

fn shapley(answer: &Answer, id: &str) -> Estimate {
    answer.shapley.iter().find(|one| one.id == id).expect("an input of this name").share.0
}

#[track_caller]
fn assert_near(found: Estimate, truth: f64, errors: f64, what: &str) {
    let distance = (found.value - truth).abs();
    assert!(
        distance <= errors * found.std_error + 1e-12,
        "{what}: {} ± {}, not {truth}",
        found.value,
        found.std_error
    );
}
