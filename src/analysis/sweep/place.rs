//! Places along one number, and the changes between them.

use super::spot::Seen;

/// A place on the axis, and what is seen there.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) at: f64,
    pub(super) seen: Seen,
}

/// A change of the lead.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// Where it is.
    pub(super) at: f64,
    /// Where it may be: the 90 % interval.
    pub(super) interval: (f64, f64),
    /// Who leads before and after, by position.
    pub(super) leads: [usize; 2],
    /// Whether no draw entered.
    pub(super) exact: bool,
}
