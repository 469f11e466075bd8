//! Outcomes and how they are decided, from the document to the model.

use std::collections::BTreeMap;

use super::builder::Builder;
use super::form;
use super::form::Form;
use super::names::Meaning;
use super::shares::Whole;
use crate::expression::Ident;
use crate::model::{Named, Outcome, Outcomes, Term, Variable, Weight, score};
use crate::scenario;

impl Builder<'_> {
    pub(super) fn outcomes(&self) -> Vec<Outcome> {
        let one = |outcome: &scenario::Outcome| Outcome {
            named: Named::new(&outcome.name.text, outcome.label.as_deref(), outcome.short.as_deref()),
            resolves: outcome.resolves.clone(),
            origin: outcome.origin.clone(),
            span: outcome.name.span,
        };
        self.document.outcomes.iter().map(one).collect()
    }

    /// How the outcome is decided by what stands in `decided`, an entry for each outcome, under the address `path`.
    pub(super) fn form(
        &mut self,
        neutrals: &BTreeMap<Variable, f64>,
        decided: &[&scenario::Outcome],
        path: &str,
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
            Form::Weights => self.weighted(neutrals, decided, path),
        }
    }

    fn weighted(
        &mut self,
        neutrals: &BTreeMap<Variable, f64>,
        decided: &[&scenario::Outcome],
        path: &str,
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
        let addresses: Vec<String> =
            decided.iter().map(|one| format!("{path}.{}.base", one.name.text)).collect();
        let bases = self.with_shares(bases, &addresses, Whole::Outcomes)?;
        let weights: Vec<Vec<Weight>> = weights.into_iter().collect::<Option<_>>()?;
        let scores = bases.iter().zip(&weights).map(|(base, own)| score(base, own)).collect();
        Some(Outcomes::Weighted { bases, weights, scores })
    }

    fn weight(&mut self, weight: &scenario::Weight, neutrals: &BTreeMap<Variable, f64>) -> Option<Weight> {
        let Some(Meaning::Variable(variable)) = self.resolver.names.get(&weight.name.text) else {
            let admits = |named| matches!(named, Meaning::Variable(_));
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
