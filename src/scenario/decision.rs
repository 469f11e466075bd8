//! The section of decisions, with the place of everything.

use super::facts::Origin;
use super::value::{Located, Value};
use crate::diagnostic::Span;
use crate::expression::Ident;

/// `[[decisions]]`: options, of which one is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Its name: that of the file, or `decision_1` and so on by position.
    pub id: Ident,
    /// What people call it.
    pub label: Option<String>,
    /// What payoffs are measured in.
    pub unit: Option<String>,
    /// Whether more is better, or less.
    pub sense: Sense,
    /// What can be done.
    pub options: Vec<Payoff>,
    /// `tests`: what can be found out first.
    pub trials: Vec<Trial>,
    /// What could be known together.
    pub groups: Vec<Knowable>,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Where it begins.
    pub span: Span,
}

/// Whether more is better, or less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sense {
    /// Payoffs are gains.
    #[default]
    Maximize,
    /// Payoffs are costs.
    Minimize,
}

impl Sense {
    /// Both.
    pub const ALL: [Sense; 2] = [Sense::Maximize, Sense::Minimize];

    /// As written in the file.
    pub fn key(self) -> &'static str {
        match self {
            Sense::Maximize => "maximize",
            Sense::Minimize => "minimize",
        }
    }
}

/// An option of a decision and what it pays.
#[derive(Clone, Debug, PartialEq)]
pub struct Payoff {
    /// Its name.
    pub name: Ident,
    /// What people call it.
    pub label: Option<String>,
    /// What pictures call it, if that is shorter.
    pub short: Option<String>,
    /// What it pays: one part, or one for each outcome or state; none if it could not be read.
    pub parts: Vec<PayoffPart>,
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// What an option pays, under an outcome or in a state.
#[derive(Clone, Debug, PartialEq)]
pub struct PayoffPart {
    /// The outcome, or the factor with states; `None` if it is what the option pays whatever comes true.
    pub name: Option<Ident>,
    /// The state of the factor.
    pub state: Option<Ident>,
    /// The payoff.
    pub value: Value,
}

/// A test that can be made before a decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// Its name.
    pub name: Ident,
    /// What people call it.
    pub label: Option<String>,
    /// What pictures call it, if that is shorter.
    pub short: Option<String>,
    /// What it tells.
    pub of: Vec<Ident>,
    /// What it costs; 0 if nothing is said.
    pub cost: Option<Located<f64>>,
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// Things that could be known together.
#[derive(Clone, Debug, PartialEq)]
pub struct Knowable {
    /// The name of the group.
    pub name: Ident,
    /// What is in it.
    pub of: Vec<Ident>,
}

impl Decision {
    /// Its expressions.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.options.iter().flat_map(|one| &one.parts).map(|part| &part.value)
    }
}
