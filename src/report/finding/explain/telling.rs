//! What of the stories can be told, and in which order.

use crate::analysis::explain::{OutcomeStory, Tilt};
use crate::statistics::Estimate;

/// Whether an estimate is 0, or no farther from it than its error.
pub(super) fn is_untold(one: &Estimate) -> bool {
    !one.value.is_finite() || one.value == 0.0 || !one.exact && one.value.abs() <= one.half_width()
}

/// The outcomes by their probability, the most probable first.
pub(super) fn ranked(all: &[OutcomeStory]) -> Vec<&OutcomeStory> {
    let mut ranked: Vec<&OutcomeStory> = all.iter().collect();
    ranked.sort_by(|a, b| b.probability.value.total_cmp(&a.probability.value));
    ranked
}

/// By how much a probability changes, in standard deviations of whether it is so, to hold it beside a shift.
pub(super) fn in_deviations(tilt: &Tilt) -> f64 {
    let p = tilt.probability.value;
    tilt.difference.value / (p * (1.0 - p)).sqrt()
}
