//! Theories that compete, from the document to the model.

use std::collections::BTreeMap;

use super::build::Builder;
use super::id::{TheoryId, Variable};
use super::outcome::{Outcome, Outcomes};
use super::term::{Term, TermKind};
use super::theory::Theory;
use super::{evaluate, form, label, rules};
use crate::diagnostic::{Diagnostic, Span, did_you_mean, list};
use crate::expression::{Comparison, Expr, Ident, Node, Unary};
use crate::scenario::{self, Document};

/// How far weights may be from summing to 1.
const SLACK: f64 = 1e-9;
const ROUNDING: f64 = 1e-12;

/// The word that stands for the theory that is right.
pub(super) const WORD: &str = "model";

/// Where the weight of a theory stands, or would stand.
pub(super) fn address(theory: &scenario::Theory) -> String {
    format!("models.{}.weight", theory.name.text)
}

/// The theory that an expression names.
///
/// # Errors
/// It names none.
pub(super) fn named(document: &Document, written: &Expr) -> Result<TheoryId, Diagnostic> {
    let names = || document.theories.iter().map(|one| one.name.text.as_str());
    let text = match &written.node {
        Node::Name(text) => text.as_str(),
        _ => "",
    };
    if let Some(at) = names().position(|one| one == text) {
        return Ok(TheoryId(at));
    }
    let message = match text {
        "" => "`model` can be compared with the names of models only".into(),
        _ => format!("no model is called `{text}`"),
    };
    let hint = match did_you_mean(text, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the models are {}", list(names(), "and")),
    };
    Err(Diagnostic::error("unknown-model", message).at(written.span, "not among `[models]`").hint(hint))
}

/// `model == realist`.
///
/// # Errors
/// It is compared with no theory, or by size.
pub(super) fn compare(
    document: &Document,
    comparison: Comparison,
    other: &Expr,
    span: Span,
) -> Result<Term, Diagnostic> {
    let id = named(document, other)?;
    let term = Term { kind: TermKind::Theory(id), span };
    match comparison {
        Comparison::Equal => Ok(term),
        Comparison::NotEqual => Ok(term.unary(Unary::Not)),
        _ => {
            let name = &document.theories[id.0].name.text;
            Err(Diagnostic::error("wrong-type", "models have no order")
                .at(span, "neither more nor less")
                .hint(format!("write `model == {name}` or `model != {name}`")))
        }
    }
}

/// The error of the word for the theory that is right where it is compared with nothing, or where nothing may depend on it.
pub(super) fn misplaced(span: Span, first: &scenario::Theory, is_proposition: bool) -> Diagnostic {
    let hint = match is_proposition {
        true => format!("compare it with a model, as in `model == {}`", first.name.text),
        false => {
            "what a model says of the factors goes into its outcomes; compare it in claims and with --given"
                .into()
        }
    };
    Diagnostic::error("misplaced", "`model` can't stand here").at(span, "has no value here").hint(hint)
}

