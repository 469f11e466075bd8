//! From what is asked to the program that answers it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::ask::{Ask, Request, States, World};
use super::asking::{Asking, JOINT_COLUMNS, Obstacle};
use super::formulas::Formulas;
use super::graph::NodeId;
use super::lowering::{Ground, Lowering};
use super::narrowing::Narrowed;
use super::outputs::Outputs;
use super::patience::{Hard, Patience, Refused};
use super::query::{CompanyId, JointState, Learned, Output, Query, QueryId, Spread, WorldId};
use super::tables::Network;
use super::{Program, schedule};
use crate::distribution::Cache;
use crate::limits::Limits;
use crate::model::{OutcomeId, Term, TermKind, Variable};

/// Why a program can't be compiled, and in which world.
#[derive(Clone, Debug, PartialEq)]
pub struct CompileError {
    /// The world.
    pub world: WorldId,
    /// The reason.
    pub why: Obstacle,
}

impl std::fmt::Display for CompileError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        self.why.fmt(f)
    }
}

impl std::error::Error for CompileError {}

/// Compiles everything that is asked into one program. What worlds have in common is computed once; tables of quantiles come
/// from `cache` and go into it.
///
/// # Errors
/// An answer for which more states would have to be looked at together than there is room for; what was learned can't be;
/// the limits.
pub fn compile(ask: &Ask, cache: &Cache, limits: &Limits) -> Result<Program, CompileError> {
    let mut compiling = Compiling::new(ask, limits);
    for at in 0..ask.worlds.len() {
        let world = WorldId(at);
        compiling.world(world).map_err(|why| CompileError { world, why })?;
    }
    Ok(compiling.finish(cache))
}

struct Compiling<'c, 'm> {
    ask: &'c Ask<'m>,
    limits: &'c Limits,
    ground: Ground,
    outputs: Outputs,
    learned: Vec<Learned>,
    queries: Vec<Option<Query>>,
    spreads: Vec<Spread>,
    beliefs: Vec<Spread>,
    values: Vec<Option<Output>>,
    joints: Vec<Vec<JointState>>,
    networks: Vec<Network>,
    /// What is asked in each world, by position.
    by_world: Vec<Requests>,
    /// What is drawn in any so that the rest can be summed over.
    drawn: BTreeSet<String>,
}

/// What is still to be answered in a world, and what was learned in it once that was found.
#[derive(Clone)]
struct Open {
    requests: Requests,
    learned: Option<Learned>,
}

#[derive(Clone, Debug, Default)]
struct Requests {
    queries: Vec<usize>,
    spreads: Vec<usize>,
    beliefs: Vec<usize>,
    values: Vec<usize>,
    joints: Vec<usize>,
    networks: Vec<usize>,
}

impl<'c, 'm> Compiling<'c, 'm> {
    fn new(ask: &'c Ask<'m>, limits: &'c Limits) -> Compiling<'c, 'm> {
        let mut by_world = vec![Requests::default(); ask.worlds.len()];
        ask.queries.iter().enumerate().for_each(|(at, (world, _))| by_world[world.0].queries.push(at));
        ask.spreads.iter().enumerate().for_each(|(at, (world, _))| by_world[world.0].spreads.push(at));
        ask.beliefs.iter().enumerate().for_each(|(at, (world, _))| by_world[world.0].beliefs.push(at));
        ask.values.iter().enumerate().for_each(|(at, (world, _))| by_world[world.0].values.push(at));
        ask.joints.iter().enumerate().for_each(|(at, (world, _))| by_world[world.0].joints.push(at));
        ask.networks.iter().enumerate().for_each(|(at, world)| by_world[world.0].networks.push(at));
        Compiling {
            ask,
            limits,
            ground: Ground::default(),
            outputs: Outputs::new(ask.worlds.len()),
            learned: Vec::new(),
            queries: vec![None; ask.queries.len()],
            spreads: vec![Spread::default(); ask.spreads.len()],
            beliefs: vec![Spread::default(); ask.beliefs.len()],
            values: vec![None; ask.values.len()],
            joints: vec![Vec::new(); ask.joints.len()],
            networks: vec![Network::default(); ask.networks.len()],
            by_world,
            drawn: BTreeSet::new(),
        }
    }

