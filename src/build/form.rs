//! The form in which a file, or a theory, decides the outcomes: base and weights, scores or rules, one for all of them.

use std::collections::BTreeMap;

use super::shares::in_proportion;
use crate::diagnostic::number::share;
use crate::diagnostic::{Diagnostic, Hint, SourceId, Span};
use crate::model::{Term, constant};
use crate::scenario::{Document, Outcome};

/// The three ways to decide an outcome.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Weights,
    Scores,
    Rules,
}

impl Form {
    fn describe(self) -> &'static str {
        match self {
            Form::Weights => "base and weights",
            Form::Scores => "a score",
            Form::Rules => "a rule",
        }
    }
}

/// The form of the first outcome that shows one.
pub(super) fn of(outcomes: &[&Outcome]) -> Form {
    outcomes.iter().flat_map(|one| shown(one)).next().map_or(Form::Weights, |(form, _)| form)
}

/// Whether anything says how outcomes are decided.
pub(super) fn is_shown(outcomes: &[Outcome]) -> bool {
    place(outcomes).is_some()
}

/// The first place that says how outcomes are decided.
pub(super) fn place(outcomes: &[Outcome]) -> Option<Span> {
    outcomes.iter().flat_map(shown).next().map(|(_, place)| place)
}

/// The forms that an outcome shows, each with its place: more than one is a mistake.
fn shown(outcome: &Outcome) -> Vec<(Form, Span)> {
    let weights = outcome.base.as_ref().or(outcome.weights.first().map(|weight| &weight.value));
    let rule = outcome.when.as_ref().map(|value| value.expr.span).or(outcome.otherwise);
    let shown = [
        (Form::Weights, weights.map(|value| value.expr.span)),
        (Form::Scores, outcome.score.as_ref().map(|value| value.expr.span)),
        (Form::Rules, rule),
    ];
    shown.into_iter().filter_map(|(form, span)| Some((form, span?))).collect()
}

/// Outcomes that are too few, of mixed forms, or incomplete in their form, besides what is wrong `of_theories`.
pub(super) fn check(
    document: &Document,
    terms: &BTreeMap<String, Term>,
    of_theories: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let outcomes = &document.outcomes;
    let mut found = of_theories;
    // Without outcomes the answer is what is known of everything else.
    let has_more =
        [document.factors.len(), document.categories.len(), document.derived.len(), document.events.len()];
    if outcomes.is_empty() && has_more != [0; 4] {
        return found;
    }
    if outcomes.len() < 2 {
        let is_lost = document.unreadable.contains("outcomes");
        found.extend((!is_lost && found.is_empty()).then(|| too_few(outcomes.first(), document.source)));
        return found;
    }
    let decided = |outcomes, path| Decided { document, terms, outcomes, path };
    let is_used = document.theories.is_empty() || document.theories.iter().any(|one| one.outcomes.is_empty());
    if is_used {
        found.extend(decided(outcomes, "outcomes".into()).check());
    }
    for theory in document.theories.iter().filter(|one| !one.outcomes.is_empty()) {
        let path = format!("theories.{}.outcomes", theory.name.text);
        found.extend(decided(&theory.outcomes, path).check());
    }
    found
}

/// Outcomes with what decides them, of the file or of a theory.
struct Decided<'a> {
    document: &'a Document,
    terms: &'a BTreeMap<String, Term>,
    outcomes: &'a [Outcome],
    /// The address of their section.
    path: String,
}

impl Decided<'_> {
    fn check(&self) -> Vec<Diagnostic> {
        if let Some(mixed) = mixed(self.outcomes) {
            return vec![mixed];
        }
        let mut found = match of(&self.outcomes.iter().collect::<Vec<_>>()) {
            Form::Rules => self.incomplete(
                "when",
                "`when` or `else = true`",
                "each has a rule, as in `when = 'some_event'`, or `else = true` for the one that takes the rest",
            ),
            Form::Scores => self.incomplete(
                "score",
                "`score`",
                "each has a score, as in `score = '2 * some_factor'`, or `score = 0` for one to compare the others with",
            ),
            Form::Weights => self.bases(),
        };
        found.extend(self.outcomes.iter().filter_map(ruled_twice));
        found.extend(rests(self.outcomes));
        found
    }

    /// Outcomes without what the others have; one that could not be read is not missing.
    fn incomplete(&self, key: &str, what: &str, hint: &str) -> Vec<Diagnostic> {
        let has = |one: &Outcome| match key {
            "base" => one.base.is_some(),
            "score" => one.score.is_some(),
            _ => one.when.is_some() || one.otherwise.is_some(),
        };
        let is_lost = |one: &Outcome| {
            let address = |key: &str| format!("{}.{}{key}", self.path, one.name.text);
            let keys = [
                "".to_string(),
                format!(".{key}"),
                if key == "when" { ".else".into() } else { String::new() },
            ];
            keys.iter().any(|key| self.document.unreadable.contains(&address(key)))
        };
        let missing = self.outcomes.iter().filter(|one| !has(one) && !is_lost(one));
        let error = |one: &Outcome| {
            Diagnostic::error("outcomes", format!("`{}` has no {what}", one.name.text))
                .at(one.name.span, format!("needs {what} as the other outcomes do"))
                .hint(hint)
        };
        missing.map(error).collect()
    }

    /// Bases are given for all or for none, positive, summing to 1.
    fn bases(&self) -> Vec<Diagnostic> {
        if self.outcomes.iter().all(|one| one.base.is_none()) {
            return Vec::new();
        }
        let hint = "give every outcome a base, shares that sum to 1, or none of them";
        let mut found = self.incomplete("base", "`base`", hint);
        let bases: Vec<(f64, Span)> = self
            .outcomes
            .iter()
            .filter_map(|one| self.terms.get(&one.base.as_ref()?.address))
            .filter_map(|term| Some((constant(term)?, term.span)))
            .collect();
        found.extend(bases.iter().filter_map(|(value, span)| not_positive(*value, *span)));
        let is_whole = bases.len() == self.outcomes.len() && found.is_empty();
        found.extend(not_whole(&bases).filter(|_| is_whole));
        found
    }
}

