//! How probable is each event?

use schemars::JsonSchema;
use serde::Serialize;

use super::estimated::Probability;
use super::round::{Inquiry, Told};
use crate::model::{EventId, Model, Variable};
use crate::program::{Aim, QueryId};

/// One event.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct EventFinding {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The probability that it happens.
    #[serde(flatten)]
    pub probability: Probability,
}

/// What was asked of the events.
pub(super) struct EventsAsked(Vec<(EventId, QueryId)>);

impl EventsAsked {
    /// Asks for those of which `is_wanted` says so by their names.
    pub(super) fn ask(model: &Model, inquiry: &mut Inquiry, is_wanted: impl Fn(&str) -> bool) -> EventsAsked {
        let wanted = (0..model.events.len()).filter(|at| is_wanted(&model.events[*at].named.id)).map(EventId);
        let asked = wanted.map(|id| {
            let query = inquiry.ask.probability(inquiry.world, model.term_of(Variable::Event(id)));
            inquiry.ask.aim(Aim::Probability(query));
            (id, query)
        });
        EventsAsked(asked.collect())
    }

    pub(super) fn find(&self, told: &Told) -> Vec<EventFinding> {
        let finding = |(id, query): &(EventId, QueryId)| {
            let named = &told.model().events[id.0].named;
            let probability = Probability(told.estimates.probability(*query));
            EventFinding { id: named.id.clone(), label: named.label.clone(), probability }
        };
        self.0.iter().map(finding).collect()
    }
}
