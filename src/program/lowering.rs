//! A world on its way to nodes: what was lowered so far, and what depends on chance.
//!
//! The chapters of it are formulas (`formula`), states that are drawn (`drawn`), uniforms that what was learned confines
//! (`narrowing`), and the sums over states (`network`).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use super::ask::{Half, States, World};
use super::finite::Finite;
use super::formulas::Formulas;
use super::graph::{Graph, Node, NodeId};
use super::input::Input;
use super::interval::Interval;
use super::potential::{Chance, Potential, State};
use super::route::Shapes;
use crate::diagnostic::Span;
use crate::expression::Binary;
use crate::limits::Limits;
use crate::model::{CategoryId, EventId, Model, QuantityId, Term, TermKind, TheoryId, Variable};

/// Intervals of the uniforms of some quantities: of those that a copula joins, of the uniform that it makes.
pub(super) type Intervals = BTreeMap<QuantityId, Interval>;

/// What a lowering shares with those of other settings.
#[derive(Default)]
pub(super) struct Ground {
    pub(super) graph: Graph,
    pub(super) inputs: Vec<Input>,
    pub(super) shapes: Shapes,
    /// The inputs by their keys and dimensions, by which quantities and states of several models share them.
    drawn: HashMap<(String, usize, u32), usize>,
}

/// Lowers the formulas of one world.
pub(super) struct Lowering<'a> {
    pub(super) model: &'a Model,
    pub(super) formulas: &'a Formulas<'a>,
    pub(super) ground: &'a mut Ground,
    /// What is drawn from a copy of its own.
    redrawn: &'a BTreeSet<String>,
    /// What is drawn from a half.
    halves: &'a BTreeMap<String, Half>,
    pub(super) limits: &'a Limits,
    /// What is in one state for certain.
    fixed: State,
    /// What the value of each factor and derived value depends on directly: chance variables, through other factors and
    /// derived values, but not through other chance variables.
    pub(super) direct: BTreeMap<Variable, BTreeSet<Chance>>,
    /// Factors and derived values that depend on chance, in the order of computation.
    dependent: Vec<Variable>,
    /// Factors and derived values already lowered, by the states that they depend on.
    pub(super) lowered: HashMap<(Variable, Vec<(Chance, usize)>), NodeId>,
    /// The states for which the dependent ones are lowered.
    prepared: HashSet<State>,
    /// What decides the outcome directly.
    pub(super) outcome_scope: BTreeSet<Chance>,
    /// The probabilities of the outcomes, by the states that they depend on.
    pub(super) shared: HashMap<Vec<(Chance, usize)>, Vec<NodeId>>,
    /// How probable the states of chance variables are, as far as it was asked for.
    pub(super) potentials: BTreeMap<Chance, Vec<Potential>>,
    /// Joint distributions, by their variables, as far as they were asked for.
    pub(super) joints: HashMap<Vec<Chance>, Rc<Potential>>,
    /// What takes too many states by itself, with what would have to be looked at together.
    pub(super) hard: BTreeMap<Chance, Vec<Chance>>,
    /// The sums over chance variables whose tables are numbers, once there was a use for them; nothing inside where clusters would be
    /// too large.
    pub(super) finite: Option<Option<Finite>>,
    /// How many values there is room for in the clusters of trees that are made for one answer each.
    pub(super) room: f64,
    /// The states of chance variables that are drawn and not summed over, as nodes.
    pub(super) drawn: HashMap<Chance, NodeId>,
    /// What was learned.
    pub(super) evidence: Vec<Potential>,
    /// What the uniforms of some quantities are confined to.
    pub(super) intervals: Intervals,
    /// The uniforms of confined quantities, counted from the top where they are [upper](Interval::is_upper), and the normals
    /// of those that a copula joins.
    pub(super) confined: HashMap<QuantityId, NodeId>,
    /// The probability of what constant intervals confine.
    pub(super) confined_to: f64,
}

