//! How probable is each state of a factor that has states?

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::Study;
use super::estimated::{ByName, Probability, finite};
use super::round::{Inquiry, Told};
use super::stated::stated;
use crate::diagnostic::Span;
use crate::model::{CategoryId, Term, Variable};
use crate::program::{Aim, QueryId};
use crate::statistics::Estimate;

/// One factor with states.
#[derive(Clone, Debug, JsonSchema, PartialEq)]
#[schemars(with = "Form")]
pub struct StatesFinding {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Its states, in the order of the file.
    pub states: Vec<StateFinding>,
}

/// One state of a factor.
#[derive(Clone, Debug, PartialEq)]
pub struct StateFinding {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The probability that the factor is in it.
    pub probability: Probability,
}

/// How a factor with states stands in JSON: by the states' names.
#[derive(JsonSchema, Serialize)]
struct Form<'a> {
    /// Its name.
    id: &'a str,
    /// The probability of each state; null where there is none.
    states: ByName<Option<f64>>,
    /// What people call it.
    label: &'a str,
    /// What people call each state.
    state_labels: ByName<&'a str>,
    /// The standard error of each probability.
    std_errors: ByName<Option<f64>>,
    /// Whether no draw entered any of them.
    exact: bool,
}

impl Serialize for StatesFinding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Form {
            id: &self.id,
            states: self.by_name(|state| finite(state.probability.value)),
            label: &self.label,
            state_labels: self.by_name(|state| state.label.as_str()),
            std_errors: self.by_name(|state| finite(state.probability.std_error)),
            exact: self.states.iter().all(|state| state.probability.exact),
        }
        .serialize(serializer)
    }
}

impl StatesFinding {
    fn by_name<'a, T>(&'a self, value: impl Fn(&'a StateFinding) -> T) -> ByName<T> {
        ByName(self.states.iter().map(|state| (state.id.clone(), value(state))).collect())
    }
}

/// What was asked of the factors with states.
pub(super) struct StatesAsked(Vec<CategoryAsked>);

struct CategoryAsked {
    id: CategoryId,
    states: Vec<(QueryId, Option<f64>)>,
}

impl StatesAsked {
    /// Asks for those of which `is_wanted` says so by their names.
    pub(super) fn ask(study: &Study, inquiry: &mut Inquiry, is_wanted: impl Fn(&str) -> bool) -> StatesAsked {
        let model = study.model;
        let all = (0..model.categories.len()).map(CategoryId);
        let wanted = all.filter(|id| is_wanted(&model.categories[id.0].named.id));
        StatesAsked(wanted.map(|id| CategoryAsked::ask(study, inquiry, id)).collect())
    }

    /// What the draws say of those that are wanted, with the place of each in the file.
    pub(super) fn find(&self, told: &Told, is_wanted: impl Fn(&str) -> bool) -> Vec<(Span, StatesFinding)> {
        let category = |one: &CategoryAsked| &told.model().categories[one.id.0];
        let wanted = self.0.iter().filter(|one| is_wanted(&category(one).named.id));
        wanted.map(|one| (category(one).span, one.find(told))).collect()
    }
}

impl CategoryAsked {
    fn ask(study: &Study, inquiry: &mut Inquiry, id: CategoryId) -> CategoryAsked {
        let category = &study.model.categories[id.0];
        let state = |at: usize| {
            let query = inquiry.ask.probability(inquiry.world, Term::is(id, at, category.span));
            let stated = stated(study, Variable::Category(id), &category.probabilities[at]);
            if stated.is_none() {
                inquiry.ask.aim(Aim::Probability(query));
            }
            (query, stated)
        };
        CategoryAsked { id, states: (0..category.states.len()).map(state).collect() }
    }

    fn find(&self, told: &Told) -> StatesFinding {
        let category = &told.model().categories[self.id.0];
        let state =
            |(state, (query, stated)): (&crate::model::State, &(QueryId, Option<f64>))| StateFinding {
                id: state.named.id.clone(),
                label: state.named.label.clone(),
                probability: Probability(
                    stated.map_or_else(|| told.estimates.probability(*query), Estimate::exact),
                ),
            };
        StatesFinding {
            id: category.named.id.clone(),
            label: category.named.label.clone(),
            states: category.states.iter().zip(&self.states).map(state).collect(),
        }
    }
}
