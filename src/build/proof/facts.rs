//! What is known of every variable in a part of what can be.

use super::support::{self, EITHER, Hull, LINE};
use crate::model::{Model, Term, TermKind, TheoryId, Variable, evaluate};

/// Bounds of every variable's value, and the states that are known.
#[derive(Clone)]
pub(super) struct Facts<'m> {
    pub(super) model: &'m Model,
    pub(super) theory: TheoryId,
    factors: Vec<Hull>,
    derived: Vec<Hull>,
    events: Vec<Hull>,
    states: Vec<Option<usize>>,
}

/// What can be known of one variable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fact {
    /// Its value lies in these bounds; of an event, 1 if it happens.
    Within(Hull),
    /// It is in this state; `None` if that is not known.
    State(Option<usize>),
}

impl<'m> Facts<'m> {
    /// What follows for every variable from the formulas alone, under a theory.
    pub(super) fn new(model: &'m Model, theory: TheoryId) -> Facts<'m> {
        let mut facts = Facts {
            model,
            theory,
            factors: vec![LINE; model.factors.len()],
            derived: vec![LINE; model.derived.len()],
            events: vec![EITHER; model.events.len()],
            states: vec![None; model.categories.len()],
        };
        for variable in &model.order {
            if matches!(variable, Variable::Factor(_) | Variable::Derived(_)) {
                let hull = facts.hull(model.formula(*variable));
                facts.know(*variable, Fact::Within(hull));
            }
        }
        facts
    }

    pub(super) fn know(&mut self, variable: Variable, fact: Fact) {
        match (variable, fact) {
            (Variable::Factor(id), Fact::Within(hull)) => self.factors[id.0] = hull,
            (Variable::Derived(id), Fact::Within(hull)) => self.derived[id.0] = hull,
            (Variable::Event(id), Fact::Within(hull)) => self.events[id.0] = hull,
            (Variable::Category(id), Fact::State(state)) => self.states[id.0] = state,
            _ => {}
        }
    }

    pub(super) fn of(&self, variable: Variable) -> Fact {
        match variable {
            Variable::Factor(id) => Fact::Within(self.factors[id.0]),
            Variable::Derived(id) => Fact::Within(self.derived[id.0]),
            Variable::Event(id) => Fact::Within(self.events[id.0]),
            Variable::Category(id) => Fact::State(self.states[id.0]),
        }
    }

    /// Bounds of a formula's value.
    pub(super) fn hull(&self, term: &Term) -> Hull {
        support::hull(term, &|leaf| match leaf {
            TermKind::Variable(variable) => match self.of(*variable) {
                Fact::Within(hull) => hull,
                Fact::State(_) => LINE,
            },
            TermKind::Is(id, state) => match self.states[id.0] {
                Some(own) => truth(own == *state),
                None => EITHER,
            },
            TermKind::Theory(id) => truth(*id == self.theory),
            TermKind::Outcome(_) => EITHER,
            TermKind::Draw(id) => {
                support::shape(&self.model.quantities[id.0].shape, &|parameter| self.hull(parameter))
            }
            _ => LINE,
        })
    }

    /// The value of a formula without draws, where all that it depends on is known to the point.
    pub(super) fn value(&self, term: &Term) -> Option<f64> {
        evaluate(term, &|leaf| match leaf {
            TermKind::Variable(variable) => match self.of(*variable) {
                Fact::Within((low, high)) => (low == high || low.is_nan()).then_some(low),
                Fact::State(_) => None,
            },
            TermKind::Is(id, state) => self.states[id.0].map(|own| truth(own == *state).0),
            TermKind::Theory(id) => Some(truth(*id == self.theory).0),
            _ => None,
        })
    }
}

fn truth(holds: bool) -> Hull {
    if holds { (1.0, 1.0) } else { (0.0, 0.0) }
}
