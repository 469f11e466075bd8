//! What is wrong with the theories of a document.

use std::collections::BTreeMap;

use super::form;
use super::shares::in_proportion;
use super::theory_word::address;
use crate::diagnostic::{Diagnostic, Hint, Span, did_you_mean, list};
use crate::expression::Ident;
use crate::model::{Term, constant};
use crate::scenario::{self, Document};

/// How far weights may be from summing to 1.
const SLACK: f64 = 1e-9;

/// What is wrong with weights, and with what theories say of the outcomes. Forms are looked at elsewhere.
pub(super) fn check(document: &Document, terms: &BTreeMap<String, Term>) -> Vec<Diagnostic> {
    let theories = &document.theories;
    let Some(first) = theories.first() else { return Vec::new() };
    if document.outcomes.is_empty() {
        return vec![
            Diagnostic::error("theories", "theories need outcomes to decide")
                .at(first.name.span, "decides nothing")
                .hint("name the outcomes in sections such as `[outcomes.yes]` and `[outcomes.no]`"),
        ];
    }
    let mut found = weights(document, terms);
    found.extend(theories.iter().flat_map(|one| strangers(document, one)));
    found.extend(theories.iter().filter_map(|one| incomplete(document, one)));
    found.extend(undecided(document));
    found.extend(unused(document));
    found
}

/// Weights are given for all or for none, positive, summing to 1.
fn weights(document: &Document, terms: &BTreeMap<String, Term>) -> Vec<Diagnostic> {
    let theories = &document.theories;
    let is_lost = |one: &&scenario::Theory| {
        let path = format!("theories.{}", one.name.text);
        document.unreadable.contains(&address(one)) || document.unreadable.contains(&path)
    };
    if theories.iter().all(|one| one.weight.is_none()) {
        return Vec::new();
    }
    let missing = theories.iter().filter(|one| one.weight.is_none() && !is_lost(one)).map(|one| {
        Diagnostic::error("theories", format!("`{}` has no weight", one.name.text))
            .at(one.name.span, "needs a weight as the other theories do")
            .hint("give every theory a `weight`, shares that sum to 1, or none of them")
    });
    let mut found: Vec<Diagnostic> = missing.collect();
    let given: Vec<(f64, Span)> = theories
        .iter()
        .filter_map(|one| terms.get(&address(one)))
        .filter_map(|term| Some((constant(term)?, term.span)))
        .collect();
    found.extend(given.iter().filter(|(value, _)| !(*value > 0.0 && value.is_finite())).map(not_positive));
    if found.is_empty() && given.len() == theories.len() {
        found.extend(not_whole(&given));
    }
    found
}

fn not_positive((value, span): &(f64, Span)) -> Diagnostic {
    Diagnostic::error("theories", format!("the weight of a theory must be positive, but this is {value}"))
        .at(*span, "how probable it is that this theory is right")
        .hint("give a share such as `0.05`, and leave out a theory that can't be right")
}

fn not_whole(given: &[(f64, Span)]) -> Option<Diagnostic> {
    let sum: f64 = given.iter().map(|(value, _)| value).sum();
    let (_, last) = given.last()?;
    if (sum - 1.0).abs() <= SLACK {
        return None;
    }
    let hint = in_proportion(given);
    let sum = (sum * 1e12).round() / 1e12;
    Some(
        Diagnostic::error("theories", format!("the weights of the theories sum to {sum}, not to 1"))
            .at(*last, "the last of them")
            .hint(hint),
    )
}

/// Outcomes of a theory that the file does not name.
fn strangers(document: &Document, theory: &scenario::Theory) -> Vec<Diagnostic> {
    let names = || document.outcomes.iter().map(|one| one.name.text.as_str());
    let unknown = theory.outcomes.iter().filter(|one| names().all(|name| name != one.name.text));
    let error = |one: &scenario::Outcome| {
        let hint = match did_you_mean(&one.name.text, names()) {
            Some(near) => Hint::meant(one.name.span, &one.name.text, near),
            None => format!("the outcomes are {}", list(names(), "and")).into(),
        };
        Diagnostic::error("theories", format!("the file has no outcome `{}`", one.name.text))
            .at(one.name.span, "all theories decide between the same outcomes, those of `[outcomes]`")
            .hint(hint)
    };
    unknown.map(error).collect()
}

/// A theory that decides itself decides every outcome.
fn incomplete(document: &Document, theory: &scenario::Theory) -> Option<Diagnostic> {
    if theory.outcomes.is_empty() {
        return None;
    }
    let has = |name: &Ident| theory.outcomes.iter().any(|one| one.name.text == name.text);
    let missing: Vec<&str> =
        document.outcomes.iter().filter(|one| !has(&one.name)).map(|one| one.name.text.as_str()).collect();
    let first = missing.first()?;
    let name = &theory.name.text;
    let message =
        format!("the theory `{name}` does not say what decides {}", list(missing.iter().copied(), "and"));
    Some(
        Diagnostic::error("theories", message)
            .at(theory.name.span, "decides some outcomes, and so must decide all of them")
            .hint(format!("say it in a section such as `[theories.{name}.outcomes.{first}]`")),
    )
}

/// A theory that says nothing, where `[outcomes]` says nothing either.
fn undecided(document: &Document) -> Vec<Diagnostic> {
    if form::is_shown(&document.outcomes) {
        return Vec::new();
    }
    let silent = document.theories.iter().filter(|one| one.outcomes.is_empty());
    let error = |one: &scenario::Theory| {
        let (name, outcome) = (&one.name.text, &document.outcomes[0].name.text);
        let has_lost =
            document.unreadable.iter().any(|path| path.starts_with(&format!("theories.{name}.outcomes")));
        (!has_lost).then(|| {
            Diagnostic::error("theories", format!("nothing says how the theory `{name}` decides the outcome"))
                .at(one.name.span, "neither here nor in `[outcomes]`")
                .hint(format!("say it in sections such as `[theories.{name}.outcomes.{outcome}]`"))
        })
    };
    silent.filter_map(error).collect()
}

/// What `[outcomes]` says though every theory says something else.
fn unused(document: &Document) -> Option<Diagnostic> {
    let place = form::place(&document.outcomes)?;
    document.theories.iter().all(|one| !one.outcomes.is_empty()).then(|| {
        Diagnostic::error("theories", "no theory is decided by this")
            .at(place, "every theory has outcomes of its own")
            .hint("remove it from `[outcomes]`, or leave out the outcomes of the theory that it is for")
    })
}