    fn world(&mut self, id: WorldId) -> Result<(), Obstacle> {
        let world = &self.ask.worlds[id.0];
        let formulas = Formulas::new(world.model, &world.setting);
        let narrowed = Narrowed::new(&formulas, &world.learned);
        let is_ruled_out = world.theory.is_some_and(|theory| formulas.weight(theory) == 0.0);
        let found = match is_ruled_out {
            true => Err(Obstacle::Impossible { parts: Vec::new() }),
            false => self.answer(id, &formulas, &narrowed),
        };
        match found {
            Err(Obstacle::Impossible { .. }) if world.may_be_impossible => self.leave_open(id),
            found => return found,
        }
        Ok(())
    }

    /// Answers all that is asked in a world; what takes too many states given some of them that are drawn.
    fn answer(&mut self, id: WorldId, formulas: &Formulas, narrowed: &Narrowed) -> Result<(), Obstacle> {
        let (start, read) = (self.outputs.mark(id), (formulas, narrowed));
        let mut open = Open { requests: self.by_world[id.0].clone(), learned: None };
        if let Some(hard) = self.pass(id, read, &BTreeSet::new(), &mut open, Patience::SUMS)? {
            // What weighs the draws is to weigh all that they tell.
            if open.learned.as_ref().is_none_or(|one| one.weight.is_some()) {
                self.outputs.back_to(&start);
                open = Open { requests: self.by_world[id.0].clone(), learned: None };
            }
            let model = self.ask.worlds[id.0].model;
            let cutset = self.answer_given_some(id, read, &mut open, hard)?;
            self.drawn.extend(cutset.into_iter().map(|one| model.name(one).to_string()));
        }
        self.learned.extend(open.learned);
        Ok(())
    }

    /// Answers what is open given as few states as it takes, or, where that takes too many nodes, given all that others depend on; gives
    /// those whose states are drawn.
    fn answer_given_some(
        &mut self,
        id: WorldId,
        read: (&Formulas, &Narrowed),
        open: &mut Open,
        mut hard: Hard,
    ) -> Result<BTreeSet<Variable>, Obstacle> {
        let (start, before) = (self.outputs.mark(id), open.clone());
        let patience = Patience::cutset(self.ground.graph.nodes.len());
        let mut cutset = BTreeSet::new();
        while !hard.more.is_subset(&cutset) {
            cutset.append(&mut hard.more);
            match self.pass(id, read, &cutset, open, patience)? {
                Some(still) => hard = still,
                None => return Ok(cutset),
            }
        }
        self.outputs.back_to(&start);
        *open = before;
        match self.pass(id, read, &hard.all, open, Patience::SUMS)? {
            Some(still) => Err(still.why),
            None => Ok(hard.all),
        }
    }

    /// Answers what is open as far as states can be summed over given those of a cutset; what stood in the way.
    fn pass(
        &mut self,
        id: WorldId,
        (formulas, narrowed): (&Formulas, &Narrowed),
        cutset: &BTreeSet<Variable>,
        Open { requests, learned }: &mut Open,
        patience: Patience,
    ) -> Result<Option<Hard>, Obstacle> {
        let ask = self.ask;
        let world = &ask.worlds[id.0];
        let mut refused = Refused::new(patience, world.states);
        let mut asking = self.asking(id, formulas, narrowed, (world.states, cutset));
        asking.most_nodes = patience.nodes;
        let weight = asking.learn(&narrowed.rest, !world.may_be_impossible);
        let Some(weight) = refused.take(weight)? else { return Ok(refused.hard(&asking)) };
        learned.get_or_insert(Learned {
            weight,
            power: asking.lowering.power(),
            confined_to: asking.lowering.confined_to,
            is_conditional: !world.learned.is_empty() || weight.is_some(),
            is_possible: true,
        });
        let queries = refused.each(&mut requests.queries, |at| match &ask.queries[at].1 {
            Request::Probability { what, given } => asking.probability(what, given.as_ref()).map(Some),
            Request::Expectation { value, given } => asking.expectation(value, given.as_ref()).map(Some),
            Request::Evidence { .. } => Ok(None),
        })?;
        let spreads = refused.each(&mut requests.spreads, |at| asking.spread(&ask.spreads[at].1))?;
        let values = refused.each(&mut requests.values, |at| Ok(asking.value(&ask.values[at].1)))?;
        let joints = refused.each(&mut requests.joints, |at| asking.joint(&ask.joints[at].1))?;
        let networks = refused.each(&mut requests.networks, |_| asking.network())?;
        let beliefs = match requests.beliefs[..] {
            [] => None,
            _ => refused.take(asking.beliefs(weight))?,
        };
        let mut hard = refused.hard(&asking);
        queries.into_iter().for_each(|(at, query)| self.queries[at] = query);
        spreads.into_iter().for_each(|(at, spread)| self.spreads[at] = spread);
        values.into_iter().for_each(|(at, value)| self.values[at] = value);
        joints.into_iter().for_each(|(at, joint)| self.joints[at] = joint);
        networks.into_iter().for_each(|(at, network)| self.networks[at] = network);
        let beliefs = match beliefs {
            Some(None) => {
                let mut refused = Refused::new(patience, world.states);
                let mut asking = self.asking(id, formulas, narrowed, (States::KnowledgeDrawn, cutset));
                let found = refused.take(drawn_beliefs(&mut asking, &narrowed.rest))?;
                hard = hard.or(refused.hard(&asking));
                found
            }
            beliefs => beliefs.flatten(),
        };
        if let Some(found) = beliefs {
            for at in std::mem::take(&mut requests.beliefs) {
                let OutcomeId(outcome) = ask.beliefs[at].1;
                self.beliefs[at] = found.get(outcome).cloned().unwrap_or_default();
            }
        }
        Ok(hard)
    }

