//! What the reader should know of any answer: draws that gave no number, too few of them, too little precision.

use super::changes::Exactness;
use super::failure::Failure;
use super::variants::about;
use crate::analysis::Variant;
use crate::analysis::{Course, Learned, Missed, Void, WorldCourse};
use crate::diagnostic::number::{count, general};
use crate::diagnostic::{Diagnostic, Diagnostics, Sources, list};
use crate::model::Model;

/// What an answer is held to.
pub(super) struct Policy<'a> {
    pub(super) model: &'a Model,
    pub(super) variants: &'a [Variant],
    pub(super) sources: &'a Sources,
    pub(super) exact: Exactness,
    /// Whether somebody said how precise the answer is to be.
    pub(super) is_asked: bool,
    /// Whether time ran out.
    pub(super) is_late: bool,
}

impl Policy<'_> {
    /// What the reader should know of how the draws went.
    ///
    /// # Errors
    /// Too many void draws in the file itself, or too few draws that what was learned leaves, there or in a variant; draws where
    /// the answer was to be exact.
    pub(super) fn apply(&self, course: &Course) -> Result<Diagnostics, Failure> {
        let mut doubts = Diagnostics::new();
        for world in &course.worlds {
            match world.variant.and_then(|at| self.variants.get(at)) {
                None => doubts.extend(self.of_file(world, course.plan.draws())?),
                Some(variant) => doubts.extend(self.of_variant(world, variant, course.plan.draws())?),
            }
        }
        if !course.drawn.is_empty() {
            doubts.push(drawn_states(&course.drawn));
        }
        if self.exact == Exactness::Require && !course.exact {
            return Err(Failure::plain(not_exact()));
        }
        if !course.reached {
            doubts.push(not_reached(course, self));
        }
        Ok(doubts)
    }

    /// Draws that gave no number in the file itself are a warning, and a refusal if they are too many.
    fn of_file(&self, world: &WorldCourse, draws: u64) -> Result<Option<Diagnostic>, Failure> {
        let void = &world.void;
        if void.is_too_many(draws) {
            return Err(self.refuse(void_draws(self.model, void, draws, true)));
        }
        if let Some(learned) = world.learned.filter(Learned::is_too_rare) {
            return Err(self.refuse(too_rare(self.model, learned.effective_draws)));
        }
        Ok((void.draws > 0).then(|| void_draws(self.model, void, draws, false)))
    }

    /// Draws that gave no number in a variant refuse its answers alone.
    fn of_variant(
        &self,
        world: &WorldCourse,
        variant: &Variant,
        draws: u64,
    ) -> Result<Option<Diagnostic>, Failure> {
        if let Some(learned) = world.learned.filter(Learned::is_too_rare) {
            return Err(self.refuse(about(&variant.facts, too_rare(&variant.model, learned.effective_draws))));
        }
        let void = &world.void;
        Ok((void.draws > 0).then(|| about(&variant.facts, void_in_variant(&variant.model, void, draws))))
    }

    fn refuse(&self, message: Diagnostic) -> Failure {
        Failure::about(self.sources.clone(), message)
    }
}

/// Draws that gave no number, with the place and an example.
fn void_draws(model: &Model, void: &Void, draws: u64, refused: bool) -> Diagnostic {
    let message = void_message(void, draws, refused);
    with_example(
        if refused {
            Diagnostic::error("void-draws", message)
        } else {
            Diagnostic::warning("void-draws", message)
        },
        model,
        void,
    )
}

/// The same of a variant, whose answers alone are refused.
fn void_in_variant(model: &Model, void: &Void, draws: u64) -> Diagnostic {
    let message = void_message(void, draws, void.is_too_many(draws));
    with_example(Diagnostic::warning("void-draws", message), model, void)
}

fn void_message(void: &Void, draws: u64, refused: bool) -> String {
    let number = format!("{} of {} draws gave no number", count(void.draws), count(draws));
    number + if refused { ": too many for an answer" } else { " and were left out" }
}

/// With what is wrong in the first of them: the rules, if they leave a gap there or overlap, else the formula.
fn with_example(message: Diagnostic, model: &Model, void: &Void) -> Diagnostic {
    if let Some(clash) = model.clash_at(&void.example) {
        return clash.marked(message.hint(clash.sentence()));
    }
    let place = void.place.into_iter();
    let message = place.fold(message, |message, place| message.at(place, "no finite number here"));
    let example: Vec<String> =
        void.example.iter().map(|(name, value)| format!("{name} = {}", general(*value))).collect();
    let message = match example.is_empty() {
        true => message,
        false => message.hint(format!("it happens with {}", example.join(", "))),
    };
    message.hint("keep the formula within its bounds, as with `max(x, 0)`, or narrow the factors")
}

/// As many of the names whose states were drawn are told.
const NAMED: usize = 8;

/// States were drawn, as all together are too many.
fn drawn_states(names: &[String]) -> Diagnostic {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let message = match names[..] {
        [only] => format!("too many states to sum over them all: those of `{only}` were drawn"),
        _ => format!("too many states to sum over them all: those of {} names were drawn", names.len()),
    };
    let found = Diagnostic::warning("drawn-states", message);
    let rest = names.len().saturating_sub(NAMED);
    let found = match rest {
        0 if names.len() == 1 => found,
        0 => found.hint(format!("drawn: {}", list(names, "and"))),
        _ => {
            let first: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
            found.hint(format!("drawn: {} and {rest} more", first.join(", ")))
        }
    };
    found.hint("the errors count it; --exact require refuses instead")
}

/// Draws enter what was to be exact.
pub(super) fn not_exact() -> Diagnostic {
    let message = "the answer can't be exact: draws of factors with distributions enter it";
    let hint = "hold these factors with --set NAME=VALUE, or leave --exact require out";
    Diagnostic::error("not-exact", message).hint(hint)
}

/// What was learned left too few draws to say what follows from it.
fn too_rare(model: &Model, effective_draws: f64) -> Diagnostic {
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

/// The run ended before it was as precise as wanted: by the user, or as runs are that nobody told how precise to be.
fn not_reached(course: &Course, policy: &Policy) -> Diagnostic {
    let (draws, is_asked) = (count(course.plan.draws()), policy.is_asked);
    if policy.is_late {
        return Diagnostic::warning("time", format!("time ran out after {draws} draws"))
            .hint("the errors shown are right; allow more with --max-time");
    }
    let wanted = if is_asked { "the wanted precision" } else { "the usual precision" };
    let what = match &course.missed {
        Some(Missed { name, is_mean: true }) => format!(" by the mean of `{name}`"),
        Some(Missed { name, .. }) => format!(" by the probability of `{name}`"),
        None => String::new(),
    };
    let message = format!("{wanted} was not reached{what} within {draws} draws");
    let warning = Diagnostic::warning("not-precise", message);
    match &course.missed {
        Some(Missed { name, is_mean: true }) => warning.hint(format!(
            "its values lie far apart: take its percentiles, or bound it, as with `min({name}, 1000)`; the error shown is right"
        )),
        _ if is_asked => warning.hint("allow more with --draws, or ask for less with --precision"),
        _ => warning.hint("the errors shown are right; allow more with --draws if they are too large"),
    }
}
