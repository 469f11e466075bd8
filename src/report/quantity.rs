//! Factors and derived values as answers: a mean and a spread where an outcome has a probability.

use super::Report;
use super::number::{general, percent};
use crate::analysis::summary::{DerivedSummary, FactorSummary, Percentile, Percentiles};
use crate::statistics::Estimate;

/// A factor with numbers, or a derived value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity<'a> {
    /// Its name.
    pub id: &'a str,
    /// What people call it.
    pub label: &'a str,
    /// Its mean; NaN where none exists.
    pub mean: f64,
    /// The mean with its error, where that is told.
    pub estimate: Option<&'a Estimate>,
    /// Its standard deviation; NaN where none exists.
    pub sd: f64,
    /// Its percentiles.
    pub spread: Percentiles,
    /// The percentiles that were asked for.
    pub percentiles: &'a [Percentile],
}

impl<'a> From<&'a FactorSummary> for Quantity<'a> {
    fn from(one: &'a FactorSummary) -> Quantity<'a> {
        Quantity {
            id: &one.id,
            label: &one.label,
            mean: one.mean,
            estimate: None,
            sd: one.sd,
            spread: one.spread,
            percentiles: &one.percentiles,
        }
    }
}

impl<'a> From<&'a DerivedSummary> for Quantity<'a> {
    fn from(one: &'a DerivedSummary) -> Quantity<'a> {
        Quantity {
            id: &one.id,
            label: &one.label,
            mean: one.mean.value,
            estimate: Some(&one.mean),
            sd: one.sd,
            spread: one.spread,
            percentiles: &one.percentiles,
        }
    }
}

impl Report {
    /// Whether factors are among the answers: where they were asked for by name, or where there is nothing else.
    pub fn answers_factors(&self) -> bool {
        let has_more = !(self.outcomes.is_empty() && self.derived.is_empty() && self.chances().is_empty());
        !self.of.is_empty() || !has_more
    }

    /// Whether derived values are among the answers: where they were asked for by name, or in a file without outcomes.
    pub fn answers_derived(&self) -> bool {
        !self.of.is_empty() || self.outcomes.is_empty()
    }

    /// The quantities that are among the answers.
    pub fn quantities(&self) -> Vec<Quantity<'_>> {
        let factors = self.factors.iter().filter(|_| self.answers_factors()).map(Quantity::from);
        factors.chain(self.derived.iter().filter(|_| self.answers_derived()).map(Quantity::from)).collect()
    }

    /// The percentiles that were asked for of the outcomes, in percent, and of `quantities`, each under its label.
    pub(super) fn percentile_rows(&self, quantities: &[Quantity]) -> Vec<(String, Vec<String>)> {
        let decimals = self.run.decimals;
        let shown = |all: &[Percentile], form: &dyn Fn(f64) -> String| -> Vec<String> {
            all.iter().map(|one| form(one.value)).collect()
        };
        let of_outcomes = self
            .outcomes
            .iter()
            .map(|one| (one.label.clone(), shown(&one.percentiles, &|value| percent(value, decimals))));
        let of_quantities = quantities.iter().map(|one| (one.label.into(), shown(one.percentiles, &general)));
        if self.percents.is_empty() { Vec::new() } else { of_outcomes.chain(of_quantities).collect() }
    }
}

/// What a percentile is called: P5, P2.5.
pub(super) fn heading(percent: f64) -> String {
    format!("P{percent}")
}
