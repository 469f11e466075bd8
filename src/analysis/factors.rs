//! How is each factor distributed? Numbers in [`NumberFinding`]s, states in [`StatesFinding`]s.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::estimated::Mean;
use super::quantity::Quantity;
use super::round::{Inquiry, Told};
use super::spread::{Percentile, Percentiles};
use super::stated::is_conditional;
use super::states::StatesFinding;
use super::tails::{Settled, Settling, Tails};
use crate::model::{FactorId, Model, Variable};
use crate::program::SpreadId;
use crate::statistics::Estimate;

/// One factor.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum FactorFinding {
    /// One that is a number.
    Number(NumberFinding),
    /// One that is in one of several states.
    States(StatesFinding),
}

impl FactorFinding {
    /// Its name.
    pub fn id(&self) -> &str {
        match self {
            FactorFinding::Number(number) => &number.id,
            FactorFinding::States(states) => &states.id,
        }
    }
}

/// One factor that is a number.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NumberFinding {
    /// Its name.
    pub id: String,
    /// Its mean; null where none exists, or where draws don't tell it. Exact where its distribution is known, else drawn.
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
    /// What people call it.
    pub label: String,
    /// What it is measured in, if the file says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The percentiles that were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub percentiles: Vec<Percentile>,
}

/// What was asked of the factors that are numbers: a simple factor's distribution is known, others are tallied.
pub(super) struct NumbersAsked(Vec<(FactorId, Option<SpreadId>)>);

impl NumbersAsked {
    /// Asks for those of which `is_wanted` says so by their names.
    pub(super) fn ask(
        model: &Model,
        inquiry: &mut Inquiry,
        tails: &Tails,
        is_wanted: impl Fn(&str) -> bool,
    ) -> NumbersAsked {
        // What was learned of anything may move every factor.
        let is_conditional = is_conditional(model);
        let wanted =
            (0..model.factors.len()).filter(|at| is_wanted(&model.factors[*at].named.id)).map(FactorId);
        let asked = wanted.map(|id| {
            let is_known = model.factors[id.0].distribution.is_some() && !is_conditional;
            let term = || model.term_of(Variable::Factor(id));
            let spread = (!is_known).then(|| inquiry.ask.spread(inquiry.world, term()));
            if let Some((spread, index)) = spread.zip(tails.index(Variable::Factor(id))) {
                inquiry.ask.has_index(spread, index);
            }
            (id, spread)
        });
        NumbersAsked(asked.collect())
    }

    /// What the draws say of those that are wanted, with the place of each in the file.
    pub(super) fn find(
        &self,
        percents: &[f64],
        tails: &Tails,
        told: &Told,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Vec<(crate::diagnostic::Span, FactorFinding)> {
        let finding = |(id, spread): &(FactorId, Option<SpreadId>)| {
            let found = one(*id, *spread, tails, percents, told);
            (told.model().factors[id.0].span, FactorFinding::Number(found))
        };
        let wanted = self.0.iter().filter(|(id, _)| is_wanted(&told.model().factors[id.0].named.id));
        wanted.map(finding).collect()
    }

    /// How the means of those settle that were drawn.
    pub(super) fn settled<'m>(&self, found: &[FactorFinding], told: &Told<'m>) -> Vec<Settled<'m>> {
        let numbers = found.iter().filter_map(|one| match one {
            FactorFinding::Number(number) => Some((number.id.as_str(), number.settles)),
            FactorFinding::States(_) => None,
        });
        let known: BTreeMap<&str, Settling> = numbers.collect();
        let settled = |(id, spread): &(FactorId, Option<SpreadId>)| {
            let factor = &told.model().factors[id.0];
            let (name, span) = (&factor.named.id, factor.span);
            let settles = *known.get(name.as_str())?;
            Some(Settled { name, span, settles, tail: told.estimates.tail((*spread)?) })
        };
        self.0.iter().filter_map(settled).collect()
    }
}

fn one(
    id: FactorId,
    spread: Option<SpreadId>,
    tails: &Tails,
    percents: &[f64],
    told: &Told,
) -> NumberFinding {
    let factor = &told.model().factors[id.0];
    let (mean, sd, settles, spread, percentiles) = match (spread, &factor.distribution) {
        (Some(spread), _) => {
            let Quantity { mean, sd, settles, spread, percentiles } =
                Quantity::of(spread, Variable::Factor(id), tails, percents, told);
            (mean, sd, settles, spread, percentiles)
        }
        (None, known) => {
            let or_nan = |value: Option<f64>| value.unwrap_or(f64::NAN);
            let quantile = |level| or_nan(known.as_ref().map(|known| known.quantile(level)));
            let mean = known.as_ref().map_or_else(Estimate::unknown, |one| Estimate::exact(one.mean()));
            let sd = known.as_ref().map(|one| one.sd());
            let error = known.as_ref().map(|_| 0.0);
            let settles = Settling::of(None, !mean.value.is_finite());
            (
                mean,
                or_nan(sd),
                settles,
                Percentiles::of(quantile),
                Percentile::of(percents, quantile, |_| error),
            )
        }
    };
    let (id, label, unit) = (factor.named.id.clone(), factor.named.label.clone(), factor.unit.clone());
    NumberFinding { id, mean: Mean(mean), sd, settles, spread, label, unit, percentiles }
}