    fn asking<'a>(
        &'a mut self,
        id: WorldId,
        formulas: &'a Formulas<'a>,
        narrowed: &Narrowed<'a>,
        (states, cutset): (States, &BTreeSet<Variable>),
    ) -> Asking<'a> {
        let world = &self.ask.worlds[id.0];
        let World { active, learned, .. } = world;
        let intervals = narrowed.intervals.clone();
        let lowering =
            Lowering::new(formulas, &mut self.ground, world, intervals, (states, cutset), self.limits);
        let parts = learned.iter().map(|one| one.span).collect();
        let certain = narrowed.rest.clone();
        let joint_room = JOINT_COLUMNS;
        let (outputs, too_many, most_nodes) = (&mut self.outputs, BTreeSet::new(), usize::MAX);
        Asking { lowering, outputs, world: id, active, parts, certain, joint_room, too_many, most_nodes }
    }

    /// Nothing is known in a world that can't be.
    fn leave_open(&mut self, id: WorldId) {
        let nan = self.outputs.free(self.ground.graph.number(f64::NAN, Default::default()));
        let nothing = Query { numerator: nan, weight: None };
        self.by_world[id.0].queries.iter().for_each(|at| self.queries[*at] = Some(nothing));
        self.learned.push(Learned {
            weight: None,
            power: 0,
            confined_to: 0.0,
            is_conditional: true,
            is_possible: false,
        });
    }

    /// The ratio of the probabilities of what was learned in two worlds.
    fn evidence(&mut self, above: WorldId, below: Option<WorldId>) -> Query {
        let one = self.ground.graph.number(1.0, Default::default());
        let weight = |world: WorldId| self.learned[world.0].weight;
        let below_power = below.map_or(0, |world| self.learned[world.0].power);
        let below = below.and_then(weight);
        let numerator = weight(above).unwrap_or_else(|| self.outputs.free(one));
        let by = below_power - self.learned[above.0].power;
        Query { numerator: self.outputs.scaled(&mut self.ground.graph, numerator, by), weight: below }
    }

    fn finish(mut self, cache: &Cache) -> Program {
        let mut queries = Vec::new();
        for at in 0..self.queries.len() {
            let query = match (self.queries[at], &self.ask.queries[at]) {
                (Some(query), _) => query,
                (None, (above, Request::Evidence { below })) => self.evidence(*above, *below),
                // Every other query was answered in its world.
                (None, (world, _)) => self.evidence(*world, None),
            };
            queries.push(query);
        }
        let (worlds_of, companies) = companies(self.ask);
        let (nodes, of_world) = self.outputs.into_parts();
        let scheduled = schedule::schedule(&self.ground.graph, &nodes);
        Program {
            steps: scheduled.steps,
            slots: scheduled.slots,
            inputs: self.ground.inputs,
            routes: self.ground.shapes.into_routes(cache),
            outputs: nodes.into_iter().zip(scheduled.columns).collect::<Vec<(NodeId, usize)>>(),
            graph: self.ground.graph,
            learned: self.learned,
            drawn: self.drawn.into_iter().collect(),
            queries,
            expectations: self.ask.queries.iter().map(|(_, one)| one.is_expectation()).collect(),
            spreads: self.spreads,
            spread_worlds: self.ask.spreads.iter().map(|one| one.0).collect(),
            beliefs: self.beliefs,
            belief_worlds: self.ask.beliefs.iter().map(|one| one.0).collect(),
            values: self.values,
            joints: self.joints,
            networks: self.networks,
            kept: self.ask.kept.clone(),
            kept_worlds: kept_worlds(self.ask),
            value_worlds: self.ask.values.iter().map(|one| one.0).collect(),
            joint_worlds: self.ask.joints.iter().map(|one| one.0).collect(),
            compared: self.ask.compared.clone(),
            probabilities: self.ask.queries.iter().map(|(_, one)| one.is_probability()).collect(),
            wholes: wholes(self.ask),
            aims: self.ask.aims.clone(),
            indices: self.ask.indices.clone(),
            worlds_of,
            companies,
            of_world,
            doubtful: OnceLock::new(),
            points: OnceLock::new(),
            reaches: OnceLock::new(),
        }
    }
}

