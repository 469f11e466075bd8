//! The values of what is held besides.

use super::axis::{Also, Hold};
use crate::analysis::{Failure, Study};
use crate::diagnostic::number::general;
use crate::model::{Model, Outcomes, Term};
use crate::program::{Ask, Held, World};
use crate::simulation::{FEWEST, Rule, Settings, simulate_on};

/// The percentiles that stand for what is uncertain.
const PERCENTILES: [(f64, &str); 3] = [(0.05, "P5"), (0.5, "P50"), (0.95, "P95")];

/// The values at which something is held, each with its name: those that were asked for, else its percentiles.
pub(super) fn levels(study: &Study, also: &Also) -> Result<Vec<(f64, String)>, Failure> {
    let formula = match &also.hold {
        Hold::Setting(held) if also.values.is_empty() => formula(study.model, *held),
        _ => None,
    };
    let Some(formula) = formula else { return Ok(also.values.clone()) };
    let mut ask = Ask::new();
    let world = ask.world(World { states: study.states, ..World::of(study.model) });
    let spread = ask.spread(world, formula);
    let program = study.compile(&ask)?;
    let settings = Settings { rule: Rule::Draws(FEWEST), ..study.settings };
    let sampled = simulate_on(study.level, &program, &settings, study.watch)?;
    let estimates = sampled.estimates();
    let level = |(level, name): (f64, &str)| {
        let value = estimates.quantile(spread, level);
        (value, format!("{} ({name})", general(value)))
    };
    let mut found: Vec<(f64, String)> = PERCENTILES.map(level).to_vec();
    found.dedup_by(|one, before| one.0 == before.0);
    Ok(found)
}

/// The formula of a number that can be held, if it has one of its own.
pub(super) fn formula(model: &Model, held: Held) -> Option<Term> {
    match held {
        Held::Variable(variable) => Some(model.term_of(variable)),
        Held::Probability(id) => Some(model.events[id.0].probability.clone()),
        Held::Share(id, at) => model.categories[id.0].probabilities.get(at).cloned(),
        Held::Base(theory, outcome) => match &model.theories[theory.0].form {
            Outcomes::Weighted { bases, .. } => bases.get(outcome.0).cloned(),
            _ => None,
        },
        Held::Weight(theory, outcome, at) => match &model.theories[theory.0].form {
            Outcomes::Weighted { weights, .. } => Some(weights.get(outcome.0)?.get(at)?.value.clone()),
            _ => None,
        },
        Held::Theory(_) => None,
    }
}
