//! Default neutral points that the writer of a scenario can hardly have meant.

use std::collections::{BTreeMap, BTreeSet};

use super::builder::Builder;
use super::names::Meaning;
use super::proof::affine;
use crate::diagnostic::{Diagnostic, Hint};
use crate::distribution::Distribution;
use crate::model::{FactorId, TermKind, Variable};
use crate::scenario::{Factor, Opening};

/// A neutral point between these percentiles is among the values that the factor takes.
const LEVELS: (f64, f64) = (0.01, 0.99);

impl Builder<'_> {
    /// Warns of each factor in units of its own that is weighted, itself or in a derived value, whose neutral point is one by
    /// default and lies where the factor hardly ever is, as 1 for a price of 60 to 110. On [0, 1] the middle is meant.
    pub(super) fn check_neutrals(&mut self, ranges: &[(f64, f64)], neutrals: &BTreeMap<Variable, f64>) {
        let document = self.document;
        let weighted = self.counted_from_neutral();
        for (index, factor) in document.factors.iter().enumerate() {
            let is_default =
                factor.neutral.is_none() && factor.range.is_none() && ranges[index] != (0.0, 1.0);
            let variable = Variable::Factor(FactorId(index));
            if !is_default || !weighted.contains(&variable) {
                continue;
            }
            let warning = neutrals.get(&variable).and_then(|neutral| self.far(variable, factor, *neutral));
            warning.into_iter().for_each(|one| self.report(one));
        }
    }

    /// What counts from its neutral point: all that has weights, and what weighted derived values are made of.
    fn counted_from_neutral(&self) -> BTreeSet<Variable> {
        let document = self.document;
        let own = document.theories.iter().flat_map(|one| &one.outcomes);
        let weights = document.outcomes.iter().chain(own).flat_map(|one| &one.weights);
        let named = weights.filter_map(|weight| match self.resolver.names.get(&weight.name.text) {
            Some(Meaning::Variable(variable)) => Some(variable),
            _ => None,
        });
        let mut open: Vec<Variable> = named.collect();
        let mut found = BTreeSet::new();
        while let Some(variable) = open.pop() {
            let term = self.term(variable).filter(|_| matches!(variable, Variable::Derived(_)));
            if found.insert(variable)
                && let Some(term) = term
            {
                term.walk(&mut |one| {
                    if let TermKind::Variable(part) = one.kind {
                        open.push(part);
                    }
                });
            }
        }
        found
    }

    fn far(&self, variable: Variable, factor: &Factor, neutral: f64) -> Option<Diagnostic> {
        let term = self.term(variable)?;
        let (id, scale, shift) = affine::affine(term)?;
        let prior = affine::scaled(self.resolver.quantities[id.0].shape.fixed()?, scale, shift)?;
        let (low, high) = (prior.quantile(LEVELS.0), prior.quantile(LEVELS.1));
        if (low..=high).contains(&neutral) {
            return None;
        }
        let name = &factor.name.text;
        let message = format!("the neutral point of `{name}` is {neutral}, where it hardly ever is");
        let reach = format!("98 % of its values lie from {} to {}", short(low), short(high));
        Some(
            Diagnostic::warning("neutral", message)
                .at(term.span, reach)
                .hint(advice(&prior, factor.opening.as_ref())),
        )
    }
}

fn advice(prior: &Distribution, opening: Option<&Opening>) -> Hint {
    let entry = format!("neutral = {}", short(prior.quantile(0.5)));
    let hint = Hint::new(format!(
        "weights count from the neutral point, where they say nothing: give one in the middle of the values, `{entry}`, or a \
         `range = [low, high]`, whose middle it is then"
    ));
    match opening {
        Some(opening) => opening.filled(hint, &entry),
        None => hint,
    }
}

/// Three significant digits.
fn short(value: f64) -> String {
    format!("{value:.2e}").parse().map_or_else(|_| value.to_string(), |rounded: f64| rounded.to_string())
}
