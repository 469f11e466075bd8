//! Theories: ways in which the outcome may be decided, of which one is right.

use super::named::Named;
use super::outcome::Outcomes;
use crate::diagnostic::Span;
use crate::scenario::Origin;

/// One theory of what decides the outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Theory {
    /// What it is called; nothing for the single theory of a file that names none.
    pub named: Named,
    /// How probable it is that it is the right one. Those of all theories sum to 1.
    pub weight: f64,
    /// How the outcome is decided if it is.
    pub form: Outcomes,
    /// Whether it says this itself; else it stands in `[outcomes]`.
    pub is_own: bool,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Where its section begins.
    pub span: Span,
}
