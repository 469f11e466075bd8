//! What is asked in one world, to the outputs that answer it.

use std::collections::BTreeSet;
use std::fmt;

use super::contradiction::fewest;
use super::elimination::{TooLarge, sum};
use super::graph::NodeId;
use super::lowering::Lowering;
use super::outputs::Outputs;
use super::potential::{Chance, State};
use super::query::{JointState, Output, Query, Spread, WorldId};
use crate::diagnostic::Span;
use crate::expression::Binary;
use crate::model::{Model, Term, TermKind, Variable};

/// Why there is no program.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Obstacle {
    /// One answer depends on more states of events and factors than can be summed over.
    TooManyStates {
        /// What was asked.
        answer: String,
        /// The events and factors that would have to be looked at together, by name.
        names: Vec<String>,
    },
    /// What was learned can't be.
    Impossible {
        /// The parts that can't hold together.
        parts: Vec<Span>,
    },
    /// It was told to end.
    Interrupted,
    /// It would have taken more memory than it may.
    Memory {
        /// What was asked.
        answer: String,
        /// How much it would have taken, in bytes.
        bytes: u64,
    },
}

impl Obstacle {
    /// These would have to be looked at together.
    pub(crate) fn too_many(answer: String, together: Vec<Chance>, model: &Model) -> Obstacle {
        let mut names: Vec<String> = together.into_iter().map(|one| one.name(model).to_string()).collect();
        names.dedup();
        Obstacle::TooManyStates { answer, names }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Obstacle::TooManyStates { answer, names } => {
                write!(f, "{answer} depends on too many states at once: those of {}", names.join(", "))
            }
            Obstacle::Impossible { .. } => f.write_str("what was learned is impossible in this model"),
            Obstacle::Interrupted => f.write_str("interrupted"),
            Obstacle::Memory { answer, bytes } => {
                write!(f, "{answer} would take {} MB of memory", bytes.div_ceil(1_000_000))
            }
        }
    }
}

impl std::error::Error for Obstacle {}

/// As many combinations of states of factors as an outcome's spread is listed for.
const MOST_LISTED: usize = 1 << 8;

/// As many combinations of states as a value is told apart for, jointly with the outcomes, and as many columns as all such values
/// of a world have.
const MOST_JOINT: usize = 1 << 6;
pub(super) const JOINT_COLUMNS: usize = 1 << 9;

/// Asks one lowering, and collects the outputs.
pub(super) struct Asking<'a> {
    pub(super) lowering: Lowering<'a>,
    pub(super) outputs: &'a mut Outputs,
    pub(super) world: WorldId,
    /// Which items of the evidence count.
    pub(super) active: &'a [bool],
    /// Where what was learned is written.
    pub(super) parts: Vec<Span>,
    /// What must hold, one by one.
    pub(super) certain: Vec<&'a Term>,
    /// How many columns there is still room for of values jointly with the outcomes.
    pub(super) joint_room: usize,
    /// What would have had to be looked at together where that was too much.
    pub(super) too_many: BTreeSet<Chance>,
    /// As many nodes there may be.
    pub(super) most_nodes: usize,
}

