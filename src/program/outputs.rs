//! What is asked of a model, and which columns answer it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::graph::NodeId;
use super::lower::{Ground, Lowering, MOST_EVENTS, State};
use super::{Program, schedule};
use crate::expression::Binary;
use crate::model::{DerivedId, EventId, FactorId, Model, OutcomeId, Outcomes, Probability, Term, Variable};

/// Position of an output of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Output(pub usize);

/// A ratio of expectations: E(numerator) / E(weight), or E(numerator) if there is no weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query {
    /// The column above.
    pub numerator: Output,
    /// The column below.
    pub weight: Option<Output>,
}

/// The values of a variable in a draw: one for each state of the events that it depends on, with the probability of
/// that state where there are several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// Value and probability.
    pub states: Vec<(Output, Option<Output>)>,
}

/// Variables that are cut from their causes and held at a value.
pub type Setting = BTreeMap<Variable, f64>;

/// Something asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The probability that is asked for.
    pub probability: Probability,
    /// In which setting.
    pub setting: Setting,
}

/// Which outputs answer what. All lists follow the model's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The probability of each outcome, given the factors.
    pub outcomes: Vec<Output>,
    /// The probability of each event, given the factors.
    pub events: Vec<Output>,
    /// The values of each factor.
    pub factors: Vec<Spread>,
    /// The values of each derived value.
    pub derived: Vec<Spread>,
    /// For each derived value and outcome, its value times the outcome's probability: the expectation divided by the
    /// outcome's probability is the mean given that outcome.
    pub by_outcome: Vec<Vec<Output>>,
    /// The uncertain weights and bases.
    pub weights: Vec<UncertainWeight>,
    /// The questions asked, in their order.
    pub questions: Vec<Query>,
}

/// A weight or a base that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UncertainWeight {
    /// The outcome that it belongs to.
    pub outcome: OutcomeId,
    /// What it weighs; `None` for the base.
    pub variable: Option<Variable>,
    /// Its value.
    pub output: Output,
}

/// Why a model can't be compiled.
#[derive(Clone, Debug, PartialEq)]
pub enum CompileError {
    /// One answer depends on more events than can be enumerated.
    TooManyEvents {
        /// What was asked.
        answer: String,
        /// The events, by name.
        events: Vec<String>,
    },
}