/// The beliefs where a state of each factor that has states is drawn; nothing if they can't be drawn before events.
fn drawn_beliefs(asking: &mut Asking, learned: &[&Term]) -> Result<Vec<Spread>, Obstacle> {
    let weight = asking.learn(learned, false)?;
    Ok(asking.beliefs(weight)?.unwrap_or_default())
}

/// The worlds that each query is of, and every set of worlds that is looked at together: each by itself, those that are
/// compared, those whose draws are kept, and at last all.
fn companies(ask: &Ask) -> (Vec<Vec<WorldId>>, BTreeMap<Vec<WorldId>, CompanyId>) {
    let of = |(world, request): &(WorldId, Request)| match request {
        Request::Evidence { below: Some(below) } => together([*world, *below]),
        _ => vec![*world],
    };
    let worlds_of: Vec<Vec<WorldId>> = ask.queries.iter().map(of).collect();
    let all = (0..ask.worlds.len()).map(WorldId);
    let alone = all.clone().map(|world| vec![world]);
    let compared =
        ask.compared.iter().map(|group| together(group.iter().flat_map(|query| worlds_of[query.0].clone())));
    let sets =
        alone.chain(worlds_of.iter().cloned()).chain(compared).chain([kept_worlds(ask), all.collect()]);
    let mut companies = BTreeMap::new();
    for set in sets {
        let next = CompanyId(companies.len());
        companies.entry(set).or_insert(next);
    }
    (worlds_of, companies)
}

/// Queries one after the other that ask of all outcomes, or of all states of a factor, how probable each is.
fn wholes(ask: &Ask) -> Vec<Vec<QueryId>> {
    let mut found = Vec::new();
    for (at, (world, request)) in ask.queries.iter().enumerate() {
        let Request::Probability { what, given } = request else { continue };
        let model = ask.worlds[world.0].model;
        let each: Vec<TermKind> = match what.kind {
            TermKind::Outcome(OutcomeId(0)) => {
                (0..model.outcomes.len()).map(|one| TermKind::Outcome(OutcomeId(one))).collect()
            }
            TermKind::Is(id, 0) => {
                (0..model.categories[id.0].states.len()).map(|one| TermKind::Is(id, one)).collect()
            }
            _ => continue,
        };
        let own = ask.queries[at..].iter().take(each.len()).zip(&each).filter(|((there, one), kind)| {
            let is_same = |what: &Term, of: &Option<Term>| what.kind == **kind && of == given;
            there == world && matches!(one, Request::Probability { what, given } if is_same(what, given))
        });
        if own.count() == each.len() {
            found.push((at..at + each.len()).map(QueryId).collect());
        }
    }
    found
}

/// The worlds of which draws are kept: those of the queries that are, else the first.
fn kept_worlds(ask: &Ask) -> Vec<WorldId> {
    let worlds = together(ask.kept.iter().map(|query| ask.queries[query.0].0));
    if worlds.is_empty() { (0..ask.worlds.len().min(1)).map(WorldId).collect() } else { worlds }
}

fn together(worlds: impl IntoIterator<Item = WorldId>) -> Vec<WorldId> {
    worlds.into_iter().collect::<BTreeSet<WorldId>>().into_iter().collect()
}
