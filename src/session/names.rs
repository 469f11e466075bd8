//! Names that a question is given: they must be those of the file.

use super::failure::Failure;
use super::labels::{self, Called, Found, find};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, Sources, Span, did_you_mean};
use crate::model::Model;

/// The names of the factors, derived values and events that `flag` was given, each by its name or its label.
///
/// # Errors
/// All that are none.
pub(super) fn meant(
    flag: &str,
    names: &[String],
    model: &Model,
    sources: &Sources,
) -> Result<Vec<String>, Failure> {
    let (mut sources, mut found) = (sources.clone(), Diagnostics::new());
    let (mut meant, all) = (Vec::with_capacity(names.len()), Called::variables(model));
    for written in names {
        let source = sources.add(SourceFile::new(flag, written));
        let span = Span::new(source, 0..written.len());
        match labels::named(&all, written, span) {
            Ok(Some(name)) => meant.push(name),
            Ok(None) => found.push(stranger((flag, written, span), &all, model)),
            Err(problem) => found.push(problem),
        }
    }
    if found.is_empty() { Ok(meant) } else { Err(Failure::No(Box::new(sources), found)) }
}

/// The names of things and outcomes, each by its name or its label, if one alone has it; else what is written.
pub(super) fn as_named(model: &Model, written: &[String]) -> Vec<String> {
    let mut all = Called::variables(model);
    all.extend(model.outcomes.iter().map(|one| Called::of(&one.named)));
    let name = |one: &String| match find(&all, one) {
        Found::One(id) => id.into(),
        Found::Many(_) | Found::None => one.clone(),
    };
    written.iter().map(name).collect()
}

/// The name of one of some states, each with its label, by either of these, if one alone has it; else what is written.
pub(super) fn as_state<'s>(states: impl Iterator<Item = (&'s str, &'s str)>, written: &str) -> String {
    let states: Vec<Called> = states.map(|(id, label)| Called::new(id, Some(label))).collect();
    match find(&states, written) {
        Found::One(id) => id.into(),
        Found::Many(_) | Found::None => written.into(),
    }
}

fn stranger((flag, written, span): (&str, &str, Span), all: &[Called], model: &Model) -> Diagnostic {
    let near = did_you_mean(written, all.iter().flat_map(Called::both));
    let hint = match near {
        _ if model.outcomes.iter().any(|one| one.named.id == *written || one.named.label == *written) => {
            format!("it is an outcome, and outcomes are always told: leave {flag} out")
        }
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            format!("{flag} takes names as they stand in the file, or labels, as in {flag} oil_price,deal")
        }
    };
    let message = format!("no factor, derived value or event is called `{written}`");
    Diagnostic::error("unknown-name", message).at(span, "no such name in the file").hint(hint)
}
