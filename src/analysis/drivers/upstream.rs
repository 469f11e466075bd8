//! What outcomes follow from.

use std::collections::BTreeSet;

use crate::model::{Model, Variable, mentions};

/// The variables that may drive an outcome: those that it follows from, directly or not, under a theory that may be right, and those
/// that only come along with them by correlation. What follows from causes of an outcome, but leads to none, drives nothing.
pub(super) fn drivers(model: &Model) -> BTreeSet<Variable> {
    let upstream = upstream(model);
    let follows = |one: Variable| {
        matches!(one, Variable::Derived(_))
            || matches!(one, Variable::Event(_)) && model.latent(one).is_none()
            || model.formulas(one).iter().any(|term| !mentions(term, &model.quantities).is_empty())
    };
    model.order.iter().copied().filter(|one| upstream.contains(one) || !follows(*one)).collect()
}

fn upstream(model: &Model) -> BTreeSet<Variable> {
    let possible = model.theories.iter().filter(|one| one.weight > 0.0);
    let mut open: Vec<_> = possible.flat_map(|one| one.form.terms()).collect();
    let mut found = BTreeSet::new();
    while let Some(term) = open.pop() {
        for (variable, _) in mentions(term, &model.quantities) {
            if found.insert(variable) {
                open.extend(model.formulas(variable));
            }
        }
    }
    found
}
