//! Decisions: options of which one is taken, what each pays, and what could be known before.

use super::id::Variable;
use super::named::Named;
use super::term::Term;
use crate::diagnostic::Span;
use crate::scenario::Origin;

/// A choice among options.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What it is called.
    pub named: Named,
    /// What payoffs are measured in, if the file says so.
    pub unit: Option<String>,
    /// Whether payoffs are costs, of which less is better.
    pub is_cost: bool,
    /// What can be done: at least two.
    pub options: Vec<Alternative>,
    /// Tests that can be made first.
    pub trials: Vec<Trial>,
    /// Things that could be known together.
    pub groups: Vec<Group>,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Where it begins.
    pub span: Span,
}

/// One of the options.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// What it is called.
    pub named: Named,
    /// What it pays, as a formula over anything, the outcome too.
    pub payoff: Term,
}

/// A test.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// What it is called.
    pub named: Named,
    /// What it tells.
    pub of: Vec<Variable>,
    /// What it costs, in the unit of payoffs: 0 or more.
    pub cost: f64,
}

/// Things that could be known together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What it is called.
    pub named: Named,
    /// What is in it.
    pub of: Vec<Variable>,
}