fn too_few(only: Option<&Outcome>, source: SourceId) -> Diagnostic {
    let more = "add sections such as `[outcomes.yes]` and `[outcomes.no]`, exclusive answers to the question";
    match only {
        Some(only) => Diagnostic::error("outcomes", "one outcome alone answers nothing")
            .at(only.name.span, "the only one")
            .hint(more)
            .hint("or make it an event, `[events.some_name]` with a `probability`: files without outcomes tell their events and derived values"),
        None => Diagnostic::error("outcomes", "there is nothing in this file to answer")
            .at(Span::new(source, 0..0), "neither outcomes nor events nor values")
            .hint(more)
            .hint("or say what is asked in `[events.some_name]` or `[derived.some_name]`: then no outcomes are needed"),
    }
}

fn mixed(outcomes: &[Outcome]) -> Option<Diagnostic> {
    let all: Vec<(Form, Span)> = outcomes.iter().flat_map(shown).collect();
    let (first, place) = *all.first()?;
    let mut others = all.iter().filter(|(form, _)| *form != first).peekable();
    others.peek()?;
    let mut error = Diagnostic::error("mixed-outcomes", "outcomes are decided in more than one way");
    for (form, span) in others {
        error = error.at(*span, format!("decided by {}", form.describe()));
    }
    let error = error.at(place, format!("decided by {}", first.describe()));
    Some(error.hint("use one form for all outcomes: base and weights, or scores, or rules"))
}

fn ruled_twice(outcome: &Outcome) -> Option<Diagnostic> {
    let (rule, rest) = (outcome.when.as_ref()?, outcome.otherwise?);
    Some(
        Diagnostic::error("mixed-outcomes", format!("`{}` has both `when` and `else`", outcome.name.text))
            .at(rest, "takes whatever no other rule takes")
            .at(rule.expr.span, "takes what this says")
            .hint("remove one of the two"),
    )
}

/// Only one outcome can take the rest.
fn rests(outcomes: &[Outcome]) -> Option<Diagnostic> {
    let rests: Vec<Span> = outcomes.iter().filter_map(|one| one.otherwise).collect();
    let (first, more) = rests.split_first()?;
    more.first()?;
    let error = Diagnostic::error("rules-overlap", "more than one outcome takes the rest");
    let error = more.iter().fold(error, |error, span| error.at(*span, "another `else`"));
    Some(
        error
            .at(*first, "the first `else`")
            .hint("keep one `else = true`, and give the others rules, as in `when = 'some_event'`"),
    )
}

/// The error of a base that is not positive.
fn not_positive(value: f64, span: Span) -> Option<Diagnostic> {
    if value > 0.0 && value.is_finite() {
        return None;
    }
    let shown = if value.is_nan() { "undefined".to_string() } else { value.to_string() };
    Some(
        Diagnostic::error("base", format!("a base must be positive and finite, but this is {shown}"))
            .at(span, "a share of the whole")
            .hint("give a small base such as `0.01` for an outcome that is hardly possible, and leave out one that is not"),
    )
}

fn not_whole(bases: &[(f64, Span)]) -> Option<Diagnostic> {
    let sum: f64 = bases.iter().map(|(value, _)| value).sum();
    let (_, last) = bases.last()?;
    if (sum - 1.0).abs() <= 1e-9 {
        return None;
    }
    let hint = if (sum - 100.0).abs() < 1e-9 {
        let words =
            format!("shares are parts of 1: write `{}` for {} %, and so on", share(bases[0].0), bases[0].0);
        bases.iter().fold(Hint::new(words), |hint, (value, span)| hint.edit(*span, share(*value).to_string()))
    } else {
        in_proportion(bases)
    };
    let error = Diagnostic::error("base", format!("the bases sum to {}, not to 1", short(sum)))
        .at(*last, "the last of them");
    Some(error.hint(hint))
}

/// A sum without the dust of binary fractions.
fn short(value: f64) -> f64 {
    let rounded = (value * 1e12).round() / 1e12;
    if rounded.is_finite() && rounded != 1.0 { rounded } else { value }
}
