//! What correlations join: the variables, with their laws, and the pairs of them.

use crate::diagnostic::Span;
use crate::distribution::{Discrete, Distribution};
use crate::expression::Ident;
use crate::model::{QuantityId, Variable};
use crate::scenario::Correlation;

/// A correlation between two variables of the file.
#[derive(Clone, Debug)]
pub(super) struct Pair<'a> {
    pub(super) between: [Variable; 2],
    pub(super) given: &'a Correlation,
}

/// Something that can be correlated.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) variable: Variable,
    /// What draws it; of what has states, the normal that it shares with others.
    pub(super) quantity: QuantityId,
    pub(super) dimension: usize,
    /// −1 if the variable falls as its quantity rises, else 1.
    pub(super) sign: f64,
    pub(super) marginal: Marginal,
}

/// The law of a variable by itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Marginal {
    /// Of a number.
    Number(Distribution),
    /// The probabilities of states: of an event, that it does not happen and that it does.
    States(Vec<f64>),
    /// It depends on other quantities.
    Open { has_ties: bool },
}

impl<'a> Pair<'a> {
    pub(super) fn new(between: [Variable; 2], given: &'a Correlation) -> Pair<'a> {
        Pair { between, given }
    }

    pub(super) fn span(&self) -> Span {
        let [first, second] = &self.given.between;
        first.span.to(second.span)
    }

    pub(super) fn names(&self) -> &'a [Ident; 2] {
        &self.given.between
    }

    pub(super) fn joins(&self, a: Variable, b: Variable) -> bool {
        self.between == [a, b] || self.between == [b, a]
    }

    /// Both variables, in whatever order the file has them.
    pub(super) fn key(&self) -> [Variable; 2] {
        let [a, b] = self.between;
        [a.min(b), a.max(b)]
    }
}

impl Member {
    /// Whether chance decides it: its normal is then integrated as far as it is its own.
    pub(super) fn is_chance(&self) -> bool {
        matches!(self.variable, Variable::Event(_) | Variable::Category(_))
    }
}

impl Marginal {
    /// Whether single values have a probability.
    pub(super) fn has_ties(&self) -> bool {
        match self {
            Marginal::Number(law) => law.has_atoms(),
            Marginal::States(_) => true,
            Marginal::Open { has_ties } => *has_ties,
        }
    }

    /// The law, if it is the same in every draw; of states by their positions.
    pub(super) fn law(&self) -> Option<Distribution> {
        match self {
            Marginal::Number(law) => Some(law.clone()),
            Marginal::States(shares) => {
                let values: Vec<f64> = (0..shares.len()).map(|at| at as f64).collect();
                Discrete::new(&values, shares).ok().map(Distribution::Discrete)
            }
            Marginal::Open { .. } => None,
        }
    }
}
