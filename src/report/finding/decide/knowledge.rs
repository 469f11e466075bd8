//! What of all that could be known is told.

use crate::analysis::decide::{DecisionFinding, InformationFinding};

/// Whether a test tells it, and nothing else.
pub(super) fn is_tested(known: &InformationFinding, one: &DecisionFinding) -> bool {
    one.tests.iter().any(|test| test.of[..] == [known.id.clone()])
}

/// Whether something can be told to be worth anything.
pub(super) fn is_told(known: &InformationFinding) -> bool {
    let value = &known.value;
    if value.exact { value.value > 0.0 } else { value.interval.0 > 0.0 }
}
