//! Claims: what the source says about the result, as conditions on probabilities.

use super::id::{OutcomeId, Variable};
use super::term::Term;
use crate::diagnostic::Span;
use crate::expression::Comparison;
use crate::scenario::Origin;

/// A claim of the source.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// In own words; the test itself if the file has no words for it.
    pub text: String,
    /// The test as written.
    pub written: String,
    /// The test.
    pub test: ClaimTest,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Where it stands.
    pub span: Span,
}

/// The test of a claim.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ClaimTest {
    /// A condition on probabilities.
    Condition(Condition),
    /// A direction: intervening on a cause moves an outcome's probability.
    Move(Move),
}

/// Comparisons of probabilities joined by logic.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Condition {
    /// `difference comparison 0`.
    Compare(Measure, Comparison),
    /// Both hold.
    And(Box<Condition>, Box<Condition>),
    /// At least one holds.
    Or(Box<Condition>, Box<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
}

/// A number plus multiples of probabilities.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    /// The number.
    pub constant: f64,
    /// Factors and probabilities.
    pub parts: Vec<(f64, Probability)>,
}

/// `P(what)` or `P(what | given)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Probability {
    /// A proposition over outcomes, events and comparisons.
    pub what: Term,
    /// What it is conditional on.
    pub given: Option<Term>,
}

/// `raises: cause -> outcome` or `lowers: cause -> outcome`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// What is set.
    pub cause: Variable,
    /// What follows.
    pub outcome: OutcomeId,
    /// Whether its probability is said to rise.
    pub rises: bool,
}

impl Condition {
    /// The measures of all comparisons, in the order of the text.
    pub fn measures(&self) -> Vec<&Measure> {
        match self {
            Condition::Compare(measure, _) => vec![measure],
            Condition::And(a, b) | Condition::Or(a, b) => {
                a.measures().into_iter().chain(b.measures()).collect()
            }
            Condition::Not(one) => one.measures(),
        }
    }
}

impl Measure {
    /// This less another.
    pub fn minus(mut self, other: Measure) -> Measure {
        self.constant -= other.constant;
        self.parts.extend(other.parts.into_iter().map(|(factor, one)| (-factor, one)));
        self
    }

    /// This times a number.
    pub fn scaled(mut self, by: f64) -> Measure {
        self.constant *= by;
        self.parts.iter_mut().for_each(|part| part.0 *= by);
        self
    }
}
