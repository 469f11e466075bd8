//! Every value of a document with what it is for.

use std::collections::BTreeMap;

use super::builder::Builder;
use super::place::{Place, Randomness};
use super::shares::Whole;
use super::{address, theory_word};
use crate::diagnostic::Diagnostic;
use crate::expression::Expr;
use crate::model::{CategoryId, Term, Variable, constant};
use crate::scenario::{self, Value};

/// Which part of the document a value belongs to.
#[derive(Clone, Copy)]
pub(super) enum Slot<'a> {
    Factor(&'a scenario::Factor),
    State(CategoryId),
    Happening,
    Theory,
    Share(Whole),
    Formula(&'static str),
    Chance,
    Weight,
    Score,
    Rule,
    Payoff,
}

impl<'a> Builder<'a> {
    /// Every value with what it is, in the order of the file, which is the order of dimensions.
    pub(super) fn slots(&self) -> Vec<(Slot<'a>, &'a Value)> {
        let document = self.document;
        let factors =
            document.factors.iter().filter_map(|one| Some((Slot::Factor(one), one.value.as_ref()?)));
        let derived = document
            .derived
            .iter()
            .filter_map(|one| Some((Slot::Formula("a derived value"), one.value.as_ref()?)));
        let categories = document.categories.iter().flat_map(|one| one.values());
        let events = document.events.iter().flat_map(|one| one.values());
        let categories = categories.map(|value| (Slot::Share(Whole::States), value));
        let chances = categories.chain(events.map(|value| (Slot::Chance, value)));
        let weights = document.theories.iter().filter_map(|one| one.weight.as_ref());
        let shares = weights.map(|value| (Slot::Share(Whole::Theories), value));
        let own = document.theories.iter().flat_map(|one| &one.outcomes);
        let outcomes = document.outcomes.iter().chain(own).flat_map(|one| {
            let base = one.base.iter().map(|value| (Slot::Share(Whole::Outcomes), value));
            let weights = one.weights.iter().map(|weight| (Slot::Weight, &weight.value));
            let score = one.score.iter().map(|value| (Slot::Score, value));
            let rule = one.when.iter().map(|value| (Slot::Rule, value));
            base.chain(weights).chain(score).chain(rule).collect::<Vec<_>>()
        });
        let payoffs = document.decisions.iter().flat_map(|one| one.values());
        let payoffs = payoffs.map(|value| (Slot::Payoff, value));
        let mut slots: Vec<_> =
            factors.chain(derived).chain(chances).chain(outcomes).chain(shares).chain(payoffs).collect();
        slots.sort_by_key(|(_, value)| value.expr.span);
        slots
    }

    /// What can be replaced from outside: every value, the probability and the state of every event, the state of every
    /// factor that has states and the probabilities of these, the weight of every theory, and which theory is right.
    pub(super) fn addresses(&self, slots: &[(Slot<'a>, &'a Value)]) -> BTreeMap<String, Slot<'a>> {
        let values = slots.iter().map(|(slot, value)| (value.address.clone(), *slot));
        let events = self.variables().filter(|one| matches!(one, Variable::Event(_)));
        let events = events.map(|one| (self.address(one), Slot::Chance));
        let happenings = self.document.events.iter();
        let happenings = happenings.map(|one| (format!("events.{}.state", one.name.text), Slot::Happening));
        let states = (0..self.document.categories.len()).map(CategoryId);
        let states = states.map(|id| (self.address(Variable::Category(id)), Slot::State(id)));
        let probabilities = self.document.categories.iter().flat_map(address::shares_of);
        let probabilities = probabilities.map(|address| (address, Slot::Share(Whole::States)));
        let theories = self.document.theories.iter();
        let shares = theories.clone().map(|one| (theory_word::address(one), Slot::Share(Whole::Theories)));
        let which = theories.take(1).map(|_| (theory_word::WORD.to_string(), Slot::Theory));
        let ways = events.chain(happenings).chain(states).chain(probabilities);
        ways.chain(shares).chain(which).chain(values).collect()
    }

    pub(super) fn resolve(&mut self, slot: Slot, address: &str, expr: &Expr) -> Option<Term> {
        let place = |randomness| Place { address, randomness, outcomes: false };
        match slot {
            Slot::Factor(factor) => {
                let range = factor.range.as_ref().map(scenario::Range::ends);
                self.resolver.number(expr, &place(Randomness::Factor(range)))
            }
            // The state or the theory that an override holds is no formula.
            Slot::State(_) | Slot::Happening | Slot::Theory => None,
            Slot::Share(Whole::Theories) => {
                self.share(expr, &place(Randomness::No("the weight of a theory")))
            }
            Slot::Share(Whole::Outcomes) | Slot::Weight => {
                self.resolver.number(expr, &place(Randomness::Signed))
            }
            Slot::Formula(what) => self.resolver.formula(expr, &place(Randomness::No(what))),
            Slot::Share(Whole::States) | Slot::Chance => {
                self.resolver.number(expr, &place(Randomness::No("the probability of an event")))
            }
            Slot::Score => self.resolver.number(expr, &place(Randomness::No("a score"))),
            Slot::Payoff => {
                let place = Place { address, randomness: Randomness::No("a payoff"), outcomes: true };
                self.resolver.number(expr, &place)
            }
            Slot::Rule => self.resolver.truth(expr, &place(Randomness::No("a rule"))),
        }
    }

    /// A share that is known before the run.
    pub(super) fn share(&mut self, expr: &Expr, place: &Place) -> Option<Term> {
        let term = self.resolver.number(expr, place)?;
        if constant(&term).is_none() {
            self.report(
                Diagnostic::error("not-constant", "the weight of a theory must be a constant")
                    .at(expr.span, "depends on other quantities")
                    .hint("give a number such as `0.6`: what a theory says of the factors goes into its outcomes"),
            );
            return None;
        }
        Some(term)
    }
}
