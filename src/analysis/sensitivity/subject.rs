//! What can be moved: factors, states, events, derived values, uncertain weights and bases, and which theory is right.

use crate::analysis::drivers::candidates::twins;
use crate::analysis::drivers::weights::weights;
use crate::model::{CategoryId, DerivedId, EventId, FactorId, Model, Term, TheoryId, Variable};
use crate::program::Held;

/// The name of the choice among theories, and what people call it.
pub(super) const THEORY: (&str, &str) = ("theory", "which theory is right");

/// Something that can be moved.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// Its name, or its address.
    pub(super) id: String,
    /// What people call it.
    pub(super) label: String,
    pub(super) of: Of,
}

#[derive(Clone, Debug)]
pub(super) enum Of {
    /// A number that is held by this, with its formula.
    Number(Held, Term),
    /// An event.
    Event(EventId),
    /// A factor with states.
    States(CategoryId),
    /// Which theory is right.
    Theory,
}

/// Everything in a model that can be moved, in the order of the file.
pub(super) fn subjects(model: &Model) -> Vec<Subject> {
    let factors = (0..model.factors.len()).map(|at| Variable::Factor(FactorId(at)));
    // What follows from a single other thing would only say the same again.
    let twins = twins(model);
    let derived = (0..model.derived.len()).map(|at| Variable::Derived(DerivedId(at)));
    let derived = derived.filter(|one| !twins.contains_key(one));
    let number = |one: Variable| (one, Of::Number(Held::Variable(one), model.term_of(one)));
    let states = (0..model.categories.len()).map(CategoryId);
    let events = (0..model.events.len()).map(EventId);
    let named = factors
        .map(number)
        .chain(states.map(|id| (Variable::Category(id), Of::States(id))))
        .chain(derived.map(number))
        .chain(events.map(|id| (Variable::Event(id), Of::Event(id))));
    let subject =
        |(variable, of)| Subject { id: model.name(variable).into(), label: model.label(variable).into(), of };
    let mut all: Vec<Subject> = named.map(subject).collect();
    for (weight, term) in weights(model) {
        let (id, label) = weight.described(model);
        all.extend(weight.held(model).map(|held| Subject { id, label, of: Of::Number(held, term) }));
    }
    if model.has_theories() {
        all.push(Subject { id: THEORY.0.into(), label: THEORY.1.into(), of: Of::Theory });
    }
    all
}

/// The theories that can be right.
pub(super) fn theories(model: &Model) -> impl Iterator<Item = (TheoryId, &str, &str)> {
    let possible = model.theories.iter().enumerate().filter(|(_, one)| one.weight > 0.0);
    possible.map(|(at, one)| (TheoryId(at), one.named.id.as_str(), one.named.label.as_str()))
}
