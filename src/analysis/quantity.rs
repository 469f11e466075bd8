//! Mean, deviation and spread of a quantity that is tallied.

use super::estimated::finite;
use super::round::Told;
use super::spread::{Percentile, Percentiles};
use super::tails::{Settling, Tails};
use crate::model::{Variable, constant};
use crate::program::SpreadId;
use crate::simulation::constant_states;
use crate::statistics::Estimate;

/// What draws say of a quantity.
pub(super) struct Quantity {
    pub(super) mean: Estimate,
    pub(super) sd: f64,
    pub(super) settles: Settling,
    pub(super) spread: Percentiles,
    pub(super) percentiles: Vec<Percentile>,
}

impl Quantity {
    /// Of a variable. A mean and a deviation that draws don't tell are left out.
    pub(super) fn of(
        id: SpreadId,
        variable: Variable,
        tails: &Tails,
        percents: &[f64],
        told: &Told,
    ) -> Quantity {
        if let Some(value) = constant(told.model().formula(variable)).filter(|value| value.is_finite()) {
            return Quantity::constant(value, percents);
        }
        let is_drawn = constant_states(told.program, told.program.spread(id)).is_none();
        let quantile = |level| told.estimates.quantile(id, level);
        let tail = told.estimates.tail(id);
        let (lacks_mean, lacks_deviation) =
            if is_drawn { tails.lacks(variable, tail, told) } else { (false, false) };
        let (mean, sd) = told.estimates.mean(id);
        Quantity {
            mean: if lacks_mean { Estimate::unknown() } else { mean },
            sd: if lacks_mean || lacks_deviation { f64::NAN } else { sd },
            settles: Settling::of(tail, lacks_mean),
            spread: Percentiles::of(quantile),
            percentiles: Percentile::of(percents, quantile, |level| match is_drawn {
                true => told.estimates.quantile_error(id, level).and_then(finite),
                false => Some(0.0),
            }),
        }
    }

    /// Of a constant, which is known however improbable what was learned is, of which draws may tell next to nothing.
    fn constant(value: f64, percents: &[f64]) -> Quantity {
        Quantity {
            mean: Estimate::exact(value),
            sd: 0.0,
            settles: Settling::of(None, false),
            spread: Percentiles::of(|_| value),
            percentiles: Percentile::of(percents, |_| value, |_| Some(0.0)),
        }
    }
}
