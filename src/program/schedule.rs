//! A graph to steps on columns: only what the outputs need, each column given back when nothing needs it any more
//! (linear scan; Poletto & Sarkar 1999).

use std::collections::BTreeMap;

use super::graph::{Graph, Node, NodeId};
use crate::expression::{Binary, Comparison, Unary};

/// Where an operand is found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Operand {
    Column(usize),
    Constant(f64),
}

/// One operation on columns.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    /// A constant output.
    Fill {
        out: usize,
        value: f64,
    },
    Input {
        out: usize,
        input: usize,
    },
    Quantile {
        out: usize,
        shape: usize,
        from: usize,
        parameters: Vec<Operand>,
    },
    Unary {
        out: usize,
        operation: Unary,
        a: usize,
    },
    Binary {
        out: usize,
        operation: Binary,
        a: Operand,
        b: Operand,
    },
    Compare {
        out: usize,
        comparison: Comparison,
        a: Operand,
        b: Operand,
    },
    Select {
        out: usize,
        condition: usize,
        one: Operand,
        other: Operand,
    },
    Within {
        out: usize,
        a: usize,
        low: f64,
        high: f64,
    },
    /// start + Σ weight × (column − neutral), from left to right.
    WeightedSum {
        out: usize,
        start: f64,
        terms: Vec<Addend>,
    },
    /// Scores to shares; `work` are two columns for the largest score and the sum.
    Softmax {
        shares: Vec<usize>,
        scores: Vec<Operand>,
        work: [usize; 2],
    },
}

/// weight × (column − neutral).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Addend {
    pub(super) column: usize,
    pub(super) weight: f64,
    pub(super) neutral: f64,
}

/// The steps, the number of columns, and the column of each output.
pub(super) struct Schedule {
    pub(super) steps: Vec<Step>,
    pub(super) slots: usize,
    pub(super) columns: Vec<usize>,
}

/// Schedules what `outputs` need.
pub(super) fn schedule(graph: &Graph, outputs: &[NodeId]) -> Schedule {
    let mut scheduler = Scheduler::new(graph, outputs);
    for index in 0..graph.nodes.len() {
        scheduler.place(NodeId(index));
    }
    scheduler.finish(outputs)
}

struct Scheduler<'a> {
    graph: &'a Graph,
    /// How many live users each node still has.
    uses: Vec<usize>,
    column: Vec<Option<usize>>,
    free: Vec<usize>,
    slots: usize,
    steps: Vec<Step>,
    /// The shares of each softmax that are needed.
    shares: Vec<Vec<NodeId>>,
    /// Chains of additions that are done in one step.
    sums: Sums,
}

