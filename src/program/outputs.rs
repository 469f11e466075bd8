//! From what is asked of a model to the program that answers it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::answers::{Answers, ByTheory, Output, Query, Question, Setting, Spread, UncertainWeight};
use super::elimination::{Chance, TooLarge, sum};
use super::graph::NodeId;
use super::lower::{Ground, Lowering, State};
use super::narrowing::{Intervals, Learned};
use super::states::Draws;
use super::variants::VariantAnswers;
use super::{Program, schedule};
use crate::diagnostic::Span;
use crate::expression::Binary;
use crate::model::{
    CategoryId, DerivedId, EventId, FactorId, Model, OutcomeId, Outcomes, Probability, Term, TheoryId,
    Variable,
};

/// Why a model can't be compiled.
#[derive(Clone, Debug, PartialEq)]
pub enum CompileError {
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
}

/// As many combinations of states of factors as an outcome's spread is listed for.
const MOST_LISTED: usize = 1 << 8;

/// Compiles what an ordinary run reports of a model, and the `questions` besides.
///
/// # Errors
/// An answer for which more states would have to be looked at together than there is room for.
pub fn compile(model: &Model, questions: &[Question]) -> Result<Program, CompileError> {
    compile_with(model, questions, &[], Draws::Nothing, |_, _| Ok(Vec::new()))
}

/// As [`compile`], with the states of events and factors drawn and not summed over: slower and less accurate, to hold the
/// sums against.
///
/// # Errors
/// As [`compile`].
pub fn compile_sampled(model: &Model, questions: &[Question]) -> Result<Program, CompileError> {
    compile_with(model, questions, &[], Draws::All, |_, _| Ok(Vec::new()))
}

/// As [`compile`], and the answers besides where those items of the evidence count that each of `updates` says.
///
/// # Errors
/// As [`compile`].
pub fn compile_updates(model: &Model, updates: &[Vec<bool>]) -> Result<Program, CompileError> {
    compile_with(model, &[], updates, Draws::Nothing, |_, _| Ok(Vec::new()))
}

pub(super) fn compile_with(
    model: &Model,
    questions: &[Question],
    updates: &[Vec<bool>],
    draws: Draws,
    variants: impl FnOnce(&mut Ground, &mut Collector) -> Result<Vec<VariantAnswers>, CompileError>,
) -> Result<Program, CompileError> {
    let mut ground = Ground::default();
    let mut outputs = Collector::default();
    let learned = Learned::new(model, &model.given);
    let mut answers = {
        let lowering = Lowering::new(model, &mut ground, Setting::new(), learned.intervals.clone(), draws);
        let mut asking = Asking { lowering, outputs: &mut outputs };
        asking.standard(&learned.rest)?
    };
    if model.has_theories() {
        let all = (0..model.theories.len()).map(TheoryId);
        let each: Result<Vec<ByTheory>, CompileError> =
            all.map(|id| by_theory(model, id, &learned, draws, &mut ground, &mut outputs)).collect();
        answers.answers.theories = each?;
    }
    if answers.answers.outcome_spreads.is_empty() && !model.outcomes.is_empty() {
        let lowering =
            Lowering::new(model, &mut ground, Setting::new(), learned.intervals.clone(), Draws::Knowledge);
        let mut asking = Asking { lowering, outputs: &mut outputs };
        answers.answers.outcome_spreads = asking.drawn_spreads(&learned.rest)?;
    }
    for active in updates {
        let lowering = Lowering::new(model, &mut ground, Setting::new(), learned.intervals.clone(), draws);
        let mut asking = Asking { lowering, outputs: &mut outputs };
        answers.answers.updates.push(asking.update(&learned.rest, active)?);
    }
    for (setting, members) in by_setting(questions) {
        // What was learned is of the world as it is: where something is made so, it says nothing.
        let is_plain = setting.is_empty();
        let intervals = if is_plain { learned.intervals.clone() } else { Intervals::new() };
        let lowering = Lowering::new(model, &mut ground, setting, intervals, draws);
        let mut asking = Asking { lowering, outputs: &mut outputs };
        if is_plain {
            asking.learn(&learned.rest, &model.active())?;
        }
        for index in members {
            let query = asking.probability(&questions[index].probability)?;
            answers.questions.push((index, query));
        }
    }
    answers.questions.sort_by_key(|(index, _)| *index);
    answers.answers.variants = variants(&mut ground, &mut outputs)?;
    let scheduled = schedule::schedule(&ground.graph, &outputs.nodes);
    Ok(Program {
        steps: scheduled.steps,
        slots: scheduled.slots,
        inputs: ground.inputs,
        routes: ground.shapes.into_routes(),
        outputs: outputs.nodes.into_iter().zip(scheduled.columns).collect(),
        doubtful: OnceLock::new(),
        graph: ground.graph,
        answers: answers.finish(),
    })
}

