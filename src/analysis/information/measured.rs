//! What finding something out would change, in numbers.

use crate::statistics::Estimate;

/// What finding something out would change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measured {
    pub(super) bits: Estimate,
    pub(super) brier: Estimate,
    pub(super) changes: Estimate,
    pub(super) between: Estimate,
}

impl Measured {
    /// Nothing, where the draws are too few.
    pub(super) fn unknown() -> Measured {
        let nothing = Estimate::unknown();
        Measured { bits: nothing, brier: nothing, changes: nothing, between: nothing }
    }
}
