//! What a column of draws holds, in the words of the file.

use serde::Serialize;

use super::Chance;
use crate::model::{Model, Named, Variable};
use crate::scenario::Origin;

/// What a column of draws holds, in the words of the file.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DrawColumn {
    /// What the column is called: no other column of the draws is.
    #[serde(skip)]
    pub name: String,
    /// What people call what it holds; of a state, the factor and the state.
    pub label: String,
    /// What it is of.
    pub kind: ColumnKind,
    /// What its numbers are measured in, if the file says so; probabilities are shares of 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Of a state, the factor that is in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub factor: Option<String>,
    /// Of a state, its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Where it comes from, if the file says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<ColumnSource>,
    /// Whether its values are counts: whole numbers of at most 2^53.
    #[serde(skip)]
    pub is_count: bool,
}

/// What a column of draws is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ColumnKind {
    /// The value of a factor.
    Factor,
    /// The value of a derived value.
    Derived,
    /// The probability of a state.
    State,
    /// The probability of an event.
    Event,
    /// The probability of an outcome.
    Outcome,
    /// The weight of the draw under what was learned.
    Weight,
}

/// Where an element of the file comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ColumnSource {
    /// The place in the source.
    pub place: Option<String>,
    /// Who answers for it: `stated`, `inferred` or `analyst`.
    pub kind: Option<&'static str>,
    /// What the source says there, in the file's words.
    pub note: Option<String>,
    /// The source's very words.
    pub quote: Option<String>,
}

impl ColumnSource {
    fn of(origin: &Origin) -> ColumnSource {
        ColumnSource {
            place: origin.place.clone(),
            kind: origin.kind.map(|kind| kind.name()),
            note: origin.note.clone(),
            quote: origin.quote.as_ref().map(|quote| quote.value.clone()),
        }
    }
}

impl DrawColumn {
    fn new(kind: ColumnKind, named: &Named, origin: Option<&Origin>) -> DrawColumn {
        DrawColumn {
            name: named.id.clone(),
            label: named.label.clone(),
            kind,
            unit: None,
            factor: None,
            state: None,
            source: origin.map(ColumnSource::of),
            is_count: false,
        }
    }

    /// That of a factor or a derived value.
    pub(super) fn of_variable(variable: Variable, model: &Model) -> DrawColumn {
        match variable {
            Variable::Factor(id) => {
                let factor = &model.factors[id.0];
                DrawColumn {
                    unit: factor.unit.clone(),
                    is_count: factor.distribution.as_ref().is_some_and(|law| law.is_count()),
                    ..DrawColumn::new(ColumnKind::Factor, &factor.named, factor.origin.as_ref())
                }
            }
            Variable::Derived(id) => {
                let derived = &model.derived[id.0];
                DrawColumn {
                    unit: derived.unit.clone(),
                    ..DrawColumn::new(ColumnKind::Derived, &derived.named, derived.origin.as_ref())
                }
            }
            Variable::Event(id) => DrawColumn::of_chance(Chance::Event(id), model),
            Variable::Category(id) => DrawColumn::of_chance(Chance::State(id, 0), model),
        }
    }

    /// That of a probability.
    pub(super) fn of_chance(chance: Chance, model: &Model) -> DrawColumn {
        match chance {
            Chance::Outcome(id) => {
                let outcome = &model.outcomes[id.0];
                DrawColumn::new(ColumnKind::Outcome, &outcome.named, outcome.origin.as_ref())
            }
            Chance::Event(id) => {
                let event = &model.events[id.0];
                DrawColumn::new(ColumnKind::Event, &event.named, event.origin.as_ref())
            }
            Chance::State(id, at) => {
                let category = &model.categories[id.0];
                DrawColumn {
                    name: chance.id(model),
                    label: chance.label(model),
                    factor: Some(category.named.id.clone()),
                    state: Some(category.states[at].named.id.clone()),
                    ..DrawColumn::new(ColumnKind::State, &category.named, category.origin.as_ref())
                }
            }
            Chance::Mean(id) => DrawColumn::of_variable(Variable::Derived(id), model),
        }
    }

    /// That of the draws' weight.
    pub(super) fn weight() -> DrawColumn {
        DrawColumn::new(ColumnKind::Weight, &Named::new("weight", None, None), None)
    }
}
