//! The points on which all values of a quantity lie, where its formula shows them.

use super::graph::{Node, NodeId};
use super::{Program, SpreadId};
use crate::distribution::{Anatomy, Distribution, Points, Univariate};
use crate::expression::{Binary, Unary};
use crate::model::Shape;

impl Program {
    /// The points on which all values of a quantity lie; `None` if it may take others.
    pub fn points(&self, id: SpreadId) -> Option<&Points> {
        let all = self.points.get_or_init(|| self.all_points());
        all[id.0].as_ref()
    }

    fn all_points(&self) -> Vec<Option<Points>> {
        let nodes = self.points_of_nodes();
        let of = |at: usize| {
            let mut states =
                self.spreads[at].states.iter().map(|(value, _)| &nodes[self.outputs[value.0].0.0]);
            let first = states.next()?.clone()?;
            states.try_fold(first, |found, one| found.or(one.clone()?))
        };
        (0..self.spreads.len()).map(of).collect()
    }

    /// Those of each node, operands first.
    fn points_of_nodes(&self) -> Vec<Option<Points>> {
        let mut found: Vec<Option<Points>> = Vec::with_capacity(self.graph.nodes.len());
        for node in &self.graph.nodes {
            let points = self.points_of(node, |id| found[id.0].clone());
            found.push(points);
        }
        found
    }

    fn points_of(&self, node: &Node, of: impl Fn(&NodeId) -> Option<Points>) -> Option<Points> {
        let alone = |points: &Points| match points {
            Points::Few(points) if points.len() == 1 => Some(points[0]),
            _ => None,
        };
        match node {
            Node::Constant(bits) => Points::few(vec![f64::from_bits(*bits)]),
            Node::Quantile { shape, .. } => drawn(self.routes.shape(*shape)),
            Node::Compare(..) | Node::Binary(Binary::And | Binary::Or, ..) => Points::few(vec![0.0, 1.0]),
            Node::Unary(Unary::Negate, a) => of(a)?.times(-1.0),
            Node::Unary(operation, a) => match (operation, of(a)) {
                (_, Some(few @ Points::Few(_))) => few.mapped(|x| operation.apply(x)),
                (Unary::Floor | Unary::Ceil | Unary::Round, _) => Some(Points::WHOLE),
                _ => None,
            },
            Node::Binary(Binary::Add, a, b) => of(a)?.plus(of(b)?),
            Node::Binary(Binary::Subtract, a, b) => of(a)?.plus(of(b)?.times(-1.0)?),
            Node::Binary(Binary::Multiply, a, b) => {
                let (a, b) = (of(a)?, of(b)?);
                match (alone(&a), alone(&b)) {
                    (Some(by), _) => b.times(by),
                    (None, Some(by)) => a.times(by),
                    (None, None) => None,
                }
            }
            Node::Binary(Binary::Min | Binary::Max, a, b) | Node::Select(_, a, b) => of(a)?.or(of(b)?),
            Node::Within(a, ..) => of(a),
            _ => None,
        }
    }
}

/// The points on which the draws of a shape lie.
fn drawn(shape: &Shape) -> Option<Points> {
    match shape {
        Shape::Fixed(law) => listed(law).or_else(|| Points::steps(Univariate::step(law)?, law.quantile(0.5))),
        Shape::Family(family, ..) => family.is_discrete().then_some(Points::WHOLE),
        Shape::Scaled(inner, scale, shift) => {
            drawn(inner)?.times(scale.as_constant()?)?.plus(Points::few(vec![shift.as_constant()?])?)
        }
        Shape::Truncated(inner, ..) => drawn(inner),
        Shape::Mixture(parts) => {
            let mut all = parts.iter().map(|(_, part)| drawn(part));
            let first = all.next()??;
            all.try_fold(first, |found, one| found.or(one?))
        }
    }
}

/// The values of a table or of data, if they are few.
fn listed(law: &Distribution) -> Option<Points> {
    match law.anatomy() {
        Anatomy::Family(..) => None,
        Anatomy::Table(values, _) | Anatomy::Data(values) => {
            let mut distinct: Vec<f64> = values.to_vec();
            distinct.dedup();
            Points::few(distinct)
        }
        Anatomy::Scaled(inner, scale, shift) => listed(inner)?.mapped(|x| scale * x + shift),
        Anatomy::Truncated(inner, ..) => listed(inner),
        Anatomy::Mixture(parts) => {
            let mut all = parts.into_iter().map(|(_, part)| listed(part));
            let first = all.next()??;
            all.try_fold(first, |found, one| found.or(one?))
        }
    }
}
