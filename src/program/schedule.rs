//! A graph to steps on columns: only what the outputs need, each column given back when nothing needs it any more
//! (linear scan; Poletto & Sarkar 1999).

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
        uniform: usize,
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
    /// Scores to shares; `work` are two columns for the largest score and the sum.
    Softmax {
        shares: Vec<usize>,
        scores: Vec<Operand>,
        work: [usize; 2],
    },
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
        Scheduler {
            graph,
            uses,
            column: vec![None; count],
            free: Vec::new(),
            slots: 0,
            steps: Vec::new(),
            shares,
        }
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
        if self.uses[id.0] == 0 || matches!(node, Node::Constant(_) | Node::Share(..)) {
            return;
        }
        if let Node::Softmax(scores) = node {
            self.softmax(id, scores);
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
            Node::Quantile { shape, uniform, parameters } => Step::Quantile {
                out,
                shape: *shape,
                uniform: self.column_of(*uniform),
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
