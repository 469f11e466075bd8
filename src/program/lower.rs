//! A model's formulas to nodes, in one setting and one state of the events; and expectations over the events.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Input;
use super::graph::{Graph, Node, NodeId};
use crate::diagnostic::Span;
use crate::distribution::{Distribution, Normal};
use crate::expression::{Binary, Comparison, Unary};
use crate::model::{EventId, Model, OutcomeId, Outcomes, QuantityId, Shape, Term, TermKind, Variable};

/// The most events that one answer may depend on: 2^12 states are enumerated in each draw.
pub const MOST_EVENTS: usize = 12;

/// The states of the events that are decided so far.
pub(super) type State = BTreeMap<EventId, bool>;

/// What a lowering shares with those of other settings.
#[derive(Default)]
pub(super) struct Ground {
    pub(super) graph: Graph,
    pub(super) inputs: Vec<Input>,
    pub(super) shapes: Vec<Shape>,
    drawn: HashMap<QuantityId, usize>,
}

/// Lowers formulas of one model in one setting.
pub(super) struct Lowering<'a> {
    pub(super) model: &'a Model,
    pub(super) ground: &'a mut Ground,
    /// Variables that are cut from their causes and held at a value.
    cut: BTreeMap<Variable, f64>,
    /// The events that each variable's value depends on.
    ancestors: BTreeMap<Variable, BTreeSet<EventId>>,
    /// Variables already lowered, by the states of the events they depend on.
    lowered: HashMap<(Variable, Vec<(EventId, bool)>), NodeId>,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(
        model: &'a Model,
        ground: &'a mut Ground,
        cut: BTreeMap<Variable, f64>,
    ) -> Lowering<'a> {
        let mut lowering =
            Lowering { model, ground, cut, ancestors: BTreeMap::new(), lowered: HashMap::new() };
        for variable in &model.order {
            let found = lowering.ancestors_of(*variable);
            lowering.ancestors.insert(*variable, found);
        }
        lowering.prepare(&State::new());
        lowering
    }

    /// As [`prepare`](Lowering::prepare), where there are events to decide.
    fn prepare_chains(&mut self, state: &State) {
        if !state.is_empty() {
            self.prepare(state);
        }
    }

    /// Lowers every variable whose value this state decides, in the order of computation: however long a chain of
    /// variables is, each finds the one before it done.
    fn prepare(&mut self, state: &State) {
        let model = self.model;
        for variable in &model.order {
            let decided = self.ancestors[variable].iter().all(|id| state.contains_key(id));
            let changed = state.is_empty() || !self.ancestors[variable].is_empty();
            if decided && changed && !self.cut.contains_key(variable) {
                self.formula(*variable, state);
            }
        }
    }

    pub(super) fn graph(&mut self) -> &mut Graph {
        &mut self.ground.graph
    }

    // Which events matter.

    fn ancestors_of(&self, variable: Variable) -> BTreeSet<EventId> {
        if self.cut.contains_key(&variable) {
            return BTreeSet::new();
        }
        let mut found = self.events_of(self.model.formula(variable));
        if let Variable::Event(id) = variable {
            found.insert(id);
        }
        found
    }

    /// The events that a formula's value depends on, each with all that its own probability depends on.
    pub(super) fn events_of(&self, term: &Term) -> BTreeSet<EventId> {
        let mut found = BTreeSet::new();
        term.walk(&mut |one| match &one.kind {
            TermKind::Variable(variable) => found.extend(self.ancestors.get(variable).into_iter().flatten()),
            TermKind::Draw(id) => {
                for parameter in self.model.quantities[id.0].shape.parameters() {
                    found.extend(self.events_of(parameter));
                }
            }
            _ => {}
        });
        found
    }

    /// The events that decide the outcome.
    pub(super) fn outcome_events(&self) -> BTreeSet<EventId> {
        self.model.form.terms().into_iter().flat_map(|term| self.events_of(term)).collect()
    }

    /// The events of a set whose state is open, in the order of computation.
    pub(super) fn open(&self, events: &BTreeSet<EventId>) -> Vec<EventId> {
        let is_open = |id: &EventId| {
            let certain = matches!(self.model.events[id.0].probability.as_constant(), Some(0.0 | 1.0));
            events.contains(id) && !certain && !self.cut.contains_key(&Variable::Event(*id))
        };
        let ordered = self.model.order.iter().filter_map(|variable| match variable {
            Variable::Event(id) => Some(*id),
            _ => None,
        });
        ordered.filter(is_open).collect()
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
            // Outcomes stand only in propositions, which replace them before they are lowered.
            TermKind::Outcome(_) => self.graph().number(f64::NAN, span),
        }
    }

    pub(super) fn variable(&mut self, variable: Variable, state: &State, span: Span) -> NodeId {
        if let Some(value) = self.cut.get(&variable) {
            let value = *value;
            return self.graph().number(value, span);
        }
        if let Variable::Event(id) = variable {
            let certain = self.model.events[id.0].probability.as_constant() == Some(1.0);
            let happens = state.get(&id).copied().unwrap_or(certain);
            return self.graph().number(f64::from(u8::from(happens)), span);
        }
        self.formula(variable, state)
    }

    /// The value of a factor or a derived value, the probability of an event.
    pub(super) fn formula(&mut self, variable: Variable, state: &State) -> NodeId {
        let events = &self.ancestors[&variable];
        let key: Vec<(EventId, bool)> =
            state.iter().filter(|(id, _)| events.contains(id)).map(|(id, happens)| (*id, *happens)).collect();
        if let Some(known) = self.lowered.get(&(variable, key.clone())) {
            return *known;
        }
        let model = self.model;
        let node = self.term(model.formula(variable), state);
        self.lowered.insert((variable, key), node);
        node
    }

    /// The probability of an event in a state of those it depends on.
    fn chance(&mut self, id: EventId, state: &State) -> NodeId {
        // The event itself is not among the states that decide its probability.
        self.formula(Variable::Event(id), state)
    }

    fn draw(&mut self, id: QuantityId, state: &State) -> NodeId {
        let model = self.model;
        let quantity = &model.quantities[id.0];
        let parameters: Vec<NodeId> =
            quantity.shape.parameters().into_iter().map(|one| self.term(one, state)).collect();
        let shape = self.ground.shape(&quantity.shape);
        let uniform = self.uniform(id);
        self.graph().add(Node::Quantile { shape, uniform, parameters }, quantity.span)
    }

    /// The uniform that a quantity is drawn at: as [`model::level`](crate::model::level), in nodes.
    fn uniform(&mut self, id: QuantityId) -> NodeId {
        let quantity = &self.model.quantities[id.0];
        let span = quantity.span;
        let mut sum = None;
        for (other, coefficient) in &quantity.normals {
            let normal = self.normal(*other);
            let coefficient = self.graph().number(*coefficient, span);
            let part = self.graph().binary(Binary::Multiply, coefficient, normal, span);
            sum = Some(match sum {
                Some(sum) => self.graph().binary(Binary::Add, sum, part, span),
                None => part,
            });
        }
        match (sum, quantity.mixing) {
            (None, _) => self.input(id),
            (Some(score), None) => self.graph().unary(Unary::NormalLevel, score, span),
            (Some(score), Some(mixing)) => {
                let square = self.draw(mixing.quantity, &State::new());
                let root = self.graph().unary(Unary::Sqrt, square, span);
                let score = self.graph().binary(Binary::Divide, score, root, span);
                let degrees = self.graph().number(mixing.degrees, span);
                self.graph().binary(Binary::StudentLevel, score, degrees, span)
            }
        }
    }

    /// Φ⁻¹ of a quantity's own uniform.
    fn normal(&mut self, id: QuantityId) -> NodeId {
        let shape = self.ground.shape(&Shape::Fixed(Distribution::Normal(Normal::STANDARD)));
        let uniform = self.input(id);
        let span = self.model.quantities[id.0].span;
        self.graph().add(Node::Quantile { shape, uniform, parameters: Vec::new() }, span)
    }

    /// A quantity's own uniform.
    fn input(&mut self, id: QuantityId) -> NodeId {
        let model = self.model;
        let input = self.ground.input(id, model);
        self.graph().add(Node::Input(input), model.quantities[id.0].span)
    }

    // Outcomes and expectations.

    /// The probability of each outcome in a state of the events.
    pub(super) fn shares(&mut self, state: &State) -> Vec<NodeId> {
        let model = self.model;
        let span = model.outcomes.first().map(|one| one.span).unwrap_or_default();
        match &model.form {
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

    /// The expectation over `events` (which are open, in order) of the values that `leaf` gives in each state.
    pub(super) fn expect(
        &mut self,
        events: &[EventId],
        leaf: &mut impl FnMut(&mut Self, &State) -> Vec<NodeId>,
    ) -> Vec<NodeId> {
        self.branch(events, &mut State::new(), leaf)
    }

    fn branch(
        &mut self,
        events: &[EventId],
        state: &mut State,
        leaf: &mut impl FnMut(&mut Self, &State) -> Vec<NodeId>,
    ) -> Vec<NodeId> {
        let Some((first, rest)) = events.split_first() else {
            self.prepare_chains(state);
            return leaf(self, state);
        };
        let chance = self.chance(*first, state);
        let certain = self.graph().constant(chance);
        let mut side = |lowering: &mut Self, happens: bool| {
            state.insert(*first, happens);
            let values = lowering.branch(rest, state, leaf);
            state.remove(first);
            values
        };
        if certain == Some(1.0) || certain == Some(0.0) {
            return side(self, certain == Some(1.0));
        }
        let one = side(self, true);
        let other = side(self, false);
        let span = self.model.events[first.0].probability.span;
        one.into_iter().zip(other).map(|(a, b)| self.graph().mix(chance, a, b, span)).collect()
    }

    /// Every state of `events` with its probability (`None` for certainty) and the value that `leaf` gives there.
    pub(super) fn states(
        &mut self,
        events: &[EventId],
        leaf: &mut impl FnMut(&mut Self, &State) -> NodeId,
    ) -> Vec<(NodeId, Option<NodeId>)> {
        let mut found = Vec::new();
        let mut open = vec![(0, State::new(), None)];
        while let Some((depth, state, weight)) = open.pop() {
            let Some(event) = events.get(depth) else {
                self.prepare_chains(&state);
                let value = leaf(self, &state);
                found.push((self.possible(value, weight), weight));
                continue;
            };
            let span = self.model.events[event.0].probability.span;
            let chance = self.chance(*event, &state);
            let rest = self.graph().unary(Unary::Not, chance, span);
            for (happens, share) in [(false, rest), (true, chance)] {
                if self.graph().constant(share) == Some(0.0) {
                    continue;
                }
                let joint = match weight {
                    Some(weight) => self.graph().binary(Binary::Weigh, weight, share, span),
                    None => share,
                };
                let mut next = state.clone();
                next.insert(*event, happens);
                open.push((depth + 1, next, Some(joint)));
            }
        }
        found
    }

    /// A value where its weight is not 0, so that a state that can't happen makes no draw void.
    fn possible(&mut self, value: NodeId, weight: Option<NodeId>) -> NodeId {
        let Some(weight) = weight else { return value };
        let span = self.ground.graph.spans[value.0];
        let nothing = self.graph().number(0.0, span);
        self.graph().select(weight, value, nothing, span)
    }

    /// The truth of a proposition in a state of the events, given the outcome.
    pub(super) fn proposition(&mut self, term: &Term, state: &State, outcome: OutcomeId) -> NodeId {
        let settled = settle(term, outcome);
        self.term(&settled, state)
    }
}

impl Lowering<'_> {
    /// Σ_k share_k · truth_k: the probability of a proposition in a state of the events, given its truth under each
    /// outcome. A proposition that is true or false whatever the outcome needs no shares.
    pub(super) fn share_of(&mut self, truths: &[NodeId], state: &State, span: Span) -> NodeId {
        if truths.iter().all(|truth| *truth == truths[0]) {
            return truths[0];
        }
        let shares = self.shares(state);
        let graph = self.graph();
        let mut sum = None;
        for (share, truth) in shares.into_iter().zip(truths) {
            let part = match graph.constant(*truth) {
                Some(0.0) => continue,
                Some(1.0) => share,
                _ => graph.binary(Binary::Multiply, share, *truth, span),
            };
            sum = Some(match sum {
                Some(sum) => graph.binary(Binary::Add, sum, part, span),
                None => part,
            });
        }
        match sum {
            Some(sum) => sum,
            None => graph.number(0.0, span),
        }
    }
}

/// A proposition with every outcome replaced by whether it is this one.
fn settle(term: &Term, outcome: OutcomeId) -> Term {
    let mut settled = term.clone();
    settled.replace(&mut |one| match one.kind {
        TermKind::Outcome(id) => Some(TermKind::Constant(f64::from(u8::from(id == outcome)))),
        _ => None,
    });
    settled
}

impl Ground {
    /// The input of a quantity.
    fn input(&mut self, id: QuantityId, model: &Model) -> usize {
        let quantity = &model.quantities[id.0];
        *self.drawn.entry(id).or_insert_with(|| {
            self.inputs.push(Input { key: quantity.key.clone(), dimension: quantity.dimension });
            self.inputs.len() - 1
        })
    }

    /// The place of a shape; equal shapes share one.
    fn shape(&mut self, shape: &Shape) -> usize {
        let known = self.shapes.iter().position(|one| one == shape);
        known.unwrap_or_else(|| {
            self.shapes.push(shape.clone());
            self.shapes.len() - 1
        })
    }
}
