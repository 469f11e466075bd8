//! The distribution of an outcome's probability over what is not known.

use super::pilot;
use super::quantiles::Quantiles;
use super::tally::Tally;
use crate::distribution::Distribution;
use crate::program::{BeliefId, Program};
use crate::statistics::{ProbabilityGrid, ProbabilityHistogram};

/// How an outcome's probability is distributed over the draws, or over the states of what is not known.
pub struct Belief<'a> {
    /// The distribution itself, if no draw enters it.
    known: Option<Distribution>,
    drawn: Quantiles<'a, ProbabilityGrid>,
}

impl<'a> Belief<'a> {
    pub(super) fn new(
        program: &Program,
        tally: &'a Tally,
        id: BeliefId,
        judges: std::ops::Range<usize>,
        draws: f64,
    ) -> Belief<'a> {
        let spread = program.belief(id);
        let known = pilot::known(program, spread);
        let all = tally.replicates.iter().map(|replicate| &replicate.beliefs[id.position()]);
        let mut drawn = Quantiles::new(ProbabilityGrid, all, judges, draws);
        if let Some(states) = known.as_ref().and_then(|_| pilot::known_states(program, spread)) {
            drawn.whole = ProbabilityHistogram::default();
            add_states(&mut drawn.whole, states);
        }
        Belief { known, drawn }
    }

    /// Whether no draw enters it.
    pub fn is_known(&self) -> bool {
        self.known.is_some()
    }

    /// A quantile, at a level in (0, 1).
    pub fn quantile(&self, level: f64) -> f64 {
        let found = self
            .known
            .as_ref()
            .map_or_else(|| self.drawn.whole.quantile(level), |known| known.quantile(level));
        // A ratio of sums may be rounded to above 1.
        if found > 1.0 { 1.0 } else { found }
    }

    /// The standard error of a quantile; `None` if no draw enters it.
    pub fn quantile_error(&self, level: f64) -> Option<f64> {
        (!self.is_known()).then(|| self.drawn.error(level, 0.0, |level| self.quantile(level)))
    }

    /// The shares of draws in so many intervals of equal width from 0 to 1.
    pub fn shares(&self, cells: usize) -> Vec<f64> {
        self.drawn.whole.shares(0.0, 1.0, cells)
    }
}

fn add_states(histogram: &mut ProbabilityHistogram, states: Vec<(f64, f64)>) {
    let (values, weights): (Vec<f64>, Vec<f64>) = states.into_iter().unzip();
    let total: f64 = weights.iter().sum();
    let shares: Vec<f64> = weights.iter().map(|weight| weight / total).collect();
    histogram.add_weighted_slice(&values, &shares);
}