impl Asking<'_> {
    fn output(&mut self, node: NodeId) -> Output {
        self.outputs.of(self.world, node)
    }

    /// What was found, or why it could not be.
    pub(super) fn limit<T>(
        &mut self,
        found: Result<T, TooLarge>,
        answer: impl FnOnce(&Model) -> String,
    ) -> Result<T, Obstacle> {
        let model = self.lowering.model;
        if self.lowering.graph().nodes.len() > self.most_nodes {
            return Err(Obstacle::TooManyStates { answer: answer(model), names: Vec::new() });
        }
        found.map_err(|large| match large {
            TooLarge::States { scope } => {
                self.too_many.extend(&scope);
                Obstacle::too_many(answer(model), scope, model)
            }
            TooLarge::Memory { bytes } => Obstacle::Memory { answer: answer(model), bytes },
            TooLarge::Interrupted => Obstacle::Interrupted,
        })
    }

    // What was learned.

    /// Takes what was learned, hard and soft; its probability. Where it can't be, `is_told` says whether the smallest part of it that
    /// can't be is looked for.
    pub(super) fn learn(&mut self, learned: &[&Term], is_told: bool) -> Result<Option<Output>, Obstacle> {
        if self.lowering.confined_to <= 0.0 {
            return Err(Obstacle::Impossible { parts: self.parts.clone() });
        }
        let before = self.lowering.evidence.len();
        for part in learned {
            let taken = self.lowering.learn(part);
            self.limit(taken, |_| LEARNED.into())?;
        }
        let parts = learned.iter().map(|one| one.span).chain(self.learn_softly()).collect::<Vec<Span>>();
        if self.lowering.evidence.is_empty() {
            return Ok(None);
        }
        if self.is_impossible()? {
            let parts = if is_told { self.smallest_impossible(before, parts)? } else { parts };
            return Err(Obstacle::Impossible { parts });
        }
        let joint = self.probability_learned()?;
        Ok(Some(self.output(joint)))
    }

    /// Takes those reports that count and say anything; where they are written.
    fn learn_softly(&mut self) -> Vec<Span> {
        let (model, active) = (self.lowering.model, self.active);
        let mut parts = Vec::new();
        for (at, item) in model.evidence.iter().enumerate().filter(|(at, _)| active[*at]) {
            let likelihood = model.likelihood(at, active);
            if likelihood.iter().any(|one| *one != 1.0) {
                self.lowering.learn_softly(item.about, &likelihood, item.span);
                parts.push(item.span);
            }
        }
        parts
    }

    /// Whether what was learned has probability 0, and is not only too rare for a number.
    fn is_impossible(&mut self) -> Result<bool, Obstacle> {
        let joint = self.probability_learned()?;
        if self.lowering.graph().constant(joint) != Some(0.0) {
            return Ok(false);
        }
        let is_any = self.lowering.raise();
        Ok(!self.limit(is_any, |_| LEARNED.into())?)
    }

    /// The places of the fewest parts that can't be together: those that can't be without any of them (QuickXplain; Junker 2004), or of
    /// fewer where few have to be tried. `before` is how many parts of what was learned have no place of their own.
    fn smallest_impossible(&mut self, before: usize, spans: Vec<Span>) -> Result<Vec<Span>, Obstacle> {
        let all = self.lowering.evidence.split_off(before);
        let mut can_be = |some: &[usize]| -> Result<bool, Obstacle> {
            self.lowering.evidence.truncate(before);
            self.lowering.evidence.extend(some.iter().map(|at| all[*at].clone()));
            self.lowering.forget();
            Ok(!self.is_impossible()?)
        };
        let found = fewest(all.len(), &mut can_be)?;
        Ok(found.into_iter().filter_map(|at| spans.get(at).copied()).collect())
    }

    fn probability_learned(&mut self) -> Result<NodeId, Obstacle> {
        let joint = self.lowering.joint(&BTreeSet::new());
        Ok(self.limit(joint, |_| LEARNED.into())?.entries[0])
    }

    fn weight_learned(&mut self) -> Result<Option<Output>, Obstacle> {
        if self.lowering.evidence.is_empty() {
            return Ok(None);
        }
        let learned = self.probability_learned()?;
        Ok(Some(self.output(learned)))
    }

    // Queries.

    /// P(what | given), given what was learned.
    pub(super) fn probability(&mut self, what: &Term, given: Option<&Term>) -> Result<Query, Obstacle> {
        if self.is_certain(what) {
            let weight = self.denominator(given)?;
            let one = self.lowering.graph().number(1.0, what.span);
            return Ok(Query { numerator: weight.unwrap_or_else(|| self.outputs.free(one)), weight });
        }
        let numerator = match given {
            Some(given) => self.proposition(&what.clone().binary(Binary::And, given.clone(), what.span))?,
            None => self.proposition(what)?,
        };
        let weight = self.denominator(given)?;
        Ok(Query { numerator, weight })
    }

    /// Whether a proposition is one of those that were learned, so that its sum is that of what was learned.
    fn is_certain(&self, what: &Term) -> bool {
        let is_plain = matches!(
            what.kind,
            TermKind::Variable(_) | TermKind::Is(..) | TermKind::Outcome(_) | TermKind::Theory(_)
        );
        is_plain && self.certain.iter().any(|one| one.kind == what.kind)
    }

    fn denominator(&mut self, given: Option<&Term>) -> Result<Option<Output>, Obstacle> {
        match given {
            Some(given) => Ok(Some(self.proposition(given)?)),
            None => self.weight_learned(),
        }
    }

    /// E, over what chance decides, of the truth of a proposition.
    fn proposition(&mut self, term: &Term) -> Result<Output, Obstacle> {
        let scope = self.lowering.scope(term);
        if let Some((chance, state)) = one_state(term).filter(|(chance, _)| scope.iter().eq([chance])) {
            let found = self.lowering.state_chance(chance, state, term.span);
            let node = self.limit(found, |model| described(model, term))?;
            return Ok(self.output(node));
        }
        let nodes =
            self.lowering.expect(&scope, term.span, |lowering, state| vec![lowering.term(term, state)]);
        let nodes = self.limit(nodes, |model| described(model, term))?;
        let node = match nodes.first() {
            Some(node) => *node,
            // No state of the scope is possible.
            None => self.lowering.graph().number(0.0, term.span),
        };
        Ok(self.output(node))
    }

    /// E(value | given), given what was learned.
    pub(super) fn expectation(&mut self, value: &Term, given: Option<&Term>) -> Result<Query, Obstacle> {
        let span = value.span;
        let mut scope = self.lowering.scope(value);
        let node = match given {
            // What chance has no part in is a factor before the sum.
            _ if scope.is_empty() => {
                let share = match given {
                    Some(given) => self.proposition_node(given)?,
                    None => self.probability_learned()?,
                };
                let value = self.lowering.term(value, &State::new());
                let graph = self.lowering.graph();
                match graph.constant(share) == Some(1.0) {
                    true => value,
                    false => graph.binary(Binary::Multiply, share, value, span),
                }
            }
            _ => {
                scope.extend(given.map(|one| self.lowering.scope(one)).unwrap_or_default());
                let nodes = self.lowering.expect(&scope, span, |lowering, state| {
                    let value = lowering.term(value, state);
                    let Some(given) = given else { return vec![value] };
                    let truth = lowering.term(given, state);
                    vec![lowering.graph().weigh(truth, value, span)]
                });
                let nodes = self.limit(nodes, |model| described(model, value) + " by outcome")?;
                nodes.first().copied().unwrap_or_else(|| self.lowering.graph().number(0.0, span))
            }
        };
        let numerator = self.output(node);
        let weight = self.denominator(given)?;
        Ok(Query { numerator, weight })
    }

    fn proposition_node(&mut self, term: &Term) -> Result<NodeId, Obstacle> {
        let output = self.proposition(term)?;
        Ok(self.outputs.nodes[output.0])
    }

    // Spreads.

    /// The values of a formula, by the states that decide it.
    pub(super) fn spread(&mut self, term: &Term) -> Result<Spread, Obstacle> {
        let scope = self.lowering.scope(term);
        let states = self.lowering.states(&scope, |lowering, state| lowering.term(term, state));
        let states = self.limit(states, |model| described(model, term))?;
        let states = states
            .into_iter()
            .map(|(value, weight)| (self.output(value), weight.map(|one| self.output(one))))
            .collect();
        Ok(Spread { states })
    }

    /// The value of a formula that chance has no part in and that is no number.
    pub(super) fn value(&mut self, term: &Term) -> Option<Output> {
        if !self.lowering.scope(term).is_empty() {
            return None;
        }
        let node = self.lowering.term(term, &State::new());
        let is_number = self.lowering.graph().constant(node).is_some();
        (!is_number).then(|| self.output(node))
    }

    /// The value of a formula in each state that decides it, jointly with the outcomes; nothing where no state does, or where
    /// they are too many.
    pub(super) fn joint(&mut self, term: &Term) -> Result<Vec<JointState>, Obstacle> {
        let scope = self.lowering.scope(term);
        let counted = self.lowering.counted(&scope);
        let size = counted.iter().fold(1usize, |size, (_, count)| size.saturating_mul(*count));
        let width = self.lowering.model.outcomes.len() + 2;
        let is_too_much = size > MOST_JOINT || size * width > self.joint_room;
        if scope.is_empty() || scope.contains(&Chance::Outcome) || is_too_much {
            return Ok(Vec::new());
        }
        self.joint_room -= size * width;
        let with_outcome = scope.iter().copied().chain([Chance::Outcome]).collect();
        let joints =
            self.lowering.joint(&with_outcome).and_then(|all| Ok((all, self.lowering.joint(&scope)?)));
        let (all, weights) = match joints {
            Err(TooLarge::Interrupted) => return Err(Obstacle::Interrupted),
            Err(_) => return Ok(Vec::new()),
            Ok(found) => found,
        };
        let values = self.lowering.states(&scope, |lowering, state| lowering.term(term, state));
        let mut values = self.limit(values, |model| described(model, term))?.into_iter();
        let mut found = Vec::new();
        // Outcomes come last in the order of chance variables.
        let outcomes = self.lowering.model.outcomes.len();
        for (weight, shares) in weights.entries.iter().zip(all.entries.chunks(outcomes.max(1))) {
            if self.lowering.graph().constant(*weight) == Some(0.0) {
                continue;
            }
            let Some((value, _)) = values.next() else { break };
            found.push(JointState {
                value: self.output(value),
                weight: self.output(*weight),
                outcomes: shares.iter().map(|share| self.output(*share)).collect(),
            });
        }
        Ok(found)
    }

    /// For each outcome, its probability in each combination of states of the factors that have states; `None` where these
    /// are too many to be listed.
    pub(super) fn beliefs(&mut self, weight: Option<Output>) -> Result<Option<Vec<Spread>>, Obstacle> {
        let outcomes = self.lowering.joint(&BTreeSet::from([Chance::Outcome]));
        let outcomes = self.limit(outcomes, |_| OUTCOME.into())?.entries.clone();
        let unknowns = self.lowering.outcome_unknowns();
        let mut scope = self.limit(unknowns, |_| OUTCOME.into())?;
        if scope.is_empty() && weight.is_none() {
            let alone = |node: NodeId| Spread { states: vec![(self.output(node), None)] };
            return Ok(Some(outcomes.into_iter().map(alone).collect()));
        }
        let counted = self.lowering.counted(&scope);
        let size = counted.iter().fold(1usize, |size, (_, count)| size.saturating_mul(*count));
        if size > MOST_LISTED {
            return Ok(None);
        }
        scope.insert(Chance::Outcome);
        // Outcomes come last in the order of chance variables.
        let Ok(joint) = self.lowering.joint(&scope) else { return Ok(None) };
        let mut spreads = vec![Spread::default(); outcomes.len()];
        for shares in joint.entries.chunks(outcomes.len()) {
            let span = self.lowering.model.outcomes[0].span;
            let graph = self.lowering.graph();
            let total = sum(graph, shares, span);
            if graph.constant(total) == Some(0.0) {
                continue;
            }
            for (spread, share) in spreads.iter_mut().zip(shares) {
                let ratio = self.lowering.graph().binary(Binary::Divide, *share, total, span);
                let value = self.lowering.possible(ratio, total);
                spread.states.push((self.output(value), Some(self.output(total))));
            }
        }
        Ok(Some(spreads))
    }
}

/// The state of a chance variable that a proposition says it is in, if it says no more.
fn one_state(term: &Term) -> Option<(Chance, usize)> {
    match term.kind {
        TermKind::Is(id, state) => Some((Chance::Category(id), state)),
        TermKind::Outcome(id) => Some((Chance::Outcome, id.0)),
        TermKind::Theory(id) => Some((Chance::Theory, id.0)),
        TermKind::Variable(Variable::Event(id)) => Some((Chance::Event(id), 1)),
        _ => None,
    }
}

const LEARNED: &str = "what was learned";
const OUTCOME: &str = "the outcome";

/// A formula in a few words.
fn described(model: &Model, term: &Term) -> String {
    match term.kind {
        TermKind::Outcome(_) => OUTCOME.into(),
        TermKind::Variable(variable) => format!("`{}`", model.name(variable)),
        TermKind::Is(id, _) => format!("`{}`", model.categories[id.0].named.id),
        _ => "a proposition".into(),
    }
}
