//! What is looked for in each world.

use super::finding::Kind;
use crate::model::Variable;
use crate::statistics::Estimate;

/// An answer that is to be had a second time.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) kind: Kind,
    pub(super) what: String,
    pub(super) target: Target,
    /// What the engine says; of a percentile its level.
    pub(super) integrated: Estimate,
    /// The standard deviation of a number, if it is known.
    pub(super) sd: f64,
    /// Where a percentile lies.
    pub(super) at: Option<f64>,
    /// Why it is not compared.
    pub(super) unfit: Option<&'static str>,
}

/// What is counted or averaged over worlds that are as what was learned says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// Whether this outcome comes true.
    Outcome(usize),
    /// Whether something is in this state.
    State(Variable, usize),
    /// Whether this theory is the right one.
    Theory(usize),
    /// Whether this outcome comes true, in worlds where this theory is right.
    Under { theory: usize, outcome: usize },
    /// Whether a world is as what was learned says, among all.
    Learned,
    /// A number.
    Mean(Variable),
    /// A number, in worlds where this outcome comes true.
    MeanGiven(Variable, usize),
    /// Whether a number is at or below a point, which is known with an error; percentiles are told the more finely the nearer they
    /// lie to the neutral point.
    Percentile { variable: Variable, at: f64, error: f64, neutral: f64 },
}

impl Asked {
    pub(super) fn new(kind: Kind, what: String, target: Target, integrated: Estimate) -> Asked {
        Asked { kind, what, target, integrated, sd: f64::NAN, at: None, unfit: None }
    }
}
