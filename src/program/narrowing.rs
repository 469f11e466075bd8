//! What was learned of single factors: their uniforms are confined to where it holds, so that no draw is wasted.

use super::elimination::Potential;
use super::formulas::Formulas;
use super::graph::NodeId;
use super::lowering::{Intervals, Lowering};
use crate::diagnostic::Span;
use crate::distribution::{Distribution, Family};
use crate::expression::{Binary, Comparison, Unary};
use crate::math::special::normal_quantile;
use crate::model::{Factor, QuantityId, Term, TermKind, Variable};

/// What was learned, taken apart: intervals of simple factors, and what else must hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Narrowed<'t> {
    pub(super) intervals: Intervals,
    pub(super) rest: Vec<&'t Term>,
}

impl<'t> Narrowed<'t> {
    /// Takes `propositions` apart.
    pub(super) fn new(formulas: &Formulas, propositions: &[&'t Term]) -> Narrowed<'t> {
        let mut learned = Narrowed::default();
        let mut parts = Vec::new();
        propositions.iter().for_each(|one| conjuncts(one, &mut parts));
        for part in parts {
            match confined(formulas, part) {
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

impl Lowering<'_> {
    /// A quantity's own uniform, confined to where what was learned of it holds.
    pub(super) fn own(&mut self, id: QuantityId) -> NodeId {
        let Some((low, high)) = self.intervals.get(&id).copied() else { return self.input(id) };
        if let Some(known) = self.confined.get(&id) {
            return *known;
        }
        let span = self.model.quantities[id.0].span;
        let (low, high) = self.ends(id, (low, high), span);
        let width = self.graph().binary(Binary::Subtract, high, low, span);
        let input = self.input(id);
        let part = self.graph().binary(Binary::Multiply, width, input, span);
        let uniform = self.graph().binary(Binary::Add, low, part, span);
        self.confined.insert(id, uniform);
        match self.graph().constant(width) {
            Some(width) => self.confined_to *= width,
            None => self.evidence.push(Potential { scope: Vec::new(), entries: vec![width] }),
        }
        uniform
    }

    /// The ends of the interval of a quantity's own uniform. Where a copula makes the uniform, its normal must lie between
    /// two numbers, of which the normals before it are taken off (Geweke 1991; Hajivassiliou & McFadden 1998).
    fn ends(&mut self, id: QuantityId, (low, high): (f64, f64), span: Span) -> (NodeId, NodeId) {
        let quantity = &self.model.quantities[id.0];
        let normals = &quantity.normals;
        let Some(own) = normals.iter().find(|(one, _)| *one == id).map(|(_, own)| *own) else {
            return (self.graph().number(low, span), self.graph().number(high, span));
        };
        let others: Vec<(QuantityId, f64)> = normals.iter().copied().filter(|(one, _)| *one != id).collect();
        let score = self.score(&others, span);
        let mut end = |level: f64| {
            if level <= 0.0 || level >= 1.0 {
                return self.graph().number(level.clamp(0.0, 1.0), span);
            }
            let bound = match quantity.mixing {
                None => self.graph().number(normal_quantile(level), span),
                Some(mixing) => {
                    let root = self.root(mixing, span);
                    let bound = self.graph().number(student_quantile(level, mixing.degrees), span);
                    self.graph().binary(Binary::Multiply, bound, root, span)
                }
            };
            let graph = self.graph();
            let distance = graph.binary(Binary::Subtract, bound, score, span);
            let own = graph.number(own, span);
            let normal = graph.binary(Binary::Divide, distance, own, span);
            graph.unary(Unary::NormalLevel, normal, span)
        };
        (end(low), end(high))
    }
}

/// The quantile of Student's t.
fn student_quantile(level: f64, degrees: f64) -> f64 {
    Family::StudentT.build(&[degrees, 0.0, 1.0]).map_or(f64::NAN, |law| law.quantile(level))
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
fn confined(formulas: &Formulas, part: &Term) -> Option<(QuantityId, (f64, f64))> {
    let TermKind::Compare(comparison, a, b) = &part.kind else { return None };
    let (factor, comparison, bound) = match (&a.kind, &b.kind) {
        (TermKind::Variable(Variable::Factor(id)), TermKind::Constant(bound)) => (*id, *comparison, *bound),
        (TermKind::Constant(bound), TermKind::Variable(Variable::Factor(id))) => {
            (*id, comparison.mirrored(), *bound)
        }
        _ => return None,
    };
    if formulas.cut(Variable::Factor(factor)).is_some() {
        return None;
    }
    let model = formulas.model;
    let factor = &model.factors[factor.0];
    let (quantity, rises) = drawn(factor)?;
    // In a copula only what a normal of its own moves can be confined.
    let normals = &model.quantities[quantity.0].normals;
    let moves = |(one, own): &(QuantityId, f64)| *one == quantity && *own != 0.0;
    if !normals.is_empty() && !normals.iter().any(moves) {
        return None;
    }
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
