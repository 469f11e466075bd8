//! What is each derived value, and what is it if an outcome comes true?

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::estimated::Mean;
use super::quantity::Quantity;
use super::round::{Inquiry, Told};
use super::spread::{BARS, Percentile, Percentiles};
use super::tails::{Settled, Settling, Tails};
use crate::model::{Derived, DerivedId, Model, OutcomeId, Term, Variable};
use crate::program::{Aim, QueryId, SpreadId};
use crate::statistics::Estimate;

/// One derived value.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DerivedFinding {
    /// Its name.
    pub id: String,
    /// Its mean; null where none exists, or where draws don't tell it.
    #[serde(flatten)]
    pub mean: Mean,
    /// Its standard deviation; null where none exists, or where draws don't tell it.
    #[schemars(with = "Option<f64>")]
    pub sd: f64,
    /// How its mean settles as draws are added.
    pub settles: Settling,
    /// Its percentiles.
    #[serde(flatten)]
    pub spread: Percentiles,
    /// Its values as bars, [from, to, share] of the draws: single values, with both ends the same, where there are at most 100; else
    /// equal parts from P0.5 to P99.5, beyond which the tails are left out.
    pub histogram: Vec<(f64, f64, f64)>,
    /// Its mean given each outcome.
    pub by_outcome: Vec<GivenOutcome>,
    /// What people call it.
    pub label: String,
    /// What it is measured in, if the file says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The percentiles that were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub percentiles: Vec<Percentile>,
}

/// A derived value given an outcome.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GivenOutcome {
    /// The outcome's name.
    pub id: String,
    /// The mean of the derived value if it comes true.
    #[serde(flatten)]
    pub mean: Mean,
}

/// What was asked of the derived values.
pub(super) struct DerivedAsked(Vec<OneAsked>);

struct OneAsked {
    id: DerivedId,
    spread: SpreadId,
    by_outcome: Vec<QueryId>,
}

impl DerivedAsked {
    /// Asks for those of which `is_wanted` says so by their names.
    pub(super) fn ask(
        model: &Model,
        inquiry: &mut Inquiry,
        tails: &Tails,
        is_wanted: impl Fn(&str) -> bool,
    ) -> DerivedAsked {
        let all = (0..model.derived.len()).map(DerivedId);
        let wanted = all.filter(|id| is_wanted(&model.derived[id.0].named.id));
        DerivedAsked(wanted.map(|id| OneAsked::ask(model, inquiry, tails, id)).collect())
    }

    /// What the draws say of those that are wanted.
    pub(super) fn find(
        &self,
        percents: &[f64],
        tails: &Tails,
        told: &Told,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Vec<DerivedFinding> {
        let wanted = self.0.iter().filter(|one| is_wanted(&told.model().derived[one.id.0].named.id));
        wanted.map(|one| one.find(percents, tails, told)).collect()
    }

    /// How the means of what was found settle.
    pub(super) fn settled<'m>(&self, found: &[DerivedFinding], told: &Told<'m>) -> Vec<Settled<'m>> {
        let known: BTreeMap<&str, Settling> =
            found.iter().map(|one| (one.id.as_str(), one.settles)).collect();
        let settled = |one: &OneAsked| {
            let derived = &told.model().derived[one.id.0];
            let (name, span) = (&derived.named.id, derived.value.span);
            let settles = *known.get(name.as_str())?;
            Some(Settled { name, span, settles, tail: told.estimates.tail(one.spread) })
        };
        self.0.iter().filter_map(settled).collect()
    }
}

impl OneAsked {
    fn ask(model: &Model, inquiry: &mut Inquiry, tails: &Tails, id: DerivedId) -> OneAsked {
        let (variable, world) = (Variable::Derived(id), inquiry.world);
        let spread = inquiry.ask.spread(world, model.term_of(variable));
        inquiry.ask.aim(if tails.lacks_mean(variable) { Aim::Values(spread) } else { Aim::Mean(spread) });
        if let Some(index) = tails.index(variable) {
            inquiry.ask.has_index(spread, index);
        }
        let given = |at: usize| {
            let outcome = Term::outcome(OutcomeId(at), model.outcomes[at].span);
            inquiry.ask.expectation(world, model.term_of(variable), Some(outcome))
        };
        OneAsked { id, spread, by_outcome: (0..model.outcomes.len()).map(given).collect() }
    }

    fn find(&self, percents: &[f64], tails: &Tails, told: &Told) -> DerivedFinding {
        let Derived { named, unit, .. } = &told.model().derived[self.id.0];
        let Quantity { mean, sd, settles, spread, percentiles } =
            Quantity::of(self.spread, Variable::Derived(self.id), tails, percents, told);
        let given = |(outcome, query): (&crate::model::Outcome, &QueryId)| GivenOutcome {
            id: outcome.named.id.clone(),
            // Of a value without a mean, it is not known under which outcomes it has one.
            mean: Mean(if settles == Settling::Never {
                Estimate::unknown()
            } else {
                told.estimates.expectation(*query, self.spread)
            }),
        };
        DerivedFinding {
            id: named.id.clone(),
            mean: Mean(mean),
            sd,
            settles,
            spread,
            histogram: told.estimates.bars(self.spread, BARS),
            by_outcome: told.model().outcomes.iter().zip(&self.by_outcome).map(given).collect(),
            label: named.label.clone(),
            unit: unit.clone(),
            percentiles,
        }
    }
}
