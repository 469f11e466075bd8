//! What was learned of single factors: their uniforms are confined to where it holds, so that no draw is wasted.

use super::formulas::Formulas;
use super::graph::NodeId;
use super::interval::Interval;
use super::lowering::{Intervals, Lowering};
use super::potential::Potential;
use crate::diagnostic::Span;
use crate::expression::{Binary, Comparison, Unary};
use crate::model::{Factor, QuantityId, Term, TermKind, Variable, end as point};

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
                    let known = learned.intervals.entry(quantity).or_insert(Interval::WHOLE);
                    *known = known.and(interval);
                }
                None => learned.rest.push(part),
            }
        }
        learned
    }
}

impl Lowering<'_> {
    /// Whether a quantity is confined to its upper half. Such a one is drawn from the top: as what its mirror image is in the
    /// lower half, where levels have all their digits.
    pub(super) fn is_upper(&self, id: QuantityId) -> bool {
        self.intervals.get(&id).is_some_and(|one| one.is_upper())
    }

    /// The uniform of a quantity in no copula, confined to where what was learned of it holds; counted from the top if it is
    /// [upper](Self::is_upper).
    pub(super) fn own(&mut self, id: QuantityId) -> NodeId {
        let Some(interval) = self.intervals.get(&id).copied() else { return self.input(id) };
        if let Some(known) = self.confined.get(&id) {
            return *known;
        }
        let span = self.model.quantities[id.0].span;
        let mut input = self.input(id);
        let mut levels = interval;
        if interval.is_upper() {
            levels = interval.mirrored();
            input = self.graph().unary(Unary::Not, input, span);
        }
        let [low, high] = [levels.below, levels.through].map(|end| self.graph().number(end.lower, span));
        let uniform = self.between(low, high, input, span);
        self.hold(id, interval, uniform)
    }

    /// The normal of a quantity in a copula, confined to where what was learned of the quantity holds. What lies above 0 is
    /// drawn from the top, draw by draw: how far out the ends are depends on the normals before.
    pub(super) fn own_normal(&mut self, id: QuantityId, interval: Interval) -> NodeId {
        if let Some(known) = self.confined.get(&id) {
            return *known;
        }
        let span = self.model.quantities[id.0].span;
        let [low, high] = self.ends(id, interval, span);
        let zero = self.graph().number(0.0, span);
        let is_upper = self.graph().compare(Comparison::Greater, low, zero, span);
        let [below_low, above_low] = self.levels(low, span);
        let [below_high, above_high] = self.levels(high, span);
        let input = self.input(id);
        let graph = self.graph();
        let turned = graph.unary(Unary::Not, input, span);
        let input = graph.select(is_upper, turned, input, span);
        let low = graph.select(is_upper, above_high, below_low, span);
        let high = graph.select(is_upper, above_low, below_high, span);
        let uniform = self.between(low, high, input, span);
        let normal = self.normal_at(uniform, span);
        let graph = self.graph();
        let turned = graph.binary(Binary::Subtract, zero, normal, span);
        let normal = graph.select(is_upper, turned, normal, span);
        self.hold(id, interval, normal)
    }

    /// The point between two levels where a uniform lies between 0 and 1. The probability of lying between them is learned.
    fn between(&mut self, low: NodeId, high: NodeId, input: NodeId, span: Span) -> NodeId {
        let width = self.graph().binary(Binary::Subtract, high, low, span);
        match self.graph().constant(width) {
            Some(width) => self.confined_to *= width,
            None => {
                self.evidence.push(Potential { scope: Vec::new(), entries: vec![width] });
                self.forget();
            }
        }
        let part = self.graph().binary(Binary::Multiply, width, input, span);
        self.graph().binary(Binary::Add, low, part, span)
    }

    /// Keeps what a quantity is drawn from. What can't be has probability 0.
    fn hold(&mut self, id: QuantityId, interval: Interval, drawn: NodeId) -> NodeId {
        if interval.is_empty() {
            self.confined_to = 0.0;
        }
        self.confined.insert(id, drawn);
        drawn
    }

    /// The numbers between which the normal of a quantity must lie: those of the copula's normal, of which the normals before
    /// it are taken off (Geweke 1991; Hajivassiliou & McFadden 1998).
    fn ends(&mut self, id: QuantityId, interval: Interval, span: Span) -> [NodeId; 2] {
        let quantity = &self.model.quantities[id.0];
        let own = |(one, _): &(QuantityId, f64)| *one == id;
        let others: Vec<(QuantityId, f64)> =
            quantity.normals.iter().copied().filter(|one| !own(one)).collect();
        let coefficient = quantity.normals.iter().find(|one| own(one)).map_or(1.0, |(_, own)| *own);
        let score = self.score(&others, span);
        [interval.below, interval.through].map(|end| {
            let bound = self.graph().number(point(quantity.mixing, end), span);
            if end.lower <= 0.0 || end.upper <= 0.0 {
                return bound;
            }
            let bound = match quantity.mixing {
                None => bound,
                Some(mixing) => {
                    let root = self.root(mixing, span);
                    self.graph().binary(Binary::Multiply, bound, root, span)
                }
            };
            let distance = self.graph().binary(Binary::Subtract, bound, score, span);
            let coefficient = self.graph().number(coefficient, span);
            self.graph().binary(Binary::Divide, distance, coefficient, span)
        })
    }

    /// Φ(z) and Φ(−z), which at the ends of the line are 0 and 1.
    fn levels(&mut self, z: NodeId, span: Span) -> [NodeId; 2] {
        let graph = self.graph();
        match graph.constant(z).filter(|z| z.is_infinite()) {
            Some(z) => [z > 0.0, z < 0.0].map(|is_top| graph.number(f64::from(u8::from(is_top)), span)),
            None => {
                let turned = graph.unary(Unary::Negate, z, span);
                [z, turned].map(|one| graph.unary(Unary::NormalLevel, one, span))
            }
        }
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
fn confined(formulas: &Formulas, part: &Term) -> Option<(QuantityId, Interval)> {
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
    model.quantities[quantity.0].shape.fixed()?;
    // In a copula only what a normal of its own moves can be confined.
    let normals = &model.quantities[quantity.0].normals;
    let moves = |(one, own): &(QuantityId, f64)| *one == quantity && *own != 0.0;
    if !normals.is_empty() && !normals.iter().any(moves) {
        return None;
    }
    let interval = Interval::of(factor.distribution.as_ref()?, comparison, bound)?;
    Some((quantity, if rises { interval } else { interval.mirrored() }))
}

/// The one quantity that a simple factor is drawn from, and whether the factor rises with it.
fn drawn(factor: &Factor) -> Option<(QuantityId, bool)> {
    factor.distribution.as_ref()?;
    let (id, scale) = factor.drawn?;
    Some((id, scale > 0.0))
}
