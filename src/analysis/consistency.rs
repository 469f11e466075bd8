//! Claims that cannot hold together, whatever the model: found by linear programming over the outcomes' probabilities.

use crate::expression::{Binary, Comparison, Unary};
use crate::math::feasible::is_feasible;
use crate::model::{ClaimTest, Condition, Measure, Model, Term, TermKind};

/// How far a strict inequality must be from equality.
const STRICT: f64 = 1e-7;

/// Sets of claims (by position) that contradict each other, each as small as it can be: without any one of its members
/// the rest could hold. Claims about anything but outcomes, or with `or`, are not looked at.
pub(super) fn conflicts(model: &Model) -> Vec<Vec<usize>> {
    let mut usable: Vec<(usize, Vec<Row>)> = Vec::new();
    for (index, claim) in model.claims.iter().enumerate() {
        let ClaimTest::Condition(condition) = &claim.test else { continue };
        let mut rows = Vec::new();
        if constraints(model, condition, false, &mut rows).is_some() {
            usable.push((index, rows));
        }
    }
    let mut found = Vec::new();
    while !holds(model, &usable) {
        let conflict = smallest(model, usable.clone());
        let Some(last) = conflict.last().copied() else { break };
        usable.retain(|(index, _)| *index != last);
        found.push(conflict);
    }
    found.sort();
    found
}

/// a · p ≥ b.
type Row = (Vec<f64>, f64);

fn holds(model: &Model, claims: &[(usize, Vec<Row>)]) -> bool {
    let rows: Vec<Row> = claims.iter().flat_map(|(_, rows)| rows.clone()).collect();
    is_feasible(&rows, model.outcomes.len())
}

/// Leaves out every claim without which the others still contradict each other (deletion filter; Chinneck 2008).
fn smallest(model: &Model, mut claims: Vec<(usize, Vec<Row>)>) -> Vec<usize> {
    let mut at = 0;
    while at < claims.len() {
        let taken = claims.remove(at);
        if holds(model, &claims) {
            claims.insert(at, taken);
            at += 1;
        }
    }
    claims.into_iter().map(|(index, _)| index).collect()
}

/// The inequalities of a condition, negated or not; `None` if it is not a conjunction of them.
fn constraints(model: &Model, condition: &Condition, negated: bool, rows: &mut Vec<Row>) -> Option<()> {
    match (condition, negated) {
        (Condition::Compare(measure, sign), _) => {
            let (row, level) = linear(model, measure)?;
            rows.extend(inequalities(row, level, *sign, negated)?);
            Some(())
        }
        (Condition::And(a, b), false) | (Condition::Or(a, b), true) => {
            constraints(model, a, negated, rows)?;
            constraints(model, b, negated, rows)
        }
        (Condition::Not(one), _) => constraints(model, one, !negated, rows),
        _ => None,
    }
}

/// A measure as a · p + constant over the outcomes' probabilities p. A conditional probability compared with a number,
/// P(A | B) − c, has the sign of P(A and B) − c P(B).
fn linear(model: &Model, measure: &Measure) -> Option<(Vec<f64>, f64)> {
    let mut row = vec![0.0; model.outcomes.len()];
    if let [(factor, probability)] = &measure.parts[..]
        && let Some(given) = &probability.given
    {
        for (k, cell) in row.iter_mut().enumerate() {
            let (what, given) = (truth(&probability.what, k)?, truth(given, k)?);
            *cell = factor * what * given + measure.constant * given;
        }
        return Some((row, 0.0));
    }
    for (factor, probability) in &measure.parts {
        if probability.given.is_some() {
            return None;
        }
        for (k, cell) in row.iter_mut().enumerate() {
            *cell += factor * truth(&probability.what, k)?;
        }
    }
    Some((row, measure.constant))
}

/// a · p + constant `sign` 0 as a · p ≥ b.
fn inequalities(row: Vec<f64>, constant: f64, sign: Comparison, negated: bool) -> Option<Vec<Row>> {
    let flipped = |row: &[f64]| row.iter().map(|cell| -cell).collect::<Vec<f64>>();
    let above = |margin: f64| (row.clone(), margin - constant);
    let below = |margin: f64| (flipped(&row), margin + constant);
    Some(match (sign, negated) {
        (Comparison::Greater, false) | (Comparison::LessOrEqual, true) => vec![above(STRICT)],
        (Comparison::GreaterOrEqual, false) | (Comparison::Less, true) => vec![above(0.0)],
        (Comparison::Less, false) | (Comparison::GreaterOrEqual, true) => vec![below(STRICT)],
        (Comparison::LessOrEqual, false) | (Comparison::Greater, true) => vec![below(0.0)],
        (Comparison::Equal, false) | (Comparison::NotEqual, true) => vec![above(0.0), below(0.0)],
        _ => return None,
    })
}

/// Whether a proposition about outcomes alone is true of the k-th.
fn truth(term: &Term, k: usize) -> Option<f64> {
    Some(match &term.kind {
        TermKind::Constant(value) => *value,
        TermKind::Outcome(id) => f64::from(u8::from(id.0 == k)),
        TermKind::Unary(Unary::Not, one) => Unary::Not.apply(truth(one, k)?),
        TermKind::Binary(operation @ (Binary::And | Binary::Or), a, b) => {
            operation.apply(truth(a, k)?, truth(b, k)?)
        }
        _ => return None,
    })
}
