//! What was learned of single factors: their uniforms are confined to where it holds, so that no draw is wasted.

use std::collections::BTreeMap;

use super::answers::Setting;
use crate::distribution::Distribution;
use crate::expression::{Binary, Comparison};
use crate::model::{Factor, Model, QuantityId, Term, TermKind, Variable};

/// Intervals of the uniforms of some quantities, in (0, 1): of those that a copula joins, of the uniform that it makes.
pub(super) type Intervals = BTreeMap<QuantityId, (f64, f64)>;

/// What was learned, taken apart: intervals of simple factors, and what else must hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Learned<'t> {
    pub(super) intervals: Intervals,
    pub(super) rest: Vec<&'t Term>,
}

impl<'t> Learned<'t> {
    /// Takes `propositions` apart. Factors that are cut are not confined.
    pub(super) fn new(model: &Model, cut: &Setting, propositions: &'t [Term]) -> Learned<'t> {
        let mut learned = Learned::default();
        let mut parts = Vec::new();
        propositions.iter().for_each(|one| conjuncts(one, &mut parts));
        for part in parts {
            match confined(model, cut, part) {
                Some((quantity, interval)) => {
                    let known = learned.intervals.entry(quantity).or_insert((0.0, 1.0));
                    *known = (known.0.max(interval.0), known.1.min(interval.1));
                }
                None => learned.rest.push(part),
            }
        }
        learned
    }
}

/// The parts of a proposition that must all hold.
fn conjuncts<'t>(term: &'t Term, found: &mut Vec<&'t Term>) {
    match &term.kind {
        TermKind::Binary(Binary::And, a, b) => {
            conjuncts(a, found);
            conjuncts(b, found);
        }
        _ => found.push(term),
    }
}

/// The interval of a quantity's uniform in which a comparison of a simple factor with a number holds.
fn confined(model: &Model, cut: &Setting, part: &Term) -> Option<(QuantityId, (f64, f64))> {
    let TermKind::Compare(comparison, a, b) = &part.kind else { return None };
    let (factor, comparison, bound) = match (&a.kind, &b.kind) {
        (TermKind::Variable(Variable::Factor(id)), TermKind::Constant(bound)) => (*id, *comparison, *bound),
        (TermKind::Constant(bound), TermKind::Variable(Variable::Factor(id))) => {
            (*id, comparison.mirrored(), *bound)
        }
        _ => return None,
    };
    if cut.contains_key(&Variable::Factor(factor)) {
        return None;
    }
    let factor = &model.factors[factor.0];
    let (quantity, rises) = drawn(factor)?;
    let interval = interval(factor.distribution.as_ref()?, comparison, bound)?;
    Some((quantity, if rises { interval } else { (1.0 - interval.1, 1.0 - interval.0) }))
}

/// The one quantity that a simple factor is drawn from, and whether the factor rises with it.
fn drawn(factor: &Factor) -> Option<(QuantityId, bool)> {
    factor.distribution.as_ref()?;
    let (id, scale) = factor.drawn?;
    Some((id, scale > 0.0))
}

/// The levels at which a law's quantile function satisfies a comparison.
fn interval(law: &Distribution, comparison: Comparison, bound: f64) -> Option<(f64, f64)> {
    // P(X < bound): the same as at the next smaller number.
    let below = law.cdf(bound.next_down());
    let up_to = law.cdf(bound);
    match comparison {
        Comparison::Less => Some((0.0, below)),
        Comparison::LessOrEqual => Some((0.0, up_to)),
        Comparison::Greater => Some((up_to, 1.0)),
        Comparison::GreaterOrEqual => Some((below, 1.0)),
        Comparison::Equal if up_to > below && law.has_atoms() => Some((below, up_to)),
        Comparison::Equal | Comparison::NotEqual => None,
    }
}
