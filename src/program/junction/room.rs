//! How much room sums have.

use crate::limits::Limits;

/// A variable by its position, with its number of states.
pub(crate) type Counted = (usize, usize);

/// As many values as a table may have, and as many as may be gone through to make one.
const MOST_VALUES: usize = 1 << 24;
const MOST_WORK: usize = 1 << 28;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Refusal {
    /// These variables would have to be looked at together.
    TooLarge(Vec<usize>),
    /// A table would take so many bytes, which are more than it may.
    Memory(u64),
    /// It was told to end.
    Interrupted,
}

/// How many combinations of states variables have.
pub(super) fn size(scope: &[Counted]) -> usize {
    scope.iter().fold(1, |size, (_, count)| size.saturating_mul(*count))
}

/// Says no where a table by the states of `scope`, made from `work` values, would take too much.
pub(super) fn allow(scope: &[Counted], work: usize, limits: &Limits) -> Result<(), Refusal> {
    let (size, bytes) = (size(scope), 8 * size(scope).min(MOST_VALUES) as u64);
    match () {
        _ if limits.is_stopped() => Err(Refusal::Interrupted),
        _ if size > MOST_VALUES || work > MOST_WORK => {
            Err(Refusal::TooLarge(scope.iter().map(|(one, _)| *one).collect()))
        }
        _ if !limits.allows(bytes) => Err(Refusal::Memory(bytes)),
        _ => Ok(()),
    }
}
