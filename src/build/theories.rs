//! Theories that compete, from the document to the model.

use std::collections::BTreeMap;

use super::builder::Builder;
use super::proof::rules;
use super::shares::{Shares, Whole};
use super::theory_word::{address, named};
use crate::diagnostic::{Diagnostic, Span};
use crate::expression::Expr;
use crate::model::{Model, Named, Outcome, Outcomes, Term, Theory, TheoryId, Variable, constant};
use crate::scenario;

/// How far weights may be from summing to 1 by rounding alone.
const ROUNDING: f64 = 1e-12;

impl Builder<'_> {
    /// The theories, and what is wrong with their rules.
    pub(super) fn theories(
        &mut self,
        neutrals: &BTreeMap<Variable, f64>,
        outcomes: &[Outcome],
    ) -> Option<Vec<Theory>> {
        let document = self.document;
        let all: Vec<&scenario::Outcome> = document.outcomes.iter().collect();
        if document.theories.is_empty() {
            return Some(vec![unnamed(self.form(neutrals, &all, "outcomes")?)]);
        }
        let weights = self.weights_of_theories();
        let is_shared = document.theories.iter().any(|one| one.outcomes.is_empty());
        let shared = if is_shared { Some(self.form(neutrals, &all, "outcomes")) } else { None };
        let mut forms = Vec::new();
        for theory in &document.theories {
            let own = ordered(outcomes, theory);
            let path = format!("theories.{}.outcomes", theory.name.text);
            forms.push(match theory.outcomes.is_empty() {
                true => shared.clone().flatten(),
                false => own.and_then(|own| self.form(neutrals, &own, &path)),
            });
        }
        let forms: Vec<Outcomes> = forms.into_iter().collect::<Option<_>>()?;
        let both = document.theories.iter().zip(weights?).zip(forms);
        Some(both.map(|((theory, weight), form)| of(theory, weight, form)).collect())
    }

    /// Rules that leave gaps or overlap; of forms that are alike, the first fault.
    pub(super) fn check_rules(&self, model: &Model) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut faulty: Vec<&Outcomes> = Vec::new();
        for (at, theory) in model.theories.iter().enumerate() {
            if faulty.contains(&&theory.form) {
                continue;
            }
            let outcomes = self.placed(at, &model.outcomes);
            if let Some(fault) = rules::fault(model, TheoryId(at), &outcomes, self.resolver.meter) {
                faulty.push(&theory.form);
                found.push(fault.error(self.deciding(at)));
            }
        }
        found
    }

    /// The outcomes of the file where a theory decides them.
    fn deciding(&self, theory: usize) -> &[scenario::Outcome] {
        let own = self.document.theories.get(theory).map(|one| &one.outcomes[..]);
        own.filter(|own| !own.is_empty()).unwrap_or(&self.document.outcomes)
    }

    /// The outcomes with the places where a theory decides them.
    fn placed(&self, theory: usize, outcomes: &[Outcome]) -> Vec<Outcome> {
        let own = self.document.theories.get(theory).and_then(|one| ordered(outcomes, one));
        let Some(own) = own else { return outcomes.to_vec() };
        let place = |(outcome, own): (&Outcome, &scenario::Outcome)| Outcome {
            span: own.name.span,
            ..outcome.clone()
        };
        outcomes.iter().zip(own).map(place).collect()
    }

    /// Takes the theory that an override names for the only one.
    pub(super) fn hold_theory(&mut self, expr: &Expr) {
        match named(self.document, expr) {
            Ok(id) => self.held_theory = Some(id),
            Err(problem) => self.report(problem),
        }
    }

    /// The weights of the theories. Those that are set stand; the others share what is left in their proportions.
    fn weights_of_theories(&mut self) -> Option<Vec<f64>> {
        let theories = &self.document.theories;
        if let Some(held) = self.held_theory {
            return Some((0..theories.len()).map(|at| f64::from(u8::from(at == held.0))).collect());
        }
        let equal = 1.0 / theories.len() as f64;
        let value = |one: &scenario::Theory| match self.terms.get(&address(one)) {
            Some(term) => constant(term),
            None => one.weight.is_none().then_some(equal),
        };
        let given: Vec<f64> = theories.iter().map(value).collect::<Option<_>>()?;
        let sum: f64 = given.iter().sum();
        // Weights stay as they are written unless they miss 1 by more than rounding.
        let whole = if (sum - 1.0).abs() <= ROUNDING { 1.0 } else { sum };
        let own: Vec<Term> = theories
            .iter()
            .zip(given)
            .map(|(one, value)| Term::constant(value / whole, one.name.span))
            .collect();
        let addresses: Vec<String> = theories.iter().map(address).collect();
        let weights = self.with_shares(own, &addresses, Whole::Theories)?;
        weights.iter().map(constant).collect()
    }

    /// Shares with what is set in place of the file's.
    pub(super) fn with_shares(
        &mut self,
        own: Vec<Term>,
        addresses: &[String],
        whole: Whole,
    ) -> Option<Vec<Term>> {
        let mut shares = Shares::new(&self.set);
        let held = shares.held(addresses);
        let found = shares.apply(&own, addresses, &held, whole);
        self.rescaled.extend(shares.rescaled);
        found.map_err(|problem| self.report(problem)).ok()
    }
}

/// What a theory says of each outcome, in the order of the outcomes.
fn ordered<'t>(outcomes: &[Outcome], theory: &'t scenario::Theory) -> Option<Vec<&'t scenario::Outcome>> {
    let own = |outcome: &Outcome| theory.outcomes.iter().find(|one| one.name.text == outcome.named.id);
    outcomes.iter().map(own).collect()
}

fn of(theory: &scenario::Theory, weight: f64, form: Outcomes) -> Theory {
    Theory {
        named: Named::new(&theory.name.text, theory.label.as_deref(), None),
        weight,
        form,
        is_own: !theory.outcomes.is_empty(),
        origin: theory.origin.clone(),
        span: theory.name.span,
    }
}

/// The one way in which a file without theories decides its outcome.
fn unnamed(form: Outcomes) -> Theory {
    Theory { named: Named::default(), weight: 1.0, form, is_own: false, origin: None, span: Span::default() }
}
