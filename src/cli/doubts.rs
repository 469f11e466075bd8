//! What the reader should know about a run: draws that gave no number, too few of them, too little precision.

use super::failure::Failure;
use super::load::Loaded;
use super::variants::about;
use crate::analysis::learned::LearnedSummary;
use crate::analysis::run::Run;
use crate::analysis::void::VoidSummary;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Model;
use crate::report::number::{count, general};

/// The file's warnings, and what the reader should know of the run.
///
/// # Errors
/// Too many void draws, or too few that what was learned leaves.
pub fn of_run(scenario: &Loaded, run: &Run) -> Result<Diagnostics, Failure> {
    let draws = run.summary.plan.draws();
    let mut warnings = scenario.warnings.clone();
    warnings.extend(of_void(scenario, &run.summary.void, draws)?);
    if let Some(learned) = run.summary.learned.filter(LearnedSummary::is_too_rare) {
        return Err(Failure::about(
            scenario.sources.clone(),
            too_rare(&scenario.model, learned.effective_draws),
        ));
    }
    for ((facts, model), found) in scenario.variants.iter().zip(&run.summary.variants) {
        if let Some(learned) = found.learned.filter(LearnedSummary::is_too_rare) {
            let error = too_rare(model, learned.effective_draws);
            return Err(Failure::about(scenario.sources.clone(), about(facts, error)));
        }
        if found.void.draws > 0 {
            warnings.push(about(facts, void_in_variant(&found.void, draws)));
        }
    }
    if !run.reached {
        warnings.push(not_reached(draws));
    }
    Ok(warnings)
}

/// A warning about void draws, if there are any.
///
/// # Errors
/// Too many of them.
pub fn of_void(scenario: &Loaded, void: &VoidSummary, draws: u64) -> Result<Option<Diagnostic>, Failure> {
    if void.draws == 0 {
        return Ok(None);
    }
    let refused = void.share(draws) > VoidSummary::MOST;
    let message = void_draws(void, draws, refused);
    match refused {
        true => Err(Failure::about(scenario.sources.clone(), message)),
        false => Ok(Some(message)),
    }
}

/// Draws that gave no number, with the place and an example.
fn void_draws(void: &VoidSummary, draws: u64, refused: bool) -> Diagnostic {
    let message = void_message(void, draws, refused);
    with_example(
        if refused {
            Diagnostic::error("void-draws", message)
        } else {
            Diagnostic::warning("void-draws", message)
        },
        void,
    )
}

/// The same of a variant, whose answers alone are refused.
fn void_in_variant(void: &VoidSummary, draws: u64) -> Diagnostic {
    let message = void_message(void, draws, void.share(draws) > VoidSummary::MOST);
    with_example(Diagnostic::warning("void-draws", message), void)
}

fn void_message(void: &VoidSummary, draws: u64, refused: bool) -> String {
    let number = format!("{} of {} draws gave no number", count(void.draws), count(draws));
    number + if refused { ": too many for an answer" } else { " and were left out" }
}

fn with_example(mut message: Diagnostic, void: &VoidSummary) -> Diagnostic {
    if let Some(place) = void.place {
        message = message.at(place, "no finite number here");
    }
    let example: Vec<String> =
        void.example.iter().map(|(name, value)| format!("{name} = {}", general(*value))).collect();
    if !example.is_empty() {
        message = message.hint(format!("it happens with {}", example.join(", ")));
    }
    message.hint("keep the formula within its bounds, as with `max(x, 0)`, or narrow the factors")
}

/// Draws enter what was to be exact.
pub fn not_exact() -> Diagnostic {
    let message = "the answer can't be exact: draws of factors with distributions enter it";
    let hint = "hold these factors with --set NAME=VALUE, or leave --exact require out";
    Diagnostic::error("not-exact", message).hint(hint)
}

/// What was learned left too few draws to say what follows from it.
pub fn too_rare(model: &Model, effective_draws: f64) -> Diagnostic {
    let draws = general(effective_draws.max(0.0).floor());
    let message = format!("what was learned leaves too few draws to tell what follows from it: {draws}");
    let items = model.evidence.iter().filter(|one| one.active).rev();
    let items = items.map(|one| (one.span, "improbable in most draws"));
    let parts = model.given.iter().rev().map(|one| (one.span, "seldom holds in the draws"));
    let error = items
        .chain(parts)
        .fold(Diagnostic::error("rare-evidence", message), |error, (span, text)| error.at(span, text));
    error
        .hint("take more draws with --draws, or learn something wider")
        .hint("conditions on single factors, states and events cost no draws: write the evidence in these")
}

/// The run ended before it was as precise as wanted.
pub fn not_reached(draws: u64) -> Diagnostic {
    let draws = count(draws);
    Diagnostic::warning("not-precise", format!("the wanted precision was not reached within {draws} draws"))
        .hint("allow more with --draws, or ask for less with --precision")
}
