//! What was asked, as operations on columns.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::ask::Indices;
use super::graph::{Graph, Node, NodeId};
use super::input::Input;
use super::query::{
    Aim, BeliefId, CompanyId, JointId, JointState, Learned, NetworkId, Output, Query, QueryId, Spread,
    SpreadId, ValueId, WorldId,
};
use super::reach::Reach;
use super::route::Routes;
use super::schedule::Step;
use super::tables::Network;
use crate::distribution::Points;

/// Everything that was asked, compiled.
#[derive(Clone, Debug)]
pub struct Program {
    pub(super) graph: Graph,
    pub(super) steps: Vec<Step>,
    /// How many columns the steps need.
    pub(super) slots: usize,
    pub(super) inputs: Vec<Input>,
    pub(super) routes: Routes,
    pub(super) outputs: Vec<(NodeId, usize)>,
    pub(super) learned: Vec<Learned>,
    pub(super) drawn: Vec<String>,
    pub(super) queries: Vec<Query>,
    /// Which queries are expectations of values; the others are probabilities.
    pub(super) expectations: Vec<bool>,
    pub(super) spreads: Vec<Spread>,
    pub(super) spread_worlds: Vec<WorldId>,
    pub(super) beliefs: Vec<Spread>,
    pub(super) belief_worlds: Vec<WorldId>,
    pub(super) values: Vec<Option<Output>>,
    pub(super) value_worlds: Vec<WorldId>,
    pub(super) joints: Vec<Vec<JointState>>,
    pub(super) joint_worlds: Vec<WorldId>,
    pub(super) networks: Vec<Network>,
    pub(super) kept: Vec<QueryId>,
    pub(super) kept_worlds: Vec<WorldId>,
    pub(super) compared: Vec<Vec<QueryId>>,
    /// Which queries are probabilities.
    pub(super) probabilities: Vec<bool>,
    /// Those that add up to a whole.
    pub(super) wholes: Vec<Vec<QueryId>>,
    pub(super) aims: Vec<Aim>,
    pub(super) indices: Indices,
    /// The worlds that each query is of.
    pub(super) worlds_of: Vec<Vec<WorldId>>,
    pub(super) companies: BTreeMap<Vec<WorldId>, CompanyId>,
    /// The outputs of each world.
    pub(super) of_world: Vec<Vec<Output>>,
    /// Outputs of each world that may fail to be finite numbers; found out by the first batch.
    pub(super) doubtful: OnceLock<Vec<Vec<Output>>>,
    /// The points on which the values of each spread lie; found out when they are asked for.
    pub(super) points: OnceLock<Vec<Option<Points>>>,
    /// What formulas tell of the values of each node; found out when it is asked for.
    pub(super) reaches: OnceLock<Vec<Reach>>,
}

impl Program {
    /// The uncertain quantities that the program draws, in the order of its first use of them. A program without any
    /// gives exact answers.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The events and factors, by name, whose states are drawn in some world so that those of the others can be summed over, for what
    /// can't be answered without.
    pub fn drawn(&self) -> &[String] {
        &self.drawn
    }

    /// The outputs that have to be looked at to know whether a draw is sound in a world: all of its outputs but those that
    /// are finite whatever the uniforms are.
    pub fn doubtful(&self, world: WorldId) -> &[Output] {
        let all =
            self.doubtful.get_or_init(|| self.of_world.iter().map(|own| self.doubtful_of(own)).collect());
        &all[world.0]
    }

    fn doubtful_of(&self, outputs: &[Output]) -> Vec<Output> {
        let mut softmaxes = BTreeSet::new();
        outputs.iter().copied().filter(|one| !self.is_sure(*one, &mut softmaxes)).collect()
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

    // What was asked.

    /// The worlds, in the order in which they were asked about.
    pub fn worlds(&self) -> impl Iterator<Item = WorldId> + use<> {
        (0..self.learned.len()).map(WorldId)
    }

    /// What was learned in a world.
    pub fn learned(&self, world: WorldId) -> &Learned {
        &self.learned[world.0]
    }

    /// The columns of a query.
    pub fn query(&self, id: QueryId) -> Query {
        self.queries[id.0]
    }

    /// All queries, in the order in which they were asked.
    pub fn queries(&self) -> impl Iterator<Item = QueryId> + use<> {
        (0..self.queries.len()).map(QueryId)
    }

    /// The columns of a quantity's distribution.
    pub fn spread(&self, id: SpreadId) -> &Spread {
        &self.spreads[id.0]
    }

    /// The tail index of a quantity's values, if formulas tell it; and whether anything was learned that may have cut the tail off.
    pub fn index(&self, id: SpreadId) -> Option<(f64, bool)> {
        let index = self.indices.spreads.get(&id)?;
        Some((*index, self.learned(self.spread_worlds[id.0]).is_conditional))
    }

    /// The same of the values that an expectation is of.
    pub fn index_of_query(&self, id: QueryId) -> Option<(f64, bool)> {
        let index = self.indices.queries.get(&id)?;
        Some((*index, self.worlds_of[id.0].iter().any(|world| self.learned(*world).is_conditional)))
    }

    /// All quantities whose distribution was asked for, each with its world.
    pub fn spreads(&self) -> impl Iterator<Item = (SpreadId, WorldId)> + '_ {
        self.spread_worlds.iter().enumerate().map(|(at, world)| (SpreadId(at), *world))
    }

    /// The columns of the distribution of an outcome's probability; without states where these are too many to be listed or
    /// drawn.
    pub fn belief(&self, id: BeliefId) -> &Spread {
        &self.beliefs[id.0]
    }

