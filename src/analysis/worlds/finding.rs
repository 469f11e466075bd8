//! What is found of concrete futures.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::combination::Combination;
use crate::analysis::estimated::{ByName, finite, or_null};
use crate::analysis::futures::{Decided, Future, Reference};
use crate::model::{Model, Named};

/// Concrete futures of a model, each as probable as any other.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WorldsFinding {
    /// The futures.
    pub futures: Vec<FutureFinding>,
    /// Factors that are numbers and derived values: what they are called, and what is usual.
    pub numbers: Vec<NumberCalled>,
    /// The factors with states.
    pub states: Vec<Called>,
    /// The events.
    pub events: Vec<Called>,
    /// The theories, if the file names any.
    pub theories: Vec<Called>,
    /// The outcomes.
    pub outcomes: Vec<Called>,
    /// How many futures tell what is usual and what is typical.
    pub compared_with: usize,
    /// How many draws would tell as much as those that the futures were taken from, if each counted alike; null where each does.
    pub effective_draws: Option<f64>,
    /// The most probable of all combinations of states and events; null where draws decide probabilities, where nothing has states, or where
    /// too many would have to be looked at together.
    pub most_probable: Option<Combination>,
}

/// What something is called.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Called {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// What people call each of its states, if it has any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<String>,
}

/// What a number is called, and what is usual for it.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NumberCalled {
    /// Its names.
    #[serde(flatten)]
    pub called: Called,
    /// What it is measured in, if the file says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whether it is a derived value; else it is a factor.
    pub is_derived: bool,
    /// Its 5th percentile among the futures.
    pub p05: f64,
    /// Its median.
    pub p50: f64,
    /// Its 95th percentile.
    pub p95: f64,
}

/// One future.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FutureFinding {
    /// The number of its draw, as `explain --draw` takes it.
    pub draw: u64,
    /// Which future of that draw it is, from 1: a draw that counts much may stand for several.
    pub copy: u32,
    /// Which outcome comes true; null in a file without outcomes.
    pub outcome: Option<OutcomeOf>,
    /// How typical it is: the share of futures that lie less densely (Hyndman 1996).
    #[serde(serialize_with = "or_null")]
    #[schemars(with = "Option<f64>")]
    pub typical: f64,
    /// The theory that is right, if the file names any.
    pub theory: Option<String>,
    /// The state of each factor with states.
    pub states: ByName<InState>,
    /// Each event.
    pub events: ByName<Happening>,
    /// Each factor that is a number, and each derived value.
    pub numbers: ByName<Ranked>,
}

/// The outcome that comes true.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OutcomeOf {
    /// Its name.
    pub id: String,
    /// Its position.
    #[serde(skip)]
    pub at: usize,
    /// How probable it was in this future, given all else in it.
    pub probability: f64,
}

/// The state of a factor.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InState {
    /// The state's name.
    pub state: String,
    /// Its position.
    #[serde(skip)]
    pub at: usize,
    /// How probable it was, given what decides it.
    pub probability: f64,
}

/// Whether an event happens.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Happening {
    /// Whether it does.
    pub happens: bool,
    /// How probable it was that it would, given what decides it.
    pub probability: f64,
}

/// A number beside what is usual.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Ranked {
    /// The number.
    pub value: f64,
    /// The share of futures in which it is smaller, those in which it is the same counting half.
    #[serde(serialize_with = "or_null")]
    #[schemars(with = "Option<f64>")]
    pub percentile: f64,
    /// The share of futures in which it is smaller, and in which it is larger.
    #[serde(skip)]
    pub beside: [f64; 2],
}

impl Called {
    pub(in crate::analysis) fn of(named: &Named) -> Called {
        Called {
            id: named.id.clone(),
            label: named.label.clone(),
            short: named.short.clone().unwrap_or_else(|| named.label.clone()),
            states: Vec::new(),
        }
    }
}

impl FutureFinding {
    /// The number of its draw and, if there are several of that draw, which it is, as `explain --draw` takes them: 12, or 12.2.
    pub fn number(&self) -> String {
        match self.copy {
            1 => self.draw.to_string(),
            copy => format!("{}.{copy}", self.draw),
        }
    }

    pub(in crate::analysis) fn of(future: &Future, reference: &Reference, model: &Model) -> FutureFinding {
        let named = |list: Vec<&Named>| list.into_iter().map(|one| one.id.clone()).collect::<Vec<String>>();
        let factors = model.factors.iter().map(|one| &one.named);
        let numbers = named(factors.chain(model.derived.iter().map(|one| &one.named)).collect());
        let values = future.factors.iter().chain(&future.derived).copied().enumerate();
        let ranked = |(at, value)| Ranked {
            value,
            percentile: reference.rank(at, value),
            beside: reference.beside(at, value),
        };
        let events = named(model.events.iter().map(|one| &one.named).collect());
        let happening = |one: &Decided| Happening { happens: one.state == 1, probability: one.chances[1] };
        let states = model.categories.iter().zip(&future.categories);
        let state = |(own, one): (&crate::model::Category, &Decided)| {
            let state = InState {
                state: own.states[one.state].named.id.clone(),
                at: one.state,
                probability: one.chance(),
            };
            (own.named.id.clone(), state)
        };
        FutureFinding {
            draw: future.draw,
            copy: future.copy,
            outcome: future.outcome.as_ref().map(|one| OutcomeOf {
                id: model.outcomes[one.state].named.id.clone(),
                at: one.state,
                probability: one.chance(),
            }),
            typical: finite(reference.typical(future)).unwrap_or(f64::NAN),
            theory: model.has_theories().then(|| model.theories[future.theory.state].named.id.clone()),
            states: ByName(states.map(state).collect()),
            events: ByName(events.into_iter().zip(future.events.iter().map(happening)).collect()),
            numbers: ByName(numbers.into_iter().zip(values.map(ranked)).collect()),
        }
    }
}