impl<'a> Scheduler<'a> {
    fn new(graph: &'a Graph, outputs: &[NodeId]) -> Scheduler<'a> {
        let count = graph.nodes.len();
        let mut uses = vec![0; count];
        for output in outputs {
            uses[output.0] += 1;
        }
        let mut shares = vec![Vec::new(); count];
        // Operands come before their users, so that going backwards every use is known before it is passed on.
        for index in (0..count).rev() {
            if uses[index] == 0 {
                continue;
            }
            for operand in graph.nodes[index].operands() {
                uses[operand.0] += 1;
            }
        }
        for index in 0..count {
            if let Node::Share(softmax, _) = graph.nodes[index] {
                shares[softmax.0].push(NodeId(index));
            }
        }
        let sums = Sums::find(graph, &uses);
        let column = vec![None; count];
        Scheduler { graph, uses, column, free: Vec::new(), slots: 0, steps: Vec::new(), shares, sums }
    }

    fn take(&mut self) -> usize {
        self.free.pop().unwrap_or_else(|| {
            self.slots += 1;
            self.slots - 1
        })
    }

    fn operand(&self, id: NodeId) -> Operand {
        match (self.graph.constant(id), self.column[id.0]) {
            (Some(value), _) => Operand::Constant(value),
            (None, Some(column)) => Operand::Column(column),
            (None, None) => Operand::Constant(f64::NAN),
        }
    }

    fn column_of(&self, id: NodeId) -> usize {
        self.column[id.0].unwrap_or(0)
    }

    /// Schedules a node if it is needed.
    fn place(&mut self, id: NodeId) {
        let node = self.graph.node(id);
        let is_silent = matches!(node, Node::Constant(_) | Node::Share(..)) || self.sums.absorbed[id.0];
        if self.uses[id.0] == 0 || is_silent {
            return;
        }
        if let Node::Softmax(scores) = node {
            self.softmax(id, scores);
        } else if let Some(sum) = self.sums.chains.remove(&id) {
            self.sum(id, &sum);
            return;
        } else {
            let out = self.take();
            let step = self.step(node, out);
            self.steps.push(step);
            self.column[id.0] = Some(out);
        }
        for operand in node.operands() {
            self.release(operand);
        }
    }

    /// Gives a column back after the last use of its node.
    fn release(&mut self, id: NodeId) {
        self.uses[id.0] -= 1;
        if self.uses[id.0] == 0
            && let Some(column) = self.column[id.0]
        {
            self.free.push(column);
        }
    }

    fn step(&self, node: &Node, out: usize) -> Step {
        match node {
            Node::Input(input) => Step::Input { out, input: *input },
            Node::Quantile { shape, from, parameters } => Step::Quantile {
                out,
                shape: *shape,
                from: self.column_of(*from),
                parameters: parameters.iter().map(|one| self.operand(*one)).collect(),
            },
            Node::Unary(operation, a) => Step::Unary { out, operation: *operation, a: self.column_of(*a) },
            Node::Binary(operation, a, b) => {
                Step::Binary { out, operation: *operation, a: self.operand(*a), b: self.operand(*b) }
            }
            Node::Compare(comparison, a, b) => {
                Step::Compare { out, comparison: *comparison, a: self.operand(*a), b: self.operand(*b) }
            }
            Node::Select(condition, one, other) => Step::Select {
                out,
                condition: self.column_of(*condition),
                one: self.operand(*one),
                other: self.operand(*other),
            },
            Node::Within(a, low, high) => Step::Within {
                out,
                a: self.column_of(*a),
                low: f64::from_bits(*low),
                high: f64::from_bits(*high),
            },
            Node::Constant(bits) => Step::Fill { out, value: f64::from_bits(*bits) },
            Node::Softmax(_) | Node::Share(..) => Step::Fill { out, value: f64::NAN },
        }
    }

    fn sum(&mut self, id: NodeId, sum: &Chain) {
        let out = self.take();
        let addend = |term: &Term| Addend {
            column: self.column_of(term.node),
            weight: term.weight,
            neutral: term.neutral,
        };
        let terms = sum.terms.iter().map(addend).collect();
        self.steps.push(Step::WeightedSum { out, start: sum.start, terms });
        self.column[id.0] = Some(out);
        for term in &sum.terms {
            self.release(term.node);
        }
    }

    /// All shares at once: they are outputs of one step.
    fn softmax(&mut self, id: NodeId, scores: &[NodeId]) {
        let work = [self.take(), self.take()];
        let shares: Vec<usize> = scores.iter().map(|_| self.take()).collect();
        for share in self.shares[id.0].clone() {
            if let Node::Share(_, index) = self.graph.node(share) {
                self.column[share.0] = Some(shares[*index]);
            }
        }
        let scores = scores.iter().map(|one| self.operand(*one)).collect();
        self.steps.push(Step::Softmax { shares, scores, work });
        self.free.extend(work);
        for share in self.shares[id.0].clone() {
            if self.uses[share.0] == 0 {
                self.free.extend(self.column[share.0]);
            }
        }
    }

    fn finish(mut self, outputs: &[NodeId]) -> Schedule {
        let mut columns = Vec::new();
        for output in outputs {
            let column = match self.column[output.0] {
                Some(column) => column,
                None => {
                    let out = self.take();
                    let value = self.graph.constant(*output).unwrap_or(f64::NAN);
                    self.steps.push(Step::Fill { out, value });
                    self.column[output.0] = Some(out);
                    out
                }
            };
            columns.push(column);
        }
        Schedule { steps: self.steps, slots: self.slots, columns }
    }
}

/// A chain of additions: start + Σ weight × (node − neutral).
struct Chain {
    start: f64,
    terms: Vec<Term>,
}

struct Term {
    node: NodeId,
    weight: f64,
    neutral: f64,
}

/// The chains of a graph, by their last node, and the nodes that they swallow. Nothing is reassociated: a chain does the
/// very operations of its nodes in their order (a − w x is a + (−w) x, and 1 x and −0 + x are x, to the last bit).
struct Sums {
    chains: BTreeMap<NodeId, Chain>,
    absorbed: Vec<bool>,
}

impl Sums {
    fn find(graph: &Graph, uses: &[usize]) -> Sums {
        let mut sums = Sums { chains: BTreeMap::new(), absorbed: vec![false; graph.nodes.len()] };
        for index in (0..graph.nodes.len()).rev() {
            if uses[index] > 0 && !sums.absorbed[index] {
                sums.chain(graph, uses, NodeId(index));
            }
        }
        sums
    }

