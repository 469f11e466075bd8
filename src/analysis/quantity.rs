//! Mean, deviation and spread of a quantity that is tallied.

use super::round::Told;
use super::spread::{Percentile, Percentiles};
use crate::program::SpreadId;
use crate::simulation::constant_states;
use crate::statistics::Estimate;

/// What draws say of a quantity.
pub(super) struct Quantity {
    pub(super) mean: Estimate,
    pub(super) sd: f64,
    pub(super) spread: Percentiles,
    pub(super) percentiles: Vec<Percentile>,
}

impl Quantity {
    /// Of a quantity that has no mean, mean and deviation are not told, unless no draw enters.
    pub(super) fn of(id: SpreadId, is_meanless: bool, percents: &[f64], told: &Told) -> Quantity {
        let is_drawn = constant_states(told.program, told.program.spread(id)).is_none();
        let quantile = |level| told.estimates.quantile(id, level);
        let (mean, sd) = match is_meanless && is_drawn {
            true => (Estimate::unknown(), f64::NAN),
            false => told.estimates.mean(id),
        };
        Quantity {
            mean,
            sd,
            spread: Percentiles::of(quantile),
            percentiles: Percentile::of(percents, (!is_drawn).then_some(0.0), quantile),
        }
    }
}
