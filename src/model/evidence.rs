//! Evidence: dated reports, how probable each is under every answer, and what they count together.

use super::id::Variable;
use crate::diagnostic::Span;
use crate::math::elementary;
use crate::scenario::{Date, Origin};

/// A dated report.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Its name.
    pub id: String,
    /// What was learned, in words.
    pub text: String,
    /// When it became known.
    pub date: Date,
    /// Who reported it.
    pub publisher: Option<String>,
    /// Where the report can be read.
    pub url: Option<String>,
    /// An event or a factor with states that the likelihoods are about; the outcome if `None`.
    pub about: Option<Variable>,
    /// How probable the report is under each outcome or state, or for an event under false and true, as the file has it.
    pub likelihoods: Vec<f64>,
    /// Whether these are proportions, which say nothing of how probable the report itself is.
    pub is_ratio: bool,
    /// The probability that it says anything.
    pub reliability: f64,
    /// Positions of earlier items that share a cause with it.
    pub depends_on: Vec<usize>,
    /// The share of what it says that these have said.
    pub overlap: f64,
    /// Whether it counts.
    pub active: bool,
    /// What finding it out costs, in the unit of all costs of the file.
    pub cost: Option<f64>,
    /// Where the likelihoods come from.
    pub origin: Option<Origin>,
    /// Where it begins.
    pub span: Span,
}

impl Evidence {
    /// The tempered likelihoods as shares of the largest, to a power in [0, 1].
    pub(super) fn weighed(&self, power: f64) -> Vec<f64> {
        let tempered = self.tempered();
        let largest = tempered.iter().copied().fold(0.0, f64::max);
        tempered.iter().map(|one| raised(one / largest, power)).collect()
    }

    /// The largest tempered likelihood, to a power in [0, 1].
    pub(super) fn most(&self, power: f64) -> f64 {
        raised(self.tempered().into_iter().fold(0.0, f64::max), power)
    }

    /// With probability 1 − r the report says nothing, and is as probable under any state: L' = r L + (1 − r) mean(L).
    fn tempered(&self) -> Vec<f64> {
        if self.reliability == 1.0 {
            return self.likelihoods.clone();
        }
        let mean = self.likelihoods.iter().sum::<f64>() / self.likelihoods.len() as f64;
        let mix = |one: &f64| self.reliability * one + (1.0 - self.reliability) * mean;
        self.likelihoods.iter().map(mix).collect()
    }
}

/// A share or likelihood to a power in [0, 1].
fn raised(share: f64, power: f64) -> f64 {
    match (share, power) {
        (_, 0.0) | (1.0, _) => 1.0,
        (share, 1.0) => share,
        (0.0, _) => 0.0,
        _ => elementary::exp(power * elementary::ln(share)),
    }
}