    /// All distributions of outcomes' probabilities that were asked for, each with its world.
    pub fn beliefs(&self) -> impl Iterator<Item = (BeliefId, WorldId)> + '_ {
        self.belief_worlds.iter().enumerate().map(|(at, world)| (BeliefId(at), *world))
    }

    /// The world of an outcome's distribution.
    pub fn belief_world(&self, id: BeliefId) -> WorldId {
        self.belief_worlds[id.0]
    }

    /// The column of a value; `None` if chance has a part in it, or if it is a number.
    pub fn value(&self, id: ValueId) -> Option<Output> {
        self.values[id.0]
    }

    /// The columns of a value jointly with the outcomes, one for each state that decides it; nothing if chance has no part in it, or
    /// if the states are too many.
    pub fn joint(&self, id: JointId) -> &[JointState] {
        &self.joints[id.0]
    }

    /// The chance variables of a world, one by one.
    pub fn network(&self, id: NetworkId) -> &Network {
        &self.networks[id.0]
    }

    /// The outputs that are wanted in the draws that are kept.
    pub fn kept(&self) -> Vec<Output> {
        let queries = self.kept.iter().map(|id| self.query(*id));
        let columns = queries.flat_map(|query| [Some(query.numerator), query.weight]);
        // A world whose draws are not kept may be void where those are sound.
        let is_kept = |world: &WorldId| self.kept_worlds.contains(world);
        let values = self.values.iter().zip(&self.value_worlds).filter(|(_, world)| is_kept(world));
        let joints = self.joints.iter().zip(&self.joint_worlds).filter(|(_, world)| is_kept(world));
        let joints = joints.flat_map(|(states, _)| states).flat_map(JointState::outputs);
        let all: BTreeSet<Output> =
            columns.flatten().chain(values.filter_map(|(one, _)| *one)).chain(joints).collect();
        all.into_iter().collect()
    }

    /// The worlds whose draws are kept.
    pub fn kept_company(&self) -> CompanyId {
        self.company_of(&self.kept_worlds)
    }

    /// The queries that are compared with each other.
    pub fn compared(&self) -> &[Vec<QueryId>] {
        &self.compared
    }

    /// Probabilities that add up to 1, or their numerators to what is below all of them: those of every outcome, or of every state of a
    /// factor, in one world and given the same.
    pub fn wholes(&self) -> &[Vec<QueryId>] {
        &self.wholes
    }

    /// Whether a query is a probability: no expectation, and not how probable what was learned is.
    pub fn is_probability(&self, id: QueryId) -> bool {
        self.probabilities[id.0]
    }

    /// What a rule of precision looks at.
    pub fn aims(&self) -> &[Aim] {
        &self.aims
    }

    /// Every set of worlds that is looked at together.
    pub fn companies(&self) -> Vec<Vec<WorldId>> {
        let mut all = vec![Vec::new(); self.companies.len()];
        self.companies.iter().for_each(|(worlds, id)| all[id.0] = worlds.clone());
        all
    }

    /// The worlds of some queries, together.
    pub fn company(&self, queries: &[QueryId]) -> CompanyId {
        if let [one] = queries {
            return self.company_of(&self.worlds_of[one.0]);
        }
        let worlds: BTreeSet<WorldId> =
            queries.iter().flat_map(|query| &self.worlds_of[query.0]).copied().collect();
        self.company_of(&worlds.into_iter().collect::<Vec<WorldId>>())
    }

    /// The company of one world.
    pub fn alone(&self, world: WorldId) -> CompanyId {
        self.company_of(&[world])
    }

    /// Those that were not to be compared are looked at with all others.
    fn company_of(&self, worlds: &[WorldId]) -> CompanyId {
        let all = || self.companies.get(&self.worlds().collect::<Vec<WorldId>>());
        self.companies.get(worlds).or_else(all).copied().unwrap_or(CompanyId(0))
    }

    // What it takes.

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

    /// Whether no draw enters anything that is [aimed](super::Ask::aim) at: whatever is shown.
    pub fn is_exact(&self) -> bool {
        let is_number = |output: Output| self.constant(output).is_some();
        let is_known = |one: &(Output, Option<Output>)| is_number(one.0) && one.1.is_none_or(is_number);
        self.aims.iter().all(|aim| match aim {
            Aim::Probability(id) => {
                let query = self.query(*id);
                is_known(&(query.numerator, query.weight))
            }
            Aim::Mean(id) | Aim::Values(id) => self.spread(*id).states.iter().all(is_known),
        })
    }

    /// The inputs that an output depends on, in order.
    pub fn inputs_of(&self, output: Output) -> BTreeSet<usize> {
        let mut open = vec![self.outputs[output.0].0];
        let (mut seen, mut found) = (BTreeSet::new(), BTreeSet::new());
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            match self.graph.node(id) {
                Node::Input(input) => {
                    found.insert(*input);
                }
                node => open.extend(node.operands()),
            }
        }
        found
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

    /// The value of a ratio into which no draw enters: also of what can't be and of what was learned itself, however probable
    /// that was.
    pub fn known(&self, query: Query) -> Option<f64> {
        let above = self.constant(query.numerator);
        let Some(weight) = query.weight else { return above };
        match (above, self.constant(weight)) {
            (Some(above), Some(below)) => Some(above / below),
            (Some(0.0), None) => Some(0.0),
            (None, None) if query.numerator == weight => Some(1.0),
            _ => None,
        }
    }

    /// The value of an output that is the same in every draw.
    pub fn constant(&self, output: Output) -> Option<f64> {
        self.graph.constant(self.outputs[output.0].0)
    }
}