/// What one theory says: as a run in which it is the only one.
fn by_theory(
    model: &Model,
    id: TheoryId,
    learned: &Learned,
    draws: Draws,
    ground: &mut Ground,
    outputs: &mut Collector,
) -> Result<ByTheory, CompileError> {
    if model.theories[id.0].weight == 0.0 {
        return Ok(ByTheory::default());
    }
    let intervals = learned.intervals.clone();
    let lowering = Lowering::under(Some(id), model, ground, Setting::new(), intervals, draws);
    let mut asking = Asking { lowering, outputs };
    match asking.learn(&learned.rest, &model.active()) {
        Ok(weight) => Ok(ByTheory { weight, outcomes: asking.outcomes()? }),
        Err(CompileError::Impossible { .. }) => Ok(ByTheory::default()),
        Err(other) => Err(other),
    }
}

/// Questions that share a setting share its lowering.
fn by_setting(questions: &[Question]) -> Vec<(Setting, Vec<usize>)> {
    let mut groups: Vec<(Setting, Vec<usize>)> = Vec::new();
    for (index, question) in questions.iter().enumerate() {
        match groups.iter_mut().find(|(setting, _)| *setting == question.setting) {
            Some((_, members)) => members.push(index),
            None => groups.push((question.setting.clone(), vec![index])),
        }
    }
    groups
}

/// Answers whose questions are not in their order yet.
#[derive(Default)]
struct Draft {
    answers: Answers,
    questions: Vec<(usize, Query)>,
}

impl Draft {
    fn finish(self) -> Answers {
        Answers { questions: self.questions.into_iter().map(|(_, query)| query).collect(), ..self.answers }
    }
}

/// The nodes that are outputs, each once.
#[derive(Default)]
pub(super) struct Collector {
    nodes: Vec<NodeId>,
    known: BTreeMap<NodeId, Output>,
}

impl Collector {
    pub(super) fn output(&mut self, node: NodeId) -> Output {
        let nodes = &mut self.nodes;
        *self.known.entry(node).or_insert_with(|| {
            nodes.push(node);
            Output(nodes.len() - 1)
        })
    }
}

/// Asks one lowering, and collects the outputs.
pub(super) struct Asking<'a, 'm> {
    pub(super) lowering: Lowering<'m>,
    pub(super) outputs: &'a mut Collector,
}

impl Asking<'_, '_> {
    /// Everything that an ordinary run reports.
    fn standard(&mut self, learned: &[&Term]) -> Result<Draft, CompileError> {
        let model = self.lowering.model;
        let weight = self.learn(learned, &model.active())?;
        let is_conditional = !model.given.is_empty() || weight.is_some();
        let mut answers =
            Answers { weight, is_conditional, confined_to: self.lowering.confined_to, ..Answers::default() };
        if !model.outcomes.is_empty() {
            answers.outcomes = self.outcomes()?;
            answers.outcome_spreads = self.outcome_spreads(&answers.outcomes, weight)?;
        }
        for index in 0..model.events.len() {
            answers.events.push(self.event(EventId(index))?);
        }
        for index in 0..model.categories.len() {
            answers.categories.push(self.category(CategoryId(index))?);
            answers.by_state.push(self.by_state(CategoryId(index))?);
        }
        for index in 0..model.factors.len() {
            answers.factors.push(self.spread(Variable::Factor(FactorId(index)))?);
        }
        for index in 0..model.derived.len() {
            let variable = Variable::Derived(DerivedId(index));
            answers.derived.push(self.spread(variable)?);
            answers.by_outcome.push(self.by_outcome(variable)?);
        }
        answers.weights = self.weights();
        Ok(Draft { answers, questions: Vec::new() })
    }

    /// Weights and bases that are not constant; those that depend on chance are left out.
    fn weights(&mut self) -> Vec<UncertainWeight> {
        let mut found: Vec<UncertainWeight> = Vec::new();
        for (at, theory) in self.lowering.model.theories.iter().enumerate() {
            if theory.weight > 0.0 {
                let id = theory.is_own.then_some(TheoryId(at));
                let own = self.weights_of(id, &theory.form);
                // Theories that share a form share its weights.
                let is_new = |one: &UncertainWeight| theory.is_own || found.iter().all(|known| known != one);
                let new: Vec<UncertainWeight> = own.into_iter().filter(is_new).collect();
                found.extend(new);
            }
        }
        found
    }