/// As many values the clusters of trees may have that are made for one answer each: some seconds.
const ROOM: f64 = (1 << 27) as f64;

impl<'a> Lowering<'a> {
    /// Nothing but variables that chance has no part in is lowered yet.
    pub(super) fn new(
        formulas: &'a Formulas<'a>,
        ground: &'a mut Ground,
        world: &'a World,
        intervals: Intervals,
        (states, cutset): (States, &BTreeSet<Variable>),
        limits: &'a Limits,
    ) -> Lowering<'a> {
        let model = formulas.model;
        let mut fixed = fixed(formulas);
        fixed.extend(world.theory.or(formulas.only_theory()).map(|id| (Chance::Theory, id.0)));
        let mut lowering = Lowering {
            model,
            formulas,
            ground,
            redrawn: &world.redrawn,
            halves: &world.halves,
            limits,
            fixed,
            direct: BTreeMap::new(),
            dependent: Vec::new(),
            lowered: HashMap::new(),
            prepared: HashSet::new(),
            outcome_scope: BTreeSet::new(),
            shared: HashMap::new(),
            potentials: BTreeMap::new(),
            joints: HashMap::new(),
            hard: BTreeMap::new(),
            finite: None,
            room: ROOM,
            drawn: HashMap::new(),
            evidence: Vec::new(),
            intervals,
            confined: HashMap::new(),
            confined_to: 1.0,
        };
        for variable in &model.order {
            lowering.find_scope(*variable);
            lowering.draw_state(*variable, states, cutset);
        }
        lowering.outcome_scope = lowering.outcome_scope();
        lowering
    }

    /// What decides the outcome directly under any theory that can be right, and which theory is.
    fn outcome_scope(&self) -> BTreeSet<Chance> {
        let certain = self.certain(Chance::Theory);
        let theories = (0..self.model.theories.len()).map(TheoryId);
        let is_possible =
            |id: &TheoryId| certain.map_or(self.formulas.weight(*id) > 0.0, |only| only == id.0);
        let terms = theories.filter(is_possible).flat_map(|id| self.formulas.form(id).terms());
        let scope = terms.flat_map(|term| self.scope(term));
        scope.chain(certain.is_none().then_some(Chance::Theory)).collect()
    }

    /// Finds what a variable depends on. One that chance has no part in is lowered at once, in the order of computation:
    /// however long a chain of variables is, each finds the one before it done.
    fn find_scope(&mut self, variable: Variable) {
        let is_number = matches!(variable, Variable::Factor(_) | Variable::Derived(_));
        if !is_number || self.formulas.cut(variable).is_some() {
            return;
        }
        let scope = self.scope(self.formulas.of(variable));
        let is_free = scope.is_empty();
        self.direct.insert(variable, scope);
        if is_free {
            self.formula(variable, &State::new());
        } else {
            self.dependent.push(variable);
        }
    }

    /// Lowers every variable whose value this state decides, in the order of computation.
    pub(super) fn prepare(&mut self, state: &State) {
        if self.dependent.is_empty() || !self.prepared.insert(state.clone()) {
            return;
        }
        for variable in self.dependent.clone() {
            if self.direct[&variable].iter().all(|chance| state.contains_key(chance)) {
                self.formula(variable, state);
            }
        }
    }

    pub(super) fn graph(&mut self) -> &mut Graph {
        &mut self.ground.graph
    }

    /// The uniform of the input that is drawn under this key.
    pub(super) fn drawn_under(&mut self, key: &str, dimension: usize, span: Span) -> NodeId {
        let copy = u32::from(self.redrawn.contains(key));
        let input = self.ground.input(key, dimension, copy);
        let half = self.halves.get(key).copied();
        let graph = self.graph();
        let uniform = graph.add(Node::Input(input), span);
        let Some(half) = half else { return uniform };
        let middle = graph.number(0.5, span);
        let lower = graph.binary(Binary::Multiply, uniform, middle, span);
        match half {
            Half::Lower => lower,
            Half::Upper => graph.binary(Binary::Add, lower, middle, span),
        }
    }

    // What depends on chance.

    /// The chance variables that a formula's value depends on directly.
    pub(super) fn scope(&self, term: &Term) -> BTreeSet<Chance> {
        let mut found = BTreeSet::new();
        term.walk(&mut |one| match &one.kind {
            TermKind::Variable(variable @ (Variable::Factor(_) | Variable::Derived(_))) => {
                found.extend(self.direct.get(variable).into_iter().flatten().copied());
            }
            TermKind::Variable(variable) => found.extend(chance(*variable)),
            TermKind::Is(id, _) => {
                found.insert(Chance::Category(*id));
            }
            TermKind::Table(lookup) => {
                found.extend(lookup.parents.iter().filter_map(|(parent, _)| chance(*parent)));
            }
            TermKind::Outcome(_) => {
                found.insert(Chance::Outcome);
            }
            TermKind::Theory(_) => {
                found.insert(Chance::Theory);
            }
            TermKind::Draw(id) => {
                for parameter in self.model.quantities[id.0].shape.parameters() {
                    found.extend(self.scope(parameter));
                }
            }
            _ => {}
        });
        found.retain(|chance| !self.fixed.contains_key(chance) && !self.drawn.contains_key(chance));
        found
    }

    /// The state that a chance variable is in for certain, if it is.
    pub(super) fn certain(&self, chance: Chance) -> Option<usize> {
        self.fixed.get(&chance).copied()
    }

    /// The state of a chance variable: certain, or as `state` says.
    pub(super) fn state_of(&self, chance: Chance, state: &State) -> usize {
        let known = self.fixed.get(&chance).or_else(|| state.get(&chance));
        known.copied().unwrap_or(0)
    }
}

