//! The states of what chance decides together with others, in nodes: see [`model::Latent`](crate::model::Latent).

use super::graph::{Node, NodeId};
use super::lowering::Lowering;
use super::route::Origin;
use crate::diagnostic::Span;
use crate::distribution::{Distribution, Normal, StudentT};
use crate::expression::{Binary, Comparison, Unary};
use crate::math::special::Tails;
use crate::model::{Latent, Mixing, Part, Shape, Side, Variable, end};

use super::elimination::sum;
use super::potential::State;

impl Lowering<'_> {
    /// The probabilities of the states of an event or of a factor with states, in a state of what decides them: of an event,
    /// that it does not happen and that it does. In a copula they are those given the normals that are drawn.
    pub(super) fn chances(&mut self, variable: Variable, state: &State) -> Vec<NodeId> {
        let formulas = self.formulas.all_of(variable);
        let span = formulas[0].span;
        let mut shares: Vec<NodeId> = formulas.iter().map(|one| self.term(one, state)).collect();
        let is_event = matches!(variable, Variable::Event(_));
        if is_event {
            shares.insert(0, self.graph().unary(Unary::Not, shares[0], span));
        }
        let model = self.model;
        let Some(latent) = model.latent(variable).filter(|_| shares.len() > 1) else { return shares };
        let mut given = self.given_normals(latent, &shares, span);
        if is_event {
            given[0] = self.graph().unary(Unary::Not, given[1], span);
        }
        given
    }

    fn given_normals(&mut self, latent: &Latent, shares: &[NodeId], span: Span) -> Vec<NodeId> {
        let score = self.score(&latent.normals, span);
        let root = latent.mixing.map(|mixing| self.root(mixing, span));
        let zero = self.graph().number(0.0, span);
        let mut through: Vec<NodeId> = Vec::new();
        for at in 0..shares.len() - 1 {
            let share = sum(self.graph(), &shares[..=at], span);
            through.push(self.beside(latent, Side::Below, share, [score, root.unwrap_or(zero)], span));
        }
        let last = shares[shares.len() - 1];
        let last = self.beside(latent, Side::Above, last, [score, root.unwrap_or(zero)], span);
        let part = |part: Part| match part {
            Part::Through(at) => through[at],
            Part::Between(at) => {
                let between = self.graph().binary(Binary::Subtract, through[at], through[at - 1], span);
                self.graph().binary(Binary::Max, between, zero, span)
            }
            Part::Last => last,
        };
        Part::of(shares.len()).map(part).collect()
    }

    /// The probability that the normal lies on a side of the point beyond which `share` lies on that side, given the drawn
    /// normals: 0 and 1 stay what they are.
    fn beside(
        &mut self,
        latent: &Latent,
        side: Side,
        share: NodeId,
        [score, root]: [NodeId; 2],
        span: Span,
    ) -> NodeId {
        if let Some(0.0 | 1.0) = self.graph().constant(share) {
            return share;
        }
        let mut point = self.point(latent.mixing, share, span);
        if latent.mixing.is_some() {
            point = self.graph().binary(Binary::Multiply, point, root, span);
        }
        let graph = self.graph();
        let towards = if side == Side::Below { Binary::Subtract } else { Binary::Add };
        let distance = graph.binary(towards, point, score, span);
        let [zero, one, own] = [0.0, 1.0, latent.own].map(|value| graph.number(value, span));
        let level = match latent.own {
            0.0 => graph.compare(Comparison::GreaterOrEqual, distance, zero, span),
            _ => {
                let distance = graph.binary(Binary::Divide, distance, own, span);
                graph.unary(Unary::NormalLevel, distance, span)
            }
        };
        if graph.constant(share).is_some() {
            return level;
        }
        let rest = graph.unary(Unary::Not, share, span);
        let level = graph.select(rest, level, one, span);
        graph.select(share, level, zero, span)
    }

    /// The point of the copula's standard law below which this share lies.
    fn point(&mut self, mixing: Option<Mixing>, share: NodeId, span: Span) -> NodeId {
        if let Some(share) = self.graph().constant(share) {
            let point = end(mixing, Tails::from_lower(share));
            return self.graph().number(point, span);
        }
        let student = mixing.and_then(|mixing| StudentT::new(mixing.degrees, 0.0, 1.0).ok());
        let law = student.map_or(Distribution::Normal(Normal::STANDARD), Distribution::StudentT);
        let shape = self.ground.shapes.place(&Shape::Fixed(law), Origin::Uniform);
        self.graph().add(Node::Quantile { shape, from: share, parameters: Vec::new() }, span)
    }
}
