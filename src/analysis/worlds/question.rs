//! Futures are drawn, and held against many others.

use super::finding::{Called, FutureFinding, NumberCalled, WorldsFinding};
use crate::analysis::answered::Answered;
use crate::analysis::combination::Combination;
use crate::analysis::futures::{Laid, Reference, laid};
use crate::analysis::question::Question;
use crate::analysis::{Course, Failure, Study};
use crate::diagnostic::Diagnostic;
use crate::model::{Model, Named};
use crate::simulation::Rule;

/// As many futures are told if nothing else is said, and at the most.
const FUTURES: u64 = 3;
/// As many futures are told at the most.
pub const MOST: u64 = 1 << 17;

/// What could the future look like? As many futures as the settings want draws, or three.
#[derive(Clone, Copy, Debug, Default)]
pub struct Worlds;

impl Question for Worlds {
    type Finding = WorldsFinding;

    fn measures(&self) -> bool {
        false
    }

    fn answer(&self, study: &Study) -> Result<Answered<WorldsFinding>, Failure> {
        let count = count(study.settings.rule)?;
        let Laid { program, asked, course } = laid(study)?;
        let drawing = asked.drawing(study, &program)?;
        let usual = drawing.reference()?;
        let told = drawing.futures(count)?;
        let reference = Reference::of(&usual.all);
        let model = study.model;
        let finding = WorldsFinding {
            futures: told.all.iter().map(|one| FutureFinding::of(one, &reference, model)).collect(),
            numbers: numbers(model, &reference),
            states: states(model),
            events: model.events.iter().map(|one| Called::of(&one.named)).collect(),
            theories: match model.has_theories() {
                true => model.theories.iter().map(|one| Called::of(&one.named)).collect(),
                false => Vec::new(),
            },
            outcomes: model.outcomes.iter().map(|one| Called::of(&one.named)).collect(),
            compared_with: reference.len(),
            effective_draws: told.effective,
            most_probable: drawing.mode(None)?.and_then(|mode| Combination::most_probable(model, &mode)),
        };
        Ok(Answered::new(finding, Course { plan: told.plan, ..course }))
    }
}

/// How many futures are told.
fn count(rule: Rule) -> Result<usize, Failure> {
    match rule {
        rule if rule == Rule::default() => Ok(FUTURES as usize),
        Rule::Draws(count) if count <= MOST => Ok(count as usize),
        Rule::Draws(_) => {
            let message = format!("at most {MOST} futures are told");
            let hint = "`foretell run FILE --draws-out draws.csv` writes any number of draws";
            Err(Diagnostic::error("arguments", message).hint(hint).into())
        }
        Rule::Until { .. } => {
            let hint = "say how many there are to be, as in -n 20";
            Err(Diagnostic::error("arguments", "futures have no precision").hint(hint).into())
        }
    }
}

fn numbers(model: &Model, reference: &Reference) -> Vec<NumberCalled> {
    let factors = model.factors.iter().map(|one| (&one.named, &one.unit, false));
    let derived = model.derived.iter().map(|one| (&one.named, &one.unit, true));
    let number = |(at, (named, unit, is_derived)): (usize, (&Named, &Option<String>, bool))| NumberCalled {
        called: Called::of(named),
        unit: unit.clone(),
        is_derived,
        p05: reference.quantile(at, 0.05),
        p50: reference.quantile(at, 0.5),
        p95: reference.quantile(at, 0.95),
    };
    factors.chain(derived).enumerate().map(number).collect()
}

fn states(model: &Model) -> Vec<Called> {
    let labels = |one: &crate::model::Category| {
        one.states.iter().map(|state| state.named.label.clone()).collect::<Vec<String>>()
    };
    model.categories.iter().map(|one| Called { states: labels(one), ..Called::of(&one.named) }).collect()
}
