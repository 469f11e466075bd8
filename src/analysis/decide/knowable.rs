//! What could be known before an option is taken.

use std::collections::BTreeSet;

use super::bearing::{Named as Thing, bearing, is_mixed, named};
use super::finding::KnowableKind;
use crate::analysis::joint::{Aspect, State};
use crate::expression::Binary;
use crate::model::{Decision, Model, Named, Term, Trial, Variable, constant};

/// As many combinations of states as are told apart.
const MOST_STATES: usize = 256;

/// One thing, or several together.
#[derive(Clone, Debug)]
pub(super) struct Knowable {
    pub(super) named: Named,
    pub(super) kind: KnowableKind,
    /// What is known.
    pub(super) things: BTreeSet<Thing>,
}

impl Knowable {
    /// Every single thing that bears on a decision and is not certain, then its groups.
    pub(super) fn all(decision: &Decision, model: &Model) -> Vec<Knowable> {
        let bearing = bearing(decision, model);
        let single = bearing.iter().filter_map(|thing| Knowable::single(*thing, model));
        let group = |group: &crate::model::Group| Knowable {
            named: group.named.clone(),
            kind: KnowableKind::Group,
            things: group.of.iter().copied().map(Thing::Variable).collect(),
        };
        single.chain(decision.groups.iter().map(group)).collect()
    }

    fn single(thing: Thing, model: &Model) -> Option<Knowable> {
        let (kind, named) = match thing {
            Thing::Variable(Variable::Derived(_)) => return None,
            Thing::Variable(variable) if is_certain(variable, model) => return None,
            Thing::Variable(variable) => {
                let kind = match variable {
                    Variable::Event(_) => KnowableKind::Event,
                    Variable::Category(_) => KnowableKind::States,
                    _ => KnowableKind::Factor,
                };
                (kind, model.named(variable).clone())
            }
            Thing::Outcome if model.outcomes.is_empty() => return None,
            Thing::Outcome => {
                (KnowableKind::Outcome, Named::new("outcome", Some("Which outcome comes true"), None))
            }
            Thing::Theory if model.only_theory().is_some() => return None,
            Thing::Theory => {
                (KnowableKind::Theory, Named::new("theory", Some("Which theory is right"), None))
            }
        };
        Some(Knowable { named, kind, things: BTreeSet::from([thing]) })
    }

    /// What a test tells.
    pub(super) fn test(trial: &Trial) -> Knowable {
        let things = trial.of.iter().copied().map(Thing::Variable).collect();
        Knowable { named: trial.named.clone(), kind: KnowableKind::Group, things }
    }

    /// What a test depends on directly; `None` where it depends on nothing, or where what it tells has a part in anything else.
    pub(super) fn below(trial: &Trial, decision: &Decision, model: &Model) -> Option<Knowable> {
        let own: BTreeSet<Thing> = trial.of.iter().copied().map(Thing::Variable).collect();
        let sources = |variable: &Variable| -> BTreeSet<Thing> {
            model.formulas(*variable).into_iter().flat_map(|term| named(term, model)).collect()
        };
        let others = model.order.iter().filter(|one| !trial.of.contains(one)).flat_map(sources);
        let forms = model.theories.iter().flat_map(|one| one.form.terms());
        let payoffs = decision.options.iter().map(|one| &one.payoff);
        let named = forms.chain(payoffs).chain(&model.given).flat_map(|term| named(term, model));
        let is_source = others.chain(named).any(|one| own.contains(&one));
        let is_joined =
            model.correlations.iter().flat_map(|one| one.between).any(|one| trial.of.contains(&one));
        let things: BTreeSet<Thing> =
            trial.of.iter().flat_map(sources).filter(|one| !own.contains(one)).collect();
        let is_told = !is_source && !is_joined && !things.is_empty();
        is_told.then(|| Knowable { named: Named::default(), kind: KnowableKind::Group, things })
    }

    /// The names of what is known.
    pub(super) fn names(&self, model: &Model) -> Vec<String> {
        let name = |thing: &Thing| match thing {
            Thing::Variable(variable) => model.name(*variable).to_string(),
            Thing::Outcome => "outcome".into(),
            Thing::Theory => "theory".into(),
        };
        self.things.iter().map(name).collect()
    }

    /// Numbers in it; `None` if one has several values in a draw.
    pub(super) fn numbers(&self, model: &Model) -> Option<Vec<Variable>> {
        let numbers = self.things.iter().filter_map(|thing| match thing {
            Thing::Variable(variable @ (Variable::Factor(_) | Variable::Derived(_))) => Some(*variable),
            _ => None,
        });
        numbers.map(|one| (!is_mixed(one, model)).then_some(one)).collect()
    }

    /// Every combination of the states in it; a single one that is empty where it has none; `None` if they are too many.
    pub(super) fn states(&self, model: &Model) -> Option<Vec<Vec<State>>> {
        let aspect = |thing: &Thing| match *thing {
            Thing::Variable(Variable::Event(id)) => Some(Aspect::event(model, id)),
            Thing::Variable(Variable::Category(id)) => Some(Aspect::category(model, id)),
            Thing::Variable(_) => None,
            Thing::Outcome => Some(Aspect::outcome(model)),
            Thing::Theory => Some(Aspect::theory(model)),
        };
        let mut all: Vec<Vec<State>> = vec![Vec::new()];
        for one in self.things.iter().filter_map(aspect) {
            if all.len() * one.states.len() > MOST_STATES {
                return None;
            }
            let longer = |known: &Vec<State>| -> Vec<Vec<State>> {
                one.states.iter().map(|state| [&known[..], std::slice::from_ref(state)].concat()).collect()
            };
            all = all.iter().flat_map(longer).collect();
        }
        Some(all)
    }
}

/// That all of some states are so; `None` for no states.
pub(super) fn together(states: &[State]) -> Option<Term> {
    let terms: Vec<Term> = states.iter().map(|one| one.is_so.clone()).collect();
    (!terms.is_empty()).then(|| Term::join(terms, Binary::And, |one| one.span))
}

/// Whether a variable is a number, or in a state, before anything is drawn.
fn is_certain(variable: Variable, model: &Model) -> bool {
    let values: Vec<Option<f64>> = model.formulas(variable).into_iter().map(constant).collect();
    match variable {
        Variable::Event(_) => matches!(values[..], [Some(0.0 | 1.0)]),
        Variable::Category(_) => values.contains(&Some(1.0)),
        _ => values[0].is_some(),
    }
}
