//! Events: what happens or not, by chance.

use super::term::Term;
use crate::scenario::Origin;

/// Something that happens or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// The probability that it happens, which may depend on anything that does not depend on it.
    pub probability: Term,
    /// Where it comes from.
    pub origin: Option<Origin>,
}
