//! How probable is each event?

use schemars::JsonSchema;
use serde::Serialize;

use super::Study;
use super::estimated::Probability;
use super::round::{Inquiry, Told};
use super::stated::stated;
use crate::model::{EventId, Variable};
use crate::program::{Aim, QueryId};
use crate::statistics::Estimate;

/// One event.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct EventFinding {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The probability that it happens.
    #[serde(flatten)]
    pub probability: Probability,
}

/// What was asked of the events, with the probability of those of which it is stated.
pub(super) struct EventsAsked(Vec<(EventId, QueryId, Option<f64>)>);

impl EventsAsked {
    /// Asks for those of which `is_wanted` says so by their names.
    pub(super) fn ask(study: &Study, inquiry: &mut Inquiry, is_wanted: impl Fn(&str) -> bool) -> EventsAsked {
        let model = study.model;
        let wanted = (0..model.events.len()).filter(|at| is_wanted(&model.events[*at].named.id)).map(EventId);
        let asked = wanted.map(|id| {
            let query = inquiry.ask.probability(inquiry.world, model.term_of(Variable::Event(id)));
            let stated = stated(study, Variable::Event(id), &model.events[id.0].probability);
            if stated.is_none() {
                inquiry.ask.aim(Aim::Probability(query));
            }
            (id, query, stated)
        });
        EventsAsked(asked.collect())
    }

    /// What the draws say of those that are wanted.
    pub(super) fn find(&self, told: &Told, is_wanted: impl Fn(&str) -> bool) -> Vec<EventFinding> {
        let named = |id: &EventId| &told.model().events[id.0].named;
        let finding = |(id, query, stated): &(EventId, QueryId, Option<f64>)| {
            let named = named(id);
            let probability =
                Probability(stated.map_or_else(|| told.estimates.probability(*query), Estimate::exact));
            EventFinding { id: named.id.clone(), label: named.label.clone(), probability }
        };
        self.0.iter().filter(|(id, ..)| is_wanted(&named(id).id)).map(finding).collect()
    }
}
