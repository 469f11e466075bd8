//! What was learned, as far as a run can tell.

use crate::program::WorldId;
use crate::simulation::Estimates;
use crate::statistics::Estimate;

/// What was learned, and how well the draws tell what follows from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LearnedSummary {
    /// The probability of what was learned.
    pub probability: Estimate,
    /// (ΣW)² / ΣW² over the draws' weights W; infinite where all draws weigh the same.
    pub effective_draws: f64,
    /// Whether no draw of some replicate has any weight.
    pub is_missed: bool,
}

impl LearnedSummary {
    /// What was learned in a world.
    pub fn of(world: WorldId, estimates: &Estimates, evidence: Estimate, confined_to: f64) -> LearnedSummary {
        let (effective_draws, least) = estimates.effective_draws(world).unwrap_or((f64::INFINITY, 1.0));
        let probability = evidence.scaled(confined_to);
        LearnedSummary { probability, effective_draws, is_missed: least.is_nan() || least <= 0.0 }
    }

    /// The fewest effective draws from which anything is said.
    pub const FEWEST: f64 = 100.0;

    /// Whether the draws are too few to say what follows from what was learned.
    pub fn is_too_rare(&self) -> bool {
        self.effective_draws < LearnedSummary::FEWEST || self.is_missed
    }
}