/// Compiles what an ordinary run reports of a model, and the `questions` besides.
///
/// # Errors
/// An answer that depends on more than [`MOST_EVENTS`] events.
pub fn compile(model: &Model, questions: &[Question]) -> Result<Program, CompileError> {
    let mut ground = Ground::default();
    let mut outputs = Collector::default();
    let mut answers = {
        let mut asking =
            Asking { lowering: Lowering::new(model, &mut ground, Setting::new()), outputs: &mut outputs };
        asking.standard()?
    };
    for (setting, members) in by_setting(questions) {
        let lowering = Lowering::new(model, &mut ground, setting);
        let mut asking = Asking { lowering, outputs: &mut outputs };
        for index in members {
            let query = asking.probability(&questions[index].probability)?;
            answers.questions.push((index, query));
        }
    }
    answers.questions.sort_by_key(|(index, _)| *index);
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
struct Collector {
    nodes: Vec<NodeId>,
    known: BTreeMap<NodeId, Output>,
}

impl Collector {
    fn output(&mut self, node: NodeId) -> Output {
        let nodes = &mut self.nodes;
        *self.known.entry(node).or_insert_with(|| {
            nodes.push(node);
            Output(nodes.len() - 1)
        })
    }
}

/// Asks one lowering, and collects the outputs.
struct Asking<'a, 'm> {
    lowering: Lowering<'m>,
    outputs: &'a mut Collector,
}

impl Asking<'_, '_> {
    /// Everything that an ordinary run reports.
    fn standard(&mut self) -> Result<Draft, CompileError> {
        let model = self.lowering.model;
        let mut answers = Answers { outcomes: self.outcomes()?, ..Answers::default() };
        for index in 0..model.events.len() {
            answers.events.push(self.event(EventId(index))?);
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

    /// Weights and bases that are not constant; those that depend on events are left out.
    fn weights(&mut self) -> Vec<UncertainWeight> {
        let model = self.lowering.model;
        let Outcomes::Weighted { bases, weights, .. } = &model.form else { return Vec::new() };
        let mut found = Vec::new();
        for (index, (base, own)) in bases.iter().zip(weights).enumerate() {
            let all =
                std::iter::once((None, base)).chain(own.iter().map(|one| (Some(one.variable), &one.value)));
            for (variable, term) in all {
                if self.lowering.events_of(term).is_empty() {
                    let node = self.lowering.term(term, &State::new());
                    if self.lowering.graph().constant(node).is_none() {
                        let output = self.outputs.output(node);
                        found.push(UncertainWeight { outcome: OutcomeId(index), variable, output });
                    }
                }
            }
        }
        found
    }

    /// The open events of a set, if they can be enumerated.
    fn events(&self, events: &BTreeSet<EventId>, answer: &str) -> Result<Vec<EventId>, CompileError> {
        let open = self.lowering.open(events);
        if open.len() <= MOST_EVENTS {
            return Ok(open);
        }
        let name = |id: &EventId| self.lowering.model.events[id.0].name.clone();
        Err(CompileError::TooManyEvents { answer: answer.into(), events: open.iter().map(name).collect() })
    }

    fn outputs(&mut self, nodes: Vec<NodeId>) -> Vec<Output> {
        nodes.into_iter().map(|node| self.outputs.output(node)).collect()
    }

    fn outcomes(&mut self) -> Result<Vec<Output>, CompileError> {
        let events = self.events(&self.lowering.outcome_events(), "the outcome")?;
        let nodes = self.lowering.expect(&events, &mut |lowering, state| lowering.shares(state));
        Ok(self.outputs(nodes))
    }

    fn event(&mut self, id: EventId) -> Result<Output, CompileError> {
        let model = self.lowering.model;
        let term = &model.events[id.0].probability;
        let events =
            self.events(&self.lowering.events_of(term), &format!("`{}`", model.events[id.0].name))?;
        let nodes = self
            .lowering
            .expect(&events, &mut |lowering, state| vec![lowering.formula(Variable::Event(id), state)]);
        Ok(self.outputs.output(nodes[0]))
    }

    fn spread(&mut self, variable: Variable) -> Result<Spread, CompileError> {
        let model = self.lowering.model;
        let ancestors = self.lowering.events_of(model.formula(variable));
        let events = self.events(&ancestors, &format!("`{}`", model.name(variable)))?;
        let states = self.lowering.states(&events, &mut |lowering, state| lowering.formula(variable, state));
        let states = states
            .into_iter()
            .map(|(value, weight)| (self.outputs.output(value), weight.map(|one| self.outputs.output(one))))
            .collect();
        Ok(Spread { states })
    }

    fn by_outcome(&mut self, variable: Variable) -> Result<Vec<Output>, CompileError> {
        let model = self.lowering.model;
        let mut events = self.lowering.outcome_events();
        events.extend(self.lowering.events_of(model.formula(variable)));
        let events = self.events(&events, &format!("`{}` by outcome", model.name(variable)))?;
        let nodes = self.lowering.expect(&events, &mut |lowering, state| {
            let span = model.formula(variable).span;
            let value = lowering.formula(variable, state);
            let shares = lowering.shares(state);
            shares
                .into_iter()
                .map(|share| lowering.graph().binary(Binary::Multiply, share, value, span))
                .collect()
        });
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
            None => None,
        };
        Ok(Query { numerator, weight })
    }

    /// E over events and outcome of the truth of a proposition.
    fn proposition(&mut self, term: &Term) -> Result<Output, CompileError> {
        let outcomes = self.lowering.model.outcomes.len();
        let mut events = self.lowering.outcome_events();
        events.extend(self.lowering.events_of(term));
        let events = self.events(&events, "a claim")?;
        let nodes = self.lowering.expect(&events, &mut |lowering: &mut Lowering, state: &State| {
            let truths: Vec<NodeId> =
                (0..outcomes).map(|k| lowering.proposition(term, state, OutcomeId(k))).collect();
            vec![lowering.share_of(&truths, state, term.span)]
        });
        Ok(self.outputs.output(nodes[0]))
    }
}
