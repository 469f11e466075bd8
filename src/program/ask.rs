//! What is asked of a program: worlds, and in each the queries.

use std::collections::{BTreeMap, BTreeSet};

use super::query::{Aim, BeliefId, JointId, NetworkId, QueryId, SpreadId, ValueId, WorldId};
use super::setting::Setting;
use crate::model::{Model, OutcomeId, Term, TermKind, TheoryId};

/// A model under a setting, with what was learned, where some of the evidence counts and a theory may be taken for the
/// right one.
#[derive(Clone, Debug)]
pub struct World<'m> {
    /// The model.
    pub model: &'m Model,
    /// What is held at a number in it.
    pub setting: Setting,
    /// Propositions that hold.
    pub learned: Vec<&'m Term>,
    /// Which items of the evidence count.
    pub active: Vec<bool>,
    /// The theory that is taken for the right one; `None` to weigh them all.
    pub theory: Option<TheoryId>,
    /// What becomes of the states that chance decides.
    pub states: States,
    /// The keys of [inputs](super::Input) that are drawn anew: from a second copy, which all worlds that draw them anew share.
    pub redrawn: BTreeSet<String>,
    /// The keys of inputs whose uniforms lie in one half of where they would: at half of what they would be, or that much above ½.
    pub halves: BTreeMap<String, Half>,
    /// Whether it may turn out that what was learned is impossible in it: its answers are then NaN. Else that is an error.
    pub may_be_impossible: bool,
}

impl<'m> World<'m> {
    /// The world as the file and the flags have it.
    pub fn of(model: &'m Model) -> World<'m> {
        World {
            model,
            setting: Setting::default(),
            learned: model.given.iter().collect(),
            active: model.active(),
            theory: None,
            states: States::Summed,
            redrawn: BTreeSet::new(),
            halves: BTreeMap::new(),
            may_be_impossible: false,
        }
    }

    /// The world in which something is made so. What was learned is of the world as it is: here it says nothing.
    pub fn made(model: &'m Model, setting: Setting) -> World<'m> {
        let active = vec![false; model.evidence.len()];
        World { setting, learned: Vec::new(), active, ..World::of(model) }
    }

    /// This world with a theory taken for the right one.
    pub fn under(&self, theory: TheoryId) -> World<'m> {
        World { theory: Some(theory), may_be_impossible: true, ..self.clone() }
    }
}

/// A half of where a uniform lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// Below ½.
    Lower,
    /// Above ½.
    Upper,
}

/// What becomes of the states of events and factors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum States {
    /// All are summed over.
    #[default]
    Summed,
    /// All are summed over that can be, given the states of the others, which are drawn (cutset sampling; Bidyuk & Dechter 2007, "Cutset
    /// sampling for Bayesian networks", Journal of Artificial Intelligence Research 28).
    Cut,
    /// Those of factors are drawn: what is not known.
    KnowledgeDrawn,
    /// All are drawn, to hold the sums against.
    Drawn,
}

impl States {
    /// Whether they are summed over wherever that can be.
    pub fn are_summed(self) -> bool {
        matches!(self, States::Summed | States::Cut)
    }
}

/// A ratio of expectations.
#[derive(Clone, Debug)]
pub(super) enum Request {
    /// P(what), or P(what | given).
    Probability { what: Term, given: Option<Term> },
    /// E(value), or E(value | given).
    Expectation { value: Term, given: Option<Term> },
    /// How probable what was learned is, beside how probable it is in another world.
    Evidence { below: Option<WorldId> },
}

impl Request {
    pub(super) fn is_probability(&self) -> bool {
        matches!(self, Request::Probability { .. })
    }

    pub(super) fn is_expectation(&self) -> bool {
        matches!(self, Request::Expectation { .. })
    }
}

/// What is asked, gathered before a program is compiled for all of it.
#[derive(Clone, Debug, Default)]
pub struct Ask<'m> {
    pub(super) worlds: Vec<World<'m>>,
    pub(super) queries: Vec<(WorldId, Request)>,
    pub(super) spreads: Vec<(WorldId, Term)>,
    pub(super) beliefs: Vec<(WorldId, OutcomeId)>,
    pub(super) values: Vec<(WorldId, Term)>,
    pub(super) joints: Vec<(WorldId, Term)>,
    pub(super) networks: Vec<WorldId>,
    pub(super) compared: Vec<Vec<QueryId>>,
    pub(super) kept: Vec<QueryId>,
    pub(super) aims: Vec<Aim>,
    pub(super) indices: Indices,
}

/// The tail indices of values of which formulas tell them.
#[derive(Clone, Debug, Default)]
pub(super) struct Indices {
    pub(super) spreads: BTreeMap<SpreadId, f64>,
    pub(super) queries: BTreeMap<QueryId, f64>,
}

