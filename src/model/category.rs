//! Factors with states: what is not known and is one of several things.

use super::latent::Latent;
use super::named::Named;
use super::term::Term;
use crate::diagnostic::Span;
use crate::scenario::Origin;

/// Something not known that is in one of several states.
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    /// What it is called.
    pub named: Named,
    /// Its states, exclusive and exhaustive.
    pub states: Vec<State>,
    /// The probability of each state, which may depend on anything that does not depend on it.
    pub probabilities: Vec<Term>,
    /// Its normal, if it is in a copula.
    pub latent: Option<Latent>,
    /// What finding it out costs, in the unit of all costs of the file.
    pub cost: Option<f64>,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Where its section begins.
    pub span: Span,
}

/// One of the states of a factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// What it is called.
    pub named: Named,
}
