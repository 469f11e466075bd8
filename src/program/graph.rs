//! Operations without repetition: a graph in which equal operations on equal operands are one node, and operations
//! on constants are constants (value numbering; Cocke & Schwartz 1970).

use std::collections::HashMap;

use crate::diagnostic::Span;
use crate::expression::operation::select;
use crate::expression::{Binary, Comparison, Unary};
use crate::model::within;

/// Position of a node; operands always come before what uses them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct NodeId(pub(super) usize);

/// One operation. Numbers are held by their bits, so that equal nodes are the same node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    Constant(u64),
    /// The uniform of an input.
    Input(usize),
    /// A shape's quantile at a uniform, or at Φ of a normal, given its parameters.
    Quantile {
        shape: usize,
        from: NodeId,
        parameters: Vec<NodeId>,
    },
    Unary(Unary, NodeId),
    Binary(Binary, NodeId, NodeId),
    Compare(Comparison, NodeId, NodeId),
    Select(NodeId, NodeId, NodeId),
    Within(NodeId, u64, u64),
    /// The softmax of scores; its shares are nodes of their own.
    Softmax(Vec<NodeId>),
    Share(NodeId, usize),
}

impl Node {
    /// The nodes that it needs.
    pub(super) fn operands(&self) -> Vec<NodeId> {
        match self {
            Node::Constant(_) | Node::Input(_) => vec![],
            Node::Quantile { from, parameters, .. } => parameters.iter().copied().chain([*from]).collect(),
            Node::Unary(_, a) | Node::Within(a, ..) | Node::Share(a, _) => vec![*a],
            Node::Binary(_, a, b) | Node::Compare(_, a, b) => vec![*a, *b],
            Node::Select(a, b, c) => vec![*a, *b, *c],
            Node::Softmax(scores) => scores.clone(),
        }
    }
}

/// The nodes, and where each was written first.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    pub(super) spans: Vec<Span>,
    index: HashMap<Node, NodeId>,
    /// How often a node was asked for.
    #[cfg(test)]
    pub(super) requests: usize,
}

impl Graph {
    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// The value of a constant node.
    pub(super) fn constant(&self, id: NodeId) -> Option<f64> {
        match self.node(id) {
            Node::Constant(bits) => Some(f64::from_bits(*bits)),
            _ => None,
        }
    }

    /// The node, made only if there is none like it.
    pub(super) fn add(&mut self, node: Node, span: Span) -> NodeId {
        #[cfg(test)]
        {
            self.requests += 1;
        }
        if let Some(known) = self.index.get(&node) {
            return *known;
        }
        let id = NodeId(self.nodes.len());
        self.index.insert(node.clone(), id);
        self.nodes.push(node);
        self.spans.push(span);
        id
    }

    pub(super) fn number(&mut self, value: f64, span: Span) -> NodeId {
        self.add(Node::Constant(value.to_bits()), span)
    }

    pub(super) fn unary(&mut self, operation: Unary, a: NodeId, span: Span) -> NodeId {
        match self.constant(a) {
            Some(x) => self.number(operation.apply(x), span),
            None => self.add(Node::Unary(operation, a), span),
        }
    }

    pub(super) fn binary(&mut self, operation: Binary, a: NodeId, b: NodeId, span: Span) -> NodeId {
        match (self.constant(a), self.constant(b)) {
            (Some(x), Some(y)) => self.number(operation.apply(x, y), span),
            _ => self.add(Node::Binary(operation, a, b), span),
        }
    }

    pub(super) fn compare(&mut self, comparison: Comparison, a: NodeId, b: NodeId, span: Span) -> NodeId {
        match (self.constant(a), self.constant(b)) {
            (Some(x), Some(y)) => self.number(comparison.apply(x, y), span),
            _ => self.add(Node::Compare(comparison, a, b), span),
        }
    }

    pub(super) fn select(&mut self, condition: NodeId, one: NodeId, other: NodeId, span: Span) -> NodeId {
        match self.constant(condition) {
            Some(x) if x.is_nan() => condition,
            Some(x) => {
                if select(x, 1.0, 0.0) == 1.0 {
                    one
                } else {
                    other
                }
            }
            None => self.add(Node::Select(condition, one, other), span),
        }
    }

    pub(super) fn within(&mut self, a: NodeId, low: f64, high: f64, span: Span) -> NodeId {
        match self.constant(a) {
            Some(x) => self.number(within(x, low, high), span),
            None => self.add(Node::Within(a, low.to_bits(), high.to_bits()), span),
        }
    }

    /// The shares of a softmax.
    pub(super) fn softmax(&mut self, scores: Vec<NodeId>, span: Span) -> Vec<NodeId> {
        let constants: Option<Vec<f64>> = scores.iter().map(|one| self.constant(*one)).collect();
        if let Some(values) = constants {
            let shares = crate::model::softmax(&values);
            return shares.into_iter().map(|share| self.number(share, span)).collect();
        }
        let count = scores.len();
        let softmax = self.add(Node::Softmax(scores), span);
        (0..count).map(|index| self.add(Node::Share(softmax, index), span)).collect()
    }

    /// a × b, and 0 where one of them is 0: what has no chance in a draw can't make it void.
    pub(super) fn weigh(&mut self, a: NodeId, b: NodeId, span: Span) -> NodeId {
        match (self.constant(a), self.constant(b)) {
            (Some(0.0), _) => a,
            (_, Some(0.0)) => b,
            (Some(1.0), _) => b,
            (_, Some(1.0)) => a,
            _ => self.binary(Binary::Weigh, a, b, span),
        }
    }
}