impl<'m> Ask<'m> {
    /// Nothing yet.
    pub fn new() -> Ask<'m> {
        Ask::default()
    }

    /// A world to ask about.
    pub fn world(&mut self, world: World<'m>) -> WorldId {
        self.worlds.push(world);
        WorldId(self.worlds.len() - 1)
    }

    /// P(what), given what was learned.
    pub fn probability(&mut self, world: WorldId, what: Term) -> QueryId {
        self.query(world, Request::Probability { what, given: None })
    }

    /// P(what | given), given what was learned.
    pub fn conditional(&mut self, world: WorldId, what: Term, given: Term) -> QueryId {
        self.query(world, Request::Probability { what, given: Some(given) })
    }

    /// The probability of an outcome, given what was learned.
    pub fn outcome(&mut self, world: WorldId, id: OutcomeId) -> QueryId {
        let span = self.worlds[world.0].model.outcomes[id.0].span;
        self.probability(world, Term { kind: TermKind::Outcome(id), span })
    }

    /// E(value), or E(value | given), given what was learned.
    pub fn expectation(&mut self, world: WorldId, value: Term, given: Option<Term>) -> QueryId {
        self.query(world, Request::Expectation { value, given })
    }

    /// The probability of what was learned, as far as the draws are not confined to it.
    pub fn evidence(&mut self, world: WorldId) -> QueryId {
        self.query(world, Request::Evidence { below: None })
    }

    /// How many times as probable what was learned is in one world as what was learned in another is there.
    pub fn evidence_ratio(&mut self, above: WorldId, below: WorldId) -> QueryId {
        self.query(above, Request::Evidence { below: Some(below) })
    }

    fn query(&mut self, world: WorldId, request: Request) -> QueryId {
        self.queries.push((world, request));
        QueryId(self.queries.len() - 1)
    }

    /// The distribution of a formula's value, over what is not known and over chance.
    pub fn spread(&mut self, world: WorldId, of: Term) -> SpreadId {
        self.spreads.push((world, of));
        SpreadId(self.spreads.len() - 1)
    }

    /// The distribution of an outcome's probability over what is not known.
    pub fn belief(&mut self, world: WorldId, of: OutcomeId) -> BeliefId {
        self.beliefs.push((world, of));
        BeliefId(self.beliefs.len() - 1)
    }

    /// The value of a formula in single draws, unless chance has a part in it; also in the draws that are kept, if those are of
    /// its world: where a query of the world is [kept](Ask::keep), or where none is and the world is the first.
    pub fn value(&mut self, world: WorldId, of: Term) -> ValueId {
        self.values.push((world, of));
        ValueId(self.values.len() - 1)
    }

    /// The value of a formula in which chance has a part, in each of the states that decide it, jointly with the outcomes: in the
    /// draws that are kept, as a [`value`](Ask::value) is.
    pub fn joint(&mut self, world: WorldId, of: Term) -> JointId {
        self.joints.push((world, of));
        JointId(self.joints.len() - 1)
    }

    /// How probable the states of each chance variable of a world are in a draw, given those that decide it, and the values of all
    /// that is drawn: what it takes to draw a whole world and not only to sum over it.
    pub fn network(&mut self, world: WorldId) -> NetworkId {
        self.networks.push(world);
        NetworkId(self.networks.len() - 1)
    }

    /// Sums and differences of these are taken, with the error of the whole.
    pub fn compare(&mut self, queries: &[QueryId]) {
        self.compared.push(queries.to_vec());
    }

    /// The columns of a query are wanted in the draws that are kept.
    pub fn keep(&mut self, query: QueryId) {
        self.kept.push(query);
    }

    /// The values of a quantity have a tail with this index, whatever draws say.
    pub fn has_index(&mut self, of: SpreadId, index: f64) {
        self.indices.spreads.insert(of, index);
    }

    /// The values that an expectation is of have a tail with this index, whatever draws say, unless something is held in its world.
    pub fn expects_index(&mut self, of: QueryId, index: f64) {
        let world = self.queries[of.0].0;
        if self.worlds[world.0].setting == Setting::default() {
            self.indices.queries.insert(of, index);
        }
    }

    /// The name of what is aimed at, if it has one, and whether it is a mean.
    pub fn aimed(&self, at: Aim) -> Option<(String, bool)> {
        let ((world, term), is_mean) = match at {
            Aim::Probability(id) => match &self.queries[id.0] {
                (world, Request::Probability { what, .. }) => ((world, what), false),
                _ => return None,
            },
            Aim::Mean(id) | Aim::Values(id) => {
                let (world, term) = &self.spreads[id.0];
                ((world, term), true)
            }
        };
        let model = self.worlds[world.0].model;
        let name = match term.kind {
            TermKind::Variable(variable) => model.name(variable).to_string(),
            TermKind::Outcome(id) => model.outcomes[id.0].named.id.clone(),
            TermKind::Is(id, at) => {
                let category = &model.categories[id.0];
                format!("{}.{}", category.named.id, category.states[at].named.id)
            }
            _ => return None,
        };
        Some((name, is_mean))
    }

    /// A rule of precision looks at this.
    pub fn aim(&mut self, at: Aim) {
        self.aims.push(at);
    }
}