    fn weights_of(&mut self, theory: Option<TheoryId>, form: &Outcomes) -> Vec<UncertainWeight> {
        let Outcomes::Weighted { bases, weights, .. } = form else { return Vec::new() };
        let mut found = Vec::new();
        for (index, (base, own)) in bases.iter().zip(weights).enumerate() {
            let outcome = OutcomeId(index);
            let own = own.iter().map(|one| (Some(one.variable), one.state, &one.value));
            for (variable, state, term) in std::iter::once((None, None, base)).chain(own) {
                if self.lowering.scope(term).is_empty() {
                    let node = self.lowering.term(term, &State::new());
                    if self.lowering.graph().constant(node).is_none() {
                        let output = self.outputs.output(node);
                        found.push(UncertainWeight { theory, outcome, variable, state, output });
                    }
                }
            }
        }
        found
    }

    /// What was found, or why it could not be.
    pub(super) fn limit<T>(
        &self,
        found: Result<T, TooLarge>,
        answer: impl FnOnce() -> String,
    ) -> Result<T, CompileError> {
        let model = self.lowering.model;
        let name = |chance: &Chance| match *chance {
            Chance::Event(id) | Chance::Causes(id) => model.events[id.0].name.clone(),
            Chance::Category(id) => model.categories[id.0].name.clone(),
            Chance::Theory => "model".into(),
            Chance::Outcome => "outcome".into(),
        };
        found.map_err(|large| {
            let mut names: Vec<String> = large.scope.iter().map(name).collect();
            names.dedup();
            CompileError::TooManyStates { answer: answer(), names }
        })
    }

    fn outputs(&mut self, nodes: Vec<NodeId>) -> Vec<Output> {
        nodes.into_iter().map(|node| self.outputs.output(node)).collect()
    }

    /// The joint distribution of one chance variable and what was learned.
    fn distribution(&mut self, chance: Chance, answer: &str) -> Result<Vec<NodeId>, CompileError> {
        let joint = self.lowering.joint(&BTreeSet::from([chance]));
        Ok(self.limit(joint, || answer.into())?.entries)
    }

    pub(super) fn outcomes(&mut self) -> Result<Vec<Output>, CompileError> {
        let nodes = self.distribution(Chance::Outcome, "the outcome")?;
        Ok(self.outputs(nodes))
    }

