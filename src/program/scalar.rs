//! A program over one draw: slow, plain, and the judge of what went wrong in a void one.

use super::graph::{Node, NodeId};
use super::{Program, WorldId};
use crate::diagnostic::Span;
use crate::expression::operation::select;
use crate::model::{softmax, within};

/// Why a draw is void.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fault {
    /// The operation that first gave no number.
    pub span: Span,
    /// What it gave: NaN, or an infinity.
    pub value: f64,
}

impl Program {
    /// The outputs of one draw, given the uniform of every input.
    pub fn evaluate_one(&self, uniforms: &[f64]) -> Vec<f64> {
        let values = self.values(uniforms);
        self.outputs.iter().map(|(node, _)| values[node.0]).collect()
    }

    /// The place where a draw that is void in a world went wrong; `None` if it is sound.
    pub fn fault(&self, world: WorldId, uniforms: &[f64]) -> Option<Fault> {
        let values = self.values(uniforms);
        let mut nodes = self.of_world[world.0].iter().map(|output| self.outputs[output.0].0);
        let mut here = nodes.find(|node| !values[node.0].is_finite())?;
        while let Some(cause) = self.cause(here, &values) {
            here = cause;
        }
        Some(Fault { span: self.graph.spans[here.0], value: values[here.0] })
    }

    /// The operand that is to blame for a value that is no number, if any is.
    fn cause(&self, id: NodeId, values: &[f64]) -> Option<NodeId> {
        let bad = |id: &NodeId| !values[id.0].is_finite();
        match self.graph.node(id) {
            Node::Select(condition, one, other) => {
                let taken = if values[condition.0] != 0.0 { one } else { other };
                [*condition, *taken].into_iter().find(bad)
            }
            // An infinity may be sound, as the score −∞ of what can't happen: a NaN beside it is to blame.
            node => {
                let operands = node.operands();
                let void = operands.iter().copied().find(|id| values[id.0].is_nan());
                void.or_else(|| operands.into_iter().find(bad))
            }
        }
    }

    /// The value of every node; of a softmax, NaN, because its shares hold it.
    fn values(&self, uniforms: &[f64]) -> Vec<f64> {
        let mut values: Vec<f64> = Vec::with_capacity(self.graph.nodes.len());
        for node in &self.graph.nodes {
            let value = self.value_of(node, &values, uniforms);
            values.push(value);
        }
        values
    }

    fn value_of(&self, node: &Node, values: &[f64], uniforms: &[f64]) -> f64 {
        let at = |id: &NodeId| values[id.0];
        match node {
            Node::Constant(bits) => f64::from_bits(*bits),
            Node::Input(input) => uniforms[*input],
            Node::Quantile { shape, from, parameters } => {
                let parameters: Vec<f64> = parameters.iter().map(at).collect();
                self.routes.get(*shape).draw(&parameters, at(from))
            }
            Node::Unary(operation, a) => operation.apply(at(a)),
            Node::Binary(operation, a, b) => operation.apply(at(a), at(b)),
            Node::Compare(comparison, a, b) => comparison.apply(at(a), at(b)),
            Node::Select(condition, one, other) => select(at(condition), at(one), at(other)),
            Node::Within(a, low, high) => within(at(a), f64::from_bits(*low), f64::from_bits(*high)),
            Node::Softmax(scores) => scores.iter().map(at).sum(),
            Node::Share(softmaxed, index) => match self.graph.node(*softmaxed) {
                Node::Softmax(scores) => {
                    let scores: Vec<f64> = scores.iter().map(at).collect();
                    softmax(&scores)[*index]
                }
                _ => f64::NAN,
            },
        }
    }
}
