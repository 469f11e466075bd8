//! Floor 4: a model compiled to operations on columns.
//!
//! [`compile`] lowers what is asked of a [`Model`](crate::model::Model) to a graph of operations without repetition,
//! integrates the events out, and schedules the graph into steps on a few reused columns. [`Program::evaluate`] runs the
//! steps over one batch of draws; [`Program::fault`] runs the
//! graph over one draw and finds the place where a void one went wrong.
//!
//! A program knows nothing of threads, designs or statistics: whoever runs it fills the columns of uniforms.

mod answers;
mod arena;
mod elimination;
mod graph;
#[cfg(test)]
mod growth;
mod kernel;
mod learning;
mod lower;
mod narrowing;
mod network;
mod outputs;
mod route;
mod scalar;
mod schedule;
mod states;
mod variants;

pub use answers::{Answers, ByTheory, Output, Query, Question, Setting, Spread, UncertainWeight, Update};
pub use arena::{Arena, BATCH};
pub use outputs::{CompileError, compile, compile_sampled, compile_updates};
pub use scalar::Fault;
pub use variants::{VariantAnswers, compile_variants};

use std::collections::BTreeSet;
use std::sync::OnceLock;

use graph::{Graph, Node, NodeId};
use route::Routes;
use schedule::Step;

/// The most combinations of states that one formula may depend on directly.
pub const MOST_STATES: usize = 1 << 12;

/// A compiled model.
#[derive(Clone, Debug)]
pub struct Program {
    graph: Graph,
    steps: Vec<Step>,
    /// How many columns the steps need.
    slots: usize,
    inputs: Vec<Input>,
    routes: Routes,
    outputs: Vec<(graph::NodeId, usize)>,
    /// Outputs that may fail to be finite numbers; found out by the first batch.
    doubtful: OnceLock<Vec<Output>>,
    /// Which outputs answer what.
    pub answers: Answers,
}

/// An uncertain quantity that the program draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its key, which names its random numbers.
    pub key: String,
    /// Its dimension of the design.
    pub dimension: usize,
}

impl Program {
    /// The uncertain quantities that the program draws, in the order of its first use of them. A program without any
    /// gives exact answers.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The outputs that have to be looked at to know whether a draw is sound: all but those that are finite whatever the
    /// uniforms are.
    pub fn doubtful(&self) -> &[Output] {
        self.doubtful.get_or_init(|| {
            let mut softmaxes = BTreeSet::new();
            (0..self.outputs.len()).map(Output).filter(|one| !self.is_sure(*one, &mut softmaxes)).collect()
        })
    }

    /// Shares of one softmax are void together, so that only the first of them is looked at.
    fn is_sure(&self, output: Output, softmaxes: &mut BTreeSet<NodeId>) -> bool {
        match self.graph.node(self.outputs[output.0].0) {
            // A uniform that was confined may be rounded to an end of (0, 1).
            Node::Quantile { shape, from, .. } => {
                let is_inside = matches!(self.graph.node(*from), Node::Input(_));
                (is_inside || self.routes.is_from_normal(*shape)) && self.routes.get(*shape).is_sound()
            }
            Node::Constant(bits) => f64::from_bits(*bits).is_finite(),
            Node::Share(softmax, _) => !softmaxes.insert(*softmax),
            _ => false,
        }
    }

    /// The tables of quantiles that are still to be built: each is built when it is first needed, or by
    /// [`build_table`](Program::build_table), on any thread.
    pub fn missing_tables(&self) -> Vec<usize> {
        (0..self.routes.len()).filter(|at| !self.routes.is_found(*at)).collect()
    }

    /// Builds a table of quantiles, if it is still [missing](Program::missing_tables).
    pub fn build_table(&self, table: usize) {
        self.routes.get(table);
    }

    /// The draw of the input with this key at a uniform, given the values of its parameters; `None` if the program does
    /// not draw it.
    pub fn draw(&self, key: &str, parameters: &[f64], uniform: f64) -> Option<f64> {
        let at = self.inputs.iter().position(|input| input.key == key)?;
        let is_its_uniform = |id: &NodeId| *self.graph.node(*id) == Node::Input(at);
        self.graph.nodes.iter().find_map(|node| match node {
            Node::Quantile { shape, from: of, .. } if is_its_uniform(of) => {
                Some(self.routes.get(*shape).draw(parameters, uniform))
            }
            _ => None,
        })
    }

    /// Whether no draw enters the probability of any outcome, event or state, in any variant.
    pub fn is_exact(&self) -> bool {
        let answers = &self.answers;
        let states = answers.categories.iter().flatten();
        let variants = answers.variants.iter().flat_map(|one| one.chances.iter().chain(&one.weight));
        let own = answers.outcomes.iter().chain(&answers.events).chain(states).chain(&answers.weight);
        let mut all = own.chain(variants);
        all.all(|output| self.constant(*output).is_some())
    }

    /// How many operations a batch takes.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there is nothing to compute.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// How many outputs there are.
    pub fn output_count(&self) -> usize {
        self.outputs.len()
    }

    /// The value of an output that is the same in every draw.
    pub fn constant(&self, output: Output) -> Option<f64> {
        self.graph.constant(self.outputs[output.0].0)
    }
}