    /// The chain that ends at `last`, if that is worth a step of its own.
    fn chain(&mut self, graph: &Graph, uses: &[usize], last: NodeId) {
        let (mut terms, mut swallowed, mut here) = (Vec::new(), Vec::new(), last);
        while let Some((sign, left, right)) = addition(graph, here) {
            if graph.constant(right).is_some() {
                break;
            }
            terms.push(term(graph, uses, sign, right, &mut swallowed));
            if here != last {
                swallowed.push(here);
            }
            here = left;
            if uses[left.0] != 1 {
                break;
            }
        }
        let additions = terms.len();
        let start = match graph.constant(here) {
            Some(start) => start,
            None => {
                terms.push(term(graph, uses, 1.0, here, &mut swallowed));
                -0.0
            }
        };
        let is_plain = |term: &Term| matches!(term, Term { weight: 1.0 | -1.0, neutral: 0.0, .. });
        if additions == 0 || (additions == 1 && terms.iter().all(is_plain)) {
            return;
        }
        terms.reverse();
        for node in swallowed {
            self.absorbed[node.0] = true;
        }
        self.chains.insert(last, Chain { start, terms });
    }
}

/// (sign of the right side, left, right) of an addition or a subtraction.
fn addition(graph: &Graph, id: NodeId) -> Option<(f64, NodeId, NodeId)> {
    match graph.node(id) {
        Node::Binary(Binary::Add, left, right) => Some((1.0, *left, *right)),
        Node::Binary(Binary::Subtract, left, right) => Some((-1.0, *left, *right)),
        _ => None,
    }
}

/// `node` as weight × (inner − neutral), with the nodes that this makes needless.
fn term(graph: &Graph, uses: &[usize], sign: f64, node: NodeId, swallowed: &mut Vec<NodeId>) -> Term {
    let mut found = Term { node, weight: sign, neutral: 0.0 };
    if let Node::Binary(Binary::Multiply, a, b) = graph.node(node)
        && uses[node.0] == 1
    {
        let (weight, inner) = match (graph.constant(*a), graph.constant(*b)) {
            (Some(weight), _) => (weight, *b),
            (_, Some(weight)) => (weight, *a),
            _ => return found,
        };
        swallowed.push(node);
        found = Term { node: inner, weight: sign * weight, neutral: 0.0 };
    }
    if let Node::Binary(Binary::Subtract, inner, neutral) = graph.node(found.node)
        && uses[found.node.0] == 1
        && let Some(neutral) = graph.constant(*neutral)
    {
        swallowed.push(found.node);
        found = Term { node: *inner, neutral, ..found };
    }
    found
}