    /// For each outcome, its probability in each combination of states of the factors that have states, where that can be
    /// listed.
    fn outcome_spreads(
        &mut self,
        outcomes: &[Output],
        weight: Option<Output>,
    ) -> Result<Vec<Spread>, CompileError> {
        let categories = self.lowering.outcome_unknowns();
        let mut scope = self.limit(categories, || "the outcome".into())?;
        if scope.is_empty() && weight.is_none() {
            return Ok(outcomes.iter().map(|one| Spread { states: vec![(*one, None)] }).collect());
        }
        let counted = self.lowering.counted(&scope);
        let size = counted.iter().fold(1usize, |size, (_, count)| size.saturating_mul(*count));
        if size > MOST_LISTED {
            return Ok(Vec::new());
        }
        scope.insert(Chance::Outcome);
        // Outcomes come last in the order of chance variables.
        let Ok(joint) = self.lowering.joint(&scope) else { return Ok(Vec::new()) };
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
                spread.states.push((self.outputs.output(value), Some(self.outputs.output(total))));
            }
        }
        Ok(spreads)
    }

    /// For each outcome, its probability given a drawn state of each factor that has states.
    fn drawn_spreads(&mut self, learned: &[&Term]) -> Result<Vec<Spread>, CompileError> {
        let weight = self.learn(learned, &self.lowering.model.active())?;
        let outcomes = self.outcomes()?;
        let listed = self.outcome_spreads(&outcomes, weight)?;
        Ok(match listed.is_empty() {
            // States that depend on events can't be drawn before them.
            true => vec![Spread::default(); outcomes.len()],
            false => listed,
        })
    }

    pub(super) fn event(&mut self, id: EventId) -> Result<Output, CompileError> {
        let model = self.lowering.model;
        let event = &model.events[id.0];
        let answer = format!("`{}`", event.name);
        // An event that is cut or certain has no probabilities of its own.
        if let Some(fixed) = self.lowering.certain(Chance::Event(id)) {
            let node = self.certain(fixed == 1)?;
            return Ok(self.outputs.output(node));
        }
        if let Some(drawn) = self.lowering.drawn.get(&Chance::Event(id)).copied() {
            let node = self.weighted(drawn)?;
            return Ok(self.outputs.output(node));
        }
        let nodes = self.distribution(Chance::Event(id), &answer)?;
        Ok(self.outputs.output(nodes[1]))
    }

    /// The probability of what was learned, or of nothing.
    fn certain(&mut self, holds: bool) -> Result<NodeId, CompileError> {
        let span = Default::default();
        if !holds {
            return Ok(self.lowering.graph().number(0.0, span));
        }
        self.probability_learned()
    }

    pub(super) fn category(&mut self, id: CategoryId) -> Result<Vec<Output>, CompileError> {
        let category = &self.lowering.model.categories[id.0];
        let (answer, count) = (format!("`{}`", category.name), category.states.len());
        if let Some(fixed) = self.lowering.certain(Chance::Category(id)) {
            let nodes: Result<Vec<NodeId>, CompileError> =
                (0..count).map(|at| self.certain(at == fixed)).collect();
            return Ok(self.outputs(nodes?));
        }
        if self.lowering.drawn.contains_key(&Chance::Category(id)) {
            let nodes: Result<Vec<NodeId>, CompileError> = (0..count)
                .map(|at| {
                    let truth = self.lowering.is_drawn(Chance::Category(id), at, Span::default());
                    self.weighted(truth)
                })
                .collect();
            return Ok(self.outputs(nodes?));
        }
        let nodes = self.distribution(Chance::Category(id), &answer)?;
        Ok(self.outputs(nodes))
    }

    /// For each state, its probability together with that of each outcome; nothing for a factor that is in one state for
    /// certain.
    fn by_state(&mut self, id: CategoryId) -> Result<Vec<Vec<Output>>, CompileError> {
        let (model, chance) = (self.lowering.model, Chance::Category(id));
        let is_open = self.lowering.certain(chance).is_none() && !self.lowering.drawn.contains_key(&chance);
        if model.outcomes.is_empty() || !is_open {
            return Ok(Vec::new());
        }
        // Outcomes come last in the order of chance variables.
        let joint = self.lowering.joint(&BTreeSet::from([chance, Chance::Outcome]));
        let joint = self.limit(joint, || format!("`{}` by outcome", model.categories[id.0].name))?;
        let rows = joint.entries.chunks(model.outcomes.len());
        Ok(rows.map(|row| self.outputs(row.to_vec())).collect())
    }

    /// A truth times the probability of what was learned.
    fn weighted(&mut self, truth: NodeId) -> Result<NodeId, CompileError> {
        let learned = self.probability_learned()?;
        Ok(self.lowering.graph().weigh(learned, truth, Span::default()))
    }

    fn spread(&mut self, variable: Variable) -> Result<Spread, CompileError> {
        let model = self.lowering.model;
        let scope = self.lowering.scope(model.formula(variable));
        let states = self.lowering.states(&scope, |lowering, state| lowering.formula(variable, state));
        let states = self.limit(states, || format!("`{}`", model.name(variable)))?;
        let states = states
            .into_iter()
            .map(|(value, weight)| (self.outputs.output(value), weight.map(|one| self.outputs.output(one))))
            .collect();
        Ok(Spread { states })
    }

    fn by_outcome(&mut self, variable: Variable) -> Result<Vec<Output>, CompileError> {
        let model = self.lowering.model;
        let (span, count) = (model.formula(variable).span, model.outcomes.len());
        if count == 0 {
            return Ok(Vec::new());
        }
        let mut scope = self.lowering.scope(model.formula(variable));
        if scope.is_empty() {
            let shares = self.distribution(Chance::Outcome, "the outcome")?;
            let value = self.lowering.formula(variable, &State::new());
            let graph = self.lowering.graph();
            let products =
                shares.iter().map(|share| graph.binary(Binary::Multiply, *share, value, span)).collect();
            return Ok(self.outputs(products));
        }
        scope.insert(Chance::Outcome);
        // By outcome, and 0 for the others: the sum over all states leaves one expectation for each outcome.
        let nodes = self.lowering.expect(&scope, span, |lowering, state| {
            let value = lowering.formula(variable, state);
            let nothing = lowering.graph().number(0.0, span);
            (0..count).map(|k| if state[&Chance::Outcome] == k { value } else { nothing }).collect()
        });
        let nodes = self.limit(nodes, || format!("`{}` by outcome", model.name(variable)))?;
        Ok(self.outputs(nodes))
    }

    fn probability(&mut self, asked: &Probability) -> Result<Query, CompileError> {
        let both = match &asked.given {
            Some(given) => asked.what.clone().binary(Binary::And, given.clone(), asked.what.span),
            None => asked.what.clone(),
        };
        let numerator = self.proposition(&both)?;
        let weight = match &asked.given {
            Some(given) => Some(self.proposition(given)?),
            None if self.lowering.evidence.is_empty() => None,
            None => {
                let learned = self.probability_learned()?;
                Some(self.outputs.output(learned))
            }
        };
        Ok(Query { numerator, weight })
    }

    /// E, over what chance decides, of the truth of a proposition.
    fn proposition(&mut self, term: &Term) -> Result<Output, CompileError> {
        let scope = self.lowering.scope(term);
        let nodes =
            self.lowering.expect(&scope, term.span, |lowering, state| vec![lowering.term(term, state)]);
        let nodes = self.limit(nodes, || "a claim".into())?;
        let node = match nodes.first() {
            Some(node) => *node,
            // No state of the scope is possible.
            None => self.lowering.graph().number(0.0, term.span),
        };
        Ok(self.outputs.output(node))
    }
}
