//! Formulas to nodes, in one state of what chance decides.

use super::graph::{Node, NodeId};
use super::lowering::{Lowering, chance, part};
use super::potential::{Chance, State};
use super::route::Origin;
use crate::diagnostic::Span;
use crate::distribution::{Distribution, Normal, Scaled};
use crate::expression::{Binary, Comparison, Unary};
use crate::model::{Mixing, Outcomes, QuantityId, Shape, Term, TermKind, TheoryId, Variable};

impl Lowering<'_> {
    pub(super) fn term(&mut self, term: &Term, state: &State) -> NodeId {
        let span = term.span;
        match &term.kind {
            TermKind::Constant(value) => self.graph().number(*value, span),
            TermKind::Variable(variable) => self.variable(*variable, state, span),
            TermKind::Draw(id) => self.draw(*id, state),
            TermKind::Unary(operation, one) => {
                let one = self.term(one, state);
                self.graph().unary(*operation, one, span)
            }
            TermKind::Binary(operation, a, b) => {
                let (a, b) = (self.term(a, state), self.term(b, state));
                self.graph().binary(*operation, a, b, span)
            }
            TermKind::Compare(comparison, a, b) => {
                let (a, b) = (self.term(a, state), self.term(b, state));
                self.graph().compare(*comparison, a, b, span)
            }
            TermKind::If(parts) => {
                let [condition, one, other] = [0, 1, 2].map(|index| self.term(&parts[index], state));
                self.graph().select(condition, one, other, span)
            }
            TermKind::Within(one, low, high) => {
                let one = self.term(one, state);
                self.graph().within(one, *low, *high, span)
            }
            TermKind::Is(id, own) if self.drawn.contains_key(&Chance::Category(*id)) => {
                self.is_drawn(Chance::Category(*id), *own, span)
            }
            TermKind::Is(id, own) => {
                let is_so = self.state_of(Chance::Category(*id), state) == *own;
                self.graph().number(f64::from(u8::from(is_so)), span)
            }
            TermKind::Table(lookup) if lookup.parents.iter().any(|(one, _)| self.is_of_draws(*one)) => {
                self.drawn_row(lookup, state, span)
            }
            TermKind::Table(lookup) => {
                let of = |parent| Ok::<_, ()>(chance(parent).map_or(0, |one| self.state_of(one, state)));
                match lookup.row(of) {
                    Ok(row) => self.term(row, state),
                    Err(()) => self.graph().number(f64::NAN, span),
                }
            }
            TermKind::Theory(id) => {
                let is_so = self.state_of(Chance::Theory, state) == id.0;
                self.graph().number(f64::from(u8::from(is_so)), span)
            }
            TermKind::Outcome(id) => {
                let is_so = state.get(&Chance::Outcome) == Some(&id.0);
                self.graph().number(f64::from(u8::from(is_so)), span)
            }
        }
    }

    fn variable(&mut self, variable: Variable, state: &State, span: Span) -> NodeId {
        if let Some(value) = self.formulas.cut(variable) {
            return self.graph().number(value, span);
        }
        match chance(variable) {
            Some(event) if self.drawn.contains_key(&event) => self.drawn[&event],
            Some(event) => {
                let happens = self.state_of(event, state);
                self.graph().number(happens as f64, span)
            }
            None => self.formula(variable, state),
        }
    }

    /// The value of a factor or a derived value.
    pub(super) fn formula(&mut self, variable: Variable, state: &State) -> NodeId {
        if let Some(value) = self.formulas.cut(variable) {
            return self.graph().number(value, Span::default());
        }
        let key = part(state, &self.direct[&variable]);
        if let Some(known) = self.lowered.get(&(variable, key.clone())) {
            return *known;
        }
        let formulas = self.formulas;
        let node = self.term(formulas.of(variable), state);
        self.lowered.insert((variable, key), node);
        node
    }

    fn draw(&mut self, id: QuantityId, state: &State) -> NodeId {
        let model = self.model;
        let quantity = &model.quantities[id.0];
        let parameters: Vec<NodeId> =
            quantity.shape.parameters().into_iter().map(|one| self.term(one, state)).collect();
        let (from, origin) = self.origin(id);
        match mirrored(&quantity.shape).filter(|_| self.is_upper(id)) {
            Some(mirror) => {
                let shape = self.ground.shapes.place(&mirror, origin);
                let graph = self.graph();
                let image = graph.add(Node::Quantile { shape, from, parameters }, quantity.span);
                let zero = graph.number(0.0, quantity.span);
                graph.binary(Binary::Subtract, zero, image, quantity.span)
            }
            None => {
                let shape = self.ground.shapes.place(&quantity.shape, origin);
                self.graph().add(Node::Quantile { shape, from, parameters }, quantity.span)
            }
        }
    }

    /// What a quantity is drawn from: a uniform as that of [`model::level`](crate::model::level), in nodes, or the normal of
    /// which it is the level; of a quantity that is [upper](Self::is_upper), the mirror image of either.
    fn origin(&mut self, id: QuantityId) -> (NodeId, Origin) {
        let quantity = &self.model.quantities[id.0];
        if quantity.normals.is_empty() {
            return (self.own(id), Origin::Uniform);
        }
        let span = quantity.span;
        let mut score = self.score(&quantity.normals, span);
        if self.is_upper(id) {
            score = self.graph().unary(Unary::Negate, score, span);
        }
        let Some(mixing) = quantity.mixing else { return (score, Origin::Normal) };
        let root = self.root(mixing, span);
        let score = self.graph().binary(Binary::Divide, score, root, span);
        let degrees = self.graph().number(mixing.degrees, span);
        (self.graph().binary(Binary::StudentLevel, score, degrees, span), Origin::Uniform)
    }

    /// What the normals of a t copula's group are divided by.
    pub(super) fn root(&mut self, mixing: Mixing, span: Span) -> NodeId {
        let square = self.draw(mixing.quantity, &State::new());
        self.graph().unary(Unary::Sqrt, square, span)
    }

    /// Σ coefficient × normal; 0 for none.
    pub(super) fn score(&mut self, normals: &[(QuantityId, f64)], span: Span) -> NodeId {
        let mut sum = None;
        for (other, coefficient) in normals {
            let normal = self.normal(*other);
            let coefficient = self.graph().number(*coefficient, span);
            let part = self.graph().binary(Binary::Multiply, coefficient, normal, span);
            sum = Some(match sum {
                Some(sum) => self.graph().binary(Binary::Add, sum, part, span),
                None => part,
            });
        }
        sum.unwrap_or_else(|| self.graph().number(0.0, span))
    }

    /// Φ⁻¹ of a quantity's own uniform.
    fn normal(&mut self, id: QuantityId) -> NodeId {
        let quantity = &self.model.quantities[id.0];
        let span = quantity.span;
        match self.intervals.get(&id).copied() {
            Some(interval) if !quantity.normals.is_empty() => return self.own_normal(id, interval),
            _ => (),
        }
        // The first of a group is drawn from its own uniform.
        let uniform = self.own(id);
        let normal = self.normal_at(uniform, span);
        if !self.is_upper(id) {
            return normal;
        }
        self.graph().unary(Unary::Negate, normal, span)
    }

    pub(super) fn normal_at(&mut self, uniform: NodeId, span: Span) -> NodeId {
        let standard = Shape::Fixed(Distribution::Normal(Normal::STANDARD));
        let shape = self.ground.shapes.place(&standard, Origin::Uniform);
        self.graph().add(Node::Quantile { shape, from: uniform, parameters: Vec::new() }, span)
    }

    /// A quantity's own uniform.
    pub(super) fn input(&mut self, id: QuantityId) -> NodeId {
        let model = self.model;
        let quantity = &model.quantities[id.0];
        self.drawn_under(&quantity.key, quantity.dimension, quantity.span)
    }

    // Outcomes.

    /// The probability of each outcome in a state of what decides it.
    pub(super) fn shares(&mut self, state: &State) -> Vec<NodeId> {
        let key = part(state, &self.outcome_scope);
        if let Some(known) = self.shared.get(&key) {
            return known.clone();
        }
        let shares = self.lower_shares(state);
        self.shared.insert(key, shares.clone());
        shares
    }

    fn lower_shares(&mut self, state: &State) -> Vec<NodeId> {
        let model = self.model;
        let span = model.outcomes.first().map(|one| one.span).unwrap_or_default();
        let formulas = self.formulas;
        let theory = TheoryId(self.state_of(Chance::Theory, state));
        if formulas.weight(theory) == 0.0 {
            // What can't be right is not looked at, so that it draws nothing.
            return vec![self.graph().number(0.0, span); model.outcomes.len()];
        }
        match formulas.form(theory) {
            Outcomes::Weighted { scores, .. } | Outcomes::Scored(scores) => {
                let scores: Vec<NodeId> = scores.iter().map(|score| self.term(score, state)).collect();
                self.graph().softmax(scores, span)
            }
            Outcomes::Ruled(rules) => {
                let truths: Vec<Option<NodeId>> =
                    rules.iter().map(|rule| rule.as_ref().map(|rule| self.term(rule, state))).collect();
                self.ruled(&truths, span)
            }
        }
    }

    /// As [`model::ruled`](crate::model::ruled), in nodes.
    fn ruled(&mut self, truths: &[Option<NodeId>], span: Span) -> Vec<NodeId> {
        let graph = self.graph();
        let zero = graph.number(0.0, span);
        let one = graph.number(1.0, span);
        let void = graph.number(f64::NAN, span);
        let sum = truths
            .iter()
            .flatten()
            .fold(None, |sum, truth| match sum {
                None => Some(*truth),
                Some(sum) => Some(graph.binary(Binary::Add, sum, *truth, span)),
            })
            .unwrap_or(zero);
        let exactly_one = graph.compare(Comparison::Equal, sum, one, span);
        let has_else = truths.iter().any(Option::is_none);
        let sound = if has_else {
            let none = graph.compare(Comparison::Equal, sum, zero, span);
            graph.binary(Binary::Or, exactly_one, none, span)
        } else {
            exactly_one
        };
        let rest = graph.unary(Unary::Not, sum, span);
        truths.iter().map(|truth| graph.select(sound, truth.unwrap_or(rest), void, span)).collect()
    }
}

/// The shape of −X, without a parameter that is a formula.
fn mirrored(shape: &Shape) -> Option<Shape> {
    let law = shape.fixed()?.clone();
    Some(Shape::Fixed(Scaled::new(law, -1.0, 0.0).ok()?.into()))
}
