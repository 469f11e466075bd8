//! What a program gives: nodes, each once, and in which worlds they count.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Graph, NodeId};
use super::junction::times_power;
use super::query::{Output, WorldId};
use crate::diagnostic::Span;

/// The nodes that are outputs, each once, and the worlds that they are outputs of.
pub(super) struct Outputs {
    pub(super) nodes: Vec<NodeId>,
    known: BTreeMap<NodeId, Output>,
    of_world: Vec<BTreeSet<Output>>,
}

impl Outputs {
    pub(super) fn new(worlds: usize) -> Outputs {
        Outputs { nodes: Vec::new(), known: BTreeMap::new(), of_world: vec![BTreeSet::new(); worlds] }
    }

    /// An output that makes no draw void.
    pub(super) fn free(&mut self, node: NodeId) -> Output {
        let nodes = &mut self.nodes;
        *self.known.entry(node).or_insert_with(|| {
            nodes.push(node);
            Output(nodes.len() - 1)
        })
    }

    /// An output times 2 to a power.
    pub(super) fn scaled(&mut self, graph: &mut Graph, output: Output, power: i32) -> Output {
        let node = self.nodes[output.0];
        let Some(value) = graph.constant(node).filter(|_| power != 0) else { return output };
        let found = graph.number(times_power(value, power), Span::default());
        self.free(found)
    }

    /// What there is at one time, to come back to.
    pub(super) fn mark(&self, world: WorldId) -> Mark {
        Mark { world, count: self.nodes.len(), own: self.of_world[world.0].clone() }
    }

    /// Forgets all that has come to be since, in the world of the mark.
    pub(super) fn back_to(&mut self, mark: &Mark) {
        self.nodes.truncate(mark.count);
        self.known.retain(|_, output| output.0 < mark.count);
        self.of_world[mark.world.0] = mark.own.clone();
    }

    pub(super) fn of(&mut self, world: WorldId, node: NodeId) -> Output {
        let output = self.free(node);
        self.of_world[world.0].insert(output);
        output
    }

    /// The nodes, and the outputs of each world.
    pub(super) fn into_parts(self) -> (Vec<NodeId>, Vec<Vec<Output>>) {
        (self.nodes, self.of_world.into_iter().map(|one| one.into_iter().collect()).collect())
    }
}

/// The outputs that there are at one time, and those of one world.
pub(super) struct Mark {
    world: WorldId,
    count: usize,
    own: BTreeSet<Output>,
}
