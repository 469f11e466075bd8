//! Probabilities that the file states and that nothing moves.

use super::Study;
use crate::model::{Model, Term, Variable, constant};

/// The probability of an event or a state that is correlated, where the file states it and nothing was learned: a copula leaves it
/// as it is. That of others is summed anyway.
pub(super) fn stated(study: &Study, variable: Variable, formula: &Term) -> Option<f64> {
    let is_open = study.states.are_summed() && !is_conditional(study.model);
    study.model.latent(variable).filter(|_| is_open).and_then(|_| constant(formula))
}

/// Whether anything was learned in a model.
pub(super) fn is_conditional(model: &Model) -> bool {
    let active = model.active();
    let says = |at: &usize| active[*at] && model.likelihood(*at, &active).iter().any(|one| *one != 1.0);
    !model.given.is_empty() || (0..active.len()).any(|at| says(&at))
}
