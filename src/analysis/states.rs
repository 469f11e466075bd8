//! How probable is each state of a factor that has states, and how much does it matter for the outcomes?

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::estimated::{ByName, Probability, finite};
use super::round::{Inquiry, Told};
use crate::diagnostic::Span;
use crate::model::{CategoryId, Model, OutcomeId, Term};
use crate::program::{Aim, QueryId, States};
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

/// How much it matters for an outcome in which state a factor is.
pub(super) struct StateSwing {
    /// Positions of the states in which the outcome is least and most probable.
    pub(super) states: (usize, usize),
    /// Its probability in these states.
    pub(super) ends: (f64, f64),
    /// The difference.
    pub(super) difference: Estimate,
}

/// What was asked of the factors with states.
pub(super) struct StatesAsked(Vec<CategoryAsked>);

struct CategoryAsked {
    id: CategoryId,
    states: Vec<QueryId>,
}

impl StatesAsked {
    /// Asks for those of which `is_wanted` says so by their names.
    pub(super) fn ask(model: &Model, inquiry: &mut Inquiry, is_wanted: impl Fn(&str) -> bool) -> StatesAsked {
        let all = (0..model.categories.len()).map(CategoryId);
        let wanted = all.filter(|id| is_wanted(&model.categories[id.0].named.id));
        StatesAsked(wanted.map(|id| CategoryAsked::ask(model, inquiry, id, true)).collect())
    }

    /// What the draws say, with the place of each in the file.
    pub(super) fn find(&self, told: &Told) -> Vec<(Span, StatesFinding)> {
        self.0.iter().map(|one| (told.model().categories[one.id.0].span, one.find(told))).collect()
    }
}

impl CategoryAsked {
    fn ask(model: &Model, inquiry: &mut Inquiry, id: CategoryId, is_aim: bool) -> CategoryAsked {
        let category = &model.categories[id.0];
        let state = |at: usize| {
            let query = inquiry.ask.probability(inquiry.world, Term::is(id, at, category.span));
            if is_aim {
                inquiry.ask.aim(Aim::Probability(query));
            }
            query
        };
        CategoryAsked { id, states: (0..category.states.len()).map(state).collect() }
    }

    fn find(&self, told: &Told) -> StatesFinding {
        let category = &told.model().categories[self.id.0];
        let state = |(state, query): (&crate::model::State, &QueryId)| StateFinding {
            id: state.named.id.clone(),
            label: state.named.label.clone(),
            probability: Probability(told.estimates.probability(*query)),
        };
        StatesFinding {
            id: category.named.id.clone(),
            label: category.named.label.clone(),
            states: category.states.iter().zip(&self.states).map(state).collect(),
        }
    }
}

/// What is asked to see how much the state of each factor matters for each outcome.
pub(super) struct SwingsAsked(Vec<SwingAsked>);

struct SwingAsked {
    category: CategoryAsked,
    /// For each state, the probability of each outcome in it.
    by_state: Vec<Vec<QueryId>>,
}

impl SwingsAsked {
    pub(super) fn ask(model: &Model, inquiry: &mut Inquiry) -> SwingsAsked {
        let all = if model.outcomes.is_empty() { 0 } else { model.categories.len() };
        SwingsAsked((0..all).map(|at| SwingAsked::ask(model, inquiry, CategoryId(at))).collect())
    }

    /// For each factor with states its position, and how much its state matters for an outcome.
    pub(super) fn find(&self, outcome: usize, told: &Told) -> Vec<(CategoryId, StateSwing)> {
        let swing = |one: &SwingAsked| Some((one.category.id, one.find(outcome, told)?));
        self.0.iter().filter_map(swing).collect()
    }
}

impl SwingAsked {
    fn ask(model: &Model, inquiry: &mut Inquiry, id: CategoryId) -> SwingAsked {
        let span = model.categories[id.0].span;
        let category = CategoryAsked::ask(model, inquiry, id, false);
        let mut in_state = |at: usize| -> Vec<QueryId> {
            let outcomes = model.outcomes.iter().enumerate();
            let outcome = |(of, outcome): (usize, &crate::model::Outcome)| {
                let what = Term::outcome(OutcomeId(of), outcome.span);
                inquiry.ask.conditional(inquiry.world, what, Term::is(id, at, span))
            };
            outcomes.map(outcome).collect()
        };
        let by_state = (0..category.states.len()).map(&mut in_state).collect();
        SwingAsked { category, by_state }
    }

    fn find(&self, outcome: usize, told: &Told) -> Option<StateSwing> {
        // A factor that is in one state for certain, or whose states are drawn, has no swing.
        let program = told.program;
        let is_open =
            |query: &QueryId| !matches!(program.constant(program.query(*query).numerator), Some(0.0 | 1.0));
        if told.study.states != States::Summed || !self.category.states.iter().any(is_open) {
            return None;
        }
        let value = |state: usize| told.estimates.query(self.by_state[state][outcome]).value;
        // A state that can't be tells nothing.
        let mut order: Vec<usize> =
            (0..self.by_state.len()).filter(|state| value(*state).is_finite()).collect();
        order.sort_by(|a, b| value(*a).total_cmp(&value(*b)));
        let (low, high) = (*order.first()?, *order.last()?);
        let ends = [(1.0, self.by_state[high][outcome]), (-1.0, self.by_state[low][outcome])];
        Some(StateSwing {
            states: (low, high),
            ends: (value(low), value(high)),
            difference: told.estimates.combination(0.0, &ends),
        })
    }
}
