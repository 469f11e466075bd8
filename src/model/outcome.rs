//! Outcomes: the exclusive and exhaustive answers, and how they are decided.

use super::id::{OutcomeId, Variable};
use super::named::Named;
use super::term::{Term, TermKind};
use crate::diagnostic::Span;
use crate::expression::{Binary, Unary};
use crate::math::elementary;
use crate::scenario::Origin;

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What it is called.
    pub named: Named,
    /// How one will know that it came true.
    pub resolves: Option<String>,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Where its section begins.
    pub span: Span,
}

/// One entry of an outcome's weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Weight {
    /// What it weighs.
    pub variable: Variable,
    /// The state that it weighs, of a factor with states.
    pub state: Option<usize>,
    /// The point at which it says nothing.
    pub neutral: f64,
    /// Change in log-odds per unit, or in that state.
    pub value: Term,
}

/// How the outcome is decided. All lists follow [`Model::outcomes`](super::Model::outcomes).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Outcomes {
    /// P = softmax(score), score_k = ln(base_k) + Σ_j w_kj (x_j − neutral_j).
    Weighted {
        /// Shares when everything stands at its neutral point.
        bases: Vec<Term>,
        /// What raises and lowers each outcome.
        weights: Vec<Vec<Weight>>,
        /// The scores that these make.
        scores: Vec<Term>,
    },
    /// P = softmax(score), with scores as written.
    Scored(Vec<Term>),
    /// The outcome whose rule holds; `None` is the rule `else`.
    Ruled(Vec<Option<Term>>),
}

impl Outcomes {
    /// The scores, if outcomes are decided by scores.
    pub fn scores(&self) -> Option<&[Term]> {
        match self {
            Outcomes::Weighted { scores, .. } | Outcomes::Scored(scores) => Some(scores),
            Outcomes::Ruled(_) => None,
        }
    }

    /// Every formula that the outcome depends on directly.
    pub fn terms(&self) -> Vec<&Term> {
        match self {
            Outcomes::Weighted { scores, .. } | Outcomes::Scored(scores) => scores.iter().collect(),
            Outcomes::Ruled(rules) => rules.iter().flatten().collect(),
        }
    }

    /// The probability of an outcome, given the values of formulas.
    pub(super) fn probability(&self, id: OutcomeId, value: &impl Fn(&Term) -> f64) -> f64 {
        match self {
            Outcomes::Weighted { scores, .. } | Outcomes::Scored(scores) => {
                let scores: Vec<f64> = scores.iter().map(value).collect();
                softmax(&scores)[id.0]
            }
            Outcomes::Ruled(rules) => {
                let truths: Vec<Option<f64>> = rules.iter().map(|rule| rule.as_ref().map(value)).collect();
                ruled(&truths)[id.0]
            }
        }
    }
}

/// exp(s_k − max s) · (1 / Σ exp(s_j − max s)); all NaN if a score is NaN or the largest is infinite.
pub fn softmax(scores: &[f64]) -> Vec<f64> {
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, |a, b| Binary::Max.apply(a, b));
    let powers: Vec<f64> = scores.iter().map(|score| elementary::exp_nonpositive(score - largest)).collect();
    // One division for all: a wide one takes as long as eight products.
    let share = 1.0 / powers.iter().sum::<f64>();
    powers.iter().map(|power| power * share).collect()
}

/// 1 for the rule that holds and 0 for the others; all NaN if none or several hold. `None` is `else`.
pub fn ruled(truths: &[Option<f64>]) -> Vec<f64> {
    let sum: f64 = truths.iter().flatten().sum();
    let has_else = truths.iter().any(Option::is_none);
    let sound = if has_else { sum == 0.0 || sum == 1.0 } else { sum == 1.0 };
    let share = |truth: &Option<f64>| match truth {
        _ if !sound => f64::NAN,
        Some(truth) => *truth,
        None => 1.0 - sum,
    };
    truths.iter().map(share).collect()
}

/// ln(base) + Σ w (x − neutral), in the order of the file.
pub fn score(base: &Term, weights: &[Weight]) -> Term {
    let product = |weight: &Weight| {
        let span = weight.value.span;
        let kind = match (weight.variable, weight.state) {
            (Variable::Category(id), Some(state)) => TermKind::Is(id, state),
            (variable, _) => TermKind::Variable(variable),
        };
        let value = Term { kind, span };
        let distance = match weight.neutral {
            0.0 => value,
            neutral => value.binary(Binary::Subtract, Term::constant(neutral, span), span),
        };
        weight.value.clone().binary(Binary::Multiply, distance, span)
    };
    let terms = std::iter::once(base.clone().unary(Unary::Ln)).chain(weights.iter().map(product)).collect();
    Term::join(terms, Binary::Add, |term| term.span)
}