/// The chance variable that a variable of the model is.
pub(super) fn chance(variable: Variable) -> Option<Chance> {
    match variable {
        Variable::Event(id) => Some(Chance::Event(id)),
        Variable::Category(id) => Some(Chance::Category(id)),
        Variable::Factor(_) | Variable::Derived(_) => None,
    }
}

/// What is in one state for certain: cut, or by its probabilities.
fn fixed(formulas: &Formulas) -> State {
    let model = formulas.model;
    let mut fixed = State::new();
    for index in 0..model.events.len() {
        let variable = Variable::Event(EventId(index));
        let by_chance = || formulas.of(variable).as_constant().filter(|one| matches!(one, 0.0 | 1.0));
        let state = formulas.cut(variable).or_else(by_chance);
        fixed.extend(state.map(|state| (Chance::Event(EventId(index)), state as usize)));
    }
    for index in 0..model.categories.len() {
        let variable = Variable::Category(CategoryId(index));
        let by_chance = || formulas.all_of(variable).iter().position(|one| one.as_constant() == Some(1.0));
        let state = formulas.cut(variable).map(|state| state as usize).or_else(by_chance);
        fixed.extend(state.map(|state| (Chance::Category(CategoryId(index)), state)));
    }
    fixed
}

/// What a state says of some chance variables.
pub(super) fn part(state: &State, scope: &BTreeSet<Chance>) -> Vec<(Chance, usize)> {
    state.iter().filter(|(one, _)| scope.contains(one)).map(|(one, at)| (*one, *at)).collect()
}

impl Ground {
    /// The input that is drawn under this key, or a copy of it.
    fn input(&mut self, key: &str, dimension: usize, copy: u32) -> usize {
        let inputs = &mut self.inputs;
        *self.drawn.entry((key.into(), dimension, copy)).or_insert_with_key(|(key, dimension, copy)| {
            inputs.push(Input { key: key.clone(), dimension: *dimension, copy: *copy });
            inputs.len() - 1
        })
    }
}