/// What is wrong with weights, and with what theories say of the outcomes. Forms are looked at elsewhere.
pub(super) fn check(document: &Document, terms: &BTreeMap<String, Term>) -> Vec<Diagnostic> {
    let theories = &document.theories;
    let Some(first) = theories.first() else { return Vec::new() };
    if document.outcomes.is_empty() {
        return vec![
            Diagnostic::error("models", "models need outcomes to decide")
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
        let path = format!("models.{}", one.name.text);
        document.unreadable.contains(&address(one)) || document.unreadable.contains(&path)
    };
    if theories.iter().all(|one| one.weight.is_none()) {
        return Vec::new();
    }
    let missing = theories.iter().filter(|one| one.weight.is_none() && !is_lost(one)).map(|one| {
        Diagnostic::error("models", format!("`{}` has no weight", one.name.text))
            .at(one.name.span, "needs a weight as the other models do")
            .hint("give every model a `weight`, shares that sum to 1, or none of them")
    });
    let mut found: Vec<Diagnostic> = missing.collect();
    let given: Vec<(f64, Span)> = theories
        .iter()
        .filter_map(|one| terms.get(&address(one)))
        .filter_map(|term| Some((evaluate::constant(term)?, term.span)))
        .collect();
    found.extend(given.iter().filter(|(value, _)| !(*value > 0.0 && value.is_finite())).map(not_positive));
    if found.is_empty() && given.len() == theories.len() {
        found.extend(not_whole(&given));
    }
    found
}

fn not_positive((value, span): &(f64, Span)) -> Diagnostic {
    Diagnostic::error("models", format!("the weight of a model must be positive, but this is {value}"))
        .at(*span, "how probable it is that this model is right")
        .hint("write a share such as `0.05`, and leave out a model that can't be right")
}

fn not_whole(given: &[(f64, Span)]) -> Option<Diagnostic> {
    let sum: f64 = given.iter().map(|(value, _)| value).sum();
    let (_, last) = given.last()?;
    if (sum - 1.0).abs() <= SLACK {
        return None;
    }
    let shares: Vec<String> = given.iter().map(|(value, _)| format!("{:.4}", value / sum)).collect();
    let sum = (sum * 1e12).round() / 1e12;
    Some(
        Diagnostic::error("models", format!("the weights of the models sum to {sum}, not to 1"))
            .at(*last, "the last of them")
            .hint(format!("in proportion they would be {}", shares.join(", "))),
    )
}

/// Outcomes of a theory that the file does not name.
fn strangers(document: &Document, theory: &scenario::Theory) -> Vec<Diagnostic> {
    let names = || document.outcomes.iter().map(|one| one.name.text.as_str());
    let unknown = theory.outcomes.iter().filter(|one| names().all(|name| name != one.name.text));
    let error = |one: &scenario::Outcome| {
        let hint = match did_you_mean(&one.name.text, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the outcomes are {}", list(names(), "and")),
        };
        Diagnostic::error("models", format!("the file has no outcome `{}`", one.name.text))
            .at(one.name.span, "all models decide between the same outcomes, those of `[outcomes]`")
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
        format!("the model `{name}` does not say what decides {}", list(missing.iter().copied(), "and"));
    Some(
        Diagnostic::error("models", message)
            .at(theory.name.span, "decides some outcomes, and so must decide all of them")
            .hint(format!("add `[models.{name}.outcomes.{first}]`")),
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
            document.unreadable.iter().any(|path| path.starts_with(&format!("models.{name}.outcomes")));
        (!has_lost).then(|| {
            Diagnostic::error("models", format!("nothing says how the model `{name}` decides the outcome"))
                .at(one.name.span, "neither here nor in `[outcomes]`")
                .hint(format!("write sections such as `[models.{name}.outcomes.{outcome}]`"))
        })
    };
    silent.filter_map(error).collect()
}

/// What `[outcomes]` says though every theory says something else.
fn unused(document: &Document) -> Option<Diagnostic> {
    let place = form::place(&document.outcomes)?;
    document.theories.iter().all(|one| !one.outcomes.is_empty()).then(|| {
        Diagnostic::error("models", "no model is decided by this")
            .at(place, "every model has outcomes of its own")
            .hint("remove it from `[outcomes]`, or leave out the outcomes of the model that it is for")
    })
}

impl Builder<'_> {
    /// The theories, and what is wrong with their rules.
    pub(super) fn theories(
        &mut self,
        neutrals: &BTreeMap<Variable, f64>,
        outcomes: &[Outcome],
    ) -> Option<Vec<Theory>> {
        let document = self.document;
        let all: Vec<&scenario::Outcome> = document.outcomes.iter().collect();
        if document.theories.is_empty() {
            return Some(vec![unnamed(self.form(neutrals, &all)?)]);
        }
        let weights = self.weights_of_theories();
        let is_shared = document.theories.iter().any(|one| one.outcomes.is_empty());
        let shared = if is_shared { Some(self.form(neutrals, &all)) } else { None };
        let mut forms = Vec::new();
        for theory in &document.theories {
            let own = ordered(outcomes, theory);
            forms.push(match theory.outcomes.is_empty() {
                true => shared.clone().flatten(),
                false => own.and_then(|own| self.form(neutrals, &own)),
            });
        }
        let forms: Vec<Outcomes> = forms.into_iter().collect::<Option<_>>()?;
        let both = document.theories.iter().zip(weights?).zip(forms);
        Some(both.map(|((theory, weight), form)| of(theory, weight, form)).collect())
    }

    /// Rules that leave gaps or overlap, each form looked at once.
    pub(super) fn check_rules(
        &self,
        finite: &rules::Finite,
        theories: &[Theory],
        outcomes: &[Outcome],
    ) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut seen: Vec<&Outcomes> = Vec::new();
        for (at, theory) in theories.iter().enumerate() {
            if let Outcomes::Ruled(rules) = &theory.form
                && !seen.contains(&&theory.form)
            {
                seen.push(&theory.form);
                found.extend(finite.check(rules, &self.placed(at, outcomes)));
            }
        }
        found
    }

    /// The outcomes with the places where a theory decides them.
    fn placed(&self, theory: usize, outcomes: &[Outcome]) -> Vec<Outcome> {
        let own = self.document.theories.get(theory).and_then(|one| ordered(outcomes, one));
        let Some(own) = own else { return outcomes.to_vec() };
        let place = |(outcome, own): (&Outcome, &scenario::Outcome)| Outcome {
            span: own.name.span,
            ..outcome.clone()
        };
        outcomes.iter().zip(own).map(place).collect()
    }

    /// Takes the theory that an override names for the only one.
    pub(super) fn hold_theory(&mut self, expr: &Expr) {
        match named(self.document, expr) {
            Ok(id) => self.held_theory = Some(id),
            Err(problem) => self.report(problem),
        }
    }

    /// The weights of the theories. Those that are set stand; the others share what is left in their proportions.
    fn weights_of_theories(&mut self) -> Option<Vec<f64>> {
        let theories = &self.document.theories;
        if let Some(held) = self.held_theory {
            return Some((0..theories.len()).map(|at| f64::from(u8::from(at == held.0))).collect());
        }
        let equal = 1.0 / theories.len() as f64;
        let value = |one: &scenario::Theory| match self.terms.get(&address(one)) {
            Some(term) => evaluate::constant(term),
            None => one.weight.is_none().then_some(equal),
        };
        let given: Vec<f64> = theories.iter().map(value).collect::<Option<_>>()?;
        let set: Vec<Option<Span>> = theories.iter().map(|one| self.set_at(&address(one))).collect();
        let sum = |is_set: bool| -> f64 {
            let own = given.iter().zip(&set).filter(|(_, span)| span.is_some() == is_set);
            own.map(|(value, _)| value).sum()
        };
        let (taken, open) = (sum(true), sum(false));
        let place = set.iter().flatten().next_back().copied();
        let is_share = |(value, span): (&f64, &Option<Span>)| span.is_none() || (0.0..=1.0).contains(value);
        let left = 1.0 - taken;
        let fits = if open > 0.0 { left >= -SLACK } else { left.abs() <= SLACK };
        if let Some(place) = place
            && !(fits && given.iter().zip(&set).all(is_share))
        {
            self.report(set_wrongly(place, taken));
            return None;
        }
        let scale = if place.is_some() && open > 0.0 { left.max(0.0) / open } else { 1.0 };
        let scaled: Vec<f64> = given
            .iter()
            .zip(&set)
            .map(|(value, span)| if span.is_some() { *value } else { value * scale })
            .collect();
        let whole: f64 = scaled.iter().sum();
        // Weights stay as they are written unless they miss 1 by more than rounding.
        let is_whole = (whole - 1.0).abs() <= ROUNDING;
        Some(if is_whole { scaled } else { scaled.iter().map(|one| one / whole).collect() })
    }

    /// Where an override sets a value.
    fn set_at(&self, address: &str) -> Option<Span> {
        self.overrides.iter().rev().find(|one| one.address.text == address).map(|one| one.expr.span)
    }
}

