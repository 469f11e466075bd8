//! What a model is made of, and what enters what.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::NodeKind;
use crate::model::{Model, Named, OutcomeId, Outcomes, Term, TermKind, TheoryId, Variable, mentions};

/// One thing of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    Variable(Variable),
    /// Which theory is right.
    Theories,
    Outcome(OutcomeId),
}

/// The things of a model, each after all that enters it, and what enters what.
pub(super) struct Network {
    pub(super) things: Vec<Thing>,
    /// By positions among the things.
    pub(super) links: Vec<(usize, usize)>,
    /// Whether chance has a part in the value of each number, so that it has several in a draw.
    pub(super) is_mixed: Vec<bool>,
}

impl Network {
    pub(super) fn of(model: &Model) -> Network {
        let has_theories = possible_theories(model).count() > 1;
        let variables = model.order.iter().copied().map(Thing::Variable);
        let outcomes = (0..model.outcomes.len()).map(|at| Thing::Outcome(OutcomeId(at)));
        let things: Vec<Thing> =
            variables.chain(has_theories.then_some(Thing::Theories)).chain(outcomes).collect();
        let place: BTreeMap<Thing, usize> = things.iter().enumerate().map(|(at, one)| (*one, at)).collect();
        let (mut links, mut is_mixed) = (Vec::new(), vec![false; things.len()]);
        for (to, thing) in things.iter().enumerate() {
            let sources = thing.sources(model);
            let sources = sources.iter().filter_map(|source| place.get(source).copied());
            for from in sources {
                links.push((from, to));
                is_mixed[to] |= !things[from].is_number() || is_mixed[from];
            }
        }
        for (mixed, thing) in is_mixed.iter_mut().zip(&things) {
            *mixed &= thing.is_number();
        }
        Network { things, links, is_mixed }
    }
}

impl Thing {
    /// Whether it is a number, rather than one of several states.
    pub(super) fn is_number(self) -> bool {
        matches!(self, Thing::Variable(Variable::Factor(_) | Variable::Derived(_)))
    }

    pub(super) fn kind(self) -> NodeKind {
        match self {
            Thing::Variable(Variable::Factor(_)) => NodeKind::Factor,
            Thing::Variable(Variable::Category(_)) => NodeKind::States,
            Thing::Variable(Variable::Derived(_)) => NodeKind::Derived,
            Thing::Variable(Variable::Event(_)) => NodeKind::Event,
            Thing::Theories => NodeKind::Theories,
            Thing::Outcome(_) => NodeKind::Outcome,
        }
    }

    /// What it is called; nothing for which theory is right.
    pub(super) fn named(self, model: &Model) -> Option<&Named> {
        match self {
            Thing::Variable(one) => Some(model.named(one)),
            Thing::Outcome(id) => Some(&model.outcomes[id.0].named),
            Thing::Theories => None,
        }
    }

    /// The states that it can be in as propositions, each with its label: of an event that it doesn't happen and that it does.
    pub(super) fn states(self, model: &Model) -> Vec<(Term, &str)> {
        match self {
            Thing::Variable(Variable::Event(id)) => {
                let (event, label) =
                    (model.term_of(Variable::Event(id)), model.events[id.0].named.label.as_str());
                vec![(event.clone().unary(crate::expression::Unary::Not), label), (event, label)]
            }
            Thing::Variable(Variable::Category(id)) => {
                let category = &model.categories[id.0];
                let state = |(at, one)| {
                    let state: &crate::model::State = one;
                    (Term::is(id, at, category.span), state.named.label.as_str())
                };
                category.states.iter().enumerate().map(state).collect()
            }
            Thing::Theories => possible_theories(model)
                .map(|id| {
                    let theory = &model.theories[id.0];
                    (Term { kind: TermKind::Theory(id), span: theory.span }, theory.named.label.as_str())
                })
                .collect(),
            Thing::Outcome(id) => {
                let outcome = &model.outcomes[id.0];
                vec![(Term::outcome(id, outcome.span), outcome.named.label.as_str())]
            }
            Thing::Variable(_) => Vec::new(),
        }
    }

    /// What enters it directly.
    fn sources(self, model: &Model) -> BTreeSet<Thing> {
        let named = |terms: Vec<&Term>| {
            let all = terms.into_iter().flat_map(|term| mentions(term, &model.quantities));
            all.map(|(variable, _)| Thing::Variable(variable)).collect::<BTreeSet<Thing>>()
        };
        match self {
            Thing::Variable(one) => named(model.formulas(one)),
            Thing::Theories => BTreeSet::new(),
            Thing::Outcome(id) => {
                let forms = possible_theories(model).map(|theory| &model.theories[theory.0].form);
                let mut found: BTreeSet<Thing> = forms.flat_map(|form| named(terms(form, id))).collect();
                found.insert(Thing::Theories);
                found
            }
        }
    }
}

/// The formulas that decide an outcome: its score or its rule; of `else` the rules of all others.
fn terms(form: &Outcomes, id: OutcomeId) -> Vec<&Term> {
    match form {
        Outcomes::Weighted { scores, .. } | Outcomes::Scored(scores) => vec![&scores[id.0]],
        Outcomes::Ruled(rules) => match &rules[id.0] {
            Some(rule) => vec![rule],
            None => rules.iter().flatten().collect(),
        },
    }
}

/// The theories that may be right.
fn possible_theories(model: &Model) -> impl Iterator<Item = TheoryId> + '_ {
    (0..model.theories.len()).filter(|at| model.theories[*at].weight > 0.0).map(TheoryId)
}
