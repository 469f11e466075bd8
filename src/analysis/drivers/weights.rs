//! Weights and bases that are not known, and what they are called.

use crate::model::{self, Model, OutcomeId, Outcomes, Term, TermKind, TheoryId, Variable};
use crate::program::Held;

/// A weight or a base that may not be known.
pub(in crate::analysis) struct Weight {
    /// The theory that it belongs to; `None` if it stands in `[outcomes]`.
    theory: Option<TheoryId>,
    outcome: OutcomeId,
    /// What it weighs; `None` for the base.
    variable: Option<Variable>,
    /// The state that it weighs, of a factor with states.
    state: Option<usize>,
}

/// All weights and bases that are drawn, with their formulas. One that follows from factors, such as a weight that is a factor,
/// would only repeat what these say.
pub(in crate::analysis) fn weights(model: &Model) -> Vec<(Weight, Term)> {
    let mut found = Vec::new();
    let mut is_shared_done = false;
    for (at, theory) in model.theories.iter().enumerate().filter(|(_, one)| one.weight > 0.0) {
        // Theories that share a form share its weights.
        if theory.is_own || !is_shared_done {
            let id = theory.is_own.then_some(TheoryId(at));
            weights_of(id, &theory.form, &mut found);
            is_shared_done |= !theory.is_own;
        }
    }
    found
}

fn weights_of(theory: Option<TheoryId>, form: &Outcomes, found: &mut Vec<(Weight, Term)>) {
    let Outcomes::Weighted { bases, weights, .. } = form else { return };
    for (index, (base, own)) in bases.iter().zip(weights).enumerate() {
        let own = own.iter().map(|one| (Some(one.variable), one.state, &one.value));
        let all = std::iter::once((None, None, base)).chain(own);
        let open = all.filter(|(_, _, term): &(_, _, &Term)| is_drawn(term));
        let weight = |(variable, state, term): (Option<Variable>, Option<usize>, &Term)| {
            (Weight { theory, outcome: OutcomeId(index), variable, state }, term.clone())
        };
        found.extend(open.map(weight));
    }
}

/// Whether something in it is drawn for it alone.
fn is_drawn(term: &Term) -> bool {
    let mut found = false;
    term.walk(&mut |one| found |= matches!(one.kind, TermKind::Draw(_)));
    found
}

impl Weight {
    /// What it is held by.
    pub(in crate::analysis) fn held(&self, model: &Model) -> Option<Held> {
        let theory = self.theory.or_else(|| {
            let shared = |one: &usize| !model.theories[*one].is_own;
            (0..model.theories.len()).find(shared).map(TheoryId)
        })?;
        let Some(variable) = self.variable else { return Some(Held::Base(theory, self.outcome)) };
        let Outcomes::Weighted { weights, .. } = &model.theories[theory.0].form else { return None };
        let is_it = |one: &model::Weight| one.variable == variable && one.state == self.state;
        let at = weights.get(self.outcome.0)?.iter().position(is_it)?;
        Some(Held::Weight(theory, self.outcome, at))
    }

    /// Its address, and what people call it.
    pub(in crate::analysis) fn described(&self, model: &Model) -> (String, String) {
        let outcome = &model.outcomes[self.outcome.0];
        let (path, what) = match self.variable {
            Some(variable) => {
                let (path, label) = weighed(model, variable, self.state);
                (format!("weights.{path}"), format!("weight of {label}"))
            }
            None => ("base".into(), "base".into()),
        };
        let theory = self.theory.map(|id| &model.theories[id.0]);
        let (before, under) = theory.map_or((String::new(), String::new()), |one| {
            (format!("theories.{}.", one.named.id), format!(" under “{}”", one.named.label))
        });
        let address = format!("{before}outcomes.{}.{path}", outcome.named.id);
        (address, format!("{what} for “{}”{under}", outcome.named.label))
    }
}

/// The name and the label of what a weight weighs.
fn weighed(model: &Model, variable: Variable, state: Option<usize>) -> (String, String) {
    let (name, label) = (model.name(variable), model.label(variable));
    match (variable, state) {
        (Variable::Category(id), Some(at)) => {
            let state = &model.categories[id.0].states[at];
            (format!("{name}.{}", state.named.id), format!("{label}: {}", state.named.label))
        }
        _ => (name.into(), label.into()),
    }
}
