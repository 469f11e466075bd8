//! A thing that is in one of several states, which exclude and exhaust each other.

use crate::expression::Unary;
use crate::model::{CategoryId, EventId, Model, Named, OutcomeId, Term, TermKind, TheoryId, Variable};

/// A thing that is in one of several states.
#[derive(Clone, Debug, PartialEq)]
pub struct Aspect {
    /// What it is called.
    pub named: Named,
    /// Its states.
    pub states: Vec<State>,
    /// Whether it is so or not: there are two states, and its label says the first of them.
    pub is_truth: bool,
}

/// One state.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// What it is called.
    pub named: Named,
    /// What it is called where the thing is not named beside it.
    pub phrase: String,
    /// That it is so.
    pub is_so: Term,
}

impl Aspect {
    /// A factor with states.
    pub fn category(model: &Model, id: CategoryId) -> Aspect {
        let category = &model.categories[id.0];
        let state = |(at, state): (usize, &crate::model::State)| State {
            named: state.named.clone(),
            phrase: format!("{}: {}", category.named.label, state.named.label),
            is_so: Term::is(id, at, category.span),
        };
        let states = category.states.iter().enumerate().map(state).collect();
        Aspect { named: category.named.clone(), states, is_truth: false }
    }

    /// An event: it happens, or it does not.
    pub fn event(model: &Model, id: EventId) -> Aspect {
        Aspect::truth(model.events[id.0].named.clone(), model.term_of(Variable::Event(id)))
    }

    /// An outcome by itself: it comes true, or it does not.
    pub fn one_outcome(model: &Model, id: OutcomeId) -> Aspect {
        let outcome = &model.outcomes[id.0];
        Aspect::truth(outcome.named.clone(), Term::outcome(id, outcome.span))
    }

    /// Which outcome comes true.
    pub fn outcome(model: &Model) -> Aspect {
        let all = model.outcomes.iter().enumerate();
        let state = |(at, one): (usize, &crate::model::Outcome)| {
            State::new(&one.named, Term::outcome(OutcomeId(at), one.span))
        };
        let named = Named::new("outcome", Some("Outcome"), None);
        Aspect { named, states: all.map(state).collect(), is_truth: false }
    }

    /// Which theory is the right one.
    pub fn theory(model: &Model) -> Aspect {
        let all = model.theories.iter().enumerate();
        let state = |(at, one): (usize, &crate::model::Theory)| {
            State::new(&one.named, Term { kind: TermKind::Theory(TheoryId(at)), span: one.span })
        };
        let named = Named::new("theory", Some("Theory"), None);
        Aspect { named, states: all.map(state).collect(), is_truth: false }
    }

    /// Whether a proposition holds.
    pub fn truth(named: Named, is_so: Term) -> Aspect {
        let state = |id: &str, label: &str, phrase: String, is_so: Term| State {
            named: Named::new(id, Some(label), None),
            phrase,
            is_so,
        };
        let not = format!("not: {}", named.label);
        let states = vec![
            state("true", "yes", named.label.clone(), is_so.clone()),
            state("false", "no", not, is_so.unary(Unary::Not)),
        ];
        Aspect { named, states, is_truth: true }
    }
}

impl State {
    fn new(named: &Named, is_so: Term) -> State {
        State { named: named.clone(), phrase: named.label.clone(), is_so }
    }
}
