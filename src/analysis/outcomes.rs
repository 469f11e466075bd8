//! How probable is each outcome, and how sure is that?

use schemars::JsonSchema;
use serde::Serialize;

use super::estimated::Probability;
use super::round::{Inquiry, Told};
use super::spread::{Percentile, Percentiles, as_list};
use super::theories::TheoriesAsked;
use super::variance::{Parts, VarianceShares, shares};
use crate::expression::scale;
use crate::model::{Model, OutcomeId};
use crate::program::{Aim, BeliefId, QueryId};
use crate::simulation::Belief;

/// One outcome.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OutcomeFinding {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// Its probability: the mean, over what is not known, of the probability given what is not known.
    #[serde(flatten)]
    pub probability: Probability,
    /// The spread: percentiles of the probability given what is not known.
    #[serde(flatten)]
    pub spread: Percentiles,
    /// The verbal scale's words for the probability.
    pub words: &'static str,
    /// Standard errors of P5, P50 and P95, where draws enter.
    #[serde(rename = "spread_std_error", serialize_with = "as_list")]
    #[schemars(with = "Option<[Option<f64>; 3]>")]
    pub spread_error: Option<[f64; 3]>,
    /// Where the variance of whether it comes true comes from, if it has any and that can be told.
    pub variance: Option<VarianceShares>,
    /// The percentiles of the spread that were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub percentiles: Vec<Percentile>,
    /// The distribution of the probability over draws: the share of them in each of equal parts of 0 to 1.
    #[serde(skip)]
    pub histogram: Vec<f64>,
}

/// What was asked of the outcomes.
pub(super) struct OutcomesAsked {
    pub(super) probabilities: Vec<QueryId>,
    beliefs: Vec<BeliefId>,
}

impl OutcomesAsked {
    pub(super) fn ask(model: &Model, inquiry: &mut Inquiry) -> OutcomesAsked {
        let world = inquiry.world;
        let (mut probabilities, mut beliefs) = (Vec::new(), Vec::new());
        for id in (0..model.outcomes.len()).map(OutcomeId) {
            let probability = inquiry.ask.outcome(world, id);
            inquiry.ask.keep(probability);
            inquiry.ask.aim(Aim::Probability(probability));
            probabilities.push(probability);
            beliefs.push(inquiry.ask.belief(world, id));
        }
        OutcomesAsked { probabilities, beliefs }
    }

    /// What the draws say, with the `percents` of each spread that are wanted, and with where its variance comes from.
    pub(super) fn find(
        &self,
        percents: &[f64],
        theories: &TheoriesAsked,
        told: &Told,
    ) -> Vec<OutcomeFinding> {
        (0..self.probabilities.len())
            .map(|at| OutcomeFinding {
                variance: self.variance(at, theories, told),
                ..self.one(at, percents, told)
            })
            .collect()
    }

    fn one(&self, at: usize, percents: &[f64], told: &Told) -> OutcomeFinding {
        let named = &told.model().outcomes[at].named;
        let probability = told.estimates.probability(self.probabilities[at]);
        let belief = told.estimates.belief(self.beliefs[at]);
        OutcomeFinding {
            id: named.id.clone(),
            label: named.label.clone(),
            short: named.short.clone().unwrap_or_else(|| named.label.clone()),
            words: scale::words(probability.value),
            histogram: belief.shares(PARTS),
            probability: Probability(probability),
            spread: Percentiles::of(|level| belief.quantile(level)),
            percentiles: percentiles(&belief, percents),
            spread_error: spread_error(&belief),
            variance: None,
        }
    }

    fn variance(&self, at: usize, theories: &TheoriesAsked, told: &Told) -> Option<VarianceShares> {
        let parts = Parts {
            outcome: self.probabilities[at],
            belief: self.beliefs[at],
            theories: theories.parts(at, told),
        };
        shares(&parts, told.program, told.kept())
    }
}

fn percentiles(belief: &Belief, percents: &[f64]) -> Vec<Percentile> {
    let error = |level| if belief.is_known() { Some(0.0) } else { belief.quantile_error(level) };
    Percentile::of(percents, |level| belief.quantile(level), error)
}

fn spread_error(belief: &Belief) -> Option<[f64; 3]> {
    let error = |level| belief.quantile_error(level);
    Some([error(0.05)?, error(0.5)?, error(0.95)?])
}

/// As many equal parts of 0 to 1 has the distribution over draws: four a percentage point.
const PARTS: usize = 400;
