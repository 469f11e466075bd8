//! Why a question has no answer, as messages about the texts of a case.

use super::failure::Failure;
use super::variants::about;
use crate::analysis;
use crate::analysis::Variant;
use crate::diagnostic::{Diagnostic, Sources, Span};
use crate::program::{CompileError, Obstacle};

/// Why a question put to a model with these variants has no answer.
pub(super) fn refusal(failure: analysis::Failure, variants: &[Variant], sources: &Sources) -> Failure {
    match failure {
        analysis::Failure::Interrupted => Failure::Interrupted,
        analysis::Failure::Compile(CompileError { why: Obstacle::Interrupted, .. }, _) => {
            Failure::Interrupted
        }
        analysis::Failure::Compile(error, variant) => {
            let message = refused(&error.why);
            let message = match variant.and_then(|at| variants.get(at)) {
                Some(variant) => about(&variant.facts, message),
                None => message,
            };
            Failure::about(sources.clone(), message)
        }
        analysis::Failure::Unfit(message) => Failure::about(sources.clone(), *message),
        analysis::Failure::Unholdable(error) => {
            Failure::plain(Diagnostic::error("unholdable", error.to_string()))
        }
    }
}

/// Why there is no program, as a message.
fn refused(why: &Obstacle) -> Diagnostic {
    let (answer, names) = match why {
        Obstacle::TooManyStates { answer, names } => (answer, names),
        Obstacle::Impossible { parts } => return impossible(parts),
        other => {
            return Diagnostic::error("memory", other.to_string())
                .hint("ask for less at once, as with --of NAME, or allow more with --memory SIZE");
        }
    };
    let named: Vec<&str> = names.iter().map(String::as_str).collect();
    let message = format!("{answer} depends on too many states at once: those of {}", together(&named));
    let error = Diagnostic::error("too-many-states", message);
    let error = match named.len() {
        1 => error,
        _ => error.hint(format!("together: {}", crate::diagnostic::list(named, "and"))),
    };
    error
        .hint("under --exact require: leave it out, and some of them are drawn")
        .hint("let an event stand between some of them and the rest, or hold some with --set NAME=VALUE")
}

/// The error of having learned what can't be.
fn impossible(parts: &[Span]) -> Diagnostic {
    let message = match parts {
        [_] => "what was learned is impossible in this model",
        _ => "what was learned is impossible in this model, taken together",
    };
    let error = Diagnostic::error("impossible-evidence", message);
    let error =
        parts.iter().rev().fold(error, |error, part| error.at(*part, "has probability 0 with the rest"));
    error.hint("see how probable each part is without it, or make it so with --set instead of learning it")
}

/// How many names together, or the only one.
fn together(names: &[&str]) -> String {
    match names {
        [only] => format!("`{only}`"),
        _ => format!("{} names together", names.len()),
    }
}
