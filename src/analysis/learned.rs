//! What was learned, as far as a run can tell.

use schemars::JsonSchema;
use serde::Serialize;

use super::estimated::{Probability, or_null};
use crate::program::WorldId;
use crate::simulation::{Estimates, Plan};
use crate::statistics::Estimate;

/// What was learned, and how well the draws tell what follows from it.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Learned {
    /// The probability of what was learned.
    #[serde(flatten)]
    pub probability: Probability,
    /// (ΣW)² / ΣW² over the draws' weights W, at most the number of draws; null where no draw enters.
    #[serde(rename = "effective_sample_size", serialize_with = "or_null")]
    #[schemars(with = "Option<f64>")]
    pub effective_draws: f64,
    /// Whether the probability is a share of the most that the evidence could have.
    pub relative: bool,
    /// Whether no draw of some replicate has any weight.
    #[serde(skip)]
    pub is_missed: bool,
}

impl Learned {
    /// What was learned in a world.
    pub(super) fn of(
        world: WorldId,
        estimates: &Estimates,
        probability: Estimate,
        plan: &Plan,
        relative: bool,
    ) -> Learned {
        let (effective, least) = estimates.effective_draws(world).unwrap_or((f64::INFINITY, 1.0));
        let drawn = plan.draws();
        Learned {
            probability: Probability(probability),
            effective_draws: if drawn == 0 { f64::INFINITY } else { effective.min(drawn as f64) },
            relative,
            is_missed: least.is_nan() || least <= 0.0,
        }
    }

    /// The fewest effective draws from which anything is said.
    pub const FEWEST: f64 = 100.0;

    /// Whether the draws are too few to say what follows from what was learned.
    pub fn is_too_rare(&self) -> bool {
        self.effective_draws < Learned::FEWEST || self.is_missed
    }
}
