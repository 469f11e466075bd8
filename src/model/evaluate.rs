//! The values of formulas: the definition of a model's arithmetic. Every faster way of computing must agree with this one bit
//! for bit, but where a table stands for a quantile at Φ of a normal.

use super::id::Variable;
use super::term::{Lookup, Term, TermKind};
use crate::expression::operation::select;

/// The values of a formula without names or draws; `None` if it has any.
pub fn constant(term: &Term) -> Option<f64> {
    evaluate(term, &|_| None)
}

/// Evaluates a term; `leaf` gives the values of variables, draws and outcomes.
pub fn evaluate(term: &Term, leaf: &impl Fn(&TermKind) -> Option<f64>) -> Option<f64> {
    Some(match &term.kind {
        TermKind::Constant(value) => *value,
        TermKind::Unary(operation, one) => operation.apply(evaluate(one, leaf)?),
        TermKind::Binary(operation, a, b) => operation.apply(evaluate(a, leaf)?, evaluate(b, leaf)?),
        TermKind::Compare(comparison, a, b) => comparison.apply(evaluate(a, leaf)?, evaluate(b, leaf)?),
        TermKind::If(parts) => {
            let [condition, one, other] = &**parts;
            select(evaluate(condition, leaf)?, evaluate(one, leaf)?, evaluate(other, leaf)?)
        }
        TermKind::Within(one, low, high) => within(evaluate(one, leaf)?, *low, *high),
        TermKind::Table(lookup) => {
            evaluate(lookup.row(|parent| state(parent, lookup, leaf).ok_or(())).ok()?, leaf)?
        }
        other => leaf(other)?,
    })
}

/// The state that a parent of a table is in.
fn state(parent: Variable, lookup: &Lookup, leaf: &impl Fn(&TermKind) -> Option<f64>) -> Option<usize> {
    match parent {
        Variable::Category(id) => {
            let (_, count) = lookup.parents.iter().find(|(one, _)| *one == parent)?;
            (0..*count).find(|state| leaf(&TermKind::Is(id, *state)) == Some(1.0))
        }
        event => Some(usize::from(leaf(&TermKind::Variable(event))? == 1.0)),
    }
}

/// `value` if it lies in [low, high], else void. A rounding error beyond an end, of one part in 10^12 of the
/// interval's ends, is taken as the end.
#[inline(always)]
pub fn within(value: f64, low: f64, high: f64) -> f64 {
    let slack = 1e-12
        * (if low.is_finite() { low.abs() } else { 0.0 }).max(if high.is_finite() {
            high.abs()
        } else {
            0.0
        });
    let inside = value >= low - slack && value <= high + slack;
    let clamped = if value < low {
        low
    } else if value > high {
        high
    } else {
        value
    };
    if inside { clamped } else { f64::NAN }
}
