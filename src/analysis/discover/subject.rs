//! What a box of worlds can be of.

use std::collections::BTreeSet;

use super::region::{Limit, Region};
use crate::analysis::drivers::candidates::twins;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::expression::{Binary, Comparison, Unary};
use crate::model::{CategoryId, DerivedId, EventId, FactorId, Model, Term, TermKind, Variable, mentions};

/// The variables that boxes may restrict: those of some names, else factors, states and events; never what is asked about, nor what
/// follows from it. Derived values are among them only by name: they follow from the others, which say the same at first hand.
///
/// # Errors
/// Names that are none of these, or of what follows from what is asked about.
pub(super) fn variables(
    model: &Model,
    by: &[String],
    of: Option<Variable>,
) -> Result<Vec<Variable>, Diagnostic> {
    let factors = (0..model.factors.len()).map(|at| Variable::Factor(FactorId(at)));
    let categories = (0..model.categories.len()).map(|at| Variable::Category(CategoryId(at)));
    let events = (0..model.events.len()).map(|at| Variable::Event(EventId(at)));
    let derived = (0..model.derived.len()).map(|at| Variable::Derived(DerivedId(at)));
    let all: Vec<Variable> = factors.chain(derived).chain(categories).chain(events).collect();
    let known = || all.iter().map(|one| model.name(*one));
    if let Some(stranger) = by.iter().find(|name| !known().any(|one| one == *name)) {
        let message = format!("no factor, derived value or event is called `{stranger}`");
        let hint = match did_you_mean(stranger, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "--by takes names as they stand in the file, as in --by oil_price,deal".into(),
        };
        return Err(Diagnostic::error("unknown-name", message).hint(hint));
    }
    let (followers, twins) = (followers(model, of), twins(model));
    let follows = |name: &&String| followers.iter().any(|one| model.name(*one) == name.as_str());
    if let (Some(own), Some(follower)) = (of, by.iter().find(follows)) {
        return Err(said_of_itself(model.name(own), follower));
    }
    let is_default = |one: &Variable| !matches!(one, Variable::Derived(_)) && !twins.contains_key(one);
    let is_wanted = |one: &Variable| match by.is_empty() {
        true => is_default(one),
        false => by.iter().any(|name| name == model.name(*one)),
    };
    Ok(all.into_iter().filter(|one| is_wanted(one) && !followers.contains(one)).collect())
}

/// The error of asking whether something happens by what it decides.
fn said_of_itself(own: &str, follower: &str) -> Diagnostic {
    let message = match own == follower {
        true => format!("`{own}` is what is asked about, and can't tell where it is so"),
        false => format!("`{follower}` follows from `{own}`, and can't tell where that is so"),
    };
    let hint = format!("leave `{follower}` out of --by; without --by all that could tell is looked at");
    Diagnostic::error("arguments", message).hint(hint)
}

/// A variable and all that depends on it.
fn followers(model: &Model, of: Option<Variable>) -> BTreeSet<Variable> {
    let mut found: BTreeSet<Variable> = of.into_iter().collect();
    for variable in &model.order {
        let enters =
            |term: &&Term| mentions(term, &model.quantities).iter().any(|(one, _)| found.contains(one));
        if model.formulas(*variable).iter().any(enters) {
            found.insert(*variable);
        }
    }
    found
}

/// The states of what has states as propositions: of an event, that it doesn't happen and that it does; nothing of a number.
pub(super) fn states(model: &Model, variable: Variable) -> Vec<Term> {
    match variable {
        Variable::Event(_) => {
            let event = model.term_of(variable);
            vec![event.clone().unary(Unary::Not), event]
        }
        Variable::Category(id) => {
            let category = &model.categories[id.0];
            (0..category.states.len()).map(|at| Term::is(id, at, category.span)).collect()
        }
        Variable::Factor(_) | Variable::Derived(_) => Vec::new(),
    }
}

/// That a world is in a box.
pub(super) fn proposition(region: &Region, fields: &[Variable], model: &Model) -> Term {
    let restricted = region.restricted().into_iter();
    let limits = restricted.flat_map(|at| limit(&region.0[at], fields[at], model)).collect::<Vec<Term>>();
    match limits.is_empty() {
        true => Term::constant(1.0, Default::default()),
        false => Term::join(limits, Binary::And, |one| one.span),
    }
}

fn limit(limit: &Limit, variable: Variable, model: &Model) -> Vec<Term> {
    match limit {
        Limit::Range(low, high) => {
            let value = model.term_of(variable);
            let side = |comparison: Comparison, bound: f64| {
                let (value, span) = (Box::new(value.clone()), value.span);
                let bound = Box::new(Term::constant(bound, span));
                Term { kind: TermKind::Compare(comparison, value, bound), span }
            };
            let low = low.is_finite().then(|| side(Comparison::GreaterOrEqual, *low));
            let high = high.is_finite().then(|| side(Comparison::LessOrEqual, *high));
            low.into_iter().chain(high).collect()
        }
        Limit::States(allowed) => {
            let states = states(model, variable).into_iter().zip(allowed);
            let some: Vec<Term> = states.filter(|(_, is_in)| **is_in).map(|(one, _)| one).collect();
            vec![Term::join(some, Binary::Or, |one| one.span)]
        }
    }
}
