//! States of everything that has any, all together.

use schemars::JsonSchema;
use serde::Serialize;

use super::estimated::Probability;
use super::futures::Mode;
use super::joint::{Aspect, Joint};
use crate::model::{CategoryId, EventId, Model};
use crate::program::ChanceVariable;
use crate::statistics::Estimate;

/// States of everything that has any.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Combination {
    /// Each event and factor with states.
    pub states: Vec<StateOf>,
    /// The same as an expression that `--given` takes.
    pub expression: String,
    /// How probable all of them together are.
    #[serde(flatten)]
    pub probability: Probability,
    /// Among how many futures it was counted as the most frequent; null where it is the most probable of all there are.
    pub counted_among: Option<usize>,
}

/// The state of something.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StateOf {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The state's name; of an event `true` or `false`.
    pub state: String,
    /// What people call the state.
    #[serde(skip)]
    pub state_label: String,
    /// Whether it is an event.
    #[serde(skip)]
    pub is_event: bool,
}

impl Combination {
    /// The states of events, then of factors, by their positions: of an event the first is that it happens.
    pub(super) fn of(
        model: &Model,
        at: &[usize],
        probability: Estimate,
        counted_among: Option<usize>,
    ) -> Combination {
        let events = model.events.len();
        let state = |(place, (one, at)): (usize, (&Aspect, &usize))| StateOf {
            id: one.named.id.clone(),
            label: one.named.short.clone().unwrap_or_else(|| one.named.label.clone()),
            state: one.states[*at].named.id.clone(),
            state_label: one.states[*at].named.label.clone(),
            is_event: place < events,
        };
        let states: Vec<StateOf> = everything(model).of.iter().zip(at).enumerate().map(state).collect();
        let expression = states.iter().map(StateOf::expression).collect::<Vec<String>>().join(" and ");
        Combination { states, expression, probability: Probability(probability), counted_among }
    }

    /// What is most probable of all; nothing where nothing has states.
    pub(super) fn most_probable(model: &Model, mode: &Mode) -> Option<Combination> {
        let state = |one: ChanceVariable| mode.states.get(&one).copied().unwrap_or(0);
        let events = (0..model.events.len()).map(|at| 1 - state(ChanceVariable::Event(EventId(at))));
        let factors = (0..model.categories.len()).map(|at| state(ChanceVariable::Category(CategoryId(at))));
        let all: Vec<usize> = events.chain(factors).collect();
        (!all.is_empty()).then(|| Combination::of(model, &all, Estimate::exact(mode.probability), None))
    }
}

impl StateOf {
    fn expression(&self) -> String {
        match (self.is_event, self.state.as_str()) {
            (true, "true") => self.id.clone(),
            (true, _) => format!("not {}", self.id),
            (false, state) => format!("{} == {state}", self.id),
        }
    }
}

/// Events, of which the first state is that they happen, then factors with states.
pub(super) fn everything(model: &Model) -> Joint {
    let events = (0..model.events.len()).map(|at| Aspect::event(model, EventId(at)));
    let factors = (0..model.categories.len()).map(|at| Aspect::category(model, CategoryId(at)));
    Joint { of: events.chain(factors).collect() }
}
