//! The chance variables of a model as a network: how probable the states of each are given those before it, and the joint
//! distributions of some of them.

use std::collections::{BTreeMap, BTreeSet};

use super::elimination::{TooLarge, sum};
use super::graph::NodeId;
use super::lowering::{Lowering, chance};
use super::potential::{Chance, Potential, State, for_each_state};
use crate::diagnostic::Span;
use crate::model::{CategoryId, EventId, Product, Term, TermKind, TheoryId, Variable};

/// The most combinations of states that one formula may depend on directly.
pub const MOST_STATES: usize = 1 << 12;

/// As many causes as an event's own table is made for; with more, they are multiplied one by one.
const FEW_CAUSES: usize = 3;

impl Lowering<'_> {
    /// How many states a chance variable has.
    pub(super) fn count(&self, chance: Chance) -> usize {
        match chance {
            Chance::Category(id) => self.model.categories[id.0].states.len(),
            Chance::Event(_) | Chance::Causes(_) => 2,
            Chance::Theory => self.model.theories.len(),
            Chance::Outcome => self.model.outcomes.len(),
        }
    }

    pub(super) fn counted(&self, scope: &BTreeSet<Chance>) -> Vec<(Chance, usize)> {
        scope.iter().map(|chance| (*chance, self.count(*chance))).collect()
    }

    /// Calls `each` with every state of `scope`, all that depends on it being lowered.
    pub(super) fn tabulate(
        &mut self,
        scope: &BTreeSet<Chance>,
        mut each: impl FnMut(&mut Self, &State) -> Vec<NodeId>,
    ) -> Vec<NodeId> {
        let counted = self.counted(scope);
        let mut entries = Vec::new();
        for_each_state(&counted, |states| {
            let state = state(&counted, states);
            self.prepare(&state);
            entries.extend(each(self, &state));
        });
        entries
    }

    /// How probable the states of a chance variable are, given those that decide it directly.
    pub(super) fn potentials_of(&mut self, chance: Chance) -> Result<Vec<Potential>, TooLarge> {
        if let Some(known) = self.potentials.get(&chance) {
            return Ok(known.clone());
        }
        let found = match chance {
            Chance::Event(id) => self.event(id)?,
            Chance::Category(id) => vec![self.category(id)?],
            Chance::Theory => vec![self.theory()],
            Chance::Outcome => vec![self.outcome()?],
            Chance::Causes(_) => Vec::new(),
        };
        self.potentials.insert(chance, found.clone());
        Ok(found)
    }

    fn event(&mut self, id: EventId) -> Result<Vec<Potential>, TooLarge> {
        let probability = self.formulas.of(Variable::Event(id));
        let scope = self.scope(probability);
        // In a copula the probability is needed as a whole.
        if let Some(product) = self.formulas.product(id)
            && scope.len() > FEW_CAUSES
            && self.model.latent(Variable::Event(id)).is_none()
        {
            return self.causes(id, product);
        }
        let scope = self.limited(scope, Chance::Event(id))?;
        let entries = self.tabulate(&scope, |lowering, state| lowering.chances(Variable::Event(id), state));
        Ok(vec![self.given(scope, Chance::Event(id), entries)])
    }

    /// An event with many causes: with a variable between, whose first state stands for their product and whose second for
    /// 1, P(e | causes) is a sum of products in which each cause stands alone (Díez & Galán 2003).
    fn causes(&mut self, id: EventId, product: &Product) -> Result<Vec<Potential>, TooLarge> {
        let model = self.model;
        let span = model.events[id.0].probability.span;
        let mut found = Vec::new();
        for part in &product.parts {
            let scope = self.limited(self.scope(part), Chance::Causes(id))?;
            let entries = self.tabulate(&scope, |lowering, state| {
                let value = lowering.term(part, state);
                vec![value, lowering.graph().number(1.0, span)]
            });
            found.push(self.given(scope, Chance::Causes(id), entries));
        }
        // By (cause, event): the state that the product tells has the product itself, the other 1 minus it.
        let signs = if product.happens { [-1.0, 1.0, 1.0, 0.0] } else { [1.0, -1.0, 0.0, 1.0] };
        let entries = signs.map(|sign| self.graph().number(sign, span)).to_vec();
        found.push(Potential { scope: vec![(Chance::Causes(id), 2), (Chance::Event(id), 2)], entries });
        Ok(found)
    }

    fn category(&mut self, id: CategoryId) -> Result<Potential, TooLarge> {
        let shares = self.formulas.all_of(Variable::Category(id));
        let scope = shares.iter().flat_map(|share| self.scope(share)).collect();
        let is_in_copula = self.model.latent(Variable::Category(id)).is_some();
        let scope = match !is_in_copula && shares.iter().all(|share| is_numbers(share)) {
            true => scope,
            false => self.limited(scope, Chance::Category(id))?,
        };
        let entries =
            self.tabulate(&scope, |lowering, state| lowering.chances(Variable::Category(id), state));
        Ok(self.given(scope, Chance::Category(id), entries))
    }

    /// How probable each theory is, whatever the factors are.
    fn theory(&mut self) -> Potential {
        let theories = self.model.theories.iter().enumerate();
        let weights = theories.map(|(at, one)| (self.formulas.weight(TheoryId(at)), one.span));
        let entries = weights.map(|(weight, span)| self.ground.graph.number(weight, span)).collect();
        self.given(BTreeSet::new(), Chance::Theory, entries)
    }

    fn outcome(&mut self) -> Result<Potential, TooLarge> {
        let scope = self.limited(self.outcome_scope.clone(), Chance::Outcome)?;
        let entries = self.tabulate(&scope, |lowering, state| lowering.shares(state));
        Ok(self.given(scope, Chance::Outcome, entries))
    }

    /// The scope, if its states can be gone through for `chance`.
    pub(super) fn limited(
        &self,
        scope: BTreeSet<Chance>,
        chance: Chance,
    ) -> Result<BTreeSet<Chance>, TooLarge> {
        let size = scope.iter().fold(1usize, |size, one| size.saturating_mul(self.count(*one)));
        match size <= MOST_STATES {
            true => Ok(scope),
            false => {
                Err(TooLarge::States { scope: scope.into_iter().filter(|one| *one != chance).collect() })
            }
        }
    }

    fn given(&self, scope: BTreeSet<Chance>, chance: Chance, entries: Vec<NodeId>) -> Potential {
        let mut scope = self.counted(&scope);
        scope.push((chance, self.count(chance)));
        Potential { scope, entries }
    }

    /// All chance variables that some depend on, themselves among them, and how probable their states are.
    pub(super) fn ancestry(&mut self, targets: &BTreeSet<Chance>) -> Result<Vec<Potential>, TooLarge> {
        let learned = self.evidence.iter().flat_map(|one| &one.scope).map(|(one, _)| *one);
        let mut seen: BTreeSet<Chance> = targets.iter().copied().chain(learned).collect();
        let mut open: Vec<Chance> = seen.iter().copied().collect();
        let mut found = self.evidence.clone();
        while let Some(chance) = open.pop() {
            let own = self.potentials_of(chance)?;
            for (one, _) in own.iter().flat_map(|one| &one.scope) {
                if seen.insert(*one) {
                    open.push(*one);
                }
            }
            found.extend(own);
        }
        Ok(found)
    }

    /// The expectation, over what chance decides, of the values that `leaf` gives in each state of `scope`; with evidence,
    /// that of the values where it holds.
    pub(super) fn expect(
        &mut self,
        scope: &BTreeSet<Chance>,
        span: Span,
        leaf: impl Fn(&mut Self, &State) -> Vec<NodeId>,
    ) -> Result<Vec<NodeId>, TooLarge> {
        let joint = self.joint(scope)?;
        let mut rows: Vec<(NodeId, Vec<NodeId>)> = Vec::new();
        let mut weights = joint.entries.iter();
        for_each_state(&joint.scope, |states| {
            let Some(weight) = weights.next() else { return };
            if self.graph().constant(*weight) != Some(0.0) {
                let state = state(&joint.scope, states);
                self.prepare(&state);
                rows.push((*weight, leaf(self, &state)));
            }
        });
        let is_plain = self.evidence.is_empty();
        let width = rows.first().map_or(0, |(_, values)| values.len());
        let one = |at: usize| {
            let same = rows.iter().all(|(_, values)| values[at] == rows[0].1[at]);
            // Probabilities of all states sum to 1.
            if is_plain && same {
                return rows[0].1[at];
            }
            let graph = self.graph();
            let parts: Vec<NodeId> =
                rows.iter().map(|(weight, values)| graph.weigh(*weight, values[at], span)).collect();
            sum(graph, &parts, span)
        };
        Ok((0..width).map(one).collect())
    }

    /// P(a chance variable is in a state), and what was learned with it.
    pub(super) fn state_chance(
        &mut self,
        chance: Chance,
        state: usize,
        span: Span,
    ) -> Result<NodeId, TooLarge> {
        let joint = self.joint(&BTreeSet::from([chance]))?;
        let own = joint.entries[state];
        let is_alone = self.evidence.is_empty() && self.is_only(&joint, state);
        Ok(if is_alone { self.graph().number(1.0, span) } else { own })
    }

    /// Whether no other state can be: probabilities of all states sum to 1.
    fn is_only(&mut self, joint: &Potential, state: usize) -> bool {
        let graph = self.graph();
        let mut others = joint.entries.iter().enumerate().filter(|(at, _)| *at != state);
        // Looked at from the front: most have more than one state that can be.
        graph.constant(joint.entries[state]) != Some(0.0)
            && others.all(|(_, entry)| graph.constant(*entry) == Some(0.0))
    }

    /// Every state of `scope` that can be, with its probability (`None` for certainty) and the value that `leaf` gives
    /// there.
    pub(super) fn states(
        &mut self,
        scope: &BTreeSet<Chance>,
        leaf: impl Fn(&mut Self, &State) -> NodeId,
    ) -> Result<Vec<(NodeId, Option<NodeId>)>, TooLarge> {
        let joint = self.joint(scope)?;
        let mut found = Vec::new();
        let mut weights = joint.entries.iter();
        for_each_state(&joint.scope, |states| {
            let Some(weight) = weights.next() else { return };
            match self.graph().constant(*weight) {
                Some(0.0) => {}
                Some(1.0) => {
                    let state = state(&joint.scope, states);
                    self.prepare(&state);
                    found.push((leaf(self, &state), None));
                }
                _ => {
                    let state = state(&joint.scope, states);
                    self.prepare(&state);
                    let value = leaf(self, &state);
                    found.push((self.possible(value, *weight), Some(*weight)));
                }
            }
        });
        Ok(found)
    }

    /// A value where its weight is not 0, so that a state that can't happen makes no draw void.
    pub(super) fn possible(&mut self, value: NodeId, weight: NodeId) -> NodeId {
        let span = self.ground.graph.spans[value.0];
        let nothing = self.graph().number(0.0, span);
        self.graph().select(weight, value, nothing, span)
    }

    /// What is in one of several states, is no chance but not known, and decides the outcome, directly or not: factors with
    /// states, and which theory is right.
    pub(super) fn outcome_unknowns(&mut self) -> Result<BTreeSet<Chance>, TooLarge> {
        let mut found = BTreeSet::new();
        for potential in self.ancestry(&BTreeSet::from([Chance::Outcome]))? {
            found.extend(potential.scope.iter().map(|(one, _)| *one));
        }
        found.retain(|one| matches!(one, Chance::Category(_) | Chance::Theory));
        Ok(found)
    }

    /// Takes a part of what was learned.
    pub(super) fn learn(&mut self, part: &Term) -> Result<(), TooLarge> {
        let scope = self.limited(self.scope(part), Chance::Outcome)?;
        let entries = self.tabulate(&scope, |lowering, state| vec![lowering.term(part, state)]);
        let scope = self.counted(&scope);
        self.evidence.push(Potential { scope, entries });
        self.forget();
        Ok(())
    }

    /// Takes a report: how probable it is in each state of what it is about.
    pub(super) fn learn_softly(&mut self, about: Option<Variable>, likelihoods: &[f64], span: Span) {
        let chance = about.and_then(chance).unwrap_or(Chance::Outcome);
        let entries: Vec<NodeId> = likelihoods.iter().map(|one| self.graph().number(*one, span)).collect();
        let potential = match self.certain(chance) {
            Some(state) => Potential { scope: Vec::new(), entries: vec![entries[state]] },
            None if self.drawn.contains_key(&chance) => {
                let parts: Vec<NodeId> = (0..entries.len())
                    .map(|state| {
                        let truth = self.is_drawn(chance, state, span);
                        self.graph().weigh(truth, entries[state], span)
                    })
                    .collect();
                Potential { scope: Vec::new(), entries: vec![sum(self.graph(), &parts, span)] }
            }
            None => Potential { scope: vec![(chance, self.count(chance))], entries },
        };
        self.evidence.push(potential);
        self.forget();
    }
}

/// Whether a formula is a table of numbers, of which there may be as many as a file holds.
fn is_numbers(term: &Term) -> bool {
    match &term.kind {
        TermKind::Table(lookup) => lookup.rows.iter().all(|row| row.as_constant().is_some()),
        _ => false,
    }
}

fn state(scope: &[(Chance, usize)], states: &[usize]) -> State {
    scope.iter().zip(states).map(|((one, _), at)| (*one, *at)).collect::<BTreeMap<_, _>>()
}
