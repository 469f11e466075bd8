//! The formulas of a model under a setting.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::held::Held;
use super::setting::Setting;
use crate::model::{
    EventId, Model, OutcomeId, Outcomes, Product, Term, TheoryId, Variable, Weight, rescaled, score,
};

/// What a model says, but for what is held at numbers.
pub(super) struct Formulas<'m> {
    pub(super) model: &'m Model,
    pub(super) setting: Setting,
    /// How the outcome is decided, by theory.
    forms: Vec<Cow<'m, Outcomes>>,
    /// How probable each theory is.
    weights: Vec<f64>,
    /// Held probabilities of events, and those of states of which one is held.
    chances: BTreeMap<Variable, Vec<Term>>,
}

impl<'m> Formulas<'m> {
    pub(super) fn new(model: &'m Model, setting: &Setting) -> Formulas<'m> {
        Formulas {
            model,
            setting: setting.clone(),
            forms: (0..model.theories.len()).map(|at| form(model, TheoryId(at), setting)).collect(),
            weights: weights(model, setting),
            chances: chances(model, setting),
        }
    }

    /// What a variable is held at, cut from its causes.
    pub(super) fn cut(&self, variable: Variable) -> Option<f64> {
        self.setting.variable(variable)
    }

    /// The formula of a variable; of a factor with states, that of the probability of its first state.
    pub(super) fn of(&self, variable: Variable) -> &Term {
        self.all_of(variable)[0]
    }

    /// All formulas of a variable: of a factor with states, those of the probabilities of its states.
    pub(super) fn all_of(&self, variable: Variable) -> Vec<&Term> {
        match self.chances.get(&variable) {
            Some(held) => held.iter().collect(),
            None => self.model.formulas(variable),
        }
    }

    /// The probability of an event as a product of many causes, if it is one.
    pub(super) fn product(&self, id: EventId) -> Option<&'m Product> {
        let is_held = self.chances.contains_key(&Variable::Event(id));
        self.model.events[id.0].product.as_ref().filter(|_| !is_held)
    }

    pub(super) fn form(&self, theory: TheoryId) -> &Outcomes {
        &self.forms[theory.0]
    }

    /// How probable a theory is.
    pub(super) fn weight(&self, theory: TheoryId) -> f64 {
        self.weights[theory.0]
    }

    /// The theory that is the right one for certain, if one is.
    pub(super) fn only_theory(&self) -> Option<TheoryId> {
        let mut possible = (0..self.weights.len()).filter(|at| self.weights[*at] > 0.0);
        possible.next().filter(|_| possible.next().is_none()).map(TheoryId)
    }
}

/// How the outcome is decided under a theory, with held bases and weights in place of the file's.
fn form<'m>(model: &'m Model, theory: TheoryId, setting: &Setting) -> Cow<'m, Outcomes> {
    let own = &model.theories[theory.0].form;
    let theory = model.source_of_form(theory);
    let is_its = |what: Held| matches!(what, Held::Base(of, _) | Held::Weight(of, ..) if of == theory);
    let (Outcomes::Weighted { bases, weights, .. }, true) =
        (own, setting.all().any(|(what, _)| is_its(what)))
    else {
        return Cow::Borrowed(own);
    };
    let bases = rescaled(bases, &setting.shares(bases, |at| Held::Base(theory, OutcomeId(at))));
    let held = |outcome: usize, (at, weight): (usize, &Weight)| {
        let value = match setting.get(Held::Weight(theory, OutcomeId(outcome), at)) {
            Some(value) => Term::constant(value, weight.value.span),
            None => weight.value.clone(),
        };
        Weight { value, ..weight.clone() }
    };
    let weights: Vec<Vec<Weight>> = weights
        .iter()
        .enumerate()
        .map(|(outcome, own)| own.iter().enumerate().map(|one| held(outcome, one)).collect())
        .collect();
    let scores = bases.iter().zip(&weights).map(|(base, own)| score(base, own)).collect();
    Cow::Owned(Outcomes::Weighted { bases, weights, scores })
}

fn weights(model: &Model, setting: &Setting) -> Vec<f64> {
    let own = model.weights_of_theories();
    let held = setting.shares(&own, |at| Held::Theory(TheoryId(at)));
    rescaled(&own, &held).iter().map(|one| one.as_constant().unwrap_or(f64::NAN)).collect()
}

fn chances(model: &Model, setting: &Setting) -> BTreeMap<Variable, Vec<Term>> {
    let mut found = BTreeMap::new();
    for (what, value) in setting.all() {
        match what {
            Held::Probability(id) => {
                let span = model.events[id.0].probability.span;
                found.insert(Variable::Event(id), vec![Term::constant(value, span)]);
            }
            Held::Share(id, _) => {
                let own = &model.categories[id.0].probabilities;
                let held = setting.shares(own, |at| Held::Share(id, at));
                found.insert(Variable::Category(id), rescaled(own, &held));
            }
            _ => {}
        }
    }
    found
}