fn set_wrongly(place: Span, sum: f64) -> Diagnostic {
    let sum = (sum * 1e12).round() / 1e12;
    Diagnostic::error("models", format!("the weights that are set sum to {sum}: nothing fits beside them"))
        .at(place, "the weight of a model lies between 0 and 1")
        .hint("set one weight and let the other models share the rest, or set all of them to sum to 1")
}

/// What a theory says of each outcome, in the order of the outcomes.
fn ordered<'t>(outcomes: &[Outcome], theory: &'t scenario::Theory) -> Option<Vec<&'t scenario::Outcome>> {
    let own = |outcome: &Outcome| theory.outcomes.iter().find(|one| one.name.text == outcome.name);
    outcomes.iter().map(own).collect()
}

fn of(theory: &scenario::Theory, weight: f64, form: Outcomes) -> Theory {
    Theory {
        name: theory.name.text.clone(),
        label: label(&theory.label, &theory.name.text),
        weight,
        form,
        is_own: !theory.outcomes.is_empty(),
        origin: theory.origin.clone(),
        span: theory.name.span,
    }
}

/// The one way in which a file without theories decides its outcome.
fn unnamed(form: Outcomes) -> Theory {
    Theory {
        name: String::new(),
        label: String::new(),
        weight: 1.0,
        form,
        is_own: false,
        origin: None,
        span: Span::default(),
    }
}
