//! Outcomes and how they are decided, from the document to the model.

use std::collections::BTreeMap;

use super::build::Builder;
use super::form::{self, Form};
use super::id::Variable;
use super::label;
use super::names::Named;
use super::outcome::{self, Outcome, Outcomes, Weight};
use super::term::Term;
use crate::expression::Ident;
use crate::scenario;

impl Builder<'_> {
    pub(super) fn outcomes(&self) -> Vec<Outcome> {
        let one = |outcome: &scenario::Outcome| Outcome {
            name: outcome.name.text.clone(),
            label: label(&outcome.label, &outcome.name.text),
            resolves: outcome.resolves.clone(),
            origin: outcome.origin.clone(),
            span: outcome.name.span,
        };
        self.document.outcomes.iter().map(one).collect()
    }

    /// How the outcome is decided by what stands in `decided`, an entry for each outcome.
    pub(super) fn form(
        &mut self,
        neutrals: &BTreeMap<Variable, f64>,
        decided: &[&scenario::Outcome],
    ) -> Option<Outcomes> {
        if decided.is_empty() {
            return Some(Outcomes::Scored(Vec::new()));
        }
        match form::of(decided) {
            Form::Rules => {
                let rules: Option<Vec<Option<Term>>> = decided
                    .iter()
                    .map(|one| match &one.when {
                        Some(value) => self.terms.get(&value.address).cloned().map(Some),
                        None => Some(None),
                    })
                    .collect();
                Some(Outcomes::Ruled(rules?))
            }
            Form::Scores => {
                let score = |one: &&scenario::Outcome| self.terms.get(&one.score.as_ref()?.address).cloned();
                Some(Outcomes::Scored(decided.iter().map(score).collect::<Option<_>>()?))
            }
            Form::Weights => self.weighted(neutrals, decided),
        }
    }

    fn weighted(
        &mut self,
        neutrals: &BTreeMap<Variable, f64>,
        decided: &[&scenario::Outcome],
    ) -> Option<Outcomes> {
        let equal = 1.0 / decided.len() as f64;
        let mut bases = Vec::new();
        let mut weights = Vec::new();
        for outcome in decided {
            let base = match &outcome.base {
                Some(value) => self.terms.get(&value.address).cloned(),
                None => Some(Term::constant(equal, outcome.name.span)),
            };
            let own: Vec<Option<Weight>> =
                outcome.weights.iter().map(|weight| self.weight(weight, neutrals)).collect();
            bases.push(base);
            weights.push(own.into_iter().collect::<Option<Vec<Weight>>>());
        }
        let bases: Vec<Term> = bases.into_iter().collect::<Option<_>>()?;
        let weights: Vec<Vec<Weight>> = weights.into_iter().collect::<Option<_>>()?;
        let scores = bases.iter().zip(&weights).map(|(base, own)| outcome::score(base, own)).collect();
        Some(Outcomes::Weighted { bases, weights, scores })
    }

    fn weight(&mut self, weight: &scenario::Weight, neutrals: &BTreeMap<Variable, f64>) -> Option<Weight> {
        let Some(Named::Variable(variable)) = self.resolver.names.get(&weight.name.text) else {
            let admits = |named| matches!(named, Named::Variable(_));
            let problem = self.resolver.names.unknown(
                &Ident { text: weight.name.text.clone(), span: weight.name.span },
                "a factor, derived value or event",
                admits,
            );
            self.report(problem);
            return None;
        };
        let state = self.weighted_state(weight, variable)?;
        let value = self.terms.get(&weight.value.address).cloned()?;
        let neutral = match state {
            Some(_) => 0.0,
            None => *neutrals.get(&variable)?,
        };
        Some(Weight { variable, state, neutral, value })
    }
}
