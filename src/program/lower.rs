//! A model's formulas to nodes, in one setting and one state of what chance decides.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Input;
use super::answers::Setting;
use super::elimination::{Chance, Potential};
use super::graph::{Graph, Node, NodeId};
use super::narrowing::Intervals;
use super::route::{Origin, Shapes};
use super::states::Draws;
use crate::diagnostic::Span;
use crate::distribution::{Distribution, Normal};
use crate::expression::{Binary, Comparison, Unary};
use crate::model::{
    CategoryId, EventId, Mixing, Model, Outcomes, QuantityId, Shape, Term, TermKind, TheoryId, Variable,
};

/// The states of what is decided so far.
pub(super) type State = BTreeMap<Chance, usize>;

/// What a lowering shares with those of other settings.
#[derive(Default)]
pub(super) struct Ground {
    pub(super) graph: Graph,
    pub(super) inputs: Vec<Input>,
    pub(super) shapes: Shapes,
    /// The inputs by their keys and dimensions, by which quantities and states of several models share them.
    drawn: HashMap<(String, usize), usize>,
}

/// Lowers formulas of one model in one setting.
pub(super) struct Lowering<'a> {
    pub(super) model: &'a Model,
    pub(super) ground: &'a mut Ground,
    /// Variables that are cut from their causes and held at a value; of a factor with states, the position of the state.
    cut: Setting,
    /// What is in one state for certain.
    fixed: State,
    /// What the value of each factor and derived value depends on directly: chance variables, through other factors and
    /// derived values, but not through other chance variables.
    direct: BTreeMap<Variable, BTreeSet<Chance>>,
    /// Factors and derived values that depend on chance, in the order of computation.
    dependent: Vec<Variable>,
    /// Factors and derived values already lowered, by the states that they depend on.
    lowered: HashMap<(Variable, Vec<(Chance, usize)>), NodeId>,
    /// The states for which the dependent ones are lowered.
    prepared: HashSet<State>,
    /// What decides the outcome directly.
    pub(super) outcome_scope: BTreeSet<Chance>,
    /// The probabilities of the outcomes, by the states that they depend on.
    shared: HashMap<Vec<(Chance, usize)>, Vec<NodeId>>,
    /// How probable the states of chance variables are, as far as it was asked for.
    pub(super) potentials: BTreeMap<Chance, Vec<Potential>>,
    /// Joint distributions, by their variables, as far as they were asked for.
    pub(super) joints: HashMap<Vec<Chance>, Potential>,
    /// The states of chance variables that are drawn and not summed over, as nodes.
    pub(super) drawn: HashMap<Chance, NodeId>,
    /// What was learned.
    pub(super) evidence: Vec<Potential>,
    /// What the uniforms of some quantities are confined to.
    pub(super) intervals: Intervals,
    /// The uniforms of confined quantities, and the normals of those that a copula joins.
    pub(super) confined: HashMap<QuantityId, NodeId>,
    /// The probability of what constant intervals confine.
    pub(super) confined_to: f64,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(
        model: &'a Model,
        ground: &'a mut Ground,
        cut: Setting,
        intervals: Intervals,
        draws: Draws,
    ) -> Lowering<'a> {
        Lowering::under(model.only_theory(), model, ground, cut, intervals, draws)
    }

    /// As [`new`](Lowering::new), with a theory taken for the right one.
    pub(super) fn under(
        theory: Option<TheoryId>,
        model: &'a Model,
        ground: &'a mut Ground,
        cut: Setting,
        intervals: Intervals,
        draws: Draws,
    ) -> Lowering<'a> {
        let mut fixed = fixed(model, &cut);
        fixed.extend(theory.map(|id| (Chance::Theory, id.0)));
        let mut lowering = Lowering {
            model,
            ground,
            cut,
            fixed,
            direct: BTreeMap::new(),
            dependent: Vec::new(),
            lowered: HashMap::new(),
            prepared: HashSet::new(),
            outcome_scope: BTreeSet::new(),
            shared: HashMap::new(),
            potentials: BTreeMap::new(),
            joints: HashMap::new(),
            drawn: HashMap::new(),
            evidence: Vec::new(),
            intervals,
            confined: HashMap::new(),
            confined_to: 1.0,
        };
        for variable in &model.order {
            lowering.find_scope(*variable);
            lowering.draw_state(*variable, draws);
        }
        lowering.outcome_scope = lowering.outcome_scope();
        lowering
    }

    /// What decides the outcome directly under any theory that can be right, and which theory is.
    fn outcome_scope(&self) -> BTreeSet<Chance> {
        let certain = self.certain(Chance::Theory);
        let theories = self.model.theories.iter().enumerate();
        let possible = theories.filter(|(at, one)| certain.map_or(one.weight > 0.0, |only| only == *at));
        let terms = possible.flat_map(|(_, one)| one.form.terms());
        let scope = terms.flat_map(|term| self.scope(term));
        scope.chain(certain.is_none().then_some(Chance::Theory)).collect()
    }

    /// Finds what a variable depends on. One that chance has no part in is lowered at once, in the order of computation:
    /// however long a chain of variables is, each finds the one before it done.
    fn find_scope(&mut self, variable: Variable) {
        if self.cut.contains_key(&variable) || !matches!(variable, Variable::Factor(_) | Variable::Derived(_))
        {
            return;
        }
        let scope = self.scope(self.model.formula(variable));
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

    // Formulas.

    pub(super) fn term(&mut self, term: &Term, state: &State) -> NodeId {
        let span = term.span;
        match &term.kind {
            TermKind::Constant(value) => self.graph().number(*value, span),
            TermKind::Variable(variable) => self.variable(*variable, state, span),
            TermKind::Draw(id) => self.draw(*id, state),
            TermKind::Unary(operation, one) => {
                let one = self.term(one, state);
                self.graph().unary(*operation, one, span)
            }
            TermKind::Binary(operation, a, b) => {
                let (a, b) = (self.term(a, state), self.term(b, state));
                self.graph().binary(*operation, a, b, span)
            }
            TermKind::Compare(comparison, a, b) => {
                let (a, b) = (self.term(a, state), self.term(b, state));
                self.graph().compare(*comparison, a, b, span)
            }
            TermKind::If(parts) => {
                let [condition, one, other] = [0, 1, 2].map(|index| self.term(&parts[index], state));
                self.graph().select(condition, one, other, span)
            }
            TermKind::Within(one, low, high) => {
                let one = self.term(one, state);
                self.graph().within(one, *low, *high, span)
            }
            TermKind::Is(id, own) if self.drawn.contains_key(&Chance::Category(*id)) => {
                self.is_drawn(Chance::Category(*id), *own, span)
            }
            TermKind::Is(id, own) => {
                let is_so = self.state_of(Chance::Category(*id), state) == *own;
                self.graph().number(f64::from(u8::from(is_so)), span)
            }
            TermKind::Table(lookup) if lookup.parents.iter().any(|(one, _)| self.is_of_draws(*one)) => {
                self.drawn_row(lookup, state, span)
            }
            TermKind::Table(lookup) => {
                let of = |parent| Ok::<_, ()>(chance(parent).map_or(0, |one| self.state_of(one, state)));
                match lookup.row(of) {
                    Ok(row) => self.term(row, state),
                    Err(()) => self.graph().number(f64::NAN, span),
                }
            }
            TermKind::Theory(id) => {
                let is_so = self.state_of(Chance::Theory, state) == id.0;
                self.graph().number(f64::from(u8::from(is_so)), span)
            }
            TermKind::Outcome(id) => {
                let is_so = state.get(&Chance::Outcome) == Some(&id.0);
                self.graph().number(f64::from(u8::from(is_so)), span)
            }
        }
    }

    fn variable(&mut self, variable: Variable, state: &State, span: Span) -> NodeId {
        if let Some(value) = self.cut.get(&variable) {
            let value = *value;
            return self.graph().number(value, span);
        }
        match chance(variable) {
            Some(event) if self.drawn.contains_key(&event) => self.drawn[&event],
            Some(event) => {
                let happens = self.state_of(event, state);
                self.graph().number(happens as f64, span)
            }
            None => self.formula(variable, state),
        }
    }

    /// The value of a factor or a derived value.
    pub(super) fn formula(&mut self, variable: Variable, state: &State) -> NodeId {
        if let Some(value) = self.cut.get(&variable) {
            let value = *value;
            return self.graph().number(value, Span::default());
        }
        let key = part(state, &self.direct[&variable]);
        if let Some(known) = self.lowered.get(&(variable, key.clone())) {
            return *known;
        }
        let model = self.model;
        let node = self.term(model.formula(variable), state);
        self.lowered.insert((variable, key), node);
        node
    }

    fn draw(&mut self, id: QuantityId, state: &State) -> NodeId {
        let model = self.model;
        let quantity = &model.quantities[id.0];
        let parameters: Vec<NodeId> =
            quantity.shape.parameters().into_iter().map(|one| self.term(one, state)).collect();
        let (from, origin) = self.origin(id);
        let shape = self.ground.shapes.place(&quantity.shape, origin);
        self.graph().add(Node::Quantile { shape, from, parameters }, quantity.span)
    }

    /// What a quantity is drawn from: a uniform as that of [`model::level`](crate::model::level), in nodes, or the normal of
    /// which it is the level.
    fn origin(&mut self, id: QuantityId) -> (NodeId, Origin) {
        let quantity = &self.model.quantities[id.0];
        if quantity.normals.is_empty() {
            return (self.own(id), Origin::Uniform);
        }
        let span = quantity.span;
        let score = self.score(&quantity.normals, span);
        let Some(mixing) = quantity.mixing else { return (score, Origin::Normal) };
        let root = self.root(mixing, span);
        let score = self.graph().binary(Binary::Divide, score, root, span);
        let degrees = self.graph().number(mixing.degrees, span);
        (self.graph().binary(Binary::StudentLevel, score, degrees, span), Origin::Uniform)
    }

    /// What the normals of a t copula's group are divided by.
    pub(super) fn root(&mut self, mixing: Mixing, span: Span) -> NodeId {
        let square = self.draw(mixing.quantity, &State::new());
        self.graph().unary(Unary::Sqrt, square, span)
    }

    /// Σ coefficient × normal; 0 for none.
    pub(super) fn score(&mut self, normals: &[(QuantityId, f64)], span: Span) -> NodeId {
        let mut sum = None;
        for (other, coefficient) in normals {
            let normal = self.normal(*other);
            let coefficient = self.graph().number(*coefficient, span);
            let part = self.graph().binary(Binary::Multiply, coefficient, normal, span);
            sum = Some(match sum {
                Some(sum) => self.graph().binary(Binary::Add, sum, part, span),
                None => part,
            });
        }
        sum.unwrap_or_else(|| self.graph().number(0.0, span))
    }

    /// Φ⁻¹ of a quantity's own uniform.
    fn normal(&mut self, id: QuantityId) -> NodeId {
        let uniform = self.own(id);
        let span = self.model.quantities[id.0].span;
        self.normal_at(uniform, span)
    }

    fn normal_at(&mut self, uniform: NodeId, span: Span) -> NodeId {
        let standard = Shape::Fixed(Distribution::Normal(Normal::STANDARD));
        let shape = self.ground.shapes.place(&standard, Origin::Uniform);
        self.graph().add(Node::Quantile { shape, from: uniform, parameters: Vec::new() }, span)
    }

    /// A quantity's own uniform.
    pub(super) fn input(&mut self, id: QuantityId) -> NodeId {
        let model = self.model;
        let input = self.ground.input(id, model);
        self.graph().add(Node::Input(input), model.quantities[id.0].span)
    }

    // Outcomes.

    /// The probability of each outcome in a state of what decides it.
    pub(super) fn shares(&mut self, state: &State) -> Vec<NodeId> {
        let key = part(state, &self.outcome_scope);
        if let Some(known) = self.shared.get(&key) {
            return known.clone();
        }
        let shares = self.lower_shares(state);
        self.shared.insert(key, shares.clone());
        shares
    }

    fn lower_shares(&mut self, state: &State) -> Vec<NodeId> {
        let model = self.model;
        let span = model.outcomes.first().map(|one| one.span).unwrap_or_default();
        let theory = &model.theories[self.state_of(Chance::Theory, state)];
        if theory.weight == 0.0 {
            // What can't be right is not looked at, so that it draws nothing.
            return vec![self.graph().number(0.0, span); model.outcomes.len()];
        }
        match &theory.form {
            Outcomes::Weighted { scores, .. } | Outcomes::Scored(scores) => {
                let scores: Vec<NodeId> = scores.iter().map(|score| self.term(score, state)).collect();
                self.graph().softmax(scores, span)
            }
            Outcomes::Ruled(rules) => {
                let truths: Vec<Option<NodeId>> =
                    rules.iter().map(|rule| rule.as_ref().map(|rule| self.term(rule, state))).collect();
                self.ruled(&truths, span)
            }
        }
    }

    /// As [`model::ruled`](crate::model::ruled), in nodes.
    fn ruled(&mut self, truths: &[Option<NodeId>], span: Span) -> Vec<NodeId> {
        let graph = self.graph();
        let zero = graph.number(0.0, span);
        let one = graph.number(1.0, span);
        let void = graph.number(f64::NAN, span);
        let sum = truths
            .iter()
            .flatten()
            .fold(None, |sum, truth| match sum {
                None => Some(*truth),
                Some(sum) => Some(graph.binary(Binary::Add, sum, *truth, span)),
            })
            .unwrap_or(zero);
        let exactly_one = graph.compare(Comparison::Equal, sum, one, span);
        let has_else = truths.iter().any(Option::is_none);
        let sound = if has_else {
            let none = graph.compare(Comparison::Equal, sum, zero, span);
            graph.binary(Binary::Or, exactly_one, none, span)
        } else {
            exactly_one
        };
        let rest = graph.unary(Unary::Not, sum, span);
        truths.iter().map(|truth| graph.select(sound, truth.unwrap_or(rest), void, span)).collect()
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
fn fixed(model: &Model, cut: &Setting) -> State {
    let mut fixed = State::new();
    for (variable, value) in cut {
        fixed.extend(chance(*variable).map(|one| (one, *value as usize)));
    }
    for (index, event) in model.events.iter().enumerate() {
        if let Some(certain @ (0.0 | 1.0)) = event.probability.as_constant() {
            fixed.entry(Chance::Event(EventId(index))).or_insert(certain as usize);
        }
    }
    for (index, category) in model.categories.iter().enumerate() {
        if let Some(at) = category.probabilities.iter().position(|one| one.as_constant() == Some(1.0)) {
            fixed.entry(Chance::Category(CategoryId(index))).or_insert(at);
        }
    }
    fixed
}

/// What a state says of some chance variables.
fn part(state: &State, scope: &BTreeSet<Chance>) -> Vec<(Chance, usize)> {
    state.iter().filter(|(one, _)| scope.contains(one)).map(|(one, at)| (*one, *at)).collect()
}

impl Ground {
    /// The input of a quantity.
    fn input(&mut self, id: QuantityId, model: &Model) -> usize {
        let quantity = &model.quantities[id.0];
        self.state_input(quantity.key.clone(), quantity.dimension)
    }

    /// The input that the state of a chance variable is drawn from.
    pub(super) fn state_input(&mut self, key: String, dimension: usize) -> usize {
        let inputs = &mut self.inputs;
        *self.drawn.entry((key, dimension)).or_insert_with_key(|(key, dimension)| {
            inputs.push(Input { key: key.clone(), dimension: *dimension });
            inputs.len() - 1
        })
    }
}
